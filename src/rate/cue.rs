//! From a sentence that has been read to the names of its cues.
//!
//! `class.role` is a word with its place; `a > b` is one after the other, words of no list between them left out; `verdict …` is what
//! an ordered list of tests makes of a clause; `says …` is a word as it stands. `aside` marks what only describes a noun.

use std::collections::HashSet;

use super::grammar::{Node, Reading};
use super::role::Role;
use super::verdict::{Verdict, judge};
use super::words::{Form, Lists, Word};
use crate::text::Span;

/// All cues of a sentence with the words they stand on, each name once.
pub(crate) fn read(lists: &Lists, content: &Lists, sentence: &str) -> Vec<(Span, String)> {
    let reading = Reading::new(lists, sentence);
    let mut cues = Cues { seen: HashSet::new(), list: Vec::new() };
    let none = Span::new(0, 0);
    cues.add(none, "always".into());
    if reading.title {
        cues.add(none, "title".into());
    }
    if reading.words.len() > 30 {
        cues.add(none, "long".into());
    } else if reading.words.len() < 12 {
        cues.add(none, "short".into());
    }
    for word in &reading.words {
        for part in word.text.split(' ') {
            cues.add(word.range.clone().into(), format!("says {part}"));
        }
    }
    symbols(&reading, &mut cues);
    let verdict = verdicts(&reading, &mut cues);
    let predicate = skeleton(&reading, verdict, &mut cues);
    contents(&reading, content, sentence, verdict, predicate, &mut cues);
    cues.list
}

struct Cues {
    seen: HashSet<String>,
    list: Vec<(Span, String)>,
}

impl Cues {
    fn add(&mut self, span: Span, id: String) {
        if self.seen.insert(id.clone()) {
            self.list.push((span, id));
        }
    }
}

/// The name of a word with its place.
fn symbol(reading: &Reading<'_>, node: &Node) -> Option<String> {
    let tag = node.tag?;
    let class = reading.lists.name(tag.class);
    Some(if tag.form == Form::Plain { class.to_owned() } else { format!("{class}.{}", node.role.name()) })
}

fn symbols(reading: &Reading<'_>, cues: &mut Cues) {
    let mut row: Vec<(Span, String, usize)> = Vec::new();
    let mut led = false;
    for (at, node) in reading.nodes.iter().enumerate() {
        let span: Span = reading.words[at].range.clone().into();
        let Some(name) = symbol(reading, node) else { continue };
        if let (Some(tag), false) = (node.tag, node.frame) {
            let entry = reading.lists.entry(tag);
            cues.add(span, format!("word {entry}"));
            if tag.form != Form::Plain {
                cues.add(span, format!("word {entry}.{}", node.role.name()));
            }
            for other in &reading.words[at].tags {
                if other.class != tag.class {
                    cues.add(span, format!("also {}", reading.lists.name(other.class)));
                }
            }
        }
        let glue = reading.any(at, &["det", "and"]) && node.role == Role::Noun;
        if node.frame {
            cues.add(span, format!("frame {name}"));
            continue;
        }
        if glue && reading.words[at].tags.len() == 1 {
            continue;
        }
        if node.aside {
            cues.add(span, format!("aside {name}"));
            continue;
        }
        if !led && !matches!(name.as_str(), "prep" | "this" | "people" | "treatment" | "that" | "risk") {
            cues.add(span, format!("first {name}"));
            led = true;
        }
        if node.denied {
            cues.add(span, format!("denied {name}"));
        }
        if at == 0 {
            cues.add(span, format!("initial {name}"));
        }
        cues.add(span, name.clone());
        row.push((span, name, at));
    }
    for pair in row.windows(2) {
        if let [(a, left, i), (b, right, j)] = pair
            && reading.nodes[*i].clause == reading.nodes[*j].clause
        {
            cues.add(a.to(*b), format!("{left} > {right}"));
            if *j == *i + 1 {
                cues.add(a.to(*b), format!("{left} + {right}"));
            }
        }
    }
    for triple in row.windows(3) {
        if let [(a, one, i), (_, two, _), (c, three, k)] = triple
            && reading.nodes[*i].clause == reading.nodes[*k].clause
        {
            cues.add(a.to(*c), format!("{one} > {two} > {three}"));
        }
    }
}

