//! Who speaks: whether a quotation has a name under it, as what clients tell has.

use std::ops::Range;

use super::class::Class;
use super::lexicon::Lexicon;
use super::reading::Reading;
use crate::document::is_mark;

/// Most letters of a name with what stands by it: "Brenda, 67, retired teacher".
const LONGEST: usize = 60;

/// Whether a sentence quotes, and its block ends with a quotation mark, a dash and a name: `"My knees are new." – Brenda, 67`. What stands
/// there is no name where it judges what is quoted: `"It flushes toxins." – Myth`.
pub(super) fn is_named(lexicon: &Lexicon, masked: &str, block: Range<usize>, sentence: &Reading) -> bool {
    if !sentence.quotes {
        return false;
    }
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
