//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;
use std::path::{Path, PathBuf};

use evidence_claims::{Checker, Database, Diagnostic, Document, Severity};

use crate::args::{CheckArgs, CheckFormat, Notes};
use crate::evidence::Evidence;
use crate::human::Human;
use crate::input::Input;
use crate::json;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::{Summary, count};
use crate::terminal::{Output, Terminal};
use crate::{each, lines, reading, unknown, walk};

/// A file that was read and checked.
struct Checked {
    path: String,
    name: String,
    skipped: usize,
    encoding: Option<&'static str>,
    /// Without its text when nothing was found: a large site need not be held in memory.
    document: Document,
    sentences: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Has a document checked.
    fn new(input: Input, check: impl FnOnce(&Document) -> Vec<Diagnostic>) -> Self {
        let name = input.name().to_owned();
        let Input { path, document, skipped, encoding } = input;
        let diagnostics = check(&document);
        let sentences = document.sentences().count();
        let document = if diagnostics.is_empty() { Document::plain("") } else { document };
        Self { path, name, skipped, encoding, document, sentences, diagnostics }
    }
}

/// Runs the command. The evidence is opened when there are words to compare with it, or a pack or an option to prove.
pub(crate) fn run(args: &CheckArgs, packs: &[PathBuf], terminal: Terminal) -> Result<Outcome, Stop> {
    let found = walk::files(&args.files, &args.reading.exclude)?;
    let mut outcome = Outcome::Clean;
    let mut refuse = |path: &Path, problem: &str| {
        complain(format!("cannot check {}: {problem}", path.display()));
        outcome = Outcome::Trouble;
    };
    for (path, problem) in &found.problems {
        refuse(path, problem);
    }
    // One file is read first, since an empty one needs no evidence.
    let first = found.paths.first().filter(|_| found.paths.len() == 1).map(|path| Input::read(path, &args.reading));
    let plain = packs.is_empty() && args.profile.is_none() && args.severities.is_empty();
    let is_idle = first.as_ref().map_or(found.paths.is_empty(), |input| input.as_ref().map_or(true, Input::is_empty));
    let opened = if plain && is_idle { None } else { Some(Evidence::open(packs, terminal)?) };
    let checker = opened.as_ref().map(|evidence| checker(args, evidence)).transpose()?;
    let off: Vec<&str> =
        args.severities.iter().filter(|(_, level)| level.is_none()).map(|(rule, _)| rule.as_str()).collect();
    if let Some(checker) = checker.as_ref().filter(|_| args.explain) {
        let inputs = found.paths.iter().filter_map(|path| match Input::read(path, &args.reading) {
            Ok(input) => Some(input),
            Err(problem) => {
                refuse(path, &problem);
                None
            }
        });
        explain(checker, inputs.collect(), args.format)?;
        return Ok(outcome);
    }
    let check = |input: Input| {
        Checked::new(input, |document| {
            let mut diagnostics = checker.as_ref().map_or_else(Vec::new, |checker| checker.check(document));
            diagnostics.retain(|diagnostic| !off.contains(&diagnostic.rule()));
            diagnostics
        })
    };
    let read = match first {
        Some(first) => vec![first.map(|input| (input.is_empty(), check(input)))],
        None => each::in_order(&found.paths, args.threads, false, |path| {
            Input::read(path, &args.reading).map(|input| (input.is_empty(), check(input)))
        })?,
    };
    let mut files = Vec::with_capacity(read.len());
    for (path, read) in found.paths.iter().zip(read) {
        match read {
            Ok((is_empty, file)) => {
                if is_empty {
                    complain(format!("{} is empty: nothing to check", file.name));
                }
                if let Some(encoding) = file.encoding {
                    complain(format!("{} is not UTF-8 and was read as {encoding}", file.name));
                }
                files.push(file);
            }
            Err(problem) => refuse(path, &problem),
        }
    }
    let failed =
        files.iter().flat_map(|file| &file.diagnostics).any(|diagnostic| args.fail_on.fails(diagnostic.severity()));
    if failed {
        outcome = outcome.max(Outcome::Findings);
    }
    write(&files, args, opened.as_deref(), terminal)?;
    Ok(outcome)
}

/// Shows how the sentences of all files were read.
fn explain(checker: &Checker<'_>, inputs: Vec<Input>, format: CheckFormat) -> Result<(), Stop> {
    let files = inputs;
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
        out.write_all(reading::text(file.name(), &file.document, &checker.explain(&file.document)).as_bytes())?;
    }
    Ok(out.flush()?)
}

fn write(files: &[Checked], args: &CheckArgs, database: Option<&Database>, terminal: Terminal) -> Result<(), Stop> {
    match args.format {
        CheckFormat::Human if files.is_empty() => Ok(()),
        CheckFormat::Human => human(files, args.notes, database, terminal),
        CheckFormat::Json => json(files),
        CheckFormat::Lines => in_lines(files),
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
        json::File::new(&file.path, position, file.skipped, &file.diagnostics).encoding(file.encoding)
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
        sentences += file.sentences;
    }
    let size = format!(", {}", count(sentences, "sentence"));
    out.write_all(summary.text(&size, database).as_bytes())?;
    Ok(out.flush()?)
}
