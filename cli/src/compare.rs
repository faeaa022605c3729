//! `claims compare`: copy against the abstract or paper that it reports.

use std::io::Write as _;

use evidence_claims::{Comparer, Database};

use crate::args::{CompareArgs, ReadingArgs};
use crate::broken;
use crate::input::Input;
use crate::report::{self, Page, Report};
use crate::snippet::Source;
use crate::stop::{Outcome, Stop, complain};
use crate::terminal::{Output, Terminal};

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let reading = ReadingArgs::of_kind(args.kind);
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
    let mut comparer = Comparer::new(database).map_err(|error| broken::stop(&error, terminal))?;
    if let Some(most) = args.max_findings {
        comparer = comparer.max_findings(most as usize);
    }
    let found = comparer.compare(&copy.document, &source.document);
    let page = Page {
        path: &copy.path,
        source: Source::new(copy.name(), copy.document.text()),
        skipped: copy.skipped,
        encoding: copy.encoding,
        document: Some(&copy.document),
        sentences: copy.document.sentences().collect(),
        read: copy.document.sentences().count(),
        diagnostics: found.iter().collect(),
        suppressed: &[],
        known: Vec::new(),
    };
    let pages = [page];
    let report = Report {
        format: args.format,
        notes: args.notes,
        quiet: false,
        statistics: false,
        fail_on: args.fail_on,
        database: Some(database),
        checker: None,
        profile: None,
        size: &report::size(&pages),
        gone: None,
        terminal,
    };
    let mut out = Output::default();
    report.write(&pages, &mut out)?;
    out.flush()?;
    let fails = found.iter().any(|diagnostic| args.fail_on.fails(diagnostic.severity()));
    Ok(if fails { Outcome::Findings } else { Outcome::Clean })
}
