//! What each thread makes for itself. Texts that threads shared would be counted by both at every finding, and each count would wait for the
//! other processor; so a thread has texts and names of its own.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, RwLock};

use super::fast_hasher::FastHasher;
use super::texts::Ready;
use crate::database::Database;
use crate::model::rule::RuleRecord;

/// Threads beyond these sit beside others, which costs time and nothing else.
const SEATS: usize = 32;

/// How many threads have taken a seat.
static TAKEN: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// The seat of this thread, at every checker.
    static OWN: usize = TAKEN.fetch_add(1, Ordering::Relaxed) % SEATS;
}

/// The seats at a checker, laid when a thread takes them.
#[derive(Debug, Default)]
pub(super) struct Seats([OnceLock<Box<Seat>>; SEATS]);

impl Seats {
    /// That of this thread.
    pub(super) fn own(&self, db: &Database) -> &Seat {
        let own = OWN.try_with(|own| *own).unwrap_or_default();
        self.0[own].get_or_init(|| Box::new(Seat::new(db)))
    }
}

/// Texts and names that one thread has made.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) shared: Shared,
    pub(super) ready: Ready,
    /// For each term its topic.
    pub(super) topics: Vec<Option<Arc<str>>>,
    /// For each rule its topics.
    pub(super) rule_topics: Vec<Arc<[Arc<str>]>>,
}

impl Seat {
    fn new(db: &Database) -> Self {
        let records = db.records();
        let shared = Shared::default();
        let topic = |topic: &str| shared.name(topic);
        let topics = records.terms.iter().map(|term| term.topic.as_deref().map(topic)).collect();
        let of_rule = |rule: &RuleRecord| rule.topics.iter().map(|name| topic(name)).collect();
        let rule_topics = records.rules.iter().map(of_rule).collect();
        Self { shared, ready: Ready::default(), topics, rule_topics }
    }
}

/// Texts that many findings have in common, each held once.
#[derive(Debug, Default)]
pub(super) struct Shared(RwLock<HashSet<Arc<str>, BuildHasherDefault<FastHasher>>>);

/// Beyond this many texts new ones are no longer shared: they hold words of the copy, of which there is no end.
const MOST_SHARED: usize = 4096;

impl Shared {
    /// The one copy of a text.
    pub(super) fn name(&self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.read().ok().and_then(|texts| texts.get(text).cloned()) {
            return known;
        }
        let Ok(mut texts) = self.0.write() else { return text.into() };
        let new: Arc<str> = text.into();
        if texts.len() < MOST_SHARED {
            texts.insert(new.clone());
        }
        new
    }
}
