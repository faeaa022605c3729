//! Every rule proves itself: its bad examples fire at the marked words, its good examples do not fire it.
#![cfg(feature = "check")]

use evidence_claims::{
    Certainty, Checker, Database, Diagnostic, Direction, Document, NoteKind, Rule, RuleKind, RuleStatus, Severity,
};

/// A bad example without its brackets, and the byte range they held.
fn unmark(example: &str) -> (String, Option<std::ops::Range<usize>>) {
    let Some((before, rest)) = example.split_once("[[") else { return (example.to_owned(), None) };
    let (words, after) = rest.split_once("]]").expect("`[[` is closed");
    let start = before.len();
    (format!("{before}{words}{after}"), Some(start..start + words.len()))
}

/// Whether a rule fires, as the finding itself or as a note on a more specific one.
fn fires(diagnostic: &Diagnostic, rule: &str) -> bool {
    diagnostic.rule() == rule
        || diagnostic
            .notes()
            .iter()
            .any(|note| note.kind == NoteKind::Also && note.text.starts_with(&format!("{rule}: ")))
}

/// A fragment stands where fragments stand: in a list. A sentence stands in a paragraph, a text with blank lines is a page.
fn document(example: &str) -> Document {
    Document::markdown(example.to_owned())
}

#[test]
fn bad_examples_fire_at_their_words_and_good_examples_stay_silent() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    let mut count = 0;
    let about_copy = |rule: &Rule<'_>| {
        !matches!(
            rule.kind(),
            RuleKind::Data | RuleKind::Suppression | RuleKind::Source | RuleKind::Revision | RuleKind::Limit
        )
    };
    for rule in db.rules().filter(|rule| rule.status() == RuleStatus::Stable && about_copy(rule)) {
        for example in rule.bad() {
            count += 1;
            let (text, marked) = unmark(example);
            let found = checker.check(&document(&text));
            let hit = found.iter().any(|diagnostic| {
                fires(diagnostic, rule.name())
                    && marked
                        .as_ref()
                        .is_none_or(|m| diagnostic.span().start() < m.end && m.start < diagnostic.span().end())
            });
            if !hit {
                let got: Vec<&str> = found.iter().map(Diagnostic::rule).collect();
                failures.push(format!("{} should fire: {example}   got {got:?}", rule.name()));
            }
        }
        for example in rule.good() {
            count += 1;
            let found = checker.check(&document(example));
            if let Some(diagnostic) = found.iter().find(|diagnostic| fires(diagnostic, rule.name())) {
                failures.push(format!(
                    "{} should be silent: {example}   at `{}`",
                    rule.name(),
                    diagnostic.span().of(example)
                ));
            }
        }
    }
    assert!(count > 100, "the rules carry their examples");
    assert!(failures.is_empty(), "{} of {count} examples fail:\n{}", failures.len(), failures.join("\n"));
}

/// A pack of one term and one rule with this pattern.
fn pack_with(pattern: &str) -> String {
    format!(
        r#"
        schema = 1
        name = "acme"

        [[term]]
        id = "toe-warmth"
        class = "outcome"
        label = "how warm the toes are"
        forms = ["toe warmth"]
        topic = "circulation"
        wanted = "more"

        [[rule]]
        name = "toe-talk"
        family = "pseudo-mechanism"
        label = "pseudo-mechanism"
        kind = "phrase"
        severity = "warning"
        since = "0.1.0"
        rank = 300
        topics = ["circulation"]
        message = "\"{{words}}\" is talk"
        why = "Nobody has measured it."
        help = "Say what is done."
        authority = [{{ name = "Advice", url = "https://example.org/advice" }}]
        patterns = ['{pattern}']
        bad = ["We speak of [[magic toe warmth]]."]
        good = ["We speak of feet."]
        "#
    )
}

#[test]
fn a_pattern_of_a_named_pack_means_its_own_term() {
    let db = Database::builder().builtin().text("acme.toml", pack_with("magic {outcome:toe-warmth}")).build().unwrap();
    let checker = Checker::new(&db);
    assert!(checker.problems().is_empty(), "{:?}", checker.problems());
    let found = checker.check(&Document::plain("We speak of magic toe warmth."));
    assert!(found.iter().any(|finding| finding.rule() == "acme:toe-talk"), "{found:?}");
}

