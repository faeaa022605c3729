//! Labelled copy, written for this project: how much of what an editor would change is found, and how often the alarm is false.
//!
//! The floors only go up. `dull.jsonl` and `retold.jsonl` are what small
//! clinics write, `dense.jsonl` and `campaigns.jsonl` are stronger marketing (two authors), `menus.jsonl` menus, captions and vouchers (a third author),
//! `everyday.jsonl` and `landing.jsonl` ordinary pages of many countries and adverts (a fourth), `high-street.jsonl`, `adverts.jsonl` and
//! `careful.jsonl` ordinary pages, witty adverts and pages of careful clinics (a fifth), `local.jsonl` and `bold.jsonl` small businesses of seven countries and copy that claims much
//! (a sixth). The studies that they speak of are made up.
//! The `honest-*.md` pages hold nothing that a strict editor would change.
//!
//! The `.found` files hold what is found on each page, so that no change of words, grammar or rules alters a verdict unseen; `.told`
//! the messages, places and edits of these findings; `.read` how each sentence was understood, found or not.
//! `BLESS=1 cargo test --test corpus` writes them anew: read the difference.
#![cfg(feature = "check")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use evidence_claims::{Applicability, Checker, Database, Diagnostic, Document, NoteKind, Severity};
use serde::Deserialize;
use snapshot::{as_read, difference, on_one_line, shortened};

#[path = "corpus/snapshot.rs"]
mod snapshot;

/// One labelled sentence; see the header of the labelling guide in `CONTRIBUTING.md`.
#[derive(Deserialize)]
struct Sentence {
    doc: String,
    block: String,
    text: String,
    verdict: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    debatable: bool,
}

/// A page in Markdown, with the byte range of each sentence.
fn page(sentences: &[Sentence]) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut text, mut ranges, mut before) = (String::new(), Vec::new(), "");
    for sentence in sentences {
        let (lead, tail) = match sentence.block.as_str() {
            "heading" => ("## ", ""),
            "list-item" => ("- ", ""),
            "quote" => ("> ", ""),
            "table-cell" => ("| Treatment | Price |\n|---|---|\n| ", " | $95 |"),
            "button" => ("[", "](#book)"),
            _ => ("", ""),
        };
        let joins = sentence.block == "paragraph" && before == "paragraph";
        text.push_str(if text.is_empty() {
            ""
        } else if joins {
            " "
        } else {
            "\n\n"
        });
        text.push_str(lead);
        ranges.push(text.len()..text.len() + sentence.text.len());
        text.push_str(&sentence.text);
        text.push_str(tail);
        before = &sentence.block;
    }
    (text, ranges)
}

#[derive(Debug, Default)]
struct Score {
    found: usize,
    missed: usize,
    alarms: usize,
    on_the_words: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.alarms) as f64
    }

    fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed) as f64
    }
}

fn pages(jsonl: &str) -> BTreeMap<String, Vec<Sentence>> {
    let mut pages: BTreeMap<String, Vec<Sentence>> = BTreeMap::new();
    for line in jsonl.lines().filter(|line| !line.trim().is_empty()) {
        let sentence: Sentence = serde_json::from_str(line).expect("a labelled sentence");
        pages.entry(sentence.doc.clone()).or_default().push(sentence);
    }
    pages
}

fn score(jsonl: &str) -> Score {
    let pages = pages(jsonl);
    let checker = Checker::new(Database::builtin());
    let mut score = Score::default();
    for sentences in pages.values() {
        let (text, ranges) = page(sentences);
        let found = checker.check(&Document::markdown(text));
        for (sentence, range) in sentences.iter().zip(ranges).filter(|(sentence, _)| !sentence.debatable) {
            let here = |from: usize, to: usize| {
                found.iter().any(|d| d.severity() > Severity::Note && d.span().start() < to && from < d.span().end())
            };
            match (sentence.verdict == "overclaim", here(range.start, range.end)) {
                (true, true) => {
                    score.found += 1;
                    let words = sentence.words.iter().filter_map(|words| {
                        let at = range.start + sentence.text.find(words)?;
                        Some((at, at + words.len()))
                    });
                    score.on_the_words += usize::from(words.into_iter().any(|(from, to)| here(from, to)));
                }
                (true, false) => score.missed += 1,
                (false, true) => score.alarms += 1,
                (false, false) => {}
            }
        }
    }
    score
}

