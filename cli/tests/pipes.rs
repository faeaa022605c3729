//! What a transcript cannot show: standard input, pipes that close, bytes on disk, colour.

use std::io::Write;
use std::process::{Command, Output, Stdio};

const PACK: [&str; 2] = ["--pack", "tests/pages/acme"];

fn claims(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.args(args).args(PACK).env("LC_ALL", "C.UTF-8").env("COLUMNS", "80").stdout(Stdio::piped());
    command.stdin(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn with_input(args: &[&str], input: &[u8]) -> Output {
    let mut child = claims(args).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn a_hyphen_is_standard_input() {
    let output = with_input(&["check", "-"], b"Each visit adds sparkle.");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("<stdin>:1:12"), "{text}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn sentences_to_rate_may_be_piped_in() {
    let output =
        with_input(&["rate", "Massage reduces pain.", "-", "--format", "json"], b"Massage may reduce stress.\n\n");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[1].contains(r#""sentence":"Massage may reduce stress.","class":"conditional""#), "{text}");
}

#[test]
fn standard_input_is_plain_text_unless_said_otherwise() {
    let copy = b"`adds sparkle`";
    assert_eq!(with_input(&["check", "-"], copy).status.code(), Some(1));
    assert_eq!(with_input(&["check", "-", "--as", "markdown"], copy).status.code(), Some(0));
}

#[test]
fn offsets_are_bytes_of_the_file_on_disk() {
    for page in ["page.md", "long.txt", "windows.md", "notes.md"] {
        let path = format!("tests/pages/{page}");
        let bytes = std::fs::read(&path).unwrap();
        let found = json(&claims(&["check", "--format", "json", &path]).output().unwrap());
        let diagnostics = found["files"][0]["diagnostics"].as_array().unwrap();
        assert!(!diagnostics.is_empty(), "{page}");
        for diagnostic in diagnostics {
            let [start, end] = ["start", "end"].map(|key| diagnostic[key].as_u64().unwrap() as usize);
            let words = String::from_utf8(bytes[start..end].to_vec()).unwrap().replace("\r\n", " ").replace('\n', " ");
            let message = diagnostic["message"].as_str().unwrap();
            assert!(message.contains(&words), "{page}: {words} is not in {message}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let pages = ["tests/pages/page.md"; 400];
    let mut args = vec!["check", "--notes", "full"];
    args.extend(pages);
    let mut child = claims(&args).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let is_coloured = |args: &[&str]| claims(args).output().unwrap().stdout.contains(&0x1b);
    assert!(!is_coloured(&["check", "tests/pages/page.md"]));
    assert!(!is_coloured(&["check", "tests/pages/page.md", "--color", "never"]));
    assert!(is_coloured(&["check", "tests/pages/page.md", "--color", "always"]));
}

#[test]
fn control_characters_of_the_copy_never_reach_the_terminal() {
    let copy = b"\x1b[2J Each visit adds\x1b sparkle, \x1b]8;;https://example.org\x07 adds sparkle.";
    for format in ["human", "lines", "json"] {
        let output = with_input(&["check", "-", "--format", format], copy);
        assert!(!output.stdout.iter().any(|byte| matches!(byte, 0x1b | 0x07)), "{format}");
    }
}

#[test]
fn an_unreadable_file_outweighs_findings() {
    let output = claims(&["check", "tests/pages/page.md", "tests/pages/nowhere.md"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stdout.is_empty());
    let output = claims(&["check", "tests/pages/nowhere.md", "--format", "json"]).output().unwrap();
    assert_eq!(json(&output), serde_json::json!({ "schema": 1, "files": [] }));
}

#[test]
fn every_rule_and_every_claim_has_its_page() {
    let database = evidence_claims::Database::builtin();
    let listed = String::from_utf8(claims(&["rules"]).output().unwrap().stdout).unwrap();
    for rule in database.rules() {
        assert!(listed.contains(rule.name()), "{} is not listed", rule.name());
    }
    for rule in database.rules().take(5) {
        assert!(claims(&["explain", rule.name()]).output().unwrap().status.success(), "{}", rule.name());
    }
    for claim in database.claims().take(5) {
        let page = String::from_utf8(claims(&["show", claim.id()]).output().unwrap().stdout).unwrap();
        assert!(claim.findings().all(|finding| page.contains(finding.source().url().as_str())), "{page}");
    }
}

#[test]
fn a_plot_is_what_the_library_draws_on_standard_output_and_in_a_file() {
    let drawn = std::fs::read("../tests/plot/forest.svg").unwrap();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("forest.svg");
    let args = ["plot", "forest", "local:warm-toes", "--pack", "../tests/forest.toml"];
    assert_eq!(claims(&args).output().unwrap().stdout, drawn);
    let to_file = claims(&[&args[..], &["--output", file.to_str().unwrap()]].concat()).output().unwrap();
    assert!(to_file.status.success() && to_file.stdout.is_empty(), "{to_file:?}");
    assert_eq!(std::fs::read(file).unwrap(), drawn);
}

#[test]
fn a_source_is_a_link_where_the_terminal_follows_links() {
    let check = |environment: &str| {
        let mut command = claims(&["check", "--color", "always", "tests/pages/windows.md"]);
        String::from_utf8(command.env("FORCE_HYPERLINK", environment).output().unwrap().stdout).unwrap()
    };
    let link = "\x1b]8;;https://doi.org/10.5555/gleam\x1b\\";
    assert!(check("1").contains(&format!("{link}Gleam A et al. 2019")), "{}", check("1"));
    assert!(!check("0").contains("\x1b]8;"), "{}", check("0"));
}

#[test]
fn columns_are_counted_in_characters_and_in_utf_16() {
    let copy = "Hello! 😌 Each visit adds sparkle.";
    let output = with_input(&["check", "-", "--format", "json"], copy.as_bytes());
    let found = &json(&output)["files"][0]["diagnostics"][0];
    assert_eq!((&found["start"], &found["column"]), (&23.into(), &21.into()));
    assert_eq!((&found["column_utf16"], &found["end_column_utf16"]), (&22.into(), &34.into()));
}

#[test]
fn a_report_goes_to_a_file_as_a_whole_and_without_colour() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(&path, "an older and much longer report ".repeat(100)).unwrap();
    let to = path.to_str().unwrap();
    let output = claims(&["check", "--color", "always", "--output", to, "tests/pages/windows.md"]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let report = std::fs::read_to_string(&path).unwrap();
    assert!(report.starts_with("error: `adds sparkle`") && !report.contains('\x1b'), "{report}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");

    let nowhere = folder.path().join("no/such/folder.txt");
    let output = claims(&["check", "--output", nowhere.to_str().unwrap(), "tests/pages/windows.md"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
