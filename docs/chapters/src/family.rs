//! The page of a family of rules, and the list of all families.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evidence_claims::{Database, Rule};

use crate::text::{self, words};
use crate::{Page, rule};

/// Families of rules that do not read copy, after those that do.
const LAST: [&str; 2] = ["suppression", "data"];

/// Its name as people say it.
pub(crate) fn title(family: &str) -> String {
    text::title(family)
}

/// A page for each family, with its rules below it.
pub(crate) fn pages(db: &Database) -> Vec<Page> {
    families(db).into_iter().map(|(family, rules)| page(family, &rules, db)).collect()
}

/// Families as a table, with their rules.
pub(crate) fn index(db: &Database) -> String {
    let mut out = "| family | rules |\n|---|---|\n".to_owned();
    for (family, rules) in families(db) {
        let list = if rules.len() > 12 {
            format!("[{} rules](families/{family}.md)", rules.len())
        } else {
            rules
                .iter()
                .map(|rule| format!("[{}]({})", rule.name(), rule::path(*rule)))
                .collect::<Vec<_>>()
                .join("<br>")
        };
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "| [{}](families/{family}.md) | {list} |", title(family));
    }
    out
}

fn page(family: &str, rules: &[Rule<'_>], db: &Database) -> Page {
    let mut out = format!("# {}\n\n| rule | severity | why |\n|---|---|---|\n", title(family));
    for rule in rules {
        let _ = writeln!(
            out,
            "| [{}](../{}) | {} | {} |",
            rule.name(),
            rule::path(*rule),
            text::severity(rule.severity()),
            words(first_sentence(rule.why()))
        );
    }
    let pages = rules.iter().map(|rule| rule::page(*rule, db)).collect();
    Page { title: title(family), path: format!("families/{family}.md"), text: out, pages }
}

fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |end| &text[..=end])
}

fn families(db: &Database) -> Vec<(&str, Vec<Rule<'_>>)> {
    let mut families: BTreeMap<&str, Vec<Rule<'_>>> = BTreeMap::new();
    for rule in db.rules() {
        families.entry(rule.family()).or_default().push(rule);
    }
    let mut families: Vec<_> = families.into_iter().collect();
    families.sort_by_key(|(family, _)| LAST.iter().position(|last| last == family).map_or(0, |place| place + 1));
    families
}