#[track_caller]
fn reaches(jsonl: &str, precision: f64, recall: f64) {
    reaches_at(jsonl, precision, recall, 93);
}

/// `words` is the share of findings, in per cent, that meet the labelled words.
#[track_caller]
fn reaches_at(jsonl: &str, precision: f64, recall: f64, words: usize) {
    let score = score(jsonl);
    println!("precision {:.3}, recall {:.3}, {score:?}", score.precision(), score.recall());
    assert!(score.precision() >= precision, "precision {:.3} fell below {precision}: {score:?}", score.precision());
    assert!(score.recall() >= recall, "recall {:.3} fell below {recall}: {score:?}", score.recall());
    assert!(score.on_the_words * 100 >= score.found * words, "findings point past the words: {score:?}");
}

#[test]
fn dull_copy_of_small_clinics_reaches_its_floor() {
    reaches(include_str!("corpus/dull.jsonl"), 0.98, 0.93);
}

#[test]
fn dense_marketing_copy_reaches_its_floor() {
    reaches(include_str!("corpus/dense.jsonl"), 0.95, 0.86);
}

#[test]
fn pages_retold_from_many_trades_reach_their_floor() {
    reaches(include_str!("corpus/retold.jsonl"), 0.98, 0.94);
}

#[test]
fn campaigns_reach_their_floor() {
    reaches(include_str!("corpus/campaigns.jsonl"), 0.97, 0.92);
}

#[test]
fn menus_captions_and_vouchers_reach_their_floor() {
    reaches(include_str!("corpus/menus.jsonl"), 0.97, 0.89);
}

#[test]
fn everyday_pages_reach_their_floor() {
    reaches(include_str!("corpus/everyday.jsonl"), 0.98, 0.88);
}

#[test]
fn landing_pages_and_adverts_reach_their_floor() {
    reaches(include_str!("corpus/landing.jsonl"), 0.95, 0.81);
}

#[test]
fn pages_of_the_high_street_reach_their_floor() {
    reaches(include_str!("corpus/high-street.jsonl"), 0.97, 0.83);
}

#[test]
fn witty_adverts_reach_their_floor() {
    reaches_at(include_str!("corpus/adverts.jsonl"), 0.96, 0.60, 85);
}

#[test]
fn local_businesses_reach_their_floor() {
    reaches(include_str!("corpus/local.jsonl"), 0.97, 0.77);
}

#[test]
fn bold_copy_reaches_its_floor() {
    reaches(include_str!("corpus/bold.jsonl"), 0.94, 0.73);
}

#[test]
fn pages_of_careful_clinics_raise_few_alarms() {
    let score = score(include_str!("corpus/careful.jsonl"));
    assert!(score.alarms <= 7, "{score:?}");
    assert!(score.missed <= 2, "{score:?}");
}

/// A finding in one line: how bad, which rule, the words, the claim, other rules for the same words, and the first fix.
fn in_one_line(finding: &Diagnostic, text: &str) -> String {
    let honest = finding.claim().and_then(|id| Some(Database::builtin().claim(id)?.honest()));
    let mut line = format!("  {} {}: {}", finding.severity(), finding.rule(), on_one_line(finding.span().of(text)));
    if let Some(claim) = finding.claim() {
        let _ = write!(line, " / {claim}");
    }
    for note in finding.notes().iter().filter(|note| note.kind == NoteKind::Also) {
        let _ = write!(line, " + {}", note.text.split(':').next().unwrap_or_default());
    }
    match finding.fixes().first().map(|fix| fix.replacement()) {
        None => {}
        fix if fix == honest => line += " -> the vetted sentence",
        Some(fix) => _ = write!(line, " -> {fix}"),
    }
    line
}

