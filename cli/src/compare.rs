//! `claims compare`: copy against the abstract or paper that it reports.

use evidence_claims::{Comparer, Database};

use crate::args::{CompareArgs, ReadingArgs};
use crate::broken;
use crate::check::{Checked, write};
use crate::input::Input;
use crate::stop::{Outcome, Stop, complain};
use crate::terminal::Terminal;

/// The most bytes that copy or source may have, as `claims check` has it.
const LARGEST: u64 = 10 << 20;

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let reading = ReadingArgs { exclude: Vec::new(), kind: args.kind, stdin_path: None, max_size: LARGEST };
    let open = |path: &std::path::PathBuf| {
        Input::read(path, &reading).map_err(|reason| Stop(format!("cannot compare {}: {reason}", path.display())))
    };
    let (copy, source) = (open(&args.copy)?, open(&args.source)?);
    for input in [&copy, &source] {
        if input.is_empty() {
            complain(format!("{} is empty: nothing to compare", input.name()));
        }
        if let Some(encoding) = input.encoding {
            complain(format!("{} is not UTF-8 and was read as {encoding}", input.name()));
        }
    }
    let comparer = Comparer::new(database).map_err(|error| broken::stop(&error, terminal))?;
    let checked = Checked::new(copy, |copy| comparer.compare(copy, &source.document));
    let fails = checked.diagnostics.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity()));
    write(&[checked], args.format, args.notes, Some(database), terminal)?;
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}
