//! What is wrong with a pattern is said in words, at the sign that is wrong, and the rest of the pack is read all the same.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document};

/// A rule with one pattern.
fn rule(pattern: &str) -> String {
    format!(
        "[[rule]]\nname = \"pebble-talk\"\nfamily = \"pseudo-mechanism\"\nkind = \"phrase\"\nseverity = \"warning\"\n\
         message = \"{{words}}\"\nwhy = \"Nobody has measured it.\"\npatterns = ['{pattern}']\n"
    )
}

/// A term with one form.
fn term(form: &str) -> String {
    format!("[[term]]\nid = \"pebble\"\nclass = \"intervention\"\nlabel = \"pebbles\"\nforms = ['{form}']\n")
}

/// The database with this text, and what is wrong with its patterns: rule, message and what stands from there on.
fn problems(text: &str) -> Vec<(String, String, String)> {
    let db = Database::builder().text("words.toml", text).build().expect("the records are valid");
    let checker = Checker::new(&db);
    let told = checker.problems().iter().map(|problem| {
        assert_eq!(problem.file(), Some("words.toml"));
        let rest = text[problem.span().start()..].lines().next().unwrap_or_default();
        (problem.rule().to_owned(), problem.message().to_owned(), rest.to_owned())
    });
    told.collect()
}

#[test]
fn a_mistake_in_a_pattern_is_told_at_its_place() {
    for (pattern, message, from) in [
        ("warm (pebbles", "`)` is missing", "(pebbles"),
        ("warm [pebbles", "`]` is missing", "[pebbles"),
        ("warm (pebbles|)", "an empty choice; write `[…]` for what may be left out", "(pebbles|)"),
        ("warm (|pebbles)", "an empty choice; write `[…]` for what may be left out", "(|pebbles)"),
        ("warm [] pebbles", "nothing stands in the brackets", "[] pebbles"),
        ("warm [hot|] pebbles", "an empty choice", "] pebbles"),
        ("warm [hot||cold] pebbles", "an empty choice", "|cold] pebbles"),
        ("warm [hot|<] pebbles", "`>` is missing", "<] pebbles"),
        ("warm [hot|(mild|icy <)] pebbles", "`>` is missing", "<)] pebbles"),
        ("warm [(hot|cold|mild] pebbles", "`]` closes nothing", "] pebbles"),
        ("warm <pebble", "`>` is missing", "<pebble"),
        ("warm {outcome", "`}` is missing", "{outcome"),
        ("warm <> pebbles", "a name is missing", "<> pebbles"),
        ("warm { } pebbles", "a name is missing", "{ } pebbles"),
        ("warm pebbles)", "`)` closes nothing", ")"),
        ("warm pebbles]", "`]` closes nothing", "]"),
        ("warm pebbles>", "`>` closes nothing", ">"),
        ("warm}pebbles", "`}` closes nothing", "}pebbles"),
        ("warm | pebbles", "`|` closes nothing", "| pebbles"),
        ("warm — pebbles", "`—` is not a word", "— pebbles"),
    ] {
        let text = rule(pattern);
        let [(rule, told, rest)] = &problems(&text)[..] else { panic!("{pattern}: {:?}", problems(&text)) };
        assert_eq!((rule.as_str(), told.as_str()), ("data/pattern-syntax", message), "{pattern}");
        assert_eq!(rest.trim_end_matches("']"), from.trim_end_matches("']"), "{pattern}");
    }
}

