//! An evidence pack as a page to print, to sign and to file.

use evidence_claims::{Claim, Finding};
use maud::{Markup, html};

use super::{claim, gap, text};
use crate::evidence_pack::{EvidencePack, Statement};
use crate::summary::count;
use crate::terminal::Terminal;
use crate::words;

/// The body of the page.
pub(crate) fn body(pack: &EvidencePack<'_>, terminal: Terminal) -> Markup {
    html! {
        header class="top plain" {
            div class="verdict" {
                p class="eyebrow" { "Evidence pack " span class="file" { (text::plain(pack.page)) } }
                h1 { (verdict(pack)) }
                p class="lead" {
                    "Advertising codes ask that the evidence for a claim is held before the claim is published. This file holds, for each "
                    "thing that the page says massage does, how strongly it is worded, how sure the evidence is, and the studies behind it."
                }
                (facts(pack))
            }
        }
        div class="columns one" {
            main {
                @if !pack.statements.is_empty() { (statements(pack)) }
                @if !pack.without_evidence.is_empty() { (without_evidence(pack)) }
                @if !pack.claims.is_empty() {
                    section class="evidence" aria-labelledby="evidence" {
                        h2 id="evidence" { "The evidence held" }
                        @for record in &pack.claims { (record_of(record.claim, pack, terminal)) }
                    }
                }
            }
        }
        footer {
            h2 { "What this file is not" }
            p {
                "It is no legal clearance: no regulator has seen the page. It is no medical advice. It lists what was recognised on the page, "
                "which need not be everything that the page says, and what the evidence base holds, up to the date of each review."
            }
            p class="quiet" { "Made by claims " (env!("CARGO_PKG_VERSION")) ". Claims and ratings: CC BY 4.0." }
        }
    }
}

/// The whole file in a line.
pub(crate) fn verdict(pack: &EvidencePack<'_>) -> String {
    let all = pack.statements.len();
    let within = pack.statements.iter().filter(|statement| statement.is_within).count();
    match (all, within) {
        (0, _) => "No statement on this page has evidence in the base".to_owned(),
        (1, 1) => "The one statement stays within the evidence".to_owned(),
        (1, _) => "The one statement goes beyond the evidence".to_owned(),
        (all, within) if all == within => format!("All {all} statements stay within the evidence"),
        (all, 0) => format!("All {all} statements go beyond the evidence"),
        (all, 1) => format!("1 of {all} statements stays within the evidence"),
        (all, within) => format!("{within} of {all} statements stay within the evidence"),
    }
}

fn facts(pack: &EvidencePack<'_>) -> Markup {
    html! {
        dl class="facts" {
            div { dt { "Date" } dd { (pack.date) } }
            div { dt { "Evidence base" } dd { (pack.evidence) } }
            @if let Some(profile) = pack.profile { div { dt { "Profile" } dd { (text::plain(profile)) } } }
            div { dt { "SHA-256 of the page" } dd class="hash" { (pack.sha256) } }
        }
    }
}

fn statements(pack: &EvidencePack<'_>) -> Markup {
    html! {
        section class="gap" aria-labelledby="statements" {
            h2 id="statements" { "What the page says, and what the evidence allows" }
            p class="quiet" {
                "The bar ends where the evidence ends; the dot is how strongly the page words it. A cross stands where studies looked for it "
                "and did not find it."
            }
            (gap::table_of(pack.statements.iter().map(|statement| (row(statement), told(statement)))))
        }
    }
}

/// The words of a statement, their place, and the claim they are held against.
fn row(statement: &Statement<'_>) -> Markup {
    html! {
        (statement.words)
        span class="quiet" { "line " (statement.line) ": “" (statement.sentence) "”" }
        span class="quiet" { "held against " a href={ "#claim-" (statement.record.id()) } { (text::plain(statement.record.id())) } }
    }
}

/// Its place on the ladder, and what else is too much about it.
fn told(statement: &Statement<'_>) -> Markup {
    html! {
        @if let (Some(strength), Some(ceiling)) = (statement.strength, statement.ceiling) {
            @let (said, allowed) = (gap::place(strength), gap::ceiling(statement.record, ceiling));
            (gap::drawing(said, allowed))
            span class="told" { (gap::told(said, allowed)) "." }
        }
        @if let Some(finding) = statement.finding {
            span class={ "told verdict " (if statement.is_within { "note" } else { "error" }) } {
                span class="sign" aria-hidden="true" {} (text::sentence(finding)) "."
            }
        } @else {
            span class="told verdict good" { span class="sign" aria-hidden="true" {} "Nothing to change." }
        }
    }
}

