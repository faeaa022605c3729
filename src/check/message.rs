//! From a rule's texts and the facts of a case to a diagnostic: what, why, evidence, what to write.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use super::assertion::Assertion;
use super::class::Class;
use super::reading::{Reading, Token};
use super::surroundings::Surroundings;
use super::texts::{Notes, Text, Texts};
use super::verdict::{self, Verdict};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Note, Severity};
use crate::document::Document;
use crate::model::rule::RuleRecord;
use crate::model::vocabulary::Strength;
use crate::text::Span;

/// What a message can talk about.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) document: &'a Document,
    pub(crate) words: Cow<'a, str>,
    /// Slot of the claim.
    pub(crate) claim: Option<usize>,
    /// Slot of the term that names the outcome.
    pub(crate) outcome: Option<u32>,
    pub(crate) allowed: Option<Strength>,
    pub(crate) plain: Option<&'a str>,
    /// Words elsewhere on the page that do not fit, and where they stand.
    pub(crate) other: Option<(Span, String)>,
    pub(crate) count: Option<usize>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(document: &'a Document, bytes: Range<usize>) -> Self {
        let words = document.seen(bytes.into());
        Self { document, words, claim: None, outcome: None, allowed: None, plain: None, other: None, count: None }
    }
}

impl Checker<'_> {
    /// Judges the assertions of a sentence.
    pub(super) fn assertions(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        all: &mut Vec<Assertion>,
        found: &mut Vec<Diagnostic>,
    ) {
        let records = self.db.records();
        super::assertion::assertions(reading, around, |tag| self.wanted(tag), |tag| self.strength_of(tag), all);
        let mut chosen: Option<(u32, Option<usize>)> = None;
        for assertion in all.iter() {
            if assertion.outcome.class == Class::SERIOUS {
                self.unclaimed("serious-condition-claim", document, reading, assertion, found);
                continue;
            }
            if !self.claims.contains_key(&assertion.outcome.term) {
                // "Sciatica" names a condition and what was measured in people who have it, of which there is a claim.
                let is_measured = |other: &Assertion| {
                    let (own, other) = (assertion.outcome, other.outcome);
                    other.start < own.end && own.start < other.end && self.claims.contains_key(&other.term)
                };
                if !all.iter().any(is_measured) {
                    self.unclaimed("condition-without-evidence", document, reading, assertion, found);
                }
                continue;
            }
            // A sentence that names an outcome again and again speaks of one claim.
            let claim = chosen.filter(|&(term, _)| term == assertion.outcome.term).map(|(_, claim)| claim);
            let claim = claim.unwrap_or_else(|| self.claim_of(reading, assertion));
            chosen = Some((assertion.outcome.term, claim));
            let Some(slot) = claim else { continue };
            let ceiling = |certainty| self.ceiling(certainty);
            let Some(claim) = records.claims.get(slot) else { continue };
            for Verdict { rule, severity } in verdict::judge(claim, assertion, ceiling) {
                let Some(rule) = self.rule(rule) else { continue };
                let severity = self.graded_severity(rule, severity);
                let words = match (rule.name.as_str(), assertion.magnitude_up) {
                    (verdict::MAGNITUDE, Some(tag)) => {
                        tag.words().start.min(assertion.words.start)..tag.words().end.max(assertion.words.end)
                    }
                    _ => {
                        let from = assertion
                            .governed
                            .capability
                            .filter(|tag| (tag.end as usize) <= assertion.words.start && rule.name == verdict::CAN);
                        from.map_or(assertion.words.start, |tag| tag.start as usize)..assertion.words.end
                    }
                };
                let bytes = reading.bytes(words);
                let mut diagnostic = self.about(document, rule, severity, bytes, slot, assertion.outcome.term);
                if let Some(fix) = self.smallest_edit(document, reading, assertion, claim, &rule.name) {
                    diagnostic.fixes.reserve_exact(1);
                    diagnostic.fixes.insert(0, fix);
                }
                found.push(diagnostic);
            }
        }
    }

    /// The slot of the claim that an assertion is compared with, if one is about its outcome.
    pub(super) fn claim_of(&self, reading: &Reading, assertion: &Assertion) -> Option<usize> {
        let slots = self.claims.get(&assertion.outcome.term)?;
        let named = |slot: usize| {
            let mut contexts = self.lexicon().contexts(slot).iter();
            contexts.any(|words| {
                let fits = |window: &[Token]| window.iter().map(|token| token.word).eq(words.iter().copied());
                words.iter().all(|&word| reading.hints.has(self.lexicon().bits().word(word)))
                    && reading.tokens.windows(words.len()).any(fits)
            })
        };
        verdict::choose(&self.db.records().claims, slots, named, |certainty| self.ceiling(certainty))
    }

    /// A diagnostic about the claim in a slot, named by the term that the words use for its outcome.
    pub(super) fn about(
        &self,
        document: &Document,
        rule: &RuleRecord,
        severity: Severity,
        bytes: Range<usize>,
        slot: usize,
        term: u32,
    ) -> Diagnostic {
        let mut facts = Facts::new(document, bytes.clone());
        facts.claim = Some(slot);
        facts.outcome = Some(term);
        let claim = self.db.records().claims.get(slot);
        facts.allowed = claim.map(|claim| verdict::allowed(claim, |certainty| self.ceiling(certainty)));
        self.diagnostic(rule, severity, bytes, &facts)
    }

    /// Help offered for what no claim of the base is about.
    fn unclaimed(
        &self,
        rule: &str,
        document: &Document,
        reading: &Reading,
        assertion: &Assertion,
        found: &mut Vec<Diagnostic>,
    ) {
        let Some(rule) = self.rule(rule) else { return };
        if assertion.governed.strength < Strength::Possible {
            return;
        }
        let bytes = reading.bytes(assertion.words.clone());
        let mut facts = Facts::new(document, bytes.clone());
        facts.outcome = Some(assertion.outcome.term);
        found.push(self.diagnostic(rule, self.severity_of(rule), bytes, &facts));
    }

    /// A verdict's own severity, never above what the profile or the caller allows for the rule.
    pub(super) fn graded_severity(&self, rule: &RuleRecord, own: Severity) -> Severity {
        match self.severities.get(&rule.name) {
            Some(&set) if own == Severity::Note && set > Severity::Note && rule.severity == Severity::Note => set,
            Some(&set) => own.min(set),
            None => own,
        }
    }

    /// Builds a diagnostic from a rule's texts.
    pub(super) fn diagnostic(
        &self,
        rule: &RuleRecord,
        severity: Severity,
        bytes: Range<usize>,
        facts: &Facts<'_>,
    ) -> Diagnostic {
        let texts = self.texts(rule, facts);
        let notes = match &texts.notes {
            Notes::Filled(notes) => notes.clone(),
            Notes::Open(notes) => {
                let fill = |text: &Text| match text {
                    Text::Filled(text) => text.clone(),
                    Text::Open(template) => self.seat().shared.name(&template.fill(facts)),
                };
                notes.iter().map(|(kind, text)| Note { kind: *kind, text: fill(text) }).collect()
            }
        };
        let mut diagnostic = outline(&texts, severity, bytes.clone(), notes, facts);
        if let Some(honest) = &texts.honest {
            diagnostic.fixes =
                vec![Fix { span: bytes.into(), replacement: honest.clone(), applicability: Applicability::Manual }];
        }
        diagnostic
    }

    /// A diagnostic that another takes up as one of its notes: without what it would tell by itself.
    pub(super) fn remark(
        &self,
        rule: &RuleRecord,
        severity: Severity,
        bytes: Range<usize>,
        facts: &Facts<'_>,
    ) -> Diagnostic {
        outline(&self.texts(rule, facts), severity, bytes, Arc::default(), facts)
    }
}

fn outline(
    texts: &Texts,
    severity: Severity,
    bytes: Range<usize>,
    notes: Arc<[Note]>,
    facts: &Facts<'_>,
) -> Diagnostic {
    Diagnostic {
        rule: texts.rule.clone(),
        severity,
        file: None,
        span: bytes.into(),
        message: texts.message.fill(facts).into(),
        notes,
        labels: Vec::new(),
        fixes: Vec::new(),
        claim: texts.claim.clone(),
        topics: texts.topics.clone(),
        listed: false,
    }
}
