//! Ids last: whatever was published once is still found. `tests/golden/ids.txt` holds every id ever published and only grows;
//! `BLESS=1 cargo test --test ids` adds the ids that are new, which is done for each release.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use evidence_claims::Database;

#[test]
fn every_id_ever_published_is_still_found() {
    let db = Database::builtin();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/ids.txt");
    let text = fs::read_to_string(&path).unwrap_or_default();
    let mut golden: BTreeSet<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    if env::var_os("BLESS").is_some() {
        golden.extend(db.claims().map(|claim| format!("claim {}", claim.id())));
        golden.extend(db.claims().flat_map(|claim| claim.aliases().map(|alias| format!("claim {alias}"))));
        golden.extend(db.sources().map(|source| format!("source {}", source.id())));
        golden.extend(db.topics().map(|topic| format!("topic {}", topic.id())));
        golden.extend(db.terms().filter(|term| term.class() != "topic").map(|term| format!("term {}", term.id())));
        golden.extend(db.rules().map(|rule| format!("rule {}", rule.name())));
        golden.extend(db.profiles().map(|profile| format!("profile {}", profile.name())));
        golden.extend(db.provenances().map(|provenance| format!("provenance {}", provenance.id())));
        let head = "# Every id ever published, in any release. Lines are added (BLESS=1 cargo test --test ids) and never deleted.\n";
        let lines: Vec<&str> = golden.iter().map(String::as_str).collect();
        fs::write(&path, format!("{head}{}\n", lines.join("\n"))).unwrap();
    }
    let missing: Vec<&str> = golden
        .iter()
        .map(String::as_str)
        .filter(|line| match line.split_once(' ') {
            // A claim may be found by a former id, since a claim that is renamed keeps it as an alias.
            Some(("claim", id)) => db.claim(id).is_none(),
            Some(("source", id)) => db.source(id).is_none(),
            Some(("topic", id)) => db.topic(id).is_none(),
            Some(("term", id)) => db.term(id).is_none_or(|term| term.class() == "topic"),
            Some(("rule", name)) => db.rule(name).is_none(),
            Some(("profile", name)) => db.profile(name).is_none(),
            Some(("provenance", id)) => db.provenance(id).is_none(),
            _ => true,
        })
        .collect();
    assert!(golden.len() > 900, "the list has {} ids", golden.len());
    assert!(
        missing.is_empty(),
        "ids are never taken away: withdraw the claim, put the former id into `aliases`, or retire the rule:\n{}",
        missing.join("\n")
    );
}
