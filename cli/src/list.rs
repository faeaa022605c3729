//! `claims list`: claims that fit a query, or how many there are of each kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use evidence_claims::{Certainty, Claim, Database, Direction};
use serde::Serialize;

use crate::args::{CountBy, ListArgs, ListFormat, SortKey};
use crate::size::Size;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::table::Table;
use crate::terminal::Terminal;
use crate::{csv, json, query, words};

/// Columns of the longest bar.
const BAR: usize = 24;

/// Runs the command.
pub(crate) fn run(args: &ListArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let query = query::read(&args.query, database, terminal)?;
    let mut claims: Vec<Claim<'_>> = database.query(&query).collect();
    sort(&mut claims, args.sort);

    let text = match (args.count_by, args.format) {
        (Some(by), format) => counts(&tally(by, &claims, database), by, format, terminal)?,
        (None, ListFormat::Table | ListFormat::Wide) if claims.is_empty() => nothing(&args.query, database),
        (None, ListFormat::Table) => table(&claims, database.claims().len(), args.sort, terminal),
        (None, ListFormat::Wide) => wide(&claims, database.claims().len(), terminal),
        (None, ListFormat::Json) => json::pretty(&Listed {
            schema: 1,
            claims: claims.iter().map(|claim| Row::new(claim, |ids| ids)).collect(),
        })?,
        (None, ListFormat::Csv) => csv::text(claims.iter().map(|claim| Row::new(claim, |ids| ids.join(" "))))?,
        (None, ListFormat::Markdown) => markdown(&claims),
    };
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}

/// One claim, flat, for programs and spreadsheets.
#[derive(Debug, Serialize)]
struct Row<'a, S> {
    id: &'a str,
    topic: &'a str,
    proposition: &'a str,
    direction: Direction,
    magnitude: evidence_claims::Magnitude,
    certainty: Option<Certainty>,
    population: &'a str,
    intervention: &'a str,
    comparator: &'a str,
    outcome: &'a str,
    honest: &'a str,
    findings: usize,
    sources: S,
    reviewed: String,
    review_by: String,
    newest: Option<u16>,
    participants: Option<u32>,
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    schema: u32,
    claims: Vec<Row<'a, Vec<&'a str>>>,
}

impl<'a, S> Row<'a, S> {
    /// The row of `claim`, with its sources in a form that the format can hold.
    fn new(claim: &Claim<'a>, sources: impl Fn(Vec<&'a str>) -> S) -> Self {
        let pico = claim.pico();
        let size = Size::of(claim);
        Self {
            id: claim.id(),
            topic: claim.topic(),
            proposition: claim.proposition(),
            direction: claim.direction(),
            magnitude: claim.magnitude(),
            certainty: claim.certainty(),
            population: pico.population().id(),
            intervention: pico.intervention().id(),
            comparator: pico.comparator().id(),
            outcome: pico.outcome().id(),
            honest: claim.honest(),
            findings: claim.findings().len(),
            sources: sources(claim.findings().map(|finding| finding.source().id()).collect()),
            reviewed: claim.reviewed().to_string(),
            review_by: claim.review_by().to_string(),
            newest: size.newest,
            participants: size.participants,
        }
    }
}

/// What is said when no claim fits. Who asks what is due wants to know when something will be.
fn nothing(query: &[String], database: &Database) -> String {
    let asks_due = query.iter().any(|word| word.contains("due:"));
    let next =
        database.claims().filter(|claim| asks_due && !claim.is_withdrawn()).min_by_key(|claim| claim.review_by());
    match next {
        Some(claim) => format!("no claim fits; the next review, of {}, is due on {}\n", claim.id(), claim.review_by()),
        None => "no claim fits; `claims list` shows them all\n".to_owned(),
    }
}

