//! Reading the files of `data/rates`: classes of words, and the weights of cues.
//!
//! They are no records of a pack: nothing refers to them, and a pack cannot add to them.

use serde::Deserialize;

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

/// How much a cue speaks for a class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weight {
    pub(crate) cue: String,
    pub(crate) class: String,
    pub(crate) value: f64,
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    words: Vec<WordList>,
    #[serde(default)]
    weight: Vec<Weight>,
}

/// The lists of words of a text. The embedded file is valid, which a test proves; of a broken one nothing is read.
pub(crate) fn word_lists(text: &str) -> Vec<WordList> {
    toml::from_str::<File>(text).unwrap_or_default().words
}

/// The weights of a text, as [`word_lists`].
pub(crate) fn weights(text: &str) -> Vec<Weight> {
    toml::from_str::<File>(text).unwrap_or_default().weight
}
