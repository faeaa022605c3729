//! The lines between `---` or `+++` above a page of a static site: `title` and `description` are copy, all other keys are not.

use std::ops::Range;

use pulldown_cmark::MetadataBlockKind;
use saphyr_parser::{Event, Parser, ScalarStyle};
use toml::de::DeTable;

use super::BlockKind;
use super::canvas::{Canvas, Layer};
use super::stretch::Stretch;
use super::writing::Writing;

/// Reads front matter that stands at a range of the page.
pub(super) type Reader = fn(&mut Canvas<'_>, Range<usize>);

/// The reader for the marks around it.
pub(super) fn reader(kind: MetadataBlockKind) -> Reader {
    match kind {
        MetadataBlockKind::YamlStyle => yaml,
        MetadataBlockKind::PlusesStyle => toml,
    }
}

fn kind_of(key: &str) -> Option<BlockKind> {
    match key {
        "title" => Some(BlockKind::Title),
        "description" => Some(BlockKind::Description),
        _ => None,
    }
}

fn yaml(canvas: &mut Canvas<'_>, range: Range<usize>) {
    let Some(text) = canvas.text.get(range.clone()) else { return };
    // The parser counts characters.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut depth = 0;
    // Whether a key comes next, and the kind of the last.
    let (mut is_key, mut kind) = (true, None);
    for event in Parser::new_from_str(text) {
        // What is broken ends what can be read.
        let Ok((event, span)) = event else { break };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                depth -= 1;
                is_key = true;
                continue;
            }
            Event::Scalar(value, style, ..) if depth == 1 => {
                if is_key {
                    kind = kind_of(&value);
                } else if let Some(kind) = kind.take() {
                    let at = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
                    let place = range.start + at(span.start.index())..range.start + at(span.end.index());
                    let writing = match style {
                        ScalarStyle::Plain => Writing::Unmarked,
                        ScalarStyle::SingleQuoted => Writing::Doubled,
                        ScalarStyle::DoubleQuoted => Writing::Escaped,
                        ScalarStyle::Literal | ScalarStyle::Folded => Writing::Plain,
                    };
                    put(canvas, kind, place, style, writing);
                }
                is_key = !is_key;
            }
            Event::Alias(_) if depth == 1 => is_key = !is_key,
            _ => {}
        }
    }
}

fn toml(canvas: &mut Canvas<'_>, range: Range<usize>) {
    let Some(text) = canvas.text.get(range.clone()) else { return };
    let Ok(table) = DeTable::parse(text) else { return };
    let mut spans: Vec<_> = table.get_ref().iter().filter(|(_, value)| value.get_ref().is_str()).collect();
    // The table is sorted by key.
    spans.sort_by_key(|(_, value)| value.span().start);
    for (key, value) in spans {
        if let Some(kind) = kind_of(key.get_ref()) {
            let span = value.span();
            let raw = text.get(span.clone()).unwrap_or("");
            let style = if raw.starts_with('"') { ScalarStyle::DoubleQuoted } else { ScalarStyle::Literal };
            let writing = if style == ScalarStyle::Literal { Writing::Literal } else { Writing::Escaped };
            put(canvas, kind, range.start + span.start..range.start + span.end, style, writing);
        }
    }
}

/// Puts a scalar whose marks, escapes and indentation are written at `range`.
fn put(canvas: &mut Canvas<'_>, kind: BlockKind, range: Range<usize>, style: ScalarStyle, writing: Writing) {
    let text = canvas.text;
    let raw = text.get(range.clone()).unwrap_or("");
    let raw = raw.trim();
    let marks: &[&str] = match style {
        ScalarStyle::Plain | ScalarStyle::Folded => &[],
        ScalarStyle::SingleQuoted => &["'"],
        ScalarStyle::DoubleQuoted => &["\"\"\"", "\""],
        ScalarStyle::Literal => &["'''", "'"],
    };
    let unquoted = |mark: &&str| raw.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let inside = marks.iter().find_map(unquoted).unwrap_or(raw).trim();
    let start = range.start + raw.find(inside).unwrap_or(0);
    let mut stretch = Stretch::decoded(start);
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek(), style) {
            ('\\', Some(&next), ScalarStyle::DoubleQuoted) => {
                chars.next();
                let shown = if next.is_ascii_punctuation() { next } else { ' ' };
                stretch.push(shown, 1 + next.len_utf8());
            }
            ('\'', Some('\''), ScalarStyle::SingleQuoted) => {
                chars.next();
                stretch.push('\'', 2);
            }
            ('\n' | '\r', ..) => stretch.push(' ', 1),
            _ => stretch.push(c, c.len_utf8()),
        }
    }
    canvas.put_stretch(Layer::Flow, &stretch, 0..stretch.text.len());
    canvas.block(kind, stretch.place(0..stretch.text.len()));
    canvas.written_as(writing, stretch.place(0..stretch.text.len()));
}
