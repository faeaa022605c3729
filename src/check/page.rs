//! What a page says as a whole: which heading stands above, which lead-in governs a list, and where one place says more than
//! another (a headline more than the body, a claim more than its own qualifier, a claim what the disclaimer denies).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use super::lexicon::Class;
use super::message::Facts;
use super::reading::{LeadIn, Reading, Tag};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::document::{Block, BlockKind, Document};
use crate::model::vocabulary::Strength;

/// Rules about what massage does: their words can be qualified elsewhere on the page.
const QUALIFIABLE: [&str; 8] = [
    "certainty-exceeds-evidence",
    "contradicted-by-evidence",
    "can-as-hedge",
    "magnitude-inflation",
    "cure-claim",
    "serious-condition-claim",
    "immune-boost-claim",
    "biomarker-as-benefit",
];
/// Words that bring a whole page under a disclaimer.
const DISCLAIMER: &str = "disclaimer";
/// Words that offer what a list below them holds.
const OFFER: &str = "list-of-benefits";
/// A closing section restates the page: its claims count as headlines.
const CONCLUSION: &str = "conclusion";

/// A sentence that puts a limit on an outcome.
#[derive(Debug)]
struct Qualified {
    block: usize,
    prominent: bool,
    topic: Option<Arc<str>>,
    /// A lead-in speaks about whatever its list holds.
    general: bool,
    bytes: Range<usize>,
}

/// The state of reading one page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// How the heading above governs lists and quotations below it.
    heading: Option<LeadIn>,
    /// The outcome or complaint that was named last.
    subject: Option<Tag>,
    /// Whether a heading promises myths, one under each numbered heading.
    myths: bool,
    /// Whether the heading above closes the page.
    concluding: bool,
    /// How the paragraph before a list governs its items.
    lists: HashMap<u32, LeadIn>,
    block: usize,
    qualified: Vec<Qualified>,
    disclaimers: Vec<Range<usize>>,
    /// For each diagnostic, the block it stands in and whether a hurried reader sees it first.
    places: Vec<(usize, bool)>,
    /// Signs of spun text that need no dictionary.
    artefacts: Vec<Range<usize>>,
}

impl Page {
    /// What the words above a block say about it.
    pub(crate) fn lead_in(&self, masked: &str, block: &Block) -> LeadIn {
        if let Some(&lead_in) =
            block.list.and_then(|list| self.lists.get(&list)).filter(|_| block.kind == BlockKind::ListItem)
        {
            return lead_in;
        }
        match block.kind {
            BlockKind::ListItem | BlockKind::TableCell => self.heading.unwrap_or(LeadIn::None),
            // "Five things people get wrong", then "1. It flushes toxins".
            BlockKind::Heading if self.myths && starts_with_number(masked, block) => LeadIn::Silent,
            _ => LeadIn::None,
        }
    }

    /// The outcome or complaint that "it works faster" and "our success rate" are about.
    pub(crate) const fn subject(&self) -> Option<Tag> {
        self.subject
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
        self.subject = named.or(self.subject);
        let governs = if [Class::NEGATOR, Class::REPORT, Class::ADVICE, Class::UNCERTAINTY]
            .iter()
            .any(|&class| reading.has(class))
        {
            LeadIn::Silent
        } else {
            let hedge = reading.of(Class::HEDGE).filter_map(|tag| checker.strength_of(tag)).min();
            let hedge = hedge.filter(|&strength| strength < Strength::Capable);
            // "Benefits include", "Massage can help with": what follows is offered, as surely as the lead-in says.
            let can = [Class::CAPABILITY, Class::ASSIST].iter().any(|&class| reading.has(class));
            let strength = hedge.unwrap_or(if can { Strength::Capable } else { Strength::Asserted });
            match hedge {
                _ if checker.has_class(reading, OFFER) && !reading.question => LeadIn::Offer(strength),
                Some(strength) => LeadIn::Hedged(strength),
                None => LeadIn::None,
            }
        };
        match block.kind {
            BlockKind::Title | BlockKind::Heading => {
                self.myths |= reading.has(Class::REPORT) && !starts_with_number(document.masked(), block);
                self.heading = Some(if matches!(governs, LeadIn::Hedged(_)) { LeadIn::None } else { governs });
                self.concluding = checker.has_class(reading, CONCLUSION);
            }
            BlockKind::Paragraph => {
                if let Some(list) = block.list {
                    self.lists.insert(list, governs);
                }
            }
            _ => {}
        }
        let prominent = self.concluding || block.kind.is_prominent();
        let before = self.places.len();
        self.places.resize(found.len(), (self.block, prominent));
        if checker.has_class(reading, DISCLAIMER) {
            self.disclaimers.push(reading.range.clone());
        }
        super::spun::artefacts(document, reading, &mut self.artefacts);
        self.artefacts.append(artefacts);
        let modal = reading
            .of(Class::HEDGE)
            .filter_map(|tag| checker.strength_of(tag))
            .any(|strength| strength <= Strength::Possible);
        // A sentence that claims too much is no limit on another, whatever modal stands in it.
        if found.iter().skip(before).any(|diagnostic| diagnostic.severity > Severity::Note) {
            return;
        }
        if modal || [Class::UNCERTAINTY, Class::MAGNITUDE_DOWN, Class::LIMIT].iter().any(|&class| reading.has(class)) {
            let mut outcomes =
                reading.tags.iter().filter(|tag| matches!(tag.class, Class::OUTCOME | Class::CONDITION)).peekable();
            let general = block.list.is_some() && block.kind == BlockKind::Paragraph;
            let mut push = |topic| {
                self.qualified.push(Qualified {
                    block: self.block,
                    prominent,
                    topic,
                    general,
                    bytes: reading.range.clone(),
                })
            };
            if outcomes.peek().is_none() && (general || reading.has(Class::PRONOUN)) {
                push(None);
            }
            for tag in outcomes {
                push(checker.topic_of(*tag));
            }
        }
    }

