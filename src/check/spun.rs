//! Spun text: garbled terms from lists and word families, and grammar that only a synonym machine writes.

use std::ops::Range;

use super::Checker;
use super::class::Class;
use super::message::Facts;
use super::reading::{Reading, Tag};
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::document::{Document, Punctuation};

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
    let words = Written { text: document.text(), reading };
    for (at, token) in reading.tokens.iter().enumerate() {
        let begins = |with: fn(&u8) -> bool| words.text.as_bytes().get(token.start as usize).is_some_and(with);
        // Few words are as short, stand behind a bracket and begin with these.
        let slip = match token.end - token.start {
            1 | 2 if begins(|byte| matches!(byte, b'a' | b'A')) => words.is_wrong_article(at).then_some((at, at + 2)),
            3..=5 if token.before.has(Punctuation::BREAK) && begins(u8::is_ascii_uppercase) => {
                words.odd_acronym(at).map(|from| (from, at + 1))
            }
            _ => None,
        };
        found.extend(slip.map(|(from, to)| reading.bytes(from..to)));
    }
}

/// The words of a sentence as they are written.
struct Written<'r> {
    text: &'r str,
    reading: &'r Reading,
}

impl<'r> Written<'r> {
    fn word(&self, at: usize) -> Option<&'r str> {
        self.reading.tokens.get(at).and_then(|token| self.text.get(token.start as usize..token.end as usize))
    }

    /// Whether an article does not fit the word behind it.
    fn is_wrong_article(&self, at: usize) -> bool {
        let Some(article) = self.word(at).filter(|article| matches!(*article, "a" | "A" | "an" | "An")) else {
            return false;
        };
        let Some((next, token)) = self.word(at + 1).zip(self.reading.tokens.get(at + 1)) else { return false };
        let open = token.before.is_open() && !token.before.has(Punctuation::HYPHEN);
        let plain = next.len() > 3 && next.chars().all(|c| c.is_ascii_lowercase());
        let wrong = if article.len() == 1 {
            next.starts_with(['a', 'e', 'i', 'o'])
                && !["one", "once", "eu", "ewe", "ouija"].iter().any(|p| next.starts_with(p))
        } else {
            !next.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'x'])
        };
        // "A academia", "an die Decke": only in English is it a slip.
        let english = [Class::PREPOSITION, Class::CONJUNCTION, Class::PRONOUN, Class::RELATIVE];
        wrong && plain && open && english.iter().any(|&class| self.reading.has(class))
    }

    /// Where the words begin that an acronym in brackets behind them does not fit.
    fn odd_acronym(&self, at: usize) -> Option<usize> {
        let start = self.reading.tokens.get(at)?.start as usize;
        let acronym = self.word(at)?;
        if !acronym.bytes().all(|byte| byte.is_ascii_uppercase()) || !self.text.get(..start)?.ends_with('(') {
            return None;
        }
        let from = at.checked_sub(acronym.len())?;
        let is_name = |word: &str| word.len() > 3 && word.chars().all(char::is_alphabetic);
        // Only when none of its letters begins a word near it: a real expansion shares most of them, whatever stands between.
        let mut near = (from.saturating_sub(3)..at).filter_map(|at| self.word(at)?.chars().next());
        let shares = near.any(|initial| acronym.contains(initial.to_ascii_uppercase()));
        ((from..at).all(|at| self.word(at).is_some_and(is_name)) && !shares).then_some(from)
    }
}
