//! What can be typed: commands, options and their help.
//!
//! Holds no behaviour; each command's module reads its own struct.

mod check;
mod copy;
mod evidence;
mod lsp;
mod pack;
mod rules;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use check::{CheckArgs, CheckFormat, FailOn, Kind, Notes, ReadingArgs};
pub(crate) use copy::{CompareArgs, EvidencePackArgs, EvidencePackFormat, RateArgs, RateFormat};
pub(crate) use evidence::{
    CountBy, ExportArgs, ExportFormat, ListArgs, ListFormat, OutcomesArgs, OutcomesFormat, Picture, PlotArgs, ShowArgs,
    SortKey, SourcesArgs, SourcesFormat,
};
pub(crate) use lsp::LspArgs;
pub(crate) use pack::{DiffArgs, DiffFormat, NewArgs, RecordKind, ValidateArgs};
pub(crate) use rules::{ExplainArgs, ProfilesArgs, RulesArgs, RulesFormat};

/// Checks marketing copy about massage against graded evidence, and shows the evidence.
///
/// Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 wrong usage or unreadable data.
#[derive(Debug, Parser)]
#[command(name = "claims", version, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_enum, hide_possible_values = true)]
    #[arg(help = "Colour the output: auto (on a terminal), always or never")]
    pub(crate) color: ColorChoice,

    /// Read this project file instead of the evidence.toml that is found
    #[arg(long, global = true, value_name = "FILE", env = "CLAIMS_CONFIG", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,

    /// Read no project file
    #[arg(long, global = true, conflicts_with = "config")]
    pub(crate) no_config: bool,

    /// Add an evidence pack: a directory with pack.toml, or one .toml file; may be repeated
    #[arg(long = "pack", global = true, value_name = "PATH")]
    pub(crate) packs: Vec<PathBuf>,
}

impl Args {
    /// Reads the arguments of the program; wrong ones end it.
    pub(crate) fn read() -> Self {
        Self::parse_from(with_negations(std::env::args_os()))
    }
}

/// A condition such as `-topic:pain` looks like an option. A space before it, which queries skip, makes it a value.
fn with_negations(args: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut has_query = false;
    args.map(move |arg| {
        has_query |= arg == "list" || arg == "map" || arg == "sources" || arg == "outcomes" || arg == "export";
        let text = arg.to_string_lossy();
        if has_query && text.len() > 2 && text.starts_with('-') && !text.starts_with("--") {
            return format!(" {text}").into();
        }
        arg
    })
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read marketing copy and say where it claims more than the evidence allows
    Check(Box<CheckArgs>),
    /// Write the file that advertising codes ask to be held: each claim of a page with its rating and its sources
    EvidencePack(EvidencePackArgs),
    /// Rate how strongly sentences word a relation: none, correlational, conditional or causal
    Rate(RateArgs),
    /// List claims, all or those that fit a query such as `topic:cortisol certainty<=low`
    List(ListArgs),
    /// Show one claim: rating, reasons, findings with links, the sentence that may be published
    Show(ShowArgs),
    /// List sources with their links and the claims that lean on them
    Sources(SourcesArgs),
    /// List what was measured, with topic, number of claims and MeSH number
    Outcomes(OutcomesArgs),
    /// Write sources, effects or claims for other tools: Zotero, LaTeX, R, fact-checkers
    Export(ExportArgs),
    /// Draw evidence as SVG: effects of a claim, all claims on a map, sources of a claim by year
    Plot(PlotArgs),
    /// Explain a rule: what it finds, why, what to do, who says so; or a class of cues and where they come from
    Explain(ExplainArgs),
    /// List the rules, all or those of a family, with what they find
    Rules(RulesArgs),
    /// Check the records of an evidence pack, or of the built-in one
    Validate(ValidateArgs),
    /// Write a commented file for a new record into a pack, to be filled in
    New(NewArgs),
    /// Say where copy goes beyond the paper that it reports
    Compare(CompareArgs),
    /// Tell what changed in ratings, wording and findings between two editions of a pack
    Diff(DiffArgs),
    /// List the profiles: jurisdictions whose strictness can be used
    Profiles(ProfilesArgs),
    /// Serve an editor: findings while you write, hover, fixes, over standard input and output
    Lsp(LspArgs),
    /// Write a commented evidence.toml for a site, after two questions
    Init(InitArgs),
    /// Write what a shell needs to complete commands and options
    Completions(CompletionsArgs),
    /// Write the manual for man
    Man(ManArgs),
}

/// `claims init`
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// Files to check from then on; asked for when none are named
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<String>,

    /// The profile to use; asked for when none is named
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
}

/// `claims completions`
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// `claims man`
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// Write all pages into this directory, instead of the first to standard output
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) output: Option<PathBuf>,
}
