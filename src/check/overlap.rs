//! One finding for one place: where findings overlap, the most specific rule is reported and the others become notes on it.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::fast_hasher::FastHasher;
use super::page::{Added, Page};
use super::phrase::TESTIMONIAL;
use super::{Checker, edit};
use crate::diagnostic::{Applicability, Diagnostic, Note, NoteKind, Severity, and, sort};
use crate::document::Document;
use crate::text::Span;

/// Room for what is told of findings that become notes, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    text: String,
    said: Vec<Note>,
}

/// Resolves the diagnostics from `first` on.
pub(super) fn resolve(
    checker: &Checker<'_>,
    document: &Document,
    room: &mut Room,
    found: &mut Vec<Diagnostic>,
    first: usize,
) {
    if found.len() - first < 2 {
        return;
    }
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
            merge(checker, document, room, &mut found[from..to]);
        }
        if kept < from {
            found.swap(kept, from);
        }
        kept += 1;
        from = to;
    }
    found.truncate(kept);
}

/// The place of a rule among those that find the same words: the lowest speaks.
fn rank(checker: &Checker<'_>, rule: &str) -> u16 {
    checker.record(rule).map_or(u16::MAX, |rule| rule.rank)
}

/// One finding of all that overlap: `own` of the sentences, which are in these `slots`, and what the page adds beside them.
pub(super) fn join<'a>(
    checker: &Checker<'_>,
    document: &Document,
    page: &Page,
    room: &mut Room,
    (slots, own): (&[usize], &mut Vec<Diagnostic>),
    added: impl Iterator<Item = &'a Added>,
) -> Option<Diagnostic> {
    let weight = |rule: &str, severity: Severity| (severity == Severity::Note, rank(checker, rule));
    let first = own.iter().map(|diagnostic| weight(diagnostic.rule(), diagnostic.severity)).min();
    for added in added {
        let about = slots.iter().position(|&slot| added.slot() == Some(slot)).and_then(|at| own.get(at));
        // Nearly all become a note of another, and need not be told whole.
        let may_speak = |rule: &str, severity| first.is_none_or(|first| weight(rule, severity) <= first);
        own.push(page.beside(checker, document, about, added, may_speak));
    }
    resolve(checker, document, room, own, 0);
    own.drain(..).next()
}

/// Puts what the page adds beside the findings of its sentences, and makes one of those that overlap.
pub(super) fn assemble(
    checker: &Checker<'_>,
    document: &Document,
    page: &Page,
    found: Vec<Diagnostic>,
    added: &[Added],
) -> Vec<Diagnostic> {
    let count = found.len();
    let spans = found.iter().map(|diagnostic| diagnostic.span);
    let spans = spans.chain(added.iter().map(|added| page.span_of(&found, added)));
    let mut items: Vec<(Span, u32)> = Vec::with_capacity(count + added.len());
    items.extend(spans.zip(0..));
    items.sort_unstable();
    // In place: a long page has so many findings that a second list of them would be felt.
    let mut found: Vec<Option<Diagnostic>> = found.into_iter().map(Some).collect();
    let (mut alone, mut own, mut slots, mut room) = (Vec::new(), Vec::new(), Vec::new(), Room::default());
    let mut rest = items.as_slice();
    while let Some(&(mut span, _)) = rest.first() {
        let mut length = 1;
        while let Some((next, _)) = rest.get(length).filter(|(next, _)| next.overlaps(span)) {
            span = span.to(*next);
            length += 1;
        }
        let (cluster, others) = rest.split_at(length);
        rest = others;
        // Most stand alone.
        let all = cluster.iter().map(|&(_, slot)| slot as usize);
        if cluster.len() == 1 && all.clone().all(|slot| slot < count) {
            continue;
        }
        slots.clear();
        slots.extend(all.clone().filter(|&slot| slot < count));
        own.extend(slots.iter().filter_map(|&slot: &usize| found.get_mut(slot)?.take()));
        let added = all.filter_map(|slot| added.get(slot.checked_sub(count)?));
        let joined = join(checker, document, page, &mut room, (&slots, &mut own), added);
        match slots.first().and_then(|&slot| found.get_mut(slot)) {
            Some(place) => *place = joined,
            None => alone.extend(joined),
        }
    }
    // In place again, which flattening would not be.
    found.retain(Option::is_some);
    let mut found: Vec<Diagnostic> = found.into_iter().map_while(|diagnostic| diagnostic).collect();
    found.extend(alone);
    sort(&mut found);
    found
}

