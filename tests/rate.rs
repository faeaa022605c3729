//! Rating the strength of wording: sentences written for this project, and what must hold of any sentence.

#![cfg(feature = "check")]

use evidence_claims::{Database, Rater, Scheme, WordingClass};

/// `text<TAB>class`, in the form that `scripts/learn_rates.py` reads; nothing is learned from it.
const SENTENCES: &str = include_str!("strength.tsv");

fn sentences() -> impl Iterator<Item = (&'static str, &'static str)> {
    SENTENCES.lines().map(|line| line.split_once('\t').expect("a text and a class"))
}

/// Floors, which only go up.
#[test]
fn plain_sentences_of_every_class_are_rated_right() {
    let rater = Rater::new(Database::builtin()).unwrap();
    assert!(sentences().count() >= 150);
    for (class, floor) in [
        (WordingClass::None, 43),
        (WordingClass::Correlational, 38),
        (WordingClass::Conditional, 30),
        (WordingClass::Causal, 41),
    ] {
        let of_class: Vec<&str> =
            sentences().filter(|(_, name)| *name == class.as_str()).map(|(text, _)| text).collect();
        let wrong: Vec<&&str> = of_class.iter().filter(|text| rater.rate(text).class() != class).collect();
        let right = of_class.len() - wrong.len();
        assert!(right >= floor, "{class}: {right} of {}, wrong: {wrong:#?}", of_class.len());
    }
}

/// What stands in the predicate is claimed; the same words elsewhere claim nothing.
#[test]
fn a_cue_counts_where_it_is_claimed() {
    let rater = Rater::new(Database::builtin()).unwrap();
    for (claimed, told, otherwise) in [
        // A relative clause only describes its noun.
        ("Mould causes coughing.", "We asked people with a mould that causes coughing.", WordingClass::None),
        // An aside between commas does not end the clause.
        ("Balm lowers fever.", "Balm, which was used for years, lowers fever.", WordingClass::Causal),
        // Attribution is taken off, however long.
        (
            "Naps improve memory.",
            "Naps improve memory, according to research published today by a university hospital in the journal Sleep.",
            WordingClass::Causal,
        ),
        // What serves knowledge brings nothing about.
        ("The balm may reduce harm.", "The scale may help researchers compare wards.", WordingClass::None),
        // A purpose is no result.
        ("Ear plugs reduce noise.", "Ways to reduce noise are needed.", WordingClass::None),
        // A number after "by" is an amount, not a cause.
        ("Visits were increased by pain.", "The number of visits increased by 12 per cent.", WordingClass::None),
        // What is still to be examined is no link.
        (
            "Naps were linked to mood.",
            "Studies are needed to examine the link between naps and mood.",
            WordingClass::None,
        ),
        // A participle that ends a compound is no verb.
        ("Stress triggers migraine.", "The sample held twelve stress-triggered cases.", WordingClass::None),
        // A study that enhances what is known has no effect on health.
        ("Walks enhance memory.", "These data enhance our understanding of memory.", WordingClass::None),
        // What was known before is no finding.
        ("Smoking damages the lungs.", "It is well known that smoking damages the lungs.", WordingClass::None),
    ] {
        assert_ne!(rater.rate(claimed).class(), WordingClass::None, "{claimed}");
        assert_eq!(rater.rate(told).class(), otherwise, "{told}");
    }
}

#[test]
fn what_only_describes_a_noun_is_named_an_aside() {
    let rater = Rater::new(Database::builtin()).unwrap();
    let has = |sentence: &str, name: &str| rater.features(sentence).iter().any(|cue| cue == name);
    let told = "A mould that causes coughing was found in most homes.";
    assert!(has(told, "aside cause.finite") && !has(told, "cause.finite"), "{:?}", rater.features(told));
    let claimed = "The mould causes coughing in most homes.";
    assert!(has(claimed, "cause.finite") && !has(claimed, "aside cause.finite"), "{:?}", rater.features(claimed));
}

#[test]
fn the_schemes_differ_on_can_and_on_denials() {
    let yu = Rater::new(Database::builtin()).unwrap();
    let insciout = Rater::new(Database::builtin()).unwrap().scheme(Scheme::Insciout).unwrap();
    let can = "Yoga can reduce stress in students.";
    assert_eq!((yu.rate(can).class(), insciout.rate(can).class()), (WordingClass::Causal, WordingClass::Conditional));
    let denied = "Supplementation did not improve bone density.";
    assert_eq!((yu.rate(denied).class(), insciout.rate(denied).class()), (WordingClass::Causal, WordingClass::None));
}

