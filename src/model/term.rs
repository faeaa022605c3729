//! A term: an entry of the vocabulary, with the words that copy uses for it.

use super::claim::Origin;
use super::vocabulary::{Strength, Wanted};

/// One term as loaded. Its class is an open list; the checker knows the classes listed in `ARCHITECTURE.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermRecord {
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) label: String,
    pub(crate) forms: Vec<String>,
    /// Verbs given by their base form; the checker adds the inflections.
    pub(crate) verbs: Vec<String>,
    pub(crate) topic: Option<String>,
    pub(crate) wanted: Option<Wanted>,
    /// Hedges and boosters: the rung they put a sentence on.
    pub(crate) strength: Option<Strength>,
    pub(crate) mesh: Option<String>,
    pub(crate) origin: Origin,
}
