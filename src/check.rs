//! Honest wording: reads a document and says where its words claim more than the evidence allows.
//!
//! Never touches files, never prints, never reads a clock.

mod actor;
mod anchor;
mod answer;
mod assertion;
mod class;
mod condition_list;
mod draft;
mod edit;
mod explain;
mod fast_hasher;
mod glance;
mod governed;
mod inflect;
mod lexicon;
mod matching;
mod message;
mod overlap;
mod page;
mod pattern;
mod phrase;
mod phrase_tree;
mod present;
mod program;
mod proof;
mod reading;
mod relation;
mod rows;
mod seat;
mod speaker;
mod spun;
mod surroundings;
mod tag;
mod texts;
mod verdict;
mod walk;
mod word_table;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::database::Database;
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::document::{BlockKind, Document};
use crate::limit;
use crate::load::unpack;
use crate::model::claim::ClaimRecord;
use crate::model::rule::RuleRecord;
use crate::model::vocabulary::{Certainty, RuleStatus, Strength, Wanted};
use crate::text::Span;
pub use draft::Draft;
pub use explain::{FoundTerm, ReadAssertion, ReadSentence};
use fast_hasher::FastHasher;
use lexicon::Lexicon;
pub(crate) use lexicon::inflect as phrases_of_verb;
use reading::{Reading, Tag};
use seat::{Seat, Seats};
use surroundings::Surroundings;

/// The compiled vocabulary of the built-in pack.
static NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.txt"));

/// A vocabulary, and what is wrong with it.
type Compiled = (Lexicon, Vec<Diagnostic>);

/// That of the built-in pack. All checkers share it: a language server lays a new one for each project.
static BUILT: OnceLock<Arc<Compiled>> = OnceLock::new();

/// Checks documents against one database.
///
/// The vocabulary is compiled when the first words are read; checking is one pass over the words. A checker can be used from several threads.
///
/// ```
/// use evidence_claims::{Checker, Database, Document};
///
/// let checker = Checker::new(Database::builtin());
/// assert!(checker.check(&Document::plain("An hour of massage costs 60 euros.")).is_empty());
/// let page = Document::plain("Massage cures arthritis.");
/// assert_eq!(checker.check(&page)[0].rule(), "cure-claim");
/// ```
#[derive(Debug)]
pub struct Checker<'db> {
    db: &'db Database,
    /// Compiled when the first words are read.
    compiled: OnceLock<Arc<Compiled>>,
    severities: HashMap<String, Severity, BuildHasherDefault<FastHasher>>,
    ceilings: Vec<(Certainty, Strength)>,
    rules: HashMap<&'db str, usize, BuildHasherDefault<FastHasher>>,
    /// Claims by the slot of their outcome term.
    claims: HashMap<u32, Vec<usize>, BuildHasherDefault<FastHasher>>,
    /// For each claim the slot of its outcome term.
    outcomes: Vec<Option<u32>>,
    authority: Option<&'db str>,
    /// No more findings of one document are told.
    most: usize,
    seats: Seats,
}

impl<'db> Checker<'db> {
    /// A checker with the neutral profile: severities as the rules state them, ceilings as GRADE words them.
    #[must_use]
    pub fn new(db: &'db Database) -> Self {
        let records = db.records();
        let rules = records.rules.iter().enumerate().map(|(slot, rule)| (rule.name.as_str(), slot)).collect();
        let terms: HashMap<&str, u32> = records
            .terms
            .iter()
            .enumerate()
            .filter(|(_, term)| term.class == "outcome")
            .map(|(slot, term)| (term.id.as_str(), slot as u32))
            .collect();
        let outcome = |claim: &ClaimRecord| terms.get(claim.pico.outcome.as_str()).copied();
        let outcomes: Vec<Option<u32>> = records.claims.iter().map(outcome).collect();
        let mut claims: HashMap<u32, Vec<usize>, _> = HashMap::default();
        for (slot, outcome) in outcomes.iter().enumerate() {
            if let Some(term) = outcome {
                claims.entry(*term).or_default().push(slot);
            }
        }
        Self {
            db,
            compiled: OnceLock::new(),
            severities: HashMap::default(),
            ceilings: Vec::new(),
            rules,
            claims,
            outcomes,
            authority: None,
            most: limit::MOST,
            seats: Seats::default(),
        }
    }

