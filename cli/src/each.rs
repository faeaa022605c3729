//! One thing done for each of many files, on all cores, with the results in order.

use std::io::IsTerminal;

use annotate_snippets::renderer::DecorStyle;
use indicatif::{ParallelProgressIterator, ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::stop::Stop;
use crate::terminal::Terminal;

/// Fewer files are done before anybody could look at a bar.
const FEW: usize = 50;

/// The bar is no longer than this.
const WIDEST: usize = 32;

/// And no shorter.
const NARROWEST: usize = 8;

/// Columns that the numbers beside it take.
const COUNTS: usize = 24;

/// What `work` makes of each of `things`, in their order whichever thread was first. A progress bar runs on standard error while it
/// is a terminal, unless `quiet`.
pub(crate) fn in_order<T: Sync, R: Send>(
    things: &[T],
    threads: Option<u16>,
    quiet: bool,
    terminal: Terminal,
    work: impl Fn(&T) -> R + Sync + Send,
) -> Result<Vec<R>, Stop> {
    // A pool for one file would cost more than it saves.
    if things.len() <= 1 || threads == Some(1) {
        let bar = bar(things.len(), quiet, terminal);
        return Ok(bar.wrap_iter(things.iter()).map(work).collect());
    }
    let pool = ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from)).build();
    let pool = pool.map_err(|error| Stop(format!("cannot start threads: {error}; try --threads 1")))?;
    let bar = bar(things.len(), quiet, terminal);
    Ok(pool.install(|| things.par_iter().progress_with(bar).map(work).collect()))
}

fn bar(length: usize, quiet: bool, terminal: Terminal) -> ProgressBar {
    let is_seen = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    if quiet || length < FEW || !is_seen {
        return ProgressBar::hidden();
    }
    let columns = terminal_size::terminal_size_of(std::io::stderr()).map_or(0, |(width, _)| usize::from(width.0));
    // In a narrow window the numbers alone say enough.
    let template = match columns.saturating_sub(COUNTS).min(WIDEST) {
        0..NARROWEST => "{pos} of {len} files".to_owned(),
        width => format!("{{bar:{width}}} {{pos}} of {{len}} files"),
    };
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let marks = if terminal.decor == DecorStyle::Ascii { "#-" } else { "█░" };
    ProgressBar::with_draw_target(Some(length as u64), ProgressDrawTarget::stderr())
        .with_style(style.progress_chars(marks))
        .with_finish(indicatif::ProgressFinish::AndClear)
}
