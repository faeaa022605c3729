//! What a page has said so far: which heading stands above, which lead-in governs a list, whether sources are named.

use std::collections::HashMap;
use std::ops::Range;

use super::Checker;
use super::lexicon::Class;
use super::reading::{LeadIn, Reading};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, Document};
use crate::model::vocabulary::Strength;

/// The state of reading one page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// How the heading above governs lists and quotations below it.
    heading: Option<LeadIn>,
    /// How the paragraph before a list governs its items.
    lists: HashMap<u32, LeadIn>,
}

impl Page {
    /// What the words above a block say about it.
    pub(crate) fn lead_in(&self, block: &Block) -> LeadIn {
        if let Some(&lead_in) = block.list.and_then(|list| self.lists.get(&list)).filter(|_| block.kind == BlockKind::ListItem) {
            return lead_in;
        }
        match block.kind {
            BlockKind::ListItem | BlockKind::TableCell => self.heading.unwrap_or(LeadIn::None),
            _ => LeadIn::None,
        }
    }

    /// Remembers what a sentence sets up for the words after it.
    pub(crate) fn after_sentence(&mut self, checker: &Checker<'_>, block: &Block, reading: &Reading, _found: &[Diagnostic]) {
        let governs = if [Class::NEGATOR, Class::REPORT, Class::ADVICE, Class::UNCERTAINTY].iter().any(|&class| reading.has(class)) {
            LeadIn::Silent
        } else {
            let hedge = reading.of(Class::HEDGE).filter_map(|tag| checker.strength_of(tag)).min();
            hedge.filter(|&strength| strength < Strength::Capable).map_or(LeadIn::None, LeadIn::Hedged)
        };
        match block.kind {
            BlockKind::Heading => self.heading = Some(if governs == LeadIn::Silent { governs } else { LeadIn::None }),
            BlockKind::Paragraph => {
                if let Some(list) = block.list {
                    self.lists.insert(list, governs);
                }
            }
            _ => {}
        }
    }

    /// Called after each block.
    pub(crate) fn after_block(&mut self, _document: &Document, _slot: usize) {}
}

/// Whether a block names a source: an author with "et al.", a named review with its year, a numbered note, a DOI.
pub(crate) fn is_cited(masked: &str, range: Range<usize>) -> bool {
    let Some(text) = masked.get(range) else { return false };
    let year = text.as_bytes().windows(4).enumerate().any(|(at, four)| {
        (four.starts_with(b"19") || four.starts_with(b"20"))
            && four[2..].iter().all(u8::is_ascii_digit)
            && !at.checked_sub(1).and_then(|i| text.as_bytes().get(i)).is_some_and(u8::is_ascii_digit)
            && !text.as_bytes().get(at + 4).is_some_and(u8::is_ascii_digit)
    });
    year || ["et al", "doi", "Cochrane", "[1", "[2", "[3", "¹", "²", "³"].iter().any(|mark| text.contains(mark))
}
