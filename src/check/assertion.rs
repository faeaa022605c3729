//! What a sentence says massage does: pairs of a relation ("reduces", "better", "relief from") and an outcome, with how
//! surely, how strongly and with what limits they are put.

use std::ops::Range;

use super::actor;
use super::class::Class;
use super::governed::Governed;
use super::page::is_named;
use super::reading::{Reading, Tag};
use super::relation::{is_result, relation_of};
use super::surroundings::{LeadIn, Surroundings};
use crate::document::Punctuation;
use crate::model::vocabulary::{Strength, Wanted};

/// One thing that a sentence says massage does.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    pub(crate) outcome: Tag,
    pub(crate) relation: Tag,
    /// Words to point at: relation and outcome, or the outcome alone when it shares another's relation.
    pub(crate) words: Range<usize>,
    pub(crate) governed: Governed,
    pub(crate) magnitude_up: Option<Tag>,
    /// "slightly", "a little", or a limit in time stands beside it.
    pub(crate) modest: bool,
}

/// Whether an item of a list is little more than the name of an outcome. What an answer leaves unnamed has no words.
fn is_bare(reading: &Reading, outcome: Tag) -> bool {
    outcome.start < outcome.end && reading.tokens.len() <= (outcome.end - outcome.start) as usize + 3
}

/// Finds the assertions of a sentence. `wanted` tells which direction copy sells for an outcome; `strength` the rung of a hedge.
pub(crate) fn assertions(
    reading: &Reading,
    around: Surroundings,
    wanted: impl Fn(Tag) -> Wanted,
    strength: impl Fn(Tag) -> Option<Strength>,
    found: &mut Vec<Assertion>,
) {
    found.clear();
    if around.lead_in == LeadIn::Silent || reading.question {
        return;
    }
    let outcomes = reading.tags.iter().copied().filter(|tag| is_named(*tag));
    let solved = solved(reading, around);
    for outcome in outcomes.chain(solved.map(|(outcome, _)| outcome)).chain(meant(reading, around)) {
        let at = outcome.start as usize;
        if reading.quoted(at, around.kind) || reading.doubted(at) {
            continue;
        }
        let paired = match solved.filter(|(solved, _)| *solved == outcome) {
            Some((_, solution)) => Some((solution, false)),
            None => relation_of(reading, outcome, wanted(outcome), found),
        };
        // Under "Massage can help with:" the bare name of a complaint is a claim.
        let offered = match around.lead_in {
            LeadIn::Offer(_) | LeadIn::Seen(_) if is_bare(reading, outcome) => Some((outcome, true)),
            _ => None,
        };
        let Some((relation, shared)) = paired.or(offered) else { continue };
        // "'Boosting' your immune system": words held at arm's length.
        if reading.quotes_alone(relation, outcome) {
            continue;
        }
        // "agitation in people with dementia" names who, not what.
        if shared
            && outcome.class == Class::SERIOUS
            && reading.tags.iter().any(|tag| tag.class == Class::WITH && tag.end as usize == at)
        {
            continue;
        }
        let from = (relation.start as usize).min(at);
        let clause = reading.clause_of(from);
        if actor::is_other(reading, relation, outcome, &clause, &wanted) || reading.advised(from, &(from..from)) {
            continue;
        }
        let mut governed = reading.governed(relation.start as usize, &strength);
        if governed.negated || negated_object(reading, relation, outcome) || falls_short(reading, relation, outcome) {
            continue;
        }
        if let LeadIn::Hedged(most) | LeadIn::Offer(most) | LeadIn::Seen(most) = around.lead_in {
            governed.strength = governed.strength.min(most);
        }
        if let (LeadIn::Seen(_), true) = (around.lead_in, relation == outcome && outcome.class == Class::OUTCOME) {
            governed.strength = governed.strength.min(Strength::Possible);
        }
        let near = |class: Class| reading.first_in(clause.clone(), class);
        // "Feeling stressed" is itself the complaint.
        let is_own = |tag: &Tag| outcome.words().contains(&(tag.start as usize));
        let experiences = if reading.has(Class::EXPERIENCE) { reading.tags_in(clause.clone()) } else { &[] };
        // "My hip feels strong, and the pain is gone": another subject, told as a fact.
        let is_told = |tag: &Tag| {
            // "Massage has helped many people with it": they are what the verb acts on.
            relation.end == tag.start || (relation.start >= outcome.end && parted(reading, tag.end as usize, at))
        };
        if experiences.iter().any(|tag| tag.class == Class::EXPERIENCE && !is_own(tag) && !is_told(tag)) {
            governed.strength = governed.strength.min(Strength::Possible);
        }
        // A small size and a limit in time each take a rung off; a cited result, told with its size, is a report.
        let (small, limited) = (near(Class::MAGNITUDE_DOWN).is_some(), near(Class::LIMIT).is_some());
        let cited = around.cited || reading.has(Class::CITATION);
        let modest = small || limited;
        for _ in 0..u8::from(small) + u8::from(limited) + u8::from(modest && cited) {
            governed.strength = match governed.strength {
                Strength::Asserted => Strength::Probable,
                Strength::Probable | Strength::Capable => Strength::Possible,
                other => other,
            };
        }
        // "Back pain usually settles", "her headaches stopped when she changed jobs": the course of nature, or what else explains it.
        let told = relation.start >= outcome.end && relation.class.is_verb();
        if told
            && (reading.is_otherwise_caused()
                || governed.strength == Strength::Probable && !reading.has(Class::INTERVENTION))
        {
            continue;
        }
        let words = if shared { outcome.words() } else { from..(relation.end.max(outcome.end) as usize) };
        found.push(Assertion { outcome, relation, words, governed, magnitude_up: near(Class::MAGNITUDE_UP), modest });
    }
}

