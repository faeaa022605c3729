//! Findings on their way out: every format gets the same pages and writes them as its readers want them.
//!
//! One file a format. Never changes a verdict.

mod checkstyle;
mod fingerprint;
mod github;
mod junit;
mod lines;
mod narrated;
mod sarif;
mod statistics;
mod xml;

use std::io::{self, Write};

use evidence_claims::{Checker, Database, Diagnostic, Document, Severity, Span, Suppressed};

use crate::args::{CheckFormat, FailOn, Notes};
use crate::git::Changes;
use crate::html;
use crate::human::Human;
use crate::judge::ends_a_check;
use crate::snippet::Source;
use crate::stop::Stop;
use crate::style::clean;
use crate::summary::{Summary, count};
use crate::terminal::Terminal;
use crate::{baseline, json};

pub(crate) use fingerprint::Fingerprint;

/// Entries of the baseline that are named when they are gone.
const MOST_GONE: usize = 10;

/// A text with its findings.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// The path as given; `-` is standard input.
    pub(crate) path: &'a str,
    /// Its name for people, its text, its lines.
    pub(crate) source: Source<'a>,
    /// The page as it was read; none for a data file.
    pub(crate) document: Option<&'a Document>,
    /// Bytes of the file before the text: 3 after a byte order mark, else 0.
    pub(crate) skipped: usize,
    /// The encoding, when it is not UTF-8; offsets then count bytes of the text in UTF-8.
    pub(crate) encoding: Option<&'static str>,
    /// The sentences that were read, in order; none in a data file, or where nothing was found.
    pub(crate) sentences: Vec<Span>,
    /// How many sentences were read.
    pub(crate) read: usize,
    /// What was found, in reading order.
    pub(crate) diagnostics: Vec<&'a Diagnostic>,
    /// Findings that a comment or the project file keeps.
    pub(crate) suppressed: &'a [Suppressed],
    /// Findings that the baseline knows.
    pub(crate) known: Vec<&'a Diagnostic>,
}

impl<'a> Page<'a> {
    /// A data file, or a project file, with findings about it.
    pub(crate) fn of_data(path: &'a str, text: &'a str, diagnostics: Vec<&'a Diagnostic>) -> Self {
        let source = Source::new(path, text);
        Self {
            path,
            source,
            document: None,
            skipped: 0,
            encoding: None,
            sentences: Vec::new(),
            read: 0,
            diagnostics,
            suppressed: &[],
            known: Vec::new(),
        }
    }

    /// Whether its lines are the paragraphs of a file that is no text.
    pub(crate) fn is_paragraphs(&self) -> bool {
        self.document.is_some_and(|document| document.place_in_paragraph(Span::default()).is_some())
    }

    /// Leaves out findings on lines that did not change. One about two places stays when either changed.
    pub(crate) fn only_changed(&mut self, changes: &Changes) {
        let (source, path) = (&self.source, self.path);
        self.diagnostics.retain(|diagnostic| {
            if ends_a_check(diagnostic) {
                return true;
            }
            let spans = diagnostic.labels().iter().map(|label| label.span).chain([diagnostic.span()]);
            spans.map(|span| source.ends(span)).any(|(first, last)| changes.touch(path, first.line, last.line))
        });
    }

    /// The words of the sentence that a finding begins in, or of its line where there are no sentences.
    pub(crate) fn sentence(&self, diagnostic: &Diagnostic) -> &str {
        let at = diagnostic.span().start();
        let next = self.sentences.partition_point(|sentence| sentence.start() <= at);
        let sentence = next.checked_sub(1).and_then(|slot| self.sentences.get(slot)).filter(|span| at < span.end());
        match sentence {
            Some(sentence) => sentence.of(self.source.text),
            None => self.source.line_around(at),
        }
    }
}

