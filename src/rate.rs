//! How strongly one sentence of health science words a relation: not at all, as a link, as a possible cause, as a cause.
//!
//! A sentence is read into cues, each a class of words with the place it has in the grammar; a scheme of weights, which are data,
//! adds them up. Never looks at the evidence: it rates words, not truth.

mod claim;
mod clause;
mod cue;
mod grammar;
mod role;
mod verdict;
mod words;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use crate::database::Database;
use crate::error::Error;
use crate::load::{WordList, weights, word_lists};
use crate::text::Span;
pub(crate) use words::Lists;

/// A file of `data/rates` with its name, for messages.
type Embedded = (&'static str, &'static str);

const WORDS: Embedded = ("data/rates/words.toml", include_str!("../data/rates/words.toml"));
const CONTENT: Embedded = ("data/rates/content.toml", include_str!("../data/rates/content.toml"));
const YU2019: Embedded = ("data/rates/yu2019.toml", include_str!("../data/rates/yu2019.toml"));
const INSCIOUT: Embedded = ("data/rates/insciout.toml", include_str!("../data/rates/insciout.toml"));

/// What a sentence says of a relation between two things, from nothing to cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WordingClass {
    /// No relation is stated.
    None,
    /// The two go together: "is linked to", "was higher in".
    Correlational,
    /// The one may bring about the other: "may reduce".
    Conditional,
    /// The one brings about the other: "reduces".
    Causal,
}

impl WordingClass {
    /// All classes, weakest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Correlational, Self::Conditional, Self::Causal];

    /// The name as data files and reports write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Correlational => "correlational",
            Self::Conditional => "conditional",
            Self::Causal => "causal",
        }
    }
}

impl fmt::Display for WordingClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A published scheme for coding the strength of statements. They differ on denials and on "can".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// Yu, Li and Wang 2019: a denied effect keeps its class, "can reduce" is causal.
    #[default]
    Yu2019,
    /// InSciOut, in the four levels of Wright and Augenstein 2021: a denied relation is none, "can reduce" is conditional.
    Insciout,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Self; 2] = [Self::Yu2019, Self::Insciout];

    /// The name as the command line writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yu2019 => "yu2019",
            Self::Insciout => "insciout",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Scheme {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let unknown = || Error::unknown_name("scheme", name, Self::ALL.map(Self::as_str));
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == name).ok_or_else(unknown)
    }
}

/// Words of a sentence that speak for or against its class, as [`Rater::rate`] found them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    span: Span,
    id: String,
    weight: f64,
}

impl Cue {
    /// Where the words stand; empty for a property of the whole sentence.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The name under which the weight is listed in `data/rates`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How much the cue moved the sentence to its class, against the mean of the other classes; below zero it spoke against it.
    #[must_use]
    pub const fn weight(&self) -> f64 {
        self.weight
    }
}

/// A word of a sentence that a list of `data/rates` holds, as [`Rater::listed`] found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedWord {
    span: Span,
    class: String,
    from: Vec<String>,
}

impl ListedWord {
    /// Where the word or phrase stands.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The class of its list, such as `may`.
    #[must_use]
    pub fn class(&self) -> &str {
        &self.class
    }

    /// Ids of the provenances of its list, for [`Database::provenance`].
    pub fn provenance(&self) -> impl ExactSizeIterator<Item = &str> {
        self.from.iter().map(String::as_str)
    }
}

/// How much likelier it is that two statements of one finding have one class than that they agree by chance. Cross-validated on
/// pairs of press releases and abstracts: without it (1.0) more classes of both are wrong, beyond 3 too few differences are left.
const AGREEMENT: f64 = 2.5;

/// The class of a sentence and why.
#[derive(Clone, Debug, PartialEq)]
pub struct StrengthRating {
    class: WordingClass,
    shares: [f64; 4],
    cues: Vec<Cue>,
}

impl StrengthRating {
    /// The class.
    #[must_use]
    pub const fn class(&self) -> WordingClass {
        self.class
    }

    /// How sure the weights are of the class, from 0 to 1.
    #[must_use]
    pub const fn share(&self) -> f64 {
        self.shares[self.class as usize]
    }

