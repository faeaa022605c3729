//! Where a pattern can be at all. Every match of a pattern holds certain words; the rarest of them are its anchor. A sentence is
//! searched for anchors only, and a program runs where one stands, so that most sentences run none.

use super::lexicon::{Class, Lexicon};
use super::pattern::Node;
use super::word_table::WordId;

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

/// The rarest places of which every match holds one, and how many words the pattern takes. `tag` is the length of the longest
/// term. Empty only for parts that may all be left out.
pub(crate) fn anchors(
    nodes: &[Node<'_>],
    lexicon: &mut Lexicon,
    common: &Commonness,
    tag: u32,
) -> (Vec<Anchor>, Offset) {
    let mut best: Vec<Anchor> = Vec::new();
    let mut before = Offset::default();
    for node in nodes {
        let word = |word: &WordId| Anchor { at: Place::Word(*word), offset: Offset::default() };
        let one = Offset { least: 1, most: 1 };
        let (found, length): (Vec<Anchor>, Offset) = match node {
            Node::Word(text) => (vec![word(&lexicon.intern(text))], one),
            Node::Verb(verb) => {
                let words = lexicon.first_forms(verb).iter().map(word).collect();
                let length = super::lexicon::words_of(verb).len() as u32;
                (words, Offset { least: length, most: length })
            }
            Node::Forms(words) => (words.iter().map(word).collect(), one),
            Node::Class(class, _) => {
                let at = Place::Class(lexicon.class(class));
                (vec![Anchor { at, offset: Offset::default() }], Offset { least: 1, most: tag.max(1) })
            }
            Node::Gap => (Vec::new(), Offset { least: 0, most: 4 }),
            Node::Comma => continue,
            Node::Optional(inner) => {
                let (_, length) = anchors(inner, lexicon, common, tag);
                (Vec::new(), Offset { least: 0, most: length.most })
            }
            Node::Either(branches) => {
                let mut all = Vec::new();
                let mut length = Offset { least: u32::MAX, most: 0 };
                let mut open = false;
                for branch in branches {
                    let (found, own) = anchors(branch, lexicon, common, tag);
                    open |= found.is_empty();
                    all.extend(found);
                    length = Offset { least: length.least.min(own.least), most: length.most.max(own.most) };
                }
                (if open { Vec::new() } else { all }, length)
            }
        };
        if !found.is_empty() && (best.is_empty() || common.cost(&found) < common.cost(&best)) {
            best = found;
            best.iter_mut().for_each(|anchor| anchor.offset = before.then(anchor.offset));
        }
        before = before.then(length);
    }
    (best, before)
}

/// For each word and class, the programs that have it as an anchor.
#[derive(Debug, Default)]
pub(crate) struct Starts {
    words: Vec<Vec<(u32, Offset)>>,
    classes: Vec<Vec<(u32, Offset)>>,
}

impl Starts {
    pub(crate) fn add(&mut self, program: u32, anchors: &[Anchor]) {
        for anchor in anchors {
            let (list, at) = match anchor.at {
                Place::Word(word) => (&mut self.words, word as usize),
                Place::Class(class) => (&mut self.classes, class.0 as usize),
            };
            if at >= list.len() {
                list.resize_with(at + 1, Vec::new);
            }
            let entry = (program, anchor.offset);
            if !list[at].contains(&entry) {
                list[at].push(entry);
            }
        }
    }

    /// Programs that have a word as an anchor.
    pub(crate) fn of_word(&self, word: WordId) -> &[(u32, Offset)] {
        self.words.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// Programs that have a class as an anchor.
    pub(crate) fn of_class(&self, class: Class) -> &[(u32, Offset)] {
        self.classes.get(class.0 as usize).map_or(&[], Vec::as_slice)
    }
}
