//! A piece of copy: plain text or Markdown, as blocks of words with the kind of place they stand in.
//!
//! Markup is masked in place: the masked text has the same length as the text, byte for byte, so that no position ever
//! moves. Never judges what the words say.

mod markdown;
mod plain;
mod sentence;
mod token;

use std::ops::Range;

use crate::text::{LineIndex, Position, Span};

pub(crate) use sentence::sentences;
pub(crate) use token::{Punctuation, RawToken, tokenise};

/// Stands where markup was: no width, so that `**pain**-free` reads as one word.
pub(crate) const MASK: u8 = 0x01;

/// The kind of place that words stand in. It decides how fragments are read: "Better sleep" is a claim in a list of benefits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BlockKind {
    /// Title of the page, from its front matter.
    Title,
    /// Description of the page for search engines, from its front matter.
    Description,
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// Text inside a block quotation.
    Quote,
    /// A paragraph that is nothing but a link: a button or a menu entry.
    Button,
    /// Alternative text of a picture.
    AltText,
}

/// A run of words that belong together: a paragraph, a heading, a list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub(crate) kind: BlockKind,
    pub(crate) range: Range<usize>,
    /// Which list an item belongs to; the paragraph before a list shares its number when it introduces it.
    pub(crate) list: Option<u32>,
    /// Whether a link stands in the block: a source next to a claim.
    pub(crate) has_link: bool,
}

impl Block {
    /// The kind of place that the words stand in.
    #[must_use]
    pub const fn kind(&self) -> BlockKind {
        self.kind
    }

    /// Where it stands, from its first word to its last, with the markup between them.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span::new(self.range.start, self.range.end)
    }

    /// Which list of the document an item belongs to, or a paragraph introduces.
    #[must_use]
    pub const fn list(&self) -> Option<u32> {
        self.list
    }
}

/// A piece of copy, read into blocks.
///
/// ```
/// use evidence_claims::{Document, Span};
///
/// let page = Document::markdown("# Welcome\n\nOur massage **lowers cortisol**.");
/// let words: Vec<&str> = page.sentences().map(|span| span.of(page.text())).collect();
/// assert_eq!(words, ["Welcome", "Our massage **lowers cortisol**."]);
/// assert_eq!(page.position(Span::new(11, 14)).line, 3);
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    masked: String,
    blocks: Vec<Block>,
    /// Comments of the markup, in order.
    comments: Vec<Span>,
    lines: LineIndex,
}

impl Document {
    /// Plain text: blank lines part paragraphs, lines that start with a bullet are list items.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        let (masked, blocks) = plain::read(&text);
        Self::assemble(text, masked, blocks, Vec::new())
    }

    /// Markdown (CommonMark with tables and front matter). Headings, paragraphs, list items, table cells, link texts, alternative
    /// texts and the `title` and `description` of the front matter are copy; code, addresses and comments are not.
    #[must_use]
    pub fn markdown(text: impl Into<String>) -> Self {
        let text = text.into();
        let (masked, blocks, comments) = markdown::read(&text);
        Self::assemble(text, masked, blocks, comments)
    }

    fn assemble(text: String, masked: String, blocks: Vec<Block>, comments: Vec<Span>) -> Self {
        debug_assert_eq!(text.len(), masked.len());
        let lines = LineIndex::new(&text);
        Self { text, masked, blocks, comments, lines }
    }

    /// The text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of the first byte of a span.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.lines.position(&self.text, span.start())
    }

    /// The sentences that are read as copy, in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = Span> + '_ {
        self.blocks.iter().flat_map(|block| sentences(&self.masked, block.range.clone())).map(Span::from)
    }

    pub(crate) fn masked(&self) -> &str {
        &self.masked
    }

    /// The blocks that are read as copy, in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The characters under a span that are read as copy, each with the byte where it stands in the text. Markup and code are left
    /// out, and an entity is the character that it stands for.
    ///
    /// ```
    /// use evidence_claims::Document;
    ///
    /// let page = Document::markdown("Our **deep** [massage](https://example.org).");
    /// let seen: String = page.characters(page.blocks()[0].span()).map(|(_, character)| character).collect();
    /// assert_eq!(seen, "Our deep massage.");
    /// ```
    pub fn characters(&self, span: Span) -> impl Iterator<Item = (usize, char)> + '_ {
        let seen = self.masked.get(span.start()..span.end()).unwrap_or("");
        seen.char_indices()
            .filter(|&(_, character)| character != char::from(MASK))
            .map(move |(at, character)| (span.start() + at, character))
    }

    /// Comments of the markup, each from its first mark to its last.
    pub(crate) fn comments(&self) -> &[Span] {
        &self.comments
    }
}
