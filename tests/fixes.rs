//! What a smallest edit promises: it removes the finding it belongs to and makes nothing worse.
#![cfg(feature = "check")]

use evidence_claims::{Applicability, Checker, Database, Document, Severity};

/// The text with the first fix that is an edit, not a whole sentence, applied.
fn edited(checker: &Checker<'_>, text: &str) -> Option<String> {
    let found = checker.check(&Document::plain(text));
    let fix = found.iter().flat_map(|diagnostic| diagnostic.fixes()).find(|fix| fix.replacement().len() < 28)?;
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
fn the_hedge_stands_before_an_adverb() {
    becomes("Massage gently eases back pain.", "Massage may gently ease back pain.");
    becomes("Massage calmly reduces anxiety.", "Massage probably calmly reduces anxiety.");
    becomes("Massage also eases back pain.", "Massage also may ease back pain.");
}

#[test]
fn a_word_of_size_that_carries_no_grammar_is_left_out() {
    let checker = Checker::new(Database::builtin());
    let found = checker.check(&Document::plain("Massage probably dramatically reduces anxiety."));
    let [found] = &found[..] else { panic!("{found:?}") };
    let edit = &found.fixes()[0];
    assert_eq!((edit.replacement(), edit.applicability()), ("", Applicability::Automatic));
    assert_eq!((edit.span().start(), edit.span().end()), (17, 30));
    // Another word of size carries grammar, and a hedge would leave the size as large as it was.
    for kept in ["Massage causes a huge drop in anxiety.", "Massage dramatically reduces back pain."] {
        assert_eq!(edited(&checker, kept), None, "{kept}");
    }
}

#[test]
fn where_grammar_forbids_it_no_word_is_changed() {
    let checker = Checker::new(Database::builtin());
    for copy in [
        "Reduces back pain.",
        "Gently eases back pain.",
        "Massage REDUCES back pain.",
        "Massage is able to ease back pain.",
    ] {
        assert_eq!(edited(&checker, copy), None, "{copy}");
    }
}

#[test]
fn an_edit_that_leaves_a_second_verb_behind_asks_a_person() {
    let checker = Checker::new(Database::builtin());
    let applicability = |copy: &str| {
        let found = checker.check(&Document::plain(copy));
        let fix = found.iter().flat_map(|found| found.fixes()).find(|fix| fix.replacement().starts_with("may"));
        fix.map(|fix| (fix.replacement().to_owned(), fix.applicability() == Applicability::Automatic))
    };
    let cases = [
        ("Massage eases back pain.", "may ease", true),
        ("Massage eases orders of back pain.", "may ease", true),
        ("Massage eases and warms back pain.", "may ease", false),
        ("Massage eases & warms back pain.", "may ease", false),
        ("Massage eases or warms back pain.", "may ease", false),
        ("Massage eases and reduces back pain.", "may reduce", false),
        ("Massage eases and gently reduces back pain.", "may gently reduce", false),
        ("Massage calms the mind and reduces back pain.", "may reduce", true),
    ];
    for (copy, edit, automatic) in cases {
        assert_eq!(applicability(copy), Some((edit.to_owned(), automatic)), "{copy}");
    }
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

/// A reader of a format.
type Reader = fn(String) -> Document;

#[test]
fn a_vetted_sentence_is_written_as_its_place_needs_it() {
    let honest = r#"A "foot massage" may leave toes a little warmer & no more."#;
    let claim = format!(
        r#"
        [[term]]
        id = "toe-warmth"
        class = "outcome"
        label = "how warm the toes are"
        forms = ["toe warmth"]
        topic = "circulation"
        wanted = "more"

        [[claim]]
        id = "warm-toes"
        topic = "circulation"
        proposition = "A foot massage makes toes warmer than rest does."
        direction = "none"
        magnitude = "unknown"
        reviewed = 2026-11-22
        pico = {{ population = "healthy-adults", intervention = "foot-massage", comparator = "rest", outcome = "toe-warmth" }}
        grade = {{ summary = "Nobody looked." }}
        wording = {{ honest = '{honest}', overclaims = ["banishes cold toes for good"] }}
        "#
    );
    let db = Database::builder().builtin().text("toes.toml", claim).build().unwrap_or_else(|error| panic!("{error}"));
    let checker = Checker::new(&db);
    let copy = "It banishes cold toes for good.";
    let pages: [(Reader, String); 6] = [
        (Document::plain, copy.to_owned()),
        (Document::markdown, copy.to_owned()),
        (Document::html, format!("<p>{copy}</p>")),
        (Document::html, format!("<img alt=\"{copy}\">")),
        (Document::html, format!("<img alt='{copy}'>")),
        (Document::html, format!("<script type=\"application/ld+json\">{{\"description\": \"{copy}\"}}</script>")),
    ];
    for (read, page) in pages {
        let found = checker.check(&read(page.clone()));
        let fix = found
            .iter()
            .filter(|found| found.claim() == Some("local:warm-toes"))
            .flat_map(|found| found.fixes())
            .next();
        let fix = fix.unwrap_or_else(|| panic!("{page}: {found:?}"));
        let mut fixed = page.clone();
        fixed.replace_range(fix.span().start()..fix.span().end(), fix.replacement());
        let document = read(fixed.clone());
        let words: String =
            document.blocks().iter().flat_map(|block| document.characters(block.span())).map(|(_, c)| c).collect();
        assert_eq!(words, honest, "{fixed}");
    }
}
