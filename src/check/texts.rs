//! The texts of a rule made ready for one claim and one outcome: what they decide is filled in once, what the words of the copy
//! decide is left open. A page has thousands of findings, and few pairs of rule and claim.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, RwLock};

use super::Checker;
use super::fast_hasher::FastHasher;
use super::message::Facts;
use crate::diagnostic::{Note, NoteKind};
use crate::model::claim::ClaimRecord;
use crate::model::rule::RuleRecord;
use crate::model::vocabulary::{Direction, Magnitude, Strength};

/// A rule, a claim and a term, each plus one, 0 for none; and whether the case counts something or speaks of another place, since
/// such a case fills other places of the text itself. What is allowed follows from rule and claim.
type Key = (u32, u32, u32, bool, bool);

/// The texts made so far.
pub(crate) type Ready = RwLock<HashMap<Key, Arc<Texts>, BuildHasherDefault<FastHasher>>>;

/// What a diagnostic of one rule about one claim says.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) rule: Arc<str>,
    pub(crate) message: Template,
    pub(crate) notes: Notes,
    pub(crate) claim: Option<Arc<str>>,
    /// The topics of outcome and claim.
    pub(crate) topics: Arc<[Arc<str>]>,
    /// The claim's sentence for publication.
    pub(crate) honest: Option<Arc<str>>,
}

/// The notes of a diagnostic.
#[derive(Debug)]
pub(crate) enum Notes {
    /// The same for every case.
    Filled(Arc<[Note]>),
    Open(Vec<(NoteKind, Text)>),
}

/// A note's text.
#[derive(Debug)]
pub(crate) enum Text {
    Filled(Arc<str>),
    Open(Template),
}

/// A text with places for what the words of the copy decide.
#[derive(Debug)]
pub(crate) struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Place(Place),
}

/// A place in a text that only the case at hand can fill.
#[derive(Clone, Copy, Debug)]
enum Place {
    Words,
    Count,
    /// Words elsewhere on the page.
    Other,
    /// The line on which those stand.
    OtherLine,
    Plain,
}

impl Template {
    /// The text for a case. A place that the case does not fill reads "it".
    pub(crate) fn fill(&self, facts: &Facts<'_>) -> String {
        // Exactly as long as it gets when it quotes words that need no cleaning, as nearly all do.
        let length = |part: &Part| match part {
            Part::Text(text) => text.len(),
            Part::Place(Place::Words) => facts.words.len(),
            Part::Place(_) => 4,
        };
        let mut filled = String::with_capacity(self.0.iter().map(length).sum());
        for part in &self.0 {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Place(place) => place.fill(facts, &mut filled),
            }
        }
        filled
    }
}

impl Place {
    fn fill(self, facts: &Facts<'_>, text: &mut String) {
        let other = facts.other.as_ref();
        let filled = match self {
            Self::Words => return push_clean(text, &facts.words),
            Self::Count => facts.count.map(|count| count.to_string()),
            Self::Other => other.map(|(_, words)| words.clone()),
            Self::OtherLine => other.map(|(span, _)| facts.document.line(*span).to_string()),
            Self::Plain => facts.plain.map(str::to_owned),
        };
        text.push_str(filled.as_deref().unwrap_or("it"));
    }
}

/// Words of copy as a message quotes them: on one line, without marks of emphasis.
pub(crate) fn clean(words: &str) -> String {
    let mut clean = String::with_capacity(words.len());
    push_clean(&mut clean, words);
    clean
}

fn push_clean(text: &mut String, words: &str) {
    let is_mark = |c: char| matches!(c, '*' | '`');
    // Nearly always nothing has to be cleaned, which many bytes at a time can tell.
    let bytes = words.as_bytes();
    let unclean =
        |byte: u8| u8::from(byte < b' ') | u8::from(byte > b'~') | u8::from(byte == b'*') | u8::from(byte == b'`');
    let doubled = |a: u8, b: u8| u8::from(a == b' ') & u8::from(b == b' ');
    let marks = bytes.iter().fold(0, |found, &byte| found | unclean(byte));
    let spaces = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).fold(0, |found, (&a, &b)| found | doubled(a, b));
    if marks | spaces == 0 && !words.starts_with(' ') && !words.ends_with(' ') {
        text.push_str(words);
        return;
    }
    for (at, word) in words.split_whitespace().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        if word.contains(is_mark) {
            text.extend(word.chars().filter(|&c| !is_mark(c)));
        } else {
            text.push_str(word);
        }
    }
}

