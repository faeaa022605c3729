//! Drafts: a page and, each behind a separator, edits of it. After each the draft says what a check of the whole says.
//!
//! The first three characters of an edit are where it begins, how many bytes it takes, and what kind it is; the rest are its words.
#![no_main]

use evidence_claims::{Draft, Span};
use evidence_claims_fuzz::{CHECKER, SEPARATOR, format};
use libfuzzer_sys::fuzz_target;

/// More edits than this show nothing new.
const MOST_EDITS: usize = 16;

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fuzz_target!(|input: &str| {
    let (read, text) = format(input);
    let mut pieces = text.split(SEPARATOR);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    let mut draft = Draft::new(&CHECKER, read(whole.clone()));
    for edit in pieces.take(MOST_EDITS) {
        let mut numbers = edit.chars();
        let mut number = || numbers.next().map_or(0, |character| character as usize);
        let (start, length, kind) = (number() * 7 % (whole.len() + 1), number() % 96, number());
        let words = numbers.as_str();
        // Not on characters: the draft moves the ends to where one begins.
        let span = Span::new(start, start + length);
        let before = whole.clone();
        let range = floor(&whole, span.start())..floor(&whole, span.end());
        whole.replace_range(range, words);
        if kind % 4 == 0 {
            draft.replace(&whole)
        } else {
            draft.edit(span, words)
        }

        let document = read(whole.clone());
        let case = || format!("{span:?} of {before:?} became {words:?}");
        assert_eq!(draft.document().text(), whole, "{}", case());
        assert_eq!(draft.document().blocks(), document.blocks(), "{}", case());
        assert_eq!(draft.findings(), CHECKER.check(&document), "{}", case());
        assert!(draft.document().sentences().eq(document.sentences()), "{}", case());
        for span in document.sentences() {
            assert_eq!(draft.document().position(span), document.position(span), "{}", case());
        }
    }
});
