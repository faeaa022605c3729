//! What would change a rating: the reasons that took it down, turned into the study that is missing.
//!
//! Our own reading of the GRADE reasons, never a finding; promises no direction, since a better study may find less.

use evidence_claims::{Certainty, Claim, Domain, Grade};

/// The studies that are missing, the most costly weakness first: each with the weakness that it answers.
pub(crate) fn wanted(claim: Claim<'_>) -> Vec<(&'static str, &'static str)> {
    let grade = claim.grade();
    if claim.certainty().is_none() {
        return vec![("first", "a trial that tests it at all, with a control group and a registered plan")];
    }
    let mut wanted = Vec::new();
    if grade.start.is_some_and(|start| start < Certainty::High) {
        wanted.push(("trials", "trials in which chance decides who is treated; what is known comes from watching"));
    }
    wanted.extend(weaknesses(grade).into_iter().filter_map(missing));
    if wanted.is_empty() {
        wanted.push(("little", "only large, careful trials that find something else"));
    }
    wanted
}

/// The domains that took levels off, those that took most first.
fn weaknesses(grade: &Grade) -> Vec<Domain> {
    let mut reasons: Vec<_> =
        grade.reasons.iter().filter(|reason| reason.levels > 0 && !reason.domain.is_upgrade()).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.levels));
    reasons.into_iter().map(|reason| reason.domain).collect()
}

/// The study that would answer a weakness.
const fn missing(domain: Domain) -> Option<(&'static str, &'static str)> {
    Some(match domain {
        Domain::RiskOfBias => (
            "fairer",
            "trials against a sham or an equally attentive control, measured by people who do not know the groups",
        ),
        Domain::Inconsistency => {
            ("agreeing", "trials with one protocol and one measure, and a reason why the earlier ones differ")
        }
        Domain::Indirectness => {
            ("direct", "trials in the people, with the treatment and on the outcome of the question")
        }
        Domain::Imprecision => ("larger", "trials with enough people to tell a benefit from none"),
        Domain::PublicationBias => ("complete", "trials registered beforehand and published whatever they find"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use evidence_claims::Database;

    use super::*;

    #[test]
    fn every_claim_has_something_that_would_change_it() {
        for claim in Database::builtin().claims() {
            assert!(!wanted(claim).is_empty(), "{}", claim.id());
        }
    }

    #[test]
    fn every_weakness_has_a_study_that_answers_it() {
        for domain in Domain::ALL.iter().filter(|domain| !domain.is_upgrade()) {
            assert!(missing(*domain).is_some(), "{domain}");
        }
    }
}
