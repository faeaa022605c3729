//! The part of a line that is worth showing: the words a finding is about with as much around them as fits.
//!
//! A paragraph of marketing copy is often one line of two thousand characters. The window begins at the sentence where it
//! can, breaks between words, and says with … what was left out.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// Stands for words that are not shown.
const ELLIPSIS: char = '…';

/// A line cut to a width, and where the bytes of the original are in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The text to show.
    pub(crate) text: String,
    /// What of the original line is shown.
    shown: Range<usize>,
    /// Bytes put before it.
    lead: usize,
}

impl Window {
    /// Cuts `line` to at most `width` columns so that the bytes `focus` are in it, or their beginning when they are wider.
    pub(crate) fn new(line: &str, focus: Range<usize>, width: usize) -> Self {
        if columns_up_to(line, width) <= width {
            return Self { text: line.to_owned(), shown: 0..line.len(), lead: 0 };
        }
        let room = width.saturating_sub(2).max(1);
        let start = floor(line, focus.start);
        let end = fit(line, start, floor(line, focus.end.max(focus.start)), room);
        let spare = room - columns(&line[start..end]);

        let after = columns_up_to(&line[end..], spare);
        let left = (spare * 2 / 5).max(spare.saturating_sub(after));
        // A window that begins at its sentence must not leave room unused behind a short rest.
        let from = begin(line, start, left, left.max(spare * 4 / 5), spare.saturating_sub(after));
        let spare = spare - columns(&line[from..start]);
        let to = finish(line, end, spare);

        let mut text = String::with_capacity(to - from + 8);
        if from > 0 {
            text.push(ELLIPSIS);
        }
        let lead = text.len();
        text.push_str(&line[from..to]);
        if to < line.len() {
            text.push(ELLIPSIS);
        }
        Self { text, shown: from..to, lead }
    }

    /// Where `range` of the original line is in [`text`](Self::text); parts that are not shown are left out.
    pub(crate) fn place(&self, range: Range<usize>) -> Range<usize> {
        let place = |at: usize| at.clamp(self.shown.start, self.shown.end) - self.shown.start + self.lead;
        place(range.start)..place(range.end).max(place(range.start))
    }
}

/// Columns of `text` as they will be drawn: tabs become four spaces, control characters one symbol.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// The same, but stops counting above `most`: a page may be one line of megabytes.
fn columns_up_to(text: &str, most: usize) -> usize {
    let mut used = 0;
    for c in text.chars() {
        used += column(c);
        if used > most {
            break;
        }
    }
    used
}

fn column(c: char) -> usize {
    if c == '\t' { 4 } else { c.width().unwrap_or(1) }
}

/// The end of the longest part of `line[start..end]` that fits `room` columns.
fn fit(line: &str, start: usize, end: usize, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in line[start..end].char_indices() {
        used += column(c);
        if used > room {
            return start + at;
        }
    }
    end
}

/// Where to begin: the start of the sentence when it is at least `least` and at most `far` columns before `start`, else the first word that is at
/// most `near` columns before it, else (in a script without spaces) the first character.
fn begin(line: &str, start: usize, near: usize, far: usize, least: usize) -> usize {
    let (mut used, mut word, mut character, mut next_is_word) = (0, None, start, true);
    for (at, c) in line[..start].char_indices().rev() {
        if c.is_whitespace() && next_is_word {
            let after = at + c.len_utf8();
            if used >= least && line[..at].trim_end_matches(['"', '”', '’', ')', '*', '_']).ends_with(['.', '!', '?'])
            {
                return after;
            }
            word = if used <= near { Some(after) } else { word.or(Some(start)) };
        }
        used += column(c);
        if used > far {
            return word.unwrap_or(character);
        }
        if used <= near {
            character = at;
        }
        next_is_word = !c.is_whitespace();
    }
    0
}

/// Where to end: after the last whole word, or character in a script without spaces, that fits `room` columns from `end` on.
fn finish(line: &str, end: usize, room: usize) -> usize {
    let (mut used, mut word) = (0, None);
    for (at, c) in line[end..].char_indices() {
        if c.is_whitespace() {
            word = Some(end + at);
        }
        used += column(c);
        if used > room {
            return word.unwrap_or(end + at);
        }
    }
    line.len()
}

/// `at`, or the start of the character it is inside of.
fn floor(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "We opened in 2009. Our warm oil massage flushes toxins from every muscle, and clients tell us that they \
                             sleep like babies afterwards. Book today.";

    #[track_caller]
    fn window(line: &str, words: &str, width: usize) -> String {
        let start = line.find(words).unwrap();
        let window = Window::new(line, start..start + words.len(), width);
        assert!(columns(&window.text) <= width.max(3), "{} is wider than {width}", window.text);
        let place = window.place(start..start + words.len());
        assert!(words.starts_with(&window.text[place.clone()]) && !place.is_empty(), "{:?}", &window.text[place]);
        window.text
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(window("Massage heals.", "heals", 40), "Massage heals.");
    }

    #[test]
    fn a_window_begins_at_the_sentence_and_breaks_between_words() {
        assert_eq!(
            window(PARAGRAPH, "flushes toxins", 60),
            "…Our warm oil massage flushes toxins from every muscle, and…"
        );
    }

    #[test]
    fn a_window_far_from_the_start_of_its_sentence_begins_at_a_word() {
        assert_eq!(window(PARAGRAPH, "sleep", 50), "…us that they sleep like babies afterwards. Book…");
    }

    #[test]
    fn the_end_of_a_line_lends_its_room_to_the_beginning() {
        assert_eq!(window(PARAGRAPH, "Book today", 40), "…like babies afterwards. Book today.");
    }

    #[test]
    fn words_wider_than_the_window_are_cut_at_their_end() {
        let line = "wonderful ".repeat(30);
        assert_eq!(window(&line, line.trim_end(), 20), "wonderful wonderfu…");
    }

    #[test]
    fn wide_characters_count_twice_and_tabs_four_times() {
        assert_eq!(columns("マッサージ"), 10);
        assert_eq!(columns("\ta\u{301}"), 5);
        assert_eq!(window("マッサージは血行を良くします。毎日通ってください。", "血行", 20), "…ジは血行を良くしま…");
    }

    #[test]
    fn every_width_and_every_place_of_a_line_gives_a_window() {
        for width in 0..90 {
            for (start, _) in PARAGRAPH.char_indices() {
                for end in [start, start + 1, PARAGRAPH.len()] {
                    let window = Window::new(PARAGRAPH, start..end, width);
                    assert!(columns(&window.text) <= width.max(3));
                    assert!(window.text.get(window.place(start..end)).is_some());
                }
            }
        }
    }
}