/// The verb that a rung of the ladder licenses.
fn verb(strength: Strength) -> &'static str {
    match strength {
        Strength::Uncertain => "it is uncertain whether",
        Strength::Possible => "may",
        Strength::Capable => "can",
        Strength::Probable => "probably",
        _ => "a plain verb",
    }
}

/// The level of evidence in plain words, fit to follow "the evidence is".
fn level(claim: &ClaimRecord) -> String {
    match (claim.direction, claim.certainty) {
        (Direction::None, _) | (_, None) => "missing, since no study was found that tested it".into(),
        (Direction::Null, Some(certainty)) => {
            format!("{} certainty of little or no difference", words(certainty.as_str()))
        }
        (Direction::Against, Some(certainty)) => format!("against it, with {} certainty", words(certainty.as_str())),
        (Direction::Mixed, Some(certainty)) => format!("mixed and of {} certainty", words(certainty.as_str())),
        (_, Some(certainty)) => format!("of {} certainty", words(certainty.as_str())),
    }
}

fn words(name: &str) -> String {
    name.replace('-', " ")
}

fn size(magnitude: Magnitude) -> &'static str {
    match magnitude {
        Magnitude::Large => "a large effect",
        Magnitude::Moderate => "a moderate effect",
        Magnitude::Small => "a small effect",
        Magnitude::Trivial => "hardly any effect",
        Magnitude::Unknown => "no effect whose size is known",
    }
}

