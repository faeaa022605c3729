//! Reading a text again after a change of it. Markdown, HTML and plain text fall into stretches that are read alike whatever stands
//! around them, so that only those are read that a change touches. Tables are read anew: that is quick beside checking.
//!
//! What stretches cannot tell (references of Markdown, which may be defined anywhere, and what site generators replace) is read anew, too.

use std::borrow::Cow;
use std::ops::Range;

use super::{Block, Document, Format, MASK, Parts, html, mark, markdown, plain, table, template};
use crate::text::Span;

/// A byte where the parser begins anew. In Markdown the first of a block that stands behind an empty line, is part of nothing, and
/// cannot go on with a list above it; in HTML the first behind an end tag. Nothing is open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joint {
    pub(super) at: usize,
    /// How much was read before it.
    pub(super) blocks: usize,
    pub(super) lists: u32,
    pub(super) comments: usize,
}

impl Joint {
    const START: Self = Self { at: 0, blocks: 0, lists: 0, comments: 0 };
}

/// How far before a joint a change may end without touching the empty line that makes it one.
const EMPTY_LINE: usize = 3;
/// How many stretches are tried before the page is read anew.
const TRIES: usize = 4;

/// Bytes from one joint to the next at least: a page has a block every hundred bytes, and to read a few more costs nothing.
const APART: usize = 512;

/// Whether a joint at byte `at` is far enough from the last.
pub(super) fn is_apart(joints: &[Joint], at: usize) -> bool {
    joints.last().is_none_or(|last| last.at + APART <= at)
}

/// Whether a block that begins at byte `at` may begin a joint.
pub(super) fn is_joint(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let first = text.as_bytes().get(at);
    (before.ends_with("\n\n") || before.ends_with("\n\r\n"))
        && first.is_some_and(|first| !first.is_ascii_whitespace() && !matches!(first, b'-' | b'+' | b'*' | b'0'..=b'9'))
}

/// Whether each stretch of a text of Markdown can be read for itself.
pub(super) fn is_local(text: &str) -> bool {
    !text.contains('{') && !text.contains("]:") && !text.contains("<%")
}

/// Whether a line may begin or end front matter. The parser takes such lines for its frame anywhere in a page, however far apart.
fn may_frame(text: &str) -> bool {
    text.lines().any(|line| ["---", "+++", "..."].iter().any(|mark| line.trim_start().starts_with(mark)))
}

impl Document {
    /// The document with other words at `span`, whose ends stand between characters.
    pub(crate) fn changed(&self, span: Span, words: &str) -> Self {
        self.change_in_stretches(span, words).unwrap_or_else(|| self.read_anew(replaced(&self.text, span, words)))
    }

