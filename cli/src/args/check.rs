//! Options of `claims check`, and those that other commands share with it: formats, failing, how files are read.

use std::path::PathBuf;

use clap::ValueEnum;
use evidence_claims::{Date, Severity};

use crate::input::LARGEST;

/// Headings of the help, which would else be one list of thirty options.
const OUT: &str = "Output";
const FIND: &str = "What is found";
const FIX: &str = "Fixing";

/// `claims check`
#[derive(Debug, Default, clap::Args)]
pub(crate) struct CheckArgs {
    /// Files, directories or globs: Markdown, HTML, Word, tables or plain text; - is standard input; those of the project file when none are named
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// How to write the findings [default: human]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = OUT)]
    pub(crate) format: Option<CheckFormat>,

    /// Write the findings to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = OUT)]
    pub(crate) output: Option<PathBuf>,

    /// Count the findings by rule instead of showing them
    #[arg(long, help_heading = OUT)]
    pub(crate) statistics: bool,

    /// Write only the findings: no closing lines, no remarks
    #[arg(long, short, help_heading = OUT)]
    pub(crate) quiet: bool,

    /// The mildest finding that makes the exit status 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = OUT)]
    pub(crate) fail_on: Option<FailOn>,

    /// Use the severities of a jurisdiction, such as uk-cap
    #[arg(long, value_name = "NAME", help_heading = FIND)]
    pub(crate) profile: Option<String>,

    /// Change how bad a rule's findings are: error, warning, note, or off; may be repeated
    #[arg(long = "severity", value_name = "RULE=LEVEL", value_parser = severity, help_heading = FIND)]
    pub(crate) severities: Vec<(String, Option<Severity>)>,

    /// How to show notes, in the human format [default: brief]
    #[arg(long, value_enum, value_name = "HOW", help_heading = OUT)]
    pub(crate) notes: Option<Notes>,

    /// Show only findings on lines that changed since the branch left this git revision
    #[arg(long, value_name = "REVISION", help_heading = FIND)]
    pub(crate) changed_since: Option<String>,

    /// Also find claims that became surer, wider or larger than at this git revision
    #[arg(long, value_name = "REVISION", help_heading = FIND)]
    pub(crate) gate_against: Option<String>,

    /// Only findings of this rule or family of rules; may be repeated
    #[arg(long, value_name = "RULE", help_heading = FIND)]
    pub(crate) only: Vec<String>,

    /// Do not show the findings that --write-baseline wrote into this file
    #[arg(long, value_name = "FILE", help_heading = FIND)]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all findings into the baseline, evidence-baseline.json unless another is named
    #[arg(long, help_heading = FIND)]
    pub(crate) write_baseline: bool,

    /// Stop checking a file at this many findings, and say so [default: 100000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = FIND)]
    pub(crate) max_findings: Option<u32>,

    /// Make the edits that only make a sentence milder, and write the files
    #[arg(long, conflicts_with_all = ["explain", "write_baseline"], help_heading = FIX)]
    pub(crate) fix: bool,

    /// Show what --fix would change, and write nothing; exit status 1 when there is something
    #[arg(long, conflicts_with_all = ["explain", "write_baseline", "interactive"], help_heading = FIX)]
    pub(crate) diff: bool,

    /// Ask about each finding: edit, publish the vetted sentence, skip, or keep it with a reason
    #[arg(long, conflicts_with_all = ["explain", "write_baseline", "fix"], help_heading = FIX)]
    pub(crate) interactive: bool,

    /// Show how each sentence was read instead of checking it
    #[arg(long)]
    pub(crate) explain: bool,

    /// Check again whenever a file is saved, until Ctrl-C
    #[arg(long, conflicts_with_all = ["explain", "write_baseline", "fix", "diff", "interactive", "print_config"])]
    pub(crate) watch: bool,

    /// Remember findings by content in .claims-cache, and check no text twice
    #[arg(long, conflicts_with = "watch")]
    pub(crate) cache: bool,

