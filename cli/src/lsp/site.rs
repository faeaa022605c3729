//! What a document is checked by: the project file above it, the packs and the profile that this names, or the options alone.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use evidence_claims::{Checker, Database, Date, Error, LineIndex, Project};
use globset::GlobMatcher;

use super::session::Session;
use crate::args::{Args, CheckArgs, LspArgs};
use crate::evidence::Evidence;
use crate::judge::{self, Judge};
use crate::settings::{LARGEST, NAME, ProjectFile, Settings};
use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::{input, today};

/// A project, or what holds outside of all projects.
pub(super) struct Site {
    /// Its file, and how that was when it was read.
    file: Option<(PathBuf, Stamp)>,
    settings: Settings,
    evidence: Evidence,
    /// Globs of what is left out.
    exclude: Vec<GlobMatcher>,
    problem: Option<String>,
}

/// Tells whether a file has changed.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

impl Site {
    /// What the options say. Packs that are broken are told of, and left out.
    pub(super) fn plain(args: &Args, lsp: &LspArgs, terminal: Terminal) -> Result<Self, Stop> {
        let settings = Settings::with(args, &check_args(lsp), None, terminal)?;
        // With their whole paths, since an editor knows nothing of the directory that the server runs in.
        let packs: Vec<PathBuf> = args.packs.iter().map(|pack| absolute(pack)).collect();
        let (evidence, problem) = match Evidence::open(&packs, terminal) {
            Ok(evidence) => (evidence, None),
            Err(Stop(problem)) => (Evidence::Builtin(Database::builtin()), Some(problem)),
        };
        Ok(Self { file: None, settings, evidence, exclude: Vec::new(), problem })
    }

    /// What a project file says. What is wrong with it is told, and does not count.
    fn open(path: &Path, roots: &[PathBuf], args: &Args, lsp: &LspArgs, terminal: Terminal) -> Result<Self, Stop> {
        let mut site = Self::plain(args, lsp, terminal)?;
        site.file = Some((path.to_owned(), stamp(path)));
        if let Err(problem) = site.read(path, roots, args, lsp, terminal) {
            site.problem = Some(problem);
        }
        Ok(site)
    }

    fn read(
        &mut self,
        path: &Path,
        roots: &[PathBuf],
        args: &Args,
        lsp: &LspArgs,
        terminal: Terminal,
    ) -> Result<(), String> {
        let name = path.display();
        let text = input::utf8(path, LARGEST).map_err(|problem| format!("cannot read {name}: {problem}"))?;
        let project = Project::read(name.to_string(), text).map_err(|error| first_of(&error))?;
        let file = ProjectFile::new(path.parent().unwrap_or(path), project);
        let exclude = file.project.exclude().iter().map(|glob| file.glob(&glob.value, glob.span, terminal));
        let exclude = exclude.collect::<Result<_, Stop>>().map_err(|Stop(problem)| problem)?;
        let settings = Settings::with(args, &check_args(lsp), Some(file), terminal);
        let settings = settings.map_err(|Stop(problem)| format!("{name}: {problem}"))?;
        let named_here = args.packs.is_empty();
        if let Some(pack) = settings.packs.value.iter().find(|pack| named_here && !is_inside(pack, roots)) {
            return Err(format!("{name}: the pack {} is not opened, since it is not in the workspace", pack.display()));
        }
        let builder = settings
            .packs
            .value
            .iter()
            .fold(Database::builder().builtin(), |builder, pack| builder.pack(absolute(pack)));
        if !settings.packs.value.is_empty() {
            self.evidence = Evidence::WithPacks(Box::new(builder.build().map_err(|error| first_of(&error))?));
        }
        if let Some(file) = &settings.project {
            file.project.resolve(&self.evidence).map_err(|error| first_of(&error))?;
        }
        (self.settings, self.exclude) = (settings, exclude);
        Ok(())
    }

    /// The evidence.
    pub(super) fn database(&self) -> &Database {
        &self.evidence
    }

    /// Whether the project file leaves a page out.
    pub(super) fn excludes(&self, page: &str) -> bool {
        let Some(file) = &self.settings.project else { return false };
        let relative = file.relative(page);
        self.exclude.iter().any(|glob| glob.is_match(&relative))
    }

    /// Whether its file is not as it was.
    fn has_changed(&self) -> bool {
        self.file.as_ref().is_some_and(|(path, known)| stamp(path) != *known)
    }
}

/// All projects of the documents that are open. The first site is that of documents without a project.
pub(super) struct Sites {
    sites: Vec<Site>,
    config: Option<PathBuf>,
    no_config: bool,
    /// What could not be used.
    broken: Vec<String>,
}

