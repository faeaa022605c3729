//! What can be typed: commands, options and their help.
//!
//! Holds no behaviour; each command's module reads its own struct.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use evidence_claims::{Date, Scheme, Severity};

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
    /// Explain a rule: what it finds, why, what to do, who says so
    Explain(ExplainArgs),
    /// List the rules
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
    /// Write a commented evidence.toml for a site, after two questions
    Init(InitArgs),
    /// Write what a shell needs to complete commands and options
    Completions(CompletionsArgs),
    /// Write the manual for man
    Man(ManArgs),
}

/// `claims profiles`
#[derive(Debug, clap::Args)]
pub(crate) struct ProfilesArgs {}

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

/// `claims check`
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Files, directories or globs, those of the project file when none are named: Markdown, HTML, tables, or else plain text; - is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// How to write the findings [default: human]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<CheckFormat>,

    /// Write the findings to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Count the findings by rule instead of showing them
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Write findings and nothing else: no closing lines, no remarks
    #[arg(long, short)]
    pub(crate) quiet: bool,

    /// The mildest finding that makes the exit status 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailOn>,

    /// Use the severities of a jurisdiction, such as uk-cap
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Change how bad a rule's findings are: error, warning, note, or off; may be repeated
    #[arg(long = "severity", value_name = "RULE=LEVEL", value_parser = severity)]
    pub(crate) severities: Vec<(String, Option<Severity>)>,

    /// How to show notes, in the human format [default: brief]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) notes: Option<Notes>,

    /// Find only on lines that changed since the branch left this git revision
    #[arg(long, value_name = "REVISION")]
    pub(crate) changed_since: Option<String>,

    /// Also find what a page claims more surely, more widely or larger than at this git revision
    #[arg(long, value_name = "REVISION")]
    pub(crate) gate_against: Option<String>,

    /// Only findings of this rule or family of rules; may be repeated
    #[arg(long, value_name = "RULE")]
    pub(crate) only: Vec<String>,

    /// Be quiet about the findings in this file, which --write-baseline writes
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write all findings into the baseline, evidence-baseline.json unless another is named
    #[arg(long)]
    pub(crate) write_baseline: bool,

    /// Make the edits that only make a sentence milder, and write the files
    #[arg(long, conflicts_with_all = ["explain", "write_baseline"])]
    pub(crate) fix: bool,

    /// Show what --fix would change, and write nothing; exit status 1 when there is something
    #[arg(long, conflicts_with_all = ["explain", "write_baseline", "interactive"])]
    pub(crate) diff: bool,

    /// Ask about each finding: edit, publish the vetted sentence, skip, or keep it with a reason
    #[arg(long, conflicts_with_all = ["explain", "write_baseline", "fix"])]
    pub(crate) interactive: bool,

    /// Show how each sentence was read instead of checking it
    #[arg(long)]
    pub(crate) explain: bool,

    /// Show every setting and where it comes from, and check nothing
    #[arg(long)]
    pub(crate) print_config: bool,

    /// Day that counts as today for what is kept until a day
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// Check so many files at the same time; all cores when absent
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// How files are found and read.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ReadingArgs {
    /// Leave out files that match this glob, such as 'drafts/**'; may be repeated
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Read every file as this, whatever its name
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub(crate) kind: Option<Kind>,

    /// In tables, check this column; may be repeated; all that hold prose when absent
    #[arg(long = "column", value_name = "NAME")]
    pub(crate) columns: Vec<String>,

    /// Treat standard input as a file of this name
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_path: Option<PathBuf>,

    /// Refuse files that are larger, in bytes or with K or M behind
    #[arg(long, value_name = "SIZE", default_value = "10M", value_parser = size)]
    pub(crate) max_size: u64,
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
    /// Sentences, each as one argument
    #[arg(value_name = "TEXT", required_unless_present = "lines", conflicts_with = "lines")]
    pub(crate) sentences: Vec<String>,

    /// Rate every line of a file and write one label a line; - is standard input
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
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// `claims plot`
#[derive(Debug, clap::Args)]
pub(crate) struct PlotArgs {
    /// What to draw
    #[command(subcommand)]
    pub(crate) picture: Picture,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", global = true)]
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

/// `claims explain`
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Name of the rule, as printed in brackets with a finding
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

/// `claims rules`
#[derive(Debug, clap::Args)]
pub(crate) struct RulesArgs {}

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

/// Formats of `rate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RateFormat {
    /// The label and the cues that decided; with --lines the label alone
    #[default]
    Text,
    /// One object a line, with all cues and their byte offsets
    Json,
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
    /// A table parted by commas: the columns that --column names are copy, or those that hold prose
    Csv,
    /// The same, parted by tabs
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
