//! A sentence that has been read: its words, and what the grammar made of each.
//!
//! A few tests on neighbours instead of a parser: which form a verb has, what stands before and after it.

use super::role::Role;
use super::words::{Form, Lists, Tag, Word};
use crate::document::Punctuation;

/// A word with what the grammar made of it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The class that speaks for the word, or `None` for a word of no list.
    pub(crate) tag: Option<Tag>,
    /// What a verb does; `Noun` for other words.
    pub(crate) role: Role,
    /// The clause, counted from the first.
    pub(crate) clause: usize,
    /// Whether it belongs to "our results show that" or ", according to a study".
    pub(crate) frame: bool,
    /// Whether a denial stands shortly before it, in its clause.
    pub(crate) denied: bool,
    /// Whether it stands in a clause that only describes a noun.
    pub(crate) aside: bool,
}

/// A sentence that has been read.
#[derive(Debug)]
pub(crate) struct Reading<'l> {
    pub(crate) lists: &'l Lists,
    pub(crate) words: Vec<Word>,
    pub(crate) nodes: Vec<Node>,
    /// Whether it is a title: short and without a full stop.
    pub(crate) title: bool,
}

impl<'l> Reading<'l> {
    pub(crate) fn new(lists: &'l Lists, sentence: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut bracket = false;
        for mut word in lists.read(sentence) {
            if word.aside {
                bracket = true;
                continue;
            }
            // "infection with HIV (the virus) impaired": brackets part nothing.
            if std::mem::take(&mut bracket) {
                let gap =
                    sentence.get(..word.range.start).and_then(|text| text.rsplit([')', ']']).next()).unwrap_or("");
                word.before = if gap.contains(',') { Punctuation::COMMA } else { Punctuation::default() };
            }
            words.push(word);
        }
        let ended = sentence.trim_end().trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?']);
        let title = !ended && words.len() <= 26;
        let mut reading = Self { lists, words, nodes: Vec::new(), title };
        let clauses = reading.clauses(sentence);
        for (at, &clause) in clauses.iter().enumerate() {
            let (tag, role) = reading.place(at);
            reading.nodes.push(Node { tag, role, clause, frame: false, denied: false, aside: false });
        }
        reading.participles();
        reading.asides();
        reading.resume();
        reading.frames();
        reading.inner_frames();
        reading.denials();
        reading
    }

    /// "the drugs, which lower blood pressure, slow": a verb after an aside is read as if the aside were not there.
    fn resume(&mut self) {
        for at in 1..self.nodes.len() {
            if self.nodes[at].aside || !self.nodes[at - 1].aside {
                continue;
            }
            let Some(before) = (0..at).rev().find(|&before| !self.nodes[before].aside) else { continue };
            let verb = self.words[at].tags.iter().copied().find(|tag| tag.form != Form::Plain);
            let Some(verb) = verb else { continue };
            if verb.form == Form::Base && self.is_plural(before) || verb.form == Form::Third {
                let object = self.open(at + 1) && !self.any(at + 1, &["prep", "be", "have"]);
                self.nodes[at].tag = Some(verb);
                self.nodes[at].role = if object { Role::Finite } else { Role::Intransitive };
            }
        }
    }

    pub(crate) fn is(&self, at: usize, class: &str) -> bool {
        let class = self.lists.class(class);
        self.words.get(at).is_some_and(|word| word.tags.iter().any(|tag| tag.class == class))
    }

    pub(crate) fn any(&self, at: usize, classes: &[&str]) -> bool {
        classes.iter().any(|class| self.is(at, class))
    }

    pub(crate) fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// Whether no mark but a hyphen or a quotation mark stands before a word.
    pub(super) fn open(&self, at: usize) -> bool {
        let parts = |word: &Word| word.before.has(Punctuation::COMMA.or(Punctuation::BREAK).or(Punctuation::QUESTION));
        self.words.get(at).is_some_and(|word| !parts(word))
    }

    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let text = self.text(at);
        text.len() > 4 && text.ends_with("ly")
            || matches!(
                text,
                "also"
                    | "not"
                    | "only"
                    | "even"
                    | "still"
                    | "therefore"
                    | "well"
                    | "both"
                    | "never"
                    | "further"
                    | "thus"
                    | "then"
                    | "each"
            )
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        let text = self.text(at);
        text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(text, "half" | "almost" | "nearly" | "about" | "up" | "more")
    }

    /// The word before, adverbs skipped, unless a mark stands between.
    pub(super) fn previous(&self, at: usize) -> Option<usize> {
        let mut at = at;
        loop {
            if !self.open(at) {
                return None;
            }
            at = at.checked_sub(1)?;
            if !self.is_adverb(at) {
                return Some(at);
            }
        }
    }

    pub(super) fn is_plural(&self, at: usize) -> bool {
        let text = self.text(at);
        (text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && !text.ends_with("us")
            && !text.ends_with("is"))
            || self.any(at, &["people"])
            || matches!(text, "data" | "factors" | "they" | "we")
    }

    /// Whether a word can carry a clause: an auxiliary, a modal, or a verb in a finite place.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        let node = &self.nodes[at];
        if self.is(at, "be") {
            return matches!(self.text(at), "is" | "are" | "was" | "were" | "isn't" | "aren't" | "wasn't" | "weren't");
        }
        if self.any(at, &["have", "do"]) {
            let governed = at > 0 && self.any(at - 1, &["to", "may", "should"]);
            return !governed && !matches!(self.text(at), "having" | "doing");
        }
        if self.any(at, &["may", "can", "should", "would"]) {
            return !matches!(self.text(at), "able to" | "capable of" | "ability to" | "need to");
        }
        node.tag.is_some_and(|tag| tag.form != Form::Plain && tag.form != Form::Ing)
            && matches!(node.role, Role::Finite | Role::Intransitive)
    }

    fn denials(&mut self) {
        for at in 0..self.words.len() {
            let clause = self.nodes[at].clause;
            let denied = (at.saturating_sub(5)..at).any(|before| {
                self.is(before, "not") && self.nodes[before].clause == clause && self.text(before) != "without"
            });
            self.nodes[at].denied = denied;
        }
    }
}
