//! `--diff`, `--fix` and `--interactive`: all files of a check, one after another.

use std::io::Write;

use evidence_claims::{Database, Document};

use crate::args::{CheckArgs, Kind};
use crate::fix::{self, Fixed};
use crate::human::Human;
use crate::input::Input;
use crate::interactive::Session;
use crate::judge::Judge;
use crate::stop::{Outcome, Stop, complain};
use crate::summary::count;
use crate::terminal::Output;

/// `--diff`: what the automatic fixes would change.
pub(crate) fn differences(inputs: &[Input], is_quiet: bool, judge: &Judge<'_>) -> Result<Outcome, Stop> {
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
    if outcome == Outcome::Clean && !is_quiet {
        complain("there is nothing that --fix would change");
    }
    Ok(outcome)
}

fn fixed(input: &Input, judge: &Judge<'_>) -> Fixed {
    let check = |document: &Document| judge.judge(input, document).shown;
    fix::automatic(input.document.text(), |text| input.document_of(text), check)
}

/// `--fix` and `--interactive`: changes the files, and what is read of them.
pub(crate) fn change(
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
