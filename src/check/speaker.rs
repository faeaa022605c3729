//! Who speaks: whether a quotation has a name under it or speaks for itself, as what clients tell does.

use std::ops::Range;

use super::class::Class;
use super::lexicon::Lexicon;
use super::reading::Reading;
use crate::document::{is_mark, sentences};

/// Most letters of a name with what stands by it: "Brenda, 67, retired teacher".
const LONGEST: usize = 60;

/// Whether what a block quotes was told by somebody: it ends with a name, or is nothing but a quotation in the first person.
pub(super) fn is_told(lexicon: &Lexicon, masked: &str, block: Range<usize>) -> bool {
    is_named(lexicon, masked, block.clone()) || is_own(lexicon, masked, block)
}

/// Whether a block is one quotation in which somebody tells of themselves: "My knees are new." A myth is quoted without an "I", and a
/// letter that is answered below ends by asking.
fn is_own(lexicon: &Lexicon, masked: &str, block: Range<usize>) -> bool {
    let skipped = |c: char| c.is_whitespace() || is_mark(c) || c == '>';
    let text = masked.get(block.clone()).unwrap_or_default().trim_matches(skipped);
    let quoted = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    let pairs = [('"', '"'), ('“', '”'), ('‘', '’'), ('\'', '\''), ('«', '»')];
    if !pairs.iter().any(|&(open, close)| quoted(open, close).is_some_and(|inner| !inner.contains([open, close]))) {
        return false;
    }
    let (mut reading, mut is_own) = (Reading::default(), false);
    for sentence in sentences(masked, block) {
        reading.read(lexicon, masked, sentence);
        if reading.has(Class::REPORT) || reading.has(Class::UNCERTAINTY) {
            return false;
        }
        is_own |= reading.has(Class::FIRST_PERSON);
    }
    is_own && !reading.question
}

/// Whether a block ends with a quotation mark, a dash and a name: `"My knees are new." – Brenda, 67`. What stands there is no name where
/// it judges what is quoted: `"It flushes toxins." – Myth`.
fn is_named(lexicon: &Lexicon, masked: &str, block: Range<usize>) -> bool {
    let text = masked.get(block.clone()).unwrap_or_default();
    let tail = text.char_indices().rev().take(LONGEST).last().map_or("", |(at, _)| &text[at..]);
    let skipped = |c: char| c.is_whitespace() || is_mark(c);
    // Behind the mark that closes, which is not always the last: a name may hold one, or a hyphen.
    let behind = tail.rmatch_indices(['"', '”', '’', '\'', '»']).map(|(at, mark)| &tail[at + mark.len()..]);
    let mut names = behind.filter_map(|behind| behind.trim_start_matches(skipped).strip_prefix(['–', '—', '-', '~']));
    let Some(name) = names.next().filter(|name| name.trim_start_matches(skipped).starts_with(char::is_uppercase))
    else {
        return false;
    };
    let mut reading = Reading::default();
    reading.read(lexicon, masked, block.end - name.len()..block.end);
    let judges = [Class::REPORT, Class::NEGATOR, Class::LOCAL_NEGATOR, Class::UNCERTAINTY, Class::RETRACTION];
    !judges.iter().any(|&class| reading.has(class))
}
