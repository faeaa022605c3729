//! Tables, read and checked: every finding stands in a cell.
#![no_main]

use evidence_claims::Document;
use evidence_claims_fuzz::{csv, page_keeps_its_promises};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = csv(text.to_owned());
    for finding in page_keeps_its_promises(csv, text) {
        assert!(page.cell(finding.span()).is_some(), "{finding:?} stands in no cell");
    }
    page_keeps_its_promises(|text| Document::tsv(text, &[]).expect("no column is asked for"), text);
    // A column that is not there is an error, and one that is there is no fault.
    let first = text.split([',', '\n']).next().unwrap_or_default();
    if let Ok(page) = Document::csv(text, &[first]) {
        assert_eq!(page.text(), text);
    }
});
