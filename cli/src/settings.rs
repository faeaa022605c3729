//! What a check goes by, and where each value comes from: an option, the environment, the project file or nothing of these.
//!
//! An option beats the environment, which beats the file.

use std::fmt::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use evidence_claims::{LineIndex, Project, Setting, Severity, Span};
use globset::GlobMatcher;

use crate::args::{Args, CheckArgs, CheckFormat, FailOn, Notes};
use crate::stop::Stop;
use crate::style::{self, paint};
use crate::terminal::{self, Terminal};
use crate::{broken, evidence, input, paths};

/// The name of a project file.
pub(crate) const NAME: &str = "evidence.toml";

/// The most bytes of a project file.
pub(crate) const LARGEST: u64 = 1 << 20;

/// A project file and where it is.
#[derive(Debug)]
pub(crate) struct ProjectFile {
    /// Its directory.
    directory: PathBuf,
    /// The same, from here.
    shown: PathBuf,
    /// What it says.
    pub(crate) project: Project,
}

impl ProjectFile {
    /// The file that was named, or the nearest one above all of `files`, or above this directory when there are none.
    pub(crate) fn find(args: &Args, files: &[PathBuf], terminal: Terminal) -> Result<Option<Self>, Stop> {
        if args.no_config {
            return Ok(None);
        }
        let here = std::env::current_dir()?;
        let path = match &args.config {
            Some(path) => Some(here.join(path)),
            None => above(&here, files).ancestors().map(|directory| directory.join(NAME)).find(|path| path.is_file()),
        };
        let Some(path) = path else { return Ok(None) };
        let name = paths::from(&here, &path);
        let text = input::utf8(&path, LARGEST)
            .map_err(|problem| Stop(format!("cannot read the project file {}: {problem}", name.display())))?;
        let name_text = name.display().to_string().replace('\\', "/");
        let project =
            Project::read(name_text, text).map_err(|error| broken::stop_about("the project file", &error, terminal))?;
        let parent = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Some(Self { directory: parent(&path), shown: parent(&name), project }))
    }

    /// A project file in `directory`.
    pub(crate) fn new(directory: &Path, project: Project) -> Self {
        Self { directory: directory.to_owned(), shown: directory.to_owned(), project }
    }

    /// A path of the file, as it is from here.
    fn path(&self, setting: &Setting<String>) -> PathBuf {
        self.shown.join(&setting.value)
    }

    /// The path of a page as globs of the file see it: from its directory, with slashes.
    pub(crate) fn relative(&self, page: &str) -> String {
        paths::relative(&self.directory, page)
    }

    fn origin(&self, span: Span) -> Origin {
        let line = LineIndex::new(self.project.text()).position(self.project.text(), span.start()).line;
        Origin::File(format!("{}:{line}", self.project.name()))
    }

    /// The matcher of a glob.
    pub(crate) fn glob(&self, setting: &str, span: Span, terminal: Terminal) -> Result<GlobMatcher, Stop> {
        let glob = globset::GlobBuilder::new(setting).literal_separator(true).build();
        glob.map(|glob| glob.compile_matcher()).map_err(|_| {
            let setting = Setting { value: setting.to_owned(), span };
            broken::stop_about(
                "the project file",
                &self.project.unknown_value(&setting, "glob", &["site/**/*.md"]),
                terminal,
            )
        })
    }
}

/// The directory that holds all of `files`.
fn above(here: &Path, files: &[PathBuf]) -> PathBuf {
    let directories = files.iter().filter(|file| file.as_os_str() != "-").map(|file| {
        let path = paths::plain(&here.join(file));
        if path.is_dir() { path } else { path.parent().map(Path::to_owned).unwrap_or(path) }
    });
    let common = directories
        .reduce(|a, b| a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect());
    common.unwrap_or_else(|| here.to_owned())
}

