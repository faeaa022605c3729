//! The loaded claims with their sources, terms, rules and profiles, and questions to them.
//!
//! Never changes a record: a database is read-only once it is built.

mod builder;
mod condition;
mod diff;
mod evaluate;
mod index;
mod parse;
mod project;
mod query;
mod search;
mod strict;
mod view;
mod write;

use std::fmt;
use std::sync::OnceLock;

pub use self::builder::{Builder, Report};
pub use self::diff::{Aspect, Change};
use self::index::Index;
pub use self::query::{OneOf, Query};
use self::search::Search;
#[cfg(feature = "check")]
pub(crate) use self::strict::Doubts;
pub use self::view::claim::{Claim, Finding, Question};
pub use self::view::provenance::Provenance;
pub use self::view::rule::{Profile, Rule};
pub use self::view::source::Source;
pub use self::view::term::Term;
use crate::load::{Records, TOPIC};

/// A set of claims, with all that they refer to.
///
/// ```
/// use evidence_claims::Database;
///
/// let db = Database::builtin();
/// for claim in db.claims() {
///     println!("{}: {}", claim.id(), claim.rating());
/// }
/// ```
pub struct Database {
    records: Records,
    index: Index,
    search: Search,
    version: String,
    /// Whether it holds the built-in pack and nothing else, as the build script read it.
    #[cfg_attr(not(feature = "check"), expect(dead_code, reason = "the checker asks"))]
    is_builtin: bool,
}

impl Database {
    /// The claims that come with the library. Read once, on first use.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Database> = OnceLock::new();
        // The tests load this data and find no mistake; should that ever be wrong, the records that can be read are better
        // than a crash.
        BUILTIN.get_or_init(|| Self { is_builtin: true, ..Self::new(builder::builtin_records()) })
    }

    /// Starts a database from packs of your own, with or without the built-in one.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let db = Database::builder().builtin().text("words.toml", r#"
    ///     [[term]]
    ///     id = "hot-sand"
    ///     class = "intervention"
    ///     label = "hot sand"
    ///     forms = ["hot sand"]
    /// "#).build()?;
    /// assert!(db.term("local:hot-sand").is_some());
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(mut records: Records) -> Self {
        let index = Index::new(&mut records);
        let newest = records.claims.iter().map(|claim| claim.reviewed).max();
        let code = env!("CARGO_PKG_VERSION");
        let version = newest.map_or_else(|| code.to_owned(), |newest| format!("{code}+{newest}"));
        Self { records, index, search: Search::default(), version, is_builtin: false }
    }

    /// The claim with this id or former id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<Claim<'_>> {
        self.claim_slot(id).map(|slot| self.claim_at(slot))
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<Source<'_>> {
        self.source_slot(id).map(|slot| self.source_at(slot))
    }

    /// The term with this id. Where a topic has the id too, this is the other term.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<Term<'_>> {
        self.term_slot(id).map(|slot| self.term_at(slot))
    }

    /// The topic with this id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<Term<'_>> {
        self.topic_slot(id).map(|slot| self.term_at(slot))
    }

    /// The rule with this name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<Rule<'_>> {
        let slot = self.rule_slot(name)?;
        self.records.rules.get(slot).map(|record| Rule { db: self, record })
    }

    /// The profile with this name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<Profile<'_>> {
        let slot = self.profile_slot(name)?;
        self.records.profiles.get(slot).map(|record| Profile { db: self, record })
    }

    /// The provenance of words with this id.
    #[must_use]
    pub fn provenance(&self, id: &str) -> Option<Provenance<'_>> {
        self.provenances().find(|provenance| provenance.id() == id)
    }

    /// All claims, withdrawn ones too, sorted by id.
    pub fn claims(&self) -> impl ExactSizeIterator<Item = Claim<'_>> + use<'_> {
        self.records.claims.iter().enumerate().map(|(slot, record)| Claim { db: self, slot, record })
    }

    /// All sources, sorted by id.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = Source<'_>> + use<'_> {
        self.records.sources.iter().enumerate().map(|(slot, record)| Source { db: self, slot, record })
    }

    /// All terms, sorted by id.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = Term<'_>> + use<'_> {
        self.records.terms.iter().map(|record| Term { db: self, record })
    }

    /// All rules, sorted by name.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = Rule<'_>> + use<'_> {
        self.records.rules.iter().map(|record| Rule { db: self, record })
    }

    /// All profiles, sorted by name.
    pub fn profiles(&self) -> impl ExactSizeIterator<Item = Profile<'_>> + use<'_> {
        self.records.profiles.iter().map(|record| Profile { db: self, record })
    }

    /// Where words come from, sorted by id.
    pub fn provenances(&self) -> impl ExactSizeIterator<Item = Provenance<'_>> + use<'_> {
        self.records.provenances.iter().map(|record| Provenance { db: self, record })
    }

    /// The terms that name topics, sorted by id.
    pub fn topics(&self) -> impl Iterator<Item = Term<'_>> + use<'_> {
        self.terms().filter(|term| term.class() == TOPIC)
    }

    /// The claims that meet all conditions of a query, sorted by id.
    ///
    /// ```
    /// use evidence_claims::{Certainty, Database, Query};
    ///
    /// let db = Database::builtin();
    /// let weak = Query::new().topic("cortisol").certainty(..=Certainty::Low);
    /// for claim in db.query(&weak) {
    ///     println!("{}: {}", claim.id(), claim.honest());
    /// }
    /// ```
    pub fn query(&self, query: &Query) -> impl Iterator<Item = Claim<'_>> + use<'_> {
        let (slots, query) = query.plan(self);
        // Without an index to ask, every claim is.
        let all = if slots.is_none() { self.records.claims.len() } else { 0 };
        let slots = slots.into_iter().flatten().chain(0..all);
        slots.map(|slot| self.claim_at(slot)).filter(move |&claim| query.matches(claim))
    }

    /// The sources that a query means, sorted by id: see [`Query::matches_source`].
    pub fn query_sources(&self, query: &Query) -> impl Iterator<Item = Source<'_>> + use<'_> {
        let query = query.clone();
        self.sources().filter(move |&source| query.matches_source(source))
    }

    /// The text of one of its files, such as that of [`Claim::origin`].
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let db = Database::builtin();
    /// let (file, header) = db.claim("cortisol-single-session").unwrap().origin();
    /// assert_eq!(header.of(db.text(file).unwrap()), "[[claim]]");
    /// ```
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        self.records.files.iter().find(|known| &*known.name == file).map(|known| &*known.text)
    }

    /// Version of the crate and the newest date of review, such as `0.1.0+2026-11-22`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// How much there is, not all of it.
impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("version", &self.version)
            .field("claims", &self.records.claims.len())
            .field("sources", &self.records.sources.len())
            .field("terms", &self.records.terms.len())
            .field("rules", &self.records.rules.len())
            .finish_non_exhaustive()
    }
}

/// For the other layers: records by slot. A slot is a position in the sorted list of its kind.
impl Database {
    /// Whether it is [`builtin`](Self::builtin).
    #[cfg(feature = "check")]
    pub(crate) fn is_builtin(&self) -> bool {
        self.is_builtin
    }

    /// All records.
    pub(crate) fn records(&self) -> &Records {
        &self.records
    }

    /// Slot of the claim with this id or former id.
    pub(crate) fn claim_slot(&self, id: &str) -> Option<usize> {
        self.index.claim(id)
    }

    /// Slot of the source with this id.
    pub(crate) fn source_slot(&self, id: &str) -> Option<usize> {
        self.records.sources.binary_search_by(|record| record.id.as_str().cmp(id)).ok()
    }

    /// Slot of the term with this id; a topic only when no other term has it.
    pub(crate) fn term_slot(&self, id: &str) -> Option<usize> {
        let first = self.records.terms.partition_point(|record| record.id.as_str() < id);
        self.records.terms.get(first).filter(|record| record.id == id).map(|_| first)
    }

    /// Slot of the topic with this id.
    pub(crate) fn topic_slot(&self, id: &str) -> Option<usize> {
        let first = self.term_slot(id)?;
        [first, first + 1]
            .into_iter()
            .find(|&slot| self.records.terms.get(slot).is_some_and(|record| record.id == id && record.class == TOPIC))
    }

    /// Slot of the rule with this name.
    pub(crate) fn rule_slot(&self, name: &str) -> Option<usize> {
        self.records.rules.binary_search_by(|record| record.name.as_str().cmp(name)).ok()
    }

    /// Slot of the profile with this name.
    pub(crate) fn profile_slot(&self, name: &str) -> Option<usize> {
        self.records.profiles.binary_search_by(|record| record.name.as_str().cmp(name)).ok()
    }

    /// The claim in a slot. Slots come from positions in this very list (`Index`, `claim_slot`, `enumerate`), and a
    /// database never changes, so that the position exists; the same holds for the next two.
    pub(crate) fn claim_at(&self, slot: usize) -> Claim<'_> {
        Claim { db: self, slot, record: &self.records.claims[slot] }
    }

    /// The source in a slot.
    pub(crate) fn source_at(&self, slot: usize) -> Source<'_> {
        Source { db: self, slot, record: &self.records.sources[slot] }
    }

    /// The term in a slot.
    pub(crate) fn term_at(&self, slot: usize) -> Term<'_> {
        Term { db: self, record: &self.records.terms[slot] }
    }
}
