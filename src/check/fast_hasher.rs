//! Hashing of our own numbers and names: nobody chooses them to collide, so that speed counts alone.

use std::hash::Hasher;

/// Multiply and rotate, for keys that are numbers of ours.
#[derive(Default)]
pub(crate) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        // The upper bits of a product are the mixed ones.
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(hash(bytes).into());
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }
}

fn wide(part: Option<&[u8; 8]>) -> u64 {
    part.map_or(0, |part| u64::from_le_bytes(*part))
}

fn half(part: Option<&[u8; 4]>) -> u64 {
    part.map_or(0, |part| u64::from(u32::from_le_bytes(*part)))
}

/// Bytes eight at a time; what is left over is read twice, which is cheaper than a loop.
fn parts(bytes: &[u8], mut each: impl FnMut(u64)) {
    match bytes {
        [one] => each(u64::from(*one)),
        [first, .., last] if bytes.len() < 4 => {
            each(u64::from(*first) | u64::from(*last) << 8 | u64::from(bytes[bytes.len() / 2]) << 16);
        }
        _ if bytes.len() < 8 => each(half(bytes.first_chunk()) | half(bytes.last_chunk()) << 32),
        _ => {
            bytes.chunks_exact(8).for_each(|part| each(wide(part.first_chunk())));
            each(wide(bytes.last_chunk()));
        }
    }
}

/// Multiply and rotate, for names of ours.
fn hash(bytes: &[u8]) -> u32 {
    const K: u64 = 0x517c_c1b7_2722_0a95;
    let mut hash = bytes.len() as u64;
    parts(bytes, |part| hash = (hash.rotate_left(23) ^ part).wrapping_mul(K));
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{Hash, Hasher};

    use super::{FastHasher, hash};

    /// On how many of 4,096 places a thousand keys fall.
    fn places<K: Hash>(keys: impl Iterator<Item = K>) -> usize {
        let place = |key: K| {
            let mut hasher = FastHasher::default();
            key.hash(&mut hasher);
            hasher.finish() & 0xfff
        };
        keys.take(1_000).map(place).collect::<HashSet<u64>>().len()
    }

    #[test]
    fn keys_fall_on_many_places() {
        // By chance it would be 887.
        assert!(places(0_u32..) > 800);
        assert!(places(0_u64..) > 800);
        assert!(places(0_usize..) > 800);
        assert!(places((0_usize..).map(|at| std::ptr::without_provenance::<u64>(8 * at))) > 600);
        assert!(places((0_u32..).map(|at| (at % 10, at / 10))) > 800);
        assert!(places((0..).map(|at| format!("claim-{at}"))) > 800);
        assert!(places((0..).map(|at| Some(format!("claim-{at}")))) > 800);
        assert!(places(0_u8..=255) > 230);
    }

    #[test]
    fn every_letter_of_a_name_counts_in_its_hash() {
        for length in 1..40 {
            let name = vec![b'a'; length];
            let others = (0..length).flat_map(|at| (b'b'..=b'z').map(move |letter| (at, letter)));
            let mut hashes: HashSet<u32> = others
                .map(|(at, letter)| {
                    let mut other = name.clone();
                    other[at] = letter;
                    hash(&other)
                })
                .collect();
            hashes.insert(hash(&name));
            // A letter that did not count would lose all of its 25.
            let lost = 25 * length + 1 - hashes.len();
            assert!(lost < 10, "{length}: {lost}");
        }
        assert_ne!(hash(b""), hash(b"a"));
    }
}
