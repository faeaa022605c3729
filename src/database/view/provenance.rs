//! Where words come from, as a reader meets it.

use url::Url;

use super::{origin, view};
use crate::database::Database;
use crate::model::provenance::ProvenanceRecord;
use crate::text::Span;

/// A publication, a code of conduct or a list of words that cues were taken from or written after; or the project itself.
///
/// ```
/// use evidence_claims::Database;
///
/// let db = Database::builtin();
/// let negex = db.provenance("negex").unwrap();
/// assert!(negex.title().contains("NegEx"));
/// assert!(db.term("negators").unwrap().provenance().any(|provenance| provenance == negex));
/// ```
#[derive(Clone, Copy)]
pub struct Provenance<'db> {
    pub(crate) db: &'db Database,
    pub(crate) record: &'db ProvenanceRecord,
}

view!(Provenance, id);

impl<'db> Provenance<'db> {
    /// Its id, such as `negex`.
    #[must_use]
    pub fn id(self) -> &'db str {
        &self.record.id
    }

    /// How to name it.
    #[must_use]
    pub fn title(self) -> &'db str {
        &self.record.title
    }

    /// Its page.
    #[must_use]
    pub fn url(self) -> Option<&'db Url> {
        self.record.url.as_ref()
    }

    /// What was taken from it.
    #[must_use]
    pub fn note(self) -> &'db str {
        &self.record.note
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}
