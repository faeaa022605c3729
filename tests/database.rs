//! What a database answers: records by id, views that lead to each other, and how the ids of packs read.

use std::{env, fs, process};

use evidence_claims::{
    Builder, Certainty, Database, Date, Design, Direction, Error, Magnitude, Query, Report, Severity, Strength,
};

const BASE: &str = include_str!("base.toml");

fn base() -> Database {
    Database::builder().text("base.toml", BASE).build().unwrap()
}

fn term(id: &str, forms: &str) -> String {
    format!("[[term]]\nid = \"{id}\"\nclass = \"intervention\"\nlabel = \"{id}\"\nforms = [{forms}]\n")
}

/// A claim that names its parts the way they are given.
fn claim(id: &str, intervention: &str, source: &str) -> String {
    format!(
        "[[claim]]\nid = \"{id}\"\ntopic = \"cortisol\"\nproposition = \"It lowers cortisol.\"\ndirection = \"supports\"\n\
         magnitude = \"small\"\ncertainty = \"moderate\"\nreviewed = 2026-11-22\n\
         [claim.pico]\npopulation = \"adults\"\nintervention = \"{intervention}\"\ncomparator = \"rest\"\n\
         outcome = \"salivary-cortisol\"\n\
         [claim.grade]\nstart = \"high\"\nimprecision = {{ down = 1, why = \"few people\" }}\n\
         [claim.wording]\nhonest = \"It probably lowers cortisol.\"\n\
         [[claim.finding]]\nsource = \"{source}\"\ndirection = \"supports\"\nbasis = \"self-reported\"\n"
    )
}

fn problems(report: &Report) -> Vec<String> {
    let line = |d: &evidence_claims::Diagnostic| format!("{}: {} {}", d.file().unwrap_or("-"), d.rule(), d.message());
    report.diagnostics().iter().map(line).collect()
}

/// Loads `text` next to a directory with the base records, which is named like the built-in pack, so that its ids stand
/// alone.
fn with_pack(name: &str, pack_name: &str, text: &str) -> Result<Database, Error> {
    let root = env::temp_dir().join(format!("evidence-claims-db-{}-{name}", process::id()));
    let _ = fs::remove_dir_all(&root);
    for (directory, name, records) in [("base", "evidence-claims", BASE), ("own", pack_name, text)] {
        fs::create_dir_all(root.join(directory)).unwrap();
        fs::write(root.join(directory).join("pack.toml"), format!("schema = 1\nname = \"{name}\"\n")).unwrap();
        fs::write(root.join(directory).join("records.toml"), records).unwrap();
    }
    let db = Database::builder().pack(root.join("base")).pack(root.join("own")).build();
    fs::remove_dir_all(&root).unwrap();
    db
}

#[test]
fn the_built_in_data_loads_without_a_single_remark() {
    let report = Database::builder().builtin().check();
    assert_eq!(problems(&report), Vec::<String>::new());
    assert!(report.database().unwrap().claims().len() > 100);
}

#[test]
fn the_built_in_database_is_made_once_and_shared_by_threads() {
    let here: *const Database = Database::builtin();
    let there = std::thread::spawn(|| Database::builtin().claims().len()).join().unwrap();
    assert_eq!(there, Database::builtin().claims().len());
    assert!(std::ptr::eq(here, Database::builtin()));
}

#[test]
fn everything_public_can_cross_threads() {
    fn crosses<T: Send + Sync>() {}
    crosses::<Database>();
    crosses::<Builder>();
    crosses::<Report>();
    crosses::<Query>();
    crosses::<Error>();
    crosses::<evidence_claims::Claim<'static>>();
    crosses::<evidence_claims::Finding<'static>>();
    crosses::<evidence_claims::Source<'static>>();
    crosses::<evidence_claims::Diagnostic>();
}

#[test]
fn the_version_is_that_of_the_crate_and_the_newest_review() {
    assert_eq!(base().version(), concat!(env!("CARGO_PKG_VERSION"), "+2026-11-22"));
}

