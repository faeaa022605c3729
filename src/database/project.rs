//! The names of a project file, looked up in the database that its packs make.

use super::Database;
use crate::diagnostic::{self, Diagnostic, NoteKind, Severity};
use crate::error::Error;
use crate::model::project::{Project, Setting};
use crate::suggest;

impl Project {
    /// Looks the names in the file up in the database with its packs.
    ///
    /// # Errors
    ///
    /// Rules, claims and profiles that do not exist, at their places ([`Error::is_invalid`]).
    ///
    /// ```
    /// use evidence_claims::{Database, Project};
    ///
    /// let project = Project::read("evidence.toml", "[severity]\ndetox-clam = \"note\"")?;
    /// let error = project.resolve(Database::builtin()).unwrap_err();
    /// assert_eq!(error.diagnostics()[0].message(), "there is no rule `detox-clam`");
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    pub fn resolve(&self, database: &Database) -> Result<(), Error> {
        let mut diagnostics = Vec::new();
        let rules = self.severities.iter().map(|(rule, _)| rule);
        for rule in rules.chain(self.allows.iter().filter_map(|allow| allow.rule.as_ref())) {
            let known = || database.rules().map(|rule| rule.name());
            diagnostics.extend(unknown("rule", "claims rules", rule, known));
        }
        // A former id still leads to its claim.
        let claims = self.allows.iter().filter_map(|allow| allow.claim.as_ref());
        for claim in claims.filter(|claim| database.claim(&claim.value).is_none()) {
            diagnostics.extend(unknown("claim", "claims list", claim, || database.claims().map(|claim| claim.id())));
        }
        if let Some(profile) = &self.profile {
            let known = || database.profiles().map(|profile| profile.name());
            diagnostics.extend(unknown("profile", "claims profiles", profile, known));
        }
        if diagnostics.is_empty() {
            return Ok(());
        }
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.file = Some(self.name.clone()));
        diagnostic::sort(&mut diagnostics);
        Err(self.invalid(diagnostics))
    }

    /// A value that the program does not know, for keys whose words belong to the program, such as `format`.
    ///
    /// ```
    /// use evidence_claims::Project;
    ///
    /// let project = Project::read("evidence.toml", "format = \"sarf\"")?;
    /// let error = project.unknown_value(project.format().unwrap(), "format", &["human", "sarif"]);
    /// assert_eq!(error.diagnostics()[0].notes()[0].text.as_ref(), "did you mean `sarif`? (write one of human, sarif)");
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    #[must_use]
    pub fn unknown_value(&self, setting: &Setting<String>, what: &str, known: &[&str]) -> Error {
        let expected = match known {
            [example] => format!("write one such as {example}"),
            words => format!("write one of {}", words.join(", ")),
        };
        let advice = match suggest::nearest(&setting.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? ({expected})"),
            None => expected,
        };
        let message = format!("`{}` is not a {what}", shown(&setting.value));
        let mut diagnostic = Diagnostic::new("data/unknown-value", Severity::Error, setting.span, message);
        diagnostic.file = Some(self.name.clone());
        self.invalid(vec![diagnostic.note(NoteKind::Do, advice)])
    }

    fn invalid(&self, diagnostics: Vec<Diagnostic>) -> Error {
        Error::invalid(diagnostics, vec![(self.name.clone(), self.text.clone())])
    }
}

/// `text` on one line.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What to say of a name, unless it is known. `list` is the command that lists those that are.
fn unknown<'a, I: Iterator<Item = &'a str>>(
    what: &str,
    list: &str,
    setting: &Setting<String>,
    known: impl Fn() -> I,
) -> Option<Diagnostic> {
    let name = &*setting.value;
    if known().any(|known| known == name) {
        return None;
    }
    let advice = match suggest::nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("`{list}` lists them"),
    };
    let message = format!("there is no {what} `{}`", shown(name));
    let diagnostic = Diagnostic::new(format!("data/unknown-{what}"), Severity::Error, setting.span, message);
    Some(diagnostic.note(NoteKind::Do, advice))
}
