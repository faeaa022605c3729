//! The handbook of the data is true: its examples are one pack that loads, its rule and its patterns find what they say,
//! and it explains every word of every vocabulary. So are the recipes of CONTRIBUTING.md, beside the built-in pack.

use std::collections::BTreeSet;

use evidence_claims::{
    Basis, Builder, Certainty, Database, Design, Direction, Domain, Favours, Magnitude, Measure, Report, RuleKind,
    RuleStatus, Scope, Severity, Strength, Wanted,
};

const HANDBOOK: &str = include_str!("../data/README.md");
const RECIPES: &str = include_str!("../CONTRIBUTING.md");

/// The `toml` blocks of a page with the lines they begin on.
fn blocks(page: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (line, text) in page.lines().enumerate() {
        match (inside, text) {
            (false, "```toml") => {
                inside = true;
                blocks.push((line + 2, String::new()));
            }
            (true, "```") => inside = false,
            (true, _) => {
                let block = &mut blocks.last_mut().unwrap().1;
                block.push_str(text);
                block.push('\n');
            }
            _ => {}
        }
    }
    blocks
}

/// Adds all blocks of a page, each under the line that it begins on.
fn with(builder: Builder, name: &str, page: &str) -> Builder {
    blocks(page).into_iter().fold(builder, |builder, (line, block)| builder.text(format!("{name}:{line}"), block))
}

fn with_handbook(builder: Builder) -> Builder {
    with(builder, "data/README.md", HANDBOOK)
}

fn with_recipes(builder: Builder) -> Builder {
    with(builder, "CONTRIBUTING.md", RECIPES)
}

#[track_caller]
fn assert_sound(report: &Report) {
    let problems: Vec<String> = report
        .diagnostics()
        .iter()
        .map(|d| {
            let file = d.file().unwrap_or_default();
            format!("{file} `{}`: {} [{}]", d.span().of(report.text(file).unwrap_or_default()), d.message(), d.rule())
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(report.database().is_some());
}

#[test]
fn the_examples_together_are_a_pack() {
    let report = with_handbook(Database::builder()).check();
    assert_sound(&report);
    let db = report.into_database().unwrap();
    assert_eq!(db.claim("acme-spa:pebbles-feet").map(|claim| claim.id()), Some("acme-spa:warm-pebbles-foot-warmth"));
    assert!(db.sources().len() >= 3 && db.rules().len() == 1 && db.profiles().len() == 1);
}

#[test]
fn the_examples_can_be_added_to_the_built_in_pack() {
    assert_sound(&with_handbook(Database::builder().builtin()).check());
}

#[test]
fn the_recipes_can_be_added_to_the_built_in_pack() {
    let report = with_recipes(Database::builder().builtin()).check();
    assert_sound(&report);
    let db = report.into_database().unwrap();
    assert!(db.claim("local:foot-massage-warm-feet").is_some() && db.source("local:doe-2026-feet").is_some());
}

#[test]
fn every_word_of_every_vocabulary_is_explained() {
    let mut words: BTreeSet<&str> = BTreeSet::new();
    macro_rules! words_of {
        ($($name:ident),+) => { $(words.extend($name::ALL.iter().map(|value| value.as_str()));)+ };
    }
    words_of!(Basis, Certainty, Design, Direction, Domain, Favours, Magnitude, Measure, RuleKind, RuleStatus, Scope);
    words_of!(Severity, Strength, Wanted);
    words.extend(Database::builtin().terms().map(|term| term.class()));
    let missing: Vec<&str> = words.into_iter().filter(|word| !HANDBOOK.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "not in data/README.md: {}", missing.join(", "));
}

#[cfg(feature = "check")]
mod check {
    use evidence_claims::{Checker, Database, Document, NoteKind, Rule};

    use super::{HANDBOOK, with_handbook, with_recipes};

    /// Whether a rule fires, by itself or as a note on a more specific one.
    fn fires(checker: &Checker<'_>, rule: &str, text: &str) -> bool {
        let also = format!("{rule}: ");
        checker.check(&Document::markdown(text)).iter().any(|diagnostic| {
            diagnostic.rule() == rule
                || diagnostic.notes().iter().any(|note| note.kind == NoteKind::Also && note.text.starts_with(&also))
        })
    }

    /// Runs the examples of a rule.
    fn assert_examples(checker: &Checker<'_>, rule: Rule<'_>) {
        assert!(checker.problems().is_empty(), "{:?}", checker.problems());
        assert!(rule.bad().len() > 0 && rule.good().len() > 0);
        for example in rule.bad() {
            assert!(fires(checker, rule.name(), &example.replace("[[", "").replace("]]", "")), "{example}");
        }
        for example in rule.good() {
            assert!(!fires(checker, rule.name(), example), "{example}");
        }
    }

    #[test]
    fn the_rule_of_the_handbook_does_what_its_examples_say() {
        let db = with_handbook(Database::builder().builtin()).build().unwrap();
        let checker = Checker::new(&db).profile("acme-house-style").unwrap();
        assert_examples(&checker, db.rule("acme-spa:pebble-energy").unwrap());
    }

    #[test]
    fn the_recipes_prove_themselves() {
        let db = with_recipes(Database::builder().builtin()).build().unwrap();
        let checker = Checker::new(&db);
        assert_examples(&checker, db.rule("local:foot-map").unwrap());

        let claim = db.claim("local:foot-massage-warm-feet").unwrap();
        assert_eq!(checker.check(&Document::plain(claim.honest())), []);
        for overclaim in claim.overclaims().chain(claim.marketing()) {
            let found = checker.check(&Document::markdown(format!("- {overclaim}\n")));
            assert!(found.iter().any(|finding| finding.claim() == Some(claim.id())), "{overclaim}");
        }
    }

    /// Rows of the table of patterns: a pattern, sentences that it finds, sentences that it leaves alone.
    fn rows() -> impl Iterator<Item = [String; 3]> {
        let (_, table) = HANDBOOK.split_once("| pattern | finds | leaves alone |\n| --- | --- | --- |\n").unwrap();
        table.lines().take_while(|line| line.starts_with('|')).map(|line| {
            let line = line.replace("\\|", "\u{1}");
            let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|"));
            [(); 3].map(|()| cells.next().unwrap())
        })
    }

    #[test]
    fn every_pattern_finds_what_its_row_says() {
        let rows: Vec<[String; 3]> = rows().collect();
        assert!(rows.len() >= 8, "the table is there");
        let mut rules = String::new();
        for (row, [pattern, ..]) in rows.iter().enumerate() {
            let pattern = pattern.trim_matches('`');
            rules.push_str(&format!(
                "[[rule]]\nname = \"row-{row}\"\nfamily = \"row\"\nkind = \"phrase\"\nseverity = \"error\"\n\
                 message = \"m\"\nwhy = \"w\"\nscope = \"any\"\npatterns = ['{pattern}']\n"
            ));
        }
        let db = with_handbook(Database::builder().builtin()).text("rows.toml", rules).build().unwrap();
        let checker = Checker::new(&db);
        assert!(checker.problems().is_empty(), "{:?}", checker.problems());
        let mut wrong = Vec::new();
        for (row, [pattern, finds, leaves]) in rows.iter().enumerate() {
            for (text, expected) in [(finds, true), (leaves, false)] {
                for sentence in text.split_inclusive(". ").map(str::trim) {
                    if fires(&checker, &format!("acme-spa:row-{row}"), sentence) != expected {
                        wrong.push(format!("{pattern} on \"{sentence}\": expected {expected}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
