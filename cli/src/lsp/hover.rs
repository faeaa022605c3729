//! What stands in a hover: why words were found, which claim they were compared with, how sure that is, and what may be published.

use std::fmt::Write;

use evidence_claims::{Claim, Database, Diagnostic, Direction, NoteKind, Source, Suppressed};
use gen_lsp_types::{MarkupContent, MarkupKind};

use crate::words;

/// The sources that a hover lists; the rest is counted.
const MOST_SOURCES: usize = 8;

/// The findings at a place, as Markdown.
pub(super) fn text<'f>(
    found: impl Iterator<Item = &'f Diagnostic>,
    kept: impl Iterator<Item = &'f Suppressed>,
    database: &Database,
) -> Option<String> {
    let mut parts: Vec<String> = found.map(|diagnostic| finding(diagnostic, database)).collect();
    parts.extend(kept.map(|kept| {
        let reason = if kept.because.is_empty() { "no reason is given" } else { &kept.because };
        format!("**kept** `{}`: {}", kept.diagnostic.rule(), plain(reason))
    }));
    (!parts.is_empty()).then(|| parts.join("\n\n---\n\n"))
}

/// What a client without Markdown gets is the same text, which reads well as it is.
pub(super) fn content(value: String, markdown: bool) -> MarkupContent {
    MarkupContent { kind: if markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }, value }
}

fn finding(diagnostic: &Diagnostic, database: &Database) -> String {
    let mut text = format!("**{}** `{}`: {}", diagnostic.severity(), diagnostic.rule(), plain(diagnostic.message()));
    for note in diagnostic.notes() {
        // The claim below says more than the line on evidence, and holds the sentence.
        let is_said = diagnostic.claim().is_some() && note.kind == NoteKind::Evidence;
        if !is_said {
            let _ = write!(text, "\n\n*{}* {}", note.kind.as_str(), plain(&note.text));
        }
    }
    if let Some(claim) = diagnostic.claim().and_then(|id| database.claim(id)) {
        let _ = write!(text, "\n\n{}", about(claim));
    }
    text
}

/// A claim: what was asked, how sure the answer is and why, what may be published, and where it can be read.
pub(super) fn about(claim: Claim<'_>) -> String {
    let mut text = format!("**{}**\n\n{}, `{}`", plain(claim.proposition()), claim.rating(), claim.id());
    for reason in claim.grade().reasons.iter().filter(|reason| reason.levels > 0) {
        let sign = if reason.domain.is_upgrade() { '+' } else { '−' };
        let domain = reason.domain.as_str().replace('-', " ");
        let _ = write!(text, "\n- {domain} {sign}{}: {}", reason.levels, plain(&reason.why));
    }
    if !claim.honest().is_empty() {
        let _ = write!(text, "\n\n*publish* {}", plain(claim.honest()));
    }
    let sources: Vec<(Direction, Source<'_>)> =
        claim.findings().map(|finding| (finding.direction(), finding.source())).collect();
    if !sources.is_empty() {
        text.push_str("\n\n*sources*");
    }
    for (direction, source) in sources.iter().take(MOST_SOURCES) {
        let retracted = if source.is_retracted() { ", **retracted**" } else { "" };
        let _ = write!(
            text,
            "\n- [{}]({}), {}: {}{retracted}",
            plain(&source.short_citation()),
            source.url(),
            words::design(*source),
            words::direction(*direction),
        );
    }
    if let Some(more) = sources.len().checked_sub(MOST_SOURCES).filter(|more| *more > 0) {
        let _ = write!(text, "\n- and {more} more: `claims show {}`", claim.id());
    }
    text
}

/// Words that are no markup, whatever they hold: copy is quoted here.
fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
