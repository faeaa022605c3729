//! What somebody who reads three lines has to know.

use std::collections::BTreeSet;

use evidence_claims::{Direction, Severity, Span};
use maud::{Markup, html};

use super::gap::Row;
use super::mark::Mark;
use super::{Page, text};
use crate::summary::count;

/// Counts over all pages.
#[derive(Debug)]
pub(crate) struct Summary {
    pages: usize,
    name: String,
    sentences: usize,
    /// Sentences that have to be or should be changed.
    to_change: usize,
    /// Sentences worded more strongly than the evidence allows.
    over: usize,
    /// Sentences that studies speak against.
    contradicted: usize,
    severities: [usize; 3],
}

impl Summary {
    /// Counts.
    pub(crate) fn new(pages: &[Page<'_>], marks: &[Mark<'_>], gaps: &[Row<'_>]) -> Self {
        let strong = || marks.iter().filter(|mark| mark.diagnostic.severity() > Severity::Note);
        let distinct = |marks: &mut dyn Iterator<Item = &Mark<'_>>| {
            marks.map(|mark| (mark.page, mark.sentence)).collect::<BTreeSet<(usize, Span)>>().len()
        };
        let mut severities = [0; 3];
        for mark in marks {
            severities[mark.diagnostic.severity() as usize] += 1;
        }
        let is_contradicted = |mark: &&Mark<'_>| {
            mark.diagnostic.rule() == "contradicted-by-evidence"
                || mark.claim.is_some_and(|claim| matches!(claim.direction(), Direction::Null | Direction::Against))
        };
        Self {
            pages: pages.len(),
            name: pages.first().map_or_else(String::new, |page| text::plain(page.name)),
            sentences: pages.iter().map(|page| page.document.sentences().count()).sum(),
            to_change: distinct(&mut strong()),
            over: (gaps.iter().filter(|row| row.said > row.allowed).map(|row| (row.page, row.sentence)))
                .collect::<BTreeSet<(usize, Span)>>()
                .len(),
            contradicted: distinct(&mut strong().filter(is_contradicted)),
            severities,
        }
    }

    /// The severities, the worst first, with their numbers.
    pub(crate) fn severities(&self) -> impl Iterator<Item = (Severity, usize)> + use<'_> {
        Severity::ALL.into_iter().rev().map(|severity| (severity, self.severities[severity as usize]))
    }

    fn subject(&self) -> String {
        if self.pages == 1 { self.name.clone() } else { count(self.pages, "page") }
    }

    /// The title of the report.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.verdict(), self.subject())
    }

    /// The whole report in a line.
    fn verdict(&self) -> String {
        match (self.sentences, self.to_change) {
            (0, _) => "There was nothing to read".to_owned(),
            (_, 0) => "No sentence needs a change".to_owned(),
            (1, _) => "The one sentence needs a change".to_owned(),
            (all, 1) => format!("1 of {all} sentences needs a change"),
            (all, some) => format!("{some} of {all} sentences need a change"),
        }
    }

    /// How the page stands to the evidence.
    fn against_evidence(&self) -> String {
        let over = match self.over {
            0 => String::new(),
            1 => "1 sentence says more than studies show. ".to_owned(),
            over => format!("{over} sentences say more than studies show. "),
        };
        match self.contradicted {
            0 => over,
            1 => format!("{over}Studies looked for what 1 sentence says and did not find it."),
            some => format!("{over}Studies looked for what {some} sentences say and did not find it."),
        }
    }

    /// The words at the top.
    pub(crate) fn header(&self) -> Markup {
        let [notes, warnings, errors] = self.severities;
        html! {
            div class="verdict" {
                p class="eyebrow" { "Wording report " span class="file" { (self.subject()) } }
                h1 { (self.verdict()) }
                @if self.over + self.contradicted > 0 { p class="lead" { (self.against_evidence()) } }
                p class="lead" {
                    @match (errors, warnings) {
                        (0, 0) if notes == 0 && self.sentences > 0 => {
                            "Nothing was found to change. That is no proof that all of it is true: the report knows only the claims "
                            "of its evidence base."
                        }
                        (0, 0) if notes > 0 => { "Nothing has to be changed. " (count(notes, "remark")) " may be worth reading." }
                        (0, 0) => {}
                        (0, _) => { (count(warnings, "place")) " should be changed before this is published." }
                        (_, 0) => { (count(errors, "place")) " must be changed before this is published." }
                        (_, _) => {
                            (count(errors, "place")) " must be changed before this is published, " (warnings) " more should be."
                        }
                    }
                }
                @if errors + warnings > 0 {
                    p class="lead quiet" {
                        "Marked words tell why, what studies found and what to write instead: point at them, or step to them "
                        "with the Tab key."
                    }
                }
            }
        }
    }
}
