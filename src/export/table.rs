//! The evidence table in Markdown: claims as rows, sources by number below.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::record;
use crate::database::{Claim, Source};
use crate::model::source::Effect;
use crate::model::vocabulary::Certainty;

/// The page.
pub(super) fn text(claims: &[Claim<'_>]) -> String {
    let mut out =
        "| claim | population | intervention | comparator | outcome | studies | effects | result | certainty | \
                   because | wording |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
            .to_owned();
    let mut numbered = Numbered::default();
    for &claim in claims {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {} |", row(claim, &mut numbered).join(" | "));
    }
    for (at, &source) in numbered.sources.iter().enumerate() {
        let _ = write!(out, "{}{}. {}", if at == 0 { "\n" } else { "" }, at + 1, reference(source));
    }
    out
}

/// Sources in the order in which they were first named.
#[derive(Default)]
struct Numbered<'db> {
    sources: Vec<Source<'db>>,
    numbers: BTreeMap<&'db str, usize>,
}

impl<'db> Numbered<'db> {
    fn number(&mut self, source: Source<'db>) -> usize {
        *self.numbers.entry(source.id()).or_insert_with(|| {
            self.sources.push(source);
            self.sources.len()
        })
    }
}

fn row<'db>(claim: Claim<'db>, numbered: &mut Numbered<'db>) -> [String; 11] {
    let pico = claim.pico();
    let parts = match pico.as_studied() {
        Some(studied) => [&*studied.population, &*studied.intervention, &*studied.comparator, &*studied.outcome],
        None => {
            [pico.population().label(), pico.intervention().label(), pico.comparator().label(), pico.outcome().label()]
        }
    };
    let [population, intervention, comparator, outcome] = parts.map(cell);
    let mut studies = Vec::new();
    let mut effects = Vec::new();
    for finding in claim.findings() {
        let number = numbered.number(finding.source());
        let study = format!("{} ({}) [{number}]", finding.source().design(), finding.direction());
        if !studies.contains(&study) {
            studies.push(study);
        }
        effects.extend(finding.effect().map(|effect| format!("{} [{number}]", cell(&figure(effect)))));
    }
    for guide in claim.guidance() {
        studies.push(format!("{} (not evidence) [{}]", guide.design(), numbered.number(guide)));
    }
    let withdrawn = if claim.is_withdrawn() { " (withdrawn)" } else { "" };
    [
        format!("{}{withdrawn}", cell(claim.id())),
        population,
        intervention,
        comparator,
        outcome,
        studies.join("<br>"),
        effects.join("<br>"),
        format!("{}, {}", claim.direction(), claim.magnitude()),
        certainty(claim.certainty()),
        cell(&because(claim)),
        cell(claim.honest()),
    ]
}

/// The reasons that moved the certainty, in GRADE's order.
fn because(claim: Claim<'_>) -> String {
    let grade = claim.grade();
    let mut reasons: Vec<String> = grade
        .reasons
        .iter()
        .filter(|reason| reason.levels > 0)
        .map(|reason| {
            let sign = if reason.domain.is_upgrade() { '+' } else { '-' };
            format!("{} {sign}{}: {}", reason.domain.as_str().replace('-', " "), reason.levels, reason.why)
        })
        .collect();
    reasons.extend(grade.summary.clone());
    reasons.join("; ")
}

/// An effect in one line, such as `smd -0.3 (95% CI -0.5 to -0.1), pain`.
pub(super) fn figure(effect: &Effect) -> String {
    let mut line = effect.measure.to_string();
    if let Some(estimate) = effect.estimate {
        let _ = write!(line, " {estimate}");
    }
    if let Some(unit) = &effect.unit {
        let _ = write!(line, " {unit}");
    }
    if let Some([lower, upper]) = effect.interval {
        let _ = write!(line, " (95% CI {lower} to {upper})");
    }
    let _ = write!(line, ", {}", effect.outcome);
    if let Some(comparator) = &effect.comparator {
        let _ = write!(line, ", against {comparator}");
    }
    if effect.uncontrolled {
        line.push_str(", no control group");
    }
    line
}

fn certainty(certainty: Option<Certainty>) -> String {
    match certainty {
        Some(Certainty::High) => "⊕⊕⊕⊕ high",
        Some(Certainty::Moderate) => "⊕⊕⊕○ moderate",
        Some(Certainty::Low) => "⊕⊕○○ low",
        Some(Certainty::VeryLow) => "⊕○○○ very low",
        None => "no study found",
    }
    .to_owned()
}

fn reference(source: Source<'_>) -> String {
    let retracted = source.retraction().map(|retraction| format!("**Retracted on {}.** ", retraction.date));
    format!("{}{} <{}>\n", retracted.unwrap_or_default(), cell(&record::citation(source)), source.url())
}

/// Text that Markdown shows as it is, in one line.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in record::one_line(text).chars() {
        if matches!(letter, '\\' | '|' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '~' | '&' | '$' | '^') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_is_shown_and_not_done() {
        assert_eq!(super::cell("a|b *c*\n<d>"), r"a\|b \*c\* \<d\>");
    }
}
