//! Where words come from: every cue of the built-in pack tells it, a pack of one's own may, and a name that nobody has is an error.

use std::collections::BTreeSet;

use evidence_claims::{Database, Term};

fn ids(term: Term<'_>) -> Vec<&str> {
    term.provenance().map(|provenance| provenance.id()).collect()
}

#[test]
fn every_term_that_is_a_cue_tells_where_its_words_come_from() {
    // The parts of a question and its topic are names of what is studied, and no cues.
    const NAMES: [&str; 5] = ["topic", "intervention", "population", "comparator", "outcome"];
    let cues = || Database::builtin().terms().filter(|term| !NAMES.contains(&term.class()));
    let silent: Vec<&str> = cues().filter(|term| term.provenance().next().is_none()).map(Term::id).collect();
    assert!(silent.is_empty(), "write `from` above or in {silent:?}");
    assert!(cues().count() > 400);
}

#[test]
fn every_provenance_is_used_and_has_a_page_unless_it_is_the_project() {
    let db = Database::builtin();
    let named: BTreeSet<&str> = db.terms().flat_map(ids).collect();
    for provenance in db.provenances() {
        assert_eq!(provenance.url().is_none(), provenance.id() == "project", "{}", provenance.id());
        let in_lists = ["words", "content", "compare"].iter().any(|file| {
            let path = format!("{}/data/rates/{file}.toml", env!("CARGO_MANIFEST_DIR"));
            std::fs::read_to_string(path).unwrap().contains(&format!("\"{}\"", provenance.id()))
        });
        assert!(named.contains(provenance.id()) || in_lists, "nothing is from {}", provenance.id());
    }
}

const PACK: &str = r#"
    from = ["doe", "project"]

    [[provenance]]
    id = "doe"
    title = "Doe 2018, hedges in leaflets"
    note = "which hedges readers notice"

    [[provenance]]
    id = "roe"
    title = "Roe 2020, promises in leaflets"
    url = "https://example.org/roe"
    note = "promises"

    [[term]]
    id = "words-of-luck"
    class = "hedge"
    label = "with luck"
    strength = "possible"
    forms = ["with a bit of luck"]

    [[term]]
    id = "words-of-promise"
    class = "booster"
    label = "for sure"
    from = ["roe"]
    forms = ["cross our hearts"]
"#;

#[test]
fn a_file_speaks_for_its_terms_and_a_term_for_itself() {
    let db = Database::builder().builtin().text("luck.toml", PACK).build().unwrap();
    assert_eq!(ids(db.term("local:words-of-luck").unwrap()), ["local:doe", "project"]);
    assert_eq!(ids(db.term("local:words-of-promise").unwrap()), ["local:roe"]);
    let roe = db.provenance("local:roe").unwrap();
    assert_eq!((roe.title(), roe.note()), ("Roe 2020, promises in leaflets", "promises"));
    assert_eq!(roe.url().unwrap().as_str(), "https://example.org/roe");
    assert_eq!(roe.origin().0, "luck.toml");
    // Without a word about it there is none.
    let silent = PACK.replacen("from = [\"doe\", \"project\"]", "", 1);
    let db = Database::builder().builtin().text("luck.toml", silent).build().unwrap();
    assert_eq!(ids(db.term("local:words-of-luck").unwrap()), [""; 0]);
    assert_eq!(ids(db.term("local:words-of-promise").unwrap()), ["local:roe"]);
}

#[test]
fn a_provenance_that_nobody_has_is_an_error_at_its_place() {
    for (from, to, words) in [
        ("from = [\"roe\"]", "from = [\"rowe\"]", "\"rowe\""),
        ("from = [\"doe\", \"project\"]", "from = [\"doe\", \"negexx\"]", "\"negexx\""),
    ] {
        let text = PACK.replacen(from, to, 1);
        let report = Database::builder().builtin().text("luck.toml", text.as_str()).check();
        let [found] = report.diagnostics() else { panic!("{:?}", report.diagnostics()) };
        assert_eq!((found.rule(), found.span().of(&text)), ("data/unknown-provenance", words));
        let advice: Vec<&str> = found.notes().iter().map(|note| &*note.text).collect();
        assert!(advice.iter().any(|text| text.contains("did you mean `")), "{advice:?}");
    }
}

#[cfg(feature = "check")]
#[test]
fn the_words_of_a_rating_lead_to_their_provenance() {
    use evidence_claims::Rater;

    let db = Database::builtin();
    let sentence = "Massage may reduce back pain.";
    let listed = Rater::new(db).unwrap().listed(sentence);
    let from = |words: &str, class: &str| -> Vec<String> {
        let found = listed.iter().find(|word| word.span().of(sentence) == words && word.class() == class);
        found.unwrap_or_else(|| panic!("{words} is no {class}")).provenance().map(str::to_owned).collect()
    };
    assert_eq!(from("may", "may"), ["yu-2019", "insciout", "grade-26", "project"]);
    assert_eq!(from("reduce", "change"), ["yu-2019", "project"]);
    // A list without a word of its own has that of its file.
    assert_eq!(from("back pain", "condition"), ["project"]);
    assert!(listed.iter().flat_map(|word| word.provenance()).all(|id| db.provenance(id).is_some()));
    // A rater beside a database that has no records of its own knows its lists none the less.
    let bare = Database::builder().build().unwrap();
    assert!(Rater::new(&bare).is_ok());
}
