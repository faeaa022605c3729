//! `data/schema.json` and the loader agree: on every file of the built-in pack, on every key and word, and on records that
//! are broken one place at a time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use evidence_claims::{Database, Diagnostic, Severity};
use jsonschema::Validator;
use serde_json::{Value, json};

const SOUND: &str = include_str!("schema.toml");

/// What no key and no word is like, so that the loader names all that there are.
const STRANGE: &str = "zzzzzzzzzzzz";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(data().join("schema.json")).unwrap()).unwrap()
}

/// The document as an editor holds it against the schema: a date is the text of its day. `None` when it is no TOML.
fn document(text: &str) -> Option<Value> {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, plain(value))).collect(),
            other => serde_json::to_value(other).unwrap(),
        }
    }
    toml::from_str::<toml::Value>(text).ok().map(plain)
}

fn allows(validator: &Validator, text: &str) -> bool {
    document(text).is_some_and(|document| validator.is_valid(&document))
}

/// Errors of the loader about a text beside the built-in pack.
fn errors(text: &str) -> Vec<Diagnostic> {
    let report = Database::builder().builtin().text("schema.toml", text).check();
    report.diagnostics().iter().filter(|found| found.severity() == Severity::Error).cloned().collect()
}

#[test]
fn every_file_of_the_built_in_pack_fits_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut folders = vec![data()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            // Cues and weights are no records.
            if entry.is_dir() && !entry.ends_with("rates") {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "toml") {
                let document = document(&fs::read_to_string(&entry).unwrap()).unwrap();
                let wrong: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
                assert_eq!(wrong, [""; 0], "{}", entry.display());
                files += 1;
            }
        }
    }
    assert!(files > 300, "only {files} files were read");
}

/// `text` with its one `from` turned into `to`.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "{from} is not in the sound records");
    SOUND.replacen(from, to, 1)
}

