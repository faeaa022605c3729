//! A page while it is written. After a change only the blocks around it are read again, and only findings that it may have touched
//! are built again; the result is what a check of the whole text gives.

use std::ops::Range;

use super::page::{Added, Mark, Page, Shift};
use super::walk::{Asked, Walk};
use super::{Checker, edit, overlap};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document};
use crate::text::Span;

/// A document that changes, and what is found in it: an incremental check.
///
/// ```
/// use evidence_claims::{Checker, Database, Document, Draft, Span};
///
/// let checker = Checker::new(Database::builtin());
/// let mut draft = Draft::new(&checker, Document::markdown("Our massage flushes muscles."));
/// assert!(draft.findings().is_empty());
///
/// draft.edit(Span::new(20, 27), "toxins");
/// assert_eq!(draft.document().text(), "Our massage flushes toxins.");
/// assert_eq!(draft.findings()[0].rule(), "detox-claim");
/// assert_eq!(draft.findings(), checker.check(draft.document()));
/// ```
#[derive(Debug)]
pub struct Draft<'c> {
    checker: &'c Checker<'c>,
    document: Document,
    walk: Walk,
    /// What the walk held before each block.
    before: Vec<Before>,
    /// For each finding but the verdicts, what it was made of.
    origins: Vec<Origin>,
    findings: Vec<Diagnostic>,
    /// Where verdicts on the whole page stand among the findings.
    verdicts: Vec<usize>,
    /// Whether there are more findings than are told. Such a page is checked as a whole each time.
    is_over: bool,
}

/// What a walk held before a block.
#[derive(Debug)]
struct Before {
    page: Mark,
    asked: Option<Asked>,
}

/// What a finding was made of: findings of sentences that overlap, and what comparing places of the page added at the same words.
#[derive(Debug, PartialEq, Eq)]
struct Origin {
    /// All of their words.
    span: Span,
    sentences: usize,
    added: Vec<(Span, Added)>,
}

/// Which words have changed.
#[derive(Debug)]
struct Change {
    /// What was read again, in the text before and in the text after.
    old: Range<usize>,
    new: Range<usize>,
    /// How far the words behind it have moved.
    moved: isize,
    /// Whether their lines have other numbers now.
    renumbered: bool,
}

impl Change {
    /// Where words of the old text that were not read again stand now.
    fn now(&self, span: Span) -> Option<Span> {
        if span.end() <= self.old.start && !(span.is_empty() && span.end() == self.old.start) {
            Some(span)
        } else if span.start() >= self.old.end {
            Some(Span::new(
                span.start().saturating_add_signed(self.moved),
                span.end().saturating_add_signed(self.moved),
            ))
        } else {
            None
        }
    }

    /// Whether a span of the new text is behind what was read again.
    fn is_before(&self, span: Span) -> bool {
        self.new.end <= span.start()
    }
}

impl<'c> Draft<'c> {
    /// Checks a document, ready for changes.
    #[must_use]
    pub fn new(checker: &'c Checker<'c>, document: Document) -> Self {
        let mut draft = Self {
            checker,
            document,
            walk: Walk::default(),
            before: Vec::new(),
            origins: Vec::new(),
            findings: Vec::new(),
            verdicts: Vec::new(),
            is_over: false,
        };
        for slot in 0..draft.document.blocks().len() {
            draft.read(slot);
        }
        let length = draft.document.text().len();
        draft.assemble(&Change { old: 0..length, new: 0..length, moved: 0, renumbered: false });
        draft
    }

    /// The document as it is now.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Everything that the document says too strongly now, in reading order: what [`Checker::check`] finds in it.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Puts `words` in the place of `span`. Ends of the span that lie outside the text or inside a character move back to where one
    /// begins.
    pub fn edit(&mut self, span: Span, words: &str) {
        let text = self.document.text();
        let (start, end) = (floor(text, span.start()), floor(text, span.end()));
        let span = Span::new(start, end);
        let document = self.document.changed(span, words);
        if self.is_over {
            *self = Self::new(self.checker, document);
        } else {
            self.update(document, span, words);
        }
    }

