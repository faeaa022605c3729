//! A rule and a profile as a reader meets them: what is found, how bad it is, why, and who says so.

use super::claim::Claim;
use super::{origin, view};
use crate::database::Database;
use crate::diagnostic::Severity;
#[cfg(feature = "check")]
use crate::diagnostic::{Diagnostic, NoteKind};
use crate::model::profile::ProfileRecord;
use crate::model::rule::{Authority, RuleRecord};
use crate::model::vocabulary::{Certainty, RuleKind, RuleStatus, Scope, Strength};
use crate::text::Span;

/// A rule about copy or about data.
///
/// ```
/// use evidence_claims::Database;
///
/// for rule in Database::builtin().rules() {
///     println!("{:<28} {:<8} {}", rule.name(), rule.severity(), rule.why());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Rule<'db> {
    pub(crate) db: &'db Database,
    pub(crate) record: &'db RuleRecord,
}

view!(Rule, name);

impl<'db> Rule<'db> {
    /// Its name, such as `detox-claim`.
    #[must_use]
    pub fn name(self) -> &'db str {
        &self.record.name
    }

    /// The family that it belongs to.
    #[must_use]
    pub fn family(self) -> &'db str {
        &self.record.family
    }

    /// The label under which labelled copy counts its findings.
    #[must_use]
    pub fn label(self) -> Option<&'db str> {
        self.record.label.as_deref()
    }

    /// What decides whether it fires.
    #[must_use]
    pub fn kind(self) -> RuleKind {
        self.record.kind
    }

    /// How bad its findings are, unless a profile says otherwise.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.record.severity
    }

    /// Where it is in its life.
    #[must_use]
    pub fn status(self) -> RuleStatus {
        self.record.status
    }

    /// First version of the library that has it.
    #[must_use]
    pub fn since(self) -> Option<&'db str> {
        self.record.since.as_deref()
    }

    /// The rule to use instead of a retired one.
    #[must_use]
    pub fn replaced_by(self) -> Option<Rule<'db>> {
        self.db.rule(self.record.replaced_by.as_deref()?)
    }

    /// Lower is more specific: of several findings on the same words the lowest is reported, the others become notes.
    #[must_use]
    pub fn rank(self) -> u16 {
        self.record.rank
    }

    /// Ids of the topics of its findings.
    pub fn topics(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.topics.iter().map(String::as_str)
    }

    /// The claim behind all of its findings.
    #[must_use]
    pub fn claim(self) -> Option<Claim<'db>> {
        self.db.claim(self.record.claim.as_deref()?)
    }

    /// What its findings say, with placeholders such as `{words}`.
    #[must_use]
    pub fn message(self) -> &'db str {
        &self.record.message
    }

    /// The message without a case: `…` where one puts its own words.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let rule = Database::builtin().rule("detox-claim").expect("it is built in");
    /// assert!(rule.message().contains("{words}"));
    /// assert!(rule.message_in_general().contains('…'));
    /// ```
    #[must_use]
    pub fn message_in_general(self) -> String {
        in_general(self.message())
    }

    /// The advice without a case: `…` where one puts its own words.
    #[must_use]
    pub fn help_in_general(self) -> Option<String> {
        self.help().map(in_general)
    }

    /// Why it exists.
    #[must_use]
    pub fn why(self) -> &'db str {
        &self.record.why
    }

    /// What to do about a finding.
    #[must_use]
    pub fn help(self) -> Option<&'db str> {
        self.record.help.as_deref()
    }

    /// Adds why it exists and what to do to a finding of it.
    #[cfg(feature = "check")]
    pub(crate) fn explain(self, finding: Diagnostic) -> Diagnostic {
        let explained = finding.note(NoteKind::Why, self.why());
        match self.help() {
            Some(help) => explained.note(NoteKind::Do, help),
            None => explained,
        }
    }

    /// The regulations, guidelines and papers behind it.
    pub fn authority(self) -> impl ExactSizeIterator<Item = &'db Authority> + use<'db> {
        self.record.authority.iter()
    }

    /// Its patterns.
    pub fn patterns(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.patterns.iter().map(|pattern| pattern.text.as_str())
    }

    /// Which readings of a sentence it applies to.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.record.scope
    }

    /// Sentences in which it fires; double brackets mark the words.
    pub fn bad(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.bad.iter().map(String::as_str)
    }

    /// Sentences in which it is silent.
    pub fn good(self) -> impl ExactSizeIterator<Item = &'db str> + use<'db> {
        self.record.good.iter().map(String::as_str)
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}

/// A profile: how strict the rules are in one jurisdiction.
///
/// ```
/// use evidence_claims::Database;
///
/// for profile in Database::builtin().profiles() {
///     println!("{}: {}", profile.name(), profile.label());
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Profile<'db> {
    pub(crate) db: &'db Database,
    pub(crate) record: &'db ProfileRecord,
}

view!(Profile, name);

impl<'db> Profile<'db> {
    /// Its name, such as `uk-cap`.
    #[must_use]
    pub fn name(self) -> &'db str {
        &self.record.name
    }

    /// Its name for people.
    #[must_use]
    pub fn label(self) -> &'db str {
        &self.record.label
    }

    /// What it is for.
    #[must_use]
    pub fn about(self) -> Option<&'db str> {
        self.record.about.as_deref()
    }

    /// The regulations behind it.
    pub fn authority(self) -> impl ExactSizeIterator<Item = &'db Authority> + use<'db> {
        self.record.authority.iter()
    }

    /// The strongest wording that it allows at this certainty.
    #[must_use]
    pub fn ceiling(self, certainty: Certainty) -> Strength {
        let own = self.record.ceilings.iter().find(|&&(known, _)| known == certainty);
        own.map_or_else(|| Strength::ceiling(certainty), |&(_, strength)| strength)
    }

    /// The severities that it changes, by rule.
    pub fn severities(self) -> impl ExactSizeIterator<Item = (&'db str, Severity)> + use<'db> {
        self.record.severities.iter().map(|(rule, severity)| (rule.as_str(), *severity))
    }

    /// Name of the file that it stands in, and its header there.
    #[must_use]
    pub fn origin(self) -> (&'db str, Span) {
        origin(self.db, self.record.origin)
    }
}

/// A text of a rule with … where a case puts its own words.
fn in_general(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push('…');
        rest = after;
    }
    out.push_str(rest);
    out
}
