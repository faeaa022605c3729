//! What the built-in records promise a reader: sources that can be opened and were looked at, effects with a side, and
//! evidence that is evidence.

use std::collections::BTreeMap;

use evidence_claims::{Database, Design};

#[test]
fn nine_sources_in_ten_have_a_doi_or_a_pmid_and_all_have_a_link() {
    let db = Database::builtin();
    let identified = db.sources().filter(|source| source.doi().or(source.pmid()).is_some()).count();
    let all = db.sources().count();
    assert!(identified * 10 >= all * 9, "only {identified} of {all}");
    assert!(db.sources().all(|source| source.url().scheme() == "https"));
}

#[test]
fn a_source_says_when_it_was_looked_at_and_which_of_its_fields_was_not_seen() {
    for source in Database::builtin().sources() {
        assert!(source.checked().is_some(), "{} has no `checked`", source.id());
        let unverified: Vec<&str> = source.unverified().collect();
        for (field, missing) in [("authors", source.authors().len() == 0), ("year", source.year().is_none())] {
            assert_eq!(unverified.contains(&field), missing, "{} and its {field}", source.id());
        }
        // A field that was not seen is not filled in from memory.
        for (field, is_there) in [
            ("doi", source.doi().is_some()),
            ("pmid", source.pmid().is_some()),
            ("container", source.container().is_some()),
            ("volume", source.volume().is_some()),
            ("pages", source.pages().is_some()),
        ] {
            assert!(!(is_there && unverified.contains(&field)), "{} has a {field} that nobody saw", source.id());
        }
    }
}

#[test]
fn what_regulators_and_digests_say_is_context_and_never_a_finding() {
    let db = Database::builtin();
    let is_context = |design| matches!(design, Design::Regulator | Design::Digest);
    for finding in db.claims().flat_map(|claim| claim.findings()) {
        assert!(!is_context(finding.source().design()), "{}", finding.source().id());
    }
    for source in db.sources().filter(|source| is_context(source.design())) {
        assert!(
            db.claims().any(|claim| claim.guidance().any(|context| context == source)),
            "{} guides nobody",
            source.id()
        );
    }
}

#[test]
fn a_form_of_an_outcome_belongs_to_one_outcome() {
    let db = Database::builtin();
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    for term in db.terms().filter(|term| term.class() == "outcome") {
        for form in term.forms() {
            let other = owners.insert(form.to_lowercase(), term.id());
            assert!(other.is_none_or(|other| other == term.id()), "`{form}` is of {other:?} and {}", term.id());
        }
    }
    assert!(owners.len() > 200, "{}", owners.len());
}
