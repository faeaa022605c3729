//! A term of the vocabulary as a reader meets it: its label and the words that copy uses for it.

use super::{origin, view};
use crate::database::{Database, Provenance};
use crate::model::term::TermRecord;
use crate::model::vocabulary::{Strength, Wanted};
use crate::text::Span;

/// A term: an outcome, intervention, population, topic or a word that tells how sure a sentence sounds.
///
/// ```
/// use evidence_claims::Database;
///
/// for topic in Database::builtin().topics() {
///     println!("{}: {}", topic.id(), topic.label());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Term<'db> {
    pub(crate) db: &'db Database,
    pub(crate) record: &'db TermRecord,
}

view!(Term, id);

impl<'db> Term<'db> {
    /// Its id, such as `cortisol`.
    #[must_use]
    pub fn id(self) -> &'db str {
        &self.record.id
    }

    /// Its class, such as `outcome` or `intervention`.
    #[must_use]
    pub fn class(self) -> &'db str {
        &self.record.class
    }

    /// How to name it in a sentence.
    #[must_use]
    pub fn label(self) -> &'db str {
        &self.record.label
    }

    /// The words and phrases of copy that mean it.
    pub fn forms(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.forms.iter().map(String::as_str)
    }

    /// Verbs that mean it, in their base form.
    pub fn verbs(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.verbs.iter().map(String::as_str)
    }

    /// Id of the topic that an outcome or condition belongs to.
    #[must_use]
    pub fn topic(self) -> Option<&'db str> {
        self.record.topic.as_deref()
    }

    /// The change that copy sells as good.
    #[must_use]
    pub fn wanted(self) -> Option<Wanted> {
        self.record.wanted
    }

    /// How sure a sentence sounds that uses it.
    #[must_use]
    pub fn strength(self) -> Option<Strength> {
        self.record.strength
    }

    /// Its number in the Medical Subject Headings.
    #[must_use]
    pub fn mesh(self) -> Option<&'db str> {
        self.record.mesh.as_deref()
    }

    /// Where its words come from: what the term says itself, else what its file says of all.
    pub fn provenance(self) -> impl Iterator<Item = Provenance<'db>> + use<'db> {
        let (db, file) = (self.db, self.record.origin.file);
        let said = |term: Option<&str>| {
            db.records().descents.iter().find(|descent| descent.file == file && descent.term.as_deref() == term)
        };
        let descent = said(Some(&self.record.id)).or_else(|| said(None));
        descent.into_iter().flat_map(|descent| &descent.from).filter_map(|id| db.provenance(id))
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}
