//! What users of other prose linters ask for most, one test each. Details are proved where the test says; `--cache` in `cache.rs`,
//! `--watch` in `watch.rs`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const PAGE: &str = "# Calm 😌 and *flushes toxins*\n\n- It **cures arthritis**.\n- Massage does not flush toxins.\n\nMassage can ease back pain.\n";

fn claims(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_claims")).current_dir(folder).env("LC_ALL", "C.UTF-8").args(args).output().unwrap()
}

fn page(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), text).unwrap();
    folder
}

fn found(folder: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    let output = claims(folder, &[&["check", "page.md", "--format", "jsonl"], args].concat());
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// More of it: `pipes.rs`, `scripts/check_formats.py`.
#[test]
fn wish_1_exact_positions_in_bytes_characters_and_utf_16_half_open() {
    for finding in found(page(PAGE).path(), &[]) {
        let at = |key: &str| finding[key].as_u64().unwrap() as usize;
        let words = &PAGE[at("start")..at("end")];
        let line = PAGE.lines().nth(at("line") - 1).unwrap();
        let characters: String = line.chars().skip(at("column") - 1).take(at("end_column") - at("column")).collect();
        let units: Vec<u16> = line.encode_utf16().collect();
        let units = String::from_utf16(&units[at("column_utf16") - 1..at("end_column_utf16") - 1]).unwrap();
        assert_eq!((words, words), (&*characters, &*units));
        assert!(finding["message"].as_str().unwrap().contains(words), "{finding}");
    }
}

/// More of it: `tests/suppressions.rs` of the library.
#[test]
fn wish_2_suppressions_work_in_headings_lists_and_emphasis_and_need_a_reason() {
    let text = PAGE
        .replace("*flushes toxins*", "*flushes toxins <!-- claims-ignore-line detox-claim: a myth -->*")
        .replace("**cures arthritis**", "**cures arthritis** <!-- claims-ignore-line cure-claim: a quotation -->");
    let rules: Vec<String> = found(page(&text).path(), &["--severity", "harms-left-out=off"])
        .iter()
        .map(|found| found["rule"].to_string())
        .collect();
    assert_eq!(rules, ["\"can-as-hedge\""]);
}

#[test]
fn wish_3_the_reader_chooses_what_fails() {
    let folder = page("Massage can ease back pain.\n");
    let status = |level: &str| claims(folder.path(), &["check", "page.md", "--fail-on", level]).status.code();
    assert_eq!([status("error"), status("warning"), status("never")], [Some(0), Some(1), Some(0)]);
    assert_eq!(claims(folder.path(), &["check", "nowhere.md"]).status.code(), Some(2));
}

/// Only changed lines: `git.rs`.
#[test]
fn wish_4_a_baseline_holds_when_lines_move_and_new_findings_fail() {
    let folder = page(PAGE);
    claims(folder.path(), &["check", "page.md", "--write-baseline"]);
    let check = || claims(folder.path(), &["check", "page.md", "--baseline", "evidence-baseline.json"]);
    fs::write(folder.path().join("page.md"), format!("A new first line.\n\n{PAGE}")).unwrap();
    assert_eq!(check().status.code(), Some(0), "{:?}", check());
    fs::write(folder.path().join("page.md"), format!("{PAGE}\nIt cures sciatica.\n")).unwrap();
    assert_eq!(check().status.code(), Some(1));
    fs::write(folder.path().join("page.md"), PAGE.replace("cures", "eases")).unwrap();
    assert!(String::from_utf8(check().stdout).unwrap().contains("page.md: cure-claim \"cures arthritis\""));
}

/// More of it: `fixing.rs`.
#[test]
fn wish_5_fixes_with_a_dry_run_and_replacements_for_programs() {
    let folder = page(PAGE);
    let diff = String::from_utf8(claims(folder.path(), &["check", "page.md", "--diff"]).stdout).unwrap();
    assert!(diff.contains("-Massage can ease back pain.\n+Massage may ease back pain.\n"), "{diff}");
    assert_eq!(fs::read_to_string(folder.path().join("page.md")).unwrap(), PAGE);
    let last = found(folder.path(), &[]).pop().unwrap();
    assert_eq!(
        (&last["fixes"][0]["replacement"], &last["fixes"][0]["applicability"]),
        (&"may".into(), &"automatic".into())
    );
}

/// Read back by other programs in `scripts/check_formats.py`.
#[test]
fn wish_6_sarif_brings_the_reason_of_each_rule() {
    let folder = page(PAGE);
    let output = claims(folder.path(), &["check", "page.md", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"utf16CodeUnits".into()));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(
        rules.iter().all(|rule| rule["help"]["markdown"].is_string() && rule["fullDescription"]["text"].is_string())
    );
    assert!(run["results"].as_array().unwrap().iter().all(|found| found["partialFingerprints"].is_object()));
}

#[test]
fn wish_7_context_and_not_bare_words() {
    let denied = "Massage does not flush toxins.\n\nIs it true that massage flushes toxins?\n\nIt is a myth that massage flushes toxins.\n";
    assert_eq!(found(page(denied).path(), &[]), Vec::<serde_json::Value>::new());
    assert_eq!(found(page("Massage flushes toxins.\n").path(), &[]).len(), 1);
}

/// More of it: `transcripts/project.md`.
#[test]
fn wish_8_one_project_file_that_says_where_each_value_comes_from() {
    let folder = page(PAGE);
    fs::write(folder.path().join("evidence.toml"), "files = [\"page.md\"]\nprofile = \"uk-cap\"\n").unwrap();
    let shown = claims(folder.path(), &["check", "--print-config", "--fail-on", "error"]).stdout;
    let shown = String::from_utf8(shown).unwrap();
    let line =
        |key: &str| shown.lines().find(|line| line.starts_with(key)).unwrap().split("# ").nth(1).unwrap().to_owned();
    assert_eq!([line("profile"), line("fail-on"), line("notes")], ["evidence.toml:2", "--fail-on", "default"]);
}

/// Linear time on large pages is proved by `benches/` and `tests/` of the library; here, that a page of one long line comes through.
#[test]
fn wish_9_a_big_page_of_one_line_comes_through() {
    let folder = page(&"An hour costs 60 euros. ".repeat(20_000));
    let output = claims(folder.path(), &["check", "page.md", "--format", "lines"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

/// The examples are run by `tests/rules.rs` of the library.
#[test]
fn wish_10_rules_carry_reasons_sources_and_examples_and_run_alone() {
    let folder = page(PAGE);
    let shown = String::from_utf8(claims(folder.path(), &["explain", "detox-claim"]).stdout).unwrap();
    assert!(["why", "authority", "It fires on", "It is silent on"].iter().all(|part| shown.contains(part)), "{shown}");
    let only = found(folder.path(), &["--only", "cure-claim"]);
    assert_eq!((only.len(), &only[0]["rule"]), (1, &"cure-claim".into()));
}
