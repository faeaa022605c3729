//! Which relation of a clause acts on an outcome: the verb, adjective, noun or frame that says massage changes it.

use super::assertion::Assertion;
use super::class::Class;
use super::page::is_named;
use super::reading::{Reading, Tag};
use crate::document::Punctuation;
use crate::model::vocabulary::Wanted;

/// Most words between a verb and what it acts on.
const REACH: usize = 7;
/// Words within which massage is named behind a preposition: "no match for our slow, deep massage".
const ACTOR: usize = 5;
/// No relation has more words.
const LONGEST_RELATION: usize = 32;

/// The relation that acts on an outcome, and whether it is shared with an outcome before ("reduces stress and pain").
pub(super) fn relation_of(reading: &Reading, outcome: Tag, wanted: Wanted, found: &[Assertion]) -> Option<(Tag, bool)> {
    let at = outcome.start as usize;
    let end = outcome.end as usize;
    let clause = reading.clause_of(at);
    // Nothing further away reaches the outcome, however long the clause is.
    let around = clause.start.max(at.saturating_sub(REACH + LONGEST_RELATION))..clause.end.min(end + REACH);
    // "Menopause can bring hot flushes": what another outcome is called does nothing.
    let named = |tag: &Tag| {
        let holds = |other: &Tag| is_named(*other) && other.term != outcome.term && other.holds(*tag);
        tag.class.is_verb() && reading.tags_in(tag.start.saturating_sub(3) as usize..tag.end as usize).iter().any(holds)
    };
    let relations =
        || reading.tags_in(around.clone()).iter().copied().filter(|tag| tag.class.is_relation() && !named(tag));

    // The nearest relation before; several classes may share its words ("release" tension, "release" endorphins).
    let before = relations()
        .filter(|tag| {
            tag.end as usize <= at && !matches!(tag.class, Class::UP | Class::DOWN) && !is_noun(reading, *tag)
        })
        .map(|tag| tag.end)
        .max();
    if let Some(nearest) = before {
        let gap = at - nearest as usize;
        let reach = |class: Class| match class {
            Class::MORE | Class::LESS => 3,
            Class::RISE | Class::RELIEF | Class::FRAME => 5,
            _ => REACH,
        };
        let tag = relations().find(|tag| {
            tag.end == nearest
                && fits(tag.class, wanted)
                && gap <= reach(tag.class)
                && !is_noun(reading, *tag)
                && !is_listed_noun(reading, *tag)
                && !is_closed(reading, *tag, at)
        });
        if let Some(tag) = tag
            && !stops_between(reading, nearest as usize, at)
        {
            // Only outcomes of its own clause can share it.
            let mut others = found.iter().rev().take_while(|other| other.outcome.start as usize >= clause.start);
            let shared = others.any(|other| other.relation == tag && other.outcome.end as usize <= at);
            return Some((tag, shared));
        }
    }
    // "reduces stress, anxiety and pain": the relation of the outcome just before reaches on.
    if let Some(last) =
        found.last().filter(|last| clause.contains(&(last.outcome.start as usize)) && last.outcome.end as usize <= at)
    {
        let from = last.outcome.end as usize;
        let open = before.is_none_or(|nearest| (nearest as usize) <= from) && at - from <= 5;
        let joined = (from..=at).any(|i| reading.tokens[i].before.has(Punctuation::COMMA)) || at - from <= 3;
        if open && joined && fits(last.relation.class, wanted) && last.relation.end <= last.outcome.start {
            return Some((last.relation, true));
        }
    }
    if let Some(object) = acting_on(reading, end, wanted) {
        return Some((object, false));
    }
    // "circulation is improved", "endorphins soar", "pain relief".
    let after = relations().filter(|tag| tag.start as usize >= end && fits(tag.class, wanted)).find(|tag| {
        // "came on after a fall": a noun.
        if is_noun(reading, *tag) {
            return false;
        }
        let gap = tag.start as usize - end;
        // "Depression, in particular, eases".
        let parts = |at: usize| reading.is_comma(at);
        let aside = parts(end) && parts(tag.start as usize) && reading.opens_aside(end);
        let open = (end..=tag.start as usize).all(|i| {
            (aside || !reading.tokens[i].before.has(Punctuation::COMMA))
                && !reading.tags_at(i).any(|tag| {
                    matches!(tag.class, Class::RELATIVE | Class::INTERVENTION | Class::PRONOUN | Class::RESEARCH)
                })
        });
        // "cancer and enjoy the calm": the verb has another object.
        let joined = reading.tags_at(end).any(|tag| tag.class == Class::CONJUNCTION)
            && !reading.tags_in(end..tag.start as usize).iter().any(|other| other.class == Class::OUTCOME);
        let direct = (end..=tag.start as usize).all(|i| reading.tokens[i].before.is_open());
        match tag.class {
            Class::RISE | Class::RELIEF => {
                // "Headache and eye strain relief" is relief of both.
                let both = || {
                    let last = reading
                        .tags_in(end..tag.start as usize)
                        .iter()
                        .any(|other| is_named(*other) && other.end == tag.start);
                    last && gap <= 4 && reading.tags_at(end).any(|tag| tag.class == Class::CONJUNCTION)
                };
                direct && (gap <= 1 || both())
            }
            // "sleep better", "recovery faster".
            Class::MORE | Class::LESS => gap == 0 && direct && !has_object(reading, *tag),
            // "Cortisol down.", not "lungs on the way".
            Class::UP | Class::DOWN => {
                let next = tag.end as usize;
                let last = next >= clause.end || reading.is_last(*tag);
                // "a roll-on" is no rise.
                let part = reading.tokens[tag.start as usize].before.has(Punctuation::HYPHEN);
                // "On the form" is no rise, either.
                let led = tag.class == Class::UP && reading.tags_at(next).any(|tag| tag.class == Class::DETERMINER);
                // "Arthritis wears down cartilage": the verb has another object.
                let verb = |other: &Tag| other.class.is_verb() && other.holds(*tag);
                let own = !reading.tags_in(end..tag.start as usize).iter().any(verb);
                gap <= 1 && direct && !part && own && (last || (!led && reading.tags_at(next).next().is_some()))
            }
            class if class.is_verb() => gap <= 4 && open && !joined && !has_object(reading, *tag),
            _ => false,
        }
    });
    // An outcome between would take the verb: "pain and stress ease" shares, "pain slows healing" does not.
    let relation = after
        .or_else(|| told_of(reading, outcome, wanted))
        .or_else(|| own_change(reading, outcome, wanted))
        .or_else(|| offered_for(reading, outcome));
    let announced =
        || announced(reading, clause.start, wanted).filter(|_| before.is_none()).map(|relation| (relation, true));
    relation.map(|relation| (relation, false)).or_else(announced)
}

