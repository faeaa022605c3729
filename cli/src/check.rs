//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;
use std::path::Path;

use evidence_claims::{Checker, Database, Date, Document, Sifted};

use crate::args::{CheckArgs, CheckFormat, Kind};
use crate::baseline::{self, Baseline};
use crate::evidence::Evidence;
use crate::fix::{self, Fixed};
use crate::git::Changes;
use crate::human::Human;
use crate::input::{self, Input};
use crate::interactive::Session;
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
    /// Without its text when nothing was found: a large site need not be held in memory.
    document: Document,
    is_empty: bool,
    sentences: usize,
    sifted: Sifted,
}

impl Checked {
    /// Has a document checked. `whole`: its text is wanted even when nothing is found in it.
    fn new(input: Input, whole: bool, check: impl FnOnce(&Input) -> Sifted) -> Self {
        let (name, is_empty) = (input.name().to_owned(), input.is_empty());
        let sifted = check(&input);
        let Input { path, document, skipped, encoding, .. } = input;
        let sentences = document.sentences().count();
        let nothing = sifted.shown.is_empty() && sifted.suppressed.is_empty();
        let document = if nothing && !whole { Document::plain("") } else { document };
        Self { path, name, skipped, encoding, document, is_empty, sentences, sifted }
    }

    /// The file as the formats see it.
    fn page(&self) -> Page<'_> {
        Page {
            path: &self.path,
            source: Source::new(&self.name, self.document.text()),
            document: Some(&self.document),
            skipped: self.skipped,
            encoding: self.encoding,
            sentences: self.document.sentences().collect(),
            read: self.sentences,
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
    let named = if args.files.is_empty() { &settings.files.value } else { &args.files };
    if named.is_empty() {
        let advice = "or write files = [\"site\"] into evidence.toml (`claims init` makes one)";
        return Err(Stop(format!("there is nothing to check: name files, {advice}")));
    }
    if (args.fix || args.interactive) && named.iter().any(|path| path.as_os_str() == input::STDIN) {
        return Err(Stop("standard input has no file that could be fixed; --diff shows what would change".into()));
    }
    let found = walk::files(named, &settings.exclude.value)?;
    let mut outcome = Outcome::Clean;
    let mut refuse = |path: &Path, problem: &str| {
        complain(format!("cannot check {}: {problem}", path.display()));
        outcome = Outcome::Trouble;
    };
    for (path, problem) in &found.problems {
        refuse(path, problem);
    }
    // One file is read first, since an empty one needs no evidence.
    let mut first = found.paths.first().filter(|_| found.paths.len() == 1).map(|path| Input::read(path, &args.reading));
    let is_idle = first.as_ref().map_or(found.paths.is_empty(), |input| input.as_ref().map_or(true, Input::is_empty));
    let opened =
        if settings.is_plain() && is_idle { None } else { Some(Evidence::open(&settings.packs.value, terminal)?) };
    let checker = opened.as_ref().map(|evidence| judge::checker(&settings, evidence, terminal)).transpose()?;
    // Without a clock nothing has run out.
    let today =
        args.today.or_else(today::today).or(Date::new(1, 1, 1)).ok_or_else(|| Stop("there is no clock".into()))?;
    let gate = args.gate_against.as_deref().map(Changes::since).transpose()?;
    let judge =
        checker.as_ref().map(|checker| Judge::new(checker, &settings, &args.only, today, terminal)).transpose()?;
    let judge = judge.map(|judge| judge.gate(gate.as_ref()));
    if let (Some(checker), Some(judge)) = (&checker, &judge)
        && (args.explain || args.diff || args.fix || args.interactive)
    {
        let mut inputs = Vec::new();
        for (number, path) in found.paths.iter().enumerate() {
            match first.take().filter(|_| number == 0).unwrap_or_else(|| Input::read(path, &args.reading)) {
                Ok(input) => inputs.push(input),
                Err(problem) if args.explain || args.diff => refuse(path, &problem),
                // It is refused below, when the files are read as they are by then.
                Err(_) => {}
            }
        }
        if args.explain {
            explain(checker, inputs, settings.format.value)?;
            return Ok(outcome);
        }
        if args.diff {
            return Ok(outcome.max(differences(&inputs, judge)?));
        }
        let mut human = Human::new(terminal, opened.as_deref(), true);
        outcome = outcome.max(change(&inputs, args, judge, checker.database(), &mut human)?);
    }
    let mut refuse = |path: &Path, problem: &str| {
        complain(format!("cannot check {}: {problem}", path.display()));
        outcome = Outcome::Trouble;
    };
    let check = |input: Input| {
        Checked::new(input, settings.format.value == CheckFormat::Html, |input| {
            judge.as_ref().map_or_else(Sifted::default, |judge| judge.judge(input, &input.document))
        })
    };
    let read = match first {
        Some(first) => vec![first.map(check)],
        None => {
            each::in_order(&found.paths, args.threads, args.quiet, |path| Input::read(path, &args.reading).map(check))?
        }
    };
    let mut files = Vec::with_capacity(read.len());
    for (path, read) in found.paths.iter().zip(read) {
        match read {
            Ok(file) => {
                if file.is_empty && !args.quiet {
                    complain(format!("{} is empty: nothing to check", file.name));
                }
                if let Some(encoding) = file.encoding.filter(|_| !args.quiet) {
                    complain(format!("{} is not UTF-8 and was read as {encoding}", file.name));
                }
                files.push(file);
            }
            Err(problem) => refuse(path, &problem),
        }
    }
    let about_project = judge.as_ref().map(|judge| judge.about_project(args.files.is_empty())).unwrap_or_default();
    let mut pages: Vec<Page<'_>> = files.iter().map(Checked::page).collect();
    if let Some(revision) = &args.changed_since {
        let changes = Changes::since(revision)?;
        pages.iter_mut().for_each(|page| page.only_changed(&changes));
    }
    if let Some(file) = settings.project.as_ref().filter(|_| !about_project.is_empty()) {
        pages.push(Page::of_data(file.project.name(), file.project.text(), about_project.iter().collect()));
    }
    let judged_by = opened.as_deref().zip(checker.as_ref());
    Ok(outcome.max(finish(pages, args, &settings, judged_by, terminal)?))
}

/// `--diff`: what the automatic fixes would change.
fn differences(inputs: &[Input], judge: &Judge<'_>) -> Result<Outcome, Stop> {
    let mut out = Output::default();
    let mut outcome = Outcome::Clean;
    for input in inputs {
        if let Some(why) = fix::refusal(input) {
            complain(format!("cannot fix {}: {why}", input.name()));
            continue;
        }
        let fixed = fixed(input, judge);
        if fixed.text != input.document.text() {
            out.write_all(fix::difference(&input.path, input.document.text(), &fixed.text).as_bytes())?;
            outcome = Outcome::Findings;
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn fixed(input: &Input, judge: &Judge<'_>) -> Fixed {
    let check = |document: &Document| judge.judge(input, document).shown;
    fix::automatic(input.document.text(), |text| input.document_of(text), check)
}

/// `--fix` and `--interactive`: changes the files, and what is read of them.
fn change(
    inputs: &[Input],
    args: &CheckArgs,
    judge: &Judge<'_>,
    database: &Database,
    human: &mut Human<'_>,
) -> Result<Outcome, Stop> {
    let mut outcome = Outcome::Clean;
    let (mut changes, mut files) = (0, 0);
    for input in inputs {
        if let Some(why) = fix::refusal(input) {
            complain(format!("cannot fix {}: {why}", input.name()));
            outcome = Outcome::Trouble;
            continue;
        }
        let (text, count, quit) = if args.interactive {
            let session = Session {
                name: input.name(),
                has_comments: input.kind != Kind::Text,
                vetted: &|found| Some(database.claim(found.claim()?)?.honest().to_owned()),
                read: &|text| input.document_of(text),
                check: &|document| judge.judge(input, document).shown,
            };
            let asked = session.run(input.document.text(), human)?;
            (asked.text, asked.count, asked.quit)
        } else {
            let fixed = fixed(input, judge);
            (fixed.text, fixed.count, false)
        };
        if text != input.document.text() {
            match fix::write(input, &text) {
                Ok(()) => (changes, files) = (changes + count, files + 1),
                Err(why) => {
                    complain(format!("cannot write {}: {why}", input.name()));
                    outcome = Outcome::Trouble;
                }
            }
        }
        if quit {
            break;
        }
    }
    if changes > 0 && !args.quiet {
        complain(format!("{} made in {}", count(changes, "change"), count(files, "file")));
    }
    Ok(outcome)
}

/// Compares the findings with the baseline and writes them. `used` is the evidence, and the checker that held the words against it.
fn finish(
    mut pages: Vec<Page<'_>>,
    args: &CheckArgs,
    settings: &Settings,
    used: Option<(&Database, &Checker<'_>)>,
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
    write(&pages, args, settings, used, gone.as_deref(), terminal)?;
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}

/// Shows how the sentences of all files were read.
fn explain(checker: &Checker<'_>, files: Vec<Input>, format: CheckFormat) -> Result<(), Stop> {
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
    used: Option<(&Database, &Checker<'_>)>,
    gone: Option<&[baseline::Entry]>,
    terminal: Terminal,
) -> Result<(), Stop> {
    let report = Report {
        format: settings.format.value,
        notes: settings.notes.value,
        quiet: args.quiet,
        statistics: args.statistics,
        fail_on: settings.fail_on.value,
        database: used.map(|(database, _)| database),
        checker: used.map(|(_, checker)| checker),
        profile: settings.profile.value.as_deref(),
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
    save::new(path, &text.into_inner())?;
    if !args.quiet {
        let findings = count(pages.iter().map(|page| page.diagnostics.len()).sum(), "finding");
        let next = if report.format == CheckFormat::Html { "; open it in a browser" } else { "" };
        complain(format!("{} is written: {findings}{next}", path.display()));
    }
    Ok(())
}
