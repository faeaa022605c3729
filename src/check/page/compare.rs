//! Places of a page set against each other: headline and body, a claim and its limit, a claim and the disclaimer.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::{Added, Page, Place, Qualified};
use crate::check::Checker;
use crate::check::fast_hasher::FastHasher;
use crate::check::message::Facts;
use crate::database::Database;
use crate::diagnostic::{Diagnostic, NoteKind, Severity};
use crate::document::Document;
use crate::text::Span;

/// Topics are names of ours.
type Hash = BuildHasherDefault<FastHasher>;

/// Rules about what massage does: their words can be qualified elsewhere on the page.
const QUALIFIABLE: [&str; 9] = [
    "certainty-exceeds-evidence",
    "contradicted-by-evidence",
    "can-as-hedge",
    "magnitude-inflation",
    "cure-claim",
    "serious-condition-claim",
    "condition-without-evidence",
    "immune-boost-claim",
    "biomarker-as-benefit",
];

/// The rules about two places of a page.
const HEADLINE: &str = "headline-exceeds-body";
const DISTANT: &str = "distant-qualifier";
const DISCLAIMER: &str = "disclaimer-contradicts-body";
const DRIFT: &str = "hedge-drift";

impl Page {
    /// A title, a button or a conclusion that claims more than the body.
    pub(super) fn headlines(&self, checker: &Checker<'_>, found: &[Diagnostic], added: &mut Vec<Added>) {
        if checker.rule(HEADLINE).is_none() {
            return;
        }
        // What the body itself claims needs no headline to be too strong.
        let mut claimed: HashSet<&str, Hash> = HashSet::default();
        let mut known: HashSet<*const Arc<str>, Hash> = HashSet::default();
        for (_, diagnostic, _) in self.strong(found).filter(|(_, _, place)| !place.prominent) {
            // Most findings share their list of topics with others.
            if known.insert(diagnostic.topics.as_ptr()) {
                claimed.extend(diagnostic.topics.iter().map(|topic| &**topic));
            }
        }
        // The first limit in the body, for each subject and for none in particular.
        let mut limits: HashMap<Option<&str>, &Qualified, Hash> = HashMap::default();
        for qualified in self.qualified.iter().filter(|limit| limit.is_limit && !limit.prominent) {
            limits.entry(qualified.topic.as_deref()).or_insert(qualified);
        }
        let any = limits.values().copied().min_by_key(|qualified| qualified.block);
        for (slot, diagnostic, _) in self.strong(found).filter(|(_, _, place)| place.prominent) {
            if diagnostic.topics.iter().any(|topic| claimed.contains(&**topic)) {
                continue;
            }
            let specific = |topic: &Arc<str>| !matches!(&**topic, "disease" | "scope" | "general-wellbeing");
            let own =
                diagnostic.topics.iter().find_map(|topic| limits.get(&Some(&**topic))).or(limits.get(&None)).copied();
            // A finding without a subject ("clinically proven") meets any limit.
            let body = own.or(any.filter(|_| !diagnostic.topics.iter().any(specific)));
            if let Some(body) = body {
                added.push(Added::Beside { rule: HEADLINE, slot, other: body.bytes });
            }
        }
    }

