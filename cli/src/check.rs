//! `claims check`: reads copy, has it checked, writes the findings.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use evidence_claims::{Checker, Database, Date, Document, Sifted};

use crate::args::{CheckArgs, CheckFormat};
use crate::baseline::{self, Baseline};
use crate::cache::{self, Cache};
use crate::evidence::Evidence;
use crate::git::Changes;
use crate::human::Human;
use crate::input::{self, Input};
use crate::judge::{self, Judge};
use crate::report::{self, Fingerprint, Page, Report};
use crate::settings::Settings;
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::count;
use crate::terminal::{Output, Terminal};
use crate::walk::{self, Files};
use crate::{change, each, json, paths, reading, save, today};

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

/// How many findings of a page say the same, for each.
pub(crate) type Tally = HashMap<(String, Fingerprint), usize>;

/// What a watch asks of one of its rounds.
#[derive(Debug)]
pub(crate) struct Round<'a> {
    /// What is known of texts that did not change.
    pub(crate) cache: &'a Cache,
    /// The pages whose findings are written; all when nothing is said.
    pub(crate) only: Option<&'a HashSet<PathBuf>>,
    /// Takes up all findings.
    pub(crate) tally: &'a mut Tally,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, settings: &Settings, terminal: Terminal) -> Result<Outcome, Stop> {
    if args.print_config {
        terminal.write(&settings.print())?;
        return Ok(Outcome::Clean);
    }
    if !args.cache && args.cache_location.is_none() {
        return check(args, settings, terminal, None, None);
    }
    let path = cache::path(args.cache_location.as_ref(), settings);
    let cache = Cache::open(&path, settings)?;
    let outcome = check(args, settings, terminal, Some(&cache), None)?;
    // The findings are out by now; a build is not broken by what would only have made the next one faster.
    if let Err(Stop(why)) = cache.save(&path) {
        complain(why);
    }
    Ok(outcome)
}

/// One round of a watch.
pub(crate) fn round(
    args: &CheckArgs,
    settings: &Settings,
    terminal: Terminal,
    round: Round<'_>,
) -> Result<Outcome, Stop> {
    check(args, settings, terminal, Some(round.cache), Some(round))
}

/// The files to read: what was named, without the report that this check writes.
pub(crate) fn files(args: &CheckArgs, settings: &Settings) -> Result<Files, Stop> {
    let named = if args.files.is_empty() { &settings.files.value } else { &args.files };
    if named.is_empty() {
        let advice = "or write files = [\"site\"] into evidence.toml (`claims init` makes one)";
        return Err(Stop(format!("there is nothing to check: name files, {advice}")));
    }
    if (args.fix || args.interactive) && named.iter().any(|path| path.as_os_str() == input::STDIN) {
        return Err(Stop("standard input has no file that could be fixed; --diff shows what would change".into()));
    }
    let mut found = walk::files(named, &settings.exclude.value)?;
    if let Some(report) = &args.output {
        let place = |path: &Path| std::path::absolute(path).map(|path| paths::plain(&path)).ok();
        let report = place(report);
        found.paths.retain(|path| place(path) != report);
    }
    Ok(found)
}

/// Reads, checks and writes. The evidence is opened when there are words to compare with it, or a pack or an option to prove.
fn check(
    args: &CheckArgs,
    settings: &Settings,
    terminal: Terminal,
    cache: Option<&Cache>,
    round: Option<Round<'_>>,
) -> Result<Outcome, Stop> {
    let found = files(args, settings)?;
    let only = round.as_ref().and_then(|round| round.only);
    // What was said of a page is not said again as long as it does not change.
    let is_news = |path: &Path| only.is_none_or(|only| only.contains(path));
    let mut outcome = Outcome::Clean;
    let mut refuse = |path: &Path, problem: &str| {
        if is_news(path) {
            complain(format!("cannot check {}: {problem}", path.display()));
        }
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
    let checker = opened.as_ref().map(|evidence| judge::checker(settings, evidence, terminal)).transpose()?;
    // Without a clock nothing has run out.
    let today =
        args.today.or_else(today::today).or(Date::new(1, 1, 1)).ok_or_else(|| Stop("there is no clock".into()))?;
    let gate = args.gate_against.as_deref().map(Changes::since).transpose()?;
    let judge =
        checker.as_ref().map(|checker| Judge::new(checker, settings, &args.only, today, terminal)).transpose()?;
    let judge = judge.map(|judge| judge.gate(gate.as_ref()).cache(cache));
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
            return Ok(outcome.max(change::differences(&inputs, args.quiet, judge)?));
        }
        let mut human = Human::new(terminal, opened.as_deref(), true);
        outcome = outcome.max(change::change(&inputs, args, judge, checker.database(), &mut human)?);
    }
    let mut refuse = |path: &Path, problem: &str| {
        if is_news(path) {
            complain(format!("cannot check {}: {problem}", path.display()));
        }
        outcome = Outcome::Trouble;
    };
    let judged = |input: Input| {
        Checked::new(input, settings.format.value == CheckFormat::Html, |input| {
            judge.as_ref().map_or_else(Sifted::default, |judge| judge.judge(input, &input.document))
        })
    };
    let read = match first {
        Some(first) => vec![first.map(judged)],
        None => each::in_order(&found.paths, args.threads, args.quiet, terminal, |path| {
            Input::read(path, &args.reading).map(judged)
        })?,
    };
    let mut files = Vec::with_capacity(read.len());
    for (path, read) in found.paths.iter().zip(read) {
        match read {
            Ok(file) => {
                let is_told = !args.quiet && is_news(path);
                if file.is_empty && is_told {
                    complain(format!("{} is empty: nothing to check", file.name));
                }
                if let Some(encoding) = file.encoding.filter(|_| is_told) {
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
    Ok(outcome.max(finish(pages, args, settings, judged_by, terminal, round)?))
}

/// Compares the findings with the baseline and writes them. `used` is the evidence, and the checker that held the words against it.
fn finish(
    mut pages: Vec<Page<'_>>,
    args: &CheckArgs,
    settings: &Settings,
    used: Option<(&Database, &Checker<'_>)>,
    terminal: Terminal,
    round: Option<Round<'_>>,
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
    if let Some(round) = round {
        for (page, diagnostic) in pages.iter().flat_map(|page| page.diagnostics.iter().map(move |found| (page, found)))
        {
            *round.tally.entry((page.path.to_owned(), Fingerprint::new(page, diagnostic))).or_default() += 1;
        }
        if let Some(only) = round.only {
            pages.retain(|page| only.contains(Path::new(page.path)));
        }
    }
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