fn without_evidence(pack: &EvidencePack<'_>) -> Markup {
    html! {
        section aria-labelledby="without" {
            h2 id="without" { "Without evidence in the base" }
            p class="quiet" {
                (count(pack.without_evidence.len(), "place")) " for which no record can be shown. Delete or change the words, or hold "
                "evidence of your own."
            }
            ul class="sources" {
                @for unheld in &pack.without_evidence {
                    li {
                        q { (unheld.words) } " "
                        span class="quiet" { "line " (unheld.line) ", " (unheld.severity) ": " (text::sentence(unheld.message)) "." }
                    }
                }
            }
        }
    }
}

/// All that a rating rests on.
fn record_of(claim: Claim<'_>, pack: &EvidencePack<'_>, terminal: Terminal) -> Markup {
    let grade = claim.grade();
    html! {
        article class="claim" id={ "claim-" (claim.id()) } {
            h3 { (text::plain(claim.proposition())) }
            p { (claim::rating(claim)) " " span class="quiet" { (text::plain(claim.id())) } }
            p class="publish" { span class="key" { "May be published" } span class="sentence" { (text::plain(claim.honest())) } }
            @for condition in claim.conditions() {
                p { span class="key" { "Copy has to keep" } " “" (text::plain(condition)) "”" }
            }
            @if let Some(studied) = claim.pico().as_studied() {
                h4 { "What was studied" }
                p {
                    (text::sentence(&studied.population)) ": " (text::plain(&studied.intervention)) ", compared with "
                    (text::plain(&studied.comparator)) ". Measured: " (text::plain(&studied.outcome)) "."
                }
            }
            @if grade.start.is_some() || grade.summary.is_some() {
                h4 { "Why this certainty (GRADE)" }
                ul class="plain-list" {
                    @if let Some(start) = grade.start { li { "Starts at " (words_of(start.as_str())) "." } }
                    @for reason in &grade.reasons {
                        li {
                            (text::title(reason.domain.as_str())) " "
                            b { @match (reason.levels, reason.domain.is_upgrade()) {
                                (0, _) => "0", (levels, true) => { "+" (levels) }, (levels, false) => { "\u{2212}" (levels) },
                            } }
                            ": " (text::plain(&reason.why)) "."
                        }
                    }
                    @if let Some(summary) = &grade.summary { li { (text::plain(summary)) } }
                }
            }
            h4 { @if claim.findings().len() == 0 { "No study was found that tested it" } @else { (count(claim.findings().len(), "source")) } }
            ol class="sources" { @for finding in claim.findings() { li { (source(finding, terminal)) } } }
            p class="quiet" {
                "Reviewed " (claim.reviewed()) ", to be reviewed again by " (claim.review_by()) "."
                @if claim.is_due(pack.date) { b { " That review is due." } }
            }
        }
    }
}

fn source(finding: Finding<'_>, terminal: Terminal) -> Markup {
    let source = finding.source();
    html! {
        (text::link(source.url().as_str(), &source.citation())) ": "
        b { (words::direction(finding.direction())) } ", " (words_of(finding.basis().as_str())) ". "
        (text::plain(source.title())) ". " (text::sentence(&words::design(source))) "."
        @if source.is_retracted() { b { " Retracted." } }
        @if let Some(effect) = finding.effect() { span class="quiet" { (text::sentence(&words::figure(effect, terminal))) "." } }
        span class="quiet" {
            @if let Some(doi) = source.doi() { "DOI " (text::plain(doi)) ". " }
            @if let Some(pmid) = source.pmid() { "PMID " (text::plain(pmid)) ". " }
            @if let Some(pmcid) = source.pmcid() { (text::plain(pmcid)) ". " }
            @if let Some(checked) = source.checked() { "Opened by an editor on " (checked) "." }
        }
    }
}

fn words_of(name: &str) -> String {
    name.replace('-', " ")
}