#[test]
fn a_term_that_nobody_has_is_an_error_at_its_place_in_the_pattern() {
    let text = pack_with("magic {outcome:toe-wramth}");
    let db = Database::builder().builtin().text("acme.toml", text.as_str()).build().unwrap();
    let problems = Checker::new(&db).problems().to_vec();
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.rule(), problem.file()), ("data/unknown-term", Some("acme.toml")));
    assert_eq!(problem.span().of(&text), "toe-wramth");
}

#[test]
fn the_texts_of_a_rule_are_filled_from_its_claim_and_the_words_found() {
    let claim = Database::builtin().claim("cortisol-single-session").unwrap();
    let text = r#"
        [[rule]]
        name = "toe-talk"
        family = "pseudo-mechanism"
        kind = "phrase"
        severity = "warning"
        claim = "cortisol-single-session"
        message = "{words}, {n}, {size}, {level}, {claim}, {plain}, {body}, {nobody}."
        why = "{outcome} {condition"
        help = "{honest} {allowed}"
        patterns = ["toe talk"]
    "#;
    let db = Database::builder().builtin().text("words.toml", text).build().unwrap();
    let found = Checker::new(&db).check(&Document::markdown("It is *toe*\n  talk."));
    let [found] = found.as_slice() else { panic!("{found:?}") };
    let size = "hardly any effect";
    let expected = format!("toe talk, {}, {size}, low certainty of little or no difference, ", claim.findings().len());
    assert_eq!(found.message(), expected + "cortisol-single-session, it, it, it");
    let notes: Vec<(NoteKind, &str)> = found.notes().iter().map(|note| (note.kind, &*note.text)).collect();
    assert_eq!(notes[0], (NoteKind::Why, "this {condition"));
    assert_eq!(notes.last().unwrap(), &(NoteKind::Do, &*format!("{} it is uncertain whether", claim.honest())));
}

#[test]
fn a_rule_without_help_of_its_own_offers_the_sentence_of_its_claim() {
    let told = |lines: &str| -> Vec<String> {
        let text = format!(
            "[[rule]]\nname = \"toe-talk\"\nfamily = \"pseudo-mechanism\"\nkind = \"phrase\"\nseverity = \"warning\"\n\
             message = \"toes\"\nwhy = \"Nobody has measured it.\"\npatterns = [\"toe talk\"]\n{lines}"
        );
        let db = Database::builder().builtin().text("own.toml", text).build().unwrap_or_else(|error| panic!("{error}"));
        let found = Checker::new(&db).check(&Document::plain("It is toe talk."));
        let notes = found.iter().flat_map(|found| found.notes()).filter(|note| note.kind == NoteKind::Do);
        notes.map(|note| note.text.to_string()).collect()
    };
    let claim = Database::builtin().claim("cortisol-single-session").unwrap();
    assert_eq!(told("claim = \"cortisol-single-session\"\n"), [format!("write: {}", claim.honest())]);
    assert_eq!(told("claim = \"cortisol-single-session\"\nhelp = \"Leave it out.\"\n"), ["Leave it out."]);
    assert_eq!(told("help = \"Leave it out.\"\n"), ["Leave it out."]);
    // Without a claim there is no sentence to offer.
    assert_eq!(told("help = \"Write: {honest}\"\n"), [""; 0]);
    assert_eq!(told(""), [""; 0]);
}

#[test]
fn what_is_allowed_is_told_in_the_words_of_its_rung() {
    let claim = Database::builtin().claim("state-anxiety-session").unwrap();
    assert_eq!(claim.certainty(), Some(Certainty::Moderate));
    for (rung, words) in [
        ("uncertain", "it is uncertain whether"),
        ("possible", "may"),
        ("capable", "can"),
        ("probable", "probably"),
        ("asserted", "a plain verb"),
    ] {
        let text = format!(
            "[[rule]]\nname = \"toe-talk\"\nfamily = \"pseudo-mechanism\"\nkind = \"phrase\"\nseverity = \"warning\"\n\
             claim = \"state-anxiety-session\"\nmessage = \"{{allowed}}\"\nwhy = \"Nobody has measured it.\"\npatterns = [\"toe talk\"]\n\
             [[profile]]\nname = \"own\"\nlabel = \"Own\"\nabout = \"Our own.\"\n[profile.ceiling]\nmoderate = \"{rung}\"\n"
        );
        let db = Database::builder().builtin().text("own.toml", text).build().unwrap_or_else(|error| panic!("{error}"));
        let checker = Checker::new(&db).profile("own").unwrap();
        let found = checker.check(&Document::plain("It is toe talk."));
        let told: Vec<&str> = found.iter().map(Diagnostic::message).collect();
        assert_eq!(told, [words], "{rung}");
    }
}