    /// Compares the places of the page with each other, once all of it is read.
    pub(crate) fn finish(self, checker: &Checker<'_>, document: &Document, found: &mut Vec<Diagnostic>) {
        let mut added = Vec::new();
        self.headlines(checker, document, found, &mut added);
        self.qualifiers(checker, document, found, &mut added);
        self.disclaimed(checker, document, found, &mut added);
        self.spun(checker, document, found, &mut added);
        found.append(&mut added);
    }

    /// A title, a button or a conclusion that claims more than the body.
    fn headlines(&self, checker: &Checker<'_>, document: &Document, found: &[Diagnostic], added: &mut Vec<Diagnostic>) {
        let Some(rule) = checker.rule("headline-exceeds-body") else { return };
        // What the body itself claims needs no headline to be too strong.
        let claimed: HashSet<&str> = self
            .strong(found)
            .filter(|(_, (_, prominent))| !prominent)
            .flat_map(|(diagnostic, _)| diagnostic.topics.iter().map(|topic| &**topic))
            .collect();
        // The first limit in the body, for each subject and for none in particular.
        let mut limits: HashMap<Option<&str>, &Qualified> = HashMap::new();
        for qualified in self.qualified.iter().filter(|qualified| !qualified.prominent) {
            limits.entry(qualified.topic.as_deref()).or_insert(qualified);
        }
        let any = limits.values().copied().min_by_key(|qualified| qualified.block);
        for (diagnostic, _) in self.strong(found).filter(|(_, (_, prominent))| *prominent) {
            if diagnostic.topics.iter().any(|topic| claimed.contains(&**topic)) {
                continue;
            }
            let specific = |topic: &Arc<str>| !matches!(&**topic, "disease" | "scope" | "general-wellbeing");
            let own =
                diagnostic.topics.iter().find_map(|topic| limits.get(&Some(&**topic))).or(limits.get(&None)).copied();
            // A finding without a subject ("clinically proven") meets any limit.
            let body = own.or(any.filter(|_| !diagnostic.topics.iter().any(specific)));
            if let Some(body) = body {
                added.push(self.page_diagnostic(checker, document, &rule.name, diagnostic, &body.bytes));
            }
        }
    }

