//! Who does it: whether something other than massage acts in an assertion, as far as the words around the relation tell.

use std::ops::Range;

use super::class::Class;
use super::page::is_named;
use super::reading::{Reading, Tag};
use crate::document::Punctuation;
use crate::model::vocabulary::Wanted;

/// Words within which the agent of a passive is named.
const AGENT: usize = 6;
/// Words between massage and a verb that says only that something changes.
const NEAR: usize = 4;

/// Whether what acts is not massage: "your liver clears waste", "stress affects sleep", "posture is affected by weak muscles".
pub(super) fn is_other(
    reading: &Reading,
    relation: Tag,
    outcome: Tag,
    clause: &Range<usize>,
    wanted: impl Fn(Tag) -> Wanted,
) -> bool {
    let first = relation.start.min(outcome.start) as usize;
    let verb = reading.subject(clause).unwrap_or(first).max(first).max(clause.start);
    named(reading, reading.subject_start(clause)..verb)
        || care(reading, relation, outcome)
        || complaint(reading, relation, outcome, clause, wanted)
        || (relation.end <= outcome.start && nature(reading, relation.start as usize))
        || agent(reading, relation)
        || (relation.end <= outcome.start && is_other_cause(reading, outcome.end as usize))
        || aimless(reading, relation, clause)
        || is_aside(reading, relation)
}

/// "Your liver clears waste", "exercise improves sleep", "statins lower cholesterol".
fn named(reading: &Reading, before: Range<usize>) -> bool {
    reading.first_in(before.clone(), Class::OTHER_SUBJECT).or_else(|| medicine(reading, before.clone())).is_some()
        && !reading.treatments().any(|tag| before.contains(&(tag.start as usize)))
}

/// The medicine that opens a clause: "statins lower cholesterol". One further in may be a rival ("better than painkillers"), and none acts in
/// "drug-free relief".
pub(super) fn medicine(reading: &Reading, before: Range<usize>) -> Option<Tag> {
    let joined =
        |tag: &Tag| reading.tokens.get(tag.end as usize).is_some_and(|token| token.before.has(Punctuation::HYPHEN));
    reading.first_in(before.start..before.end.min(before.start + 2), Class::MEDICINE).filter(|tag| !joined(tag))
}

/// "The vaccine prevents flu", "physio eases back pain": medical care stands right before the verb. To need less of it is an outcome, too:
/// "the tablets eased back pain".
fn care(reading: &Reading, relation: Tag, outcome: Tag) -> bool {
    if outcome.end <= relation.start {
        let is_care = |tag: Tag| matches!(tag.class, Class::CARE | Class::MEDICINE);
        return reading.tags_at(outcome.start as usize).any(is_care)
            && reading.tags_at(relation.end as usize).any(is_named);
    }
    // "Lower" is a verb and says how much.
    let is_verb = |tag: Tag| tag.class.is_verb() && tag.end == relation.end;
    reading.tags_at(relation.start as usize).any(is_verb) && stands_before(reading, relation.start as usize)
}

/// Whether medical care stands right before the verb at a word, or before "that", and massage is not in the sentence: "the operation that
/// frees the nerve".
pub(super) fn stands_before(reading: &Reading, verb: usize) -> bool {
    let before = reading.tags_in(verb.saturating_sub(3)..verb);
    // "Shin splints" are no splints.
    let named = |tag: &Tag| before.iter().any(|other| is_named(*other) && other.holds(*tag));
    // "The facelift that tightens" names what is sold.
    let sold = |tag: &Tag| reading.tags_at(tag.start as usize).any(|other| is_named(other) && other.end == tag.end);
    let that = |tag: &Tag| reading.tags_at(tag.end as usize).any(|next| next.class == Class::RELATIVE) && !sold(tag);
    let acts = |tag: &Tag| {
        let reaches = tag.end as usize == verb || (tag.end as usize + 1 == verb && that(tag));
        matches!(tag.class, Class::CARE | Class::MEDICINE) && reaches && !named(tag)
    };
    // "Drug-free sleep", "balances hormones, renews energy".
    let is_open = |before: Punctuation| before.is_open() && !before.has(Punctuation::HYPHEN);
    reading.tokens.get(verb).is_some_and(|token| is_open(token.before))
        && before.iter().any(acts)
        && !reading.has(Class::INTERVENTION)
}

