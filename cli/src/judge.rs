//! What becomes of the findings of one page: rules that are off, comments and entries of the project file that keep them.

use evidence_claims::{Checker, Database, Date, Diagnostic, Document, Sieve, Sifted};
use globset::GlobMatcher;

use crate::broken;
use crate::cache::Cache;
use crate::git::Changes;
use crate::input::Input;
use crate::settings::{ProjectFile, Settings};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::unknown;

/// Judges pages, from several threads.
#[derive(Debug)]
pub(crate) struct Judge<'a> {
    checker: &'a Checker<'a>,
    sieve: Sieve<'a>,
    settings: &'a Settings,
    /// For each entry of the project file with a path, its matcher.
    globs: Vec<(&'a str, GlobMatcher)>,
    /// Rules and families that were asked for; all without them.
    only: &'a [String],
    /// Where earlier texts come from.
    gate: Option<&'a Changes>,
    /// What is known of texts.
    cache: Option<&'a Cache>,
}

impl<'a> Judge<'a> {
    /// A judge for one run.
    pub(crate) fn new(
        checker: &'a Checker<'a>,
        settings: &'a Settings,
        only: &'a [String],
        today: Date,
        terminal: Terminal,
    ) -> Result<Self, Stop> {
        let mut sieve = Sieve::new(checker, today);
        let mut globs = Vec::new();
        if let Some(file) = &settings.project {
            sieve = sieve.project(&file.project);
            for allow in file.project.allows() {
                if let (Some(path), Some(span)) = (allow.path(), allow.path_span()) {
                    globs.push((path, file.glob(path, span, terminal)?));
                }
            }
        }
        for name in only {
            let database = checker.database();
            if !database.rules().any(|rule| rule.name() == name || rule.family() == name) {
                return Err(unknown::rule(name, database));
            }
        }
        Ok(Self { checker, sieve, settings, globs, only, gate: None, cache: None })
    }

    /// Also finds what pages say more strongly than before these changes.
    pub(crate) fn gate(mut self, changes: Option<&'a Changes>) -> Self {
        self.gate = changes;
        self
    }

    /// Checks no text that the cache knows.
    pub(crate) fn cache(mut self, cache: Option<&'a Cache>) -> Self {
        self.cache = cache;
        self
    }

    /// The findings of a page, parted.
    pub(crate) fn judge(&self, input: &Input, document: &Document) -> Sifted {
        let check = || self.checker.check(document);
        let mut found = match self.cache {
            Some(cache) => cache.found(document, input.kind, &input.columns, check),
            None => check(),
        };
        let earlier = self.gate.and_then(|changes| changes.earlier(&input.path));
        if let Some(earlier) = earlier.and_then(|bytes| input.earlier(bytes)) {
            found.extend(self.checker.exaggerations(&[earlier], document));
            found.sort_by_key(Diagnostic::span);
        }
        self.sift(found, &input.path, document)
    }

    /// The findings of the page at `path`, parted.
    pub(crate) fn sift(&self, mut found: Vec<Diagnostic>, path: &str, document: &Document) -> Sifted {
        found.retain(|diagnostic| self.is_on(diagnostic));
        let relative = self.settings.project.as_ref().map_or_else(|| path.to_owned(), |file| file.relative(path));
        let mut sifted = self.sieve.sift(document, found, |allow| {
            let glob = allow.path().and_then(|path| self.globs.iter().find(|(glob, _)| *glob == path));
            glob.is_none_or(|(_, glob)| glob.is_match(&relative))
        });
        sifted.shown.retain(|diagnostic| self.is_on(diagnostic));
        sifted
    }

    /// What is wrong with the entries of the project file. Only when all of the project was checked an entry can be called unused.
    pub(crate) fn about_project(&self, all: bool) -> Vec<Diagnostic> {
        let mut found = self.sieve.finish();
        found.retain(|diagnostic| self.is_on(diagnostic) && (all || diagnostic.rule() != "suppression/unused"));
        found
    }

    fn is_on(&self, diagnostic: &Diagnostic) -> bool {
        let family = || self.checker.database().rule(diagnostic.rule()).map(|rule| rule.family());
        let is_asked = |name: &String| name == diagnostic.rule() || Some(name.as_str()) == family();
        let is_wanted = self.only.is_empty() || self.only.iter().any(is_asked) || ends_a_check(diagnostic);
        is_wanted && self.settings.severity(diagnostic.rule()) != Some(None)
    }
}

/// Whether it says that the rest of a page was not checked, which concerns whoever asked for anything.
pub(crate) fn ends_a_check(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule().starts_with("limit/")
}

/// Whether it is about words of the copy, which somebody may decide to keep, and not about the check itself.
pub(crate) fn is_about_copy(diagnostic: &Diagnostic) -> bool {
    !diagnostic.rule().starts_with("suppression/") && !ends_a_check(diagnostic)
}

/// The checker with the profile and the severities that were asked for.
pub(crate) fn checker<'db>(
    settings: &Settings,
    database: &'db Database,
    terminal: Terminal,
) -> Result<Checker<'db>, Stop> {
    if let Some(ProjectFile { project, .. }) = &settings.project {
        project.resolve(database).map_err(|error| broken::stop_about("the project file", &error, terminal))?;
    }
    let mut checker = Checker::new(database);
    if let Some(name) = &settings.profile.value {
        checker = checker.profile(name).map_err(|_| unknown::profile(name, database))?;
    }
    if let Some(most) = settings.max_findings {
        checker = checker.max_findings(most as usize);
    }
    // The first of several values is the one that counts, and the checker takes the last.
    for (rule, level) in settings.severities.iter().rev() {
        if database.rule(rule).is_none() {
            return Err(unknown::rule(rule, database));
        }
        if let Some(level) = level.value {
            checker = checker.severity(rule, level);
        }
    }
    Ok(checker)
}