#[test]
fn every_list_is_sorted_and_finds_its_records_again() {
    let db = Database::builtin();
    assert!(db.claims().map(|claim| claim.id()).is_sorted());
    assert!(db.sources().map(|source| source.id()).is_sorted());
    assert!(db.terms().map(|term| term.id()).is_sorted());
    assert!(db.rules().map(|rule| rule.name()).is_sorted());
    assert!(db.claims().all(|claim| db.claim(claim.id()) == Some(claim)));
    assert!(db.sources().all(|source| db.source(source.id()) == Some(source)));
    assert!(db.rules().all(|rule| db.rule(rule.name()) == Some(rule)));
    assert!(db.profiles().all(|profile| db.profile(profile.name()) == Some(profile)));
    assert!(db.topics().all(|topic| db.topic(topic.id()) == Some(topic)));
    let others = || db.terms().filter(|term| term.class() != "topic");
    assert!(others().all(|term| db.term(term.id()) == Some(term)));
}

#[test]
fn every_claim_leads_to_its_sources_and_every_source_back() {
    let db = Database::builtin();
    for claim in db.claims() {
        for finding in claim.findings() {
            assert_eq!(finding.claim(), claim);
            assert!(finding.source().cited_by().any(|citing| citing == claim), "{}", claim.id());
        }
    }
    for source in db.sources() {
        for claim in source.cited_by() {
            assert!(claim.findings().any(|finding| finding.source() == source), "{}", source.id());
        }
        assert!(source.cited_by().map(|claim| claim.id()).is_sorted());
    }
}

#[test]
fn every_rating_follows_from_its_reasons() {
    for claim in Database::builtin().claims() {
        assert_eq!(claim.grade().certainty(), claim.certainty(), "{}", claim.id());
        assert_eq!(claim.certainty().is_none(), claim.direction() == Direction::None, "{}", claim.id());
    }
}

#[test]
fn a_claim_shows_all_that_its_record_says() {
    let db = base();
    let claim = db.claim("cortisol-one-session").unwrap();
    assert_eq!(claim.topic(), "cortisol");
    assert_eq!((claim.direction(), claim.magnitude()), (Direction::Null, Magnitude::Trivial));
    assert_eq!(claim.certainty(), Some(Certainty::Low));
    assert!(claim.certainty() < Some(Certainty::Moderate));
    assert_eq!(claim.rating().to_string(), "low certainty of little or no difference");
    assert_eq!(claim.marketing(), Some("Massage melts away cortisol."));
    assert_eq!(claim.overclaims().collect::<Vec<_>>(), ["melts away cortisol"]);
    assert_eq!(claim.guidance().map(|source| source.id()).collect::<Vec<_>>(), ["cap-2020-advice"]);
    assert_eq!(claim.grade().reasons.len(), 2);
    let pico = claim.pico();
    let labels = [pico.population(), pico.intervention(), pico.comparator(), pico.outcome()].map(|term| term.label());
    assert_eq!(labels, ["adults", "massage", "quiet rest", "salivary cortisol"]);
    let finding = claim.findings().next().unwrap();
    assert_eq!(finding.effect().unwrap().interval, Some([-0.05, 0.28]));
    let (file, span) = claim.origin();
    assert_eq!((file, span.of(BASE)), ("base.toml", "[[claim]]"));
    assert_eq!(format!("{claim:?}"), "Claim(\"cortisol-one-session\")");
}

#[test]
fn a_former_id_finds_the_claim() {
    let db = base();
    assert_eq!(db.claim("cortisol-session").unwrap().id(), "cortisol-one-session");
    assert_eq!(db.claim("cortisol-session-2"), None);
}

#[test]
fn a_review_is_due_from_its_day_on_and_after_two_years_unless_the_record_says_otherwise() {
    let db = base();
    let claim = db.claim("cortisol-one-session").unwrap();
    let day = |text: &str| text.parse::<Date>().unwrap();
    assert!(!claim.is_due(day("2028-11-21")) && claim.is_due(day("2028-11-22")) && claim.is_due(day("2030-01-01")));
    let own = claim_db("2024-02-29");
    assert_eq!(own.claim("leap").unwrap().review_by(), day("2026-02-28"));
}

fn claim_db(reviewed: &str) -> Database {
    let text = claim("leap", "massage", "roe-2020-trial").replace("2026-11-22", reviewed);
    Database::builder().text("base.toml", BASE).text("own.toml", text).build().unwrap()
}

