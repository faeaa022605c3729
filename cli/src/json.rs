//! Findings as JSON, schema 1. Offsets are bytes of the file as it is on disk; lines and columns count from 1, columns in
//! characters and in UTF-16 code units. Ends are the first place after the words. A .docx has no text on disk: its lines are its
//! paragraphs, and offsets are bytes of these lines.

use std::io::{self, Write};

use evidence_claims::{Applicability, Diagnostic, Label, Note, PlaceInParagraph, Severity, Span};

use serde::{Serialize, Serializer};

use crate::report::{Fingerprint, Page};
use crate::stop::Stop;
use crate::terminal::Output;

/// The number of this format; it changes only when a reader of the old one would break.
const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    /// When it is not UTF-8; offsets then count bytes of the text in UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    diagnostics: Findings<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Kept<'a>>,
}

#[derive(Serialize)]
struct Kept<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    because: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    rule: &'a str,
    severity: Severity,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    column_utf16: usize,
    end_line: usize,
    end_column: usize,
    end_column_utf16: usize,
    /// In a table: the row, of which the header is the first, and the name of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Field>,
    /// In a .docx: the paragraph, from 1, and the characters in it, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<Characters>,
    message: &'a str,
    claim: Option<&'a str>,
    topics: Vec<&'a str>,
    fingerprint: Fingerprint,
    fixes: Vec<Replacement<'a>>,
    notes: &'a [Note],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Field {
    row: usize,
    column: String,
}

#[derive(Serialize)]
struct Characters {
    number: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Replacement<'a> {
    start: usize,
    end: usize,
    replacement: &'a str,
    applicability: Applicability,
}

#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Writes one document over all pages.
pub(crate) fn report(pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
    let files = pages.iter().map(|page| File {
        path: page.path,
        encoding: page.encoding,
        diagnostics: Findings(page),
        suppressed: (page.suppressed.iter())
            .map(|kept| Kept { finding: finding(page, &kept.diagnostic), because: &kept.because })
            .collect(),
    });
    serde_json::to_writer_pretty(&mut *out, &Report { schema: SCHEMA, files: files.collect() })?;
    writeln!(out)
}

/// Writes one finding a line, each with its path.
pub(crate) fn lines(pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
    for page in pages {
        for diagnostic in &page.diagnostics {
            let finding = Finding { path: Some(page.path), ..finding(page, diagnostic) };
            serde_json::to_writer(&mut *out, &finding)?;
            writeln!(out)?;
        }
    }
    Ok(())
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

/// Findings that take their JSON form one by one while they are written: a long page has tens of thousands.
struct Findings<'a>(&'a Page<'a>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.diagnostics.iter().map(|diagnostic| finding(self.0, diagnostic)))
    }
}

fn finding<'a>(page: &Page<'_>, diagnostic: &'a Diagnostic) -> Finding<'a> {
    let bytes = |span: Span| (span.start() + page.skipped, span.end() + page.skipped);
    let span = diagnostic.span();
    let (start, end) = bytes(span);
    let (first, last) = page.source.ends(span);
    let fixes = diagnostic.fixes().iter().map(|fix| {
        let (start, end) = bytes(fix.span());
        Replacement { start, end, replacement: fix.replacement(), applicability: fix.applicability() }
    });
    let labels = diagnostic.labels().iter().map(|Label { span, text }| {
        let (start, end) = bytes(*span);
        Place { start, end, text }
    });
    Finding {
        path: None,
        rule: diagnostic.rule(),
        severity: diagnostic.severity(),
        start,
        end,
        line: first.line,
        column: first.column,
        column_utf16: page.source.utf16_column(span.start()),
        end_line: last.line,
        end_column: last.column,
        end_column_utf16: page.source.utf16_column(span.end()),
        cell: page
            .document
            .and_then(|document| document.cell(span))
            .map(|cell| Field { row: cell.row, column: cell.column }),
        paragraph: page
            .document
            .and_then(|document| document.place_in_paragraph(span))
            .map(|PlaceInParagraph { number, start, end, .. }| Characters { number, start, end }),
        message: diagnostic.message(),
        claim: diagnostic.claim(),
        topics: diagnostic.topics().collect(),
        fingerprint: Fingerprint::new(page, diagnostic),
        fixes: fixes.collect(),
        notes: diagnostic.notes(),
        labels: labels.collect(),
    }
}
