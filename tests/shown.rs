//! Every text of an error is shown by some test: in a transcript, a list of expected words, or an assertion.

use std::fs;
use std::path::Path;

/// What no test shows, and why.
const NOT_SHOWN: [(&str, &str); 7] = [
    ("there is no clock", "every machine here has a clock"),
    ("there is no clock; name the day with --today", "every machine here has a clock"),
    ("no clock; give the day with --today", "every machine here has a clock"),
    ("there was no answer", "takes a terminal at which somebody ends the input"),
    ("cannot start threads: {error}; try --threads 1", "takes a machine that is out of threads"),
    ("cannot write CSV: {error}", "CSV is written to memory"),
    ("cannot watch any more", "takes a system that stops telling what was saved"),
];

/// What stands before the text of an error.
const SIGNS: [&str; 11] = [
    "Stop(",
    "complain(",
    "Err(",
    "problem(",
    ".note(",
    "cannot(",
    "map_err(",
    "ok_or",
    "Error::query(",
    "message = ",
    "advice = ",
];
/// How far before.
const NEAR: usize = 120;

fn files(directory: &Path, kinds: &[&str], found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(directory).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files(&path, kinds, found);
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|wanted| kind == *wanted)) {
            found.extend(fs::read_to_string(&path).ok().map(|text| (path.display().to_string(), text)));
        }
    }
}

/// The string literals of a source, each with the code before it. Comments and characters between quotes are left out.
fn literals(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if c == '\'' && rest[1..].starts_with('\\') {
            rest = &rest[3..];
        } else if c == '\'' && rest[1..].chars().nth(1) == Some('\'') {
            rest = &rest[1 + rest[1..].chars().next().map_or(0, char::len_utf8) + 1..];
        } else if c == '"' {
            let mut text = String::new();
            let mut letters = rest[1..].char_indices();
            let mut end = rest.len();
            while let Some((at, letter)) = letters.next() {
                match letter {
                    '"' => {
                        end = at + 2;
                        break;
                    }
                    '\\' => match letters.next() {
                        Some((_, '\n')) => text.push('\n'),
                        Some((_, 'n' | 'r' | 't')) => text.push('\n'),
                        Some((_, letter)) => text.push(letter),
                        None => {}
                    },
                    letter => text.push(letter),
                }
            }
            let near = code.char_indices().rev().nth(NEAR).map_or(0, |(at, _)| at);
            found.push((text, code[near..].to_owned()));
            code.push_str("\"\"");
            rest = &rest[end..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    found
}

/// The longest piece of a text that stands between what is filled in.
fn longest(text: &str) -> String {
    let mut pieces = vec![String::new()];
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            '\n' => pieces.push(String::new()),
            c if depth == 0 => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(c);
                }
                continue;
            }
            _ => continue,
        }
        pieces.push(String::new());
    }
    let plain = pieces.iter().map(|piece| piece.split_whitespace().collect::<Vec<_>>().join(" "));
    plain.max_by_key(String::len).unwrap_or_default()
}

#[test]
fn every_text_of_an_error_is_shown_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut sources, mut tests) = (Vec::new(), Vec::new());
    files(&root.join("src"), &["rs"], &mut sources);
    files(&root.join("cli/src"), &["rs"], &mut sources);
    for folder in ["tests", "cli/tests", "docs/src"] {
        files(&root.join(folder), &["rs", "md", "expected", "txt"], &mut tests);
    }
    tests.retain(|(path, _)| !path.ends_with("shown.rs"));
    let mut shown = String::new();
    let mut texts: Vec<(String, String, String)> = Vec::new();
    for (path, source) in &sources {
        let (code, own) = source.split_once("#[cfg(test)]\nmod tests").unwrap_or((source, ""));
        tests.push((path.clone(), own.to_owned()));
        for (text, before) in literals(code) {
            let is_error = SIGNS.iter().any(|sign| before.contains(sign));
            let piece = longest(&text);
            if is_error && piece.split(' ').count() >= 3 {
                texts.push((path.clone(), text, piece));
            }
        }
    }
    for (path, text) in &tests {
        let is_source = path.ends_with(".rs");
        let text = if is_source { text.replace("\\\"", "\"").replace("\\n", " ") } else { text.clone() };
        shown.extend(text.split_whitespace().flat_map(|word| [word, " "]));
    }
    let is_known = |text: &str| NOT_SHOWN.iter().any(|(known, _)| text.contains(known));
    let silent: Vec<String> = texts
        .iter()
        .filter(|(_, text, piece)| !shown.contains(piece.as_str()) && !is_known(text))
        .map(|(path, text, _)| format!("{}: {text:?}", path.rsplit("src/").next().unwrap_or(path)))
        .collect();
    println!("{} texts", texts.len());
    assert!(texts.len() > 200, "only {} texts of errors were found", texts.len());
    assert!(silent.is_empty(), "no test shows these:\n{}", silent.join("\n"));
    for (known, why) in NOT_SHOWN {
        let piece = longest(known);
        assert!(texts.iter().any(|(_, text, _)| text.contains(known)), "no error says {known:?} any more");
        assert!(!shown.contains(&piece), "a test shows {known:?} now; it is listed as {why:?}");
    }
}
