//! Options of the commands that keep a pack: validate, new, diff.

use std::path::PathBuf;

use clap::ValueEnum;
use evidence_claims::Date;

use super::{CheckFormat, FailOn};

/// `claims validate`
#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {
    /// The pack: a directory with pack.toml, or one .toml file; the built-in pack when absent
    #[arg(value_name = "PACK")]
    pub(crate) pack: Option<PathBuf>,

    /// How to write the problems
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,

    /// The mildest problem that makes the exit status 1
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,

    /// Also warn of what loads and is doubtful: single sources, double counting, reviews that are due, ...
    #[arg(long)]
    pub(crate) strict: bool,

    /// Day that counts as today when saying whether a review is due
    #[arg(long, value_name = "DATE", requires = "strict")]
    pub(crate) today: Option<Date>,
}

/// `claims new`
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// What to write
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) kind: RecordKind,

    /// Id of the record, which also names the file
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Id of its topic; a claim needs one
    #[arg(long, value_name = "TOPIC")]
    pub(crate) topic: Option<String>,

    /// Day that counts as today
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

/// `claims diff`
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The older edition: a directory with pack.toml, or one .toml file
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,

    /// The newer edition
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,

    /// How to write the changes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: DiffFormat,
}

/// Formats of `diff`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Claim by claim, what went and what came
    #[default]
    Human,
    /// For programs
    Json,
}

/// Records that `new` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RecordKind {
    /// One question, answered
    Claim,
    /// One publication
    Source,
    /// A word of the vocabulary
    Term,
    /// Words that copy should not say
    Rule,
}
