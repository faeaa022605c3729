//! The one evaluator of queries: whether a claim meets a condition.
//!
//! Never copies a text: folded words are made once for the database and once for the query.

use std::ops::RangeBounds as _;

use super::condition::{Levels, Name, NameKey, NumberKey, Size, Test};
use super::{Claim, Database, Source};
use crate::model::source::Effect;
use crate::model::vocabulary::Measure;

/// Place of the outcome among the four parts of a question.
const OUTCOME: usize = 3;

impl Test {
    /// Whether the claim meets the condition.
    pub(super) fn holds(&self, claim: Claim<'_>) -> bool {
        let (db, record) = (claim.db, claim.record);
        let rating = || db.index.rating(claim.slot);
        let links = || db.index.links(claim.slot);
        let sources = || links().findings.iter().map(|&slot| db.source_at(slot).record);
        match self {
            Self::Name(key, names) => names.iter().any(|name| {
                let [population, intervention, comparator, outcome] = links().pico;
                let fits = |slot: usize| term_fits(db, slot, db.term_at(slot).id(), name);
                match key {
                    NameKey::Id => record.id == name.text || record.aliases.contains(&name.text),
                    NameKey::Topic => record.topic == name.text,
                    NameKey::Population => fits(population),
                    NameKey::Intervention => fits(intervention),
                    NameKey::Comparator => fits(comparator),
                    NameKey::Outcome => fits(outcome),
                    NameKey::Source => record.findings.iter().any(|finding| finding.source == name.text),
                }
            }),
            Self::Certainty(levels) => levels.has(rating().certainty.map_or(Levels::UNRATED, Levels::of)),
            Self::Direction(directions) => directions.contains(&rating().direction),
            Self::Magnitude(magnitudes) => magnitudes.contains(&rating().magnitude),
            Self::Design(designs) => sources().any(|source| designs.contains(&source.design)),
            Self::Number(NumberKey::Year, years) => {
                sources().filter_map(|source| source.year).any(|year| years.has(year.into()))
            }
            Self::Number(NumberKey::Participants, people) => {
                sources().filter_map(|source| source.participants).any(|count| people.has(count.into()))
            }
            Self::Number(NumberKey::Findings, counts) => counts.has(record.findings.len() as u64),
            Self::Effect(least, most) => {
                let mut effects = claim.findings().filter_map(|finding| finding.effect());
                effects.any(|effect| size(effect).is_some_and(|size| (*least, *most).contains(&size)))
            }
            Self::Due(on) => claim.is_due(*on),
            Self::Reviewed(start, end) => (*start, *end).contains(&record.reviewed),
            Self::Withdrawn(withdrawn) => claim.is_withdrawn() == *withdrawn,
            Self::Text(words) => {
                let outcome = |slot| db.index.links(slot).pico[OUTCOME];
                db.search.claim_has(db.records(), outcome, claim.slot, words)
            }
        }
    }
}

impl Test {
    /// Slots of all claims that can meet the condition, in order, where an index tells; `None` when every claim has to be asked.
    pub(super) fn candidates(&self, db: &Database) -> Option<Vec<usize>> {
        let mut slots: Vec<usize> = match self {
            Self::Name(NameKey::Id, names) => names.iter().filter_map(|name| db.claim_slot(&name.text)).collect(),
            Self::Name(NameKey::Topic, names) => {
                names.iter().flat_map(|name| db.index.of_topic(&name.text)).copied().collect()
            }
            Self::Name(NameKey::Source, names) => {
                let sources = names.iter().filter_map(|name| db.source_slot(&name.text));
                sources.flat_map(|source| db.index.cited_by(source)).copied().collect()
            }
            Self::Name(_, names) => {
                let fits = |slot: &usize| names.iter().any(|name| term_fits(db, *slot, db.term_at(*slot).id(), name));
                let terms = (0..db.records.terms.len()).filter(fits);
                terms.flat_map(|term| db.index.asked_of(term)).copied().collect()
            }
            Self::Text(words) => {
                let outcome = |slot| db.index.links(slot).pico[OUTCOME];
                let found = db.search.claims_with(db.records(), outcome, words);
                return Some(found.into_iter().map(|slot| slot as usize).collect());
            }
            _ => return None,
        };
        slots.sort_unstable();
        slots.dedup();
        Some(slots)
    }

    /// Whether [`candidates`](Self::candidates) are exactly the claims that meet the condition, so that none has to be asked again.
    pub(super) const fn is_indexed(&self) -> bool {
        matches!(self, Self::Name(NameKey::Topic | NameKey::Source, _) | Self::Text(_))
    }
}

impl Test {
    /// Whether the source itself meets the condition; `None` when it is one on claims.
    pub(super) fn holds_for(&self, source: Source<'_>) -> Option<bool> {
        Some(match self {
            Self::Name(NameKey::Source, names) => names.iter().any(|name| source.id() == name.text),
            Self::Design(designs) => designs.contains(&source.design()),
            Self::Number(NumberKey::Year, years) => source.year().is_some_and(|year| years.has(year.into())),
            Self::Number(NumberKey::Participants, people) => {
                source.participants().is_some_and(|count| people.has(count.into()))
            }
            Self::Effect(least, most) => {
                let mut sizes = source.effects().filter_map(size);
                sizes.any(|size| (*least, *most).contains(&size))
            }
            _ => return None,
        })
    }
}

/// Whether a name means the term in a slot: by its id, its MeSH number, or words of its label.
pub(super) fn term_fits(db: &Database, slot: usize, id: &str, name: &Name) -> bool {
    let mesh = || db.term_at(slot).mesh().is_some_and(|mesh| mesh.eq_ignore_ascii_case(&name.text));
    id == name.text || mesh() || db.search.label_has(db.records(), slot, &name.folded)
}

/// The size of an effect, without its sign, where it has one that means the same in every study: a standardised mean
/// difference between groups. A change in one group and a difference in minutes or points have none.
fn size(effect: &Effect) -> Option<Size> {
    let compared = effect.measure == Measure::Smd && !effect.uncontrolled;
    effect.estimate.filter(|_| compared).map(|estimate| Size(estimate.abs()))
}
