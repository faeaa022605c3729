//! The page of a topic: its claims, the surest first.

use std::cmp::Reverse;
use std::fmt::Write as _;

use evidence_claims::{Claim, Database, Term};

use crate::text::{self, words};
use crate::{Page, claim};

/// A page for each topic that has claims, with those of its claims below it.
pub(crate) fn pages(db: &Database) -> Vec<Page> {
    topics(db).into_iter().map(|(topic, claims)| page(topic, &claims, db)).collect()
}

/// Topics as a table, with how many claims each has and how sure they are.
pub(crate) fn index(db: &Database) -> String {
    let mut out = "| topic | claims | how sure |\n|---|:---:|---|\n".to_owned();
    for (topic, claims) in topics(db) {
        let marks: String = claims.iter().map(|claim| dot(*claim)).collect();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            out,
            "| [{}](topics/{}.md) | {} | <span class=\"dots\">{marks}</span> |",
            words(&text::sentence(topic.label())),
            topic.id(),
            claims.len()
        );
    }
    out
}

fn page(topic: Term<'_>, claims: &[Claim<'_>], db: &Database) -> Page {
    let title = text::sentence(topic.label());
    let mut out = format!("# {}\n\n", words(&title));
    let (tested, untested): (Vec<Claim<'_>>, Vec<Claim<'_>>) =
        claims.iter().copied().partition(|claim| claim.certainty().is_some());
    let _ = writeln!(out, "{}\n", said(tested.len(), untested.len()));
    if !tested.is_empty() {
        out.push_str("| what was asked | what studies say |\n|---|---|\n");
        for claim in tested {
            let _ = writeln!(
                out,
                "| [{}](../{}) | {}<br>{} |",
                words(claim.proposition()),
                claim::path(claim),
                text::signs(claim.certainty()),
                text::direction(claim.direction())
            );
        }
        out.push('\n');
    }
    if !untested.is_empty() {
        out.push_str("## Said, but never tested\n\n");
        for claim in untested {
            let _ = writeln!(out, "- [{}](../{})", words(claim.proposition()), claim::path(claim));
        }
    }
    let pages = claims.iter().map(|claim| claim::page(*claim, db)).collect();
    Page { title, path: format!("topics/{}.md", topic.id()), text: out, pages }
}

fn said(tested: usize, untested: usize) -> String {
    let claims = |number| if number == 1 { "1 claim".to_owned() } else { format!("{number} claims") };
    match (tested, untested) {
        (tested, 0) => format!("{}, the surest first.", claims(tested)),
        (0, untested) => format!("{}; no study has tested it.", claims(untested)),
        (tested, untested) => {
            format!("{} with studies, the surest first, and {untested} without any.", claims(tested))
        }
    }
}

/// Topics by name, each with its claims: the surest first.
fn topics(db: &Database) -> Vec<(Term<'_>, Vec<Claim<'_>>)> {
    let mut topics: Vec<(Term<'_>, Vec<Claim<'_>>)> = db
        .topics()
        .map(|topic| {
            let mut claims: Vec<Claim<'_>> = db.claims().filter(|claim| claim.topic() == topic.id()).collect();
            claims.sort_by_key(|claim| (Reverse(claim.certainty()), claim.id()));
            (topic, claims)
        })
        .filter(|(_, claims)| !claims.is_empty())
        .collect();
    topics.sort_by_key(|(topic, _)| topic.label());
    topics
}

/// One claim in a row of them: how dark says how sure, the link says which.
fn dot(claim: Claim<'_>) -> String {
    let certainty = claim.certainty().map_or("none", |certainty| certainty.as_str());
    format!(
        "<a class=\"dot {certainty} {}\" href=\"{}\" title=\"{}\" aria-label=\"{}\"></a>",
        claim.direction(),
        claim::path(claim).replace(".md", ".html"),
        text::html(&format!("{}: {}", claim.proposition(), claim.rating())).replace('|', "&#124;"),
        text::html(&text::title(claim.id())),
    )
}