/// The outcome that a pronoun stands for, named in the sentence before or earlier in this one: "Massage sends them soaring", "serotonin is
/// made in the gut, so massage raises it". Only of massage itself is it clear that it acts.
fn meant(reading: &Reading, around: Surroundings) -> Option<Tag> {
    if let Some(answer) = answered(reading, around) {
        return Some(answer);
    }
    if let Some(outcome) = unnamed(reading, around.asked)
        && let Some(pronoun) =
            reading.of(Class::OBJECT).find(|tag| acts_on(reading, tag.start) || becomes(reading, *tag))
    {
        return Some(Tag { start: pronoun.start, end: pronoun.end, ..outcome });
    }
    let actor = reading.of(Class::INTERVENTION).last()?;
    let pronoun = reading.of(Class::OBJECT).find(|tag| actor.end <= tag.start && tag.start <= actor.end + 4)?;
    let named = |tag: &Tag| is_named(*tag);
    // "Medication masks pain; massage removes it": a rival is not what massage acts on.
    let meant =
        |tag: &Tag| is_named(*tag) && !reading.tags_at(tag.start as usize).any(|tag| tag.class == Class::MEDICINE);
    // A comma is enough before massage: "cortisol is a hormone, and massage lowers it".
    let comma = (actor.start.saturating_sub(2)..=actor.start).map(|at| at as usize).find(|&at| reading.is_comma(at));
    let from = comma.unwrap_or(reading.clause_of(pronoun.start as usize).start);
    let here = reading.tags_in(from..reading.tokens.len()).iter().any(named);
    // What the words before are about, and not what they say of it: "serotonin is made in the gut".
    let clause = reading.clause_of(from.saturating_sub(1));
    let before = reading.tags_in(clause.start..from).iter().copied().find(meant);
    let earlier = || reading.tags_in(0..clause.start).iter().rev().copied().find(meant);
    let outcome = before.or_else(earlier).or(around.referent).filter(|_| !here)?;
    // "Massage leaves them calmer": people, and not what ails them.
    let less =
        reading.tags_in(actor.end as usize..pronoun.start as usize).iter().any(|tag| tag.class == Class::DECREASE);
    let more = |tag: Tag| matches!(tag.class, Class::MORE | Class::EXPERIENCE);
    if less && reading.tags_at(pronoun.end as usize).any(more) {
        return None;
    }
    // "cups with oil, or leave them": another thing may be meant.
    if reading.tags_at(actor.end as usize).any(|tag| matches!(tag.class, Class::PREPOSITION | Class::CONJUNCTION)) {
        return None;
    }
    Some(Tag { start: pronoun.start, end: pronoun.end, ..outcome })
}

/// Whether a verb of change that is not the first word stands just before a word: "Cold hands? Three visits end them."
fn acts_on(reading: &Reading, at: u32) -> bool {
    let before = reading.tags_in(at.saturating_sub(3) as usize..at as usize);
    before.iter().any(|tag| tag.class.is_verb() && tag.end == at && tag.start > 0)
}

/// Whether what became of it stands behind a pronoun that opens a clause: "Cortisol? One hour and it's gone."
fn becomes(reading: &Reading, pronoun: Tag) -> bool {
    let (start, end) = (pronoun.start as usize, pronoun.end as usize);
    let joined = start.checked_sub(1).is_some_and(|at| reading.tags_at(at).any(|tag| tag.class == Class::CONJUNCTION));
    let opens = joined || reading.is_comma(start) || reading.clause_of(start).start == start;
    // "It's gone up the list" tells of something else, and "they are best treated by a physiotherapist" of no result.
    let ends = |tag: &Tag| {
        let behind =
            |tag: Tag| matches!(tag.class, Class::ADJUNCT | Class::AGENT | Class::BOOSTER | Class::MAGNITUDE_UP);
        reading.is_last(*tag) || start > 0 && reading.tags_at(tag.end as usize).any(behind)
    };
    opens && reading.tags_in(end..end + 3).iter().any(|tag| is_result(reading, *tag) && ends(tag))
}

