//! Many short lists in one: each is a slice of the same memory, so that reading a vocabulary makes one list and not thousands.

use crate::load::{Packed, Packing, Unpacking};

/// Lists by number, one after another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rows<T> {
    values: Vec<T>,
    /// Where each list begins, and where the last ends.
    starts: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { values: Vec::new(), starts: Vec::new() }
    }
}

impl<T> Rows<T> {
    pub(crate) fn new(lists: impl IntoIterator<Item = Vec<T>>) -> Self {
        let mut rows = Self { values: Vec::new(), starts: vec![0] };
        for list in lists {
            rows.values.extend(list);
            rows.starts.push(rows.values.len() as u32);
        }
        rows
    }

    /// The list of this number; nothing when there is none.
    pub(crate) fn row(&self, number: usize) -> &[T] {
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        bounds.and_then(|(&from, &to)| self.values.get(from as usize..to as usize)).unwrap_or(&[])
    }
}

impl<T: Packed> Packed for Rows<T> {
    /// Lengths are written rather than places, since they take a byte.
    fn write(&self, to: &mut Packing) {
        let lengths: Vec<u32> = self.starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        lengths.write(to);
        self.values.write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let lengths: Vec<u32> = Packed::read(from)?;
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        starts.push(0);
        for length in lengths {
            starts.push(starts.last()? + length);
        }
        Some(Self { values: Packed::read(from)?, starts })
    }
}
