//! The words of what is said about mistakes, where no other test shows them in full: `messages.expected` holds them as a reader sees
//! them. `BLESS=1 cargo test --test messages` writes it anew; look at the difference.
#![cfg(feature = "check")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use evidence_claims::{Checker, Database, Diagnostic, Document, Project, Query, Rater, Sieve};

const BASE: &str = include_str!("base.toml");
const RULE: &str =
    "[[rule]]\nname = \"r\"\nfamily = \"hype\"\nkind = \"phrase\"\nseverity = \"note\"\nmessage = \"m\"\nwhy = \"w\"\n";
const TERM: &str = "[[term]]\nid = \"t\"\nclass = \"outcome\"\nlabel = \"l\"\ntopic = \"pain\"\nwanted = \"less\"\n";

/// What was planted, and what is said about it.
#[derive(Default)]
struct Told(String);

impl Told {
    fn section(&mut self, name: &str) {
        let _ = writeln!(self.0, "\n# {name}\n");
    }

    fn say(&mut self, planted: &str, message: &str) {
        let _ = writeln!(self.0, "{planted}\n    {message}");
    }

    fn found<'d>(&mut self, planted: &str, found: impl IntoIterator<Item = &'d Diagnostic>) {
        let before = self.0.len();
        for diagnostic in found {
            self.say(planted, &format!("{}: {}", diagnostic.rule(), diagnostic.message()));
            for note in diagnostic.notes() {
                let _ = writeln!(self.0, "    {}: {}", note.kind.as_str(), note.text);
            }
        }
        if self.0.len() == before {
            self.say(planted, "NOTHING");
        }
    }
}

fn patterns(told: &mut Told) {
    told.section("patterns of rules, and forms of terms");
    let deep = "(".repeat(17);
    let mistakes = ["a (b", "a []", "a (b|)", "a [b|]", "a {} b", "a {x b", "a b)", "a ' b", "[a]", deep.as_str()];
    // Without the built-in pack, whose words would be compiled anew for each.
    let mut problems = |name: String, pack: String| {
        let report = Database::builder().text("p.toml", pack).check();
        told.found(&name, Checker::new(report.readable()).problems());
    };
    for pattern in mistakes {
        problems(format!("pattern {pattern:?}"), format!("{RULE}patterns = [\"{pattern}\"]\n"));
    }
    for form in ["a {outcome} b", "-"] {
        problems(format!("form {form:?}"), format!("{TERM}forms = [\"{form}\"]\n"));
    }
}

fn queries(told: &mut Told) {
    told.section("queries");
    for query in [
        "topic<pain",
        "\"...\"",
        "certainty<=low,high",
        "certainty<none",
        "certainty:lowish",
        "colour:red",
        "year:soon",
        "effect>big",
        "due:2026-02-30",
        "withdrawn:perhaps",
        "\"open",
        "topic:",
        "year>=2000,2001",
        "withdrawn:yes,no",
    ] {
        let error = query.parse::<Query>().expect_err(query);
        told.say(query, &error.to_string());
    }
    for query in ["topic:imunity", "outcome:D000000", "source:nobody", "id:nothing"] {
        let error = query.parse::<Query>().expect("a query").verify(Database::builtin()).expect_err(query);
        told.say(query, &error.to_string());
    }
}

fn comments(told: &mut Told) {
    told.section("comments that keep findings");
    let checker = Checker::new(Database::builtin());
    for comment in [
        "claims-ignore-next-line",
        "claims-ignore-next-line detox-claim \"flushes: why",
        "claims-ignore-next-line detox-claim until tomorrow: why",
        "claims-ignore-nextline detox-claim: why",
        "claims-ignore-next-line detx-claim: why",
        "claims-ignore-next-line cure-claim: why",
        "claims-ignore-next-line detox-claim",
        "claims-ignore-next-line detox-claim until 2026-01-01: why",
        "claims-enable",
        "claims-disable detox-claim: why",
    ] {
        let page = Document::markdown(format!("<!-- {comment} -->\nMassage flushes toxins.\n"));
        let sieve = Sieve::new(&checker, "2026-11-25".parse().expect("a day"));
        let sifted = sieve.sift(&page, checker.check(&page), |_| true);
        let said = sifted.shown.iter().filter(|finding| finding.rule().starts_with("suppression/"));
        if comment == "claims-disable detox-claim: why" {
            assert_eq!(said.count(), 0, "a sound comment");
        } else {
            told.found(comment, said);
        }
    }
}

fn revisions(told: &mut Told) {
    told.section("what a page gained");
    let checker = Checker::new(Database::builtin());
    for (before, now) in [
        ("Massage may ease back pain.", "Massage eases back pain."),
        ("Massage eases back pain.", "Massage eases back pain and anxiety."),
        ("We talk about massage and back pain.", "Massage eases back pain, and we talk about it."),
        ("Massage may reduce back pain.", "Massage may dramatically reduce back pain."),
        ("Massage may ease back pain in runners.", "Massage may ease back pain."),
        ("Massage may ease back pain for a short time.", "Massage may ease back pain."),
        ("Massage may slightly ease back pain.", "Massage may ease back pain."),
    ] {
        let found = checker.exaggerations(&[Document::plain(before)], &Document::plain(now));
        told.found(&format!("{before} → {now}"), &found);
    }
}

