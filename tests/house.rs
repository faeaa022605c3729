//! The house rules that no compiler checks: which room may use which, and that every rule can speak.

use std::collections::BTreeMap;
use std::path::Path;

/// What each room may use, besides itself. The table of `ARCHITECTURE.md`.
const LAYERS: [(&str, &[&str]); 17] = [
    ("text", &[]),
    ("suggest", &[]),
    ("diagnostic", &["text", "error"]),
    ("error", &["diagnostic", "text", "suggest"]),
    ("model", &["text", "diagnostic", "error"]),
    ("load", &["model", "diagnostic", "error", "suggest", "text"]),
    ("database", &["load", "model", "diagnostic", "error", "suggest", "text"]),
    ("document", &["error", "text"]),
    ("limit", &["database", "diagnostic", "text"]),
    ("stats", &["database", "model"]),
    ("plot", &["stats", "database", "model"]),
    ("export", &["stats", "database", "model"]),
    ("rate", &["check", "document", "database", "load", "error", "text"]),
    ("compare", &["rate", "limit", "document", "database", "load", "model", "diagnostic", "error", "text"]),
    ("check", &["limit", "document", "database", "load", "model", "diagnostic", "error", "text"]),
    ("gate", &["check", "document", "diagnostic", "model", "text"]),
    ("suppress", &["check", "document", "database", "model", "diagnostic", "suggest", "text"]),
];

/// The files below a directory whose names end so, with their texts.
fn files(directory: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(directory).expect("folders can be read") {
        let path = entry.expect("src can be read").path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let text = std::fs::read_to_string(&path).expect("files are UTF-8");
            found.push((path.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, "rs", &mut sources);
    let layers: BTreeMap<&str, &[&str]> = LAYERS.into_iter().collect();
    let mut wrong = Vec::new();
    for (path, text) in &sources {
        let inside = path.split("/src/").nth(1).unwrap_or(path);
        let room = inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs");
        let Some(allowed) = layers.get(room) else {
            // The build script stands beside the rooms, since it is made of some of them.
            assert!(["lib", "build"].contains(&room), "{path} is a room that ARCHITECTURE.md does not list");
            continue;
        };
        for (at, _) in text.match_indices("crate::") {
            let line = text[..at].rsplit('\n').next().unwrap_or("").trim_start();
            let used: String = text[at + 7..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let known = layers.contains_key(used.as_str());
            if known && used != room && !allowed.contains(&used.as_str()) && !line.starts_with("//") {
                wrong.push(format!("{path} uses crate::{used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_loader_and_the_reader_of_front_matter_know_toml() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, "rs", &mut sources);
    for (path, text) in
        sources.iter().filter(|(path, _)| !path.contains("/load") && !path.ends_with("/front_matter.rs"))
    {
        assert!(!text.contains("use toml"), "{path} uses toml");
    }
}

#[test]
fn long_lists_of_the_data_stand_one_to_a_line() {
    // A line of twenty thousand signs can neither be read nor compared with what it was before.
    let mut long = Vec::new();
    let mut data = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), "toml", &mut data);
    for (name, text) in &data {
        for (at, line) in text.lines().enumerate() {
            if line.len() > 120 && line.contains(" = [") && line.contains("\", \"") {
                long.push(format!("{name}:{}", at + 1));
            }
        }
    }
    assert!(long.is_empty(), "write one to a line: {long:#?}");
}

#[test]
fn every_message_can_be_filled() {
    const KNOWN: [&str; 11] =
        ["words", "outcome", "condition", "level", "allowed", "honest", "claim", "n", "plain", "size", "body"];
    for rule in evidence_claims::Database::builtin().rules() {
        for text in [Some(rule.message()), Some(rule.why()), rule.help()].into_iter().flatten() {
            for name in text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                let extra = ["population", "source"];
                assert!(KNOWN.contains(&name) || extra.contains(&name), "{}: nobody fills {{{name}}}", rule.name());
            }
        }
    }
}

#[test]
fn public_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<evidence_claims::Database>();
    shared::<evidence_claims::Diagnostic>();
    shared::<evidence_claims::Error>();
    shared::<evidence_claims::Query>();
    shared::<evidence_claims::Claim<'static>>();
    shared::<evidence_claims::Source<'static>>();
    #[cfg(feature = "check")]
    {
        shared::<evidence_claims::Document>();
        shared::<evidence_claims::Checker<'static>>();
    }
}

/// A package is somebody else's code in everybody's program: its manifest says once what it is for.
#[test]
fn every_package_in_a_manifest_says_why() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut silent = Vec::new();
    for manifest in ["Cargo.toml", "cli/Cargo.toml", "docs/chapters/Cargo.toml", "fuzz/Cargo.toml"] {
        let text = std::fs::read_to_string(root.join(manifest)).expect("a manifest can be read");
        let (mut section, mut before, mut explained) = ("", "", Vec::new());
        for line in text.lines() {
            if line.starts_with('[') {
                section = line;
            } else if let Some((name, _)) = line.split_once(" = ").filter(|_| section.ends_with("dependencies]")) {
                if before.starts_with("# ") {
                    explained.push(name);
                } else if !explained.contains(&name) {
                    silent.push(format!("{manifest}: {name}"));
                }
            }
            before = line;
        }
        assert!(!explained.is_empty(), "{manifest} has no dependencies");
    }
    assert!(silent.is_empty(), "no comment says why:\n{}", silent.join("\n"));
}

/// What would let the program talk to a network, or the library do so. Readers that only tests use are in the list as well.
#[test]
fn no_package_of_the_tree_opens_a_connection() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let names: Vec<&str> = lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains(&"serde") && names.len() > 100);
    for network in
        ["reqwest", "ureq", "hyper", "curl", "attohttpc", "isahc", "rustls", "openssl", "native-tls", "socket2", "git2"]
    {
        assert!(!names.contains(&network), "{network} is in Cargo.lock");
    }
}