    /// How sure the weights are of each class, in the order of [`WordingClass::ALL`]; together 1.
    #[must_use]
    pub const fn shares(&self) -> [f64; 4] {
        self.shares
    }

    /// The mean class in steps, none 0 to causal 3, each class by how sure the weights are of it. Finer than the class when two
    /// sentences are compared.
    #[must_use]
    pub fn expected(&self) -> f64 {
        self.shares.iter().zip([0.0, 1.0, 2.0, 3.0]).map(|(share, step)| share * step).sum()
    }

    /// The classes of two statements of one finding, each judged beside the other: they mostly agree, so that only a clear
    /// difference is one.
    ///
    /// ```
    /// use evidence_claims::{Database, Rater, Scheme, WordingClass};
    ///
    /// let rater = Rater::new(Database::builtin())?.scheme(Scheme::Insciout)?;
    /// let headline = rater.rate("Daily walks cut the risk of stroke.");
    /// let abstract_ = rater.rate("Walking was associated with a lower risk of stroke.");
    /// assert_eq!(headline.beside(&abstract_), (WordingClass::Causal, WordingClass::Correlational));
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    #[must_use]
    pub fn beside(&self, other: &Self) -> (WordingClass, WordingClass) {
        beside(&self.shares, &other.shares)
    }

    /// The cues that bore on the class, the heaviest first.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }
}

/// The likeliest classes of two statements of one finding, by how sure the weights are of each.
pub(crate) fn beside(one: &[f64; 4], other: &[f64; 4]) -> (WordingClass, WordingClass) {
    let mut best = (WordingClass::None, WordingClass::None, 0.0);
    for a in WordingClass::ALL {
        for b in WordingClass::ALL {
            let both = one[a as usize] * other[b as usize] * if a == b { AGREEMENT } else { 1.0 };
            if both > best.2 {
                best = (a, b, both);
            }
        }
    }
    (best.0, best.1)
}

/// Rates sentences under one scheme.
///
/// ```
/// use evidence_claims::{Database, Rater, WordingClass};
///
/// let rater = Rater::new(Database::builtin())?;
/// assert_eq!(rater.rate("Daily walks may lower blood pressure.").class(), WordingClass::Conditional);
/// assert_eq!(rater.rate("Daily walks were associated with lower blood pressure.").class(), WordingClass::Correlational);
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Debug)]
pub struct Rater {
    lists: Lists,
    content: Lists,
    weights: HashMap<String, [f64; 4]>,
}

impl Rater {
    /// A rater with the scheme of Yu 2019. Irregular verbs come from the database.
    ///
    /// # Errors
    ///
    /// When a file of `data/rates` was broken before the library was built: the diagnostics have the place.
    pub fn new(db: &Database) -> Result<Self, Error> {
        let irregular = irregular_verbs(db);
        let lists = |file: Embedded| Ok::<_, Error>(Lists::new(embedded_lists(file, db)?, &irregular));
        let (lists, content) = (lists(WORDS)?, lists(CONTENT)?);
        Self { lists, content, weights: HashMap::new() }.scheme(Scheme::Yu2019)
    }

    /// The same rater under another scheme.
    ///
    /// # Errors
    ///
    /// As [`Rater::new`].
    pub fn scheme(self, scheme: Scheme) -> Result<Self, Error> {
        let (name, text) = match scheme {
            Scheme::Yu2019 => YU2019,
            Scheme::Insciout => INSCIOUT,
        };
        self.weights(name, text)
    }

    /// The same rater with weights of your own, as `scripts/learn_rates.py` writes them; `name` stands for the text in
    /// diagnostics.
    ///
    /// ```
    /// use evidence_claims::{Database, Rater};
    ///
    /// let error = Rater::new(Database::builtin())?.weights("mine.toml", "[weights]\n\"be > linked\" = [0.5]").unwrap_err();
    /// assert_eq!(error.diagnostics()[0].file(), Some("mine.toml"));
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is no TOML, has other keys, or a cue has no four weights.
    pub fn weights(mut self, name: &str, text: &str) -> Result<Self, Error> {
        self.weights = weights(name, text)?;
        Ok(self)
    }

