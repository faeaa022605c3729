//! Which words and classes stand somewhere, as a set of bits: what tells with one look that a pattern cannot match.
//!
//! Only what patterns look for has a bit. The commonest words and classes have one of their own, so that they are never taken for
//! others; the rest share what is left, and few of them meet in one sentence.

use super::class::Class;
use super::word_table::WordId;
use crate::load::{Packed, Packing, Unpacking, Whole, packed_fields};

/// Which words and classes a sentence, a word of it or a part of a pattern may hold. A clear bit is sure, a shared one is a hint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Present([u64; PARTS]);

/// Numbers of 64 bits.
const PARTS: usize = 8;
/// Bits that stand for one word or class alone.
const OWN: usize = 384;
/// Bits that several share.
const SHARED: usize = PARTS * 64 - OWN;

/// The number of a bit, from 1.
pub(crate) type Bit = u16;
/// No bit.
pub(crate) const NONE: Bit = 0;

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

    /// The bit of a word; none when no pattern looks for it.
    pub(crate) fn word(&self, word: WordId) -> Bit {
        self.words.get(word as usize).copied().unwrap_or(NONE)
    }

    /// The bit of a class; none when no pattern looks for it.
    pub(crate) fn class(&self, class: Class) -> Bit {
        self.classes.get(usize::from(class.0)).copied().unwrap_or(NONE)
    }

    /// One of these words and classes; everything when one of them has no bit, so that its absence could not be told.
    pub(crate) fn of_one(
        &self,
        words: impl IntoIterator<Item = WordId>,
        classes: impl IntoIterator<Item = Class>,
    ) -> Present {
        let mut one = Present::default();
        let words = words.into_iter().map(|word| self.word(word));
        for bit in words.chain(classes.into_iter().map(|class| self.class(class))) {
            match bit {
                NONE => one = Present::ALL,
                bit => one.add(bit),
            }
        }
        one
    }
}

impl Present {
    /// Everything.
    pub(crate) const ALL: Self = Self([u64::MAX; PARTS]);

    pub(crate) fn add(&mut self, bit: Bit) {
        if let Some(bit) = bit.checked_sub(1) {
            self.0[usize::from(bit / 64) % PARTS] |= 1 << (bit % 64);
        }
    }

    /// Whether a bit is set; never for none.
    pub(crate) fn has(&self, bit: Bit) -> bool {
        bit.checked_sub(1).is_some_and(|bit| self.0[usize::from(bit / 64) % PARTS] & 1 << (bit % 64) != 0)
    }

    /// Whether something may be in both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        // All parts, since to stop early takes longer.
        self.0.iter().zip(&other.0).fold(0, |both, (own, other)| both | (own & other)) != 0
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Bit, Bits, NONE, OWN, Present, SHARED};
    use crate::check::class::Class;
    use crate::load::{pack, unpack};

    /// Of a thousand words and four classes: the later a word, the rarer; one in ten is never looked for.
    fn bits() -> Bits {
        let words: Vec<u32> = (0..1_000).map(|at| if at % 10 == 0 { 0 } else { 2_000 - at }).collect();
        Bits::new(&words, &[100, 0, 300, 1])
    }

    #[test]
    fn the_commonest_have_a_bit_of_their_own_and_all_others_share_the_rest_evenly() {
        let bits = bits();
        let used = |words: std::ops::Range<u32>| words.filter(|at| at % 10 != 0).map(|word| bits.word(word));
        assert!((0..100).all(|at| bits.word(10 * at) == NONE) && bits.word(9_999) == NONE);
        // One class is among the first, since it stands for many words: 8 × 300 is more than any word, 8 × 100 is less.
        let first: HashSet<Bit> = used(0..426).collect();
        assert_eq!((first.len(), used(0..426).count()), (OWN - 1, OWN - 1));
        let rest: HashSet<Bit> = used(426..1_000).collect();
        assert_eq!((rest.len(), rest.is_disjoint(&first)), (SHARED, true));
        let class = |number| bits.class(Class(number));
        assert_eq!([0, 1, 2, 3, 4].map(|number| class(number) == NONE), [false, true, false, false, true]);
        assert!(!first.contains(&class(2)) && !rest.contains(&class(2)) && rest.contains(&class(0)));
    }

    #[test]
    fn what_is_held_and_met_is_told_as_by_sets() {
        let set = |bits: &[Bit]| {
            let mut present = Present::default();
            bits.iter().for_each(|&bit| present.add(bit));
            present
        };
        let lists: Vec<Vec<Bit>> =
            (0..60_u16).map(|n| (0..n % 7).map(|k| 1 + (n * 61 + k * 97) % 512 / 8 * 8).collect()).collect();
        for one in &lists {
            let present = set(one);
            for other in &lists {
                assert_eq!(present.meets(&set(other)), one.iter().any(|bit| other.contains(bit)), "{one:?} {other:?}");
            }
            for bit in 0..=512 {
                assert_eq!(present.has(bit), one.contains(&bit), "{one:?} {bit}");
            }
            assert_eq!(unpack(&pack(&present).numbers, ""), Some(present), "{one:?}");
            assert!(Present::ALL.meets(&present) || one.is_empty());
        }
    }

    #[test]
    fn what_nothing_looks_for_could_be_anything() {
        let bits = bits();
        let mut two = Present::default();
        two.add(bits.word(1));
        two.add(bits.class(Class(2)));
        assert_eq!(bits.of_one([1], [Class(2)]), two);
        assert_eq!(bits.of_one([10, 1], []), Present::ALL);
        assert_eq!(bits.of_one([1], [Class(1)]), Present::ALL);
        assert_eq!(bits.of_one([], []), Present::default());
    }
}
