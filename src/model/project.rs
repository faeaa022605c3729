//! A project file: how one site wants to be checked, and what it has decided to keep.
//!
//! Never opens a file and never judges copy.

use std::sync::Arc;

use super::date::Date;
use crate::diagnostic::Severity;
use crate::text::Span;

/// A value of a project file and where it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// The bytes of the value in the file.
    pub span: Span,
}

/// An `[[allow]]`: findings that stay, with the reason. A finding must fit all that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    pub(crate) rule: Option<Setting<String>>,
    pub(crate) claim: Option<Setting<String>>,
    pub(crate) words: Option<String>,
    pub(crate) path: Option<Setting<String>>,
    pub(crate) because: Option<Arc<str>>,
    pub(crate) until: Option<Date>,
    pub(crate) header: Span,
}

impl Allow {
    /// The rule whose findings stay; any rule without it.
    #[must_use]
    pub fn rule(&self) -> Option<&str> {
        self.rule.as_ref().map(|rule| rule.value.as_str())
    }

    /// The claim that the findings were compared with; any without it.
    #[must_use]
    pub fn claim(&self) -> Option<&str> {
        self.claim.as_ref().map(|claim| claim.value.as_str())
    }

    /// Words that a finding must hold; any without them.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }

    /// A glob that the path of the page must fit; any page without it. Relative to the directory of the project file.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_ref().map(|path| path.value.as_str())
    }

    /// Where the glob stands in the project file.
    #[must_use]
    pub fn path_span(&self) -> Option<Span> {
        self.path.as_ref().map(|path| path.span)
    }

    /// Why they stay.
    #[must_use]
    pub fn because(&self) -> &str {
        self.because.as_deref().unwrap_or_default()
    }

    /// The last day on which they do; for ever without it.
    #[must_use]
    pub const fn until(&self) -> Option<Date> {
        self.until
    }
}

/// A project file, `evidence.toml`, as it was read.
///
/// ```
/// use evidence_claims::{Project, Severity};
///
/// let project = Project::read("evidence.toml", "profile = \"uk-cap\"\n\n[severity]\ncan-as-hedge = \"note\"")?;
/// assert_eq!(project.profile().map(|name| name.value.as_str()), Some("uk-cap"));
/// assert_eq!(project.severities()[0].1.value, Some(Severity::Note));
///
/// let error = Project::read("evidence.toml", "profil = \"uk-cap\"").unwrap_err();
/// assert_eq!(error.diagnostics()[0].rule(), "data/unknown-key");
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    pub(crate) name: Arc<str>,
    pub(crate) text: Arc<str>,
    pub(crate) packs: Vec<Setting<String>>,
    pub(crate) files: Vec<Setting<String>>,
    pub(crate) exclude: Vec<Setting<String>>,
    pub(crate) profile: Option<Setting<String>>,
    pub(crate) fail_on: Option<Setting<String>>,
    pub(crate) format: Option<Setting<String>>,
    pub(crate) notes: Option<Setting<String>>,
    pub(crate) baseline: Option<Setting<String>>,
    pub(crate) severities: Vec<(Setting<String>, Setting<Option<Severity>>)>,
    pub(crate) allows: Vec<Allow>,
}

impl Project {
    /// The name of the file, as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text, so that the place of a value can be shown.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Paths of evidence packs, relative to the directory of the file, like all its paths.
    #[must_use]
    pub fn packs(&self) -> &[Setting<String>] {
        &self.packs
    }

    /// Files, directories and globs to check when none are named.
    #[must_use]
    pub fn files(&self) -> &[Setting<String>] {
        &self.files
    }

    /// Globs of what is not checked.
    #[must_use]
    pub fn exclude(&self) -> &[Setting<String>] {
        &self.exclude
    }

    /// The profile whose severities are used.
    #[must_use]
    pub const fn profile(&self) -> Option<&Setting<String>> {
        self.profile.as_ref()
    }

    /// The mildest finding that fails a check: a severity, or `never`.
    #[must_use]
    pub const fn fail_on(&self) -> Option<&Setting<String>> {
        self.fail_on.as_ref()
    }

    /// The name of the format to write. What is known is up to the program that writes.
    #[must_use]
    pub const fn format(&self) -> Option<&Setting<String>> {
        self.format.as_ref()
    }

    /// How notes are shown.
    #[must_use]
    pub const fn notes(&self) -> Option<&Setting<String>> {
        self.notes.as_ref()
    }

    /// The file of known findings.
    #[must_use]
    pub const fn baseline(&self) -> Option<&Setting<String>> {
        self.baseline.as_ref()
    }

    /// Severities of rules, with the place of the name and of the level; `None` is off.
    #[must_use]
    pub fn severities(&self) -> &[(Setting<String>, Setting<Option<Severity>>)] {
        &self.severities
    }

    /// What stays.
    #[must_use]
    pub fn allows(&self) -> &[Allow] {
        &self.allows
    }
}
