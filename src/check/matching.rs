//! Running programs over the words and terms of a sentence.

use super::anchor::{ANYTHING, Start};
use super::class::Class;
use super::glance::Glance;
use super::lexicon::Lexicon;
use super::present::Present;
use super::program::{Branches, Choice, Program, Step, WIDEST};
use super::tag::{Tag, Token};
use super::word_table::WordId;
use crate::document::Punctuation;

/// What a program walks over.
pub(crate) struct Words<'r> {
    pub(crate) tokens: &'r [Token],
    pub(crate) tags: &'r [Tag],
    /// For each word, the first tag that starts there (index into `tags`), plus one entry past the end.
    pub(crate) starts: &'r [u32],
}

impl Step {
    /// Where the words that this step takes at `word` end.
    pub(crate) fn end(&self, words: &Words<'_>, word: usize) -> Option<usize> {
        let own = words.tokens.get(word)?.word;
        match self {
            Self::Word(id) => (own == *id).then_some(word + 1),
            Self::Words(ids) => contains(ids, own).then_some(word + 1),
            Self::Class(class) => words.tag_end(word, *class, None),
            Self::Term(class, term) => words.tag_end(word, *class, Some(*term)),
            _ => None,
        }
    }
}

impl Choice {
    /// Whether no branch can begin with a word, as far as one look tells.
    fn passes_over(&self, words: &Words<'_>, at: usize) -> bool {
        self.open == 0 && !words.may_be(at, &self.begins)
    }

    /// The branches that may begin with a word.
    pub(crate) fn fitting(&self, words: &Words<'_>, at: usize) -> Branches {
        if self.passes_over(words, at) {
            return 0;
        }
        let mut branches = self.open;
        if let Some(token) = words.tokens.get(at) {
            let place = self.words.partition_point(|&(word, _)| word < token.word);
            let fitting = self.words.iter().skip(place).take_while(|(word, _)| *word == token.word);
            branches |= fitting.fold(0, |branches, &(_, own)| branches | 1 << own);
        }
        let tags = if self.classes.is_empty() { &[] } else { words.tags_at(at) };
        for tag in tags {
            let fitting = self.classes.iter().filter(|(class, _)| *class == tag.class);
            branches |= fitting.fold(0, |branches, &(_, own)| branches | 1 << own);
        }
        branches
    }
}

impl Program {
    /// Whether a match can begin at a word.
    pub(crate) fn may_start(&self, words: &Words<'_>, at: usize) -> bool {
        let (ids, classes) = &self.first;
        words.tokens.get(at).is_some_and(|token| contains(ids, token.word))
            || (!classes.is_empty() && words.tags_at(at).iter().any(|tag| classes.contains(&tag.class)))
    }

    /// The end of a match that begins at word `from`, or `None`.
    pub(crate) fn matches(&self, words: &Words<'_>, from: usize, glance: &mut Glance) -> Option<usize> {
        // Nearly every attempt fails or ends within a few steps. Where many gaps and choices lead on and on, a look at all ways
        // together tells whether it is worth while, and a bound on the work keeps hostile patterns linear.
        let mut fuel = 64;
        let end = self.run(words, 0, from, from, false, &mut fuel);
        if end.is_some() || fuel > 0 || !glance.may_match(self, words, from) {
            return end;
        }
        let mut fuel = 2_000;
        self.run(words, 0, from, from, false, &mut fuel)
    }

