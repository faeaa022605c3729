//! Findings at one place: which speaks, and what becomes of the others.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document, NoteKind};

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
