//! `claims validate`: every problem of a pack's records, shown like findings in copy.

use std::fmt::Write;
use std::io::Write as _;
use std::path::PathBuf;

use evidence_claims::{Checker, Database, Date, Diagnostic, Report};

use crate::args::{CheckFormat, FailOn, Notes, ValidateArgs};
use crate::human::Human;
use crate::report::{self, Page};
use crate::snippet::Source;
use crate::stop::{Outcome, Stop};
use crate::summary::{Summary, count, enumerate};
use crate::terminal::{Output, Terminal};
use crate::{evidence, today};

/// Runs the command. A pack may stand after the command or after `--pack`, as everywhere else.
pub(crate) fn run(args: &ValidateArgs, packs: &[PathBuf], terminal: Terminal) -> Result<Outcome, Stop> {
    let packs: Vec<&PathBuf> = packs.iter().chain(&args.pack).collect();
    let edition = packs.iter().any(|pack| evidence::is_edition(pack));
    let mut builder = if edition { Database::builder() } else { Database::builder().builtin() };
    // Without a clock no review is due.
    if let Some(today) = args.today.or_else(today::today).or(Date::new(1, 1, 1)).filter(|_| args.strict) {
        builder = builder.strict(today);
    }
    for pack in &packs {
        evidence::exists(pack)?;
        builder = builder.pack(pack);
    }
    let report = builder.check();
    // Patterns are compiled by the checker, so their mistakes are known only there. It compiles all packs.
    let checker = Checker::new(report.readable());
    let mut proofs = checker.problems().to_vec();
    if args.strict {
        proofs.extend(checker.strict());
    }
    let named: Vec<String> = packs.iter().map(|pack| pack.display().to_string().replace('\\', "/")).collect();
    let is_own = |file: &str| named.is_empty() || named.iter().any(|pack| file.starts_with(pack));
    let mut diagnostics: Vec<&Diagnostic> = report.diagnostics().iter().chain(&proofs).collect();
    diagnostics.retain(|diagnostic| diagnostic.file().is_none_or(is_own));
    diagnostics.sort_by_key(|diagnostic| (diagnostic.file(), diagnostic.span()));

    match args.format {
        CheckFormat::Human => terminal.write(&human(&report, is_own, &diagnostics, terminal))?,
        CheckFormat::Html => return Err(Stop("html shows a page as it reads; records are no pages".to_owned())),
        format => other(&report, &diagnostics, format, args.fail_on, terminal)?,
    }
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

fn human(report: &Report, is_own: impl Fn(&str) -> bool, diagnostics: &[&Diagnostic], terminal: Terminal) -> String {
    let mut out = String::new();
    let mut human = Human::new(terminal, None, true);
    let mut summary = Summary::default();
    for (source, group) in by_file(report, diagnostics) {
        for diagnostic in group {
            out.push_str(&human.finding(&source, diagnostic));
        }
        summary.add(group.iter().copied());
    }
    summary.files(report.files().filter(|file| is_own(file)).count());
    out.push_str(&summary.text("", Some(Database::builtin())));
    if let Some(database) = report.database() {
        let counts = [
            (database.claims().filter(|claim| is_own(claim.origin().0)).count(), "claim"),
            (database.sources().filter(|source| is_own(source.origin().0)).count(), "source"),
            (database.terms().filter(|term| is_own(term.origin().0)).count(), "term"),
            (database.rules().filter(|rule| is_own(rule.origin().0)).count(), "rule"),
            (database.profiles().filter(|profile| is_own(profile.origin().0)).count(), "profile"),
        ];
        let counts: Vec<String> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(n, what)).collect();
        let _ = writeln!(out, "{}", enumerate(&counts));
    }
    out
}

/// The formats that data files share with copy.
fn other(
    report: &Report,
    diagnostics: &[&Diagnostic],
    format: CheckFormat,
    fail_on: FailOn,
    terminal: Terminal,
) -> Result<(), Stop> {
    let pages: Vec<Page<'_>> = by_file(report, diagnostics)
        .map(|(source, group)| Page::of_data(source.name, source.text, group.to_vec()))
        .collect();
    let quiet = false;
    let (notes, statistics, database, size, gone) = (Notes::Full, false, None, "", None);
    let report = report::Report {
        format,
        notes,
        quiet,
        statistics,
        fail_on,
        database,
        checker: None,
        profile: None,
        size,
        gone,
        terminal,
    };
    let mut out = Output::default();
    report.write(&pages, &mut out)?;
    Ok(out.flush()?)
}
