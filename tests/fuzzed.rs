//! What fuzzing has found, each made small: `fuzz/` holds the promises that these inputs broke.
#![cfg(feature = "check")]

use evidence_claims::{Applicability, Checker, Database, Document, Fix};

fn messages(page: &Document) -> Vec<String> {
    let checker = Checker::new(Database::builtin());
    checker.check(page).iter().map(|finding| finding.message().to_owned()).collect()
}

#[test]
fn a_message_quotes_the_words_of_a_link_without_its_address() {
    let page = Document::markdown("Our massage [reduces back](methods.md#draw) pain.");
    let found = messages(&page);
    assert!(found.iter().any(|message| message.starts_with("\"reduces back pain\"")), "{found:?}");
    assert!(found.iter().all(|message| !message.contains("](")), "{found:?}");
}

#[test]
fn a_message_quotes_code_among_its_words_as_an_ellipsis() {
    for (page, words) in [
        (
            Document::markdown("Massage can help with diabete`s, or help with diabete`s, asthma."),
            "help with diabete…s, asthma",
        ),
        (Document::markdown("Massage reduces `really` pain."), "reduces … pain"),
        (Document::html("<p>Massage reduces <code>really</code> pain."), "reduces … pain"),
        // In plain text these are marks that somebody typed.
        (Document::plain("Massage reduces `really pain."), "reduces really pain"),
        (Document::plain("Massage reduces *really* pain."), "reduces really pain"),
        (Document::plain("Massage reduces\nreally pain."), "reduces really pain"),
        (Document::plain("Massage reduces\u{a0}really pain."), "reduces really pain"),
        (Document::plain("Massage reduces  really\tpain."), "reduces really pain"),
    ] {
        let found = messages(&page);
        assert!(found.iter().any(|message| message.starts_with(&format!("\"{words}\""))), "{found:?}");
    }
}

#[test]
fn a_message_quotes_no_directive_of_a_template() {
    for page in [
        Document::markdown("Massage reduces back{{#include notes.md}} pain."),
        Document::html("<p>Massage reduces back{% if a %} pain."),
    ] {
        let found = messages(&page);
        assert!(found.iter().any(|message| message.starts_with("\"reduces back pain\"")), "{found:?}");
    }
    let found = messages(&Document::plain("Massage reduces back {and neck} pain."));
    assert!(found.iter().any(|message| message.starts_with("\"reduces back {and neck} pain\"")), "{found:?}");
}

#[test]
fn a_message_stands_on_one_line() {
    for (page, words) in [("Flushes\ntoxins", "Flushes toxins"), ("Flushes\ttoxins", "Flushes toxins")] {
        let found = messages(&Document::plain(page));
        assert!(found.iter().any(|message| message.contains(&format!("\"{words}\""))), "{found:?}");
    }
}

#[test]
fn code_among_words_is_read_as_an_ellipsis_and_a_letter_of_sets_as_itself() {
    for (page, seen) in [
        (Document::markdown("Write `now` to us."), "Write … to us."),
        (Document::html("<p>Write <code>now</code> to us."), "Write … to us."),
        (Document::markdown("Of size ℵ and `more`."), "Of size ℵ and …."),
    ] {
        let block = page.blocks()[0].span();
        assert_eq!(page.characters(block).map(|(_, character)| character).collect::<String>(), seen);
    }
    let page = Document::markdown("Massage reduces ℵ `really` pain.");
    assert!(messages(&page).iter().any(|message| message.contains("reduces ℵ … pain")), "{:?}", messages(&page));
}

#[test]
fn an_answer_of_one_word_under_a_lead_in_that_offers_is_found_at_its_word() {
    let checker = Checker::new(Database::builtin());
    for answer in ["Sorted.", "[[Sorted]].", "(Sorted)."] {
        for page in [
            format!("Massage can help with:\n\n- Sleep? {answer}\n"),
            format!("# Benefits\n\n- Sleep? {answer}\n"),
            format!("Conditions we treat:\n\n- Insomnia? {answer}\n"),
            format!("Sleep? {answer}\n"),
        ] {
            let page = Document::markdown(page);
            let found = checker.check(&page);
            assert!(found.iter().all(|found| !found.span().is_empty()), "{found:?}");
            assert!(found.iter().all(|found| !found.message().contains("\"\"")), "{found:?}");
        }
    }
}

#[test]
fn can_is_rewritten_where_a_verb_follows_it_and_keeps_its_capital() {
    let fixes = |text: &str| {
        let found = Checker::new(Database::builtin()).check(&Document::html(text));
        let automatic = |fix: &&Fix| fix.applicability() == Applicability::Automatic;
        let fixes = found.iter().flat_map(|finding| finding.fixes().iter().filter(automatic));
        fixes.map(|fix| fix.replacement().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(fixes("<p>Can ease low mood."), ["May"]);
    assert_eq!(fixes("<p>Massage can ease low mood."), ["may"]);
    assert!(fixes("<p>Can&#x26;t beat it for anxiety or low mood").is_empty());
}
