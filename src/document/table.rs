//! Tables with separators (CSV, TSV): feeds of products, lists of advertisements. Each cell of a chosen column is a piece of copy.

use std::borrow::Cow;
use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::canvas::{Canvas, Layer};
use super::html::Html;
use super::stretch::Stretch;
use super::{BlockKind, Parts};
use crate::error::Error;

/// Where a cell stands.
///
/// ```
/// use evidence_claims::{Document, Span};
///
/// let feed = Document::csv("sku,text\n1,\"Warm \"\"stones\"\"\"\n", &["text"])?;
/// let sentence = feed.sentences().next().ok_or("no words")?;
/// assert_eq!(sentence.of(feed.text()), "Warm \"\"stones\"\"");
/// let cell = feed.cell(sentence).ok_or("no cell")?;
/// assert_eq!((cell.row, cell.column.as_str()), (2, "text"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cell {
    /// Row, from 1, as a spreadsheet counts: the header is row 1.
    pub row: usize,
    /// Name of the column in the header.
    pub column: String,
}

/// Cells that were read, with their bytes, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    names: Vec<String>,
    separator: char,
    /// Bytes, row, number of the column.
    cells: Vec<(Range<usize>, usize, usize)>,
}

impl Cells {
    /// The cell that holds byte `at`.
    pub(super) fn at(&self, at: usize) -> Option<Cell> {
        let next = self.cells.partition_point(|(bytes, ..)| bytes.start <= at);
        let (bytes, row, column) = self.cells.get(next.checked_sub(1)?)?;
        let column = self.names.get(*column)?.clone();
        (at <= bytes.end).then_some(Cell { row: *row, column })
    }

    /// The cell that holds byte `at`, as it stands in the file.
    fn raw<'t>(&self, at: usize, text: &'t str) -> Option<&'t str> {
        let next = self.cells.partition_point(|(bytes, ..)| bytes.start <= at);
        let (bytes, ..) = self.cells.get(next.checked_sub(1)?)?;
        text.get(bytes.clone()).filter(|_| at <= bytes.end)
    }

    /// Whether byte `at` stands in a cell that is read as HTML.
    pub(super) fn is_html(&self, at: usize, text: &str) -> bool {
        self.raw(at, text).is_some_and(is_html)
    }

    /// `words` as they are written in the cell at `at`: quotes doubled, or nothing where only quotes could hold them.
    pub(super) fn written<'w>(&self, at: usize, text: &str, words: Cow<'w, str>) -> Option<Cow<'w, str>> {
        match self.raw(at, text) {
            None => Some(words),
            // The cell would be read in another way from then on.
            Some(raw) if is_html(&words) && !is_html(raw) => None,
            Some(raw) if raw.starts_with('"') => {
                Some(if words.contains('"') { words.replace('"', "\"\"").into() } else { words })
            }
            Some(_) => (!words.contains([self.separator, '"', '\r', '\n'])).then_some(words),
        }
    }
}

/// Whether a cell holds tags.
fn is_html(cell: &str) -> bool {
    ["</", "<br", "<p>"].iter().any(|tag| cell.contains(tag))
}

/// Reads a table whose columns are parted by `separator`. Without `columns`, all that hold prose are copy.
pub(super) fn read(text: &str, separator: u8, columns: &[&str]) -> Result<(Parts, Cells), Error> {
    let rows = rows(text, separator);
    let names: Vec<String> = rows.first().map_or_else(Vec::new, |header| {
        header
            .iter()
            .map(|field| unquoted(text, field.clone()).text.trim().trim_start_matches('\u{FEFF}').to_owned())
            .collect()
    });
    for wanted in columns {
        if !names.iter().any(|name| name == wanted) {
            return Err(Error::unknown_name("column", wanted, names.iter().map(String::as_str)));
        }
    }
    let wanted: Vec<bool> = names
        .iter()
        .enumerate()
        .map(
            |(column, name)| {
                if columns.is_empty() { is_prose(text, &rows, column) } else { columns.contains(&name.as_str()) }
            },
        )
        .collect();
    let mut canvas = Canvas::new(text, Vec::new());
    let mut cells = Vec::new();
    for (row, fields) in rows.iter().enumerate().skip(1) {
        for (column, field) in fields.iter().enumerate().filter(|(column, _)| wanted.get(*column) == Some(&true)) {
            let cell = unquoted(text, field.clone());
            cells.push((field.clone(), row + 1, column));
            canvas.begin(BlockKind::TableCell);
            if is_html(&cell.text) {
                Html::default().feed(&mut canvas, &cell);
            } else if !cell.text.trim().is_empty() {
                let all = 0..cell.text.len();
                canvas.put_stretch(Layer::Flow, &cell, all.clone());
                canvas.extend(cell.place(all), BlockKind::TableCell);
            }
            canvas.close();
        }
    }
    Ok((canvas.finish(), Cells { names, separator: char::from(separator), cells }))
}

/// Whether a column holds sentences rather than numbers, codes and addresses: three words somewhere in its first rows.
fn is_prose(text: &str, rows: &[Vec<Range<usize>>], column: usize) -> bool {
    const LOOKED_AT: usize = 200;
    rows.iter().skip(1).take(LOOKED_AT).filter_map(|fields| fields.get(column)).any(|field| {
        let words = text.get(field.clone()).unwrap_or("");
        words.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).nth(2).is_some()
    })
}

/// The bytes of all fields, row by row, quotes included and separators not.
fn rows(text: &str, separator: u8) -> Vec<Vec<Range<usize>>> {
    let mut reader: Reader = ReaderBuilder::new().delimiter(separator).build();
    let bytes = text.as_bytes();
    let mut scratch = [0; 4096];
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let (mut at, mut start) = (0, 0);
    loop {
        let (result, read, _) = reader.read_field(bytes.get(at..).unwrap_or(&[]), &mut scratch);
        at += read;
        match result {
            ReadFieldResult::OutputFull => {}
            // The end of the input is told by asking again with nothing.
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::Field { record_end } => {
                row.push(trimmed(text, start..at, separator));
                start = at;
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => return rows,
        }
    }
}

/// A field without the line ends above it and the mark that ends it.
fn trimmed(text: &str, field: Range<usize>, separator: u8) -> Range<usize> {
    let raw = text.get(field.clone()).unwrap_or("");
    let body = raw.trim_start_matches(['\r', '\n']);
    let start = field.start + raw.len() - body.len();
    let end = body.strip_suffix(char::from(separator)).unwrap_or_else(|| body.trim_end_matches(['\r', '\n']));
    start..start + end.len()
}

/// A field without its quotes.
fn unquoted(text: &str, field: Range<usize>) -> Stretch<'_> {
    let raw = text.get(field.clone()).unwrap_or("");
    let Some(inside) = raw.strip_prefix('"') else { return Stretch::verbatim(text, field) };
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    let start = field.start + 1;
    if !inside.contains('"') {
        return Stretch::verbatim(text, start..start + inside.len());
    }
    let mut stretch = Stretch::decoded(start);
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        let doubled = c == '"' && chars.next_if_eq(&'"').is_some();
        stretch.push(c, c.len_utf8() + usize::from(doubled));
    }
    stretch
}
