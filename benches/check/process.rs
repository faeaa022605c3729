//! Whole processes: how soon they answer and how much memory they take. The bench starts itself anew for what a process can do
//! only once, and for the empty program.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use evidence_claims::{Checker, Database, Document, Draft};

use crate::{Size, draft, figure, row, shortest_on_the_wall, text};

/// The word that makes this program a measured process.
const CHILD: &str = "--measured";

/// Does what a measured process is asked for. Returns whether this is one.
pub(crate) fn child(arguments: &[String]) -> bool {
    let [first, work] = arguments else { return false };
    if first != CHILD {
        return false;
    }
    let start = Instant::now();
    match work.as_str() {
        "builtin" => drop(std::hint::black_box(Database::builtin().claims().len())),
        "first-check" => {
            let found = Checker::new(Database::builtin()).check(&Document::plain("Massage cures arthritis."));
            std::hint::black_box(found);
        }
        // For counting instructions: see `.ci/instructions`.
        "page" => {
            let found = Checker::new(Database::builtin()).check(&Document::markdown(text::markdown(7, 300_000)));
            std::hint::black_box(found);
        }
        "keystrokes" => {
            let checker = Checker::new(Database::builtin());
            let mut draft = Draft::new(&checker, Document::markdown(text::markdown(7, draft::PAGE)));
            draft::type_and_take_back(&mut draft, 100);
            std::hint::black_box(draft.findings());
        }
        _ => return true,
    }
    println!("{}", start.elapsed().as_nanos());
    true
}

fn myself(work: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([CHILD, work]);
    command
}

/// The time that a fresh process needs for work it can do only once.
pub(crate) fn first_call(runs: usize, work: &str) -> Duration {
    let once = || {
        let output = myself(work).output().expect("this program runs");
        String::from_utf8_lossy(&output.stdout).trim().parse().map(Duration::from_nanos).unwrap_or_default()
    };
    (0..runs).map(|_| once()).min().unwrap_or_default()
}

/// The command line, when `cargo build --release` has made it.
pub(crate) fn claims() -> Option<std::path::PathBuf> {
    let built = std::env::current_exe().ok()?.ancestors().nth(2)?.join("claims");
    built.exists().then_some(built)
}

fn page(name: &str, text: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("evidence-claims-{}-{name}", std::process::id()));
    std::fs::write(&path, text).expect("a page");
    path
}

pub(crate) fn start(size: Size) {
    let Some(claims) = claims() else { return figure("start-up", "not measured: `cargo build --release` first", "") };
    let runs = size.runs * 4;
    let quiet = |mut command: Command| command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let empty = shortest_on_the_wall(runs, || quiet(myself("nothing")));
    for (what, text, required) in
        [("an empty file", String::new(), "≤ +8 ms, aim +2 ms"), ("a page of 5 KiB", text::markdown(5, 5 << 10), "")]
    {
        let page = page("start.md", &text);
        let run = || {
            let mut command = Command::new(&claims);
            command.arg("check").arg(&page);
            quiet(command)
        };
        let time = shortest_on_the_wall(runs, run);
        row(&format!("start to exit on {what}"), time, "an empty program", empty, required);
        let _ = std::fs::remove_file(page);
    }
}

/// Peak memory of the command, read while it runs: the kernel keeps the highest figure.
pub(crate) fn memory(size: Size) {
    let Some(claims) = claims() else { return figure("memory", "not measured: `cargo build --release` first", "") };
    let text = text::markdown(6, size.megabytes << 20);
    let page = page("memory.md", &text);
    for format in ["json", "lines", "human"] {
        let mut command = Command::new(&claims);
        // Larger than what the command reads unasked.
        command
            .args(["check", "--max-size", "1000M", "--format", format])
            .arg(&page)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("the command runs");
        let status = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().ok().flatten().is_none() {
            let kibibytes = std::fs::read_to_string(&status).ok().and_then(|status| {
                let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
                line.trim().trim_end_matches(" kB").parse::<usize>().ok()
            });
            peak = peak.max(kibibytes.unwrap_or(0));
            std::thread::sleep(Duration::from_micros(300));
        }
        let input = text.len() as f64 / f64::from(1 << 20);
        let peak = peak as f64 / 1024.0;
        let times = (peak - 30.0) / input;
        figure(
            &format!("peak memory of `check --format {format}` on {} MiB", size.megabytes),
            &format!("{peak:.0} MiB, that is {times:.1} × input + 30 MiB"),
            "≤ 6 × + 30 MiB, aim 2 × + 15 MiB",
        );
    }
    let _ = std::fs::remove_file(page);
}
