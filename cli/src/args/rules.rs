//! Options of the commands that show what is looked for: explain, rules, profiles.

use clap::ValueEnum;

/// `claims explain`
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Name of the rule, as printed beside the place of a finding, or of a class, as `check --explain` prints it behind words
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

/// `claims rules`
#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {
    /// Rules or families of rules; all when none are named
    #[arg(value_name = "RULE")]
    pub(crate) only: Vec<String>,

    /// How to write the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: RulesFormat,
}

/// Formats of `rules`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    /// One rule a line, with what it finds
    #[default]
    Table,
    /// One document, for programs: also why, what to do, and who says so
    Json,
}

/// `claims profiles`
#[derive(Debug, clap::Args)]
pub(crate) struct ProfilesArgs {}
