//! `claims outcomes`: what was measured, and how many claims are about it.

use std::collections::BTreeMap;

use evidence_claims::{Database, Term};
use serde::Serialize;

use crate::args::{OutcomesArgs, OutcomesFormat};
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::table::Table;
use crate::terminal::Terminal;
use crate::{csv, json, query};

/// The class of terms that this command lists.
const CLASS: &str = "outcome";

/// Runs the command.
pub(crate) fn run(args: &OutcomesArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let query = query::read(&args.query, database, terminal)?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for claim in database.query(&query) {
        *counts.entry(claim.pico().outcome().id()).or_default() += 1;
    }
    let mut rows: Vec<Row<'_>> = database
        .terms()
        .filter(|term| term.class() == CLASS)
        .map(|term| Row::new(term, counts.get(term.id()).copied().unwrap_or(0)))
        // A query asks about claims; without one, outcomes that no claim is about are worth seeing, too.
        .filter(|row| args.query.is_empty() || row.claims > 0)
        .collect();
    rows.sort_by_key(|row| (row.topic, row.id));
    let text = match args.format {
        OutcomesFormat::Table => table(&rows, terminal),
        OutcomesFormat::Json => json::pretty(&Listed { schema: 1, outcomes: rows })?,
        OutcomesFormat::Csv => csv::text(rows)?,
    };
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}

/// One outcome, flat, for programs and spreadsheets.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    topic: Option<&'a str>,
    label: &'a str,
    claims: usize,
    mesh: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn new(term: Term<'a>, claims: usize) -> Self {
        Self { id: term.id(), topic: term.topic(), label: term.label(), claims, mesh: term.mesh() }
    }
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    schema: u32,
    outcomes: Vec<Row<'a>>,
}

fn table(rows: &[Row<'_>], terminal: Terminal) -> String {
    let Some(first) = rows.first() else {
        return "no outcome fits; `claims outcomes` shows them all\n".to_owned();
    };
    let table = |labelled: bool| {
        let mut table = Table::new(&["outcome", "topic", "claims", "MeSH", "in words"]);
        for row in rows {
            let mesh = row.mesh.unwrap_or_default();
            table.row(vec![
                paint(style::NAME, row.id),
                row.topic.unwrap_or_default().to_owned(),
                if labelled { count(row.claims, "claim") } else { format!("{:>6}", row.claims) },
                if labelled && !mesh.is_empty() { format!("MeSH {mesh}") } else { mesh.to_owned() },
                row.label.to_owned(),
            ]);
        }
        table
    };
    let mut outcomes = table(false);
    // In blocks no headings say what the numbers are.
    if outcomes.is_blocks(terminal.table_width) {
        outcomes = table(true);
    }
    let list = paint(style::NAME, format!("claims list outcome:{}", first.id));
    format!(
        "{}\n{}; {list} lists the claims of one\n",
        outcomes.text(terminal.table_width),
        count(rows.len(), "outcome")
    )
}
