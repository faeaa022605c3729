//! Where words stand: byte spans, and lines and columns made from them.
//!
//! Knows nothing of Markdown, TOML or claims, and never changes a text.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of bytes in a file as the user has it: `start` is the first byte, `end` the first byte after.
///
/// ```
/// use evidence_claims::Span;
///
/// let span = Span::new(4, 11);
/// assert_eq!(span.of("Our massage"), "massage");
/// assert_eq!(span.len(), 7);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    // Half as long as places in memory: a long page has so many findings that it is felt.
    start: u32,
    end: u32,
}

/// A place in a text. Of more than 4 GiB no place is kept behind that.
const fn place(at: usize) -> u32 {
    if at > u32::MAX as usize { u32::MAX } else { at as u32 }
}

impl Span {
    /// A span from `start` up to, not including, `end`. An `end` before `start` gives an empty span at `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let (start, end) = (place(start), place(end));
        Self { start, end: if end < start { start } else { end } }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// First byte after the span.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words under the span, or an empty string when it does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// Whether two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place for people: line and column, both counted from 1, columns in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The line starts of one text, for turning byte offsets into [`Position`]s.
///
/// ```
/// use evidence_claims::{LineIndex, Position};
///
/// let text = "café\nmassage";
/// let index = LineIndex::new(text);
/// assert_eq!(index.position(text, 6), Position { line: 2, column: 1 });
/// assert_eq!(index.position(text, 5), Position { line: 1, column: 5 });
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex {
    // Half as long as places in memory, as in a span.
    starts: Vec<u32>,
    /// Characters before each multiple of [`STEP`] bytes, so that a column in a very long line is not counted from its start.
    characters: Vec<usize>,
    /// The same for characters that UTF-16 writes as two units.
    pairs: Vec<usize>,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

/// How many characters of UTF-8 begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { bytes.len() } else { bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() }
}

/// How many of them UTF-16 writes as two units.
fn pairs(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { 0 } else { bytes.iter().filter(|&&byte| byte >= 0xF0).count() }
}

/// The sums of `count` over the pieces before each multiple of [`STEP`].
fn sums(text: &str, count: impl Fn(&[u8]) -> usize) -> Vec<usize> {
    let counts = text.as_bytes().chunks(STEP).scan(0, |sum, chunk| {
        *sum += count(chunk);
        Some(*sum)
    });
    std::iter::once(0).chain(counts).collect()
}

/// `count` over all bytes before `offset`, from the `sums` made with it.
fn before(text: &str, offset: usize, sums: &[usize], count: impl Fn(&[u8]) -> usize) -> usize {
    let step = offset / STEP;
    let rest = text.as_bytes().get(step * STEP..offset).unwrap_or(&[]);
    sums.get(step).copied().unwrap_or(0) + count(rest)
}

impl LineIndex {
    /// Finds the line starts of `text`. `\n` and `\r\n` end a line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| place(at + 1));
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { starts, characters: sums(text, characters), pairs: sums(text, pairs) }
    }

    /// The index of `text`, in which `words` stand where the text of this index had `span`.
    #[cfg(feature = "check")]
    pub(crate) fn changed(&self, text: &str, span: Span, words: &str) -> Self {
        let kept = self.starts.partition_point(|&start| start as usize <= span.start());
        let after = self.starts.partition_point(|&start| start as usize <= span.end());
        let moved = words.len() as isize - span.len() as isize;
        let mut starts = Vec::with_capacity(self.starts.len() + 1);
        starts.extend_from_slice(self.starts.get(..kept).unwrap_or_default());
        starts.extend(words.match_indices('\n').map(|(at, _)| place(span.start() + at + 1)));
        let rest = self.starts.get(after..).unwrap_or_default();
        starts.extend(rest.iter().map(|start| place((*start as usize).saturating_add_signed(moved))));
        let step = span.start() / STEP;
        let sums = |known: &[usize], count: fn(&[u8]) -> usize| {
            let mut sums = known.get(..=step).unwrap_or(known).to_vec();
            let mut sum = sums.last().copied().unwrap_or(0);
            for piece in text.as_bytes().get(step * STEP..).unwrap_or_default().chunks(STEP) {
                sum += count(piece);
                sums.push(sum);
            }
            sums
        };
        Self { starts, characters: sums(&self.characters, characters), pairs: sums(&self.pairs, pairs) }
    }

    /// The line that holds byte `offset`, without its line end.
    pub(crate) fn line(&self, text: &str, offset: usize) -> Span {
        let next = self.starts.partition_point(|&start| start as usize <= offset.min(text.len()));
        let start = self.starts.get(next.saturating_sub(1)).copied().unwrap_or(0);
        let end = self.starts.get(next).map_or(text.len(), |&next| next as usize - 1);
        Span::new(start as usize, end)
    }

    /// The position of byte `offset` in `text`, the text the index was made from. An offset past the end means the end;
    /// one inside a character means the start of that character.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let (line, start, offset) = self.place(text, offset);
        let column = self.characters_in(text, start, offset) + 1;
        Position { line, column }
    }

    /// The line that holds byte `offset`, counted from 1.
    #[cfg(feature = "check")]
    pub(crate) fn line_number(&self, text: &str, offset: usize) -> usize {
        self.place(text, offset).0
    }

    /// The column of byte `offset` in UTF-16 code units, from 1: what SARIF viewers count in. Language servers count the
    /// same from 0.
    ///
    /// ```
    /// use evidence_claims::LineIndex;
    ///
    /// let text = "😌 relax";
    /// let index = LineIndex::new(text);
    /// assert_eq!(index.position(text, 5).column, 3);
    /// assert_eq!(index.utf16_column(text, 5), 4);
    /// ```
    #[must_use]
    pub fn utf16_column(&self, text: &str, offset: usize) -> usize {
        let (_, start, offset) = self.place(text, offset);
        let pairs = before(text, offset, &self.pairs, pairs).saturating_sub(before(text, start, &self.pairs, pairs));
        self.characters_in(text, start, offset) + pairs + 1
    }

    /// Number and start of the line that holds `offset`, and `offset` moved to the start of its character.
    fn place(&self, text: &str, offset: usize) -> (usize, usize, usize) {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= offset);
        (line, self.starts.get(line.saturating_sub(1)).map_or(0, |&start| start as usize), offset)
    }

    /// Characters between two bytes.
    fn characters_in(&self, text: &str, start: usize, end: usize) -> usize {
        let before = |offset| before(text, offset, &self.characters, characters);
        before(end).saturating_sub(before(start))
    }
}