#[test]
fn the_evidence_of_a_finding_counts_its_sources_by_what_they_found_and_names_the_newest_year() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let (mut seen, mut without) = (0, 0);
    for claim in db.claims() {
        let page = Document::markdown(claim.overclaims().map(|words| format!("- {words}\n")).collect::<String>());
        let found = checker.check(&page);
        let about = found.iter().filter(|found| found.claim() == Some(claim.id()));
        let notes: Vec<&str> = about
            .flat_map(|found| found.notes().iter().filter(|note| note.kind == NoteKind::Evidence))
            .map(|note| &*note.text)
            .collect();
        let Some(note) = notes.first() else { continue };
        seen += 1;
        assert!(notes.iter().all(|other| other == note), "{notes:?}");
        let level = note.strip_prefix(claim.id()).and_then(|rest| rest.strip_prefix(": "));
        let level = level.unwrap_or_else(|| panic!("{note}"));
        let count = |direction| claim.findings().filter(|finding| finding.direction() == direction).count();
        let parts = [
            (Direction::Supports, "for it"),
            (Direction::Mixed, "mixed"),
            (Direction::Null, "little or no difference"),
            (Direction::Against, "against it"),
        ];
        let parts = parts.into_iter().map(|(direction, name)| (count(direction), name)).filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, name)| format!("{count} {name}")).collect();
        let sources = match claim.findings().len() {
            0 => {
                without += 1;
                assert!(!level.contains(';'), "{note}");
                continue;
            }
            1 => format!("; 1 source ({})", parts.join(", ")),
            many => format!("; {many} sources ({})", parts.join(", ")),
        };
        let newest = claim.findings().filter_map(|finding| finding.source().year()).max();
        let newest = newest.map(|year| format!(", newest {year}")).unwrap_or_default();
        assert!(level.ends_with(&(sources + &newest)), "{note}");
    }
    assert!(seen > 100 && without > 0, "{seen}, {without}");
}

#[test]
fn findings_that_become_one_quote_all_their_words() {
    let checker = Checker::new(Database::builtin());
    for (copy, words) in [
        ("It banishes cold toes for good.", "\"It banishes cold toes for good\" is a cure claim"),
        ("Massage *dramatically*  reduces back pain.", "\"dramatically reduces back pain\""),
    ] {
        let found = checker.check(&Document::markdown(copy));
        assert!(found.iter().any(|found| found.message().starts_with(words)), "{found:?}");
    }
}

#[test]
fn a_severity_that_is_set_is_the_highest_that_a_rule_uses() {
    let db = Database::builtin();
    let severity = |rule: &str, set: Option<Severity>, copy: &str| {
        let checker = Checker::new(db);
        let checker = set.into_iter().fold(checker, |checker, set| checker.severity(rule, set));
        let found = checker.check(&Document::plain(copy.to_owned()));
        found.iter().find(|found| found.rule() == rule).map(Diagnostic::severity)
    };
    // Compared with a rating, some cases are worse than others; the setting caps them.
    let (rule, bad, mild) = ("contradicted-by-evidence", "Massage lowers cortisol.", Severity::Warning);
    assert_eq!(severity(rule, None, bad), Some(Severity::Error));
    assert_eq!(severity(rule, Some(mild), bad), Some(mild));
    // A case that is only a note stays one where the rule has worse ones.
    let (rule, note) = ("can-as-hedge", "Massage can ease anxiety.");
    assert_eq!(severity(rule, None, note), Some(Severity::Note));
    assert_eq!(severity(rule, Some(Severity::Error), note), Some(Severity::Note));
    // A rule that is mild by itself becomes as bad as is set.
    let rule = db.rules().find(|rule| rule.name() == "weaker-than-evidence").unwrap();
    let copy = unmark(rule.bad().next().unwrap()).0;
    assert_eq!(severity(rule.name(), None, &copy), Some(Severity::Note));
    assert_eq!(severity(rule.name(), Some(Severity::Error), &copy), Some(Severity::Error));
}

