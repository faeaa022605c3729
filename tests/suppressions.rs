//! Findings that are kept: by a comment at any place of a page, or by the project file. Each needs a reason, and each that is
//! no longer needed is found.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Date, Diagnostic, Document, Project, RuleKind, Sieve, Sifted};

fn today() -> Date {
    "2026-11-25".parse().unwrap()
}

fn sift(text: &str, project: &Project) -> (Sifted, Vec<Diagnostic>) {
    let checker = Checker::new(Database::builtin());
    let page = Document::markdown(text);
    let sieve = Sieve::new(&checker, today()).project(project);
    (sieve.sift(&page, checker.check(&page), |_| true), sieve.finish())
}

fn rules(text: &str) -> Vec<String> {
    let shown = sift(text, &Project::default()).0.shown;
    shown.iter().map(|diagnostic| diagnostic.rule().to_owned()).collect()
}

#[track_caller]
fn kept(text: &str) {
    let sifted = sift(text, &Project::default()).0;
    assert!(sifted.shown.is_empty(), "{:?}", sifted.shown.iter().map(Diagnostic::message).collect::<Vec<_>>());
    assert_eq!(sifted.suppressed[0].because.as_ref(), "a quotation");
}

#[test]
fn a_comment_keeps_the_next_line_with_words() {
    kept("<!-- claims-ignore-next-line detox-claim: a quotation -->\nMassage flushes toxins.");
    kept("<!-- claims-ignore-next-line detox-claim: a quotation -->\n\n<!-- another -->\n\nMassage flushes toxins.");
    kept("<!--\n  claims-ignore-next-line\n  detox-claim: a\n  quotation\n-->\n\nMassage flushes toxins.");
    let two =
        "<!-- claims-ignore-next-line detox-claim: a quotation -->\nMassage flushes toxins.\n\nMassage flushes toxins.";
    assert_eq!(rules(two), ["detox-claim"]);
}

#[test]
fn a_comment_works_in_lists_headings_emphasis_tables_links_and_quotations() {
    let comment = "<!-- claims-ignore-line detox-claim: a quotation -->";
    for page in [
        "- An hour\n- Flushes toxins. {}\n- A cup of tea",
        "1. An hour\n   1. Massage flushes toxins. {}",
        "# Massage flushes toxins {}\n\nAn hour costs 60 euros.",
        "Our **massage {} flushes toxins**.",
        "Our *massage flushes {} toxins*.",
        "> Massage flushes toxins. {}",
        "| what | price |\n| --- | --- |\n| Massage flushes toxins. {} | 60 |",
        "[Massage flushes toxins {}](https://example.org)",
        "A note.[^1]\n\n[^1]: Massage flushes toxins. {}",
    ] {
        let without = rules(&page.replace("{}", ""));
        assert_eq!(without, ["detox-claim"], "{page}");
        let sifted = sift(&page.replace("{}", comment), &Project::default()).0;
        let shown: Vec<&str> = sifted.shown.iter().map(Diagnostic::message).collect();
        assert!(shown.is_empty(), "{page}: {shown:?}");
    }
}

#[test]
fn a_comment_in_code_is_code() {
    assert!(rules("```html\n<!-- claims-ignore-line detox-claim: a quotation -->\n```").is_empty());
    assert!(rules("Write `<!-- claims-ignore-line detox-claim: a quotation -->` at the end.").is_empty());
}

#[test]
fn a_region_ends_where_it_is_enabled_and_a_file_nowhere() {
    let region =
        "<!-- claims-disable detox-claim: a quotation -->\n\nMassage flushes toxins.\n\n<!-- claims-enable -->";
    kept(region);
    assert_eq!(rules(&format!("{region}\n\nMassage flushes toxins.")), ["detox-claim"]);
    kept("<!-- claims-disable detox-claim: a quotation -->\n\nMassage flushes toxins.");
    kept("Massage flushes toxins.\n\n<!-- claims-disable-file detox-claim: a quotation -->");
    let one = "<!-- claims-disable detox-claim: a -->\n\n<!-- claims-disable cure-claim: b -->\n\nMassage cures arthritis. \
               Massage flushes toxins.\n\n<!-- claims-enable cure-claim -->\n\nMassage cures arthritis. Massage flushes toxins.";
    assert_eq!(rules(one), ["cure-claim"]);
}

#[test]
fn a_comment_can_name_several_rules_and_the_words() {
    let two =
        "Massage flushes toxins and cures arthritis. <!-- claims-ignore-line detox-claim, cure-claim: a quotation -->";
    kept(two);
    let words = "Massage flushes toxins. It removes toxins. <!-- claims-ignore-line detox-claim \"Flushes *toxins*\": a quotation -->";
    let shown = sift(words, &Project::default()).0.shown;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].span().of(words), "removes toxins");
}

