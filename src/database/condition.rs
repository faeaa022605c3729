//! What a query asks of a claim, condition by condition.
//!
//! Never looks at a claim: the evaluator does.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Bound, RangeBounds};

use super::search::whole;
use crate::model::date::Date;
use crate::model::vocabulary::{Certainty, Design, Direction, Magnitude};
use crate::text::Span;

/// One condition, or its opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) negated: bool,
    pub(super) test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    Name(NameKey, Vec<Name>),
    Certainty(Levels),
    Direction(Vec<Direction>),
    Magnitude(Vec<Magnitude>),
    Design(Vec<Design>),
    Number(NumberKey, Numbers),
    Effect(Bound<Size>, Bound<Size>),
    Due(Date),
    Reviewed(Bound<Date>, Bound<Date>),
    Withdrawn(bool),
    /// Folded words, each with a space in front.
    Text(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKey {
    Id,
    Topic,
    Population,
    Intervention,
    Comparator,
    Outcome,
    Source,
}

impl NameKey {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Topic => "topic",
            Self::Population => "population",
            Self::Intervention => "intervention",
            Self::Comparator => "comparator",
            Self::Outcome => "outcome",
            Self::Source => "source",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKey {
    Year,
    Participants,
    Findings,
}

impl NumberKey {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Participants => "participants",
            Self::Findings => "findings",
        }
    }
}

/// A name that was asked for, with its place in the text that was parsed.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) span: Span,
}

impl Name {
    pub(super) fn new(text: impl Into<String>, span: Span) -> Self {
        let text = text.into();
        Self { folded: whole(&text), text, span }
    }
}

// Where a name stood does not change what it asks for.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Name {}

/// A set of certainties, with "not rated" as its lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Levels(pub(super) u8);

impl Levels {
    pub(super) const UNRATED: Self = Self(1);

    pub(super) fn of(certainty: Certainty) -> Self {
        Self(1 << (certainty as u8 + 1))
    }

    pub(super) fn range(range: impl RangeBounds<Certainty>) -> Self {
        Certainty::ALL
            .iter()
            .filter(|level| range.contains(level))
            .fold(Self(0), |set, &level| set.and(Self::of(level)))
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Numbers from one to another, both included, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) least: u64,
    pub(super) most: u64,
}

impl Numbers {
    pub(super) const NONE: Self = Self { least: 1, most: 0 };

    pub(super) fn new(least: Bound<u64>, most: Bound<u64>) -> Self {
        let least = match least {
            Bound::Included(least) => Some(least),
            Bound::Excluded(below) => below.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let most = match most {
            Bound::Included(most) => Some(most),
            Bound::Excluded(above) => above.checked_sub(1),
            Bound::Unbounded => Some(u64::MAX),
        };
        least.zip(most).filter(|(least, most)| least <= most).map_or(Self::NONE, |(least, most)| Self { least, most })
    }

    pub(super) const fn has(self, number: u64) -> bool {
        self.least <= number && number <= self.most
    }
}

/// The size of a standardised mean difference, without its sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size(pub(super) f64);

// A query has an order for any number that a program may build it with, also for one that is none.
impl Ord for Size {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Size {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Size {}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