/// The rest of what a finding says: its message, further places, and each edit with what it takes away.
fn in_full(finding: &Diagnostic, text: &str) -> String {
    let honest = finding.claim().and_then(|id| Some(Database::builtin().claim(id)?.honest()));
    let mut lines = format!("  {}\n", finding.message());
    for label in finding.labels() {
        let _ = writeln!(lines, "    {}: {}", label.text, on_one_line(label.span.of(text)));
    }
    for fix in finding.fixes() {
        let new = if Some(fix.replacement()) == honest { "the vetted sentence" } else { fix.replacement() };
        let who = if fix.applicability() == Applicability::Automatic { "" } else { " (ask)" };
        let _ = writeln!(lines, "    {} -> {new}{who}", shortened(fix.span().of(text)));
    }
    lines
}

/// How the sentences of a page were read, under the number of terms of each class.
fn read(checker: &Checker<'_>, document: &Document) -> String {
    let (mut classes, mut lines) = (BTreeMap::<String, usize>::new(), String::new());
    for sentence in checker.explain(document) {
        lines += &as_read(&sentence, document.text());
        for term in sentence.terms {
            *classes.entry(term.class).or_default() += 1;
        }
    }
    let classes: Vec<String> = classes.into_iter().map(|(class, count)| format!("{class} {count}")).collect();
    format!("  {}\n{lines}", classes.join(", "))
}

/// Compares what `describe` says of each page with what is written down in the files of this extension.
fn stays(extension: &str, describe: impl Fn(&Checker<'_>, &Document) -> String) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let checker = Checker::new(Database::builtin());
    let mut files: Vec<_> = fs::read_dir(&corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    assert!(files.len() >= 10, "{files:?}");
    let mut different = Vec::new();
    for path in files {
        let mut now = String::new();
        for (name, sentences) in pages(&fs::read_to_string(&path).unwrap()) {
            now += &format!("{name}\n{}", describe(&checker, &Document::markdown(page(&sentences).0)));
        }
        different.extend(difference(&path.with_extension(extension), &now));
    }
    assert!(different.is_empty(), "not as written down (BLESS=1 accepts):\n{}", different.join("\n"));
}

#[test]
fn what_is_found_in_labelled_copy_changes_only_where_somebody_looks() {
    stays("found", |checker, page| {
        checker.check(page).iter().map(|finding| in_one_line(finding, page.text()) + "\n").collect()
    });
}

#[test]
fn messages_places_and_edits_in_labelled_copy_change_only_where_somebody_looks() {
    stays("told", |checker, page| checker.check(page).iter().map(|finding| in_full(finding, page.text())).collect());
}

#[test]
fn how_labelled_copy_is_read_changes_only_where_somebody_looks() {
    stays("read", read);
}

#[test]
fn honest_pages_yield_nothing_but_notes() {
    let checker = Checker::new(Database::builtin());
    let pages = [
        include_str!("corpus/honest-1.md"),
        include_str!("corpus/honest-2.md"),
        include_str!("corpus/honest-3.md"),
        include_str!("corpus/honest-4.md"),
        include_str!("corpus/honest-5.md"),
        include_str!("corpus/honest-6.md"),
    ];
    for page in pages {
        let document = Document::markdown(page);
        let found = checker.check(&document);
        let alarms: Vec<String> = found
            .iter()
            .filter(|diagnostic| diagnostic.severity() > Severity::Note)
            .map(|diagnostic| {
                let place = document.position(diagnostic.span());
                format!("{place} {} at `{}`", diagnostic.rule(), diagnostic.span().of(page))
            })
            .collect();
        assert!(alarms.is_empty(), "{}", alarms.join("\n"));
    }
}
