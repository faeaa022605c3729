//! `claims check --explain`: how each sentence was read, for whoever wonders about a finding or about a silence.

use std::fmt::Write;

use evidence_claims::{Document, ReadSentence};
use serde::Serialize;

use crate::style::{self, paint};

/// How a file was read, as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct File<'a> {
    /// The path as given.
    pub(crate) path: &'a str,
    /// Its sentences in order. Offsets count from the start of the text.
    pub(crate) sentences: Vec<ReadSentence>,
}

/// The sentences of a document with their readings.
pub(crate) fn text(name: &str, document: &Document, sentences: &[ReadSentence]) -> String {
    let mut out = String::new();
    let words = |span: evidence_claims::Span| {
        let words = span.of(document.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    for sentence in sentences {
        let _ = writeln!(
            out,
            "{}  {}",
            paint(style::QUIET, format!("{name}:{}", document.position(sentence.span))),
            words(sentence.span)
        );
        for assertion in &sentence.assertions {
            let mut remarks = vec![assertion.strength.to_string()];
            remarks.extend(assertion.modest.then(|| "modest".to_owned()));
            remarks.extend(assertion.inflated.then(|| "large".to_owned()));
            let (relation, outcome) = (words(assertion.relation), words(assertion.outcome));
            let _ = writeln!(out, "    says    {relation} → {outcome} ({}): {}", assertion.term, remarks.join(", "));
        }
        if let Some(reason) = &sentence.silent {
            let _ = writeln!(out, "    silent  {reason}");
        }
        let terms: Vec<String> =
            sentence.terms.iter().map(|term| format!("{} [{}]", words(term.span), term.class)).collect();
        if !terms.is_empty() {
            let _ = writeln!(out, "    {}", paint(style::QUIET, format!("words   {}", terms.join(", "))));
        }
    }
    out
}
