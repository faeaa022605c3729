//! Copy that its format writes in another way: escapes, doubled quotes, folded lines.

use std::borrow::Cow;
use std::ops::Range;

/// A run of copy as its format means it, and where each of its characters stands in the file.
#[derive(Debug)]
pub(super) struct Stretch<'t> {
    pub(super) text: Cow<'t, str>,
    places: Places,
}

#[derive(Debug)]
enum Places {
    /// The text stands in the file as it is, from this byte on.
    From(usize),
    /// For each byte of the text the first byte in the file of its character; at the end, the first byte after.
    Each(Vec<usize>),
}

impl<'t> Stretch<'t> {
    /// `range` of the file, meant as it is written.
    pub(super) fn verbatim(file: &'t str, range: Range<usize>) -> Self {
        Self { text: Cow::Borrowed(file.get(range.clone()).unwrap_or("")), places: Places::From(range.start) }
    }

    /// Nothing yet: characters that begin at byte `start` of the file are pushed.
    pub(super) fn decoded(start: usize) -> Self {
        Self { text: Cow::Borrowed(""), places: Places::Each(vec![start]) }
    }

    /// Adds a character that takes `width` bytes of the file, which follow those of the character before.
    pub(super) fn push(&mut self, c: char, width: usize) {
        let Places::Each(places) = &mut self.places else { return };
        let start = places.pop().unwrap_or(0);
        places.extend(std::iter::repeat_n(start, c.len_utf8()));
        places.push(start + width);
        self.text.to_mut().push(c);
    }

    /// Where `range` of the text stands in the file.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        match &self.places {
            Places::From(start) => start + range.start..start + range.end,
            Places::Each(places) => {
                let at = |offset: usize| places.get(offset).or(places.last()).copied().unwrap_or(0);
                at(range.start)..at(range.end)
            }
        }
    }

    /// Whether every character stands in the file as it is.
    pub(super) fn is_verbatim(&self) -> bool {
        matches!(self.places, Places::From(_))
    }
}
