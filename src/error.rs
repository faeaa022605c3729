//! The one error type of the crate. Opaque: callers ask it questions instead of matching on it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::text::{LineIndex, Span};

/// Most problems that the debug form lists.
const SHOWN: usize = 20;

/// Why a pack did not load, a query did not parse or a name is unknown.
///
/// ```
/// use evidence_claims::Database;
///
/// let error = Database::builder().text("mine.toml", "[[claim]]\nid = \"x\"").build().unwrap_err();
/// assert!(error.is_invalid());
/// assert!(error.diagnostics().iter().any(|d| d.rule() == "data/missing-key"));
/// ```
#[derive(thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Repr);

/// For `unwrap` and `main`: the message, and the first problems with their places, not the texts of all files.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        for diagnostic in self.diagnostics().iter().take(SHOWN) {
            let file = diagnostic.file().unwrap_or_default();
            let text = self.text(file).unwrap_or_default();
            let at = LineIndex::new(text).position(text, diagnostic.span().start());
            write!(f, "\n    {file}:{at}: {}[{}]: {}", diagnostic.severity(), diagnostic.rule(), diagnostic.message())?;
        }
        match self.diagnostics().len().checked_sub(SHOWN) {
            Some(more @ 1..) => write!(f, "\n    and {more} more"),
            _ => Ok(()),
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Repr {
    #[error("cannot read `{}`: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error("{}", summary(diagnostics))]
    Invalid { diagnostics: Vec<Diagnostic>, files: Vec<(Arc<str>, Arc<str>)> },
    #[error("{message}")]
    Query { message: String, span: Span },
    #[error("unknown {what} `{name}`; expected one of {expected}{}", suggestion.as_ref().map(|s| format!("; did you mean `{s}`?")).unwrap_or_default())]
    Name { what: &'static str, name: String, expected: String, suggestion: Option<String> },
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let first = diagnostics.first().map(|d| {
        let file = d.file().map(|file| format!("{file}: ")).unwrap_or_default();
        format!(": {file}{} [{}]", d.message(), d.rule())
    });
    let s = if diagnostics.len() == 1 { "" } else { "s" };
    format!("{} problem{s} in the data{}", diagnostics.len(), first.unwrap_or_default())
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Repr::Io { path: path.into(), source }.into()
    }

    pub(crate) fn invalid(diagnostics: Vec<Diagnostic>, files: Vec<(Arc<str>, Arc<str>)>) -> Self {
        Repr::Invalid { diagnostics, files }.into()
    }

    pub(crate) fn query(message: impl Into<String>, span: Span) -> Self {
        Repr::Query { message: message.into(), span }.into()
    }

    pub(crate) fn unknown_name<'a>(
        what: &'static str,
        name: &str,
        expected: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let expected: Vec<&str> = expected.into_iter().collect();
        let suggestion = crate::suggest::nearest(name, expected.iter().copied()).map(str::to_owned);
        Repr::Name { what, name: name.to_owned(), expected: expected.join(", "), suggestion }.into()
    }

    /// Whether a file or directory could not be read.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(self.0, Repr::Io { .. })
    }

    /// Whether records were read and found wrong; [`diagnostics`](Self::diagnostics) lists every problem.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.0, Repr::Invalid { .. })
    }

    /// All problems of all files, sorted by file and place. Empty unless [`is_invalid`](Self::is_invalid).
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.0 {
            Repr::Invalid { diagnostics, .. } => diagnostics,
            _ => &[],
        }
    }

    /// The text of a data file that a diagnostic is about, as it was read, so that the place can be shown.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        match &self.0 {
            Repr::Invalid { files, .. } => files.iter().find(|(name, _)| &**name == file).map(|(_, text)| &**text),
            _ => None,
        }
    }

    /// Where in a query text the error is.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self.0 {
            Repr::Query { span, .. } => Some(span),
            _ => None,
        }
    }
}