#[test]
fn a_withdrawn_claim_stays_and_names_its_successor() {
    let own = claim("old", "massage", "roe-2020-trial").replace(
        "[claim.pico]",
        "withdrawn = { date = 2026-11-23, reason = \"merged\", superseded-by = \"cortisol-session\" }\n[claim.pico]",
    );
    let db = Database::builder().text("base.toml", BASE).text("own.toml", own).build().unwrap();
    let old = db.claim("old").unwrap();
    assert!(old.is_withdrawn());
    assert_eq!(old.withdrawal().unwrap().reason, "merged");
    assert_eq!(old.superseded_by().unwrap().id(), "cortisol-one-session");
    assert_eq!(db.claims().len(), 2);
}

#[test]
fn a_source_without_link_gets_one_from_its_identifiers() {
    let db = base();
    let url = |id: &str| db.source(id).unwrap().url().to_string();
    assert_eq!(url("doe-2011-review"), "https://doi.org/10.1234/example.2011");
    assert_eq!(url("roe-2020-trial"), "https://pubmed.ncbi.nlm.nih.gov/12345678/");
    assert_eq!(url("poe-2015-withdrawn"), "https://example.org/wonder");
    let doi = "10.1002/(SICI)1097(1998)17:15/16<1661::AID?968>3.0#2";
    let pmc = BASE.replace("doi = \"10.1234/example.2011\"", "pmcid = \"PMC7654321\"");
    let db = Database::builder().text("base.toml", pmc).build().unwrap();
    assert_eq!(
        db.source("doe-2011-review").unwrap().url().as_str(),
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7654321/"
    );
    let text = BASE.replace("10.1234/example.2011", doi);
    let db = Database::builder().text("base.toml", text).build().unwrap();
    let source = db.source("doe-2011-review").unwrap();
    assert_eq!(source.doi(), Some(doi));
    assert_eq!(source.url().as_str(), "https://doi.org/10.1002/(SICI)1097(1998)17:15/16%3C1661::AID%3F968%3E3.0%232");
}

#[test]
fn a_citation_is_one_line_whatever_is_known() {
    let db = base();
    let citation = |id: &str| db.source(id).unwrap().citation();
    assert_eq!(citation("doe-2011-review"), "Doe J et al. 2011, Journal of Examples");
    let others = BASE.replace("[\"Roe R\"]", "[\"Roe R\", \"et al.\"]");
    let db = Database::builder().text("base.toml", others).build().unwrap();
    assert_eq!(db.source("roe-2020-trial").unwrap().citation(), "Roe R et al. 2020, One massage");
    assert_eq!(citation("roe-2020-trial"), "Roe R 2020, One massage");
    assert_eq!(citation("cap-2020-advice"), "Advice on massage (no year), CAP");
    for source in Database::builtin().sources() {
        assert!(!source.citation().contains('\n') && source.url().scheme() == "https", "{}", source.id());
    }
}

#[test]
fn a_retraction_is_shown() {
    let db = base();
    let source = db.source("poe-2015-withdrawn").unwrap();
    assert!(source.is_retracted() && !db.source("roe-2020-trial").unwrap().is_retracted());
    assert_eq!(source.retraction().unwrap().notice.as_str(), "https://example.org/notice");
    assert_eq!(source.design(), Design::RandomisedTrial);
}

#[test]
fn a_profile_without_ceilings_has_those_of_grade() {
    let text = "[[rule]]\nname = \"wonder\"\nfamily = \"hype\"\nkind = \"page\"\nseverity = \"note\"\nmessage = \"m\"\n\
                why = \"w\"\n[[profile]]\nname = \"strict\"\nlabel = \"Strict\"\n[profile.ceiling]\nhigh = \"probable\"\n\
                [profile.severity]\nwonder = \"error\"\n";
    let db = Database::builder().text("strict.toml", text).build().unwrap();
    let strict = db.profile("strict").unwrap();
    assert_eq!(strict.ceiling(Certainty::High), Strength::Probable);
    assert_eq!(strict.ceiling(Certainty::Low), Strength::Possible);
    assert_eq!(strict.severities().collect::<Vec<_>>(), [("wonder", Severity::Error)]);
    assert_eq!(db.rule("wonder").unwrap().rank(), 1000);
}

#[test]
fn a_topic_and_another_term_may_share_an_id() {
    let own = term("sleep", "\"sleep therapy\"");
    let db = Database::builder().text("base.toml", BASE).text("own.toml", own).build().unwrap();
    assert_eq!(db.term("sleep").unwrap().class(), "intervention");
    assert_eq!(db.topic("sleep").unwrap().class(), "topic");
    assert_eq!(db.term("cortisol").unwrap().class(), "topic");
    assert_eq!(db.topic("massage"), None);
    assert_eq!(db.topics().map(|topic| topic.id()).collect::<Vec<_>>(), ["cortisol", "sleep"]);
}

