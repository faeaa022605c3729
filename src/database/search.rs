//! Words to search in: texts folded to lower-case words, so that case, hyphens and punctuation do not matter.
//!
//! Finds words as they are written; knows no grammar and no synonyms beyond the forms of an outcome.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::load::Records;
use crate::model::claim::ClaimRecord;

/// Folded texts, made on the first search.
#[derive(Debug, Default)]
pub(crate) struct Search {
    claims: OnceLock<Texts>,
    labels: OnceLock<Vec<String>>,
}

/// The folded texts of all claims, one after another, and where each word stands.
#[derive(Debug)]
struct Texts {
    text: String,
    /// Where the text of each claim ends.
    ends: Vec<usize>,
    /// Every word, sorted, with the claims that have it.
    words: Vec<(Box<str>, Vec<u32>)>,
}

impl Texts {
    fn new(texts: impl Iterator<Item = String>) -> Self {
        let mut made = Self { text: String::new(), ends: Vec::new(), words: Vec::new() };
        let mut words: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        for (text, claim) in texts.zip(0..) {
            for word in text.split_whitespace() {
                match words.get_mut(word) {
                    Some(claims) if claims.last() == Some(&claim) => {}
                    Some(claims) => claims.push(claim),
                    None => {
                        words.insert(word.into(), vec![claim]);
                    }
                }
            }
            made.text.push_str(&text);
            made.ends.push(made.text.len());
        }
        made.words = words.into_iter().collect();
        made.words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        made
    }

    fn of(&self, claim: usize) -> &str {
        let start = claim.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(claim).and_then(|&end| self.text.get(start..end)).unwrap_or("")
    }

    /// For each word that begins so, the claims that have it.
    fn lists(&self, word: &str) -> impl Iterator<Item = &Vec<u32>> {
        let first = self.words.partition_point(|(known, _)| &**known < word);
        self.words.iter().skip(first).take_while(move |(known, _)| known.starts_with(word)).map(|(_, claims)| claims)
    }

    /// The claims with a word that begins so, in order.
    fn begun(&self, word: &str) -> Vec<u32> {
        let mut lists = self.lists(word);
        let mut claims = lists.next().cloned().unwrap_or_default();
        let one = claims.len();
        claims.extend(lists.flatten());
        if claims.len() > one {
            claims.sort_unstable();
            claims.dedup();
        }
        claims
    }

    /// The claims with exactly this word.
    fn whole(&self, word: &str) -> &[u32] {
        let place = self.words.binary_search_by(|(known, _)| (**known).cmp(word));
        place.ok().and_then(|place| self.words.get(place)).map_or(&[], |(_, claims)| claims)
    }

    /// The claims that have these words, the last one perhaps only begun.
    fn find(&self, needle: &str) -> Vec<u32> {
        let mut words: Vec<&str> = needle.split_whitespace().collect();
        let Some(last) = words.pop() else { return (0..).take(self.ends.len()).collect() };
        // The rarest of the words leaves fewest texts to look into.
        let Some(rarest) = words.iter().map(|word| self.whole(word)).min_by_key(|claims| claims.len()) else {
            return self.begun(last);
        };
        let last_is_rarer = self.lists(last).map(Vec::len).sum::<usize>() < rarest.len();
        let claims = if last_is_rarer { Cow::Owned(self.begun(last)) } else { Cow::Borrowed(rarest) };
        claims.iter().copied().filter(|&claim| self.of(claim as usize).contains(needle)).collect()
    }
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
        self.texts(records, outcome).of(claim).contains(needle)
    }

    /// Slots of the claims that have these words, in order.
    pub(crate) fn claims_with(&self, records: &Records, outcome: impl Fn(usize) -> usize, needle: &str) -> Vec<u32> {
        self.texts(records, outcome).find(needle)
    }

    fn texts(&self, records: &Records, outcome: impl Fn(usize) -> usize) -> &Texts {
        self.claims.get_or_init(|| {
            Texts::new(records.claims.iter().enumerate().map(|(slot, claim)| {
                let outcome = records.terms.get(outcome(slot));
                let forms = outcome.into_iter().flat_map(|term| std::iter::once(&term.label).chain(&term.forms));
                text_of(claim, forms)
            }))
        })
    }

    /// Whether the label of the term in a slot has these whole words. `needle` comes from [`whole`].
    pub(crate) fn label_has(&self, records: &Records, term: usize, needle: &str) -> bool {
        let labels = self.labels.get_or_init(|| records.terms.iter().map(|term| whole(&term.label)).collect());
        needle.len() > 1 && labels.get(term).is_some_and(|label| label.contains(needle))
    }
}

fn text_of<'r>(claim: &'r ClaimRecord, forms: impl Iterator<Item = &'r String>) -> String {
    let wording = &claim.wording;
    let named = [&claim.id, &claim.topic, &claim.proposition, &wording.honest];
    let mut text = String::new();
    for part in named.into_iter().chain(&wording.marketing).chain(&wording.overclaims).chain(forms) {
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