/// What offers or tells of the list behind its colon: "Good for: back pain, poor posture".
fn announced(reading: &Reading, clause: usize, wanted: Wanted) -> Option<Tag> {
    if !reading.tokens.get(clause)?.before.has(Punctuation::COLON) {
        return None;
    }
    // "Gone: back pain."
    let told = |tag: &Tag| tag.start == 0 && is_result(reading, *tag) && fits(tag.class, wanted);
    let offers = |tag: &&Tag| {
        let offer = matches!(tag.class, Class::FRAME | Class::RELIEF | Class::LIST_OF_BENEFITS);
        tag.end as usize == clause && (offer || told(tag))
    };
    reading.tags_in(0..clause).iter().find(offers).copied()
}

/// The verb that has the outcome before `end` as its object: "the lactic acid we shift", "arthritis, all of which massage can reverse".
fn acting_on(reading: &Reading, end: usize, wanted: Wanted) -> Option<Tag> {
    let longest = |at: usize, classes: &[Class]| {
        reading.tags_at(at).filter(|tag| classes.contains(&tag.class)).map(|tag| tag.end as usize).max()
    };
    let is = |at: usize, class: Class| reading.tags_at(at).any(|tag| tag.class == class);
    let relative = (end..end + 3).find(|&at| is(at, Class::RELATIVE));
    let actor = relative.map_or(end, |at| at + 1);
    let after = longest(actor, &[Class::PRONOUN, Class::INTERVENTION]).filter(|_| !is(actor, Class::DETERMINER))?;
    let verb = longest(after, &[Class::CAPABILITY, Class::ASSIST, Class::HEDGE]).unwrap_or(after);
    let verb = reading.tags_at(verb).find(|tag| tag.class.is_verb() && fits(tag.class, wanted))?;
    let open = |from: usize| (from..=verb.start as usize).all(|at| reading.tokens[at].before.is_open());
    let whole = open(relative.map_or(end, |at| at + 1)) && !reading.participle(verb);
    whole.then_some(verb).filter(|verb| !has_object(reading, *verb))
}

