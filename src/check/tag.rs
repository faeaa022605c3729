//! The words of a sentence and the terms found among them.

use std::ops::Range;

use super::class::Class;
use super::present::{Bit, NONE};
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

/// What the vocabulary knows of a word, in one place: nearly all words begin nothing, and need not be looked up further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    flags: u8,
    /// Stands for the word in first looks.
    pub(crate) bit: Bit,
}

impl Known {
    /// It ends like a past participle: released, broken, swept.
    pub(crate) const PARTICIPLE: Self = Self { flags: 1, bit: NONE };
    /// A phrase of a term begins with it.
    pub(crate) const OPENS_PHRASE: Self = Self { flags: 2, bit: NONE };
    /// It is an anchor of a form of a term that is a program.
    pub(crate) const ANCHORS_TERM: Self = Self { flags: 4, bit: NONE };
    /// It is an anchor of a pattern of a rule or of a listed overclaim.
    pub(crate) const ANCHORS_RULE: Self = Self { flags: 8, bit: NONE };

    pub(crate) const fn has(self, other: Self) -> bool {
        self.flags & other.flags != 0
    }

    pub(crate) const fn set(&mut self, other: Self, whether: bool) {
        if whether {
            self.flags |= other.flags;
        }
    }
}

packed_fields! { Known { flags, bit } }

/// A term found in a sentence: words `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) class: Class,
    /// Stands for the class in first looks.
    pub(crate) bit: Bit,
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