#[test]
fn a_modal_governs_its_verb_through_the_passive_and_the_perfect() {
    let rater = Rater::new(Database::builtin()).unwrap();
    for (sentence, class) in [
        ("The rate of falls may have been reduced by the programme.", WordingClass::Conditional),
        ("Poor sleep might have affected recovery.", WordingClass::Conditional),
        ("Falls can be reduced by balance training.", WordingClass::Causal),
        ("These changes are likely to influence blood pressure.", WordingClass::Conditional),
    ] {
        assert_eq!(rater.rate(sentence).class(), class, "{sentence}");
    }
}

#[test]
fn a_frame_is_taken_off_after_a_first_clause_too() {
    let rater = Rater::new(Database::builtin()).unwrap();
    let told = "Naps are popular, but our results suggest that naps improve memory.";
    let features = rater.features(told);
    assert!(features.iter().any(|cue| cue == "frame suggest.finite"), "{features:?}");
    assert_eq!(rater.rate(told).class(), WordingClass::Causal);
}

#[test]
fn two_statements_of_one_finding_differ_only_when_that_is_clear() {
    let rater = Rater::new(Database::builtin()).unwrap().scheme(Scheme::Insciout).unwrap();
    let beside = |one: &str, other: &str| rater.rate(one).beside(&rater.rate(other));
    let (copy, source) =
        beside("Daily walks cut the risk of stroke.", "Walking was associated with a lower risk of stroke.");
    assert!(copy > source, "{copy} {source}");
    for (sentence, _) in sentences() {
        let rating = rater.rate(sentence);
        assert_eq!(rating.beside(&rating), (rating.class(), rating.class()), "{sentence}");
        assert!((rating.shares().iter().sum::<f64>() - 1.0).abs() < 1e-9, "{sentence}");
    }
}

#[test]
fn every_cue_has_a_weight_and_stands_in_the_sentence() {
    for scheme in Scheme::ALL {
        let rater = Rater::new(Database::builtin()).unwrap().scheme(scheme).unwrap();
        for (sentence, _) in sentences() {
            let rating = rater.rate(sentence);
            assert!(!rating.cues().is_empty(), "{sentence}");
            assert!((0.25..=1.0).contains(&rating.share()), "{sentence}");
            let known = rater.features(sentence);
            for cue in rating.cues() {
                assert!(known.iter().any(|name| name == cue.id()), "{}", cue.id());
                assert!(sentence.get(cue.span().start()..cue.span().end()).is_some(), "{sentence}: {}", cue.id());
            }
        }
    }
}

#[test]
fn a_broken_file_of_weights_is_reported_at_its_place() {
    let read = |text: &str| Rater::new(Database::builtin()).unwrap().weights("mine.toml", text);
    for (text, rule, words) in [
        ("[weights]\nalways = [0.1, 0.2\ntitle = 3", "data/syntax", "title"),
        ("[weights]\nalways = [0.1, 0.2]", "data/rates", "[0.1, 0.2]"),
        ("[weights]\nalways = \"much\"", "data/rates", "\"much\""),
        ("[wieghts]\nalways = [0.1, 0.2, 0.3, 0.4]", "data/rates", "wieghts"),
    ] {
        let error = read(text).unwrap_err();
        let problem = &error.diagnostics()[0];
        assert_eq!((problem.file(), problem.rule()), (Some("mine.toml"), rule), "{text}");
        assert!(
            problem.span().of(text).contains(words) || text[problem.span().start()..].starts_with(words),
            "{text}: {:?} {}",
            problem.span(),
            problem.message()
        );
    }
    let own = read("[weights]\nalways = [0.0, 0.0, 0.0, 1.0]").unwrap();
    assert_eq!(own.rate("Nothing at all.").class(), WordingClass::Causal);
}

#[test]
fn odd_texts_are_rated_too() {
    let rater = Rater::new(Database::builtin()).unwrap();
    for text in [
        "",
        " ",
        "(",
        "…",
        "(may)",
        "to",
        "to to to",
        "and and",
        "may",
        "é’s",
        "a\tb",
        "—;:",
        "study study finds finds that",
    ] {
        let _ = rater.rate(text);
    }
    let long = "may reduce and ".repeat(3_000);
    let _ = rater.rate(&long);
}

#[test]
fn schemes_have_names_that_can_be_typed() {
    for scheme in Scheme::ALL {
        assert_eq!(scheme.as_str().parse::<Scheme>().unwrap(), scheme);
    }
    assert!("yu".parse::<Scheme>().unwrap_err().to_string().contains("yu2019"));
}
