//! Paragraphs that a word processor keeps, one after another.

use super::canvas::Canvas;
use super::{BlockKind, Parts};

/// A paragraph of a document that has no text of its own, such as a file of a word processor.
///
/// ```
/// use evidence_claims::{BlockKind, Document, Paragraph, Span};
///
/// let letter = Document::paragraphs([
///     Paragraph::new(BlockKind::Heading, "Welcome"),
///     Paragraph::new(BlockKind::Paragraph, "Our massage lowers cortisol.").with_link(),
/// ]);
/// assert_eq!(letter.text(), "Welcome\nOur massage lowers cortisol.");
/// let place = letter.place_in_paragraph(Span::new(12, 19)).ok_or("no paragraph")?;
/// assert_eq!((place.number, place.start, place.end), (2, 4, 11));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    kind: BlockKind,
    text: String,
    has_link: bool,
}

impl Paragraph {
    /// A paragraph without links. Line ends in `text` count as spaces.
    #[must_use]
    pub fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), has_link: false }
    }

    /// The same with a link: a source next to a claim.
    #[must_use]
    pub fn with_link(self) -> Self {
        Self { has_link: true, ..self }
    }
}

/// Where words stand in a document of paragraphs, in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceInParagraph {
    /// The paragraph, from 1; empty ones count.
    pub number: usize,
    /// Characters of the paragraph before the words.
    pub start: usize,
    /// Characters of the paragraph up to their end.
    pub end: usize,
}

/// The text, a paragraph a line, and its blocks. Items that follow one another are one list.
pub(super) fn read(paragraphs: impl IntoIterator<Item = Paragraph>) -> (String, Parts) {
    let mut text = String::new();
    let mut rows = Vec::new();
    for paragraph in paragraphs {
        if !rows.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.extend(paragraph.text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        rows.push((paragraph.kind, paragraph.has_link, start..text.len()));
    }
    let mut canvas = Canvas::new(&text, Vec::new());
    for (kind, has_link, row) in rows {
        let Some(line) = text.get(row.clone()) else { continue };
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        match (kind == BlockKind::ListItem, canvas.in_list()) {
            (true, false) => canvas.begin_list(),
            (false, true) => canvas.end_list(),
            _ => {}
        }
        let start = row.start + line.len() - line.trim_start().len();
        canvas.begin(kind);
        canvas.words(words, start..start + words.len(), kind);
        if has_link || words.contains("http") {
            canvas.begin_link();
            canvas.end_link();
        }
        canvas.close();
    }
    let parts = canvas.finish();
    (text, parts)
}
