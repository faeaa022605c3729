//! The words of a sentence and the terms found among them.

use std::ops::Range;

use super::class::Class;
use super::word_table::WordId;
use crate::document::Punctuation;
use crate::load::packed_fields;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) word: WordId,
    pub(crate) before: Punctuation,
    pub(crate) quoted: bool,
    pub(crate) known: Known,
}

/// What the vocabulary knows of a word, in one byte: nearly all words begin nothing, and need not be looked up further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    bits: u8,
}

impl Known {
    /// It ends like a past participle: released, broken, swept.
    pub(crate) const PARTICIPLE: Self = Self { bits: 1 };
    /// A phrase of a term begins with it.
    pub(crate) const OPENS_PHRASE: Self = Self { bits: 2 };
    /// It is an anchor of a form of a term that is a program.
    pub(crate) const ANCHORS_TERM: Self = Self { bits: 4 };
    /// It is an anchor of a pattern of a rule or of a listed overclaim.
    pub(crate) const ANCHORS_RULE: Self = Self { bits: 8 };

    pub(crate) const fn has(self, other: Self) -> bool {
        self.bits & other.bits != 0
    }

    pub(crate) const fn set(&mut self, other: Self, whether: bool) {
        if whether {
            self.bits |= other.bits;
        }
    }
}

packed_fields! { Known { bits } }

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
