//! Where a pattern can be at all. Every match of a pattern holds certain words; the rarest of them are its anchor. A sentence is
//! searched for anchors only, and a program runs where one stands, so that most sentences run none.

use super::class::Class;
use super::lexicon::Lexicon;
use super::pattern::Node;
use super::program::Program;
use super::word_table::WordId;
use crate::load::{Packed, Packing, Unpacking, packed_fields};

/// A word or a class that stands in a match, and how far behind its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) at: Place,
    pub(crate) offset: Offset,
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

/// Which words and classes a sentence may hold: a bit for each, that others share. A clear bit is sure, a set one is a hint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Present(u128);

impl Present {
    pub(crate) fn of_word(word: WordId) -> Self {
        Self(Self::bit(word))
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn add_word(&mut self, word: WordId) {
        self.0 |= Self::bit(word);
    }

    pub(crate) fn add_class(&mut self, class: Class) {
        self.0 |= Self::bit(u32::MAX - u32::from(class.0));
    }

    /// These words and classes.
    pub(crate) fn holding(words: &[WordId], classes: &[Class]) -> Self {
        let mut present = Self::default();
        words.iter().for_each(|&word| present.add_word(word));
        classes.iter().for_each(|&class| present.add_class(class));
        present
    }

    /// Whether something may be in both.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a word may be there.
    pub(crate) fn may_hold(self, word: WordId) -> bool {
        self.0 & Self::bit(word) != 0
    }

    fn bit(number: u32) -> u128 {
        1 << (number.wrapping_mul(0x9e37_79b1) >> 25)
    }

    fn of(anchors: &[Anchor]) -> Self {
        let mut present = Self::default();
        for anchor in anchors {
            match anchor.at {
                Place::Word(word) => present.add_word(word),
                Place::Class(class) => present.add_class(class),
            }
        }
        present
    }
}

/// What a sentence must hold besides the anchor of a program, so that most anchors are passed over with one look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    /// All of these.
    all: u128,
    /// One of each of these; all bits set where nothing is needed.
    one: [u128; 2],
    /// One of these where a match begins.
    begins: Present,
    /// One of these at the word behind; all bits set where nothing is needed.
    goes_on: Present,
}

impl Needs {
    pub(crate) fn are_met(&self, present: Present) -> bool {
        present.0 & self.all == self.all && self.one.iter().all(|one| present.0 & one != 0)
    }

    /// Whether a match may begin at a word, with what stands at each.
    pub(crate) fn may_begin(&self, here: &[Present], word: usize) -> bool {
        let meets = |at: usize, one: Present| here.get(at).is_some_and(|here| here.meets(one));
        meets(word, self.begins) && (self.goes_on.0 == u128::MAX || meets(word + 1, self.goes_on))
    }

    /// The same, of a pattern whose matches begin so.
    pub(crate) fn beginning(self, program: &Program) -> Self {
        let goes_on = program.goes_on().unwrap_or(Present(u128::MAX));
        Self { begins: program.begins(), goes_on, ..self }
    }

    /// Of the parts of a pattern that every match has.
    fn of(parts: &[Vec<Anchor>]) -> Self {
        let mut needs = Self { all: 0, one: [u128::MAX; 2], ..Self::default() };
        for part in parts {
            let bits = Present::of(part).0;
            match bits.count_ones() {
                1 => needs.all |= bits,
                // The two with the fewest bits tell most.
                count => {
                    let [first, second] = needs.one;
                    if count < first.count_ones() {
                        needs.one = [bits, first];
                    } else if count < second.count_ones() {
                        needs.one = [first, bits];
                    }
                }
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

impl Commonness {
    /// Counts the places of a pattern.
    pub(crate) fn count(&mut self, nodes: &[Node<'_>], lexicon: &mut Lexicon) {
        let add = |list: &mut Vec<u32>, at: usize| {
            if at >= list.len() {
                list.resize(at + 1, 0);
            }
            list[at] += 1;
        };
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

/// Where a pattern can be: the rarest places of which every match holds one, what else every match holds, and how many words it
/// takes. `tag` is the length of the longest term.
pub(crate) struct Site {
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) needs: Needs,
    pub(crate) length: Offset,
}

impl Site {
    pub(crate) fn new(nodes: &[Node<'_>], lexicon: &mut Lexicon, common: &Commonness, tag: u32) -> Self {
        let (parts, length) = parts(nodes, lexicon, common, tag);
        let needs = Needs::of(&parts);
        let anchors = parts.into_iter().min_by_key(|part| common.cost(part)).unwrap_or_default();
        Self { anchors, needs, length }
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
            Node::Gap => (Vec::new(), Offset { least: 0, most: 4 }),
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
    /// What a sentence must hold besides.
    pub(crate) needs: Needs,
    pub(crate) program: u32,
    /// Words between the beginning of a match and the anchor.
    pub(crate) offset: Offset,
}

/// For each word and class, the programs that have it as an anchor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Starts {
    words: Vec<Vec<Start>>,
    classes: Vec<Vec<Start>>,
}

impl Starts {
    pub(crate) fn add(&mut self, program: u32, anchors: &[Anchor], needs: Needs) {
        for anchor in anchors {
            let (list, at) = match anchor.at {
                Place::Word(word) => (&mut self.words, word as usize),
                Place::Class(class) => (&mut self.classes, class.0 as usize),
            };
            if at >= list.len() {
                list.resize_with(at + 1, Vec::new);
            }
            let start = Start { needs, program, offset: anchor.offset };
            if !list[at].contains(&start) {
                list[at].push(start);
            }
        }
    }

    /// Programs that have a word as an anchor.
    pub(crate) fn of_word(&self, word: WordId) -> &[Start] {
        self.words.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// Programs that have a class as an anchor.
    pub(crate) fn of_class(&self, class: Class) -> &[Start] {
        self.classes.get(class.0 as usize).map_or(&[], Vec::as_slice)
    }
}

packed_fields! {
    Offset { least, most }
    Needs { all, one, begins, goes_on }
}

impl Packed for Present {
    fn write(&self, to: &mut Packing) {
        self.0.write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        u128::read(from).map(Self)
    }
}

/// What a program needs is written once, and not with each of its anchors.
impl Packed for Starts {
    fn write(&self, to: &mut Packing) {
        let anchors = |lists: &[Vec<Start>]| -> Vec<Vec<(u32, Offset)>> {
            lists.iter().map(|list| list.iter().map(|start| (start.program, start.offset)).collect()).collect()
        };
        let all = || self.words.iter().chain(&self.classes).flatten();
        let mut needs = vec![None; all().map(|start| start.program as usize + 1).max().unwrap_or(0)];
        all().for_each(|start| needs[start.program as usize] = Some(start.needs));
        (needs, (anchors(&self.words), anchors(&self.classes))).write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let needs: Vec<Option<Needs>> = Packed::read(from)?;
        let starts = |lists: Vec<Vec<(u32, Offset)>>| -> Option<Vec<Vec<Start>>> {
            let start = |(program, offset): (u32, Offset)| {
                Some(Start { needs: needs.get(program as usize).copied().flatten()?, program, offset })
            };
            lists.into_iter().map(|list| list.into_iter().map(start).collect()).collect()
        };
        Some(Self { words: starts(Packed::read(from)?)?, classes: starts(Packed::read(from)?)? })
    }
}
