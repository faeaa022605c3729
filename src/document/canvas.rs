//! What every format writes on: a copy of the text with all markup masked, and the blocks in reading order.

use std::ops::Range;

use super::change::Joint;
use super::stretch::Stretch;
use super::writing::{Places, Writing};
use super::{Block, BlockKind, FILL, MASK, Parts};
use crate::text::Span;

/// A letter that no word of copy has.
pub(super) const SOMETHING: char = 'ℵ';

/// Where words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// The copy that is read from start to end.
    Flow,
    /// Copy that stands inside other copy without being part of its sentence: alternative texts, labels, tooltips.
    Aside,
}

/// A masked text in the making.
#[derive(Debug)]
pub(super) struct Canvas<'t> {
    pub(super) text: &'t str,
    flow: Vec<u8>,
    /// As long as `flow`, once there is an aside.
    asides: Vec<u8>,
    blocks: Vec<Block>,
    open: Option<Block>,
    /// Whether all words of the open block so far stand in links.
    link_only: bool,
    links: usize,
    /// Numbers of the lists that are open.
    lists: Vec<u32>,
    list_count: u32,
    /// The first block that was looked at as the introduction of a list.
    reached: usize,
    /// Whether a list would have been introduced by a block before the text.
    pub(super) reaches_out: bool,
    /// What a site generator replaces: never copy, whatever a parser takes it for.
    holes: Vec<Range<usize>>,
    /// Comments of the markup.
    pub(super) comments: Vec<Span>,
    places: Places,
}

impl<'t> Canvas<'t> {
    /// Everything masked.
    pub(super) fn new(text: &'t str, holes: Vec<Range<usize>>) -> Self {
        Self {
            text,
            flow: vec![MASK; text.len()],
            asides: Vec::new(),
            blocks: Vec::new(),
            open: None,
            link_only: false,
            links: 0,
            lists: Vec::new(),
            list_count: 0,
            reached: usize::MAX,
            reaches_out: false,
            holes,
            comments: Vec::new(),
            places: Places::default(),
        }
    }

    /// The masked text and the blocks.
    pub(super) fn finish(mut self) -> Parts {
        self.close();
        for hole in &self.holes {
            for layer in [&mut self.flow, &mut self.asides] {
                // A mark of several bytes, such as that of code, may reach over the edge: `{{ name }}` between back quotes.
                let is_inside = |at: usize| layer.get(at).is_some_and(|byte| (0x80..0xC0).contains(byte));
                let start = (hole.start..hole.end).find(|&at| !is_inside(at)).unwrap_or(hole.end);
                let end = (hole.end..).find(|&at| !is_inside(at)).unwrap_or(hole.end);
                if let Some(bytes) = layer.get_mut(start..end) {
                    bytes.fill(MASK);
                }
            }
        }
        // Whole characters were copied or replaced by single-byte marks, so this is UTF-8; a fallback keeps the promise of no panic.
        let whole = |bytes: Vec<u8>| {
            String::from_utf8(bytes).unwrap_or_else(|error| char::from(MASK).to_string().repeat(error.as_bytes().len()))
        };
        self.places.sort();
        let (masked, asides) = (whole(self.flow), whole(self.asides));
        Parts { masked, asides, blocks: self.blocks, comments: self.comments, joints: Vec::new(), places: self.places }
    }

    /// Whether a site generator replaces the byte at `at`.
    pub(super) fn is_hole(&self, at: usize) -> bool {
        let next = self.holes.partition_point(|hole| hole.end <= at);
        self.holes.get(next).is_some_and(|hole| hole.start <= at)
    }

    /// Kind of the open block.
    pub(super) fn kind(&self) -> Option<BlockKind> {
        self.open.as_ref().map(|block| block.kind)
    }

    /// Whether a list is open.
    pub(super) fn in_list(&self) -> bool {
        !self.lists.is_empty()
    }

    /// What was read so far, when nothing is open at byte `at`.
    pub(super) fn joint(&self, at: usize) -> Option<Joint> {
        let is_idle = self.open.is_none() && self.lists.is_empty() && self.links == 0;
        is_idle.then(|| self.so_far(at))
    }

    /// Drops the joints behind the introduction of a list that was read since: it ties both sides together.
    pub(super) fn untie(&mut self, joints: &mut Vec<Joint>) {
        while joints.last().is_some_and(|joint| joint.blocks > self.reached) {
            joints.pop();
        }
        self.reached = usize::MAX;
    }

    /// What was read before byte `at`.
    pub(super) fn so_far(&self, at: usize) -> Joint {
        Joint { at, blocks: self.blocks.len(), lists: self.list_count, comments: self.comments.len() }
    }