/// Whether a word tells by itself what became of something: "down", "evicted".
pub(super) fn is_result(reading: &Reading, tag: Tag) -> bool {
    matches!(tag.class, Class::UP | Class::DOWN) || (tag.class.is_verb() && reading.participle(tag))
}

/// What a mark parts from the outcome that it is told of, with nothing behind: "Gout: conquered", "sciatica – dealt with", "dopamine,
/// serotonin: all up".
fn told_of(reading: &Reading, outcome: Tag, wanted: Wanted) -> Option<Tag> {
    let end = outcome.end as usize;
    let mark = reading.tokens.get(end)?.before;
    if !mark.has(Punctuation::COLON.or(Punctuation::COMMA).or(Punctuation::DASH)) {
        return None;
    }
    let told = |at: usize| {
        reading.tags_at(at).find(|tag| is_result(reading, *tag) && reading.is_last(*tag) && fits(tag.class, wanted))
    };
    // A word may stand between: "all gone".
    (end..=end + 1).find_map(told)
}

/// The change that an outcome has in its own name: "stronger hair", "better focus", "sleep deeper". With a verb before it the name of a
/// treatment means what the treatment is named after: "promotes lymphatic drainage".
fn own_change(reading: &Reading, outcome: Tag, wanted: Wanted) -> Option<Tag> {
    let words = reading.tags_in(outcome.words());
    let treated = || words.iter().any(|tag| tag.class == Class::INTERVENTION && outcome.holds(*tag));
    let changes =
        |tag: &Tag| tag.class == Class::MORE || tag.class.is_verb() && tag.start == outcome.start && treated();
    let change = words.iter().copied().find(|tag| outcome.holds(*tag) && changes(tag))?;
    (wanted != Wanted::Less).then_some(change)
}

/// What opens a line of a menu: "For headaches: head and neck massage".
fn offered_for(reading: &Reading, outcome: Tag) -> Option<Tag> {
    let opening = reading.tags_at(0).find(|tag| tag.class == Class::AGAINST && tag.end == outcome.start)?;
    let end = outcome.end as usize;
    let colon = reading.tokens.get(end)?.before.has(Punctuation::COLON);
    (colon && reading.first_in(end..end + 2, Class::INTERVENTION).is_some()).then_some(opening)
}

/// How a class of relation fits an outcome that copy wants less or more of.
fn fits(class: Class, wanted: Wanted) -> bool {
    match class {
        Class::IMPROVE | Class::FRAME => true,
        Class::DECREASE | Class::LESS | Class::RELIEF | Class::DOWN => wanted != Wanted::More,
        Class::INCREASE | Class::MORE | Class::RISE | Class::UP => wanted != Wanted::Less,
        _ => false,
    }
}

/// Whether a verb after an outcome has an object of its own, so that the outcome acts and is not acted upon: "the lymphatic system
/// carries fluid", against "pain fades", "toxins are released", "cortisol drops within minutes". What ends a clause, a mark or a word
/// such as "but", is no object.
fn has_object(reading: &Reading, relation: Tag) -> bool {
    let next = relation.end as usize;
    let Some(token) = reading.tokens.get(next) else { return false };
    const AFTER: [Class; 11] = [
        Class::MORE,
        Class::LESS,
        Class::PREPOSITION,
        Class::CONJUNCTION,
        Class::RELATIVE,
        Class::TERMINATOR,
        Class::LIMIT,
        Class::MAGNITUDE_UP,
        Class::MAGNITUDE_DOWN,
        Class::BOOSTER,
        Class::HEDGE,
    ];
    // "Will be better than ever": the whole says how it is, and takes no object.
    let compares = || reading.tags_at(relation.start as usize).any(|tag| tag.class == Class::UP && tag.holds(relation));
    token.before.is_open()
        && !reading.participle(relation)
        && !compares()
        && !reading.tags_at(next).any(|tag| AFTER.contains(&tag.class))
        && !yields(reading, relation)
}

