//! `claims check --watch`: a check, and another one whenever a page, the project file, a pack or the baseline was saved.

mod directories;
mod seen;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::args::{Args, CheckArgs, CheckFormat};
use crate::cache::Cache;
use crate::check::{self, Round, Tally};
use crate::input::STDIN;
use crate::interrupt;
use crate::paths;
use crate::settings::Settings;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::count;
use crate::terminal::Terminal;
use directories::Directories;
use seen::Seen;

/// Runs until Ctrl-C. What goes wrong after the first round is said, and watching goes on.
pub(crate) fn run(args: &Args, check: &CheckArgs) -> Result<Outcome, Stop> {
    interrupt::expect();
    let mut settings = Settings::new(args, check, Terminal::detect())?;
    refuse(check, &settings)?;
    let mut directories = Directories::new()?;
    let mut seen = look(check, &settings, &mut directories)?;
    let mut cache = memory(&settings)?;
    let mut tally = Tally::new();
    let first = Round { cache: &cache, only: None, tally: &mut tally };
    check::round(check, &settings, Terminal::detect(), first)?;
    remark(check, &format!("watching {}; Ctrl-C ends", count(seen.pages.len(), "file")));
    loop {
        directories.wait()?;
        let looked = Settings::new(args, check, Terminal::detect())
            .and_then(|settings| Ok((look(check, &settings, &mut directories)?, settings)));
        let (now, settings_now) = match looked {
            // It was touched and says the same.
            Ok((now, _)) if now == seen => continue,
            Ok(looked) => looked,
            Err(Stop(why)) => {
                complain(why);
                continue;
            }
        };
        settings = settings_now;
        remark(check, &now.news(&seen));
        // Other settings may change the findings of every page.
        let is_same = now.rest == seen.rest;
        let changed = now.pages.since(&seen.pages);
        seen = now;
        // Counts, and a report in a file, are about the whole.
        let only = (is_same && check.output.is_none() && !check.statistics).then_some(&changed);
        let before = std::mem::take(&mut tally);
        let done = if is_same { Ok(()) } else { memory(&settings).map(|new| cache = new) }.and_then(|()| {
            let round = Round { cache: &cache, only, tally: &mut tally };
            check::round(check, &settings, Terminal::detect(), round)
        });
        match done {
            Ok(_) => remark(check, &balance(&before, &tally, seen.pages.len())),
            Err(Stop(why)) => {
                complain(why);
                tally = before;
            }
        }
    }
}

/// Stops where there is nothing to watch, or where a reader could not take one result after another.
fn refuse(check: &CheckArgs, settings: &Settings) -> Result<(), Stop> {
    use CheckFormat::{Github, Human, Jsonl, Lines, Narrated};
    if check.files.iter().any(|path| path.as_os_str() == STDIN) {
        return Err(Stop("standard input cannot be watched; name files".to_owned()));
    }
    let format = settings.format.value;
    if check.output.is_none() && !matches!(format, Human | Narrated | Lines | Jsonl | Github) {
        let name = format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let advice = "name a file for it with --output";
        return Err(Stop(format!("{name} is one document, and --watch makes a new one at each save; {advice}")));
    }
    Ok(())
}

/// What all files say that the findings depend on. Directories that are new are watched from now on.
fn look(check: &CheckArgs, settings: &Settings, directories: &mut Directories) -> Result<Seen, Stop> {
    loop {
        let files = check::files(check, settings)?;
        let rest = settings.files_besides();
        let around = rest.iter().map(|path| paths::parent(path));
        // Where a project file may turn up.
        let here = [PathBuf::from(".")];
        let all = files.directories.into_iter().chain(around).chain(here);
        // What was put into a new directory before it was watched is found by walking again.
        if !directories.add(all)? {
            return Ok(Seen::new(&files.paths, &rest));
        }
    }
}

/// Findings of texts, for as long as the settings are the same.
fn memory(settings: &Settings) -> Result<Cache, Stop> {
    Cache::new(settings).map_err(|error| Stop(format!("cannot watch: {error}")))
}

/// What became of the findings of all pages.
fn balance(before: &Tally, now: &Tally, pages: usize) -> String {
    let more = |a: &Tally, b: &Tally| -> usize {
        a.iter().map(|(finding, times)| times.saturating_sub(b.get(finding).copied().unwrap_or_default())).sum()
    };
    let all = now.values().sum();
    let (gone, new) = (more(before, now), more(now, before));
    format!("{gone} gone, {new} new; {} in {} now", count(all, "finding"), count(pages, "file"))
}

fn remark(check: &CheckArgs, text: &str) {
    if !check.quiet {
        complain(text);
    }
}
