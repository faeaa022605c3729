//! The database that a command works with: the built-in records, and the packs that were named.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use evidence_claims::Database;
use ignore::WalkBuilder;

use crate::stop::Stop;
use crate::terminal::Terminal;
use crate::{broken, input};

/// The most bytes of a manifest.
const LARGEST: u64 = 1 << 20;

/// The built-in records alone, or with packs added.
#[derive(Debug)]
pub(crate) enum Evidence {
    /// Shared and parsed once.
    Builtin(&'static Database),
    /// Built for this run.
    WithPacks(Box<Database>),
}

impl Evidence {
    /// The built-in records with `packs` added. Problems in a pack are shown like any other finding, then stop the command.
    pub(crate) fn open(packs: &[PathBuf], terminal: Terminal) -> Result<Self, Stop> {
        if packs.is_empty() {
            return Ok(Self::Builtin(Database::builtin()));
        }
        for pack in packs {
            exists(pack)?;
        }
        let builder = packs.iter().fold(Database::builder().builtin(), |builder, pack| builder.pack(pack));
        builder
            .build()
            .map(|database| Self::WithPacks(Box::new(database)))
            .map_err(|error| broken::stop(&error, terminal))
    }
}

/// Stops when there is nothing at the path of a pack.
pub(crate) fn exists(pack: &Path) -> Result<(), Stop> {
    let missing = || Stop(format!("cannot read the pack {}: there is no such file or directory", pack.display()));
    if pack.exists() { Ok(()) } else { Err(missing()) }
}

/// The files that a pack is made of, in a fixed order, and perhaps some more.
pub(crate) fn files(pack: &Path) -> Vec<PathBuf> {
    let walk = WalkBuilder::new(pack).standard_filters(false).follow_links(true).sort_by_file_path(Path::cmp).build();
    let paths = walk.filter_map(|entry| Some(entry.ok()?.into_path()));
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml") && path.is_file()).collect()
}

/// Whether a directory is another edition of the built-in pack, which stands for itself and needs no other beside it.
pub(crate) fn is_edition(pack: &Path) -> bool {
    let manifest = input::utf8(&pack.join("pack.toml"), LARGEST).unwrap_or_default();
    let name = manifest.lines().filter_map(|line| line.split_once('=')).find(|(key, _)| key.trim() == "name");
    name.is_some_and(|(_, value)| value.trim().starts_with("\"evidence-claims\""))
}

impl Deref for Evidence {
    type Target = Database;

    fn deref(&self) -> &Database {
        match self {
            Self::Builtin(database) => database,
            Self::WithPacks(database) => database,
        }
    }
}
