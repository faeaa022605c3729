//! Plain texts, read and checked. Nothing of them is markup, so what is read is what stands there.
#![no_main]

use evidence_claims::Document;
use evidence_claims_fuzz::page_keeps_its_promises;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    page_keeps_its_promises(Document::plain, text);
    let page = Document::plain(text);
    for span in page.sentences() {
        for (at, character) in page.characters(span) {
            assert_eq!(text[at..].chars().next(), Some(character), "at {at}");
        }
    }
});