/// Makes the first of several overlapping diagnostics the most specific of them, with the others as notes. Their words join its
/// span, since they make it worse ("dramatically" before the claim); notes that say less than a finding leave its span alone.
fn merge(checker: &Checker<'_>, document: &Document, room: &mut Room, cluster: &mut [Diagnostic]) {
    let weight = |diagnostic: &Diagnostic| {
        (
            diagnostic.severity == Severity::Note,
            rank(checker, diagnostic.rule()),
            // Of one rule, the finding that was held against evidence knows more.
            diagnostic.claim.is_none(),
            diagnostic.span,
            std::cmp::Reverse(diagnostic.severity),
        )
    };
    match cluster {
        [first, second] if weight(first) <= weight(second) => {}
        [first, second] => std::mem::swap(first, second),
        _ => cluster.sort_by_cached_key(weight),
    }
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
    let (own, claim) = (winner.span, winner.claim.clone());
    // What speaks for no claim of its own takes over the evidence and the sentence of one that was held against a claim. What a client
    // told cannot be put into other words.
    let may_adopt = claim.is_none() && checker.record(winner.rule()).is_some_and(|rule| rule.family != TESTIMONIAL);
    let has_sentence = |other: &Diagnostic| other.severity > Severity::Note && other.claim.is_some();
    let adopted = may_adopt.then(|| others.iter().position(has_sentence)).flatten();
    let mut span = own;
    // What is said already: looked up where a cluster is so large that looking through its notes would be felt.
    let mut known: Option<HashSet<Arc<str>, BuildHasherDefault<FastHasher>>> = (others.len() > 8).then(|| {
        let also = winner.notes.iter().filter(|note| note.kind == NoteKind::Also);
        also.map(|note| note.text.clone()).collect()
    });
    let Room { text, said } = room;
    for other in others.iter_mut() {
        if winner.severity == Severity::Note || other.severity > Severity::Note {
            span = span.to(other.span);
        }
        winner.severity = winner.severity.max(other.severity);
        let also = other.notes.iter().filter(|note| note.kind == NoteKind::Also).map(|note| note.text.clone());
        let own = (winner.rule != other.rule).then(|| {
            text.clear();
            text.extend([&*other.rule, ": ", &*other.message]);
            Arc::from(text.as_str())
        });
        for text in own.into_iter().chain(also) {
            let is_new = match &mut known {
                Some(known) => known.insert(text.clone()),
                None => {
                    let mut notes = winner.notes.iter().chain(said.iter());
                    !notes.any(|note| note.kind == NoteKind::Also && note.text == text)
                }
            };
            if is_new {
                said.push(Note { kind: NoteKind::Also, text });
            }
        }
        if winner.claim.is_none() {
            winner.claim.clone_from(&other.claim);
        }
        if !Arc::ptr_eq(&winner.topics, &other.topics) {
            let new: Vec<_> = other.topics.iter().filter(|topic| !winner.topics.contains(topic)).cloned().collect();
            if !new.is_empty() {
                winner.topics = and(&winner.topics, new);
            }
        }
        if winner.labels.is_empty() {
            winner.labels = std::mem::take(&mut other.labels);
        } else {
            winner.labels.append(&mut other.labels);
        }
    }
    if !said.is_empty() {
        winner.notes = and(&winner.notes, said.drain(..));
    }
    // The message quotes the words that the span covers.
    if span != own {
        edit::quote(document, winner, span);
    }
    // A listed overclaim knows its claim best: its evidence and its sentence are shown.
    let teller = listed.and_then(|at| at.checked_sub(1)).or(adopted);
    if let Some(teller) = teller.and_then(|at| others.get_mut(at)).filter(|teller| teller.claim != claim) {
        let own = |kind: NoteKind| matches!(kind, NoteKind::Evidence | NoteKind::Do);
        // What to do about a promise stays true beside what could be written.
        let stays = |kind: NoteKind| !own(kind) || (!teller.listed && kind == NoteKind::Do);
        let mut notes: Vec<Note> = winner.notes.iter().filter(|note| stays(note.kind)).cloned().collect();
        for kind in [NoteKind::Evidence, NoteKind::Do] {
            // Behind what stands before such a note, and behind those of its kind.
            let at = notes.iter().take_while(|note| note.kind <= kind).count();
            notes.splice(at..at, teller.notes.iter().filter(|note| note.kind == kind).cloned());
        }
        winner.notes = notes.into();
        winner.claim.clone_from(&teller.claim);
        winner.fixes = std::mem::take(&mut teller.fixes);
        // The smallest edit mends what the other found, and leaves a promise a promise.
        if !teller.listed {
            winner.fixes.retain(|fix| fix.applicability == Applicability::Manual);
        }
    }
}
