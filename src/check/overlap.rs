//! One finding for one place: where findings overlap, the most specific rule is reported and the others become notes on it.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::Checker;
use super::lexicon::FastHasher;
use super::texts::clean;
use crate::diagnostic::{Diagnostic, Note, NoteKind, Severity};
use crate::document::Document;

/// Resolves the diagnostics from `first` on.
pub(super) fn resolve(checker: &Checker<'_>, document: &Document, found: &mut Vec<Diagnostic>, first: usize) {
    if found.len() - first < 2 {
        return;
    }
    // In place: a long page has so many findings that a second list of them would be felt. What the page adds stands in runs that
    // are in order, which a stable sort merges.
    if let Some(rest) = found.get_mut(first..) {
        rest.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    }
    let (mut from, mut kept) = (first, first);
    while from < found.len() {
        let mut span = found[from].span;
        let mut to = from + 1;
        while let Some(next) = found.get(to).filter(|next| next.span.overlaps(span)) {
            span = span.to(next.span);
            to += 1;
        }
        if to > from + 1 {
            merge(checker, document, &mut found[from..to]);
        }
        if kept < from {
            found.swap(kept, from);
        }
        kept += 1;
        from = to;
    }
    found.truncate(kept);
}

/// Makes the first of several overlapping diagnostics the most specific of them, with the others as notes. Their words join its
/// span, since they make it worse ("dramatically" before the claim); notes that say less than a finding leave its span alone.
fn merge(checker: &Checker<'_>, document: &Document, cluster: &mut [Diagnostic]) {
    let rank = |diagnostic: &Diagnostic| {
        checker
            .rules
            .get(diagnostic.rule())
            .and_then(|&slot| checker.db.records().rules.get(slot))
            .map_or(u16::MAX, |rule| rule.rank)
    };
    cluster.sort_by_cached_key(|diagnostic| {
        (
            diagnostic.severity == Severity::Note,
            rank(diagnostic),
            diagnostic.span,
            std::cmp::Reverse(diagnostic.severity),
        )
    });
    let listed = (0..cluster.len())
        .filter(|&at| cluster.get(at).is_some_and(|d| d.listed && d.severity > Severity::Note))
        .max_by_key(|&at| cluster.get(at).map(|d| d.span.len()));
    // Where the first speaks of another claim than the one that lists the words, the latter speaks.
    let speaks = |at: &usize| {
        cluster.first().zip(cluster.get(*at)).is_some_and(|(first, d)| first.claim.is_some() && first.claim != d.claim)
    };
    let listed = match listed.filter(speaks) {
        Some(at) => {
            cluster[..=at].rotate_right(1);
            None
        }
        None => listed,
    };
    let Some((winner, others)) = cluster.split_first_mut() else { return };
    let own = winner.span;
    // What is said already: looked up where a cluster is so large that looking through its notes would be felt.
    let mut said: Option<HashSet<Arc<str>, BuildHasherDefault<FastHasher>>> = (others.len() > 8).then(|| {
        let also = winner.notes.iter().filter(|note| note.kind == NoteKind::Also);
        also.map(|note| note.text.clone()).collect()
    });
    for other in others.iter() {
        if winner.severity == Severity::Note || other.severity > Severity::Note {
            winner.span = winner.span.to(other.span);
        }
        winner.severity = winner.severity.max(other.severity);
        let also = other.notes.iter().filter(|note| note.kind == NoteKind::Also).map(|note| note.text.clone());
        let own = (winner.rule != other.rule).then(|| [&*other.rule, ": ", &*other.message].concat().into());
        for text in own.into_iter().chain(also) {
            let is_new = match &mut said {
                Some(said) => said.insert(text.clone()),
                None => !winner.notes.iter().any(|note| note.kind == NoteKind::Also && note.text == text),
            };
            if is_new {
                if said.is_none() {
                    winner.notes.reserve_exact(1);
                }
                winner.notes.push(Note { kind: NoteKind::Also, text });
            }
        }
        if winner.claim.is_none() {
            winner.claim.clone_from(&other.claim);
        }
        for topic in &other.topics {
            if !winner.topics.contains(topic) {
                winner.topics.reserve_exact(1);
                winner.topics.push(topic.clone());
            }
        }
        winner.labels.extend_from_slice(&other.labels);
    }
    // The message quotes the words that the span covers.
    if winner.span != own {
        let [before, after] = [own, winner.span].map(|span| clean(&document.seen(span)));
        winner.message = winner.message.replacen(&before, &after, 1);
    }
    // A listed overclaim knows its claim best: its evidence and its sentence are shown.
    let listed = listed.and_then(|at| others.get_mut(at.checked_sub(1)?));
    if let Some(listed) = listed.filter(|listed| listed.claim != winner.claim) {
        let own = |kind: NoteKind| matches!(kind, NoteKind::Evidence | NoteKind::Do);
        winner.notes.retain(|note| !own(note.kind));
        let at = winner.notes.iter().take_while(|note| matches!(note.kind, NoteKind::What | NoteKind::Why)).count();
        let notes = std::mem::take(&mut listed.notes);
        winner.notes.splice(at..at, notes.into_iter().filter(|note| own(note.kind)));
        winner.claim.clone_from(&listed.claim);
        winner.fixes = std::mem::take(&mut listed.fixes);
    }
}
