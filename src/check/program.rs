//! Patterns compiled: small programs that walk over the words and terms of a sentence.
//!
//! A program tries its branches in order and takes the first that fits; the work of one attempt is bounded.

use std::sync::Arc;

use super::lexicon::{Class, Lexicon, WordId, words_of};
use super::pattern::{Node, Problem, parse};
use super::reading::{Tag, Token};
use crate::document::Punctuation;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Word(WordId),
    /// One of several words, sorted.
    Words(Arc<[WordId]>),
    Class(Class, Option<Box<str>>),
    Any,
    Comma,
    Split(usize, usize),
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
    /// A term of this class, in this slot.
    Term(Class, u32),
    /// A known overclaim of the claim in this slot.
    Claim(u32),
}

/// A compiled pattern: a small program that walks over the words of a sentence.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) target: Target,
    steps: Vec<Step>,
}

/// Compiles a pattern.
pub(crate) fn compile(text: &str, target: Target, lexicon: &mut Lexicon) -> Result<Program, Problem> {
    let nodes = parse(text)?;
    let mut steps = Vec::new();
    emit(&nodes, lexicon, &mut steps);
    steps.push(Step::Match);
    let program = Program { target, steps };
    if matches!(target, Target::Term(..)) && program.steps.iter().any(|step| matches!(step, Step::Class(..))) {
        return Err(("a form of a term cannot use `{…}`".into(), 0));
    }
    if program.reaches_end(0, 0) { Err(("the pattern can match nothing at all".into(), 0)) } else { Ok(program) }
}

/// Compiles a known overclaim: its words in order, verbs in any form, articles and possessives open.
pub(crate) fn phrase(text: &str, target: Target, lexicon: &mut Lexicon) -> Option<Program> {
    const OPEN: [&str; 9] = ["a", "an", "the", "your", "our", "their", "all", "any", "naturally"];
    let mut steps = Vec::new();
    for word in words_of(text) {
        let last = matches!(steps.last(), Some(Step::Split(..)));
        if OPEN.contains(&word.as_str()) && !steps.is_empty() && !last {
            let ids: Vec<WordId> = OPEN.iter().map(|word| lexicon.intern(word)).collect();
            let at = steps.len();
            steps.push(Step::Split(at + 1, at + 2));
            let mut ids = ids;
            ids.sort_unstable();
            steps.push(Step::Words(ids.into()));
        } else {
            steps.push(Step::Words(lexicon.family(&word)));
        }
        // Commas of the phrase may or may not stand in the copy.
        steps.push(Step::Comma);
    }
    steps.pop();
    steps.push(Step::Match);
    (steps.len() > 2).then_some(Program { target, steps })
}

fn emit(nodes: &[Node<'_>], lexicon: &mut Lexicon, steps: &mut Vec<Step>) {
    for node in nodes {
        match node {
            Node::Word(word) => steps.push(Step::Word(lexicon.intern(word))),
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
            Node::Class(class, term) => steps.push(Step::Class(lexicon.class(class), term.map(Into::into))),
            Node::Comma => steps.push(Step::Comma),
            Node::Gap => {
                steps.push(Step::Comma);
                for _ in 0..4 {
                    let at = steps.len();
                    // Fewest words first.
                    steps.push(Step::Split(at + 3, at + 1));
                    steps.push(Step::Any);
                    steps.push(Step::Jump(at + 3));
                }
            }
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
                let mut jumps = Vec::new();
                for (i, branch) in others.iter().enumerate() {
                    if i + 1 == others.len() && single.is_empty() {
                        emit(branch, lexicon, steps);
                        break;
                    }
                    let split = steps.len();
                    steps.push(Step::Match);
                    emit(branch, lexicon, steps);
                    jumps.push(steps.len());
                    steps.push(Step::Match);
                    steps[split] = Step::Split(split + 1, steps.len());
                }
                if !single.is_empty() {
                    steps.push(Step::Words(single.into()));
                }
                let end = steps.len();
                for jump in jumps {
                    steps[jump] = Step::Jump(end);
                }
            }
        }
    }
}

/// What a program walks over.
pub(crate) struct Words<'r> {
    pub(crate) tokens: &'r [Token],
    pub(crate) tags: &'r [Tag],
    /// For each word, the first tag that starts there (index into `tags`), plus one entry past the end.
    pub(crate) starts: &'r [u32],
    pub(crate) term_ids: &'r dyn Fn(u32) -> &'r str,
}

