//! What checking, loading and asking cost, each beside a yardstick measured in the same run: machines are noisy, ratios carry.
//!
//! `cargo bench` prints the table that `BENCHMARKS.md` keeps. `cargo bench -- --test` runs everything once on little input, to
//! show that it still runs: seconds. Words after `--` pick rows: `cargo bench -- adversarial`.

mod base;
mod copy;
mod draft;
mod editor;
mod process;
mod text;

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) runs: usize,
    pub(crate) megabytes: usize,
    /// Bytes of each hostile input.
    pub(crate) hostile: usize,
    pub(crate) files: usize,
    pub(crate) claims: usize,
}

const FULL: Size = Size { runs: 5, megabytes: 10, hostile: 1 << 20, files: 2_000, claims: 100_000 };
const SMOKE: Size = Size { runs: 1, megabytes: 1, hostile: 1 << 15, files: 40, claims: 500 };

/// The time that this thread ran, without the time that others had the processor: a busy machine then disturbs less. Linux tells
/// it; elsewhere the clock on the wall has to do.
fn on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The shortest of several runs of work that this thread does alone: noise only ever adds.
pub(crate) fn shortest<T>(runs: usize, work: impl FnMut() -> T) -> Duration {
    shortest_by(runs, on_processor, work)
}

/// The shortest of several runs of work that other threads or processes take part in, by the clock on the wall.
pub(crate) fn shortest_on_the_wall<T>(runs: usize, work: impl FnMut() -> T) -> Duration {
    shortest_by(runs, || None, work)
}

fn shortest_by<T>(runs: usize, clock: impl Fn() -> Option<Duration>, mut work: impl FnMut() -> T) -> Duration {
    (0..runs)
        .map(|_| {
            let (start, wall) = (clock(), Instant::now());
            let made = black_box(work());
            let (wall, end) = (wall.elapsed(), clock());
            // The kernel's figure moves in steps of milliseconds.
            let told = start.zip(end).filter(|_| wall > Duration::from_millis(30));
            let time = told.map_or(wall, |(start, end)| end.saturating_sub(start));
            drop(made);
            time
        })
        .min()
        .unwrap_or_default()
}

/// One row: the work beside its yardstick, and what their ratio should be.
pub(crate) fn row(work: &str, time: Duration, yardstick: &str, unit: Duration, required: &str) {
    let ratio = time.as_secs_f64() / unit.as_secs_f64();
    println!("| {work} | {time:.3?} | {yardstick} | {unit:.3?} | {ratio:.2} | {required} |");
}

/// One row whose result is no ratio.
pub(crate) fn figure(work: &str, value: &str, required: &str) {
    println!("| {work} | {value} | | | | {required} |");
}

/// Measures some rows and prints them.
type Measure = fn(Size);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    // The measured process of `process.rs`.
    if process::child(&arguments) {
        return;
    }
    let smoke = arguments.iter().any(|argument| argument == "--test");
    let size = if smoke { SMOKE } else { FULL };
    let picked = |name: &str| {
        let mut words = arguments.iter().filter(|argument| !argument.starts_with('-')).peekable();
        words.peek().is_none() || words.any(|word| name.contains(word.as_str()))
    };
    println!("| work | time | yardstick | time | ratio | required |\n| --- | --- | --- | --- | --- | --- |");
    let rows: [(&str, Measure); 11] = [
        ("whole check", copy::whole),
        ("draft", draft::keystrokes),
        ("editor", editor::keystrokes),
        ("threads", copy::threads),
        ("start-up", process::start),
        ("builtin", base::builtin),
        ("pack", base::pack),
        ("query", base::queries),
        ("memory", process::memory),
        ("growth", copy::growth),
        ("adversarial", copy::adversarial),
    ];
    for (name, measure) in rows {
        if picked(name) {
            measure(size);
        }
    }
}
