//! Reading one sentence: its words, the terms among them, its clauses, and what is denied, doubted or only reported.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::class::Class;
use super::glance::Glance;
use super::lexicon::Lexicon;
use super::matching::Words;
use super::present::Present;
use super::program::Target;
use super::tag::Known;
pub(crate) use super::tag::{Tag, Token};
use super::word_table::{UNKNOWN, WordId};
use crate::document::{BlockKind, Punctuation, RawToken, Word, tokenise};

/// Words within which a verb of saying names who speaks the words in quotation marks.
const SPEAKER: usize = 5;
/// Words of a sentence that tell its language. In fewer, names decide.
const FEWEST: usize = 8;

/// Words of an aside between a subject and its verb, with the comma behind it.
const LONGEST_ASIDE: usize = 6;

/// A sentence, read. The buffers are used again for the next one.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) range: Range<usize>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) tags: Vec<Tag>,
    /// For each word, the first tag that starts there, and one past the end.
    pub(crate) starts: Vec<u32>,
    /// For each word, the number of its clause.
    pub(crate) clauses: Vec<u16>,
    /// Whether a comma or a mark that ends a clause stands in it.
    is_parted: bool,
    pub(crate) question: bool,
    /// Whether words of it stand in quotation marks.
    pub(crate) quotes: bool,
    /// Whether a quotation in it has a name under it.
    pub(crate) spoken: bool,
    /// The topics of what the sentence names, once somebody asked.
    pub(crate) topics: OnceCell<Vec<Arc<str>>>,
    /// The classes that have a tag.
    pub(super) present: Classes,
    /// For each tag, whether another hides it: room that is used again.
    hidden: Vec<bool>,
    /// Which words and classes it may hold, for a first look.
    pub(crate) hints: Present,
    /// Programs of terms that may match, with the word at which: room that is used again.
    candidates: Vec<(u32, u32)>,
    glance: Glance,
}

/// A set of classes. Those with high numbers, which only packs of thousands of classes have, are not kept apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Classes([u64; 4]);

impl Classes {
    fn bit(class: Class) -> (usize, u64) {
        let number = usize::from(class.0).min(255);
        (number / 64, 1 << (number % 64))
    }

    fn add(&mut self, class: Class) {
        let (at, bit) = Self::bit(class);
        self.0[at] |= bit;
    }

    pub(super) fn may_hold(&self, class: Class) -> bool {
        let (at, bit) = Self::bit(class);
        self.0[at] & bit != 0
    }
}

/// Whether a tag hides one that stands in its words.
fn hides(other: Tag, tag: Tag) -> bool {
    match other.class {
        Class::IDIOM => tag.class != Class::IDIOM,
        // "Asked where her toxins had gone" is one clause.
        Class::SUPPOSED => tag.class == Class::TERMINATOR && other.holds(tag),
        Class::CONCESSION if tag.class == Class::LOCAL_NEGATOR => other.holds(tag),
        Class::PSEUDO_NEGATOR => matches!(tag.class, Class::NEGATOR | Class::LOCAL_NEGATOR | Class::UNCERTAINTY),
        Class::UNCERTAINTY | Class::REPORT | Class::LIMIT => {
            (tag.class == other.class || tag.class == Class::TERMINATOR) && other.holds(tag)
        }
        // "Stopped short of recommending massage": "stopped" is part of the denial.
        Class::NEGATOR => (tag.class == other.class || tag.class.is_verb()) && other.holds(tag),
        // "No match for a calm mind" denies nothing.
        Class::DECREASE if tag.class == Class::LOCAL_NEGATOR => other.holds(tag),
        Class::OUTCOME if matches!(tag.class, Class::CONDITION | Class::SERIOUS) => other.holds(tag),
        Class::NAME => (super::page::is_named(tag) || tag.class.is_relation()) && other.holds(tag),
        Class::INTERVENTION => {
            matches!(tag.class, Class::OUTCOME | Class::CONDITION | Class::SERIOUS | Class::INTERVENTION)
                && other.holds(tag)
        }
        class => class == tag.class && other.holds(tag),
    }
}