#[test]
fn ids_of_a_pack_carry_its_name_outside_and_none_inside() {
    let own = term("stones", "\"warm stones\"") + &claim("warm", "stones", "roe-2020-trial");
    let db = with_pack("names", "acme-spa", &own).unwrap();
    let claim = db.claim("acme-spa:warm").unwrap();
    assert_eq!(db.claim("warm"), None);
    assert_eq!(claim.pico().intervention().id(), "acme-spa:stones");
    assert_eq!(claim.pico().population().id(), "adults");
    assert_eq!(db.source("roe-2020-trial").unwrap().cited_by().next(), Some(claim));
}

#[test]
fn inside_a_pack_its_own_record_comes_before_the_built_in_one() {
    let own = term("massage", "\"our massage\"") + &claim("ours", "massage", "roe-2020-trial");
    let db = with_pack("own-first", "acme-spa", &own).unwrap();
    assert_eq!(db.claim("acme-spa:ours").unwrap().pico().intervention().id(), "acme-spa:massage");
    assert_eq!(db.claim("cortisol-one-session").unwrap().pico().intervention().id(), "massage");
}

#[test]
fn a_pack_may_add_words_to_a_term_but_not_take_those_of_another() {
    let own = "[[term]]\nextends = \"massage\"\nforms = [\"knead\", \"massage\"]\nverbs = [\"knead\"]\n";
    let db = with_pack("extends", "acme-spa", own).unwrap();
    let massage = db.term("massage").unwrap();
    assert_eq!(massage.forms().collect::<Vec<_>>(), ["massage", "massages", "knead"]);
    assert_eq!(massage.verbs().collect::<Vec<_>>(), ["knead"]);

    let error = with_pack("takes", "acme-spa", &term("stones", "\"massage\"")).unwrap_err();
    assert_eq!(error.diagnostics()[0].rule(), "data/ambiguous-form");
}

#[test]
fn a_pack_writes_its_ids_without_its_name() {
    let error = with_pack("prefixed", "acme-spa", &term("acme-spa:stones", "")).unwrap_err();
    assert_eq!(error.diagnostics()[0].rule(), "data/id-format");
    assert!(error.diagnostics()[0].notes().iter().any(|note| note.text.contains("write `stones`")));
}

#[test]
fn texts_next_to_the_built_in_pack_are_local() {
    let db = Database::builder().builtin().text("own.toml", term("hot-sand", "\"hot sand\"")).build().unwrap();
    assert!(db.term("local:hot-sand").is_some() && db.term("hot-sand").is_none());
    let named = String::from("name = \"acme-spa\"\n") + &term("hot-sand", "\"hot sand\"");
    let db = Database::builder().builtin().text("own.toml", named).build().unwrap();
    assert!(db.term("acme-spa:hot-sand").is_some());
}

#[test]
fn texts_alone_keep_their_ids_and_see_each_other() {
    let own = claim("own", "massage", "roe-2020-trial");
    let db = Database::builder().text("own.toml", own).text("base.toml", BASE).build().unwrap();
    assert!(db.claim("own").is_some());
}

#[test]
fn a_single_file_is_a_pack_too() {
    let path = env::temp_dir().join(format!("evidence-claims-single-{}.toml", process::id()));
    fs::write(&path, BASE).unwrap();
    let db = Database::builder().pack(&path).build();
    fs::remove_file(&path).unwrap();
    assert_eq!(db.unwrap().claim("cortisol-one-session").unwrap().origin().0, path.display().to_string());
}

