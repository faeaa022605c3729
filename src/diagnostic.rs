//! One finding about a text: in marketing copy, or in a data file. Both are the same type, so that both are shown,
//! counted and exported the same way.
//!
//! Never prints; renderers do.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How bad a finding is. Ordered: `Note < Warning < Error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; does not fail a check by itself.
    Note,
    /// Should be changed before publication.
    Warning,
    /// Must be changed before publication.
    Error,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word used in output and in data files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Severity {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.as_str() == text)
            .ok_or_else(|| crate::Error::unknown_name("severity", text, Self::ALL.map(Self::as_str)))
    }
}

/// What a line under a diagnostic tells: each is a sentence or a short text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum NoteKind {
    /// What the words say, against what is known.
    What,
    /// Why it matters.
    Why,
    /// The evidence: claim, rating, sources.
    Evidence,
    /// What to do: an instruction or a sentence that could be published instead.
    Do,
    /// Another rule that the same words break.
    Also,
    /// The regulation or guideline behind the rule.
    Authority,
}

impl NoteKind {
    /// The word printed before the note.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Why => "why",
            Self::Evidence => "evidence",
            Self::Do => "do",
            Self::Also => "also",
            Self::Authority => "authority",
        }
    }
}

/// One explanation under a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What the text tells.
    pub kind: NoteKind,
    /// The text, one or two plain sentences. Shared: a thousand findings of one rule hold one copy.
    pub text: Arc<str>,
}

/// A second place that belongs to a diagnostic, such as the GRADE start level behind a wrong certainty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: Arc<str>,
}

/// Whether a fix may be applied without a person looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// May be applied by a program.
    Automatic,
    /// A suggestion that a person has to weigh.
    Manual,
}

/// A replacement for the words under a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    pub(crate) span: Span,
    pub(crate) replacement: Arc<str>,
    pub(crate) applicability: Applicability,
}

impl Fix {
    /// The bytes that are replaced.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The new words.
    #[must_use]
    pub fn replacement(&self) -> &str {
        &self.replacement
    }

    /// Whether a program may apply it.
    #[must_use]
    pub const fn applicability(&self) -> Applicability {
        self.applicability
    }
}

/// One finding, with its place, its reason and what to do about it.
///
/// ```
/// use evidence_claims::{Checker, Database, Document, Severity};
///
/// let page = Document::plain("Massage flushes toxins from your muscles.");
/// let findings = Checker::new(Database::builtin()).check(&page);
/// assert_eq!(findings[0].severity(), Severity::Error);
/// assert_eq!(findings[0].rule(), "detox-claim");
/// assert_eq!(findings[0].span().of(page.text()), "flushes toxins");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    pub(crate) rule: Arc<str>,
    pub(crate) severity: Severity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<Arc<str>>,
    pub(crate) span: Span,
    pub(crate) message: Box<str>,
    /// Shared by the findings that say the same.
    pub(crate) notes: Arc<[Note]>,
    pub(crate) labels: Vec<Label>,
    pub(crate) fixes: Vec<Fix>,
    pub(crate) claim: Option<Arc<str>>,
    pub(crate) topics: Arc<[Arc<str>]>,
    /// Whether the words are a listed overclaim of the claim, which then decides what is shown.
    #[serde(skip)]
    pub(crate) listed: bool,
}

impl Diagnostic {
    pub(crate) fn new(rule: impl Into<Arc<str>>, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity,
            file: None,
            span,
            message: message.into().into(),
            notes: Arc::default(),
            labels: Vec::new(),
            fixes: Vec::new(),
            claim: None,
            topics: Arc::default(),
            listed: false,
        }
    }

    /// Moves all of its places.
    #[cfg(feature = "check")]
    pub(crate) fn shift(&mut self, to: impl Fn(Span) -> Span) {
        self.span = to(self.span);
        self.labels.iter_mut().for_each(|label| label.span = to(label.span));
        self.fixes.iter_mut().for_each(|fix| fix.span = to(fix.span));
    }

    pub(crate) fn note(mut self, kind: NoteKind, text: impl Into<Arc<str>>) -> Self {
        self.notes = and(&self.notes, [Note { kind, text: text.into() }]);
        self
    }

    pub(crate) fn label(mut self, span: Span, text: impl Into<Arc<str>>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Name of the rule, such as `detox-claim`; rules about data files begin with `data/`.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The data file it is about; `None` for a diagnostic about the document that was checked.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The words it is about, as bytes of the text.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What is wrong, in one line, lower case, without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Reason, evidence and what to do, in the order in which they should be read.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Further places that belong to it.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Replacements, the best first.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// Id of the claim in the database that the words were compared with.
    #[must_use]
    pub fn claim(&self) -> Option<&str> {
        self.claim.as_deref()
    }

    /// Topics of the words, such as `circulation`.
    pub fn topics(&self) -> impl ExactSizeIterator<Item = &str> {
        self.topics.iter().map(|topic| &**topic)
    }
}

/// A shared list with more behind it.
pub(crate) fn and<T: Clone>(list: &[T], more: impl IntoIterator<Item = T>) -> Arc<[T]> {
    list.iter().cloned().chain(more).collect()
}

/// Sorts by file, place and rule, so that two runs and two machines agree.
pub(crate) fn sort(diagnostics: &mut [Diagnostic]) {
    let order = |a: &Diagnostic, b: &Diagnostic| {
        (&a.file, a.span, &a.rule, &a.message).cmp(&(&b.file, b.span, &b.rule, &b.message))
    };
    // What is found in reading order is in order nearly always, and a long list is not worth a second one.
    if !diagnostics.is_sorted_by(|a, b| order(a, b).is_le()) {
        diagnostics.sort_by(order);
    }
}
