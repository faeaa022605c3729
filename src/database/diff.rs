//! What changed between two editions: ratings, wording, questions and findings, claim by claim.
//!
//! Tells what differs and never which edition is right.

use serde::Serialize;

use super::Database;
use super::view::claim::{Claim, Finding};
use crate::model::names::names;

/// One difference between two editions of a claim.
///
/// ```
/// use evidence_claims::{Aspect, Database};
///
/// let db = Database::builtin();
/// assert!(db.diff(db).is_empty());
///
/// let gone = Database::builder().text("empty.toml", "[[term]]\nid = \"x\"\nclass = \"topic\"\nlabel = \"x\"").build()?;
/// let change = &db.diff(&gone)[0];
/// assert_eq!(change.aspect, Aspect::Removed);
/// assert_eq!(change.after, None);
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Id of the claim in the newer edition; of a claim that is gone, its last one.
    pub claim: String,
    /// What differs.
    pub aspect: Aspect,
    /// How it was; `None` for what is new.
    pub before: Option<String>,
    /// How it is; `None` for what is gone.
    pub after: Option<String>,
}

names! {
    /// What about a claim differs.
    #[non_exhaustive]
    Aspect, "aspect" {
        /// The claim is new; its rating is what came.
        Added = "added",
        /// The claim is gone, though ids should stay for good; its rating is what went.
        Removed = "removed",
        /// It has another id; the former one still finds it.
        Id = "id",
        /// It was taken back, or is no longer; the reason.
        Withdrawn = "withdrawn",
        /// Its topic.
        Topic = "topic",
        /// The statement that it answers.
        Proposition = "proposition",
        /// A part of its question: population, intervention, comparator or outcome, as a term.
        Question = "question",
        /// Direction, size and certainty.
        Rating = "rating",
        /// A reason for its certainty.
        Reason = "reason",
        /// The sentence that may be published.
        Honest = "honest",
        /// What marketing says instead.
        Marketing = "marketing",
        /// A phrase that says too much.
        Overclaim = "overclaim",
        /// Words that honest copy must carry.
        Condition = "condition",
        /// Words that make a sentence about this claim.
        Context = "context",
        /// What a source says.
        Finding = "finding",
        /// Rules and advice about it.
        Guidance = "guidance",
    }
}

impl Database {
    /// What a `newer` edition of these claims says otherwise, sorted by claim. A claim that only has another id is found by its
    /// former one. Dates of review, notes for editors and the words of sources and terms are not compared.
    #[must_use]
    pub fn diff(&self, newer: &Self) -> Vec<Change> {
        let mut changes = Changes::default();
        for old in self.claims() {
            match newer.claim(old.id()) {
                Some(new) => changes.compare(old, new),
                None => changes.add(old.id(), Aspect::Removed, Some(old.rating().to_string()), None),
            }
        }
        for new in newer.claims() {
            let is_known = self.claim(new.id()).is_some() || new.aliases().any(|alias| self.claim(alias).is_some());
            if !is_known {
                changes.add(new.id(), Aspect::Added, None, Some(new.rating().to_string()));
            }
        }
        changes.0.sort_by(|a, b| a.claim.cmp(&b.claim));
        changes.0
    }
}

/// Reads what is compared of a claim.
type Read<T> = fn(Claim<'_>) -> T;

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn add(&mut self, claim: &str, aspect: Aspect, before: Option<String>, after: Option<String>) {
        if before != after {
            self.0.push(Change { claim: claim.to_owned(), aspect, before, after });
        }
    }

    /// Entries of two lists: those that went, and those that came.
    fn lists(&mut self, claim: &str, aspect: Aspect, old: Vec<String>, new: Vec<String>) {
        for gone in old.iter().filter(|entry| !new.contains(entry)) {
            self.add(claim, aspect, Some(gone.clone()), None);
        }
        for come in new.into_iter().filter(|entry| !old.contains(entry)) {
            self.add(claim, aspect, None, Some(come));
        }
    }

    fn compare(&mut self, old: Claim<'_>, new: Claim<'_>) {
        let id = new.id();
        let pairs: [(Aspect, Read<Option<String>>); 7] = [
            (Aspect::Id, |claim| Some(claim.id().to_owned())),
            (Aspect::Withdrawn, |claim| claim.withdrawal().map(|withdrawal| withdrawal.reason.clone())),
            (Aspect::Topic, |claim| Some(claim.topic().to_owned())),
            (Aspect::Proposition, |claim| Some(claim.proposition().to_owned())),
            (Aspect::Rating, |claim| Some(claim.rating().to_string())),
            (Aspect::Honest, |claim| Some(claim.honest().to_owned())),
            (Aspect::Marketing, |claim| claim.marketing().map(str::to_owned)),
        ];
        for (aspect, read) in pairs {
            self.add(id, aspect, read(old), read(new));
        }
        for (before, after) in question(old).into_iter().zip(question(new)) {
            self.add(id, Aspect::Question, Some(before), Some(after));
        }
        let lists: [(Aspect, Read<Vec<String>>); 6] = [
            (Aspect::Reason, reasons),
            (Aspect::Overclaim, |claim| claim.overclaims().map(str::to_owned).collect()),
            (Aspect::Condition, |claim| claim.conditions().map(str::to_owned).collect()),
            (Aspect::Context, |claim| claim.context().map(str::to_owned).collect()),
            (Aspect::Finding, |claim| claim.findings().map(finding).collect()),
            (Aspect::Guidance, |claim| claim.guidance().map(|source| source.id().to_owned()).collect()),
        ];
        for (aspect, read) in lists {
            self.lists(id, aspect, read(old), read(new));
        }
    }
}

fn question(claim: Claim<'_>) -> [String; 4] {
    let pico = claim.pico();
    [pico.population(), pico.intervention(), pico.comparator(), pico.outcome()].map(|term| term.id().to_owned())
}

fn reasons(claim: Claim<'_>) -> Vec<String> {
    let grade = claim.grade();
    let start = grade.start.map(|start| format!("starts {start}"));
    let reasons = grade.reasons.iter().map(|reason| {
        let sign = if reason.domain.is_upgrade() { "plus" } else { "minus" };
        format!("{} {sign} {}: {}", reason.domain, reason.levels, reason.why)
    });
    start.into_iter().chain(reasons).collect()
}

fn finding(finding: Finding<'_>) -> String {
    format!("{}: {}, {}", finding.source().id(), finding.direction(), finding.basis())
}