    /// Puts another text in the place of the whole one. What both begin and end with is not read again.
    pub fn replace(&mut self, text: &str) {
        let old = self.document.text();
        // Where the bytes before or behind are alike, a character begins in both texts or in neither.
        let mut start = common(old.bytes(), text.bytes());
        while !old.is_char_boundary(start) {
            start -= 1;
        }
        let rest = |text: &str| text.len() - start;
        let mut tail = common(old.bytes().rev(), text.bytes().rev()).min(rest(old)).min(rest(text));
        while !old.is_char_boundary(old.len() - tail) {
            tail -= 1;
        }
        let span = Span::new(start, old.len() - tail);
        self.edit(span, text.get(start..text.len() - tail).unwrap_or_default());
    }

    fn read(&mut self, slot: usize) {
        self.before.push(Before { page: self.walk.page.mark(), asked: self.walk.asked.clone() });
        self.walk.block(self.checker, &self.document, slot);
    }

    /// Takes over the document after a change of `span` to `words`.
    fn update(&mut self, document: Document, span: Span, words: &str) {
        let old = std::mem::replace(&mut self.document, document);
        let Alike { first, last, lists } = Alike::new(&old, &self.document, span);
        let count = self.document.blocks().len();
        let moved = words.len() as isize - span.len() as isize;
        let shift = Shift { bytes: moved, blocks: count as isize - old.blocks().len() as isize, lists };

        // A question is read together with its answer.
        let waits = |slot: usize| self.before.get(slot).map_or(&self.walk.asked, |before| &before.asked).is_some();
        let mut from = first;
        while from > 0 && waits(from) {
            from -= 1;
        }
        let known = self.before.split_off(from);
        let last_asked = self.walk.asked.take();
        let end = Before { page: self.walk.page.mark(), asked: last_asked.clone() };
        let cut = known.first().unwrap_or(&end).page;
        let rest = self.walk.page.cut(&cut);
        let mut found = self.walk.found.split_off(cut.found());

        // Read until what is known begins again: in the old page, that is the slot `met`.
        let mut slot = from;
        let mut lowest = None;
        let met = loop {
            if slot == count {
                break from + known.len();
            }
            let old_slot = slot.checked_add_signed(-shift.blocks).filter(|old| *old >= from && slot + last >= count);
            if let Some(old_slot) = old_slot {
                let was = known.get(old_slot - from).unwrap_or(&end);
                let lowest: &Vec<u32> = lowest.get_or_insert_with(|| lowest_lists(self.document.blocks()));
                if self.leads_on_like(was, (&rest, &cut), lowest.get(slot).copied(), shift) {
                    break old_slot;
                }
            }
            self.read(slot);
            slot += 1;
        };

        let old_bytes = bytes_of(old.blocks().get(from..met));
        let new_bytes = bytes_of(self.document.blocks().get(from..slot));
        let at = known.get(met - from).unwrap_or(&end);
        let here = self.walk.page.mark();
        let is_end = met - from >= known.len();
        if !is_end {
            self.walk.asked = last_asked.map(|asked| asked.moved(shift.bytes, shift.blocks));
            self.walk.page.join(rest, &cut, &at.page, shift);
            self.walk.found.extend(found.drain(at.page.found() - cut.found()..).map(|mut diagnostic| {
                diagnostic.shift(|span| {
                    Span::new(span.start().saturating_add_signed(moved), span.end().saturating_add_signed(moved))
                });
                diagnostic
            }));
        }
        let from_page = at.page;
        self.before.extend(known.into_iter().skip(met - from).map(|before| Before {
            page: before.page.moved(&from_page, &here),
            asked: before.asked.map(|asked| asked.moved(shift.bytes, shift.blocks)),
        }));

        let renumbered = words.matches('\n').count() != span.of(old.text()).matches('\n').count();
        let start = old_bytes.start.min(new_bytes.start).min(span.start());
        let end = old_bytes.end.max(span.end()).max(new_bytes.end.saturating_add_signed(-moved));
        let change = Change { old: start..end, new: start..end.saturating_add_signed(moved), moved, renumbered };
        self.assemble(&change);
    }

