//! A profile: severities and ceilings of one jurisdiction.

use super::claim::Origin;
use super::rule::Authority;
use super::vocabulary::{Certainty, Strength};
use crate::diagnostic::Severity;

/// One profile as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProfileRecord {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) about: Option<String>,
    pub(crate) authority: Vec<Authority>,
    pub(crate) ceilings: Vec<(Certainty, Strength)>,
    pub(crate) severities: Vec<(String, Severity)>,
    pub(crate) origin: Origin,
}
