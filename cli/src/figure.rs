//! An effect in one line: scale, estimate, interval, people, whom it favours.

use evidence_claims::{Effect, Favours, Measure};

use crate::terminal::Terminal;
use crate::words;

/// The effect as a reader of papers expects it.
pub(crate) fn text(effect: &Effect, terminal: Terminal) -> String {
    let number = |value: f64| value.to_string().replace('-', words::minus(terminal));
    let mut parts = Vec::new();
    let mut figure = scale(effect.measure).to_owned();
    let unit = match (effect.measure, effect.unit.as_deref()) {
        (_, Some(unit)) => format!(" {unit}"),
        (Measure::Percent, None) => "%".to_owned(),
        _ => String::new(),
    };
    if let Some(estimate) = effect.estimate {
        figure.push_str(&format!(" {}{unit}", number(estimate)));
    }
    if let Some([low, high]) = effect.interval {
        figure.push_str(&format!(" [{}, {}]", number(low), number(high)));
    }
    if effect.estimate.is_some() || effect.interval.is_some() {
        parts.push(figure.trim_start().to_owned());
    }
    parts.extend(
        effect.p.as_ref().map(|p| if p.starts_with(['<', '>', '=']) { format!("p {p}") } else { format!("p = {p}") }),
    );
    parts.extend(effect.participants.map(words::people));
    parts.extend(favours(effect.favours).map(str::to_owned));
    parts.extend(effect.uncontrolled.then(|| "no control group".to_owned()));
    let against = effect.comparator.as_ref().map(|comparator| format!(" v. {comparator}")).unwrap_or_default();
    format!("{}{against}: {}", effect.outcome, parts.join(", "))
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
