//! JSON-LD: what a page tells search engines about itself, as they may show it.

use std::ops::Range;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::BlockKind;
use super::canvas::{Canvas, Layer};
use super::reference;
use super::stretch::Stretch;
use super::writing::Writing;

/// Properties of schema.org whose text people see in results of a search.
fn kind_of(property: &str) -> Option<BlockKind> {
    Some(match property {
        "headline" | "alternativeHeadline" => BlockKind::Title,
        "description" | "disambiguatingDescription" | "abstract" | "slogan" => BlockKind::Description,
        "name" | "text" | "articleBody" | "reviewBody" | "caption" => BlockKind::Paragraph,
        _ => return None,
    })
}

/// Reads the JSON at `range` of a piece. What is no JSON is no copy.
pub(super) fn read(canvas: &mut Canvas<'_>, piece: &Stretch<'_>, range: Range<usize>) {
    // Escapes inside escapes are nothing that a page has.
    if !piece.is_verbatim() {
        return;
    }
    let Some(text) = piece.text.get(range.clone()) else { return };
    let Ok(parsed) = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()) else { return };
    let base = piece.place(range).start;
    if let Some(value) = &parsed.value {
        walk(canvas, text, base, value, None);
    }
}

/// The parser refuses more than 512 levels, so this may call itself.
fn walk(canvas: &mut Canvas<'_>, text: &str, base: usize, value: &Value<'_>, kind: Option<BlockKind>) {
    match value {
        Value::StringLit(string) => {
            let inside = string.range.start + 1..string.range.end.saturating_sub(1);
            if let (Some(kind), Some(raw)) = (kind, text.get(inside.clone())) {
                let stretch = unescaped(raw, base + inside.start);
                put(canvas, &stretch);
                canvas.aside(kind, stretch.place(0..stretch.text.len()));
                canvas.written_as(Writing::Json, stretch.place(0..stretch.text.len()));
            }
        }
        Value::Array(array) => array.elements.iter().for_each(|value| walk(canvas, text, base, value, kind)),
        Value::Object(object) => {
            for property in &object.properties {
                let name = match &property.name {
                    ObjectPropName::String(name) => &*name.value,
                    ObjectPropName::Word(name) => name.value,
                };
                walk(canvas, text, base, &property.value, kind_of(name));
            }
        }
        _ => {}
    }
}

/// Answers to questions are often written as HTML inside the string: its tags are no words.
fn put(canvas: &mut Canvas<'_>, stretch: &Stretch<'_>) {
    let text = &*stretch.text;
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('<')).map(|at| from + at) {
        let rest = text.get(open + 1..).unwrap_or("");
        let is_tag = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(close) = rest.find('>').filter(|_| is_tag).map(|at| open + 1 + at + 1) else { break };
        reference::put(canvas, Layer::Aside, stretch, from..open);
        canvas.put(Layer::Aside, " ", stretch.place(open..open + 1));
        from = close;
    }
    reference::put(canvas, Layer::Aside, stretch, from..text.len());
}

/// A string of JSON without its quotes, which begin before byte `base` of the file.
fn unescaped(raw: &str, base: usize) -> Stretch<'static> {
    let mut stretch = Stretch::decoded(base);
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let (c, width) = match c {
            '\\' => escape(rest),
            _ => (c, c.len_utf8()),
        };
        stretch.push(c, width);
        rest = rest.get(width..).unwrap_or("");
    }
    stretch
}

/// The character of the escape at the start of `text`, and its length in bytes.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(letter) = text.chars().nth(1) else { return (char::REPLACEMENT_CHARACTER, 1) };
    match letter {
        'n' | 'r' | 't' | 'b' | 'f' => (' ', 2),
        'u' => match (unit(2), text.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(8))) {
            (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
                let c = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                (char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            (Some(unit), _) => (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            (None, _) => (char::REPLACEMENT_CHARACTER, 2),
        },
        _ => (letter, 1 + letter.len_utf8()),
    }
}
