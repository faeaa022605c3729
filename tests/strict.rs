//! The strict checks: each planted mistake yields exactly its warning, in one run; the built-in pack is clean; and every rule
//! about data that the code can report has a record that explains it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use evidence_claims::{Database, Date, Diagnostic, NoteKind, Report, RuleKind, Severity};

const PLANTED: &str = include_str!("strict.toml");
const BASE: &str = include_str!("base.toml");

fn today() -> Date {
    "2026-11-25".parse().unwrap()
}

/// Rules that take the checker.
#[cfg(feature = "check")]
fn about_wording(report: &Report) -> Vec<Diagnostic> {
    let checker = evidence_claims::Checker::new(report.database().expect("the records load"));
    checker.problems().iter().cloned().chain(checker.strict()).collect()
}

#[cfg(not(feature = "check"))]
fn about_wording(_: &Report) -> Vec<Diagnostic> {
    Vec::new()
}

#[test]
fn every_planted_mistake_yields_exactly_its_warning() {
    let report = Database::builder().builtin().text("strict.toml", PLANTED).strict(today()).check();
    let wording = about_wording(&report);
    let found: Vec<&Diagnostic> = report.diagnostics().iter().chain(&wording).collect();
    let mut seen: Vec<(&str, &str)> = found.iter().map(|d| (d.rule(), d.span().of(PLANTED))).collect();
    seen.sort_unstable();
    let mut expected = vec![
        ("data/accepted-nothing", "\"roe-2024-review\""),
        ("data/ambiguous-claim", "\"in the evening\""),
        ("data/double-counted", "\"doe-2019-toes\""),
        ("data/duplicate-source", "\"99999902\""),
        ("data/no-comparator", "\"evening\""),
        ("data/p-contradicts-interval", "\"evening\""),
        ("data/retracted-source", "\"lie-2015-toes\""),
        ("data/single-source", "\"toes-single\""),
        ("data/stale-review", "\"toes-stale\""),
        ("data/too-few-participants", "\"evening\""),
        ("data/unused-source", "\"poe-2021-toes\""),
        ("data/unused-term", "\"toe-length\""),
        ("data/unused-term", "\"toenails\""),
    ];
    if cfg!(feature = "check") {
        expected.extend([
            ("data/condition-missing", "\"for an evening\""),
            ("data/honest-too-strong", "\"Massage gives you toasty toes.\""),
            ("data/overclaim-not-caught", "\"Do toes get warm?\""),
        ]);
        expected.sort_unstable();
    }
    assert_eq!(seen, expected);
    // The words of each, as a reader sees them.
    if cfg!(feature = "check") {
        let mut told = String::new();
        for found in &found {
            let _ = writeln!(told, "{}: {}", found.rule(), found.message());
            for note in found.notes() {
                let _ = writeln!(told, "    {}: {}", note.kind.as_str(), note.text);
            }
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/strict.expected");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&path).unwrap_or_default(), "BLESS=1 accepts it");
    }
    let planted: BTreeSet<&str> = seen.iter().map(|(rule, _)| *rule).collect();
    let strict = Database::builtin().rules().filter(|rule| {
        rule.kind() == RuleKind::Data && rule.severity() == Severity::Warning && rule.name() != "data/file-name"
    });
    assert!(cfg!(not(feature = "check")) || planted == strict.map(|rule| rule.name()).collect(), "{planted:?}");
    for diagnostic in found {
        assert_eq!(diagnostic.file(), Some("strict.toml"));
        assert_eq!(diagnostic.severity(), Severity::Warning, "{}", diagnostic.rule());
        for kind in [NoteKind::Why, NoteKind::Do] {
            assert!(diagnostic.notes().iter().any(|note| note.kind == kind), "{} has no {kind:?}", diagnostic.rule());
        }
    }
}

/// Rules about data that no record of a pack can break, with where they are tested.
#[cfg(feature = "check")]
const OF_NO_RECORD: [&str; 3] = [
    "data/rates",           // weights for `claims rate`: tests/rate.rs
    "data/too-many",        // the limit of all others: tests/load.rs
    "data/unknown-profile", // project files: the transcripts of the command line
];

/// What `strict.toml` needs of the built-in pack. With the whole of that, `base.toml` would say much twice.
#[cfg(all(unix, feature = "check"))]
const BESIDE: &str = r#"
[[term]]
id = "circulation"
class = "topic"
label = "circulation"

[[term]]
id = "massage-course"
class = "intervention"
label = "a course of massage"
forms = ["massage course"]

[[term]]
id = "waiting-list"
class = "comparator"
label = "waiting"
forms = ["waiting list"]

[[rule]]
name = "certainty-exceeds-evidence"
family = "certainty"
kind = "claim"
severity = "warning"
message = "too sure"
why = "Few people were asked."
"#;

/// Every rule, errors and doubts, in one run. Files that cannot be read, a misnamed one and an empty pack are made for the
/// occasion; all else stands in `strict.toml` and `broken/`.
#[cfg(all(unix, feature = "check"))]
#[test]
fn one_run_finds_the_planted_mistake_of_every_rule_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let scratch = std::env::temp_dir().join(format!("evidence-claims-strict-{}", std::process::id()));
    let write = |name: &str, text: &[u8]| {
        fs::create_dir_all(scratch.join(name).parent().unwrap()).unwrap();
        fs::write(scratch.join(name), text).unwrap();
    };
    write("odd/pack.toml", b"schema = 1\nname = \"odd\"\n");
    write("odd/latin-1.toml", b"# caf\xe9\n");
    write("odd/large.toml", &vec![b'#'; (16 << 20) + 1]);
    std::os::unix::fs::symlink("nowhere.toml", scratch.join("odd/nothing.toml")).unwrap();
    write("odd/sources/doe-2011-one.toml", b"[[source]]\nid = \"doe-2011-two\"\ntitle = \"T\"\nauthors = [\"Doe J\"]\nyear = 2011\npmid = \"12\"\ndesign = \"survey\"\n");
    write("empty/pack.toml", b"schema = 1\nname = \"empty\"\n");

    let rule = "[[rule]]\nname = \"odd\"\nfamily = \"hype\"\nkind = \"phrase\"\nseverity = \"note\"\nmessage = \"m\"\nwhy = \"w\"\npatterns = ['a (']\n";
    let mut builder = Database::builder().strict(today()).text("base.toml", BASE).text("beside.toml", BESIDE);
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let cues = fs::read_dir(data.join("terms/cues")).unwrap().map(|entry| entry.unwrap().path());
    for path in cues.chain([data.join("provenance.toml"), data.join("rules/data.toml")]) {
        let name = format!("data/{}", path.file_name().unwrap().to_str().unwrap());
        builder = builder.text(name, fs::read_to_string(&path).unwrap());
    }
    builder = builder.text("strict.toml", PLANTED);
    builder = builder.text("pattern.toml", rule).pack(scratch.join("odd")).pack(scratch.join("empty"));
    let mut broken = Vec::new();
    let mut files: Vec<std::path::PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files {
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            builder = builder.text(name.as_str(), fs::read_to_string(&path).unwrap());
            let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
            let rules = expected
                .lines()
                .filter(|line| !line.starts_with(' '))
                .map(|line| line.split_once('[').unwrap().1.split_once(']').unwrap().0.to_owned());
            broken.push((name, rules.collect::<Vec<String>>()));
        }
    }
    let report = builder.check();
    fs::remove_dir_all(&scratch).unwrap();
    let checker = evidence_claims::Checker::new(report.readable());
    let proofs: Vec<Diagnostic> = checker.problems().iter().cloned().chain(checker.strict()).collect();
    // The records that the others need, and sound ones between errors, rest on one source or are used by none. They are no plants.
    let planted_in = |file: &str| file == "strict.toml" || file.contains("/odd/");
    let is_beside = |d: &&Diagnostic| d.severity() == Severity::Warning && !d.file().is_some_and(planted_in);
    let found: Vec<&Diagnostic> = report.diagnostics().iter().chain(&proofs).filter(|d| !is_beside(d)).collect();
    let of = |file: &str| {
        let own = found.iter().filter(|d| d.file() == Some(file));
        let mut rules: Vec<String> = own.map(|d| d.rule().to_owned()).collect();
        rules.sort_unstable();
        rules
    };

    let alone = Database::builder().builtin().text("strict.toml", PLANTED).strict(today()).check();
    let mut planted: Vec<String> =
        alone.diagnostics().iter().chain(&about_wording(&alone)).map(|d| d.rule().to_owned()).collect();
    planted.sort_unstable();
    assert_eq!(of("strict.toml"), planted);
    assert_eq!(of("pattern.toml"), ["data/pattern-syntax"]);
    let mut count = planted.len() + 1;
    for (name, rules) in &broken {
        let mut rules = rules.clone();
        rules.sort_unstable();
        count += rules.len();
        assert_eq!(of(name), rules, "{name}");
    }
    // not-utf8, too-large, unreadable, file-name; empty-pack.
    let list: Vec<_> = found
        .iter()
        .map(|d| (d.file(), d.rule(), d.message()))
        .filter(|(f, ..)| !broken.iter().any(|(n, _)| Some(n.as_str()) == *f) && *f != Some("strict.toml"))
        .collect();
    assert_eq!(found.len(), count + 5, "{list:#?}");
    let found: BTreeSet<&str> = found.iter().map(|d| d.rule()).collect();
    let known = Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Data);
    let known: BTreeSet<&str> = known.map(|rule| rule.name()).filter(|name| !OF_NO_RECORD.contains(name)).collect();
    assert_eq!(found, known);
}

