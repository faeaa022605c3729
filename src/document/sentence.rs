//! Blocks to sentences.

use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter, memchr3};

use super::{MASK, is_mark};

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "i.e", "dr", "mr", "mrs", "ms", "st", "vs", "approx", "min", "mins", "hr", "hrs", "no", "al", "prof", "cf",
    "ca", "fig", "incl", "est", "tel",
];

/// The first bytes of pictures (emoji): of nearly every one, and of those that came first, such as suns, hearts and stars.
const PICTURE: [u8; 2] = [0xF0, 0xE2];
/// Most characters of pictures beside each other that are looked at together, so that an endless row of them takes no longer than words.
const LONGEST_ROW: usize = 64;
/// Words before a picture that make a sentence of its own.
const FEWEST: usize = 4;

const LONGEST_ABBREVIATION: usize = 6;

/// A sentence of more bytes is read in parts. Nobody writes one; without a bound, somebody could write one that takes forever.
const LONGEST: usize = 2_000;

/// The sentences inside `range` of a masked text, each trimmed of space and markup.
pub(crate) fn sentences(masked: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let text = masked.get(range.clone()).unwrap_or("");
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < text.len() {
            let end = end_of(text, start);
            let found = trimmed(text, start..end);
            start = end;
            if !found.is_empty() {
                return Some(range.start + found.start..range.start + found.end);
            }
        }
        None
    })
}

/// The end of the sentence that begins at `start`.
fn end_of(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        // Nearly all bytes end nothing.
        let usual = bytes.get(at..bytes.len().min(start + LONGEST)).unwrap_or(&[]);
        let mark = memchr3(b'.', b'!', b'?', usual).unwrap_or(usual.len());
        let empty_line = |line: &usize| bytes.get(at + line + 1) == Some(&b'\n');
        let before = memchr_iter(b'\n', &usual[..mark]).find(empty_line).unwrap_or(mark);
        if let Some(end) = after_picture(text, at..at + before) {
            return end;
        }
        at += before;
        let Some(&byte) = bytes.get(at) else { return at };
        let ends = match byte {
            b'.' | b'!' | b'?' => match after_mark(text, at, start) {
                Mark::Ends(end) => return end,
                Mark::GoesOn(next) => {
                    at = next;
                    continue;
                }
            },
            // Two line ends inside one block (an HTML block, say) part sentences as a blank line does.
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return at + 1,
            _ if at - start < LONGEST => false,
            _ if at - start < 2 * LONGEST => byte.is_ascii_whitespace(),
            _ => !byte.is_ascii_alphanumeric() && text.is_char_boundary(at),
        };
        if ends {
            return at;
        }
        at += 1;
    }
}

/// The end of the sentence in `range` where a picture ends it, as posts use them: some words stand before, and space and a capital letter
/// behind. "Massage helps with: 🤕 Migraines 😴 Insomnia" is one list.
fn after_picture(text: &str, range: Range<usize>) -> Option<usize> {
    // Ticks, crosses and arrows stand before an item, and some are read as words.
    let is_tick = |c: char| matches!(c, '☐'..='☒' | '✅' | '✓'..='✘' | '❌' | '❎' | '➔'..='➾');
    let is_picture = |c: char| {
        matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{200D}' | '\u{FE0F}')
            && !is_tick(c)
    };
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    let mut read = 0;
    for at in memchr2_iter(PICTURE[0], PICTURE[1], bytes) {
        // Several beside each other are one.
        if at < read {
            continue;
        }
        let from = range.start + at;
        let rest = text.get(from..).unwrap_or_default();
        if !rest.starts_with(is_picture) {
            continue;
        }
        let before = bytes.get(read..at).unwrap_or_default().trim_ascii();
        let words = before.iter().filter(|&&byte| byte == b' ').count() + 1;
        let row = rest.chars().take(LONGEST_ROW).take_while(|&c| is_picture(c) || is_mark(c));
        let length = row.map(char::len_utf8).sum::<usize>();
        let behind = rest.get(length..).unwrap_or_default();
        read = at + length.max(1);
        let next = behind.trim_start_matches(|c: char| c == ' ' || is_mark(c));
        let parts = next.len() < behind.len() && next.starts_with(char::is_uppercase);
        if parts && words >= FEWEST && !before.ends_with(b":") {
            return Some(from + length);
        }
    }
    None
}

/// What a full stop, an exclamation mark or a question mark does.
enum Mark {
    /// Ends the sentence at this byte, closing quotation marks included.
    Ends(usize),
    /// Ends nothing; the next mark that may stands here or later.
    GoesOn(usize),
}

fn after_mark(text: &str, at: usize, start: usize) -> Mark {
    let closing = |c: char| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | '*') || is_mark(c);
    let after = text.get(at..).unwrap_or("");
    let rest = after.trim_start_matches(closing);
    let end = at + (after.len() - rest.len());
    let Some(next) = rest.chars().next() else { return Mark::Ends(text.len()) };
    if !next.is_whitespace() {
        return Mark::GoesOn(end);
    }
    let follows = rest.chars().find(|&c| !c.is_whitespace() && !is_mark(c));
    if text.as_bytes().get(at) == Some(&b'.') {
        let word = last_word(text.get(start..at).unwrap_or(""));
        if word.len() <= LONGEST_ABBREVIATION
            && ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
            && !(word.eq_ignore_ascii_case("no") && follows.is_some_and(char::is_uppercase))
        {
            return Mark::GoesOn(at + 1);
        }
    }
    // A small letter goes on with the sentence, except after a question or an exclamation in quotation marks.
    if follows.is_some_and(char::is_lowercase) { Mark::GoesOn(end) } else { Mark::Ends(end) }
}

/// The word at the end of a text, or as much of it as tells that it is no abbreviation.
fn last_word(text: &str) -> &str {
    let letters = text.chars().rev().take(LONGEST_ABBREVIATION + 1);
    let word = letters.take_while(|&c| !c.is_whitespace() && !matches!(c, '(' | '"' | '“'));
    text.get(text.len() - word.map(char::len_utf8).sum::<usize>()..).unwrap_or("")
}

/// `range` without space and markup at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or("");
    let drop = |c: char| c.is_whitespace() || c as u32 == u32::from(MASK);
    let rest = slice.trim_start_matches(drop);
    let start = range.start + (slice.len() - rest.len());
    start..start + rest.trim_end_matches(drop).len()
}
