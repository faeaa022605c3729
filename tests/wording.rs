//! The base proves its own wording: what it offers for publication passes the checker, what it lists as overclaims fires.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Claim, Database, Diagnostic, Document, Severity};

fn serious(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().filter(|diagnostic| diagnostic.severity() > Severity::Note).collect()
}

#[test]
fn every_honest_sentence_is_silent() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    for claim in db.claims() {
        let page = Document::plain(claim.honest());
        let found = checker.check(&page);
        for diagnostic in serious(&found) {
            failures.push(format!(
                "{}: {} at `{}` in: {}",
                claim.id(),
                diagnostic.rule(),
                diagnostic.span().of(page.text()),
                claim.honest()
            ));
        }
    }
    assert!(failures.is_empty(), "{} honest sentences are flagged:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_overclaim_fires() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    let mut count = 0;
    for claim in db.claims() {
        for overclaim in claim.overclaims().chain(claim.marketing()) {
            count += 1;
            // As a list item, where fragments stand in real copy.
            let found = checker.check(&Document::markdown(format!("- {overclaim}\n")));
            if serious(&found).is_empty() {
                failures.push(format!("{}: {overclaim}", claim.id()));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} overclaims are missed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn most_overclaims_of_the_five_first_topics_name_their_own_claim() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let five = [
        "circulation",
        "blood-pressure",
        "lymph",
        "endorphins",
        "oxytocin-serotonin",
        "immunity",
        "cortisol",
        "autonomic",
    ];
    let mut other = Vec::new();
    let mut count = 0;
    for claim in db.claims().filter(|claim| five.contains(&claim.topic())) {
        for overclaim in claim.overclaims() {
            count += 1;
            let found = checker.check(&Document::markdown(format!("- {overclaim}\n")));
            if !serious(&found).iter().any(|diagnostic| diagnostic.claim() == Some(claim.id())) {
                other.push(format!(
                    "{}: {overclaim} -> {:?}",
                    claim.id(),
                    found.iter().map(|d| (d.rule(), d.claim())).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(other.is_empty(), "{} of {count}:\n{}", other.len(), other.join("\n"));
}

#[allow(dead_code)]
fn topic(claim: Claim<'_>) -> &str {
    claim.topic()
}
