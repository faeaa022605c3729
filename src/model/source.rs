//! A source: one publication, guideline or regulator's page, with its identifiers and the figures read in it.

use serde::Serialize;
use url::Url;

use super::claim::Origin;
use super::date::Date;
use super::vocabulary::{Design, Favours, Measure};

/// One figure read in a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Name within the source.
    pub name: String,
    /// What was measured, when and in whom, in plain words.
    pub outcome: String,
    /// Compared with what.
    pub comparator: Option<String>,
    /// Scale.
    pub measure: Measure,
    /// Unit of a mean difference or percentage, such as `mmHg`.
    pub unit: Option<String>,
    /// The estimate, with the sign as printed.
    pub estimate: Option<f64>,
    /// Its 95% interval.
    pub interval: Option<[f64; 2]>,
    /// p value as printed.
    pub p: Option<String>,
    /// People behind this figure.
    pub participants: Option<u32>,
    /// Whom it favours.
    pub favours: Favours,
    /// Whom an estimate above no effect (0, or 1 of a ratio) favours: the massage or the comparator. As recorded, else by sign
    /// and `favours`; `None` when neither tells.
    pub positive_favours: Option<Favours>,
    /// Whether it is a change in one group, with nothing to compare with.
    pub uncontrolled: bool,
    /// Anything a reader must know.
    pub note: Option<String>,
}

/// A notice that a publication was retracted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retraction {
    /// When.
    pub date: Date,
    /// The notice.
    pub notice: Url,
}

/// One source as loaded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceRecord {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) authors: Vec<String>,
    pub(crate) year: Option<u16>,
    pub(crate) container: Option<String>,
    pub(crate) volume: Option<String>,
    pub(crate) issue: Option<String>,
    pub(crate) pages: Option<String>,
    pub(crate) doi: Option<String>,
    pub(crate) pmid: Option<String>,
    pub(crate) pmcid: Option<String>,
    /// Link as given, or derived from DOI or PMID.
    pub(crate) url: Url,
    pub(crate) design: Design,
    pub(crate) participants: Option<u32>,
    pub(crate) studies: Option<u32>,
    pub(crate) population: Option<String>,
    pub(crate) finding: Option<String>,
    pub(crate) checked: Option<Date>,
    pub(crate) unverified: Vec<String>,
    pub(crate) includes: Vec<String>,
    pub(crate) note: Option<String>,
    pub(crate) retracted: Option<Retraction>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) origin: Origin,
}
