//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;
use std::path::Path;

use evidence_claims::{Checker, Database, Date, Document, Sifted, Span};

use crate::args::{CheckArgs, CheckFormat};
use crate::baseline::{self, Baseline};
use crate::evidence::Evidence;
use crate::input::Input;
use crate::judge::{self, Judge};
use crate::report::{self, Page, Report};
use crate::settings::Settings;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::count;
use crate::terminal::{Output, Terminal};
use crate::{each, json, reading, save, today, walk};

/// A file that was read and checked.
struct Checked {
    path: String,
    name: String,
    skipped: usize,
    encoding: Option<&'static str>,
    is_empty: bool,
    /// Without its text when nothing was found: a large site need not be held in memory.
    document: Document,
    sentences: Vec<Span>,
    sifted: Sifted,
}

impl Checked {
    /// Has a document checked.
    fn new(input: Input, check: impl FnOnce(&str, &Document) -> Sifted) -> Self {
        let (name, is_empty) = (input.name().to_owned(), input.is_empty());
        let Input { path, document, skipped, encoding } = input;
        let sifted = check(&path, &document);
        let sentences = document.sentences().collect();
        let is_quiet = sifted.shown.is_empty() && sifted.suppressed.is_empty();
        let document = if is_quiet { Document::plain("") } else { document };
        Self { path, name, skipped, encoding, is_empty, document, sentences, sifted }
    }

    /// The file as the formats see it.
    fn page(&self) -> Page<'_> {
        Page {
            path: &self.path,
            source: Source::new(&self.name, self.document.text()),
            skipped: self.skipped,
            encoding: self.encoding,
            table: Some(&self.document),
            sentences: self.sentences.clone(),
            diagnostics: self.sifted.shown.iter().collect(),
            suppressed: &self.sifted.suppressed,
            known: Vec::new(),
        }
    }
}

/// Runs the command. The evidence is opened when there are words to compare with it, or a pack or an option to prove.
pub(crate) fn run(args: &CheckArgs, settings: Settings, terminal: Terminal) -> Result<Outcome, Stop> {
    if args.print_config {
        terminal.write(&settings.print())?;
        return Ok(Outcome::Clean);
    }
    let files = if args.files.is_empty() { &settings.files.value } else { &args.files };
    if files.is_empty() {
        let advice = "or write files = [\"site\"] into evidence.toml (`claims init` makes one)";
        return Err(Stop(format!("there is nothing to check: name files, {advice}")));
    }
    let found = walk::files(files, &args.reading.exclude)?;
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
    let is_idle = first.as_ref().map_or(found.paths.is_empty(), |input| input.as_ref().map_or(true, Input::is_empty));
    let evidence =
        if settings.is_plain() && is_idle { None } else { Some(Evidence::open(&settings.packs.value, terminal)?) };
    let checker = evidence.as_ref().map(|evidence| judge::checker(&settings, evidence, terminal)).transpose()?;
    if let Some(checker) = checker.as_ref().filter(|_| args.explain) {
        let inputs = found.paths.iter().filter_map(|path| match Input::read(path, &args.reading) {
            Ok(input) => Some(input),
            Err(problem) => {
                refuse(path, &problem);
                None
            }
        });
        explain(checker, inputs.collect(), settings.format.value)?;
        return Ok(outcome);
    }
    // Without a clock nothing has run out.
    let today =
        args.today.or_else(today::today).or(Date::new(1, 1, 1)).ok_or_else(|| Stop("there is no clock".into()))?;
    let judge = checker.as_ref().map(|checker| Judge::new(checker, &settings, today, terminal)).transpose()?;
    let check = |input: Input| {
        let judge = |path: &str, document: &Document| {
            judge.as_ref().map_or_else(Sifted::default, |judge| judge.judge(path, document))
        };
        Checked::new(input, judge)
    };
    let read = match first {
        Some(first) => vec![first.map(check)],
        None => {
            each::in_order(&found.paths, args.threads, args.quiet, |path| Input::read(path, &args.reading).map(check))?
        }
    };
    let mut checked = Vec::with_capacity(read.len());
    for (path, read) in found.paths.iter().zip(read) {
        match read {
            Ok(file) => checked.push(file),
            Err(problem) => refuse(path, &problem),
        }
    }
    remarks(&checked, args.quiet);
    let about_project = judge.as_ref().map_or_else(Vec::new, |judge| judge.about_project(args.files.is_empty()));
    let mut pages: Vec<Page<'_>> = checked.iter().map(Checked::page).collect();
    if let Some(file) = settings.project.as_ref().filter(|_| !about_project.is_empty()) {
        pages.push(Page::of_data(file.project.name(), file.project.text(), about_project.iter().collect()));
    }
    Ok(outcome.max(finish(pages, args, &settings, evidence.as_deref(), terminal)?))
}

/// What is no mistake, and good to know.
fn remarks(files: &[Checked], quiet: bool) {
    for file in files.iter().filter(|_| !quiet) {
        if file.is_empty {
            complain(format!("{} is empty: nothing to check", file.name));
        }
        if let Some(encoding) = file.encoding {
            complain(format!("{} is not UTF-8 and was read as {encoding}", file.name));
        }
    }
}

/// Compares the findings with the baseline and writes them.
fn finish(
    mut pages: Vec<Page<'_>>,
    args: &CheckArgs,
    settings: &Settings,
    database: Option<&Database>,
    terminal: Terminal,
) -> Result<Outcome, Stop> {
    let named = settings.baseline.value.as_ref();
    if args.write_baseline {
        let path = baseline::path(named);
        let known = count(Baseline::write(&path, &pages)?, "finding");
        terminal.write(&format!("{known} written to {}; check with --baseline {0}\n", path.display()))?;
        return Ok(Outcome::Clean);
    }
    let gone = named.map(|path| Ok::<_, Stop>(Baseline::read(path)?.take(&mut pages))).transpose()?;
    let shown = pages.iter().flat_map(|page| &page.diagnostics);
    let failed = shown.into_iter().any(|diagnostic| settings.fail_on.value.fails(diagnostic.severity()));
    write(&pages, args, settings, database, gone.as_deref(), terminal)?;
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
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

fn write(
    pages: &[Page<'_>],
    args: &CheckArgs,
    settings: &Settings,
    database: Option<&Database>,
    gone: Option<&[baseline::Entry]>,
    terminal: Terminal,
) -> Result<(), Stop> {
    let report = Report {
        format: settings.format.value,
        notes: settings.notes.value,
        quiet: args.quiet,
        statistics: args.statistics,
        fail_on: settings.fail_on.value,
        database,
        size: &report::size(pages),
        gone,
        terminal: if args.output.is_some() { terminal.without_links() } else { terminal },
    };
    if pages.is_empty() && matches!(report.format, CheckFormat::Human | CheckFormat::Narrated) {
        return Ok(());
    }
    let Some(path) = &args.output else {
        let mut out = Output::default();
        report.write(pages, &mut out)?;
        return Ok(out.flush()?);
    };
    let mut text = anstream::StripStream::new(Vec::new());
    report.write(pages, &mut text)?;
    save::new(path, &text.into_inner())
}
