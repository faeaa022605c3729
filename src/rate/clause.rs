//! Clauses: where they begin and end, which only describe a noun, and which only say whose finding it is.

use super::grammar::Reading;
use super::role::Role;
use super::words::Form;
use crate::document::Punctuation;

impl Reading<'_> {
    /// Numbers the clauses of the words.
    pub(super) fn clauses(&self, sentence: &str) -> Vec<usize> {
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
                let new = joins && self.text(at) != "or" && (starts || self.is(at + 2, "should"));
                // ", suggesting that" begins what the authors make of it.
                let told = comma && self.any(at, &["suggest", "report"]) && self.text(at).ends_with("ing");
                let sub = told
                    || self.is(at, "but")
                    || (comma && self.any(at, &["who", "this", "we"]) && self.text(at) != "such");
                if mark || new || sub {
                    clause += 1;
                }
            }
            out.push(clause);
        }
        out
    }

    /// Marks what only describes a noun: "a disease that causes pain", "the drugs, used for years, …". Each is a clause of its own.
    pub(super) fn asides(&mut self) {
        let count = self.words.len();
        let mut number = self.nodes.last().map_or(0, |node| node.clause);
        let mut mark = |reading: &mut Self, from: usize, to: usize| {
            number += 1;
            for node in reading.nodes.iter_mut().take(to).skip(from) {
                node.aside = true;
                node.clause = number;
            }
        };
        let mut at = 1;
        while at < count {
            let end = if self.opens_relative(at) { self.relative_end(at) } else { at };
            // ", which lowers blood pressure" at the end of a sentence is told as news.
            let news = end == count && self.words[at].before.has(Punctuation::COMMA);
            if end > at && !news {
                // What follows goes on with the clause that the aside broke into.
                let (inner, outer) = (self.nodes[at].clause, self.nodes[at - 1].clause);
                mark(self, at, end);
                for node in self.nodes.iter_mut().skip(end).take_while(|node| node.clause == inner) {
                    node.clause = outer;
                }
            }
            at = end.max(at + 1);
        }
        let mut comma = None;
        for at in 1..count {
            if self.nodes[at].aside || self.nodes[at].clause != self.nodes[at - 1].clause && !self.nodes[at - 1].aside {
                comma = None;
            } else if self.words[at].before.has(Punctuation::COMMA) {
                let carries = self.is_finite(at) || self.is_adverb(at) && at + 1 < count && self.is_finite(at + 1);
                match comma {
                    Some(from) if carries => {
                        mark(self, from, at);
                        comma = None;
                    }
                    None if !carries && !(0..at).any(|before| !self.nodes[before].aside && self.is_finite(before)) => {
                        comma = Some(at);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether a word opens a relative clause: "who" or "which" after a noun, "that" with its verb.
    fn opens_relative(&self, at: usize) -> bool {
        let told =
            self.any(at - 1, &["report", "suggest", "be", "unknown"]) && self.nodes[at - 1].role != Role::Modifier;
        match self.text(at) {
            "who" | "which" | "whose" => true,
            "that" => {
                let verb = (at + 1..self.words.len()).find(|&next| !self.is_adverb(next));
                !told && verb.is_some_and(|verb| self.is_finite(verb))
            }
            _ => false,
        }
    }

    fn relative_end(&self, from: usize) -> usize {
        // "children who sleep less": what follows "who" is its verb, listed or not.
        let first = (from + 1..self.words.len()).find(|&next| !self.is_adverb(next));
        let mut verbs = usize::from(self.text(from) == "who" && first.is_some_and(|first| !self.is_finite(first)));
        for at in from + 1..self.words.len() {
            if self.nodes[at].clause != self.nodes[from].clause && !self.any(at, &["who", "this", "we"]) {
                return at;
            }
            if self.words[at].before.has(Punctuation::COMMA) && verbs > 0 {
                return at;
            }
            if self.is_finite(at) {
                let before = self.previous(at);
                let chained = before
                    .is_some_and(|before| self.any(before, &["be", "have", "do", "may", "can", "would", "should"]));
                let joined = before.is_some_and(|before| self.is(before, "and"));
                if verbs > 0 && !chained && !joined {
                    return at;
                }
                verbs += 1;
            }
        }
        self.words.len()
    }

    /// Marks the frames: "our results show that", ", according to a study", ", researchers say".
    pub(super) fn frames(&mut self) {
        let count = self.words.len();
        let reports = |at: usize| {
            let verb = self.any(at, &["report", "suggest"]) || self.is(at, "aim") && self.is(at + 1, "that");
            verb && self.nodes[at].role != Role::Noun && self.text(at) != "evidence"
        };
        // "Study Repeated surgeries extend life": a title that says whose it is.
        let headed =
            self.title && self.is(0, "study") && count > 4 && !self.any(1, &["prep", "verb", "be", "have", "and"]);
        let mut end = usize::from(headed && !reports(1) && self.nodes[1].tag.is_none_or(|tag| tag.form == Form::Plain));
        if self.is(0, "according") {
            end = (1..count).find(|&at| !self.open(at)).unwrap_or(0);
        }
        for at in end..count.min(60) {
            let that = (at + 1..count.min(at + 4)).find(|&next| self.is(next, "that"));
            if reports(at) && !self.nodes[at].aside || self.is(at, "report") && at < 40 {
                // What carries a clause before is the verb's own auxiliary, or says what was looked at: "we compared and found".
                let first = (0..at.saturating_sub(3)).all(|before| {
                    self.nodes[before].aside
                        || !self.is_finite(before)
                        || self.any(before, &["aim", "report", "suggest", "verb"])
                });
                if let Some(that) = that.filter(|_| first && self.nodes[at].role != Role::CommaGerund) {
                    end = that + 1;
                    break;
                }
                let mut start = at;
                while let Some(before) = self.previous(start).filter(|&before| self.any(before, &["be", "have"])) {
                    start = before;
                }
                let subject = (0..at).any(|before| self.any(before, &["study", "we"]) && !self.nodes[before].aside)
                    && (self.nodes[at].role != Role::Modifier || start < at)
                    && !(0..start).any(|before| !self.nodes[before].aside && self.is_finite(before));
                let near = at < 40 && (at < 12 || (0..6).any(|first| self.any(first, &["study", "we"])));
                if subject && near && at + 4 < count && reports(at) {
                    end = at + 1;
                    break;
                }
            }
        }
        let mut tail = count;
        for at in (end.max(count / 4).max(2)..count).rev() {
            let comma =
                self.words[at].before.has(Punctuation::COMMA.or(Punctuation::QUOTE)) || self.is(at, "according");
            if comma {
                let study = || (at..count).any(|i| self.any(i, &["study", "notice"]));
                let says = (at..count.min(at + 8)).find(|&next| {
                    reports(next)
                        && matches!(
                            self.nodes[next].role,
                            Role::Finite | Role::Intransitive | Role::Bare | Role::Perfect | Role::Modifier
                        )
                });
                let joined = says.is_some_and(|says| (at..says).any(|next| self.any(next, &["and", "but", "who"])));
                let frame = self.is(at, "according")
                    || !joined && says.is_some_and(|says| says < at + 3 || at + 16 > count) && study();
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
        // "researchers have found a mechanism that causes": when nothing else is told, what describes the noun is.
        let told = |reading: &Self, aside: bool| {
            (end..tail).any(|at| reading.nodes[at].aside == aside && reading.is_finite(at))
        };
        if end > 0 && !told(self, false) && told(self, true) {
            for node in self.nodes.iter_mut().take(tail).skip(end) {
                node.aside = false;
            }
        }
    }

    /// Marks frames later in the sentence: ", but our study suggests that", ", suggesting that".
    pub(super) fn inner_frames(&mut self) {
        for that in 1..self.words.len() {
            if !self.is(that, "that") || self.nodes[that].frame || self.nodes[that].aside {
                continue;
            }
            let says = |&at: &usize| self.any(at, &["report", "suggest"]) && self.nodes[at].role != Role::Noun;
            let Some(verb) = (that.saturating_sub(3)..that).rev().find(says) else { continue };
            let clause = self.nodes[verb].clause;
            let within =
                |&at: &usize| self.nodes[at].clause == clause && !self.nodes[at].frame && !self.nodes[at].aside;
            let start = (0..=verb).rev().take_while(within).last().unwrap_or(verb);
            let gerund = self.text(verb).ends_with("ing") && self.words[verb].before.has(Punctuation::COMMA);
            let carries = |at: usize| self.is_finite(at) && !self.any(at, &["be", "have", "report", "suggest", "aim"]);
            let told = (start..verb).any(|at| self.any(at, &["study", "we"])) && !(start..verb).any(carries);
            if gerund || told {
                let from = if gerund { verb } else { start };
                for node in self.nodes.iter_mut().take(that + 1).skip(from) {
                    node.frame = true;
                }
            }
        }
    }

    /// "patients treated with statins had": a participle without an object, when a later word carries the clause.
    pub(super) fn participles(&mut self) {
        for at in 0..self.words.len() {
            let past = self.nodes[at].tag.is_some_and(|tag| tag.form == Form::Past);
            if !past || !matches!(self.nodes[at].role, Role::Finite | Role::Intransitive) || at == 0 {
                continue;
            }
            // "led to" is no participle, "used for" is.
            let phrasal = self.words[at].text.contains(' ');
            let governed = self.any(at + 1, &["prep", "by", "to"]) && !phrasal || phrasal && !self.is(at, "cause");
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
}