#[test]
fn both_take_and_refuse_the_same_records() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let taken = [
        ("", ""),
        ("doi = \"10.5555/toes.2019\"", "doi = \"10.55555.1/a(b)<c>\""),
        ("estimate = 0.6", "estimate = 1"),
        ("comparator = \"rest\"\nmeasure", "measure"),
        ("participants = 40\nstudies", "participants = 0\nstudies"),
        ("url = \"https://example.org/toes\"\n", ""),
        ("basis = \"self-reported\"\n", ""),
        ("status = \"stable\"\n", ""),
        ("good = [\"Toes.\"]", "good = []"),
        ("kind = \"phrase\"", "kind = \"page\""),
        ("severity = { toe-energy = \"error\" }", "severity = {}"),
        ("authors = [\"Doe J\"]", "authors = [\"Doe J\", \"et al.\"]"),
        ("checked = 2026-11-22", "checked = \"2026-11-22\""),
        ("retracted = { date = 2025-02-01, notice = \"https://example.org/notice\" }\n", ""),
    ];
    for (from, to) in taken {
        let text = changed(from, to);
        assert_eq!(errors(&text).iter().map(Diagnostic::message).collect::<Vec<_>>(), [""; 0], "{from} to {to}");
        assert!(allows(&validator, &text), "the schema refuses {to:?} for {from:?}");
    }
    let refused = [
        // Keys that are missing, unknown, or at the wrong place.
        ("title = \"Toes: a trial\"\n", ""),
        ("design = \"randomised-trial\"\nparticipants", "participants"),
        ("authors = [\"Doe J\"]\n", ""),
        ("authors = [\"Doe J\"]", "authors = []"),
        ("year = 2019\n", ""),
        ("unverified = [\"authors\", \"year\"]", "unverified = [\"authors\"]"),
        ("pmid = \"99999912\"\n", ""),
        ("note = \"Made up.\"\nretracted", "remark = \"Made up.\"\nretracted"),
        ("outcome = \"temperature\"\ncomparator", "comparator"),
        ("measure = \"md\"\n", ""),
        ("favours = \"massage\"\n", ""),
        ("class = \"outcome\"\n", ""),
        ("label = \"how warm the toes are\"\n", ""),
        ("verbs = []", "label = \"massage\""),
        ("proposition = \"Massage warms toes.\"\n", ""),
        ("magnitude = \"small\"\n", ""),
        ("reviewed = 2026-11-22\nreview-by", "review-by"),
        ("certainty = \"low\"\n", ""),
        ("start = \"high\"\n", ""),
        ("honest = \"Massage may warm the toes a little.\"\n", ""),
        ("outcome = \"toe-warmth\"\n\n", "\n"),
        ("down = 1, why = \"forty people\"", "down = 1"),
        ("down = 1, why = \"forty people\"", "up = 1, why = \"forty people\""),
        ("source = \"roe-2018-toes\"\n", ""),
        ("direction = \"mixed\"\n", ""),
        ("grade = { summary = \"Nobody looked.\" }", "grade = {}"),
        ("magnitude = \"unknown\"\nreviewed", "magnitude = \"unknown\"\ncertainty = \"low\"\nreviewed"),
        ("grade = { summary = \"Nobody looked.\" }", "grade = { start = \"low\", summary = \"Nobody looked.\" }"),
        ("message = \"no such energy\"\n", ""),
        ("why = \"Nobody measured it.\"\n", ""),
        ("patterns = ['toe energy']\n", ""),
        ("patterns = ['toe energy']", "patterns = []"),
        ("label = \"Toe house\"\n", ""),
        ("because = \"Made up.\"\n", ""),
        ("title = \"Hedges in leaflets\"\n", ""),
        ("note = \"which hedges readers notice\"\n", ""),
        ("url = \"https://example.org/hedges\"", "url = \"http://example.org/hedges\""),
        ("from = [\"doe-hedges\"]\n\n[[term]]", "from = \"doe-hedges\"\n\n[[term]]"),
        ("records = [\"toes-warm\"]", "records = []"),
        ("[[accepted]]", "[unsure]\nauthors = [\"Doe J\"]\n\n[[accepted]]"),
        ("[[profile]]", "[[profil]]"),
        // Words, numbers and forms.
        ("id = \"doe-2019-toes\"", "id = \"Doe 2019\""),
        ("id = \"toes-warm\"", "id = \"toes--warm\""),
        ("name = \"toe-energy\"", "name = \"a/b/c\""),
        ("doi = \"10.5555/toes.2019\"", "doi = \"https://doi.org/10.5555/toes.2019\""),
        ("doi = \"10.5555/toes.2019\"", "doi = \"10.55/toes\""),
        ("doi = \"10.5555/toes.2019\"", "doi = \"10.5555/toes 2019\""),
        ("pmid = \"99999911\"", "pmid = \"PMID 99999911\""),
        ("pmid = \"99999911\"", "pmid = 99999911"),
        ("pmcid = \"PMC99999911\"", "pmcid = \"99999911\""),
        ("url = \"https://example.org/toes\"", "url = \"http://example.org/toes\""),
        ("url = \"https://example.org/toes\"", "url = \"example.org/toes\""),
        ("mesh = \"D013696\"", "mesh = \"D13\""),
        ("mesh = \"D013696\"", "mesh = \"Temperature\""),
        ("year = 2019", "year = 19"),
        ("year = 2019", "year = \"2019\""),
        ("participants = 40\nstudies", "participants = -1\nstudies"),
        ("participants = 40\nstudies", "participants = 40.5\nstudies"),
        ("title = \"Toes: a trial\"", "title = \"  \""),
        ("title = \"Toes: a trial\"", "title = [\"Toes\"]"),
        ("authors = [\"Doe J\"]", "authors = \"Doe J\""),
        ("authors = [\"Doe J\"]", "authors = [\"\"]"),
        ("interval = [0.1, 1.1]", "interval = [0.1]"),
        ("interval = [0.1, 1.1]", "interval = [0.1, 0.9, 1.1]"),
        ("estimate = 0.6", "estimate = \"0.6\""),
        ("uncontrolled = false", "uncontrolled = \"no\""),
        ("down = 1, why = \"forty people\"", "down = 4, why = \"forty people\""),
        ("down = 1, why = \"forty people\"", "down = 1, why = \"\""),
        ("start = \"high\"", "start = \"moderate\""),
        ("checked = 2026-11-22", "checked = 2026-02-30"),
        ("checked = 2026-11-22", "checked = 2026-11-22T10:00:00Z"),
        ("checked = 2026-11-22", "checked = 2026"),
        ("checked = 2026-11-22", "checked = \"22 November 2026\""),
        ("checked = 2026-11-22", "checked = \"2026-02-30\""),
        ("rank = 300", "rank = 3000"),
        ("low = \"possible\"", "low = \"perhaps\""),
        ("toe-energy = \"error\"", "toe-energy = \"bad\""),
        ("[[claim.finding]]\nsource = \"doe", "[claim.finding]\nsource = \"doe"),
        ("direction = \"mixed\"", "direction = \"none\""),
    ];
    for (from, to) in refused {
        let text = changed(from, to);
        assert!(!errors(&text).is_empty(), "the loader takes {to:?} for {from:?}");
        assert!(!allows(&validator, &text), "the schema takes {to:?} for {from:?}");
    }
}

/// The list after `before` in what the loader advises about the strange word.
#[track_caller]
fn named(text: &str, before: &str) -> BTreeSet<String> {
    let found = errors(text);
    let about = found.iter().filter(|error| error.message().contains(STRANGE));
    let mut lists = about.flat_map(|error| error.notes().iter().filter_map(|note| note.text.split_once(before)));
    let (_, list) = lists.next().unwrap_or_else(|| panic!("the loader does not list what it knows: {found:?}"));
    list.split(", ").map(|word| word.trim_matches('`').to_owned()).collect()
}

