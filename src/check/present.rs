//! Which words and classes stand somewhere, as a set of bits: what tells with one look that a pattern cannot match.
//!
//! Only what patterns look for has a bit. The commonest words and classes have one of their own, so that they are never taken for
//! others; the rest share what is left, and few of them meet in one sentence.

use super::class::Class;
use super::word_table::WordId;
use crate::load::{Packed, Packing, Unpacking, Whole, packed_fields};

/// Which words and classes a sentence, a word of it or a part of a pattern may hold. A clear bit is sure, a shared one is a hint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Present([u64; PARTS]);

/// Numbers of 64 bits.
const PARTS: usize = 8;
/// Bits that stand for one word or class alone.
const OWN: usize = 384;
/// Bits that several share.
const SHARED: usize = PARTS * 64 - OWN;

/// The number of a bit, from 1; 0 for none.
pub(crate) type Bit = u16;

/// The bit of each word and class that patterns look for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<Bit>,
    classes: Vec<Bit>,
}

packed_fields! { Bits { words, classes } }

impl Bits {
    /// Gives bits, by how many patterns use each word and each class: what many patterns look for, many sentences hold.
    pub(crate) fn new(words: &[u32], classes: &[u32]) -> Self {
        let mut bits = Self { words: vec![0; words.len()], classes: vec![0; classes.len()] };
        // A class stands for many words.
        let uses = words.iter().zip(0..).map(|(&uses, slot)| (uses, false, slot));
        let uses = uses.chain(classes.iter().zip(0..).map(|(&uses, slot)| (uses.saturating_mul(8), true, slot)));
        let mut used: Vec<(u32, bool, usize)> = uses.filter(|&(uses, ..)| uses > 0).collect();
        used.sort_unstable_by_key(|&(uses, is_class, slot)| (std::cmp::Reverse(uses), is_class, slot));
        for (place, (_, is_class, slot)) in used.into_iter().enumerate() {
            let bit = 1 + if place < OWN { place } else { OWN + (place - OWN) % SHARED };
            let list = if is_class { &mut bits.classes } else { &mut bits.words };
            list[slot] = bit as Bit;
        }
        bits
    }

    /// Adds a word to sets, if a pattern looks for it.
    pub(crate) fn add_word<const N: usize>(&self, word: WordId, to: [&mut Present; N]) {
        let bit = self.words.get(word as usize).copied().unwrap_or(0);
        to.into_iter().for_each(|present| present.add_bit(bit));
    }

    /// Adds a class to sets, if a pattern looks for it.
    pub(crate) fn add_class<const N: usize>(&self, class: Class, to: [&mut Present; N]) {
        let bit = self.classes.get(usize::from(class.0)).copied().unwrap_or(0);
        to.into_iter().for_each(|present| present.add_bit(bit));
    }

    /// A word; nothing when no pattern looks for it.
    pub(crate) fn of_word(&self, word: WordId) -> Present {
        Present::of(self.words.get(word as usize).copied().unwrap_or(0))
    }

    /// A class; nothing when no pattern looks for it.
    pub(crate) fn of_class(&self, class: Class) -> Present {
        Present::of(self.classes.get(usize::from(class.0)).copied().unwrap_or(0))
    }

    /// One of these words and classes; everything when one of them has no bit, so that its absence could not be told.
    pub(crate) fn of_one(
        &self,
        words: impl IntoIterator<Item = WordId>,
        classes: impl IntoIterator<Item = Class>,
    ) -> Present {
        let mut one = Present::default();
        let words = words.into_iter().map(|word| self.of_word(word));
        for own in words.chain(classes.into_iter().map(|class| self.of_class(class))) {
            one.add(if own == Present::default() { &Present::ALL } else { &own });
        }
        one
    }
}

impl Present {
    /// Everything.
    pub(crate) const ALL: Self = Self([u64::MAX; PARTS]);

    fn of(bit: Bit) -> Self {
        let mut present = Self::default();
        present.add_bit(bit);
        present
    }

    fn add_bit(&mut self, bit: Bit) {
        if let Some(bit) = bit.checked_sub(1) {
            self.0[usize::from(bit / 64) % PARTS] |= 1 << (bit % 64);
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Whether something may be in both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        // All parts, since to stop early takes longer.
        self.0.iter().zip(&other.0).fold(0, |both, (own, other)| both | (own & other)) != 0
    }

    /// Whether all of another may be there.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |missing, (own, other)| missing | (other & !own)) == 0
    }

    /// Whether a bit is set; yes for none.
    pub(crate) fn has(&self, bit: Bit) -> bool {
        bit.checked_sub(1).is_none_or(|bit| self.0[usize::from(bit / 64) % PARTS] & 1 << (bit % 64) != 0)
    }

    /// The bit that is set, where it is one only.
    pub(crate) fn single(&self) -> Option<Bit> {
        let count: u32 = self.0.iter().map(|part| part.count_ones()).sum();
        let part = self.0.iter().position(|part| *part != 0).filter(|_| count == 1)?;
        Some(part as Bit * 64 + self.0[part].trailing_zeros() as Bit + 1)
    }
}

impl Packed for Present {
    /// Most parts are empty: a bit for each says which are not.
    fn write(&self, to: &mut Packing) {
        let used = (0..PARTS).filter(|&part| self.0[part] != 0);
        used.clone().fold(0_u8, |mask, part| mask | 1 << part).write(to);
        used.for_each(|part| Whole(self.0[part]).write(to));
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let mut used = u8::read(from)?;
        let mut present = Self::default();
        while used != 0 {
            present.0[used.trailing_zeros() as usize] = Whole::read(from)?.0;
            used &= used - 1;
        }
        Some(present)
    }
}
