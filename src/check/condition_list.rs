//! Lists of conditions that a service "helps with": no item has evidence of its own.

use super::Checker;
use super::class::Class;
use super::message::Facts;
use super::page::is_named;
use super::reading::{Reading, Tag};
use super::surroundings::{LeadIn, Surroundings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Punctuation};

/// Fewer conditions are no list.
const LEAST: usize = 3;

impl Checker<'_> {
    /// Three or more conditions in a row, offered help.
    pub(super) fn condition_list(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        found: &mut Vec<Diagnostic>,
    ) {
        if around.lead_in == LeadIn::Silent || reading.question {
            return;
        }
        let Some((first, last, count)) = self.longest_run(reading).filter(|&(_, _, count)| count >= LEAST) else {
            return;
        };
        let Some(rule) = self.rule("condition-list") else { return };
        let at = first.start as usize;
        let offered = reading.tags.iter().any(|tag| {
            matches!(tag.class, Class::FRAME | Class::DECREASE | Class::IMPROVE | Class::ASSIST | Class::RELIEF)
                && !(first.start..last.end).contains(&tag.start)
        });
        let behind_colon = reading.tokens.get(at).is_some_and(|token| token.before.has(Punctuation::COLON));
        let introduced = behind_colon && reading.has(Class::OFFER);
        let tagged = self.is_hashtag(document, reading, first) && self.is_hashtag(document, reading, last);
        let silent = [Class::ADVICE, Class::EXPERIENCE, Class::REPORT, Class::UNCERTAINTY]
            .iter()
            .any(|&class| reading.has(class))
            || reading.denied(at)
            // "We do not treat: …"
            || behind_colon && reading.denied(at.saturating_sub(1))
            || reading.quoted(at, around.kind)
            || reading.of(Class::HEDGE).any(|tag| tag.end <= first.start);
        if silent || !(offered || introduced || tagged) {
            return;
        }
        let bytes = reading.bytes(first.start as usize..last.end as usize);
        let mut facts = Facts::new(document, bytes.clone());
        facts.count = Some(count);
        let severity = if count >= 4 { self.severity_of(rule) } else { self.severity_of(rule).min(Severity::Warning) };
        let mut diagnostic = self.diagnostic(rule, severity, bytes, &facts);
        diagnostic.topics = self.topics_of(rule);
        found.push(diagnostic);
    }

    /// The longest run of different conditions with at most three other words between neighbours.
    fn longest_run(&self, reading: &Reading) -> Option<(Tag, Tag, usize)> {
        let is_condition = |tag: &Tag| {
            matches!(tag.class, Class::CONDITION | Class::SERIOUS)
                || (tag.class == Class::OUTCOME && self.is_complaint(*tag))
        };
        // Nearly no sentence has as many.
        if reading.tags.iter().filter(|tag| is_named(**tag)).count() < LEAST {
            return None;
        }
        let mut best: Option<(Tag, Tag, usize)> = None;
        let mut run: Vec<Tag> = Vec::new();
        let mut conditions: Vec<Tag> = reading.tags.iter().copied().filter(is_condition).collect();
        conditions.sort_by_key(|tag| (tag.start, std::cmp::Reverse(tag.end)));
        // Words may name a condition and what was measured in people who have it: one name.
        let mut end = 0;
        for tag in conditions {
            if tag.start < end {
                continue;
            }
            if tag.start - end > 3 {
                run.clear();
            }
            end = tag.end;
            if !run.iter().any(|other| other.term == tag.term) {
                run.push(tag);
            }
            if let (Some(first), Some(last)) = (run.first(), run.last())
                && best.is_none_or(|(_, _, count)| run.len() > count)
            {
                best = Some((*first, *last, run.len()));
            }
        }
        best
    }

    /// Outcomes that name a complaint: pain in a place, sleeplessness, anxiety.
    fn is_complaint(&self, tag: Tag) -> bool {
        matches!(
            self.topic_of(tag).map(|topic| &**topic),
            Some("pain" | "headache" | "anxiety" | "depression" | "disease" | "sleep")
        ) && self.wanted(tag) == crate::model::vocabulary::Wanted::Less
    }

    fn is_hashtag(&self, document: &Document, reading: &Reading, tag: Tag) -> bool {
        let start = reading.tokens.get(tag.start as usize).map_or(0, |token| token.start as usize);
        document.text().get(..start).is_some_and(|before| before.ends_with('#'))
    }
}
