//! Phrase rules: patterns over the words and terms of a sentence, and the checks that hang on single cues.

use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use super::actor;
use super::assertion::Assertion;
use super::class::Class;
use super::glance::Glance;
use super::matching::Words;
use super::message::Facts;
use super::page::{is_cited, is_named};
use super::program::Target;
use super::reading::{Reading, Tag};
use super::surroundings::{LeadIn, Surroundings};
use super::tag::Known;
use super::verdict;
use crate::diagnostic::{Diagnostic, and};
use crate::document::Document;
use crate::model::rule::RuleRecord;
use crate::model::vocabulary::{RuleStatus, Scope, Strength};

/// The rule on studies that nobody can look up.
const RESEARCH: &str = "unattributed-research";
/// The family of rules on who is said to stand behind a claim.
const AUTHORITY: &str = "authority";
/// The family of rules on what clients tell.
pub(super) const TESTIMONIAL: &str = "testimonial";
/// Words from "doctors advise" to what they advise.
const ADVISED: usize = 2;

/// Most words of a heading or an item of a list that is a name rather than a sentence.
const LONGEST_FRAGMENT: usize = 8;

/// Room for the assertions and the patterns of one sentence, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// Where a program may match: the word and its slot.
    candidates: Vec<(u32, u32)>,
    /// What matched: the words, and what they mean.
    hits: Vec<(Target, Range<usize>)>,
    /// What the sentence says of outcomes.
    pub(super) assertions: Vec<Assertion>,
    glance: Glance,
}

