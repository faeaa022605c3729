//! Who speaks: whether a quotation has a name under it, as what clients tell has.

use std::ops::Range;

use super::class::Class;
use super::lexicon::Lexicon;
use super::reading::Reading;
use crate::document::is_mark;

/// Most bytes of a name with what stands by it: "Brenda, 67, retired teacher".
const LONGEST: usize = 60;

/// Whether a block ends with a quotation mark, a dash and a name: `"My knees are new." – Brenda, 67`. What stands there is no name where
/// it judges what is quoted: `"It flushes toxins." – Myth`.
pub(super) fn is_named(lexicon: &Lexicon, masked: &str, block: Range<usize>) -> bool {
    let text = masked.get(block.clone()).unwrap_or_default();
    let skipped = |c: char| c.is_whitespace() || is_mark(c);
    // Behind a mark that closes: a name may hold one, or a hyphen.
    let marks = text.rmatch_indices(['"', '”', '’', '\'', '»']);
    let behind = marks.map(|(at, mark)| &text[at + mark.len()..]).take_while(|behind| behind.len() <= LONGEST);
    let name = behind
        .map(|behind| behind.trim_start_matches(skipped))
        .find_map(|behind| behind.strip_prefix(['–', '—', '-', '~']));
    let Some(name) = name.filter(|name| name.trim_start_matches(skipped).starts_with(char::is_uppercase)) else {
        return false;
    };
    let mut reading = Reading::default();
    reading.read(lexicon, masked, block.end - name.len()..block.end);
    let judges = [Class::REPORT, Class::NEGATOR, Class::LOCAL_NEGATOR, Class::UNCERTAINTY, Class::RETRACTION];
    !judges.iter().any(|&class| reading.has(class))
}
