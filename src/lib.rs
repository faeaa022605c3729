//! placeholder crate page
mod diagnostic;
mod error;
mod model;
mod suggest;
mod text;

pub use diagnostic::{Applicability, Diagnostic, Fix, Label, Note, NoteKind, Severity};
pub use error::Error;
pub use model::claim::{Pico, Withdrawal};
pub use model::date::Date;
pub use model::grade::{Grade, Reason};
pub use model::rule::Authority;
pub use model::source::{Effect, Retraction};
pub use model::vocabulary::{
    Basis, Certainty, Design, Direction, Domain, Favours, Magnitude, Measure, RuleKind, RuleStatus, Scope, Strength, Wanted,
};
pub use text::{LineIndex, Position, Span};
