//! From a rule's texts and the facts of a case to a diagnostic: what, why, evidence, what to write.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use super::Checker;
use super::assertion::Assertion;
use super::lexicon::Class;
use super::reading::{Reading, Surroundings};
use super::verdict::{self, Verdict};
use crate::diagnostic::{Applicability, Diagnostic, Fix, NoteKind, Severity};
use crate::document::Document;
use crate::model::claim::ClaimRecord;
use crate::model::rule::RuleRecord;
use crate::model::term::TermRecord;
use crate::model::vocabulary::{Direction, Magnitude, Strength};

/// Texts that many findings have in common, each held once.
#[derive(Debug, Default)]
pub(crate) struct Shared(Mutex<HashSet<Arc<str>>>);

/// Beyond this many texts new ones are no longer shared: they hold words of the copy, of which there is no end.
const MOST_SHARED: usize = 4096;

impl Shared {
    /// The one copy of a text.
    pub(crate) fn name(&self, text: &str) -> Arc<str> {
        let Ok(mut texts) = self.0.lock() else { return text.into() };
        if let Some(known) = texts.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        if texts.len() < MOST_SHARED {
            texts.insert(new.clone());
        }
        new
    }

    pub(crate) fn text(&self, text: String) -> Arc<str> {
        self.name(&text)
    }
}

/// What a message can talk about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts<'a> {
    pub(crate) words: &'a str,
    pub(crate) claim: Option<&'a ClaimRecord>,
    pub(crate) outcome: Option<String>,
    pub(crate) allowed: Option<Strength>,
    pub(crate) plain: Option<String>,
    /// Words elsewhere on the page that do not fit.
    pub(crate) other: Option<String>,
    /// Lines of the other words and of the words.
    pub(crate) lines: Option<(usize, usize)>,
    pub(crate) count: Option<usize>,
}

impl<'a> Facts<'a> {
    pub(crate) fn new(document: &'a Document, bytes: Range<usize>) -> Self {
        Self { words: document.text().get(bytes).unwrap_or(""), ..Self::default() }
    }
}