/// Judges each clause and the sentence.
fn verdicts(reading: &Reading<'_>, cues: &mut Cues) -> Verdict {
    let last = reading.nodes.iter().map(|node| node.clause).max().unwrap_or(0);
    let (mut all, mut asides) = (Vec::new(), Vec::new());
    for clause in 0..=last {
        let places: Vec<usize> = (0..reading.nodes.len())
            .filter(|&at| reading.nodes[at].clause == clause && !reading.nodes[at].frame)
            .collect();
        let (Some(&from), Some(&to)) = (places.first(), places.last()) else { continue };
        let span = Span::new(reading.words[from].range.start, reading.words[to].range.end);
        let verdict = judge(reading, &places);
        if reading.nodes[from].aside {
            cues.add(span, format!("aside verdict {}", verdict.name()));
            asides.push((span, verdict));
            continue;
        }
        cues.add(span, format!("clause {}", verdict.name()));
        all.push((span, verdict));
    }
    if let Some(&(span, first)) = all.iter().find(|(_, verdict)| *verdict != Verdict::Nothing) {
        cues.add(span, format!("first-verdict {}", first.name()));
    }
    let rank = |verdict: Verdict| match verdict {
        Verdict::Possible => 6,
        Verdict::Cause | Verdict::Link => 5,
        Verdict::Contrast | Verdict::Notice => 4,
        Verdict::Advice | Verdict::Aim | Verdict::Known | Verdict::Tool => 3,
        Verdict::WeakLink | Verdict::WeakCause => 2,
        Verdict::Nothing => 0,
    };
    // "We describe a drug that prevents falls": what describes a noun speaks when nothing else does.
    if all.iter().all(|(_, verdict)| *verdict == Verdict::Nothing) {
        let carries = |at: usize| reading.is_finite(at) && !reading.nodes[at].aside && !reading.nodes[at].frame;
        let verb = (0..reading.words.len()).find(|&at| carries(at)).map_or(0, |at| reading.words[at].range.start);
        all.extend(asides.into_iter().filter(|(span, verdict)| rank(*verdict) > 4 && span.start() > verb));
    }
    let mut best: Option<(Span, Verdict)> = None;
    for &(span, verdict) in &all {
        if best.is_none_or(|(_, known)| rank(verdict) > rank(known)) {
            best = Some((span, verdict));
        }
    }
    if let Some((span, verdict)) = best {
        cues.add(span, format!("verdict {}", verdict.name()));
    }
    best.map_or(Verdict::Nothing, |(_, verdict)| verdict)
}

/// What carries the sentence: its subject and its first predicate, and the verdict next to what may turn it.
fn skeleton(reading: &Reading<'_>, verdict: Verdict, cues: &mut Cues) -> Option<usize> {
    const SUBJECTS: [&str; 13] = [
        "amount",
        "clinician",
        "study",
        "tool",
        "treatment",
        "people",
        "risk",
        "we",
        "link",
        "effect",
        "change-noun",
        "this",
        "role",
    ];
    const PREDICATES: [&str; 9] = ["be", "have", "do", "may", "can", "should", "would", "seem", "linked"];
    let none = Span::new(0, 0);
    let mut subject = None;
    let mut predicate = None;
    for (at, node) in reading.nodes.iter().enumerate().filter(|(_, node)| !node.frame && !node.aside) {
        if reading.is_finite(at) || reading.title && reading.any(at, &PREDICATES) {
            predicate = Some(at);
            break;
        }
        if subject.is_none() && node.tag.is_some_and(|tag| SUBJECTS.contains(&reading.lists.name(tag.class))) {
            subject = Some(at);
        }
    }
    let name =
        |at: Option<usize>| at.and_then(|at| symbol(reading, &reading.nodes[at])).unwrap_or_else(|| "open".into());
    let place = |at: Option<usize>| at.map_or(none, |at| reading.words[at].range.clone().into());
    let (s, p) = (name(subject), name(predicate));
    cues.add(place(subject), format!("subject {s}"));
    cues.add(place(predicate), format!("predicate {p}"));
    cues.add(place(subject).to(place(predicate)), format!("subject {s}, predicate {p}"));
    let mut turn = |at: Option<usize>, what: &str| cues.add(place(at), format!("verdict {}, {what}", verdict.name()));
    turn(subject, &format!("subject {s}"));
    turn(predicate, &format!("predicate {p}"));
    if reading.title {
        turn(None, "title");
    }
    let find = |class: &str, frame: bool| {
        (0..reading.words.len()).find(|&at| reading.nodes[at].frame == frame && reading.is(at, class))
    };
    for class in [
        "need",
        "should",
        "future",
        "aim",
        "notice",
        "not",
        "compare",
        "than",
        "effective",
        "tool",
        "amount",
        "unknown",
        "past",
        "potential",
    ] {
        if let Some(at) = find(class, false) {
            turn(Some(at), class);
        }
    }
    for class in ["suggest", "report"] {
        if let Some(at) = find(class, true) {
            turn(Some(at), &format!("frame {class}"));
        }
    }
    if let Some(at) = (0..reading.words.len()).find(|&at| reading.text(at).starts_with(|c: char| c.is_ascii_digit())) {
        turn(Some(at), "number");
        cues.add(place(Some(at)), "number".into());
    }
    // Verbs of cause, of change and of help by what they do, whichever they are.
    for (at, node) in reading.nodes.iter().enumerate().filter(|(_, node)| !node.frame) {
        let kind = node.tag.filter(|tag| tag.form != Form::Plain).map(|tag| reading.lists.name(tag.class));
        // "may help researchers compare" helps to know.
        let informs =
            kind == Some("help") && (at + 1..at + 4).any(|next| reading.any(next, &["aim", "report", "predict"]));
        if matches!(kind, Some("cause" | "change" | "help")) && !informs {
            let denied = if node.denied { "denied " } else { "" };
            cues.add(place(Some(at)), format!("{denied}effect-verb.{}", node.role.name()));
            let object = (at + 1..at + 4).find(|&next| reading.any(next, &["risk", "people", "effective", "link"]));
            if object.is_some() {
                cues.add(place(Some(at)), format!("effect-verb.{}, object", node.role.name()));
            }
        }
    }
    predicate
}

