//! `claims init`: two questions, and a commented `evidence.toml`. Never writes over one.

use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use evidence_claims::Database;

use crate::args::InitArgs;
use crate::settings::NAME;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::{ask, save, unknown};

/// Runs the command.
pub(crate) fn run(args: &InitArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let profile = match &args.profile {
        Some(name) if database.profiles().any(|profile| profile.name() == name) => name.clone(),
        Some(name) => return Err(unknown::profile(name, database)),
        None => ask_profile(database)?,
    };
    let files = if args.files.is_empty() { ask_files()? } else { args.files.clone() };
    let files: Vec<String> = files.iter().map(|file| format!("{:?}", file.replace('\\', "/"))).collect();
    let text = format!(
        "# Settings of `claims check` for this site; `claims check --print-config` shows all of them.\n\n\
         # What to check: files, folders or globs, from this directory.\n\
         files = [{}]\n\n\
         # As strict as this jurisdiction; `claims profiles` lists them.\n\
         profile = {profile:?}\n\n\
         # The mildest finding that fails a check: error, warning, note or never.\n\
         fail-on = \"warning\"\n\n\
         # Claims and rules of your own.\n\
         # packs = [\"my-evidence\"]\n\n\
         # Known findings of an old site, which `claims check --write-baseline` writes down.\n\
         # baseline = \"evidence-baseline.json\"\n\n\
         # How bad a rule's findings are; `claims rules` lists the rules.\n\
         # [severity]\n\
         # can-as-hedge = \"note\"                # or error, warning, off\n\n\
         # An exception, with its reason. Name a rule, a claim or words, and a path if it is about some pages only.\n\
         # [[allow]]\n\
         # rule = \"detox-claim\"\n\
         # path = \"blog/**\"\n\
         # because = \"the blog answers the myth\"\n\
         # until = 2027-06-30                   # the day to look again\n",
        files.join(", ")
    );
    let cannot = |error: io::Error| Stop(format!("cannot write {NAME}: {}", save::why(Path::new(NAME), &error)));
    match OpenOptions::new().write(true).create_new(true).open(Path::new(NAME)) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(cannot)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Stop(format!("{NAME} is there already; nothing was written")));
        }
        Err(error) => return Err(cannot(error)),
    }
    let next = paint(style::NAME, "claims check");
    terminal.write(&format!("{NAME} is written; next: {next}\n"))?;
    Ok(Outcome::Clean)
}

fn ask_profile(database: &Database) -> Result<String, Stop> {
    let mut question = String::from("For whom, where? The profile decides what is an error.\n");
    let names: Vec<&str> = database.profiles().map(|profile| profile.name()).collect();
    for profile in database.profiles() {
        question.push_str(&format!("  {:10} {}\n", profile.name(), profile.label()));
    }
    loop {
        let answer = ask(&format!("{question}profile [neutral]: "))?;
        match answer.as_str() {
            "" => return Ok("neutral".to_owned()),
            name if names.contains(&name) => return Ok(name.to_owned()),
            name => question = format!("there is no profile `{name}`\n"),
        }
    }
}

fn ask_files() -> Result<Vec<String>, Stop> {
    let answer = ask("Which files hold the copy? Separate them by spaces.\nfiles: ")?;
    let files: Vec<String> = answer.split_whitespace().map(str::to_owned).collect();
    if files.is_empty() { Err(Stop("no file was named; nothing was written".to_owned())) } else { Ok(files) }
}

/// One answer. Where nobody can answer, the options have to.
fn ask(question: &str) -> Result<String, Stop> {
    ask::line(question)?.ok_or_else(|| {
        let why = if io::stdin().is_terminal() { "there was no answer" } else { "nobody answers here" };
        Stop(format!("{why}; name --profile and the files"))
    })
}