/// What is wrong is fixed before it is doubted, and a record that cannot be read may be the one that uses another.
#[test]
fn a_record_with_an_error_yields_the_error_alone() {
    assert!(PLANTED.contains("id = \"toes-single\"") && PLANTED.contains("id = \"poe-2021-toes\""));
    let broken = PLANTED.replace("id = \"toes-single\"", "id = \"toes-single\"\nodd = [\"poe-2021-toes\"]");
    let report = Database::builder().builtin().text("strict.toml", broken).strict(today()).check();
    let rules: Vec<&str> = report.diagnostics().iter().map(Diagnostic::rule).collect();
    assert!(rules.contains(&"data/unknown-key") && rules.contains(&"data/double-counted"), "{rules:?}");
    assert!(!rules.contains(&"data/single-source") && !rules.contains(&"data/unused-source"), "{rules:?}");
}

#[test]
fn without_strict_they_are_silent() {
    let report = Database::builder().builtin().text("strict.toml", PLANTED).check();
    assert_eq!(report.diagnostics(), []);
}

#[test]
fn the_built_in_pack_has_no_unexplained_warning() {
    let report = Database::builder().builtin().strict(today()).check();
    let mut found: Vec<String> =
        report.diagnostics().iter().map(|d| format!("{}: {}", d.rule(), d.message())).collect();
    found.extend(about_wording(&report).iter().map(|d| format!("{}: {}", d.rule(), d.message())));
    assert!(found.is_empty(), "fix these, or list them in data/accepted.toml:\n{}", found.join("\n"));
}

