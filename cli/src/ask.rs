//! Questions to whoever runs the command.

use std::io::{self, BufRead, Write};

use crate::stop::Stop;
use crate::terminal::Output;

/// The answer to a question, without the spaces around it; nothing at the end of the input.
pub(crate) fn line(question: &str) -> Result<Option<String>, Stop> {
    let mut out = Output::default();
    out.write_all(question.as_bytes())?;
    out.flush()?;
    let mut line = String::new();
    let read =
        io::stdin().lock().read_line(&mut line).map_err(|error| Stop(format!("cannot read the answer: {error}")))?;
    if read == 0 {
        // What comes next stands on a line of its own.
        out.write_all(b"\n")?;
        out.flush()?;
        return Ok(None);
    }
    Ok(Some(line.trim().to_owned()))
}
