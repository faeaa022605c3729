//! Findings as JSON, schema 1. Offsets are bytes of the file as it is on disk; line and column count from 1, columns in
//! characters.

use std::fmt;
use std::io::{self, Write};

use evidence_claims::{Applicability, Diagnostic, Label, Note, Position, Severity, Span};

use serde::{Serialize, Serializer};

use crate::stop::Stop;
use crate::terminal::Output;

/// The number of this format; it changes only when a reader of the old one would break.
const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Debug, Serialize)]
pub(crate) struct Report<'a> {
    schema: u32,
    files: Vec<File<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct File<'a> {
    path: &'a str,
    /// When it is not UTF-8; offsets then count bytes of the text in UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    diagnostics: Findings<'a>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Severity,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    message: &'a str,
    claim: Option<&'a str>,
    topics: Vec<&'a str>,
    fixes: Vec<Replacement<'a>>,
    notes: &'a [Note],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct Replacement<'a> {
    start: usize,
    end: usize,
    replacement: &'a str,
    applicability: Applicability,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Report<'a> {
    /// A report over `files`.
    pub(crate) fn new(files: Vec<File<'a>>) -> Self {
        Self { schema: SCHEMA, files }
    }
}

/// `value` as JSON on several lines, ended by a newline; for what is small.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    text.push('\n');
    Ok(text)
}

/// Writes `value` as JSON on several lines, ended by a newline.
pub(crate) fn write(value: &impl Serialize) -> Result<(), Stop> {
    let mut out = Output::default();
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

impl<'a> File<'a> {
    /// The findings of one file whose text begins `skipped` bytes after the start of the file.
    pub(crate) fn new(
        path: &'a str,
        position: impl Fn(Span) -> Position + 'a,
        skipped: usize,
        diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    ) -> Self {
        let diagnostics = diagnostics.into_iter().collect();
        Self { path, encoding: None, diagnostics: Findings { diagnostics, position: Box::new(position), skipped } }
    }
}

impl File<'_> {
    /// The same, in this encoding; `None` is UTF-8.
    pub(crate) fn encoding(self, encoding: Option<&'static str>) -> Self {
        Self { encoding, ..self }
    }
}

/// Findings that take their JSON form one by one while they are written: a long page has tens of thousands.
struct Findings<'a> {
    diagnostics: Vec<&'a Diagnostic>,
    position: Box<dyn Fn(Span) -> Position + 'a>,
    skipped: usize,
}

impl fmt::Debug for Findings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostics.fmt(f)
    }
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.diagnostics.iter().map(|diagnostic| self.finding(diagnostic)))
    }
}

impl Findings<'_> {
    fn finding<'d>(&self, diagnostic: &'d Diagnostic) -> Finding<'d> {
        let bytes = |span: Span| (span.start() + self.skipped, span.end() + self.skipped);
        let (start, end) = bytes(diagnostic.span());
        let position = (self.position)(diagnostic.span());
        let fixes = diagnostic.fixes().iter().map(|fix| {
            let (start, end) = bytes(fix.span());
            Replacement { start, end, replacement: fix.replacement(), applicability: fix.applicability() }
        });
        let labels = diagnostic.labels().iter().map(|Label { span, text }| {
            let (start, end) = bytes(*span);
            Place { start, end, text }
        });
        Finding {
            rule: diagnostic.rule(),
            severity: diagnostic.severity(),
            start,
            end,
            line: position.line,
            column: position.column,
            message: diagnostic.message(),
            claim: diagnostic.claim(),
            topics: diagnostic.topics().collect(),
            fixes: fixes.collect(),
            notes: diagnostic.notes(),
            labels: labels.collect(),
        }
    }
}