/// Every table of a record: its place in the schema, and a line of the sound records to put a strange key before.
const TABLES: [(&str, &str); 20] = [
    ("", "[[term]]\nid = \"toe-warmth\""),
    ("/$defs/term/else", "class = \"outcome\""),
    ("/$defs/term/then", "forms = [\"kneading of the toes\"]"),
    ("/$defs/source", "title = \"Toes: a trial\""),
    ("/$defs/source/properties/retracted", "date = 2025-02-01, "),
    ("/$defs/effect", "unit = \"°C\""),
    ("/$defs/claim", "proposition = \"Massage warms toes.\""),
    ("/$defs/claim/properties/withdrawn", "date = 2026-11-23, "),
    ("/$defs/claim/properties/pico", "population = \"adults\"\nintervention"),
    ("/$defs/claim/properties/pico/properties/as-studied", "population = \"forty adults\""),
    ("/$defs/claim/properties/grade", "start = \"high\""),
    ("/$defs/claim/properties/grade/properties/imprecision", "down = 1, why = \"forty people\""),
    ("/$defs/claim/properties/wording", "marketing = \"Hot toes!\""),
    ("/$defs/finding", "basis = \"self-reported\""),
    ("/$defs/rule", "family = \"pseudo-mechanism\""),
    ("/$defs/authority", "name = \"Advice\", "),
    ("/$defs/profile", "label = \"Toe house\""),
    ("/$defs/profile/properties/ceiling", "high = \"asserted\", "),
    ("/$defs/accepted", "because = \"Made up.\""),
    ("/$defs/provenance", "title = \"Hedges in leaflets\""),
];

#[test]
fn the_schema_has_every_key_of_the_loader_and_no_other() {
    let schema = schema();
    for (place, line) in TABLES {
        let strange = if line.ends_with(", ") || line.starts_with("down") {
            format!("{STRANGE} = 1, ")
        } else {
            format!("{STRANGE} = 1\n")
        };
        let table = schema.pointer(place).unwrap_or_else(|| panic!("no {place}"));
        let keys: BTreeSet<String> = table["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, named(&changed(line, &format!("{strange}{line}")), "the keys are "), "{place}");
        assert_eq!(table["additionalProperties"], false, "{place}");
        let described = table["properties"].as_object().unwrap().values().filter(|key| key.get("items").is_none());
        assert!(described.clone().all(|key| key["description"].is_string()), "{place}");
    }
}

/// Every word of a closed vocabulary: its place in the schema, and the setting that holds one in the sound records.
const WORDS: [(&str, &str); 21] = [
    ("/$defs/term/else/properties/wanted", "wanted = \"more\""),
    ("/$defs/term/else/properties/strength", "strength = \"possible\""),
    ("/$defs/source/properties/design", "design = \"randomised-trial\""),
    ("/$defs/source/properties/unverified/items", "unverified = [\"authors\""),
    ("/$defs/effect/properties/measure", "measure = \"md\""),
    ("/$defs/effect/properties/favours", "favours = \"massage\""),
    ("/$defs/claim/properties/direction", "direction = \"supports\""),
    ("/$defs/claim/properties/magnitude", "magnitude = \"small\""),
    ("/$defs/claim/properties/certainty", "certainty = \"low\""),
    ("/$defs/claim/properties/grade/properties/start", "start = \"high\""),
    ("/$defs/finding/properties/direction", "direction = \"mixed\""),
    ("/$defs/finding/properties/basis", "basis = \"self-reported\""),
    ("/$defs/rule/properties/kind", "kind = \"phrase\""),
    ("/$defs/rule/properties/severity", "severity = \"warning\""),
    ("/$defs/rule/properties/status", "status = \"stable\""),
    ("/$defs/rule/properties/scope", "scope = \"asserted\""),
    ("/$defs/profile/properties/ceiling/properties/high", "high = \"asserted\""),
    ("/$defs/profile/properties/ceiling/properties/moderate", "moderate = \"possible\""),
    ("/$defs/profile/properties/ceiling/properties/low", " low = \"possible\""),
    ("/$defs/profile/properties/ceiling/properties/very-low", "very-low = \"uncertain\""),
    ("/$defs/profile/properties/severity/additionalProperties", "toe-energy = \"error\""),
];

#[test]
fn the_words_of_the_schema_are_those_of_the_loader() {
    let mut schema = schema();
    let bless = env::var_os("BLESS").is_some();
    for (place, setting) in
        WORDS.into_iter().chain([("/$defs/accepted/properties/rule", "rule = \"data/single-source\"")])
    {
        let (head, tail) = setting.split_once('"').unwrap();
        let tail = tail.split_once('"').unwrap().1;
        let mut words = named(&changed(setting, &format!("{head}\"{STRANGE}\"{tail}")), "write one of ");
        // A finding comes from a study.
        if place.contains("finding") {
            words.remove("none");
        }
        let known = schema.pointer_mut(place).unwrap_or_else(|| panic!("no {place}"));
        if bless {
            known["enum"] = json!(words);
        }
        assert_eq!(known["enum"], json!(words), "{place}: run BLESS=1 cargo test --test schema");
    }
    if bless {
        fs::write(data().join("schema.json"), format!("{}\n", serde_json::to_string_pretty(&schema).unwrap())).unwrap();
    }
}
