//! Findings that somebody decided to keep: in a comment beside the words, or in the project file. Each needs a reason, and one
//! that keeps nothing, or whose day has passed, is itself a finding.
//!
//! Never opens a file and reads no clock: the day comes in as an argument.

mod comment;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::check::Checker;
use crate::database::Database;
use crate::diagnostic::{Applicability, Diagnostic, Fix, NoteKind, Severity, sort};
use crate::document::Document;
use crate::model::date::Date;
use crate::model::project::{Allow, Project};
use crate::text::Span;
use comment::{Comment, Reach};

/// The names of the rules about suppressions.
const EXPIRED: &str = "suppression/expired";
const MALFORMED: &str = "suppression/malformed";
const UNEXPLAINED: &str = "suppression/unexplained";
const UNKNOWN_RULE: &str = "suppression/unknown-rule";
const UNUSED: &str = "suppression/unused";

/// A finding that is kept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// The reason that is given for keeping it; empty where none is.
    pub because: Arc<str>,
    /// Whether the project file keeps it, and not a comment in the page.
    pub by_project: bool,
}

/// What is left of the findings of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// Findings to show, those about the suppressions of the page among them, in reading order.
    pub shown: Vec<Diagnostic>,
    /// Findings that are kept.
    pub suppressed: Vec<Suppressed>,
}

/// Parts findings that are to be shown from those that somebody decided to keep.
///
/// One sieve serves all pages of a project, from several threads; in the end it knows which entries of the project file kept
/// nothing.
///
/// ```
/// use evidence_claims::{Checker, Database, Date, Document, Sieve};
///
/// let page = Document::markdown(
///     "<!-- claims-ignore-next-line detox-claim: we quote the myth in order to answer it -->\n\
///      Our massage flushes toxins.",
/// );
/// let checker = Checker::new(Database::builtin());
/// let sieve = Sieve::new(&checker, "2026-11-25".parse()?);
/// let sifted = sieve.sift(&page, checker.check(&page), |_| true);
/// assert!(sifted.shown.is_empty());
/// assert_eq!(sifted.suppressed[0].because.as_ref(), "we quote the myth in order to answer it");
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Debug)]
pub struct Sieve<'a> {
    checker: &'a Checker<'a>,
    today: Date,
    project: Option<&'a Project>,
    /// Whether each `[[allow]]` kept something.
    used: Vec<AtomicBool>,
}

impl<'a> Sieve<'a> {
    /// A sieve for the comments of pages, on the day `today`.
    #[must_use]
    pub const fn new(checker: &'a Checker<'a>, today: Date) -> Self {
        Self { checker, today, project: None, used: Vec::new() }
    }

    /// Also keeps what a project file allows.
    #[must_use]
    pub fn project(mut self, project: &'a Project) -> Self {
        self.used = project.allows.iter().map(|_| AtomicBool::new(false)).collect();
        self.project = Some(project);
        self
    }

    /// Parts the findings of one page. `applies` says whether the path of an entry of the project file fits the page.
    #[must_use]
    pub fn sift(&self, document: &Document, mut findings: Vec<Diagnostic>, applies: impl Fn(&Allow) -> bool) -> Sifted {
        let mut sifted = Sifted::default();
        let (mut comments, malformed) = comment::read(document);
        let allows: &[Allow] = self.project.map_or(&[], |project| &project.allows);
        let allows: Vec<(&Allow, &AtomicBool)> =
            (allows.iter().zip(&self.used)).filter(|(allow, _)| self.is_open(allow.until) && applies(allow)).collect();
        // In place: a long page has so many findings that a second list of them would be felt.
        let mut reasons = Vec::new();
        let kept = findings.extract_if(.., |diagnostic| {
            let words = diagnostic.span().of(document.text());
            let keeps = |comment: &&mut Comment| self.is_open(comment.until) && comment.keeps(diagnostic, words);
            if let Some(comment) = comments.iter_mut().find(keeps) {
                comment.used = true;
                reasons.push((comment.because.as_deref().unwrap_or_default().into(), false));
            } else if let Some((allow, used)) = allows.iter().find(|(allow, _)| keeps_by(allow, diagnostic, words)) {
                used.store(true, Ordering::Relaxed);
                reasons.push((allow.because.clone().unwrap_or_default(), true));
            } else {
                return false;
            }
            true
        });
        let kept: Vec<Diagnostic> = kept.collect();
        let kept = kept.into_iter().zip(reasons);
        sifted.suppressed.extend(kept.map(|(diagnostic, (because, by_project))| Suppressed {
            diagnostic,
            because,
            by_project,
        }));
        sifted.shown = findings;
        sifted.shown.extend(
            malformed.into_iter().map(|slip| self.about(MALFORMED, slip.span, slip.message, Some(slip.advice))),
        );
        for comment in &comments {
            sifted.shown.extend(self.judge(comment, document));
        }
        sort(&mut sifted.shown);
        sifted
    }

