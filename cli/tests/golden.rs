//! What programs read stays readable: `golden/json-keys.txt` holds every key of JSON that was ever written, with its type, and only
//! grows; `BLESS=1 cargo test -p evidence-claims-cli --test golden` adds those that are new.

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// Every kind of JSON that commands of their own write, as rich as it gets. (What `claims export` writes is defined by others.)
const COMMANDS: [&str; 14] = [
    "check page.md feed.csv leaflet.docx utf16.txt --format json",
    "check page.md feed.csv leaflet.docx --format jsonl",
    "check page.md leaflet.docx --explain --format json",
    "check page.md --statistics --format json",
    "check page.md feed.csv --format sarif",
    "evidence-pack page.md --format json --today 2026-11-25",
    "list topic:pain --format json",
    "list --count-by topic --format json",
    "sources topic:pain --format json",
    "outcomes topic:sleep --format json",
    "rules pseudo-mechanism --format json",
    "rate --lines sentences.txt --format json",
    "compare muscle-story.md muscle-abstract.txt --format json",
    "diff acme acme-2027 --format json",
];

fn printed(command: &str) -> String {
    let mut claims = Command::new(env!("CARGO_BIN_EXE_claims"));
    claims.current_dir("tests/pages").args(command.split(' ')).args(["--pack", "acme"]).env("LC_ALL", "C.UTF-8");
    String::from_utf8(claims.output().unwrap().stdout).unwrap()
}

/// `key.key[]: type` of all that is in a value. What is `null` may be anything.
fn keys(at: &str, value: &Value, found: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Null => return,
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(list) => {
            list.iter().for_each(|value| keys(&format!("{at}[]"), value, found));
            "array"
        }
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| keys(&format!("{at}.{key}"), value, found));
            "object"
        }
    };
    found.insert(format!("{at}: {kind}"));
}

#[test]
fn every_key_that_was_ever_written_is_written() {
    let mut found = BTreeSet::new();
    for command in COMMANDS {
        let name = match command.split_once(' ') {
            Some((name, rest)) if rest.contains("--count-by") => format!("{name} --count-by"),
            Some((name, rest)) if rest.contains("--explain") => format!("{name} --explain"),
            Some((name, rest)) if rest.contains("--statistics") => format!("{name} --statistics"),
            Some(("check", rest)) => format!("check {}", rest.rsplit(' ').next().unwrap()),
            Some((name, _)) => name.to_owned(),
            None => unreachable!("commands have arguments"),
        };
        let text = printed(command);
        let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
        let before = found.len();
        values.for_each(|value| keys(&name, &value.expect("JSON"), &mut found));
        assert!(found.len() > before, "{command} writes no JSON: {text}");
    }
    let path = "tests/golden/json-keys.txt";
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut golden: BTreeSet<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    if env::var_os("BLESS").is_some() {
        golden.extend(found.iter().cloned());
        let lines: Vec<&str> = golden.iter().map(String::as_str).collect();
        let head = "# Every key of JSON ever written, in any release. Lines are added (BLESS=1) and never deleted.\n";
        fs::write(path, format!("{head}{}\n", lines.join("\n"))).unwrap();
    }
    let missing: Vec<&String> = golden.difference(&found).collect();
    assert!(golden.len() > 100, "the list has {} keys", golden.len());
    assert!(missing.is_empty(), "no program that reads these finds them any more: {missing:#?}");
}

/// Baselines and code scanning know findings by it. A change makes every known finding new.
#[test]
fn the_fingerprint_of_a_finding_is_the_same_in_every_version() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), "# Calm\n\nOur massage **flushes toxins**.\n").unwrap();
    let mut claims = Command::new(env!("CARGO_BIN_EXE_claims"));
    let output = claims.current_dir(&folder).args(["check", "page.md", "--format", "jsonl"]).output().unwrap();
    let finding: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&finding["rule"], &finding["fingerprint"]), (&"detox-claim".into(), &"7d811898d831f7b8".into()));
}
