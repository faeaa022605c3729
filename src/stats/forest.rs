//! The effects behind a claim, sorted onto scales on which they can stand side by side, and pooled where that is honest.

use super::axis::Axis;
use super::pool::{FEWEST, Pooled, Study, pool};
use super::scale::{Reason, Scale, derive};
use crate::database::{Claim, Source};
use crate::model::source::Effect;
use crate::model::vocabulary::{Design, Favours, Measure};

/// The effects of one claim: what can be drawn, scale by scale, and what cannot, with the reason.
///
/// ```
/// use evidence_claims::{Database, stats::Forest};
///
/// let claim = Database::builtin().claim("depressive-symptoms").unwrap();
/// for panel in Forest::of(claim).panels() {
///     println!("{}", panel.scale().label());
///     for row in panel.rows() {
///         println!("  {} {:?}", row.estimate, row.interval);
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Forest<'db> {
    claim: Claim<'db>,
    panels: Vec<Panel<'db>>,
    left_out: Vec<LeftOut<'db>>,
}

/// Effects on one scale, all with the same meaning of left and right.
#[derive(Clone, Debug)]
pub struct Panel<'db> {
    scale: Scale,
    massage_is_right: Option<bool>,
    rows: Vec<Row<'db>>,
    pooled: Option<Pooled>,
}

/// One effect of a panel.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row<'db> {
    /// Where it was read.
    pub source: Source<'db>,
    /// The effect as recorded, with its sign as printed.
    pub effect: &'db Effect,
    /// The estimate, turned where the panel needs it.
    pub estimate: f64,
    /// Its 95% interval, turned likewise.
    pub interval: Option<[f64; 2]>,
    /// Whether the two sides were exchanged, so that figures differ from those printed.
    pub turned: bool,
    /// Why it would not be pooled. Rows without a reason are pooled when there are at least three.
    pub kept_out: Option<Reason>,
    /// Share in our pooled figure (REML), in per cent.
    pub weight: Option<f64>,
}

/// An effect that cannot be drawn.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LeftOut<'db> {
    /// Where it was read.
    pub source: Source<'db>,
    /// The effect.
    pub effect: &'db Effect,
    /// Why.
    pub reason: Reason,
}

impl<'db> Forest<'db> {
    /// Sorts the effects that the findings of a claim name.
    ///
    /// A panel is pooled when it has three or more primary trials, randomised and not retracted, each with a known sign and a
    /// 95% interval, and no two from one study. The claim stands for one outcome and one question; whether its trials measured
    /// at like times is for the reader to judge.
    #[must_use]
    pub fn of(claim: Claim<'db>) -> Self {
        let mut effects: Vec<(Source<'db>, &'db Effect)> = Vec::new();
        for finding in claim.findings() {
            let Some(effect) = finding.effect() else { continue };
            if !effects.iter().any(|(source, known)| *source == finding.source() && known.name == effect.name) {
                effects.push((finding.source(), effect));
            }
        }
        effects.sort_by_key(|(source, _)| (source.design(), std::cmp::Reverse(source.year()), source.id()));
        let (mut groups, mut left_out) = (Vec::<Group<'db>>::new(), Vec::new());
        for (source, effect) in effects {
            match drawable(source, effect) {
                Err(reason) => left_out.push(LeftOut { source, effect, reason }),
                Ok(scale) => {
                    let side = side(&scale, effect);
                    match groups.iter_mut().find(|group| group.scale == scale && group.side == side) {
                        Some(group) => group.effects.push((source, effect)),
                        None => groups.push(Group { scale, side, effects: vec![(source, effect)] }),
                    }
                }
            }
        }
        groups.sort_by_key(|group| (order(&group.scale), group.side));
        Self { claim, panels: groups.into_iter().map(Panel::of).collect(), left_out }
    }

    /// The claim.
    #[must_use]
    pub fn claim(&self) -> Claim<'db> {
        self.claim
    }

    /// What can be drawn: a panel for each scale, and one more for each where signs are unknown.
    #[must_use]
    pub fn panels(&self) -> &[Panel<'db>] {
        &self.panels
    }

    /// What cannot be drawn, and why.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut<'db>] {
        &self.left_out
    }
}

impl<'db> Panel<'db> {
    /// What its axis measures.
    #[must_use]
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// Whom the left and the right of "no effect" favour; `None` when what the signs mean is not known.
    ///
    /// Most figures stand as printed: massage is on the side where most of them have it, and on the left when they are even.
    #[must_use]
    pub fn sides(&self) -> Option<[Favours; 2]> {
        let sides = [Favours::Massage, Favours::Comparator];
        self.massage_is_right.map(|right| if right { [sides[1], sides[0]] } else { sides })
    }

    /// The effects, from the strongest design to the weakest, the newest first.
    #[must_use]
    pub fn rows(&self) -> &[Row<'db>] {
        &self.rows
    }

    /// **Our own calculation, not a published result**, on the scale of pooling: see [`Scale::from_pooling`].
    #[must_use]
    pub fn pooled(&self) -> Option<&Pooled> {
        self.pooled.as_ref()
    }

    /// How many rows could be pooled; with fewer than three nothing is.
    #[must_use]
    pub fn poolable(&self) -> usize {
        self.rows.iter().filter(|row| row.kept_out.is_none()).count()
    }

