//! From what was typed to the files that it names: directories are walked, globs spelled out.
//!
//! A directory is read as git sees it: what `.gitignore` or `.ignore` leave out is left out, so are hidden files, and links are not
//! followed. A file that is named itself is always read.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;

use crate::input::{self, STDIN};
use crate::paths;
use crate::stop::Stop;

/// The files to read, and what was named in vain.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// In the order in which they were named; those of a directory by name.
    pub(crate) paths: Vec<PathBuf>,
    /// Each with what is wrong.
    pub(crate) problems: Vec<(PathBuf, String)>,
    /// Where another page could turn up: the directories that were walked, and those of the files that were named.
    pub(crate) directories: Vec<PathBuf>,
}

/// Finds the files.
pub(crate) fn files(named: &[PathBuf], exclude: &[String]) -> Result<Files, Stop> {
    let exclude = Exclude::new(exclude)?;
    let mut files = Files::default();
    let mut seen = HashSet::new();
    let mut is_new = |path: &Path| seen.insert(paths::plain(path));
    for path in named {
        if path.as_os_str() == STDIN || path.is_file() {
            files.directories.push(paths::parent(path));
            if !exclude.fits(path) && is_new(path) {
                files.paths.push(path.clone());
            }
            continue;
        }
        let glob = path.to_str().filter(|text| text.contains(['*', '?', '[', '{']) && !path.exists());
        let known = files.problems.len();
        let found = match glob {
            Some(pattern) => spell_out(pattern, &exclude, &mut files),
            None if path.is_dir() => walk(path, &exclude, input::is_page, &mut files),
            // The reader says what is wrong with it.
            None => {
                files.directories.push(paths::parent(path));
                files.paths.push(path.clone());
                continue;
            }
        };
        // What could not be read has been told.
        if found.is_empty() && files.problems.len() == known {
            files.problems.push((path.clone(), nothing(path, glob.is_some()).to_owned()));
        }
        files.paths.extend(found.into_iter().filter(|found| is_new(found)));
    }
    Ok(files)
}

fn nothing(path: &Path, is_glob: bool) -> &'static str {
    match is_glob {
        true => "no file fits this glob",
        false if path.read_dir().is_ok_and(|mut entries| entries.next().is_none()) => "the directory is empty",
        false => "it has no page to check (.md, .html, .txt, .docx); hidden, ignored and excluded files do not count",
    }
}

/// The files under a directory that `wanted` wants, sorted.
fn walk(directory: &Path, exclude: &Exclude, wanted: impl Fn(&Path) -> bool, files: &mut Files) -> Vec<PathBuf> {
    let skip = exclude.clone();
    let walk = WalkBuilder::new(directory)
        .require_git(false)
        .filter_entry(move |entry| entry.depth() == 0 || !skip.fits(entry.path()))
        .sort_by_file_path(Path::cmp)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && wanted(entry.path()) => {
                found.push(bare(entry.path()).to_owned());
            }
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {
                files.directories.push(entry.into_path())
            }
            Ok(_) => {}
            Err(error) => {
                let reason = error.io_error().map_or_else(|| error.to_string(), input::plain);
                files.problems.push((directory.to_owned(), format!("some of it cannot be read: {reason}")));
            }
        }
    }
    found
}

/// The files that fit a glob which the shell left alone.
fn spell_out(pattern: &str, exclude: &Exclude, files: &mut Files) -> Vec<PathBuf> {
    let glob = match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher(),
        Err(error) => {
            files.problems.push((pattern.into(), format!("it is no glob: {}", error.kind())));
            return Vec::new();
        }
    };
    let fixed: PathBuf = Path::new(pattern)
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
        .collect();
    let base = if fixed.as_os_str().is_empty() { Path::new(".") } else { &fixed };
    if !base.is_dir() {
        return Vec::new();
    }
    walk(base, exclude, |path| glob.is_match(bare(path)), files)
}

/// A path without `./` in front.
fn bare(path: &Path) -> &Path {
    path.strip_prefix(Component::CurDir).unwrap_or(path)
}

/// What `--exclude` says.
#[derive(Clone, Debug)]
struct Exclude(GlobSet);

impl Exclude {
    fn new(globs: &[String]) -> Result<Self, Stop> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            let wrong = |error: globset::Error| Stop(format!("`{glob}` is no glob: {}", error.kind()));
            let text = glob.trim_start_matches("./").trim_end_matches('/');
            // As in ignore files, a name alone fits at every depth, and a directory means all that is in it.
            let prefix = if text.contains('/') { "" } else { "**/" };
            for pattern in [format!("{prefix}{text}"), format!("{prefix}{text}/**")] {
                set.add(GlobBuilder::new(&pattern).literal_separator(true).build().map_err(wrong)?);
            }
        }
        Ok(Self(set.build().map_err(|error| Stop(format!("cannot exclude: {error}")))?))
    }

    fn fits(&self, path: &Path) -> bool {
        self.0.is_match(bare(path))
    }
}
