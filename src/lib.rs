#![cfg_attr(all(feature = "check", feature = "export"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "check", feature = "export")),
    doc = "Evidence claims about massage therapy with GRADE ratings, and queries over them."
)]

#[cfg(feature = "check")]
mod check;
#[cfg(feature = "check")]
mod compare;
mod database;
mod diagnostic;
#[cfg(feature = "check")]
mod document;
mod error;
#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "check")]
mod gate;
#[cfg(feature = "check")]
mod limit;
mod load;
mod model;
#[cfg(feature = "plot")]
pub mod plot;
#[cfg(feature = "check")]
mod rate;
#[cfg(feature = "stats")]
pub mod stats;
mod suggest;
#[cfg(feature = "check")]
mod suppress;
mod text;

#[cfg(feature = "check")]
pub use check::{Checker, Draft, FoundTerm, ReadAssertion, ReadSentence};
#[cfg(feature = "check")]
pub use compare::Comparer;
pub use database::{
    Aspect, Builder, Change, Claim, Database, Finding, OneOf, Profile, Provenance, Query, Question, Report, Rule,
    Source, Term,
};
pub use diagnostic::{Applicability, Diagnostic, Fix, Label, Note, NoteKind, Severity};
#[cfg(feature = "check")]
pub use document::{Block, BlockKind, Cell, Document, Paragraph, PlaceInParagraph};
pub use error::Error;
pub use model::claim::{Pico, Withdrawal};
pub use model::date::Date;
pub use model::grade::{Grade, Reason};
pub use model::missing_study::MissingStudy;
pub use model::project::{Allow, Project, Setting};
pub use model::rating::Rating;
pub use model::rule::Authority;
pub use model::source::{Effect, Retraction};
pub use model::vocabulary::{
    Basis, Certainty, Design, Direction, Domain, Favours, Magnitude, Measure, RuleKind, RuleStatus, Scope, Strength,
    Wanted,
};
#[cfg(feature = "check")]
pub use rate::{Cue, ListedWord, Rater, Scheme, StrengthRating, WordingClass};
#[cfg(feature = "check")]
pub use suppress::{Sieve, Sifted, Suppressed};
pub use text::{LineIndex, Position, Span};