impl Checker<'_> {
    /// Runs the patterns of all rules over a sentence.
    pub(super) fn phrases(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        room: &mut Room,
        found: &mut Vec<Diagnostic>,
        artefacts: &mut Vec<Range<usize>>,
    ) {
        let records = self.db.records();
        let lexicon = self.lexicon();
        let Reading { tokens, tags, starts, .. } = reading;
        let words = Words { tokens, tags, starts };
        let Room { candidates, hits, glance, .. } = room;
        candidates.clear();
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.known.has(Known::ANCHORS_RULE)) {
            words.add_candidates(lexicon, lexicon.starts().of_word(token.word), at, &reading.hints, candidates);
        }
        for tag in tags {
            let starts = lexicon.starts().of_class(tag.class);
            if starts.is_empty() {
                continue;
            }
            words.add_candidates(lexicon, starts, tag.start as usize, &reading.hints, candidates);
        }
        // One number is compared faster than two.
        candidates.sort_unstable_by_key(|&(start, slot)| u64::from(start) << 32 | u64::from(slot));
        candidates.dedup();
        hits.clear();
        // The first hit that may reach to the word at hand.
        let mut open = 0;
        for &(at, slot) in candidates.iter() {
            let at = at as usize;
            let Some(program) = lexicon.programs().get(slot as usize) else { continue };
            let Some(end) = program.matches(&words, at, glance) else { continue };
            let known = |(target, hit): &&mut (Target, Range<usize>)| {
                *target == program.target && hit.start <= at && at < hit.end
            };
            open += hits.iter().skip(open).take_while(|(_, hit)| hit.end <= at).count();
            match hits.iter_mut().skip(open).find(known) {
                Some((_, hit)) => hit.end = hit.end.max(end),
                None => hits.push((program.target, at..end)),
            }
        }
        for (target, hit) in hits.drain(..) {
            let slot = match target {
                // Of a question that was refused nothing else is said.
                Target::Refused(slot) if around.refused => slot,
                _ if around.refused => continue,
                Target::Rule(slot) => slot,
                Target::Fragment(slot) if around.kind.is_fragment() && reading.tokens.len() <= LONGEST_FRAGMENT => slot,
                Target::Fragment(_) | Target::Refused(_) => continue,
                Target::Claim(slot) => {
                    found.extend(self.listed(document, reading, around, slot as usize, hit));
                    continue;
                }
                Target::Term(..) => continue,
            };
            let Some(rule) = records.rules.get(slot as usize).filter(|rule| rule.status == RuleStatus::Stable) else {
                continue;
            };
            let is_meant = match rule.scope {
                Scope::Any => true,
                // The answer means it.
                _ if around.refused => around.lead_in != LeadIn::Silent,
                Scope::Told => {
                    !reading.question
                        && around.lead_in != LeadIn::Silent
                        && !reading.doubted(hit.start)
                        && !reading.denied_beside(hit.start)
                }
                Scope::Health => speaks_of_health(reading) && self.is_asserted(reading, around, &hit),
                Scope::Asserted => self.is_asserted(reading, around, &hit),
            };
            if !is_meant {
                continue;
            }
            if rule.name == RESEARCH && is_accounted_for(document, reading) {
                continue;
            }
            if rule.family == AUTHORITY && speaks_of_others(reading, &hit) {
                continue;
            }
            // "My knees improved when I started cycling."
            if rule.family == TESTIMONIAL && reading.is_otherwise_caused() {
                continue;
            }
            // Signs of spun text are judged by the page: one is a slip, several are a machine.
            if rule.name == "spinner-artefact" {
                artefacts.push(reading.bytes(hit));
                continue;
            }
            let diagnostic = self.phrase_diagnostic(document, reading, around, rule, hit);
            found.push(diagnostic);
        }
    }

    /// A phrase that a claim lists as an overclaim.
    fn listed(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        slot: usize,
        hit: Range<usize>,
    ) -> Option<Diagnostic> {
        let claim = self.db.records().claims.get(slot)?;
        if !self.is_asserted(reading, around, &hit) {
            return None;
        }
        let governed = reading.governed(hit.start, |tag| self.strength_of(tag));
        let ceiling = |certainty| self.ceiling(certainty);
        let (name, severity) = verdict::judge_listed(claim, governed.strength, ceiling);
        let rule = self.rule(name)?;
        let term = self.outcomes.get(slot).copied().flatten()?;
        let bytes = reading.bytes(hit);
        let severity = self.graded_severity(rule, severity);
        let mut diagnostic = self.about(document, rule, severity, bytes, slot, term);
        diagnostic.listed = true;
        Some(diagnostic)
    }

    /// Whether the words `hit` are said in earnest: not denied, doubted, asked, quoted, or reported as somebody's myth.
    fn is_asserted(&self, reading: &Reading, around: Surroundings, hit: &Range<usize>) -> bool {
        if reading.question
            || around.lead_in == LeadIn::Silent
            || reading.quoted(hit.start, around.kind)
            || reading.doubted(hit.start)
        {
            return false;
        }
        // An idiom behind the first of the words is part of them: "… and the tension comes back".
        let inside = |tag: Tag| hit.start < tag.start as usize && tag.end as usize <= hit.end;
        if reading
            .of(Class::IDIOM)
            .any(|tag| (tag.start as usize) < hit.end && hit.start < tag.end as usize && !inside(tag))
        {
            return false;
        }
        // "Not everyone | feels better" holds less than "everyone", and "though no | replacement for counselling" replaces nothing.
        let lessened = |tag: Tag| (tag.start as usize) < hit.start && hit.start < tag.end as usize;
        if [Class::HEDGE, Class::PSEUDO_NEGATOR].iter().any(|&class| reading.of(class).any(lessened)) {
            return false;
        }
        // Only what stands before the words can deny them; a denial inside them is part of the phrase ("no side effects").
        let denied = reading.denied(hit.start);
        // Advice inside the words is part of them ("before you see a doctor").
        let advised = reading.advised(hit.start, hit);
        !denied
            && !advised
            && !acts_otherwise(reading, hit.start)
            && !actor::is_other_cause(reading, hit.end)
            && !reading.rules_treatments_out()
    }

    fn phrase_diagnostic(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        rule: &RuleRecord,
        hit: Range<usize>,
    ) -> Diagnostic {
        let bytes = reading.bytes(hit.clone());
        let mut facts = Facts::new(document, bytes.clone());
        facts.claim = rule.claim.as_deref().and_then(|id| self.db.claim_slot(id));
        let claim = facts.claim.and_then(|slot| self.db.records().claims.get(slot));
        facts.allowed = claim.map(|claim| verdict::allowed(claim, |certainty| self.ceiling(certainty)));
        // A condition named in or near the words says more than the rule's general topic.
        facts.outcome = reading.nearest(hit.start, is_named).map(|tag| tag.term);
        let mut diagnostic = self.diagnostic(rule, self.severity_of(rule), bytes, &facts);
        diagnostic.topics = self.topics(rule, [reading], [around.subject, around.section]);
        diagnostic
    }

    /// The topics of a finding without a claim of its own: its rule's, and those of what the words name. Words that name no effect may
    /// still speak of something: blood, nights, the knee. "It works faster" names nothing: what it works for was named before, or in the
    /// heading; these are `above`.
    pub(super) fn topics<'r>(
        &self,
        rule: &RuleRecord,
        words: impl IntoIterator<Item = &'r Reading>,
        above: [Option<Tag>; 2],
    ) -> Arc<[Arc<str>]> {
        let own = self.topics_of(rule);
        let mut more: Vec<Arc<str>> = Vec::new();
        let mut add = |topic: &Arc<str>| {
            if !own.contains(topic) && !more.contains(topic) {
                more.push(topic.clone());
            }
        };
        let (mut named, mut other) = (false, None);
        for reading in words {
            other = Some(reading);
            for topic in self.named_topics(reading) {
                named = true;
                add(topic);
            }
        }
        if let Some(reading) = other.filter(|_| !named) {
            reading.tags.iter().filter_map(|tag| self.topic_of(*tag)).for_each(&mut add);
            above.into_iter().flatten().filter_map(|tag| self.topic_of(tag)).for_each(add);
        }
        if more.is_empty() { own } else { and(&own, more) }
    }

    /// The topics of what a sentence names, each once: looked up for the first finding, since a sentence can have hundreds.
    fn named_topics<'r>(&self, reading: &'r Reading) -> &'r [Arc<str>] {
        reading.topics.get_or_init(|| {
            let mut topics: Vec<Arc<str>> = Vec::new();
            for tag in reading.tags.iter().filter(|tag| is_named(**tag) || tag.class == Class::MEDICINE) {
                topics.extend(self.topic_of(*tag).filter(|topic| !topics.contains(*topic)).cloned());
            }
            topics
        })
    }

    /// "Studies show …" with no source in sight.
    pub(super) fn research(
        &self,
        document: &Document,
        reading: &Reading,
        around: Surroundings,
        found: &mut Vec<Diagnostic>,
    ) {
        if around.cited || around.lead_in == LeadIn::Silent || reading.question || !reading.has(Class::RESEARCH) {
            return;
        }
        if is_accounted_for(document, reading) {
            return;
        }
        let Some(rule) = self.rule(RESEARCH) else { return };
        for tag in reading.of(Class::RESEARCH) {
            let at = tag.start as usize;
            let governed = reading.governed(at, |tag| self.strength_of(tag));
            let clause = reading.clause_of(at);
            let denied_after = reading.tags.iter().any(|tag| {
                matches!(tag.class, Class::NEGATOR | Class::LOCAL_NEGATOR) && clause.contains(&(tag.start as usize))
            });
            if governed.negated
                || denied_after
                || governed.strength < Strength::Capable && governed.strength != Strength::Possible
                || reading.doubted(at)
                || reading.quoted(at, around.kind)
                || acts_otherwise(reading, at)
                || speaks_of_others(reading, &tag.words())
            {
                continue;
            }
            if reading.of(Class::ADVICE).any(|tag| clause.contains(&(tag.start as usize))) {
                continue;
            }
            let diagnostic = self.phrase_diagnostic(document, reading, around, rule, tag.words());
            found.push(diagnostic);
        }
    }
}

