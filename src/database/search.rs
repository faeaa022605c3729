//! Words to search in: texts folded to lower-case words, so that case, hyphens and punctuation do not matter.
//!
//! Finds words as they are written; knows no grammar and no synonyms beyond the forms of an outcome.

use std::sync::OnceLock;

use crate::load::Records;
use crate::model::claim::ClaimRecord;

/// Folded texts, made on the first search.
#[derive(Debug, Default)]
pub(crate) struct Search {
    claims: OnceLock<Vec<String>>,
    labels: OnceLock<Vec<String>>,
}

impl Search {
    /// Whether the text of the claim in a slot has these words, the last one perhaps only begun. `needle` comes from
    /// [`begun`].
    pub(crate) fn claim_has(
        &self,
        records: &Records,
        outcome: impl Fn(usize) -> usize,
        claim: usize,
        needle: &str,
    ) -> bool {
        let texts = self.claims.get_or_init(|| {
            let texts = records.claims.iter().enumerate().map(|(slot, claim)| {
                let outcome = records.terms.get(outcome(slot));
                let forms = outcome.into_iter().flat_map(|term| std::iter::once(&term.label).chain(&term.forms));
                text_of(claim, forms)
            });
            texts.collect()
        });
        texts.get(claim).is_some_and(|text| text.contains(needle))
    }

    /// Whether the label of the term in a slot has these whole words. `needle` comes from [`whole`].
    pub(crate) fn label_has(&self, records: &Records, term: usize, needle: &str) -> bool {
        let labels = self.labels.get_or_init(|| records.terms.iter().map(|term| whole(&term.label)).collect());
        needle.len() > 1 && labels.get(term).is_some_and(|label| label.contains(needle))
    }
}

fn text_of<'r>(claim: &'r ClaimRecord, forms: impl Iterator<Item = &'r String>) -> String {
    let wording = &claim.wording;
    let parts = [Some(&claim.proposition), Some(&wording.honest), wording.marketing.as_ref()].into_iter().flatten();
    let mut text = String::new();
    for part in parts.chain(&wording.overclaims).chain(forms) {
        push_words(&mut text, part);
        // Words of two texts do not follow each other.
        text.push('\n');
    }
    text
}

/// The words of `text`, each with a space in front: what a search for their beginning looks for.
pub(crate) fn begun(text: &str) -> String {
    let mut folded = String::new();
    push_words(&mut folded, text);
    folded
}

/// The words of `text` with spaces on both sides: what a search for whole words looks for, and in.
pub(crate) fn whole(text: &str) -> String {
    let mut folded = begun(text);
    folded.push(' ');
    folded
}

fn push_words(folded: &mut String, text: &str) {
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        folded.push(' ');
        // Lower case can bring combining marks along (of `İ`); without them folding twice is folding once.
        folded.extend(word.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()));
    }
}
