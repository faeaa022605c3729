//! What is told where a file has more findings than a check looks for: nobody takes the part for the whole.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str = "Massage flushes toxins.\n\nMassage cures asthma.\n\nMassage melts fat.\n";
const LIMIT: &str =
    "page.md:3:9: error[limit/findings]: the limit of 1 finding is reached here; what follows is not checked";

fn claims(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").args(args).output().unwrap()
}

fn folder(page: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), page).unwrap();
    folder
}

#[track_caller]
fn last(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn it_is_told_whatever_was_asked_for() {
    let folder = folder(PAGE);
    for more in [&[][..], &["--only", "detox-claim"], &["--threads", "1"], &["--cache"]] {
        let output =
            claims(folder.path(), &[&["check", "page.md", "--format", "lines", "--max-findings", "1"], more].concat());
        assert_eq!(last(&output), LIMIT, "{more:?}");
        assert_eq!(output.status.code(), Some(1));
    }
    // The cache knows with which limit it was filled.
    let output = claims(folder.path(), &["check", "page.md", "--format", "lines", "--cache"]);
    assert!(last(&output).starts_with("page.md:5:9: error[disputed-mechanism]"), "{output:?}");
}

#[test]
fn a_baseline_does_not_make_it_quiet() {
    let folder = folder(PAGE);
    let limited = ["check", "page.md", "--format", "lines", "--max-findings", "1"];
    let output = claims(folder.path(), &[&limited[..], &["--write-baseline"]].concat());
    assert!(last(&output).starts_with("1 finding written"), "{output:?}");
    let output = claims(folder.path(), &[&limited[..], &["--baseline", "evidence-baseline.json"]].concat());
    assert_eq!((last(&output), output.status.code()), (LIMIT.to_owned(), Some(1)));
}

#[test]
fn a_number_of_findings_is_one_or_more() {
    let folder = folder(PAGE);
    for number in ["0", "-1", "many", "4294967296"] {
        let output = claims(folder.path(), &["check", "page.md", &format!("--max-findings={number}")]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{number}");
        assert!(told.contains("--max-findings <N>"), "{told}");
    }
}

#[test]
fn an_evidence_pack_of_a_part_is_not_made() {
    let folder = folder(&"[cures pain".repeat(101_000));
    let output = claims(folder.path(), &["evidence-pack", "page.md", "--format", "json", "--output", "pack.json"]);
    let told = "claims: page.md has more findings than fit into an evidence pack; cut the page in parts\n";
    assert_eq!((String::from_utf8(output.stderr).unwrap().as_str(), output.status.code()), (told, Some(2)));
    assert!(!folder.path().join("pack.json").exists());
}

#[test]
fn comparing_copy_with_its_source_has_the_same_limit() {
    let folder = folder("Massage cures muscle soreness.");
    fs::write(folder.path().join("source.txt"), "Massage was associated with less muscle soreness in rats.").unwrap();
    let output =
        claims(folder.path(), &["compare", "page.md", "source.txt", "--format", "lines", "--max-findings", "1"]);
    assert!(last(&output).contains("error[limit/findings]: the limit of 1 finding is reached"), "{output:?}");
}