fn records(told: &mut Told) {
    told.section("records");
    let claim = |rest: &str| format!("[[claim]]\nid = \"c\"\n{rest}");
    for (name, pack) in [
        ("an empty list", format!("{RULE}patterns = []\n")),
        ("no record", "claim = 3\n".to_owned()),
        ("no day", claim("reviewed = 2026-02-30\n")),
        ("no date", claim("reviewed = \"soon\"\n")),
        ("an id without letters", "[[claim]]\nid = \"!!!\"\n".to_owned()),
        ("an id with its pack", "name = \"acme\"\n[[claim]]\nid = \"acme:Warm Feet\"\n".to_owned()),
        (
            "a review of itself",
            "[[source]]\nid = \"a\"\ntitle = \"A\"\nauthors = [\"Doe J\"]\nyear = 2019\npmid = \"12\"\ndesign = \"meta-analysis\"\nincludes = [\"a\"]\n".to_owned(),
        ),
        ("a text that is not closed", "[[claim]]\nid = \"c\n".to_owned()),
        ("a key twice", "[[claim]]\nid = \"c\"\nid = \"d\"\n".to_owned()),
        ("a newer schema", "schema = 2\n".to_owned()),
        ("too much", "[[claim]]\n".repeat(5_000)),
    ] {
        let report = Database::builder().text("base.toml", BASE).text("mine.toml", pack).check();
        let mine = report.diagnostics().iter().filter(|found| found.file() == Some("mine.toml"));
        // Keys that are missing beside the slip that was planted are shown by other tests.
        let mut mine: Vec<&Diagnostic> = mine.filter(|found| found.rule() != "data/missing-key").collect();
        mine.sort_by_key(|found| found.rule() != "data/too-many");
        told.found(name, mine.into_iter().take(2));
    }
    let nothing = Database::builder().text("mine.toml", "schema = 1\n").check();
    told.found("nothing", nothing.diagnostics());
    let broken = Database::builder().text("mine.toml", "[[claim]]\nid = \"x\"\n").build().expect_err("it lacks keys");
    told.say("the error as a whole", &broken.to_string());
    let missing = Database::builder().pack("no/such/pack").build().expect_err("there is none");
    told.say("a pack that is not there", &missing.to_string());
    let day = "2026-13-01".parse::<evidence_claims::Date>().expect_err("no day");
    told.say("2026-13-01", &day.to_string());
    let profile = Checker::new(Database::builtin()).profile("uk-cop").expect_err("there is none");
    told.say("profile uk-cop", &profile.to_string());
    let weights = Rater::new(Database::builtin()).expect("the lists are whole").weights("my.toml", "weights = 3\n");
    told.found("weights of one's own", weights.expect_err("they are no table").diagnostics());
    let project = Project::read("evidence.toml", "profil = \"uk-cap\"\nfiles = \"site\"\n[[allow]]\nrule = \"x\"\n");
    told.found("a project file", project.expect_err("it is wrong").diagnostics());
}

/// A pack as a directory, with everything in it that cannot be read.
#[cfg(unix)]
fn files(told: &mut Told) {
    use std::os::unix::fs::symlink;

    told.section("files of a pack");
    let pack = env::temp_dir().join(format!("evidence-claims-messages-{}", std::process::id()));
    let _ = fs::remove_dir_all(&pack);
    let deep = (0..33).fold(pack.clone(), |path, _| path.join("d"));
    fs::create_dir_all(&deep).expect("a directory");
    let write = |name: &str, text: &[u8]| fs::write(pack.join(name), text).expect("a file");
    write("pack.toml", b"schema = 1\nname = \"acme\"\n");
    write("latin.toml", b"# caf\xE9\n");
    fs::File::create(pack.join("large.toml")).and_then(|file| file.set_len(17 << 20)).expect("a file");
    symlink("nowhere.toml", pack.join("dangling.toml")).expect("a link");
    symlink("loop.toml", pack.join("loop.toml")).expect("a link");
    symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"), pack.join("out.toml")).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(pack.join("pipe.toml")).status().expect("mkfifo").success());
    fs::create_dir(pack.join("sources")).expect("a directory");
    write("sources/other.toml", b"[[source]]\nid = \"doe-2019-a\"\ntitle = \"A\"\nauthors = [\"Doe J\"]\nyear = 2019\npmid = \"12\"\ndesign = \"survey\"\n");
    let report = Database::builder().pack(&pack).check();
    let empty = pack.join("d");
    let mut text = Told::default();
    for found in report.diagnostics().iter().chain(Database::builder().pack(empty).check().diagnostics()) {
        let name = found.file().unwrap_or("-").to_owned();
        text.found(&name.replace("/d/d", "/…").replace("…/d", "…"), [found]);
    }
    let root = pack.display().to_string();
    told.0.push_str(&text.0.replace(&root, "acme"));
    fs::remove_dir_all(&pack).expect("it is ours");
}

#[cfg(not(unix))]
fn files(_: &mut Told) {}

#[test]
fn what_is_said_of_mistakes_is_what_was_written_down() {
    let mut told = Told("What is said of each mistake. Written by tests/messages.rs.\n".to_owned());
    for section in [patterns, queries, comments, revisions, records, files] {
        section(&mut told);
    }
    assert!(!told.0.contains("NOTHING"), "{}", told.0);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages.expected");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &told.0).expect("it can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let new: Vec<&str> = told.0.lines().filter(|line| !expected.contains(line)).collect();
    assert!(told.0 == expected, "not as written down (BLESS=1 accepts):\n{}", new.join("\n"));
}
