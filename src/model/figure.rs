//! An effect in one line: scale, estimate, interval, people, whom it favours.

use std::fmt;

use super::source::Effect;
use super::vocabulary::{Favours, Measure};

/// As a reader of papers expects it, such as `sleep quality v. usual care: SMD −0.4 [−0.7, −0.1], 120 people, favours massage`.
impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let unit = match (self.measure, self.unit.as_deref()) {
            (_, Some(unit)) => format!(" {unit}"),
            (Measure::Percent, None) => "%".to_owned(),
            _ => String::new(),
        };
        let mut figure = scale(self.measure).to_owned();
        if let Some(estimate) = self.estimate {
            figure.push_str(&format!(" {}{unit}", number(estimate)));
        }
        if let Some([low, high]) = self.interval {
            figure.push_str(&format!(" [{}, {}]", number(low), number(high)));
        }
        if self.estimate.is_some() || self.interval.is_some() {
            parts.push(figure.trim_start().to_owned());
        }
        let as_printed =
            |p: &String| if p.starts_with(['<', '>', '=']) { format!("p {p}") } else { format!("p = {p}") };
        parts.extend(self.p.as_ref().map(as_printed));
        parts.extend(self.participants.map(people));
        parts.extend(favours(self.favours).map(str::to_owned));
        parts.extend(self.uncontrolled.then(|| "no control group".to_owned()));
        let against = self.comparator.as_ref().map(|comparator| format!(" v. {comparator}")).unwrap_or_default();
        f.pad(&format!("{}{against}: {}", self.outcome, parts.join(", ")))
    }
}

/// With the sign of printed numbers.
fn number(value: f64) -> String {
    value.to_string().replace('-', "\u{2212}")
}

/// `12,966 people`.
pub(crate) fn people(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + if number == 1 { " person" } else { " people" }
}

const fn scale(measure: Measure) -> &'static str {
    match measure {
        Measure::Smd => "SMD",
        Measure::Md => "mean difference",
        Measure::Rd => "risk difference",
        Measure::Rr => "risk ratio",
        Measure::Or => "odds ratio",
        Measure::Hr => "hazard ratio",
        Measure::R => "r",
        _ => "",
    }
}

const fn favours(favours: Favours) -> Option<&'static str> {
    match favours {
        Favours::Massage => Some("favours massage"),
        Favours::Comparator => Some("favours the comparison"),
        Favours::Neither => Some("no clear difference"),
        _ => None,
    }
}
