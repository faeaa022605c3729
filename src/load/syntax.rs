//! From a text to a TOML table, as far as the text is TOML.
//!
//! Broken lines are reported and then read as if they were blank, so that all other lines still say what they say; no
//! position moves.

use std::collections::HashSet;

use toml::Spanned;
use toml::de::DeTable;

use super::File;
use super::problems::{Problems, problem};
use crate::diagnostic::{Diagnostic, NoteKind};
use crate::text::{LineIndex, Span};

/// How often a text is read again after its broken lines were blanked.
const MOST_ROUNDS: usize = 4;

/// What the TOML parser makes of a text.
pub(crate) type Tables<'t> = (Spanned<DeTable<'t>>, Vec<toml::de::Error>);

/// Packs above this size are parsed on two threads: parsing is half of the work of loading, and file by file it can be shared.
const WORTH_A_THREAD: usize = 128 * 1024;

/// Parses all files, in order.
pub(crate) fn parse(files: &[File]) -> Vec<Tables<'_>> {
    fn in_turn(files: &[File]) -> Vec<Tables<'_>> {
        files.iter().map(|file| DeTable::parse_recoverable(&file.text)).collect()
    }
    let total: usize = files.iter().map(|file| file.text.len()).sum();
    if total < WORTH_A_THREAD {
        return in_turn(files);
    }
    let mut before = 0;
    let half = files.partition_point(|file| {
        before += file.text.len();
        before <= total / 2
    });
    let (first, second) = files.split_at(half);
    std::thread::scope(|scope| {
        // Where no thread can be had, the work is done here.
        let other = std::thread::Builder::new().spawn_scoped(scope, move || in_turn(second));
        let mut all = in_turn(first);
        match other.ok().and_then(|other| other.join().ok()) {
            Some(rest) => all.extend(rest),
            None => all.extend(in_turn(second)),
        }
        all
    })
}

/// A text as it was parsed.
pub(crate) struct Parsed<'t> {
    /// The table of a text without mistakes.
    table: DeTable<'t>,
    /// A text with mistakes, its broken lines blanked.
    mended: String,
    /// The broken lines, sorted.
    pub(crate) broken: Vec<Span>,
}

impl<'t> Parsed<'t> {
    /// Parses a file and reports where it is not TOML.
    pub(crate) fn new(file: &'t File, (table, mut errors): Tables<'t>, problems: &Problems) -> Self {
        let mut parsed = Self { table: table.into_inner(), mended: String::new(), broken: Vec::new() };
        if errors.is_empty() {
            return parsed;
        }
        let index = LineIndex::new(&file.text);
        let mut known = HashSet::new();
        for round in 0..MOST_ROUNDS {
            for error in errors {
                // What only comes to light because a line was blanked is no mistake of the file, except a key that is
                // there twice: the parser looks for those last and not at all when something else is wrong.
                if round > 0 && !error.message().contains("duplicate key") {
                    continue;
                }
                let span = error.span().map(Span::from).unwrap_or_default();
                let line = index.line(&file.text, span.start());
                // One slip often makes the parser stumble several times on its way to the end of the line.
                if !known.insert(line) {
                    continue;
                }
                parsed.broken.push(line);
                problems.add(&file.name, syntax(error.message(), span, &file.text, &index));
            }
            parsed.broken.sort();
            parsed.mended = blanked(&file.text, &parsed.broken);
            errors = DeTable::parse_recoverable(&parsed.mended).1;
            if errors.is_empty() {
                break;
            }
        }
        parsed
    }

    /// The table of a text with mistakes.
    pub(crate) fn mended(&self) -> Option<DeTable<'_>> {
        (!self.broken.is_empty()).then(|| DeTable::parse_recoverable(&self.mended).0.into_inner())
    }

    /// The table of a text without mistakes.
    pub(crate) fn table(&self) -> &DeTable<'t> {
        &self.table
    }
}

/// The text with spaces for every byte of these lines, which are sorted.
fn blanked(text: &str, lines: &[Span]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    for &line in lines {
        blanked.push_str(text.get(at..line.start()).unwrap_or_default());
        blanked.extend(std::iter::repeat_n(' ', line.len()));
        at = line.end();
    }
    blanked.push_str(text.get(at..).unwrap_or_default());
    blanked
}

fn syntax(message: &str, span: Span, text: &str, index: &LineIndex) -> Diagnostic {
    let mut letters = message.trim_end_matches(", expected nothing").chars();
    let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let line = index.position(text, span.start()).line;
    let advice = if lower.contains("duplicate key") {
        "delete one of the two, or begin a new record with its [[header]]".to_owned()
    } else if lower.contains("string") || lower.contains("escape") {
        "text stands between straight double quotes on one line; write a quote inside it as \\\"".to_owned()
    } else if ["date", "day", "month"].iter().any(|word| lower.contains(word)) {
        "write a day of the calendar as year-month-day, such as 2026-11-22".to_owned()
    } else {
        format!(
            "look at line {line}: a quote, bracket, comma or equals sign is missing or too much, here or just before"
        )
    };
    problem("data/syntax", span, format!("this is not TOML: {lower}")).note(NoteKind::Do, advice)
}
