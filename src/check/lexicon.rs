//! The vocabulary made ready for reading: words get numbers, phrases are found in one pass over the words of a sentence.

use std::collections::HashMap;
use std::sync::Arc;

use super::anchor::{Commonness, Needs, Sets, Site, Starts};
use super::class::{Class, KNOWN};
use super::inflect::{is_participle, spellings, verb_forms};
use super::pattern::{self, Node};
use super::phrase_tree::PhraseTree;
use super::present::Bits;
use super::program::{self, Program, Target};
use super::tag::Known;
use super::word_table::WordTable;
pub(crate) use super::word_table::{UNKNOWN, WordId};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{RawToken, Word, tokenise};
use crate::load::{Records, packed_fields};
use crate::model::claim::ClaimRecord;

// What only compiling needs is left out.
packed_fields! {
    Lexicon {
        words, numbers, known, bases, phrases, programs, bits, sets, needs, starts, term_starts, contexts;
        classes, irregular, families, verbs, terms, longest, prefix
    }
}

/// The vocabulary of one database, compiled.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lexicon {
    words: WordTable,
    /// How many numbers of words are given; 0 is [`UNKNOWN`].
    numbers: WordId,
    /// What is known of each word.
    known: Vec<Known>,
    classes: HashMap<Box<str>, Class>,
    irregular: HashMap<String, Vec<String>>,
    /// For each form of a verb, all its forms.
    families: HashMap<String, Arc<[WordId]>>,
    /// For the form of the third person, the base: reduces, reduce.
    bases: HashMap<WordId, Box<str>>,
    /// All forms of a verb by its base.
    verbs: HashMap<String, Arc<[WordId]>>,
    /// Slots of the terms by class and id.
    terms: HashMap<(Class, Box<str>), u32>,
    phrases: PhraseTree,
    /// Words of the longest phrase.
    longest: u16,
    /// What stands before the ids of the pack whose patterns are compiled: `acme-spa:`, or nothing.
    prefix: String,
    programs: Vec<Program>,
    /// The bits that words and classes have in first looks.
    bits: Bits,
    /// What programs need.
    sets: Sets,
    /// For each program, what a sentence must hold.
    needs: Vec<Needs>,
    /// Where patterns of rules and listed overclaims can be.
    starts: Starts,
    /// Where forms of terms can be that are programs.
    term_starts: Starts,
    /// For each claim, the phrases that tell it from others with the same outcome.
    contexts: Vec<Vec<Box<[WordId]>>>,
}

/// The class of words that are written wrong; the label is the right one.
const MISSPELLING: &str = "misspelling";
/// The class of verbs with forms that no rule makes.
const IRREGULAR_VERB: &str = "irregular-verb";
/// Classes of terms that name nothing in copy.
const ABOUT_WORDS: [&str; 3] = [IRREGULAR_VERB, MISSPELLING, "topic"];

/// A program and the parts it was made of, until all are known and the rarest part of each is found.
type Shapes<'p> = Vec<(u32, Vec<Node<'p>>)>;

