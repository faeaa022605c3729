//! Findings as sentences in reading order, for screen readers: nothing is drawn, nothing hangs on a column, each line says what it is.

use std::io::{self, Write};

use evidence_claims::{Claim, NoteKind};

use super::{Page, Report, one_line};
use crate::human::best_source;
use crate::style::clean;
use crate::summary::count;

pub(super) fn write(pages: &[Page<'_>], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told = |text: &str| clean(&one_line(text));
    for page in pages.iter().filter(|page| !page.diagnostics.is_empty()) {
        let findings = page.diagnostics.len();
        let (line, column) = if page.is_paragraphs() { ("paragraph", "character") } else { ("line", "column") };
        writeln!(out, "File {}: {}.\n", clean(page.source.name), count(findings, "finding"))?;
        for (number, diagnostic) in (1..).zip(&page.diagnostics) {
            let position = page.source.position(diagnostic.span());
            writeln!(
                out,
                "Finding {number} of {findings}, {}, {line} {}, {column} {}.",
                diagnostic.severity(),
                position.line,
                position.column
            )?;
            writeln!(out, "Problem: {}.", told(diagnostic.message()))?;
            writeln!(out, "Rule: {}.", diagnostic.rule())?;
            let words = told(diagnostic.span().of(page.source.text));
            if !words.is_empty() {
                writeln!(out, "Words: {words}")?;
                writeln!(out, "Sentence: {}", told(page.sentence(diagnostic)))?;
            }
            for label in diagnostic.labels() {
                let number = page.source.position(label.span).line;
                writeln!(out, "See {line} {number}, {}: {}", told(&label.text), told(label.span.of(page.source.text)))?;
            }
            let claim = diagnostic.claim().and_then(|id| report.database?.claim(id));
            let mut source = claim.and_then(|claim: Claim<'_>| best_source(claim));
            for note in diagnostic.notes() {
                if note.kind > NoteKind::Evidence
                    && let Some(source) = source.take()
                {
                    writeln!(out, "Source: {} {}", told(&source.0), source.1)?;
                }
                writeln!(out, "{}: {}", capital(note.kind.as_str()), told(&note.text))?;
            }
            if let Some(source) = source {
                writeln!(out, "Source: {} {}", told(&source.0), source.1)?;
            }
            writeln!(out)?;
        }
    }
    report.close(pages, out)
}

/// `why` as `Why`.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