    /// Whether the words so far say the same about the next block as those before it said, of which `rest` was cut at `cut`. `lowest` is
    /// the lowest number of a list from here on.
    fn leads_on_like(&self, was: &Before, (rest, cut): (&Page, &Mark), lowest: Option<u32>, shift: Shift) -> bool {
        let page = &self.walk.page;
        if was.asked.is_some() || self.walk.asked.is_some() || !page.mark().leads_on_like(&was.page) {
            return false;
        }
        // Words that introduce a list govern its items, however far they reach.
        let list = lowest.unwrap_or(u32::MAX);
        let old_list = u32::try_from(i64::from(list) - shift.lists).unwrap_or(u32::MAX);
        let introduced = page.introduces_from(cut, list)
            || rest.introduces_between(cut, &was.page, old_list)
            || (shift.lists != 0 && page.introduced_from(cut, list.min(old_list)));
        !introduced
    }

    /// Makes the findings of the page from those of its sentences. What a change has not touched is taken over.
    fn assemble(&mut self, change: &Change) {
        self.is_over = self.walk.is_over(self.checker.most);
        if self.is_over {
            // What is known is of no use until the page has fewer.
            self.findings = self.checker.check(&self.document);
            (self.walk, self.before, self.origins) = (Walk::default(), Vec::new(), Vec::new());
        } else {
            self.join(change);
        }
    }

    fn join(&mut self, change: &Change) {
        let (checker, document) = (self.checker, &self.document);
        let page: &Page = &self.walk.page;
        let found = &self.walk.found;
        let added = page.compare(checker, document, found);
        let sentences = found.iter().enumerate().map(|(slot, diagnostic)| (diagnostic.span, Some(slot), None));
        let places = added.iter().map(|added| (page.span_of(found, added), None, Some(added)));
        let mut items: Vec<(Span, Option<usize>, Option<&Added>)> = Vec::with_capacity(found.len() + added.len());
        items.extend(sentences.chain(places));
        items.sort_by_key(|(span, ..)| *span);

        for slot in self.verdicts.drain(..).rev() {
            self.findings.remove(slot);
        }
        let count = items.len();
        let (origins, findings) = (Vec::with_capacity(count), Vec::with_capacity(count + 2));
        let mut merging = overlap::Room::default();
        let mut known = std::mem::replace(&mut self.origins, origins)
            .into_iter()
            .zip(std::mem::replace(&mut self.findings, findings))
            .filter_map(|(origin, diagnostic)| Some((change.now(origin.span)?, origin, diagnostic)))
            .peekable();
        let mut rest = items.as_slice();
        while let Some(&(mut span, ..)) = rest.first() {
            let mut length = 1;
            while let Some((next, ..)) = rest.get(length).filter(|(next, ..)| next.overlaps(span)) {
                span = span.to(*next);
                length += 1;
            }
            let (cluster, others) = rest.split_at(length);
            rest = others;
            while known.next_if(|(now, ..)| now.start() < span.start()).is_some() {}
            let kept = known.next_if(|(now, ..)| *now == span);
            // A quotation mark anywhere in a table decides how all cells behind it are written.
            let kept = kept.filter(|_| !document.is_table()).filter(|(_, origin, diagnostic)| {
                let mut places = diagnostic.fixes.iter().map(|fix| fix.span);
                change.leaves(span, origin, cluster) && places.all(|place| change.now(place).is_some())
            });
            let sentences = cluster.iter().filter(|(_, slot, _)| slot.is_some()).count();
            let added = cluster.iter().filter_map(|(span, _, added)| Some((*span, (*added)?.clone()))).collect();
            self.origins.push(Origin { span, sentences, added });
            if let Some((.., mut diagnostic)) = kept {
                diagnostic.shift(|span| change.now(span).unwrap_or(span));
                self.findings.push(diagnostic);
                continue;
            }
            let slots: Vec<usize> = cluster.iter().filter_map(|(_, slot, _)| *slot).collect();
            let mut own = slots.iter().filter_map(|&slot| found.get(slot).cloned()).collect();
            let added = cluster.iter().filter_map(|(.., added)| *added);
            let mut made: Vec<Diagnostic> =
                overlap::join(checker, document, page, &mut merging, (&slots, &mut own), added).into_iter().collect();
            edit::as_written(document, &mut made);
            self.findings.append(&mut made);
        }
        let mut judged: Vec<Diagnostic> = page.judge(checker, document, &self.findings);
        edit::as_written(document, &mut judged);
        for verdict in judged {
            let key = |d: &Diagnostic| (d.span, d.rule.clone(), d.message.clone());
            let own = key(&verdict);
            let slot = self.findings.partition_point(|other| key(other) <= own);
            self.findings.insert(slot, verdict);
            self.verdicts.iter_mut().filter(|known| **known >= slot).for_each(|known| *known += 1);
            self.verdicts.push(slot);
        }
        self.verdicts.sort_unstable();
    }
}

