//! What the words around a place make of it: how surely it is said, whether it is denied, doubted, or part of advice.

use std::ops::Range;

use super::class::Class;
use super::page::is_named;
use super::reading::{Reading, Tag};
use crate::document::Punctuation;
use crate::model::vocabulary::Strength;

/// Words from the conjunction before the last item of a list to the verb: "gun or yoga mat lowers".
const LAST_ITEM: usize = 3;

/// Words from the "and" of a new subject to its verb: "and after three visits her insomnia was gone".
const NEW_SUBJECT: usize = 16;

/// Words of what is said not to have acted, before the comma behind it: "not the antibiotics, that cleared".
const LONGEST_CONTRAST: usize = 6;

/// How the words before a place govern it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Governed {
    pub(crate) negated: bool,
    pub(crate) strength: Strength,
    /// The capability word that set the strength, if one did.
    pub(crate) capability: Option<Tag>,
    pub(crate) booster: Option<Tag>,
}

impl Reading {
    /// Whether advice to see a doctor, to tell the therapist or to stay away covers the words at `at`: it stands in their clause, or
    /// before them with no mark between that ends a clause ("tell us when booking if you have had cancer"). A condition that opens
    /// advice ("if you have a fever") reaches to its own comma: "if you have a headache, skip the tablets".
    pub(crate) fn advised(&self, at: usize, inside: &Range<usize>) -> bool {
        let clause = self.clause_of(at);
        self.of(Class::ADVICE)
            .filter(|tag| !inside.contains(&(tag.start as usize)) && !tag.words().contains(&inside.start))
            .any(|tag| {
                let from = tag.start as usize;
                clause.contains(&from)
                    || (from < at
                        && !self.tags_at(from).any(|tag| tag.class == Class::CONDITIONAL)
                        && (from + 1..=at).all(|i| {
                            !self.tokens[i].before.has(Punctuation::BREAK)
                                && !self.tags_at(i).any(|tag| tag.class == Class::CONTRAST)
                        }))
            })
    }

    /// Whether a verb at `at` stands behind the last item of a list: "No chair, gun or mat lowers".
    fn follows_list(&self, at: usize) -> bool {
        let joins = |tag: &Tag| tag.class == Class::CONJUNCTION;
        self.tags_at(at).any(|tag| tag.class.is_verb())
            && self.tags_in(at.saturating_sub(LAST_ITEM)..at).iter().any(joins)
            && self.tokens[at].before.is_open()
    }

    /// Whether each comma from a denial to the words at `at` is followed by one more verb of its subject: "No oil repairs skin, balances
    /// hormones or kills germs".
    fn lists_verbs(&self, denial: Tag, at: usize) -> bool {
        let verb = |at: usize| self.tags_at(at).any(|tag| tag.class.is_verb());
        let joined = |at: usize| self.tags_at(at).find(|tag| tag.class == Class::CONJUNCTION);
        let mut commas = (denial.end as usize..=at).filter(|&i| self.is_comma(i));
        commas.all(|i| verb(joined(i).map_or(i, |and| and.end as usize)))
    }

    /// Whether nothing but an aside parts the verb at `at` from its denied subject: "No oil, however pure, boosts".
    fn follows_aside(&self, denial: Tag, at: usize) -> bool {
        let mut commas = (denial.end as usize..=at).filter(|&i| self.is_comma(i));
        let (Some(first), Some(last), None) = (commas.next(), commas.next(), commas.next()) else { return false };
        // "Can" may stand between: "however pure, can boost".
        last + 2 > at && self.is_aside(first..last)
    }

    /// Whether the words between two commas only add to what stands before them: "however pure", "deep or light".
    fn is_aside(&self, words: Range<usize>) -> bool {
        let joins = |tag: Tag| tag.class == Class::CONJUNCTION;
        self.opens_aside(words.start) || (words.len() == 3 && self.tags_at(words.start + 1).any(joins))
    }

    /// Whether a word opens an aside: "in particular", "however pure".
    pub(super) fn opens_aside(&self, at: usize) -> bool {
        self.tags_at(at).any(|tag| tag.class == Class::CONCESSION)
    }

    /// Whether a comma and a conjunction lead to a new subject: "he hadn't slept, and after three visits …".
    fn begins_anew(&self, at: usize) -> bool {
        const SUBJECT: [Class; 3] = [Class::ADJUNCT, Class::PRONOUN, Class::INTERVENTION];
        let begins = |at: usize| self.tags_at(at).any(|tag| SUBJECT.contains(&tag.class));
        self.is_comma(at) && self.tags_at(at).any(|tag| tag.class == Class::CONJUNCTION && begins(tag.end as usize))
    }

