//! Markdown to blocks: the parser says which bytes are words, everything else is masked in place.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::canvas::{Canvas, Layer};
use super::change::{self, Joint};
use super::html::Html;
use super::stretch::Stretch;
use super::{BlockKind, Parts, front_matter, template};

pub(super) fn read(text: &str) -> Parts {
    let mut reader = Reader::new(text);
    let joints = reader.read();
    let joints = if change::is_local(text) { joints } else { Vec::new() };
    Parts { joints, ..reader.canvas.finish() }
}

/// Reads a stretch of a page as it would be read in its place, if that can be told. `is_first` and `is_last` say that nothing stands
/// before or behind it. The last joint stands at its end.
pub(super) fn read_stretch(text: &str, is_first: bool, is_last: bool) -> Option<Parts> {
    let mut reader = Reader::new(text);
    let mut joints = reader.read();
    let end = reader.canvas.joint(text.len()).filter(|_| reader.html.is_idle());
    let closed = is_last || (end.is_some() && !reader.may_go_on);
    if !closed || (reader.canvas.reaches_out && !is_first) {
        return None;
    }
    let all = reader.canvas.so_far(text.len());
    joints.push(end.unwrap_or(all));
    Some(Parts { joints, ..reader.canvas.finish() })
}

struct Reader<'t> {
    canvas: Canvas<'t>,
    html: Html,
    /// How many elements of HTML were open when the block began.
    depth: usize,
    quotes: usize,
    /// Where the front matter stands, once its text was seen, and its parser.
    metadata: Option<front_matter::Reader>,
    /// Where the alternative text of the open image stands.
    alt: Option<Range<usize>>,
    code: bool,
    /// Whether the last block that is part of nothing may go on behind an empty line.
    may_go_on: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            canvas: Canvas::new(text, template::holes_of_markdown(text)),
            html: Html::default(),
            depth: 0,
            quotes: 0,
            metadata: None,
            alt: None,
            code: false,
            may_go_on: false,
        }
    }

    /// Reads all of the text. Returns where reading can begin anew, were each stretch read for itself.
    fn read(&mut self) -> Vec<Joint> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
        let text = self.canvas.text;
        let mut joints: Vec<Joint> = Vec::new();
        let mut nested = 0;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match &event {
                Event::Start(tag) => {
                    if nested == 0 {
                        self.may_go_on = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_));
                        if change::is_apart(&joints, range.start)
                            && change::is_joint(text, range.start)
                            && self.html.is_idle()
                        {
                            joints.extend(self.canvas.joint(range.start));
                        }
                    }
                    nested += 1;
                }
                Event::End(_) => nested -= 1,
                _ => {}
            }
            self.event(event, range);
            self.canvas.untie(&mut joints);
        }
        joints
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.metadata.is_some() => {
                if let Some(read) = self.metadata {
                    read(&mut self.canvas, range);
                }
            }
            Event::Text(words) if !self.code => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.canvas.blank(range),
            Event::InlineHtml(_) => self.feed(range),
            Event::Code(_) if self.alt.is_none() => self.canvas.something(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::Paragraph => {
                let kind = match self.canvas.kind() {
                    Some(BlockKind::ListItem) => BlockKind::ListItem,
                    _ if self.quotes > 0 => BlockKind::Quote,
                    _ => self.kind(),
                };
                self.begin(kind);
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(_) => self.canvas.begin_list(),
            Tag::Item => self.begin(BlockKind::ListItem),
            Tag::TableCell => self.begin(BlockKind::TableCell),
            Tag::Link { .. } => self.canvas.begin_link(),
            Tag::Image { .. } => self.alt = Some(range.start..range.start),
            Tag::CodeBlock(_) => {
                self.canvas.close();
                self.code = true;
            }
            Tag::HtmlBlock => {
                self.canvas.close();
                // The parser gives it line by line; tags may be longer.
                self.feed(range);
            }
            Tag::FootnoteDefinition(_) => self.canvas.close(),
            Tag::MetadataBlock(kind) => self.metadata = Some(front_matter::reader(*kind)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => {
                // What was opened inside a line of Markdown ends with it at the latest.
                self.html.close_to(&mut self.canvas, self.depth);
                self.canvas.close();
            }
            TagEnd::HtmlBlock => self.canvas.close(),
            TagEnd::BlockQuote(_) => {
                self.canvas.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => self.canvas.end_list(),
            TagEnd::Link => self.canvas.end_link(),
            TagEnd::Image => {
                if let Some(range) = self.alt.take() {
                    self.canvas.aside(BlockKind::AltText, range);
                }
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::MetadataBlock(_) => self.metadata = None,
            _ => {}
        }
    }

    /// What words are that no Markdown says more about.
    fn kind(&self) -> BlockKind {
        let otherwise = if self.canvas.in_list() { BlockKind::ListItem } else { BlockKind::Paragraph };
        self.html.kind().unwrap_or(otherwise)
    }

    fn begin(&mut self, kind: BlockKind) {
        self.canvas.begin(kind);
        self.depth = self.html.depth();
    }

    fn feed(&mut self, range: Range<usize>) {
        if !self.canvas.is_hole(range.start) {
            let piece = Stretch::verbatim(self.canvas.text, range);
            self.html.feed(&mut self.canvas, &piece);
        }
    }

    /// Copies words into the mask. `words` is what the reader sees; the bytes in `range` may be a reference or an escape.
    fn words(&mut self, words: &str, range: Range<usize>) {
        if self.html.is_silent() {
            return;
        }
        let source = self.canvas.text.get(range.clone()).unwrap_or("");
        let found = if source == words { Some(0) } else { source.find(words) };
        let range = match found.filter(|_| !words.is_empty()) {
            Some(at) => range.start + at..range.start + at + words.len(),
            None => range,
        };
        if let Some(alt) = &mut self.alt {
            *alt = if alt.start == alt.end { range.clone() } else { alt.start..range.end };
            self.canvas.put(Layer::Aside, words, range);
            return;
        }
        self.html.is_interrupted();
        let kind = self.kind();
        self.canvas.words(words, range, kind);
    }
}
