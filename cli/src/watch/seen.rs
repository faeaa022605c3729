//! What files held when they were looked at, and what changed since.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::style::clean;

/// Files that are named when they change.
const MOST_NAMED: usize = 5;

/// Everything that findings depend on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) pages: Contents,
    /// The project file, the baseline, the packs.
    pub(super) rest: Contents,
}

/// Files with a hash of what they hold; nothing for one that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contents(BTreeMap<PathBuf, Option<String>>);

impl Seen {
    pub(super) fn new(pages: &[PathBuf], rest: &[PathBuf]) -> Self {
        Self { pages: Contents::new(pages), rest: Contents::new(rest) }
    }

    /// Which files are not as they were, in one line.
    pub(super) fn news(&self, before: &Self) -> String {
        let parts = [
            named("changed", self.both(before, |now, before| now.changed(before))),
            named("new", self.both(before, Contents::without)),
            named("gone", before.both(self, Contents::without)),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn both<'a>(&'a self, other: &Self, some: impl Fn(&'a Contents, &Contents) -> Vec<&'a Path>) -> Vec<&'a Path> {
        [some(&self.rest, &other.rest), some(&self.pages, &other.pages)].concat()
    }
}

impl Contents {
    fn new(paths: &[PathBuf]) -> Self {
        let hash = |path: &PathBuf| fs::read(path).ok().map(|bytes| format!("{:?}", Sha256::digest(bytes)));
        Self(paths.iter().map(|path| (path.clone(), hash(path))).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Those that are new or hold something else than before.
    pub(super) fn since(&self, before: &Self) -> HashSet<PathBuf> {
        self.changed(before).into_iter().chain(self.without(before)).map(Path::to_owned).collect()
    }

    fn changed(&self, before: &Self) -> Vec<&Path> {
        let differs = |path: &PathBuf, hash: &Option<String>| before.0.get(path).is_some_and(|before| before != hash);
        self.0.iter().filter(|(path, hash)| differs(path, hash)).map(|(path, _)| &**path).collect()
    }

    /// Those that `other` does not hold.
    fn without(&self, other: &Self) -> Vec<&Path> {
        self.0.keys().filter(|path| !other.0.contains_key(*path)).map(|path| &**path).collect()
    }
}

fn named(verb: &str, paths: Vec<&Path>) -> Option<String> {
    let mut names: Vec<String> = paths.iter().take(MOST_NAMED).map(|path| clean(&path.display().to_string())).collect();
    if let Some(more @ 1..) = paths.len().checked_sub(MOST_NAMED) {
        names.push(format!("{more} more"));
    }
    (!names.is_empty()).then(|| format!("{verb}: {}", names.join(", ")))
}
