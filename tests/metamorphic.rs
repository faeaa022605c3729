//! What must not change a verdict, and what must: the same sentence in capitals, in curly quotes, in American spelling, in HTML, with
//! marks or comments among its words, beside a neutral sentence; denied; hedged.
//!
//! The sentences are the examples of all rules and the labelled copy; denials and hedges are made of the vocabulary.
#![cfg(feature = "check")]

use std::collections::BTreeSet;

use evidence_claims::{Checker, Database, Diagnostic, Document, Severity, Wanted};

const CORPORA: [&str; 7] = [
    include_str!("corpus/dull.jsonl"),
    include_str!("corpus/retold.jsonl"),
    include_str!("corpus/dense.jsonl"),
    include_str!("corpus/campaigns.jsonl"),
    include_str!("corpus/menus.jsonl"),
    include_str!("corpus/everyday.jsonl"),
    include_str!("corpus/landing.jsonl"),
];

/// Every sentence of the corpora that is a paragraph.
fn sentences() -> Vec<String> {
    let lines = CORPORA.iter().flat_map(|corpus| corpus.lines()).filter(|line| !line.trim().is_empty());
    let values = lines.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts =
        values.filter(|value| value["block"] == "paragraph").map(|value| value["text"].as_str().unwrap().to_owned());
    // What Markdown or HTML would read as something else than words is no sentence in both.
    texts.filter(|text| !text.contains(['<', '>', '&', '*', '_', '`', '#', '[', '|', '\\', '~', '$', '@'])).collect()
}

/// Rules and words of what is more than a note.
fn verdict(checker: &Checker<'_>, document: &Document, text: &str) -> Vec<(String, String)> {
    let found = checker.check(document);
    let strong = found.iter().filter(|d| d.severity() > Severity::Note);
    strong.map(|d| (d.rule().to_owned(), d.span().of(text).to_owned())).collect()
}

/// Compares each sentence with its change. `words` makes the words of both comparable.
#[track_caller]
fn unchanged(change: impl Fn(&str) -> Option<String>, read: impl Fn(&str) -> Document, words: impl Fn(&str) -> String) {
    let checker = Checker::new(Database::builtin());
    let (mut count, mut different) = (0, Vec::new());
    for sentence in sentences() {
        let Some(changed) = change(&sentence) else { continue };
        count += 1;
        let plain = verdict(&checker, &Document::plain(sentence.as_str()), &sentence);
        let other = verdict(&checker, &read(&changed), &changed);
        let comparable =
            |list: Vec<(String, String)>| list.into_iter().map(|(rule, said)| (rule, words(&said))).collect::<Vec<_>>();
        let (plain, other) = (comparable(plain), comparable(other));
        if plain != other {
            different.push(format!("{changed}\n  was {plain:?}\n  is  {other:?}"));
        }
    }
    println!("{count} sentences");
    assert!(count > 50, "only {count} sentences");
    assert!(different.is_empty(), "{} of {count} differ:\n{}", different.len(), different.join("\n"));
}

#[test]
fn capitals_change_nothing() {
    unchanged(|text| Some(text.to_uppercase()), |text| Document::plain(text), str::to_lowercase);
}

#[test]
fn curly_quotes_and_apostrophes_change_nothing() {
    let curl = |text: &str| {
        let mut open = false;
        let curly = |c| match c {
            '\'' => '’',
            '"' => {
                open = !open;
                if open { '“' } else { '”' }
            }
            c => c,
        };
        text.contains(['\'', '"']).then(|| text.chars().map(curly).collect())
    };
    unchanged(curl, |text| Document::plain(text), |said| said.replace(['“', '”'], "\"").replace('’', "'"));
}

#[test]
fn a_paragraph_of_markdown_or_html_reads_like_plain_text() {
    unchanged(|text| Some(text.to_owned()), |text| Document::markdown(text), str::to_owned);
    unchanged(|text| Some(format!("<p>{text}</p>")), |text| Document::html(text), str::to_owned);
}

