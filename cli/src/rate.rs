//! `claims rate`: how strongly sentences word a relation, and by which cues.

mod provenance;
mod reason;

use std::path::PathBuf;

use evidence_claims::{Database, ListedWord, Rater, Span, StrengthRating, WordingClass};
use serde::Serialize;

use crate::args::{RateArgs, RateFormat};
use crate::stop::{Outcome, Stop};
use crate::style::{self, clean, paint};
use crate::terminal::Terminal;
use crate::window::columns;
use crate::{broken, input, words, wrap};
use reason::Reason;

/// Reasons shown with a sentence.
const SHOWN: usize = 5;

/// Weights that are not worth a line.
const LEAST: f64 = 0.15;

/// Runs the command.
pub(crate) fn run(args: &RateArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let read =
        |path: &PathBuf| input::text(path).map_err(|reason| Stop(format!("cannot read {}: {reason}", path.display())));
    let rater = Rater::new(database).and_then(|rater| rater.scheme(args.scheme));
    let rater = match &args.weights {
        Some(path) => {
            let text = read(path)?;
            rater.and_then(|rater| rater.weights(&path.display().to_string(), &text))
        }
        None => rater,
    };
    let rater = rater.map_err(|error| broken::stop(&error, terminal))?;
    let lines = args.lines.as_ref().map(read).transpose()?;
    // As for other commands, `-` is what is piped in.
    let is_piped = args.lines.is_none() && args.sentences.iter().any(|sentence| sentence == "-");
    let piped = if is_piped { read(&PathBuf::from("-"))? } else { String::new() };
    let sentences: Vec<&str> = match &lines {
        Some(text) => text.lines().collect(),
        None => {
            let given = args.sentences.iter().map(String::as_str).filter(|sentence| *sentence != "-");
            given.chain(piped.lines().filter(|line| !line.trim().is_empty())).collect()
        }
    };
    if lines.is_none() && sentences.iter().all(|sentence| sentence.trim().is_empty()) {
        return Err(Stop("there is nothing to rate: the sentence is empty".into()));
    }
    let mut out = String::new();
    let mut from = provenance::Footnotes::default();
    for (number, sentence) in sentences.iter().enumerate() {
        if args.features {
            out.push_str(&rater.features(sentence).join("\t"));
            out.push('\n');
            continue;
        }
        // Two statements of one finding, side by side.
        if let (Some((one, other)), RateFormat::Text, true) = (sentence.split_once('\t'), args.format, lines.is_some())
        {
            let (one, other) = rater.rate(one).beside(&rater.rate(other));
            out.push_str(&format!("{one}\t{other}\n"));
            continue;
        }
        let rating = rater.rate(sentence);
        match args.format {
            RateFormat::Json => {
                let listed = rater.listed(sentence);
                let line = Line::new(sentence, &rating, &listed);
                out.push_str(&serde_json::to_string(&line).unwrap_or_default());
                out.push('\n');
            }
            // One label a line, for programs that compare.
            RateFormat::Text if lines.is_some() => {
                out.push_str(rating.class().as_str());
                out.push('\n');
            }
            RateFormat::Text => {
                if number > 0 {
                    out.push('\n');
                }
                page(sentence, &rating, &rater.listed(sentence), &mut from, terminal, &mut out);
            }
        }
    }
    out.push_str(&paint(style::QUIET, from.text(database, terminal.width)));
    terminal.write(&out)?;
    Ok(Outcome::Clean)
}