#[test]
fn a_finding_names_the_authority_of_its_profile_and_none_without_one() {
    let db = Database::builtin();
    let authorities = |checker: Checker<'_>| -> Vec<String> {
        let found = checker.check(&Document::plain("Massage lowers cortisol."));
        let notes = found.iter().flat_map(|found| found.notes());
        notes.filter(|note| note.kind == NoteKind::Authority).map(|note| note.text.to_string()).collect()
    };
    assert_eq!(authorities(Checker::new(db)), [""; 0]);
    assert_eq!(authorities(Checker::new(db).profile("neutral").unwrap()), [""; 0]);
    for name in ["uk-cap", "au-ahpra", "us-ftc"] {
        let profile = db.profiles().find(|profile| profile.name() == name).unwrap();
        let first = profile.authority().next().unwrap().name.to_string();
        assert_eq!(authorities(Checker::new(db).profile(name).unwrap()), [first], "{name}");
    }
}

#[test]
fn a_study_that_is_linked_or_cited_in_its_sentence_has_a_source() {
    let checker = Checker::new(Database::builtin());
    let alarms =
        |page: &Document| checker.check(page).iter().filter(|found| fires(found, "unattributed-research")).count();
    for copy in [
        "[Studies show that massage helps](https://example.org/study).",
        "[Studies show](https://example.org/study) that massage helps.",
        "Studies show that massage helps (https://example.org/study).",
        "Studies show that massage helps [1].",
        "Studies show that massage helps¹.",
        "Studies show that massage helps.[^1]\n\n[^1]: Moyer 2011.",
        "Studies show that massage helps (Moyer et al.).",
        "Studies (Moyer 2011) show that massage helps.",
        "Recent research shows, says Cochrane, that massage helps.",
        "Studies show that massage helps, doi:10.1016/j.jbmt.2010.06.001.",
    ] {
        assert_eq!(alarms(&Document::markdown(copy)), 0, "{copy}");
    }
    assert_eq!(alarms(&Document::html("<p><a href='study.html'>Studies show</a> that massage helps.</p>")), 0);
    for copy in [
        "Studies show that massage helps.",
        "Studies show that massage helps. [Book now](https://example.org/book).",
        "Our 12345 studies show that massage helps.",
        "Our 32019 studies show that massage helps.",
        "Our 1819 studies show that massage helps.",
        "Our 20195 studies show that massage helps.",
        "Studies show that massage helps [4 sessions].",
    ] {
        assert_eq!(alarms(&Document::markdown(copy)), 1, "{copy}");
    }
    // Asked, denied, doubted, quoted and told with its limits, a study proves nothing.
    for copy in [
        "Do studies show that massage helps?",
        "Studies do not show that massage helps.",
        "\"Studies show that massage helps.\"",
        "Ask what studies show about massage.",
    ] {
        assert_eq!(alarms(&Document::markdown(copy)), 0, "{copy}");
    }
}

#[test]
fn a_list_of_conditions_is_found_where_help_is_offered_and_worse_from_four_on() {
    let checker = Checker::new(Database::builtin()).severity("condition-list", Severity::Error);
    let list = |copy: &str| -> Vec<Severity> {
        let found = checker.check(&Document::markdown(copy));
        found.iter().filter(|found| found.rule() == "condition-list").map(Diagnostic::severity).collect()
    };
    let three = "arthritis, eczema and asthma";
    for offer in ["We treat: arthritis, eczema, asthma.", "#arthritis #eczema #asthma"] {
        assert_eq!(list(offer), [Severity::Warning], "{offer}");
    }
    assert_eq!(list("We treat: arthritis, eczema, asthma, sciatica."), [Severity::Error]);
    // Two are no list, nor are two with their names said again, nor three that many words part.
    for none in [
        "We treat: arthritis, eczema.".to_owned(),
        "We treat: arthritis, eczema, arthritis.".to_owned(),
        "We treat: arthritis in the older people of this town, eczema in those who swim, asthma.".to_owned(),
        format!("Do you treat: {three}?"),
        format!("We do not treat: {three}."),
        format!("We do not treat:\n\n- {three}"),
        format!("Tell us about: {three}."),
        format!("\"We treat: {three}.\""),
        format!("We had {three} last year."),
    ] {
        assert_eq!(list(&none), [], "{none}");
    }
}

#[test]
fn a_profile_that_nobody_has_is_refused_with_those_there_are() {
    let error = Checker::new(Database::builtin()).profile("uk-cop").unwrap_err().to_string();
    assert!(error.contains("uk-cop") && error.contains("uk-cap"), "{error}");
}

