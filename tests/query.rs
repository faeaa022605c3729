//! Questions to a database: what each condition means.

use std::ops::Bound;

use evidence_claims::{Certainty, Claim, Database, Date, Design, Direction, Query};

const BASE: &str = include_str!("base.toml");

/// Claims that differ in everything that can be asked for.
fn sample() -> Database {
    let claim = |id: &str, topic: &str, direction: &str, certainty: &str, start: &str, reviewed: &str, rest: &str| {
        let certainty = if certainty.is_empty() { String::new() } else { format!("certainty = \"{certainty}\"\n") };
        format!(
            "[[claim]]\nid = \"{id}\"\ntopic = \"{topic}\"\nproposition = \"Massage changes {id}.\"\n\
             direction = \"{direction}\"\nmagnitude = \"small\"\n{certainty}reviewed = {reviewed}\n\
             [claim.pico]\npopulation = \"adults\"\nintervention = \"massage\"\ncomparator = \"rest\"\n\
             outcome = \"low-back-pain\"\n[claim.grade]\n{start}\n{rest}\n"
        )
    };
    let wording = |honest: &str, findings: &[(&str, &str)]| {
        let mut text = format!("[claim.wording]\nhonest = \"{honest}\"\n");
        for (source, direction) in findings {
            text += &format!("[[claim.finding]]\nsource = \"{source}\"\ndirection = \"{direction}\"\n");
        }
        text
    };
    let mut text = String::from(
        "[[term]]\nid = \"low-back-pain\"\nclass = \"outcome\"\nlabel = \"low back pain\"\nforms = [\"lumbago\"]\n",
    );
    text += &claim(
        "high",
        "sleep",
        "supports",
        "high",
        "start = \"high\"",
        "2025-01-15",
        &wording(
            "Massage reduces post-exercise soreness.",
            &[("doe-2011-review", "supports"), ("roe-2020-trial", "supports"), ("roe-2020-trial", "null")],
        ),
    );
    text += &claim(
        "unrated",
        "sleep",
        "none",
        "",
        "summary = \"Nobody looked.\"",
        "2026-06-01",
        &wording("No study was found that tested whether massage helps sleep: “sleep”, Naïve.", &[]),
    );
    text += &claim(
        "very-low",
        "cortisol",
        "mixed",
        "very-low",
        "start = \"low\"\nimprecision = { down = 1, why = \"few\" }",
        "2026-11-22",
        &wording("It is uncertain whether massage lowers stress.", &[("roe-2020-trial", "mixed")]),
    );
    text += &claim(
        "withdrawn",
        "cortisol",
        "null",
        "low",
        "start = \"low\"",
        "2024-01-01",
        &wording("Massage may make little or no difference to cortisol.", &[("doe-2011-review", "null")]),
    )
    .replace("[claim.pico]", "withdrawn = { date = 2026-11-23, reason = \"merged\" }\n[claim.pico]");
    Database::builder()
        .text("base.toml", BASE)
        .text("sample.toml", text)
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn ids<'db>(db: &'db Database, query: &str) -> Vec<&'db str> {
    let query: Query = query.parse().unwrap_or_else(|error| panic!("{error}"));
    db.query(&query).map(Claim::id).collect()
}

const ALL: [&str; 5] = ["cortisol-one-session", "high", "unrated", "very-low", "withdrawn"];

#[test]
fn no_condition_fits_every_claim() {
    let db = sample();
    assert_eq!(ids(&db, ""), ALL);
    assert_eq!(ids(&db, "  \t "), ALL);
    assert_eq!(db.query(&Query::new()).count(), ALL.len());
}

#[test]
fn a_space_means_and_a_comma_means_or() {
    let db = sample();
    assert_eq!(ids(&db, "topic:sleep"), ["high", "unrated"]);
    assert_eq!(ids(&db, "topic:sleep direction:supports"), ["high"]);
    assert_eq!(ids(&db, "topic:sleep,cortisol"), ALL);
    assert_eq!(ids(&db, "direction:supports,mixed"), ["high", "very-low"]);
    assert_eq!(ids(&db, "topic=sleep"), ["high", "unrated"]);
    assert_eq!(ids(&db, "topic:nothing"), [""; 0]);
}

