//! Findings at one place: which speaks, and what becomes of the others.
#![cfg(feature = "check")]

use evidence_claims::{Applicability, Checker, Database, Document, NoteKind};

/// A rule of a pack: how bad it is, who speaks first, and what it finds.
fn ranked(name: &str, severity: &str, rank: u16, pattern: &str) -> String {
    format!(
        r#"
        [[rule]]
        name = "{name}"
        family = "spun-text"
        label = "spun-text"
        kind = "phrase"
        severity = "{severity}"
        since = "0.1.0"
        rank = {rank}
        topics = []
        message = "\"{{words}}\" is odd"
        why = "Nobody writes so."
        help = "Write so that a person can read it."
        authority = [{{ name = "Advice", url = "https://example.org/advice" }}]
        patterns = ['{pattern}']
        bad = ["[[{pattern}]]"]
        good = ["We speak of feet."]
        "#
    )
}

#[test]
fn of_findings_at_one_place_the_one_that_speaks_is_told_whole() {
    let rules = [
        ranked("toe-note", "note", 100, "warm toes"),
        ranked("toe-talk", "warning", 300, "cold heels"),
        // The page tells these, once it has counted them.
        ranked("spinner-artefact", "warning", 200, "warm toes and cold heels"),
    ];
    let db = Database::builder().text("toes.toml", rules.concat()).build().unwrap();
    let page = Document::plain("Of warm toes and cold heels.\n\nOf warm toes and cold heels.");
    let found = Checker::new(&db).check(&page);
    assert_eq!(found.len(), 2, "{found:#?}");
    for finding in &found {
        assert_eq!((finding.rule(), finding.span().of(page.text())), ("spinner-artefact", "warm toes and cold heels"));
        let told =
            |kind| finding.notes().iter().filter(|note| note.kind == kind).map(|note| &*note.text).collect::<Vec<_>>();
        assert_eq!(told(NoteKind::Why), ["Nobody writes so."]);
        assert_eq!(told(NoteKind::Do), ["Write so that a person can read it."]);
        assert_eq!(told(NoteKind::Also), ["toe-talk: \"cold heels\" is odd", "toe-note: \"warm toes\" is odd"]);
    }
}

#[test]
fn a_promise_takes_over_the_evidence_and_the_sentence_of_the_claim_behind_it() {
    let page = Document::plain("Back pain yields to our hands.");
    let found = Checker::new(Database::builtin()).check(&page);
    let promise = &found[0];
    assert_eq!((promise.rule(), promise.claim()), ("guaranteed-outcome", Some("low-back-pain-short-term")));
    // What to do about a promise, then what could be written.
    let kinds: Vec<NoteKind> = promise.notes().iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::Why, NoteKind::Evidence, NoteKind::Do, NoteKind::Do, NoteKind::Also]);
    // "May yield" would leave the promise a promise.
    let [fix] = promise.fixes() else { panic!("{promise:#?}") };
    assert_eq!(fix.applicability(), Applicability::Manual);
    assert!(fix.replacement().starts_with("Massage may reduce low back pain"), "{}", fix.replacement());
}

#[test]
fn what_a_client_told_is_not_put_into_other_words() {
    let page = Document::plain("My back pain is gone thanks to massage.");
    let found = Checker::new(Database::builtin()).check(&page);
    assert_eq!((found[0].rule(), found[0].claim()), ("clinical-testimonial", Some("low-back-pain-short-term")));
    assert!(found[0].fixes().is_empty());
}
