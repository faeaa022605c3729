//! A piece of copy: plain text, Markdown, HTML, a table or paragraphs, as blocks of words with the kind of place they stand in.
//!
//! Markup is masked in place: the masked text has the same length as the text, byte for byte, so that no position ever
//! moves. Never judges what the words say.

mod canvas;
mod change;
mod element;
mod front_matter;
mod html;
mod json;
mod mark;
mod markdown;
mod paragraphs;
mod plain;
mod reference;
mod sentence;
mod stretch;
mod table;
mod template;
mod token;
mod writing;

use std::borrow::Cow;
use std::ops::Range;

use crate::error::Error;
use crate::text::{LineIndex, Position, Span};
use writing::{Places, Writing};

pub(crate) use mark::{FILL, MASK, is_mark};
pub use paragraphs::{Paragraph, PlaceInParagraph};
pub(crate) use sentence::sentences;
pub use table::Cell;
pub(crate) use token::{Punctuation, RawToken, Word, tokenise};

/// The kind of place that words stand in. It decides how fragments are read: "Better sleep" is a claim in a list of benefits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BlockKind {
    /// Title of the page, from its front matter, its head or its data for search engines.
    Title,
    /// Description of the page for search engines, from the same places.
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
    /// A button, or a paragraph that is nothing but a link: a button or a menu entry.
    Button,
    /// Text that stands for what is seen, or explains it: alternative texts, labels for screen readers, tooltips.
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
    /// Whether it stands inside another block without being part of it.
    pub(crate) aside: bool,
}

/// What a format makes of a text.
#[derive(Clone, Debug, Default)]
struct Parts {
    masked: String,
    /// The same for asides; empty when there are none.
    asides: String,
    blocks: Vec<Block>,
    /// Comments of the markup, in order.
    comments: Vec<Span>,
    /// Where words are written in another way than in the rest of the file.
    places: Places,
    /// Where reading can begin anew; empty where the format does not tell.
    joints: Vec<change::Joint>,
}

/// How a text was read, so that a change of it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
    Html,
    Table { separator: u8, columns: Vec<String> },
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
    parts: Parts,
    lines: LineIndex,
    /// The cells that were read, in a table.
    cells: table::Cells,
    /// Whether each line is a paragraph.
    is_paragraphs: bool,
    format: Format,
}

/// What a text holds that looks otherwise on the page.
static SHOWN_OTHERWISE: writing::Marks<6> = writing::Marks(*b"<&\\]`{");

