//! A question to the database: conditions that a claim must meet, all of them.
//!
//! Builder and text form make the same conditions, and one evaluator ([`evaluate`](super::evaluate)) holds them against a
//! claim. Never looks at a file.

use std::ops::{Bound, RangeBounds};

use super::condition::{Condition, Levels, Name, NameKey, NumberKey, Numbers, Size, Test};
use super::evaluate::term_fits;
use super::search::begun;
use super::{Claim, Database, Source};
use crate::error::Error;
use crate::model::date::Date;
use crate::model::vocabulary::{Certainty, Design, Direction, Magnitude};
use crate::suggest;
use crate::text::Span;

/// Conditions that a claim must meet. Build them, or parse the text that people type; both are the same query.
///
/// | text | means |
/// |---|---|
/// | `topic:cortisol`, `topic:pain,sleep` | one of these topics |
/// | `certainty<=low`, `certainty:none,high` | rated so; `none` is a claim without any study |
/// | `direction:null`, `magnitude:small` | the result |
/// | `outcome:anxiety`, `population:` `intervention:` `comparator:` | a part of the question: id of a term, words of its label, or its MeSH number (`outcome:D006854`) |
/// | `design:meta-analysis`, `source:moyer-2011-cortisol` | a finding comes from such a source |
/// | `year>=2020`, `year:2010..2015`, `participants>=500` | a finding comes from a source of this year or size |
/// | `effect>=0.5`, `effect:0.2..0.8` | a finding rests on a standardised mean difference of this size, whatever its sign, between groups |
/// | `findings=1`, `findings>=3` | number of findings |
/// | `due:2027-01-01`, `reviewed>=2026-01-01` | review is due on that day; last reviewed then |
/// | `id:…`, `withdrawn:yes` | this claim; claims that were taken back |
/// | `stress`, `"stress hormone"` | these words, the last perhaps only begun, in id, topic, proposition, wording or outcome |
/// | `-topic:pain` | not |
///
/// ```
/// use evidence_claims::{Certainty, Database, Direction, Query};
///
/// let typed: Query = "topic:immunity certainty<=low direction:mixed".parse()?;
/// let built = Query::new().topic("immunity").certainty(..=Certainty::Low).direction(Direction::Mixed);
/// assert_eq!(typed, built);
/// assert_eq!(built.to_string(), "topic:immunity certainty<=low direction:mixed");
/// for claim in Database::builtin().query(&typed) {
///     println!("{}: {}", claim.id(), claim.rating());
/// }
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Query {
    pub(super) conditions: Vec<Condition>,
}

/// One of several values: what a condition on a word accepts. Made from a value or from an array of values.
///
/// ```
/// use evidence_claims::{Direction, Query};
///
/// let one = Query::new().direction(Direction::Null);
/// let two = Query::new().direction([Direction::Null, Direction::Against]).topic(["pain", "sleep"]);
/// assert_eq!(two.to_string(), "direction:null,against topic:pain,sleep");
/// # assert_eq!(one.to_string(), "direction:null");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOf<T>(Vec<T>);

impl<T> From<T> for OneOf<T> {
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl<T, const N: usize> From<[T; N]> for OneOf<T> {
    fn from(values: [T; N]) -> Self {
        Self(values.into())
    }
}

impl<T> From<Vec<T>> for OneOf<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl From<&str> for OneOf<String> {
    fn from(value: &str) -> Self {
        Self(vec![value.to_owned()])
    }
}

impl<const N: usize> From<[&str; N]> for OneOf<String> {
    fn from(values: [&str; N]) -> Self {
        Self(values.map(str::to_owned).into())
    }
}

impl Query {
    /// No condition: fits every claim.
    pub const fn new() -> Self {
        Self { conditions: Vec::new() }
    }

    pub(super) fn with(mut self, negated: bool, test: Test) -> Self {
        self.conditions.push(Condition { negated, test });
        self
    }

