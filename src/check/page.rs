//! What a page holds while its sentences are read: which heading stands above, which lead-in governs a list, which limits and
//! disclaimers were named. At the end its places are compared with each other ([`compare`]) and it is judged as a whole ([`whole`]).

mod compare;
mod splice;
mod whole;

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr2_iter;

use super::Checker;
use super::class::Class;
use super::reading::{Reading, Tag};
use super::surroundings::LeadIn;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, BlockKind, Document};
use crate::model::vocabulary::Strength;
use crate::text::Span;
pub(super) use splice::{Mark, Shift};

/// A sentence that puts a limit on an outcome.
#[derive(Debug)]
struct Qualified {
    block: usize,
    prominent: bool,
    topic: Option<Arc<str>>,
    /// A lead-in speaks about whatever its list holds.
    general: bool,
    /// Whether it limits what others say. A sentence that claims too much does not, but a later one may drop its hedge.
    is_limit: bool,
    bytes: Span,
}

/// Words of a question that an answer may refer to without naming it again.
const BRIEF: usize = 14;

/// Where a finding stands.
#[derive(Debug)]
struct Place {
    block: usize,
    /// Whether a hurried reader sees it first.
    prominent: bool,
    sentence: Span,
}

/// What the words read so far say about those that follow.
#[derive(Clone, Copy, Debug, Default)]
struct Sofar {
    /// How the heading above governs lists and quotations below it.
    heading: Option<LeadIn>,
    /// The outcome or complaint that was named last.
    subject: Option<Tag>,
    /// The same, where the sentence before named it first.
    referent: Option<Tag>,
    /// The same, where that sentence is a question, or only names it: "Cortisol?", "Tired of back pain?", "Before: headaches."
    asked: Option<Tag>,
    /// What the heading above is about, or one before it.
    section: Option<Tag>,
    /// Whether the heading above is silent only since it advises.
    advises: bool,
    /// Whether a heading promises myths, one under each numbered heading.
    myths: bool,
    /// Whether the heading above closes the page.
    concluding: bool,
}

/// The state of reading one page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    sofar: Sofar,
    /// How the paragraph before a list governs its items, by the number of the list.
    lists: Vec<(u32, LeadIn)>,
    block: usize,
    qualified: Vec<Qualified>,
    disclaimers: Vec<Range<usize>>,
    /// For each diagnostic, where it stands.
    places: Vec<Place>,
    /// Signs of spun text that need no dictionary.
    artefacts: Vec<Range<usize>>,
    /// The blocks in which a harm, or somebody who should stay away, is named.
    harms: Vec<usize>,
    /// Sentences in a language that is not read.
    foreign: Vec<Range<usize>>,
}

/// A finding that comparing the places of a page adds to those of its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// The words of the finding in a slot do not fit other words of the page.
    Beside { rule: &'static str, slot: usize, other: Span },
    /// A sign of spun text, of which the page has so many.
    Artefact { bytes: Span, count: usize },
}

impl Added {
    /// The slot of the finding that it stands beside.
    pub(super) const fn slot(&self) -> Option<usize> {
        match self {
            Self::Beside { slot, .. } => Some(*slot),
            Self::Artefact { .. } => None,
        }
    }
}

/// Whether a sentence says that what stands below it is not so, or that nobody knows.
fn denies(reading: &Reading) -> bool {
    reading.has(Class::REPORT) || reading.has(Class::UNCERTAINTY) || reading.denies_below()
}

/// How a sentence governs a list below it.
fn governs(checker: &Checker<'_>, reading: &Reading) -> LeadIn {
    if reading.has(Class::ADVICE) || denies(reading) {
        return LeadIn::Silent;
    }
    let hedge = reading.of(Class::HEDGE).filter_map(|tag| checker.strength_of(tag)).min();
    let hedge = hedge.filter(|&strength| strength < Strength::Capable);
    // "Benefits include", "Massage can help with": what follows is offered, as surely as the lead-in says.
    let can = [Class::CAPABILITY, Class::ASSIST].iter().any(|&class| reading.has(class));
    let strength = hedge.unwrap_or(if can { Strength::Capable } else { Strength::Asserted });
    match hedge {
        _ if reading.has(Class::LIST_OF_COMPLAINTS) && !reading.question => LeadIn::Seen(strength),
        _ if reading.has(Class::LIST_OF_BENEFITS) && !reading.question => LeadIn::Offer(strength),
        Some(strength) => LeadIn::Hedged(strength),
        None => LeadIn::None,
    }
}