#[test]
fn ratings_read_as_phrases() {
    use evidence_claims::Certainty::{High, Low, Moderate, VeryLow};
    let phrase = |direction: &str, magnitude: &str, certainty: Option<Certainty>| {
        let mut text = claim("own", "massage", "roe-2020-trial")
            .replace("direction = \"supports\"", &format!("direction = \"{direction}\""))
            .replace("\"small\"", &format!("\"{magnitude}\""));
        let downs = certainty.map_or(0, |certainty| High as u8 - certainty as u8);
        text = text.replace("\"moderate\"", &format!("\"{}\"", certainty.unwrap_or(Low)));
        text = text.replace("down = 1", &format!("down = {downs}"));
        if certainty.is_none() {
            text = text
                .replace("certainty = \"low\"\n", "")
                .replace("start = \"high\"\n", "summary = \"Nobody looked.\"\n");
            text.truncate(text.find("[[claim.finding]]").unwrap());
        }
        let db = Database::builder().text("base.toml", BASE).text("own.toml", text).build().unwrap();
        db.claim("own").unwrap().rating().to_string()
    };
    assert_eq!(phrase("supports", "small", Some(Moderate)), "moderate certainty that it holds, small effect");
    assert_eq!(phrase("supports", "unknown", Some(High)), "high certainty that it holds");
    assert_eq!(phrase("null", "trivial", Some(Low)), "low certainty of little or no difference");
    assert_eq!(phrase("mixed", "small", Some(VeryLow)), "very low certainty that results are mixed, small effect");
    assert_eq!(phrase("against", "large", Some(Low)), "low certainty that it does not hold");
    assert_eq!(phrase("none", "unknown", None), "no study found");
}

#[test]
fn debug_forms_are_short_and_say_where_the_problems_are() {
    let db = Database::builtin();
    assert!(format!("{db:?}").len() < 200, "{db:?}");
    let report = Database::builder().builtin().text("own.toml", "[[term]]\nid = \"X\"\n").check();
    assert!(format!("{report:?}").len() < 100_000);
    let error = Database::builder().builtin().text("own.toml", "[[term]]\nid = \"X\"\n").build().unwrap_err();
    let shown = format!("{error:?}");
    assert!(shown.contains("own.toml:2:6: error[data/id-format]: `X` is not an id") && shown.len() < 1000, "{shown}");
}

#[test]
fn a_diff_tells_what_changed_and_nothing_else() {
    use evidence_claims::Aspect;
    let old = include_str!("base.toml");
    let changed = old
        .replace("id = \"cortisol-one-session\"", "id = \"cortisol-once\"")
        .replace("aliases = [\"cortisol-session\"]", "aliases = [\"cortisol-session\", \"cortisol-one-session\"]")
        .replace("certainty = \"low\"", "certainty = \"very-low\"")
        .replace(
            "imprecision = { down = 1, why = \"few people\" }",
            "imprecision = { down = 2, why = \"very few people\" }",
        )
        .replace("One massage may make little or no difference to", "It is uncertain whether one massage changes")
        .replace("overclaims = [\"melts away cortisol\"]", "overclaims = [\"melts away cortisol\", \"cortisol gone\"]")
        .replace("reviewed = 2026-11-22", "reviewed = 2026-11-23");
    let added =
        "\n[[claim.finding]]\nsource = \"roe-2020-trial\"\ndirection = \"supports\"\nbasis = \"self-reported\"\n";
    let changed = changed.replace("\n[[rule]]", &format!("{added}\n[[rule]]"));
    let load = |text: &str| Database::builder().text("pack.toml", text).build().unwrap();
    let (old, new) = (load(old), load(&changed));
    assert!(old.diff(&old).is_empty());
    let changes = old.diff(&new);
    assert!(changes.iter().all(|change| change.claim == "cortisol-once"), "{changes:?}");
    let seen: Vec<Aspect> = changes.iter().map(|change| change.aspect).collect();
    let expected = [Aspect::Id, Aspect::Rating, Aspect::Honest, Aspect::Reason, Aspect::Reason, Aspect::Overclaim];
    assert_eq!(seen, [&expected[..], &[Aspect::Finding]].concat());
    let last = changes.last().unwrap();
    assert_eq!((&last.before, last.after.as_deref()), (&None, Some("roe-2020-trial: supports, self-reported")));
    // The other way round the former id is not known, so that the claim is another one.
    let back: Vec<Aspect> = new.diff(&old).iter().map(|change| change.aspect).collect();
    assert_eq!(back, [Aspect::Removed]);
    let none = Database::builder().build().unwrap();
    let [change] = &none.diff(&old)[..] else { panic!("{:?}", none.diff(&old)) };
    assert_eq!((change.claim.as_str(), change.aspect, &change.before), ("cortisol-one-session", Aspect::Added, &None));
    assert_eq!(change.after.as_deref(), Some("low certainty of little or no difference"));
}