/// Whether the clause of the words at `at` speaks of something other than massage before them: "exercise is", "your liver".
fn acts_otherwise(reading: &Reading, at: usize) -> bool {
    let mut clause = reading.clause_of(at);
    clause.start = reading.subject_start(&clause);
    // The verb is part of some of their names: "surgery cures".
    let last = reading.subject(&clause).unwrap_or(at).max(at);
    let before = |tag: &Tag| {
        clause.start <= tag.start as usize
            && (tag.end as usize <= last || (tag.start as usize) < at && tag.start as usize == clause.start)
    };
    // "White blood cells fight infection" is found as a whole.
    let subject = reading.tags_at(at).find(|tag| is_named(*tag));
    let medicine = || actor::medicine(reading, clause.start..at).is_some();
    actor::nature(reading, subject.map_or(at, |tag| tag.end as usize))
        || actor::stands_before(reading, at)
        || (reading.of(Class::OTHER_SUBJECT).any(|tag| before(&tag)) || medicine())
            && !reading.treatments().any(|tag| before(&tag))
}

/// Whether what stands behind an authority is not massage: "doctors advise walking", "studies show that regular exercise helps".
fn speaks_of_others(reading: &Reading, hit: &Range<usize>) -> bool {
    let near = hit.end - 1..hit.end + ADVISED;
    reading.first_in(near, Class::OTHER_SUBJECT).is_some() && !reading.has(Class::INTERVENTION)
}

