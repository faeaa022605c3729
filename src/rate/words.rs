//! A sentence as words with their classes: what `data/rates/words.toml` knows of each.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::phrases_of_verb;
use crate::document::{Punctuation, tokenise};
use crate::load::WordList;

/// The form of a verb that a word has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// No verb.
    #[default]
    Plain,
    /// "reduce"
    Base,
    /// "reduces"
    Third,
    /// "reduced"
    Past,
    /// "reducing"
    Ing,
}

/// What the lists say of a word or phrase: a class by its place in the lists, and a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) class: u8,
    pub(crate) form: Form,
    /// The entry of the list, for [`Lists::entry`].
    pub(crate) entry: u16,
}

/// A word or a phrase that is read as one.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
    /// What stands before it.
    pub(crate) before: Punctuation,
    /// Its classes, the first of which speaks for it.
    pub(crate) tags: Vec<Tag>,
    /// Whether it stands in brackets.
    pub(crate) aside: bool,
}

/// The lists, ready for looking up.
#[derive(Debug)]
pub(crate) struct Lists {
    classes: Vec<String>,
    /// For each class, the ids of the provenances of its words.
    from: Vec<Vec<String>>,
    /// The entries as the lists write them: a verb in its base form, a phrase.
    entries: Vec<String>,
    /// Phrases by their first word: the words after it, and what the phrase is. Longest first.
    phrases: HashMap<String, Vec<(Vec<String>, Tag)>>,
}

impl Lists {
    /// Compiles lists, with verbs inflected; irregular forms come by the base form.
    pub(crate) fn new(words: Vec<WordList>, irregular: &HashMap<String, Vec<String>>) -> Self {
        let mut lists = Self { classes: Vec::new(), from: Vec::new(), entries: Vec::new(), phrases: HashMap::new() };
        for list in words {
            let class = u8::try_from(lists.classes.len()).unwrap_or(u8::MAX);
            lists.from.push(list.provenance());
            lists.classes.push(list.class);
            for verb in &list.verbs {
                let entry = lists.entry_of(verb);
                let base = verb.split(' ').next().unwrap_or("");
                for phrase in phrases_of_verb(verb, irregular) {
                    let form = phrase.first().map_or(Form::Plain, |first| form_of(first, base));
                    lists.add(phrase, Tag { class, form, entry });
                }
            }
            for form in &list.forms {
                let entry = lists.entry_of(form);
                lists.add(form.split(' ').map(str::to_owned).collect(), Tag { class, form: Form::Plain, entry });
            }
        }
        for phrases in lists.phrases.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lists
    }

    fn entry_of(&mut self, text: &str) -> u16 {
        self.entries.push(text.to_owned());
        u16::try_from(self.entries.len() - 1).unwrap_or(u16::MAX)
    }

    fn add(&mut self, mut phrase: Vec<String>, tag: Tag) {
        if phrase.is_empty() {
            return;
        }
        let first = phrase.remove(0);
        let phrases = self.phrases.entry(first).or_default();
        if !phrases.iter().any(|(rest, known)| *rest == phrase && *known == tag) {
            phrases.push((phrase, tag));
        }
    }

    /// The name of a class.
    pub(crate) fn name(&self, class: u8) -> &str {
        self.classes.get(usize::from(class)).map_or("", String::as_str)
    }

    /// The provenances of the words of a class.
    pub(crate) fn from(&self, class: u8) -> &[String] {
        self.from.get(usize::from(class)).map_or(&[], Vec::as_slice)
    }

    /// The entry of a list that a tag stands for, as the list writes it.
    pub(crate) fn entry(&self, tag: Tag) -> &str {
        self.entries.get(usize::from(tag.entry)).map_or("", String::as_str)
    }

    /// The place of a class; one that no list has is never met.
    pub(crate) fn class(&self, name: &str) -> u8 {
        self.classes.iter().position(|class| class == name).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
    }

    /// The words of a sentence, phrases taken together.
    pub(crate) fn read(&self, sentence: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut depth = 0usize;
        let mut last = 0;
        tokenise(sentence, 0..sentence.len(), |token, word| {
            for c in sentence.get(last..token.range.start).unwrap_or("").chars() {
                match c {
                    '(' | '[' => depth += 1,
                    ')' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            last = token.range.end;
            words.push(Word {
                text: word.folded().into_owned(),
                range: token.range,
                before: token.before,
                tags: Vec::new(),
                aside: depth > 0,
            });
        });
        self.gather(words)
    }

    fn gather(&self, words: Vec<Word>) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            let mut word = words[at].clone();
            let mut length = 1;
            for (rest, tag) in self.phrases.get(&word.text).into_iter().flatten() {
                if length > rest.len() + 1 {
                    break;
                }
                let fits = rest.iter().enumerate().all(|(i, text)| {
                    words.get(at + 1 + i).is_some_and(|next| next.text == *text && next.before.is_open())
                });
                if fits {
                    length = rest.len() + 1;
                    word.tags.push(*tag);
                }
            }
            for next in words.iter().take(at + length).skip(at + 1) {
                word.text.push(' ');
                word.text.push_str(&next.text);
                word.range.end = next.range.end;
            }
            at += length;
            out.push(word);
        }
        out
    }
}

fn form_of(word: &str, base: &str) -> Form {
    if word == base {
        Form::Base
    } else if word.ends_with("ing") {
        Form::Ing
    } else if word.ends_with('s') {
        Form::Third
    } else {
        Form::Past
    }
}
