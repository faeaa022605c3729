//! How a command ends: an exit status, or a reason why it could not do its work.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing to complain about.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// Wrong usage, unreadable files or broken data.
    Trouble,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

/// Why a command could not do its work: the text for standard error, complete, without `claims:` in front.
#[derive(Debug)]
pub(crate) struct Stop(pub(crate) String);

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write the output: {}", crate::input::plain(&error)))
    }
}

/// Says something on standard error, in one line that begins with the name of the program.
pub(crate) fn complain(text: impl Display) {
    anstream::eprintln!("{}claims:{:#} {text}", crate::style::ERROR, crate::style::ERROR);
}
