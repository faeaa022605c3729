//! How a sentence was read: for whoever wonders why words were flagged, or why they were not.

use serde::Serialize;

use super::Checker;
use super::assertion::{Assertion, assertions};
use super::class::Class;
use super::reading::Reading;
use super::surroundings::{LeadIn, Surroundings};
use super::verdict::allowed_for;
use super::{page, speaker};
use crate::document::{Document, sentences};
use crate::model::vocabulary::Strength;
use crate::text::Span;

/// A term that was recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundTerm {
    /// Where.
    pub span: Span,
    /// Its class, such as `outcome`.
    pub class: String,
    /// Its id.
    pub term: String,
}

/// One thing that a sentence was read to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadAssertion {
    /// The words that are pointed at when they say too much.
    pub span: Span,
    /// The words of the relation: "reduces", "relief from".
    pub relation: Span,
    /// The words of the outcome.
    pub outcome: Span,
    /// Id of the outcome's term.
    pub term: String,
    /// How surely it is put.
    pub strength: Strength,
    /// Whether a small size or a limit in time stands beside it.
    pub modest: bool,
    /// Whether a word of large size does.
    pub inflated: bool,
    /// Id of the claim that it is compared with, if one is about its outcome.
    pub claim: Option<String>,
    /// The strongest wording that this claim allows it, under the checker's profile. Where the evidence finds no difference or speaks
    /// against the claim, nothing stronger than stating the doubt.
    pub ceiling: Option<Strength>,
}

/// A sentence as the checker reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadSentence {
    /// The sentence.
    pub span: Span,
    /// The terms recognised in it, in order.
    pub terms: Vec<FoundTerm>,
    /// What it says massage does.
    pub assertions: Vec<ReadAssertion>,
    /// Why it says nothing, where something keeps it silent: a question, words above it, doubt.
    pub silent: Option<String>,
}

impl Checker<'_> {
    /// Reads a document and says, sentence by sentence, which terms and assertions were found. Page-level rules and phrases are
    /// not part of it.
    ///
    /// ```
    /// use evidence_claims::{Checker, Database, Document, Strength};
    ///
    /// let page = Document::plain("Massage may ease back pain, and it boosts circulation.");
    /// let read = Checker::new(Database::builtin()).explain(&page);
    /// let strengths: Vec<Strength> = read[0].assertions.iter().map(|assertion| assertion.strength).collect();
    /// assert_eq!(strengths, [Strength::Possible, Strength::Asserted]);
    /// ```
    #[must_use]
    pub fn explain(&self, document: &Document) -> Vec<ReadSentence> {
        let mut page = page::Page::default();
        let mut read: Vec<ReadSentence> = Vec::new();
        // The last sentence, when it asks: a yes makes it a statement.
        let mut asked: Option<(Reading, Surroundings)> = None;
        for (slot, block) in document.blocks().iter().enumerate() {
            page.enter(slot);
            let masked = document.masked(block);
            let first = read.len();
            let mut is_told = None;
            for range in sentences(masked, block.range.clone()) {
                let mut reading = Reading::default();
                reading.read(self.lexicon(), masked, range);
                reading.spoken = reading.quotes
                    && *is_told.get_or_insert_with(|| speaker::is_told(self.lexicon(), masked, block.range.clone()));
                let around = Surroundings {
                    kind: block.kind,
                    // Only phrases ask for a source.
                    cited: false,
                    lead_in: page.lead_in(masked, block, &reading),
                    subject: page.subject(),
                    section: page.section(),
                    referent: page.referent(),
                    asked: page.asked(),
                    refused: false,
                };
                let mut told = self.told(&reading, around);
                if let Some((statement, around)) = asked.take().filter(|_| reading.affirmation().is_some()) {
                    told.assertions.extend(self.told(&statement, around).assertions);
                }
                if let Some(before) = read.get_mut(first..).and_then(<[_]>::last_mut).filter(|_| reading.retracts()) {
                    before.assertions.clear();
                    before.silent = Some("the next sentence takes it back".to_owned());
                }
                read.push(told);
                page.after_sentence(self, document, block, &reading, &[], &mut Vec::new());
                if reading.question {
                    reading.question = false;
                    asked = Some((reading, around));
                }
            }
        }
        read
    }

    fn told(&self, reading: &Reading, around: Surroundings) -> ReadSentence {
        let records = self.db.records();
        let id = |slot: u32| records.terms.get(slot as usize).map_or_else(String::new, |term| term.id.clone());
        let terms = reading.tags.iter().filter_map(|tag| {
            let term = records.terms.get(tag.term as usize)?;
            Some(FoundTerm {
                span: reading.bytes(tag.words()).into(),
                class: term.class.clone(),
                term: term.id.clone(),
            })
        });
        let mut found = Vec::new();
        assertions(reading, around, |tag| self.wanted(tag), |tag| self.strength_of(tag), &mut found);
        let told = |assertion: &Assertion| {
            let claim = self.claim_of(reading, assertion).and_then(|slot| self.db.records().claims.get(slot));
            ReadAssertion {
                span: reading.bytes(assertion.words.clone()).into(),
                relation: reading.bytes(assertion.relation.words()).into(),
                outcome: reading.bytes(assertion.outcome.words()).into(),
                term: id(assertion.outcome.term),
                strength: assertion.governed.strength,
                modest: assertion.modest,
                inflated: assertion.magnitude_up.is_some(),
                claim: claim.map(|claim| claim.id.clone()),
                ceiling: claim.map(|claim| allowed_for(claim, assertion, |certainty| self.ceiling(certainty))),
            }
        };
        let silent = if reading.question {
            Some("a question")
        } else if around.lead_in == LeadIn::Silent {
            Some("the words above it deny, doubt or warn")
        } else if reading.has(Class::OUTCOME) && found.is_empty() && reading.has(Class::UNCERTAINTY) {
            Some("it states doubt or a null result")
        } else {
            None
        };
        ReadSentence {
            span: reading.range.clone().into(),
            terms: terms.collect(),
            assertions: found.iter().map(told).collect(),
            silent: silent.map(str::to_owned),
        }
    }
}
