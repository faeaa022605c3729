//! Look-ups made once, when a database is built: ids and aliases to slots, and who refers to whom.
//!
//! Holds positions only; the records stay where they are.

use std::collections::HashMap;

use crate::load::Records;
use crate::model::claim::{ClaimRecord, Pico};
use crate::model::rating::Rating;

/// Positions in the sorted lists of records.
#[derive(Debug, Default)]
pub(crate) struct Index {
    claims: HashMap<Box<str>, usize>,
    /// For each claim, what it refers to.
    links: Vec<Links>,
    /// For each claim its rating: a scan of all claims then reads bytes that lie side by side, and not a line of each record.
    ratings: Vec<Rating>,
    /// For each source, the claims with a finding from it.
    cited_by: Vec<Vec<usize>>,
    /// For each term, the claims whose question it is a part of.
    asked_of: Vec<Vec<usize>>,
    /// For each topic, its claims.
    topics: HashMap<Box<str>, Vec<usize>>,
}

/// What one claim refers to.
#[derive(Debug)]
pub(crate) struct Links {
    /// The source of each finding, in the claim's order.
    pub(crate) findings: Vec<usize>,
    pub(crate) guidance: Vec<usize>,
    /// Population, intervention, comparator, outcome.
    pub(crate) pico: [usize; 4],
}

impl Index {
    /// Finds all positions. A claim that refers to nothing known is left out: the loader has reported it, and everything
    /// below may rely on the positions.
    pub(crate) fn new(records: &mut Records) -> Self {
        let sources: HashMap<&str, usize> =
            records.sources.iter().enumerate().map(|(slot, source)| (source.id.as_str(), slot)).collect();
        // Of two terms with one id the topic comes second, and no part of a question is a topic.
        let mut terms = HashMap::new();
        for (slot, term) in records.terms.iter().enumerate() {
            terms.entry(term.id.as_str()).or_insert(slot);
        }
        let links = |claim: &ClaimRecord| links(claim, &sources, &terms);
        let all: Vec<Option<Links>> = records.claims.iter().map(links).collect();
        let mut known = all.iter().map(Option::is_some);
        records.claims.retain(|_| known.next().unwrap_or(false));
        let links: Vec<Links> = all.into_iter().flatten().collect();

        let mut cited_by = vec![Vec::new(); records.sources.len()];
        for (claim, links) in links.iter().enumerate() {
            for &source in &links.findings {
                if let Some(citing) =
                    cited_by.get_mut(source).filter(|citing: &&mut Vec<usize>| citing.last() != Some(&claim))
                {
                    citing.push(claim);
                }
            }
        }
        let mut asked_of = vec![Vec::new(); records.terms.len()];
        for (claim, links) in links.iter().enumerate() {
            for term in links.pico {
                if let Some(asked) =
                    asked_of.get_mut(term).filter(|asked: &&mut Vec<usize>| asked.last() != Some(&claim))
                {
                    asked.push(claim);
                }
            }
        }
        let mut topics: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        for (slot, claim) in records.claims.iter().enumerate() {
            match topics.get_mut(claim.topic.as_str()) {
                Some(claims) => claims.push(slot),
                None => drop(topics.insert(claim.topic.as_str().into(), vec![slot])),
            }
        }
        let mut claims = HashMap::with_capacity(records.claims.len());
        for (slot, claim) in records.claims.iter().enumerate() {
            claims.insert(claim.id.as_str().into(), slot);
            claims.extend(claim.aliases.iter().map(|alias| (alias.as_str().into(), slot)));
        }
        let rating = |claim: &ClaimRecord| Rating {
            direction: claim.direction,
            magnitude: claim.magnitude,
            certainty: claim.certainty,
        };
        let ratings = records.claims.iter().map(rating).collect();
        Self { claims, links, ratings, cited_by, asked_of, topics }
    }

    /// Slot of the claim with this id or former id.
    pub(crate) fn claim(&self, id: &str) -> Option<usize> {
        self.claims.get(id).copied()
    }

    /// The claims whose question has the term in a slot.
    pub(crate) fn asked_of(&self, term: usize) -> &[usize] {
        self.asked_of.get(term).map_or(&[], Vec::as_slice)
    }

    /// The claims of a topic.
    pub(crate) fn of_topic(&self, topic: &str) -> &[usize] {
        self.topics.get(topic).map_or(&[], Vec::as_slice)
    }

    /// What the claim in a slot refers to. There is one entry for each claim.
    pub(crate) fn links(&self, claim: usize) -> &Links {
        &self.links[claim]
    }

    /// The rating of the claim in a slot. There is one for each claim.
    pub(crate) fn rating(&self, claim: usize) -> Rating {
        self.ratings[claim]
    }

    /// The claims with a finding from the source in a slot.
    pub(crate) fn cited_by(&self, source: usize) -> &[usize] {
        self.cited_by.get(source).map_or(&[], Vec::as_slice)
    }
}

fn links(claim: &ClaimRecord, sources: &HashMap<&str, usize>, terms: &HashMap<&str, usize>) -> Option<Links> {
    let source = |id: &str| sources.get(id).copied();
    let term = |id: &str| terms.get(id).copied();
    let Pico { population, intervention, comparator, outcome } = &claim.pico;
    Some(Links {
        findings: claim.findings.iter().map(|finding| source(&finding.source)).collect::<Option<_>>()?,
        guidance: claim.guidance.iter().map(|id| source(id)).collect::<Option<_>>()?,
        pico: [term(population)?, term(intervention)?, term(comparator)?, term(outcome)?],
    })
}