/// What the words before name, where this sentence tells with a verb what became of it: "Cortisol? Evicted.", "Headaches and stiff necks.
/// All eased in an hour."
fn answered(reading: &Reading, around: Surroundings) -> Option<Tag> {
    let all = reading.tags_at(0).find(|tag| tag.class == Class::ALL);
    let outcome = unnamed(reading, around.asked.or(around.referent.filter(|_| all.is_some())))?;
    let verb = reading.tags_at(all.map_or(0, |all| all.end as usize)).find(|tag| is_result(reading, *tag))?;
    // "All eased in an hour", "Fixed with one massage".
    let behind = |class: Class| reading.tags_at(verb.end as usize).any(|tag| tag.class == class);
    let timed = || all.is_some() && behind(Class::WITH);
    (reading.is_last(verb) || timed() || is_done_by_massage(reading, verb)).then_some(Tag {
        start: verb.start,
        end: verb.start,
        ..outcome
    })
}

/// Whether massage is named behind a word as what does it: "Sorted with one massage", "Deflated by our lymphatic massage".
fn is_done_by_massage(reading: &Reading, done: Tag) -> bool {
    let leads = |tag: Tag| matches!(tag.class, Class::WITH | Class::AGENT);
    reading.tags_at(done.end as usize).any(leads) && reading.has(Class::INTERVENTION)
}

/// What the words before name, where this sentence names nothing itself.
fn unnamed(reading: &Reading, before: Option<Tag>) -> Option<Tag> {
    before.filter(|_| !reading.tags.iter().any(|tag| is_named(*tag)))
}

/// "Before: headaches. After: none.": the complaint, and what is left of it.
fn left(reading: &Reading, around: Surroundings) -> Option<(Tag, Tag)> {
    let opening = reading.tags_at(0).find(|tag| tag.class == Class::AFTERWARDS)?;
    let at = opening.end as usize;
    reading.tokens.get(at).filter(|token| token.before.has(Punctuation::BREAK.or(Punctuation::COMMA)))?;
    let change = reading.tags_at(at).find(|tag| tag.class == Class::LOCAL_NEGATOR || is_result(reading, *tag))?;
    let outcome = around.asked?;
    // "After: no headaches" names them again.
    let again = reading.tags_at(change.end as usize).any(|tag| tag.term == outcome.term);
    let other = |tag: &Tag| is_named(*tag) && !(again && tag.start == change.end);
    (!reading.tags.iter().any(other)).then_some((Tag { start: change.start, end: change.start, ..outcome }, change))
}

/// An outcome and the words that offer help with it: "Tired of back pain? We can help.", "For migraines, massage works."
fn solved(reading: &Reading, around: Surroundings) -> Option<(Tag, Tag)> {
    // "We can help you find the room" is about something else.
    let ends = |tag: &Tag| reading.is_last(*tag) || tag.start == 0 && is_done_by_massage(reading, *tag);
    let Some(solution) = reading.of(Class::SOLUTION).find(ends) else {
        return left(reading, around);
    };
    let outcome = unnamed(reading, around.asked).or_else(|| set_before(reading, solution))?;
    Some((Tag { start: solution.start, end: solution.end, ..outcome }, solution))
}

/// The outcome that opens a sentence, with a mark behind it, when massage is then offered for it.
fn set_before(reading: &Reading, solution: Tag) -> Option<Tag> {
    let opened = reading.tags_at(0).find(|tag| tag.class == Class::AGAINST).map_or(0, |tag| tag.end as usize);
    let outcome = reading.tags_in(opened..opened + 2).iter().copied().find(|tag| is_named(*tag))?;
    let mark = reading.tokens.get(outcome.end as usize)?.before;
    let parts = if opened > 0 { mark.has(Punctuation::COMMA) } else { mark.has(Punctuation::COLON) };
    let actor = reading.tags_in(outcome.end as usize..solution.start as usize);
    (parts && actor.iter().any(|tag| tag.class == Class::INTERVENTION)).then_some(outcome)
}

/// Whether a comma or "and" stands between two words, with an article at the second that makes it a new subject.
fn parted(reading: &Reading, from: usize, to: usize) -> bool {
    let Some(article) = reading.tags_in(from..to).iter().rev().find(|tag| tag.class == Class::DETERMINER) else {
        return false;
    };
    let at = article.start as usize;
    article.end as usize == to
        && (reading.tokens[at].before.has(Punctuation::COMMA)
            || reading
                .tags_in(from..at)
                .iter()
                .any(|tag| tag.class == Class::CONJUNCTION && tag.end as usize + 2 >= at))
}

/// "The hoped-for drop in cortisol did not come": an effect is named, and then what became of it.
fn falls_short(reading: &Reading, relation: Tag, outcome: Tag) -> bool {
    matches!(relation.class, Class::RISE | Class::RELIEF | Class::FRAME)
        && relation.end <= outcome.start
        && reading.of(Class::FALLS_SHORT).any(|tag| tag.start >= outcome.end)
}

/// "reduces no pain", "without pain relief": a denial between the relation and the outcome.
fn negated_object(reading: &Reading, relation: Tag, outcome: Tag) -> bool {
    let (from, to) =
        if relation.end <= outcome.start { (relation.end, outcome.start) } else { (outcome.end, relation.start) };
    let between = reading.tags_in(from as usize..to.max(from) as usize);
    between.iter().any(|tag| matches!(tag.class, Class::NEGATOR | Class::LOCAL_NEGATOR) && tag.end <= to)
}