#[test]
fn a_pattern_that_says_nothing_is_refused() {
    for (pattern, message) in [
        ("[warm]", "the pattern can match nothing at all"),
        ("[warm] [pebbles|stones]", "the pattern can match nothing at all"),
        ("([warm]|[hot])", "the pattern can match nothing at all"),
        ("(warm|[hot])", "the pattern can match nothing at all"),
        ("...", "the pattern can match nothing at all"),
        ("[warm] ... [pebbles]", "the pattern can match nothing at all"),
        ("(warm|...)", "the pattern can match nothing at all"),
    ] {
        let told: Vec<String> = problems(&rule(pattern)).into_iter().map(|(_, message, _)| message).collect();
        assert_eq!(told, [message], "{pattern:?}");
        let told: Vec<String> = problems(&term(pattern)).into_iter().map(|(_, message, _)| message).collect();
        assert_eq!(told, [format!("form `{pattern}`: {message}")], "{pattern:?}");
    }
}

#[test]
fn a_mistake_in_a_form_is_told_with_the_form() {
    for (form, message) in [
        ("warm (pebbles", "form `warm (pebbles`: `)` is missing"),
        ("—", "form `—`: the form holds no word"),
        ("warm {outcome}", "form `warm {outcome}`: a form of a term cannot use `{…}`"),
        ("warm {outcome:cortisol}", "form `warm {outcome:cortisol}`: a form of a term cannot use `{…}`"),
    ] {
        let [(rule, told, header)] = &problems(&term(form))[..] else { panic!("{form}: {:?}", problems(&term(form))) };
        assert_eq!((rule.as_str(), told.as_str(), header.as_str()), ("data/pattern-syntax", message, "[[term]]"));
    }
}

#[test]
fn a_pack_with_a_broken_pattern_still_finds_with_its_other_ones() {
    let text = rule("warm pebbles', 'cold (stones', 'hot stones");
    let db = Database::builder().text("words.toml", text).build().unwrap();
    let checker = Checker::new(&db);
    assert_eq!(checker.problems().len(), 1);
    for copy in ["We have warm pebbles here.", "We have hot stones here."] {
        let found = checker.check(&Document::plain(copy));
        assert!(found.iter().any(|finding| finding.rule() == "pebble-talk"), "{copy}: {found:?}");
    }
}

#[test]
fn brackets_stand_in_brackets() {
    for (pattern, found, not) in [
        (
            "cold [warm [very] hot] pebbles",
            &["cold pebbles", "cold warm hot pebbles", "cold warm very hot pebbles"][..],
            "cold warm pebbles",
        ),
        ("cold [(warm|hot) big] pebbles", &["cold pebbles", "cold hot big pebbles"], "cold hot pebbles"),
        (
            "cold (warm [very|so] hot|mild) pebbles",
            &["cold warm so hot pebbles", "cold mild pebbles"],
            "cold so hot pebbles",
        ),
        (
            "cold [[warm] hot|mild] pebbles",
            &["cold hot pebbles", "cold warm hot pebbles", "cold mild pebbles"],
            "cold warm mild pebbles",
        ),
        (
            "cold [hot|warm [very] mild|icy] pebbles",
            &[
                "cold pebbles",
                "cold hot pebbles",
                "cold warm mild pebbles",
                "cold warm very mild pebbles",
                "cold icy pebbles",
            ],
            "cold warm pebbles",
        ),
        ("cold [hot|(warm|very) mild] pebbles", &["cold hot pebbles", "cold very mild pebbles"], "cold very pebbles"),
        ("cold (<calm down>|hush) pebbles", &["cold calms down pebbles", "cold hush pebbles"], "cold calms pebbles"),
    ] {
        // As a rule's pattern and as a form of a term, which is written out.
        let db = Database::builder().text("rule.toml", rule(pattern)).build().unwrap();
        let rules = Checker::new(&db);
        let db = Database::builder().text("term.toml", term(pattern)).build().unwrap();
        let terms = Checker::new(&db);
        assert!(rules.problems().is_empty() && terms.problems().is_empty(), "{pattern}");
        let words = |words: &str| {
            let page = Document::plain(format!("We use {words} here."));
            let by_rule = rules.check(&page).into_iter().filter(|found| found.rule() == "pebble-talk");
            let by_rule: Vec<String> = by_rule.map(|found| found.span().of(page.text()).to_owned()).collect();
            let read = terms.explain(&page);
            let by_term = read[0].terms.iter().filter(|term| term.term.ends_with("pebble"));
            let by_term: Vec<String> = by_term.map(|term| term.span.of(page.text()).to_owned()).collect();
            assert_eq!(by_term, by_rule, "{pattern}: {words}");
            by_rule
        };
        for &yes in found {
            assert_eq!(words(yes), [yes], "{pattern}");
        }
        assert_eq!(words(not), [""; 0], "{pattern}");
    }
}