    /// Where the words begin among which the subject of a clause stands: in "the vaccine, which protects against flu" before the clause.
    pub(super) fn subject_start(&self, clause: &Range<usize>) -> usize {
        let refers = self.tags_at(clause.start).any(|tag| tag.class == Class::RELATIVE);
        let before = clause.start.checked_sub(1).filter(|_| refers);
        before.map_or(clause.start, |before| self.clause_of(before).start)
    }

    /// Whether a comma stands before a word.
    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.before.has(Punctuation::COMMA))
    }

    /// Whether the sentence says that it is meant, whatever stands above: "Fact: massage boosts immunity."
    pub(crate) fn states_a_fact(&self) -> bool {
        let colon =
            |tag: Tag| self.tokens.get(tag.end as usize).is_some_and(|token| token.before.has(Punctuation::COLON));
        self.tags_at(0).any(|tag| tag.class == Class::FACT && colon(tag))
    }

    /// What the words before `at`, in its clause, make of it.
    pub(crate) fn governed(&self, at: usize, strength_of: impl Fn(Tag) -> Option<Strength>) -> Governed {
        let clause = self.clause_of(at);
        let mut governed =
            Governed { negated: self.denied(at), strength: Strength::Asserted, capability: None, booster: None };
        const GOVERN: [Class; 5] = [Class::ASIDE, Class::HEDGE, Class::CAPABILITY, Class::ASSIST, Class::BOOSTER];
        let governing = GOVERN.iter().any(|&class| self.present.may_hold(class));
        for &tag in if governing { self.tags_in(clause) } else { &[] } {
            let before = tag.end as usize <= at;
            match tag.class {
                // Adverbs of doubt stand on either side of the verb.
                Class::ASIDE => {
                    governed.strength = governed.strength.min(Strength::Possible);
                }
                Class::HEDGE if before || tag.start as usize <= at + 6 => {
                    let strength = strength_of(tag).unwrap_or(Strength::Possible);
                    // A modal stands before its verb; "probably" may follow it.
                    if (before || strength != Strength::Possible) && strength < governed.strength {
                        governed.strength = strength;
                    }
                }
                Class::CAPABILITY | Class::ASSIST if before || tag.start as usize == at => {
                    if governed.strength > Strength::Capable && at - (tag.start as usize).min(at) <= 12 {
                        governed.strength = Strength::Capable;
                    }
                    if tag.class == Class::CAPABILITY {
                        governed.capability = Some(tag);
                    }
                }
                Class::BOOSTER => governed.booster = Some(tag),
                _ => {}
            }
        }
        if governed.booster.is_some() && governed.strength >= Strength::Capable && !governed.negated {
            governed.strength = Strength::Guaranteed;
        }
        governed
    }

    /// Whether a denial before the words at `at`, in their clause, reaches them, or they are only supposed.
    pub(crate) fn denied(&self, at: usize) -> bool {
        const DENY: [Class; 3] = [Class::NEGATOR, Class::LOCAL_NEGATOR, Class::SUPPOSED];
        if !DENY.iter().any(|&class| self.present.may_hold(class)) {
            return false;
        }
        let clause = self.clause_of(at);
        // Looked for once and only so far back, however long the clause is.
        let near = clause.start.max(at.saturating_sub(NEW_SUBJECT))..=at;
        let anew = near.rev().find(|&at| self.begins_anew(at)).unwrap_or(clause.start);
        self.tags_in(clause.start..at.max(clause.start)).iter().any(|tag| {
            // Words may begin inside their denial: "as opposed to a cure".
            let inside = (tag.start as usize) < at;
            match tag.class {
                Class::NEGATOR => inside && tag.start as usize >= anew && !self.contrasts(*tag, at),
                // "If a massage could cure": what is supposed begins with its subject.
                Class::SUPPOSED => (tag.start as usize) < at,
                Class::LOCAL_NEGATOR => {
                    let parted = (tag.end as usize..=at).any(|i| self.is_comma(i));
                    let start = tag.start as usize;
                    let joined =
                        || start > 0 && self.tags_at(start - 1).any(|before| before.class == Class::CONJUNCTION);
                    let opens = start == clause.start || joined();
                    let goes_on =
                        || self.follows_list(at) || self.follows_aside(*tag, at) || self.lists_verbs(*tag, at);
                    inside && (!parted || opens && goes_on())
                }
                _ => false,
            }
        })
    }

    /// Whether a denial between commas says what did not act, so that what follows is said of what did: "it was the massage, not the
    /// tablets, that healed her".
    fn contrasts(&self, denial: Tag, at: usize) -> bool {
        const THINGS: [Class; 4] = [Class::DETERMINER, Class::MEDICINE, Class::OTHER_SUBJECT, Class::INTERVENTION];
        let end = denial.end as usize;
        let names = || self.tags_at(end).any(|tag| THINGS.contains(&tag.class));
        let goes_on = |at| self.tags_at(at).any(|tag| tag.class == Class::RELATIVE || tag.class.is_verb());
        let closed = || (end + 1..=at.min(end + LONGEST_CONTRAST)).find(|&at| self.is_comma(at));
        self.is_comma(denial.start as usize) && names() && closed().is_some_and(goes_on)
    }

    /// Whether a denial before the words at `at` reaches them with no mark between: people tell what happened in long sentences ("who
    /// could barely walk, was healed").
    pub(crate) fn denied_beside(&self, at: usize) -> bool {
        let denies =
            |tag: &Tag| matches!(tag.class, Class::NEGATOR | Class::LOCAL_NEGATOR) && (tag.start as usize) < at;
        let mut before = self.tags_in(self.clause_of(at).start..at).iter().copied().filter(denies);
        before.any(|tag| (tag.end as usize..=at).all(|i| self.tokens[i].before.is_open()))
    }

    /// Whether a denial reaches what stands in a list below: "What massage cannot do", "Not for". Where it denies something of the
    /// reader or of others, it ends with the sentence: "Why you'll never need painkillers", "Your body doesn't lie"; and so does one that
    /// tells the reader what not to do: "Never lose another hair".
    pub(crate) fn denies_below(&self) -> bool {
        let others = [Class::READER, Class::OTHER_SUBJECT, Class::MEDICINE];
        let is_other = |tag: Tag| others.contains(&tag.class) || is_named(tag);
        let acts = [Class::INTERVENTION, Class::PRONOUN, Class::CONDITIONAL];
        let is_open = || {
            let opens = [Class::WITH, Class::AGAINST, Class::CONDITIONAL, Class::READER];
            let last = self.tokens.len();
            last <= 2 || self.tags.iter().any(|tag| tag.end as usize == last && opens.contains(&tag.class))
        };
        self.of(Class::NEGATOR).any(|denial| {
            let at = denial.start as usize;
            let before = self.tags_in(self.clause_of(at).start..at).iter();
            let subject = before.copied().rfind(|&tag| is_other(tag) || acts.contains(&tag.class));
            match subject.filter(|subject| !(subject.end as usize..=at).any(|i| self.is_comma(i))) {
                Some(subject) => !self.tags_at(subject.start as usize).any(is_other),
                // Where it opens the sentence it tells the reader what not to do.
                None => (at > self.clause_of(at).start && !self.is_comma(at)) || is_open(),
            }
        })
    }

    /// Whether doubt, a null result or the frame of a myth covers the words at `at`: it stands in the same clause, or later in
    /// the sentence. ("Studies are small, but massage cures pain" still claims.)
    pub(crate) fn doubted(&self, at: usize) -> bool {
        if !self.present.may_hold(Class::UNCERTAINTY) && !self.present.may_hold(Class::REPORT) {
            return false;
        }
        let clause = self.clauses.get(at).copied().unwrap_or(0);
        self.tags.iter().any(|tag| match tag.class {
            Class::UNCERTAINTY | Class::REPORT => {
                self.clauses.get(tag.start as usize).is_some_and(|&c| c >= clause)
                    || self.flows_into(tag.start as usize, at)
            }
            _ => false,
        })
    }

    /// Whether no "but", semicolon or the like stands between two words, so that what is said of the first holds for the second.
    fn flows_into(&self, from: usize, to: usize) -> bool {
        from < to
            && (from + 1..=to).all(|at| {
                // What follows a colon explains what stands before it.
                (!self.tokens[at].before.has(Punctuation::BREAK) || self.tokens[at].before.has(Punctuation::COLON))
                    && !self.tags_at(at).any(|tag| tag.class == Class::TERMINATOR)
            })
    }
}