impl Page {
    /// What the words above a block say about a sentence of it.
    pub(crate) fn lead_in(&self, masked: &str, block: &Block, reading: &Reading) -> LeadIn {
        match self.above(masked, block) {
            LeadIn::Silent if reading.states_a_fact() => LeadIn::None,
            above => above,
        }
    }

    fn above(&self, masked: &str, block: &Block) -> LeadIn {
        if let Some(lead_in) =
            block.list.and_then(|list| self.governed(list)).filter(|_| block.kind == BlockKind::ListItem)
        {
            return lead_in;
        }
        match block.kind {
            BlockKind::ListItem | BlockKind::TableCell => self.sofar.heading.unwrap_or(LeadIn::None),
            // "Five things people get wrong", then "1. It flushes toxins".
            BlockKind::Heading if self.sofar.myths && starts_with_number(masked, block) => LeadIn::Silent,
            _ => LeadIn::None,
        }
    }

    /// How the paragraph before a list governs it: its last sentence decides.
    fn governed(&self, list: u32) -> Option<LeadIn> {
        self.lists.iter().rev().find(|(number, _)| *number == list).map(|&(_, lead_in)| lead_in)
    }

    /// The outcome or complaint that "it works faster" and "our success rate" are about.
    pub(crate) const fn subject(&self) -> Option<Tag> {
        self.sofar.subject
    }

    /// The outcome or complaint that the sentence before named first: what "it" and "them" may mean.
    pub(crate) const fn referent(&self) -> Option<Tag> {
        self.sofar.referent
    }

    /// The same, where that sentence is a question.
    pub(crate) const fn asked(&self) -> Option<Tag> {
        self.sofar.asked
    }

    /// What the heading above is about.
    pub(crate) const fn section(&self) -> Option<Tag> {
        self.sofar.section
    }

    /// Called before the sentences of a block.
    pub(crate) fn enter(&mut self, slot: usize) {
        self.block = slot;
    }

    /// Remembers what a sentence sets up for the words after it.
    pub(crate) fn after_sentence(
        &mut self,
        checker: &Checker<'_>,
        document: &Document,
        block: &Block,
        reading: &Reading,
        found: &[Diagnostic],
        artefacts: &mut Vec<Range<usize>>,
    ) {
        let named = reading.tags.iter().copied().find(|tag| is_named(*tag));
        self.sofar.subject = named.or(self.sofar.subject);
        self.sofar.referent = named;
        self.sofar.asked = named.filter(|_| {
            reading.tokens.len() <= BRIEF && (reading.question || reading.tells_what_was() || reading.is_bare())
        });
        match block.kind {
            BlockKind::Title | BlockKind::Heading => {
                self.sofar.myths |= reading.has(Class::REPORT) && !starts_with_number(document.masked(block), block);
                let lead_in = governs(checker, reading);
                self.sofar.heading = Some(if matches!(lead_in, LeadIn::Hedged(_)) { LeadIn::None } else { lead_in });
                self.sofar.advises = lead_in == LeadIn::Silent && !denies(reading);
                self.sofar.concluding = reading.has(Class::CONCLUSION);
                let about = || reading.tags.iter().copied().find(|tag| checker.topic_of(*tag).is_some());
                self.sofar.section = named.or_else(about).or(self.sofar.section);
            }
            BlockKind::Paragraph => {
                if let Some(list) = block.list {
                    self.lists.push((list, governs(checker, reading)));
                } else if self.sofar.advises {
                    // "See your doctor first" is about what stands directly below.
                    self.sofar.heading = None;
                }
            }
            _ => {}
        }
        let prominent = self.sofar.concluding || block.kind.is_prominent();
        let before = self.places.len();
        let place = || Place { block: self.block, prominent, sentence: reading.range.clone().into() };
        self.places.resize_with(found.len(), place);
        if reading.has(Class::DISCLAIMER) {
            self.disclaimers.push(reading.range.clone());
        }
        if reading.is_foreign() {
            self.foreign.push(reading.range.clone());
        }
        let first = self.artefacts.len();
        super::spun::artefacts(document, reading, &mut self.artefacts);
        // Patterns find some of the same: one slip of the pen is one sign.
        for sign in artefacts.drain(..) {
            let own = self.artefacts.iter_mut().skip(first);
            match own.into_iter().find(|own| own.start < sign.end && sign.start < own.end) {
                Some(own) => *own = own.start.min(sign.start)..own.end.max(sign.end),
                None => self.artefacts.push(sign),
            }
        }
        // "No side effects" names no harm.
        let own = found.get(before..).unwrap_or(&[]);
        let honest = !own.iter().any(|diagnostic| diagnostic.severity > Severity::Note);
        if honest && (reading.has(Class::ADVICE) || reading.has(Class::HARM)) && self.harms.last() != Some(&self.block)
        {
            self.harms.push(self.block);
        }
        let modal = reading
            .of(Class::HEDGE)
            .filter_map(|tag| checker.strength_of(tag))
            .any(|strength| strength <= Strength::Possible);
        if modal
            || honest
                && [Class::UNCERTAINTY, Class::MAGNITUDE_DOWN, Class::LIMIT].iter().any(|&class| reading.has(class))
        {
            let mut outcomes =
                reading.tags.iter().filter(|tag| matches!(tag.class, Class::OUTCOME | Class::CONDITION)).peekable();
            let general = block.list.is_some() && block.kind == BlockKind::Paragraph;
            let mut push = |topic| {
                self.qualified.push(Qualified {
                    block: self.block,
                    prominent,
                    topic,
                    general,
                    is_limit: honest,
                    bytes: reading.range.clone().into(),
                })
            };
            if outcomes.peek().is_none() && (general || reading.has(Class::PRONOUN)) {
                push(None);
            }
            // "May raise lymphocytes" claims too much and is hedged nevertheless; "waste that might ache" hedges nothing claimed.
            let hedged = |tag: &Tag| {
                let governed = reading.governed(tag.start as usize, |tag| checker.strength_of(tag));
                let words = reading.bytes(tag.words()).into();
                governed.strength <= Strength::Possible && own.iter().any(|finding| finding.span.overlaps(words))
            };
            for tag in outcomes.filter(|tag| honest || hedged(tag)) {
                push(checker.topic_of(*tag).cloned());
            }
        }
    }

