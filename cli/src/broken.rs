//! Data that did not load: its problems shown on standard error, and the one line that ends the command.

use evidence_claims::Error;

use crate::human::Human;
use crate::snippet::Source;
use crate::stop::Stop;
use crate::summary::count;
use crate::terminal::Terminal;

/// Who wanted to check a page does not read more problems than this; `claims validate` shows all of a pack.
const SHOWN: usize = 20;

/// Shows the problems of the data behind `error` and gives the reason to stop.
pub(crate) fn stop(error: &Error, terminal: Terminal) -> Stop {
    stop_about("the data", error, terminal)
}

/// Shows the problems of `what` and gives the reason to stop.
pub(crate) fn stop_about(what: &str, error: &Error, terminal: Terminal) -> Stop {
    if !error.is_invalid() {
        return Stop(error.to_string());
    }
    let mut human = Human::new(terminal, None, true);
    let mut out = String::new();
    for diagnostic in error.diagnostics().iter().take(SHOWN) {
        let file = diagnostic.file().unwrap_or_default();
        let source = Source::new(file, error.text(file).unwrap_or_default());
        out.push_str(&human.finding(&source, diagnostic));
    }
    anstream::eprint!("{out}");
    let number = error.diagnostics().len();
    let rest = if number > SHOWN {
        format!("; the first {SHOWN} are shown, fix these and run it again")
    } else {
        String::new()
    };
    Stop(format!("cannot use {what}: {}{rest}", count(number, "problem")))
}
