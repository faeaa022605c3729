//! The handbook is true: every command in it prints what it says, and every option that it names exists.
//!
//! `TRYCMD=overwrite cargo test -p evidence-claims-cli --test handbook` writes what is printed anew; put the `...` back where a
//! page shows only a part. Links, and the pages that are made from the records, are tested in `docs/chapters`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use evidence_claims::{Database, Project, Query};

/// A block of code: where it begins, its language, its lines.
struct Block {
    place: String,
    language: String,
    text: String,
}

/// Every page that is written by hand, with its text.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src");
    let folders = [root.clone(), root.join("reference")];
    let mut pages: Vec<(PathBuf, String)> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("it is there"))
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).expect("pages are UTF-8")))
        .collect();
    pages.sort();
    assert!(pages.len() > 10);
    pages
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (path, text) in pages() {
        let mut inside = false;
        for (line, text) in text.lines().enumerate() {
            match text.strip_prefix("```") {
                Some(language) if !inside => {
                    let place = format!("{}:{}", path.display(), line + 1);
                    blocks.push(Block { place, language: language.to_owned(), text: String::new() });
                    inside = true;
                }
                Some(_) => inside = false,
                None if inside => blocks.last_mut().expect("one was opened").text += &format!("{text}\n"),
                None => {}
            }
        }
        assert!(!inside, "{}: a block is not closed", path.display());
    }
    blocks
}

#[test]
fn every_command_prints_what_the_handbook_says() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .env("LC_ALL", "C.UTF-8")
        .case("../docs/src/*.md")
        .case("../docs/src/reference/*.md");
}

#[test]
fn every_command_of_ours_stands_where_it_is_run() {
    let known = ["console", "rust", "toml", "markdown", "html", "text", "sh", "yaml", "lua", "json"];
    for block in blocks() {
        let language = block.language.split(',').next().unwrap_or_default();
        assert!(known.contains(&language), "{}: what is `{language}`?", block.place);
        if block.language != "console" {
            let ours = block.text.lines().find(|line| line.trim_start_matches("$ ").starts_with("claims "));
            assert_eq!(ours, None, "{}: only `console` is run", block.place);
        }
    }
}

#[test]
fn every_block_of_toml_loads() {
    let mut files = 0;
    for block in blocks().iter().filter(|block| block.language == "toml") {
        let name = block.text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
        files += 1;
        match name {
            "evidence.toml" => {
                let project = Project::read(&*block.place, &*block.text).unwrap_or_else(|error| panic!("{error}"));
                project.resolve(Database::builtin()).unwrap_or_else(|error| panic!("{}: {error}", block.place));
            }
            "pack.toml" | "records.toml" => {
                let built = Database::builder().builtin().text(&*block.place, &*block.text).build();
                built.unwrap_or_else(|error| panic!("{error}"));
            }
            // Settings of another program: that they are TOML is all that can be known here.
            _ => {
                block.text.parse::<toml::Table>().unwrap_or_else(|error| panic!("{}: {error}", block.place));
            }
        }
    }
    assert!(files > 0);
}

#[test]
fn pages_that_are_shown_are_the_pages_that_are_checked() {
    for block in blocks().iter().filter(|block| block.language == "markdown") {
        let (page, _) = block.place.rsplit_once(".md:").expect("places end in a line");
        let folder = PathBuf::from(format!("{page}.in"));
        let is_there = std::fs::read_dir(&folder).into_iter().flatten().any(|entry| {
            std::fs::read_to_string(entry.expect("it can be read").path()).is_ok_and(|text| text.contains(&block.text))
        });
        assert!(is_there, "{}: no file in {} holds this", block.place, folder.display());
    }
}

/// What `claims` or one of its commands says about itself.
fn help(command: &[&str]) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_claims")).args(command).arg("--help").output().expect("it runs");
    output.status.success().then(|| String::from_utf8(output.stdout).expect("help is UTF-8"))
}

#[test]
fn every_command_and_option_in_a_sentence_exists() {
    let mut helps: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut named = BTreeSet::new();
    for (path, text) in pages() {
        // Words between single back quotes; blocks are run or read by other tests.
        let prose: Vec<&str> = text.split("```").step_by(2).collect();
        for code in prose.iter().flat_map(|prose| prose.split('`').skip(1).step_by(2)) {
            let Some(rest) = code.strip_prefix("claims ") else { continue };
            let command: String = rest.split_whitespace().next().unwrap_or_default().to_owned();
            let said = helps.entry(command.clone()).or_insert_with(|| help(&[&command]));
            let said = said.as_ref().unwrap_or_else(|| panic!("{}: there is no `claims {command}`", path.display()));
            for option in rest.split_whitespace().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap_or(option);
                assert!(said.contains(option), "{}: `claims {command}` has no {option}", path.display());
            }
            named.insert(command);
        }
    }
    assert!(named.len() > 5, "{named:?}");
}

#[test]
fn every_query_in_a_table_is_understood() {
    let mut queries = 0;
    for (path, text) in pages() {
        let mut inside = false;
        for line in text.lines() {
            if !line.starts_with('|') {
                inside = false;
                continue;
            }
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            inside |= cells.contains(&"query");
            let codes = cells.iter().filter(|cell| cell.starts_with('`') && cell.ends_with('`'));
            for code in codes.filter(|_| inside) {
                let code = code.trim_matches('`');
                let query: Query = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                query.verify(Database::builtin()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                queries += 1;
            }
        }
    }
    assert!(queries > 10, "{queries}");
}