    /// Whether the step at `at` can take the word `word`, as far as one look tells.
    fn may_begin(&self, words: &Words<'_>, at: usize, word: usize) -> bool {
        let token = words.tokens.get(word);
        match self.steps.get(at) {
            Some(Step::Word(id)) => token.is_some_and(|token| token.word == *id),
            Some(Step::Words(ids)) => token.is_some_and(|token| contains(ids, token.word)),
            Some(Step::Class(class)) => words.tag_end(word, *class, None).is_some(),
            Some(Step::Term(class, term)) => words.tag_end(word, *class, Some(*term)).is_some(),
            Some(Step::Choice(choice)) => !choice.passes_over(words, word),
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
                Step::Choice(choice) => {
                    let mut branches = choice.fitting(words, word);
                    loop {
                        let start = *choice.starts.get(branches.trailing_zeros() as usize)?;
                        branches &= branches - 1;
                        // The last branch that may fit needs no attempt of its own.
                        if branches == 0 {
                            at = start;
                            break;
                        }
                        if let Some(end) = self.run(words, start, from, word, after_gap, fuel) {
                            return Some(end);
                        }
                    }
                }
                Step::Gap => {
                    at += 1;
                    after_gap = true;
                    for _ in 0..WIDEST {
                        if self.may_begin(words, at, word)
                            && let Some(end) = self.run(words, at, from, word, after_gap, fuel)
                        {
                            return Some(end);
                        }
                        word = words.over(word, from)?;
                    }
                }
                step => {
                    let token = words.tokens.get(word)?;
                    let parted = !token.before.is_open() && (!after_gap || token.before.has(Punctuation::BREAK));
                    if word > from && parted {
                        return None;
                    }
                    word = step.end(words, word)?;
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

impl<'r> Words<'r> {
    /// Adds the programs of `starts` that may match around the word `at`, which is their anchor: the word at which the match
    /// would begin, and the slot of the program.
    pub(crate) fn add_candidates(
        &self,
        lexicon: &Lexicon,
        starts: &[Start],
        at: usize,
        present: &Present,
        candidates: &mut Vec<(u32, u32)>,
    ) {
        let sets = lexicon.sets();
        for start in starts {
            // Of four one passes.
            if present.meets(sets.get(start.needs)) {
                self.add_candidate(lexicon, *start, at, present, candidates);
            }
        }
    }

    /// Adds the program of one start, if the sentence holds the rest of what it needs. Apart, so that looking through starts stays short.
    #[inline(never)]
    fn add_candidate(
        &self,
        lexicon: &Lexicon,
        start: Start,
        at: usize,
        present: &Present,
        candidates: &mut Vec<(u32, u32)>,
    ) {
        let sets = lexicon.sets();
        let (slot, offset) = (start.program, start.offset);
        let Some(needs) = lexicon.needs(slot) else { return };
        let (begins, goes_on) = (sets.get(needs.begins), sets.get(needs.goes_on));
        let Some(last) = at.checked_sub(offset.least.into()) else { return };
        // Of several words at which a match could begin most lead nowhere, so that what the sentence lacks is asked first.
        let are_several = offset.most > offset.least;
        if are_several && !needs.are_met(present, sets) {
            return;
        }
        let Some(program) = lexicon.programs().get(slot as usize) else { return };
        for start in at.saturating_sub(offset.most.into())..=last {
            // Where the anchor is the first word, a match begins there as a matter of course.
            if self.may_be(start, begins)
                && (needs.goes_on == ANYTHING || self.may_be(start + 1, goes_on))
                && (are_several || needs.are_met(present, sets))
                && (offset.most == 0 || program.may_start(self, start))
            {
                candidates.push((start as u32, slot));
            }
        }
    }

    /// The word behind one that a gap may hold.
    pub(crate) fn over(&self, word: usize, from: usize) -> Option<usize> {
        let token = self.tokens.get(word)?;
        let ends = word > from && token.before.has(Punctuation::BREAK);
        // A denial between the words of a pattern denies them: "massage does not boost your detox".
        let denies = || self.tags_at(word).iter().any(|tag| tag.class == Class::NEGATOR);
        (!ends && !denies()).then_some(word + 1)
    }

    /// Whether what stands at a word may be one of these, as far as one look tells.
    fn may_be(&self, word: usize, one: &Present) -> bool {
        self.tokens.get(word).is_some_and(|token| one.has(token.known.bit))
            || self.tags_at(word).iter().any(|tag| one.has(tag.bit))
    }

    /// The tags that start at a word.
    fn tags_at(&self, word: usize) -> &'r [Tag] {
        let bounds = self.starts.get(word).zip(self.starts.get(word + 1));
        bounds.and_then(|(&from, &to)| self.tags.get(from as usize..to as usize)).unwrap_or(&[])
    }

    /// The end of the first tag of a class, or of one term, that starts at a word.
    fn tag_end(&self, word: usize, class: Class, term: Option<u32>) -> Option<usize> {
        let tags = self.tags_at(word).iter();
        let mut fitting = tags.filter(|tag| tag.class == class && term.is_none_or(|term| tag.term == term));
        fitting.next().map(|tag| tag.end as usize)
    }
}
