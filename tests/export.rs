//! What is exported: golden files made from records that hold every awkward character, and another reader's view of it.
//!
//! `EXPORT=overwrite cargo test --test export` writes the golden files anew.

use std::path::Path;

use evidence_claims::export::{self, Format};
use evidence_claims::{Database, Query};

/// Made-up records with every trap of every format.
fn traps() -> Database {
    let base = include_str!("base.toml");
    let traps = include_str!("export/traps.toml");
    Database::builder().text("base.toml", base).text("traps.toml", traps).build().expect("the records are valid")
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export").join(name);
    if std::env::var_os("EXPORT").is_some_and(|word| word == "overwrite") {
        std::fs::write(&path, text).expect("golden files can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "{name} has changed:\n{text}");
}

#[test]
fn bibliographies_are_as_agreed() {
    let db = traps();
    golden("traps.csl.json", &export::bibliography(db.sources(), Format::CslJson));
    golden("traps.bib", &export::bibliography(db.sources(), Format::BibTex));
    golden("traps.ris", &export::bibliography(db.sources(), Format::Ris));
}

#[test]
fn tables_are_as_agreed() {
    let db = traps();
    golden("traps.effects.csv", &export::source_effects_csv(db.sources()));
    golden("traps.md", &export::evidence_table(db.claims()));
}

#[test]
fn markup_is_as_agreed() {
    let db = traps();
    golden("traps.claim-review.json", &export::claim_reviews(db.claims()));
    golden("traps.fhir.json", &export::fhir_bundle(db.claims()));
}

#[test]
fn order_and_repetition_do_not_matter() {
    let db = Database::builtin();
    let there: Vec<_> = db.sources().collect();
    let back: Vec<_> = there.iter().rev().chain(&there).copied().collect();
    for format in [Format::CslJson, Format::BibTex, Format::Ris] {
        assert_eq!(export::bibliography(there.clone(), format), export::bibliography(back.clone(), format));
    }
    assert_eq!(export::source_effects_csv(there), export::source_effects_csv(back));
}

#[test]
fn nothing_gives_documents_without_entries() {
    assert_eq!(export::bibliography([], Format::CslJson), "[]\n");
    assert_eq!(export::bibliography([], Format::BibTex), "");
    assert_eq!(export::bibliography([], Format::Ris), "");
    assert_eq!(export::effects_csv([]).lines().count(), 1);
    assert_eq!(export::claim_reviews([]), "[]\n");
}

/// `biblatex` is the parser of Typst.
#[test]
fn another_parser_reads_the_same_people_and_titles() {
    for db in [&traps(), Database::builtin()] {
        let text = export::bibliography(db.sources(), Format::BibTex);
        let read = biblatex::Bibliography::parse(&text).expect("it is BibTeX");
        assert_eq!(read.len(), db.sources().len());
        for source in db.sources() {
            let entry = read.get(source.id()).expect("every source is there");
            let authors = source.authors().count();
            let people = entry.author().map_or(0, |people| people.len());
            assert_eq!(people, authors, "{}", source.id());
            let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
            let title: String = entry.title().expect("titles are there").iter().map(|chunk| chunk.v.get()).collect();
            if !source.title().contains(['{', '\\', '~', '^']) {
                assert!(plain(&title).ends_with(&plain(source.title())), "{title}");
            }
        }
    }
}

#[test]
fn ris_keeps_its_line_rules() {
    for db in [&traps(), Database::builtin()] {
        let text = export::bibliography(db.sources(), Format::Ris);
        for line in text.split_terminator("\r\n").filter(|line| !line.is_empty()) {
            let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("{line}"));
            assert!(tag.len() == 2 && !value.chars().any(char::is_control), "{line}");
        }
    }
}

#[test]
fn no_cell_is_a_formula_and_nothing_uncontrolled_can_be_pooled() {
    for db in [&traps(), Database::builtin()] {
        let csv = export::source_effects_csv(db.sources());
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let heads = rows.headers().expect("there is a heading").clone();
        let column = |name: &str| heads.iter().position(|head| head == name).expect("the column is there");
        let (yi, vi, uncontrolled) = (column("yi"), column("vi"), column("uncontrolled"));
        for row in rows.records() {
            let row = row.expect("rows can be read");
            for cell in &row {
                assert!(!cell.starts_with(['=', '+', '-', '@']) || cell.parse::<f64>().is_ok(), "{cell}");
            }
            assert_eq!(row[yi].is_empty(), row[vi].is_empty());
            assert!(&row[uncontrolled] == "FALSE" || row[yi].is_empty());
        }
    }
}

#[test]
fn conditions_on_sources_are_met_by_the_source_itself() {
    let db = Database::builtin();
    let ids = |text: &str| {
        let query: Query = text.parse().expect("it is a query");
        db.query_sources(&query).map(|source| source.id()).collect::<Vec<_>>()
    };
    let wanted: Vec<_> = db
        .sources()
        .filter(|source| source.year() >= Some(2015) && source.participants() > Some(100))
        .map(|source| source.id())
        .collect();
    assert_eq!(ids("year>=2015 participants>100"), wanted);
    assert_eq!(ids("").len(), db.sources().len());
    assert!(ids("topic:immunity").iter().all(|id| {
        let source = db.source(id).expect("it is there");
        db.claims().filter(|claim| claim.topic() == "immunity").any(|claim| {
            claim.findings().any(|finding| finding.source() == source) || claim.guidance().any(|guide| guide == source)
        })
    }));
    assert!(ids("topic:cortisol -design:meta-analysis").len() < ids("topic:cortisol").len());
}
