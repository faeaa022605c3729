//! The exaggeration gate: what a page says more surely, more widely or larger than its earlier text.
//!
//! Never asks whether a statement is true; the checker does.

use std::collections::{HashMap, HashSet};

use crate::check::{Checker, ReadAssertion, ReadSentence};
use crate::diagnostic::{Diagnostic, NoteKind, Severity, sort};
use crate::document::Document;
use crate::model::vocabulary::Strength;
use crate::text::Span;

/// Sentences that share a smaller part of their words than this are two sentences, and not one that was edited.
const ALIKE: f64 = 0.4;

/// Classes of terms that limit a statement.
const LIMITS: [&str; 3] = ["limit", "magnitude-down", "population"];

/// A sentence of an earlier text.
struct Earlier {
    text: String,
    words: HashSet<String>,
    read: ReadSentence,
}

impl Earlier {
    /// The surest word on an outcome; nothing where the sentence only speaks of it.
    fn strength(&self, term: &str) -> Option<Strength> {
        self.about(term).map(|assertion| assertion.strength).max_by_key(|strength| strength.rung())
    }

    fn about(&self, term: &str) -> impl Iterator<Item = &ReadAssertion> {
        self.read.assertions.iter().filter(move |assertion| assertion.term == term)
    }
}

impl Checker<'_> {
    /// What `now` says more surely, more widely or larger than the sentences of `before` that it was made of. Sentences that are
    /// new are left to [`check`](Self::check). No more are told than [`max_findings`](Self::max_findings).
    ///
    /// ```
    /// use evidence_claims::{Checker, Database, Document};
    ///
    /// let checker = Checker::new(Database::builtin());
    /// let before = Document::plain("Massage may reduce back pain.");
    /// let now = Document::plain("Massage reduces back pain.");
    /// let found = checker.exaggerations(&[before], &now);
    /// assert_eq!(found[0].rule(), "gate/strength");
    /// assert_eq!(found[0].span().of(now.text()), "reduces back pain");
    /// ```
    #[must_use]
    pub fn exaggerations(&self, before: &[Document], now: &Document) -> Vec<Diagnostic> {
        let mut earlier: Vec<Earlier> = Vec::new();
        // Sentences by their terms: only those with an outcome in common are compared.
        let mut by_term: HashMap<String, Vec<usize>> = HashMap::new();
        let mut unchanged: HashSet<String> = HashSet::new();
        for document in before {
            for read in self.explain(document) {
                let text = read.span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
                let terms = read.terms.iter().filter(|found| found.class == "outcome").map(|found| found.term.clone());
                for term in terms.collect::<HashSet<_>>() {
                    by_term.entry(term).or_default().push(earlier.len());
                }
                unchanged.insert(text.clone());
                earlier.push(Earlier { words: words(&text), text, read });
            }
        }
        let mut found = Vec::new();
        for read in self.explain(now) {
            let text = read.span.of(now.text()).split_whitespace().collect::<Vec<_>>().join(" ");
            if read.assertions.is_empty() || unchanged.contains(&text) {
                continue;
            }
            let own = words(&text);
            let slots: HashSet<usize> = read
                .assertions
                .iter()
                .filter_map(|assertion| by_term.get(&assertion.term))
                .flatten()
                .copied()
                .collect();
            let alike = |slot: &usize| earlier.get(*slot).map_or(0.0, |earlier| likeness(&own, &earlier.words));
            let best = slots.into_iter().max_by(|a, b| alike(a).total_cmp(&alike(b)).then(b.cmp(a)));
            if let Some(before) = best.filter(|slot| alike(slot) >= ALIKE).and_then(|slot| earlier.get(slot)) {
                self.compare(before, &read, &mut found);
            }
        }
        sort(&mut found);
        self.limit(&mut found, None);
        found
    }

    fn compare(&self, before: &Earlier, now: &ReadSentence, found: &mut Vec<Diagnostic>) {
        let spoken = |term: &str| before.read.terms.iter().any(|found| found.term == term);
        for assertion in &now.assertions {
            let words = assertion.relation.to(assertion.outcome);
            let was = before.strength(&assertion.term);
            let larger = assertion.inflated && !before.about(&assertion.term).any(|before| before.inflated);
            if !spoken(&assertion.term) {
                found.push(self.gained("gate/scope", words, "this is claimed of one more thing than before", before));
            } else if was.is_none_or(|was| was.rung() < assertion.strength.rung()) {
                let message = match was {
                    Some(was) => format!("this was {was} before and is {} now", assertion.strength),
                    None => "this was spoken of before and is claimed now".to_owned(),
                };
                found.push(self.gained("gate/strength", words, &message, before));
            } else if larger {
                found.push(self.gained("gate/size", words, "this is said to be larger than before", before));
            }
        }
        // A limit that fell away, told once, where nothing else was told of the sentence.
        let told = found.iter().any(|diagnostic| now.span.overlaps(diagnostic.span()));
        let lost = LIMITS.iter().find(|&&class| {
            let has = |read: &ReadSentence| read.terms.iter().any(|found| found.class == class);
            has(&before.read) && !has(now)
        });
        if let (Some(class), Some(first), false) = (lost, now.assertions.first(), told) {
            let what = match *class {
                "population" => "whom it is about",
                "limit" => "how long or compared with what",
                _ => "how small it is",
            };
            let message = format!("the earlier sentence said {what}");
            found.push(self.gained("gate/scope", first.relation.to(first.outcome), &message, before));
        }
    }

    /// A finding with the texts of its rule and the earlier sentence.
    fn gained(&self, rule: &str, span: Span, message: &str, before: &Earlier) -> Diagnostic {
        let record = self.database().rule(rule);
        let severity = self.severity_for(rule).unwrap_or(Severity::Error);
        let diagnostic = Diagnostic::new(rule, severity, span, message);
        let diagnostic = diagnostic.note(NoteKind::What, format!("before: {}", before.text));
        match record {
            Some(record) => record.explain(diagnostic),
            None => diagnostic,
        }
    }
}

/// The words of a text, in lower case.
fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Which part of their words two sentences share, from 0 to 1 (Dice).
fn likeness(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let shared = a.intersection(b).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}