/// What decides how findings are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report<'a> {
    /// The format.
    pub(crate) format: CheckFormat,
    /// How notes are shown, in the human format.
    pub(crate) notes: Notes,
    /// Whether the closing lines are left out.
    pub(crate) quiet: bool,
    /// Whether findings are counted by rule instead of shown.
    pub(crate) statistics: bool,
    /// What fails: JUnit parts failures from the rest.
    pub(crate) fail_on: FailOn,
    /// The records behind the findings; nothing for findings in data.
    pub(crate) database: Option<&'a Database>,
    /// What held the words against those records.
    pub(crate) checker: Option<&'a Checker<'a>>,
    /// Whose strictness was used.
    pub(crate) profile: Option<&'a str>,
    /// What follows the number of files in the closing line.
    pub(crate) size: &'a str,
    /// Where there is a baseline, its entries that are gone.
    pub(crate) gone: Option<&'a [baseline::Entry]>,
    /// Where it goes.
    pub(crate) terminal: Terminal,
}

impl Report<'_> {
    /// Writes the findings of `pages` to `out`.
    pub(crate) fn write(&self, pages: &[Page<'_>], out: &mut dyn Write) -> Result<(), Stop> {
        if self.statistics {
            return Ok(statistics::write(pages, self, out)?);
        }
        match self.format {
            CheckFormat::Human => self.human(pages, out)?,
            CheckFormat::Narrated => narrated::write(pages, self, out)?,
            CheckFormat::Lines => lines::write(pages, out)?,
            CheckFormat::Json => json::report(pages, out)?,
            CheckFormat::Jsonl => json::lines(pages, out)?,
            CheckFormat::Sarif => sarif::write(pages, self, out)?,
            CheckFormat::Github => github::write(pages, out)?,
            CheckFormat::Checkstyle => checkstyle::write(pages, out)?,
            CheckFormat::Html => html::report(pages, self, out)?,
            CheckFormat::Junit => junit::write(pages, self.fail_on, out)?,
        }
        Ok(())
    }

    fn human(&self, pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
        let mut human = Human::new(self.terminal, self.database, self.notes == Notes::Full);
        let is_full = |diagnostic: &&Diagnostic| diagnostic.severity() > Severity::Note || self.notes == Notes::Full;
        for page in pages {
            for diagnostic in page.diagnostics.iter().copied().filter(is_full) {
                out.write_all(human.finding(&page.source, diagnostic).as_bytes())?;
            }
            if self.notes == Notes::Brief {
                let brief = page.diagnostics.iter().copied().filter(|diagnostic| !is_full(diagnostic));
                out.write_all(human.brief(&page.source, brief).as_bytes())?;
            }
        }
        self.close(pages, out)
    }

    /// The closing lines: how much was found, and what to type next.
    fn close(&self, pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        let mut summary = Summary::default();
        for page in pages {
            summary.add(page.diagnostics.iter().copied());
        }
        out.write_all(summary.text(self.size, self.database).as_bytes())?;
        let kept = pages.iter().flat_map(|page| page.suppressed);
        let (by_project, by_comments): (Vec<_>, Vec<_>) = kept.partition(|kept| kept.by_project);
        let known: usize = pages.iter().map(|page| page.known.len()).sum();
        let parts = [
            (by_comments.len(), "kept by comments"),
            (by_project.len(), "kept by the project file"),
            (known, "known from the baseline"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if !parts.is_empty() {
            writeln!(out, "not shown: {}", parts.join(", "))?;
        }
        let gone = self.gone.unwrap_or_default();
        if !gone.is_empty() {
            writeln!(out, "gone since the baseline, which --write-baseline brings up to date:")?;
        }
        for entry in gone.iter().take(MOST_GONE) {
            let times = if entry.count > 1 { format!(" ({} times)", entry.count) } else { String::new() };
            writeln!(out, "  {}: {} \"{}\"{times}", clean(&entry.path), clean(&entry.rule), clean(&entry.words))?;
        }
        if let Some(more @ 1..) = gone.len().checked_sub(MOST_GONE) {
            writeln!(out, "  and {more} more")?;
        }
        Ok(())
    }
}

/// `, 10 sentences`
pub(crate) fn size(pages: &[Page<'_>]) -> String {
    format!(", {}", count(pages.iter().map(|page| page.read).sum(), "sentence"))
}

/// What is to be said below a finding in formats that have one text for it: the notes in their order, one a line.
fn remarks(diagnostic: &Diagnostic) -> String {
    let lines: Vec<String> =
        diagnostic.notes().iter().map(|note| format!("{}: {}", note.kind.as_str(), one_line(&note.text))).collect();
    lines.join("\n")
}

/// `text` on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
