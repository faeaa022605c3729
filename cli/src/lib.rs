//! `claims`: checks marketing copy about massage against graded evidence, and shows the evidence.
//!
//! Reads arguments and files, calls the library, writes. Never judges a sentence itself.
//!
//! This is a program and no API: what is public here serves `main` and the fuzzer, and may change in any release.

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
mod keep;
mod list;
mod lsp;
mod new;
mod outcomes;
mod paths;
mod plot;
mod profiles;
mod query;
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

use std::io::{BufRead, Write};
use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;
use evidence::Evidence;
use evidence_claims::{Database, Document};
use settings::{ProjectFile, Settings};
use stop::{Outcome, Stop, complain};
use terminal::Terminal;

/// Runs the program with the arguments that it was given, and tells its exit status.
pub fn run() -> ExitCode {
    let args = Args::read();
    terminal::set_color(args.color);
    match obey(&args) {
        Ok(outcome) => outcome.into(),
        Err(Stop(reason)) => {
            complain(reason);
            Outcome::Trouble.into()
        }
    }
}

/// Serves one editor, as `claims lsp` does, until it ends the server or `input` ends. Tells whether it ended in good order.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> bool {
    let args = Args::parse_from(["claims", "lsp"]);
    let Command::Lsp(options) = &args.command else { return false };
    lsp::serve(input, output, &args, options, Terminal::detect()).is_ok_and(|outcome| outcome == Outcome::Clean)
}

/// Reads a Word document.
///
/// # Errors
///
/// What is wrong with the file, and what to do.
pub fn word_document(bytes: &[u8]) -> Result<Document, String> {
    docx::read(bytes)
}

fn obey(args: &Args) -> Result<Outcome, Stop> {
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
        Command::Rules(args) => rules::run(args, &*evidence()?, terminal),
        Command::Validate(validate) => validate::run(validate, &args.packs, terminal),
        Command::Diff(args) => diff::run(args, terminal),
        Command::New(new) => new::run(new, &args.packs, terminal),
        Command::Profiles(_) => profiles::run(&*evidence()?, terminal),
        Command::Lsp(lsp) => lsp::run(args, lsp, terminal),
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