/// The packs to add: those of the options, else those of the project file.
pub(crate) fn packs(args: &Args, project: Option<&ProjectFile>) -> Vec<PathBuf> {
    match project {
        Some(file) if args.packs.is_empty() => file.project.packs().iter().map(|pack| file.path(pack)).collect(),
        _ => args.packs.clone(),
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said anything.
    Default,
    /// The project file, with the line.
    File(String),
    /// A variable of the environment.
    Environment(&'static str),
    /// An option.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(place) => f.write_str(place),
            Self::Environment(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct From<T> {
    /// The value.
    pub(crate) value: T,
    origin: Origin,
}

/// All that a check goes by.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The project file, where there is one.
    pub(crate) project: Option<ProjectFile>,
    /// Packs to add.
    pub(crate) packs: From<Vec<PathBuf>>,
    /// What to check when no files are named.
    pub(crate) files: From<Vec<PathBuf>>,
    /// Globs of what is left out.
    pub(crate) exclude: From<Vec<String>>,
    /// The profile.
    pub(crate) profile: From<Option<String>>,
    /// What fails.
    pub(crate) fail_on: From<FailOn>,
    /// The format.
    pub(crate) format: From<CheckFormat>,
    /// How notes are shown.
    pub(crate) notes: From<Notes>,
    /// The file of known findings.
    pub(crate) baseline: From<Option<PathBuf>>,
    /// Severities of rules, later ones before earlier ones; `None` is off.
    pub(crate) severities: Vec<(String, From<Option<Severity>>)>,
    /// The most findings of a file, where an option sets it. Whose pages are checked does not decide that.
    pub(crate) max_findings: Option<u32>,
}

impl Settings {
    /// Puts together what the options, the environment and the project file say.
    pub(crate) fn new(args: &Args, check: &CheckArgs, terminal: Terminal) -> Result<Self, Stop> {
        Self::with(args, check, ProjectFile::find(args, &check.files, terminal)?, terminal)
    }

    /// The same for a project file that is read already, or for none.
    pub(crate) fn with(
        args: &Args,
        check: &CheckArgs,
        project_file: Option<ProjectFile>,
        terminal: Terminal,
    ) -> Result<Self, Stop> {
        let file = project_file.as_ref();
        let project = file.map(|file| &file.project);
        let list = |settings: &[Setting<String>]| match (file, settings.first()) {
            (Some(file), Some(first)) => file.origin(first.span),
            _ => Origin::Default,
        };
        let packs_origin = match args.packs.is_empty() {
            true => list(project.map_or(&[], Project::packs)),
            false => Origin::Flag("--pack"),
        };
        let files = project.map_or(&[][..], Project::files);
        let exclude = project.map_or(&[][..], Project::exclude);
        let text = |flag: Option<String>, name: &'static str, setting: Option<&Setting<String>>| match (flag, setting) {
            (Some(value), _) => From { value: Some(value), origin: Origin::Flag(name) },
            (None, Some(setting)) => From {
                value: Some(setting.value.clone()),
                origin: file.map_or(Origin::Default, |file| file.origin(setting.span)),
            },
            (None, None) => From { value: None, origin: Origin::Default },
        };
        let baseline = match (&check.baseline, project.and_then(Project::baseline)) {
            (Some(path), _) => From { value: Some(path.clone()), origin: Origin::Flag("--baseline") },
            (None, Some(setting)) => From {
                value: file.map(|file| file.path(setting)),
                origin: file.map_or(Origin::Default, |file| file.origin(setting.span)),
            },
            (None, None) => From { value: None, origin: Origin::Default },
        };
        let mut format = word(file, check.format, "--format", "format", project.and_then(Project::format), terminal)?;
        if check.format.is_none() && format.value == CheckFormat::Human && terminal::wants_words() {
            format = From { value: CheckFormat::Narrated, origin: Origin::Environment("NO_GRAPHICS") };
        }
        let mut severities: Vec<(String, From<Option<Severity>>)> = Vec::new();
        for (rule, level) in check.severities.iter().rev() {
            severities.push((rule.clone(), From { value: *level, origin: Origin::Flag("--severity") }));
        }
        for (rule, level) in project.map_or(&[][..], Project::severities) {
            let origin = file.map_or(Origin::Default, |file| file.origin(level.span));
            severities.push((rule.value.clone(), From { value: level.value, origin }));
        }
        Ok(Self {
            packs: From { value: packs(args, file), origin: packs_origin },
            files: From {
                value: file.map(|file| files.iter().map(|path| file.path(path)).collect()).unwrap_or_default(),
                origin: list(files),
            },
            exclude: match (&check.reading.exclude[..], file) {
                ([], Some(file)) => From {
                    value: exclude.iter().map(|glob| file.path(glob).display().to_string()).collect(),
                    origin: list(exclude),
                },
                ([], None) => From { value: Vec::new(), origin: Origin::Default },
                (globs, _) => From { value: globs.to_vec(), origin: Origin::Flag("--exclude") },
            },
            profile: text(check.profile.clone(), "--profile", project.and_then(Project::profile)),
            fail_on: word(file, check.fail_on, "--fail-on", "level", project.and_then(Project::fail_on), terminal)?,
            notes: word(file, check.notes, "--notes", "way to show notes", project.and_then(Project::notes), terminal)?,
            format,
            baseline,
            severities,
            max_findings: check.max_findings,
            project: project_file,
        })
    }

    /// Whether anything but files could be wrong, so that the evidence has to be opened even for nothing.
    pub(crate) fn is_plain(&self) -> bool {
        let nothing = self.packs.value.is_empty() && self.profile.value.is_none() && self.severities.is_empty();
        nothing && self.project.is_none()
    }

    /// A file of this name beside the project file, or here when there is none.
    pub(crate) fn beside_project(&self, name: &str) -> PathBuf {
        self.project.as_ref().map_or_else(|| name.into(), |file| file.shown.join(name))
    }

    /// The files besides pages that a check depends on: project file, baseline, packs.
    pub(crate) fn files_besides(&self) -> Vec<PathBuf> {
        let project = self.project.as_ref().map(|file| PathBuf::from(file.project.name()));
        let baseline = self.baseline.value.clone();
        let packs = self.packs.value.iter().flat_map(|pack| evidence::files(pack));
        project.into_iter().chain(baseline).chain(packs).collect()
    }

    /// Rules with the severities that were set for them, later ones before earlier ones.
    pub(crate) fn levels(&self) -> Vec<(&str, Option<Severity>)> {
        self.severities.iter().map(|(rule, level)| (rule.as_str(), level.value)).collect()
    }

    /// The severity that was set for a rule; `Some(None)` is off.
    pub(crate) fn severity(&self, rule: &str) -> Option<Option<Severity>> {
        self.severities.iter().find(|(name, _)| name == rule).map(|(_, level)| level.value)
    }

    /// Every setting and where it comes from, as a project file could say it.
    pub(crate) fn print(&self) -> String {
        let quoted = |text: &str| format!("{text:?}");
        let paths = |paths: &[PathBuf]| {
            let paths: Vec<String> = paths.iter().map(|path| quoted(&path.display().to_string())).collect();
            format!("[{}]", paths.join(", "))
        };
        let words: Vec<String> = self.exclude.value.iter().map(|glob| quoted(glob)).collect();
        let mut rows = vec![
            ("packs".to_owned(), paths(&self.packs.value), &self.packs.origin),
            ("files".to_owned(), paths(&self.files.value), &self.files.origin),
            ("exclude".to_owned(), format!("[{}]", words.join(", ")), &self.exclude.origin),
            ("profile".to_owned(), quoted(self.profile.value.as_deref().unwrap_or("neutral")), &self.profile.origin),
            ("fail-on".to_owned(), quoted(&called(self.fail_on.value)), &self.fail_on.origin),
            ("format".to_owned(), quoted(&called(self.format.value)), &self.format.origin),
            ("notes".to_owned(), quoted(&called(self.notes.value)), &self.notes.origin),
        ];
        if let Some(path) = &self.baseline.value {
            rows.push(("baseline".to_owned(), quoted(&path.display().to_string()), &self.baseline.origin));
        }
        let mut seen: Vec<&str> = Vec::new();
        for (rule, level) in &self.severities {
            if !seen.contains(&&**rule) {
                seen.push(rule);
                let value = level.value.map_or("off", Severity::as_str);
                let key = if rule.contains([':', '/']) { quoted(rule) } else { rule.clone() };
                rows.push((format!("severity.{key}"), quoted(value), &level.origin));
            }
        }
        let widest = rows.iter().map(|(key, value, _)| key.len() + value.len()).max().unwrap_or(0);
        let mut out = String::new();
        let name = self.project.as_ref().map(|file| file.project.name());
        let _ = writeln!(out, "# project file: {}", name.unwrap_or("none"));
        for (key, value, origin) in rows {
            let space = " ".repeat(widest - key.len() - value.len());
            let _ = writeln!(out, "{key} = {value}{space}  {}", paint(style::QUIET, format!("# {origin}")));
        }
        let allows = self.project.as_ref().map_or(&[][..], |file| file.project.allows());
        for allow in allows {
            let parts =
                [("rule", allow.rule()), ("claim", allow.claim()), ("words", allow.words()), ("path", allow.path())];
            let parts: Vec<String> =
                parts.iter().filter_map(|(key, value)| Some(format!("{key} = {}", quoted((*value)?)))).collect();
            let _ =
                writeln!(out, "{}", paint(style::QUIET, format!("# allow {}: {}", parts.join(", "), allow.because())));
        }
        out
    }
}

/// The name of a value as it is typed.
fn called<T: ValueEnum>(value: T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// The value of an option, else of the file, else the default.
fn word<T: ValueEnum + Default>(
    file: Option<&ProjectFile>,
    flag: Option<T>,
    name: &'static str,
    what: &str,
    setting: Option<&Setting<String>>,
    terminal: Terminal,
) -> Result<From<T>, Stop> {
    match (flag, setting, file) {
        (Some(value), ..) => Ok(From { value, origin: Origin::Flag(name) }),
        (None, Some(setting), Some(file)) => {
            let found = T::from_str(&setting.value, false).map_err(|_| {
                let known: Vec<String> = T::value_variants().iter().cloned().map(called).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                broken::stop_about("the project file", &file.project.unknown_value(setting, what, &known), terminal)
            })?;
            Ok(From { value: found, origin: file.origin(setting.span) })
        }
        _ => Ok(From { value: T::default(), origin: Origin::Default }),
    }
}
