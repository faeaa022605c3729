//! `claims compare`: copy against the abstract or paper that it reports.

use evidence_claims::{Comparer, Database, Document};

use crate::args::CompareArgs;
use crate::broken;
use crate::check::{Checked, read, write};
use crate::input::Input;
use crate::stop::{Outcome, Stop, complain};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let open = |path: &std::path::PathBuf| {
        Input::read(path, args.kind).map_err(|reason| Stop(format!("cannot compare {}: {reason}", path.display())))
    };
    let (copy, source) = (open(&args.copy)?, open(&args.source)?);
    for input in [&copy, &source] {
        if input.text.trim().is_empty() {
            complain(format!("{} is empty: nothing to compare", input.name()));
        }
    }
    let comparer = Comparer::new(database).map_err(|error| broken::stop(&error, terminal))?;
    let source: Document = read(source.kind, source.text);
    let checked = Checked::new(copy, |copy| comparer.compare(copy, &source));
    let fails = checked.diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity()));
    write(&[checked], args.format, args.notes, Some(database), terminal)?;
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}
