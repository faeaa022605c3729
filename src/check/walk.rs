//! Walking a page: its sentences in reading order, each with what the words before it say about it.

use std::ops::Range;

use super::page::{self, Page};
use super::phrase::Room;
use super::reading::Reading;
use super::surroundings::Surroundings;
use super::{Checker, edit, overlap, speaker};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, Document, sentences};
use crate::text::Span;

/// A page of which some blocks are read.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) page: Page,
    /// What was found in the sentences so far.
    pub(super) found: Vec<Diagnostic>,
    /// The last sentence, when it asks.
    pub(super) asked: Option<Asked>,
    /// Whether words were left unread, since there were more findings before them than are told.
    has_ended: bool,
    // Room that is used again.
    reading: Reading,
    room: Room,
    merging: overlap::Room,
    artefacts: Vec<Range<usize>>,
}

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The block in which it stands.
    block: usize,
    bytes: Range<usize>,
    around: Surroundings,
}

impl Asked {
    /// The same question when what stands before it has changed.
    pub(super) fn moved(self, bytes: isize, blocks: isize) -> Self {
        let Range { start, end } = self.bytes;
        Self {
            block: self.block.saturating_add_signed(blocks),
            bytes: start.saturating_add_signed(bytes)..end.saturating_add_signed(bytes),
            ..self
        }
    }
}

impl Walk {
    /// Reads the next block, which is the one in `slot`.
    pub(super) fn block(&mut self, checker: &Checker<'_>, document: &Document, slot: usize) {
        let Some(block) = document.blocks().get(slot) else { return };
        if self.is_over(checker.most) {
            self.has_ended = true;
            return;
        }
        let lexicon = checker.lexicon();
        let masked = document.masked(block);
        self.page.enter(slot);
        // Looked for when a sentence needs to know: few do.
        let mut cited = block.has_link.then_some(true);
        let mut is_told = None;
        let mut reading = std::mem::take(&mut self.reading);
        // Where the findings of the sentence before begin, in this block, and that sentence.
        let mut last: Option<(usize, Asked)> = None;
        for range in sentences(masked, block.range.clone()) {
            reading.read(lexicon, masked, range.clone());
            reading.spoken = reading.quotes
                && *is_told.get_or_insert_with(|| speaker::is_told(lexicon, masked, block.range.clone()));
            let cited =
                reading.asks_for_source() && *cited.get_or_insert_with(|| page::is_cited(masked, block.range.clone()));
            let around = Surroundings {
                kind: block.kind,
                cited,
                lead_in: self.page.lead_in(masked, block, &reading),
                subject: self.page.subject(),
                section: self.page.section(),
                referent: self.page.referent(),
                asked: self.page.asked(),
                refused: false,
            };
            if reading.tokens.is_empty() {
                continue;
            }
            // What the sentence before says may still be taken back, and what stands before that may not.
            if last.as_ref().is_some_and(|&(first, _)| self.count_to(first) > checker.most) {
                self.has_ended = true;
                break;
            }
            let retracted = last.as_ref().filter(|_| reading.retracts());
            if let Some(&(first, _)) = retracted {
                self.found.truncate(first);
            }
            let first = self.found.len();
            self.sentence(checker, document, block, &reading, around);
            let this = Asked { block: slot, bytes: range, around };
            // "It flushes toxins. Or does it? No.": what is answered is the sentence before.
            if reading.echoes() && last.is_some() {
                self.asked = retracted.map(|(_, before)| before.clone());
                continue;
            }
            self.asked = reading.question.then(|| this.clone());
            last = Some((first, this));
        }
        self.reading = reading;
    }

    fn sentence(
        &mut self,
        checker: &Checker<'_>,
        document: &Document,
        block: &Block,
        reading: &Reading,
        around: Surroundings,
    ) {
        let first = self.found.len();
        checker.sentence(document, reading, around, &mut self.room, &mut self.found, &mut self.artefacts);
        if let Some(asked) = self.asked.take()
            && !self.found.iter().skip(first).any(|own| own.severity > Severity::Note)
        {
            match (reading.affirmation(), reading.refusal()) {
                (Some(yes), _) => self.answer(checker, document, asked, reading.bytes(yes.words())),
                (None, Some(no)) => {
                    let around = Surroundings { refused: true, ..asked.around };
                    self.answer(checker, document, Asked { around, ..asked }, reading.bytes(no.words()));
                }
                (None, None) => {}
            }
        }
        overlap::resolve(checker, document, &mut self.merging, &mut self.found, first);
        let found = self.found.get_mut(first..).unwrap_or(&mut []);
        edit::over_sentence(checker.db, reading.range.clone().into(), found);
        self.page.after_sentence(checker, document, block, reading, &self.found, &mut self.artefacts);
    }

    /// "Does massage boost immunity? Absolutely." The answer makes the question a statement, and so does a no to what nobody can
    /// rule out: "Any side effects? None." What that claims is found at the `answer`.
    fn answer(&mut self, checker: &Checker<'_>, document: &Document, asked: Asked, answer: Range<usize>) {
        let Some(block) = document.blocks().get(asked.block) else { return };
        let mut statement = Reading::default();
        statement.read(checker.lexicon(), document.masked(block), asked.bytes);
        statement.question = false;
        let first = self.found.len();
        checker.sentence(document, &statement, asked.around, &mut self.room, &mut self.found, &mut self.artefacts);
        overlap::resolve(checker, document, &mut self.merging, &mut self.found, first);
        let label = checker.seat().shared.name("the question");
        for diagnostic in self.found.iter_mut().skip(first) {
            edit::move_to(document, diagnostic, answer.clone().into(), label.clone());
        }
    }

    /// Whether more than so many findings will be told of the page.
    pub(super) fn is_over(&self, most: usize) -> bool {
        self.count_to(self.found.len()) > most
    }

    /// How many findings come of the first so many of the sentences, and of the signs of spun text.
    fn count_to(&self, found: usize) -> usize {
        found + self.page.signs().len()
    }

    /// Where words were left unread: at the last that something was found in.
    pub(super) fn unread(&self) -> Option<Span> {
        let sign = self.page.signs().last().map(|sign| sign.clone().into());
        self.found.last().map(Diagnostic::span).max(sign).filter(|_| self.has_ended)
    }

    /// The page and what was found in its sentences.
    pub(super) fn finish(self) -> (Page, Vec<Diagnostic>) {
        (self.page, self.found)
    }
}