/// The first space behind the first third, where something can stand.
fn middle(text: &str) -> Option<usize> {
    text.char_indices().filter(|(at, c)| *c == ' ' && *at > text.len() / 3).map(|(at, _)| at).next()
}

#[test]
fn marks_and_comments_among_the_words_change_nothing() {
    let bold = |text: &str| {
        let (first, rest) = text.split_at(middle(text)?);
        let word = rest.trim_start().split(' ').next().filter(|word| word.chars().all(char::is_alphabetic))?;
        Some(format!("{first} **{word}**{}", &rest[1 + word.len()..]))
    };
    unchanged(bold, |text| Document::markdown(text), |said| said.replace("**", ""));
    let comment = |text: &str| {
        let (first, rest) = text.split_at(middle(text)?);
        Some(format!("<p>{first}<!-- a remark -->{rest}</p>"))
    };
    unchanged(comment, |text| Document::html(text), |said| said.replace("<!-- a remark -->", ""));
}

#[test]
fn a_neutral_paragraph_beside_it_changes_nothing() {
    unchanged(|text| Some(format!("{text}\n\nThe door is green.")), |text| Document::plain(text), str::to_owned);
    unchanged(|text| Some(format!("The door is green.\n\n{text}")), |text| Document::plain(text), str::to_owned);
}