    /// Takes severities and ceilings of a profile, such as `uk-cap`.
    ///
    /// # Errors
    ///
    /// When the database holds no profile of that name; the message lists those it holds.
    pub fn profile(mut self, name: &str) -> Result<Self, crate::Error> {
        let profiles = &self.db.records().profiles;
        let Some(profile) = profiles.iter().find(|profile| profile.name == name) else {
            return Err(crate::Error::unknown_name(
                "profile",
                name,
                profiles.iter().map(|profile| profile.name.as_str()),
            ));
        };
        self.severities.extend(profile.severities.iter().cloned());
        self.ceilings.clone_from(&profile.ceilings);
        self.authority =
            profile.authority.first().filter(|_| name != "neutral").map(|authority| authority.name.as_str());
        // Texts that are ready name no authority, or another.
        self.seats = Seats::default();
        Ok(self)
    }

    /// Sets the severity of one rule. A rule that compares wording with a rating keeps its own mild cases mild: the severity set here
    /// is the highest it uses.
    #[must_use]
    pub fn severity(mut self, rule: &str, severity: Severity) -> Self {
        self.severities.insert(rule.to_owned(), severity);
        self
    }

    /// Tells at most so many findings of the sentences of one document; 100,000 where nothing is set. Reading ends there, and one more finding, of the rule
    /// `limit/findings`, says where: copy by strangers may be nothing but claims.
    ///
    /// ```
    /// use evidence_claims::{Checker, Database, Document};
    ///
    /// let page = Document::plain("Massage flushes toxins. Massage cures asthma. Massage melts fat.");
    /// let found = Checker::new(Database::builtin()).max_findings(1).check(&page);
    /// assert_eq!(found.len(), 2);
    /// assert_eq!(found[1].rule(), "limit/findings");
    /// assert_eq!(found[1].span().of(page.text()), "cures asthma");
    /// ```
    #[must_use]
    pub const fn max_findings(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Patterns of the database's rules and forms of its terms that could not be compiled. Empty for a valid pack.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.compiled().1
    }

    /// Everything that a document says too strongly, in reading order, up to [`max_findings`](Self::max_findings).
    #[must_use]
    pub fn check(&self, document: &Document) -> Vec<Diagnostic> {
        let mut walk = walk::Walk::default();
        for slot in 0..document.blocks().len() {
            walk.block(self, document, slot);
        }
        let unread = walk.unread();
        let (page, found) = walk.finish();
        let added = page.compare(self, document, &found);
        let mut found = overlap::assemble(self, document, &page, found, &added);
        // Of a page that was not checked to its end nothing can be said as a whole: its harms may be named below.
        if !self.limit(&mut found, unread) {
            found.extend(page.judge(self, document, &found));
            sort(&mut found);
        }
        edit::as_written(document, &mut found);
        found.shrink_to_fit();
        found
    }

    /// Cuts findings off behind the limit, and tells whether it did. `unread`: where reading has ended for that reason.
    pub(crate) fn limit(&self, found: &mut Vec<Diagnostic>, unread: Option<Span>) -> bool {
        limit::cut(self.db, self.severities.get(limit::RULE).copied(), self.most, found, unread)
    }

