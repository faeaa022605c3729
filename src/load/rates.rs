//! Reading the files of `data/rates`: classes of words, and the weights of cues.
//!
//! They are no records of a pack: nothing refers to them, and a pack cannot add to them. Where their words come from is a record.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::problems::{problem, shown};
use crate::diagnostic::{Diagnostic, NoteKind};
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
    /// Ids of provenances; without any of its own, those of the file.
    #[serde(default)]
    from: Vec<Spanned<String>>,
}

impl WordList {
    /// Ids of the provenances of the words.
    pub(crate) fn provenance(&self) -> Vec<String> {
        self.from.iter().map(|id| id.get_ref().clone()).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    from: Vec<Spanned<String>>,
    words: Vec<WordList>,
}

/// How much each cue speaks for none, correlational, conditional and causal wording.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    weights: HashMap<String, [f64; 4]>,
}

/// The lists of words of a file, whose provenances are ids that `is_known` tells.
///
/// # Errors
///
/// When the text is no TOML, has other keys than lists of words or names an unknown provenance; the diagnostic has the place.
pub(crate) fn word_lists(name: &str, text: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<WordList>, Error> {
    let Words { from, mut words } = read::<Words>(name, text)?;
    let named = from.iter().chain(words.iter().flat_map(|list| &list.from));
    let unknown = named.filter(|id| !is_known(id.get_ref())).map(|id| {
        problem("data/unknown-provenance", id.span().into(), format!("no provenance `{}`", shown(id.get_ref())))
            .note(NoteKind::Do, "add a [[provenance]] with this id")
    });
    let unknown: Vec<Diagnostic> = unknown.collect();
    if !unknown.is_empty() {
        return Err(broken(name, text, unknown));
    }
    for list in words.iter_mut().filter(|list| list.from.is_empty()) {
        list.from.clone_from(&from);
    }
    Ok(words)
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
        let diagnostic = problem(rule, span, error.message().lines().collect::<Vec<_>>().join(" "))
            .note(NoteKind::Do, "fix the line; `data/README.md` says what a file of `data/rates` holds");
        broken(name, text, vec![diagnostic])
    })
}

fn broken(name: &str, text: &str, mut diagnostics: Vec<Diagnostic>) -> Error {
    let name: Arc<str> = name.into();
    for diagnostic in &mut diagnostics {
        diagnostic.file = Some(Arc::clone(&name));
    }
    Error::invalid(diagnostics, vec![(name, text.into())])
}

#[cfg(test)]
mod tests {
    use super::word_lists;

    const LISTS: &str = "from = [\"doe\"]\n[[words]]\nclass = \"a\"\n[[words]]\nclass = \"b\"\nfrom = [\"roe\"]\n";

    #[test]
    fn a_list_says_itself_where_its_words_come_from_or_its_file_does() {
        let lists = word_lists("words.toml", LISTS, |_| true).expect("they are lists");
        assert_eq!(lists.iter().map(|list| list.provenance().concat()).collect::<Vec<_>>(), ["doe", "roe"]);
    }

    #[test]
    fn a_list_from_something_unknown_is_an_error_at_its_place() {
        let error = word_lists("words.toml", LISTS, |id| id == "doe").expect_err("nobody knows roe");
        let [found] = error.diagnostics() else { panic!("{error:?}") };
        assert_eq!(
            (found.rule(), found.file(), found.span().of(LISTS)),
            ("data/unknown-provenance", Some("words.toml"), "\"roe\"")
        );
    }
}
