//! One of the two texts: its sentences with their strength, and which lists its words are in.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::document::{Document, is_mark, sentences, tokenise};
use crate::rate::{Lists, Rater, WordingClass};
use crate::text::Span;

/// How nearly as well as the best a sentence must meet another to be about the same.
const NEARLY: f64 = 0.7;

/// A sentence of copy or source.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) span: Span,
    /// Its words without markup, in one line.
    pub(super) said: String,
    pub(super) class: WordingClass,
    /// The mean class, in steps from none, by how likely each is.
    pub(super) expected: f64,
    /// How likely each class is.
    pub(super) shares: [f64; 4],
    /// The few words that speak most for the class, or the sentence.
    pub(super) cue: Span,
    /// Words that advise.
    pub(super) advice: Option<Span>,
    /// Stems of its content words.
    stems: Vec<String>,
    /// Classes of its listed words.
    classes: Vec<String>,
    /// Whether it stands in a part that says what was found.
    evidence: bool,
}

/// Classes that say who was studied, with what it was compared, how sure it is: not what a sentence is about.
const ASIDE: [&str; 7] = ["group", "animal", "cells", "human", "comparator", "limit", "idle"];

impl Sentence {
    pub(super) fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|known| known == class)
    }

    /// Whether it is the other sentence, or all but a frame of it.
    fn quotes(&self, other: &Self) -> bool {
        self.stems == other.stems && self.class >= other.class
    }
}

/// Where a listed word stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) sentence: usize,
}

/// A text that has been read.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) sentences: Vec<Sentence>,
    /// The first word of each class, in order.
    places: Vec<(String, Place)>,
    /// In how many sentences each stem is.
    counts: HashMap<String, usize>,
}

impl Text {
    pub(super) fn new(document: &Document, rater: &Rater, lists: &Lists) -> Self {
        let mut text = Self { sentences: Vec::new(), places: Vec::new(), counts: HashMap::new() };
        let mut evidence = true;
        let mut parts = false;
        let blocks = document.blocks().iter().map(|block| (document.masked(block), block.range.clone()));
        for (masked, span) in
            blocks.flat_map(|(masked, range)| sentences(masked, range).map(move |range| (masked, Span::from(range))))
        {
            let Some(words) = masked.get(span.start()..span.end()) else { continue };
            if words.trim().is_empty() {
                continue;
            }
            let mut sentence = read(span, words, rater, lists);
            let label = text.label(words, lists);
            if let Some(part) = label {
                evidence = part;
                parts = true;
            }
            sentence.evidence = evidence;
            text.note(&sentence, words, lists);
            text.sentences.push(sentence);
        }
        // Without a part that says what was found, every sentence may.
        if !parts || text.sentences.iter().all(|sentence| !sentence.evidence) {
            text.sentences.iter_mut().for_each(|sentence| sentence.evidence = true);
        }
        text
    }

    /// Whether a sentence opens a part of a paper, and whether that part says what was found.
    fn label(&self, words: &str, lists: &Lists) -> Option<bool> {
        let read = lists.read(words);
        let first = read.first()?;
        let rest = words.get(first.range.end..)?.trim_start();
        let is_label = read.len() <= 3 || rest.starts_with([':', '.', '–', '—']);
        let has = |class| first.tags.iter().any(|tag| lists.name(tag.class) == class);
        match (has("evidence-part"), has("other-part")) {
            (true, _) if is_label => Some(true),
            (_, true) if is_label => Some(false),
            _ => None,
        }
    }

    fn note(&mut self, sentence: &Sentence, words: &str, lists: &Lists) {
        for word in lists.read(words) {
            for tag in &word.tags {
                let class = lists.name(tag.class);
                if !self.has(class) {
                    let span =
                        Span::new(sentence.span.start() + word.range.start, sentence.span.start() + word.range.end);
                    self.places.push((class.to_owned(), Place { span, sentence: self.sentences.len() }));
                }
            }
        }
        for stem in &sentence.stems {
            *self.counts.entry(stem.clone()).or_default() += 1;
        }
    }

    pub(super) fn first(&self, class: &str) -> Option<Place> {
        self.places.iter().find(|(known, _)| known == class).map(|&(_, place)| place)
    }

    pub(super) fn has(&self, class: &str) -> bool {
        self.first(class).is_some()
    }

    /// Whether a sentence on what was found gives advice.
    pub(super) fn advises(&self) -> bool {
        self.sentences.iter().any(|sentence| sentence.evidence && sentence.advice.is_some())
    }

    /// Whether people took part: words for them count where results are told, not where the future is.
    pub(super) fn is_about_people(&self) -> bool {
        self.sentences.iter().any(|sentence| {
            sentence.has("human")
                && !sentence.has("limit")
                && !sentence.has("advice")
                && sentence.class != WordingClass::Conditional
        })
    }

