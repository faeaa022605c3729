//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;
use std::path::PathBuf;

use evidence_claims::{Checker, Database, Diagnostic, Document};

use crate::args::{CheckArgs, CheckFormat, Kind};
use crate::evidence::Evidence;
use crate::input::Input;
use crate::report::{self, Page, Report};
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::terminal::{self, Output, Terminal};
use crate::{html, json, reading, save, unknown};

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

    /// The file as the formats see it.
    fn page(&self) -> Page<'_> {
        Page {
            path: &self.path,
            source: Source::new(&self.name, self.document.text()),
            skipped: self.skipped,
            sentences: self.document.sentences().collect(),
            diagnostics: self.diagnostics.iter().collect(),
        }
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
    for input in inputs.iter().filter(empty).filter(|_| !args.quiet) {
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

/// Writes the findings; `used` is the evidence, and the checker that compared the words with it.
fn write(
    files: &[Checked],
    args: &CheckArgs,
    used: Option<(&Database, &Checker<'_>)>,
    terminal: Terminal,
) -> Result<(), Stop> {
    let database = used.map(|(database, _)| database);
    if args.format == CheckFormat::Html && !args.statistics {
        let checker = used.map(|(_, checker)| checker);
        let pages: Vec<html::Page<'_>> =
            files.iter().map(|file| html::Page::new(&file.name, &file.document, &file.diagnostics, checker)).collect();
        let report = html::report(&pages, database, args.profile.as_deref());
        return match &args.output {
            None => Ok(terminal.write(&report)?),
            Some(path) => save::new(path, report.as_bytes()),
        };
    }
    let pages: Vec<Page<'_>> = files.iter().map(Checked::page).collect();
    let narrated = args.format == CheckFormat::Human && terminal::wants_words();
    let report = Report {
        format: if narrated { CheckFormat::Narrated } else { args.format },
        notes: args.notes,
        quiet: args.quiet,
        statistics: args.statistics,
        fail_on: args.fail_on,
        database,
        size: &report::size(&pages),
        terminal: if args.output.is_some() { terminal.without_links() } else { terminal },
    };
    if files.is_empty() && matches!(report.format, CheckFormat::Human | CheckFormat::Narrated) {
        return Ok(());
    }
    let Some(path) = &args.output else {
        let mut out = Output::default();
        report.write(&pages, &mut out)?;
        return Ok(out.flush()?);
    };
    let mut text = anstream::StripStream::new(Vec::new());
    report.write(&pages, &mut text)?;
    save::new(path, &text.into_inner())
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
