//! Where the words that copy and sentences are read by come from.

use url::Url;

use super::claim::Origin;

/// One `[[provenance]]` as loaded: a publication, a code or a list that words were taken from or written after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProvenanceRecord {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) url: Option<Url>,
    /// What was taken from it.
    pub(crate) note: String,
    pub(crate) origin: Origin,
}

/// A `from`, of a file or of one of its terms. Kept beside the terms, since words are shown far less often than they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Descent {
    pub(crate) file: u32,
    /// The term that it is said of, by its full id; `None` for the file as a whole.
    pub(crate) term: Option<String>,
    /// Full ids of provenances.
    pub(crate) from: Vec<String>,
}
