//! Fixes: chosen so that none overlaps another, applied until nothing more is to be done, shown as a difference or written so
//! that nobody ever sees half a file.
//!
//! Never touches a file that changed since it was read, and none whose bytes are not its text.

use std::path::Path;

use evidence_claims::{Applicability, Diagnostic, Document, Fix, Span};
use similar::TextDiff;

use crate::args::Kind;
use crate::input::Input;
use crate::save;
use crate::style::{self, paint};

/// A text is read again after its fixes were applied, at most this often.
const MOST_ROUNDS: usize = 8;

/// Lines around a change in a difference.
const CONTEXT: usize = 3;

/// A text after its automatic fixes.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// The new text.
    pub(crate) text: String,
    /// How many fixes were applied.
    pub(crate) count: usize,
}

/// Applies the automatic fixes of what `check` finds, and looks again, since a milder sentence can make another finding go or come.
pub(crate) fn automatic(
    text: &str,
    read: impl Fn(String) -> Document,
    check: impl Fn(&Document) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed { text: text.to_owned(), count: 0 };
    for _ in 0..MOST_ROUNDS {
        let found = check(&read(fixed.text.clone()));
        let is_automatic = |fix: &&Fix| fix.applicability() == Applicability::Automatic;
        let fixes = found.iter().filter_map(|diagnostic| diagnostic.fixes().first().filter(is_automatic));
        let chosen = without_overlap(fixes.collect());
        if chosen.is_empty() {
            break;
        }
        fixed.count += chosen.len();
        fixed.text = apply(&fixed.text, chosen.iter().map(|fix| (fix.span(), fix.replacement())));
    }
    fixed
}

/// The fixes in order; of two that overlap, the first.
fn without_overlap(mut fixes: Vec<&Fix>) -> Vec<&Fix> {
    fixes.sort_by_key(|fix| fix.span());
    let mut chosen: Vec<&Fix> = Vec::new();
    for fix in fixes {
        let free =
            chosen.last().is_none_or(|last| last.span().end() <= fix.span().start() && last.span() != fix.span());
        if free {
            chosen.push(fix);
        }
    }
    chosen
}

/// `text` with replacements, which are in order and do not overlap.
pub(crate) fn apply<'r>(text: &str, replacements: impl Iterator<Item = (Span, &'r str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, replacement) in replacements {
        out.push_str(text.get(at..span.start()).unwrap_or_default());
        out.push_str(replacement);
        at = span.end();
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Why a file cannot be written to, if so.
pub(crate) fn refusal(input: &Input) -> Option<&'static str> {
    match input.kind {
        Kind::Csv | Kind::Tsv => Some("it is a table; change its cells where they are kept"),
        Kind::Docx => Some("it is a Word document; change it in the word processor"),
        _ => input.encoding.map(|_| "it is not UTF-8; save it as UTF-8 first"),
    }
}

/// Writes the new text of a file, unless the file is no longer what was read.
pub(crate) fn write(input: &Input, text: &str) -> Result<(), String> {
    let path = Path::new(&input.path);
    let there = std::fs::read(path).map_err(|error| crate::input::plain(&error))?;
    if there != input.bytes_of(input.document.text()) {
        return Err("it changed on disk meanwhile; nothing was written, check again".to_owned());
    }
    save::replace(path, &input.bytes_of(text)).map_err(|error| save::why(path, &error))
}

/// The difference between two texts of a file, as `diff -u` writes it.
pub(crate) fn difference(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    let text = diff.unified_diff().context_radius(CONTEXT).header(&before, &after).to_string();
    text.split_inclusive('\n')
        .map(|line| {
            let words = line.trim_end_matches(['\r', '\n']);
            let end = line.get(words.len()..).unwrap_or_default();
            let painted = match words.chars().next() {
                Some('+') => paint(style::GOOD, style::clean(words)),
                Some('-') => paint(style::ERROR, style::clean(words)),
                Some('@') => paint(style::QUIET, words),
                _ => style::clean(words),
            };
            painted + end
        })
        .collect()
}