/// Words of copy as a message quotes them: on one line, without marks of emphasis.
pub(crate) fn clean(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`'], "")
}

/// The verb that a rung of the ladder licenses.
fn verb(strength: Strength) -> &'static str {
    match strength {
        Strength::Uncertain => "it is uncertain whether",
        Strength::Possible => "may",
        Strength::Capable => "can",
        Strength::Probable => "probably",
        _ => "a plain verb",
    }
}

/// The level of evidence in plain words, fit to follow "the evidence is".
fn level(claim: &ClaimRecord) -> String {
    match (claim.direction, claim.certainty) {
        (Direction::None, _) | (_, None) => "missing, since no study was found that tested it".into(),
        (Direction::Null, Some(certainty)) => {
            format!("{} certainty of little or no difference", words(certainty.as_str()))
        }
        (Direction::Against, Some(certainty)) => format!("against it, with {} certainty", words(certainty.as_str())),
        (Direction::Mixed, Some(certainty)) => format!("mixed and of {} certainty", words(certainty.as_str())),
        (_, Some(certainty)) => format!("of {} certainty", words(certainty.as_str())),
    }
}

fn words(name: &str) -> String {
    name.replace('-', " ")
}

fn size(magnitude: Magnitude) -> &'static str {
    match magnitude {
        Magnitude::Large => "a large effect",
        Magnitude::Moderate => "a moderate effect",
        Magnitude::Small => "a small effect",
        Magnitude::Trivial => "hardly any effect",
        Magnitude::Unknown => "no effect whose size is known",
    }
}

impl Checker<'_> {
    /// Judges the assertions of a sentence.
    pub(super) fn assertions(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        found: &mut Vec<Diagnostic>,
    ) {
        let records = self.db.records();
        let all = super::assertion::assertions(reading, around, |tag| self.wanted(tag), |tag| self.strength_of(tag));
        for assertion in &all {
            let Some(term) = records.terms.get(assertion.outcome.term as usize) else { continue };
            if assertion.outcome.class == Class::SERIOUS {
                self.serious(document, reading, assertion, found);
                continue;
            }
            if !self.claims.contains_key(&assertion.outcome.term) {
                // A condition that no claim of the base is about: help is offered all the same.
                self.serious(document, reading, assertion, found);
                continue;
            }
            let Some(claim) = self.claim_of(reading, assertion) else { continue };
            let ceiling = |certainty| self.ceiling(certainty);
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
                let mut diagnostic = self.about(document, rule, severity, bytes, claim, term);
                if let Some(fix) = self.smallest_edit(document, reading, assertion, claim, &rule.name) {
                    diagnostic.fixes.insert(0, fix);
                }
                found.push(diagnostic);
            }
        }
    }

    /// The claim that an assertion is compared with, if one is about its outcome.
    pub(super) fn claim_of(&self, reading: &Reading, assertion: &Assertion) -> Option<&ClaimRecord> {
        let slots = self.claims.get(&assertion.outcome.term)?;
        let in_sentence = |words: &[String]| {
            let ids: Vec<_> = words.iter().map(|word| self.lexicon().word(word)).collect();
            !ids.is_empty() && ids.iter().all(|&id| id != super::lexicon::UNKNOWN) && {
                let tokens: Vec<_> = reading.tokens.iter().map(|token| token.word).collect();
                tokens.windows(ids.len()).any(|window| window == ids)
            }
        };
        let candidates = slots.iter().filter_map(|&slot| self.db.records().claims.get(slot));
        verdict::choose(candidates, in_sentence, |certainty| self.ceiling(certainty))
    }

    /// A diagnostic about a claim, named by the term that the words use for its outcome.
    pub(super) fn about(
        &self,
        document: &Document,
        rule: &RuleRecord,
        severity: Severity,
        bytes: Range<usize>,
        claim: &ClaimRecord,
        term: &TermRecord,
    ) -> Diagnostic {
        let mut facts = Facts::new(document, bytes.clone());
        facts.claim = Some(claim);
        facts.outcome = Some(term.label.clone());
        facts.allowed = Some(verdict::allowed(claim, |certainty| self.ceiling(certainty)));
        let mut diagnostic = self.diagnostic(rule, severity, bytes, &facts);
        let topics = term.topic.as_deref().into_iter().chain([claim.topic.as_str()]);
        diagnostic.topics = topics.map(|topic| self.shared.name(topic)).collect();
        diagnostic.topics.dedup();
        diagnostic
    }

    /// Help offered for a condition that needs medical supervision.
    fn serious(&self, document: &Document, reading: &Reading, assertion: &Assertion, found: &mut Vec<Diagnostic>) {
        let Some(rule) = self.rule("serious-condition-claim") else { return };
        if assertion.governed.strength < Strength::Possible {
            return;
        }
        let Some(term) = self.db.records().terms.get(assertion.outcome.term as usize) else { return };
        let bytes = reading.bytes(assertion.words.clone());
        let mut facts = Facts::new(document, bytes.clone());
        facts.outcome = Some(term.label.clone());
        let mut diagnostic = self.diagnostic(rule, self.severity_of(rule), bytes, &facts);
        diagnostic.topics =
            term.topic.as_deref().into_iter().chain(["disease"]).map(|topic| self.shared.name(topic)).collect();
        diagnostic.topics.dedup();
        found.push(diagnostic);
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
        let fill = |text: &str| self.shared.text(self.fill(text, facts));
        let message = self.fill(rule.message.trim_end_matches('.'), facts);
        let mut diagnostic = Diagnostic::new(self.shared.name(&rule.name), severity, bytes.clone().into(), message);
        diagnostic = diagnostic.note(NoteKind::Why, fill(&rule.why));
        if let Some(claim) = facts.claim {
            diagnostic.claim = Some(self.shared.name(&claim.id));
            diagnostic = diagnostic.note(NoteKind::Evidence, self.shared.text(self.evidence(claim)));
        }
        let honest = facts.claim.map(|claim| claim.wording.honest.as_str()).filter(|honest| !honest.is_empty());
        match (&rule.help, honest) {
            (Some(help), Some(_)) => diagnostic = diagnostic.note(NoteKind::Do, fill(help)),
            (Some(help), None) if !help.contains("{honest}") => diagnostic = diagnostic.note(NoteKind::Do, fill(help)),
            (_, Some(honest)) => {
                diagnostic = diagnostic.note(NoteKind::Do, self.shared.text(format!("write: {honest}")))
            }
            _ => {}
        }
        if let Some(honest) = honest {
            diagnostic.fixes.push(Fix {
                span: bytes.into(),
                replacement: self.shared.name(honest),
                applicability: Applicability::Manual,
            });
        }
        if let Some(authority) = &self.authority {
            diagnostic = diagnostic.note(NoteKind::Authority, authority.clone());
        }
        diagnostic
    }

    /// One line on the evidence behind a claim.
    fn evidence(&self, claim: &ClaimRecord) -> String {
        let sources = self.db.records();
        let newest = claim
            .findings
            .iter()
            .filter_map(|finding| self.db.source_slot(&finding.source).and_then(|slot| sources.sources.get(slot)))
            .filter_map(|source| source.year)
            .max();
        let count = |direction| claim.findings.iter().filter(|finding| finding.direction == direction).count();
        let mut parts: Vec<String> = Vec::new();
        for (direction, name) in [
            (Direction::Supports, "for it"),
            (Direction::Mixed, "mixed"),
            (Direction::Null, "little or no difference"),
            (Direction::Against, "against it"),
        ] {
            let n = count(direction);
            if n > 0 {
                parts.push(format!("{n} {name}"));
            }
        }
        let total = claim.findings.len();
        if total == 0 {
            return format!("{}: {}", claim.id, level(claim));
        }
        let findings = match total {
            1 => format!("1 source ({})", parts.join(", ")),
            _ => format!("{total} sources ({})", parts.join(", ")),
        };
        let newest = newest.map(|year| format!(", newest {year}")).unwrap_or_default();
        format!("{}: {}; {findings}{newest}", claim.id, level(claim))
    }

    /// Puts facts into the places of a text.
    fn fill(&self, text: &str, facts: &Facts<'_>) -> String {
        let mut filled = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            filled.push_str(&rest[..open]);
            let name = &rest[open + 1..open + close];
            match self.fact(name, facts) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str("it"),
            }
            rest = &rest[open + close + 1..];
        }
        filled.push_str(rest);
        filled
    }

    fn fact(&self, name: &str, facts: &Facts<'_>) -> Option<String> {
        let claim = facts.claim;
        match name {
            "words" => Some(clean(facts.words)),
            "outcome" | "condition" => facts.outcome.clone().or_else(|| Some("this".into())),
            "level" => Some(claim.map_or_else(|| "not known".into(), level)),
            "allowed" => Some(facts.allowed.map_or("may", verb).to_owned()),
            "honest" => Some(claim.map(|claim| claim.wording.honest.clone()).unwrap_or_default()),
            "claim" => claim.map(|claim| claim.id.clone()),
            "n" if facts.lines.is_some() => facts.lines.map(|(other, _)| other.to_string()),
            "m" => facts.lines.map(|(_, own)| own.to_string()),
            "n" => facts.count.or_else(|| claim.map(|claim| claim.findings.len())).map(|n| n.to_string()),
            "body" | "qualifier" => facts.other.clone(),
            "distance" => facts.lines.map(|(other, own)| match other.abs_diff(own) {
                1 => "1 line".to_owned(),
                n => format!("{n} lines"),
            }),
            "place" => Some("headline".to_owned()),
            "plain" => facts.plain.clone(),
            "size" => claim.map(|claim| size(claim.magnitude).to_owned()),
            "population" => claim.and_then(|claim| claim.as_studied.as_ref()).map(|pico| pico.population.clone()),
            "source" => {
                let claim = claim?;
                let finding = claim.findings.first()?;
                let source = self.db.source(&finding.source)?;
                Some(source.citation().to_string())
            }
            _ => None,
        }
    }
}
