//! Character references of HTML: `&amp;`, `&nbsp;`, `&#8217;`.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

use super::canvas::{Canvas, Layer};
use super::stretch::Stretch;

/// Longer runs of letters after an ampersand are no reference: the longest has 33 bytes, a number needs fewer.
const LONGEST: usize = 40;

/// Copies `range` of a stretch, references decoded and line ends turned into the spaces that they are in HTML.
pub(super) fn put(canvas: &mut Canvas<'_>, layer: Layer, stretch: &Stretch<'_>, range: Range<usize>) {
    let Some(words) = stretch.text.get(range.clone()) else { return };
    let mut from = 0;
    for (at, _) in words.match_indices('&') {
        if at < from {
            continue;
        }
        if let Some((decoded, width)) = decode(&words[at..]) {
            canvas.put_stretch(layer, stretch, range.start + from..range.start + at);
            canvas.put(layer, &decoded, stretch.place(range.start + at..range.start + at + width));
            from = at + width;
        }
    }
    canvas.put_stretch(layer, stretch, range.start + from..range.end);
}

/// The characters that the reference at the start of `text` stands for, and its length in bytes.
fn decode(text: &str) -> Option<(String, usize)> {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let bytes = text.as_bytes().get(1..)?;
    let named = bytes.iter().take(LONGEST).take_while(|byte| name(byte)).count();
    let closed = bytes.get(named) == Some(&b';');
    if named == 0 || (named == LONGEST && !closed) {
        return None;
    }
    let whole = text.get(..=named + usize::from(closed))?;
    // The tokenizer knows all names; one reference at a time keeps the place of each.
    let strings = Tokenizer::new(whole).filter_map(|Ok(token)| match token {
        Token::String(string) => String::from_utf8(string.value.0).ok(),
        _ => None,
    });
    let decoded: String = strings.collect();
    if decoded == whole || decoded.is_empty() {
        return None;
    }
    // `&copy2026` is a sign and a year.
    let first = decoded.chars().next()?;
    let rest = decoded.get(first.len_utf8()..)?;
    let decoded = if !rest.is_empty() && whole.ends_with(rest) { first.to_string() } else { decoded.clone() };
    let width = if decoded.chars().count() == 1 { whole.len() - rest.len() } else { whole.len() };
    let shown = if decoded == "\u{A0}" { " ".to_owned() } else { decoded };
    Some((shown, width))
}
