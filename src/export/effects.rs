//! Effects as rows for a meta-analysis in R: as printed, and as `metafor` wants them where that can be derived.
//!
//! Never turns a sign, pools, or guesses a standard error.

use std::collections::{BTreeMap, BTreeSet};

use super::record;
use crate::database::{Claim, Source};
use crate::model::source::Effect;
use crate::model::vocabulary::Measure;
use crate::stats::{Derived, derive};

/// Significant digits of derived figures: more than any input has.
const DIGITS: usize = 7;

const COLUMNS: [&str; 22] = [
    "source",
    "year",
    "claim",
    "effect",
    "outcome",
    "comparator",
    "measure",
    "unit",
    "estimate",
    "lower",
    "upper",
    "yi",
    "vi",
    "favours",
    "positive_favours",
    "p",
    "participants",
    "design",
    "uncontrolled",
    "included_in",
    "derived",
    "note",
];

/// Effects that the findings of these claims name.
pub(super) fn of_claims<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> String {
    let mut named: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    let mut sources = Vec::new();
    for claim in claims {
        for finding in claim.findings() {
            let Some(effect) = finding.effect() else { continue };
            named.entry((finding.source().id(), &effect.name)).or_default().insert(claim.id());
            sources.push(finding.source());
        }
    }
    table(record::in_order(sources), |source, effect| named.get(&(source.id(), effect)).cloned())
}

/// All effects of these sources.
pub(super) fn of_sources<'db>(sources: impl IntoIterator<Item = Source<'db>>) -> String {
    table(record::in_order(sources), |source, effect| {
        let leans = |claim: &Claim<'db>| {
            let mut findings = claim.findings().filter(|finding| finding.source() == source);
            findings.any(|finding| finding.effect().is_some_and(|named| named.name == effect))
        };
        Some(source.cited_by().filter(leans).map(Claim::id).collect())
    })
}

/// One row for each effect for which `claims` has an answer.
fn table<'db>(sources: Vec<Source<'db>>, claims: impl Fn(Source<'db>, &str) -> Option<BTreeSet<&'db str>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    for source in sources {
        let reviews = included_in(source);
        for effect in source.effects() {
            if let Some(claims) = claims(source, &effect.name) {
                let _ = writer.write_record(row(source, effect, &claims, &reviews));
            }
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The reviews that already hold this study: pooling both would count it twice.
fn included_in(source: Source<'_>) -> String {
    let reviews = source.db.sources().filter(|review| review.includes().any(|study| study == source));
    reviews.map(Source::id).collect::<Vec<_>>().join(" ")
}

fn row(source: Source<'_>, effect: &Effect, claims: &BTreeSet<&str>, reviews: &str) -> [String; COLUMNS.len()] {
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: Option<&str>| safe(&record::one_line(text.unwrap_or_default()));
    let (derived, how) = derived(source, effect);
    let (yi, vi) = derived.map_or((None, None), |(yi, vi)| (Some(yi), Some(vi)));
    [
        safe(source.id()),
        source.year().map(|year| year.to_string()).unwrap_or_default(),
        safe(&claims.iter().copied().collect::<Vec<_>>().join(" ")),
        text(Some(&effect.name)),
        text(Some(&effect.outcome)),
        text(effect.comparator.as_deref()),
        effect.measure.to_string(),
        text(effect.unit.as_deref()),
        number(effect.estimate),
        number(effect.interval.map(|[lower, _]| lower)),
        number(effect.interval.map(|[_, upper]| upper)),
        yi.map(significant).unwrap_or_default(),
        vi.map(significant).unwrap_or_default(),
        effect.favours.to_string(),
        effect.positive_favours.map(|side| side.to_string()).unwrap_or_default(),
        text(effect.p.as_deref()),
        effect.participants.map(|count| count.to_string()).unwrap_or_default(),
        source.design().to_string(),
        if effect.uncontrolled { "TRUE" } else { "FALSE" }.to_owned(),
        reviews.to_owned(),
        text(Some(&how)),
        text(effect.note.as_deref()),
    ]
}

/// `yi` and `vi`, and how they came about or why there are none.
fn derived(source: Source<'_>, effect: &Effect) -> (Option<(f64, f64)>, String) {
    let Derived { yi, vi, off_centre } = match derive(source, effect) {
        Ok(derived) => derived,
        Err(reason) => return (None, format!("none: {reason}")),
    };
    let scale = match effect.measure {
        Measure::R => "Fisher's z",
        measure if measure.is_ratio() => "logarithms",
        _ => "estimate as printed",
    };
    let mut how = format!("{scale}; vi = ((upper - lower) / (2 * 1.959964))^2");
    if let Some(off) = off_centre {
        how.push_str(&format!(
            "; look at the source: the estimate is off the middle of its interval by {:.0}% of half its width",
            off * 100.0
        ));
    }
    (Some((yi, vi)), how)
}

/// The number with the same digits on every machine.
fn significant(number: f64) -> String {
    let digits = format!("{number:.*e}", DIGITS - 1);
    digits.parse::<f64>().map_or(digits, |number| number.to_string())
}

/// A text that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{safe, significant};

    #[test]
    fn a_text_is_no_formula() {
        assert_eq!(safe("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(safe("@x"), "'@x");
        assert_eq!(safe("-0.5"), "-0.5");
        assert_eq!(safe("<0.05"), "<0.05");
    }

    #[test]
    fn seven_digits() {
        assert_eq!(significant(0.012_345_678_9), "0.01234568");
        assert_eq!(significant(-2.0), "-2");
    }
}
