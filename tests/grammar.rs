//! The grammar of claims: a construction that claims is found with every outcome, one that denies, doubts, asks or warns with none.
//! The constructions are in `tests/grammar.toml`; a new one belongs there when it should hold whatever the outcome is.
//! How each is read with the first of its outcomes stands in `tests/grammar.read`, and how when it is turned in two dozen ways in
//! `tests/grammar.turns`.
#![cfg(feature = "check")]

use std::path::Path;

use evidence_claims::{Applicability, Checker, Database, Document, Severity};
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
    turns: Turns,
}

/// Sentences without an outcome to be filled in.
#[derive(Deserialize)]
struct Turns {
    sentences: Vec<String>,
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

/// Compares with a file of `tests/`.
fn stays(file: &str, now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    let different = difference(&file, now).unwrap_or_default();
    assert!(different.is_empty(), "not as written down (BLESS=1 accepts):\n{different}");
}

#[test]
fn how_a_construction_is_read_changes_only_where_somebody_looks() {
    let checker = Checker::new(Database::builtin());
    let Grammar { claims_less, claims_more, claims_nothing, turns } = grammar();
    let constructions = [&claims_less, &claims_more, &claims_nothing];
    let filled = constructions.into_iter().flat_map(|of| of.sentences.iter().map(|said| filled(said, &of.outcomes[0])));
    let mut now = String::new();
    for said in filled.chain(turns.sentences) {
        let page = on_a_page(&said);
        now += &said;
        now.push('\n');
        now.extend(checker.explain(&page).iter().map(|sentence| as_read(sentence, page.text())));
        for found in checker.check(&page) {
            let words = on_one_line(found.span().of(page.text()));
            now += &format!("  {} {}: {words}", found.severity(), found.rule());
            // An edit that leaves the sentence standing; `~>` where a person must look.
            if let Some(edit) = found.fixes().iter().find(|edit| edit.replacement().len() < 32) {
                let arrow = if edit.applicability() == Applicability::Automatic { "->" } else { "~>" };
                now += &format!(" [{} {arrow} {}]", edit.span().of(page.text()), edit.replacement());
            }
            now.push('\n');
        }
    }
    stays("grammar.read", &now);
}

/// What may be done with a sentence: `said` stands without the full stop.
type Turn = fn(said: &str) -> String;

/// Ways to put a sentence that change how it must be read, or must not.
const TURNS: [(&str, Turn); 26] = [
    ("as it is", |said| format!("{said}.")),
    ("asked", |said| format!("{said}?")),
    ("quoted", |said| format!("“{said}.”")),
    ("told by a client", |said| format!("“{said},” says Ana.")),
    ("a heading", |said| format!("# {said}")),
    ("a quoted heading", |said| format!("# “{said}”")),
    ("an item", |said| format!("- {said}")),
    ("an item that is offered", |said| format!("Massage can help with:\n\n- {said}")),
    ("an item that is hedged", |said| format!("Massage may help with:\n\n- {said}")),
    ("an item of conditions", |said| format!("Conditions that we probably treat:\n\n- {said}")),
    ("an item that is denied", |said| format!("We do not treat:\n\n- {said}")),
    ("a myth", |said| format!("# Two myths about massage\n\n## 1. {said}")),
    ("behind a question", |said| format!("Tired of back pain? {said}.")),
    ("answered", |said| format!("{said}? Absolutely.")),
    ("without commas", |said| format!("{}.", said.replace(',', ""))),
    ("denied", |said| format!("It is not true that {said}.")),
    ("suggested", |said| format!("Some studies suggest that {said}.")),
    ("felt", |said| format!("Many clients feel that {said}.")),
    ("with a condition", |said| format!("If you sit all day, {said}.")),
    ("for a day", |said| format!("{said} for a day.")),
    ("a little, with a source", |said| format!("{said} a little [1].")),
    ("but", |said| format!("Studies are small, but {said}.")),
    ("with another sentence", |said| format!("{said}; ask your doctor first.")),
    ("another verb before", |said| format!("Stress fades and {said}.")),
    ("exercise", |said| format!("{}.", said.replace("Massage", "Exercise").replace("massage", "exercise"))),
    ("dramatically", |said| format!("{said} dramatically.")),
];

/// The worst finding, how many there are, and for each assertion its rung: a capital where a size is large, a mark where it is small.
fn in_brief(checker: &Checker<'_>, said: &str) -> String {
    let page = on_a_page(said);
    let found = checker.check(&page);
    let worst = found.iter().map(|finding| finding.severity()).max();
    let mut brief = worst.map_or_else(|| "-".to_owned(), |worst| format!("{}{}", &worst.to_string()[..1], found.len()));
    for read in checker.explain(&page).iter().flat_map(|sentence| &sentence.assertions) {
        let rung = match read.strength.as_str() {
            "probable" => "r",
            other => &other[..1],
        };
        brief += &if read.inflated { rung.to_uppercase() } else { rung.to_owned() };
        brief += if read.modest { "'" } else { "" };
    }
    brief
}

#[test]
fn a_construction_that_is_turned_is_read_as_written_down() {
    let checker = Checker::new(Database::builtin());
    let Grammar { claims_less, claims_more, claims_nothing, .. } = grammar();
    let names: Vec<&str> = TURNS.iter().map(|(name, _)| *name).collect();
    let mut now = format!("{}\n", names.join(" | "));
    for of in [&claims_less, &claims_more, &claims_nothing] {
        // Every second one: their neighbours are like them.
        for sentence in of.sentences.iter().step_by(2) {
            let said = filled(sentence, &of.outcomes[0]);
            let said = said.trim_end_matches('.');
            let cells: Vec<String> = TURNS.iter().map(|(_, turn)| in_brief(&checker, &turn(said))).collect();
            now += &format!("{} | {said}\n", cells.join(" "));
        }
    }
    stays("grammar.turns", &now);
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
    // What is only remarked on is not.
    let page = Document::plain("Does massage boost immunity? Yes, and a session of massage can reduce anxiety.");
    let found: Vec<_> =
        checker.check(&page).iter().map(|finding| (finding.rule().to_owned(), finding.severity())).collect();
    let expected = [("immune-boost-claim", Severity::Error), ("can-as-hedge", Severity::Note)];
    assert_eq!(found, expected.map(|(rule, severity)| (rule.to_owned(), severity)));
}

#[test]
fn a_result_of_two_words_claims_also_where_another_follows() {
    let checker = Checker::new(Database::builtin());
    for page in ["Stress down.", "Stress down, wallets intact.", "Stress down and wallets intact."] {
        let page = Document::plain(page);
        let found = checker.check(&page);
        let spans: Vec<&str> = found.iter().map(|finding| finding.span().of(page.text())).collect();
        assert_eq!(spans, ["Stress down"]);
    }
}

#[test]
fn a_yes_after_a_heading_or_another_sentence_affirms_only_a_question() {
    let checker = Checker::new(Database::builtin());
    for page in ["Massage and immunity. Absolutely.", "Does massage boost immunity? Ask us. Absolutely."] {
        assert!(checker.check(&Document::plain(page)).is_empty(), "{page}");
    }
}
