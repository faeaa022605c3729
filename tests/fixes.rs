//! What a smallest edit promises: it removes the finding it belongs to and makes nothing worse.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document, Severity};

/// The text with the first fix that is an edit, not a whole sentence, applied.
fn edited(checker: &Checker<'_>, text: &str) -> Option<String> {
    let found = checker.check(&Document::plain(text));
    let fix = found.iter().flat_map(|diagnostic| diagnostic.fixes()).find(|fix| fix.replacement().len() < 24)?;
    let mut text = text.to_owned();
    text.replace_range(fix.span().start()..fix.span().end(), fix.replacement());
    Some(text)
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    let checker = Checker::new(Database::builtin());
    assert_eq!(edited(&checker, text).as_deref(), Some(expected));
}

#[test]
fn a_plain_verb_takes_the_hedge_that_the_evidence_allows() {
    becomes("Massage reduces back pain.", "Massage may reduce back pain.");
    becomes("Our massage relieves fibromyalgia pain.", "Our massage may relieve fibromyalgia pain.");
}

#[test]
fn can_and_helps_become_may() {
    becomes("Massage can ease muscle soreness.", "Massage may ease muscle soreness.");
    becomes("Massage helps ease muscle soreness.", "Massage may help ease muscle soreness.");
}

#[test]
fn an_edit_removes_its_finding_and_adds_none_as_bad() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut tried = 0;
    for term in db.terms().filter(|term| term.class() == "outcome") {
        for form in term.forms().take(4) {
            for verb in ["reduces", "improves", "eases", "can reduce", "helps relieve", "increases"] {
                let before = format!("Massage {verb} {form}.");
                let Some(after) = edited(&checker, &before) else { continue };
                tried += 1;
                let worst = |text: &str| checker.check(&Document::plain(text)).iter().map(|d| d.severity()).max();
                assert!(worst(&after) < worst(&before), "{before} -> {after}");
                assert!(worst(&after).is_none_or(|severity| severity == Severity::Note), "{after}");
            }
        }
    }
    assert!(tried > 50, "only {tried} edits were offered");
}
