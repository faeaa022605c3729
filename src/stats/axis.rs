//! An axis that holds all figures of a panel and "no effect", with round marks.

/// Marks that people count in.
const ROUND: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

/// Space left beside the outermost figures, in parts of the axis.
const MARGIN: f64 = 0.04;

/// From where to where, and the marks between.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    from: f64,
    to: f64,
    is_logarithmic: bool,
    marks: Vec<f64>,
}

impl Axis {
    /// The shortest axis over these figures, with about so many marks. Figures of ratios must be above zero.
    pub(super) fn over(figures: impl Iterator<Item = f64>, is_logarithmic: bool, marks: usize) -> Self {
        let place = |figure: f64| if is_logarithmic { figure.ln() } else { figure };
        let (from, to) = figures
            .map(place)
            .filter(|figure| figure.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), figure| (low.min(figure), high.max(figure)));
        let (from, to) = if from < to { (from, to) } else { (-1.0, 1.0) };
        let margin = (to - from) * MARGIN;
        let (from, to) = (from - margin, to + margin);
        let marks = if is_logarithmic { ratios(from, to, marks) } else { steps(from, to, marks) };
        Self { from, to, is_logarithmic, marks }
    }

    /// Where a figure stands: 0 is the left end, 1 the right one.
    ///
    /// ```
    /// use evidence_claims::{Database, stats::Forest};
    ///
    /// let claim = Database::builtin().claim("blood-pressure-hypertension").unwrap();
    /// let forest = Forest::of(claim);
    /// let axis = forest.panels()[0].axis(5);
    /// assert!(axis.place(axis.marks()[0]) < axis.place(axis.marks()[1]));
    /// ```
    #[must_use]
    pub fn place(&self, figure: f64) -> f64 {
        let figure = if self.is_logarithmic { figure.ln() } else { figure };
        ((figure - self.from) / (self.to - self.from)).clamp(0.0, 1.0)
    }

    /// Round figures along the axis, in its order; no effect is among them.
    #[must_use]
    pub fn marks(&self) -> &[f64] {
        &self.marks
    }
}

/// Multiples of 1, 2 or 5 times a power of ten.
fn steps(from: f64, to: f64, wanted: usize) -> Vec<f64> {
    let rough = (to - from) / wanted.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let step = ROUND.iter().map(|round| round * power).find(|&step| step >= rough * 0.999).unwrap_or(rough);
    // One rounding, so that 0.3 is not 0.30000000000000004.
    let round = |figure: f64| (figure / power).round() * power;
    let tidy = |figure: f64| format!("{:.12}", round(figure)).parse().unwrap_or(figure);
    let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
    (first..=last).map(|number| tidy(number as f64 * step)).collect()
}

/// Ratios that people know, 1 among them, thinned until they fit.
fn ratios(from: f64, to: f64, wanted: usize) -> Vec<f64> {
    let within = |figure: &f64| (from..=to).contains(&figure.ln());
    let all = |rounds: &[f64]| -> Vec<f64> {
        let decades = (-6..=6).flat_map(|power| rounds.iter().map(move |round| (round, power)));
        decades.map(|(round, power)| format!("{round}e{power}").parse().unwrap_or(1.0)).filter(within).collect()
    };
    [&[1.0, 1.5, 2.0, 3.0, 5.0, 7.0][..], &[1.0, 2.0, 5.0], &[1.0]]
        .into_iter()
        .map(all)
        .find(|marks| marks.len() <= wanted.max(2) + 1)
        .unwrap_or_else(|| vec![1.0])
}

#[cfg(test)]
mod tests {
    use super::Axis;

    fn marks(figures: &[f64], is_logarithmic: bool) -> Vec<f64> {
        Axis::over(figures.iter().copied(), is_logarithmic, 5).marks
    }

    #[test]
    fn marks_are_round_and_hold_no_effect() {
        assert_eq!(marks(&[-1.85, 0.0], false), [-1.5, -1.0, -0.5, 0.0]);
        assert_eq!(marks(&[0.0, 0.3], false), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(marks(&[-9.34, 0.0, 159.58], false), [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(marks(&[1.0, 0.14, 2.82], true), [0.2, 0.5, 1.0, 2.0]);
        assert_eq!(marks(&[1.0, 2.33], true), [1.0, 1.5, 2.0]);
    }

    #[test]
    fn an_axis_of_one_figure_has_a_length() {
        let axis = Axis::over([0.0, 0.0].into_iter(), false, 5);
        assert!((axis.place(0.0) - 0.5).abs() < 1e-9);
    }
}
