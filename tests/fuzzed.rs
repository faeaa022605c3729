//! What fuzzing has found, each made small: `fuzz/` holds the promises that these inputs broke.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document};

fn messages(page: &Document) -> Vec<String> {
    let checker = Checker::new(Database::builtin());
    checker.check(page).iter().map(|finding| finding.message().to_owned()).collect()
}

#[test]
fn a_message_quotes_the_words_of_a_link_without_its_address() {
    let page = Document::markdown("Our [research](methods.md#draw) shows that massage reduces back pain.");
    let found = messages(&page);
    assert!(found.iter().any(|message| message.starts_with("\"research shows\"")), "{found:?}");
    assert!(found.iter().all(|message| !message.contains("](")), "{found:?}");
}
