//! Broken data: every mistake is found, at its place, in words that an editor can act on.
//!
//! `tests/broken/*.toml` hold planted mistakes, `*.expected` what is said about them. `BLESS=1 cargo test --test load`
//! writes the second anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use evidence_claims::{Database, Diagnostic, LineIndex, Report, Span};

const BASE: &str = include_str!("base.toml");

/// One line a diagnostic, one a note, one a label.
fn rendered(report: &Report) -> String {
    let mut lines = String::new();
    for diagnostic in report.diagnostics() {
        let file = diagnostic.file().unwrap_or("-");
        let text = report.text(file).unwrap_or_default();
        let index = LineIndex::new(text);
        let at = index.position(text, diagnostic.span().start());
        let words: String = diagnostic.span().of(text).lines().next().unwrap_or_default().chars().take(60).collect();
        let (severity, rule, message) = (diagnostic.severity(), diagnostic.rule(), diagnostic.message());
        writeln!(lines, "{file}:{at}: {severity}[{rule}]: {message}").unwrap();
        writeln!(lines, "    at {words}").unwrap();
        for label in diagnostic.labels() {
            writeln!(lines, "    {} {}: {}", index.position(text, label.span.start()), label.span.of(text), label.text)
                .unwrap();
        }
        for note in diagnostic.notes() {
            writeln!(lines, "    {}: {}", note.kind.as_str(), note.text).unwrap();
        }
    }
    lines
}

fn broken() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut files: Vec<PathBuf> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn rules(report: &Report) -> Vec<&str> {
    report.diagnostics().iter().map(Diagnostic::rule).collect()
}

#[test]
fn every_planted_mistake_is_reported_as_written_down() {
    let mut different = Vec::new();
    for path in broken() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let report =
            Database::builder().text("base.toml", BASE).text(name.as_str(), fs::read_to_string(&path).unwrap()).check();
        assert!(report.database().is_none(), "{name} loads");
        let found = rendered(&report);
        let expected = path.with_extension("expected");
        if env::var_os("BLESS").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            different.push(format!("{}:\n{found}", expected.display()));
        }
    }
    assert!(different.is_empty(), "not as expected (BLESS=1 accepts):\n{}", different.join("\n"));
}

#[test]
fn every_rule_about_data_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = fs::read_to_string(root.join("tests/load.rs")).unwrap();
    for file in ["tests/packs.rs", "tests/rate.rs"] {
        tests.push_str(&fs::read_to_string(root.join(file)).unwrap());
    }
    for path in broken() {
        tests.push_str(&fs::read_to_string(path.with_extension("expected")).unwrap());
    }
    let mut sources = vec![root.join("src/load.rs"), root.join("src/database/builder.rs")];
    sources.extend(fs::read_dir(root.join("src/load")).unwrap().map(|entry| entry.unwrap().path()));
    let mut count = 0;
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("\"data/") {
            let rule = text[at + 1..].split('"').next().unwrap();
            if rule.contains('{') || rule.ends_with(".toml") {
                continue;
            }
            count += 1;
            assert!(tests.contains(rule), "{rule} of {} is tested nowhere", path.display());
        }
    }
    assert!(count > 30, "only {count} rules found");
    for reference in ["claim", "source", "term", "rule", "topic", "provenance"] {
        assert!(tests.contains(&format!("data/unknown-{reference}")), "data/unknown-{reference} is tested nowhere");
    }
}

#[test]
fn every_place_is_inside_its_file() {
    for path in broken() {
        let text = fs::read_to_string(&path).unwrap();
        // Every beginning of a file is a broken file, too.
        for end in (0..=text.len()).step_by(7).filter(|&end| text.is_char_boundary(end)) {
            let report = Database::builder().text("base.toml", BASE).text("cut.toml", &text[..end]).check();
            for diagnostic in report.diagnostics() {
                let text = report.text(diagnostic.file().unwrap()).unwrap();
                for span in diagnostic.labels().iter().map(|label| label.span).chain([diagnostic.span()]) {
                    assert!(text.get(span.start()..span.end()).is_some(), "{}: {diagnostic:?}", path.display());
                }
            }
        }
    }
}

#[test]
fn diagnostics_come_sorted_and_the_same_every_time() {
    let check = || {
        let mut builder = Database::builder().text("base.toml", BASE);
        for path in broken() {
            builder = builder.text(path.display().to_string(), fs::read_to_string(path).unwrap());
        }
        builder.check()
    };
    let first = check();
    let places: Vec<(Option<&str>, Span)> =
        first.diagnostics().iter().map(|diagnostic| (diagnostic.file(), diagnostic.span())).collect();
    assert!(places.is_sorted());
    assert_eq!(first.diagnostics(), check().diagnostics());
}