    /// How many bytes are copy alike at the start of this document and of the one it became when other words took the place of `span`,
    /// and how many at the end.
    pub(crate) fn alike(&self, new: &Self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start(), self.text.len() - span.end());
        let (own, other) = (&self.parts, &new.parts);
        let new_length = new.text.len();
        let mut alike = (start, end);
        for (old, new) in [(&own.masked, &other.masked), (&own.asides, &other.asides)] {
            if old.is_empty() && new.is_empty() {
                continue;
            }
            let (old, new) = (layer(old, self.text.len()), layer(new, new_length));
            let (old_start, new_start) = (old.get(..start).unwrap_or_default(), new.get(..start).unwrap_or_default());
            alike.0 = alike.0.min(same(old_start.chunks(PIECE).zip(new_start.chunks(PIECE)), |(a, b)| a == b, start));
            let (old_end, new_end) = (&old[old.len() - end..], &new[new.len() - end..]);
            alike.1 = alike.1.min(same(old_end.rchunks(PIECE).zip(new_end.rchunks(PIECE)), |(a, b)| a == b, end));
        }
        alike
    }

    /// Another text, read in the same way. A table without the columns that were asked for is read whole.
    fn read_anew(&self, text: String) -> Self {
        match &self.format {
            Format::Plain => Self::plain(text),
            Format::Markdown => Self::markdown(text),
            Format::Html => Self::html(text),
            Format::Table { separator, columns } => {
                let wanted: Vec<&str> = columns.iter().map(String::as_str).collect();
                let read = table::read(&text, *separator, &wanted).or_else(|_| table::read(&text, *separator, &[]));
                let (parts, cells) = read.unwrap_or_default();
                Self { cells, ..Self::assemble(text, parts, self.format.clone()) }
            }
        }
    }

    /// Parses only from the joint before a change to one behind it, if that is possible.
    fn change_in_stretches(&self, span: Span, words: &str) -> Option<Self> {
        let joints = &self.parts.joints;
        let next = joints.partition_point(|joint| joint.at < span.start());
        let from = next.checked_sub(1).and_then(|slot| joints.get(slot)).copied();
        let first = joints.partition_point(|joint| joint.at < span.end() + EMPTY_LINE);
        // Front matter of Markdown is written in another way, and read as a whole.
        let is_html = self.format == Format::Html;
        if joints.is_empty() || !(is_html || self.parts.places.is_empty()) {
            return None;
        }
        let from = from.unwrap_or(Joint::START);
        let behind = joints.get(first..).unwrap_or_default().iter().take(TRIES).copied().map(Some);
        let end = (joints.len() - first < TRIES).then_some(None);
        for to in behind.chain(end) {
            let old = from.at..to.map_or(self.text.len(), |joint| joint.at);
            let inside = Span::new(span.start() - old.start, span.end() - old.start);
            let stretch = replaced(self.text.get(old.clone())?, inside, words);
            let parts = match self.format {
                Format::Plain => Some(plain::read_stretch(&stretch)),
                Format::Html if template::may_have_holes(&stretch) => return None,
                Format::Html => html::read_stretch(&stretch, from.at == 0, to.is_none()),
                _ if !is_local(&stretch) || may_frame(&stretch) => return None,
                _ => markdown::read_stretch(&stretch, from.at == 0, to.is_none()),
            };
            if let Some(mut parts) = parts {
                if !is_html && !parts.places.is_empty() {
                    return None;
                }
                mark::hide_invisible(&mut parts.masked);
                mark::hide_invisible(&mut parts.asides);
                return Some(self.with_stretch(&stretch, parts, from, old, to, (span, words)));
            }
        }
        None
    }

    /// The document with the parts of a stretch instead of those between two joints.
    fn with_stretch(
        &self,
        stretch: &str,
        parts: Parts,
        from: Joint,
        old: Range<usize>,
        to: Option<Joint>,
        (span, words): (Span, &str),
    ) -> Self {
        let own = &self.parts;
        let whole = Span::from(old.clone());
        let lists = parts.joints.last().map_or(0, |end| end.lists);
        let to_here = to.unwrap_or(Joint {
            at: self.text.len(),
            blocks: own.blocks.len(),
            lists: u32::MAX,
            comments: own.comments.len(),
        });
        let after = Shift {
            bytes: stretch.len() as isize - old.len() as isize,
            lists: i64::from(from.lists + lists) - i64::from(to_here.lists),
        };
        let inside = Shift { bytes: from.at as isize, lists: i64::from(from.lists) };
        let blocks = joined(
            &own.blocks,
            from.blocks..to_here.blocks,
            parts.blocks,
            |block| inside.block(block),
            |block| after.block(block),
        );
        let (first, last) = (from.comments, to_here.comments);
        let comments =
            joined(&own.comments, first..last, parts.comments, |span| inside.span(span), |span| after.span(span));
        let mut joints: Vec<Joint> = own.joints.iter().copied().filter(|joint| joint.at <= from.at).collect();
        let mut inner = parts.joints;
        // The last one tells what the stretch holds, as the first of what follows.
        let end = inner.pop();
        let moved = |joint: Joint, by: Joint| Joint {
            at: joint.at + by.at,
            blocks: joint.blocks + by.blocks,
            lists: joint.lists + by.lists,
            comments: joint.comments + by.comments,
        };
        joints.extend(inner.into_iter().map(|joint| moved(joint, from)));
        if let (Some(to), Some(end)) = (to, end) {
            let end = moved(end, from);
            joints.extend(own.joints.iter().filter(|joint| joint.at >= to.at).map(|joint| Joint {
                at: joint.at - to.at + end.at,
                blocks: joint.blocks - to.blocks + end.blocks,
                lists: joint.lists - to.lists + end.lists,
                comments: joint.comments - to.comments + end.comments,
            }));
        }
        let asides = match (own.asides.is_empty(), parts.asides.is_empty()) {
            (true, true) => String::new(),
            (true, false) => {
                let marks = char::from(MASK).to_string();
                let tail = self.text.len() - old.end;
                [marks.repeat(old.start), parts.asides, marks.repeat(tail)].concat()
            }
            (false, true) => replaced(&own.asides, whole, &char::from(MASK).to_string().repeat(stretch.len())),
            (false, false) => replaced(&own.asides, whole, &parts.asides),
        };
        let text = replaced(&self.text, span, words);
        let lines = self.lines.changed(&text, span, words);
        let masked = replaced(&own.masked, whole, &parts.masked);
        let places = own.places.spliced(old, parts.places, |range| inside.range(range), |range| after.range(range));
        let parts = Parts { masked, asides, blocks, comments, joints, places };
        Self { text, parts, lines, cells: table::Cells::default(), is_paragraphs: false, format: self.format.clone() }
    }
}

/// A layer of `length` bytes; one without a word is not kept.
fn layer(text: &str, length: usize) -> Cow<'_, [u8]> {
    if text.is_empty() { vec![MASK; length].into() } else { text.as_bytes().into() }
}

/// Bytes that are compared at once.
const PIECE: usize = 64;

/// The bytes of the pieces that are the same before the first that is not; `all` where there is none.
fn same<T>(pieces: impl Iterator<Item = T>, is_same: impl Fn(&T) -> bool, all: usize) -> usize {
    (pieces.take_while(is_same).count() * PIECE).min(all)
}

/// How far what follows a change moves.
#[derive(Clone, Copy)]
struct Shift {
    bytes: isize,
    lists: i64,
}

impl Shift {
    fn range(self, range: Range<usize>) -> Range<usize> {
        range.start.saturating_add_signed(self.bytes)..range.end.saturating_add_signed(self.bytes)
    }

    fn span(self, span: Span) -> Span {
        self.range(span.start()..span.end()).into()
    }

    fn block(self, block: Block) -> Block {
        let list = block.list.map(|list| u32::try_from(i64::from(list) + self.lists).unwrap_or(list));
        Block { range: self.range(block.range.clone()), list, ..block }
    }
}

/// `own` with `new` instead of the items in `replaced`, each moved to where it stands now.
fn joined<T: Clone>(
    own: &[T],
    replaced: Range<usize>,
    new: Vec<T>,
    inside: impl Fn(T) -> T,
    after: impl Fn(T) -> T,
) -> Vec<T> {
    let mut all = Vec::with_capacity(own.len() + new.len());
    all.extend_from_slice(own.get(..replaced.start).unwrap_or_default());
    all.extend(new.into_iter().map(inside));
    all.extend(own.get(replaced.end..).unwrap_or_default().iter().cloned().map(after));
    all
}

/// A text with other words at `span`.
fn replaced(text: &str, span: Span, words: &str) -> String {
    let before = text.get(..span.start()).unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default();
    [before, words, after].concat()
}
