//! Judging an assertion: finding the claim it is about and comparing wording with rating.

use super::assertion::Assertion;
use crate::diagnostic::Severity;
use crate::model::claim::ClaimRecord;
use crate::model::vocabulary::{Certainty, Direction, Magnitude, Strength};

/// Names of the rules that compare a sentence with a rating. Their texts are data.
pub(crate) const EXCEEDS: &str = "certainty-exceeds-evidence";
pub(crate) const CONTRADICTED: &str = "contradicted-by-evidence";
pub(crate) const CAN: &str = "can-as-hedge";
pub(crate) const MAGNITUDE: &str = "magnitude-inflation";
pub(crate) const QUALIFIER: &str = "inadequate-qualifier";
pub(crate) const UNDER: &str = "weaker-than-evidence";

/// What is wrong with an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) rule: &'static str,
    /// How many rungs of the ladder too high; decides severity where the rule leaves it open.
    pub(crate) severity: Severity,
}

/// The strongest wording that a claim's rating allows, under a ceiling for each certainty.
pub(crate) fn allowed(claim: &ClaimRecord, ceiling: impl Fn(Certainty) -> Strength) -> Strength {
    match (claim.direction, claim.certainty) {
        (Direction::Supports, Some(certainty)) => ceiling(certainty),
        // Sources that disagree never carry more than "may".
        (Direction::Mixed, Some(certainty)) => ceiling(certainty).min(Strength::Possible),
        _ => Strength::Uncertain,
    }
}

/// The strongest wording that a claim allows an assertion, with the limits that the assertion itself names.
pub(crate) fn allowed_for(
    claim: &ClaimRecord,
    assertion: &Assertion,
    ceiling: impl Fn(Certainty) -> Strength,
) -> Strength {
    match claim.direction {
        // "may … slightly" is within what a null result of low certainty leaves open.
        Direction::Null | Direction::Against if assertion.modest => Strength::Possible,
        _ => allowed(claim, ceiling),
    }
}

/// Compares an assertion with a claim. The first verdict is the most specific.
pub(crate) fn judge(
    claim: &ClaimRecord,
    assertion: &Assertion,
    ceiling: impl Fn(Certainty) -> Strength,
) -> impl Iterator<Item = Verdict> {
    let verdict = |rule, severity| Some(Verdict { rule, severity });
    let said = assertion.governed.strength;
    if matches!(claim.direction, Direction::Null | Direction::Against) {
        let contradicted = said > allowed_for(claim, assertion, ceiling);
        return [contradicted.then_some(Verdict { rule: CONTRADICTED, severity: Severity::Error }), None]
            .into_iter()
            .flatten();
    }
    let allowed = allowed(claim, ceiling);
    let over = said.rung().saturating_sub(allowed.rung());
    let size = match claim.magnitude {
        _ if assertion.magnitude_up.is_none() => None,
        Magnitude::Large if over == 0 => None,
        Magnitude::Small | Magnitude::Moderate => verdict(MAGNITUDE, Severity::Warning),
        _ => verdict(MAGNITUDE, Severity::Error),
    };
    let strength = match said {
        Strength::Possible if over > 0 => verdict(QUALIFIER, Severity::Note),
        Strength::Possible if allowed >= Strength::Probable && !assertion.modest => verdict(UNDER, Severity::Note),
        Strength::Possible => None,
        Strength::Capable if assertion.governed.capability.is_some() => match over {
            0 if allowed == Strength::Probable => verdict(CAN, Severity::Note),
            0 => None,
            _ => verdict(CAN, Severity::Warning),
        },
        _ => match over {
            0 => None,
            1 => verdict(EXCEEDS, Severity::Warning),
            _ => verdict(EXCEEDS, Severity::Error),
        },
    };
    [size, strength].into_iter().flatten()
}

/// The verdict on a phrase that the claim itself lists as an overclaim, put with strength `said`.
pub(crate) fn judge_listed(
    claim: &ClaimRecord,
    said: Strength,
    ceiling: impl Fn(Certainty) -> Strength,
) -> (&'static str, Severity) {
    if matches!(claim.direction, Direction::Null | Direction::Against) {
        return (CONTRADICTED, Severity::Error);
    }
    if said <= Strength::Possible {
        return (QUALIFIER, Severity::Note);
    }
    // Being listed means that the words go beyond the result in more than certainty.
    let over = said.rung().saturating_sub(allowed(claim, ceiling).rung());
    (EXCEEDS, if over <= 1 { Severity::Warning } else { Severity::Error })
}

/// The claim that a sentence is about, out of the slots of those with its outcome: the one whose context the sentence names; when
/// the copy is vaguer than several claims, the one that allows most, so that doubt never makes an alarm.
pub(crate) fn choose(
    claims: &[ClaimRecord],
    slots: &[usize],
    names: impl Fn(usize) -> bool,
    ceiling: impl Fn(Certainty) -> Strength + Copy,
) -> Option<usize> {
    let best = |pick: &dyn Fn(usize, &ClaimRecord) -> bool| {
        let claims = slots.iter().filter_map(|&slot| Some((slot, claims.get(slot)?)));
        let fitting = claims.filter(|&(slot, claim)| claim.withdrawn.is_none() && pick(slot, claim));
        let best = fitting.max_by_key(|(_, claim)| {
            let direction = match claim.direction {
                Direction::Supports => 4,
                Direction::Mixed => 3,
                Direction::Null => 2,
                Direction::None => 1,
                _ => 0,
            };
            (allowed(claim, ceiling), direction, std::cmp::Reverse(claim.id.as_str()))
        });
        best.map(|(slot, _)| slot)
    };
    best(&|slot, _| names(slot))
        .or_else(|| best(&|_, claim| claim.wording.context.is_empty()))
        .or_else(|| best(&|_, _| true))
}