    /// The signs of spun text so far.
    pub(crate) fn signs(&self) -> &[Range<usize>] {
        &self.artefacts
    }

    /// Compares the places of the page with each other, once all of it is read.
    pub(crate) fn compare(&self, checker: &Checker<'_>, document: &Document, found: &[Diagnostic]) -> Vec<Added> {
        let mut added = Vec::new();
        self.headlines(checker, found, &mut added);
        self.qualifiers(checker, document, found, &mut added);
        self.disclaimed(checker, document, found, &mut added);
        self.drift(checker, found, &mut added);
        self.artefacts(checker, found, &mut added);
        added
    }

    /// The words at which it stands.
    pub(super) fn span_of(&self, found: &[Diagnostic], added: &Added) -> Span {
        match added {
            Added::Beside { slot, .. } => found.get(*slot).map(|diagnostic| diagnostic.span).unwrap_or_default(),
            Added::Artefact { bytes, .. } => *bytes,
        }
    }

    /// Verdicts on the whole page. They stand beside the findings at the same words, not above or below them.
    pub(crate) fn judge(&self, checker: &Checker<'_>, document: &Document, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let verdicts = [
            self.machine_spun(checker, document, found),
            self.one_sided(checker, document, found),
            self.other_language(checker, document),
        ];
        verdicts.into_iter().flatten().collect()
    }
}

/// "1. It flushes toxins", "#2 It melts fat".
fn starts_with_number(masked: &str, block: &Block) -> bool {
    masked
        .get(block.range.clone())
        .is_some_and(|text| text.trim_start_matches(['#', ' ', '*', '(']).starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a term can be what a page is about.
pub(crate) const fn is_named(tag: Tag) -> bool {
    matches!(tag.class, Class::OUTCOME | Class::CONDITION | Class::SERIOUS)
}

/// Whether a block names a source: an author with "et al.", a named review with its year, a numbered note, a DOI.
pub(crate) fn is_cited(masked: &str, range: Range<usize>) -> bool {
    let text = masked.get(range).unwrap_or("");
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let is_year = |at: usize| {
        let four = bytes.get(at..at + 4).unwrap_or(&[]);
        (four.starts_with(b"19") || four.starts_with(b"20"))
            && four.iter().all(u8::is_ascii_digit)
            && !digit(at.checked_sub(1))
            && !digit(Some(at + 4))
    };
    let is_note = |at: usize| {
        let rest = bytes.get(at..).unwrap_or(&[]);
        ["[1", "[2", "[3", "¹", "²", "³"].iter().any(|mark| rest.starts_with(mark.as_bytes()))
    };
    memchr2_iter(b'1', b'2', bytes).any(is_year)
        || memchr2_iter(b'[', 0xC2, bytes).any(is_note)
        || ["et al", "doi", "Cochrane"].iter().any(|words| text.contains(words))
}
