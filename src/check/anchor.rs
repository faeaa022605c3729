//! Where a pattern can be at all. Every match of a pattern holds certain words; the rarest of them are its anchor. A sentence is
//! searched for anchors only, and a program runs where one stands, so that most sentences run none.

use super::class::Class;
use super::lexicon::Lexicon;
use super::pattern::Node;
use super::present::{Bit, Bits, NONE, Present};
use super::program::{Program, WIDEST};
use super::rows::Rows;
use super::word_table::WordId;
use crate::load::packed_fields;

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
    pub(crate) least: u32,
    pub(crate) most: u32,
}

impl Offset {
    const fn then(self, other: Self) -> Self {
        Self { least: self.least + other.least, most: self.most + other.most }
    }
}

/// What a sentence must hold besides the anchor of a program, so that most anchors are passed over with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    /// All of these.
    all: [Bit; 4],
    /// One of each of the first `ones` of these.
    one: [Present; 3],
    ones: u8,
    /// One of these where a match begins.
    pub(super) begins: Present,
    /// Whether a match has a second word, of which something is known: one of these.
    pub(super) is_followed: bool,
    pub(super) goes_on: Present,
}

impl Needs {
    pub(crate) fn are_met(&self, present: &Present) -> bool {
        self.all.iter().all(|&bit| bit == NONE || present.has(bit))
            && self.one.iter().take(usize::from(self.ones)).all(|one| present.meets(one))
    }

    /// Of a program, with the parts besides its anchor that every match has, the rarest first.
    fn new(program: &Program, parts: &[Vec<Anchor>], bits: &Bits) -> Self {
        let goes_on = program.goes_on(bits);
        let mut needs = Self {
            all: [NONE; 4],
            one: [Present::default(); 3],
            ones: 0,
            begins: program.begins(bits),
            is_followed: goes_on.is_some(),
            goes_on: goes_on.unwrap_or_default(),
        };
        let mut singles = needs.all.iter_mut();
        let mut sets = needs.one.iter_mut();
        for part in parts {
            let (words, classes) = (part.iter().filter_map(Anchor::word), part.iter().filter_map(Anchor::class));
            let present = bits.of_one(words, classes);
            if let Some(bit) = present.single() {
                singles.next().into_iter().for_each(|single| *single = bit);
            } else if let Some(one) = sets.next() {
                *one = present;
                needs.ones += 1;
            }
        }
        needs
    }
}

/// How common the words and classes are, by how many patterns use them: what many patterns look for, many sentences hold.
#[derive(Debug, Default)]
pub(crate) struct Commonness {
    words: Vec<u32>,
    classes: Vec<u32>,
}

fn add(list: &mut Vec<u32>, at: usize) {
    if at >= list.len() {
        list.resize(at + 1, 0);
    }
    list[at] += 1;
}

impl Commonness {
    /// Counts the places of a pattern.
    pub(crate) fn count(&mut self, nodes: &[Node<'_>], lexicon: &mut Lexicon) {
        for node in nodes {
            match node {
                Node::Word(word) => add(&mut self.words, lexicon.intern(word) as usize),
                Node::Verb(verb) => {
                    lexicon.first_forms(verb).iter().for_each(|&word| add(&mut self.words, word as usize));
                }
                Node::Forms(words) => words.iter().for_each(|&word| add(&mut self.words, word as usize)),
                Node::Class(class, _) => add(&mut self.classes, lexicon.class(class).0 as usize),
                Node::Optional(inner) => self.count(inner, lexicon),
                Node::Either(branches) => branches.iter().for_each(|branch| self.count(branch, lexicon)),
                Node::Gap | Node::Comma => {}
            }
        }
    }

    /// The bit of each.
    pub(crate) fn bits(&self) -> Bits {
        Bits::new(&self.words, &self.classes)
    }

    /// Counts words that are looked for by themselves.
    pub(crate) fn count_words(&mut self, words: &[WordId]) {
        words.iter().for_each(|&word| add(&mut self.words, word as usize));
    }

    fn cost(&self, anchors: &[Anchor]) -> u32 {
        // A class stands for many words.
        const CLASS: u32 = 50;
        let one = |anchor: &Anchor| match anchor.at {
            Place::Word(word) => self.words.get(word as usize).copied().unwrap_or(0) + 1,
            Place::Class(class) => self.classes.get(class.0 as usize).copied().unwrap_or(0) + CLASS,
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
    pub(crate) fn new(nodes: &[Node<'_>], lexicon: &mut Lexicon, common: &Commonness, tag: u32) -> Self {
        let (mut parts, length) = parts(nodes, lexicon, common, tag);
        parts.sort_by_key(|part| common.cost(part));
        Self { parts, length }
    }

    pub(crate) fn anchors(&self) -> &[Anchor] {
        self.parts.first().map_or(&[], Vec::as_slice)
    }

    /// What a sentence must hold besides an anchor.
    pub(crate) fn needs(&self, program: &Program, bits: &Bits) -> Needs {
        Needs::new(program, self.parts.get(1..).unwrap_or(&[]), bits)
    }
}

/// For each part that cannot be left out, the places of which every match holds one; and how many words all parts take.
fn parts(nodes: &[Node<'_>], lexicon: &mut Lexicon, common: &Commonness, tag: u32) -> (Vec<Vec<Anchor>>, Offset) {
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
                let length = super::lexicon::words_of(verb).len() as u32;
                (words, Offset { least: length, most: length })
            }
            Node::Forms(words) => (words.iter().map(word).collect(), one),
            Node::Class(class, _) => {
                let at = Place::Class(lexicon.class(class));
                (vec![Anchor { at, offset }], Offset { least: 1, most: tag.max(1) })
            }
            Node::Gap => (Vec::new(), Offset { least: 0, most: WIDEST as u32 }),
            Node::Comma => continue,
            Node::Optional(inner) => {
                let (_, length) = self::parts(inner, lexicon, common, tag);
                (Vec::new(), Offset { least: 0, most: length.most })
            }
            Node::Either(branches) => {
                let mut all = Vec::new();
                let mut length = Offset { least: u32::MAX, most: 0 };
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
    /// Of programs with their anchors.
    pub(crate) fn new<'a>(programs: impl Iterator<Item = (u32, &'a [Anchor])>) -> Self {
        let (mut words, mut classes): (Vec<Vec<Start>>, Vec<Vec<Start>>) = Default::default();
        for (program, anchors) in programs {
            for anchor in anchors {
                let (list, at) = match anchor.at {
                    Place::Word(word) => (&mut words, word as usize),
                    Place::Class(class) => (&mut classes, class.0 as usize),
                };
                if at >= list.len() {
                    list.resize_with(at + 1, Vec::new);
                }
                let start = Start { program, offset: anchor.offset };
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
    Needs { all, one, ones, begins, is_followed, goes_on }
    Start { program, offset }
    Starts { words, classes }
}
