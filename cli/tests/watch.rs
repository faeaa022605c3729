//! `--watch` as somebody sees it who saves files while it runs.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// Longer than any round takes, on the slowest machine.
const LONG: Duration = Duration::from_secs(120);
/// Long enough for a round that there should not be.
const SHORT: Duration = Duration::from_millis(1500);

/// A watch, and what it has said so far and not been asked for.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    /// Watches in `folder`, and waits for the end of the first round.
    #[track_caller]
    fn start(folder: &Path, args: &[&str]) -> (Self, Vec<String>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
        command.current_dir(folder).args(["check", "--watch"]).args(args).env("LC_ALL", "C.UTF-8");
        let (out, writer) = std::io::pipe().unwrap();
        // Both streams into one, so that they keep their order.
        let child = command.stdout(writer.try_clone().unwrap()).stderr(writer).stdin(Stdio::null()).spawn().unwrap();
        drop(command);
        let (sender, lines) = mpsc::channel();
        let out = BufReader::new(out);
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut watch = Self { child, lines };
        let first = watch.until("claims: watching");
        (watch, first)
    }

    /// The lines up to one that begins like this.
    #[track_caller]
    fn until(&mut self, start: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.lines.recv_timeout(LONG).unwrap_or_else(|_| panic!("no `{start}` after {lines:?}"));
            lines.push(line);
            if lines.last().is_some_and(|line| line.starts_with(start)) {
                return lines;
            }
        }
    }

    /// The next round: which files changed, what was found in them, and the balance.
    #[track_caller]
    fn round(&mut self) -> Vec<String> {
        let mut lines = self.until("claims: ");
        lines.extend(self.until("claims: "));
        lines
    }

    #[track_caller]
    fn is_silent(&mut self) {
        let said = self.lines.recv_timeout(SHORT);
        assert!(said.is_err(), "{said:?}");
    }

    /// Interrupts it as Ctrl-C does, and gives its status.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_save_shows_the_findings_of_what_changed_and_ctrl_c_ends() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.md"), "It flushes toxins.\n").unwrap();
    fs::write(at.join("b.md"), "It cures arthritis.\n").unwrap();
    let (mut watch, first) = Watch::start(at, &[".", "--format", "lines"]);
    assert!(first[0].starts_with("a.md:1:4: error[detox-claim]"), "{first:?}");
    assert_eq!(first[2], "claims: watching 2 files; Ctrl-C ends");
    // In place.
    fs::write(at.join("b.md"), "It cures arthritis.\nIt cures sciatica.\n").unwrap();
    let round = watch.round();
    assert_eq!([&round[0], &round[3]], ["claims: changed: b.md", "claims: 0 gone, 1 new; 3 findings in 2 files now"]);
    assert!(round[1].starts_with("b.md:1:4") && round[2].starts_with("b.md:2:4"), "{round:?}");
    // As editors do it that never leave half a file.
    fs::write(at.join(".b.md.swp"), "It rests.\n").unwrap();
    fs::rename(at.join(".b.md.swp"), at.join("b.md")).unwrap();
    assert_eq!(watch.round(), ["claims: changed: b.md", "claims: 2 gone, 0 new; 1 finding in 2 files now"]);
    fs::remove_file(at.join("a.md")).unwrap();
    assert_eq!(watch.round(), ["claims: gone: a.md", "claims: 1 gone, 0 new; 0 findings in 1 file now"]);
    assert_eq!(watch.interrupt(), Some(130));
}

#[test]
fn new_directories_are_watched_and_what_is_ignored_or_only_touched_is_no_news() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("build")).unwrap();
    fs::write(at.join(".ignore"), "build\n").unwrap();
    fs::write(at.join("a.md"), "It rests.\n").unwrap();
    // Said once.
    fs::write(at.join("empty.md"), "").unwrap();
    let (mut watch, first) = Watch::start(at, &[".", "--format", "lines"]);
    assert_eq!(first[0], "claims: empty.md is empty: nothing to check");
    fs::write(at.join("build/b.md"), "It flushes toxins.\n").unwrap();
    fs::write(at.join("a.md"), "It rests.\n").unwrap();
    watch.is_silent();
    for _ in 0..2 {
        fs::create_dir_all(at.join("new/deep")).unwrap();
        fs::write(at.join("new/deep/c.md"), "It flushes toxins.\n").unwrap();
        let round = watch.round();
        assert!(round[1].starts_with("new/deep/c.md:1:4"), "{round:?}");
        // A site generator deletes its folders and makes them anew.
        fs::remove_dir_all(at.join("new")).unwrap();
        assert_eq!(watch.round()[0], "claims: gone: new/deep/c.md");
    }
    assert_eq!(watch.interrupt(), Some(130));
}

#[test]
fn other_settings_show_everything_anew_and_a_mistake_in_them_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.md"), "It flushes toxins.\n").unwrap();
    fs::write(at.join("evidence.toml"), "files = [\"a.md\"]\n").unwrap();
    let (mut watch, _) = Watch::start(at, &["--format", "lines"]);
    fs::write(at.join("evidence.toml"), "files = [\"a.md\"]\nprofil = \"uk-cap\"\n").unwrap();
    watch.until("claims: cannot use the project file");
    let off = "files = [\"a.md\"]\n\n[severity]\ndetox-claim = \"off\"\n";
    fs::write(at.join("evidence.toml"), off).unwrap();
    assert_eq!(watch.round(), ["claims: changed: evidence.toml", "claims: 1 gone, 0 new; 0 findings in 1 file now"]);
    // The page did not change, and is shown.
    fs::write(at.join("evidence.toml"), "files = [\"a.md\"]\n").unwrap();
    assert!(watch.round()[1].starts_with("a.md:1:4: error[detox-claim]"));
    assert_eq!(watch.interrupt(), Some(130));
}

#[test]
fn a_report_in_a_watched_directory_is_made_whole_at_each_save_and_is_no_page_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.md"), "It flushes toxins.\n").unwrap();
    fs::write(at.join("b.md"), "It rests.\n").unwrap();
    let (mut watch, first) = Watch::start(at, &[".", "--format", "html", "--output", "report.html"]);
    assert_eq!(first.last().map(String::as_str), Some("claims: watching 2 files; Ctrl-C ends"));
    watch.is_silent();
    fs::write(at.join("b.md"), "It cures arthritis.\n").unwrap();
    watch.until("claims: 0 gone, 1 new; ");
    let report = fs::read_to_string(at.join("report.html")).unwrap();
    assert!(report.contains("flushes toxins") && report.contains("cures arthritis"));
    watch.is_silent();
    assert_eq!(watch.interrupt(), Some(130));
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let said = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_claims")).args(["check", "--watch"]).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(said(&["-"]), (Some(2), "claims: standard input cannot be watched; name files\n".to_owned()));
    let (status, why) = said(&["tests/pages/page.md", "--format", "json"]);
    assert!(status == Some(2) && why.contains("name a file for it with --output"), "{why}");
    assert_eq!(said(&["--fix", "tests/pages/page.md"]).0, Some(2));
}