#[test]
fn certainty_is_ordered_and_not_rated_is_neither_high_nor_low() {
    let db = sample();
    assert_eq!(ids(&db, "certainty:low"), ["cortisol-one-session", "withdrawn"]);
    assert_eq!(ids(&db, "certainty<=low"), ["cortisol-one-session", "very-low", "withdrawn"]);
    assert_eq!(ids(&db, "certainty<low"), ["very-low"]);
    assert_eq!(ids(&db, "certainty>low"), ["high"]);
    assert_eq!(ids(&db, "certainty>=very-low"), ["cortisol-one-session", "high", "very-low", "withdrawn"]);
    assert_eq!(ids(&db, "certainty<very-low"), [""; 0]);
    assert_eq!(ids(&db, "certainty:none"), ["unrated"]);
    assert_eq!(ids(&db, "certainty:none,high"), ["high", "unrated"]);
    assert_eq!(db.query(&Query::new().certainty(..)).count(), 4);
    assert_eq!(db.query(&Query::new().unrated()).count(), 1);
}

#[test]
fn a_part_of_the_question_is_named_by_id_or_by_words_of_its_label() {
    let db = sample();
    assert_eq!(ids(&db, "outcome:salivary-cortisol"), ["cortisol-one-session"]);
    assert_eq!(ids(&db, "outcome:cortisol"), ["cortisol-one-session"]);
    assert_eq!(ids(&db, "outcome:low-back-pain"), ["high", "unrated", "very-low", "withdrawn"]);
    assert_eq!(ids(&db, "outcome:\"BACK PAIN\""), ["high", "unrated", "very-low", "withdrawn"]);
    assert_eq!(ids(&db, "outcome:pain,cortisol"), ALL);
    assert_eq!(ids(&db, "outcome:pai"), [""; 0]);
    assert_eq!(ids(&db, "outcome:lumbago"), [""; 0]);
    assert_eq!(ids(&db, "comparator:quiet population:adults intervention:massage"), ALL);
}

#[test]
fn conditions_on_sources_ask_for_one_finding_that_fits() {
    let db = sample();
    assert_eq!(ids(&db, "design:meta-analysis"), ["cortisol-one-session", "high", "withdrawn"]);
    assert_eq!(ids(&db, "design:randomised-trial,survey"), ["high", "very-low"]);
    assert_eq!(ids(&db, "year>=2015"), ["high", "very-low"]);
    assert_eq!(ids(&db, "year:2011"), ["cortisol-one-session", "high", "withdrawn"]);
    // One source of 2011 and one of 2020 are not a source from between.
    assert_eq!(ids(&db, "year:2012..2019"), [""; 0]);
    assert_eq!(ids(&db, "year>2011 year<2020"), ["high"]);
    assert_eq!(ids(&db, "participants>=100"), ["cortisol-one-session", "high", "withdrawn"]);
    assert_eq!(ids(&db, "participants<100"), ["high", "very-low"]);
    assert_eq!(ids(&db, "source:roe-2020-trial"), ["high", "very-low"]);
}

#[test]
fn an_outcome_is_also_named_by_its_mesh_number() {
    let db = Database::builtin();
    let by_number = ids(db, "outcome:D006854");
    assert!(by_number.contains(&"cortisol-single-session"));
    assert_eq!(by_number, ids(db, "outcome:d006854"));
    assert_eq!(by_number, ids(db, "outcome:cortisol-level"));
    assert!("outcome:D006854".parse::<Query>().unwrap().verify(db).is_ok());
    assert!("outcome:D999999".parse::<Query>().unwrap().verify(db).is_err());
}