    /// Rates one sentence, title or headline.
    #[must_use]
    pub fn rate(&self, sentence: &str) -> StrengthRating {
        let mut sums = [0.0; 4];
        let mut met = Vec::new();
        for (span, id) in cue::read(&self.lists, &self.content, sentence) {
            if let Some(weights) = self.weights.get(&id) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight;
                }
                met.push((span, id, *weights));
            }
        }
        let best = (0..4).fold(0, |best, at| if sums[at] > sums[best] { at } else { best });
        let shares = sums.map(|sum| (sum - sums[best]).exp());
        let total: f64 = shares.iter().sum();
        let shares = shares.map(|share| share / total);
        let mut cues: Vec<Cue> = met
            .into_iter()
            .map(|(span, id, weights)| {
                let others: f64 = weights.iter().sum::<f64>() - weights[best];
                Cue { span, id, weight: weights[best] - others / 3.0 }
            })
            .filter(|cue| cue.weight.abs() > 0.005)
            .collect();
        cues.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.id.cmp(&b.id)));
        StrengthRating { class: WordingClass::ALL[best], shares, cues }
    }

    /// Whether a word says what a sentence is about, and not how it is said. Folded, as tokens are.
    pub(crate) fn is_content(&self, word: &str) -> bool {
        const ABOUT: [&str; 3] = ["treatment", "risk", "verb"];
        let words = self.lists.read(word);
        words.iter().all(|word| word.tags.first().is_none_or(|tag| ABOUT.contains(&self.lists.name(tag.class))))
    }

    /// The words of a sentence that `data/rates` lists, in order, each with its class and where the list comes from: how to
    /// trace a cue back. A word that several lists have is given once for each.
    ///
    /// ```
    /// use evidence_claims::{Database, Rater};
    ///
    /// let db = Database::builtin();
    /// for word in Rater::new(db)?.listed("Daily walks may lower blood pressure.") {
    ///     let from: Vec<&str> = word.provenance().filter_map(|id| db.provenance(id)).map(|from| from.title()).collect();
    ///     println!("{:?} {}: {}", word.span(), word.class(), from.join("; "));
    /// }
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    #[must_use]
    pub fn listed(&self, sentence: &str) -> Vec<ListedWord> {
        let of = |lists: &Lists| {
            let words = lists.read(sentence).into_iter().flat_map(|word| {
                let span: Span = word.range.clone().into();
                word.tags.into_iter().map(move |tag| (span, tag.class))
            });
            let listed = words.map(|(span, class)| ListedWord {
                span,
                class: lists.name(class).to_owned(),
                from: lists.from(class).to_vec(),
            });
            listed.collect::<Vec<_>>()
        };
        let mut words = of(&self.lists);
        words.extend(of(&self.content));
        words.sort_by_key(|word| (word.span.start(), word.span.end()));
        words.dedup();
        words
    }

    /// The names of all cues of a sentence, weighed or not: what a script learns weights from.
    #[must_use]
    pub fn features(&self, sentence: &str) -> Vec<String> {
        cue::read(&self.lists, &self.content, sentence).into_iter().map(|(_, id)| id).collect()
    }
}

/// The lists of an embedded file. They belong to the crate, and so do the records of where their words come from.
pub(crate) fn embedded_lists(
    (name, text): (&'static str, &'static str),
    db: &Database,
) -> Result<Vec<WordList>, Error> {
    word_lists(name, text, |id| db.provenance(id).or_else(|| Database::builtin().provenance(id)).is_some())
}

/// The irregular forms of verbs by their base form, as the database lists them.
pub(crate) fn irregular_verbs(db: &Database) -> HashMap<String, Vec<String>> {
    let mut irregular: HashMap<String, Vec<String>> = HashMap::new();
    for term in db.records().terms.iter().filter(|term| term.class == "irregular-verb") {
        irregular.entry(term.label.clone()).or_default().extend(term.forms.iter().cloned());
    }
    irregular
}
