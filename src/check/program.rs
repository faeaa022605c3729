//! Patterns compiled: small programs that walk over the words and terms of a sentence.
//!
//! A program tries its branches in order and takes the first that fits; the work of one attempt is bounded.

use std::sync::Arc;

use super::class::Class;
use super::lexicon::{Lexicon, words_of};
use super::pattern::{Node, Problem, parse};
use super::present::{Bits, Present};
use super::word_table::WordId;
use crate::load::{Packed, Packing, Unpacking, packed_fields};

/// Most words in a gap: `...`.
pub(crate) const WIDEST: usize = 4;

/// A step of a program. Every step leads to later ones only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Word(WordId),
    /// One of several words, sorted.
    Words(Arc<[WordId]>),
    Class(Class),
    /// One term of a class.
    Term(Class, u32),
    /// Up to [`WIDEST`] words, as few as possible, whatever marks stand before them.
    Gap,
    Comma,
    Split(usize, usize),
    /// Held elsewhere, since it is rare and thrice as large as all others: what a look at a program touches decides its speed.
    Choice(Box<Choice>),
    Jump(usize),
    Match,
}

/// What a match of a pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A finding of the rule in this slot.
    Rule(u32),
    /// A finding of the rule in this slot, when the words are a fragment: an item of a list, a heading, a cell.
    Fragment(u32),
    /// A finding of the rule in this slot, when the words are a question and the answer begins with a no.
    Refused(u32),
    /// A term of this class, in this slot.
    Term(Class, u32),
    /// A known overclaim of the claim in this slot.
    Claim(u32),
}

/// A compiled pattern: a small program that walks over the words of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) target: Target,
    pub(super) steps: Vec<Step>,
    /// Words and classes that a match can begin with, sorted.
    pub(super) first: (Box<[WordId]>, Box<[Class]>),
}

packed_fields! {
    Program { target, steps, first }
    Choice { starts, words, classes, open, begins }
}

impl Packed for Step {
    fn write(&self, to: &mut Packing) {
        match self {
            Self::Word(word) => (0_u8, *word).write(to),
            Self::Words(words) => (1_u8, words.clone()).write(to),
            Self::Class(class) => (2_u8, *class).write(to),
            Self::Term(class, term) => (3_u8, (*class, *term)).write(to),
            Self::Gap => 4_u8.write(to),
            Self::Comma => 5_u8.write(to),
            Self::Split(a, b) => (6_u8, (*a, *b)).write(to),
            Self::Choice(choice) => {
                7_u8.write(to);
                (**choice).write(to);
            }
            Self::Jump(to_step) => (8_u8, *to_step).write(to),
            Self::Match => 9_u8.write(to),
        }
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        Some(match u8::read(from)? {
            0 => Self::Word(Packed::read(from)?),
            1 => Self::Words(Packed::read(from)?),
            2 => Self::Class(Packed::read(from)?),
            3 => Self::Term(Packed::read(from)?, Packed::read(from)?),
            4 => Self::Gap,
            5 => Self::Comma,
            6 => Self::Split(Packed::read(from)?, Packed::read(from)?),
            7 => Self::Choice(Box::new(Packed::read(from)?)),
            8 => Self::Jump(Packed::read(from)?),
            9 => Self::Match,
            _ => return None,
        })
    }
}

impl Packed for Target {
    fn write(&self, to: &mut Packing) {
        match *self {
            Self::Rule(slot) => (0_u8, slot).write(to),
            Self::Fragment(slot) => (1_u8, slot).write(to),
            Self::Term(class, slot) => (2_u8, (class, slot)).write(to),
            Self::Claim(slot) => (3_u8, slot).write(to),
            Self::Refused(slot) => (4_u8, slot).write(to),
        }
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        Some(match u8::read(from)? {
            0 => Self::Rule(Packed::read(from)?),
            1 => Self::Fragment(Packed::read(from)?),
            2 => Self::Term(Packed::read(from)?, Packed::read(from)?),
            3 => Self::Claim(Packed::read(from)?),
            4 => Self::Refused(Packed::read(from)?),
            _ => return None,
        })
    }
}

/// Compiles a pattern. Its parts are handed back, since they tell which of its words are rare.
pub(crate) fn compile<'p>(
    text: &'p str,
    target: Target,
    lexicon: &mut Lexicon,
) -> Result<(Program, Vec<Node<'p>>), Problem> {
    let nodes = parse(text)?;
    let program = Program::new(target, &nodes, lexicon);
    let is_class = |step: &Step| matches!(step, Step::Class(_) | Step::Term(..));
    if matches!(target, Target::Term(..)) && program.steps.iter().any(is_class) {
        return Err(("a form of a term cannot use `{…}`".into(), 0));
    }
    Ok((program, nodes))
}