    /// Warnings about entries of the project file that kept nothing on the pages sifted so far, or whose day has passed.
    #[must_use]
    pub fn finish(&self) -> Vec<Diagnostic> {
        let Some(project) = self.project else { return Vec::new() };
        let mut found = Vec::new();
        for (allow, used) in project.allows.iter().zip(&self.used) {
            let mut diagnostic = match allow.until.filter(|_| !self.is_open(allow.until)) {
                Some(until) => {
                    self.about(EXPIRED, allow.header, format!("this entry kept findings until {until}"), None)
                }
                None if !used.load(Ordering::Relaxed) => {
                    self.about(UNUSED, allow.header, "this entry keeps nothing".to_owned(), None)
                }
                None => continue,
            };
            diagnostic.file = Some(project.name.clone());
            found.push(diagnostic);
        }
        found
    }

    fn is_open(&self, until: Option<Date>) -> bool {
        until.is_none_or(|until| self.today <= until)
    }

    /// What is wrong with a comment.
    fn judge(&self, comment: &Comment, document: &Document) -> Vec<Diagnostic> {
        let database = self.checker.database();
        let mut found = Vec::new();
        for (name, span) in comment.rules.iter().filter(|(name, _)| database.rule(name).is_none()) {
            let advice = near(name, database).map(|near| format!("did you mean `{near}`?"));
            found.push(self.about(UNKNOWN_RULE, *span, format!("there is no rule `{name}`"), advice));
        }
        // Whatever else is wrong may follow from that.
        if !found.is_empty() {
            return found;
        }
        if comment.because.is_none() && comment.used && comment.reach != Reach::End {
            found.push(self.about(UNEXPLAINED, comment.span, "this comment gives no reason".to_owned(), None));
        }
        match comment.until.filter(|_| !self.is_open(comment.until)) {
            Some(until) => {
                let message = format!("this comment kept findings until {until}");
                found.push(self.about(EXPIRED, comment.span, message, None));
            }
            None if !comment.used => {
                let message = match comment.reach {
                    Reach::End => "nothing is kept here that could end",
                    _ => "this comment keeps nothing",
                };
                let mut unused = self.about(UNUSED, comment.span, message.to_owned(), None);
                let (span, applicability) = (with_space(comment.span, document.text()), Applicability::Automatic);
                unused.fixes.push(Fix { span, replacement: "".into(), applicability });
                found.push(unused);
            }
            None => {}
        }
        found
    }

    /// A finding with the texts of its rule; `advice` takes the place of its help.
    fn about(&self, rule: &str, span: Span, message: String, advice: Option<String>) -> Diagnostic {
        let record = self.checker.database().rule(rule);
        let severity = self.checker.severity_for(rule).unwrap_or(Severity::Warning);
        let mut diagnostic = Diagnostic::new(rule, severity, span, message);
        if let Some(record) = record {
            diagnostic = diagnostic.note(NoteKind::Why, record.why());
        }
        match advice.or_else(|| record?.help().map(str::to_owned)) {
            Some(advice) => diagnostic.note(NoteKind::Do, advice),
            None => diagnostic,
        }
    }
}

/// A comment with what goes when it goes: its lines where it has them for itself, else the spaces before it.
fn with_space(comment: Span, text: &str) -> Span {
    let before = text.get(..comment.start()).unwrap_or_default();
    let after = text.get(comment.end()..).unwrap_or_default();
    let indent = before.trim_end_matches([' ', '\t']);
    let rest = after.trim_start_matches([' ', '\t', '\r']);
    if (indent.is_empty() || indent.ends_with('\n')) && (rest.is_empty() || rest.starts_with('\n')) {
        return Span::new(indent.len(), (text.len() - rest.len() + 1).min(text.len()));
    }
    Span::new(indent.len(), comment.end())
}

fn near<'d>(name: &str, database: &'d Database) -> Option<&'d str> {
    crate::suggest::nearest(name, database.rules().map(|rule| rule.name()))
}

/// Whether an entry of the project file keeps a finding with these words.
fn keeps_by(allow: &Allow, diagnostic: &Diagnostic, words: &str) -> bool {
    allow.rule().is_none_or(|rule| rule == diagnostic.rule())
        && allow.claim().is_none_or(|claim| diagnostic.claim() == Some(claim))
        && allow.words().is_none_or(|wanted| holds(words, wanted))
}

/// Whether `words` hold `wanted`, whatever the case, the marks and the spaces between.
fn holds(words: &str, wanted: &str) -> bool {
    let bare = |text: &str| {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    bare(words).contains(&bare(wanted))
}