#[test]
fn an_effect_has_a_size_when_it_is_standardised_and_between_groups() {
    let effect = |name: &str, rest: &str| {
        format!("[[source.effect]]\nname = \"{name}\"\noutcome = \"pain\"\nfavours = \"massage\"\n{rest}\n")
    };
    let source = |id: &str, effect: &str| {
        format!(
            "[[source]]\nid = \"{id}\"\ntitle = \"Pain\"\nauthors = [\"Doe J\"]\nyear = 2020\nurl = \"https://example.org/{id}\"\n\
             design = \"randomised-trial\"\n{effect}"
        )
    };
    let claim = |id: &str| {
        format!(
            "[[claim]]\nid = \"on-{id}\"\ntopic = \"cortisol\"\nproposition = \"Massage changes cortisol.\"\ndirection = \"supports\"\n\
             magnitude = \"small\"\ncertainty = \"high\"\nreviewed = 2026-11-22\n\
             pico = {{ population = \"adults\", intervention = \"massage\", comparator = \"rest\", outcome = \"salivary-cortisol\" }}\n\
             grade = {{ start = \"high\" }}\nwording = {{ honest = \"Massage changes cortisol.\" }}\n\
             finding = [{{ source = \"{id}\", direction = \"supports\", effect = \"it\" }}]\n"
        )
    };
    let cases = [
        ("large", "measure = \"smd\"\nestimate = -0.8"),
        ("middling", "measure = \"smd\"\nestimate = 0.5"),
        ("alone", "measure = \"smd\"\nestimate = 2.0\nuncontrolled = true"),
        ("points", "measure = \"md\"\nunit = \"points\"\nestimate = 12.0"),
        ("unseen", "measure = \"smd\""),
    ];
    let records: String = cases.iter().map(|(id, rest)| source(id, &effect("it", rest)) + &claim(id)).collect();
    let db = Database::builder().text("base.toml", BASE).text("effects.toml", records.as_str()).build();
    let db = db.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ids(&db, "effect>=0.5"), ["on-large", "on-middling"]);
    assert_eq!(ids(&db, "effect>0.5"), ["on-large"]);
    assert_eq!(ids(&db, "effect=0.8"), ["on-large"]);
    assert_eq!(ids(&db, "effect:0.2..0.6"), ["on-middling"]);
    assert_eq!(ids(&db, "effect>=0.5 effect<0.8"), ["on-middling"]);
    assert_eq!(ids(&db, "effect<0.2"), ["cortisol-one-session"]);
    let sources: Vec<&str> = db.query_sources(&"effect>=0.5".parse().unwrap()).map(|source| source.id()).collect();
    assert_eq!(sources, ["large", "middling"]);

    // One effect above and one below are not an effect from between.
    let other = "finding = [{ source = \"large\", direction = \"supports\", effect = \"it\" }, {";
    let both = claim("middling").replace("on-middling", "on-both").replace("finding = [{", other);
    let db = Database::builder().text("base.toml", BASE).text("effects.toml", records + &both).build();
    let db = db.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ids(&db, "effect>0.5 effect<0.8"), ["on-both"]);
    let between = Query::new().effect((Bound::Excluded(0.5), Bound::Excluded(0.8)));
    assert_eq!(db.query(&between).count(), 0);
}

#[test]
fn a_range_of_days_is_one_condition_with_either_kind_of_end() {
    let db = sample();
    let day = |text: &str| text.parse::<Date>().unwrap();
    let asked = |query: Query| db.query(&query).map(|claim| claim.id().to_owned()).collect::<Vec<_>>();
    assert_eq!(asked(Query::new().reviewed(day("2025-01-15")..day("2026-06-01"))), ["high"]);
    let between = Query::new().reviewed((Bound::Excluded(day("2024-12-31")), Bound::Excluded(day("2026-06-02"))));
    assert_eq!(asked(between.clone()), ["high", "unrated"]);
    assert_eq!(asked(Query::new().without(between)), ["cortisol-one-session", "very-low", "withdrawn"]);
}

#[test]
fn a_range_of_one_value_is_written_as_that_value() {
    for (typed, written) in [
        ("year:2015..2015", "year=2015"),
        ("year:2015..2016", "year:2015..2016"),
        ("effect:0.5..0.5", "effect=0.5"),
        ("effect:0.5..0.6", "effect:0.5..0.6"),
        ("reviewed:2025-01-15..2025-01-15", "reviewed=2025-01-15"),
        ("reviewed:2025-01-15..2025-01-16", "reviewed:2025-01-15..2025-01-16"),
    ] {
        assert_eq!(typed.parse::<Query>().unwrap().to_string(), written);
    }
}