    fn sentence(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        room: &mut phrase::Room,
        found: &mut Vec<Diagnostic>,
        artefacts: &mut Vec<Range<usize>>,
    ) {
        if !reading.tags.is_empty() && !around.refused {
            self.assertions(document, reading, around, &mut room.assertions, found);
            self.condition_list(document, reading, around, found);
            self.research(document, reading, around, found);
            self.spun(document, reading, [around.subject, around.section], found);
        }
        self.phrases(document, reading, around, room, found, artefacts);
    }

    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| {
            if !self.db.is_builtin() {
                return Arc::new(Lexicon::new(self.db.records()));
            }
            // The build script has compiled it.
            let built = || unpack(NUMBERS, TEXTS).map(|lexicon| (lexicon, Vec::new()));
            Arc::clone(BUILT.get_or_init(|| Arc::new(built().unwrap_or_else(|| Lexicon::new(self.db.records())))))
        })
    }

    fn seat(&self) -> &Seat {
        self.seats.own(self.db)
    }

    fn lexicon(&self) -> &Lexicon {
        &self.compiled().0
    }

    /// The rule of a name, in force or not.
    fn record(&self, name: &str) -> Option<&'db RuleRecord> {
        self.rules.get(name).and_then(|&slot| self.db.records().rules.get(slot))
    }

    /// The rule of a name that is in force.
    fn rule(&self, name: &str) -> Option<&'db RuleRecord> {
        self.record(name).filter(|rule| rule.status == RuleStatus::Stable)
    }

    /// The severity of a rule under the profile and the caller's settings.
    fn severity_of(&self, rule: &RuleRecord) -> Severity {
        self.severities.get(&rule.name).copied().unwrap_or(rule.severity)
    }

    /// The database that is compared with.
    #[must_use]
    pub const fn database(&self) -> &'db Database {
        self.db
    }

    /// The severity of a rule of the database under the profile and the caller's settings.
    pub(crate) fn severity_for(&self, rule: &str) -> Option<Severity> {
        let set = self.severities.get(rule).copied();
        set.or_else(|| Some(self.record(rule)?.severity))
    }

    fn ceiling(&self, certainty: Certainty) -> Strength {
        self.ceilings
            .iter()
            .find(|(level, _)| *level == certainty)
            .map_or_else(|| Strength::ceiling(certainty), |&(_, strength)| strength)
    }

    fn strength_of(&self, tag: Tag) -> Option<Strength> {
        self.db.records().terms.get(tag.term as usize).and_then(|term| term.strength)
    }

    fn topic_of(&self, tag: Tag) -> Option<&Arc<str>> {
        self.seat().topics.get(tag.term as usize)?.as_ref()
    }

    fn topics_of(&self, rule: &RuleRecord) -> Arc<[Arc<str>]> {
        self.rules
            .get(rule.name.as_str())
            .and_then(|&slot| self.seat().rule_topics.get(slot))
            .cloned()
            .unwrap_or_default()
    }

    fn wanted(&self, tag: Tag) -> Wanted {
        self.db.records().terms.get(tag.term as usize).and_then(|term| term.wanted).unwrap_or(Wanted::Less)
    }
}

impl BlockKind {
    /// Kinds whose words often stand alone, without a verb.
    const fn is_fragment(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::ListItem | Self::TableCell | Self::Button)
    }

    /// Kinds that hurried readers see first.
    const fn is_prominent(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Button | Self::Description | Self::AltText)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, NUMBERS, TEXTS};
    use crate::database::Database;
    use crate::load::{pack, unpack};

    #[test]
    fn the_embedded_vocabulary_is_the_compiled_one() {
        let (compiled, problems) = Lexicon::new(Database::builtin().records());
        assert!(problems.is_empty());
        let packed = pack(&compiled);
        assert!(packed.numbers == NUMBERS && packed.texts == TEXTS);
        // What is read back is the same again.
        let read: Lexicon = unpack(NUMBERS, TEXTS).expect("the build script wrote a vocabulary");
        let again = pack(&read);
        assert!(again.numbers == NUMBERS && again.texts == TEXTS);
    }
}
