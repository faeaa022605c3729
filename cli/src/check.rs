//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;
use std::path::PathBuf;

use evidence_claims::{Checker, Database, Diagnostic, Document, Severity};

use crate::args::{CheckArgs, CheckFormat, Kind, Notes};
use crate::evidence::Evidence;
use crate::human::Human;
use crate::input::Input;
use crate::json;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::{Summary, count};
use crate::terminal::{Output, Terminal};
use crate::{html, lines, reading, unknown};

/// A file that was read and checked.
struct Checked {
    path: String,
    name: String,
    skipped: usize,
    document: Document,
    diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Reads the text into a document and has it checked.
    fn new(input: Input, check: impl FnOnce(&Document) -> Vec<Diagnostic>) -> Self {
        let name = input.name().to_owned();
        let document = match input.kind {
            Kind::Markdown => Document::markdown(input.text),
            Kind::Text => Document::plain(input.text),
        };
        let diagnostics = check(&document);
        Self { path: input.path, name, skipped: input.skipped, document, diagnostics }
    }
}

/// Runs the command. The evidence is opened when there are words to compare with it, or a pack or an option to prove.
pub(crate) fn run(args: &CheckArgs, packs: &[PathBuf], terminal: Terminal) -> Result<Outcome, Stop> {
    let mut outcome = Outcome::Clean;
    let mut inputs = Vec::with_capacity(args.files.len());
    for path in &args.files {
        match Input::read(path, args.kind) {
            Ok(input) => inputs.push(input),
            Err(problem) => {
                complain(format!("cannot check {}: {problem}", path.display()));
                outcome = Outcome::Trouble;
            }
        }
    }
    let empty = |input: &&Input| input.text.trim().is_empty();
    for input in inputs.iter().filter(empty) {
        complain(format!("{} is empty: nothing to check", input.name()));
    }
    let plain = packs.is_empty() && args.profile.is_none() && args.severities.is_empty();
    if plain && inputs.iter().all(|input| empty(&input)) {
        let files: Vec<Checked> = inputs.into_iter().map(|input| Checked::new(input, |_| Vec::new())).collect();
        write(&files, args, None, terminal)?;
        return Ok(outcome);
    }

    let evidence = Evidence::open(packs, terminal)?;
    let checker = checker(args, &evidence)?;
    if args.explain {
        explain(&checker, inputs, args.format)?;
        return Ok(outcome);
    }
    let off: Vec<&str> =
        args.severities.iter().filter(|(_, level)| level.is_none()).map(|(rule, _)| rule.as_str()).collect();
    let mut files = Vec::with_capacity(inputs.len());
    for input in inputs {
        let checked = Checked::new(input, |document| {
            let mut diagnostics = checker.check(document);
            diagnostics.retain(|diagnostic| !off.contains(&diagnostic.rule()));
            diagnostics
        });
        if checked.diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity())) {
            outcome = outcome.max(Outcome::Findings);
        }
        files.push(checked);
    }
    write(&files, args, Some((&evidence, &checker)), terminal)?;
    Ok(outcome)
}

/// Shows how the sentences of all files were read.
fn explain(checker: &Checker<'_>, inputs: Vec<Input>, format: CheckFormat) -> Result<(), Stop> {
    let files: Vec<Checked> = inputs.into_iter().map(|input| Checked::new(input, |_| Vec::new())).collect();
    if format == CheckFormat::Json {
        #[derive(serde::Serialize)]
        struct Read<'a> {
            schema: u32,
            files: Vec<reading::File<'a>>,
        }
        let files =
            files.iter().map(|file| reading::File { path: &file.path, sentences: checker.explain(&file.document) });
        return json::write(&Read { schema: 1, files: files.collect() });
    }
    let mut out = Output::default();
    for file in &files {
        out.write_all(reading::text(&file.name, &file.document, &checker.explain(&file.document)).as_bytes())?;
    }
    Ok(out.flush()?)
}

fn write(
    files: &[Checked],
    args: &CheckArgs,
    checked: Option<(&Database, &Checker<'_>)>,
    terminal: Terminal,
) -> Result<(), Stop> {
    let database = checked.map(|(database, _)| database);
    match args.format {
        CheckFormat::Human if files.is_empty() => Ok(()),
        CheckFormat::Human => human(files, args.notes, database, terminal),
        CheckFormat::Json => json(files),
        CheckFormat::Lines => in_lines(files),
        CheckFormat::Html => in_html(files, args, checked, terminal),
    }
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

fn in_html(
    files: &[Checked],
    args: &CheckArgs,
    checked: Option<(&Database, &Checker<'_>)>,
    terminal: Terminal,
) -> Result<(), Stop> {
    let checker = checked.map(|(_, checker)| checker);
    let mut pages = Vec::with_capacity(files.len());
    for file in files {
        pages.push(html::Page::new(&file.name, &file.document, &file.diagnostics, checker));
    }
    let report = html::report(&pages, checked.map(|(database, _)| database), args.profile.as_deref());
    match &args.output {
        None => Ok(terminal.write(&report)?),
        Some(path) => {
            std::fs::write(path, report).map_err(|error| Stop(format!("cannot write {}: {error}", path.display())))
        }
    }
}

fn human(files: &[Checked], notes: Notes, database: Option<&Database>, terminal: Terminal) -> Result<(), Stop> {
    let mut out = Output::default();
    let mut human = Human::new(terminal, database, notes == Notes::Full);
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