    /// Opens a block. One without words leaves no trace.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.close();
        let list = if kind == BlockKind::ListItem { self.lists.last().copied() } else { None };
        self.open = Some(Block { kind, range: 0..0, list, has_link: self.links > 0, aside: false });
        self.link_only = true;
    }

    /// Ends the open block.
    pub(super) fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if block.range.is_empty() {
            return;
        }
        if block.kind == BlockKind::Paragraph && block.has_link && self.link_only {
            block.kind = BlockKind::Button;
        }
        self.blocks.push(block);
    }

    /// A list begins. A heading, or a paragraph that ends in a colon, introduces it.
    pub(super) fn begin_list(&mut self) {
        self.close();
        self.list_count += 1;
        let number = self.list_count;
        let last = self.blocks.iter().rposition(|block| !block.aside);
        self.reached = self.reached.min(last.unwrap_or(0));
        self.reaches_out |= last.is_none();
        let last = last.and_then(|last| self.blocks.get_mut(last));
        if let Some(last) = last.filter(|last| matches!(last.kind, BlockKind::Paragraph | BlockKind::Heading)) {
            let words = self.flow.get(last.range.clone()).unwrap_or(&[]);
            let mark = words.iter().rev().find(|&&byte| !matches!(byte, MASK | FILL | b' ' | b'\n'));
            if mark == Some(&b':') || last.kind == BlockKind::Heading {
                last.list = Some(number);
            }
        }
        self.lists.push(number);
    }

    /// The innermost list ends.
    pub(super) fn end_list(&mut self) {
        self.close();
        self.lists.pop();
    }

    /// What follows is the text of a link.
    pub(super) fn begin_link(&mut self) {
        self.links += 1;
        if let Some(block) = &mut self.open {
            block.has_link = true;
        }
    }

    /// The text of a link ends.
    pub(super) fn end_link(&mut self) {
        self.links = self.links.saturating_sub(1);
    }

    /// Words of the open block, or of a new one of the kind `otherwise`, that stand at `range` as they are meant.
    pub(super) fn words(&mut self, words: &str, range: Range<usize>, otherwise: BlockKind) {
        self.put(Layer::Flow, words, range.clone());
        if !words.trim().is_empty() {
            self.extend(range, otherwise);
        }
    }

    /// Makes `range` part of the open block, or of a new one of the kind `otherwise`.
    pub(super) fn extend(&mut self, range: Range<usize>, otherwise: BlockKind) {
        if self.open.is_none() {
            self.begin(otherwise);
        }
        if self.links == 0 {
            self.link_only = false;
        }
        if let Some(block) = &mut self.open {
            block.range =
                if block.range.is_empty() { range } else { block.range.start..range.end.max(block.range.end) };
        }
    }

    /// Adds a block of its own to the flow.
    pub(super) fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        self.close();
        if !range.is_empty() {
            self.blocks.push(Block { kind, range, list: None, has_link: false, aside: false });
        }
    }

    /// Adds a block of its own, beside the open one.
    pub(super) fn aside(&mut self, kind: BlockKind, range: Range<usize>) {
        if !range.is_empty() {
            self.blocks.push(Block { kind, range, list: None, has_link: false, aside: true });
        }
    }

    /// Remembers that words are written in another way at `range`.
    pub(super) fn written_as(&mut self, writing: Writing, range: Range<usize>) {
        if !range.is_empty() {
            self.places.add(range, writing);
        }
    }

    /// Copies `words` to `range`, which may be longer: the bytes of a reference or an escape that are left over are filled, so
    /// that they belong to its character.
    pub(super) fn put(&mut self, layer: Layer, words: &str, range: Range<usize>) {
        let bytes = self.layer(layer);
        let Some(place) = bytes.get_mut(range) else { return };
        if words.len() > place.len() {
            // Two of all references are shorter than their character. They are signs of mathematics.
            return;
        }
        let rest = if words.trim().is_empty() { b' ' } else { FILL };
        let (head, tail) = place.split_at_mut(words.len());
        head.copy_from_slice(words.as_bytes());
        tail.fill(rest);
        if !words.is_ascii() && words.contains(INVISIBLE) {
            for (at, c) in words.match_indices(INVISIBLE) {
                head[at..at + c.len()].fill(MASK);
            }
            if words.chars().all(|c| INVISIBLE.contains(&c)) {
                tail.fill(MASK);
            }
        }
    }

    /// Copies `range` of a stretch.
    pub(super) fn put_stretch(&mut self, layer: Layer, stretch: &Stretch<'_>, range: Range<usize>) {
        let Some(words) = stretch.text.get(range.clone()) else { return };
        if stretch.is_verbatim() {
            self.put(layer, words, stretch.place(range));
            return;
        }
        for (at, c) in words.char_indices() {
            let at = range.start + at;
            self.put(layer, c.encode_utf8(&mut [0; 4]), stretch.place(at..at + c.len_utf8()));
        }
    }

    /// A word that nobody knows instead of code: "a `div` element" is no "a element".
    pub(super) fn something(&mut self, range: Range<usize>) {
        self.put(Layer::Flow, SOMETHING.encode_utf8(&mut [0; 4]), range);
    }

    /// Remembers a comment.
    pub(super) fn comment(&mut self, range: Range<usize>) {
        self.comments.push(range.into());
    }

    /// Space instead of markup that parts words.
    pub(super) fn blank(&mut self, range: Range<usize>) {
        if let Some(byte) = self.flow.get_mut(range.start) {
            *byte = b' ';
        }
    }

    fn layer(&mut self, layer: Layer) -> &mut Vec<u8> {
        match layer {
            Layer::Flow => &mut self.flow,
            Layer::Aside => {
                if self.asides.is_empty() {
                    self.asides = vec![MASK; self.text.len()];
                }
                &mut self.asides
            }
        }
    }
}

/// Characters that are there and cannot be seen: a soft hyphen, spaces of no width. They part no words.
const INVISIBLE: [char; 5] = ['\u{AD}', '\u{200B}', '\u{200C}', '\u{2060}', '\u{FEFF}'];
