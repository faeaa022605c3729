//! Options of the commands that show evidence: list, show, sources, outcomes, export, plot.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use evidence_claims::Date;

/// `claims list`
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Conditions, all of which must hold
    #[arg(value_name = "QUERY", long_help = QUERY_HELP)]
    pub(crate) query: Vec<String>,

    /// How to write the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: ListFormat,

    /// Count the claims instead of listing them
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) count_by: Option<CountBy>,

    /// What comes first: the most certain, newest or largest, or the earliest due
    #[arg(long, value_enum, default_value_t, value_name = "KEY", conflicts_with = "count_by")]
    pub(crate) sort: SortKey,
}

const QUERY_HELP: &str = "\
Conditions, all of which must hold:
  topic:cortisol         also outcome: population: intervention: comparator: source: id:
  outcome:D006854        a MeSH number instead of a name
  certainty<=low         high, moderate, low, very-low, none; with : < <= > >= =
  direction:null,mixed   supports, mixed, null, against, none; a comma means or
  magnitude:small        large, moderate, small, trivial, unknown
  design:meta-analysis   some source has this design
  year>=2015             some source is from then or later; also participants>=100
  effect>=0.5            some finding rests on a standardised mean difference of this
                         size between groups, whatever its sign (0.2 small, 0.8 large)
  findings>=3            number of findings
  due:2027-01-01         review due on that day; also reviewed>=2026-01-01
  -topic:pain            a minus means not
  anything else          words that must occur in the claim; \"in quotes\" for a phrase";

/// `claims show`
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Id of the claim, as `claims list` prints it
    #[arg(value_name = "CLAIM")]
    pub(crate) claim: String,

    /// Day that counts as today when saying whether a review is due
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

/// `claims sources`
#[derive(Debug, clap::Args)]
pub(crate) struct SourcesArgs {
    /// Conditions (as for `claims list`): year, participants, design, effect and source are those of the source itself
    #[arg(value_name = "QUERY", long_help = QUERY_HELP)]
    pub(crate) query: Vec<String>,

    /// How to write the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: SourcesFormat,
}

/// `claims outcomes`
#[derive(Debug, clap::Args)]
pub(crate) struct OutcomesArgs {
    /// Conditions (as for `claims list`) on the claims that are counted; all outcomes without them
    #[arg(value_name = "QUERY", long_help = QUERY_HELP)]
    pub(crate) query: Vec<String>,

    /// How to write the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: OutcomesFormat,
}

/// `claims export`
#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// Conditions (as for `claims list`; for bibliographies as for `claims sources`); everything without them
    #[arg(value_name = "QUERY", long_help = QUERY_HELP)]
    pub(crate) query: Vec<String>,

    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// `claims plot`
#[derive(Debug, clap::Args)]
pub(crate) struct PlotArgs {
    /// What to draw
    #[command(subcommand)]
    pub(crate) picture: Picture,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", global = true)]
    pub(crate) output: Option<PathBuf>,
}

/// Pictures of `plot`.
#[derive(Debug, Subcommand)]
pub(crate) enum Picture {
    /// Effects of a claim with their intervals, one panel a scale, and our own pooled figure where it is honest
    Forest {
        /// Id of the claim, as `claims list` prints it
        #[arg(value_name = "CLAIM")]
        claim: String,
    },
    /// Claims by topic and certainty: what the evidence says by shape, people by size
    Map {
        /// Conditions (as for `claims list`); all claims without them
        #[arg(value_name = "QUERY", long_help = QUERY_HELP)]
        query: Vec<String>,
    },
    /// Sources of a claim by year, with what each says
    Timeline {
        /// Id of the claim, as `claims list` prints it
        #[arg(value_name = "CLAIM")]
        claim: String,
    },
}

/// Formats of `list`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns that fit the terminal
    #[default]
    Table,
    /// One line a claim, also with size, newest year, sources and participants
    Wide,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// A table for a page
    Markdown,
}

/// Formats of `outcomes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutcomesFormat {
    /// Columns that fit the terminal
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// What `list --sort` sorts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortKey {
    /// Topic, then id
    #[default]
    Topic,
    /// GRADE certainty, the highest first
    Certainty,
    /// Year of the newest source, the newest first
    Year,
    /// People in the largest source, the most first
    Participants,
    /// Id of the claim
    Id,
    /// Day on which the review is due, the earliest first
    Due,
}

/// Formats of `sources`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourcesFormat {
    /// Citation, link and claims of each
    #[default]
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Bibliography for Zotero and Pandoc
    CslJson,
    /// Bibliography for LaTeX
    Bibtex,
    /// Bibliography for EndNote, Zotero, Covidence, Rayyan
    Ris,
    /// Effects with yi and vi for metafor in R
    EffectsCsv,
    /// Evidence table for a page
    Markdown,
    /// schema.org ClaimReview as JSON-LD
    ClaimReview,
    /// HL7 FHIR R5 Evidence (experimental)
    Fhir,
}

/// What `list --count-by` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CountBy {
    /// Claims of each topic
    Topic,
    /// Claims of each GRADE certainty
    Certainty,
    /// Claims of each direction of the evidence
    Direction,
}
