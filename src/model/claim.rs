//! A claim: one PICO question answered, with its rating, its reasons and its wording.

use serde::Serialize;

use super::date::Date;
use super::grade::Grade;
use super::vocabulary::{Basis, Certainty, Direction, Magnitude};
use crate::text::Span;

/// Where a record stands: slot of its file in the database, and the span of its `[[header]]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) file: u32,
    pub(crate) span: Span,
}

/// Population, intervention, comparator and outcome. For terms these are ids; as studied, plain words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pico {
    /// Who.
    pub population: String,
    /// What was done.
    pub intervention: String,
    /// Compared with what.
    pub comparator: String,
    /// What was measured.
    pub outcome: String,
}

/// What one source says about a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingRecord {
    pub(crate) source: String,
    pub(crate) direction: Direction,
    pub(crate) basis: Basis,
    pub(crate) effect: Option<String>,
    pub(crate) note: Option<String>,
}

/// Why and when a claim was taken back. Withdrawn claims stay and resolve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// When.
    pub date: Date,
    /// Why.
    pub reason: String,
    /// Id of the claim that replaces it.
    pub superseded_by: Option<String>,
}

/// Words about a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) honest: String,
    pub(crate) marketing: Option<String>,
    pub(crate) overclaims: Vec<String>,
    pub(crate) conditions: Vec<String>,
    pub(crate) context: Vec<String>,
}

/// One claim as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClaimRecord {
    pub(crate) id: String,
    pub(crate) topic: String,
    pub(crate) proposition: String,
    pub(crate) direction: Direction,
    pub(crate) magnitude: Magnitude,
    pub(crate) certainty: Option<Certainty>,
    pub(crate) reviewed: Date,
    pub(crate) review_by: Date,
    pub(crate) aliases: Vec<String>,
    pub(crate) guidance: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) withdrawn: Option<Withdrawal>,
    pub(crate) pico: Pico,
    pub(crate) as_studied: Option<Pico>,
    pub(crate) grade: Grade,
    pub(crate) wording: Wording,
    pub(crate) findings: Vec<FindingRecord>,
    pub(crate) origin: Origin,
}
