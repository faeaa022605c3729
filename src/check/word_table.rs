//! Words to numbers: one table of all words of the vocabulary, asked once for each word of a text.
//!
//! A hash table of its own: the letters of a word are its key, as two numbers, so that nothing is compared byte for byte and no word
//! is an allocation.

use std::collections::HashMap;

use crate::load::{Packed, Packing, Unpacking, packed_fields};

/// Number of a word of the vocabulary.
pub(crate) type WordId = u32;
/// A word that no term and no pattern uses.
pub(crate) const UNKNOWN: WordId = 0;

/// The words, each with a number. Several spellings may share one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct WordTable {
    /// Open addressing, in a power of two.
    places: Vec<Place>,
    /// Words of more letters than a place holds, in lower case.
    long: HashMap<Box<str>, WordId>,
    entries: Vec<Entry>,
    text: String,
}

/// A word with its number; one without letters is an empty place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    letters: Letters,
    word: WordId,
}

/// The bytes of a short word, in lower case where they are ASCII.
type Letters = [u64; 2];

/// Most bytes of a short word.
const SHORT: usize = 16;

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
        let mut table = Self { entries: Packed::read(from)?, text: Packed::read(from)?, ..Self::default() };
        table.seat(places_for(table.entries.len()));
        Some(table)
    }
}

/// How many places so many words get: at most two thirds are taken, so that a search ends soon.
const fn places_for(words: usize) -> usize {
    let least = words + words / 2;
    if least < 64 { 64 } else { least.next_power_of_two() }
}

impl WordTable {
    /// The number of a word, in any case of ASCII letters; [`UNKNOWN`] when it has none.
    pub(crate) fn get(&self, word: &str) -> WordId {
        let found = match letters(word) {
            Some(letters) => self.find(letters),
            None => self.long.get(&*word.to_ascii_lowercase()).copied(),
        };
        found.unwrap_or(UNKNOWN)
    }

    /// The number of the word that stands at `start` of a text and is nothing but ASCII letters and digits: nearly every word of a
    /// page. Its bytes are taken all at once, with those behind it, which is cheaper than to ask how many there are.
    pub(crate) fn get_plain(&self, text: &str, start: usize, length: usize) -> WordId {
        let bytes: Option<&[u8; SHORT]> = text.as_bytes().get(start..).and_then(|rest| rest.first_chunk());
        match bytes.filter(|_| (1..=SHORT).contains(&length)) {
            Some(bytes) => {
                let kept = u128::MAX >> (8 * (SHORT - length));
                self.find(halves((u128::from_le_bytes(*bytes) | CASE) & kept)).unwrap_or(UNKNOWN)
            }
            None => self.get(text.get(start..start + length).unwrap_or_default()),
        }
    }

    /// Gives a word a number, unless it has one. Returns the number it has now.
    pub(crate) fn insert(&mut self, word: &str, number: WordId) -> WordId {
        let known = self.get(word);
        if known != UNKNOWN {
            return known;
        }
        let start = self.text.len() as u32;
        self.text.push_str(word);
        self.entries.push(Entry { start, end: self.text.len() as u32, word: number });
        let places = places_for(self.entries.len());
        if places > self.places.len() {
            self.seat(places);
        } else {
            self.place(self.entries.len() - 1);
        }
        number
    }

    /// Gives every entry a place, out of so many.
    fn seat(&mut self, places: usize) {
        self.places = vec![Place::default(); places];
        (0..self.entries.len()).for_each(|entry| self.place(entry));
    }

    fn place(&mut self, entry: usize) {
        let Entry { start, end, word } = self.entries[entry];
        let text = self.text.get(start as usize..end as usize).unwrap_or_default();
        let Some(letters) = letters(text) else {
            self.long.insert(text.to_ascii_lowercase().into(), word);
            return;
        };
        let mask = self.places.len() - 1;
        let mut at = home(letters) & mask;
        while self.places[at].letters != [0, 0] {
            at = (at + 1) & mask;
        }
        self.places[at] = Place { letters, word };
    }

    fn find(&self, letters: Letters) -> Option<WordId> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = home(letters) & mask;
        loop {
            let place = self.places.get(at)?;
            if place.letters == letters {
                return Some(place.word);
            }
            if place.letters == [0, 0] {
                return None;
            }
            at = (at + 1) & mask;
        }
    }
}

/// The bit that parts "a" from "A", in each byte.
const CASE: u128 = u128::from_le_bytes([b' '; SHORT]);

fn halves(letters: u128) -> Letters {
    [letters as u64, (letters >> 64) as u64]
}

/// The letters of a word, if it is short.
fn letters(word: &str) -> Option<Letters> {
    let mut bytes = [0; SHORT];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    Some(halves(u128::from_le_bytes(bytes)))
}

/// The place where the search for a word begins. No attacker chooses what is in the table, so that speed counts alone.
const fn home([low, high]: Letters) -> usize {
    let mixed = low.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.rotate_left(32).wrapping_mul(0x517c_c1b7_2722_0a95);
    (mixed >> 32) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{UNKNOWN, WordTable, home, letters};
    use crate::Database;

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
            let text = format!("{}{word}, and some more behind it", '(');
            assert_eq!(table.get_plain(&text, 1, word.len()), number, "{word}");
            assert_eq!(table.insert(word, 1), number);
        }
        assert_eq!(table.get(""), UNKNOWN);
    }

    #[test]
    fn a_search_ends_soon_and_the_table_is_no_larger_than_that_takes() {
        let mut table = WordTable::default();
        let forms = Database::builtin().terms().flat_map(|term| term.forms());
        let words: HashSet<String> =
            forms.flat_map(|form| form.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        assert!(words.len() > 3_000, "{}", words.len());
        for word in &words {
            table.insert(word, 1);
        }
        let (entries, places) = (table.entries.len(), table.places.len());
        assert!(places >= entries + entries / 2 && places < 4 * entries, "{places} places for {entries} words");
        // How many places are looked at until a word is found, all words together.
        let mask = places - 1;
        let looks = |letters: [u64; 2]| {
            let mut at = home(letters) & mask;
            let mut looks = 1;
            while table.places[at].letters != letters {
                at = (at + 1) & mask;
                looks += 1;
            }
            looks
        };
        let short: Vec<usize> = words.iter().filter_map(|word| letters(word)).map(looks).collect();
        let total: usize = short.iter().sum();
        assert!(total < short.len() * 2, "{total} looks for {} words", short.len());
    }
}
