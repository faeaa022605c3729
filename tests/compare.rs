//! Copy against its source: pairs written for this project, the examples of the rules, and what must hold of any two texts.
#![cfg(feature = "check")]

use std::sync::LazyLock;

use evidence_claims::{Comparer, Database, Diagnostic, Document, NoteKind, RuleKind, Severity};

/// Copy, source, and the rules that must speak, in the order of their places and names.
const PAIRS: &[(&str, &str, &[&str])] = &[
    // Stronger wording.
    ("Loneliness damages the heart.", "Loneliness was associated with heart problems.", &["stronger-than-source"]),
    ("Walking prevents falls.", "Walking may prevent falls.", &["stronger-than-source"]),
    ("Massage improves sleep.", "Massage did not improve sleep.", &["stronger-than-source"]),
    ("Noise causes headaches", "Noise was linked to headaches in a survey.", &["stronger-than-source"]),
    (
        "Tea drinking reduces the risk of gallstones.",
        "Tea drinking was associated with a lower risk of gallstones.",
        &["stronger-than-source"],
    ),
    (
        "Naps may improve memory. Naps boost mood.",
        "Naps may improve memory. Naps were related to better mood.",
        &["stronger-than-source"],
    ),
    // As strong as the source, or milder.
    ("Loneliness is linked to heart problems.", "Loneliness was associated with heart problems.", &[]),
    ("Walking may prevent falls.", "Walking prevents falls.", &[]),
    ("Walking was linked to fewer falls.", "Walking may prevent falls.", &[]),
    ("Massage did not improve sleep.", "Massage did not improve sleep.", &[]),
    ("Does noise cause headaches?", "Noise was linked to headaches in a survey.", &[]),
    ("Our shop opens at nine. Call us for a table.", "Noise was linked to headaches in a survey.", &[]),
    // Animals and cells.
    ("Garlic oil shrinks tumours.", "Garlic oil shrank tumours in mice.", &["not-in-people"]),
    ("Garlic oil shrinks tumours in mice.", "Garlic oil shrank tumours in mice.", &[]),
    (
        "An extract of willow slows inflammation.",
        "An extract of willow slowed inflammation in vitro.",
        &["not-in-people"],
    ),
    // Who was studied.
    ("Dancing improves balance.", "Dancing improved balance in older adults.", &["population-dropped"]),
    ("Dancing improves balance in people over 65.", "Dancing improved balance in older adults.", &[]),
    ("Massage reduces anxiety.", "Massage reduced anxiety in pregnant women.", &["population-dropped"]),
    ("Massage reduces anxiety in cancer care.", "Massage reduced anxiety in patients with cancer.", &[]),
    ("Cycling improves mood.", "Cycling improved mood in men and women.", &[]),
    // What it was compared with.
    (
        "Stretching reduces back pain.",
        "Stretching reduced back pain compared with no treatment.",
        &["comparator-dropped"],
    ),
    (
        "Stretching reduces back pain better than no treatment.",
        "Stretching reduced back pain compared with no treatment.",
        &[],
    ),
    // Limits.
    ("Ginger reduces nausea.", "Ginger reduced nausea. The results are preliminary.", &["limits-dropped"]),
    (
        "Ginger reduces nausea. The results are early ones and more research is needed.",
        "Ginger reduced nausea. The results are preliminary.",
        &[],
    ),
    // Advice.
    ("Ginger reduces nausea. You should take ginger before a trip.", "Ginger reduced nausea.", &["advice-added"]),
    ("Try ginger before a trip.", "Ginger reduced nausea.", &["advice-added"]),
    (
        "Ginger reduces nausea. Travellers should take ginger.",
        "Ginger reduced nausea. Travellers should take ginger.",
        &[],
    ),
    ("Ginger reduces nausea. Book a table by phone.", "Ginger reduced nausea.", &[]),
];

fn compare(copy: &str, source: &str) -> Vec<Diagnostic> {
    static COMPARER: LazyLock<Comparer<'static>> = LazyLock::new(|| Comparer::new(Database::builtin()).unwrap());
    COMPARER.compare(&Document::markdown(copy), &Document::plain(source))
}

#[test]
fn every_pair_is_judged_as_written() {
    assert!(PAIRS.len() >= 20);
    let mut wrong = Vec::new();
    for (copy, source, rules) in PAIRS {
        let found = compare(copy, source);
        let names: Vec<&str> = found.iter().map(Diagnostic::rule).collect();
        if names != *rules {
            wrong.push(format!("{copy} / {source}: {names:?}, not {rules:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_of_the_rules_do_what_they_say() {
    let mut count = 0;
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Source) {
        assert!(rule.bad().len() > 0 && rule.good().len() > 0, "{}", rule.name());
        for example in rule.bad() {
            let (copy, source) = example.split_once(" — source: ").expect("copy and source");
            let start = copy.find("[[").expect("marked words");
            let end = copy.find("]]").expect("marked words") - 2;
            let found = compare(&copy.replace("[[", "").replace("]]", ""), source);
            let hit = found.iter().find(|finding| finding.rule() == rule.name());
            let span = hit.unwrap_or_else(|| panic!("{} should fire: {example}", rule.name())).span();
            assert_eq!((span.start(), span.end()), (start, end), "{}: {example}", rule.name());
            count += 1;
        }
        for example in rule.good() {
            let (copy, source) = example.split_once(" — source: ").expect("copy and source");
            assert!(compare(copy, source).is_empty(), "{}: {example}", rule.name());
            count += 1;
        }
    }
    assert!(count >= 12);
}

#[test]
fn a_text_never_goes_beyond_itself() {
    for (copy, source, _) in PAIRS {
        for text in [copy, source] {
            assert!(compare(text, text).is_empty(), "{text}: {:?}", compare(text, text));
        }
    }
}

#[test]
fn parts_of_an_abstract_that_say_why_and_how_license_nothing() {
    let source = "Background: Massage improves muscle strength.\n\nMethods: We massaged 40 runners.\n\n\
                  Conclusions: Massage was associated with more muscle strength in runners.";
    let found = compare("In runners, massage boosts muscle strength.", source);
    assert_eq!(found.iter().map(Diagnostic::rule).collect::<Vec<_>>(), ["stronger-than-source"]);
    let evidence = found[0].notes().iter().find(|note| note.kind == NoteKind::Evidence).unwrap();
    assert!(evidence.text.starts_with("the source, line 5: \"Conclusions: Massage was"), "{}", evidence.text);
}

#[test]
fn a_cause_made_of_a_link_is_worse_than_a_dropped_may() {
    let severity = |copy: &str, source: &str| compare(copy, source)[0].severity();
    assert_eq!(severity("Walking prevents falls.", "Walking was associated with fewer falls."), Severity::Error);
    assert_eq!(severity("Walking prevents falls.", "Walking may prevent falls."), Severity::Warning);
}

#[test]
fn odd_texts_are_compared_too() {
    for text in ["", " ", "(", "…", "# \n\n- ", "Conclusions:", "Results", "should", "é’s may", "?"] {
        let _ = compare(text, "Walking may prevent falls in mice.");
        let _ = compare("Walking prevents falls.", text);
    }
}