    /// A claim whose limit stands in another part of the page, or behind an asterisk that leads nowhere near.
    fn qualifiers(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
        added: &mut Vec<Diagnostic>,
    ) {
        let Some(rule) = checker.rule("distant-qualifier") else { return };
        let text = document.text();
        // Limits by subject, in the order of their blocks.
        let mut by_topic: HashMap<&str, Vec<&Qualified>> = HashMap::new();
        for qualified in &self.qualified {
            if let Some(topic) = &qualified.topic {
                by_topic.entry(topic).or_default().push(qualified);
            }
        }
        let general: Vec<&Qualified> = self.qualified.iter().filter(|qualified| qualified.general).collect();
        for (diagnostic, (block, _)) in self.strong(found) {
            if !QUALIFIABLE.contains(&diagnostic.rule()) {
                continue;
            }
            let shared = diagnostic.topics.iter().filter_map(|topic| by_topic.get(&**topic)).chain([&general]);
            let near = shared.clone().any(|limits| {
                let from = limits.partition_point(|limit| limit.block + 1 < *block);
                limits.get(from).is_some_and(|limit| limit.block <= block + 1)
            });
            // The nearest of those that are too far away.
            let around = |limits: &&Vec<&'_ Qualified>| {
                let from = limits.partition_point(|limit| limit.block < *block);
                [from.checked_sub(1), Some(from)]
                    .map(|at| at.and_then(|at| limits.get(at)).map(|limit| (limit.block, limit.bytes.clone())))
            };
            let distant = shared
                .flat_map(|limits| around(&limits))
                .flatten()
                .min_by_key(|(at, _)| at.abs_diff(*block))
                .map(|(_, bytes)| bytes);
            if let Some(distant) = distant.filter(|_| !near) {
                added.push(self.page_diagnostic(checker, document, &rule.name, diagnostic, &distant));
                continue;
            }
            // "Relieves tension*": the note must stand directly below.
            let range = document.blocks().get(*block).map_or(0..0, |block| block.range.clone());
            let star = text
                .get(diagnostic.span.end()..range.end.min(diagnostic.span.end() + 3))
                .is_some_and(|after| after.trim_start_matches(['.', '!']).starts_with('*') && !after.starts_with("**"));
            let below = document.blocks().get(block + 1).and_then(|next| text.get(next.range.clone()));
            if star && !below.is_some_and(|note| note.trim_start().starts_with('*')) {
                added.push(self.page_diagnostic(checker, document, &rule.name, diagnostic, &range));
            }
        }
    }

    /// A claim that the page's own disclaimer denies.
    fn disclaimed(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        found: &[Diagnostic],
        added: &mut Vec<Diagnostic>,
    ) {
        let (Some(rule), Some(disclaimer)) = (checker.rule("disclaimer-contradicts-body"), self.disclaimers.first())
        else {
            return;
        };
        const DENIED: [&str; 6] = [
            "cure-claim",
            "serious-condition-claim",
            "discourages-medical-care",
            "diagnosis-claim",
            "immune-boost-claim",
            "guaranteed-outcome",
        ];
        let against = |d: &&Diagnostic| {
            DENIED.contains(&d.rule())
                || d.notes.iter().any(|note| DENIED.iter().any(|name| note.text.starts_with(&format!("{name}:"))))
        };
        let first = self.strong(found).map(|(diagnostic, _)| diagnostic).find(against);
        // A universal promise contradicts "results may vary".
        let first = first.or_else(|| {
            self.strong(found)
                .find(|(d, (block, _))| {
                    let text = document.blocks().get(*block).and_then(|block| document.text().get(block.range.clone()));
                    d.rule() == "universal-claim" || text.is_some_and(|text| text.contains("100%"))
                })
                .map(|(d, _)| d)
        });
        if let Some(diagnostic) = first.filter(|d| !d.span.overlaps(disclaimer.clone().into())) {
            added.push(self.page_diagnostic(checker, document, &rule.name, diagnostic, disclaimer));
        }
    }

    /// Grammar that only a synonym machine writes. One sign is a slip of the pen and a note; two make a spun page.
    fn spun(&self, checker: &Checker<'_>, document: &Document, found: &[Diagnostic], added: &mut Vec<Diagnostic>) {
        let Some(rule) = checker.rule("spinner-artefact") else { return };
        let tortured = found.iter().filter(|d| d.rule() == "tortured-phrase").count();
        let signs = self.artefacts.len() + tortured;
        let severity = if signs >= 2 { checker.severity_of(rule) } else { Severity::Note };
        for bytes in &self.artefacts {
            let mut facts = Facts::new(document, bytes.clone());
            facts.count = Some(signs);
            let mut diagnostic = checker.diagnostic(rule, severity, bytes.clone(), &facts);
            diagnostic.topics = rule.topics.iter().map(|topic| checker.shared.name(topic)).collect();
            added.push(diagnostic);
        }
    }

    /// The findings that say too much, each with its place.
    fn strong<'f>(&'f self, found: &'f [Diagnostic]) -> impl Iterator<Item = (&'f Diagnostic, &'f (usize, bool))> {
        found.iter().zip(&self.places).filter(|(diagnostic, _)| diagnostic.severity > Severity::Note)
    }

    /// A finding about two places: the words of `diagnostic`, and the `other` words of the page that do not fit them.
    fn page_diagnostic(
        &self,
        checker: &Checker<'_>,
        document: &Document,
        rule: &str,
        diagnostic: &Diagnostic,
        other: &Range<usize>,
    ) -> Diagnostic {
        let text = document.text();
        let span = diagnostic.span;
        let mut facts = Facts::new(document, span.start()..span.end());
        facts.other = text.get(other.clone()).map(short);
        facts.lines = Some((document.position(other.clone().into()).line, document.position(span).line));
        let slot = diagnostic.claim.as_deref().and_then(|id| checker.db.claim_slot(id));
        facts.claim = slot.and_then(|slot| checker.db.records().claims.get(slot));
        let fallback = Diagnostic::new(rule, Severity::Note, span, "");
        let Some(record) = checker.rule(rule) else { return fallback };
        let mut made = checker.diagnostic(record, checker.severity_of(record), span.start()..span.end(), &facts);
        made.topics.clone_from(&diagnostic.topics);
        made.labels.push(Label { span: other.clone().into(), text: checker.shared.name("the page itself says") });
        made
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

/// The first words of a sentence, on one line.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 8 { words.join(" ") } else { format!("{} …", words.get(..8).unwrap_or(&[]).join(" ")) }
}

/// Whether a block names a source: an author with "et al.", a named review with its year, a numbered note, a DOI.
pub(crate) fn is_cited(masked: &str, range: Range<usize>) -> bool {
    let Some(text) = masked.get(range) else { return false };
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let year = bytes.windows(4).enumerate().any(|(at, four)| {
        (four.starts_with(b"19") || four.starts_with(b"20"))
            && four[2..].iter().all(u8::is_ascii_digit)
            && !digit(at.checked_sub(1))
            && !digit(Some(at + 4))
    });
    year || ["et al", "doi", "Cochrane", "[1", "[2", "[3", "¹", "²", "³"].iter().any(|mark| text.contains(mark))
}
