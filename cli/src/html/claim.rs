//! A claim of the evidence base as a report shows it: what was asked, how sure the answer is, who found it.

use evidence_claims::{Certainty, Claim};
use maud::{Markup, html};

use super::{finding, text};
use crate::words;

/// The rating in signs and words.
pub(crate) fn rating(claim: Claim<'_>) -> Markup {
    html! { span class="rating" { (circles(claim.certainty())) " " (text::sentence(&claim.rating().to_string())) "." } }
}

/// The rating, as short as it can be.
pub(crate) fn short(claim: Claim<'_>) -> Markup {
    html! { (circles(claim.certainty())) " " (claim.rating()) }
}

/// GRADE's four circles.
fn circles(certainty: Option<Certainty>) -> Markup {
    let levels =
        certainty.map_or(0, |level| Certainty::ALL.iter().position(|&other| other == level).map_or(0, |at| at + 1));
    html! { span class="circles" aria-hidden="true" { @for level in 0..4 { @if level < levels { "⊕" } @else { "○" } } } }
}

/// The claims that the findings lean on, with their sources.
pub(crate) fn section(claims: &[Claim<'_>]) -> Markup {
    if claims.is_empty() {
        return html! {};
    }
    html! {
        section class="evidence" aria-labelledby="evidence" {
            h2 id="evidence" { "The evidence" }
            @for claim in claims { (card(*claim)) }
        }
    }
}

fn card(claim: Claim<'_>) -> Markup {
    html! {
        article class="claim" id={ "claim-" (claim.id()) } {
            h3 { (text::plain(claim.proposition())) }
            p { (rating(claim)) " " span class="quiet" { (text::plain(claim.id())) ", reviewed " (claim.reviewed()) } }
            p class="publish" { span class="key" { "May be published" } span class="sentence" { (text::plain(claim.honest())) } }
            @if claim.findings().len() > 0 {
                details {
                    summary { (claim.findings().len()) @if claim.findings().len() == 1 { " source" } @else { " sources" } }
                    ul class="sources" {
                        @for source in finding::best_sources(claim) {
                            @let direction = claim.findings().find(|finding| finding.source() == source);
                            li {
                                (text::link(source.url().as_str(), &source.citation()))
                                span class="quiet" {
                                    (text::plain(source.title())) ". " (text::sentence(&words::design(source)))
                                    @if let Some(finding) = direction { ": " (words::direction(finding.direction())) }
                                    "."
                                    @if source.is_retracted() { b { " Retracted." } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
