//! The checker from end to end: a page and, behind a separator, an earlier text of it. One page says nothing about the next, from
//! whichever thread.
#![no_main]

use std::sync::LazyLock;

use evidence_claims::{Checker, Comparer, Database};
use evidence_claims_fuzz::{
    CHECKER, SEPARATOR, findings_keep_their_promises, format, is_inside, page_keeps_its_promises,
};
use libfuzzer_sys::fuzz_target;

static COMPARER: LazyLock<Comparer<'static>> =
    LazyLock::new(|| Comparer::new(Database::builtin()).expect("the lists are whole"));
static STRICT: LazyLock<Checker<'static>> =
    LazyLock::new(|| Checker::new(Database::builtin()).profile("uk-cap").expect("a profile of the pack"));

fuzz_target!(|input: &str| {
    let (read, text) = format(input);
    let (now, before) = text.split_once(SEPARATOR).unwrap_or((text, ""));
    let found = page_keeps_its_promises(read, now);
    page_keeps_its_promises(read, before);
    let page = read(now.to_owned());
    std::thread::scope(|threads| {
        let other = threads.spawn(|| CHECKER.check(&page));
        assert_eq!(other.join().expect("no panic"), found, "another thread finds the same, after another page");
    });
    findings_keep_their_promises(&page, &STRICT.check(&page));

    for sentence in CHECKER.explain(&page) {
        assert!(is_inside(sentence.span, now), "{sentence:?}");
        assert!(sentence.terms.iter().all(|term| is_inside(term.span, now)), "{sentence:?}");
        for assertion in &sentence.assertions {
            assert!([assertion.span, assertion.relation, assertion.outcome].iter().all(|&span| is_inside(span, now)));
        }
    }
    let earlier = read(before.to_owned());
    for found in [CHECKER.exaggerations(std::slice::from_ref(&earlier), &page), COMPARER.compare(&page, &earlier)] {
        assert!(found.iter().all(|finding| is_inside(finding.span(), now)), "{found:?}");
    }
    assert!(
        CHECKER.exaggerations(std::slice::from_ref(&page), &page).is_empty(),
        "a page exaggerates nothing of itself"
    );
});
