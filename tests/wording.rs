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

#[test]
fn words_of_copy_stay_silent_in_their_ordinary_senses() {
    let checker = Checker::new(Database::builtin());
    let ordinary = [
        "Energy prices have gone up, so our fees rise by two pounds in April.",
        "The receptionist will add the appointment to your Outlook calendar.",
        "Labour costs increased last year.",
        "You can wake a sleeping child gently before the lesson.",
        "Do you get cold feet before a first visit? Ring us and ask anything.",
        "We offer different grades of pressure, from light to firm.",
        "Firm pressure on tight muscles can feel uncomfortable.",
        "Long, flowing strokes follow the line of the muscle.",
        "Take the lift to the wellness floor.",
        "Some sort of pain is part of most people's week.",
        "Moderate back pain is common in office workers.",
        "We answer questions about back pain by email.",
        "Poor sleep can lead to weight gain over years.",
        "Side effects include soreness, bruising and headaches.",
        "In the trials, results for neck pain were small.",
        "We see people recovering from injuries and operations.",
        "Refresh your memory with the leaflet.",
        "Put your phone to bed in the locker.",
        "Lavender oil is added to the bath, not to the massage oil.",
        "We are passionate about wellness and train all year.",
    ];
    let alarms: Vec<&str> =
        ordinary.into_iter().filter(|copy| !serious(&checker.check(&Document::plain(*copy))).is_empty()).collect();
    assert!(alarms.is_empty(), "alarms:\n{}", alarms.join("\n"));
}

#[test]
fn claims_are_found_under_their_colloquial_names() {
    let checker = Checker::new(Database::builtin());
    let claims = [
        "Crook backs and crook knees respond well to remedial massage.",
        "Our rubdown takes the edge off period cramps.",
        "Cupping zaps knots and dodgy backs.",
        "Say ta-ta to tech neck.",
        "Knocks DOMS on the head.",
        "Chair massage slashes sick days and lifts morale.",
        "Reflexology is a godsend for IBS.",
        "Gua sha gives you a snatched jawline.",
        "Restores hormone balance.",
        "Brain fog lifts after a head massage.",
        "Melts inches off your waist.",
        "It brings down milk corrosive in the muscles.",
        "A rub-down treatment soothes the frightened nerves organization.",
        "Decades of data leave little doubt.",
    ];
    let missed: Vec<&str> =
        claims.into_iter().filter(|copy| serious(&checker.check(&Document::plain(*copy))).is_empty()).collect();
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[allow(dead_code)]
fn topic(claim: Claim<'_>) -> &str {
    claim.topic()
}
