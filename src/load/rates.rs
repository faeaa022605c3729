//! Reading the files of `data/rates`: classes of words, and the weights of cues.
//!
//! They are no records of a pack: nothing refers to them, and a pack cannot add to them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::de::DeTable;

use super::problems::problem;
use crate::diagnostic::NoteKind;
use crate::error::Error;
use crate::text::Span;

/// Words of one class, as `words.toml` lists them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordList {
    pub(crate) class: String,
    /// What the words have in common, for readers of the file.
    #[serde(default)]
    #[allow(dead_code)]
    about: String,
    /// Verbs by their base form; all their forms count.
    #[serde(default)]
    pub(crate) verbs: Vec<String>,
    /// Words and phrases that stand for themselves.
    #[serde(default)]
    pub(crate) forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<WordList>,
}

/// How much each cue speaks for none, correlational, conditional and causal wording.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    weights: HashMap<String, [f64; 4]>,
}

/// The lists of words of a file.
///
/// # Errors
///
/// When the text is no TOML or has other keys than lists of words; the diagnostic has the place.
pub(crate) fn word_lists(name: &str, text: &str) -> Result<Vec<WordList>, Error> {
    read::<Words>(name, text).map(|words| words.words)
}

/// The weights of a file.
///
/// # Errors
///
/// As [`word_lists`].
pub(crate) fn weights(name: &str, text: &str) -> Result<HashMap<String, [f64; 4]>, Error> {
    read::<Weights>(name, text).map(|weights| weights.weights)
}

fn read<T: for<'de> Deserialize<'de>>(name: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().map(Span::from).unwrap_or_default();
        let rule = if DeTable::parse(text).is_err() { "data/syntax" } else { "data/rates" };
        let mut diagnostic = problem(rule, span, error.message().lines().collect::<Vec<_>>().join(" "))
            .note(NoteKind::Do, "fix the line; `data/README.md` says what a file of `data/rates` holds");
        let name: Arc<str> = name.into();
        diagnostic.file = Some(Arc::clone(&name));
        Error::invalid(vec![diagnostic], vec![(name, text.into())])
    })
}
