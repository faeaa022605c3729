//! The place of each word in its sentence: clauses, frames of attribution, and what governs a verb.
//!
//! A few tests on neighbours instead of a parser: which form a verb has, what stands before and after it.

use super::words::{Form, Lists, Tag, Word};
use crate::document::Punctuation;

/// What a verb does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// No verb, or a verb used as a noun or an adjective.
    Noun,
    /// A participle before or after its noun: "reduced brain size".
    Modifier,
    /// "reduces", "reduced" with an object.
    Finite,
    /// "risk increases with age": no object.
    Intransitive,
    /// "has reduced"
    Perfect,
    /// "was reduced"
    Passive,
    /// "reduced by"
    PassiveBy,
    /// "may reduce"
    May,
    /// "can reduce"
    Can,
    /// "would reduce"
    Would,
    /// "should reduce"
    Should,
    /// "did not reduce", "does reduce"
    Do,
    /// "appears to reduce", "is likely to reduce"
    Hedged,
    /// "shown to reduce", "helps to reduce", "failed to reduce"
    Claimed,
    /// "strategies to reduce", "is needed to reduce"
    Purpose,
    /// Any other infinitive.
    Infinitive,
    /// "by reducing", "in reducing"
    ByGerund,
    /// "for reducing", "of reducing"
    ForGerund,
    /// ", reducing"
    CommaGerund,
    /// Any other form in -ing.
    Gerund,
    /// A bare form whose place is open.
    Bare,
}

