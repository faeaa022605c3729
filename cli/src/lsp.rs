//! `claims lsp`: a language server, so that an editor shows findings while somebody writes.
//!
//! It reads no file but the project files of the workspace, the packs that they name, and what its options name. A document outside
//! the workspace is checked by its text alone.

mod action;
mod client;
mod complete;
mod desk;
mod hover;
mod page;
mod place;
mod record;
mod session;
mod site;
mod wire;

use std::io::{self, BufRead, BufReader, Write};

use crate::args::{Args, LspArgs};
use crate::stop::{Outcome, Stop};
use crate::terminal::Terminal;
use desk::{Desk, End};
use session::Session;
use site::{Site, Sites};

/// Runs the command until the editor ends it.
pub(crate) fn run(args: &Args, lsp: &LspArgs, terminal: Terminal) -> Result<Outcome, Stop> {
    serve(BufReader::new(io::stdin()), io::stdout(), args, lsp, terminal)
}

/// The same with an editor at other ends than the standard ones.
pub(crate) fn serve(
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
    args: &Args,
    lsp: &LspArgs,
    terminal: Terminal,
) -> Result<Outcome, Stop> {
    let (connection, writer) = wire::open(input, output);
    let mut session = match Session::begin(connection)? {
        Some(session) => session,
        None => return Ok(Outcome::Findings),
    };
    let plain = Site::plain(args, lsp, terminal)?;
    // Evidence and project files are held here, and what depends on them on the desk: when one changes, the desk is laid anew.
    let outcome = loop {
        let sites = Sites::open(&session, args, lsp, terminal);
        for problem in sites.problems() {
            session.show_error(problem);
        }
        let (checkers, problems) = sites.checkers(terminal);
        let (judges, more) = sites.judges(&checkers, &plain, lsp, terminal);
        for problem in problems.into_iter().chain(more) {
            session.show_error(&problem);
        }
        match Desk::new(&mut session, &sites, &checkers, &judges).run() {
            End::Reload => {}
            End::Exit(outcome) => break outcome,
        }
    };
    // What was said last must arrive.
    drop(session);
    let _ = writer.join();
    Ok(outcome)
}