#[test]
fn brackets_nest_sixteen_deep_and_no_deeper() {
    let nested = |deep: usize| problems(&rule(&format!("warm {}pebbles{}", "(".repeat(deep), ")".repeat(deep))));
    assert!(nested(15).is_empty() && nested(16).is_empty());
    for deep in [17, 18, 40] {
        let told: Vec<String> = nested(deep).into_iter().map(|(_, message, _)| message).collect();
        assert_eq!(told, ["brackets are nested more than 16 deep"], "{deep}");
    }
}

#[test]
fn each_branch_of_a_choice_is_found_however_many_there_are_and_whatever_they_begin_with() {
    let letters = |at: usize| ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r'][at];
    let name = |at: usize| format!("z{}o{}u", letters(at / 10), letters(at % 10));
    let many: Vec<String> = (0..100).map(|at| format!("{} {}", name(at), name(99 - at))).collect();
    let open = "hot|... icy|[so] mild".to_owned();
    for (branches, words) in
        [(many.join("|"), many), (open, ["hot", "and icy", "mild", "so mild"].map(str::to_owned).to_vec())]
    {
        let db = Database::builder().text("rule.toml", rule(&format!("cold ({branches}) pebbles"))).build().unwrap();
        let checker = Checker::new(&db);
        assert!(checker.problems().is_empty(), "{:?}", checker.problems());
        for words in words {
            let page = Document::plain(format!("We use cold {words} pebbles here."));
            assert_eq!(checker.check(&page).len(), 1, "{words}");
        }
    }
}

#[test]
fn a_match_that_takes_many_attempts_is_found() {
    let db =
        Database::builder().text("rule.toml", rule("warm ... cold ... warm ... cold ... pebbles")).build().unwrap();
    let checker = Checker::new(&db);
    let found = |words: &str| checker.check(&Document::plain(format!("We use {words} here."))).len();
    let row = |word: &str| [word; 4].join(" ");
    let words = format!("warm {} {} {}", row("cold"), row("warm"), row("cold"));
    assert_eq!(found(&format!("{words} pebbles")), 1);
    assert_eq!(found(&format!("{words} so very long ago pebbles")), 1);
    assert_eq!(found(&format!("{words} so very long time ago pebbles")), 0);

    // Also where the pattern itself is long.
    let choices: Vec<String> = (0..30).map(|at| format!("round stone{}", "s".repeat(at))).collect();
    let pattern = format!("{0} {0} {0} ({1}) pebbles", "warm ... cold ...", choices.join("|"));
    let db = Database::builder().text("rule.toml", rule(&pattern)).build().unwrap();
    let checker = Checker::new(&db);
    let words = format!("{0} {1} {0} {1} {0} {1} {2} pebbles", row("warm"), row("cold"), choices[29]);
    assert_eq!(checker.check(&Document::plain(&words)).len(), 1);
}

