//! The pages of the handbook that nobody writes: one for each claim, each topic, each rule and each family of rules, made from the
//! records when the book is built. `mdbook-evidence` hands them to mdBook; tests read them without it.
//!
//! A page that is written by hand says where they go: it holds `{{claims}}`, `{{rules}}` or `{{map}}` on a line of its own.

mod claim;
mod family;
mod map;
mod rule;
mod text;
mod topic;

use evidence_claims::Database;

/// A page made from records.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the list of contents calls it.
    pub title: String,
    /// Where it is, from the root of the book: `claims/cortisol-single-session.md`.
    pub path: String,
    /// Markdown, with some HTML.
    pub text: String,
    /// The pages below it.
    pub pages: Vec<Page>,
}

/// A written page with its lists filled in, and the pages that belong below it.
///
/// ```
/// use evidence_claims::Database;
/// use evidence_claims_handbook::fill;
///
/// let (text, topics) = fill("# Claims\n\n{{claims}}\n", Database::builtin());
/// assert!(text.contains("topics/cortisol.md") && topics.iter().any(|topic| topic.path == "topics/cortisol.md"));
/// ```
#[must_use]
pub fn fill(text: &str, db: &Database) -> (String, Vec<Page>) {
    let mut pages = Vec::new();
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "{{claims}}" => {
                out.push_str(&topic::index(db));
                pages.extend(topic::pages(db));
            }
            "{{rules}}" => {
                out.push_str(&family::index(db));
                pages.extend(family::pages(db));
            }
            "{{map}}" => out.push_str(&map::figure(db)),
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    (out, pages)
}

/// The examples of the chapter for developers, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../src/developer.md")]
mod developer {}
