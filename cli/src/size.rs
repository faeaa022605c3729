//! How much stands behind a claim: sources, the newest of them, people.

use std::collections::BTreeSet;

use evidence_claims::Claim;

/// The evidence of one claim in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    /// Sources with a finding, each counted once.
    pub(crate) sources: usize,
    /// Year of the newest of them.
    pub(crate) newest: Option<u16>,
    /// People in the largest of them. Not a sum: a review counts the people of the trials that it pools.
    pub(crate) participants: Option<u32>,
}

impl Size {
    /// Counts the sources of the findings; guidance is no evidence.
    pub(crate) fn of(claim: &Claim<'_>) -> Self {
        let sources = || claim.findings().map(|finding| finding.source());
        Self {
            sources: sources().map(|source| source.id()).collect::<BTreeSet<_>>().len(),
            newest: sources().filter_map(|source| source.year()).max(),
            participants: sources().filter_map(|source| source.participants()).max(),
        }
    }
}
