//! From figures as printed to a scale on which they can be compared: the one place that derives `yi` and `vi`.
//!
//! Never guesses a standard error, and never turns a sign.

use std::fmt;

use crate::database::Source;
use crate::model::source::Effect;
use crate::model::vocabulary::Measure;

/// Standard deviations from the middle of a normal distribution to the end of its central 95%.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// An estimate further from the middle of its interval than this part of half the width is worth a look.
const OFF_CENTRE: f64 = 0.15;

/// A word for points that does not say of what.
const POINTS: &str = "points";

/// A scale on which effects can stand side by side.
///
/// ```
/// use evidence_claims::stats::{Forest, Scale};
/// use evidence_claims::Database;
///
/// let claim = Database::builtin().claim("blood-pressure-hypertension").unwrap();
/// for panel in Forest::of(claim).panels() {
///     if let Scale::Difference { unit, .. } = panel.scale() {
///         assert_eq!(unit, "mmHg");
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scale {
    /// Standardised mean differences: Cohen's d, Hedges' g and their like.
    Standardised,
    /// Mean differences in one unit. Points of an unnamed scale compare with nothing but themselves: `of` then names the figure.
    Difference {
        /// The unit, such as `mmHg`; `points` where the source names none.
        unit: String,
        /// The one figure of an unnamed scale.
        of: Option<String>,
    },
    /// Risk differences in one unit.
    RiskDifference {
        /// The unit, such as `percentage points`; empty for proportions.
        unit: String,
    },
    /// Ratios of one kind, compared by their logarithms.
    Ratio(Measure),
}

impl Scale {
    /// The scale of an effect, if effects of its kind can be compared at all.
    pub(super) fn of(source: Source<'_>, effect: &Effect) -> Option<Self> {
        let unit = effect.unit.clone().unwrap_or_default();
        match effect.measure {
            Measure::Smd => Some(Self::Standardised),
            Measure::Md if unit.is_empty() || unit == POINTS => {
                let of = Some(format!("{} {}", source.id(), effect.name));
                Some(Self::Difference { unit: POINTS.to_owned(), of })
            }
            Measure::Md => Some(Self::Difference { unit, of: None }),
            Measure::Rd => Some(Self::RiskDifference { unit }),
            Measure::Rr | Measure::Or | Measure::Hr => Some(Self::Ratio(effect.measure)),
            _ => None,
        }
    }

    /// What the axis measures, such as "mean difference in mmHg".
    #[must_use]
    pub fn label(&self) -> String {
        let with = |name: &str, unit: &str| if unit.is_empty() { name.to_owned() } else { format!("{name} in {unit}") };
        match self {
            Self::Standardised => "standardised mean difference".to_owned(),
            Self::Difference { unit, .. } => with("mean difference", unit),
            Self::RiskDifference { unit } => with("risk difference", unit),
            Self::Ratio(Measure::Rr) => "risk ratio (logarithmic scale)".to_owned(),
            Self::Ratio(Measure::Or) => "odds ratio (logarithmic scale)".to_owned(),
            Self::Ratio(_) => "hazard ratio (logarithmic scale)".to_owned(),
        }
    }

    /// Whether figures of the scale are ratios: no effect is 1, and distances are those of logarithms.
    #[must_use]
    pub const fn is_ratio(&self) -> bool {
        matches!(self, Self::Ratio(_))
    }

    /// The figure that means no effect.
    #[must_use]
    pub const fn no_effect(&self) -> f64 {
        if self.is_ratio() { 1.0 } else { 0.0 }
    }

    /// Whether a figure may be turned round by exchanging the two sides. A risk ratio may not: that of an event says little
    /// about that of its absence, and which of the two a source means is what its sign tells.
    pub(super) const fn can_turn(&self) -> bool {
        !matches!(self, Self::Ratio(Measure::Rr))
    }

