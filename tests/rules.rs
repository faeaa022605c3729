//! Every rule proves itself: its bad examples fire at the marked words, its good examples do not fire it.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Diagnostic, Document, NoteKind, Rule, RuleKind, RuleStatus};

/// A bad example without its brackets, and the byte range they held.
fn unmark(example: &str) -> (String, Option<std::ops::Range<usize>>) {
    let Some((before, rest)) = example.split_once("[[") else { return (example.to_owned(), None) };
    let (words, after) = rest.split_once("]]").expect("`[[` is closed");
    let start = before.len();
    (format!("{before}{words}{after}"), Some(start..start + words.len()))
}

/// Whether a rule fires, as the finding itself or as a note on a more specific one.
fn fires(diagnostic: &Diagnostic, rule: &str) -> bool {
    diagnostic.rule() == rule
        || diagnostic
            .notes()
            .iter()
            .any(|note| note.kind == NoteKind::Also && note.text.starts_with(&format!("{rule}: ")))
}

/// A fragment stands where fragments stand: in a list. A sentence stands in a paragraph, a text with blank lines is a page.
fn document(example: &str) -> Document {
    Document::markdown(example.to_owned())
}

#[test]
fn bad_examples_fire_at_their_words_and_good_examples_stay_silent() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    let mut count = 0;
    let about_copy = |rule: &Rule<'_>| !matches!(rule.kind(), RuleKind::Data | RuleKind::Suppression);
    for rule in db.rules().filter(|rule| rule.status() == RuleStatus::Stable && about_copy(rule)) {
        for example in rule.bad() {
            count += 1;
            let (text, marked) = unmark(example);
            let found = checker.check(&document(&text));
            let hit = found.iter().any(|diagnostic| {
                fires(diagnostic, rule.name())
                    && marked
                        .as_ref()
                        .is_none_or(|m| diagnostic.span().start() < m.end && m.start < diagnostic.span().end())
            });
            if !hit {
                let got: Vec<&str> = found.iter().map(Diagnostic::rule).collect();
                failures.push(format!("{} should fire: {example}   got {got:?}", rule.name()));
            }
        }
        for example in rule.good() {
            count += 1;
            let found = checker.check(&document(example));
            if let Some(diagnostic) = found.iter().find(|diagnostic| fires(diagnostic, rule.name())) {
                failures.push(format!(
                    "{} should be silent: {example}   at `{}`",
                    rule.name(),
                    diagnostic.span().of(example)
                ));
            }
        }
    }
    assert!(count > 100, "the rules carry their examples");
    assert!(failures.is_empty(), "{} of {count} examples fail:\n{}", failures.len(), failures.join("\n"));
}