impl Lexicon {
    /// Compiles terms and patterns. A pattern that does not parse is left out and reported.
    pub(crate) fn new(records: &Records) -> (Self, Vec<Diagnostic>) {
        let mut lexicon = Self { known: vec![Known::default()], ..Self::default() };
        for word in KNOWN {
            lexicon.class(word);
        }
        // First, so that a misspelt word never gets a number of its own.
        for term in records.terms.iter().filter(|term| term.class == MISSPELLING) {
            let right = lexicon.intern(&term.label);
            for wrong in &term.forms {
                lexicon.words.insert(wrong, right);
            }
        }
        for term in records.terms.iter().filter(|term| term.class == IRREGULAR_VERB) {
            for base in term.verbs.iter().chain(std::iter::once(&term.label)) {
                lexicon.irregular.entry(base.clone()).or_default().extend(term.forms.iter().cloned());
            }
        }
        for (slot, term) in records.terms.iter().enumerate() {
            let class = lexicon.class(&term.class);
            lexicon.terms.insert((class, term.id.as_str().into()), slot as u32);
        }
        let mut problems = Vec::new();
        let mut shapes = Shapes::new();
        for (slot, term) in records.terms.iter().enumerate() {
            if ABOUT_WORDS.contains(&&*term.class) {
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
                        .map(|(program, nodes)| lexicon.add_program(program, nodes, &mut shapes)),
                });
                if let Err((message, _)) = added {
                    problems.push(problem(records, term.origin, form, &message));
                }
            }
        }
        lexicon.read_through_spun(records);
        lexicon.phrases.settle();
        let of_terms = std::mem::take(&mut shapes);
        for (slot, rule) in records.rules.iter().enumerate() {
            lexicon.prefix = rule.name.split_once(':').map_or_else(String::new, |(pack, _)| format!("{pack}:"));
            let slot = slot as u32;
            let patterns = rule.patterns.iter().map(|text| (text, Target::Rule(slot)));
            let fragments = rule.fragments.iter().map(|text| (text, Target::Fragment(slot)));
            let refused = rule.refused.iter().map(|text| (text, Target::Refused(slot)));
            for (text, target) in patterns.chain(fragments).chain(refused) {
                let mut report = |name: &'static str, message: String, at: usize, length: usize| {
                    // The span of a pattern includes its opening quote.
                    let start = text.span.start() + 1 + at;
                    let span = (start..(start + length).min(text.span.end())).into();
                    let mut diagnostic = Diagnostic::new(name, Severity::Error, span, message);
                    diagnostic.file = records.files.get(rule.origin.file as usize).map(|file| file.name.clone());
                    problems.push(diagnostic);
                };
                match program::compile(&text.text, target, &mut lexicon) {
                    Ok((program, nodes)) => {
                        if let Some((class, id)) = lexicon.unknown_term(&nodes) {
                            let at = id.as_ptr() as usize - text.text.as_ptr() as usize;
                            report("data/unknown-term", format!("no {class} `{id}`"), at, id.len());
                        }
                        lexicon.add_program(program, nodes, &mut shapes);
                    }
                    Err((message, at)) => report("data/pattern-syntax", message, at, 1),
                }
            }
        }
        for (slot, claim) in records.claims.iter().enumerate().filter(|(_, claim)| claim.withdrawn.is_none()) {
            for text in claim.wording.overclaims.iter().chain(&claim.wording.marketing) {
                if let Some(nodes) = program::overclaim(text, &mut lexicon) {
                    let program = Program::new(Target::Claim(slot as u32), &nodes, &mut lexicon);
                    lexicon.add_program(program, nodes, &mut shapes);
                }
            }
        }
        let context = |claim: &ClaimRecord| {
            let phrases = claim.wording.context.iter().map(|words| lexicon.numbers_of(&words_of(words)));
            // A word that nothing else uses is never seen in a sentence.
            phrases.filter(|ids| !ids.is_empty() && !ids.contains(&UNKNOWN)).collect()
        };
        lexicon.contexts = records.claims.iter().map(context).collect();
        lexicon.find_anchors(records, &of_terms, &shapes);
        (lexicon, problems)
    }

    /// Finds the rarest part of each program, once all are known.
    fn find_anchors(&mut self, records: &Records, of_terms: &Shapes<'_>, of_rules: &Shapes<'_>) {
        let texts = Commonness::read(records, self);
        let mut common = texts.clone();
        let mut sites = Vec::with_capacity(self.programs.len());
        for (_, nodes) in of_terms {
            common.count(nodes, self);
        }
        for (program, nodes) in of_terms {
            let site = Site::new(nodes, self, &common, self.longest);
            self.longest = self.longest.max(site.length.most);
            sites.push((*program, site));
        }
        // What is rare in rules is told by rules.
        let mut common = texts;
        for (_, nodes) in of_rules {
            common.count(nodes, self);
        }
        for (program, nodes) in of_rules {
            sites.push((*program, Site::new(nodes, self, &common, self.longest)));
        }
        for (_, nodes) in of_terms {
            common.count(nodes, self);
        }
        self.contexts.iter().flatten().for_each(|words| common.count_words(words));
        self.bits = common.bits();
        self.programs.iter_mut().for_each(|program| program.settle(&self.bits));
        let (bits, sets) = (&self.bits, &mut self.sets);
        let needs = |(program, (_, site)): (&Program, &(u32, Site))| site.needs(program, bits, sets);
        self.needs = self.programs.iter().zip(&sites).map(needs).collect();
        let all = sites.iter().zip(&self.needs);
        let mut all = all.map(|((program, site), needs)| (*program, needs, site.anchors()));
        self.term_starts = Starts::new(all.by_ref().take(of_terms.len()));
        self.starts = Starts::new(all);
        for (known, word) in self.known.iter_mut().zip(0..) {
            known.set(Known::OPENS_PHRASE, self.phrases.begins_with(word));
            known.set(Known::ANCHORS_TERM, !self.term_starts.of_word(word).is_empty());
            known.set(Known::ANCHORS_RULE, !self.starts.of_word(word).is_empty());
            known.bit = self.bits.word(word);
        }
    }

    pub(crate) fn class(&mut self, name: &str) -> Class {
        if let Some(&class) = self.classes.get(name) {
            return class;
        }
        let class = Class(self.classes.len() as u16);
        self.classes.insert(name.into(), class);
        class
    }

    /// The number of a word; a new word gets one, and its other spellings share it.
    pub(crate) fn intern(&mut self, word: &str) -> WordId {
        let number = self.words.insert(word, self.numbers + 1);
        if number > self.numbers {
            self.numbers = number;
            let mut known = Known::default();
            known.set(Known::PARTICIPLE, is_participle(word));
            self.known.push(known);
            for other in spellings(word) {
                self.words.insert(&other, number);
            }
        }
        number
    }

    /// The number of a word, [`UNKNOWN`] when the vocabulary does not hold it.
    pub(crate) fn word(&self, word: &str) -> WordId {
        self.words.get(word)
    }

    /// The number of the word of ASCII letters and digits at `start` of a text.
    pub(crate) fn plain_word(&self, text: &str, start: usize, length: usize) -> WordId {
        self.words.get_plain(text, start, length)
    }

    fn numbers_of(&self, words: &[String]) -> Box<[WordId]> {
        words.iter().map(|word| self.word(word)).collect()
    }

    /// What is known of a word; nothing of one that the vocabulary does not hold.
    pub(crate) fn known(&self, word: WordId) -> Known {
        self.known.get(word as usize).copied().unwrap_or_default()
    }

    /// The slot of a term by the name of its class and its id: one of the pack whose pattern it is, or else one of any pack.
    pub(crate) fn term(&mut self, class: &str, id: &str) -> Option<u32> {
        let class = self.class(class);
        let own = (!self.prefix.is_empty()).then(|| format!("{}{id}", self.prefix));
        [own.as_deref(), Some(id)].into_iter().flatten().find_map(|id| self.terms.get(&(class, id.into())).copied())
    }

    /// The first `{class:id}` of a pattern whose term nobody has: class and id.
    fn unknown_term<'p>(&mut self, nodes: &[Node<'p>]) -> Option<(&'p str, &'p str)> {
        nodes.iter().find_map(|node| match node {
            Node::Class(class, Some(id)) => self.term(class, id).is_none().then_some((*class, *id)),
            Node::Optional(inner) => self.unknown_term(inner),
            Node::Either(branches) => branches.iter().find_map(|branch| self.unknown_term(branch)),
            _ => None,
        })
    }

    /// The phrases that tell a claim from others with the same outcome.
    pub(crate) fn contexts(&self, claim: usize) -> &[Box<[WordId]>] {
        self.contexts.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Garbled terms stand for the plain ones: "anxious unit" is read as an outcome where "nervous system" is one.
    fn read_through_spun(&mut self, records: &Records) {
        for term in
            records.terms.iter().filter(|term| term.class.starts_with("spun") && !term.class.ends_with("modifier"))
        {
            let plain: Vec<WordId> = words_of(&term.label).iter().map(|word| self.word(word)).collect();
            let known = self.phrases.ends(&plain).iter().find(|(class, _)| *class == Class::OUTCOME);
            let Some(&(_, slot)) = known else { continue };
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

    /// The forms of the first word of a verb, which alone has any.
    pub(crate) fn first_forms(&mut self, verb: &str) -> Arc<[WordId]> {
        words_of(verb).first().map_or_else(|| [].into(), |first| self.forms_of(first))
    }

    fn add_phrase(&mut self, words: &[String], class: Class, term: u32) {
        let ids: Vec<WordId> = words.iter().map(|word| self.intern(word)).collect();
        self.longest = self.longest.max(ids.len() as u16);
        self.phrases.add(&ids, class, term);
    }

    fn add_program<'p>(&mut self, program: Program, nodes: Vec<Node<'p>>, shapes: &mut Shapes<'p>) {
        shapes.push((self.programs.len() as u32, nodes));
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

    /// Phrases of terms.
    pub(crate) fn phrases(&self) -> &PhraseTree {
        &self.phrases
    }

    /// The programs, each in its slot.
    pub(crate) fn programs(&self) -> &[Program] {
        &self.programs
    }

    /// The bits that words and classes have in first looks.
    pub(crate) fn bits(&self) -> &Bits {
        &self.bits
    }

    /// What programs need.
    pub(crate) fn sets(&self) -> &Sets {
        &self.sets
    }

    /// What a sentence must hold for the program in a slot.
    pub(crate) fn needs(&self, program: u32) -> Option<&Needs> {
        self.needs.get(program as usize)
    }

    /// Where patterns of rules and listed overclaims can be.
    pub(crate) fn starts(&self) -> &Starts {
        &self.starts
    }

    /// Where forms of terms can be that are programs.
    pub(crate) fn term_starts(&self) -> &Starts {
        &self.term_starts
    }
}

fn problem(records: &Records, origin: crate::model::claim::Origin, form: &str, message: &str) -> Diagnostic {
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
    tokenise(text, 0..text.len(), |_: RawToken, word: Word<'_>| words.push(word.folded().into_owned()));
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