/// What the sentence is about, beside the words that carry relations: subjects, objects and neighbours of its verbs.
fn contents(
    reading: &Reading<'_>,
    content: &Lists,
    sentence: &str,
    verdict: Verdict,
    predicate: Option<usize>,
    cues: &mut Cues,
) {
    let words: Vec<Word> =
        content.read(sentence).into_iter().filter(|word| !word.aside && !word.tags.is_empty()).collect();
    let framed = |word: &Word| {
        reading
            .words
            .iter()
            .zip(&reading.nodes)
            .any(|(known, node)| known.range.contains(&word.range.start) && node.frame)
    };
    let start = predicate.map_or(usize::MAX, |at| reading.words[at].range.start);
    let end = predicate.map_or(usize::MAX, |at| reading.words[at].range.end);
    let mut subject = None;
    let mut object = None;
    for word in &words {
        let span: Span = word.range.clone().into();
        let Some(tag) = word.tags.first() else { continue };
        let class = content.name(tag.class);
        if framed(word) {
            cues.add(span, format!("frame about {class}"));
            continue;
        }
        cues.add(span, format!("about {class}"));
        cues.add(span, format!("word {}", content.entry(*tag)));
        if word.range.start < start {
            subject = Some((span, class));
        } else if object.is_none() && word.range.start >= end {
            object = Some((span, class));
        }
    }
    let none = Span::new(0, 0);
    let (a, subject) = subject.unwrap_or((none, "open"));
    let (b, object) = object.unwrap_or((none, "open"));
    cues.add(a, format!("subject about {subject}"));
    cues.add(b, format!("object about {object}"));
    cues.add(a, format!("subject about {subject}, verdict {}", verdict.name()));
    cues.add(b, format!("object about {object}, verdict {}", verdict.name()));
    let near = |from: usize, to: usize| {
        words.iter().find(|word| word.range.start >= from && word.range.end <= to).and_then(|word| word.tags.first())
    };
    for (at, node) in reading.nodes.iter().enumerate().filter(|(_, node)| !node.frame) {
        let Some(name) = symbol(reading, node) else { continue };
        if node.tag.is_none_or(|tag| tag.form == Form::Plain) {
            continue;
        }
        let span: Span = reading.words[at].range.clone().into();
        let before = reading.words[at.saturating_sub(4)].range.start;
        let after = reading.words[(at + 4).min(reading.words.len() - 1)].range.end;
        if let Some(tag) = near(before, span.start()) {
            cues.add(span, format!("{} ~ {name}", content.name(tag.class)));
        }
        if let Some(tag) = near(span.end(), after) {
            cues.add(span, format!("{name} ~ {}", content.name(tag.class)));
        }
    }
}
