//! Verdicts on a page as a whole: is it machine-spun, does it sell benefits and keep silent on harms?

use std::ops::Range;

use super::{Added, Page};
use crate::check::Checker;
use crate::check::message::Facts;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::model::rule::RuleRecord;

/// The rule about grammar that only a synonym machine writes.
const ARTEFACT: &str = "spinner-artefact";
/// Rules whose findings are signs of a synonym machine.
const SIGNS: [&str; 2] = ["tortured-phrase", "spinner-artefact"];
/// From this many signs on nobody wrote the page.
const MACHINE: usize = 4;
/// From this many benefits on a page without a harm is one-sided.
const ONE_SIDED: usize = 3;

impl Page {
    /// Grammar that only a synonym machine writes. One sign is a slip of the pen and a note; two make a spun page.
    pub(super) fn artefacts(&self, checker: &Checker<'_>, found: &[Diagnostic], added: &mut Vec<Added>) {
        if checker.rule(ARTEFACT).is_none() {
            return;
        }
        let tortured = found.iter().filter(|d| d.rule() == "tortured-phrase").count();
        let count = self.artefacts.len() + tortured;
        added.extend(self.artefacts.iter().map(|bytes| Added::Artefact { bytes: bytes.clone(), count }));
    }

    /// The finding that comparing the places of the page has added to those of its sentences.
    pub(crate) fn beside(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
        added: &Added,
    ) -> Diagnostic {
        match added {
            Added::Beside { rule, slot, other } => {
                self.about_two(checker, document, rule, (&found[*slot], &self.places[*slot]), other)
            }
            Added::Artefact { bytes, count } => {
                let span = bytes.clone().into();
                let Some(rule) = checker.rule(ARTEFACT) else {
                    return Diagnostic::new(ARTEFACT, Severity::Note, span, "");
                };
                let severity = if *count >= 2 { checker.severity_of(rule) } else { Severity::Note };
                counted(checker, document, rule, severity, bytes.clone(), *count)
            }
        }
    }

    /// A page with many signs of a synonym machine.
    pub(super) fn machine_spun(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
    ) -> Option<Diagnostic> {
        let rule = checker.rule("machine-spun-page")?;
        let is_sign = |d: &&Diagnostic| {
            SIGNS.iter().any(|&sign| {
                d.rule() == sign
                    || d.notes.iter().any(|n| n.text.strip_prefix(sign).is_some_and(|r| r.starts_with(':')))
            })
        };
        let signs: Vec<&Diagnostic> = found.iter().filter(is_sign).collect();
        let first = signs.first().filter(|_| signs.len() >= MACHINE)?;
        let bytes = first.span.start()..first.span.end();
        Some(counted(checker, document, rule, checker.severity_of(rule), bytes, signs.len()))
    }

    /// A page that names benefits and not one harm.
    pub(super) fn one_sided(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
    ) -> Option<Diagnostic> {
        let rule = checker.rule("harms-left-out")?;
        let benefits: Vec<&Diagnostic> =
            found.iter().filter(|d| d.claim.is_some() && d.topics.iter().any(|topic| &**topic != "safety")).collect();
        let first = benefits.first().filter(|_| benefits.len() >= ONE_SIDED && self.harms.is_empty())?;
        let bytes = first.span.start()..first.span.end();
        Some(counted(checker, document, rule, checker.severity_of(rule), bytes, benefits.len()))
    }
}

/// A finding of a rule that says how many things of its kind the page has.
fn counted(
    checker: &Checker<'_>,
    document: &Document,
    rule: &RuleRecord,
    severity: Severity,
    bytes: Range<usize>,
    count: usize,
) -> Diagnostic {
    let mut facts = Facts::new(document, bytes.clone());
    facts.count = Some(count);
    let mut diagnostic = checker.diagnostic(rule, severity, bytes, &facts);
    diagnostic.topics = rule.topics.iter().map(|topic| checker.shared.name(topic)).collect();
    diagnostic
}
