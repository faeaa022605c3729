//! Where the words come from that decided, as numbered notes below them.

use evidence_claims::{Database, ListedWord, Span};

use crate::wrap;

/// Provenances in the order in which they were first named.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    ids: Vec<String>,
}

impl Footnotes {
    /// The numbers of the provenances of all lists that hold words of a span, such as ` [1, 3]`.
    pub(super) fn mark(&mut self, span: Span, listed: &[ListedWord]) -> String {
        let mut numbers = Vec::new();
        let within = |word: &&ListedWord| span.start() <= word.span().start() && word.span().end() <= span.end();
        for id in listed.iter().filter(within).flat_map(ListedWord::provenance) {
            let at = self.ids.iter().position(|known| *known == id).unwrap_or_else(|| {
                self.ids.push(id.to_owned());
                self.ids.len() - 1
            });
            numbers.push(at + 1);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        if numbers.is_empty() { String::new() } else { format!(" [{}]", numbers.join(", ")) }
    }

    /// The notes, a line or more for each, below an empty line.
    pub(super) fn text(&self, database: &Database, width: usize) -> String {
        let mut out = String::from(if self.ids.is_empty() { "" } else { "\n" });
        for (at, id) in self.ids.iter().enumerate() {
            let found = database.provenance(id).or_else(|| Database::builtin().provenance(id));
            let Some(provenance) = found else { continue };
            let note = match provenance.url() {
                Some(url) => format!("{}, {url}", provenance.title()),
                None => provenance.title().to_owned(),
            };
            let first = format!("[{}] ", at + 1);
            let rest = " ".repeat(first.len());
            out.extend(wrap::lines(&note, width, &first, &rest).into_iter().map(|line| line + "\n"));
        }
        out
    }
}