impl Document {
    /// Plain text: blank lines part paragraphs, lines that start with a bullet are list items.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = plain::read(&text);
        Self::assemble(text, parts, Format::Plain)
    }

    /// Markdown (CommonMark with tables and front matter, and the HTML in it). Headings, paragraphs, list items, table cells, link
    /// texts, alternative texts and the `title` and `description` of the front matter are copy; code, addresses, comments, and what
    /// a site generator replaces (`{{ page.title }}`, imports of MDX) are not.
    #[must_use]
    pub fn markdown(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = markdown::read(&text);
        Self::assemble(text, parts, Format::Markdown)
    }

    /// HTML, a whole page or a fragment of one. Besides what is copy in Markdown, the title, descriptions in `<meta>` (also those for
    /// cards in social media), buttons, labels, tooltips and the texts of JSON-LD are copy; scripts, styles, code and drawings are
    /// not. References such as `&eacute;` count as their character, and all of their bytes are part of the spans that hold it.
    ///
    /// ```
    /// use evidence_claims::Document;
    ///
    /// let page = Document::html("<p>Our <b>mass</b>age &amp; you.<p title=\"A caf&eacute;\">Welcome");
    /// let words: Vec<&str> = page.sentences().map(|span| span.of(page.text())).collect();
    /// assert_eq!(words, ["Our <b>mass</b>age &amp; you.", "A caf&eacute;", "Welcome"]);
    /// ```
    #[must_use]
    pub fn html(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = html::read(&text);
        Self::assemble(text, parts, Format::Html)
    }

    /// A table of values separated by commas: a feed of products, a list of advertisements. The cells of these columns are copy, read
    /// as HTML where they hold tags; without `columns` those of all columns that hold prose. [`cell`](Self::cell) tells where a
    /// finding stands.
    ///
    /// # Errors
    ///
    /// A column that the first row does not name.
    pub fn csv(text: impl Into<String>, columns: &[&str]) -> Result<Self, Error> {
        Self::table(text.into(), b',', columns)
    }

    /// The same for values separated by tabs.
    ///
    /// # Errors
    ///
    /// A column that the first row does not name.
    pub fn tsv(text: impl Into<String>, columns: &[&str]) -> Result<Self, Error> {
        Self::table(text.into(), b'\t', columns)
    }

    fn table(text: String, separator: u8, columns: &[&str]) -> Result<Self, Error> {
        let (parts, cells) = table::read(&text, separator, columns)?;
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Ok(Self { cells, ..Self::assemble(text, parts, Format::Table { separator, columns }) })
    }

    /// The cell that a span begins in, in a table.
    #[must_use]
    pub fn cell(&self, span: Span) -> Option<Cell> {
        self.cells.at(span.start())
    }

    /// Paragraphs of a file that is no text, such as one of a word processor, in reading order. The text has one line for each.
    /// [`place_in_paragraph`](Self::place_in_paragraph) tells where a finding stands.
    #[must_use]
    pub fn paragraphs(paragraphs: impl IntoIterator<Item = Paragraph>) -> Self {
        let (text, parts) = paragraphs::read(paragraphs);
        Self { is_paragraphs: true, ..Self::assemble(text, parts, Format::Plain) }
    }

    /// The paragraph that a span begins in, and the characters in it, in a document of paragraphs.
    #[must_use]
    pub fn place_in_paragraph(&self, span: Span) -> Option<PlaceInParagraph> {
        let Position { line, column } = self.is_paragraphs.then(|| self.position(span))?;
        let words = span.of(&self.text).lines().next().unwrap_or("");
        Some(PlaceInParagraph { number: line, start: column - 1, end: column - 1 + words.chars().count() })
    }

    fn assemble(text: String, mut parts: Parts, format: Format) -> Self {
        debug_assert_eq!(text.len(), parts.masked.len());
        mark::hide_invisible(&mut parts.masked);
        mark::hide_invisible(&mut parts.asides);
        let lines = LineIndex::new(&text);
        Self { text, parts, lines, cells: table::Cells::default(), is_paragraphs: false, format }
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

    /// The line of the first byte of a span.
    pub(crate) fn line(&self, span: Span) -> usize {
        self.lines.line_number(&self.text, span.start())
    }

    /// The sentences that are read as copy, in reading order.
    pub fn sentences(&self) -> impl Iterator<Item = Span> + '_ {
        self.blocks().iter().flat_map(|block| sentences(self.masked(block), block.range.clone())).map(Span::from)
    }

    /// The text with everything masked that is no copy, for reading a block.
    pub(crate) fn masked(&self, block: &Block) -> &str {
        if block.aside { &self.parts.asides } else { &self.parts.masked }
    }

    /// Whether any word of copy stands in a span.
    pub(crate) fn has_words(&self, span: Span) -> bool {
        let layers = [&self.parts.masked, &self.parts.asides];
        layers.into_iter().any(|layer| span.of(layer).contains(|c: char| !is_mark(c) && !c.is_whitespace()))
    }

    /// The blocks that are read as copy, in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.parts.blocks
    }

    /// The characters under a span that are read as copy, each with the byte where it stands in the text. Markup is left out, an
    /// entity is the character that it stands for, and code among words is `…`.
    ///
    /// ```
    /// use evidence_claims::Document;
    ///
    /// let page = Document::markdown("Our **deep** [massage](https://example.org).");
    /// let seen: String = page.characters(page.blocks()[0].span()).map(|(_, character)| character).collect();
    /// assert_eq!(seen, "Our deep massage.");
    ///
    /// let page = Document::markdown("Write `now` to us.");
    /// let seen: String = page.characters(page.blocks()[0].span()).map(|(_, character)| character).collect();
    /// assert_eq!(seen, "Write … to us.");
    /// ```
    pub fn characters(&self, span: Span) -> impl Iterator<Item = (usize, char)> + '_ {
        // Few words stand aside, and a long page has many blocks.
        let words = self.parts.asides.get(span.start()..span.end()).unwrap_or_default();
        let aside = words.bytes().any(|byte| byte != mark::MASK)
            && self.blocks().iter().any(|block| block.aside && block.span().to(span) == block.span());
        let layer = if aside { &self.parts.asides } else { &self.parts.masked };
        self.shown(layer, span)
    }

    /// The characters of a layer that people read, each with the byte where it stands.
    fn shown<'d>(&'d self, layer: &'d str, span: Span) -> impl Iterator<Item = (usize, char)> + 'd {
        let seen = layer.get(span.start()..span.end()).unwrap_or("");
        let shown = seen.char_indices().filter(|&(_, character)| !is_mark(character));
        shown.map(move |(at, character)| {
            let at = span.start() + at;
            // A page about sets may hold the letter itself.
            let is_code =
                character == canvas::SOMETHING && !self.text.get(at..).is_some_and(|text| text.starts_with(character));
            (at, if is_code { '…' } else { character })
        })
    }

    /// Whether it is a table of values.
    pub(crate) const fn is_table(&self) -> bool {
        matches!(self.format, Format::Table { .. })
    }

    /// How words are written in most of it.
    const fn writing(&self) -> Writing {
        match self.format {
            Format::Markdown => Writing::Markdown,
            Format::Html => Writing::Html,
            Format::Plain | Format::Table { .. } => Writing::Plain,
        }
    }

    /// `words` as they have to be written at `span` of the file, instead of what stands there: with references in HTML, with escapes in
    /// JSON-LD and front matter, with doubled quotes in a cell. Nothing where they cannot stand: in an attribute without quotes, or
    /// when markup that begins in the span would lose its end.
    ///
    /// ```
    /// use evidence_claims::{Document, Span};
    ///
    /// let page = Document::html("<img alt='Calm'> Calm");
    /// assert_eq!(page.written(Span::new(10, 14), "Let's rest & talk").as_deref(), Some("Let&#39;s rest &amp; talk"));
    /// assert_eq!(page.written(Span::new(17, 21), "Let's rest & talk").as_deref(), Some("Let's rest &amp; talk"));
    /// ```
    #[must_use]
    pub fn written<'w>(&self, span: Span, words: &'w str) -> Option<Cow<'w, str>> {
        self.is_whole(span).then(|| self.written_over(span, words)).flatten()
    }

    fn is_markup(&self, span: Span) -> bool {
        matches!(self.writing(), Writing::Html | Writing::Markdown) || self.cells.is_html(span.start(), &self.text)
    }

    /// Whether what stands under a span can be replaced without cutting through markup.
    pub(crate) fn is_whole(&self, span: Span) -> bool {
        let old = span.of(&self.text);
        writing::is_free_of_markup(old)
            || !((self.is_markup(span) && writing::cuts_markup(old))
                || (self.writing() == Writing::Markdown && writing::cuts_marks(old)))
    }

    /// The words as they are written in place of a span that is whole.
    pub(crate) fn written_over<'w>(&self, span: Span, words: &'w str) -> Option<Cow<'w, str>> {
        let is_markup = self.is_markup(span);
        let otherwise = if is_markup && self.writing() == Writing::Plain { Writing::Html } else { self.writing() };
        let written = self.parts.places.at(span.start()..span.end(), otherwise)?.of(words)?;
        self.cells.written(span.start(), &self.text, written)
    }

    /// The words under a span as a message quotes them: without tags and addresses, entities decoded, and `…` for code.
    pub(crate) fn seen(&self, span: Span) -> Cow<'_, str> {
        let raw = span.of(&self.text);
        if !SHOWN_OTHERWISE.are_in(raw) {
            return Cow::Borrowed(raw);
        }
        let of = |layer: &str| -> String { self.shown(layer, span).map(|(_, character)| character).collect() };
        // A tag is no copy of the flow, and holds what is copy beside it.
        let flow = of(&self.parts.masked);
        Cow::Owned(if flow.trim().is_empty() { of(&self.parts.asides) } else { flow })
    }

    /// Comments of the markup, each from its first mark to its last, in order.
    pub(crate) fn comments(&self) -> &[Span] {
        &self.parts.comments
    }
}