    /// A claim whose limit stands in another part of the page, or behind an asterisk that leads nowhere near.
    pub(super) fn qualifiers(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
        added: &mut Vec<Added>,
    ) {
        if checker.rule(DISTANT).is_none() {
            return;
        }
        let text = document.text();
        // Limits by subject, in the order of their blocks.
        let mut by_topic: HashMap<&str, Vec<&Qualified>, Hash> = HashMap::default();
        for qualified in self.qualified.iter().filter(|limit| limit.is_limit) {
            if let Some(topic) = &qualified.topic {
                by_topic.entry(topic).or_default().push(qualified);
            }
        }
        let general = |limit: &&Qualified| limit.general && limit.is_limit;
        let general: Vec<&Qualified> = self.qualified.iter().filter(general).collect();
        for (slot, diagnostic, Place { block, .. }) in self.strong(found) {
            if !QUALIFIABLE.contains(&diagnostic.rule()) {
                continue;
            }
            let shared = diagnostic.topics.iter().filter_map(|topic| by_topic.get(&**topic)).chain([&general]);
            let near = shared.clone().any(|limits| {
                let from = limits.partition_point(|limit| limit.block + 1 < *block);
                limits.get(from).is_some_and(|limit| limit.block <= block + 1)
            });
            // The nearest of those that are too far away.
            let around = |limits: &&Vec<&'_ Qualified>| {
                let from = limits.partition_point(|limit| limit.block < *block);
                [from.checked_sub(1), Some(from)]
                    .map(|at| at.and_then(|at| limits.get(at)).map(|limit| (limit.block, limit.bytes)))
            };
            let places = shared.flat_map(|limits| around(&limits)).flatten();
            let distant = if near { None } else { places.min_by_key(|(at, _)| at.abs_diff(*block)) };
            if let Some((_, distant)) = distant {
                added.push(Added::Beside { rule: DISTANT, slot, other: distant });
                continue;
            }
            // "Relieves tension*": the note must stand directly below.
            let Some(own) = document.blocks().get(*block) else { continue };
            let range = own.range.clone();
            // In the masked text: the mark that ends emphasis leads nowhere.
            let star = document
                .masked(own)
                .get(diagnostic.span.end()..range.end.min(diagnostic.span.end() + 3))
                .is_some_and(|after| after.trim_start_matches(['.', '!']).starts_with('*') && !after.starts_with("**"));
            let below = document.blocks().get(block + 1).and_then(|next| text.get(next.range.clone()));
            if star && !below.is_some_and(|note| note.trim_start().starts_with('*')) {
                added.push(Added::Beside { rule: DISTANT, slot, other: range.into() });
            }
        }
    }

    /// A claim that the page's own disclaimer denies.
    pub(super) fn disclaimed(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
        added: &mut Vec<Added>,
    ) {
        let Some(disclaimer) = self.disclaimers.first().filter(|_| checker.rule(DISCLAIMER).is_some()) else { return };
        const DENIED: [&str; 7] = [
            "cure-claim",
            "serious-condition-claim",
            "condition-without-evidence",
            "discourages-medical-care",
            "diagnosis-claim",
            "immune-boost-claim",
            "guaranteed-outcome",
        ];
        let against = |(_, d, _): &(usize, &Diagnostic, &Place)| rules_of(d).any(|rule| DENIED.contains(&rule));
        let first = self.strong(found).find(against);
        // A universal promise contradicts "results may vary".
        let first = first.or_else(|| {
            self.strong(found).find(|(_, d, place)| {
                let block = document.blocks().get(place.block);
                let text = block.and_then(|block| document.text().get(block.range.clone()));
                d.rule() == "universal-claim" || text.is_some_and(|text| text.contains("100%"))
            })
        });
        if let Some((slot, ..)) = first.filter(|(_, d, _)| !d.span.overlaps(disclaimer.clone().into())) {
            added.push(Added::Beside { rule: DISCLAIMER, slot, other: disclaimer.clone().into() });
        }
    }

    /// A claim that was hedged a few sentences before: "may ease pain", then "this relief".
    pub(super) fn drift(&self, checker: &Checker<'_>, found: &[Diagnostic], added: &mut Vec<Added>) {
        if checker.rule(DRIFT).is_none() {
            return;
        }
        for (slot, diagnostic, Place { block, prominent, .. }) in self.strong(found) {
            if *prominent || !is_qualifiable(diagnostic) {
                continue;
            }
            // Further away it is a distant qualifier. Limits stand in the order of their blocks.
            let from = self.qualified.partition_point(|limit| limit.block + 1 < *block);
            let to = self.qualified.partition_point(|limit| limit.block <= *block);
            let hedged = self.qualified.get(from..to).unwrap_or(&[]).iter().rev().find(|limit| {
                limit.bytes.end() <= diagnostic.span.start()
                    && !limit.prominent
                    && limit.topic.as_ref().is_some_and(|topic| diagnostic.topics.contains(topic))
            });
            if let Some(hedged) = hedged {
                added.push(Added::Beside { rule: DRIFT, slot, other: hedged.bytes });
            }
        }
    }

    /// The findings that say too much, each with its slot and its place.
    fn strong<'f>(&'f self, found: &'f [Diagnostic]) -> impl Iterator<Item = (usize, &'f Diagnostic, &'f Place)> {
        let all = found.iter().zip(&self.places).enumerate();
        all.map(|(slot, (diagnostic, place))| (slot, diagnostic, place))
            .filter(|(_, diagnostic, _)| diagnostic.severity > Severity::Note)
    }
}

impl Facts<'_> {
    /// Takes up that the words of a finding do not fit the `other` words of the page.
    pub(super) fn beside(&mut self, db: &Database, about: &Diagnostic, other: Span) {
        self.other = Some((other, short(other.of(self.document.text()))));
        self.claim = about.claim.as_deref().and_then(|id| db.claim_slot(id));
    }
}

/// Whether a finding, or what was found at the same words (the plain sense of a garbled phrase), says what massage does.
fn is_qualifiable(diagnostic: &Diagnostic) -> bool {
    rules_of(diagnostic).any(|rule| QUALIFIABLE.contains(&rule))
}

/// The rules of a finding: its own, and those of the findings that its notes tell of.
pub(super) fn rules_of(diagnostic: &Diagnostic) -> impl Iterator<Item = &str> {
    let told = diagnostic.notes.iter().filter(|note| note.kind == NoteKind::Also);
    std::iter::once(diagnostic.rule()).chain(told.filter_map(|note| note.text.split(' ').next()?.strip_suffix(':')))
}

/// The first words of a sentence, on one line.
fn short(text: &str) -> String {
    const MOST: usize = 8;
    let mut words = text.split_ascii_whitespace();
    let mut short = String::with_capacity(64);
    for (at, word) in words.by_ref().take(MOST).enumerate() {
        if at > 0 {
            short.push(' ');
        }
        short.push_str(word);
    }
    if words.next().is_some() {
        short.push_str(" …");
    }
    short
}