    fn names(self, key: NameKey, names: OneOf<String>) -> Self {
        let names: Vec<Name> = names.0.into_iter().map(|name| Name::new(name, Span::default())).collect();
        self.listed(names, |names| Test::Name(key, names))
    }

    /// Nothing is one of no values.
    fn listed<T>(self, values: Vec<T>, test: impl FnOnce(Vec<T>) -> Test) -> Self {
        if values.is_empty() { self.nothing() } else { self.with(false, test(values)) }
    }

    /// A condition that no claim meets.
    fn nothing(self) -> Self {
        self.with(false, Test::Number(NumberKey::Findings, Numbers::NONE))
    }

    /// With one of these ids or former ids.
    pub fn id(self, ids: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Id, ids.into())
    }

    /// Of one of these topics.
    pub fn topic(self, topics: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Topic, topics.into())
    }

    /// About one of these populations: the id of a term or words of its label, as in the next three.
    pub fn population(self, terms: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Population, terms.into())
    }

    /// About one of these interventions.
    pub fn intervention(self, terms: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Intervention, terms.into())
    }

    /// Compared with one of these.
    pub fn comparator(self, terms: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Comparator, terms.into())
    }

    /// About one of these outcomes.
    pub fn outcome(self, terms: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Outcome, terms.into())
    }

    /// With a finding from one of these sources.
    pub fn source(self, ids: impl Into<OneOf<String>>) -> Self {
        self.names(NameKey::Source, ids.into())
    }

    /// Rated, with a certainty in this range.
    pub fn certainty(self, range: impl RangeBounds<Certainty>) -> Self {
        self.with(false, Test::Certainty(Levels::range(range)))
    }

    /// Not rated, since no study was found.
    pub fn unrated(self) -> Self {
        self.with(false, Test::Certainty(Levels::UNRATED))
    }

    /// With one of these directions.
    pub fn direction(self, directions: impl Into<OneOf<Direction>>) -> Self {
        self.listed(directions.into().0, Test::Direction)
    }

    /// With a result of one of these sizes.
    pub fn magnitude(self, magnitudes: impl Into<OneOf<Magnitude>>) -> Self {
        self.listed(magnitudes.into().0, Test::Magnitude)
    }

    /// With a finding from a source of one of these kinds.
    pub fn design(self, designs: impl Into<OneOf<Design>>) -> Self {
        self.listed(designs.into().0, Test::Design)
    }

    /// With a finding from a source of one of these years.
    pub fn year(self, range: impl RangeBounds<u16>) -> Self {
        let numbers =
            Numbers::new(range.start_bound().map(|&year| year.into()), range.end_bound().map(|&year| year.into()));
        self.with(false, Test::Number(NumberKey::Year, numbers))
    }

    /// With a finding from a source that studied so many people.
    pub fn participants(self, range: impl RangeBounds<u32>) -> Self {
        let numbers = Numbers::new(
            range.start_bound().map(|&people| people.into()),
            range.end_bound().map(|&people| people.into()),
        );
        self.with(false, Test::Number(NumberKey::Participants, numbers))
    }

    /// With so many findings.
    pub fn findings(self, range: impl RangeBounds<usize>) -> Self {
        let numbers =
            Numbers::new(range.start_bound().map(|&count| count as u64), range.end_bound().map(|&count| count as u64));
        self.with(false, Test::Number(NumberKey::Findings, numbers))
    }

    /// With a review that is due on this day.
    pub fn due(self, on: Date) -> Self {
        self.with(false, Test::Due(on))
    }

    /// With a finding that rests on a standardised mean difference of this size between groups, whatever its sign: 0.2 is
    /// small, 0.5 moderate, 0.8 large. Changes in one group and other measures, such as minutes or risks, have no common
    /// size and never fit. For whom the effects speak is another condition: [`Query::direction`].
    ///
    /// ```
    /// use evidence_claims::{Database, Direction, Query};
    ///
    /// let query = Query::new().effect(0.5..).direction(Direction::Supports);
    /// assert_eq!(query, "effect>=0.5 direction:supports".parse()?);
    /// assert!(Database::builtin().query(&query).count() > 0);
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    pub fn effect(self, range: impl RangeBounds<f64>) -> Self {
        let size = |&size: &f64| Size(size.abs());
        let after = |Size(size)| Some(Size(size.next_up()));
        let before = |Size(size)| Some(Size(size.next_down()));
        self.ranged(range.start_bound().map(size), range.end_bound().map(size), after, before, Test::Effect)
    }

    /// Last reviewed in this range of days.
    pub fn reviewed(self, range: impl RangeBounds<Date>) -> Self {
        self.ranged(
            range.start_bound().cloned(),
            range.end_bound().cloned(),
            Date::day_after,
            Date::day_before,
            Test::Reviewed,
        )
    }

    /// A range with two ends holds both of them in the text form; an end outside gives way to the value beside it.
    fn ranged<T: Ord>(
        self,
        start: Bound<T>,
        end: Bound<T>,
        after: impl Fn(T) -> Option<T>,
        before: impl Fn(T) -> Option<T>,
        test: impl Fn(Bound<T>, Bound<T>) -> Test,
    ) -> Self {
        let (first, last) = match (start, end) {
            (Bound::Unbounded, Bound::Unbounded) => return self,
            (start, Bound::Unbounded) => return self.with(false, test(start, Bound::Unbounded)),
            (Bound::Unbounded, end) => return self.with(false, test(Bound::Unbounded, end)),
            (start, end) => (inside(start, after), inside(end, before)),
        };
        match first.zip(last).filter(|(first, last)| first <= last) {
            Some((first, last)) => self.with(false, test(Bound::Included(first), Bound::Included(last))),
            None => self.nothing(),
        }
    }

    /// Withdrawn, or not.
    pub fn withdrawn(self, withdrawn: bool) -> Self {
        self.with(false, Test::Withdrawn(withdrawn))
    }

    /// With all these words, each at least begun so, in any order, in id, topic, proposition, wording, overclaims or the
    /// forms of the outcome.
    pub fn text(self, words: impl AsRef<str>) -> Self {
        words.as_ref().split_whitespace().fold(self, Self::phrase)
    }

    /// With these words one after the other, the last at least begun so.
    pub fn phrase(self, words: impl AsRef<str>) -> Self {
        let folded = begun(words.as_ref());
        if folded.is_empty() { self } else { self.with(false, Test::Text(folded)) }
    }

    /// That meets none of the conditions of `other`.
    ///
    /// ```
    /// use evidence_claims::Query;
    ///
    /// let query = Query::new().text("stress").without(Query::new().topic("cortisol"));
    /// assert_eq!(query, "stress -topic:cortisol".parse()?);
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    pub fn without(mut self, other: Self) -> Self {
        let opposite = |condition: Condition| Condition { negated: !condition.negated, ..condition };
        self.conditions.extend(other.conditions.into_iter().map(opposite));
        self
    }

    /// The claims to ask, where an index tells which those are, and what is left to ask them.
    pub(super) fn plan(&self, db: &Database) -> (Option<Vec<usize>>, Self) {
        let indexed = |condition: &Condition| {
            let slots = if condition.negated { None } else { condition.test.candidates(db) };
            slots.map(|slots| (slots, condition.test.is_indexed()))
        };
        let plans = self.conditions.iter().enumerate().filter_map(|(at, condition)| Some((at, indexed(condition)?)));
        let mut rest = self.clone();
        let Some((at, (slots, exact))) = plans.min_by_key(|(_, (slots, _))| slots.len()) else { return (None, rest) };
        if exact {
            rest.conditions.remove(at);
        }
        (Some(slots), rest)
    }

    /// Whether a claim meets all conditions.
    #[must_use]
    pub fn matches(&self, claim: Claim<'_>) -> bool {
        self.conditions.iter().all(|condition| condition.test.holds(claim) != condition.negated)
    }

    /// Whether a source is meant: it meets the conditions on sources (`design:`, `year`, `participants`, `effect`, `source:`) itself,
    /// and, if there are others, a claim that it bears on meets those.
    ///
    /// ```
    /// use evidence_claims::{Database, Query};
    ///
    /// let recent: Query = "year>=2015 participants>100".parse()?;
    /// for source in Database::builtin().query_sources(&recent) {
    ///     assert!(source.year() >= Some(2015) && source.participants() > Some(100));
    /// }
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    #[must_use]
    pub fn matches_source(&self, source: Source<'_>) -> bool {
        let fits = |condition: &Condition| Some(condition.test.holds_for(source)? != condition.negated);
        if self.conditions.iter().any(|condition| fits(condition) == Some(false)) {
            return false;
        }
        let others = || self.conditions.iter().filter(|condition| fits(condition).is_none());
        let meets = |claim: Claim<'_>| others().all(|condition| condition.test.holds(claim) != condition.negated);
        let guides = |claim: &Claim<'_>| claim.guidance().any(|guide| guide == source);
        others().next().is_none() || source.cited_by().any(meets) || source.db.claims().filter(guides).any(meets)
    }

    /// Whether all that is named exists: every topic, term, source and claim. A query for an unknown topic is no
    /// mistake, it only fits no claim; for people who type, say so.
    ///
    /// ```
    /// use evidence_claims::{Database, Query};
    ///
    /// let query: Query = "topic:no-such-topic".parse()?;
    /// let error = query.verify(Database::builtin()).unwrap_err();
    /// assert_eq!(error.span().unwrap().of("topic:no-such-topic"), "no-such-topic");
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first name that does not exist, with its place in the text and the nearest name.
    pub fn verify(&self, db: &Database) -> Result<(), Error> {
        for condition in &self.conditions {
            let Test::Name(key, names) = &condition.test else { continue };
            for name in names {
                if !known(db, *key, name) {
                    let near = match suggest::nearest(&name.text, candidates(db, *key)) {
                        Some(near) => format!("; did you mean `{near}`?"),
                        // They are few enough to be told.
                        None if *key == NameKey::Topic => {
                            format!(" (topics: {})", candidates(db, *key).collect::<Vec<_>>().join(", "))
                        }
                        None => String::new(),
                    };
                    let what = if *key == NameKey::Id { "claim" } else { key.word() };
                    return Err(Error::query(format!("no {what} `{}`{near}", name.text), name.span));
                }
            }
        }
        Ok(())
    }
}

/// The outermost value of a range at this end, which it holds.
fn inside<T>(end: Bound<T>, beside: impl Fn(T) -> Option<T>) -> Option<T> {
    match end {
        Bound::Included(value) => Some(value),
        Bound::Excluded(value) => beside(value),
        Bound::Unbounded => None,
    }
}

fn known(db: &Database, key: NameKey, name: &Name) -> bool {
    match key {
        NameKey::Id => db.claim(&name.text).is_some(),
        NameKey::Topic => db.topic(&name.text).is_some(),
        NameKey::Source => db.source(&name.text).is_some(),
        _ => (db.records().terms.iter().enumerate())
            .any(|(slot, term)| term.class == key.word() && term_fits(db, slot, &term.id, name)),
    }
}

fn candidates(db: &Database, key: NameKey) -> Box<dyn Iterator<Item = &str> + '_> {
    match key {
        NameKey::Id => Box::new(db.claims().map(Claim::id)),
        NameKey::Source => Box::new(db.sources().map(super::Source::id)),
        _ => Box::new(db.terms().filter(move |term| term.class() == key.word()).map(super::Term::id)),
    }
}
