//! Pages of this format, read and checked.
#![no_main]

use evidence_claims::Document;
use evidence_claims_fuzz::page_keeps_its_promises;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    page_keeps_its_promises(Document::html, text);
});
