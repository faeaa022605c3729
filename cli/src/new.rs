//! `claims new`: a commented file at the right place of a pack, to be filled in.
//!
//! Never overwrites a file, and writes only inside the directory of the pack.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use evidence_claims::Date;

use crate::args::{NewArgs, RecordKind};
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::{evidence, save, today};

/// Longest id.
const LONGEST: usize = 64;

/// Runs the command. `packs` are those named by `--pack`.
pub(crate) fn run(args: &NewArgs, packs: &[PathBuf], terminal: Terminal) -> Result<Outcome, Stop> {
    for name in [Some(&args.id), args.topic.as_ref()].into_iter().flatten() {
        if !is_id(name) {
            let advice = "write lower-case letters, digits and single hyphens, such as warm-feet-one-session";
            return Err(Stop(format!("`{name}` is not an id; {advice}")));
        }
    }
    let pack = pack(packs)?;
    let topic = args.topic.as_deref();
    let file = format!("{}.toml", args.id);
    let path = match (args.kind, topic) {
        (RecordKind::Claim, None) => {
            return Err(Stop(format!("a claim needs a topic: claims new claim {} --topic TOPIC", args.id)));
        }
        (RecordKind::Claim, Some(topic)) => Path::new("claims").join(topic).join(file),
        (RecordKind::Source, _) => Path::new("sources").join(file),
        (RecordKind::Term, _) => Path::new("terms").join(file),
        (RecordKind::Rule, _) => Path::new("rules").join(file),
    };
    let path = pack.join(path);
    let day =
        args.today.or_else(today::today).ok_or_else(|| Stop("there is no clock; name the day with --today".into()))?;
    create(&path, &text(args.kind, &args.id, topic, day))?;
    let next = format!("claims validate {}", shown(&pack));
    terminal.write(&format!("{}\nfill it in, then: {}\n", shown(&path), paint(style::NAME, next)))?;
    Ok(Outcome::Clean)
}

/// The directory to write into: the pack that was named, or the one that is here.
fn pack(packs: &[PathBuf]) -> Result<PathBuf, Stop> {
    match packs {
        [] => [".", "data"]
            .into_iter()
            .map(PathBuf::from)
            .find(|directory| directory.join("pack.toml").is_file())
            .ok_or_else(|| Stop("there is no pack.toml here; name the directory of the pack with --pack".into())),
        [pack] => {
            evidence::exists(pack)?;
            if pack.join("pack.toml").is_file() {
                return Ok(pack.clone());
            }
            Err(Stop(format!(
                "there is no pack.toml in {}; write one with schema = 1 and name = \"…\"",
                pack.display()
            )))
        }
        _ => Err(Stop("a file can be written into one pack only; name it with one --pack".into())),
    }
}

fn create(path: &Path, text: &str) -> Result<(), Stop> {
    let cannot = |error: std::io::Error| Stop(format!("cannot write {}: {}", shown(path), save::why(path, &error)));
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(cannot)?;
    }
    // Not even a file that appears in this very moment is written over.
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(cannot),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Stop(format!("{} is there already; nothing was written", shown(path))))
        }
        Err(error) => Err(cannot(error)),
    }
}

fn text(kind: RecordKind, id: &str, topic: Option<&str>, day: Date) -> String {
    let template = match kind {
        RecordKind::Claim => include_str!("../templates/claim.toml"),
        RecordKind::Source => include_str!("../templates/source.toml"),
        RecordKind::Term => include_str!("../templates/term.toml"),
        RecordKind::Rule => include_str!("../templates/rule.toml"),
    };
    let comment = |line: String, why: &str| format!("{line:<42}# {why}");
    let topic_line = comment(
        topic.map_or_else(|| "#topic = \"…\"".to_owned(), |topic| format!("topic = \"{topic}\"")),
        "of an outcome or a condition",
    );
    let topics_line = comment(
        topic.map_or_else(|| "#topics = [\"…\"]".to_owned(), |topic| format!("topics = [\"{topic}\"]")),
        "what its findings are about",
    );
    template
        .replace("{id}", id)
        .replace("{topic-line}", &topic_line)
        .replace("{topics-line}", &topics_line)
        .replace("{topic}", topic.unwrap_or_default())
        .replace("{today}", &day.to_string())
}

fn is_id(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= LONGEST && text.split('-').all(part)
}

/// The path as people write it, the same on all platforms.
fn shown(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use evidence_claims::Database;

    use super::*;

    /// What is empty in a new file.
    fn filled(kind: RecordKind, id: &str, values: &[(&str, &str)]) -> String {
        let day = Date::new(2026, 11, 25).unwrap();
        let mut text = text(kind, id, Some("circulation"), day);
        for (key, value) in values {
            let (empty, full) = (format!("\n{key} = \"\""), format!("\n{key} = \"{value}\""));
            assert!(text.contains(&empty), "{key} of {kind:?}");
            text = text.replacen(&empty, &full, 1);
        }
        text
    }

    #[test]
    fn filled_in_they_load() {
        let term = filled(RecordKind::Term, "foot-warmth", &[("class", "outcome"), ("label", "warm feet")]);
        let source = filled(RecordKind::Source, "doe-2026-feet", &[("title", "Feet"), ("design", "randomised-trial")])
            .replace("authors = []", "authors = [\"Doe J\"]")
            .replace("#year", "year")
            .replace("#doi = \"10.…\"", "doi = \"10.5555/feet\"");
        let claim = filled(
            RecordKind::Claim,
            "warm-feet",
            &[
                ("proposition", "A foot massage makes feet warmer than rest does."),
                ("direction", "supports"),
                ("magnitude", "small"),
                ("certainty", "low"),
                ("population", "adults"),
                ("intervention", "massage-course"),
                ("comparator", "waiting-list"),
                ("outcome", "foot-warmth"),
                ("start", "low"),
                ("honest", "A foot massage may make your feet a little warmer."),
                ("source", "doe-2026-feet"),
                ("direction", "supports"),
            ],
        );
        let rule = filled(
            RecordKind::Rule,
            "foot-map",
            &[("family", "feet"), ("severity", "note"), ("message", "a map"), ("why", "There is none.")],
        )
        .replace("['']", "['foot map']");
        let builder = Database::builder().builtin();
        let texts = [("term.toml", term), ("source.toml", source), ("claim.toml", claim), ("rule.toml", rule)];
        let report = texts.into_iter().fold(builder, |builder, (name, text)| builder.text(name, text)).check();
        let problems: Vec<&str> = report.diagnostics().iter().map(|problem| problem.message()).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn names_stay_inside_the_pack() {
        for name in ["", "..", "../x", "a/b", "a--b", "-a", "A", "é"] {
            assert!(!is_id(name), "{name}");
        }
        assert!(is_id("warm-feet-2"));
    }
}