/// Words that Britain and America spell in two ways.
const SPELLINGS: [(&str, &str); 16] = [
    ("colour", "color"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("tumour", "tumor"),
    ("oedema", "edema"),
    ("oxidis", "oxidiz"),
    ("programme", "program"),
    ("behaviour", "behavior"),
    ("favourite", "favorite"),
    ("mobilis", "mobiliz"),
    ("normalis", "normaliz"),
    ("optimis", "optimiz"),
    ("energis", "energiz"),
    ("minimis", "minimiz"),
    ("detoxifies", "detoxifies"),
    ("haem", "hem"),
];

#[test]
fn every_verb_is_known_in_american_spelling() {
    let checker = Checker::new(Database::builtin());
    let relations = |verb: &str| {
        let page = Document::plain(format!("Massage can {verb} pain."));
        checker
            .explain(&page)
            .iter()
            .flat_map(|read| read.terms.iter().map(|term| term.class.clone()))
            .collect::<Vec<_>>()
    };
    let verbs: Vec<&str> = Database::builtin().terms().flat_map(|term| term.verbs()).collect();
    let mut count = 0;
    for verb in verbs.iter().filter(|verb| !verb.contains(' ') && (verb.ends_with("ise") || verb.ends_with("yse"))) {
        let american = format!("{}ze", &verb[..verb.len() - 2]);
        if ["rise", "cise", "vise", "aise", "uise"].iter().any(|end| verb.ends_with(end)) {
            continue;
        }
        count += 1;
        assert_eq!(relations(&american), relations(verb), "{american}");
    }
    assert!(count > 15, "only {count} verbs");
}

#[test]
fn american_spelling_changes_nothing() {
    let american = |text: &str| {
        SPELLINGS.iter().fold(text.to_owned(), |text, (british, american)| text.replace(british, american))
    };
    let checker = Checker::new(Database::builtin());
    let (mut count, mut different) = (0, Vec::new());
    let rules = Database::builtin().rules().flat_map(|rule| rule.bad().map(str::to_owned).collect::<Vec<_>>());
    for sentence in sentences().into_iter().chain(rules.map(|text| text.replace("[[", "").replace("]]", ""))) {
        let changed = american(&sentence);
        if changed == sentence {
            continue;
        }
        count += 1;
        let rules = |text: &str| {
            verdict(&checker, &Document::plain(text), text).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
        };
        if rules(&sentence) != rules(&changed) {
            different.push(format!("{changed}: {:?} and {:?}", rules(&sentence), rules(&changed)));
        }
    }
    assert!(count > 5, "only {count} sentences");
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn words_that_are_often_written_wrong_are_read() {
    let checker = Checker::new(Database::builtin());
    let said = |text: &str| {
        verdict(&checker, &Document::plain(text), text).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>()
    };
    let spelt = Database::builtin().terms().filter(|term| term.class() == "misspelling");
    let spelt: Vec<(&str, Vec<&str>)> = spelt.map(|term| (term.label(), term.forms().collect())).collect();
    assert!(spelt.len() > 90);
    let mut count = 0;
    for sentence in sentences() {
        for (right, wrong) in &spelt {
            let Some((before, after)) = sentence.split_once(&format!(" {right} ")) else { continue };
            count += 1;
            let changed = format!("{before} {} {after}", wrong[count % wrong.len()]);
            assert_eq!(said(&sentence), said(&changed), "{changed}");
        }
    }
    assert!(count > 100, "only {count} sentences");
}

/// The forms of all outcomes that copy sells, in plain words.
fn outcomes() -> BTreeSet<&'static str> {
    let terms = Database::builtin().terms().filter(|term| term.class() == "outcome");
    terms.flat_map(|term| term.forms()).filter(|form| form.chars().all(|c| c.is_alphabetic() || c == ' ')).collect()
}

const VERBS: [&str; 8] = ["improve", "reduce", "boost", "relieve", "increase", "lower", "stimulate", "help"];

#[test]
fn what_is_denied_is_no_claim() {
    let checker = Checker::new(Database::builtin());
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, outcome) in outcomes().into_iter().enumerate() {
        // All verbs have their turn, though not with every outcome.
        for verb in [VERBS[number % VERBS.len()], VERBS[(number + 3) % VERBS.len()]] {
            for denied in [
                format!("Massage does not {verb} {outcome}."),
                format!("Massage doesn't {verb} your {outcome}."),
                format!("There is no good evidence that massage {verb}s {outcome}."),
                format!("It is a myth that massage {verb}s {outcome}."),
            ] {
                count += 1;
                let mut found = verdict(&checker, &Document::plain(denied.as_str()), &denied);
                // Garbled words are garbled, whatever is said with them.
                found.retain(|(rule, _)| rule != "tortured-phrase");
                if !found.is_empty() {
                    wrong.push(format!("{denied} {found:?}"));
                }
            }
        }
    }
    println!("{count} denials");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_hedge_never_makes_it_worse() {
    let checker = Checker::new(Database::builtin());
    // Less than the evidence allows is another matter.
    let is_above = |d: &&Diagnostic| d.rule() != "weaker-than-evidence";
    let worst =
        |text: &str| checker.check(&Document::plain(text)).iter().filter(is_above).map(Diagnostic::severity).max();
    let mut wrong = Vec::new();
    for (number, outcome) in outcomes().into_iter().enumerate() {
        for verb in [VERBS[number % VERBS.len()], VERBS[(number + 3) % VERBS.len()]] {
            let (plain, hedged) = (format!("Massage {verb}s {outcome}."), format!("Massage may {verb} {outcome}."));
            if worst(&hedged) > worst(&plain) {
                wrong.push(format!("{hedged} {:?} above {:?}", worst(&hedged), worst(&plain)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which rule finds them may differ ("antibodies" are also an immune promise); that something is found may not.
#[test]
fn synonyms_are_found_alike() {
    let checker = Checker::new(Database::builtin());
    let mut different = Vec::new();
    for term in Database::builtin().terms().filter(|term| term.class() == "outcome") {
        let verb = if term.wanted() == Some(Wanted::Less) { "reduces" } else { "improves" };
        let forms = term.forms().filter(|form| form.chars().all(|c| c.is_alphabetic() || c == ' '));
        let (found, silent): (Vec<String>, Vec<String>) = forms
            .map(|form| format!("Massage {verb} {form}."))
            .partition(|text| !verdict(&checker, &Document::plain(text.as_str()), text).is_empty());
        if !found.is_empty() && !silent.is_empty() {
            different.push(format!("{}: {silent:?} beside {:?}", term.id(), found[0]));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
