//! Copy against the abstract or paper that it reports: where it words a result more strongly, drops who was studied, what it was
//! compared with or how sure the authors are, and where it adds advice.
//!
//! Both texts are read alike, into sentences with a strength and content words; the rules decide by names of records in
//! `data/rules/source.toml`. Never looks at the evidence of the database: the source is the measure.

mod text;

use std::sync::Arc;

use crate::database::Database;
use crate::diagnostic::{Diagnostic, NoteKind, Severity, sort};
use crate::document::Document;
use crate::error::Error;
use crate::limit;
use crate::model::rule::RuleRecord;
use crate::rate::{Lists, Rater, Scheme, WordingClass, beside, irregular_verbs};
use crate::text::Span;
use text::{Sentence, Text};

const LISTS: (&str, &str) = ("data/rates/compare.toml", include_str!("../data/rates/compare.toml"));

/// How much stronger a sentence must be than an earlier one to be the one that reports the source, in steps of the four classes.
const GAP: f64 = 0.4;

/// Compares copy with its source.
///
/// ```
/// use evidence_claims::{Comparer, Database, Document};
///
/// let comparer = Comparer::new(Database::builtin())?;
/// let copy = Document::plain("Massage cures muscle soreness.");
/// let source = Document::plain("Massage was associated with less muscle soreness in rats.");
/// let found = comparer.compare(&copy, &source);
/// let rules: Vec<&str> = found.iter().map(|finding| finding.rule()).collect();
/// assert_eq!(rules, ["not-in-people", "stronger-than-source"]);
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Debug)]
pub struct Comparer<'db> {
    db: &'db Database,
    rater: Rater,
    lists: Lists,
    most: usize,
}

/// What copy and source are, once both are read.
struct Pair<'a> {
    copy: &'a Document,
    source: &'a Document,
    told: Text,
    known: Text,
}

impl<'db> Comparer<'db> {
    /// A comparer with the rules of a database.
    ///
    /// # Errors
    ///
    /// When a file of `data/rates` was broken before the library was built.
    pub fn new(db: &'db Database) -> Result<Self, Error> {
        // Under this scheme a denied effect is no effect, so that copy that drops the "no" is stronger.
        let rater = Rater::new(db)?.scheme(Scheme::Insciout)?;
        let lists = Lists::new(crate::rate::embedded_lists(LISTS, db)?, &irregular_verbs(db));
        Ok(Self { db, rater, lists, most: limit::MOST })
    }