impl Role {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Modifier => "modifier",
            Self::Finite => "finite",
            Self::Intransitive => "intransitive",
            Self::Perfect => "perfect",
            Self::Passive => "passive",
            Self::PassiveBy => "passive-by",
            Self::May => "after-may",
            Self::Can => "after-can",
            Self::Would => "after-would",
            Self::Should => "after-should",
            Self::Do => "after-do",
            Self::Hedged => "after-hedge",
            Self::Claimed => "after-shown-to",
            Self::Purpose => "purpose",
            Self::Infinitive => "infinitive",
            Self::ByGerund => "by-ing",
            Self::ForGerund => "for-ing",
            Self::CommaGerund => "comma-ing",
            Self::Gerund => "ing",
            Self::Bare => "bare",
        }
    }
}

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
        let words: Vec<Word> = lists.read(sentence).into_iter().filter(|word| !word.aside).collect();
        let ended = sentence.trim_end().trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?']);
        let title = !ended && words.len() <= 26;
        let mut reading = Self { lists, words, nodes: Vec::new(), title };
        let clauses = reading.clauses(sentence);
        for (at, &clause) in clauses.iter().enumerate() {
            let (tag, role) = reading.place(at);
            reading.nodes.push(Node { tag, role, clause, frame: false, denied: false });
        }
        reading.participles();
        reading.frames();
        reading.denials();
        reading
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

    fn open(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.before.is_open())
    }

    fn is_adverb(&self, at: usize) -> bool {
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
            )
    }

    /// The word before, adverbs skipped, unless a mark stands between.
    fn previous(&self, at: usize) -> Option<usize> {
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

    fn is_plural(&self, at: usize) -> bool {
        let text = self.text(at);
        (text.len() > 3
            && text.ends_with('s')
            && !text.ends_with("ss")
            && !text.ends_with("us")
            && !text.ends_with("is"))
            || self.any(at, &["people"])
            || matches!(text, "data" | "factors" | "they" | "we")
    }

    /// The class and role of a word from its neighbours.
    fn place(&self, at: usize) -> (Option<Tag>, Role) {
        let word = &self.words[at];
        let verb = word.tags.iter().copied().find(|tag| tag.form != Form::Plain);
        let plain = word.tags.iter().copied().find(|tag| tag.form == Form::Plain);
        let Some(verb) = verb else { return (plain, Role::Noun) };
        let role = self.role(at, verb.form);
        match role {
            Role::Noun | Role::Modifier | Role::Bare if plain.is_some() => (plain, Role::Noun),
            _ => (Some(verb), role),
        }
    }

    fn role(&self, at: usize, form: Form) -> Role {
        let before = self.previous(at);
        let is = |classes: &[&str]| before.is_some_and(|before| self.any(before, classes));
        let next_open = self.open(at + 1);
        let next = |classes: &[&str]| next_open && self.any(at + 1, classes);
        // A phrase such as "lead to" has its preposition inside.
        let phrasal = self.words[at].text.contains(' ');
        let intransitive = !phrasal
            && (at + 1 >= self.words.len()
                || !next_open
                || (next(&["prep", "by", "than"]) && self.text(at + 1) != "by"));
        match form {
            Form::Ing => {
                if is(&["be"]) {
                    Role::Finite
                } else if is(&["by"]) || before.is_some_and(|before| matches!(self.text(before), "in" | "effective in"))
                {
                    Role::ByGerund
                } else if is(&["prep"]) {
                    Role::ForGerund
                } else if is(&["det", "compare"]) {
                    Role::Noun
                } else if at > 0 && self.words[at].before.has(Punctuation::COMMA) {
                    Role::CommaGerund
                } else {
                    Role::Gerund
                }
            }
            Form::Third => {
                if !phrasal && (is(&["det", "prep", "compare", "be"]) || next(&["be", "have", "may"])) {
                    Role::Noun
                } else if !phrasal && next(&["prep"]) {
                    if matches!(self.text(at + 1), "of" | "for" | "in") { Role::Noun } else { Role::Intransitive }
                } else if intransitive {
                    Role::Intransitive
                } else {
                    Role::Finite
                }
            }
            Form::Past => {
                if is(&["be"]) {
                    let modal = before.and_then(|be| self.previous(be)).is_some_and(|modal| self.is(modal, "may"));
                    if modal {
                        Role::May
                    } else if next_open && self.text(at + 1) == "by" {
                        Role::PassiveBy
                    } else {
                        Role::Passive
                    }
                } else if is(&["have"]) {
                    if intransitive { Role::Modifier } else { Role::Perfect }
                } else if next_open && self.text(at + 1) == "by" {
                    Role::PassiveBy
                } else if is(&["and"]) && !phrasal {
                    // "was feasible and improved prescribing": a second verb, when there was a first.
                    let first = self.nodes.iter().rev().take(12).any(|node| {
                        matches!(node.role, Role::Finite | Role::Perfect)
                            || node.tag.is_some_and(|tag| self.lists.name(tag.class) == "be")
                    });
                    if first && !intransitive { Role::Finite } else { Role::Modifier }
                } else if is(&["det", "prep", "compare", "by", "give", "report", "move", "linked", "cause", "than"])
                    && !phrasal
                {
                    Role::Modifier
                } else if intransitive {
                    Role::Intransitive
                } else if before.is_none() && !phrasal {
                    // At the start of a title: "Reduced risk of".
                    Role::Modifier
                } else {
                    Role::Finite
                }
            }
            Form::Base => self.base(at, before, intransitive, phrasal),
            Form::Plain => Role::Noun,
        }
    }

    fn base(&self, at: usize, before: Option<usize>, intransitive: bool, phrasal: bool) -> Role {
        let Some(before) = before else {
            return if at == 0 && phrasal { Role::Finite } else { Role::Bare };
        };
        // "help prevent", "help to prevent": what governs "help" governs the verb.
        if self.is(before, "to") {
            return self.infinitive(before);
        }
        if self.is(before, "help") || (self.is(before, "and") && before > 0) {
            let from = (0..before).rev().take(if self.is(before, "help") { 1 } else { 9 });
            if self.is(before, "help") {
                return match self.nodes.get(before) {
                    Some(node) if node.role != Role::Noun => match node.role {
                        Role::Finite | Role::Bare | Role::Intransitive => Role::Claimed,
                        role => role,
                    },
                    _ => Role::Claimed,
                };
            }
            for earlier in from {
                if let Some(node) = self.nodes.get(earlier) {
                    let verb = node.tag.is_some_and(|tag| tag.form == Form::Base);
                    if verb && node.role != Role::Noun {
                        return node.role;
                    }
                }
            }
            return Role::Bare;
        }
        for (class, role) in
            [("may", Role::May), ("can", Role::Can), ("should", Role::Should), ("would", Role::Would), ("do", Role::Do)]
        {
            if self.is(before, class) {
                return role;
            }
        }
        if self.any(before, &["det", "prep", "compare", "be", "significant"]) && !phrasal {
            return Role::Noun;
        }
        if self.any(before, &["that", "who"]) || self.is_plural(before) {
            return if intransitive { Role::Intransitive } else { Role::Finite };
        }
        let object = self.open(at + 1) && self.any(at + 1, &["det", "risk", "this", "we", "people"]);
        if phrasal || object { Role::Finite } else { Role::Bare }
    }

    /// The role of a verb after the "to" at a place.
    fn infinitive(&self, to: usize) -> Role {
        let Some(before) = self.previous(to) else { return Role::Purpose };
        if self.any(before, &["seem", "maybe-likely", "potential", "may"]) {
            return Role::Hedged;
        }
        if self.is(before, "help") {
            return match self.nodes.get(before).map(|node| node.role) {
                Some(role @ (Role::May | Role::Can | Role::Hedged | Role::Purpose | Role::Should)) => role,
                _ => Role::Claimed,
            };
        }
        if self.is(before, "can") {
            return Role::Can;
        }
        if self.any(before, &["report", "not", "linked"]) || matches!(self.text(before), "enough" | "known" | "proven")
        {
            return Role::Claimed;
        }
        if self.any(before, &["need", "aim", "tool", "study", "treatment", "future", "unknown", "should", "effective"])
        {
            return Role::Purpose;
        }
        Role::Infinitive
    }

    /// Numbers the clauses of the words.
    fn clauses(&self, sentence: &str) -> Vec<usize> {
        let mut clause = 0;
        let mut out = Vec::with_capacity(self.words.len());
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                let gap = sentence.get(self.words[at - 1].range.end..word.range.start).unwrap_or("");
                // What stands in brackets parts no clauses.
                let gap = if gap.contains(['(', '[']) { "" } else { gap };
                let mark = gap.contains([';', ':', '–', '—', '?']) || gap.contains(" - ") || gap.contains("--");
                let comma = word.before.has(Punctuation::COMMA);
                let joins = self.is(at, "and");
                let starts = self.any(at + 1, &["we", "should", "be", "may", "future", "this", "can", "need"]);
                let new = joins && (starts || self.is(at + 2, "should"));
                let sub = self.is(at, "but") || (comma && self.any(at, &["who", "this", "we"]));
                if mark || new || sub {
                    clause += 1;
                }
            }
            out.push(clause);
        }
        out
    }

    /// Marks the frames: "our results show that", ", according to a study", ", researchers say".
    fn frames(&mut self) {
        let count = self.words.len();
        let reports = |at: usize| {
            self.any(at, &["report", "suggest"]) && self.nodes[at].role != Role::Noun && self.text(at) != "evidence"
        };
        let mut end = 0;
        if self.is(0, "according") {
            end = (1..count).find(|&at| !self.open(at)).unwrap_or(0);
        }
        for at in end..count.min(40) {
            let that = (at + 1..count.min(at + 4)).find(|&next| self.is(next, "that"));
            if reports(at) || self.is(at, "report") {
                if let Some(that) = that {
                    end = that + 1;
                    break;
                }
                let subject = (at.saturating_sub(3)..at).any(|before| self.any(before, &["study", "we"]))
                    && self.nodes[at].role != Role::Modifier
                    && !(0..at).any(|before| self.is_finite(before));
                if subject && at < 12 && at * 2 < count && reports(at) {
                    end = at + 1;
                    break;
                }
            }
        }
        let mut tail = count;
        for at in (end.max(count / 3)..count).rev() {
            let comma = !self.open(at) || self.is(at, "according");
            if comma && at + 16 > count {
                let frame = self.is(at, "according")
                    || (at..count.min(at + 8))
                        .any(|next| reports(next) && (at..count).any(|i| self.any(i, &["study", "notice"])))
                        && !(at..count).any(|i| self.any(i, &["and", "but", "who"]) && i == at);
                if frame {
                    tail = at;
                }
            } else if self.title && at + 5 > count && at > 2 && reports(at) && self.any(at - 1, &["study", "notice"]) {
                // "… Stanford study finds"
                tail = at - 1;
            }
        }
        for (at, node) in self.nodes.iter_mut().enumerate() {
            node.frame = at < end || at >= tail;
        }
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

    /// "patients treated with statins had": a participle without an object, when a later word carries the clause.
    fn participles(&mut self) {
        for at in 0..self.words.len() {
            let past = self.nodes[at].tag.is_some_and(|tag| tag.form == Form::Past);
            if !past || !matches!(self.nodes[at].role, Role::Finite | Role::Intransitive) || at == 0 {
                continue;
            }
            let governed = self.any(at + 1, &["prep", "by", "to"]) || self.words[at].text.contains(' ');
            let carried = (at + 1..self.words.len())
                .take_while(|&next| {
                    self.nodes[next].clause == self.nodes[at].clause
                        && !self.any(next, &["and", "who", "that", "but", "than"])
                        && !self.words[next].before.has(Punctuation::COMMA)
                })
                .any(|next| self.is_finite(next));
            if governed && carried {
                self.nodes[at].role = Role::Modifier;
            }
        }
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