/// The label, the sentence with the words that decided marked, what each of them weighs, with the numbers of where its
/// lists come from.
fn page(
    sentence: &str,
    rating: &StrengthRating,
    listed: &[ListedWord],
    from: &mut provenance::Footnotes,
    terminal: Terminal,
    out: &mut String,
) {
    let reasons = reason::reasons(rating);
    let shown: Vec<&Reason> = reasons.iter().filter(|reason| reason.weight.abs() >= LEAST).take(SHOWN).collect();
    let class = rating.class().as_str();
    let indent = class.len() + 2;
    for (at, line) in marked(sentence, &shown, terminal.width.saturating_sub(indent)).into_iter().enumerate() {
        let lead = if at == 0 { format!("{}  ", paint(style::STRONG, class)) } else { " ".repeat(indent) };
        out.push_str(format!("{lead}{line}").trim_end());
        out.push('\n');
    }
    let verdict = reason::verdict(rating).map_or_else(String::new, |says| format!("it {says}; "));
    let sure = format!("  {verdict}{} sure", share(rating.share()));
    out.push_str(&format!("{}\n", paint(style::QUIET, sure + &next(rating))));
    let words = |reason: &Reason| match clean(reason.span.of(sentence)) {
        words if words.is_empty() => "(the sentence)".to_owned(),
        words => words,
    };
    let width = shown.iter().map(|reason| columns(&words(reason))).max().unwrap_or(0);
    for reason in shown {
        let words = words(reason);
        let sign = if reason.weight < 0.0 { words::minus(terminal) } else { "+" };
        let gap = " ".repeat(width - columns(&words));
        let says = paint(style::QUIET, format!("{}{}", reason.says, from.mark(reason.span, listed)));
        out.push_str(&format!("  {sign}{:.1}  {}{gap}  {says}\n", reason.weight.abs(), paint(style::NAME, words)));
    }
}

/// A share in percent; never all or nothing, since no reading is.
fn share(share: f64) -> String {
    format!("{:.0}%", (share * 100.0).clamp(1.0, 99.0))
}

/// The class that comes next, if it is near.
fn next(rating: &StrengthRating) -> String {
    let others = WordingClass::ALL.into_iter().zip(rating.shares()).filter(|(class, _)| *class != rating.class());
    let next = others.max_by(|(_, a), (_, b)| a.total_cmp(b)).filter(|(_, share)| *share >= 0.05);
    next.map_or_else(String::new, |(class, part)| format!(", else {class} ({})", share(part)))
}

/// The sentence in lines of a width, each with marks below the words that speak for the class.
fn marked(sentence: &str, shown: &[&Reason], width: usize) -> Vec<String> {
    let text = clean(sentence);
    let mut out = Vec::new();
    let mut from = 0;
    for line in wrap::lines(&text, width, "", "") {
        let start = text.get(from..).and_then(|rest| rest.find(line.as_str())).map_or(from, |at| from + at);
        from = start + line.len();
        let mark = |(at, c): (usize, char)| {
            // Controls are written as symbols of other lengths, so that places do not fit such a sentence.
            let is_cue = text == sentence
                && shown.iter().any(|reason| {
                    reason.weight > 0.0 && (reason.span.start()..reason.span.end()).contains(&(start + at))
                });
            (if is_cue { "^" } else { " " }).repeat(columns(c.encode_utf8(&mut [0; 4])))
        };
        let marks: String = line.char_indices().map(mark).collect();
        out.push(line);
        if !marks.trim().is_empty() {
            out.push(paint(style::GOOD, marks.trim_end()));
        }
    }
    out
}

/// A sentence as JSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    sentence: &'a str,
    class: &'static str,
    share: f64,
    cues: Vec<Found<'a>>,
    /// The words that lists hold.
    words: Vec<Listed<'a>>,
}

/// A word of a list as JSON.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    class: &'a str,
    from: Vec<&'a str>,
    #[serde(flatten)]
    span: Span,
}

/// A cue as JSON.
#[derive(Debug, Serialize)]
struct Found<'a> {
    cue: &'a str,
    weight: f64,
    #[serde(flatten)]
    span: Span,
}

impl<'a> Line<'a> {
    fn new(sentence: &'a str, rating: &'a StrengthRating, listed: &'a [ListedWord]) -> Self {
        let round = |value: f64| (value * 1000.0).round() / 1000.0;
        let cues = rating.cues().iter();
        Self {
            sentence,
            class: rating.class().as_str(),
            share: round(rating.share()),
            cues: cues.map(|cue| Found { cue: cue.id(), weight: round(cue.weight()), span: cue.span() }).collect(),
            words: listed
                .iter()
                .map(|word| Listed { class: word.class(), from: word.provenance().collect(), span: word.span() })
                .collect(),
        }
    }
}
