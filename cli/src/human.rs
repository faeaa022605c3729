//! Findings for people: title, the words in their line, then what, why, evidence and what to do.
//!
//! Copy and data files are shown the same way. Never changes a verdict.

use std::collections::HashMap;
use std::fmt::Write;

use evidence_claims::{Claim, Database, Diagnostic, Fix, NoteKind};

use crate::snippet::{self, Source};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::window::{Window, columns};
use crate::wrap;

/// Columns of the word before a remark: the longest, `authority`, and a space.
const LABEL: usize = 10;

/// Remarks wider than this are said once and then referred to.
const LONG: usize = 60;

/// Wider replacements are sentences, which the remarks hold already.
const SMALL: usize = 24;

/// Writes findings, and remembers what it has said already.
#[derive(Debug)]
pub(crate) struct Human<'db> {
    terminal: Terminal,
    /// Where the claims are that findings name; nothing for findings in data.
    database: Option<&'db Database>,
    /// Whether remarks that ask for nothing are written in full.
    all: bool,
    /// Long remarks, and the place of the finding that has them.
    said: HashMap<(NoteKind, String), String>,
    /// What was said in full, remark for remark, and where.
    whole: HashMap<Vec<(NoteKind, String)>, String>,
}

impl<'db> Human<'db> {
    /// For a terminal.
    pub(crate) fn new(terminal: Terminal, database: Option<&'db Database>, all: bool) -> Self {
        Self { terminal, database, all, said: HashMap::new(), whole: HashMap::new() }
    }

    /// One finding, ended by an empty line.
    pub(crate) fn finding(&mut self, source: &Source<'_>, diagnostic: &Diagnostic) -> String {
        let mut out = self.title(diagnostic);
        let place = format!("{}:{}", style::clean(source.name), source.position(diagnostic.span()));
        let labels = diagnostic.labels().iter().map(|label| label.span);
        let last = labels.chain([diagnostic.span()]).map(|span| source.number(span.end())).max().unwrap_or(1);
        let gutter = last.to_string().len();
        let remarks = self.remarks(source, diagnostic, &place, self.terminal.width.saturating_sub(gutter + 3));
        out.push_str(&snippet::draw(source, diagnostic, &place, remarks, self.terminal));
        out.push('\n');
        out
    }

    /// Findings one to a line, for those that are worth knowing but ask for nothing.
    pub(crate) fn brief<'a>(&self, source: &Source<'_>, diagnostics: impl Iterator<Item = &'a Diagnostic>) -> String {
        let rows: Vec<(String, &Diagnostic)> =
            diagnostics.map(|diagnostic| (source.position(diagnostic.span()).to_string(), diagnostic)).collect();
        let Some(widest) = rows.iter().map(|(place, _)| place.len()).max() else { return String::new() };
        let mut out = String::new();
        let _ = writeln!(out, "{} in {}", paint(style::NOTE, "notes"), style::clean(source.name));
        for (place, diagnostic) in rows {
            let text = format!("{} [{}]", style::clean(diagnostic.message()), diagnostic.rule());
            let lines = wrap::lines(&text, self.terminal.width.saturating_sub(widest + 4), "", "");
            let indent = format!("\n{}", " ".repeat(widest + 4));
            let _ = writeln!(out, "  {}{place}  {}", " ".repeat(widest - place.len()), lines.join(&indent));
        }
        out.push('\n');
        out
    }

    /// `error: message`, folded so that further lines stand under the message.
    fn title(&self, diagnostic: &Diagnostic) -> String {
        let mut out = String::new();
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
        out
    }

    /// The remarks under the words, each folded to `width`. What has been said before is referred to.
    fn remarks(&mut self, source: &Source<'_>, diagnostic: &Diagnostic, place: &str, width: usize) -> Vec<String> {
        let mut notes: Vec<(NoteKind, String)> =
            diagnostic.notes().iter().map(|note| (note.kind, style::clean(&note.text))).collect();
        let claim = diagnostic.claim().and_then(|id| self.database?.claim(id));
        let best = claim.and_then(best_source);
        if let Some((citation, link)) = &best
            && let Some(at) = notes.iter().rposition(|(kind, _)| *kind == NoteKind::Evidence)
        {
            notes.insert(at + 1, (NoteKind::Evidence, format!("{citation} {link}")));
        }
        if let Some(edit) = small_edit(source, diagnostic) {
            let at = notes.iter().position(|(kind, _)| *kind == NoteKind::Do).unwrap_or(notes.len());
            notes.insert(at, (NoteKind::Do, edit));
        }
        if let Some(place) = self.whole.get(&notes).filter(|_| notes.iter().any(|(_, text)| columns(text) > LONG)) {
            return vec![remark("see", &[paint(style::QUIET, format!("{place}, where the same is explained"))])];
        }
        self.whole.insert(notes.clone(), place.to_owned());

        let mut remarks = Vec::new();
        for group in notes.chunk_by(|a, b| a.0 == b.0) {
            let Some(kind) = group.first().map(|note| note.0) else { continue };
            if kind == NoteKind::Also && !self.all {
                remarks.push(remark(kind.as_str(), &also(group, width.saturating_sub(LABEL))));
                continue;
            }
            let (mut above, mut lines) = (None, Vec::new());
            for note in group {
                if kind != NoteKind::Do && columns(&note.1) > LONG {
                    if let Some(place) = self.said.get(note) {
                        above = Some(place.clone());
                        continue;
                    }
                    self.said.insert(note.clone(), place.to_owned());
                }
                let mut folded = wrap::lines(&note.1, width.saturating_sub(LABEL), "", "");
                if let (Some(id), Some(first)) = (diagnostic.claim(), folded.first_mut())
                    && let Some(rest) = first.strip_prefix(id)
                {
                    *first = format!("{}{rest}", paint(style::NAME, id));
                }
                if let Some((citation, link)) = best.as_ref().filter(|_| self.terminal.links)
                    && note.1.strip_prefix(&**citation).is_some_and(|rest| rest.trim_start() == link.as_str())
                {
                    folded.iter_mut().for_each(|line| *line = style::link(link, line));
                }
                lines.append(&mut folded);
            }
            lines.extend(above.map(|place| paint(style::QUIET, format!("as at {place}"))));
            remarks.push(remark(kind.as_str(), &lines));
        }
        remarks
    }
}

