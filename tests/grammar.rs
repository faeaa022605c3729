//! The grammar of claims: a construction that claims is found with every outcome, one that denies, doubts, asks or warns with none.
//! The constructions are in `tests/grammar.toml`; a new one belongs there when it should hold whatever the outcome is.
//! How each is read with the first of its outcomes stands in `tests/grammar.read`.
#![cfg(feature = "check")]

use std::path::Path;

use evidence_claims::{Checker, Database, Document, Severity};
use serde::Deserialize;
use snapshot::{as_read, difference, on_one_line};

#[path = "corpus/snapshot.rs"]
mod snapshot;

#[derive(Deserialize)]
struct Constructions {
    outcomes: Vec<String>,
    sentences: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Grammar {
    claims_less: Constructions,
    claims_more: Constructions,
    claims_nothing: Constructions,
}

fn grammar() -> Grammar {
    toml::from_str(include_str!("grammar.toml")).expect("the constructions are TOML")
}

fn filled(sentence: &str, outcome: &str) -> String {
    let (first, rest) = outcome.split_at(1);
    sentence.replace("{x}", outcome).replace("{X}", &(first.to_uppercase() + rest))
}

fn on_a_page(said: &str) -> Document {
    Document::markdown(format!("# Massage\n\nWe are open on Monday.\n\n{said}\n"))
}

/// The sentences whose finding, or lack of one, is not what `claims` says.
fn wrong(of: &Constructions, claims: bool) -> Vec<String> {
    let checker = Checker::new(Database::builtin());
    let mut wrong = Vec::new();
    for sentence in &of.sentences {
        for outcome in &of.outcomes {
            let said = filled(sentence, outcome);
            let found = checker.check(&on_a_page(&said));
            let serious = found.iter().find(|finding| finding.severity() > Severity::Note);
            if serious.is_some() != claims {
                wrong.push(format!("{said}   {}", serious.map(|finding| finding.message()).unwrap_or_default()));
            }
        }
    }
    wrong
}

#[test]
fn a_construction_that_claims_is_found_with_every_outcome() {
    let grammar = grammar();
    let mut missed = wrong(&grammar.claims_less, true);
    missed.extend(wrong(&grammar.claims_more, true));
    assert!(missed.is_empty(), "{} are missed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_construction_that_denies_doubts_asks_or_warns_is_silent_with_every_outcome() {
    let alarms = wrong(&grammar().claims_nothing, false);
    assert!(alarms.is_empty(), "{} are alarms:\n{}", alarms.len(), alarms.join("\n"));
}

#[test]
fn how_a_construction_is_read_changes_only_where_somebody_looks() {
    let checker = Checker::new(Database::builtin());
    let Grammar { claims_less, claims_more, claims_nothing } = grammar();
    let mut now = String::new();
    for of in [&claims_less, &claims_more, &claims_nothing] {
        for sentence in &of.sentences {
            let said = filled(sentence, &of.outcomes[0]);
            let page = on_a_page(&said);
            now += &said;
            now.push('\n');
            now.extend(checker.explain(&page).iter().map(|sentence| as_read(sentence, page.text())));
            for found in checker.check(&page) {
                let words = on_one_line(found.span().of(page.text()));
                now += &format!("  {} {}: {words}\n", found.severity(), found.rule());
            }
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grammar.read");
    let different = difference(&file, &now).unwrap_or_default();
    assert!(different.is_empty(), "not as written down (BLESS=1 accepts):\n{different}");
}

#[test]
fn a_yes_says_what_the_question_asks_and_is_found_where_it_stands() {
    let checker = Checker::new(Database::builtin());
    let page = Document::plain("Does massage boost your immune system? Absolutely. Ask us.");
    let found = checker.check(&page);
    let yes = found.iter().find(|finding| finding.severity() > Severity::Note).expect("a yes claims");
    assert_eq!((yes.rule(), yes.span().of(page.text())), ("immune-boost-claim", "Absolutely"));
    assert!(yes.message().starts_with("\"Absolutely\""), "{}", yes.message());
    assert_eq!(yes.labels()[0].span.of(page.text()), "massage boost your immune system");
    assert_eq!(yes.labels()[0].text.as_ref(), "the question");
    let read = checker.explain(&page);
    assert_eq!(read[0].silent.as_deref(), Some("a question"));
    assert_eq!(read[1].assertions[0].term, "immune-system");
    // What the answer says itself is enough.
    let page = Document::plain("Does massage flush toxins? Yes, it flushes toxins out.");
    let found = checker.check(&page);
    let own: Vec<&str> = found.iter().map(|finding| finding.span().of(page.text())).collect();
    assert_eq!(own, ["flushes toxins out"]);
}

#[test]
fn a_yes_after_a_heading_or_another_sentence_affirms_only_a_question() {
    let checker = Checker::new(Database::builtin());
    for page in ["Massage and immunity. Absolutely.", "Does massage boost immunity? Ask us. Absolutely."] {
        assert!(checker.check(&Document::plain(page)).is_empty(), "{page}");
    }
}
