//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;

use evidence_claims::{Checker, Database, Diagnostic, Document, Severity};

use crate::args::{CheckArgs, CheckFormat, Kind, Notes};
use crate::human::Human;
use crate::input::Input;
use crate::json;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::{Summary, count};
use crate::terminal::{Output, Terminal};
use crate::{lines, unknown};

/// A file that was read and checked.
struct Checked {
    path: String,
    name: String,
    skipped: usize,
    document: Document,
    diagnostics: Vec<Diagnostic>,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let checker = checker(args, database)?;
    let off: Vec<&str> =
        args.severities.iter().filter(|(_, level)| level.is_none()).map(|(rule, _)| rule.as_str()).collect();

    let mut outcome = Outcome::Clean;
    let mut files = Vec::with_capacity(args.files.len());
    for path in &args.files {
        let input = match Input::read(path, args.kind) {
            Ok(input) => input,
            Err(problem) => {
                complain(format!("cannot check {}: {problem}", path.display()));
                outcome = Outcome::Trouble;
                continue;
            }
        };
        if input.text.trim().is_empty() {
            complain(format!("{} is empty: nothing to check", input.name()));
        }
        let checked = check(&checker, input, &off);
        if checked.diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity())) {
            outcome = outcome.max(Outcome::Findings);
        }
        files.push(checked);
    }

    match args.format {
        CheckFormat::Human if files.is_empty() => {}
        CheckFormat::Human => human(&files, args.notes, database, terminal)?,
        CheckFormat::Json => json(&files)?,
        CheckFormat::Lines => in_lines(&files)?,
    }
    Ok(outcome)
}

/// The checker with the severities that were asked for.
fn checker<'db>(args: &CheckArgs, database: &'db Database) -> Result<Checker<'db>, Stop> {
    let mut checker = Checker::new(database);
    if let Some(name) = &args.profile {
        checker = checker.profile(name).map_err(|_| unknown::profile(name, database))?;
    }
    for (rule, level) in &args.severities {
        if database.rule(rule).is_none() {
            return Err(unknown::rule(rule, database));
        }
        if let Some(level) = level {
            checker = checker.severity(rule, *level);
        }
    }
    Ok(checker)
}

fn check(checker: &Checker<'_>, input: Input, off: &[&str]) -> Checked {
    let name = input.name().to_owned();
    let document = match input.kind {
        Kind::Markdown => Document::markdown(input.text),
        Kind::Text => Document::plain(input.text),
    };
    let mut diagnostics = checker.check(&document);
    diagnostics.retain(|diagnostic| !off.contains(&diagnostic.rule()));
    Checked { path: input.path, name, skipped: input.skipped, document, diagnostics }
}

fn json(files: &[Checked]) -> Result<(), Stop> {
    let files = files.iter().map(|file| {
        let position = |span| file.document.position(span);
        json::File::new(&file.path, position, file.skipped, &file.diagnostics)
    });
    json::write(&json::Report::new(files.collect()))
}

fn in_lines(files: &[Checked]) -> Result<(), Stop> {
    let mut out = Output::default();
    for file in files {
        for diagnostic in &file.diagnostics {
            let position = file.document.position(diagnostic.span());
            out.write_all(lines::line(&file.name, position, diagnostic).as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

fn human(files: &[Checked], notes: Notes, database: &Database, terminal: Terminal) -> Result<(), Stop> {
    let mut out = Output::default();
    let mut human = Human::new(terminal, Some(database), notes == Notes::Full);
    let mut sentences = 0;
    let mut summary = Summary::default();
    for file in files {
        let source = Source::new(&file.name, file.document.text());
        let is_full = |diagnostic: &&Diagnostic| diagnostic.severity() > Severity::Note || notes == Notes::Full;
        for diagnostic in file.diagnostics.iter().filter(is_full) {
            out.write_all(human.finding(&source, diagnostic).as_bytes())?;
        }
        if notes == Notes::Brief {
            let brief = file.diagnostics.iter().filter(|diagnostic| !is_full(diagnostic));
            out.write_all(human.brief(&source, brief).as_bytes())?;
        }
        summary.add(&file.diagnostics);
        sentences += file.document.sentences().count();
    }
    let size = format!(", {}", count(sentences, "sentence"));
    out.write_all(summary.text(&size, database).as_bytes())?;
    Ok(out.flush()?)
}
