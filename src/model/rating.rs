//! The rating of a whole body of evidence: direction, size and certainty in one value.

use std::fmt;

use serde::Serialize;

use super::vocabulary::{Certainty, Direction, Magnitude};

/// What the evidence as a whole says about a claim, how large the result is and how sure we are of it.
///
/// ```
/// use evidence_claims::Database;
///
/// for claim in Database::builtin().claims() {
///     println!("{}: {}", claim.id(), claim.rating()); // such as "low certainty of little or no difference"
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Rating {
    /// What the evidence says about the proposition.
    pub direction: Direction,
    /// Size of the recorded result.
    pub magnitude: Magnitude,
    /// How sure we are; `None` when no study was found.
    pub certainty: Option<Certainty>,
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(certainty) = self.certainty else { return f.pad("no study found") };
        // "It" is the proposition, which may be about harm or about a mechanism, so that nothing is said of helping.
        let result = match self.direction {
            Direction::Supports => "that it holds",
            Direction::Mixed => "that results are mixed",
            Direction::Null => "of little or no difference",
            Direction::Against => "that it does not hold",
            Direction::None => return f.pad("no study found"),
        };
        // Little or no difference says the size already.
        let size = match (self.direction, self.magnitude) {
            (Direction::Supports | Direction::Mixed, Magnitude::Trivial) => ", effect too small to matter",
            (Direction::Supports | Direction::Mixed, Magnitude::Small) => ", small effect",
            (Direction::Supports | Direction::Mixed, Magnitude::Moderate) => ", moderate effect",
            (Direction::Supports | Direction::Mixed, Magnitude::Large) => ", large effect",
            _ => "",
        };
        let certainty = certainty.as_str().replace('-', " ");
        f.pad(&format!("{certainty} certainty {result}{size}"))
    }
}
