//! Columns that fit the terminal: all but one as wide as their words, the last one with what is left, folded.
//!
//! Where too little is left (a narrow window), each row becomes a small block instead.

use textwrap::core::display_width;

use crate::style::{self, paint};
use crate::wrap;

/// Columns between columns.
const GAP: usize = 2;

/// Fewer columns than this make a folded column unreadable.
const NARROW: usize = 32;

/// Rows under headings. The last column is prose.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    headings: &'a [&'a str],
    rows: Vec<Vec<String>>,
}

impl<'a> Table<'a> {
    /// An empty table.
    pub(crate) fn new(headings: &'a [&'a str]) -> Self {
        Self { headings, rows: Vec::new() }
    }

    /// Adds a row with a cell for each heading. Cells may be coloured.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Widths of the columns before the last.
    pub(crate) fn widths(&self) -> Vec<usize> {
        let fixed = self.headings.len().saturating_sub(1);
        let heading = |column: usize| self.headings.get(column).map_or(0, |heading| display_width(heading));
        let cells =
            |column: usize| self.rows.iter().filter_map(move |row| row.get(column)).map(|cell| display_width(cell));
        (0..fixed).map(|column| cells(column).max().unwrap_or(0).max(heading(column))).collect()
    }

    /// The headings in one line. Left out, like the columns themselves, where blocks are drawn.
    pub(crate) fn head(&self, widths: &[usize], width: usize) -> String {
        if prose_width(widths, width) < NARROW {
            return String::new();
        }
        let headings: Vec<String> = self.headings.iter().map(|heading| paint(style::QUIET, heading)).collect();
        line(&headings, widths, width)
    }

    /// The rows.
    pub(crate) fn body(&self, widths: &[usize], width: usize) -> String {
        let narrow = prose_width(widths, width) < NARROW;
        self.rows.iter().map(|row| if narrow { block(row, width) } else { line(row, widths, width) }).collect()
    }

    /// Whether so little is left for the prose that each row becomes a block.
    pub(crate) fn is_blocks(&self, width: usize) -> bool {
        prose_width(&self.widths(), width) < NARROW
    }

    /// The rows without their headings.
    pub(crate) fn rows_only(&self, width: usize) -> String {
        self.body(&self.widths(), width)
    }

    /// Headings and rows.
    pub(crate) fn text(&self, width: usize) -> String {
        let widths = self.widths();
        self.head(&widths, width) + &self.body(&widths, width)
    }
}

/// Columns left for the last column.
fn prose_width(widths: &[usize], width: usize) -> usize {
    width.saturating_sub(widths.iter().map(|column| column + GAP).sum())
}

fn line(cells: &[String], widths: &[usize], width: usize) -> String {
    let mut out = String::new();
    for (cell, column) in cells.iter().zip(widths) {
        out.push_str(cell);
        out.push_str(&" ".repeat(column.saturating_sub(display_width(cell)) + GAP));
    }
    let indent = format!("\n{}", " ".repeat(widths.iter().map(|column| column + GAP).sum()));
    let prose = cells.get(widths.len()).map_or("", String::as_str);
    out.push_str(&wrap::lines(prose, prose_width(widths, width), "", "").join(&indent));
    let mut out = out.trim_end().to_owned();
    out.push('\n');
    out
}

fn block(cells: &[String], width: usize) -> String {
    let Some((prose, short)) = cells.split_last() else { return String::new() };
    let short: Vec<&str> = short.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let mut out = wrap::lines(&short.join("  "), width, "", "  ").join("\n");
    out.push('\n');
    out.push_str(&wrap::paragraph(prose, width, 2, 0));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<'static> {
        let mut table = Table::new(&["claim", "certainty", "question"]);
        table.row(vec![
            "cortisol".into(),
            paint(style::GOOD, "low"),
            "One session lowers cortisol more than rest does.".into(),
        ]);
        table.row(vec!["sleep-in-hospital".into(), "none".into(), "Massage helps.".into()]);
        table
    }

    #[test]
    fn the_last_column_is_folded_to_what_is_left() {
        let text = anstream::adapter::strip_str(&table().text(62)).to_string();
        assert_eq!(
            text,
            "\
claim              certainty  question
cortisol           low        One session lowers cortisol more
                              than rest does.
sleep-in-hospital  none       Massage helps.
"
        );
    }

    #[test]
    fn a_narrow_window_gets_blocks() {
        let text = anstream::adapter::strip_str(&table().text(40)).to_string();
        assert!(text.starts_with("cortisol  low\n  One session lowers cortisol more than\n  rest does.\n"), "{text}");
    }
}
