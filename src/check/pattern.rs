//! The pattern language of rules and terms.
//!
//! | pattern | matches |
//! |---|---|
//! | `toxins` | the word, whatever its case |
//! | `<flush>` | flush, flushes, flushed, flushing |
//! | `(remove\|clear out)` | either |
//! | `[the]` | the word or nothing |
//! | `{outcome}`, `{outcome:cortisol}` | a term of a class, or one term |
//! | `...` | up to four words of one clause |
//! | `no pain, no gain` | a comma may stand where the pattern has one |
//!
//! Hyphens count as spaces. A match never crosses a mark that ends a clause; only `...` crosses a comma.

use std::collections::HashMap;
use std::sync::Arc;

use super::lexicon::{Class, Lexicon, WordId, inflect, words_of};
use super::reading::{Tag, Token};
use crate::document::Punctuation;

/// A message and the byte of the pattern it is about.
pub(crate) type Problem = (String, usize);

#[derive(Clone, Debug)]
enum Node {
    Word(String),
    Verb(String),
    Class(String, Option<String>),
    Gap,
    /// A comma may stand here.
    Comma,
    Optional(Vec<Node>),
    Either(Vec<Vec<Node>>),
}

/// Up to this many phrases a form of a term is written out, which is found fastest; beyond, it is compiled like a rule's pattern.
const MOST_PHRASES: usize = 40;

struct Parser<'p> {
    text: &'p str,
    at: usize,
}

fn parse(text: &str) -> Result<Vec<Node>, Problem> {
    let mut parser = Parser { text, at: 0 };
    let nodes = parser.sequence(None)?;
    if nodes.is_empty() { Err(("the pattern is empty".into(), 0)) } else { Ok(nodes) }
}

impl Parser<'_> {
    fn sequence(&mut self, close: Option<char>) -> Result<Vec<Node>, Problem> {
        let mut nodes = Vec::new();
        let open = self.at;
        loop {
            let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
                return match close {
                    None => Ok(nodes),
                    Some(c) => Err((format!("`{c}` is missing"), open.saturating_sub(1))),
                };
            };
            match c {
                '|' if close == Some(')') => return Ok(nodes),
                c if Some(c) == close => return Ok(nodes),
                '(' => {
                    let start = self.at;
                    let mut branches = Vec::new();
                    loop {
                        self.at += 1;
                        let branch = self.sequence(Some(')'))?;
                        if branch.is_empty() {
                            return Err(("an empty choice; write `[…]` for what may be left out".into(), start));
                        }
                        branches.push(branch);
                        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(')')) {
                            self.at += 1;
                            break;
                        }
                    }
                    nodes.push(Node::Either(branches));
                }
                '[' => {
                    let start = self.at;
                    self.at += 1;
                    let inner = self.sequence(Some(']'))?;
                    if inner.is_empty() {
                        return Err(("nothing stands in the brackets".into(), start));
                    }
                    self.at += 1;
                    // `[a|b]` reads as `[(a|b)]`, as everybody expects.
                    nodes.push(Node::Optional(inner));
                }
                '|' if close == Some(']') => {
                    // Rest of an optional choice: gather the branches.
                    let mut branches = vec![std::mem::take(&mut nodes)];
                    while self.text.get(self.at..).is_some_and(|rest| rest.starts_with('|')) {
                        self.at += 1;
                        branches.push(self.branch()?);
                    }
                    nodes.push(Node::Either(branches));
                }
                '{' | '<' => {
                    let end = if c == '{' { '}' } else { '>' };
                    let start = self.at + 1;
                    let Some(length) = self.text.get(start..).and_then(|rest| rest.find(end)) else {
                        return Err((format!("`{end}` is missing"), self.at));
                    };
                    let name = self.text.get(start..start + length).unwrap_or("").trim();
                    if name.is_empty() {
                        return Err(("a name is missing".into(), self.at));
                    }
                    nodes.push(if c == '<' {
                        Node::Verb(name.to_owned())
                    } else {
                        match name.split_once(':') {
                            Some((class, term)) => Node::Class(class.to_owned(), Some(term.to_owned())),
                            None => Node::Class(name.to_owned(), None),
                        }
                    });
                    self.at = start + length + 1;
                }
                ')' | ']' | '}' | '>' | '|' => return Err((format!("`{c}` closes nothing"), self.at)),
                c if c.is_whitespace() => self.at += c.len_utf8(),
                _ => {
                    let rest = self.text.get(self.at..).unwrap_or("");
                    if rest.starts_with("...") {
                        nodes.push(Node::Gap);
                        self.at += 3;
                        continue;
                    }
                    let length =
                        rest.find(|c: char| c.is_whitespace() || "()[]{}<>|".contains(c)).unwrap_or(rest.len());
                    let word = rest.get(..length).unwrap_or("");
                    let words = words_of(word);
                    if words.is_empty() {
                        return Err((format!("`{word}` is not a word"), self.at));
                    }
                    nodes.extend(words.into_iter().map(Node::Word));
                    if word.ends_with(',') {
                        nodes.push(Node::Comma);
                    }
                    self.at += length;
                }
            }
        }
    }

    /// One branch of a choice in square brackets.
    fn branch(&mut self) -> Result<Vec<Node>, Problem> {
        let start = self.at;
        let mut depth = 0usize;
        let rest = self.text.get(start..).unwrap_or("");
        let mut length = rest.len();
        for (i, c) in rest.char_indices() {
            match c {
                '(' | '[' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ']' if depth > 0 => depth -= 1,
                ']' | '|' if depth == 0 => {
                    length = i;
                    break;
                }
                _ => {}
            }
        }
        let mut inner = Parser { text: rest.get(..length).unwrap_or(""), at: 0 };
        let nodes = inner.sequence(None).map_err(|(message, at)| (message, start + at))?;
        self.at = start + length;
        if nodes.is_empty() { Err(("an empty choice".into(), start)) } else { Ok(nodes) }
    }
}