/// The parts of a known overclaim: its words in order, verbs in any form, articles and possessives open.
pub(crate) fn overclaim(text: &str, lexicon: &mut Lexicon) -> Option<Vec<Node<'static>>> {
    const OPEN: [&str; 9] = ["a", "an", "the", "your", "our", "their", "all", "any", "naturally"];
    let mut nodes = Vec::new();
    for word in words_of(text) {
        if OPEN.contains(&word.as_str()) && !nodes.is_empty() {
            let mut ids: Vec<WordId> = OPEN.iter().map(|word| lexicon.intern(word)).collect();
            ids.sort_unstable();
            nodes.push(Node::Optional(vec![Node::Forms(ids.into())]));
        } else {
            nodes.push(Node::Forms(lexicon.family(&word)));
        }
        // Commas of the phrase may or may not stand in the copy.
        nodes.push(Node::Comma);
    }
    nodes.pop();
    (nodes.len() > 1).then_some(nodes)
}

fn emit(nodes: &[Node<'_>], lexicon: &mut Lexicon, steps: &mut Vec<Step>) {
    for node in nodes {
        match node {
            Node::Word(word) => steps.push(Step::Word(lexicon.intern(word))),
            Node::Forms(ids) => steps.push(Step::Words(ids.clone())),
            Node::Verb(verb) => {
                // Only the first word of a phrasal verb has forms.
                let mut words = words_of(verb).into_iter();
                if let Some(first) = words.next() {
                    steps.push(Step::Words(lexicon.forms_of(&first)));
                }
                for word in words {
                    steps.push(Step::Word(lexicon.intern(&word)));
                }
            }
            Node::Class(class, None) => steps.push(Step::Class(lexicon.class(class))),
            Node::Class(name, Some(term)) => {
                let class = lexicon.class(name);
                steps.push(Step::Term(class, lexicon.term(name, term).unwrap_or(u32::MAX)));
            }
            Node::Comma => steps.push(Step::Comma),
            Node::Gap => steps.push(Step::Gap),
            Node::Optional(inner) => {
                let split = steps.len();
                steps.push(Step::Match);
                emit(inner, lexicon, steps);
                let end = steps.len();
                steps[split] = Step::Split(split + 1, end);
            }
            Node::Either(branches) => {
                // Branches of one word are looked up together; the rest are tried one by one, before them.
                let mut single: Vec<WordId> = Vec::new();
                let mut others: Vec<&Vec<Node<'_>>> = Vec::new();
                for branch in branches {
                    match branch.as_slice() {
                        [Node::Word(word)] => single.push(lexicon.intern(word)),
                        [Node::Verb(verb)] if !verb.contains([' ', '-']) => {
                            single.extend(lexicon.forms_of(verb).iter().copied())
                        }
                        _ => others.push(branch),
                    }
                }
                single.sort_unstable();
                single.dedup();
                emit_choice(&others, single, lexicon, steps);
            }
        }
    }
}

/// Emits the choice between branches and, in the last place, single words.
fn emit_choice(branches: &[&Vec<Node<'_>>], single: Vec<WordId>, lexicon: &mut Lexicon, steps: &mut Vec<Step>) {
    // A choice holds so many branches; the last of them is then the choice between those that are left.
    let most = if branches.len() < Choice::MOST { branches.len() } else { Choice::MOST - 1 };
    let (own, rest) = branches.split_at(most);
    let choice = steps.len();
    steps.push(Step::Match);
    let mut starts = Vec::new();
    let mut jumps = Vec::new();
    for branch in own {
        starts.push(steps.len());
        emit(branch, lexicon, steps);
        jumps.push(steps.len());
        steps.push(Step::Match);
    }
    if !rest.is_empty() {
        starts.push(steps.len());
        emit_choice(rest, single, lexicon, steps);
    } else if !single.is_empty() {
        starts.push(steps.len());
        steps.push(Step::Words(single.into()));
    }
    let end = steps.len();
    for jump in jumps {
        steps[jump] = Step::Jump(end);
    }
    steps[choice] = Step::Choice(Box::new(Choice::new(steps, starts)));
}

/// Some branches of a choice, one bit each.
pub(crate) type Branches = u64;

/// Branches, found by the word or the class that they begin with: of dozens, one or none is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// First step of each branch, in the order in which they are tried.
    pub(super) starts: Box<[usize]>,
    /// Branches by the words they can begin with, sorted.
    pub(super) words: Box<[(WordId, u8)]>,
    /// Branches by the classes they can begin with, sorted.
    pub(super) classes: Box<[(Class, u8)]>,
    /// Branches that can match nothing, and so are always tried.
    pub(super) open: Branches,
    /// The words and classes of all, for a first look.
    pub(super) begins: Present,
}

impl Choice {
    /// Most branches.
    const MOST: usize = Branches::BITS as usize;

    fn new(steps: &[Step], starts: Vec<usize>) -> Self {
        let (mut words, mut classes, mut open) = (Vec::new(), Vec::new(), 0);
        for (branch, &start) in (0..).zip(&starts) {
            // Nearly all branches begin with a plain word.
            if let Some(Step::Word(word)) = steps.get(start) {
                words.push((*word, branch));
                continue;
            }
            let first = first(steps, start);
            words.extend(first.words.iter().map(|&word| (word, branch)));
            classes.extend(first.classes.iter().map(|&class| (class, branch)));
            if first.open {
                open |= 1 << branch;
            }
        }
        words.sort_unstable();
        classes.sort_unstable();
        let begins = Present::default();
        Self { starts: starts.into(), words: words.into(), classes: classes.into(), open, begins }
    }

    fn settle(&mut self, bits: &Bits) {
        let (words, classes) = (self.words.iter().map(|&(word, _)| word), self.classes.iter().map(|&(class, _)| class));
        self.begins = bits.of_one(words, classes);
    }
}

/// What a match can begin with.
#[derive(Clone, Debug, Default)]
struct First {
    words: Vec<WordId>,
    classes: Vec<Class>,
    /// Whether it can begin with any word, or match nothing.
    open: bool,
}

/// What a match of the steps from `start` on can begin with, sorted.
fn first(steps: &[Step], start: usize) -> First {
    let (mut first, mut todo, mut seen) = (First::default(), vec![start], vec![false; steps.len()]);
    while let Some(at) = todo.pop() {
        if seen.get_mut(at).is_none_or(|seen| std::mem::replace(seen, true)) {
            first.open |= at >= steps.len();
            continue;
        }
        match &steps[at] {
            Step::Word(word) => first.words.push(*word),
            Step::Words(all) => first.words.extend(all.iter().copied()),
            Step::Class(class) | Step::Term(class, _) => first.classes.push(*class),
            Step::Choice(choice) if choice.open == 0 => {
                first.words.extend(choice.words.iter().map(|&(word, _)| word));
                first.classes.extend(choice.classes.iter().map(|&(class, _)| class));
            }
            // Behind a branch that matches nothing the match begins with what follows the choice.
            Step::Choice(choice) => todo.extend(choice.starts.iter().copied()),
            Step::Gap => {
                first.open = true;
                todo.push(at + 1);
            }
            Step::Comma => todo.push(at + 1),
            Step::Split(a, b) => todo.extend([*a, *b]),
            Step::Jump(to) => todo.push(*to),
            Step::Match => first.open = true,
        }
    }
    first.words.sort_unstable();
    first.words.dedup();
    first.classes.sort_unstable();
    first.classes.dedup();
    first
}

/// What can stand right behind the first word of a match; everything where that word may be several, or the last.
fn second(steps: &[Step]) -> First {
    let (mut second, mut todo, mut seen) = (First::default(), vec![0], vec![false; steps.len()]);
    while let Some(at) = todo.pop() {
        if seen.get_mut(at).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        match &steps[at] {
            Step::Word(_) | Step::Words(_) => {
                let next = first(steps, at + 1);
                second.words.extend(next.words);
                second.classes.extend(next.classes);
                second.open |= next.open;
            }
            Step::Class(_) | Step::Term(..) | Step::Gap | Step::Match => second.open = true,
            Step::Choice(choice) => todo.extend(choice.starts.iter().copied()),
            Step::Comma => todo.push(at + 1),
            Step::Split(a, b) => todo.extend([*a, *b]),
            Step::Jump(to) => todo.push(*to),
        }
    }
    second
}

impl Program {
    /// The program of these parts.
    pub(crate) fn new(target: Target, nodes: &[Node<'_>], lexicon: &mut Lexicon) -> Self {
        let mut steps = Vec::new();
        emit(nodes, lexicon, &mut steps);
        steps.push(Step::Match);
        let First { words, classes, .. } = first(&steps, 0);
        Self { target, steps, first: (words.into(), classes.into()) }
    }

    /// Prepares first looks, once it is known which bit each word has.
    pub(crate) fn settle(&mut self, bits: &Bits) {
        for step in &mut self.steps {
            if let Step::Choice(choice) = step {
                choice.settle(bits);
            }
        }
    }

    /// The words and classes that a match can begin with.
    pub(crate) fn begins(&self, bits: &Bits) -> Present {
        bits.of_one(self.first.0.iter().copied(), self.first.1.iter().copied())
    }

    /// The words and classes that can stand behind its first word, if that is told.
    pub(crate) fn goes_on(&self, bits: &Bits) -> Option<Present> {
        let First { words, classes, open } = second(&self.steps);
        (!open).then(|| bits.of_one(words, classes))
    }
}