/// "Chronic stress affects your sleep", "disc degeneration contributes to stenosis": the complaint is what acts. Where something is
/// done to it first ("less stress improves sleep"), massage may be meant.
fn complaint(
    reading: &Reading,
    relation: Tag,
    outcome: Tag,
    clause: &Range<usize>,
    wanted: impl Fn(Tag) -> Wanted,
) -> bool {
    if !relation.class.is_verb() || relation.end > outcome.start {
        return false;
    }
    let before = reading.tags_in(clause.start..relation.start as usize);
    let Some(subject) = before.iter().copied().find(|tag| is_named(*tag)) else { return false };
    // "Arthritis patients regain mobility": people act, or something is done for them.
    let describes = reading.tags_at(subject.end as usize).any(|tag| tag.class == Class::PEOPLE);
    (subject.start as usize) < clause.start + 3
        && !describes
        && wanted(subject) == Wanted::Less
        && subject.end <= relation.start
        && !before.iter().any(|tag| {
            matches!(tag.class, Class::INTERVENTION | Class::PRONOUN | Class::WITH)
                || (tag.class.is_relation() && !subject.words().contains(&(tag.start as usize)))
        })
}

/// "The immune system protects the body", "sleep improves memory": the body is what acts, and massage is not in the sentence. Where something
/// is done to it first ("better sleep improves memory"), massage may be meant.
pub(super) fn nature(reading: &Reading, verb: usize) -> bool {
    if reading.has(Class::INTERVENTION) {
        return false;
    }
    let first = reading.tags_at(0).find(|tag| tag.class == Class::DETERMINER).map_or(0, |tag| tag.end as usize);
    let changed = |tag: &Tag| matches!(tag.class, Class::MORE | Class::LESS);
    let acts =
        reading.tags_at(verb).any(|tag| tag.class.is_verb() && !reading.participle(tag) && !reading.is_last(tag));
    acts && reading.tags_at(first).any(|tag| is_named(tag) && tag.end as usize == verb)
        && !reading.tags_in(0..verb).iter().any(changed)
        // What it acts on has a name, too: "stress relief" is offered, "pain eases" is told.
        && reading.tags_in(verb + 1..reading.tokens.len()).iter().any(|tag| is_named(*tag))
}

/// "Posture is affected by short muscles", "insomnia is treated with talking therapy": the agent is named, and is not massage.
fn agent(reading: &Reading, relation: Tag) -> bool {
    let at = relation.end as usize;
    // "By-products" begin with "by", too.
    let opens = |class: Class| reading.tags_at(at).any(|tag| tag.class == class);
    let (by, with) = (opens(Class::AGENT), opens(Class::WITH) && reading.participle(relation));
    if !by && !with || reading.tags_at(at).any(is_named) {
        return false;
    }
    let agent = reading.tags_in(at..at + AGENT);
    let is = |class: Class| agent.iter().any(|tag| tag.class == class);
    let acts =
        |tag: &Tag| tag.class == Class::OTHER_SUBJECT || if by { is_named(*tag) } else { tag.class == Class::MEDICINE };
    !is(Class::INTERVENTION) && agent.iter().any(acts)
}

/// "Boost your immune system with vaccines", "lower blood pressure by eating less": what is named behind the words is not massage.
pub(super) fn is_other_cause(reading: &Reading, at: usize) -> bool {
    reading.tags_at(at).any(|tag| tag.class == Class::OTHER_CAUSE) && reading.is_otherwise_caused()
}

/// "Imaging changes", "hip function affects the fascia": a verb that does not say for better or worse claims something only when
/// massage is what does it.
fn aimless(reading: &Reading, relation: Tag, clause: &Range<usize>) -> bool {
    let at = relation.start as usize;
    if !reading.tags_at(at).any(|tag| tag.class == Class::AIMLESS) {
        return false;
    }
    let acts = |tag: &Tag| matches!(tag.class, Class::INTERVENTION | Class::PRONOUN);
    let near = reading.tags_in(clause.start..at).iter().any(|tag| acts(tag) && tag.end as usize + NEAR > at);
    let passive = reading.tags_in(relation.end as usize..relation.end as usize + AGENT);
    let by = passive.iter().any(|tag| tag.class == Class::AGENT) && passive.iter().any(acts);
    !near && !by
}

/// "Keep taking your painkillers", "when I changed my tablets": the verb is part of advice, or of what else explains a change.
fn is_aside(reading: &Reading, relation: Tag) -> bool {
    let holds = |class: Class| reading.of(class).any(|tag| tag.words().contains(&(relation.start as usize)));
    holds(Class::ADVICE) || holds(Class::OTHER_CAUSE)
}