#[test]
fn a_pattern_may_begin_with_what_can_be_missing() {
    for (pattern, found) in [
        ("[cold] warm pebbles", &["warm pebbles", "cold warm pebbles"][..]),
        ("[cold,] warm pebbles", &["warm pebbles", "cold, warm pebbles", "cold warm pebbles"]),
        ("[cold|icy] ... pebbles", &["icy and warm pebbles", "cold pebbles"]),
        ("([cold] warm|icy) pebbles", &["icy pebbles", "cold warm pebbles", "warm pebbles"]),
        ("(warm|[cold]) pebbles", &["warm pebbles", "cold pebbles", "pebbles"]),
        (
            "(warm|[cold|icy] [round]) (pebbles|[hot] stones)",
            &["warm pebbles", "icy round hot stones", "stones", "round pebbles"],
        ),
    ] {
        let db = Database::builder().text("rule.toml", rule(pattern)).build().unwrap();
        let checker = Checker::new(&db);
        assert!(checker.problems().is_empty(), "{pattern}: {:?}", checker.problems());
        for &words in found {
            let page = Document::plain(format!("We use {words} here."));
            let found = checker.check(&page);
            let spans: Vec<&str> = found.iter().map(|found| found.span().of(page.text())).collect();
            assert!(spans.iter().any(|span| span.ends_with(words)), "{pattern}: {words}: {spans:?}");
        }
    }
}

#[test]
fn words_that_follow_each_other_are_two_findings_and_words_that_overlap_are_one() {
    for (pattern, words, expected) in [
        ("warm pebbles", "warm pebbles warm pebbles", &["warm pebbles", "warm pebbles"][..]),
        ("warm [pebbles [warm]]", "warm pebbles warm pebbles", &["warm pebbles warm pebbles"]),
        ("warm ... pebbles", "warm warm pebbles pebbles", &["warm warm pebbles"]),
        ("pebbles", "pebbles, pebbles", &["pebbles", "pebbles"]),
    ] {
        let db = Database::builder().text("rule.toml", rule(pattern)).build().unwrap();
        let page = Document::plain(format!("We use {words} here."));
        let found = Checker::new(&db).check(&page);
        let spans: Vec<&str> = found.iter().map(|found| found.span().of(page.text())).collect();
        assert_eq!(spans, expected, "{pattern}");
    }
}

#[test]
fn choices_in_choices_and_long_forms_are_found() {
    // More phrases than are written out, so that the form runs as a program.
    let form = "(warm|hot|cold|mild|cool|icy|wet) [river|sea|lake|pond|brook] (pebble|stone|rock)[ ...] wrap";
    let db = Database::builder().text("words.toml", term(form)).build().unwrap();
    let checker = Checker::new(&db);
    assert!(checker.problems().is_empty(), "{:?}", checker.problems());
    let terms = |copy: &str| -> Vec<String> {
        let read = checker.explain(&Document::plain(copy));
        let found = read[0].terms.iter().filter(|term| term.term == "pebble");
        found.map(|term| term.span.of(copy).to_owned()).collect()
    };
    for words in ["icy brook pebble wrap", "warm rock wrap", "mild sea stone and salt wrap", "Hot lake-pebble wrap"] {
        assert_eq!(terms(&format!("Try our {words} today.")), [words]);
    }
    for words in ["icy wrap", "river pebble wrap", "warm rock; wrap", "cold pond rock one two three four five wrap"] {
        assert!(terms(&format!("Try our {words} today.")).is_empty(), "{words}");
    }
}

#[test]
fn an_idiom_hides_its_words_also_where_a_longer_phrase_begins_inside_it() {
    let term = |id: &str, class: &str, form: &str| {
        format!("[[term]]\nid = \"{id}\"\nclass = \"{class}\"\nlabel = \"{form}\"\nforms = [\"{form}\"]\n\n")
    };
    let words = [
        term("far-from-pebble", "idiom", "zig zag pain"),
        term("over-the-hills", "limit", "zag pain over the hills and far away"),
    ];
    let db = Database::builder().builtin().text("words.toml", words.concat()).build().expect("two terms");
    let checker = Checker::new(&db);
    let found = |text: &str| checker.check(&Document::plain(text)).len();
    assert!(found("Massage reduces pain over the hills.") > 0);
    assert_eq!(found("Massage reduces zig zag pain."), 0);
    assert_eq!(found("Massage reduces zig zag pain over the hills and far away."), 0);
}
