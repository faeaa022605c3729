//! GRADE: how a certainty was reached. Starts high for randomised evidence and low for observational evidence, goes down
//! for five kinds of weakness and up for three kinds of strength (GRADE guidelines 3, Balshem et al. 2011).

use serde::Serialize;

use super::vocabulary::{Certainty, Domain};

/// One reason to lower or raise certainty, or the statement that it was considered and does not count (`levels` 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Which GRADE domain.
    pub domain: Domain,
    /// Levels down (or up, for an upgrading domain), 0 to 3.
    pub levels: u8,
    /// Why, in plain words.
    pub why: String,
}

/// The GRADE reasons of one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// Starting level: high for randomised evidence, low for observational evidence; `None` when nothing was found to rate.
    pub start: Option<Certainty>,
    /// The domains that were considered, in GRADE's order.
    pub reasons: Vec<Reason>,
    /// The judgement in one or two sentences, where the reasons need it.
    pub summary: Option<String>,
}

impl Grade {
    /// The certainty that start, downgrades and upgrades add up to. Never below very low or above high.
    ///
    /// ```
    /// use evidence_claims::{Certainty, Database};
    ///
    /// for claim in Database::builtin().claims() {
    ///     assert_eq!(claim.grade().certainty(), claim.certainty());
    /// }
    /// ```
    #[must_use]
    pub fn certainty(&self) -> Option<Certainty> {
        let start = Certainty::ALL.iter().position(|&c| Some(c) == self.start)?;
        let change: i32 = self
            .reasons
            .iter()
            .map(|reason| if reason.domain.is_upgrade() { i32::from(reason.levels) } else { -i32::from(reason.levels) })
            .sum();
        let level = (start as i32 + change).clamp(0, 3);
        Certainty::ALL.get(level as usize).copied()
    }
}