#[test]
fn a_sentence_in_which_nothing_is_read_says_why() {
    let page = Document::markdown(
        "Does massage ease back pain?\n\nWe do not treat:\n\n- back pain\n\nIt is unclear whether massage eases back pain.\n\n\
         Massage eases back pain.\n",
    );
    let read = Checker::new(Database::builtin()).explain(&page);
    let silent: Vec<Option<&str>> = read.iter().map(|sentence| sentence.silent.as_deref()).collect();
    assert_eq!(
        silent,
        [
            Some("a question"),
            None,
            Some("the words above it deny, doubt or warn"),
            Some("it states doubt or a null result"),
            None
        ]
    );
}

#[test]
fn can_is_told_where_the_evidence_is_less_or_only_allows_probably() {
    for (rung, told) in [
        ("possible", &[("can-as-hedge", Severity::Warning)][..]),
        ("capable", &[]),
        ("probable", &[("can-as-hedge", Severity::Note)]),
        ("asserted", &[]),
    ] {
        let text = format!(
            "[[profile]]\nname = \"own\"\nlabel = \"Own\"\nabout = \"Our own.\"\n[profile.ceiling]\nmoderate = \"{rung}\"\n"
        );
        let db = Database::builder().builtin().text("own.toml", text).build().unwrap_or_else(|error| panic!("{error}"));
        let checker = Checker::new(&db).profile("own").unwrap();
        let found = checker.check(&Document::plain("A session of massage can reduce anxiety."));
        let found: Vec<_> = found.iter().map(|found| (found.rule(), found.severity())).collect();
        assert_eq!(found, told, "{rung}");
    }
}

#[test]
fn a_finding_names_each_topic_once() {
    let checker = Checker::new(Database::builtin());
    for rule in Database::builtin().rules() {
        for example in rule.bad() {
            for found in checker.check(&document(&unmark(example).0)) {
                let topics: Vec<&str> = found.topics().collect();
                assert!(topics.iter().enumerate().all(|(at, topic)| !topics[..at].contains(topic)), "{found:?}");
            }
        }
    }
}

#[test]
fn of_two_claims_that_allow_as_much_the_one_with_more_for_it_speaks() {
    let claim = |id: &str, direction: &str, certainty: &str, imprecision: u8, findings: &[(&str, &str)]| {
        let mut text = format!(
            "[[claim]]\nid = \"{id}\"\ntopic = \"cortisol\"\nproposition = \"Massage warms toes.\"\ndirection = \"{direction}\"\n\
             magnitude = \"trivial\"\ncertainty = \"{certainty}\"\nreviewed = 2026-11-22\n[claim.pico]\npopulation = \"adults\"\n\
             intervention = \"massage\"\ncomparator = \"rest\"\noutcome = \"toe-frost\"\n[claim.grade]\nstart = \"high\"\n\
             risk-of-bias = {{ down = 1, why = \"people knew\" }}\nimprecision = {{ down = {imprecision}, why = \"few people\" }}\n\
             [claim.wording]\nhonest = \"Massage may or may not ease toe frost.\"\n"
        );
        for (source, direction) in findings {
            text += &format!("[[claim.finding]]\nsource = \"{source}\"\ndirection = \"{direction}\"\n");
        }
        text
    };
    let (first, second) = ("moyer-2011-cortisol", "moyer-2004-metaanalysis");
    let term = "[[term]]\nid = \"toe-frost\"\nclass = \"outcome\"\nlabel = \"toe frost\"\ntopic = \"cortisol\"\n\
                wanted = \"less\"\nforms = [\"toe frost\"]\n";
    let null = claim("toes-null", "null", "low", 1, &[(first, "null"), (second, "null")]);
    let mixed = claim("toes-mixed", "mixed", "very-low", 2, &[(first, "null"), (second, "supports")]);
    for claims in [format!("{null}{mixed}"), format!("{mixed}{null}")] {
        let builder = Database::builder().builtin().text("toes.toml", format!("{term}{claims}"));
        let db = builder.build().unwrap_or_else(|error| panic!("{:?}", error.diagnostics()));
        let found = Checker::new(&db).check(&Document::plain("Massage eases toe frost."));
        let found: Vec<_> = found.iter().map(|found| (found.rule(), found.claim())).collect();
        assert_eq!(found, [("certainty-exceeds-evidence", Some("local:toes-mixed"))]);
    }
}
