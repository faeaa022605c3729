//! Loading and asking the base.

use std::fmt::Write as _;
use std::path::Path;

use evidence_claims::{Database, Query};
use serde::Deserialize;

use crate::process::first_call;
use crate::{Size, row, shortest, shortest_on_the_wall};

/// The texts of all data files of the built-in pack.
fn data(directory: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("rates") {
            data(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.extend(std::fs::read_to_string(path));
        }
    }
}

pub(crate) fn builtin(size: Size) {
    let mut files = Vec::new();
    data(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut files);
    let parse = shortest(size.runs, || files.iter().filter(|text| text.parse::<toml::Table>().is_ok()).count());
    let tables = "parse the same TOML into tables";
    row("Database::builtin(), first call", first_call(size.runs, "builtin"), tables, parse, "≤ 1.5, aim: no parsing");
    row("first check of one sentence, all told", first_call(size.runs, "first-check"), tables, parse, "");
    let load = shortest_on_the_wall(size.runs, || Database::builder().builtin().build());
    row("the built-in pack through the loader", load, tables, parse, "");
}

/// A pack of `count` claims in texts of a thousand.
fn big(count: usize) -> Vec<String> {
    let outcomes = ["low-back-pain", "felt-anxiety", "sleep-quality", "blood-pressure-reading"];
    let mut texts = vec![
        "[[source]]\nid = \"doe-2020\"\ntitle = \"A trial\"\nauthors = [\"Doe J\"]\nyear = 2020\ncontainer = \"Journal\"\n\
         pmid = \"1\"\ndesign = \"randomised-trial\"\nparticipants = 40\nfinding = \"A little.\"\nchecked = 2026-01-01\n"
            .to_owned(),
    ];
    for first in (0..count).step_by(1_000) {
        let mut text = String::new();
        for at in first..count.min(first + 1_000) {
            let _ = write!(
                text,
                "[[claim]]\nid = \"claim-{at}\"\ntopic = \"{}\"\nproposition = \"Massage number {at} helps.\"\n\
                 direction = \"supports\"\nmagnitude = \"small\"\ncertainty = \"low\"\nreviewed = 2026-01-01\n\
                 [claim.pico]\npopulation = \"adults\"\nintervention = \"massage\"\ncomparator = \"no-treatment\"\n\
                 outcome = \"{}\"\n[claim.grade]\nstart = \"high\"\n\
                 risk-of-bias = {{ down = 1, why = \"nobody was blind\" }}\n\
                 imprecision = {{ down = 1, why = \"few people\" }}\n[claim.wording]\n\
                 honest = \"Massage number {at} may help a little.\"\n\
                 [[claim.finding]]\nsource = \"doe-2020\"\ndirection = \"supports\"\n\n",
                ["pain", "anxiety", "sleep", "blood-pressure"][at % 4],
                outcomes[at % 4],
            );
        }
        texts.push(text);
    }
    texts
}

/// What a program that does not check anything would read.
#[derive(Deserialize)]
#[allow(dead_code)]
struct Pack {
    #[serde(default, rename = "claim")]
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Claim {
    id: String,
    topic: String,
    proposition: String,
    direction: String,
    magnitude: String,
    certainty: String,
    reviewed: toml::value::Datetime,
    pico: std::collections::HashMap<String, String>,
    grade: Grade,
    wording: std::collections::HashMap<String, String>,
    finding: Vec<std::collections::HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Grade {
    start: String,
    risk_of_bias: Reason,
    imprecision: Reason,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Reason {
    down: u8,
    why: String,
}

fn database(texts: &[String]) -> Database {
    let mut builder = Database::builder().builtin();
    for (at, text) in texts.iter().enumerate() {
        builder = builder.text(format!("{at}.toml"), text.as_str());
    }
    builder.build().unwrap_or_else(|error| panic!("{error}: {:?}", error.diagnostics().first()))
}

pub(crate) fn pack(size: Size) {
    let texts = big(size.claims);
    let runs = size.runs.min(3);
    let structs = shortest_on_the_wall(runs, || {
        texts.iter().filter_map(|text| toml::from_str::<Pack>(text).ok()).map(|pack| pack.claims.len()).sum::<usize>()
    });
    // On the wall: the loader parses files on all processors.
    let load = shortest_on_the_wall(runs, || database(&texts));
    row(&format!("loading a pack of {} claims", size.claims), load, "serde structs", structs, "≤ 2, aim 1.2");
}

pub(crate) fn queries(size: Size) {
    let db = database(&big(size.claims));
    let touch = shortest(size.runs, || {
        db.claims().filter(|claim| claim.proposition().len() + claim.id().len() + claim.topic().len() > 1_000).count()
    });
    let ask = |text: &str| {
        let query: Query = text.parse().expect("a query");
        let all = shortest(size.runs, || db.query(&query).count());
        let first = shortest(size.runs, || db.query(&query).next().is_some());
        (all, first)
    };
    let name = format!("of {} claims", db.claims().len());
    for (query, what, required) in [
        ("id:claim-77", "an indexed field", "≤ 1 ms"),
        ("topic:cortisol", "an indexed field", "≤ 1 ms"),
        ("outcome:cortisol-level", "an indexed field", "≤ 1 ms"),
        ("source:field-2005-cortisol", "an indexed field", "≤ 1 ms"),
        ("direction:against", "a full scan", "≤ 1 × touching"),
        ("\"massage number 499\"", "text", "≤ 5 ms"),
        ("cortisol", "text", "≤ 5 ms"),
        ("number", "text, all hit", "≤ 5 ms"),
    ] {
        let (all, _) = ask(query);
        row(&format!("`{query}` {name}: {what}"), all, "touching the records once", touch, required);
    }
}