/// The names of rules in the sources of the library.
fn reported(directory: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            reported(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        found.extend(text.split("\"data/").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
}

#[test]
fn every_rule_about_data_has_a_record_and_every_record_a_rule() {
    let mut known = BTreeSet::new();
    reported(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut known);
    known.retain(|name| !name.contains('.') && !name.contains('{'));
    known.extend(
        ["claim", "profile", "provenance", "record", "rule", "source", "term", "topic"]
            .map(|kind| format!("unknown-{kind}")),
    );
    let known: BTreeSet<String> = known.into_iter().map(|name| format!("data/{name}")).collect();
    let rules = Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Data);
    let recorded: BTreeSet<String> = rules.map(|rule| rule.name().to_owned()).collect();
    assert_eq!(known, recorded);
    assert!(known.len() > 50);
}

#[test]
fn the_handbook_names_every_strict_check() {
    let handbook = include_str!("../data/README.md");
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Data) {
        let strict = rule.severity() == Severity::Warning && rule.name() != "data/file-name";
        assert!(!strict || handbook.contains(&format!("`{}`", rule.name())), "{}", rule.name());
    }
}

/// Rules of the loader about whole files, and one about project files: no example of a few lines of records can show them.
const WITHOUT_EXAMPLE: [&str; 7] =
    ["empty-pack", "file-name", "not-utf8", "too-large", "too-many", "unknown-profile", "unreadable"];