#[test]
fn an_error_carries_all_diagnostics_and_the_texts_they_are_about() {
    let error = Database::builder().text("mine.toml", "[[claim]]\nid = \"x\"").build().unwrap_err();
    assert!(error.is_invalid() && !error.is_io());
    assert!(error.diagnostics().len() > 5);
    assert_eq!(error.text("mine.toml"), Some("[[claim]]\nid = \"x\""));
    assert_eq!(error.text("other.toml"), None);
    assert!(error.to_string().contains("mine.toml: "), "{error}");
}

#[test]
fn a_file_with_windows_line_ends_loads_the_same() {
    let windows = BASE.replace('\n', "\r\n");
    let db = Database::builder().text("base.toml", windows).build().unwrap();
    assert_eq!(db.claims().len(), 1);
}

#[test]
fn a_database_without_any_pack_is_empty_and_works() {
    let db = Database::builder().build().unwrap();
    assert_eq!(db.claims().len() + db.sources().len() + db.terms().len(), 0);
    assert_eq!(db.version(), env!("CARGO_PKG_VERSION"));
    assert!(db.claim("x").is_none() && db.term("x").is_none() && db.topics().next().is_none());
}

#[test]
fn hostile_files_end_with_an_error_and_in_time() {
    let deep = format!("x = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let long_id = format!("[[claim]]\nid = \"{}\"\n", "a".repeat(1_000_000));
    let many_tables = "[[claim]]\n".repeat(100_000);
    let many_slips =
        format!("[[claim]]\n{}", (0..50_000).fold(String::new(), |text, at| text + &format!("k{at} = 1\n")));
    let many_breaks = "= =\n".repeat(20_000);
    let references = format!("[[rule]]\ntopics = [{}]\n", "\"nowhere\",".repeat(50_000));
    for text in [deep, long_id, many_tables, many_slips, many_breaks, references, "\0".repeat(1000)] {
        let report = Database::builder().builtin().text("hostile.toml", text).check();
        assert!(report.database().is_none());
        assert!(report.diagnostics().len() <= 10_001, "{}", report.diagnostics().len());
    }
}

#[test]
fn too_many_problems_end_with_a_word_about_the_rest() {
    let report = Database::builder().text("many.toml", "[[claim]]\n".repeat(5_000)).check();
    assert!(rules(&report).contains(&"data/too-many"));
    let told = report.diagnostics().len() - 1;
    let last = report.diagnostics().iter().find(|found| found.rule() == "data/too-many").unwrap();
    assert_eq!(last.message(), format!("more than {told} problems; the rest is not listed"));
}

#[test]
fn a_value_of_the_wrong_kind_is_named_for_what_it_is() {
    for (value, is) in [
        ("7", "a number"),
        ("7.5", "a decimal number"),
        ("true", "true or false"),
        ("2026-11-22", "a date"),
        ("[]", "a list"),
        ("{ a = 1 }", "a table"),
    ] {
        let text = format!("[[term]]\nid = \"stones\"\nclass = \"intervention\"\nlabel = {value}\n");
        let report = Database::builder().text("a.toml", text.as_str()).check();
        let found = report.diagnostics().iter().find(|found| found.rule() == "data/wrong-type").expect(value);
        assert_eq!(found.message(), format!("`label` must be text, not {is}"));
        assert_eq!(found.span().of(&text), value);
    }
    let report = Database::builder().text("a.toml", "term = \"stones\"").check();
    assert_eq!(report.diagnostics()[0].message(), "`term` must be a list of [[term]] records, not text");
}

#[test]
fn a_long_value_is_shown_by_its_beginning() {
    let told = |id: &str| {
        let text = format!("[[term]]\nid = \"{id}\"\nclass = \"intervention\"\nlabel = \"stones\"\n");
        let report = Database::builder().text("a.toml", text).check();
        report.diagnostics().iter().find(|found| found.rule() == "data/id-format").expect(id).message().to_owned()
    };
    assert_eq!(told(&"É".repeat(80)), format!("`{}` is not an id", "É".repeat(80)));
    assert_eq!(told(&"É".repeat(81)), format!("`{}…` is not an id", "É".repeat(80)));
    // A mark of two bytes that would move the cursor becomes a space of one, and nothing is left out.
    assert_eq!(told("warm\u{85}stones"), "`warm stones` is not an id");
}

