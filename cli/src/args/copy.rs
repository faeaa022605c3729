//! Options of the other commands that read copy: rate, compare, evidence-pack.

use std::path::PathBuf;

use clap::ValueEnum;
use evidence_claims::{Date, Scheme};

use super::{CheckFormat, FailOn, Kind, Notes};

/// `claims compare`
#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// Copy, such as a press release or a page; - is standard input
    #[arg(value_name = "COPY")]
    pub(crate) copy: PathBuf,

    /// The abstract or paper that it reports
    #[arg(value_name = "SOURCE")]
    pub(crate) source: PathBuf,

    /// How to write the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,

    /// The mildest finding that makes the exit status 1
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,

    /// How to show notes, in the human format
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub(crate) notes: Notes,

    /// Stop at this many findings, and say so [default: 100000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_findings: Option<u32>,

    /// Read both files as this, whatever their names
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,
}

/// `claims evidence-pack`
#[derive(Debug, clap::Args)]
pub(crate) struct EvidencePackArgs {
    /// The page; read as `claims check` reads it, - is standard input
    #[arg(value_name = "PAGE")]
    pub(crate) page: PathBuf,

    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: EvidencePackFormat,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Use the severities and ceilings of a jurisdiction, such as uk-cap
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Day that counts as today: the date of the file
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,

    /// Read the page as this, whatever its name
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,
}

/// Formats of `evidence-pack`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvidencePackFormat {
    /// One page to print, to sign and to file
    #[default]
    Html,
    /// For programs
    Json,
}

/// `claims rate`
#[derive(Debug, clap::Args)]
pub(crate) struct RateArgs {
    /// Sentences, each as one argument; - is standard input, a sentence a line
    #[arg(value_name = "TEXT", required_unless_present = "lines", conflicts_with = "lines")]
    pub(crate) sentences: Vec<String>,

    /// Rate every line of a file and write one label a line; - is standard input
    ///
    /// A line with a tab holds two statements of one finding, such as a headline and an abstract. Each is judged beside the
    /// other, since they mostly agree; the line written has two labels with a tab between.
    #[arg(long, value_name = "FILE")]
    pub(crate) lines: Option<PathBuf>,

    /// Coding scheme: yu2019 (a denied effect keeps its class, "can" is causal) or insciout (none, conditional)
    #[arg(long, value_name = "SCHEME", default_value = "yu2019")]
    pub(crate) scheme: Scheme,

    /// Use the weights of a file that scripts/learn_rates.py wrote instead of a scheme's
    #[arg(long, value_name = "FILE", conflicts_with = "scheme", hide_short_help = true)]
    pub(crate) weights: Option<PathBuf>,

    /// How to write the ratings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: RateFormat,

    /// Write the names of all cues instead, separated by tabs: what scripts/learn_rates.py reads
    #[arg(long, hide_short_help = true)]
    pub(crate) features: bool,
}

/// Formats of `rate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RateFormat {
    /// The label and the cues that decided; with --lines the label alone
    #[default]
    Text,
    /// One object a line, with all cues and their byte offsets
    Json,
}