impl Reading {
    /// Reads the words of `range` and finds the terms among them.
    pub(crate) fn read(&mut self, lexicon: &Lexicon, masked: &str, range: Range<usize>) {
        self.tokens.clear();
        self.tags.clear();
        self.topics.take();
        self.spoken = false;
        self.question = masked.get(range.clone()).is_some_and(|text| {
            text.trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')' | '*' | '\u{1}' | '\u{2}')
            })
            .ends_with('?')
        });
        self.range = range.clone();
        self.hints = Present::default();
        (self.is_parted, self.quotes) = (false, false);
        let (tokens, hints, is_parted) = (&mut self.tokens, &mut self.hints, &mut self.is_parted);
        let quotes = &mut self.quotes;
        let mut push = |start: u32, end: u32, word: WordId, raw: &RawToken, before: Punctuation| {
            let known = lexicon.known(word);
            hints.add(known.bit);
            *quotes |= raw.quoted;
            *is_parted |= before.has(Punctuation::BREAK.or(Punctuation::COMMA));
            tokens.push(Token { start, end, word, before, quoted: raw.quoted, known });
        };
        tokenise(masked, range, |raw, word| {
            let id = match word {
                Word::Plain(word) => lexicon.plain_word(masked, raw.range.start, word.len()),
                Word::Folded(word) => lexicon.word(word),
            };
            let (mut start, end) = (raw.range.start as u32, raw.range.end as u32);
            // A hashtag is several words written as one.
            let tagged =
                id == UNKNOWN && raw.range.start > 0 && masked.as_bytes().get(raw.range.start - 1) == Some(&b'#');
            if let Some(parts) = tagged.then(|| lexicon.split(&word.folded())).flatten() {
                let mut before = raw.before;
                for (length, word) in parts {
                    let end = (start + length as u32).min(end);
                    push(start, end, word, &raw, before);
                    before = Punctuation::default();
                    start = end;
                }
                return;
            }
            push(start, end, id, &raw, raw.before);
        });
        self.tag(lexicon);
        self.split_clauses();
        // "Why live with pain?" tells rather than asks.
        self.question &= !self.has(Class::RHETORICAL) && !self.ends_in_a_tag();
    }

    fn tag(&mut self, lexicon: &Lexicon) {
        self.find_candidates(lexicon);
        let mut candidates = self.candidates.iter().copied().peekable();
        let words = Words { tokens: &self.tokens, tags: &[], starts: &[] };
        let tag = |start: usize, end: usize, class: Class, term: u32| {
            let (start, end, bit) = (start as u32, end as u32, lexicon.bits().class(class));
            Tag { start, end, class, bit, term }
        };
        self.starts.clear();
        for (at, token) in self.tokens.iter().enumerate() {
            let first = self.tags.len();
            self.starts.push(first as u32);
            if token.known.has(Known::OPENS_PHRASE) {
                let behind = self.tokens[at + 1..].iter().take_while(|token| token.before.is_open());
                let tags = &mut self.tags;
                lexicon.phrases().walk(token.word, behind.map(|token| token.word), |length, ends| {
                    let shorter = tags.len();
                    tags.extend(ends.iter().map(|&(class, term)| tag(at, at + length, class, term)));
                    // A shorter phrase of the same class adds nothing.
                    for known in (first..shorter).rev() {
                        if ends.iter().any(|&(class, _)| class == tags[known].class) {
                            tags.remove(known);
                        }
                    }
                });
                if self.tags.len() > first + 1 {
                    self.tags[first..].sort_by_key(|tag| std::cmp::Reverse(tag.end));
                }
            }
            while let Some((_, slot)) = candidates.next_if(|&(start, _)| start as usize == at) {
                let Some(program) = lexicon.programs().get(slot as usize) else { continue };
                let Target::Term(class, term) = program.target else { continue };
                if let Some(end) = program.matches(&words, at, &mut self.glance) {
                    self.tags.push(tag(at, end, class, term));
                }
            }
        }
        self.starts.push(self.tags.len() as u32);
        self.drop_covered();
        self.starts.push(self.tags.len() as u32);
        self.present = Classes::default();
        for tag in &self.tags {
            self.present.add(tag.class);
            self.hints.add(tag.bit);
        }
    }

    /// Gathers the programs of terms that have an anchor in the sentence, by the word at which they would begin.
    fn find_candidates(&mut self, lexicon: &Lexicon) {
        self.candidates.clear();
        let words = Words { tokens: &self.tokens, tags: &[], starts: &[] };
        for (at, token) in self.tokens.iter().enumerate() {
            if token.known.has(Known::ANCHORS_TERM) {
                let starts = lexicon.term_starts().of_word(token.word);
                words.add_candidates(lexicon, starts, at, &self.hints, &mut self.candidates);
            }
        }
        if self.candidates.len() > 1 {
            self.candidates.sort_unstable();
            self.candidates.dedup();
        }
    }

    /// An idiom hides every term inside it; a name of a treatment hides outcomes inside it; a longer phrase of a class hides
    /// shorter ones of the same class; a pseudo-negation hides the negation inside. Where tags begin is told anew when some are gone.
    fn drop_covered(&mut self) {
        // Only phrases, idioms and pseudo-negations cover anything; most sentences have none.
        let covers = |tag: &Tag| tag.end - tag.start > 1 || matches!(tag.class, Class::IDIOM | Class::PSEUDO_NEGATOR);
        if self.tags.len() < 2 || !self.tags.iter().any(covers) {
            return;
        }
        let Self { tags, starts, hidden, .. } = self;
        hidden.clear();
        hidden.resize(tags.len(), false);
        for (slot, &other) in tags.iter().enumerate().filter(|(_, tag)| covers(tag)) {
            // What it covers begins with it or inside it, and tags are in order.
            let first = slot - tags[..slot].iter().rev().take_while(|tag| tag.start == other.start).count();
            for (tag, hidden) in tags[first..].iter().zip(&mut hidden[first..]) {
                if tag.start >= other.end {
                    break;
                }
                *hidden |= *tag != other && tag.end <= other.end && hides(other, *tag);
            }
        }
        if !hidden.contains(&true) {
            return;
        }
        let mut hidden = hidden.iter();
        tags.retain(|_| hidden.next() == Some(&false));
        let mut next = 0;
        for (start, at) in starts.iter_mut().zip(0..) {
            next += tags[next..].iter().take_while(|tag| tag.start < at).count();
            *start = next as u32;
        }
    }

    /// Whether the first word of a tag ends like a past participle.
    pub(crate) fn participle(&self, tag: Tag) -> bool {
        self.tokens.get(tag.start as usize).is_some_and(|token| token.known.has(Known::PARTICIPLE))
    }

    /// Numbers the clauses. A clause ends at a mark that ends one, before a word such as "but" or "because", and before "and" or a
    /// comma with a new subject.
    fn split_clauses(&mut self) {
        self.clauses.clear();
        let terminators = self.present.may_hold(Class::TERMINATOR);
        if !self.is_parted && !terminators {
            self.clauses.resize(self.tokens.len(), 0);
            return;
        }
        let mut clause = 0;
        let mut clauses = std::mem::take(&mut self.clauses);
        let is = |at: usize, class: Class| self.tags_at(at).any(|tag| tag.class == class);
        // "If you sit all day, massage …", "had it worked, …": the condition ends at its comma.
        let opens = |at: usize| is(at, Class::CONDITIONAL) || is(at, Class::SUPPOSED);
        let mut conditional = !self.tokens.is_empty() && opens(0);
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            if at > 0 {
                let breaks = token.before.has(Punctuation::BREAK)
                    || (terminators && is(at, Class::TERMINATOR) && !self.concedes(at))
                    || (token.before.has(Punctuation::COMMA) && (conditional || is(at, Class::PRONOUN)));
                if breaks {
                    clause += 1;
                    conditional = opens(at);
                }
            }
            clauses.push(clause);
        }
        self.clauses = clauses;
    }

    /// Whether the question mark belongs to a tag, before which something is told: "It relieves pain, doesn't it?"
    fn ends_in_a_tag(&self) -> bool {
        let Some(at) = self.tokens.len().checked_sub(2).filter(|&at| self.is_comma(at)) else { return false };
        let is = |at: usize, classes: [Class; 2]| self.tags_at(at).any(|tag| classes.contains(&tag.class));
        is(at, [Class::NEGATOR, Class::LOCAL_NEGATOR]) && is(at + 1, [Class::PRONOUN, Class::OBJECT])
    }

    /// Whether "however" opens an aside that is closed soon: "no oil, however pure, boosts".
    fn concedes(&self, at: usize) -> bool {
        self.is_comma(at)
            && self.opens_aside(at)
            && (at + 2..at + LONGEST_ASIDE).any(|end| self.is_comma(end))
            && !self.is_comma(at + 1)
    }

    /// The word behind the subject of a clause that opens with "for": "for lasting relief of pain, exercise is best".
    pub(crate) fn subject(&self, clause: &Range<usize>) -> Option<usize> {
        let opened = self.tags_at(clause.start).any(|tag| tag.class == Class::AGAINST);
        let comma = clause.clone().find(|&at| opened && self.is_comma(at))?;
        Some(comma + 1)
    }

    /// The tags that start at a word.
    pub(crate) fn tags_at(&self, at: usize) -> impl Iterator<Item = Tag> + '_ {
        let range =
            self.starts.get(at).copied().unwrap_or(0) as usize..self.starts.get(at + 1).copied().unwrap_or(0) as usize;
        self.tags.get(range).unwrap_or(&[]).iter().copied()
    }

    /// Whether a mark or the end of the sentence stands behind a tag.
    pub(crate) fn is_last(&self, tag: Tag) -> bool {
        self.tokens.get(tag.end as usize).is_none_or(|token| !token.before.is_open())
    }

    /// The tags of one class.
    pub(crate) fn of(&self, class: Class) -> impl Iterator<Item = Tag> + '_ {
        let tags = if self.present.may_hold(class) { &self.tags[..] } else { &[] };
        tags.iter().copied().filter(move |tag| tag.class == class)
    }

    pub(crate) fn has(&self, class: Class) -> bool {
        self.of(class).next().is_some()
    }

    /// The tags that start at one of the words `words`.
    pub(crate) fn tags_in(&self, words: Range<usize>) -> &[Tag] {
        let place = |at: usize| self.starts.get(at).map_or(self.tags.len(), |&start| start as usize);
        self.tags.get(place(words.start)..place(words.end)).unwrap_or(&[])
    }

    /// The first tag of a class that starts at one of the words `words`.
    pub(crate) fn first_in(&self, words: Range<usize>, class: Class) -> Option<Tag> {
        let tags = if self.present.may_hold(class) { self.tags_in(words) } else { &[] };
        tags.iter().copied().find(|tag| tag.class == class)
    }

    /// The tag that starts nearest to a word, of those that fit; of two as near the first.
    pub(crate) fn nearest(&self, word: usize, fits: impl Fn(Tag) -> bool) -> Option<Tag> {
        let (before, after) = self.tags.split_at(self.tags_in(0..word).len());
        let after = after.iter().copied().find(|&tag| fits(tag));
        let before = before.iter().rev().copied().skip_while(|&tag| !fits(tag));
        let near = before.clone().next().filter(|near| {
            let distance = |tag: Tag| (tag.start as usize).abs_diff(word);
            after.is_none_or(|after| distance(*near) <= distance(after))
        });
        // Of several at one word the first.
        near.and_then(|near| before.take_while(|tag| tag.start == near.start).filter(|&tag| fits(tag)).last()).or(after)
    }

    /// Words of the clause that holds a word.
    pub(crate) fn clause_of(&self, at: usize) -> Range<usize> {
        let Some(&clause) = self.clauses.get(at) else { return at..at };
        let start = self.clauses.partition_point(|&c| c < clause);
        let end = self.clauses.partition_point(|&c| c <= clause);
        start..end
    }

    /// Whether it is in a language that is not read: few of its words are in the vocabulary, which holds the small words of English.
    pub(crate) fn is_foreign(&self) -> bool {
        let enough = self.tokens.len().div_ceil(3);
        let mut known = self.tokens.iter().filter(|token| token.word != UNKNOWN);
        self.tokens.len() >= FEWEST && known.nth(enough - 1).is_none()
    }

    /// Whether it matters if a source stands beside the sentence: it tells a size or a limit, or speaks of research.
    pub(crate) fn asks_for_source(&self) -> bool {
        [Class::MAGNITUDE_DOWN, Class::LIMIT, Class::RESEARCH].into_iter().any(|class| self.has(class))
    }

    /// Whether the sentence tells what was before: "Before: headaches."
    pub(crate) fn tells_what_was(&self) -> bool {
        self.tags_at(0).any(|tag| tag.class == Class::FORMERLY && self.is_last(tag))
    }

    /// Whether the sentence does nothing but name: "Migraines and insomnia."
    pub(crate) fn is_bare(&self) -> bool {
        let joins = |tag: &Tag| matches!(tag.class, Class::CONJUNCTION | Class::DETERMINER);
        let mut at = 0;
        while at < self.tokens.len() {
            let named = self.tags_at(at).filter(|tag| super::page::is_named(*tag) || joins(tag));
            let Some(end) = named.map(|tag| tag.end).max() else { return false };
            at = end as usize;
        }
        true
    }

    /// The treatments that are named as what acts: "with or without massage" and "rather than massage" do not name it so.
    pub(crate) fn treatments(&self) -> impl Iterator<Item = Tag> + '_ {
        self.of(Class::INTERVENTION).filter(|&tag| !self.of(Class::OTHER_CAUSE).any(|cause| cause.holds(tag)))
    }

    /// Whether treatments are named, and each as what does not act: "What healed my shin was rest, not the massage".
    pub(crate) fn rules_treatments_out(&self) -> bool {
        self.has(Class::INTERVENTION) && self.treatments().next().is_none()
    }

    /// Whether something else explains a change, and massage is not named as what acts.
    pub(crate) fn is_otherwise_caused(&self) -> bool {
        self.has(Class::OTHER_CAUSE) && self.treatments().next().is_none()
    }

    /// Bytes of the words `words`.
    pub(crate) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(words.start).map_or(self.range.start, |token| token.start as usize);
        let end =
            words.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end as usize);
        start..end.max(start)
    }

    /// Whether the words at `at` are somebody else's: they stand in quotation marks, and are not the title inside a heading.
    pub(crate) fn quoted(&self, at: usize, kind: BlockKind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.quoted)
            && (kind != BlockKind::Heading || self.all_quoted())
            && !self.is_spoken()
    }

    /// Whether somebody is quoted who stands by the words: "…," says Ana. Who says something else stands further away.
    fn is_spoken(&self) -> bool {
        let quoted = |at: usize| self.tokens.get(at).is_some_and(|token| token.quoted);
        let beside = |at: usize| (at.saturating_sub(SPEAKER)..=at + SPEAKER).any(quoted);
        let speaks = |tag: Tag| !quoted(tag.start as usize) && beside(tag.start as usize);
        self.spoken || self.of(Class::SPEECH).any(speaks)
    }

    /// Whether the first word of a tag stands in quotation marks, and that of another does not.
    pub(crate) fn quotes_alone(&self, tag: Tag, other: Tag) -> bool {
        let quoted = |tag: Tag| self.tokens.get(tag.start as usize).is_some_and(|token| token.quoted);
        quoted(tag) && !quoted(other) && !self.is_spoken()
    }

    /// Whether the whole sentence stands in quotation marks.
    pub(crate) fn all_quoted(&self) -> bool {
        // A number may stand before: 1. 'It flushes toxins'.
        let quoted = self.tokens.iter().filter(|token| token.quoted).count();
        quoted > 0 && quoted + 2 >= self.tokens.len()
    }
}
