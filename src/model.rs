//! The records: claims with their ratings, sources with their effects, terms, rules and profiles.
//!
//! Pure values. Knows neither TOML nor files; [`load`](crate::load) makes these and
//! [`database`](crate::database) hands out views of them.

pub(crate) mod accepted;
pub(crate) mod claim;
pub(crate) mod date;
pub(crate) mod figure;
pub(crate) mod grade;
pub(crate) mod id;
pub(crate) mod missing_study;
pub(crate) mod names;
pub(crate) mod profile;
pub(crate) mod project;
pub(crate) mod provenance;
pub(crate) mod rating;
pub(crate) mod rule;
pub(crate) mod source;
pub(crate) mod term;
pub(crate) mod vocabulary;
