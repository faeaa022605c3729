//! `claims check`: reads copy, has it checked, writes the findings.

use std::io::Write;

use evidence_claims::{Checker, Database, Date, Document, Sifted};

use crate::args::{CheckArgs, CheckFormat, Kind};
use crate::baseline::{self, Baseline};
use crate::evidence::Evidence;
use crate::fix::{self, Fixed};
use crate::human::Human;
use crate::input::Input;
use crate::interactive::Session;
use crate::judge::{self, Judge};
use crate::report::{self, Page, Report};
use crate::settings::Settings;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::count;
use crate::terminal::{Output, Terminal};
use crate::{json, reading, save, today};

/// A file that was read and checked.
struct Checked {
    path: String,
    name: String,
    skipped: usize,
    document: Document,
    sifted: Sifted,
}

impl Checked {
    /// Reads the text into a document and has it checked.
    fn new(input: Input, check: impl FnOnce(&str, &Document) -> Sifted) -> Self {
        let name = input.name().to_owned();
        let document = input.document(input.text.clone());
        let sifted = check(&input.path, &document);
        Self { path: input.path, name, skipped: input.skipped, document, sifted }
    }

    /// The file as the formats see it.
    fn page(&self) -> Page<'_> {
        Page {
            path: &self.path,
            source: Source::new(&self.name, self.document.text()),
            document: Some(&self.document),
            skipped: self.skipped,
            sentences: self.document.sentences().collect(),
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
    let mut outcome = Outcome::Clean;
    let mut inputs = Vec::with_capacity(files.len());
    for path in files {
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
    if settings.is_plain() && inputs.iter().all(|input| empty(&input)) {
        let files: Vec<Checked> =
            inputs.into_iter().map(|input| Checked::new(input, |_, _| Sifted::default())).collect();
        let pages = files.iter().map(Checked::page).collect();
        return Ok(outcome.max(finish(pages, args, &settings, None, terminal)?));
    }

    let evidence = Evidence::open(&settings.packs.value, terminal)?;
    let checker = judge::checker(&settings, &evidence, terminal)?;
    if args.explain {
        explain(&checker, inputs, settings.format.value)?;
        return Ok(outcome);
    }
    // Without a clock nothing has run out.
    let today =
        args.today.or_else(today::today).or(Date::new(1, 1, 1)).ok_or_else(|| Stop("there is no clock".into()))?;
    let judge = Judge::new(&checker, &settings, today, terminal)?;
    if args.diff {
        return Ok(outcome.max(differences(&inputs, &judge)?));
    }
    if args.fix || args.interactive {
        let mut human = Human::new(terminal, Some(&evidence), true);
        outcome = outcome.max(change(&mut inputs, args, &judge, &evidence, &mut human)?);
    }
    let checked: Vec<Checked> =
        inputs.into_iter().map(|input| Checked::new(input, |path, document| judge.judge(path, document))).collect();
    let about_project = judge.about_project(args.files.is_empty());
    let mut pages: Vec<Page<'_>> = checked.iter().map(Checked::page).collect();
    if let Some(file) = settings.project.as_ref().filter(|_| !about_project.is_empty()) {
        pages.push(Page::of_data(file.project.name(), file.project.text(), about_project.iter().collect()));
    }
    Ok(outcome.max(finish(pages, args, &settings, Some((&evidence, &checker)), terminal)?))
}

/// `--diff`: what the automatic fixes would change.
fn differences(inputs: &[Input], judge: &Judge<'_>) -> Result<Outcome, Stop> {
    let mut out = Output::default();
    let mut outcome = Outcome::Clean;
    for input in inputs {
        if let Some(why) = fix::refusal(input).filter(|_| input.path != "-") {
            complain(format!("cannot fix {}: {why}", input.name()));
            continue;
        }
        let fixed = fixed(input, judge);
        if fixed.text != input.text {
            out.write_all(fix::difference(&input.path, &input.text, &fixed.text).as_bytes())?;
            outcome = Outcome::Findings;
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn fixed(input: &Input, judge: &Judge<'_>) -> Fixed {
    let check = |document: &Document| judge.judge(&input.path, document).shown;
    fix::automatic(&input.text, |text| input.document(text), check)
}

/// `--fix` and `--interactive`: changes the files, and what is read of them.
fn change(
    inputs: &mut [Input],
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
                read: &|text| input.document(text),
                check: &|document| judge.judge(&input.path, document).shown,
            };
            let asked = session.run(&input.text, human)?;
            (asked.text, asked.count, asked.quit)
        } else {
            let fixed = fixed(input, judge);
            (fixed.text, fixed.count, false)
        };
        if text != input.text {
            match fix::write(input, &text) {
                Ok(()) => {
                    (changes, files) = (changes + count, files + 1);
                    input.text = text;
                }
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
fn explain(checker: &Checker<'_>, inputs: Vec<Input>, format: CheckFormat) -> Result<(), Stop> {
    let files: Vec<Checked> = inputs.into_iter().map(|input| Checked::new(input, |_, _| Sifted::default())).collect();
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
    save::new(path, &text.into_inner())
}
