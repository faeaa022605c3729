//! A source as a reader meets it: who found what, where it can be read, and which claims rest on it.

use std::fmt::Write as _;

use url::Url;

use super::claim::Claim;
use super::{origin, view};
use crate::database::Database;
use crate::model::date::Date;
use crate::model::source::{Effect, Retraction, SourceRecord};
use crate::model::vocabulary::Design;
use crate::text::Span;

/// With more authors than this, a citation names the first one only.
const CITED_AUTHORS: usize = 3;

/// The last name of a list that goes on.
const OTHERS: &str = "et al.";

/// A source: one publication, guideline or regulator's page.
///
/// ```
/// use evidence_claims::Database;
///
/// for source in Database::builtin().sources() {
///     println!("{} <{}>", source.citation(), source.url());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Source<'db> {
    pub(crate) db: &'db Database,
    pub(crate) slot: usize,
    pub(crate) record: &'db SourceRecord,
}

view!(Source, id);

impl<'db> Source<'db> {
    /// Its id, such as `moyer-2011-cortisol`.
    #[must_use]
    pub fn id(self) -> &'db str {
        &self.record.id
    }

    /// Title.
    #[must_use]
    pub fn title(self) -> &'db str {
        &self.record.title
    }

    /// Authors in their order, as printed; none when they could not be seen.
    pub fn authors(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.authors.iter().map(String::as_str)
    }

    /// Year of publication.
    #[must_use]
    pub fn year(self) -> Option<u16> {
        self.record.year
    }

    /// Journal, series or site.
    #[must_use]
    pub fn container(self) -> Option<&'db str> {
        self.record.container.as_deref()
    }

    /// Volume.
    #[must_use]
    pub fn volume(self) -> Option<&'db str> {
        self.record.volume.as_deref()
    }

    /// Issue.
    #[must_use]
    pub fn issue(self) -> Option<&'db str> {
        self.record.issue.as_deref()
    }

    /// Pages.
    #[must_use]
    pub fn pages(self) -> Option<&'db str> {
        self.record.pages.as_deref()
    }

    /// DOI, bare.
    #[must_use]
    pub fn doi(self) -> Option<&'db str> {
        self.record.doi.as_deref()
    }

    /// PubMed number.
    #[must_use]
    pub fn pmid(self) -> Option<&'db str> {
        self.record.pmid.as_deref()
    }

    /// PubMed Central number, with its `PMC`.
    #[must_use]
    pub fn pmcid(self) -> Option<&'db str> {
        self.record.pmcid.as_deref()
    }

    /// Where it can be read: the link of the record, or one made from its DOI or PubMed number.
    #[must_use]
    pub fn url(self) -> &'db Url {
        &self.record.url
    }

    /// Kind of publication.
    #[must_use]
    pub fn design(self) -> Design {
        self.record.design
    }

    /// People studied.
    #[must_use]
    pub fn participants(self) -> Option<u32> {
        self.record.participants
    }

    /// Studies inside a review.
    #[must_use]
    pub fn studies(self) -> Option<u32> {
        self.record.studies
    }

    /// Who was studied.
    #[must_use]
    pub fn population(self) -> Option<&'db str> {
        self.record.population.as_deref()
    }

    /// What it found, in the editors' words.
    #[must_use]
    pub fn finding_text(self) -> Option<&'db str> {
        self.record.finding.as_deref()
    }

    /// Day on which the record was last compared with its page.
    #[must_use]
    pub fn checked(self) -> Option<Date> {
        self.record.checked
    }

    /// Facts that the page did not show, such as `authors`.
    pub fn unverified(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.unverified.iter().map(String::as_str)
    }

    /// Sources known to be pooled in this review.
    pub fn includes(self) -> impl Iterator<Item = Source<'db>> + use<'db> {
        self.record.includes.iter().filter_map(move |id| self.db.source(id))
    }

    /// Anything a reader must know.
    #[must_use]
    pub fn note(self) -> Option<&'db str> {
        self.record.note.as_deref()
    }

    /// Whether the publication was retracted.
    #[must_use]
    pub fn is_retracted(self) -> bool {
        self.record.retracted.is_some()
    }

    /// The notice of retraction.
    #[must_use]
    pub fn retraction(self) -> Option<&'db Retraction> {
        self.record.retracted.as_ref()
    }

    /// The figures read in it.
    pub fn effects(self) -> impl ExactSizeIterator<Item = &'db Effect> + use<'db> {
        self.record.effects.iter()
    }

    /// The claims that have a finding from it, sorted by id.
    pub fn cited_by(self) -> impl ExactSizeIterator<Item = Claim<'db>> + use<'db> {
        self.db.index.cited_by(self.slot).iter().map(move |&slot| self.db.claim_at(slot))
    }

    /// One line that names it: authors (the first alone when there are more than three), year, journal. The title stands
    /// in for unknown authors, or for an unknown journal.
    #[must_use]
    pub fn citation(self) -> String {
        let record = self.record;
        let mut line = match record.authors.as_slice() {
            [] => record.title.clone(),
            [first, .., last] if record.authors.len() > CITED_AUTHORS || last == OTHERS => format!("{first} et al."),
            authors => authors.join(", "),
        };
        // Writing to a string cannot fail.
        let _ = match record.year {
            Some(year) => write!(line, " {year}"),
            None => write!(line, " (no year)"),
        };
        if let Some(place) =
            record.container.as_deref().or(Some(record.title.as_str()).filter(|_| !record.authors.is_empty()))
        {
            let _ = write!(line, ", {place}");
        }
        line
    }

    /// Family name of the first author and year, as plots label their rows: `Moyer 2011`. An organisation stands whole; the id
    /// stands in for unknown authors.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let source = Database::builtin().source("moyer-2011-cortisol").unwrap();
    /// assert_eq!(source.short_citation(), "Moyer 2011");
    /// ```
    #[must_use]
    pub fn short_citation(self) -> String {
        let record = self.record;
        let Some(author) = record.authors.first() else { return record.id.clone() };
        let is_initials =
            |word: &str| word.len() <= 4 && word.chars().all(|letter| letter.is_uppercase() || letter == '-');
        let words: Vec<&str> = author.split_whitespace().collect();
        let family = words.iter().skip(1).position(|word| is_initials(word)).map_or(words.len(), |at| at + 1);
        let name = words.get(..family).unwrap_or(&words).join(" ");
        match record.year {
            Some(year) => format!("{name} {year}"),
            None => name,
        }
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}
