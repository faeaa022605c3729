//! The exaggeration gate: a page compared with what it said before.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Diagnostic, Document, RuleKind};

fn gained(before: &str, now: &str) -> Vec<(String, String)> {
    let checker = Checker::new(Database::builtin());
    let now = Document::markdown(now);
    let found = checker.exaggerations(&[Document::markdown(before)], &now);
    found.iter().map(|found| (found.rule().to_owned(), found.span().of(now.text()).to_owned())).collect()
}

#[test]
fn examples_of_the_rules_do_what_they_say() {
    let mut count = 0;
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Revision) {
        for example in rule.bad() {
            count += 1;
            let (before, now) = example.split_once(" → ").unwrap();
            let words = now.split_once("[[").unwrap().1.split_once("]]").unwrap().0;
            let found = gained(before, &now.replace("[[", "").replace("]]", ""));
            assert_eq!(found, [(rule.name().to_owned(), words.to_owned())], "{example}");
        }
        for example in rule.good() {
            let (before, now) = example.split_once(" → ").unwrap();
            assert_eq!(gained(before, now), [], "{example}");
        }
        assert!(rule.bad().len() > 0 && rule.good().len() > 0);
    }
    assert!(count >= 5);
}

#[test]
fn what_did_not_change_is_not_compared_even_when_it_moves() {
    let page = "Massage may ease back pain.\n\nMassage eases back pain.";
    assert_eq!(gained(page, "Massage eases back pain.\n\n# New\n\nMassage may ease back pain."), []);
}

#[test]
fn the_most_similar_earlier_sentence_counts() {
    let before =
        "Some say massage may ease back pain after a long day.\n\nMassage eases back pain in our clinic in Hove.";
    assert_eq!(gained(before, "Massage eases back pain in our new clinic in Hove."), []);
}

#[test]
fn the_earlier_sentence_is_told() {
    let checker = Checker::new(Database::builtin());
    let before = Document::plain("Massage may reduce back pain.");
    let found: Vec<Diagnostic> = checker.exaggerations(&[before], &Document::plain("Massage reduces back pain."));
    assert_eq!(found[0].notes()[0].text.as_ref(), "before: Massage may reduce back pain.");
}
