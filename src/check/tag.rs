//! The words of a sentence and the terms found among them.

use std::ops::Range;

use super::class::Class;
use super::word_table::WordId;
use crate::document::Punctuation;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: WordId,
    pub(crate) before: Punctuation,
    pub(crate) quoted: bool,
    /// Whether it ends like a past participle: released, broken, swept.
    pub(crate) participle: bool,
}

/// A term found in a sentence: words `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) class: Class,
    pub(crate) term: u32,
}

impl Tag {
    pub(crate) const fn words(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end && self.end - self.start > other.end - other.start
    }
}