/// All phrases that a term's form stands for, or `None` when they are too many to write out.
pub(crate) fn expand(
    text: &str,
    irregular: &HashMap<String, Vec<String>>,
) -> Result<Option<Vec<Vec<String>>>, Problem> {
    fn product(nodes: &[Node], irregular: &HashMap<String, Vec<String>>) -> Option<Vec<Vec<String>>> {
        let mut phrases = vec![Vec::new()];
        for node in nodes {
            let choices = match node {
                Node::Word(word) => vec![vec![word.clone()]],
                Node::Verb(verb) => inflect(verb, irregular),
                Node::Optional(inner) => {
                    let mut choices = product(inner, irregular)?;
                    choices.push(Vec::new());
                    choices
                }
                Node::Either(branches) => {
                    let mut choices = Vec::new();
                    for branch in branches {
                        choices.extend(product(branch, irregular)?);
                    }
                    choices
                }
                Node::Class(..) | Node::Gap | Node::Comma => return None,
            };
            if phrases.len() * choices.len() > MOST_PHRASES {
                return None;
            }
            phrases = phrases
                .iter()
                .flat_map(|head| choices.iter().map(move |tail| head.iter().chain(tail).cloned().collect()))
                .collect();
        }
        Some(phrases)
    }
    // Most forms are plain words.
    if !text.contains([',', '(', '[', '{', '<', '|', '.', ')', ']', '}', '>']) {
        let words = words_of(text);
        return if words.is_empty() { Err(("the form holds no word".into(), 0)) } else { Ok(Some(vec![words])) };
    }
    let mut phrases = product(&parse(text)?, irregular);
    if let Some(phrases) = &mut phrases {
        phrases.retain(|phrase| !phrase.is_empty());
    }
    Ok(phrases)
}

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

fn emit(nodes: &[Node], lexicon: &mut Lexicon, steps: &mut Vec<Step>) {
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
            Node::Class(class, term) => steps.push(Step::Class(lexicon.class(class), term.as_deref().map(Into::into))),
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
                let mut others: Vec<&Vec<Node>> = Vec::new();
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