fn table(claims: &[Claim<'_>], all: usize, sort: SortKey, terminal: Terminal) -> String {
    let mut out = String::new();
    let headings = ["claim", "certainty", "direction", "question"];
    let mut groups: Vec<(&str, Table<'_>)> = Vec::new();
    // In another order topics would only come and go.
    let grouped = sort == SortKey::Topic;
    for claim in claims {
        if groups.last().is_none_or(|(topic, _)| grouped && *topic != claim.topic()) {
            groups.push((claim.topic(), Table::new(&headings)));
        }
        let Some((_, table)) = groups.last_mut() else { continue };
        table.row(vec![
            paint(style::NAME, format!("{}{}", if grouped { "  " } else { "" }, claim.id())),
            words::certainty(claim.certainty(), terminal),
            claim.direction().to_string(),
            format!("{}{}", if claim.is_withdrawn() { "(withdrawn) " } else { "" }, claim.proposition()),
        ]);
    }
    let widths = groups
        .iter()
        .map(|(_, table)| table.widths())
        .reduce(|a, b| a.iter().zip(&b).map(|(a, b)| *a.max(b)).collect());
    let widths = widths.unwrap_or_default();
    for (number, (topic, table)) in groups.iter().enumerate() {
        if number == 0 {
            out.push_str(&table.head(&widths, terminal.table_width));
        } else {
            out.push('\n');
        }
        if grouped {
            let _ = writeln!(out, "{}", paint(style::STRONG, topic));
        }
        out.push_str(&table.body(&widths, terminal.table_width));
    }
    out.push_str(&foot(claims, all));
    out
}

/// How many there are, and how to see one.
fn foot(claims: &[Claim<'_>], all: usize) -> String {
    let shown = if claims.len() == all { count(all, "claim") } else { format!("{} of {all} claims", claims.len()) };
    let first = claims.first().map_or("", |claim| claim.id());
    format!("\n{shown}; {} shows one\n", paint(style::NAME, format!("claims show {first}")))
}

/// Everything that fits one line, whatever the width of the terminal: for wide windows, pagers and `cut`.
fn wide(claims: &[Claim<'_>], all: usize, terminal: Terminal) -> String {
    let mut table = Table::new(&[
        "claim",
        "topic",
        "certainty",
        "direction",
        "size",
        "newest",
        "sources",
        "people",
        "due",
        "question",
    ]);
    for claim in claims {
        let size = Size::of(claim);
        table.row(vec![
            paint(style::NAME, claim.id()),
            claim.topic().to_owned(),
            words::certainty(claim.certainty(), terminal),
            claim.direction().to_string(),
            claim.magnitude().to_string(),
            size.newest.map(|year| year.to_string()).unwrap_or_default(),
            format!("{:>7}", size.sources),
            size.participants.map(|people| format!("{people:>6}")).unwrap_or_default(),
            claim.review_by().to_string(),
            format!("{}{}", if claim.is_withdrawn() { "(withdrawn) " } else { "" }, claim.proposition()),
        ]);
    }
    table.text(usize::MAX) + &foot(claims, all)
}

/// The order that was asked for; what is equal comes by topic and id.
fn sort(claims: &mut [Claim<'_>], key: SortKey) {
    claims.sort_by_key(|claim| (claim.topic(), claim.id()));
    match key {
        SortKey::Topic => {}
        SortKey::Id => claims.sort_by_key(|claim| claim.id()),
        SortKey::Certainty => claims.sort_by_key(|claim| Reverse(claim.certainty())),
        SortKey::Year => claims.sort_by_key(|claim| Reverse(Size::of(claim).newest)),
        SortKey::Participants => claims.sort_by_key(|claim| Reverse(Size::of(claim).participants)),
        SortKey::Due => claims.sort_by_key(|claim| claim.review_by()),
    }
}

fn markdown(claims: &[Claim<'_>]) -> String {
    let mut out =
        "| claim | question | certainty | direction | size | wording |\n|---|---|---|---|---|---|\n".to_owned();
    let cell = |text: &str| text.replace('|', "\\|");
    for claim in claims {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            claim.id(),
            cell(claim.proposition()),
            claim.certainty().map_or("no rating".to_owned(), |certainty| certainty.to_string()),
            claim.direction(),
            claim.magnitude(),
            cell(claim.honest()),
        );
    }
    out
}

/// How many claims there are of each value, in the value's natural order, values without a claim included.
fn tally(by: CountBy, claims: &[Claim<'_>], database: &Database) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        let value = match by {
            CountBy::Topic => claim.topic().to_owned(),
            CountBy::Certainty => claim.certainty().map_or("none".to_owned(), |certainty| certainty.to_string()),
            CountBy::Direction => claim.direction().to_string(),
        };
        *counts.entry(value).or_default() += 1;
    }
    let order: Vec<String> = match by {
        CountBy::Topic => {
            database.topics().map(|topic| topic.id().to_owned()).filter(|topic| counts.contains_key(topic)).collect()
        }
        CountBy::Certainty => Certainty::ALL.iter().rev().map(ToString::to_string).chain(["none".to_owned()]).collect(),
        CountBy::Direction => Direction::ALL.iter().map(ToString::to_string).collect(),
    };
    order
        .into_iter()
        .map(|value| (counts.get(&value).copied().unwrap_or(0), value))
        .map(|(n, value)| (value, n))
        .collect()
}

/// One count, for programs and spreadsheets.
#[derive(Debug, Serialize)]
struct Count<'a> {
    value: &'a str,
    claims: usize,
}

/// The document of `--count-by … --format json`.
#[derive(Debug, Serialize)]
struct Counted<'a> {
    schema: u32,
    by: &'a str,
    counts: Vec<Count<'a>>,
}

fn counts(tally: &[(String, usize)], by: CountBy, format: ListFormat, terminal: Terminal) -> Result<String, Stop> {
    let by = match by {
        CountBy::Topic => "topic",
        CountBy::Certainty => "certainty",
        CountBy::Direction => "direction",
    };
    let rows = || tally.iter().map(|(value, claims)| Count { value, claims: *claims });
    match format {
        ListFormat::Json => return json::pretty(&Counted { schema: 1, by, counts: rows().collect() }),
        ListFormat::Csv => return csv::text(rows()),
        ListFormat::Markdown => {
            let rows: String = tally.iter().map(|(value, n)| format!("| {value} | {n} |\n")).collect();
            return Ok(format!("| {by} | claims |\n|---|---:|\n{rows}"));
        }
        ListFormat::Table | ListFormat::Wide => {}
    }
    let most = tally.iter().map(|&(_, n)| n).max().unwrap_or(0).max(1);
    let widest = tally.iter().map(|(value, _)| value.len()).max().unwrap_or(0);
    let total: usize = tally.iter().map(|&(_, n)| n).sum();
    let mut out = String::new();
    for (value, n) in tally {
        let bar = words::bar(n * BAR, most, terminal);
        let bar = if bar.is_empty() { bar } else { format!("  {}", paint(style::NOTE, bar)) };
        let _ = writeln!(out, "{value:<widest$}  {n:>4}{bar}");
    }
    let _ = writeln!(out, "{:<widest$}  {}", "", paint(style::STRONG, format!("{total:>4}")));
    Ok(out)
}
