//! What fuzzing has found, each made small: `fuzz/` holds the promises that these inputs broke.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document};

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
        (Document::plain("Massage reduces  really\tpain."), "reduces really pain"),
    ] {
        let found = messages(&page);
        assert!(found.iter().any(|message| message.starts_with(&format!("\"{words}\""))), "{found:?}");
    }
}
