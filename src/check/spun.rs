//! Spun text: garbled terms from lists and word families, and grammar that only a synonym machine writes.

use std::ops::Range;

use super::Checker;
use super::class::Class;
use super::message::Facts;
use super::reading::{Reading, Tag};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::document::Document;

impl Checker<'_> {
    /// Garbled terms: listed pairs, and a modifier of a spun family before a head of the same family.
    pub(super) fn spun(
        &self,
        document: &Document,
        reading: &Reading,
        above: [Option<Tag>; 2],
        found: &mut Vec<Diagnostic>,
    ) {
        if !reading.has(Class::SPUN) && !reading.has(Class::SPUN_MODIFIER) {
            return;
        }
        let Some(rule) = self.rule("tortured-phrase") else { return };
        let records = self.db.records();
        let term = |slot: u32| records.terms.get(slot as usize);
        let mut hits: Vec<(Range<usize>, String)> = reading
            .of(Class::SPUN)
            .map(|tag| (tag.words(), term(tag.term).map(|t| t.label.clone()).unwrap_or_default()))
            .collect();
        // An ambiguous phrase is ordinary English unless the sentence shows another sign.
        if !hits.is_empty() {
            hits.extend(
                reading
                    .of(Class::SPUN_AMBIGUOUS)
                    .map(|tag| (tag.words(), term(tag.term).map(|t| t.label.clone()).unwrap_or_default())),
            );
        }
        let family = |tag: Tag, end: &str| term(tag.term).and_then(|t| t.id.strip_suffix(end)).map(str::to_owned);
        for modifier in reading.of(Class::SPUN_MODIFIER) {
            for head in reading.of(Class::SPUN_HEAD).filter(|head| head.start == modifier.end) {
                let same = family(modifier, "-modifier")
                    .is_some_and(|name| family(head, "-head").is_some_and(|other| other == name));
                let open = reading.tokens.get(head.start as usize).is_some_and(|token| token.before.is_open());
                if same && open {
                    hits.push((
                        modifier.start as usize..head.end as usize,
                        term(head.term).map(|t| t.label.clone()).unwrap_or_default(),
                    ));
                }
            }
        }
        // The longest of several readings of the same words.
        hits.sort_by_key(|(words, _)| (std::cmp::Reverse(words.len()), words.start));
        let mut kept: Vec<(Range<usize>, String)> = Vec::new();
        for (words, plain) in hits {
            if !kept.iter().any(|(other, _)| other.start < words.end && words.start < other.end) {
                kept.push((words, plain));
            }
        }
        for (words, plain) in kept {
            let bytes = reading.bytes(words);
            let mut facts = Facts::new(document, bytes.clone());
            facts.plain = Some(&plain);
            let mut meant = Reading::default();
            meant.read(self.lexicon(), &plain, 0..plain.len());
            let severity = self.severity_of(rule);
            let mut diagnostic = self.diagnostic(rule, severity, bytes.clone(), &facts);
            if severity > Severity::Note {
                diagnostic.fixes.push(Fix {
                    span: bytes.into(),
                    replacement: plain.into(),
                    applicability: Applicability::Manual,
                });
            }
            diagnostic.topics = self.topics(rule, [reading, &meant], above);
            found.push(diagnostic);
        }
    }
}

/// Finds "a increasing", "an precise" and acronyms that do not fit the words before them.
pub(super) fn artefacts(document: &Document, reading: &Reading, found: &mut Vec<Range<usize>>) {
    let text = document.text();
    // "A academia", "an die Decke": only in English is it a slip.
    let english = || {
        let classes = [Class::PREPOSITION, Class::CONJUNCTION, Class::PRONOUN, Class::RELATIVE];
        classes.iter().any(|&class| reading.has(class))
    };
    let word = |at: usize| reading.tokens.get(at).and_then(|token| text.get(token.start as usize..token.end as usize));
    for (at, token) in reading.tokens.iter().enumerate() {
        // Nearly every word is too long for an article.
        if token.end - token.start > 2 {
            continue;
        }
        let Some(article) = word(at).filter(|article| matches!(*article, "a" | "A" | "an" | "An")) else { continue };
        let Some(next) = word(at + 1) else { continue };
        let open = reading.tokens[at + 1].before.is_open()
            && !reading.tokens[at + 1].before.has(crate::document::Punctuation::HYPHEN);
        let plain = next.len() > 3 && next.chars().all(|c| c.is_ascii_lowercase());
        let wrong = match article {
            "a" | "A" => {
                plain
                    && next.starts_with(['a', 'e', 'i', 'o'])
                    && !["one", "once", "eu", "ewe", "ouija"].iter().any(|p| next.starts_with(p))
            }
            "an" | "An" => plain && !next.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'x']),
            _ => false,
        };
        if wrong && open && english() {
            found.push(reading.bytes(at..at + 2));
        }
    }
    for (at, token) in reading.tokens.iter().enumerate().skip(3) {
        let begins_large = || text.as_bytes().get(token.start as usize).is_some_and(u8::is_ascii_uppercase);
        if !(3..=5).contains(&(token.end - token.start)) || !begins_large() {
            continue;
        }
        let Some(acronym) =
            word(at).filter(|w| (3..=5).contains(&w.len()) && w.bytes().all(|byte| byte.is_ascii_uppercase()))
        else {
            continue;
        };
        let bracketed = text.get(..token.start as usize).is_some_and(|before| before.ends_with('('));
        let n = acronym.len();
        let Some(from) = at.checked_sub(n).filter(|_| bracketed) else { continue };
        let words_look_like_a_name =
            (from..at).all(|i| word(i).is_some_and(|w| w.len() > 3 && w.chars().all(|c| c.is_alphabetic())));
        // Only when none of its letters begins a word near it: a real expansion shares most of them, whatever stands between.
        let near = from.saturating_sub(3)..at;
        let shared =
            near.filter_map(|i| word(i)?.chars().next()).any(|initial| acronym.contains(initial.to_ascii_uppercase()));
        if words_look_like_a_name && !shared {
            found.push(reading.bytes(from..at + 1));
        }
    }
}