#[test]
fn a_form_is_the_same_with_capitals_and_with_a_hyphen() {
    let terms = |class: &str, form: &str| {
        let first =
            "[[term]]\nid = \"stones\"\nclass = \"intervention\"\nlabel = \"stones\"\nforms = [\"hot stones\"]\n";
        let second =
            format!("[[term]]\nid = \"rocks\"\nclass = \"{class}\"\nlabel = \"rocks\"\nforms = [\"{form}\"]\n");
        let report = Database::builder().text("a.toml", format!("{first}{second}")).check();
        report.diagnostics().iter().map(|found| found.message().to_owned()).collect::<Vec<_>>()
    };
    for form in ["hot stones", "Hot Stones", "hot-stones", "HOT-stones"] {
        assert_eq!(terms("intervention", form), [format!("`{form}` is also a form of `stones`")]);
    }
    assert_eq!(terms("intervention", "hotstones"), [""; 0]);
    assert_eq!(terms("comparator", "hot stones"), [""; 0]);
}

#[test]
fn an_id_that_is_taken_is_shown_where_it_was_used_first() {
    let term = "[[term]]\nid = \"stones\"\nclass = \"intervention\"\nlabel = \"stones\"\n";
    let report = Database::builder().text("a.toml", format!("{term}{term}")).check();
    let [found] = report.diagnostics() else { panic!("{}", rendered(&report)) };
    let [label] = found.labels() else { panic!("{found:?}") };
    assert_eq!((&*label.text, label.span.start() < found.span().start()), ("first used here", true));
    // In another file it cannot be pointed at.
    let report = Database::builder().text("a.toml", term).text("b.toml", term).check();
    let [found] = report.diagnostics() else { panic!("{}", rendered(&report)) };
    assert!(found.labels().is_empty());
    assert!(found.notes().iter().any(|note| &*note.text == "it is used in a.toml, line 1"), "{found:?}");
}

/// A source with this DOI, and an effect with this estimate and interval.
fn figures(doi: &str, estimate: &str, interval: &str) -> Report {
    let source = "[[source]]\nid = \"doe-2026-toes\"\ntitle = \"Toes\"\nauthors = [\"Doe J-P\"]\nyear = 2026\ndesign = \"survey\"\n";
    let effect = "[[source.effect]]\nname = \"toes\"\noutcome = \"toe temperature\"\nmeasure = \"md\"\nunit = \"°C\"\nfavours = \"neither\"\n";
    let text = format!("{source}doi = \"{doi}\"\n{effect}estimate = {estimate}\ninterval = [{interval}]\n");
    Database::builder().text("toes.toml", text).check()
}

#[test]
fn a_doi_is_ten_dot_a_registrant_with_or_without_parts_and_a_name() {
    for doi in ["10.5555/toes", "10.5555.12.3/toes(1)", "10.123456789/1"] {
        assert_eq!(rules(&figures(doi, "0.3", "0.1, 0.5")), [""; 0], "{doi}");
    }
    for doi in
        ["10.555/toes", "10.1234567890/toes", "10.55a5/toes", "10.5555", "10.5555/", "10.5555/my toes", "11.5555/toes"]
    {
        assert_eq!(rules(&figures(doi, "0.3", "0.1, 0.5")), ["data/malformed-doi"], "{doi}");
    }
}

#[test]
fn an_interval_may_be_a_point_and_holds_its_estimate() {
    for (estimate, interval) in [("0.3", "0.3, 0.3"), ("0.3", "0.3, 0.5"), ("0.3", "-0.1, 0.3")] {
        assert_eq!(rules(&figures("10.5555/toes", estimate, interval)), [""; 0], "{estimate} in {interval}");
    }
    for (estimate, interval) in [("0.3", "0.5, 0.1"), ("0.3", "0.31, 0.5"), ("0.3", "-0.3, 0.29")] {
        assert_eq!(
            rules(&figures("10.5555/toes", estimate, interval)),
            ["data/interval-order"],
            "{estimate} in {interval}"
        );
    }
}

#[test]
fn a_row_of_a_plot_names_the_family_and_the_year() {
    let report = figures("10.5555/toes", "0.3", "0.1, 0.5");
    let source = report.readable().source("doe-2026-toes").unwrap();
    assert_eq!((source.short_citation(), source.year()), ("Doe 2026".to_owned(), Some(2026)));
}
