//! Ratings in words and signs.

use annotate_snippets::renderer::DecorStyle;
use anstyle::{AnsiColor, Style};
use evidence_claims::{Certainty, Direction, Effect, Source};

use crate::style::{self, paint};
use crate::terminal::Terminal;

/// GRADE's four circles and the word: `⊕⊕○○ low`.
pub(crate) fn certainty(certainty: Option<Certainty>, terminal: Terminal) -> String {
    let word = certainty.map_or("no rating", Certainty::as_str);
    format!("{} {word}", signs(certainty, terminal))
}

/// GRADE's four circles, filled for the levels that are reached.
pub(crate) fn signs(certainty: Option<Certainty>, terminal: Terminal) -> String {
    let unicode = terminal.decor == DecorStyle::Unicode;
    let Some(certainty) = certainty else {
        return paint(style::QUIET, if unicode { "––––" } else { "----" });
    };
    let (full, empty) = if unicode { ("⊕", "○") } else { ("+", ".") };
    let levels = Certainty::ALL.iter().position(|&level| level == certainty).map_or(0, |level| level + 1);
    let empty = empty.repeat(Certainty::ALL.len().saturating_sub(levels));
    format!("{}{}", paint(certainty_style(certainty), full.repeat(levels)), paint(style::QUIET, empty))
}

/// Green for what can be relied on, down to red for what cannot.
const fn certainty_style(certainty: Certainty) -> Style {
    match certainty {
        Certainty::High => AnsiColor::BrightGreen.on_default(),
        Certainty::Moderate => AnsiColor::Green.on_default(),
        Certainty::Low => AnsiColor::Yellow.on_default(),
        Certainty::VeryLow => AnsiColor::Red.on_default(),
    }
}

/// What a direction says, for people who have not read the list of directions.
pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Supports => "for it",
        Direction::Mixed => "mixed",
        Direction::Null => "little or no difference",
        Direction::Against => "against it",
        Direction::None => "no study found",
        _ => "",
    }
}

/// A bar as long as `eighths / unit`, rounded up so that nothing is shown as none.
pub(crate) fn bar(length: usize, unit: usize, terminal: Terminal) -> String {
    let sign = if terminal.decor == DecorStyle::Unicode { "█" } else { "#" };
    sign.repeat(length.div_ceil(unit.max(1)))
}

/// `704 people`, `1 person`.
pub(crate) fn people(number: u32) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{} people", thousands(number)) }
}

/// `12,966`.
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Kind and size of a source: `meta-analysis, 704 people in 19 studies`.
pub(crate) fn design(source: Source<'_>) -> String {
    let studies = source.studies().map(|number| crate::summary::count_as(number, "study", "studies"));
    let size = match (source.participants().map(people), studies) {
        (Some(people), Some(studies)) => format!(", {people} in {studies}"),
        (Some(size), None) | (None, Some(size)) => format!(", {size}"),
        (None, None) => String::new(),
    };
    format!("{}{size}", source.design().in_words())
}

/// An effect in one line, with signs that the terminal can show.
pub(crate) fn figure(effect: &Effect, terminal: Terminal) -> String {
    effect.to_string().replace('\u{2212}', minus(terminal))
}

/// The sign before a negative number.
pub(crate) const fn minus(terminal: Terminal) -> &'static str {
    match terminal.decor {
        DecorStyle::Unicode => "\u{2212}",
        DecorStyle::Ascii => "-",
    }
}
