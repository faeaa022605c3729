//! What is said about a finding: beside its words, and in full.

use evidence_claims::{Claim, NoteKind, Source};
use maud::{Markup, html};

use super::mark::{Instead, Mark, demand};
use super::{Page, claim, text};

/// Sources named beside the words; the others stand with the claim.
const NEAR: usize = 2;

/// What is shown beside the words, within a paragraph: hence no element that a paragraph cannot hold.
pub(crate) fn popover(page: &Page<'_>, mark: &Mark<'_>) -> Markup {
    let number = mark.number;
    let instead = mark.instead(page);
    html! {
        span class="pop" {
            span class="pop-head" id={ "p" (number) } {
                span class="demand" { span class="sign" aria-hidden="true" {} (demand(mark.diagnostic.severity())) }
                " " b { (text::sentence(mark.diagnostic.message())) "." }
            }
            (to_write(&instead))
            @for why in mark.notes(NoteKind::Why) { span class="row" { span class="key" { "Why" } span { (text::plain(why)) } } }
            @if let Some(claim) = mark.claim {
                span class="row" {
                    span class="key" { "Evidence" }
                    span {
                        (claim::rating(claim)) " " span class="quiet" { "Asked: " (text::plain(claim.proposition())) }
                        @for source in best_sources(claim).into_iter().take(NEAR) {
                            span class="source" { (text::link(source.url().as_str(), &source.citation())) }
                        }
                        @if claim.findings().len() > NEAR {
                            span class="source" { a href={ "#claim-" (claim.id()) } { "all " (claim.findings().len()) " sources" } }
                        }
                    }
                }
            }
        }
    }
}

/// Advice, edit and sentence as rows.
fn to_write(instead: &Instead) -> Markup {
    html! {
        @if let Some(sentence) = &instead.sentence {
            span class="row publish" { span class="key" { "May be published" } span class="sentence" { (sentence) } }
        }
        @if let Some((words, replacement)) = &instead.edit {
            span class="row" {
                span class="key" { "Smallest edit" }
                span {
                    @if replacement.is_empty() { "Delete " q { (words) } "." }
                    @else { "Replace " q { (words) } " with " q { (replacement) } "." }
                }
            }
        }
        @if let Some(advice) = &instead.advice {
            span class="row" { span class="key" { "Do" } span { (advice) @if !advice.ends_with(['.', '!', '?']) { "." } } }
        }
    }
}

/// Every finding in full, in reading order.
pub(crate) fn section(pages: &[Page<'_>], marks: &[Mark<'_>]) -> Markup {
    if marks.is_empty() {
        return html! {};
    }
    html! {
        section class="findings" aria-labelledby="findings" {
            h2 id="findings" { "Finding by finding" }
            @for mark in marks {
                @let first = marks.iter().find(|other| same_why(mark, other)).map_or(mark.number, |first| first.number);
                @if let Some(page) = pages.get(mark.page) { (card(page, mark, first, pages.len() > 1)) }
            }
        }
    }
}

/// Whether two findings have the same reason, which is then told once.
fn same_why(mark: &Mark<'_>, other: &Mark<'_>) -> bool {
    mark.rule == other.rule && mark.notes(NoteKind::Why).eq(other.notes(NoteKind::Why))
}

/// One finding in full; `first` is the number of the one that tells the same reason first.
fn card(page: &Page<'_>, mark: &Mark<'_>, first: usize, is_named: bool) -> Markup {
    let number = mark.number;
    let line = page.document.position(mark.diagnostic.span()).line;
    let instead = mark.instead(page);
    let also: Vec<(String, String)> = mark.notes(NoteKind::Also).map(other).collect();
    let title = format!("t{number}");
    html! {
        article class={ "card " (mark.classes()) } id={ "f" (number) } aria-labelledby=(title) {
            p class="place" {
                span class="demand" { span class="sign" aria-hidden="true" {} (demand(mark.diagnostic.severity())) }
                span class="quiet" { (text::title(mark.diagnostic.rule())) }
                a href={ "#w" (number) } { @if is_named { (text::plain(page.name)) ", " } "line " (line) }
            }
            h3 id=(title) { span class="count" { (number) } " " (text::sentence(mark.diagnostic.message())) }
            div class="rows" {
                (to_write(&instead))
                @for label in mark.diagnostic.labels() {
                    span class="row" {
                        span class="key" { (text::sentence(&label.text)) }
                        span { q { (text::seen(page.document, label.span)) } }
                    }
                }
                @for why in mark.notes(NoteKind::Why) {
                    span class="row" {
                        span class="key" { "Why" }
                        @if first == number { span { (text::plain(why)) } }
                        @else { span { "As for " a href={ "#f" (first) } { "finding " (first) } "." } }
                    }
                }
                @if let Some(claim) = mark.claim {
                    span class="row" {
                        span class="key" { "Evidence" }
                        span {
                            (claim::rating(claim)) " "
                            a href={ "#claim-" (claim.id()) } { (text::plain(claim.id())) }
                        }
                    }
                }
                @for authority in mark.notes(NoteKind::Authority) {
                    span class="row" { span class="key" { "Authority" } span { (text::plain(authority)) } }
                }
                @if !also.is_empty() {
                    span class="row" {
                        span class="key" { "Also" }
                        span { @for (rule, message) in &also { span class="other" { b { (rule) } ": " (message) } } }
                    }
                }
            }
        }
    }
}

/// A further rule that the same words break: its title and its message.
fn other(note: &str) -> (String, String) {
    match note.split_once(": ") {
        Some((rule, message)) => (text::title(rule), text::sentence(message)),
        None => ("Also".to_owned(), text::sentence(note)),
    }
}

/// The sources of a claim, those first that say what the claim says, the strongest kind first, the newest of equals.
pub(crate) fn best_sources(claim: Claim<'_>) -> Vec<Source<'_>> {
    let mut findings: Vec<_> = claim.findings().collect();
    findings.sort_by_key(|finding| {
        let source = finding.source();
        (finding.direction() != claim.direction(), source.design(), std::cmp::Reverse(source.year()))
    });
    findings.into_iter().map(|finding| finding.source()).collect()
}