#[test]
fn a_range_that_ends_before_it_begins_fits_nothing() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let (first, last) = (day("2024-02-29"), day("2024-03-01"));
    let none = [
        Query::new().year((Bound::Included(2015), Bound::Included(2010))),
        Query::new().participants(5..5),
        Query::new().effect(0.5..=0.2),
        Query::new().effect(0.5..0.5),
        Query::new().reviewed(last..=first),
        Query::new().reviewed((Bound::Excluded(first), Bound::Excluded(last))),
    ];
    for query in none {
        assert_eq!(query.to_string().parse::<Query>().unwrap(), query, "{query}");
        assert_eq!(Database::builtin().query(&query).count(), 0, "{query}");
    }
}

#[test]
fn findings_are_counted() {
    let db = sample();
    assert_eq!(ids(&db, "findings=1"), ["cortisol-one-session", "very-low", "withdrawn"]);
    assert_eq!(ids(&db, "findings>=3"), ["high"]);
    assert_eq!(ids(&db, "findings:0"), ["unrated"]);
    assert_eq!(ids(&db, "findings<0"), [""; 0]);
}

#[test]
fn reviews_are_found_by_day() {
    let db = sample();
    assert_eq!(ids(&db, "due:2026-01-01"), ["withdrawn"]);
    assert_eq!(ids(&db, "due:2027-01-15"), ["high", "withdrawn"]);
    assert_eq!(ids(&db, "reviewed>=2026-11-22"), ["cortisol-one-session", "very-low"]);
    assert_eq!(ids(&db, "reviewed<2025-01-15"), ["withdrawn"]);
    assert_eq!(ids(&db, "reviewed:2025-01-01..2026-06-01"), ["high", "unrated"]);
    assert_eq!(ids(&db, "reviewed:2026-06-01"), ["unrated"]);
}

#[test]
fn withdrawn_claims_are_found_unless_left_out() {
    let db = sample();
    assert_eq!(ids(&db, "withdrawn:yes"), ["withdrawn"]);
    assert_eq!(ids(&db, "topic:cortisol withdrawn:no"), ["cortisol-one-session", "very-low"]);
    assert_eq!(ids(&db, "id:withdrawn,cortisol-session"), ["cortisol-one-session", "withdrawn"]);
    let named: Query = "id:withdrawn,cortisol-session".parse().unwrap();
    for claim in db.claims() {
        let is_named = ["cortisol-one-session", "withdrawn"].contains(&claim.id());
        assert_eq!(named.matches(claim), is_named, "{}", claim.id());
    }
}

#[test]
fn words_are_searched_by_their_beginning_in_any_case_and_order() {
    let db = sample();
    assert_eq!(ids(&db, "soreness"), ["high"]);
    assert_eq!(ids(&db, "SORE reduc"), ["high"]);
    assert_eq!(ids(&db, "oreness"), [""; 0]);
    assert_eq!(ids(&db, "sleep naïve"), ["unrated"]);
    assert_eq!(ids(&db, "melts"), ["cortisol-one-session"]);
    assert_eq!(ids(&db, "lumbago"), ["high", "unrated", "very-low", "withdrawn"]);
}

#[test]
fn words_between_quotes_follow_each_other_and_a_hyphen_is_a_space() {
    let db = sample();
    assert_eq!(ids(&db, "\"reduces post exer\""), ["high"]);
    assert_eq!(ids(&db, "\"soreness reduces\""), [""; 0]);
    assert_eq!(ids(&db, "post-exercise"), ["high"]);
    assert_eq!(ids(&db, "\"post exercise\""), ["high"]);
    // The end of one text and the beginning of the next are no phrase.
    assert_eq!(ids(&db, "\"high massage\""), [""; 0]);
}

#[test]
fn a_minus_turns_a_condition_round() {
    let db = sample();
    assert_eq!(ids(&db, "-topic:cortisol"), ["high", "unrated"]);
    assert_eq!(ids(&db, "-certainty<=low -direction:none"), ["high"]);
    assert_eq!(ids(&db, "massage -lumbago"), ["cortisol-one-session"]);
    assert_eq!(ids(&db, "-\"make little\""), ["high", "unrated", "very-low"]);
    assert_eq!(ids(&db, "-year>=2015"), ["cortisol-one-session", "unrated", "withdrawn"]);
}

