//! What every picture of a panel must say in words: figures as papers print them, what was turned, how it was pooled or why not.

use super::forest::{Panel, Row};
use super::pool::{Estimate, FEWEST, Pooled};
use super::scale::Reason;

/// The mark of figures whose sides were exchanged.
pub const TURNED: char = '†';

/// A number with at most so many decimals, as few as it needs, and a real minus.
///
/// ```
/// use evidence_claims::stats::number;
///
/// assert_eq!(number(-0.5, 2), "−0.5");
/// assert_eq!(number(0.3333, 2), "0.33");
/// assert_eq!(number(-0.001, 2), "0");
/// ```
#[must_use]
pub fn number(figure: f64, decimals: usize) -> String {
    let text = format!("{figure:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "\u{2212}") }
}

/// A figure of our own with its interval, in no more digits than papers print: two decimals, fewer for large figures.
///
/// ```
/// use evidence_claims::stats::rounded;
///
/// assert_eq!(rounded(0.3244, [-0.0330, 0.6818]), "0.32 [−0.03, 0.68]");
/// assert_eq!(rounded(-15.106, [-36.319, 6.107]), "−15.1 [−36.3, 6.1]");
/// ```
#[must_use]
pub fn rounded(mean: f64, [low, high]: [f64; 2]) -> String {
    let largest = mean.abs().max(low.abs()).max(high.abs());
    let decimals = if largest >= 100.0 {
        0
    } else if largest >= 10.0 {
        1
    } else {
        2
    };
    format!("{} [{}, {}]", number(mean, decimals), number(low, decimals), number(high, decimals))
}

impl Row<'_> {
    /// Estimate and interval as drawn, such as `0.55 [0.25, 0.85]`; `†` after figures whose sides were exchanged.
    #[must_use]
    pub fn figures(&self) -> String {
        let turned = if self.turned { format!(" {TURNED}") } else { String::new() };
        format!("{}{turned}", figures(self.estimate, self.interval))
    }
}

impl Panel<'_> {
    /// Sentences that belong under a picture of the panel.
    ///
    /// They say what the signs mean where that is not known, which figures were turned, and how the panel was pooled or why
    /// not.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.sides().is_none() {
            let what = "Which side favours massage is not known: the sources read do not say what the sign means.";
            notes.push(what.to_owned());
        }
        for row in self.rows().iter().filter(|row| row.turned) {
            let printed = figures(row.effect.estimate.unwrap_or_default(), row.effect.interval);
            let name = row.source.short_citation();
            notes.push(format!("{TURNED} {name}: sides exchanged to match the others; printed as {printed}."));
        }
        match self.pooled() {
            Some(pooled) => {
                notes.push(self.how(pooled));
                notes.extend(self.kept_out());
            }
            None => notes.extend(self.why_not()),
        }
        notes
    }

    fn how(&self, pooled: &Pooled) -> String {
        let text = |estimate: &Estimate| {
            rounded(
                self.scale().from_pooling(estimate.mean),
                estimate.interval.map(|end| self.scale().from_pooling(end)),
            )
        };
        format!(
            "Our own calculation, not a published result: random effects (REML, Hartung-Knapp interval), in which the trials have \
             the weights shown; I² {:.0}%, τ² {}, Q {} (p = {:.2}). By other methods {} (DerSimonian-Laird) and {} (one effect \
             for all).",
            pooled.reml.i2,
            number(pooled.reml.tau2, 2),
            number(pooled.q, 2),
            pooled.q_p,
            text(&pooled.dersimonian_laird.estimate),
            text(&pooled.fixed),
        )
    }

    fn kept_out(&self) -> Vec<String> {
        let mut reasons: Vec<Reason> = self.rows().iter().filter_map(|row| row.kept_out).collect();
        reasons.sort_unstable();
        reasons.dedup();
        let names = |reason| {
            let rows = self.rows().iter().filter(move |row| row.kept_out == Some(reason));
            rows.map(|row| row.source.short_citation()).collect::<Vec<_>>().join(", ")
        };
        reasons.into_iter().map(|reason| format!("Drawn but not pooled: {} ({reason}).", names(reason))).collect()
    }

    fn why_not(&self) -> Option<String> {
        let rows = self.rows();
        if rows.len() == 1 {
            return None;
        }
        if rows.iter().all(|row| row.kept_out == Some(Reason::Published)) {
            return Some("Not pooled: results of reviews share trials and are no trials themselves.".to_owned());
        }
        let number = self.poolable();
        Some(format!(
            "Not pooled: that takes {FEWEST} randomised trials with known signs and intervals; here: {number}."
        ))
    }
}

fn figures(estimate: f64, interval: Option<[f64; 2]>) -> String {
    // Figures as printed have three decimals at most; exchanged ratios would have endless ones.
    let three = |figure| number(figure, 3);
    match interval {
        Some([low, high]) => format!("{} [{}, {}]", three(estimate), three(low), three(high)),
        None => format!("{} (no interval)", three(estimate)),
    }
}
