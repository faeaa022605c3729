//! Where a pattern can be at all. Every match of a pattern holds certain words; the rarest of them are its anchor. A sentence is
//! searched for anchors only, and a program runs where one stands, so that most sentences run none.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::class::Class;
use super::fast_hasher::FastHasher;
use super::lexicon::{Lexicon, words_of};
use super::pattern::Node;
use super::present::{Bits, Present};
use super::program::{Program, WIDEST};
use super::rows::Rows;
use super::word_table::{UNKNOWN, WordId};
use crate::load::{Records, packed_fields};
use crate::model::vocabulary::RuleKind;

/// A word or a class that stands in a match, and how far behind its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) at: Place,
    pub(crate) offset: Offset,
}

impl Anchor {
    fn word(&self) -> Option<WordId> {
        if let Place::Word(word) = self.at { Some(word) } else { None }
    }

    fn class(&self) -> Option<Class> {
        if let Place::Class(class) = self.at { Some(class) } else { None }
    }
}

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Word(WordId),
    Class(Class),
}

/// Words between the beginning of a match and a place in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offset {
    pub(crate) least: u16,
    pub(crate) most: u16,
}

impl Offset {
    const fn then(self, other: Self) -> Self {
        Self { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }
}

/// The number of a set among the [`Sets`] of a vocabulary.
pub(crate) type SetId = u32;
/// The set that holds everything.
pub(crate) const ANYTHING: SetId = 0;

/// Sets that programs share, each held once, so that the few that are asked again and again stay at hand.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sets {
    list: Vec<Present>,
    /// The number of each, while sets are added.
    known: HashMap<Present, SetId, BuildHasherDefault<FastHasher>>,
}

impl Default for Sets {
    fn default() -> Self {
        Self { list: vec![Present::ALL], known: HashMap::from_iter([(Present::ALL, ANYTHING)]) }
    }
}

impl Sets {
    fn add(&mut self, set: Present) -> SetId {
        let list = &mut self.list;
        *self.known.entry(set).or_insert_with(|| {
            list.push(set);
            list.len() as SetId - 1
        })
    }

    pub(crate) fn get(&self, set: SetId) -> &Present {
        self.list.get(set as usize).unwrap_or(&Present::ALL)
    }
}

/// What a sentence must hold besides the anchor of a program, so that most anchors are passed over with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    /// One of each, the rarest first.
    one: [SetId; 4],
    /// One of these where a match begins.
    pub(super) begins: SetId,
    /// One of these behind its first word.
    pub(super) goes_on: SetId,
}

impl Needs {
    /// Of a program, with the parts besides its anchor that every match has, the rarest first.
    fn new(program: &Program, parts: &[Vec<Anchor>], bits: &Bits, sets: &mut Sets) -> Self {
        let mut one = [ANYTHING; 4];
        for (one, part) in one.iter_mut().zip(parts) {
            let (words, classes) = (part.iter().filter_map(Anchor::word), part.iter().filter_map(Anchor::class));
            *one = sets.add(bits.of_one(words, classes));
        }
        let goes_on = program.goes_on(bits).map_or(ANYTHING, |words| sets.add(words));
        Self { one, begins: sets.add(program.begins(bits)), goes_on }
    }

    /// Whether a sentence that holds the rarest holds the others.
    pub(crate) fn are_met(&self, present: &Present, sets: &Sets) -> bool {
        self.one.iter().skip(1).all(|&one| one == ANYTHING || present.meets(sets.get(one)))
    }
}

/// How common the words and classes are: how many patterns use them, since what many patterns look for, many sentences hold, and how
/// often they stand in the examples of the rules and the sentences of the claims.
#[derive(Clone, Debug, Default)]
pub(crate) struct Commonness {
    used: Counts,
    seen: Counts,
}

#[derive(Clone, Debug, Default)]
struct Counts {
    words: Vec<u32>,
    classes: Vec<u32>,
}

impl Counts {
    fn add_word(&mut self, word: WordId) {
        add(&mut self.words, word as usize);
    }

    fn add_class(&mut self, class: Class) {
        add(&mut self.classes, class.0 as usize);
    }

