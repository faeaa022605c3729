//! What the database holds, in the formats of other tools: bibliographies, a table of effects for meta-analysis, an evidence
//! table, fact-check markup and FHIR.
//!
//! Every function returns text in an order that depends on the records alone. Nothing here rates, pools or rewords:
//! what a format cannot hold is left out, never bent.

mod bibtex;
mod cell;
mod csl;
mod effects;
mod fhir;
mod json;
mod name;
mod record;
mod review;
mod ris;
mod table;

pub use cell::cell;

use crate::database::{Claim, Source};

/// A format of bibliographies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For Zotero, Pandoc and other citation processors. Design, size and claims stand in each item's `custom` object.
    CslJson,
    /// For LaTeX, by BibTeX or biber: UTF-8, with the characters escaped that TeX would read as commands.
    BibTex,
    /// For EndNote, Zotero, Covidence and Rayyan; lines end as on Windows, as the format wants.
    Ris,
}

/// A bibliography of these sources: each once, sorted by id.
///
/// A retracted publication has `RETRACTED:` before its title, so that no citation style can hide it.
///
/// ```
/// use evidence_claims::{Database, Query};
/// use evidence_claims::export::{Format, bibliography};
///
/// let query: Query = "topic:cortisol year>=2010 participants>100".parse()?;
/// let text = bibliography(Database::builtin().query_sources(&query), Format::Ris);
/// assert!(text.starts_with("TY  - JOUR\r\n"));
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[must_use]
pub fn bibliography<'db>(sources: impl IntoIterator<Item = Source<'db>>, format: Format) -> String {
    let sources = record::in_order(sources);
    match format {
        Format::CslJson => csl::text(&sources),
        Format::BibTex => bibtex::text(&sources),
        Format::Ris => ris::text(&sources),
    }
}

/// The effects behind these claims as CSV, one row for each, ready for `metafor` in R.
///
/// `yi` and `vi` stand where the effect compares groups and has a 95% interval on a scale that can be pooled: `yi` is the
/// estimate (of ratios its logarithm, of correlations Fisher's z), `vi` the square of the interval's width divided by
/// 2 × 1.959964. The column `derived` says so row by row, or why there is none. `positive_favours` says what a positive
/// `yi` means, since signs are kept as printed; `included_in` names the reviews that already hold the study.
///
/// ```
/// use evidence_claims::{Database, export};
///
/// let csv = export::effects_csv(Database::builtin().claims());
/// assert!(csv.starts_with("source,year,claim,"));
/// ```
#[must_use]
pub fn effects_csv<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    effects::of_claims(claims)
}

/// All effects that were read in these sources, as [`effects_csv`], whether or not a claim rests on them.
///
/// ```
/// use evidence_claims::{Database, export};
///
/// let csv = export::source_effects_csv(Database::builtin().sources());
/// assert!(csv.lines().count() > 1);
/// ```
#[must_use]
pub fn source_effects_csv<'db>(sources: impl IntoIterator<Item = Source<'db>>) -> String {
    effects::of_sources(sources)
}

/// A Markdown table of these claims, one row each: question, studies, effects, certainty and its reasons, and the sentence
/// that may be published; below it, the sources by number.
///
/// ```
/// use evidence_claims::{Database, Query, export};
///
/// let weak: Query = "topic:immunity certainty<=low".parse()?;
/// let page = export::evidence_table(Database::builtin().query(&weak));
/// assert!(page.starts_with("| claim |"));
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[must_use]
pub fn evidence_table<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    table::text(&record::claims_in_order(claims))
}

/// A claim as a schema.org `ClaimReview` in JSON-LD, for pages that review what others claim.
///
/// The rating is in words; there is no score. Whoever publishes it adds the `url` of the page that it stands on. It is not
/// meant for marking up the claims of one's own business.
///
/// ```
/// use evidence_claims::{Database, export};
///
/// let claim = Database::builtin().claim("cortisol-single-session").unwrap();
/// assert!(export::claim_review(claim).contains("\"@type\": \"ClaimReview\""));
/// ```
#[must_use]
pub fn claim_review(claim: Claim<'_>) -> String {
    review::text(&review::node(claim))
}

/// The same for many claims: a JSON array, sorted by id.
///
/// ```
/// use evidence_claims::{Database, export};
///
/// assert!(export::claim_reviews(Database::builtin().claims()).starts_with('['));
/// ```
#[must_use]
pub fn claim_reviews<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    review::text(&json::Node::list(record::claims_in_order(claims).into_iter().map(review::node)))
}

/// A claim as an `Evidence` resource of HL7 FHIR R5.
///
/// Experimental: the resource is for trial use and its code systems have moved before, so that what this returns may change in
/// any release. It is marked `experimental` itself.
///
/// ```
/// use evidence_claims::{Database, export};
///
/// let claim = Database::builtin().claim("cortisol-single-session").unwrap();
/// assert!(export::fhir(claim).contains("\"resourceType\": \"Evidence\""));
/// ```
#[must_use]
pub fn fhir(claim: Claim<'_>) -> String {
    json::text(&fhir::node(claim))
}

/// The same for many claims: a FHIR `Bundle` of type `collection`, sorted by id. Experimental, as [`fhir`].
///
/// ```
/// use evidence_claims::{Database, export};
///
/// assert!(export::fhir_bundle(Database::builtin().claims()).contains("\"resourceType\": \"Bundle\""));
/// ```
#[must_use]
pub fn fhir_bundle<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    json::text(&fhir::bundle(&record::claims_in_order(claims)))
}
