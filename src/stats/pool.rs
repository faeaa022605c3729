//! The arithmetic of pooling: inverse variance, DerSimonian–Laird, and REML with the interval of Hartung and Knapp.

use statrs::distribution::{ChiSquared, ContinuousCDF as _, StudentsT};

use super::scale::Z;

/// Fewer studies than this are never pooled.
pub const FEWEST: usize = 3;

/// REML has settled when tau² moves by less than this part of itself.
const SETTLED: f64 = 1e-10;

/// Steps after which REML is given up.
const STEPS: usize = 10_000;

/// One study on the scale of pooling: of ratios the logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Study {
    /// Its estimate.
    pub yi: f64,
    /// The variance of the estimate: the square of its standard error. Above zero.
    pub vi: f64,
}

/// A pooled figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The weighted mean.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its 95% interval.
    pub interval: [f64; 2],
}

/// A pooled figure that lets the true effect differ between studies.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomEffects {
    /// The mean of the true effects.
    pub estimate: Estimate,
    /// Variance of the true effects between studies.
    pub tau2: f64,
    /// Share of all variance that lies between studies, in per cent (Higgins and Thompson, from tau²).
    pub i2: f64,
    /// Share of each study in the mean, in per cent, in the order of the studies.
    pub weights: Vec<f64>,
}

/// Pooled figures over the same studies: **our own calculation, not a published result**.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pooled {
    /// One true effect for all studies (inverse variance; `metafor`: `method="EE"`).
    pub fixed: Estimate,
    /// tau² by DerSimonian and Laird, interval from the normal distribution (`method="DL"`).
    pub dersimonian_laird: RandomEffects,
    /// tau² by restricted maximum likelihood, interval by Hartung and Knapp from the t distribution (`method="REML"`,
    /// `test="knha"`). The one to report: the others are too sure of few studies.
    pub reml: RandomEffects,
    /// Where 95% of true effects lie, after REML, from the t distribution with one degree of freedom less than studies
    /// (`predict()`).
    pub prediction: [f64; 2],
    /// Cochran's Q.
    pub q: f64,
    /// The chance of a Q this large if all studies had one true effect.
    pub q_p: f64,
}

/// Pools studies of one outcome on one scale. `None` for fewer than three, for a variance that is not above zero, and when
/// REML does not settle.
///
/// It trusts that the studies may be pooled; [`super::Forest::of`] is what looks.
///
/// ```
/// use evidence_claims::stats::{Study, pool};
///
/// let studies = [Study { yi: 0.10, vi: 0.04 }, Study { yi: 0.30, vi: 0.02 }, Study { yi: 0.35, vi: 0.05 }];
/// let pooled = pool(&studies).unwrap();
/// assert_eq!(format!("{:.4}", pooled.reml.estimate.mean), "0.2579");
/// assert!(pool(&studies[..2]).is_none());
/// ```
#[must_use]
pub fn pool(studies: &[Study]) -> Option<Pooled> {
    let sound = |study: &Study| study.yi.is_finite() && study.vi.is_finite() && study.vi > 0.0;
    if studies.len() < FEWEST || !studies.iter().all(sound) {
        return None;
    }
    let df = (studies.len() - 1) as f64;
    let sums = Sums::of(studies, 0.0);
    let fixed = estimate(sums.mean(), sums.w.recip().sqrt(), Z);
    let q = sums.spread;
    let q_p = ChiSquared::new(df).ok()?.sf(q);
    let t = StudentsT::new(0.0, 1.0, df).ok()?.inverse_cdf(0.975);

    let tau2 = ((q - df) / sums.trace()).max(0.0);
    let laird = Sums::of(studies, tau2);
    let normal = estimate(laird.mean(), laird.w.recip().sqrt(), Z);
    let dersimonian_laird = random(studies, tau2, normal);

    let tau2 = reml(studies, tau2)?;
    let sums = Sums::of(studies, tau2);
    let standard_error = (sums.spread / df / sums.w).sqrt();
    let hartung_knapp = estimate(sums.mean(), standard_error, t);
    let reach = t * (tau2 + standard_error.powi(2)).sqrt();
    let prediction = [hartung_knapp.mean - reach, hartung_knapp.mean + reach];
    let reml = random(studies, tau2, hartung_knapp);
    // Variances so small that their weights overflow.
    let finite = [fixed, dersimonian_laird.estimate, reml.estimate].iter().all(|one| one.interval[1].is_finite());
    finite.then_some(Pooled { fixed, dersimonian_laird, reml, prediction, q, q_p })
}

/// Sums over studies with the weights 1 / (vi + tau²).
struct Sums {
    /// Of the weights, their squares and cubes.
    w: f64,
    w2: f64,
    w3: f64,
    /// Of weighted estimates.
    wy: f64,
    /// Of squared distances from the mean, weighted: Q.
    spread: f64,
    /// The same with squared weights.
    spread2: f64,
}

impl Sums {
    fn of(studies: &[Study], tau2: f64) -> Self {
        let weights = || studies.iter().map(|study| ((study.vi + tau2).recip(), study.yi));
        let sum = |power: i32| weights().map(|(w, _)| w.powi(power)).sum::<f64>();
        let (w, wy) = (sum(1), weights().map(|(w, y)| w * y).sum::<f64>());
        let mean = wy / w;
        let spread = |power: i32| weights().map(|(w, y)| w.powi(power) * (y - mean).powi(2)).sum();
        Self { w, w2: sum(2), w3: sum(3), wy, spread: spread(1), spread2: spread(2) }
    }

    fn mean(&self) -> f64 {
        self.wy / self.w
    }

    /// Trace of the projection that takes the mean out of weighted estimates.
    fn trace(&self) -> f64 {
        self.w - self.w2 / self.w
    }

    /// Trace of its square.
    fn trace2(&self) -> f64 {
        self.w2 - 2.0 * self.w3 / self.w + (self.w2 / self.w).powi(2)
    }
}

fn estimate(mean: f64, standard_error: f64, quantile: f64) -> Estimate {
    let reach = quantile * standard_error;
    Estimate { mean, standard_error, interval: [mean - reach, mean + reach] }
}

fn random(studies: &[Study], tau2: f64, estimate: Estimate) -> RandomEffects {
    let alone = Sums::of(studies, 0.0);
    // The variance within a typical study.
    let within = (studies.len() - 1) as f64 / alone.trace();
    let total: f64 = Sums::of(studies, tau2).w;
    let weights = studies.iter().map(|study| 100.0 * (study.vi + tau2).recip() / total).collect();
    RandomEffects { estimate, tau2, i2: 100.0 * tau2 / (tau2 + within), weights }
}

/// Fisher scoring, as in Viechtbauer 2005; the answer is never below zero.
fn reml(studies: &[Study], start: f64) -> Option<f64> {
    let mut tau2 = start;
    for _ in 0..STEPS {
        let sums = Sums::of(studies, tau2);
        let next = (tau2 + (sums.spread2 - sums.trace()) / sums.trace2()).max(0.0);
        if !next.is_finite() {
            return None;
        }
        let step = (next - tau2).abs();
        tau2 = next;
        if step <= SETTLED * tau2 {
            return Some(tau2);
        }
    }
    None
}
