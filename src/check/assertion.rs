//! What a sentence says massage does: pairs of a relation ("reduces", "better", "relief from") and an outcome, with how
//! surely, how strongly and with what limits they are put.

use std::ops::Range;

use super::actor;
use super::class::Class;
use super::page::is_named;
use super::reading::{Governed, Reading, Tag};
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

/// Most words between a verb and what it acts on.
const REACH: usize = 7;
/// No relation has more words.
const LONGEST_RELATION: usize = 32;

/// Whether an item of a list is little more than the name of an outcome.
fn is_bare(reading: &Reading, outcome: Tag) -> bool {
    reading.tokens.len() <= (outcome.end - outcome.start) as usize + 3
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

/// Finds the assertions of a sentence. `wanted` tells which direction copy sells for an outcome; `strength` the rung of a hedge.
pub(crate) fn assertions(
    reading: &Reading,
    around: Surroundings,
    wanted: impl Fn(Tag) -> Wanted,
    strength: impl Fn(Tag) -> Option<Strength>,
) -> Vec<Assertion> {
    let mut found: Vec<Assertion> = Vec::new();
    if around.lead_in == LeadIn::Silent || reading.question {
        return found;
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
            None => relation_of(reading, outcome, wanted(outcome), &found),
        };
        // Under "Massage can help with:" the bare name of a complaint is a claim.
        let offered = match around.lead_in {
            LeadIn::Offer(_) | LeadIn::Seen(_) if is_bare(reading, outcome) => Some((outcome, true)),
            _ => None,
        };
        let Some((relation, shared)) = paired.or(offered) else { continue };
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
        if governed.negated || negated_object(reading, relation, outcome) {
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
        // "Back pain usually settles": the course of nature, not an effect.
        let natural = relation.start >= outcome.end && relation.class.is_verb() && !reading.has(Class::INTERVENTION);
        if natural && governed.strength == Strength::Probable {
            continue;
        }
        let words = if shared { outcome.words() } else { from..(relation.end.max(outcome.end) as usize) };
        found.push(Assertion { outcome, relation, words, governed, magnitude_up: near(Class::MAGNITUDE_UP), modest });
    }
    found
}

/// The outcome that a pronoun stands for, named in the sentence before or earlier in this one: "Massage sends them soaring", "serotonin is
/// made in the gut, so massage raises it". Only of massage itself is it clear that it acts.
fn meant(reading: &Reading, around: Surroundings) -> Option<Tag> {
    if let Some(answer) = answered(reading, around) {
        return Some(answer);
    }
    let actor = reading.of(Class::INTERVENTION).last()?;
    let pronoun = reading.of(Class::OBJECT).find(|tag| actor.end <= tag.start && tag.start <= actor.end + 4)?;
    let clause = reading.clause_of(pronoun.start as usize);
    let named = |tag: &Tag| is_named(*tag);
    let here = reading.tags_in(clause.start..reading.tokens.len()).iter().any(named);
    let outcome =
        reading.tags_in(0..clause.start).iter().rev().copied().find(named).or(around.referent).filter(|_| !here)?;
    // "cups with oil, or leave them": another thing may be meant.
    if reading.tags_at(actor.end as usize).any(|tag| matches!(tag.class, Class::PREPOSITION | Class::CONJUNCTION)) {
        return None;
    }
    Some(Tag { start: pronoun.start, end: pronoun.end, ..outcome })
}

/// What a question names, where this sentence answers it with a verb: "Cortisol? Evicted."
fn answered(reading: &Reading, around: Surroundings) -> Option<Tag> {
    let outcome = unnamed(reading, around)?;
    let verb = reading.tags_at(0).find(|tag| match tag.class {
        Class::UP | Class::DOWN => true,
        class => class.is_verb() && reading.participle(*tag),
    })?;
    let alone = reading.tokens.get(verb.end as usize).is_none_or(|token| !token.before.is_open());
    alone.then_some(Tag { start: verb.start, end: verb.start, ..outcome })
}

/// The outcome of the question just before, where this sentence names none itself.
fn unnamed(reading: &Reading, around: Surroundings) -> Option<Tag> {
    around.asked.filter(|_| !reading.tags.iter().any(|tag| is_named(*tag)))
}

/// An outcome and the words that offer help with it: "Tired of back pain? We can help.", "For migraines, massage works."
fn solved(reading: &Reading, around: Surroundings) -> Option<(Tag, Tag)> {
    let solution = reading.of(Class::SOLUTION).find(|tag| {
        // "We can help you find the room" is about something else.
        reading.tokens.get(tag.end as usize).is_none_or(|token| !token.before.is_open())
    })?;
    let outcome = unnamed(reading, around).or_else(|| set_before(reading, solution))?;
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

/// The relation that acts on an outcome, and whether it is shared with an outcome before ("reduces stress and pain").
fn relation_of(reading: &Reading, outcome: Tag, wanted: Wanted, found: &[Assertion]) -> Option<(Tag, bool)> {
    let at = outcome.start as usize;
    let end = outcome.end as usize;
    let clause = reading.clause_of(at);
    // Nothing further away reaches the outcome, however long the clause is.
    let around = clause.start.max(at.saturating_sub(REACH + LONGEST_RELATION))..clause.end.min(end + REACH);
    let relations = || reading.tags_in(around.clone()).iter().copied().filter(|tag| tag.class.is_relation());

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
        let open = (end..=tag.start as usize).all(|i| {
            !reading.tokens[i].before.has(Punctuation::COMMA)
                && !reading.tags_at(i).any(|tag| {
                    matches!(tag.class, Class::RELATIVE | Class::INTERVENTION | Class::PRONOUN | Class::RESEARCH)
                })
        });
        // "cancer and enjoy the calm": the verb has another object.
        let joined = reading.tags_at(end).any(|tag| tag.class == Class::CONJUNCTION)
            && !reading.tags_in(end..tag.start as usize).iter().any(|other| other.class == Class::OUTCOME);
        let direct = (end..=tag.start as usize).all(|i| reading.tokens[i].before.is_open());
        match tag.class {
            Class::RISE | Class::RELIEF => gap <= 1 && direct,
            // "sleep better", "recovery faster".
            Class::MORE | Class::LESS => gap == 0 && direct && !has_object(reading, *tag, clause.end),
            // "Cortisol down.", not "lungs on the way".
            Class::UP | Class::DOWN => {
                let next = tag.end as usize;
                let last = next >= clause.end || reading.tokens.get(next).is_none_or(|token| !token.before.is_open());
                // "a roll-on" is no rise.
                let part = reading.tokens[tag.start as usize].before.has(Punctuation::HYPHEN);
                // "On the form" is no rise, either.
                let led = tag.class == Class::UP && reading.tags_at(next).any(|tag| tag.class == Class::DETERMINER);
                gap <= 1 && direct && !part && (last || (!led && reading.tags_at(next).next().is_some()))
            }
            class if class.is_verb() => gap <= 4 && open && !joined && !has_object(reading, *tag, clause.end),
            _ => false,
        }
    });
    // An outcome between would take the verb: "pain and stress ease" shares, "pain slows healing" does not.
    let relation =
        after.or_else(|| told_of(reading, outcome, wanted)).or_else(|| own_change(reading, outcome, wanted))?;
    Some((relation, false))
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
    whole.then_some(verb).filter(|verb| !has_object(reading, *verb, reading.clause_of(verb.start as usize).end))
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

/// What a mark parts from the outcome that it is told of, with nothing behind: "Gout: conquered", "dopamine, serotonin: all up".
fn told_of(reading: &Reading, outcome: Tag, wanted: Wanted) -> Option<Tag> {
    let end = outcome.end as usize;
    let parted = |at: usize| {
        reading
            .tokens
            .get(at)
            .is_some_and(|token| token.before.has(Punctuation::COLON) || token.before.has(Punctuation::COMMA))
    };
    let told = |at: usize| {
        reading.tags_at(at).find(|tag| {
            let says = match tag.class {
                Class::UP | Class::DOWN => true,
                class => class.is_verb() && reading.participle(*tag),
            };
            let last = reading.tokens.get(tag.end as usize).is_none_or(|token| !token.before.is_open());
            says && last && fits(tag.class, wanted)
        })
    };
    // A word may stand between: "all gone".
    (end..=end + 1).filter(|_| parted(end)).find_map(told)
}

/// The change that an outcome has in its own name: "stronger hair", "better focus", "sleep deeper".
fn own_change(reading: &Reading, outcome: Tag, wanted: Wanted) -> Option<Tag> {
    let inside = |tag: &Tag| tag.end <= outcome.end && tag.end - tag.start < outcome.end - outcome.start;
    let words = reading.tags_in(outcome.words());
    let change = words.iter().copied().find(|tag| tag.class == Class::MORE && inside(tag))?;
    (wanted != Wanted::Less).then_some(change)
}

/// Whether a verb after an outcome has an object of its own, so that the outcome acts and is not acted upon: "the lymphatic system
/// carries fluid", against "pain fades", "toxins are released", "cortisol drops within minutes".
fn has_object(reading: &Reading, relation: Tag, clause: usize) -> bool {
    let next = relation.end as usize;
    let Some(token) = reading.tokens.get(next).filter(|_| next < clause) else { return false };
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
    token.before.is_open()
        && !reading.participle(relation)
        && !reading.tags_at(next).any(|tag| AFTER.contains(&tag.class))
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
    // Nothing stands between, but a list of nouns goes on: "relief, recovery".
    if next == at {
        return matches!(relation.class, Class::RISE | Class::RELIEF) && token.before.has(Punctuation::COMMA);
    }
    let is = |class: Class| reading.tags_at(next).any(|tag| tag.class == class);
    let aside = [Class::HEDGE, Class::BOOSTER, Class::PREPOSITION, Class::MAGNITUDE_UP].into_iter().any(is);
    (token.before.has(Punctuation::COMMA) && !aside && !reading.tags_at(next).any(|tag| tag.class.is_relation()))
        || (relation.class.is_verb() && is(Class::ADJUNCT))
        || (matches!(relation.class, Class::RISE | Class::RELIEF) && is(Class::CONJUNCTION))
}

/// Whether something between a relation and an outcome parts them: "increases when stress …", "we offer massage, wellness and …".
fn stops_between(reading: &Reading, from: usize, to: usize) -> bool {
    let between = reading.tags_in(from..to.max(from));
    let listed =
        |tag: &Tag| reading.tokens.get(tag.end as usize).is_some_and(|token| token.before.has(Punctuation::COMMA));
    between.iter().any(|tag| match tag.class {
        Class::TERMINATOR | Class::OTHER_SUBJECT => true,
        Class::INTERVENTION => listed(tag),
        _ => false,
    })
}

/// "reduces no pain", "without pain relief": a denial between the relation and the outcome.
fn negated_object(reading: &Reading, relation: Tag, outcome: Tag) -> bool {
    let (from, to) =
        if relation.end <= outcome.start { (relation.end, outcome.start) } else { (outcome.end, relation.start) };
    let between = reading.tags_in(from as usize..to.max(from) as usize);
    between.iter().any(|tag| matches!(tag.class, Class::NEGATOR | Class::LOCAL_NEGATOR) && tag.end <= to)
}
