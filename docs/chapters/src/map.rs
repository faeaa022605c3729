//! The map of all claims, with a link behind each mark.

use evidence_claims::{Database, plot};

use crate::{claim, text};

/// The picture, for a page at the root of the book.
pub(crate) fn figure(db: &Database) -> String {
    let svg = plot::linked_map(db.claims(), |claim| claim::path(claim).replace(".md", ".html"));
    text::picture(&svg, "map")
}
