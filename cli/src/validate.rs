//! `claims validate`: every problem of a pack's records, shown like findings in copy.

use std::fmt::Write;

use evidence_claims::{Checker, Database, Diagnostic, Report};

use crate::args::{CheckFormat, ValidateArgs};
use crate::human::Human;
use crate::json;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::{Summary, count, enumerate};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &ValidateArgs, terminal: Terminal) -> Result<Outcome, Stop> {
    let report = match &args.pack {
        None => Database::builder().builtin().check(),
        Some(pack) => {
            if !pack.exists() {
                return Err(Stop(format!(
                    "cannot read the pack {}: there is no such file or directory",
                    pack.display()
                )));
            }
            Database::builder().builtin().pack(pack).check()
        }
    };
    // Patterns are compiled by the checker, so their mistakes are known only there.
    let patterns: Vec<Diagnostic> =
        report.database().map(|db| Checker::new(db).problems().to_vec()).unwrap_or_default();
    let mut diagnostics: Vec<&Diagnostic> = report.diagnostics().iter().chain(&patterns).collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.file(), diagnostic.span()));

    let text = match args.format {
        CheckFormat::Human => human(&report, &diagnostics, terminal),
        CheckFormat::Json => json(&report, &diagnostics)?,
        CheckFormat::Lines => lines(&report, &diagnostics),
    };
    terminal.write(&text)?;
    let failed = diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity()));
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}

/// The diagnostics of each file.
fn by_file<'a, 'd>(
    report: &'a Report,
    diagnostics: &'d [&'a Diagnostic],
) -> impl Iterator<Item = (Source<'a>, &'d [&'a Diagnostic])> {
    diagnostics.chunk_by(|a, b| a.file() == b.file()).map(|group| {
        let file = group.first().and_then(|diagnostic| diagnostic.file()).unwrap_or_default();
        (Source::new(file, report.text(file).unwrap_or_default()), group)
    })
}

fn human(report: &Report, diagnostics: &[&Diagnostic], terminal: Terminal) -> String {
    let mut out = String::new();
    let mut human = Human::new(terminal, None);
    let mut summary = Summary::default();
    for (source, group) in by_file(report, diagnostics) {
        for diagnostic in group {
            human.finding(&mut out, &source, diagnostic);
        }
        summary.add(group.iter().copied());
    }
    if diagnostics.is_empty() {
        let _ = writeln!(out, "{}", paint(style::GOOD.bold(), "nothing found"));
    } else {
        summary.files(report.files().len());
        out.push_str(&summary.text(""));
    }
    if let Some(database) = report.database() {
        let counts = [
            count(database.claims().len(), "claim"),
            count(database.sources().len(), "source"),
            count(database.terms().len(), "term"),
            count(database.rules().len(), "rule"),
        ];
        let _ = writeln!(out, "{} read from {}", enumerate(&counts), count(report.files().len(), "file"));
    }
    out
}

fn json(report: &Report, diagnostics: &[&Diagnostic]) -> Result<String, Stop> {
    let groups: Vec<_> = by_file(report, diagnostics).collect();
    let files = groups
        .iter()
        .map(|(source, group)| json::File::new(source.name, |span| source.position(span), 0, group.iter().copied()));
    json::Report::new(files.collect()).text()
}

fn lines(report: &Report, diagnostics: &[&Diagnostic]) -> String {
    by_file(report, diagnostics)
        .flat_map(|(source, group)| {
            group
                .iter()
                .map(move |diagnostic| crate::lines::line(source.name, source.position(diagnostic.span()), diagnostic))
                .collect::<Vec<_>>()
        })
        .collect()
}
