//! A strict look at records that load: what is not wrong in itself and still deserves a second thought.
//!
//! Never reads copy: whether the wording of a record passes the checker is proved by the checker.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, NoteKind, Severity};
use crate::load::{Records, TOPIC};
use crate::model::claim::{ClaimRecord, Origin};
use crate::model::date::Date;
use crate::model::source::{Effect, SourceRecord};
use crate::model::vocabulary::{Doubt, Measure};
use crate::text::Span;

/// An exception that no warning needs.
const ACCEPTED_NOTHING: &str = "data/accepted-nothing";
/// A difference with a smaller p is called more than chance.
const SIGNIFICANT: f64 = 0.05;

/// Warnings about records, without those that are accepted.
pub(crate) struct Doubts<'r> {
    records: &'r Records,
    list: Vec<Diagnostic>,
    /// The warnings that a pack accepts, with whether there was one.
    accepted: HashMap<Doubt, HashMap<&'r str, bool>>,
    /// Records that hold errors: slots of their files, and what they span. What is wrong is fixed before it is doubted.
    faulty: Vec<(usize, Range<usize>)>,
}

impl<'r> Doubts<'r> {
    pub(crate) fn new(records: &'r Records) -> Self {
        let mut accepted: HashMap<Doubt, HashMap<&str, bool>> = HashMap::new();
        for entry in &records.accepted {
            accepted.entry(entry.rule).or_default().extend(entry.records.iter().map(|id| (id.text.as_str(), false)));
        }
        let faulty = records.faults.iter().filter_map(|(name, at)| {
            let slot = records.files.iter().position(|file| file.name == *name)?;
            Some((slot, record_at(&records.files.get(slot)?.text, *at)))
        });
        Self { records, list: Vec::new(), accepted, faulty: faulty.collect() }
    }

    /// Whether a record holds errors.
    fn is_faulty(&self, origin: Origin) -> bool {
        let at = origin.span.start();
        self.faulty.iter().any(|(file, record)| *file == origin.file as usize && record.contains(&at))
    }

    /// Whether a record that holds errors, or that could not be read at all, may refer to this one.
    fn may_be_used(&self, id: &str, origin: Origin) -> bool {
        let quoted = format!("\"{}\"", plain(id));
        let text = |file: usize| self.records.files.get(file).map_or("", |file| &*file.text);
        let own = self.records.files.get(origin.file as usize).map_or("", |file| &*file.name);
        self.records.unread.iter().any(|pack| own.starts_with(pack))
            || self
                .faulty
                .iter()
                .any(|(file, record)| text(*file).get(record.clone()).is_some_and(|text| text.contains(&quoted)))
    }

    /// Notes a warning with the texts of its rule about the record `id`, at the words `at` of the record or, where they are not found, at its header.
    pub(crate) fn add(&mut self, rule: Doubt, id: &str, origin: Origin, at: &str, message: String) {
        if let Some(used) = self.accepted.get_mut(&rule).and_then(|records| records.get_mut(id)) {
            *used = true;
            return;
        }
        if self.is_faulty(origin) {
            return;
        }
        let span = place(self.records, origin, at);
        self.push(rule.as_str(), origin, span, message);
    }

    fn push(&mut self, rule: &str, origin: Origin, span: Span, message: String) {
        let known = self.records.rules.iter().find(|known| known.name == rule);
        let severity = known.map_or(Severity::Warning, |known| known.severity);
        let mut diagnostic = Diagnostic::new(rule, severity, span, message);
        if let Some(known) = known {
            diagnostic = diagnostic.note(NoteKind::Why, known.why.as_str());
            if let Some(help) = &known.help {
                diagnostic = diagnostic.note(NoteKind::Do, help.as_str());
            }
        }
        diagnostic.file = self.records.files.get(origin.file as usize).map(|file| file.name.clone());
        self.list.push(diagnostic);
    }

