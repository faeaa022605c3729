//! Pictures of evidence as SVG: the forest plot of a claim, the map of all claims, the timeline of a claim's sources.
//!
//! Each picture stands alone: no script, no font, no link but those you ask for, words escaped. It can be read without colour, on light and on dark
//! (it follows the reader's setting), and its `<title>` and `<desc>` say in words what it shows.

mod canvas;
mod forest;
mod map;
mod timeline;
mod words;

use crate::database::Claim;
use crate::stats::Forest;

/// The effects of a claim with their intervals: a panel for each scale, whom the sides favour, and our own pooled figure with
/// its prediction interval where [`Forest::of`] finds that honest. `None` when no effect can be drawn.
///
/// ```
/// use evidence_claims::{Database, plot};
///
/// let claim = Database::builtin().claim("depressive-symptoms").unwrap();
/// let svg = plot::forest(claim).unwrap();
/// assert!(svg.starts_with("<svg") && svg.contains("favours massage"));
/// ```
#[must_use]
pub fn forest(claim: Claim<'_>) -> Option<String> {
    forest::draw(&Forest::of(claim))
}

/// Claims by topic and certainty: the shape of a mark shows what the evidence says, its size the people in the largest study.
/// Withdrawn claims are left out.
///
/// ```
/// use evidence_claims::{Database, plot};
///
/// assert!(plot::map(Database::builtin().claims()).contains("certainty of the evidence"));
/// ```
#[must_use]
pub fn map<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    map::draw(claims, &|_| None)
}

/// The same map with a link behind each mark, for a page of a site: `link` gives the address of a claim. It is escaped, and not
/// judged: let no address in that you did not make.
///
/// ```
/// use evidence_claims::{Database, plot};
///
/// let map = plot::linked_map(Database::builtin().claims(), |claim| format!("claims/{}.html", claim.id()));
/// assert!(map.contains("href=\"claims/depressive-symptoms.html\""));
/// ```
#[must_use]
pub fn linked_map<'db>(claims: impl IntoIterator<Item = Claim<'db>>, link: impl Fn(Claim<'_>) -> String) -> String {
    map::draw(claims, &|claim| Some(link(claim)))
}

/// The sources of a claim by year: what each says by shape, people by size, rules and context apart. `None` when no source
/// has a year.
///
/// ```
/// use evidence_claims::{Database, plot};
///
/// let claim = Database::builtin().claim("depressive-symptoms").unwrap();
/// assert!(plot::timeline(claim).unwrap().contains("Sources by year"));
/// ```
#[must_use]
pub fn timeline(claim: Claim<'_>) -> Option<String> {
    timeline::draw(claim)
}
