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
