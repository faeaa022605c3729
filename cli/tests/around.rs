//! Completions, the manual, and questions that are answered.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn claims(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn every_shell_gets_completions_that_know_the_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = claims(Path::new("."), &["completions", shell], "");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("gate-against"), "{shell}");
    }
}

#[test]
fn every_command_has_a_page_for_man() {
    let folder = tempfile::tempdir().unwrap();
    let output = claims(folder.path(), &["man", "--output", "."], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let page = std::fs::read_to_string(folder.path().join("claims-check.1")).unwrap();
    assert!(page.contains("\\-\\-changed\\-since") && folder.path().join("claims.1").is_file(), "{page}");
    assert!(String::from_utf8(claims(folder.path(), &["man"], "").stdout).unwrap().contains(".TH claims 1"));
}

#[test]
fn two_answers_make_a_project_file_that_works() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "Massage flushes toxins.").unwrap();
    let output = claims(folder.path(), &["init"], "uk\nuk-cap\na.md\n");
    assert!(String::from_utf8(output.stdout).unwrap().contains("there is no profile `uk`"));
    let output = claims(folder.path(), &["check", "--format", "lines"], "");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("a.md:1:9: error[detox-claim]"));
}