impl Sites {
    /// Reads the project files of all open documents.
    pub(super) fn open(session: &Session, args: &Args, lsp: &LspArgs, terminal: Terminal) -> Self {
        let config = args.config.as_deref().map(absolute);
        let mut all = Self { sites: Vec::new(), config, no_config: args.no_config, broken: Vec::new() };
        let roots = &session.client.roots;
        match Site::plain(args, lsp, terminal) {
            Ok(site) => all.sites.push(site),
            Err(Stop(problem)) => all.broken.push(problem),
        }
        for uri in session.open.keys() {
            let path = super::client::path_of(&uri.as_str().into());
            let Some(file) = all.project_file(path.as_deref(), roots) else { continue };
            if all.sites.iter().any(|site| site.is_of(&file)) {
                continue;
            }
            match Site::open(&file, roots, args, lsp, terminal) {
                Ok(site) => all.sites.push(site),
                Err(Stop(problem)) => all.broken.push(problem),
            }
        }
        all
    }

    /// The project file that counts for a document: the nearest above it, up to the root of its workspace.
    fn project_file(&self, path: Option<&Path>, roots: &[PathBuf]) -> Option<PathBuf> {
        if self.no_config {
            return None;
        }
        if self.config.is_some() {
            return self.config.clone();
        }
        let path = path?;
        let root = roots.iter().filter(|root| path.starts_with(root)).max_by_key(|root| root.as_os_str().len())?;
        let directories = path.parent()?.ancestors().take_while(|directory| directory.starts_with(root));
        let file = directories.map(|directory| directory.join(NAME)).find(|file| file.is_file())?;
        is_inside(&file, roots).then_some(file)
    }

    /// The slot of the site of a document; `None` when its project file has not been read.
    pub(super) fn of(&self, path: Option<&Path>, roots: &[PathBuf]) -> Option<usize> {
        match self.project_file(path, roots) {
            None => Some(0),
            Some(file) => self.sites.iter().position(|site| site.is_of(&file)),
        }
    }

    /// Whether a project file has changed.
    pub(super) fn have_changed(&self) -> bool {
        self.sites.iter().any(Site::has_changed)
    }

    /// A site.
    pub(super) fn get(&self, slot: usize) -> Option<&Site> {
        self.sites.get(slot)
    }

    /// What is wrong with the project files.
    pub(super) fn problems(&self) -> impl Iterator<Item = &String> {
        self.sites.iter().filter_map(|site| site.problem.as_ref()).chain(&self.broken)
    }

    /// A checker for each site, and what is wrong with its settings.
    pub(super) fn checkers(&self, terminal: Terminal) -> (Vec<Checker<'_>>, Vec<String>) {
        let mut problems = Vec::new();
        let checkers = self.sites.iter().map(|site| {
            judge::checker(&site.settings, &site.evidence, terminal).unwrap_or_else(|Stop(problem)| {
                problems.push(site.named(&problem));
                Checker::new(&site.evidence)
            })
        });
        let checkers = checkers.collect();
        (checkers, problems)
    }

    /// A judge for each site, and what is wrong with its settings. `plain` holds where they cannot be used.
    pub(super) fn judges<'a>(
        &'a self,
        checkers: &'a [Checker<'a>],
        plain: &'a Site,
        lsp: &LspArgs,
        terminal: Terminal,
    ) -> (Vec<Judge<'a>>, Vec<String>) {
        // Without a clock nothing has run out.
        let today = lsp.today.or_else(today::today).or(Date::new(1, 1, 1));
        let mut problems = Vec::new();
        let mut judges = Vec::new();
        for (site, checker) in self.sites.iter().zip(checkers) {
            let Some(today) = today else { break };
            let made = Judge::new(checker, &site.settings, &[], today, terminal).or_else(|Stop(problem)| {
                problems.push(site.named(&problem));
                Judge::new(checker, &plain.settings, &[], today, terminal)
            });
            judges.extend(made);
        }
        (judges, problems)
    }
}

impl Site {
    fn is_of(&self, file: &Path) -> bool {
        self.file.as_ref().is_some_and(|(path, _)| path == file)
    }

    /// A problem with the name of the project file before it.
    fn named(&self, problem: &str) -> String {
        match &self.file {
            Some((path, _)) => format!("{}: {problem}", path.display()),
            None => problem.to_owned(),
        }
    }
}

/// The options of a check that the server knows, too.
fn check_args(lsp: &LspArgs) -> CheckArgs {
    CheckArgs { profile: lsp.profile.clone(), ..CheckArgs::default() }
}

/// The whole path.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a file is in the workspace, also when links are followed.
fn is_inside(path: &Path, roots: &[PathBuf]) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    roots.iter().filter_map(|root| root.canonicalize().ok()).any(|root| path.starts_with(root))
}

/// The first problem of data that cannot be used, with its place, and how many there are more.
fn first_of(error: &Error) -> String {
    let Some(first) = error.diagnostics().first() else { return error.to_string() };
    let file = first.file().unwrap_or_default();
    let text = error.text(file).unwrap_or_default();
    let place = LineIndex::new(text).position(text, first.span().start());
    let more = match error.diagnostics().len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more; `claims validate` or `claims check` shows all)"),
    };
    format!("{file}:{place}: {}{more}", first.message())
}