    /// All warnings, with those about exceptions that `own` rules no longer need.
    pub(crate) fn finish(mut self, own: impl Fn(Doubt) -> bool) -> Vec<Diagnostic> {
        let records = self.records;
        for entry in records.accepted.iter().filter(|entry| own(entry.rule)) {
            for id in &entry.records {
                if self.accepted.get(&entry.rule).and_then(|used| used.get(id.text.as_str())) == Some(&false) {
                    let message = format!("`{}` has no {} to accept", id.text, entry.rule);
                    self.push(ACCEPTED_NOTHING, entry.origin, id.span, message);
                }
            }
        }
        self.list
    }
}

/// The record around a byte: from its `[[header]]` to the next that does not belong to it.
fn record_at(text: &str, at: usize) -> Range<usize> {
    let is_header = |at: usize| {
        let header = text.get(at + "[[".len()..).and_then(|rest| rest.split_once("]]")).map(|(name, _)| name);
        let starts = at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        starts && header.is_some_and(|name| !name.contains(['.', '\n']))
    };
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    // The byte may be the first of a header.
    let start = if is_header(at) {
        at
    } else {
        before.rmatch_indices("[[").map(|(at, _)| at).find(|&at| is_header(at)).unwrap_or(0)
    };
    let mut next = after.match_indices("[[").map(|(offset, _)| at + offset);
    let end = next.find(|&next| next > at && is_header(next)).unwrap_or(text.len());
    start..end
}

/// Where the quoted words stand in a record; else its header.
fn place(records: &Records, origin: Origin, words: &str) -> Span {
    let text = records.files.get(origin.file as usize).map_or("", |file| &*file.text);
    let range = record_at(text, origin.span.start());
    let record = text.get(range.clone()).unwrap_or_default();
    let quoted = [format!("\"{words}\""), format!("'{words}'")];
    let found = quoted.iter().find_map(|quoted| record.find(quoted).map(|at| (at, quoted.len())));
    found.map_or(origin.span, |(at, length)| {
        let start = range.start + at;
        Span::from(start..start + length)
    })
}

/// The id as its own pack writes it.
fn plain(id: &str) -> &str {
    id.rsplit_once(':').map_or(id, |(_, id)| id)
}

/// Everything that can be told without reading copy.
pub(crate) fn look(records: &Records, today: Date) -> Vec<Diagnostic> {
    let mut doubts = Doubts::new(records);
    let sources: HashMap<&str, &SourceRecord> =
        records.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    for claim in records.claims.iter().filter(|claim| claim.withdrawn.is_none()) {
        findings(&mut doubts, claim, &sources);
        if claim.review_by <= today {
            doubts.add(
                Doubt::StaleReview,
                &claim.id,
                claim.origin,
                plain(&claim.id),
                format!("the review of `{}` was due on {}", claim.id, claim.review_by),
            );
        }
    }
    for source in &records.sources {
        figures(&mut doubts, source, &sources);
    }
    publications(&mut doubts, records);
    unused(&mut doubts, records);
    ambiguous(&mut doubts, records);
    doubts.finish(|rule| !rule.is_about_wording())
}

/// The findings of a claim as a whole.
fn findings(doubts: &mut Doubts<'_>, claim: &ClaimRecord, sources: &HashMap<&str, &SourceRecord>) {
    let cited: HashSet<&str> = claim.findings.iter().map(|finding| finding.source.as_str()).collect();
    let mut ids: Vec<&str> = cited.iter().copied().collect();
    ids.sort_unstable();
    for source in ids.iter().filter_map(|id| sources.get(id)) {
        for part in source.includes.iter().filter(|part| cited.contains(part.as_str())) {
            doubts.add(
                Doubt::DoubleCounted,
                &claim.id,
                claim.origin,
                plain(part),
                format!("`{part}` counts twice: it is part of `{}`", source.id),
            );
        }
        if let Some(retraction) = &source.retracted {
            doubts.add(
                Doubt::RetractedSource,
                &claim.id,
                claim.origin,
                plain(&source.id),
                format!("`{}` was retracted on {}", source.id, retraction.date),
            );
        }
    }
    if let [only] = ids.as_slice() {
        let studies = sources.get(only).and_then(|source| source.studies);
        let what = studies.map_or(String::new(), |studies| format!(", a review of {studies}"));
        doubts.add(
            Doubt::SingleSource,
            &claim.id,
            claim.origin,
            plain(&claim.id),
            format!("`{}` rests on one source, `{only}`{what}", claim.id),
        );
    }
}

