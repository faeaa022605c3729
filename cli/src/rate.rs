//! `claims rate`: how strongly sentences word a relation, and by which cues.

use evidence_claims::{Database, Rater, Span, StrengthRating};
use serde::Serialize;

use crate::args::{RateArgs, RateFormat};
use crate::input;
use crate::stop::{Outcome, Stop};
use crate::style::{self, clean, paint};
use crate::terminal::Terminal;

/// Cues shown with a sentence.
const SHOWN: usize = 6;

/// Runs the command.
pub(crate) fn run(args: &RateArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let rater = Rater::new(database).scheme(args.scheme);
    let lines = match &args.lines {
        Some(path) => {
            let text = input::text(path);
            Some(text.map_err(|reason| Stop(format!("cannot read {}: {reason}", path.display())))?)
        }
        None => None,
    };
    let sentences: Vec<&str> = match &lines {
        Some(text) => text.lines().collect(),
        None => args.sentences.iter().map(String::as_str).collect(),
    };
    let mut out = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        if args.features {
            out.push_str(&rater.features(sentence).join("\t"));
            out.push('\n');
            continue;
        }
        let rating = rater.rate(sentence);
        match args.format {
            RateFormat::Json => {
                out.push_str(&serde_json::to_string(&Line::new(sentence, &rating)).unwrap_or_default());
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
                page(sentence, &rating, &mut out);
            }
        }
    }
    terminal.write(&out)?;
    Ok(Outcome::Clean)
}

/// The label, the sentence, and the cues that decided, in columns.
fn page(sentence: &str, rating: &StrengthRating, out: &mut String) {
    let share = (rating.share() * 100.0).round();
    out.push_str(&format!("{}  {}\n", paint(style::STRONG, rating.class()), clean(sentence)));
    let quiet = paint(style::QUIET, format!("{share} of 100 parts of the weight"));
    out.push_str(&format!("  {quiet}\n"));
    for cue in rating.cues().iter().take(SHOWN) {
        let words = clean(&shortened(cue.span().of(sentence)));
        let name = paint(style::NAME, cue.id());
        out.push_str(format!("  {:+.2}  {name}  {words}", cue.weight()).trim_end());
        out.push('\n');
    }
    let more = rating.cues().len().saturating_sub(SHOWN);
    if more > 0 {
        out.push_str(&format!("  {}\n", paint(style::QUIET, format!("and {more} lighter"))));
    }
}

/// Words short enough for a line.
fn shortened(words: &str) -> String {
    const MOST: usize = 48;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let head: String = words.chars().take(MOST - 1).collect();
    format!("{}…", head.trim_end())
}

/// A sentence as JSON.
#[derive(Debug, Serialize)]
struct Line<'a> {
    sentence: &'a str,
    class: &'static str,
    share: f64,
    cues: Vec<Found<'a>>,
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
    fn new(sentence: &'a str, rating: &'a StrengthRating) -> Self {
        let round = |value: f64| (value * 1000.0).round() / 1000.0;
        let cues = rating.cues().iter();
        Self {
            sentence,
            class: rating.class().as_str(),
            share: round(rating.share()),
            cues: cues.map(|cue| Found { cue: cue.id(), weight: round(cue.weight()), span: cue.span() }).collect(),
        }
    }
}
