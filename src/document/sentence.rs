//! Blocks to sentences.

use std::ops::Range;

use super::{MASK, is_mark};

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "e.g", "i.e", "dr", "mr", "mrs", "ms", "st", "vs", "approx", "min", "mins", "hr", "hrs", "no", "al", "prof", "cf",
    "ca", "fig", "incl", "est", "tel",
];

/// The sentences inside `range` of a masked text, each trimmed of space and markup.
pub(crate) fn sentences(masked: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(text) = masked.get(range.clone()) else { return found };
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'.' | b'!' | b'?' => after_mark(text, at, start),
            // Two line ends inside one block (an HTML block, say) part sentences as a blank line does.
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => Some(at + 1),
            _ => None,
        };
        if let Some(end) = end {
            push(&mut found, text, range.start, start..end);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    push(&mut found, text, range.start, start..bytes.len());
    found
}

/// The end of the sentence that the mark at `at` closes, closing quotation marks included; `None` when it closes none.
fn after_mark(text: &str, at: usize, start: usize) -> Option<usize> {
    let mut rest = text
        .get(at..)?
        .char_indices()
        .skip_while(|&(_, c)| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | '*') || is_mark(c));
    let Some((offset, next)) = rest.next() else { return Some(text.len()) };
    if !next.is_whitespace() {
        return None;
    }
    let follows = rest.find(|(_, c)| !c.is_whitespace() && !is_mark(*c)).map(|(_, c)| c);
    if text.as_bytes()[at] == b'.' {
        let word = text
            .get(start..at)?
            .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“'))
            .next()?
            .to_lowercase();
        if ABBREVIATIONS.contains(&word.as_str()) && !(word == "no" && follows.is_some_and(char::is_uppercase)) {
            return None;
        }
    }
    // A small letter goes on with the sentence, except after a question or an exclamation in quotation marks.
    if follows.is_some_and(|c| c.is_lowercase()) {
        return None;
    }
    Some(at + offset)
}

fn push(found: &mut Vec<Range<usize>>, text: &str, base: usize, range: Range<usize>) {
    let Some(slice) = text.get(range.clone()) else { return };
    let drop = |c: char| c.is_whitespace() || c as u32 == u32::from(MASK);
    let trimmed = slice.trim_start_matches(drop);
    let start = range.start + (slice.len() - trimmed.len());
    let end = start + trimmed.trim_end_matches(drop).len();
    if start < end {
        found.push(base + start..base + end);
    }
}