/// The figures of a source.
fn figures(doubts: &mut Doubts<'_>, source: &SourceRecord, sources: &HashMap<&str, &SourceRecord>) {
    for effect in &source.effects {
        if let Some(wrong) = contradiction(effect) {
            doubts.add(
                Doubt::PContradictsInterval,
                &source.id,
                source.origin,
                &effect.name,
                format!("`{}`: {wrong}", effect.name),
            );
        }
        let compares = !matches!(effect.measure, Measure::R | Measure::Count);
        if compares && effect.comparator.is_none() && !effect.uncontrolled {
            doubts.add(
                Doubt::NoComparator,
                &source.id,
                source.origin,
                &effect.name,
                format!("nothing says what `{}` was compared with", effect.name),
            );
        }
        if let (Some(part), Some(whole)) = (effect.participants, source.participants)
            && part > whole
        {
            doubts.add(
                Doubt::TooFewParticipants,
                &source.id,
                source.origin,
                &effect.name,
                format!("`{}` has {part} people, but the source has {whole}", effect.name),
            );
        }
    }
    let parts: u32 =
        (source.includes.iter()).filter_map(|id| sources.get(id.as_str())?.participants).fold(0, u32::saturating_add);
    if let Some(whole) = source.participants.filter(|&whole| whole < parts) {
        doubts.add(
            Doubt::TooFewParticipants,
            &source.id,
            source.origin,
            plain(&source.id),
            format!("the studies that `{}` includes have {parts} people, but it has {whole}", source.id),
        );
    }
}

/// What p says, where it can be told: whether the difference is more than chance.
fn more_than_chance(p: &str) -> Option<bool> {
    let p = p.trim().trim_start_matches(['p', 'P']).trim_start();
    if p.eq_ignore_ascii_case("not significant") {
        return Some(false);
    }
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let Some(most) = p.strip_prefix(['<', '≤']) {
        return number(most).filter(|&most| most <= SIGNIFICANT).map(|_| true);
    }
    if let Some(least) = p.strip_prefix(['>', '≥']) {
        return number(least).filter(|&least| least >= SIGNIFICANT).map(|_| false);
    }
    number(p.trim_start_matches('=')).filter(|&p| p != SIGNIFICANT).map(|p| p < SIGNIFICANT)
}

/// How p and interval of a figure disagree. An end that touches "no effect" may be rounded, and says nothing.
fn contradiction(effect: &Effect) -> Option<String> {
    let none = match effect.measure {
        measure if measure.is_ratio() => 1.0,
        Measure::Smd | Measure::Md | Measure::Rd | Measure::R => 0.0,
        _ => return None,
    };
    let ([low, high], p) = (effect.interval?, effect.p.as_deref()?);
    let inside = low < none && none < high;
    let outside = none < low || high < none;
    match more_than_chance(p)? {
        true if inside => Some(format!("the interval, {low} to {high}, holds no effect ({none}), but p is {p}")),
        false if outside => Some(format!("the interval, {low} to {high}, leaves out no effect ({none}), but p is {p}")),
        _ => None,
    }
}

/// The same publication in two records.
fn publications(doubts: &mut Doubts<'_>, records: &Records) {
    let mut known: HashMap<String, &str> = HashMap::new();
    for source in &records.sources {
        for (what, id) in [("DOI", &source.doi), ("PMID", &source.pmid), ("PMCID", &source.pmcid)] {
            let Some(id) = id else { continue };
            let first = *known.entry(format!("{what} {}", id.to_lowercase())).or_insert(&source.id);
            if first != source.id {
                doubts.add(
                    Doubt::DuplicateSource,
                    &source.id,
                    source.origin,
                    id,
                    format!("`{first}` has the same {what}"),
                );
                break;
            }
        }
    }
}

