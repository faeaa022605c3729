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

/// A second place further away than this many lines is quoted in the message alone.
const FARTHEST: usize = 200;

/// A text with its name and its lines.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// The path, as printed.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    index: LineIndex,
    /// Where the lines start, in bytes.
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Reads the lines of `text`.
    pub(crate) fn new(name: &'a str, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name, text, index: LineIndex::new(text), starts }
    }

    /// Line and column of the first character of `span`. Counts the characters of the line up to there.
    pub(crate) fn position(&self, span: Span) -> Position {
        self.index.position(self.text, span.start())
    }

    /// Line and column of the first character of `span`, and of the first one after it.
    pub(crate) fn ends(&self, span: Span) -> (Position, Position) {
        (self.position(span), self.index.position(self.text, span.end()))
    }

    /// The column of byte `at` in UTF-16 code units, from 1.
    pub(crate) fn utf16_column(&self, at: usize) -> usize {
        self.index.utf16_column(self.text, at)
    }

    /// The line around byte `at`, without its end.
    pub(crate) fn line_around(&self, at: usize) -> &'a str {
        self.text.get(self.line(self.number(at))).unwrap_or_default()
    }

    /// The number of the line around byte `at`, from 1.
    pub(crate) fn number(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// The bytes of a line, without its end.
    fn line(&self, number: usize) -> Range<usize> {
        let start = number.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number).map_or(self.text.len(), |&next| next - 1);
        let is_windows = self.text.get(start..end).is_some_and(|line| line.ends_with('\r'));
        start..end - usize::from(is_windows)
    }
}

/// One underlined stretch within one line.
struct Piece<'a> {
    range: Range<usize>,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// Draws the lines of `diagnostic` in `source` under its `place`, then `remarks`, which may have several lines and colours.
pub(crate) fn draw(
    source: &Source<'_>,
    diagnostic: &Diagnostic,
    place: &str,
    remarks: Vec<String>,
    terminal: Terminal,
) -> String {
    if source.text.is_empty() {
        return without_lines(source, diagnostic, &remarks, terminal);
    }
    let own = source.number(diagnostic.span().start());
    let labels = (diagnostic.labels().iter())
        .filter(|label| source.number(label.span.start()).abs_diff(own) <= FARTHEST)
        .map(|label| (label.span, AnnotationKind::Context, Some(&*label.text)));
    let marks = std::iter::once((diagnostic.span(), AnnotationKind::Primary, None)).chain(labels);
    let (drawing, gutter) = lines(source, marks, style::level(diagnostic.severity()), remarks, terminal);
    let head = head(place, diagnostic, gutter, terminal);
    match terminal.decor {
        DecorStyle::Ascii => format!("{head}{drawing}\n"),
        // The first line drawn in Unicode is the corner with an empty path.
        DecorStyle::Unicode => format!("{head}{}\n", drawing.split_once('\n').map_or("", |(_, rest)| rest)),
    }
}