#[test]
fn examples_of_rules_about_data_do_what_they_say() {
    let mut wrong = Vec::new();
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Data) {
        let name = rule.name();
        assert!(rule.help().is_some(), "{name} says what to do");
        let bare = name.trim_start_matches("data/");
        assert_eq!(rule.bad().len() > 0 && rule.good().len() > 0, !WITHOUT_EXAMPLE.contains(&bare), "{name}");
        for (example, is_bad) in rule.bad().map(|text| (text, true)).chain(rule.good().map(|text| (text, false))) {
            // Weights are no records: they are read by whoever rates.
            if name == "data/rates" {
                #[cfg(feature = "check")]
                {
                    let read =
                        evidence_claims::Rater::new(Database::builtin()).unwrap().weights("example.toml", example);
                    assert_eq!(
                        read.err().map(|error| error.diagnostics()[0].rule().to_owned()),
                        is_bad.then(|| name.to_owned())
                    );
                }
                continue;
            }
            let report = Database::builder().text("base.toml", BASE).text("example.toml", example).check();
            let mut found: Vec<&str> = report.diagnostics().iter().map(Diagnostic::rule).collect();
            let wording = report.database().map(|_| about_wording(&report)).unwrap_or_default();
            found.extend(wording.iter().map(Diagnostic::rule));
            if name == "data/pattern-syntax" && cfg!(not(feature = "check")) {
                continue;
            }
            // The examples of the strict checks are parts of records, too few to be loaded; their keys and values are right.
            let is_strict = rule.severity() == Severity::Warning;
            let fits = match is_strict {
                true => !["syntax", "unknown-key", "unknown-value", "wrong-type", "bad-date", "id-format"]
                    .iter()
                    .any(|slip| found.contains(&format!("data/{slip}").as_str())),
                false => found.contains(&name) == is_bad,
            };
            if !fits {
                wrong.push(format!("{name}, {}: {found:?}", if is_bad { "bad" } else { "good" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Doubts that come in a second form, which `strict.toml` does not plant.
#[test]
fn a_review_smaller_than_its_trials_and_a_p_too_large_for_its_interval_are_doubted() {
    let said = |from: &str, to: &str| -> Vec<String> {
        assert!(PLANTED.contains(from), "{from}");
        let text = PLANTED.replacen(from, to, 1);
        let report = Database::builder().builtin().text("strict.toml", text).strict(today()).check();
        let known = Database::builder().builtin().text("strict.toml", PLANTED).strict(today()).check();
        let known: Vec<&str> = known.diagnostics().iter().map(Diagnostic::message).collect();
        let new = report.diagnostics().iter().map(|found| found.message().to_owned());
        new.filter(|message| !known.contains(&message.as_str())).collect()
    };
    let told = said("participants = 300", "participants = 30");
    assert_eq!(told, ["the studies that `local:roe-2024-review` includes have 40 people, but it has 30"]);
    // The interval leaves out no effect, and p says that it may be chance.
    let told = said("interval = [-0.1, 0.9]\np = \"0.02\"", "interval = [0.1, 0.9]\np = \"0.42\"");
    assert_eq!(told, ["`evening`: the interval, 0.1 to 0.9, leaves out no effect (0), but p is 0.42"]);
    // An end that touches "no effect" may be rounded, and says nothing.
    let figures = |estimate: &str, interval: &str, p: &str| {
        format!("estimate = {estimate}\ninterval = [{interval}]\np = \"{p}\"")
    };
    for (estimate, interval) in [("0.4", "0.0, 0.9"), ("-0.4", "-0.9, 0.0")] {
        for p in ["0.42", "0.02"] {
            let told = said(&figures("0.4", "-0.1, 0.9", "0.02"), &figures(estimate, interval, p));
            assert_eq!(told, [""; 0], "{interval} and {p}");
        }
    }
}

/// What is only a note does not fault the sentence that a claim offers.
#[test]
#[cfg(feature = "check")]
fn an_honest_sentence_may_be_milder_than_the_evidence() {
    let claim = r#"
        [[term]]
        id = "elbow-warmth"
        class = "outcome"
        label = "how warm the elbows are"
        topic = "circulation"
        wanted = "more"
        forms = ["elbow warmth"]

        [[claim]]
        id = "elbows"
        topic = "circulation"
        proposition = "Massage warms elbows more than rest does."
        direction = "supports"
        magnitude = "small"
        certainty = "high"
        reviewed = 2026-11-22
        pico = { population = "healthy-adults", intervention = "massage", comparator = "rest", outcome = "elbow-warmth" }
        grade = { start = "high" }
        wording = { honest = "Massage may increase elbow warmth.", overclaims = ["guaranteed to double elbow warmth"] }
        finding = [{ source = "moyer-2011-cortisol", direction = "supports" }]
    "#;
    let report = Database::builder().builtin().text("elbows.toml", claim).check();
    let checker = evidence_claims::Checker::new(report.database().expect("the records load"));
    let honest = evidence_claims::Document::plain("Massage may increase elbow warmth.");
    assert_eq!(checker.check(&honest).iter().map(Diagnostic::rule).collect::<Vec<_>>(), ["weaker-than-evidence"]);
    assert_eq!(about_wording(&report), []);
}
