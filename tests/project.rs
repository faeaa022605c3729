//! A project file: what it may say, and how its mistakes are told at their place.

use evidence_claims::{Database, Diagnostic, Error, Project, Severity};

/// Each mistake: its rule, the words it stands at, its message, and its advice.
fn told(error: &Error, text: &str) -> Vec<[String; 4]> {
    let line = |found: &Diagnostic| {
        assert_eq!(found.file(), Some("evidence.toml"));
        let advice = found.notes().first().map_or_else(String::new, |note| note.text.to_string());
        [found.rule().to_owned(), found.span().of(text).to_owned(), found.message().to_owned(), advice]
    };
    error.diagnostics().iter().map(line).collect()
}

const FULL: &str = r#"
packs = ["evidence/own"]
files = ["site", "mail/*.md"]
exclude = ["site/old"]
profile = "uk-cap"
fail-on = "warning"
format = "sarif"
notes = "all"
baseline = "known.json"

[severity]
detox-claim = "error"
can-as-hedge = "off"

[[allow]]
rule = "detox-claim"
claim = "cortisol-single-session"
words = "flush"
path = "site/blog/*"
because = "It quotes a reader."
until = 2027-01-01

[[allow]]
rule = "cure-claim"
because = "The page tells what the law forbids."
"#;

#[test]
fn all_that_a_file_says_can_be_read_with_its_place() {
    let project = Project::read("evidence.toml", FULL).unwrap();
    assert_eq!((project.name(), project.text()), ("evidence.toml", FULL));
    for (list, expected) in [
        (project.packs(), &["evidence/own"][..]),
        (project.files(), &["site", "mail/*.md"]),
        (project.exclude(), &["site/old"]),
    ] {
        let values: Vec<&str> = list.iter().map(|setting| setting.value.as_str()).collect();
        assert_eq!(values, expected);
        for setting in list {
            assert_eq!(setting.span.of(FULL).trim_matches('"'), setting.value);
        }
    }
    for (setting, expected) in [
        (project.profile(), "uk-cap"),
        (project.fail_on(), "warning"),
        (project.format(), "sarif"),
        (project.notes(), "all"),
        (project.baseline(), "known.json"),
    ] {
        let setting = setting.expect(expected);
        assert_eq!((setting.value.as_str(), setting.span.of(FULL).trim_matches('"')), (expected, expected));
    }
    let severities: Vec<_> =
        project.severities().iter().map(|(rule, level)| (rule.value.as_str(), level.value)).collect();
    assert_eq!(severities, [("detox-claim", Some(Severity::Error)), ("can-as-hedge", None)]);
    let [first, second] = project.allows() else { panic!("{:?}", project.allows()) };
    assert_eq!(
        (first.rule(), first.claim(), first.words(), first.path(), first.because()),
        (
            Some("detox-claim"),
            Some("cortisol-single-session"),
            Some("flush"),
            Some("site/blog/*"),
            "It quotes a reader."
        )
    );
    assert_eq!(first.path_span().unwrap().of(FULL).trim_matches('"'), "site/blog/*");
    assert_eq!(first.until().unwrap().to_string(), "2027-01-01");
    assert_eq!(
        (second.rule(), second.claim(), second.words(), second.path(), second.path_span(), second.until()),
        (Some("cure-claim"), None, None, None, None, None)
    );
    project.resolve(Database::builtin()).expect("all names are known");
}

#[test]
fn names_that_nobody_has_are_told_in_the_order_of_the_file() {
    let text = r#"profile = "uk-cop"

[severity]
detox-clam = "note"
zzzzzzzzzz = "note"

[[allow]]
rule = "detox-clam"
because = "So."

[[allow]]
claim = "cortisol-single-sesion"
because = "So."
"#;
    let error = Project::read("evidence.toml", text).unwrap().resolve(Database::builtin()).unwrap_err();
    assert!(error.is_invalid());
    let expected = [
        ["data/unknown-profile", "\"uk-cop\"", "there is no profile `uk-cop`", "did you mean `uk-cap`?"],
        ["data/unknown-rule", "detox-clam", "there is no rule `detox-clam`", "did you mean `detox-claim`?"],
        ["data/unknown-rule", "zzzzzzzzzz", "there is no rule `zzzzzzzzzz`", "`claims rules` lists them"],
        ["data/unknown-rule", "\"detox-clam\"", "there is no rule `detox-clam`", "did you mean `detox-claim`?"],
        [
            "data/unknown-claim",
            "\"cortisol-single-sesion\"",
            "there is no claim `cortisol-single-sesion`",
            "did you mean `cortisol-single-session`?",
        ],
    ];
    assert_eq!(told(&error, text), expected);
}

#[test]
fn a_name_with_signs_that_move_the_cursor_is_shown_without_them() {
    let text = "profile = \"uk\\u001b[2Jcap\"";
    let error = Project::read("evidence.toml", text).unwrap().resolve(Database::builtin()).unwrap_err();
    assert_eq!(error.diagnostics()[0].message(), "there is no profile `uk [2Jcap`");
}

#[test]
fn a_value_that_the_program_does_not_know_is_told_with_those_it_knows() {
    let text = "format = \"sarf\"\nnotes = \"zzzzzz\"";
    let project = Project::read("evidence.toml", text).unwrap();
    let known = &["human", "sarif"];
    let error = project.unknown_value(project.format().unwrap(), "format", known);
    let advice = "did you mean `sarif`? (write one of human, sarif)";
    assert_eq!(told(&error, text), [["data/unknown-value", "\"sarf\"", "`sarf` is not a format", advice]]);
    let error = project.unknown_value(project.notes().unwrap(), "way to show notes", known);
    assert_eq!(told(&error, text)[0][2..], ["`zzzzzz` is not a way to show notes", "write one of human, sarif"]);
    let error = project.unknown_value(project.notes().unwrap(), "day", &["2026-11-22"]);
    assert_eq!(told(&error, text)[0][3], "write one such as 2026-11-22");
}