    /// Tells at most so many findings; 100,000 where nothing is set. One more, of the rule `limit/findings`, says where it ends.
    #[must_use]
    pub const fn max_findings(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Everything that the copy says beyond its source, in reading order, up to [`max_findings`](Self::max_findings).
    #[must_use]
    pub fn compare(&self, copy: &Document, source: &Document) -> Vec<Diagnostic> {
        let read = |document: &Document| Text::new(document, &self.rater, &self.lists);
        let pair = Pair { copy, source, told: read(copy), known: read(source) };
        let mut found = Vec::new();
        // The sentence that reports the source, where what the page leaves out is shown.
        let mut report: Option<&Sentence> = None;
        for told in &pair.told.sentences {
            let Some(known) = pair.known.about(told) else { continue };
            if told.class == WordingClass::None {
                continue;
            }
            if report.is_none_or(|first| told.expected > first.expected + GAP) {
                report = Some(told);
            }
            // Judged side by side, since two statements of one finding mostly agree.
            let (copy, source) = beside(&told.shares, &known.shares);
            if copy > source {
                found.extend(self.stronger(&pair, (told, copy), (known, source)));
            }
        }
        if let Some(told) = report {
            found.extend(self.population(&pair, told));
            found.extend(self.comparator(&pair, told));
            found.extend(self.limits(&pair, told));
        }
        found.extend(self.advice(&pair));
        sort(&mut found);
        limit::cut(self.db, None, self.most, &mut found, None);
        found
    }

    fn stronger(
        &self,
        pair: &Pair<'_>,
        (told, copy): (&Sentence, WordingClass),
        (known, source): (&Sentence, WordingClass),
    ) -> Option<Diagnostic> {
        let words = pair.copy.text();
        let allowed = if source == WordingClass::None { "without a claim" } else { source.as_str() };
        let fill = [("words", told.cue.of(words)), ("level", copy.as_str()), ("allowed", allowed)];
        let mut diagnostic = self.finding("stronger-than-source", told.cue, &fill)?;
        let leap = copy == WordingClass::Causal && source <= WordingClass::Correlational;
        if !leap && diagnostic.severity == Severity::Error {
            diagnostic.severity = Severity::Warning;
        }
        Some(quote(diagnostic, pair, known))
    }

    /// Who was studied: animals and cells first, else the first kind of people that the source names and the copy does not.
    fn population(&self, pair: &Pair<'_>, told: &Sentence) -> Option<Diagnostic> {
        let (known, copy) = (&pair.known, &pair.told);
        if !known.is_about_people() {
            for (class, name) in [("animal", "animals"), ("cells", "cells in a dish")] {
                if let Some(place) = known.first(class) {
                    if copy.has("animal") || copy.has("cells") {
                        return None;
                    }
                    let said = place.span.of(pair.source.text());
                    let population = if class == "animal" { format!("{name} ({said})") } else { name.to_owned() };
                    let finding = self.finding("not-in-people", told.span, &[("population", &population)])?;
                    return Some(quote(finding, pair, &known.sentences[place.sentence]));
                }
            }
        }
        let everyone = known.has("group: women") && known.has("group: men");
        let groups: Vec<&str> =
            known.groups().filter(|group| !(everyone && matches!(*group, "group: women" | "group: men"))).collect();
        // Two kinds of people in one study make no subgroup, unless the copy names neither.
        let named = |group: &&str| copy.has(group) || copy.has(&group.replace("group", "named"));
        if groups.is_empty() || groups.iter().any(named) {
            return None;
        }
        let place = known.first(groups[0])?;
        let population = groups[0].trim_start_matches("group: ");
        let finding = self.finding("population-dropped", told.span, &[("population", population)])?;
        Some(quote(finding, pair, &known.sentences[place.sentence]))
    }

    fn comparator(&self, pair: &Pair<'_>, told: &Sentence) -> Option<Diagnostic> {
        if pair.told.has("comparator") || told.class < WordingClass::Conditional {
            return None;
        }
        let known = pair.known.about_with(told, "comparator")?;
        self.finding("comparator-dropped", told.span, &[]).map(|finding| quote(finding, pair, known))
    }

    fn limits(&self, pair: &Pair<'_>, told: &Sentence) -> Option<Diagnostic> {
        let place = pair.known.first("limit")?;
        if pair.told.has("limit") {
            return None;
        }
        let said = place.span.of(pair.source.text());
        let finding = self.finding("limits-dropped", told.span, &[("source", said)])?;
        Some(quote(finding, pair, &pair.known.sentences[place.sentence]))
    }

    /// Advice in a sentence about what the source is about, when the source has none.
    fn advice(&self, pair: &Pair<'_>) -> Vec<Diagnostic> {
        if pair.known.advises() {
            return Vec::new();
        }
        let advice = pair.told.sentences.iter().filter_map(|told| {
            let span = told.advice?;
            pair.known
                .shares_a_word(told)
                .then(|| self.finding("advice-added", span, &[("words", span.of(pair.copy.text()))]))?
        });
        advice.collect()
    }

    /// A finding of a rule, unless the database has no such rule.
    fn finding(&self, name: &str, span: Span, fill: &[(&str, &str)]) -> Option<Diagnostic> {
        let rule: &RuleRecord = self.db.records().rules.iter().find(|rule| rule.name == name)?;
        let filled = |text: &str| {
            fill.iter()
                .fold(text.to_owned(), |text, (key, value)| text.replace(&format!("{{{key}}}"), &one_line(value)))
        };
        let mut diagnostic = Diagnostic::new(rule.name.as_str(), rule.severity, span, filled(&rule.message))
            .note(NoteKind::Why, rule.why.as_str());
        if let Some(help) = &rule.help {
            diagnostic = diagnostic.note(NoteKind::Do, help.as_str());
        }
        Some(diagnostic)
    }
}

/// Adds the sentence of the source, with its line.
fn quote(mut diagnostic: Diagnostic, pair: &Pair<'_>, known: &Sentence) -> Diagnostic {
    let line = pair.source.position(known.span).line;
    let text: Arc<str> = format!("the source, line {line}: \"{}\"", known.said).into();
    let mut notes = diagnostic.notes.to_vec();
    notes.insert(1, crate::diagnostic::Note { kind: NoteKind::Evidence, text });
    diagnostic.notes = notes.into();
    diagnostic
}

/// Words of several lines as one.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