/// Whether research is told with its limits or its source: a small size, a limit in time, where it is written.
fn is_accounted_for(document: &Document, reading: &Reading) -> bool {
    [Class::MAGNITUDE_DOWN, Class::LIMIT, Class::CITATION].into_iter().any(|class| reading.has(class))
        || names_its_source(document, reading)
}

/// Whether a sentence links what it speaks of, or cites it: a link elsewhere in the block may lead anywhere.
fn names_its_source(document: &Document, reading: &Reading) -> bool {
    let (text, range) = (document.text(), reading.range.clone());
    let words = text.get(range.clone()).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default().trim_start_matches(['.', '!', ' ', '(', '<']);
    let is_linked = ["](", "/a", "http", "[^"].iter().any(|mark| behind.starts_with(mark));
    is_linked || ["](", "</a", "://", "[^"].iter().any(|mark| words.contains(mark)) || is_cited(text, range)
}

/// Whether a sentence names massage, an effect, a complaint or how somebody feels.
fn speaks_of_health(reading: &Reading) -> bool {
    let said = [Class::INTERVENTION, Class::RELIEF, Class::EXPERIENCE, Class::HARM];
    reading.tags.iter().any(|tag| is_named(*tag) || said.contains(&tag.class))
}

#[cfg(test)]
mod tests {
    use super::Room;
    use crate::check::reading::Reading;
    use crate::check::surroundings::{LeadIn, Surroundings};
    use crate::document::{BlockKind, Document, sentences};
    use crate::{Checker, Database};

    #[test]
    fn few_patterns_are_looked_at_and_tried_at_a_sentence() {
        let db = Database::builtin();
        let checker = Checker::new(db);
        let around = Surroundings {
            kind: BlockKind::Paragraph,
            cited: false,
            lead_in: LeadIn::None,
            subject: None,
            section: None,
            referent: None,
            asked: None,
            refused: false,
        };
        let (mut reading, mut room) = (Reading::default(), Room::default());
        let lexicon = checker.lexicon();
        let (mut read, mut looked, mut tried) = (0, 0, 0);
        for text in db.claims().flat_map(|claim| [claim.honest()].into_iter().chain(claim.overclaims())) {
            let document = Document::plain(text);
            for range in sentences(text, 0..text.len()) {
                reading.read(lexicon, text, range);
                let starts = lexicon.starts();
                looked += reading.tokens.iter().map(|token| starts.of_word(token.word).len()).sum::<usize>();
                looked += reading.tags.iter().map(|tag| starts.of_class(tag.class).len()).sum::<usize>();
                checker.phrases(&document, &reading, around, &mut room, &mut Vec::new(), &mut Vec::new());
                read += 1;
                tried += room.candidates.len();
            }
        }
        // Of thousands of patterns; on 2026-11-28 it was 25.5 and 2.9 a sentence, and most of the latter list the very sentence.
        assert!(looked < read * 27, "{looked} looked at in {read} sentences");
        assert!(tried * 10 < read * 31, "{tried} tried at {read} sentences");
    }
}
