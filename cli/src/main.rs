//! `claims`: checks marketing copy about massage against graded evidence, and shows the evidence.
//!
//! Reads arguments and files, calls the library, writes. Never judges a sentence itself.

mod args;
mod ask;
mod baseline;
mod broken;
mod cache;
mod change;
mod check;
mod compare;
mod completions;
mod csv;
mod diff;
mod docx;
mod each;
mod encoding;
mod evidence;
mod evidence_pack;
mod explain;
mod export;
mod fix;
mod forest;
mod git;
mod html;
mod human;
mod init;
mod input;
mod interactive;
mod interrupt;
mod json;
mod judge;
mod list;
mod new;
mod outcomes;
mod paths;
mod plot;
mod profiles;
mod rate;
mod reading;
mod report;
mod rules;
mod save;
mod settings;
mod sheet;
mod show;
mod size;
mod snippet;
mod sources;
mod stop;
mod style;
mod summary;
mod table;
mod terminal;
mod today;
mod unknown;
mod validate;
mod walk;
mod watch;
mod window;
mod words;
mod wrap;

use std::process::ExitCode;

use args::{Args, Command};
use evidence::Evidence;
use evidence_claims::Database;
use settings::{ProjectFile, Settings};
use stop::{Outcome, Stop, complain};
use terminal::Terminal;

fn main() -> ExitCode {
    let args = Args::read();
    terminal::set_color(args.color);
    match run(&args) {
        Ok(outcome) => outcome.into(),
        Err(Stop(reason)) => {
            complain(reason);
            Outcome::Trouble.into()
        }
    }
}

fn run(args: &Args) -> Result<Outcome, Stop> {
    let terminal = Terminal::detect();
    let evidence = || {
        let project = ProjectFile::find(args, &[], terminal)?;
        Evidence::open(&settings::packs(args, project.as_ref()), terminal)
    };
    match &args.command {
        Command::EvidencePack(args) => evidence_pack::run(args, &*evidence()?, terminal),
        Command::Check(check) if check.watch => watch::run(args, check),
        Command::Check(check) => check::run(check, &Settings::new(args, check, terminal)?, terminal),
        Command::Show(args) => show::run(args, &*evidence()?, terminal),
        Command::Explain(args) => explain::run(args, &*evidence()?, terminal),
        Command::Rate(args) => rate::run(args, &*evidence()?, terminal),
        Command::Compare(args) => compare::run(args, &*evidence()?, terminal),
        Command::Rules(_) => rules::run(&*evidence()?, terminal),
        Command::Validate(validate) => validate::run(validate, &args.packs, terminal),
        Command::Diff(args) => diff::run(args, terminal),
        Command::New(new) => new::run(new, &args.packs, terminal),
        Command::Profiles(_) => profiles::run(&*evidence()?, terminal),
        Command::Init(args) => init::run(args, Database::builtin(), terminal),
        Command::Completions(args) => completions::completions(args),
        Command::Man(args) => completions::man(args),
        Command::List(args) => list::run(args, &*evidence()?, terminal),
        Command::Export(args) => export::run(args, &*evidence()?, terminal),
        Command::Plot(args) => plot::run(args, &*evidence()?, terminal),
        Command::Outcomes(args) => outcomes::run(args, &*evidence()?, terminal),
        Command::Sources(args) => sources::run(args, &*evidence()?, terminal),
    }
}
