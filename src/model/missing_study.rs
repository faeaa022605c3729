//! What would change a rating: the reasons that took it down, turned into the study that is missing.
//!
//! Our own reading of the GRADE reasons, never a finding; promises no direction, since a better study may find less.

use super::grade::Grade;
use super::vocabulary::{Certainty, Domain};

/// A study that nobody has done yet, and that could change a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingStudy {
    /// What it would be that those before it were not, in one word: `larger`.
    pub kind: &'static str,
    /// The study, as the rest of a sentence: `trials with enough people to tell a benefit from none`.
    pub study: &'static str,
}

impl Grade {
    /// The studies that would change this certainty, the most costly weakness first; at least one. Our own reading of the reasons,
    /// and no forecast: a better study may find more, or less.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// for claim in Database::builtin().claims() {
    ///     let missing = claim.grade().missing_studies();
    ///     println!("{}: {}", claim.id(), missing[0].study);
    /// }
    /// ```
    #[must_use]
    pub fn missing_studies(&self) -> Vec<MissingStudy> {
        if self.certainty().is_none() {
            let study = "a trial that tests it at all, with a control group and a registered plan";
            return vec![MissingStudy { kind: "first", study }];
        }
        let mut missing = Vec::new();
        if self.start.is_some_and(|start| start < Certainty::High) {
            let study = "trials in which chance decides who is treated; what is known comes from watching";
            missing.push(MissingStudy { kind: "trials", study });
        }
        missing.extend(weaknesses(self).into_iter().filter_map(answer));
        if missing.is_empty() {
            missing.push(MissingStudy { kind: "little", study: "only large, careful trials that find something else" });
        }
        missing
    }
}

/// The domains that took levels off, those that took most first.
fn weaknesses(grade: &Grade) -> Vec<Domain> {
    let mut reasons: Vec<_> =
        grade.reasons.iter().filter(|reason| reason.levels > 0 && !reason.domain.is_upgrade()).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.levels));
    reasons.into_iter().map(|reason| reason.domain).collect()
}

/// The study that would answer a weakness.
const fn answer(domain: Domain) -> Option<MissingStudy> {
    let (kind, study) = match domain {
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
    };
    Some(MissingStudy { kind, study })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weakness_has_a_study_that_answers_it() {
        for domain in Domain::ALL.iter().filter(|domain| !domain.is_upgrade()) {
            assert!(answer(*domain).is_some(), "{domain}");
        }
    }
}
