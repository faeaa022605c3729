//! What is written down of pages and sentences, so that nothing that is found, told or read changes unseen.
//! `BLESS=1 cargo test --test corpus --test grammar --test wording` writes it anew: read the difference.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use evidence_claims::{ReadSentence, Span};

/// What of `now` differs from the file, line by line; nothing when it is the same, or has just been accepted.
pub fn difference(file: &Path, now: &str) -> Option<String> {
    if env::var_os("BLESS").is_some() {
        fs::write(file, now).unwrap();
    }
    let known = fs::read_to_string(file).unwrap_or_default();
    let only = |one: &str, other: &str, sign: &str| -> String {
        let lines = one.lines().filter(|line| !other.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign}{line}\n")).collect()
    };
    (known != now).then(|| format!("{}:\n{}{}", file.display(), only(&known, now, "-"), only(now, &known, "+")))
}

/// What keeps a sentence silent, and each assertion: its rung, its words, relation and outcome, and the claim that it is held against with
/// the rung that this allows.
pub fn as_read(sentence: &ReadSentence, text: &str) -> String {
    let mut lines = String::new();
    if let Some(silent) = &sentence.silent {
        let _ = writeln!(lines, "  {silent}: {}", shortened(sentence.span.of(text)));
    }
    for read in &sentence.assertions {
        let words = |span: Span| on_one_line(span.of(text));
        let _ = write!(lines, "  {}: {}", read.strength.as_str(), words(read.span));
        let _ = write!(lines, " | {} > {} = {}", words(read.relation), words(read.outcome), read.term);
        lines += if read.modest { " modest" } else { "" };
        lines += if read.inflated { " inflated" } else { "" };
        if let (Some(claim), Some(ceiling)) = (&read.claim, read.ceiling) {
            let _ = write!(lines, " / {claim} {}", ceiling.as_str());
        }
        lines.push('\n');
    }
    lines
}

pub fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// First and last words of a longer text.
pub fn shortened(words: &str) -> String {
    match words.split_whitespace().collect::<Vec<_>>().as_slice() {
        [first, second, .., last] => format!("{first} {second} … {last}"),
        few => few.join(" "),
    }
}
