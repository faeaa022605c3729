//! Words to numbers: one table of all words of the vocabulary, asked once for each word of a text.
//!
//! A hash table of its own, since most words of a page are not in the vocabulary: a miss costs one look at eight bytes, and no
//! word is an allocation.

use crate::load::{Packed, Packing, Unpacking, packed_fields};

/// Number of a word of the vocabulary.
pub(crate) type WordId = u32;
/// A word that no term and no pattern uses.
pub(crate) const UNKNOWN: WordId = 0;

/// The words, each with a number. Several spellings may share one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct WordTable {
    /// Open addressing: the upper half is the hash, the lower half the entry plus one; 0 is an empty place.
    places: Vec<u64>,
    entries: Vec<Entry>,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    start: u32,
    end: u32,
    word: WordId,
}

packed_fields! { Entry { start, end, word } }

/// Places are found anew, since that is cheaper than to read them.
impl Packed for WordTable {
    fn write(&self, to: &mut Packing) {
        self.entries.write(to);
        self.text.write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let mut table = Self { places: Vec::new(), entries: Packed::read(from)?, text: Packed::read(from)? };
        let mut places = 64;
        while table.entries.len() * 2 > places {
            places *= 2;
        }
        table.seat(places);
        Some(table)
    }
}

impl WordTable {
    /// The number of a word, in any case of ASCII letters; [`UNKNOWN`] when it has none.
    pub(crate) fn get(&self, word: &str) -> WordId {
        self.find(word, hash(word.as_bytes())).unwrap_or(UNKNOWN)
    }

    /// Gives a word a number, unless it has one. Returns the number it has now.
    pub(crate) fn insert(&mut self, word: &str, number: WordId) -> WordId {
        let hash = hash(word.as_bytes());
        if let Some(known) = self.find(word, hash) {
            return known;
        }
        let start = self.text.len() as u32;
        self.text.push_str(word);
        self.entries.push(Entry { start, end: self.text.len() as u32, word: number });
        // At most half full, so that a search ends soon.
        if self.entries.len() * 2 > self.places.len() {
            self.seat((self.places.len() * 2).max(64));
        } else {
            self.place(hash, self.entries.len() - 1);
        }
        number
    }

    /// Gives every entry a place, out of so many.
    fn seat(&mut self, places: usize) {
        self.places = vec![0; places];
        for at in 0..self.entries.len() {
            let Entry { start, end, .. } = self.entries[at];
            self.place(hash(self.text.as_bytes().get(start as usize..end as usize).unwrap_or(&[])), at);
        }
    }

    fn place(&mut self, hash: u32, entry: usize) {
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        while self.places[at] != 0 {
            at = (at + 1) & mask;
        }
        self.places[at] = u64::from(hash) << 32 | (entry as u64 + 1);
    }

    fn find(&self, word: &str, hash: u32) -> Option<WordId> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let place = *self.places.get(at)?;
            if place == 0 {
                return None;
            }
            if (place >> 32) as u32 == hash {
                let entry = self.entries.get((place as u32) as usize - 1)?;
                let known = self.text.as_bytes().get(entry.start as usize..entry.end as usize)?;
                if same(known, word.as_bytes()) {
                    return Some(entry.word);
                }
            }
            at = (at + 1) & mask;
        }
    }
}

/// The bit that parts "a" from "A", in eight bytes.
const CASE: u64 = u64::from_le_bytes([b' '; 8]);

fn wide(part: Option<&[u8; 8]>) -> u64 {
    part.map_or(0, |part| u64::from_le_bytes(*part))
}

fn half(part: Option<&[u8; 4]>) -> u64 {
    part.map_or(0, |part| u64::from(u32::from_le_bytes(*part)))
}

/// The bytes of a word eight at a time, in lower case; what is left over is read twice, which is cheaper than a loop.
fn parts(bytes: &[u8], mut each: impl FnMut(u64)) {
    match bytes {
        [] => {}
        [one] => each(u64::from(*one) | CASE),
        [first, .., last] if bytes.len() < 4 => {
            each(u64::from(*first) | u64::from(*last) << 8 | u64::from(bytes[bytes.len() / 2]) << 16 | CASE);
        }
        _ if bytes.len() < 8 => each(half(bytes.first_chunk()) | half(bytes.last_chunk()) << 32 | CASE),
        _ => {
            bytes.chunks_exact(8).for_each(|part| each(wide(part.first_chunk()) | CASE));
            each(wide(bytes.last_chunk()) | CASE);
        }
    }
}

/// Multiply and rotate, blind to the case of ASCII letters. No attacker chooses what is in the table, so that speed counts alone.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    const K: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = bytes.len() as u64;
    parts(bytes, |part| hash = (hash.rotate_left(23) ^ part).wrapping_mul(K));
    (hash >> 32) as u32
}

/// Whether two words are the same but for the case of ASCII letters.
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    // In words of ASCII nothing but letters of another case is alike when the bit for the case is set.
    if !one.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    if one.len() < 8 {
        let (mut own, mut others) = (0, 0);
        parts(one, |part| own = part);
        parts(other, |part| others = part);
        return own == others;
    }
    let alike = |one: Option<&[u8; 8]>, other: Option<&[u8; 8]>| wide(one) | CASE == wide(other) | CASE;
    let mut pairs = one.chunks_exact(8).zip(other.chunks_exact(8));
    pairs.all(|(one, other)| alike(one.first_chunk(), other.first_chunk()))
        && alike(one.last_chunk(), other.last_chunk())
}

#[cfg(test)]
mod tests {
    use super::{UNKNOWN, WordTable};

    #[test]
    fn every_word_is_found_and_no_other() {
        let mut table = WordTable::default();
        let words: Vec<String> = (1..5_000).map(|n| "pain ache muscle".repeat(n % 3) + &n.to_string()).collect();
        for (word, number) in words.iter().zip(1..) {
            assert_eq!(table.insert(word, number), number);
        }
        for (word, number) in words.iter().zip(1..) {
            assert_eq!(table.get(word), number, "{word}");
            assert_eq!(table.get(&word.to_uppercase()), number, "{word}");
            assert_eq!(table.get(&format!("{word}x")), UNKNOWN);
            assert_eq!(table.insert(word, 1), number);
        }
        assert_eq!(table.get(""), UNKNOWN);
    }
}
