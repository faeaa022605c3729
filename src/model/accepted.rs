//! An exception: warnings of the strict checks that are right as they are, each with its reason.

use super::claim::Origin;
use super::rule::Placed;
use super::vocabulary::Doubt;

/// One `[[accepted]]` as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AcceptedRecord {
    pub(crate) rule: Doubt,
    /// Full ids of the records whose warnings are accepted, and where they are named.
    pub(crate) records: Vec<Placed>,
    pub(crate) origin: Origin,
}