    /// An axis over all figures and "no effect", with about so many marks.
    #[must_use]
    pub fn axis(&self, marks: usize) -> Axis {
        let rows = self.rows.iter().flat_map(|row| row.interval.into_iter().flatten().chain([row.estimate]));
        let pooled = self.pooled.iter().flat_map(|pooled| {
            let [low, high] = pooled.reml.estimate.interval;
            [low, high].into_iter().chain(pooled.prediction).map(|figure| self.scale.from_pooling(figure))
        });
        Axis::over(rows.chain(pooled).chain([self.scale.no_effect()]), self.scale.is_ratio(), marks)
    }

    fn of(group: Group<'db>) -> Self {
        let Group { scale, side, effects } = group;
        let right = |effect: &Effect| effect.positive_favours == Some(Favours::Massage);
        let on_the_right = effects.iter().filter(|(_, effect)| right(effect)).count();
        let massage_is_right = (side != Side::Unknown).then_some(on_the_right * 2 > effects.len());
        let row = |&(source, effect): &(Source<'db>, &'db Effect)| {
            let turned = massage_is_right.is_some_and(|is_right| is_right != right(effect));
            let turn = |figure: f64| if turned { scale.turned(figure) } else { figure };
            let interval =
                effect.interval.map(|[low, high]| if turned { [turn(high), turn(low)] } else { [low, high] });
            Row {
                source,
                effect,
                // Whatever has no estimate was left out.
                estimate: turn(effect.estimate.unwrap_or_default()),
                interval,
                turned,
                kept_out: kept_out(source, effect),
                weight: None,
            }
        };
        let mut rows: Vec<Row<'db>> = effects.iter().map(row).collect();
        one_of_each_study(&mut rows);
        let pooled = pool_rows(&scale, &mut rows);
        Self { scale, massage_is_right, rows, pooled }
    }
}

/// Effects that will share a panel.
struct Group<'db> {
    scale: Scale,
    side: Side,
    effects: Vec<(Source<'db>, &'db Effect)>,
}

/// Which figures can stand together: all of known sign where they can be turned, else those of the same sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Turned,
    MassageLeft,
    MassageRight,
    Unknown,
}

fn side(scale: &Scale, effect: &Effect) -> Side {
    match effect.positive_favours {
        None => Side::Unknown,
        Some(_) if scale.can_turn() => Side::Turned,
        Some(Favours::Massage) => Side::MassageRight,
        Some(_) => Side::MassageLeft,
    }
}

const fn order(scale: &Scale) -> u8 {
    match scale {
        Scale::Standardised => 0,
        Scale::Difference { .. } => 1,
        Scale::RiskDifference { .. } => 2,
        Scale::Ratio(_) => 3,
    }
}

/// The scale to draw it on.
fn drawable(source: Source<'_>, effect: &Effect) -> Result<Scale, Reason> {
    if effect.measure == Measure::R {
        return Err(Reason::Correlation);
    }
    match derive(source, effect) {
        // An estimate alone can still be drawn.
        Err(Reason::NoInterval) | Ok(_) => {}
        Err(reason) => return Err(reason),
    }
    let scale = Scale::of(source, effect).ok_or(Reason::NoScale)?;
    let estimate = effect.estimate.ok_or(Reason::NoEstimate)?;
    if scale.to_pooling(estimate).is_finite() { Ok(scale) } else { Err(Reason::ImpossibleFigures) }
}

/// Why an effect that can be drawn cannot be pooled.
fn kept_out(source: Source<'_>, effect: &Effect) -> Option<Reason> {
    match source.design() {
        Design::RandomisedTrial | Design::CrossoverTrial => {}
        design if design.is_review() => return Some(Reason::Published),
        _ => return Some(Reason::NotRandomised),
    }
    if effect.positive_favours.is_none() {
        return Some(Reason::UnknownSign);
    }
    derive(source, effect).err()
}

/// Two figures of one study are not independent, and which of them to take is an editor's choice: neither enters.
fn one_of_each_study(rows: &mut [Row<'_>]) {
    let pooled: Vec<&str> = rows.iter().filter(|row| row.kept_out.is_none()).map(|row| row.source.id()).collect();
    let twice = |id: &str| pooled.iter().filter(|known| **known == id).count() > 1;
    let double: Vec<bool> = rows.iter().map(|row| row.kept_out.is_none() && twice(row.source.id())).collect();
    for (row, double) in rows.iter_mut().zip(double) {
        if double {
            row.kept_out = Some(Reason::SameStudy);
        }
    }
}

/// Pools the rows that may be, and gives them their weights.
fn pool_rows(scale: &Scale, rows: &mut [Row<'_>]) -> Option<Pooled> {
    let mut chosen: Vec<&mut Row<'_>> = rows.iter_mut().filter(|row| row.kept_out.is_none()).collect();
    if chosen.len() < FEWEST {
        return None;
    }
    let study = |row: &&mut Row<'_>| {
        let derived = derive(row.source, row.effect).ok()?;
        Some(Study { yi: scale.to_pooling(row.estimate), vi: derived.vi })
    };
    let studies: Vec<Study> = chosen.iter().filter_map(study).collect();
    let pooled = pool(&studies)?;
    for (row, &weight) in chosen.iter_mut().zip(&pooled.reml.weights) {
        row.weight = Some(weight);
    }
    Some(pooled)
}