/// Records that nothing refers to.
fn unused(doubts: &mut Doubts<'_>, records: &Records) {
    let claims = || records.claims.iter();
    let cited = claims().flat_map(|claim| claim.findings.iter().map(|finding| &finding.source).chain(&claim.guidance));
    let included = records.sources.iter().flat_map(|source| &source.includes);
    let cited: HashSet<&str> = cited.chain(included).map(String::as_str).collect();
    for source in records.sources.iter().filter(|source| !cited.contains(source.id.as_str())) {
        if doubts.may_be_used(&source.id, source.origin) {
            continue;
        }
        doubts.add(
            Doubt::UnusedSource,
            &source.id,
            source.origin,
            plain(&source.id),
            format!("no claim names `{}`", source.id),
        );
    }

    let parts = claims().flat_map(|claim| {
        [&claim.pico.population, &claim.pico.intervention, &claim.pico.comparator, &claim.pico.outcome]
    });
    let parts: HashSet<&str> = parts.map(String::as_str).collect();
    let topics = claims().map(|claim| &claim.topic).chain(records.terms.iter().filter_map(|term| term.topic.as_ref()));
    let topics: HashSet<&str> = topics.map(String::as_str).collect();
    for term in &records.terms {
        let unused = match term.class.as_str() {
            TOPIC => !topics.contains(term.id.as_str()),
            "population" | "comparator" | "outcome" => !parts.contains(term.id.as_str()),
            // By the forms of a treatment the checker knows that a sentence is about one.
            "intervention" => term.forms.is_empty() && !parts.contains(term.id.as_str()),
            _ => false,
        };
        if unused && !doubts.may_be_used(&term.id, term.origin) {
            doubts.add(
                Doubt::UnusedTerm,
                &term.id,
                term.origin,
                plain(&term.id),
                format!("no claim is about the {} `{}`", term.class, term.id),
            );
        }
    }
}

/// Copy that could mean two claims.
fn ambiguous(doubts: &mut Doubts<'_>, records: &Records) {
    let live = || records.claims.iter().filter(|claim| claim.withdrawn.is_none());
    let mut bare: HashMap<&str, &str> = HashMap::new();
    let mut words: HashMap<(&str, String), &str> = HashMap::new();
    let mut phrases: HashMap<String, &str> = HashMap::new();
    for claim in live() {
        let outcome = claim.pico.outcome.as_str();
        let mut shared = None;
        if claim.wording.context.is_empty() {
            let first = *bare.entry(outcome).or_insert(&claim.id);
            shared = (first != claim.id)
                .then(|| (first, outcome, format!("neither has `context`, and both are about `{outcome}`")));
        }
        for word in &claim.wording.context {
            let first = *words.entry((outcome, word.to_lowercase())).or_insert(&claim.id);
            if first != claim.id && shared.is_none() {
                shared = Some((first, word, format!("\"{word}\" is `context` of both")));
            }
        }
        for phrase in claim.wording.overclaims.iter().chain(&claim.wording.marketing) {
            let first = *phrases.entry(phrase.trim_end_matches('.').to_lowercase()).or_insert(&claim.id);
            if first != claim.id && shared.is_none() {
                shared = Some((first, phrase, format!("both list \"{phrase}\"")));
            }
        }
        if let Some((first, at, how)) = shared {
            doubts.add(
                Doubt::AmbiguousClaim,
                &claim.id,
                claim.origin,
                at,
                format!("copy about `{}` could also mean `{first}`: {how}", claim.id),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::more_than_chance;

    #[test]
    fn p_is_read_as_it_is_printed() {
        for p in ["0.03", ".030", "<0.05", "< 0.001", "p = 0.01", "≤0.05"] {
            assert_eq!(more_than_chance(p), Some(true), "{p}");
        }
        for p in ["0.324", ">0.05", "not significant", "P=0.51"] {
            assert_eq!(more_than_chance(p), Some(false), "{p}");
        }
        for p in ["<0.06", "0.05", ">0.01", "0.04 to 0.06", "trend"] {
            assert_eq!(more_than_chance(p), None, "{p}");
        }
    }
}