    /// Use this cache file; implies --cache
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub(crate) cache_location: Option<PathBuf>,

    /// Show every setting and where it comes from, and check nothing
    #[arg(long)]
    pub(crate) print_config: bool,

    /// Take this day as today, for exceptions that end on a day
    #[arg(long, value_name = "DATE", help_heading = FIND)]
    pub(crate) today: Option<Date>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// Check this many files at the same time [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// How files are found and read.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Files")]
pub(crate) struct ReadingArgs {
    /// Leave out files that match this glob, such as 'drafts/**'; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Read every file as this, whatever its name
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    /// In tables, check this column; may be repeated [default: all columns with prose]
    #[arg(long = "column", value_name = "NAME")]
    pub(crate) columns: Vec<String>,

    /// Treat standard input as a file of this name
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_path: Option<PathBuf>,

    /// Refuse larger files: a number of bytes, or with K or M after it
    #[arg(long, value_name = "SIZE", default_value = "10M", value_parser = size)]
    pub(crate) max_size: u64,
}

impl ReadingArgs {
    /// For commands that are given one file and read it without further options.
    pub(crate) fn of_kind(kind: Option<Kind>) -> Self {
        Self { kind, max_size: LARGEST, ..Self::default() }
    }
}

/// Reads `500K`.
fn size(text: &str) -> Result<u64, String> {
    let units = [('K', 1 << 10), ('M', 1 << 20), ('G', 1 << 30)];
    let unit = units
        .into_iter()
        .find_map(|(letter, unit)| Some((text.strip_suffix([letter, letter.to_ascii_lowercase()])?, unit)));
    let (digits, unit): (&str, u64) = unit.unwrap_or((text, 1));
    let number: Option<u64> = digits.trim().parse().ok();
    number
        .and_then(|number| number.checked_mul(unit))
        .ok_or_else(|| "write a number of bytes, such as 500K or 20M".into())
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// The words underlined, with reasons
    #[default]
    Human,
    /// Sentences in reading order, nothing drawn: for screen readers; also what human means where NO_GRAPHICS is set
    Narrated,
    /// One line a finding: `path:line:column: severity[rule]: message`
    Lines,
    /// One page for a browser: the copy with its words marked, reasons, evidence, and what to write instead
    Html,
    /// One document with byte offsets, for programs
    Json,
    /// The same, one object a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations for GitHub Actions
    Github,
    /// Checkstyle XML, for Jenkins and reviewdog
    Checkstyle,
    /// JUnit XML, for GitLab and other CI; what --fail-on lets pass is no failure
    Junit,
}

/// The mildest finding that fails a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    #[default]
    Warning,
    /// Any finding
    Note,
    /// Findings never fail
    Never,
}

impl FailOn {
    /// Whether a finding this bad fails.
    pub(crate) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

/// How notes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Notes {
    /// One line each, after the other findings of the file
    #[default]
    Brief,
    /// Like errors and warnings
    Full,
    /// Counted only
    Hide,
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Markdown: code and markup are not copy
    Markdown,
    /// HTML: scripts, styles and tags are not copy; titles, descriptions and labels are
    Html,
    /// Plain text: everything is copy
    Text,
    /// A table with commas between its fields: the columns named by --column are copy, or all that hold prose
    Csv,
    /// The same, with tabs
    Tsv,
    /// A document of Word (.docx): comments and deleted text are not copy; positions are paragraphs and characters
    Docx,
}

/// Reads `RULE=LEVEL`; `None` is off.
fn severity(text: &str) -> Result<(String, Option<Severity>), String> {
    let (rule, level) = text.split_once('=').ok_or("write the rule, =, and a level, such as detox-claim=warning")?;
    let level = match level {
        "off" => None,
        _ => Some(level.parse().map_err(|_| format!("`{level}` is not a level; write error, warning, note or off"))?),
    };
    Ok((rule.to_owned(), level))
}