impl Program {
    /// Words and classes that a match can begin with.
    pub(crate) fn first(&self) -> (Vec<WordId>, Vec<Class>) {
        let (mut words, mut classes, mut todo, mut seen) =
            (Vec::new(), Vec::new(), vec![0], vec![false; self.steps.len()]);
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.steps[at] {
                Step::Word(word) => words.push(*word),
                Step::Words(all) => words.extend(all.iter().copied()),
                Step::Class(class, _) => classes.push(*class),
                Step::Any | Step::Comma => todo.push(at + 1),
                Step::Split(a, b) => todo.extend([*a, *b]),
                Step::Jump(to) => todo.push(*to),
                Step::Match => {}
            }
        }
        words.sort_unstable();
        words.dedup();
        classes.sort_unstable();
        classes.dedup();
        (words, classes)
    }

    fn reaches_end(&self, at: usize, depth: usize) -> bool {
        match self.steps.get(at) {
            Some(Step::Match) => true,
            Some(Step::Split(a, b)) if depth < 64 => self.reaches_end(*a, depth + 1) || self.reaches_end(*b, depth + 1),
            Some(Step::Jump(to)) if depth < 64 => self.reaches_end(*to, depth + 1),
            _ => false,
        }
    }

    /// The end of a match that begins at word `from`, or `None`.
    pub(crate) fn matches(&self, words: &Words<'_>, from: usize) -> Option<usize> {
        // A bound on the work of one attempt keeps hostile patterns linear.
        let mut fuel = 2_000;
        self.run(words, 0, from, from, false, &mut fuel)
    }

    /// Whether the step at `at` can take the word `word`, as far as one look tells.
    fn may_begin(&self, words: &Words<'_>, at: usize, word: usize) -> bool {
        let token = words.tokens.get(word);
        match self.steps.get(at) {
            Some(Step::Word(id)) => token.is_some_and(|token| token.word == *id),
            Some(Step::Words(ids)) => token.is_some_and(|token| contains(ids, token.word)),
            Some(Step::Class(class, term)) => words.tag_end(word, *class, term.as_deref()).is_some(),
            _ => true,
        }
    }

    fn run(
        &self,
        words: &Words<'_>,
        mut at: usize,
        from: usize,
        mut word: usize,
        mut after_gap: bool,
        fuel: &mut u32,
    ) -> Option<usize> {
        loop {
            *fuel = fuel.checked_sub(1)?;
            match self.steps.get(at)? {
                Step::Match => return Some(word),
                Step::Jump(to) => at = *to,
                Step::Comma => {
                    after_gap = true;
                    at += 1;
                }
                Step::Split(a, b) => {
                    // A branch that cannot begin with this word needs no attempt of its own.
                    if !self.may_begin(words, *a, word) {
                        at = *b;
                        continue;
                    }
                    if let Some(end) = self.run(words, *a, from, word, after_gap, fuel) {
                        return Some(end);
                    }
                    at = *b;
                }
                Step::Any => {
                    let token = words.tokens.get(word)?;
                    if word > from && token.before.has(Punctuation::BREAK) {
                        return None;
                    }
                    word += 1;
                    at += 1;
                    after_gap = true;
                }
                step => {
                    let token = words.tokens.get(word)?;
                    let parted = !token.before.is_open() && (!after_gap || token.before.has(Punctuation::BREAK));
                    if word > from && parted {
                        return None;
                    }
                    let next = match step {
                        Step::Word(id) => (token.word == *id).then_some(word + 1),
                        Step::Words(ids) => contains(ids, token.word).then_some(word + 1),
                        Step::Class(class, term) => words.tag_end(word, *class, term.as_deref()),
                        _ => None,
                    };
                    word = next?;
                    at += 1;
                    after_gap = false;
                }
            }
        }
    }
}

/// Whether sorted numbers hold one.
fn contains(ids: &[WordId], id: WordId) -> bool {
    if ids.len() <= 8 { ids.contains(&id) } else { ids.binary_search(&id).is_ok() }
}

impl Words<'_> {
    fn tag_end(&self, word: usize, class: Class, term: Option<&str>) -> Option<usize> {
        let range = (*self.starts.get(word)? as usize)..(*self.starts.get(word + 1)? as usize);
        let tags = self.tags.get(range)?;
        tags.iter()
            .find(|tag| tag.class == class && term.is_none_or(|id| (self.term_ids)(tag.term) == id))
            .map(|tag| tag.end as usize)
    }
}