impl Change {
    /// Whether a finding at `span` is made of the same as before, and says the same about it.
    fn leaves(&self, span: Span, origin: &Origin, cluster: &[(Span, Option<usize>, Option<&Added>)]) -> bool {
        let new = Span::from(self.new.clone());
        let touched = |span: Span| span.to(new).len() < span.len() + new.len() || span == new;
        if touched(span) {
            return false;
        }
        let mut added = cluster.iter().filter_map(|(span, _, added)| Some((*span, (*added)?)));
        let mut was = origin.added.iter();
        let sentences = cluster.iter().filter(|(_, slot, _)| slot.is_some()).count();
        let same = added.by_ref().all(|(span, added)| {
            was.next()
                .is_some_and(|(was_span, was)| self.now(*was_span) == Some(span) && self.leaves_added(span, was, added))
        });
        same && was.next().is_none() && sentences == origin.sentences
    }

    fn leaves_added(&self, span: Span, was: &Added, added: &Added) -> bool {
        match (was, added) {
            (Added::Artefact { count: was, .. }, Added::Artefact { count, .. }) => was == count,
            (Added::Beside { rule: was, other: was_other, .. }, Added::Beside { rule, other, .. }) => {
                // Messages tell lines.
                let lines = !self.renumbered || !(self.is_before(span) || self.is_before(*other));
                was == rule && lines && self.now(*was_other) == Some(*other)
            }
            _ => false,
        }
    }
}

/// How much of the blocks of two documents is alike: the first so many, and the last.
struct Alike {
    first: usize,
    last: usize,
    /// How far the numbers of lists have moved in the last.
    lists: i64,
}

impl Alike {
    fn new(old: &Document, new: &Document, span: Span) -> Self {
        let (start, end) = old.alike(new, span);
        let (old_blocks, new_blocks) = (old.blocks(), new.blocks());
        let first =
            old_blocks.iter().zip(new_blocks).take_while(|(old, new)| old == new && old.range.end < start).count();
        let rest = old_blocks.len().min(new_blocks.len()) - first;
        let (old_end, new_end) = (old.text().len() - end, new.text().len() - end);
        let mut lists = None;
        let last = (old_blocks.iter().rev().zip(new_blocks.iter().rev()).take(rest))
            .take_while(|(old, new)| {
                let same_list = match (old.list, new.list) {
                    (None, None) => true,
                    (Some(old), Some(new)) => {
                        let moved = i64::from(new) - i64::from(old);
                        *lists.get_or_insert(moved) == moved
                    }
                    _ => false,
                };
                same_list
                    && old.range.start > old_end
                    && old.range.start - old_end == new.range.start - new_end.min(new.range.start)
                    && old.range.len() == new.range.len()
                    && (old.kind, old.has_link, old.aside) == (new.kind, new.has_link, new.aside)
            })
            .count();
        Self { first, last, lists: lists.unwrap_or(0) }
    }
}

/// For each block the lowest number of a list in it or behind it.
fn lowest_lists(blocks: &[Block]) -> Vec<u32> {
    let mut lowest = vec![u32::MAX; blocks.len()];
    let mut least = u32::MAX;
    for (block, lowest) in blocks.iter().zip(&mut lowest).rev() {
        least = block.list.map_or(least, |list| least.min(list));
        *lowest = least;
    }
    lowest
}

/// The bytes from the first block to the last; where there is none, an end that no byte lies before.
fn bytes_of(blocks: Option<&[Block]>) -> Range<usize> {
    let blocks = blocks.unwrap_or_default();
    let start = blocks.iter().map(|block| block.range.start).min().unwrap_or(usize::MAX);
    start..blocks.iter().map(|block| block.range.end).max().unwrap_or(0)
}

/// The start of the character at `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How many items two sequences begin with alike.
fn common<T: PartialEq>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod reuse;
