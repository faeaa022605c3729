//! Findings for people: title, the words in their line, then what, why, evidence and what to do.
//!
//! Copy and data files are shown the same way. Never changes a verdict.

use std::collections::HashMap;
use std::fmt::Write;

use evidence_claims::{Claim, Database, Diagnostic, NoteKind, Source as Publication};

use crate::snippet::{self, Source};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::window::columns;
use crate::wrap;

/// Columns of the word before a remark: the longest, `authority`, and a space.
const LABEL: usize = 10;

/// Remarks wider than this are said once and then referred to.
const LONG: usize = 60;

/// Writes findings, and remembers what it has said already.
#[derive(Debug)]
pub(crate) struct Human<'db> {
    terminal: Terminal,
    /// Where the claims are that findings name; nothing for findings in data.
    database: Option<&'db Database>,
    /// Long remarks, and the place of the finding that has them.
    said: HashMap<(NoteKind, String), String>,
}

impl<'db> Human<'db> {
    /// For a terminal.
    pub(crate) fn new(terminal: Terminal, database: Option<&'db Database>) -> Self {
        Self { terminal, database, said: HashMap::new() }
    }

    /// Appends one finding and an empty line.
    pub(crate) fn finding(&mut self, out: &mut String, source: &Source<'_>, diagnostic: &Diagnostic) {
        self.title(out, diagnostic);
        let place = format!("{}:{}", source.name, source.position(diagnostic.span()));
        let gutter = source.lines.position(source.text, diagnostic.span().end()).line.to_string().len();
        let remarks = self.remarks(diagnostic, &place, self.terminal.width.saturating_sub(gutter + 3));
        out.push_str(&snippet::draw(source, diagnostic, remarks, self.terminal));
        out.push('\n');
    }

    /// Appends findings one to a line, for those that are worth knowing but ask for nothing.
    pub(crate) fn brief<'a>(
        &self,
        out: &mut String,
        source: &Source<'_>,
        diagnostics: impl Iterator<Item = &'a Diagnostic>,
    ) {
        let rows: Vec<(String, &Diagnostic)> =
            diagnostics.map(|diagnostic| (source.position(diagnostic.span()).to_string(), diagnostic)).collect();
        let Some(widest) = rows.iter().map(|(place, _)| place.len()).max() else { return };
        let _ = writeln!(out, "{} in {}", paint(style::NOTE, "notes"), style::clean(source.name));
        for (place, diagnostic) in rows {
            let text = format!("{} [{}]", style::clean(diagnostic.message()), diagnostic.rule());
            let lines = wrap::lines(&text, self.terminal.width.saturating_sub(widest + 4), "", "");
            let indent = format!("\n{}", " ".repeat(widest + 4));
            let _ = writeln!(out, "  {}{place}  {}", " ".repeat(widest - place.len()), lines.join(&indent));
        }
        out.push('\n');
    }

    /// `error: message`, folded so that further lines stand under the message.
    fn title(&self, out: &mut String, diagnostic: &Diagnostic) {
        let severity = diagnostic.severity();
        let head = format!("{severity}:");
        let message = style::clean(diagnostic.message());
        let hang = " ".repeat(head.len() + 1);
        for (number, line) in
            wrap::lines(&format!("{head} {message}"), self.terminal.width, "", &hang).iter().enumerate()
        {
            let _ = match line.strip_prefix(&head).filter(|_| number == 0) {
                Some(rest) => {
                    writeln!(out, "{}{}", paint(style::severity(severity), &head), paint(style::STRONG, rest))
                }
                None => writeln!(out, "{}", paint(style::STRONG, line)),
            };
        }
    }

    /// The remarks under the words, each folded to `width`.
    fn remarks(&mut self, diagnostic: &Diagnostic, place: &str, width: usize) -> Vec<String> {
        let mut remarks = Vec::new();
        for group in diagnostic.notes().chunk_by(|a, b| a.kind == b.kind) {
            let Some(kind) = group.first().map(|note| note.kind) else { continue };
            let mut above = None;
            let mut lines = Vec::new();
            for note in group {
                let text = style::clean(&note.text);
                if matches!(kind, NoteKind::Why | NoteKind::Evidence | NoteKind::Authority) && columns(&text) > LONG {
                    if let Some(place) = self.said.get(&(kind, text.clone())) {
                        above = Some(place.clone());
                        continue;
                    }
                    self.said.insert((kind, text.clone()), place.to_owned());
                }
                lines.extend(wrap::lines(&text, width.saturating_sub(LABEL), "", ""));
            }
            if let Some(place) = above {
                let what = if lines.is_empty() { "" } else { "sources " };
                lines.push(paint(style::QUIET, format!("{what}as above, at {place}")));
            }
            remarks.push(remark(kind, &lines));
        }
        remarks
    }
}

/// The word for the kind, and lines hanging under the first.
fn remark(kind: NoteKind, lines: &[String]) -> String {
    let label = match kind {
        NoteKind::Do => paint(style::GOOD.bold(), kind.as_str()),
        _ => paint(style::STRONG, kind.as_str()),
    };
    let space = " ".repeat(LABEL.saturating_sub(kind.as_str().len()));
    let lines: Vec<String> = match kind {
        NoteKind::Do => lines.iter().map(|line| paint(style::GOOD, line)).collect(),
        _ => lines.to_vec(),
    };
    format!("{label}{space}{}", lines.join(&format!("\n{}", " ".repeat(LABEL))))
}
