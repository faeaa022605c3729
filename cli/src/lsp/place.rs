//! Places as editors count them: lines and columns from 0, columns in bytes or in units of UTF-16.

use evidence_claims::Span;
use gen_lsp_types::{Position, Range};

/// The lines of a text. Unlike elsewhere a lone `\r` ends one, as the protocol wants.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// Units of UTF-16 before each multiple of [`STEP`] bytes; none where columns count bytes, or all characters are ASCII.
    units: Vec<usize>,
}

/// Bytes between two counts, so that a column in a very long line is not counted from its start.
const STEP: usize = 1024;

/// Units of UTF-16 that begin in these bytes.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|&byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0)).sum()
}

impl Lines {
    /// Finds the lines of `text`.
    pub(super) fn new(text: &str, counts_bytes: bool) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut sums = Vec::new();
        if !counts_bytes && !text.is_ascii() {
            let mut sum = 0;
            for piece in bytes.chunks(STEP) {
                sums.push(sum);
                sum += units(piece);
            }
            sums.push(sum);
        }
        Self { starts, units: sums }
    }

    /// The place of byte `offset`.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let column = self.column(text, offset) - self.column(text, start);
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: small(line), character: small(column) }
    }

    /// The places of a span.
    pub(super) fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start()), end: self.position(text, span.end()) }
    }

    /// The byte of a place. One behind the end of a line means its end, one behind the text the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let column = position.character as usize;
        if self.units.is_empty() {
            let mut at = column.min(line.len());
            while !line.is_char_boundary(at) {
                at -= 1;
            }
            return start + at;
        }
        let mut left = column;
        let place = line.char_indices().find(|(_, c)| match left.checked_sub(c.len_utf16()) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        });
        start + place.map_or(line.len(), |(at, _)| at)
    }

    /// The span of a range.
    pub(super) fn span(&self, text: &str, range: Range) -> Span {
        Span::new(self.offset(text, range.start), self.offset(text, range.end))
    }

    /// Units before byte `offset`.
    fn column(&self, text: &str, offset: usize) -> usize {
        let Some(known) = self.units.get(offset / STEP) else { return offset };
        known + units(text.as_bytes().get(offset / STEP * STEP..offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(text: &str, offset: usize, counts_bytes: bool, line: u32, character: u32) {
        let lines = Lines::new(text, counts_bytes);
        assert_eq!(lines.position(text, offset), Position { line, character });
        assert_eq!(lines.offset(text, Position { line, character }), offset);
    }

    #[test]
    fn columns_count_what_was_agreed() {
        let text = "é😌 relax\r\nold\rnew\n";
        same(text, 6, true, 0, 6);
        same(text, 6, false, 0, 3);
        same(text, 14, false, 1, 0);
        same(text, 18, false, 2, 0);
        same(text, text.len(), false, 3, 0);
        let long = format!("{}é{}", "a".repeat(5_000), "b".repeat(5_000));
        same(&long, 9_000, false, 0, 8_999);
    }

    #[test]
    fn places_outside_mean_the_nearest_inside() {
        let text = "é\nab";
        let lines = Lines::new(text, false);
        let at = |line, character| lines.offset(text, Position { line, character });
        assert_eq!((at(0, 9), at(1, 9), at(9, 0)), (2, 5, 5));
        let bytes = Lines::new(text, true);
        assert_eq!(bytes.offset(text, Position { line: 0, character: 1 }), 0);
    }
}