    /// From a figure as printed to the scale of pooling.
    pub(super) fn to_pooling(&self, figure: f64) -> f64 {
        if self.is_ratio() { figure.ln() } else { figure }
    }

    /// From the scale of pooling to figures as papers print them: of ratios, from the logarithm.
    ///
    /// ```
    /// use evidence_claims::{Measure, stats::Scale};
    ///
    /// assert_eq!(Scale::Ratio(Measure::Or).from_pooling(0.0), 1.0);
    /// assert_eq!(Scale::Standardised.from_pooling(0.5), 0.5);
    /// ```
    #[must_use]
    pub fn from_pooling(&self, figure: f64) -> f64 {
        if self.is_ratio() { figure.exp() } else { figure }
    }

    /// The figure with the two sides exchanged.
    pub(super) fn turned(&self, figure: f64) -> f64 {
        if self.is_ratio() { 1.0 / figure } else { -figure }
    }
}

/// Why an effect is not pooled, or not even drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The publication was retracted.
    Retracted,
    /// It is a change in one group.
    Uncontrolled,
    /// Its scale compares nothing: per cent, counts, …
    NoScale,
    /// No estimate was seen.
    NoEstimate,
    /// No 95% interval was seen.
    NoInterval,
    /// The figures cannot be put on the scale, such as the logarithm of zero.
    ImpossibleFigures,
    /// Nothing says whom a positive figure favours.
    UnknownSign,
    /// It is a correlation, which compares no groups.
    Correlation,
    /// It comes from a review.
    Published,
    /// The study did not assign people at random.
    NotRandomised,
    /// Another figure on this scale comes from the same study.
    SameStudy,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Retracted => "the publication was retracted",
            Self::Uncontrolled => "a change in one group, with nothing to compare with",
            Self::NoScale => "not a scale for pooling",
            Self::NoEstimate => "no estimate was seen",
            Self::NoInterval => "no 95% interval was seen",
            Self::ImpossibleFigures => "the figures cannot be put on that scale",
            Self::UnknownSign => "what its sign means is not known",
            Self::Correlation => "a correlation compares no groups",
            Self::Published => "the result of a review is not pooled as if it were a trial",
            Self::NotRandomised => "the study did not assign people at random",
            Self::SameStudy => "two figures of one study share its people",
        })
    }
}

/// An effect on the scale of pooling.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Derived {
    /// The estimate: of ratios its logarithm, of correlations Fisher's z.
    pub(crate) yi: f64,
    /// Its variance, from the width of the interval.
    pub(crate) vi: f64,
    /// The estimate lies this far off the middle of its interval, in parts of half the width; `None` when near enough.
    pub(crate) off_centre: Option<f64>,
}

/// `yi` and `vi` of an effect with its sign as printed, or why there are none.
pub(crate) fn derive(source: Source<'_>, effect: &Effect) -> Result<Derived, Reason> {
    if source.is_retracted() {
        return Err(Reason::Retracted);
    }
    if effect.uncontrolled {
        return Err(Reason::Uncontrolled);
    }
    let to: fn(f64) -> f64 = match effect.measure {
        Measure::Smd | Measure::Md | Measure::Rd => |x| x,
        Measure::Rr | Measure::Or | Measure::Hr => f64::ln,
        Measure::R => f64::atanh,
        _ => return Err(Reason::NoScale),
    };
    let estimate = effect.estimate.ok_or(Reason::NoEstimate)?;
    let [lower, upper] = effect.interval.ok_or(Reason::NoInterval)?;
    let (yi, lower, upper) = (to(estimate), to(lower), to(upper));
    let half = (upper - lower) / 2.0;
    let vi = (half / Z).powi(2);
    if !(yi.is_finite() && vi.is_finite() && vi > 0.0) {
        return Err(Reason::ImpossibleFigures);
    }
    let off = (yi - f64::midpoint(lower, upper)).abs() / half;
    Ok(Derived { yi, vi, off_centre: Some(off).filter(|&off| off > OFF_CENTRE) })
}
