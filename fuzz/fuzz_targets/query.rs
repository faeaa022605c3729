//! Queries as people type them: what was read, written out and read again is the same query.
#![no_main]

use evidence_claims::{Database, Query};
use evidence_claims_fuzz::is_inside;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let query: Query = match text.parse() {
        Ok(query) => query,
        Err(error) => {
            let error: evidence_claims::Error = error;
            let span = error.span().expect("a mistake has a place");
            assert!(is_inside(span, text), "{span:?}");
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let written = query.to_string();
    let again: Query =
        written.parse().unwrap_or_else(|error| panic!("{written:?}, which was written, has an error: {error}"));
    assert_eq!(again, query, "{written:?}");
    assert_eq!(again.to_string(), written);
    let database = Database::builtin();
    if let Err(error) = query.verify(database) {
        assert!(is_inside(error.span().expect("a name has a place"), text), "{error}");
    }
    // The index answers as the conditions themselves do.
    let asked = database.query(&query).map(|claim| claim.id());
    assert!(asked.eq(database.claims().filter(|&claim| query.matches(claim)).map(|claim| claim.id())), "{written:?}");
    let asked = database.query_sources(&query).map(|source| source.id());
    assert!(asked.eq(database.sources().filter(|&source| query.matches_source(source)).map(|source| source.id())));
});
