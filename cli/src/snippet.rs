//! The lines a finding is about, with the words underlined, and whatever is said below them.
//!
//! `annotate-snippets` draws; this module chooses what it sees: long lines are cut to a [`Window`] first, so that the place
//! printed above the lines, which is the true one, cannot come from there.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use evidence_claims::{Diagnostic, LineIndex, Position, Span};

use crate::style;
use crate::terminal::Terminal;
use crate::window::Window;

/// Lines shown of words that go over many.
const MOST_LINES: usize = 4;

/// Lines between two shown ones that are shown as well, rather than leaving a mark.
const SMALL_GAP: usize = 1;

/// A text with its name and its lines.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// The path, as printed.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// Where its lines start.
    pub(crate) lines: LineIndex,
}

impl<'a> Source<'a> {
    /// Reads the lines of `text`.
    pub(crate) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, lines: LineIndex::new(text) }
    }

    /// Line and column of the first character of `span`.
    pub(crate) fn position(&self, span: Span) -> Position {
        self.lines.position(self.text, span.start())
    }

    /// The bytes of the line around byte `at`, without its end.
    fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }
}

/// One underlined stretch within one line.
struct Piece<'a> {
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// Draws the lines of `diagnostic` in `source`, then `remarks`, each of which may have several lines and be coloured.
pub(crate) fn draw(source: &Source<'_>, diagnostic: &Diagnostic, remarks: Vec<String>, terminal: Terminal) -> String {
    if source.text.is_empty() {
        return without_lines(source, diagnostic, &remarks, terminal);
    }
    let mut shown: BTreeMap<usize, (Range<usize>, Vec<Piece<'_>>)> = BTreeMap::new();
    let labels =
        diagnostic.labels().iter().map(|label| (label.span, AnnotationKind::Context, Some(label.text.as_str())));
    for (span, kind, label) in std::iter::once((diagnostic.span(), AnnotationKind::Primary, None)).chain(labels) {
        for (line, range) in pieces(source, span) {
            let number = source.lines.position(source.text, line.start).line;
            shown.entry(number).or_insert_with(|| (line, Vec::new())).1.push(Piece { range, kind, label });
        }
    }
    let (Some(first), Some(last)) = (shown.keys().next().copied(), shown.keys().next_back().copied()) else {
        return String::new();
    };

    let gutter = last.to_string().len();
    let width = terminal.width.saturating_sub(gutter + 3);
    let (text, annotations) = compose(source, &shown, first..=last, width);
    let snippet = Snippet::source(text).line_start(first).annotations(annotations);
    let remarks = remarks.into_iter().map(|remark| Level::NOTE.no_name().message(remark));
    let group = Group::with_level(style::level(diagnostic.severity())).element(snippet).elements(remarks);

    let renderer = Renderer::styled()
        .error(style::ERROR)
        .warning(style::WARNING)
        .note(style::NOTE)
        .line_num(style::QUIET)
        .context(style::NOTE)
        .decor_style(terminal.decor)
        // Lines have been cut already; a second cut would not know where sentences begin.
        .term_width(usize::MAX / 4);
    let drawing = renderer.render(&[group]);

    let place = format!("{}:{}", style::clean(source.name), source.position(diagnostic.span()));
    let head = head(&place, diagnostic, gutter, terminal);
    // The first line drawn in Unicode is the corner with an empty path.
    match terminal.decor {
        DecorStyle::Ascii => format!("{head}{drawing}\n"),
        DecorStyle::Unicode => format!("{head}{}\n", drawing.split_once('\n').map_or("", |(_, rest)| rest)),
    }
}

/// The line above the words: where they are, and the rule, which can be typed.
fn head(place: &str, diagnostic: &Diagnostic, gutter: usize, terminal: Terminal) -> String {
    let arrow = match terminal.decor {
        DecorStyle::Ascii => "-->",
        DecorStyle::Unicode => " ╭▸",
    };
    let rule = style::paint(style::NAME, diagnostic.rule());
    format!("{}{} {place}  {rule}\n", " ".repeat(gutter), style::paint(style::QUIET, arrow))
}

/// A finding about a file that could not be read, or has nothing in it.
fn without_lines(source: &Source<'_>, diagnostic: &Diagnostic, remarks: &[String], terminal: Terminal) -> String {
    let mut out = head(&style::clean(source.name), diagnostic, 1, terminal);
    for (number, remark) in remarks.iter().enumerate() {
        let (branch, stem) = match terminal.decor {
            DecorStyle::Ascii => ("=", " "),
            DecorStyle::Unicode if number + 1 < remarks.len() => ("├", "│"),
            DecorStyle::Unicode => ("╰", " "),
        };
        for (number, line) in remark.lines().enumerate() {
            let mark = style::paint(style::QUIET, if number == 0 { branch } else { stem });
            out.push_str(&format!("  {mark} {line}\n"));
        }
    }
    out
}

/// The stretches of `span`, one a line, without indentation; the lines are byte ranges of the text.
fn pieces(source: &Source<'_>, span: Span) -> Vec<(Range<usize>, Range<usize>)> {
    let text = source.text;
    let (mut at, end) = (floor(text, span.start()), floor(text, span.end()));
    let mut pieces = Vec::new();
    loop {
        let line = source.line(at);
        let stop = end.min(line.end).max(at);
        let start = if pieces.is_empty() { at } else { stop - text[at..stop].trim_start().len() };
        if start < stop || end == at || pieces.is_empty() {
            pieces.push((line, start..stop));
        }
        let next = text[stop..].find('\n').map(|newline| stop + newline + 1);
        match next {
            Some(next) if next < end && pieces.len() < MOST_LINES => at = next,
            _ => return pieces,
        }
    }
}

/// A text in which only the lines worth showing have words, and where to underline them.
fn compose<'a>(
    source: &Source<'_>,
    shown: &BTreeMap<usize, (Range<usize>, Vec<Piece<'a>>)>,
    numbers: std::ops::RangeInclusive<usize>,
    width: usize,
) -> (String, Vec<annotate_snippets::Annotation<'a>>) {
    let mut text = String::new();
    let mut annotations = Vec::new();
    let mut previous = *numbers.start();
    let mut after = 0;
    for (&number, (line, pieces)) in shown {
        let gap = number.saturating_sub(previous + 1);
        for _ in 0..gap {
            if gap <= SMALL_GAP {
                let between = source.line(source.text[after..].find('\n').map_or(after, |newline| after + newline + 1));
                text.push_str(&Window::new(&source.text[between], 0..0, width).text);
            }
            text.push('\n');
        }
        let focus =
            pieces.iter().map(|piece| piece.range.clone()).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let focus = focus.map_or(0..0, |focus| focus.start - line.start..focus.end - line.start);
        let window = Window::new(&source.text[line.clone()], focus, width);
        for piece in pieces {
            let place = window.place(piece.range.start - line.start..piece.range.end - line.start);
            let annotation = piece.kind.span(place.start + text.len()..place.end + text.len()).highlight_source(true);
            annotations.push(match piece.label {
                Some(label) => annotation.label(style::clean(label)),
                None => annotation,
            });
        }
        text.push_str(&window.text);
        text.push('\n');
        previous = number;
        after = line.end;
    }
    text.pop();
    (text, annotations)
}

/// `at`, or the start of the character it is inside of.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
