//! One finding for one span and cause: the most specific rule is reported, the others become notes on it.

use super::Checker;
use crate::diagnostic::{Diagnostic, NoteKind, Severity};

/// Resolves the diagnostics of one sentence, those from `first` on.
pub(super) fn resolve(checker: &Checker<'_>, found: &mut Vec<Diagnostic>, first: usize) {
    if found.len() - first < 2 {
        return;
    }
    let mut sentence = found.split_off(first);
    let rank = |diagnostic: &Diagnostic| checker.rules.get(diagnostic.rule()).and_then(|&slot| checker.db.records().rules.get(slot)).map_or(u16::MAX, |rule| rule.rank);
    // Errors and warnings before notes, specific before general, so that the winner of a span comes first.
    sentence.sort_by_key(|diagnostic| (diagnostic.severity == Severity::Note, rank(diagnostic), diagnostic.span, std::cmp::Reverse(diagnostic.severity)));
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in sentence {
        match kept.iter_mut().find(|winner| winner.span.overlaps(diagnostic.span)) {
            None => kept.push(diagnostic),
            Some(winner) => {
                winner.severity = winner.severity.max(diagnostic.severity);
                if winner.rule != diagnostic.rule {
                    let text = format!("{}: {}", diagnostic.rule, diagnostic.message);
                    if !winner.notes.iter().any(|note| note.kind == NoteKind::Also && note.text == text) {
                        winner.notes.push(crate::diagnostic::Note { kind: NoteKind::Also, text });
                    }
                }
                if winner.claim.is_none() {
                    winner.claim = diagnostic.claim;
                }
                for topic in diagnostic.topics {
                    if !winner.topics.contains(&topic) {
                        winner.topics.push(topic);
                    }
                }
            }
        }
    }
    found.extend(kept);
}