#[test]
fn examples_of_the_rules_do_what_they_say() {
    let mut count = 0;
    for rule in Database::builtin().rules().filter(|rule| rule.kind() == RuleKind::Suppression) {
        for example in rule.bad() {
            count += 1;
            let (before, rest) = example.split_once("[[").unwrap();
            let (words, after) = rest.split_once("]]").unwrap();
            let found = sift(&format!("{before}{words}{after}"), &Project::default()).0.shown;
            let hit = found.iter().find(|found| found.rule() == rule.name());
            let span = hit.unwrap_or_else(|| panic!("{} is silent on {example}: {found:?}", rule.name())).span();
            assert_eq!((span.start(), span.len()), (before.len(), words.len()), "{example}");
        }
        for example in rule.good() {
            assert!(!rules(example).contains(&rule.name().to_owned()), "{}: {example}", rule.name());
        }
        assert!(rule.bad().len() > 0 && rule.good().len() > 0, "{}", rule.name());
    }
    assert!(count >= 5);
}

#[test]
fn an_expired_comment_shows_the_finding_again_and_its_last_day_still_counts() {
    let page =
        |day: &str| format!("Massage flushes toxins. <!-- claims-ignore-line detox-claim until {day}: a quotation -->");
    assert_eq!(rules(&page("2026-11-24")), ["detox-claim", "suppression/expired"]);
    kept(&page("2026-11-25"));
}

#[test]
fn a_comment_without_a_reason_keeps_its_finding_and_is_one() {
    assert_eq!(rules("Massage flushes toxins. <!-- claims-ignore-line detox-claim -->"), ["suppression/unexplained"]);
}

#[test]
fn severities_hold_for_suppressions_too() {
    let checker = Checker::new(Database::builtin()).severity("suppression/unused", evidence_claims::Severity::Note);
    let page = Document::markdown("An hour. <!-- claims-ignore-line detox-claim: a quotation -->");
    let shown = Sieve::new(&checker, today()).sift(&page, Vec::new(), |_| true).shown;
    assert_eq!(shown[0].severity(), evidence_claims::Severity::Note);
}

const PROJECT: &str = r#"
[[allow]]
rule = "detox-claim"
words = "flushes toxins"
because = "the page answers the myth"

[[allow]]
claim = "cortisol-single-session"
because = "the book's title"
until = 2026-11-24

[[allow]]
words = "better sleep"
path = "other.md"
because = "never used here"
"#;

#[test]
fn the_project_file_keeps_findings_and_says_which_entries_keep_none() {
    let project = Project::read("evidence.toml", PROJECT).unwrap();
    let checker = Checker::new(Database::builtin());
    let page = Document::markdown("Massage *flushes* toxins. Massage lowers cortisol.");
    let sieve = Sieve::new(&checker, today()).project(&project);
    let sifted = sieve.sift(&page, checker.check(&page), |allow| allow.path().is_none());
    assert_eq!(sifted.suppressed.len(), 1);
    assert!(sifted.suppressed[0].by_project);
    assert_eq!(sifted.shown.len(), 1, "the second entry has run out");
    let about: Vec<(String, &str)> = sieve
        .finish()
        .iter()
        .map(|found| (found.rule().to_owned(), found.span().of(project.text())))
        .map(|(rule, words)| (rule, if words == "[[allow]]" { "header" } else { "elsewhere" }))
        .collect();
    assert_eq!(about, [("suppression/expired".to_owned(), "header"), ("suppression/unused".to_owned(), "header")]);
}

#[test]
fn mistakes_of_a_project_file_have_places_and_advice() {
    let found = |text: &str| {
        let error = Project::read("evidence.toml", text).unwrap_err();
        let one = &error.diagnostics()[0];
        (one.rule().to_owned(), one.span().of(text).to_owned(), one.notes().first().map(|note| note.text.to_string()))
    };
    assert_eq!(
        found("profil = \"uk-cap\""),
        ("data/unknown-key".into(), "profil".into(), Some("did you mean `profile`?".into()))
    );
    assert_eq!(found("fail-on = \"warnings\"").1, "\"warnings\"");
    assert_eq!(found("files = \"site\"").2.unwrap(), "put it between brackets: [\"site\"]");
    assert_eq!(found("[[allow]]\nrule = \"detox-claim\"").0, "data/missing-key");
    assert_eq!(found("[[allow]]\nbecause = \"x\"").0, "data/missing-key");
    assert_eq!(
        found("[severity]\ndetox-claim = \"of\"").2.unwrap(),
        "did you mean `off`? (write one of error, warning, note, off)"
    );
    assert_eq!(found("profile = \"uk").0, "data/syntax");
}
