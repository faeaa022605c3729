//! `claims completions` and `claims man`: what a shell and `man` want to know, made from the arguments themselves.

use std::io::Write;

use clap::CommandFactory;

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::input::plain;
use crate::stop::{Outcome, Stop};
use crate::terminal::Output;

/// Writes the completions of a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Outcome, Stop> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "claims", &mut text);
    let mut out = Output::default();
    out.write_all(&text)?;
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Writes the manual: the page of the program to standard output, or all pages into a directory.
pub(crate) fn man(args: &ManArgs) -> Result<Outcome, Stop> {
    let command = Args::command();
    if let Some(directory) = &args.output {
        let cannot = |error| Stop(format!("cannot write into {}: {}", directory.display(), plain(&error)));
        clap_mangen::generate_to(command, directory).map_err(cannot)?;
        return Ok(Outcome::Clean);
    }
    let mut out = Output::default();
    clap_mangen::Man::new(command).render(&mut out)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
