//! Records prove their own wording: what a claim offers for publication passes the checker, what it lists as too much is found.
//!
//! Never changes what the checker finds; it only asks.

use super::Checker;
use super::lexicon::words_of;
use crate::database::Doubts;
use crate::diagnostic::{Diagnostic, Severity, sort};
use crate::document::Document;
use crate::model::claim::ClaimRecord;
use crate::model::vocabulary::Doubt;

impl Checker<'_> {
    /// Warnings about the wording of the claims themselves: an honest sentence that this checker finds too strong or that lacks one
    /// of its conditions, and listed overclaims that it does not find. Without those that a pack accepts.
    ///
    /// The other strict checks need no checker; see [`Builder::strict`](crate::Builder::strict).
    ///
    /// ```
    /// use evidence_claims::{Checker, Database};
    ///
    /// assert!(Checker::new(Database::builtin()).strict().is_empty());
    /// ```
    #[must_use]
    pub fn strict(&self) -> Vec<Diagnostic> {
        let records = self.db.records();
        let mut doubts = Doubts::new(records);
        for claim in records.claims.iter().filter(|claim| claim.withdrawn.is_none()) {
            self.honest(&mut doubts, claim);
            let said = words_of(&claim.wording.honest);
            for condition in &claim.wording.conditions {
                if !words_of(condition).iter().all(|word| said.contains(word)) {
                    doubts.add(
                        Doubt::ConditionMissing,
                        &claim.id,
                        claim.origin,
                        condition,
                        format!("the honest sentence does not say \"{condition}\""),
                    );
                }
            }
            for phrase in claim.wording.overclaims.iter().chain(&claim.wording.marketing) {
                // In a list, where fragments stand in real copy.
                if self.worst(&Document::markdown(format!("- {phrase}\n"))).is_none() {
                    doubts.add(
                        Doubt::OverclaimNotCaught,
                        &claim.id,
                        claim.origin,
                        phrase,
                        format!("the checker does not find \"{phrase}\""),
                    );
                }
            }
        }
        let mut found = doubts.finish(Doubt::is_about_wording);
        sort(&mut found);
        found
    }

    fn honest(&self, doubts: &mut Doubts<'_>, claim: &ClaimRecord) {
        let honest = &claim.wording.honest;
        let Some(worst) = self.worst(&Document::plain(honest.as_str())) else { return };
        doubts.add(
            Doubt::HonestTooStrong,
            &claim.id,
            claim.origin,
            honest,
            format!("the checker finds this honest sentence too strong: {} ({})", worst.message(), worst.rule()),
        );
    }

    /// The worst finding that is more than a note.
    fn worst(&self, document: &Document) -> Option<Diagnostic> {
        let found = self.check(document);
        found.into_iter().filter(|found| found.severity() > Severity::Note).max_by_key(Diagnostic::severity)
    }
}