#[test]
fn one_evaluator_answers_for_list_and_single_claim() {
    let db = Database::builtin();
    let day: Date = "2027-06-01".parse().unwrap();
    let queries = [
        Query::new().topic("cortisol").certainty(..=Certainty::Low),
        Query::new().direction([Direction::Null, Direction::Against]).year(2015..),
        Query::new().text("massage").without(Query::new().design(Design::MetaAnalysis)),
        Query::new().outcome("pain").due(day),
    ];
    for query in queries {
        let typed: Query = query.to_string().parse().unwrap();
        let listed: Vec<Claim<'_>> = db.query(&query).collect();
        assert_eq!(listed, db.query(&typed).collect::<Vec<_>>(), "{query}");
        assert_eq!(listed, db.claims().filter(|&claim| query.matches(claim)).collect::<Vec<_>>(), "{query}");
    }
}

#[test]
fn a_query_does_not_outlive_its_need() {
    let db = Database::builtin();
    let claims = {
        let query: Query = "topic:cortisol".parse().unwrap();
        db.query(&query)
    };
    assert!(claims.count() > 0);
}

#[test]
fn names_can_be_held_against_a_database() {
    let db = sample();
    let verify = |text: &str| text.parse::<Query>().unwrap().verify(&db);
    assert!(verify("topic:sleep,cortisol outcome:pain id:cortisol-session source:roe-2020-trial pain").is_ok());
    let cases = [
        ("pain topic:sleep,cortsol", "cortsol", "no topic `cortsol`; did you mean `cortisol`?"),
        ("topic:massage", "massage", "no topic `massage` (topics: cortisol, sleep)"),
        ("outcome:adults", "adults", "no outcome `adults`"),
        (
            "source:\"roe-2020-trail\"",
            "\"roe-2020-trail\"",
            "no source `roe-2020-trail`; did you mean `roe-2020-trial`?",
        ),
        ("-id:hihg", "hihg", "no claim `hihg`; did you mean `high`?"),
    ];
    for (text, place, message) in cases {
        let error = verify(text).unwrap_err();
        assert_eq!(error.span().unwrap().of(text), place);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_source_is_found_by_its_id_and_so_are_the_claims_that_rest_on_it() {
    let db = Database::builtin();
    let source = db.sources().find(|source| source.cited_by().len() > 1).unwrap();
    let query: Query = format!("source:{}", source.id()).parse().unwrap();
    let sources: Vec<&str> = db.query_sources(&query).map(|source| source.id()).collect();
    assert_eq!(sources, [source.id()]);
    let claims: Vec<&str> = db.query(&query).map(|claim| claim.id()).collect();
    let resting = |claim: &Claim<'_>| claim.findings().any(|finding| finding.source() == source);
    let expected: Vec<&str> = db.claims().filter(resting).map(|claim| claim.id()).collect();
    assert!(expected.len() > 1 && claims == expected, "{claims:?} {expected:?}");
    assert!("source:nobody-1900-nothing".parse::<Query>().is_ok_and(|query| db.query(&query).next().is_none()));
}

#[test]
fn a_condition_on_claims_finds_the_sources_that_one_such_claim_rests_on_or_is_guided_by() {
    let db = Database::builtin();
    let query: Query = "certainty<=low".parse().unwrap();
    let mut cited: Vec<&str> = Vec::new();
    let mut guiding: Vec<&str> = Vec::new();
    for claim in db.query(&query) {
        cited.extend(claim.findings().map(|finding| finding.source().id()));
        guiding.extend(claim.guidance().map(|source| source.id()));
    }
    assert!(cited.iter().any(|id| !guiding.contains(id)), "no source is only cited");
    let mut expected = [cited, guiding].concat();
    expected.sort_unstable();
    expected.dedup();
    let found: Vec<&str> = db.query_sources(&query).map(|source| source.id()).collect();
    assert_eq!(found, expected);
}