    fn of(&self, place: Place) -> u32 {
        let (list, at) = match place {
            Place::Word(word) => (&self.words, word as usize),
            Place::Class(class) => (&self.classes, class.0 as usize),
        };
        list.get(at).copied().unwrap_or(0)
    }
}

fn add(list: &mut Vec<u32>, at: usize) {
    if at >= list.len() {
        list.resize(at + 1, 0);
    }
    list[at] += 1;
}

impl Commonness {
    /// Counts the words of the examples and sentences of a pack, and the terms among them.
    pub(crate) fn read(records: &Records, lexicon: &Lexicon) -> Self {
        let rules = records.rules.iter().filter(|rule| rule.kind != RuleKind::Data);
        let examples = rules.flat_map(|rule| rule.bad.iter().chain(&rule.good));
        let wording = records.claims.iter().map(|claim| &claim.wording);
        let sentences = wording.flat_map(|own| own.overclaims.iter().chain(&own.marketing).chain([&own.honest]));
        let mut common = Self::default();
        for text in examples.chain(sentences) {
            let words: Vec<WordId> = words_of(text).iter().map(|word| lexicon.word(word)).collect();
            for (at, &word) in words.iter().enumerate().filter(|(_, word)| **word != UNKNOWN) {
                common.seen.add_word(word);
                lexicon.phrases().walk(word, words[at + 1..].iter().copied(), |_, ends| {
                    ends.iter().for_each(|&(class, _)| common.seen.add_class(class));
                });
            }
        }
        common
    }

