//! A claim as a reader meets it: question, rating, reasons, findings, wording.

use super::source::Source;
use super::term::Term;
use super::{origin, view};
use crate::database::Database;
use crate::model::claim::{ClaimRecord, FindingRecord, Pico, Withdrawal};
use crate::model::date::Date;
use crate::model::grade::Grade;
use crate::model::rating::Rating;
use crate::model::source::Effect;
use crate::model::vocabulary::{Basis, Certainty, Direction, Magnitude};
use crate::text::Span;

/// A claim: one question about an effect, with the answer that the evidence gives.
///
/// ```
/// use evidence_claims::Database;
///
/// for claim in Database::builtin().claims() {
///     println!("{} ({})", claim.honest(), claim.rating());
///     for finding in claim.findings() {
///         println!("  {}  {}", finding.direction(), finding.source().citation());
///     }
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Claim<'db> {
    pub(crate) db: &'db Database,
    pub(crate) slot: usize,
    pub(crate) record: &'db ClaimRecord,
}

view!(Claim, id);

impl<'db> Claim<'db> {
    /// Its id, such as `cortisol-single-session`; `pack:id` outside the built-in pack.
    #[must_use]
    pub fn id(self) -> &'db str {
        &self.record.id
    }

    /// Id of its topic, such as `cortisol`.
    #[must_use]
    pub fn topic(self) -> &'db str {
        &self.record.topic
    }

    /// The question that it answers, as a sentence that may be true or not.
    #[must_use]
    pub fn proposition(self) -> &'db str {
        &self.record.proposition
    }

    /// Direction, size and certainty together; displays as a phrase.
    #[must_use]
    pub fn rating(self) -> Rating {
        self.db.index.rating(self.slot)
    }

    /// How sure we are of the recorded result; `None` when no study was found.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        self.record.certainty
    }

    /// What the evidence as a whole says about the proposition.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.record.direction
    }

    /// Size of the recorded result.
    #[must_use]
    pub fn magnitude(self) -> Magnitude {
        self.record.magnitude
    }

    /// How the certainty was reached.
    #[must_use]
    pub fn grade(self) -> &'db Grade {
        &self.record.grade
    }

    /// Who, what, compared with what, measured by what.
    #[must_use]
    pub fn pico(self) -> Question<'db> {
        Question { claim: self }
    }

    /// The sentence that may be published.
    #[must_use]
    pub fn honest(self) -> &'db str {
        &self.record.wording.honest
    }

    /// What marketing usually says instead.
    #[must_use]
    pub fn marketing(self) -> Option<&'db str> {
        self.record.wording.marketing.as_deref()
    }

    /// Phrases known to say more than the evidence does.
    pub fn overclaims(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.wording.overclaims.iter().map(String::as_str)
    }

    /// Words that honest copy must carry, such as "for a short time".
    pub fn conditions(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.wording.conditions.iter().map(String::as_str)
    }

    /// Words that make a sentence about this claim rather than another one with the same outcome.
    pub fn context(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.wording.context.iter().map(String::as_str)
    }

    /// What each source says about it.
    pub fn findings(self) -> impl ExactSizeIterator<Item = Finding<'db>> + use<'db> {
        let sources = &self.db.index.links(self.slot).findings;
        self.record.findings.iter().zip(sources).map(move |(record, &source)| Finding { claim: self, record, source })
    }

    /// Guidelines, regulators' pages and digests about it: rules or context, not evidence.
    pub fn guidance(self) -> impl ExactSizeIterator<Item = Source<'db>> + use<'db> {
        self.db.index.links(self.slot).guidance.iter().map(move |&slot| self.db.source_at(slot))
    }

    /// Day of the last review.
    #[must_use]
    pub fn reviewed(self) -> Date {
        self.record.reviewed
    }

    /// Day on which the next review is due.
    #[must_use]
    pub fn review_by(self) -> Date {
        self.record.review_by
    }

    /// Whether the next review is due on this day.
    #[must_use]
    pub fn is_due(self, on: Date) -> bool {
        self.record.review_by <= on
    }

    /// Whether the claim was taken back. Such claims stay, so that their ids keep their meaning.
    #[must_use]
    pub fn is_withdrawn(self) -> bool {
        self.record.withdrawn.is_some()
    }

    /// When and why it was taken back.
    #[must_use]
    pub fn withdrawal(self) -> Option<&'db Withdrawal> {
        self.record.withdrawn.as_ref()
    }

    /// The claim to use instead of a withdrawn one.
    #[must_use]
    pub fn superseded_by(self) -> Option<Claim<'db>> {
        self.db.claim(self.record.withdrawn.as_ref()?.superseded_by.as_deref()?)
    }

    /// Its former ids.
    pub fn aliases(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.aliases.iter().map(String::as_str)
    }

    /// A remark for editors.
    #[must_use]
    pub fn note(self) -> Option<&'db str> {
        self.record.note.as_deref()
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}

/// The question behind a claim, in the four parts of evidence-based practice (PICO).
///
/// ```
/// use evidence_claims::Database;
///
/// for claim in Database::builtin().claims() {
///     let pico = claim.pico();
///     println!("{} or {}: {}", pico.intervention().label(), pico.comparator().label(), pico.outcome().label());
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'db> {
    claim: Claim<'db>,
}

impl<'db> Question<'db> {
    fn term(self, part: impl Fn([usize; 4]) -> usize) -> Term<'db> {
        let db = self.claim.db;
        db.term_at(part(db.index.links(self.claim.slot).pico))
    }

    /// Who.
    #[must_use]
    pub fn population(self) -> Term<'db> {
        self.term(|[population, ..]| population)
    }

    /// What was done.
    #[must_use]
    pub fn intervention(self) -> Term<'db> {
        self.term(|[_, intervention, ..]| intervention)
    }

    /// Compared with what.
    #[must_use]
    pub fn comparator(self) -> Term<'db> {
        self.term(|[_, _, comparator, _]| comparator)
    }

    /// What was measured.
    #[must_use]
    pub fn outcome(self) -> Term<'db> {
        self.term(|[.., outcome]| outcome)
    }

    /// The same four parts in plain words, as the studies really compared them.
    #[must_use]
    pub fn as_studied(self) -> Option<&'db Pico> {
        self.claim.record.as_studied.as_ref()
    }
}

/// What one source says about one claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'db> {
    claim: Claim<'db>,
    record: &'db FindingRecord,
    source: usize,
}

impl<'db> Finding<'db> {
    /// The claim it is about.
    #[must_use]
    pub fn claim(self) -> Claim<'db> {
        self.claim
    }

    /// The source it comes from.
    #[must_use]
    pub fn source(self) -> Source<'db> {
        self.claim.db.source_at(self.source)
    }

    /// What the source says about the proposition.
    #[must_use]
    pub fn direction(self) -> Direction {
        self.record.direction
    }

    /// How the source came to it.
    #[must_use]
    pub fn basis(self) -> Basis {
        self.record.basis
    }

    /// The figure behind it, where one is recorded.
    #[must_use]
    pub fn effect(self) -> Option<&'db Effect> {
        let name = self.record.effect.as_deref()?;
        self.source().effects().find(|effect| effect.name == name)
    }

    /// Anything a reader must know.
    #[must_use]
    pub fn note(self) -> Option<&'db str> {
        self.record.note.as_deref()
    }
}