/// The lines with their marks, the remarks below, and how many columns the line numbers take.
fn lines<'a>(
    source: &Source<'_>,
    marks: impl Iterator<Item = (Span, AnnotationKind, Option<&'a str>)>,
    level: Level<'static>,
    remarks: Vec<String>,
    terminal: Terminal,
) -> (String, usize) {
    let mut shown: BTreeMap<usize, Vec<Piece<'_>>> = BTreeMap::new();
    for (span, kind, mut label) in marks {
        for (number, range) in pieces(source, span) {
            shown.entry(number).or_default().push(Piece { range, kind, label: label.take() });
        }
    }
    let first = shown.keys().next().copied().unwrap_or(1);
    let gutter = shown.keys().next_back().unwrap_or(&1).to_string().len();
    let (text, annotations) = compose(source, &shown, terminal.width.saturating_sub(gutter + 3));

    let snippet = Snippet::source(text).line_start(first).annotations(annotations);
    let remarks = remarks.into_iter().map(|remark| Level::NOTE.no_name().message(remark));
    let renderer = Renderer::styled()
        .error(style::ERROR)
        .warning(style::WARNING)
        .note(style::NOTE)
        .line_num(style::QUIET)
        .context(style::NOTE)
        .decor_style(terminal.decor)
        // Lines have been cut already; a second cut would not know where sentences begin.
        .term_width(usize::MAX / 4);
    (renderer.render(&[Group::with_level(level).element(snippet).elements(remarks)]), gutter)
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

/// The stretches of `span`, one a line, without indentation, each with the number of its line.
fn pieces(source: &Source<'_>, span: Span) -> Vec<(usize, Range<usize>)> {
    let (start, end) = (floor(source.text, span.start()), floor(source.text, span.end()));
    let first = source.number(start);
    // A span that ends with a line end does not reach into the next line.
    let last = source.number(end.saturating_sub(1).max(start)).min(first + MOST_LINES - 1);
    let mut pieces = Vec::new();
    for number in first..=last {
        let line = source.line(number);
        let stop = end.min(line.end).max(line.start);
        let from = if number == first { start.min(stop) } else { line.start };
        let indent = if number == first { 0 } else { stop - from - source.text[from..stop].trim_start().len() };
        if number == first || from + indent < stop {
            pieces.push((number, from + indent..stop));
        }
    }
    pieces
}

/// A text in which only the lines worth showing have words, and where to underline them.
fn compose<'a>(
    source: &Source<'_>,
    shown: &BTreeMap<usize, Vec<Piece<'a>>>,
    width: usize,
) -> (String, Vec<annotate_snippets::Annotation<'a>>) {
    let mut text = String::new();
    let mut annotations = Vec::new();
    let mut previous = None;
    for (&number, pieces) in shown {
        let gap = previous.map_or(0, |previous| number - previous - 1);
        for between in number - gap..number {
            if gap <= SMALL_GAP {
                text.push_str(&Window::new(&source.text[source.line(between)], 0..0, width).text);
            }
            text.push('\n');
        }
        let line = source.line(number);
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
        previous = Some(number);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn drawn(text: &str, marks: &[(Range<usize>, AnnotationKind, Option<&str>)], width: usize) -> String {
        let source = Source::new("page.md", text);
        let marks = marks.iter().map(|(range, kind, label)| (range.clone().into(), *kind, *label));
        let terminal = Terminal { width, table_width: width, decor: DecorStyle::Ascii, links: false };
        let (drawing, _) = lines(&source, marks, Level::ERROR, vec!["why".to_owned()], terminal);
        anstream::adapter::strip_str(&drawing).to_string()
    }

    #[test]
    fn words_over_a_line_end_are_underlined_in_both_lines() {
        let drawing = drawn("It flushes\r\n  toxins out.", &[(3..20, AnnotationKind::Primary, None)], 60);
        let expected = "\
  |
1 | It flushes
  |    ^^^^^^^
2 |   toxins out.
  |   ^^^^^^
  |
  = why";
        assert_eq!(drawing.trim_start(), expected);
    }

    #[test]
    fn a_label_is_written_once_and_far_lines_are_left_out() {
        let text = "one\ntwo\nthree\nfour\nfive";
        let marks = [(0..3, AnnotationKind::Primary, None), (14..23, AnnotationKind::Context, Some("here"))];
        let expected = "\
  |
1 | one
  | ^^^
...
4 | four
  | ---- here
5 | five
  | ----
  |
  = why";
        assert_eq!(drawn(text, &marks, 60).trim_start(), expected);
    }

    #[test]
    fn every_span_of_a_difficult_text_can_be_drawn() {
        let text =
            "\tA\u{301} 日本 \u{1f469}\u{200d}\u{2695}\r\n\r\n \u{1b}[1m x\n\nlong words without end here and there\n";
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 2 {
                for width in [1, 14, 40] {
                    let marks =
                        [(start..end, AnnotationKind::Primary, None), (0..1, AnnotationKind::Context, Some("label"))];
                    assert!(!drawn(text, &marks, width).contains('\u{1b}'));
                }
            }
        }
    }
}
