//! A rule: what it finds, how bad it is, and how it talks. Rust holds the kinds of rule; every rule is data.

use serde::Serialize;
use url::Url;

use super::claim::Origin;
use super::vocabulary::{RuleKind, RuleStatus, Scope};
use crate::diagnostic::Severity;
use crate::text::Span;

/// A regulation, guideline or paper behind a rule or a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Authority {
    /// Name of the document.
    pub name: String,
    /// Where it can be read.
    pub url: Option<Url>,
}

/// A text and its place in the file, so that an error inside it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// One rule as loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleRecord {
    pub(crate) name: String,
    pub(crate) family: String,
    pub(crate) label: Option<String>,
    pub(crate) kind: RuleKind,
    pub(crate) severity: Severity,
    pub(crate) status: RuleStatus,
    pub(crate) since: Option<String>,
    pub(crate) replaced_by: Option<String>,
    /// Lower is more specific: of several findings on one span the lowest is reported, the others become notes.
    pub(crate) rank: u16,
    pub(crate) topics: Vec<String>,
    pub(crate) claim: Option<String>,
    pub(crate) message: String,
    pub(crate) why: String,
    pub(crate) help: Option<String>,
    pub(crate) authority: Vec<Authority>,
    pub(crate) patterns: Vec<Placed>,
    /// Patterns that count only where the words stand alone: in an item of a list, a heading, a cell.
    pub(crate) fragments: Vec<Placed>,
    /// Patterns of questions that are a finding where the answer begins with a no: "Any side effects? None."
    pub(crate) refused: Vec<Placed>,
    pub(crate) scope: Scope,
    pub(crate) bad: Vec<String>,
    pub(crate) good: Vec<String>,
    pub(crate) origin: Origin,
}