/// The strongest of the sources that say what the claim says, the newest of equals: its citation and its link.
pub(crate) fn best_source(claim: Claim<'_>) -> Option<(String, String)> {
    let sources =
        claim.findings().filter(|finding| finding.direction() == claim.direction()).map(|finding| finding.source());
    let source = sources.min_by_key(|source| (source.design(), std::cmp::Reverse(source.year())))?;
    Some((source.citation().to_string(), source.url().to_string()))
}

/// The best fix where it changes less than the words of the finding, such as one "can".
fn small_edit(source: &Source<'_>, diagnostic: &Diagnostic) -> Option<String> {
    let is_small = |fix: &&Fix| fix.span() != diagnostic.span() && columns(fix.replacement()) <= SMALL;
    let fix = diagnostic.fixes().first().filter(is_small)?;
    let words = style::clean(fix.span().of(source.text).trim());
    Some(match style::clean(fix.replacement().trim()) {
        nothing if nothing.is_empty() => format!("delete \"{words}\""),
        replacement => format!("replace \"{words}\" with \"{replacement}\""),
    })
}

/// One line for each further rule that the words break: the first of its findings, and how many more there are.
fn also(notes: &[(NoteKind, String)], width: usize) -> Vec<String> {
    let rule = |text: &str| text.split_once(": ").map_or(text, |(rule, _)| rule).to_owned();
    let mut rules: Vec<(String, &str, usize)> = Vec::new();
    for (_, text) in notes {
        match rules.iter_mut().find(|(known, ..)| *known == rule(text)) {
            Some((.., more)) => *more += 1,
            None => rules.push((rule(text), text, 0)),
        }
    }
    let line = |(rule, text, more): &(String, &str, usize)| {
        let more = if *more > 0 { format!(" (and {more} more)") } else { String::new() };
        let text = Window::new(text, 0..rule.len(), width.saturating_sub(more.len())).text;
        format!("{text}{}", paint(style::QUIET, more))
    };
    rules.iter().map(line).collect()
}

/// A word, and lines hanging beside it.
fn remark(word: &str, lines: &[String]) -> String {
    let style = if word == NoteKind::Do.as_str() { style::GOOD } else { anstyle::Style::new() };
    let lines: Vec<String> = lines.iter().map(|line| paint(style, line)).collect();
    let space = " ".repeat(LABEL.saturating_sub(word.len()));
    format!("{}{space}{}", paint(style.bold(), word), lines.join(&format!("\n{}", " ".repeat(LABEL))))
}
