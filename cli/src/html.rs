//! Pages for people who do not live in a terminal: the report of a check, and the evidence pack of a page. One file each, readable without a script and without a
//! network.
//!
//! Everything that comes from copy, records or file names goes through `maud`, which escapes it, and through [`text::plain`],
//! which takes out what could turn or hide words.

mod claim;
mod copy;
mod finding;
mod frame;
mod gap;
mod ladder;
mod list;
mod mark;
mod pack;
mod summary;
mod text;

use std::io::{self, Write};

use evidence_claims::{Database, Diagnostic, Document, ReadSentence};
use maud::{Markup, html};

use crate::evidence_pack::EvidencePack;
use crate::judge::ends_a_check;
use crate::report::{self, Report};
use crate::terminal::Terminal;

pub(crate) use text::seen;

/// A page that was checked.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// The path, as shown.
    pub(crate) name: &'a str,
    /// The page as it was read.
    pub(crate) document: &'a Document,
    /// What was found on it, in reading order.
    pub(crate) diagnostics: Vec<&'a Diagnostic>,
    /// How its sentences were read.
    pub(crate) read: Vec<ReadSentence>,
}

/// Writes the report on the pages of a check.
pub(crate) fn report(pages: &[report::Page<'_>], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut read = Vec::with_capacity(pages.len());
    for page in pages {
        let Some(document) = page.document else { continue };
        let mut sentences = report.checker.map_or_else(Vec::new, |checker| checker.explain(document));
        // What was not checked is not compared with the evidence either.
        if let Some(end) = page.diagnostics.iter().find(|diagnostic| ends_a_check(diagnostic)) {
            sentences.retain(|sentence| sentence.span.start() < end.span().start());
        }
        read.push(Page { name: page.source.name, document, diagnostics: page.diagnostics.clone(), read: sentences });
    }
    out.write_all(whole(&read, report.database, report.profile).as_bytes())
}

fn whole(pages: &[Page<'_>], database: Option<&Database>, profile: Option<&str>) -> String {
    let marks = mark::all(pages, database);
    let rules = mark::rules(&marks);
    let claims = mark::claims(&marks);
    let gaps: Vec<gap::Row<'_>> = gap::rows(pages, &marks, database);
    let summary = summary::Summary::new(pages, &marks, &gaps);
    let body = html! {
        a class="skip" href="#copy" { "Skip to the page" }
        header class="top" {
            (summary.header())
            (ladder::picture(&gaps))
            (list::most(&rules, database))
        }
        (filters(&summary, &rules))
        div class="columns" {
            main id="copy" {
                @for (number, page) in pages.iter().enumerate() {
                    (copy::page(page, &marks[..], number, pages.len() > 1))
                }
                (gap::section(&gaps))
                (finding::section(pages, &marks))
                (claim::section(&claims))
            }
            (list::aside(pages, &marks, &rules, database))
        }
        (foot(database, profile))
    };
    frame::page(&summary.title(), &mark::filter_style(rules.len()), &body)
}

/// The page of an evidence pack.
pub(crate) fn evidence_pack(pack: &EvidencePack<'_>, terminal: Terminal) -> String {
    let title = format!("Evidence pack: {}", text::plain(pack.page));
    frame::page(&title, "", &pack::body(pack, terminal))
}

/// What to show: by severity and by rule. Works by style alone.
fn filters(summary: &summary::Summary, rules: &[mark::RuleOf<'_>]) -> Markup {
    if rules.is_empty() {
        return html! {};
    }
    html! {
        form class="filters" aria-label="Show" {
            @for (severity, number) in summary.severities() {
                @if number > 0 {
                    label class={ "chip " (severity) } {
                        input type="checkbox" id={ "show-" (severity) } checked;
                        span class="sign" aria-hidden="true" {}
                        (mark::demand(severity)) " " span class="number" { (number) }
                    }
                }
            }
            @if rules.len() > 1 {
                label class="chip pick" {
                    span { "Rule" }
                    select id="show-rule" {
                        option selected { "all " (rules.len()) }
                        @for rule in rules {
                            option { (text::title(rule.name)) " (" (rule.marks.len()) ")" }
                        }
                    }
                }
            }
            output id="shown" class="quiet" {}
        }
    }
}

/// What the reader has to know about the report itself.
fn foot(database: Option<&Database>, profile: Option<&str>) -> Markup {
    html! {
        footer {
            h2 { "About this report" }
            p {
                "The words of the page were compared with a reviewed base of studies, each result rated by how sure it is (GRADE). "
                "The report finds many overclaims, not all: where a sentence can be read in two ways, it is silent. It is no medical "
                "advice and no legal clearance. A place without a mark is not thereby true."
            }
            p class="quiet" {
                @if let Some(database) = database { "Evidence base " (database.version()) ". " }
                @if let Some(profile) = profile { "Strictness of the profile " (text::plain(profile)) ". " }
                "Made by claims " (env!("CARGO_PKG_VERSION")) ". Claims and ratings: CC BY 4.0."
            }
        }
    }
}