    /// Counts the places of a pattern.
    pub(crate) fn count(&mut self, nodes: &[Node<'_>], lexicon: &mut Lexicon) {
        for node in nodes {
            match node {
                Node::Word(word) => self.used.add_word(lexicon.intern(word)),
                Node::Verb(verb) => {
                    lexicon.first_forms(verb).iter().for_each(|&word| self.used.add_word(word));
                }
                Node::Forms(words) => words.iter().for_each(|&word| self.used.add_word(word)),
                Node::Class(class, _) => self.used.add_class(lexicon.class(class)),
                Node::Optional(inner) => self.count(inner, lexicon),
                Node::Either(branches) => branches.iter().for_each(|branch| self.count(branch, lexicon)),
                Node::Gap | Node::Comma => {}
            }
        }
    }

    /// The bit of each.
    pub(crate) fn bits(&self) -> Bits {
        Bits::new(&self.used.words, &self.used.classes)
    }

    /// Counts words that are looked for by themselves.
    pub(crate) fn count_words(&mut self, words: &[WordId]) {
        words.iter().for_each(|&word| self.used.add_word(word));
    }

    fn cost(&self, anchors: &[Anchor]) -> u32 {
        // A class stands for many words.
        const CLASS: u32 = 50;
        // Each text with the word costs a look; patterns that use it only let expect such texts.
        const SEEN: u32 = 64;
        let one = |anchor: &Anchor| {
            let least = if anchor.class().is_some() { CLASS } else { 1 };
            least + self.used.of(anchor.at) + SEEN * self.seen.of(anchor.at)
        };
        anchors.iter().map(one).sum()
    }
}

/// Where a pattern can be: the places of which every match holds one, those of its rarest part first, and how many words it takes.
pub(crate) struct Site {
    parts: Vec<Vec<Anchor>>,
    pub(crate) length: Offset,
}

impl Site {
    /// Of the parts of a pattern. `tag` is the length of the longest term.
    pub(crate) fn new(nodes: &[Node<'_>], lexicon: &mut Lexicon, common: &Commonness, tag: u16) -> Self {
        let (mut parts, length) = parts(nodes, lexicon, common, tag);
        parts.sort_by_key(|part| common.cost(part));
        Self { parts, length }
    }

    pub(crate) fn anchors(&self) -> &[Anchor] {
        self.parts.first().map_or(&[], Vec::as_slice)
    }

    /// What a sentence must hold besides an anchor.
    pub(crate) fn needs(&self, program: &Program, bits: &Bits, sets: &mut Sets) -> Needs {
        Needs::new(program, self.parts.get(1..).unwrap_or(&[]), bits, sets)
    }
}

/// For each part that cannot be left out, the places of which every match holds one; and how many words all parts take.
fn parts(nodes: &[Node<'_>], lexicon: &mut Lexicon, common: &Commonness, tag: u16) -> (Vec<Vec<Anchor>>, Offset) {
    let mut parts: Vec<Vec<Anchor>> = Vec::new();
    let mut before = Offset::default();
    for node in nodes {
        let offset = before;
        let word = |&word: &WordId| Anchor { at: Place::Word(word), offset };
        let one = Offset { least: 1, most: 1 };
        let (part, length): (Vec<Anchor>, Offset) = match node {
            Node::Word(text) => (vec![word(&lexicon.intern(text))], one),
            Node::Verb(verb) => {
                let words = lexicon.first_forms(verb).iter().map(word).collect();
                let length = words_of(verb).len() as u16;
                (words, Offset { least: length, most: length })
            }
            Node::Forms(words) => (words.iter().map(word).collect(), one),
            Node::Class(class, _) => {
                let at = Place::Class(lexicon.class(class));
                (vec![Anchor { at, offset }], Offset { least: 1, most: tag.max(1) })
            }
            Node::Gap => (Vec::new(), Offset { least: 0, most: WIDEST as u16 }),
            Node::Comma => continue,
            Node::Optional(inner) => {
                let (_, length) = self::parts(inner, lexicon, common, tag);
                (Vec::new(), Offset { least: 0, most: length.most })
            }
            Node::Either(branches) => {
                let mut all = Vec::new();
                let mut length = Offset { least: u16::MAX, most: 0 };
                let mut open = false;
                for branch in branches {
                    let (parts, own) = self::parts(branch, lexicon, common, tag);
                    let rarest = parts.into_iter().min_by_key(|part| common.cost(part));
                    open |= rarest.is_none();
                    all.extend(rarest.into_iter().flatten());
                    length = Offset { least: length.least.min(own.least), most: length.most.max(own.most) };
                }
                all.iter_mut().for_each(|anchor| anchor.offset = before.then(anchor.offset));
                (if open { Vec::new() } else { all }, length)
            }
        };
        if !part.is_empty() {
            parts.push(part);
        }
        before = before.then(length);
    }
    (parts, before)
}

/// A program that has a word or a class as an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    pub(crate) program: u32,
    /// What a sentence must hold besides, the rarest first: most starts end here, so that it stands where they are looked through.
    pub(crate) needs: SetId,
    /// Words between the beginning of a match and the anchor.
    pub(crate) offset: Offset,
}

/// For each word and class, the programs that have it as an anchor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Starts {
    words: Rows<Start>,
    classes: Rows<Start>,
}

impl Starts {
    /// Of programs with their needs and their anchors.
    pub(crate) fn new<'a>(programs: impl Iterator<Item = (u32, &'a Needs, &'a [Anchor])>) -> Self {
        let (mut words, mut classes): (Vec<Vec<Start>>, Vec<Vec<Start>>) = Default::default();
        for (program, needs, anchors) in programs {
            for anchor in anchors {
                let (list, at) = match anchor.at {
                    Place::Word(word) => (&mut words, word as usize),
                    Place::Class(class) => (&mut classes, class.0 as usize),
                };
                if at >= list.len() {
                    list.resize_with(at + 1, Vec::new);
                }
                let start = Start { program, needs: needs.one[0], offset: anchor.offset };
                if !list[at].contains(&start) {
                    list[at].push(start);
                }
            }
        }
        Self { words: Rows::new(words), classes: Rows::new(classes) }
    }

    /// Programs that have a word as an anchor.
    pub(crate) fn of_word(&self, word: WordId) -> &[Start] {
        self.words.row(word as usize)
    }

    /// Programs that have a class as an anchor.
    pub(crate) fn of_class(&self, class: Class) -> &[Start] {
        self.classes.row(class.0 as usize)
    }
}

packed_fields! {
    Offset { least, most }
    Sets { list; known }
    Needs { one, begins, goes_on }
    Start { program, needs, offset }
    Starts { words, classes }
}