    /// The kinds of people it names, in order.
    pub(super) fn groups(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|(class, _)| class.as_str()).filter(|class| class.starts_with("group"))
    }

    pub(super) fn shares_a_word(&self, other: &Sentence) -> bool {
        other.stems.iter().any(|stem| self.counts.keys().any(|known| same(stem, known)))
    }

    /// The strongest of the sentences about the same things as a sentence of the other text: of those whose words meet its words
    /// nearly as well as the best do, so that doubt makes no alarm.
    pub(super) fn about(&self, other: &Sentence) -> Option<&Sentence> {
        // Words of the source itself are allowed wherever they stand.
        if let Some(quoted) = self.sentences.iter().find(|sentence| sentence.quotes(other)) {
            return Some(quoted);
        }
        let met = self.met(other);
        let best = met.iter().map(|(score, _)| *score).fold(0.0, f64::max);
        let rank = |(score, sentence): &(f64, &Sentence)| (sentence.class, sentence.expected, *score);
        met.into_iter()
            .filter(|(score, _)| *score >= best * NEARLY)
            .max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal))
            .map(|(_, sentence)| sentence)
    }

    /// The sentence that meets one of the other text best, of those with a word of a class.
    pub(super) fn about_with(&self, other: &Sentence, class: &str) -> Option<&Sentence> {
        let met = self.met(other).into_iter().filter(|(_, sentence)| sentence.has(class));
        met.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, sentence)| sentence)
    }

    /// Sentences on what was found that share words with a sentence of the other text, and how much those words tell.
    fn met(&self, other: &Sentence) -> Vec<(f64, &Sentence)> {
        let needed = if other.stems.len() <= 2 { 1 } else { 2 };
        let total = self.sentences.len() as f64;
        let mut met = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| sentence.evidence) {
            let shared: Vec<&String> =
                sentence.stems.iter().filter(|stem| other.stems.iter().any(|told| same(stem, told))).collect();
            if shared.len() >= needed {
                // A word of every sentence tells little of what this one is about.
                let rare = |stem: &&String| 1.0 + (total / self.counts.get(*stem).map_or(1.0, |&n| n as f64)).ln();
                met.push((shared.iter().map(rare).sum(), sentence));
            }
        }
        met
    }
}

fn read(span: Span, words: &str, rater: &Rater, lists: &Lists) -> Sentence {
    let rating = rater.rate(words);
    let shift = |inner: Span| Span::new(span.start() + inner.start(), span.start() + inner.end());
    let few = |inner: Span| {
        let text = inner.of(words);
        !text.is_empty() && text.split_whitespace().count() <= 4
    };
    let cue = rating.cues().iter().find(|cue| cue.weight() > 0.0 && few(cue.span()));
    let listed = lists.read(words);
    let is = |class: &str, at: usize| listed[at].tags.iter().any(|tag| lists.name(tag.class) == class);
    let question = words.trim_end().ends_with('?');
    let imperative = (!listed.is_empty() && is("advice-start", 0)).then_some(0);
    let advice = (0..listed.len()).find(|&at| is("advice", at)).or(imperative).filter(|_| !question);
    let mut classes: Vec<String> = Vec::new();
    let mut taken = vec![];
    for word in &listed {
        for tag in &word.tags {
            classes.push(lists.name(tag.class).to_owned());
            // Who was studied is a matter of its own, not what the sentence is about.
            if ASIDE.iter().any(|kind| lists.name(tag.class).starts_with(kind)) {
                taken.push(word.range.clone());
            }
        }
    }
    let mut stems: Vec<String> = Vec::new();
    tokenise(words, 0..words.len(), |token, word| {
        let folded = &*word.folded();
        let idle = taken.iter().any(|range| range.contains(&token.range.start));
        if folded.len() >= 3 && !idle && folded.starts_with(char::is_alphabetic) && rater.is_content(folded) {
            let stem = stem(folded);
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
    });
    let class = if question { WordingClass::None } else { rating.class() };
    let expected = if question { 0.0 } else { rating.expected() };
    let shares = if question { [1.0, 0.0, 0.0, 0.0] } else { rating.shares() };
    let bare = words.replace(is_mark, "");
    Sentence {
        span,
        said: bare.split_whitespace().collect::<Vec<_>>().join(" "),
        class,
        expected,
        shares,
        cue: cue.map_or(span, |cue| shift(cue.span())),
        advice: advice.map(|at| shift(listed[at].range.clone().into())),
        stems,
        classes,
        evidence: true,
    }
}

/// A word without the ending of its number or its verb form.
fn stem(word: &str) -> String {
    for ending in ["ies", "ing", "ed", "es", "s", "ly"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
            && !(ending == "s" && (rest.ends_with('s') || rest.ends_with('u') || rest.ends_with('i')))
        {
            return rest.to_owned();
        }
    }
    word.to_owned()
}

/// Whether two stems are of one family: "muscl" and "muscular", "depress" and "depression".
fn same(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    shared == long || shared + 1 >= short && shared >= 4 && long - shared <= 4
}
