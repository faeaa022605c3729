//! The vocabulary made ready for reading: words get numbers, phrases are found in one pass over the words of a sentence.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::inflect::{spellings, verb_forms};
use super::pattern;
use super::program::{self, Program, Target};
use crate::database::Database;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{RawToken, tokenise};

/// Number of a word of the vocabulary.
pub(crate) type WordId = u32;
/// A word that no term and no pattern uses.
pub(crate) const UNKNOWN: WordId = 0;

/// Number of a class of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Class(pub(crate) u16);

macro_rules! classes {
    ($($(#[$meta:meta])* $name:ident = $word:literal,)+) => {
        /// The classes that the engine itself asks for; all others serve patterns only.
        const KNOWN: &[&str] = &[$($word),+];
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum Order { $($name),+ }
        impl Class { $($(#[$meta])* pub(crate) const $name: Self = Self(Order::$name as u16);)+ }
    };
}

classes! {
    INTERVENTION = "intervention",
    OUTCOME = "outcome",
    CONDITION = "condition",
    SERIOUS = "serious-condition",
    /// Verbs of more: increase, boost, release.
    INCREASE = "increase",
    /// Verbs of less: reduce, relieve, remove.
    DECREASE = "decrease",
    /// Verbs of better: improve, heal, calm.
    IMPROVE = "improve",
    /// Adjectives of more and better before an outcome.
    MORE = "more",
    /// Adjectives of less before an outcome.
    LESS = "less",
    /// Nouns of more: a rise in, a boost to.
    RISE = "rise",
    /// Nouns of less: relief from, reduction in.
    RELIEF = "relief",
    /// A mark or a word after an outcome: "cortisol down", "serotonin ✅".
    UP = "up",
    DOWN = "down",
    /// "good for", "effective against".
    FRAME = "frame",
    HEDGE = "hedge",
    /// Hedges that stand on either side of the verb: "in some people".
    ASIDE = "hedge-aside",
    /// "can", "is able to".
    CAPABILITY = "capability",
    /// "helps to", "supports".
    ASSIST = "assist",
    BOOSTER = "booster",
    NEGATOR = "negator",
    /// Denies only up to the next comma: "no", "without".
    LOCAL_NEGATOR = "local-negator",
    PSEUDO_NEGATOR = "pseudo-negator",
    TERMINATOR = "terminator",
    /// Stated uncertainty, null results, limits of studies.
    UNCERTAINTY = "uncertainty",
    /// "myth", "you may have heard".
    REPORT = "report-frame",
    /// "studies show".
    RESEARCH = "research",
    /// "Cochrane", "et al.", a year.
    CITATION = "citation",
    MAGNITUDE_UP = "magnitude-up",
    MAGNITUDE_DOWN = "magnitude-down",
    /// "clients say", "you may notice".
    EXPERIENCE = "experience",
    /// "for a short time".
    LIMIT = "limit",
    /// "see your doctor", "tell us if".
    ADVICE = "advice",
    /// Something other than massage that does the work: exercise, the liver.
    OTHER_SUBJECT = "other-subject",
    PRONOUN = "pronoun",
    /// "that", "who": what follows describes the noun before.
    RELATIVE = "relative",
    DETERMINER = "determiner",
    /// "if", "when": what they open ends at the next comma.
    CONDITIONAL = "conditional",
    /// "yes", "absolutely": the answer that makes a question a statement.
    AFFIRMATION = "affirmation",
    PREPOSITION = "preposition",
    /// "people with", "living with": what follows says who.
    WITH = "with",
    /// "and", "or".
    CONJUNCTION = "conjunction",
    /// Questions that state: "why live with …", "did you know".
    RHETORICAL = "rhetorical",
    IDIOM = "idiom",
    SPUN = "spun",
    SPUN_MODIFIER = "spun-modifier",
    SPUN_HEAD = "spun-head",
    SPUN_AMBIGUOUS = "spun-ambiguous",
}

/// A phrase of a term.
#[derive(Debug)]
pub(crate) struct Phrase {
    pub(crate) words: Box<[WordId]>,
    pub(crate) class: Class,
    pub(crate) term: u32,
}

/// The vocabulary of one database, compiled.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, WordId, BuildHasherDefault<FastHasher>>,
    classes: HashMap<Box<str>, Class>,
    irregular: HashMap<String, Vec<String>>,
    /// For each form of a verb, all its forms.
    families: HashMap<String, Arc<[WordId]>>,
    /// For the form of the third person, the base: reduces, reduce.
    bases: HashMap<WordId, Box<str>>,
    /// All forms of a verb by its base.
    verbs: HashMap<String, Arc<[WordId]>>,
    /// By first word, longest first.
    phrases: Vec<Vec<Phrase>>,
    pub(crate) programs: Vec<Program>,
    by_word: Vec<Vec<u32>>,
    /// Programs of terms by first word.
    terms_by_word: Vec<Vec<u32>>,
    by_class: Vec<Vec<u32>>,
}

impl Lexicon {
    /// Compiles terms and patterns. A pattern that does not parse is left out and reported.
    pub(crate) fn new(db: &Database) -> (Self, Vec<Diagnostic>) {
        let records = db.records();
        let mut lexicon = Self {
            phrases: vec![Vec::new()],
            by_word: vec![Vec::new()],
            terms_by_word: vec![Vec::new()],
            ..Self::default()
        };
        for word in KNOWN {
            lexicon.class(word);
        }
        for term in records.terms.iter().filter(|term| term.class == "irregular-verb") {
            for base in term.verbs.iter().chain(std::iter::once(&term.label)) {
                lexicon.irregular.entry(base.clone()).or_default().extend(term.forms.iter().cloned());
            }
        }
        let mut problems = Vec::new();
        for (slot, term) in records.terms.iter().enumerate() {
            if term.class == "irregular-verb" || term.class == "topic" {
                continue;
            }
            let class = lexicon.class(&term.class);
            for verb in &term.verbs {
                let forms = inflect(verb, &lexicon.irregular);
                for words in &forms {
                    lexicon.add_phrase(words, class, slot as u32);
                }
                lexicon.add_family(&forms);
            }
            for form in &term.forms {
                let added = pattern::expand(form, &lexicon.irregular).and_then(|phrases| match phrases {
                    Some(phrases) => {
                        for words in phrases {
                            lexicon.add_phrase(&words, class, slot as u32);
                        }
                        Ok(())
                    }
                    None => program::compile(form, Target::Term(class, slot as u32), &mut lexicon)
                        .map(|program| lexicon.add_program(program)),
                });
                if let Err((message, _)) = added {
                    problems.push(problem(records, term.origin, form, &message));
                }
            }
        }
        lexicon.read_through_spun(records);
        for (slot, rule) in records.rules.iter().enumerate() {
            let (rules, fragments) = (Target::Rule(slot as u32), Target::Fragment(slot as u32));
            let patterns = rule.patterns.iter().map(|text| (text, rules));
            for (text, target) in patterns.chain(rule.fragments.iter().map(|text| (text, fragments))) {
                match program::compile(&text.text, target, &mut lexicon) {
                    Ok(program) => lexicon.add_program(program),
                    Err((message, at)) => {
                        // The span of a pattern includes its opening quote.
                        let start = text.span.start() + 1 + at;
                        let span = (start..(start + 1).min(text.span.end())).into();
                        let mut diagnostic = Diagnostic::new("data/pattern-syntax", Severity::Error, span, message);
                        diagnostic.file = records.files.get(rule.origin.file as usize).map(|file| file.name.clone());
                        problems.push(diagnostic);
                    }
                }
            }
        }
        for (slot, claim) in records.claims.iter().enumerate().filter(|(_, claim)| claim.withdrawn.is_none()) {
            for text in claim.wording.overclaims.iter().chain(&claim.wording.marketing) {
                if let Some(program) = program::phrase(text, Target::Claim(slot as u32), &mut lexicon) {
                    lexicon.add_program(program);
                }
            }
        }
        for list in &mut lexicon.phrases {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        (lexicon, problems)
    }

    pub(crate) fn class(&mut self, name: &str) -> Class {
        if let Some(&class) = self.classes.get(name) {
            return class;
        }
        let class = Class(self.classes.len() as u16);
        self.classes.insert(name.into(), class);
        self.by_class.push(Vec::new());
        class
    }

    /// A class by its name, if any term or pattern uses it.
    pub(crate) fn known_class(&self, name: &str) -> Option<Class> {
        self.classes.get(name).copied()
    }

    /// The number of a word; a new word gets one, and its other spellings share it.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        self.phrases.push(Vec::new());
        self.by_word.push(Vec::new());
        self.terms_by_word.push(Vec::new());
        let id = (self.phrases.len() - 1) as WordId;
        self.words.insert(word.into(), id);
        for other in spellings(word) {
            self.words.entry(other.into()).or_insert(id);
        }
        id
    }

    /// The number of a word, [`UNKNOWN`] when the vocabulary does not hold it.
    pub(crate) fn word(&self, word: &str) -> WordId {
        self.words.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// Garbled terms stand for the plain ones: "anxious unit" is read as an outcome where "nervous system" is one.
    fn read_through_spun(&mut self, records: &crate::load::Records) {
        for term in
            records.terms.iter().filter(|term| term.class.starts_with("spun") && !term.class.ends_with("modifier"))
        {
            let plain: Vec<WordId> = words_of(&term.label).iter().map(|word| self.word(word)).collect();
            let Some(&first) = plain.first() else { continue };
            let known = self.phrases_from(first).iter().find(|p| p.class == Class::OUTCOME && p.words[..] == plain[..]);
            let Some(slot) = known.map(|phrase| phrase.term) else { continue };
            for form in &term.forms {
                if term.class != "spun-head" {
                    self.add_phrase(&words_of(form), Class::OUTCOME, slot);
                }
            }
        }
    }

    fn add_family(&mut self, forms: &[Vec<String>]) {
        if forms.first().is_none_or(|form| self.families.contains_key(&form[0])) {
            return;
        }
        let words: Vec<String> = forms.iter().filter_map(|form| form.first().cloned()).collect();
        let mut ids: Vec<WordId> = words.iter().map(|word| self.intern(word)).collect();
        if let Some(base) = words.first() {
            for (word, &id) in words.iter().zip(&ids).skip(1).filter(|(word, _)| word.ends_with('s')) {
                if word.len() <= base.len() + 3 {
                    self.bases.entry(id).or_insert_with(|| base.as_str().into());
                }
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let ids: Arc<[WordId]> = ids.into();
        for word in words {
            self.families.entry(word).or_insert_with(|| ids.clone());
        }
    }

    /// The base of a verb in the third person, when the word is one.
    pub(crate) fn base(&self, word: WordId) -> Option<&str> {
        self.bases.get(&word).map(|base| &**base)
    }

    /// All forms of a verb, or the word alone.
    pub(crate) fn family(&mut self, word: &str) -> Arc<[WordId]> {
        let family = self.families.get(word).cloned();
        family.unwrap_or_else(|| [self.intern(word)].into())
    }

    /// All forms of a verb of one word, sorted.
    pub(crate) fn forms_of(&mut self, verb: &str) -> Arc<[WordId]> {
        if let Some(ids) = self.verbs.get(verb) {
            return ids.clone();
        }
        let forms = inflect(verb, &self.irregular);
        let mut ids: Vec<WordId> = forms.iter().filter_map(|form| form.first()).map(|word| self.intern(word)).collect();
        ids.sort_unstable();
        ids.dedup();
        let ids: Arc<[WordId]> = ids.into();
        self.verbs.insert(verb.to_owned(), ids.clone());
        ids
    }

    fn add_phrase(&mut self, words: &[String], class: Class, term: u32) {
        let ids: Vec<WordId> = words.iter().map(|word| self.intern(word)).collect();
        let Some(&first) = ids.first() else { return };
        if let Some(list) = self.phrases.get_mut(first as usize)
            && !list.iter().any(|p| p.class == class && p.words[..] == ids[..])
        {
            list.push(Phrase { words: ids.into(), class, term });
        }
    }

    fn add_program(&mut self, program: Program) {
        let slot = self.programs.len() as u32;
        let (words, classes) = program.first();
        let by_word =
            if matches!(program.target, Target::Term(..)) { &mut self.terms_by_word } else { &mut self.by_word };
        for word in words {
            if let Some(list) = by_word.get_mut(word as usize) {
                list.push(slot);
            }
        }
        for class in classes {
            if let Some(list) = self.by_class.get_mut(class.0 as usize) {
                list.push(slot);
            }
        }
        self.programs.push(program);
    }

    /// The words of the vocabulary that a word written as one is made of, with their lengths in bytes: "nomorepain".
    pub(crate) fn split(&self, text: &str) -> Option<Vec<(usize, WordId)>> {
        if !text.is_ascii() || text.len() > 40 {
            return None;
        }
        // For each place, the longest word that begins there and leaves a rest that splits as well.
        let mut best: Vec<Option<(usize, WordId)>> = vec![None; text.len() + 1];
        best[text.len()] = Some((0, UNKNOWN));
        for start in (0..text.len()).rev() {
            best[start] = (start + 2..=text.len())
                .rev()
                .filter(|&end| best[end].is_some())
                .map(|end| (end - start, self.word(&text[start..end])))
                .find(|&(_, word)| word != UNKNOWN);
        }
        let mut parts = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let (length, word) = best[at]?;
            parts.push((length, word));
            at += length;
        }
        (parts.len() > 1).then_some(parts)
    }

    pub(crate) fn phrases_from(&self, word: WordId) -> &[Phrase] {
        self.phrases.get(word as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn term_programs_from(&self, word: WordId) -> &[u32] {
        self.terms_by_word.get(word as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn programs_from_word(&self, word: WordId) -> &[u32] {
        self.by_word.get(word as usize).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn programs_from_class(&self, class: Class) -> &[u32] {
        self.by_class.get(class.0 as usize).map_or(&[], Vec::as_slice)
    }
}

fn problem(
    records: &crate::load::Records,
    origin: crate::model::claim::Origin,
    form: &str,
    message: &str,
) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new("data/pattern-syntax", Severity::Error, origin.span, format!("form `{form}`: {message}"));
    diagnostic.file = records.files.get(origin.file as usize).map(|file| file.name.clone());
    diagnostic
}

/// The folded words of a short text, such as a form of a term.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    // Most texts are one plain word already folded.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return vec![text.to_owned()];
    }
    let mut words = Vec::new();
    tokenise(text, 0..text.len(), |_: RawToken, word| words.push(word.to_owned()));
    words
}

/// The forms of a verb, irregular ones from data; the first word of a phrasal verb is inflected.
pub(crate) fn inflect(verb: &str, irregular: &HashMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let words = words_of(verb);
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let forms = match irregular.get(first) {
        Some(others) => std::iter::once(first.clone()).chain(others.iter().cloned()).collect(),
        None => verb_forms(first),
    };
    forms.into_iter().map(|form| std::iter::once(form).chain(rest.iter().cloned()).collect()).collect()
}

/// Multiply and rotate: short words, no attacker's choice of keys in the table, so speed counts alone.
#[derive(Default)]
pub(crate) struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}
