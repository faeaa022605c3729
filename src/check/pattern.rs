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

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::lexicon::{inflect, words_of};
use super::word_table::WordId;

/// A message and the byte of the pattern it is about.
pub(crate) type Problem = (String, usize);

/// A part of a pattern.
#[derive(Clone, Debug)]
pub(crate) enum Node<'p> {
    Word(Cow<'p, str>),
    Verb(&'p str),
    Class(&'p str, Option<&'p str>),
    /// One of several words, sorted; not written in patterns.
    Forms(Arc<[WordId]>),
    Gap,
    /// A comma may stand here.
    Comma,
    Optional(Vec<Self>),
    Either(Vec<Vec<Self>>),
}

/// Up to this many phrases a form of a term is written out, which is found fastest; beyond, it is compiled like a rule's pattern.
const MOST_PHRASES: usize = 40;

/// Choices inside choices beyond this are nobody's pattern, and would fill the stack.
const DEEPEST: usize = 16;

/// Marks that end a word.
const fn is_syntax(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '|')
}

struct Parser<'p> {
    text: &'p str,
    at: usize,
}

/// The parts of a pattern, or what is wrong with it and at which byte.
pub(crate) fn parse(text: &str) -> Result<Vec<Node<'_>>, Problem> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err((format!("brackets are nested more than {DEEPEST} deep"), at));
        }
    }
    let mut parser = Parser { text, at: 0 };
    let nodes = parser.sequence(None)?;
    if nodes.iter().all(Node::may_be_nothing) {
        return Err(("the pattern can match nothing at all".into(), 0));
    }
    Ok(nodes)
}

impl Node<'_> {
    /// Whether it may stand for no word.
    fn may_be_nothing(&self) -> bool {
        match self {
            Self::Gap | Self::Comma | Self::Optional(_) => true,
            Self::Either(branches) => branches.iter().any(|branch| branch.iter().all(Self::may_be_nothing)),
            Self::Word(_) | Self::Verb(_) | Self::Class(..) | Self::Forms(_) => false,
        }
    }
}

impl<'p> Parser<'p> {
    fn sequence(&mut self, close: Option<char>) -> Result<Vec<Node<'p>>, Problem> {
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
                        Node::Verb(name)
                    } else {
                        match name.split_once(':') {
                            Some((class, term)) => Node::Class(class, Some(term)),
                            None => Node::Class(name, None),
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
                    let length = rest.find(|c: char| c.is_whitespace() || is_syntax(c)).unwrap_or(rest.len());
                    let word = rest.get(..length).unwrap_or("");
                    let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
                    let words = if plain {
                        vec![Cow::Borrowed(word)]
                    } else {
                        words_of(word).into_iter().map(Cow::Owned).collect()
                    };
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
    fn branch(&mut self) -> Result<Vec<Node<'p>>, Problem> {
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
    fn product(nodes: &[Node<'_>], irregular: &HashMap<String, Vec<String>>) -> Option<Vec<Vec<String>>> {
        let mut phrases = vec![Vec::new()];
        for node in nodes {
            let choices = match node {
                Node::Word(word) => vec![vec![word.to_string()]],
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
                Node::Class(..) | Node::Forms(_) | Node::Gap | Node::Comma => return None,
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
