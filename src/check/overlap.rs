//! One finding for one place: where findings overlap, the most specific rule is reported and the others become notes on it.

use super::Checker;
use crate::diagnostic::{Diagnostic, Note, NoteKind, Severity};

/// Resolves the diagnostics from `first` on.
pub(super) fn resolve(checker: &Checker<'_>, found: &mut Vec<Diagnostic>, first: usize) {
    if found.len() - first < 2 {
        return;
    }
    let mut rest = found.split_off(first);
    rest.sort_by_key(|diagnostic| diagnostic.span);
    let mut rest = rest.into_iter().peekable();
    while let Some(diagnostic) = rest.next() {
        let mut span = diagnostic.span;
        let mut cluster = vec![diagnostic];
        while let Some(next) = rest.next_if(|next| next.span.overlaps(span)) {
            span = span.to(next.span);
            cluster.push(next);
        }
        found.push(if cluster.len() == 1 { cluster.swap_remove(0) } else { merge(checker, cluster) });
    }
}

/// The most specific of several overlapping diagnostics, with the others as notes. Their words join its span, since they make it
/// worse ("dramatically" before the claim); notes that say less than a finding leave its span alone.
fn merge(checker: &Checker<'_>, mut cluster: Vec<Diagnostic>) -> Diagnostic {
    let rank = |diagnostic: &Diagnostic| checker.rules.get(diagnostic.rule()).and_then(|&slot| checker.db.records().rules.get(slot)).map_or(u16::MAX, |rule| rule.rank);
    cluster.sort_by_key(|diagnostic| (diagnostic.severity == Severity::Note, rank(diagnostic), diagnostic.span, std::cmp::Reverse(diagnostic.severity)));
    let mut cluster = cluster.into_iter();
    let Some(mut winner) = cluster.next() else { return Diagnostic::new("", Severity::Note, crate::text::Span::default(), "") };
    for other in cluster {
        if winner.severity == Severity::Note || other.severity > Severity::Note {
            winner.span = winner.span.to(other.span);
        }
        winner.severity = winner.severity.max(other.severity);
        let also = other.notes.iter().filter(|note| note.kind == NoteKind::Also).map(|note| note.text.clone());
        let own = (winner.rule != other.rule).then(|| format!("{}: {}", other.rule, other.message).into());
        for text in own.into_iter().chain(also) {
            if !winner.notes.iter().any(|note| note.kind == NoteKind::Also && note.text == text) {
                winner.notes.push(Note { kind: NoteKind::Also, text });
            }
        }
        if winner.claim.is_none() {
            winner.claim = other.claim;
        }
        for topic in other.topics {
            if !winner.topics.contains(&topic) {
                winner.topics.push(topic);
            }
        }
        winner.labels.extend(other.labels);
    }
    winner
}
