//! Markdown to blocks: the parser says which bytes are words, everything else is masked in place.

use std::ops::Range;

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Block, BlockKind, MASK};
use crate::text::Span;

pub(super) fn read(text: &str) -> (String, Vec<Block>, Vec<Span>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        text,
        masked: vec![MASK; text.len()],
        blocks: Vec::new(),
        open: None,
        quotes: 0,
        lists: Vec::new(),
        list_count: 0,
        link_only: false,
        links: 0,
        metadata: None,
        alt: None,
        code: false,
        comments: Vec::new(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    // Whole characters were copied or replaced by single-byte marks, so this is UTF-8; a fallback keeps the promise of no panic.
    let masked = String::from_utf8(reader.masked).unwrap_or_else(|_| text.to_owned());
    (masked, reader.blocks, reader.comments)
}

struct Reader<'t> {
    text: &'t str,
    masked: Vec<u8>,
    blocks: Vec<Block>,
    open: Option<Block>,
    quotes: usize,
    /// Numbers of the lists that are open.
    lists: Vec<u32>,
    list_count: u32,
    /// Whether all words of the open block so far stand in links.
    link_only: bool,
    links: usize,
    metadata: Option<MetadataBlockKind>,
    /// Where the alternative text of the open image starts in `blocks`.
    alt: Option<Range<usize>>,
    code: bool,
    comments: Vec<Span>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if self.metadata.is_some() => {
                if self.metadata == Some(MetadataBlockKind::YamlStyle) {
                    self.front_matter(&words, range, ':');
                } else {
                    self.front_matter(&words, range, '=');
                }
            }
            Event::Text(words) if !self.code => self.words(&words, range),
            Event::SoftBreak | Event::HardBreak => self.blank(range),
            Event::InlineHtml(tag) if tag.starts_with("<!--") => self.comments.push(range.into()),
            Event::InlineHtml(tag) if tag.starts_with("<br") => {
                self.blank(range);
            }
            Event::Html(html) => self.html(&html, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Heading),
            Tag::Paragraph => {
                let kind = match self.open.as_ref().map(|block| block.kind) {
                    Some(BlockKind::ListItem) => BlockKind::ListItem,
                    _ if self.quotes > 0 => BlockKind::Quote,
                    _ if !self.lists.is_empty() => BlockKind::ListItem,
                    _ => BlockKind::Paragraph,
                };
                self.begin(kind);
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(_) => {
                self.close();
                self.list_count += 1;
                let number = self.list_count;
                // A paragraph that ends in a colon introduces the list below it.
                if let Some(last) =
                    self.blocks.last_mut().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Heading))
                {
                    let words = self.text.get(last.range.clone()).unwrap_or("").trim_end().trim_end_matches(['*', '_']);
                    if words.ends_with(':') || last.kind == BlockKind::Heading {
                        last.list = Some(number);
                    }
                }
                self.lists.push(number);
            }
            Tag::Item => self.begin(BlockKind::ListItem),
            Tag::TableCell => self.begin(BlockKind::TableCell),
            Tag::Link { .. } => {
                self.links += 1;
                if let Some(block) = &mut self.open {
                    block.has_link = true;
                }
            }
            Tag::Image { .. } => self.alt = Some(range.start..range.start),
            Tag::CodeBlock(_) => {
                self.close();
                self.code = true;
            }
            Tag::HtmlBlock => {
                self.begin(BlockKind::Paragraph);
                self.find_comments(range);
            }
            Tag::FootnoteDefinition(_) => self.close(),
            Tag::MetadataBlock(kind) => self.metadata = Some(*kind),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::HtmlBlock => {
                self.close()
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Image => {
                if let Some(range) = self.alt.take().filter(|range| !range.is_empty()) {
                    self.blocks.push(Block { kind: BlockKind::AltText, range, list: None, has_link: false });
                }
            }
            TagEnd::CodeBlock => self.code = false,
            TagEnd::MetadataBlock(_) => self.metadata = None,
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.close();
        let list = if kind == BlockKind::ListItem { self.lists.last().copied() } else { None };
        self.open = Some(Block { kind, range: 0..0, list, has_link: false });
        self.link_only = true;
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if block.range.is_empty() {
            return;
        }
        if block.kind == BlockKind::Paragraph && block.has_link && self.link_only {
            block.kind = BlockKind::Button;
        }
        self.blocks.push(block);
    }

    /// Copies words into the mask. `words` is what the reader sees; the bytes in `range` may be an entity or an escape.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or("");
        if source == words {
            self.put(range.start, words);
        } else if let Some(at) = source.find(words).filter(|_| !words.is_empty()) {
            self.put(range.start + at, words);
        } else if words.len() <= range.len() {
            self.put(range.start, words);
        }
        if let Some(alt) = &mut self.alt {
            *alt = if alt.start == alt.end { range } else { alt.start..range.end };
            return;
        }
        if self.links == 0 && !words.trim().is_empty() {
            self.link_only = false;
        }
        self.extend(range);
    }

    fn put(&mut self, at: usize, words: &str) {
        if let Some(place) = self.masked.get_mut(at..at + words.len()) {
            place.copy_from_slice(words.as_bytes());
        }
    }

    fn extend(&mut self, range: Range<usize>) {
        if self.open.is_none() {
            let kind = if self.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::ListItem };
            self.begin(kind);
        }
        if let Some(block) = &mut self.open {
            block.range = if block.range.start == block.range.end {
                range
            } else {
                block.range.start..range.end.max(block.range.end)
            };
        }
    }

    fn blank(&mut self, range: Range<usize>) {
        if let Some(byte) = self.masked.get_mut(range.start) {
            *byte = b' ';
        }
    }

    /// Comments of a block of raw HTML, which comes line by line later.
    fn find_comments(&mut self, range: Range<usize>) {
        let html = self.text.get(range.clone()).unwrap_or("");
        let mut at = 0;
        while let Some(found) = html[at..].find("<!--") {
            let start = at + found;
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + "-->".len());
            self.comments.push(Span::new(range.start + start, range.start + at));
        }
    }

    /// Raw HTML: what stands between tags is copy; tags, comments, scripts and styles are not.
    fn html(&mut self, html: &str, range: Range<usize>) {
        if self.text.get(range.clone()) != Some(html) {
            return;
        }
        let lower = html.to_ascii_lowercase();
        let mut at = 0;
        while at < html.len() {
            if html.as_bytes()[at] == b'<' {
                let skip = |open: &str, close: &str| {
                    lower[at..]
                        .starts_with(open)
                        .then(|| lower[at..].find(close).map_or(html.len(), |i| at + i + close.len()))
                };
                let end = skip("<!--", "-->")
                    .or_else(|| skip("<script", "</script>"))
                    .or_else(|| skip("<style", "</style>"))
                    .unwrap_or_else(|| html[at..].find('>').map_or(html.len(), |i| at + i + 1));
                self.blank(range.start + at..range.start + end);
                at = end;
            } else {
                let end = html[at..].find('<').map_or(html.len(), |i| at + i);
                let words = &html[at..end];
                if !words.trim().is_empty() {
                    self.put(range.start + at, words);
                    self.link_only = false;
                    self.extend(range.start + at..range.start + end);
                }
                at = end;
            }
        }
    }

    /// Picks `title` and `description` out of front matter.
    fn front_matter(&mut self, words: &str, range: Range<usize>, separator: char) {
        let mut at = range.start;
        for line in words.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some((key, value)) = line.split_once(separator) else { continue };
            let kind = match key.trim() {
                "title" => BlockKind::Title,
                "description" => BlockKind::Description,
                _ => continue,
            };
            let trimmed = value.trim().trim_matches(['"', '\'']);
            let Some(offset) = value.find(trimmed).filter(|_| !trimmed.is_empty()) else { continue };
            let begin = start + key.len() + separator.len_utf8() + offset;
            if self.text.get(begin..begin + trimmed.len()) == Some(trimmed) {
                self.put(begin, trimmed);
                self.blocks.push(Block { kind, range: begin..begin + trimmed.len(), list: None, has_link: false });
            }
        }
    }
}
