//! The database that a command works with: the built-in records, and the packs that were named.

use std::ops::Deref;
use std::path::PathBuf;

use evidence_claims::Database;

use crate::broken;
use crate::stop::Stop;
use crate::terminal::Terminal;

/// The built-in records alone, or with packs added.
#[derive(Debug)]
pub(crate) enum Evidence {
    /// Shared and parsed once.
    Builtin(&'static Database),
    /// Built for this run.
    WithPacks(Database),
}

impl Evidence {
    /// The built-in records with `packs` added. Problems in a pack are shown like any other finding, then stop the command.
    pub(crate) fn open(packs: &[PathBuf], terminal: Terminal) -> Result<Self, Stop> {
        if packs.is_empty() {
            return Ok(Self::Builtin(Database::builtin()));
        }
        let builder = packs.iter().fold(Database::builder().builtin(), |builder, pack| builder.pack(pack));
        builder.build().map(Self::WithPacks).map_err(|error| broken::stop(&error, terminal))
    }
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