/// Whether what stands behind a verb with its preposition is what acts: "is no match for our massage", "stands no chance against".
fn yields(reading: &Reading, relation: Tag) -> bool {
    let end = relation.end as usize;
    relation.end - relation.start > 1
        && reading.tags_at(end - 1).any(|tag| matches!(tag.class, Class::PREPOSITION | Class::AGAINST))
        && reading.first_in(end..end + ACTOR, Class::INTERVENTION).is_some()
}

/// Whether what looks like a verb is a noun or an adjective, since an article stands before it: "a healed scar", "your feed".
fn is_noun(reading: &Reading, relation: Tag) -> bool {
    relation.class.is_verb()
        && relation.end - relation.start == 1
        && relation.start > 0
        && reading.tags_at(relation.start as usize - 1).any(|tag| tag.class == Class::DETERMINER)
}

/// "Burns, blisters and infections": what looks like a verb is the first of a list of things.
fn is_listed_noun(reading: &Reading, relation: Tag) -> bool {
    let (start, next) = (relation.start as usize, relation.end as usize);
    relation.class.is_verb()
        && next == start + 1
        && reading.tokens.get(next).is_some_and(|token| token.before.has(Punctuation::COMMA))
        && !reading.tags_at(next).any(|tag| tag.class.is_relation() || tag.class == Class::CONJUNCTION)
        && (start == 0 || reading.tokens[start].before.has(Punctuation::BREAK))
}

/// Whether a relation takes nothing that follows it before the outcome at `at`: "is preserved, and pain …", "relief, recovery and
/// rest", "eases within minutes".
fn is_closed(reading: &Reading, relation: Tag, at: usize) -> bool {
    let next = relation.end as usize;
    let Some(token) = reading.tokens.get(next) else { return false };
    // Nothing stands between but a comma: "relief, recovery", "after the sessions stopped, pain …".
    if next == at {
        let noun = matches!(relation.class, Class::RISE | Class::RELIEF);
        let before = reading.clause_of(at).start..relation.start as usize;
        return token.before.has(Punctuation::COMMA) && (noun || reading.first_in(before, Class::ADJUNCT).is_some());
    }
    let is = |class: Class| reading.tags_at(next).any(|tag| tag.class == class);
    let aside = [Class::HEDGE, Class::BOOSTER, Class::PREPOSITION, Class::MAGNITUDE_UP].into_iter().any(is);
    (token.before.has(Punctuation::COMMA) && !aside && !reading.tags_at(next).any(|tag| tag.class.is_relation()))
        || (relation.class.is_verb() && is(Class::ADJUNCT))
        || (matches!(relation.class, Class::RISE | Class::RELIEF) && is(Class::CONJUNCTION))
        // "Jumping and endurance" are two things, and "settles and old scars soften" are two clauses.
        || (relation.class.is_verb() && is(Class::CONJUNCTION) && next + 1 == at)
}

/// Whether something between a relation and an outcome parts them: "increases when stress …", "we offer massage, wellness and …".
fn stops_between(reading: &Reading, from: usize, to: usize) -> bool {
    let between = reading.tags_in(from..to.max(from));
    let listed =
        |tag: &Tag| reading.tokens.get(tag.end as usize).is_some_and(|token| token.before.has(Punctuation::COMMA));
    between.iter().any(|tag| match tag.class {
        Class::TERMINATOR => true,
        // "A good night's sleep" acts elsewhere, and is what is brought about here.
        Class::OTHER_SUBJECT => tag.end as usize <= to,
        Class::INTERVENTION => listed(tag),
        _ => false,
    })
}