impl Checker<'_> {
    /// The texts of a rule for the claim, the outcome and the strength of a case.
    pub(super) fn texts(&self, rule: &RuleRecord, facts: &Facts<'_>) -> Arc<Texts> {
        let key = (
            self.rules.get(rule.name.as_str()).map_or(0, |&slot| slot as u32 + 1),
            facts.claim.map_or(0, |slot| slot as u32 + 1),
            facts.outcome.map_or(0, |slot| slot + 1),
            facts.count.is_some(),
            facts.other.is_some(),
        );
        let ready = &self.seat().ready;
        if let Some(known) = ready.read().ok().and_then(|ready| ready.get(&key).cloned()) {
            return known;
        }
        let made = Arc::new(self.make_texts(rule, facts));
        if let Ok(mut ready) = ready.write() {
            ready.insert(key, made.clone());
        }
        made
    }

    fn make_texts(&self, rule: &RuleRecord, facts: &Facts<'_>) -> Texts {
        let shared = &self.seat().shared;
        let claim = facts.claim.and_then(|slot| self.db.records().claims.get(slot));
        let note = |text: &str| {
            let template = self.prepare(text, facts);
            match template.0.as_slice() {
                [Part::Text(text)] => Text::Filled(shared.name(text)),
                _ => Text::Open(template),
            }
        };
        let mut notes = vec![(NoteKind::Why, note(&rule.why))];
        if let Some(claim) = claim {
            notes.push((NoteKind::Evidence, Text::Filled(shared.name(&self.evidence(claim)))));
        }
        let honest = claim.map(|claim| claim.wording.honest.as_str()).filter(|honest| !honest.is_empty());
        match (&rule.help, honest) {
            (Some(help), honest) if honest.is_some() || !help.contains("{honest}") => {
                notes.push((NoteKind::Do, note(help)));
            }
            (_, Some(honest)) => notes.push((NoteKind::Do, Text::Filled(shared.name(&format!("write: {honest}"))))),
            _ => {}
        }
        if let Some(authority) = &self.authority {
            notes.push((NoteKind::Authority, Text::Filled(shared.name(authority))));
        }
        let filled = notes.iter().map(|(kind, text)| match text {
            Text::Filled(text) => Some(Note { kind: *kind, text: text.clone() }),
            Text::Open(_) => None,
        });
        let notes = filled.collect::<Option<_>>().map_or(Notes::Open(notes), Notes::Filled);
        // What no claim is about is a complaint.
        let own = facts.outcome.and_then(|slot| self.db.records().terms.get(slot as usize)?.topic.as_deref());
        let other = Some(claim.map_or("disease", |claim| claim.topic.as_str())).filter(|other| Some(*other) != own);
        Texts {
            rule: shared.name(&rule.name),
            message: self.prepare(rule.message.trim_end_matches('.'), facts),
            notes,
            topics: own.into_iter().chain(other).map(|topic| shared.name(topic)).collect(),
            claim: claim.map(|claim| shared.name(&claim.id)),
            honest: honest.map(|honest| shared.name(honest)),
        }
    }

    /// Fills the places of a text that claim and outcome decide.
    fn prepare(&self, text: &str, facts: &Facts<'_>) -> Template {
        let mut parts = Vec::new();
        let mut filled = String::with_capacity(text.len() + 64);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            filled.push_str(&rest[..open]);
            let name = &rest[open + 1..open + close];
            let place = match name {
                "words" => Some(Place::Words),
                "n" if facts.other.is_some() => Some(Place::OtherLine),
                "n" if facts.count.is_some() => Some(Place::Count),
                "body" => Some(Place::Other),
                "plain" => Some(Place::Plain),
                _ => None,
            };
            match place {
                Some(place) => parts.extend([Part::Text(std::mem::take(&mut filled)), Part::Place(place)]),
                None => filled.push_str(self.fact(name, facts).as_deref().unwrap_or("it")),
            }
            rest = &rest[open + close + 1..];
        }
        filled.push_str(rest);
        if !filled.is_empty() {
            parts.push(Part::Text(filled));
        }
        Template(parts)
    }

    fn fact(&self, name: &str, facts: &Facts<'_>) -> Option<String> {
        let claim = facts.claim.and_then(|slot| self.db.records().claims.get(slot));
        let outcome = facts.outcome.and_then(|slot| self.db.records().terms.get(slot as usize));
        match name {
            "outcome" | "condition" => Some(outcome.map_or_else(|| "this".into(), |term| term.label.clone())),
            "level" => Some(claim.map_or_else(|| "not known".into(), level)),
            "allowed" => Some(facts.allowed.map_or("may", verb).to_owned()),
            "honest" => Some(claim.map(|claim| claim.wording.honest.clone()).unwrap_or_default()),
            "claim" => claim.map(|claim| claim.id.clone()),
            "n" => claim.map(|claim| claim.findings.len().to_string()),
            "size" => claim.map(|claim| size(claim.magnitude).to_owned()),
            _ => None,
        }
    }

    /// One line on the evidence behind a claim.
    fn evidence(&self, claim: &ClaimRecord) -> String {
        let sources = self.db.records();
        let newest = claim
            .findings
            .iter()
            .filter_map(|finding| self.db.source_slot(&finding.source).and_then(|slot| sources.sources.get(slot)))
            .filter_map(|source| source.year)
            .max();
        let count = |direction| claim.findings.iter().filter(|finding| finding.direction == direction).count();
        let mut parts: Vec<String> = Vec::new();
        for (direction, name) in [
            (Direction::Supports, "for it"),
            (Direction::Mixed, "mixed"),
            (Direction::Null, "little or no difference"),
            (Direction::Against, "against it"),
        ] {
            let n = count(direction);
            if n > 0 {
                parts.push(format!("{n} {name}"));
            }
        }
        let total = claim.findings.len();
        if total == 0 {
            return format!("{}: {}", claim.id, level(claim));
        }
        let findings = match total {
            1 => format!("1 source ({})", parts.join(", ")),
            _ => format!("{total} sources ({})", parts.join(", ")),
        };
        let newest = newest.map(|year| format!(", newest {year}")).unwrap_or_default();
        format!("{}: {}; {findings}{newest}", claim.id, level(claim))
    }
}
