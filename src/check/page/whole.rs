//! Verdicts on a page as a whole: is it machine-spun, does it sell benefits and keep silent on harms, is it in a language that is not read?

use std::ops::Range;

use super::compare::rules_of;
use super::{Added, Page};
use crate::check::message::Facts;
use crate::check::{Checker, edit};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::document::Document;
use crate::model::rule::RuleRecord;

/// The rule about grammar that only a synonym machine writes.
const ARTEFACT: &str = "spinner-artefact";
/// Rules whose findings are signs of a synonym machine.
const SIGNS: [&str; 2] = ["tortured-phrase", "spinner-artefact"];
/// From this many signs on nobody wrote the page.
const MACHINE: usize = 4;
/// From this many sentences on a page speaks another language too; fewer are a name or a motto.
const FOREIGN: usize = 4;
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
        added.extend(self.artefacts.iter().map(|bytes| Added::Artefact { bytes: bytes.clone().into(), count }));
    }

    /// The finding that comparing the places of the page has added to those of its sentences, of which it is `about` one. One that
    /// cannot speak for itself is told as far as others tell of it.
    pub(crate) fn beside(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        about: Option<&Diagnostic>,
        added: &Added,
        may_speak: impl Fn(&str, Severity) -> bool,
    ) -> Diagnostic {
        let (name, span) = match added {
            Added::Beside { rule, .. } => (*rule, about.map(|about| about.span).unwrap_or_default()),
            Added::Artefact { bytes, .. } => (ARTEFACT, *bytes),
        };
        let Some(rule) = checker.rule(name) else { return Diagnostic::new(name, Severity::Note, span, "") };
        let severity = match added {
            Added::Artefact { count: ..2, .. } => Severity::Note,
            _ => checker.severity_of(rule),
        };
        let bytes = span.start()..span.end();
        let mut facts = Facts::new(document, bytes.clone());
        let is_whole = may_speak(name, severity);
        let tell = |facts: &Facts<'_>| match is_whole {
            true => checker.diagnostic(rule, severity, bytes, facts),
            false => checker.remark(rule, severity, bytes, facts),
        };
        match (added, about) {
            (Added::Beside { slot, other, .. }, Some(about)) => {
                facts.beside(checker.db, about, *other);
                let mut made = tell(&facts);
                made.topics.clone_from(&about.topics);
                made.labels = vec![Label { span: *other, text: checker.seat().shared.name("the page itself says") }];
                if let Some(place) = self.places.get(*slot).filter(|_| is_whole) {
                    edit::over_sentence(checker.db, place.sentence, std::slice::from_mut(&mut made));
                }
                made
            }
            (Added::Artefact { count, .. }, _) => {
                facts.count = Some(*count);
                let mut made = tell(&facts);
                made.topics = checker.topics_of(rule);
                made
            }
            (Added::Beside { .. }, None) => Diagnostic::new(name, severity, span, ""),
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
        let is_sign = |d: &&Diagnostic| rules_of(d).any(|rule| SIGNS.contains(&rule));
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

    /// A page of which part is in a language that is not read, so that nothing found there means nothing.
    pub(super) fn other_language(&self, checker: &Checker<'_>, document: &Document) -> Option<Diagnostic> {
        let rule = checker.rule("other-language")?;
        let first = self.foreign.first().filter(|_| self.foreign.len() >= FOREIGN)?;
        Some(counted(checker, document, rule, checker.severity_of(rule), first.clone(), self.foreign.len()))
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
    diagnostic.topics = checker.topics_of(rule);
    diagnostic
}
