//! Who does it: whether something other than massage acts in an assertion, as far as the words around the relation tell.

use std::ops::Range;

use super::class::Class;
use super::page::is_named;
use super::reading::{Reading, Tag};
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
    let before = clause.start..reading.subject(clause).unwrap_or(first).max(first).max(clause.start);
    named(reading, before)
        || complaint(reading, relation, outcome, clause, wanted)
        || agent(reading, relation)
        || aimless(reading, relation, clause)
        || advised(reading, relation)
}

/// "Your liver clears waste", "exercise improves sleep".
fn named(reading: &Reading, before: Range<usize>) -> bool {
    let has = |class: Class| reading.first_in(before.clone(), class).is_some();
    has(Class::OTHER_SUBJECT) && !has(Class::INTERVENTION)
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
    (subject.start as usize) < clause.start + 3
        && wanted(subject) == Wanted::Less
        && subject.end <= relation.start
        && !before.iter().any(|tag| {
            matches!(tag.class, Class::INTERVENTION | Class::PRONOUN | Class::WITH)
                || (tag.class.is_relation() && !subject.words().contains(&(tag.start as usize)))
        })
}

/// "Posture is affected by short muscles", "muscles controlled by a nerve root": the agent is named, and is not massage.
fn agent(reading: &Reading, relation: Tag) -> bool {
    let at = relation.end as usize;
    // "By-products" begin with "by", too.
    let by = reading.tags_at(at).any(|tag| tag.class == Class::AGENT) && !reading.tags_at(at).any(is_named);
    if !by {
        return false;
    }
    let agent = reading.tags_in(at..at + AGENT);
    let is = |class: Class| agent.iter().any(|tag| tag.class == class);
    !is(Class::INTERVENTION) && agent.iter().any(|tag| is_named(*tag) || tag.class == Class::OTHER_SUBJECT)
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

/// "Keep taking your painkillers", "urgent care for pain": the verb is part of advice.
fn advised(reading: &Reading, relation: Tag) -> bool {
    reading.of(Class::ADVICE).any(|tag| tag.words().contains(&(relation.start as usize)))
}
