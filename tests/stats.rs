//! Figures of our own: the arithmetic against `metafor`, and what may enter it.

use evidence_claims::stats::{Estimate, Forest, Panel, Reason, Scale, Study, pool};
use evidence_claims::{Claim, Database, Design, Favours, Measure};

/// Four decimals.
fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 0.000_05, "{what}: {found}, not {expected}");
}

fn same(found: &Estimate, [mean, standard_error, low, high]: [f64; 4], what: &str) {
    close(found.mean, mean, what);
    close(found.standard_error, standard_error, what);
    close(found.interval[0], low, what);
    close(found.interval[1], high, what);
}

/// What R says of the same studies. Made with R 4.2.2 and metafor 3.8-1 (Debian 12: `r-base-core`, `r-cran-metafor`), from `yi`
/// and `vi` as they stand here:
///
/// ```r
/// library(metafor)
/// f <- rma(yi, vi, method = "EE")
/// d <- rma(yi, vi, method = "DL")
/// r <- rma(yi, vi, method = "REML", test = "knha", control = list(threshold = 1e-12, maxiter = 10000))
/// for (m in list(f, d, r)) print(c(m$b, m$se, m$ci.lb, m$ci.ub)); c(d$tau2, d$I2); c(r$tau2, r$I2)
/// predict(r)[c("pi.lb", "pi.ub")]; c(r$QE, r$QEp); weights(r)
/// ```
///
/// The stricter threshold lets REML settle in more than four decimals.
struct Expected<'a> {
    yi: &'a [f64],
    vi: &'a [f64],
    /// Mean, standard error, ends of the interval.
    fixed: [f64; 4],
    laird: [f64; 4],
    /// tau², I².
    laird_spread: [f64; 2],
    reml: [f64; 4],
    reml_spread: [f64; 2],
    prediction: [f64; 2],
    q: [f64; 2],
    weights: &'a [f64],
}

impl Expected<'_> {
    fn compare(&self) {
        let studies: Vec<Study> = self.yi.iter().zip(self.vi).map(|(&yi, &vi)| Study { yi, vi }).collect();
        let pooled = pool(&studies).expect("they can be pooled");
        same(&pooled.fixed, self.fixed, "fixed");
        same(&pooled.dersimonian_laird.estimate, self.laird, "DerSimonian-Laird");
        close(pooled.dersimonian_laird.tau2, self.laird_spread[0], "tau2 of DerSimonian-Laird");
        close(pooled.dersimonian_laird.i2, self.laird_spread[1], "I2 of DerSimonian-Laird");
        same(&pooled.reml.estimate, self.reml, "REML");
        close(pooled.reml.tau2, self.reml_spread[0], "tau2 of REML");
        close(pooled.reml.i2, self.reml_spread[1], "I2 of REML");
        close(pooled.prediction[0], self.prediction[0], "prediction");
        close(pooled.prediction[1], self.prediction[1], "prediction");
        close(pooled.q, self.q[0], "Q");
        close(pooled.q_p, self.q[1], "p of Q");
        for (&found, &expected) in pooled.reml.weights.iter().zip(self.weights) {
            close(found, expected, "weight");
        }
    }
}

/// `escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)`: thirteen trials of BCG vaccine, the
/// worked example of Viechtbauer 2010 (doi 10.18637/jss.v036.i03).
#[test]
fn thirteen_trials_that_differ_are_pooled_as_metafor_does() {
    Expected {
        yi: &[
            -0.889_311_334,
            -1.585_388_657,
            -1.348_073_148,
            -1.441_551_190,
            -0.217_547_322,
            -0.786_115_586,
            -1.620_898_224,
            0.011_952_334,
            -0.469_417_649,
            -1.371_344_803,
            -0.339_358_828,
            0.445_913_401,
            -0.017_313_948,
        ],
        vi: &[
            0.325_584_765_0,
            0.194_581_121_4,
            0.415_367_965_4,
            0.020_010_031_9,
            0.051_210_172_2,
            0.006_905_618_5,
            0.223_017_247_6,
            0.003_961_579_3,
            0.056_434_210_5,
            0.073_024_793_6,
            0.012_412_214_0,
            0.532_505_845_2,
            0.071_404_659_7,
        ],
        fixed: [-0.430_285, 0.040_499, -0.509_661, -0.350_909],
        laird: [-0.714_117, 0.178_742, -1.064_445, -0.363_789],
        laird_spread: [0.308_760, 92.117_347],
        reml: [-0.714_532, 0.180_792, -1.108_444, -0.320_621],
        reml_spread: [0.313_243, 92.221_385],
        prediction: [-1.996_017, 0.566_952],
        q: [152.233_008, 0.0],
        weights: &[
            5.0595, 6.3647, 4.4360, 9.6987, 8.8685, 10.0957, 6.0272, 10.1894, 8.7431, 8.3676, 9.9250, 3.8216, 8.4029,
        ],
    }
    .compare();
}

/// `escalc(measure = "SMD", …, data = dat.normand1999)`: nine studies of the length of stay after stroke.
#[test]
fn standardised_differences_are_pooled_as_metafor_does() {
    Expected {
        yi: &[
            -0.355_169_64,
            -0.347_940_02,
            -2.317_569_16,
            -1.887_982_25,
            -0.383_964_14,
            0.172_148_67,
            0.272_052_07,
            -0.424_596_27,
            0.289_556_23,
        ],
        vi: &[
            0.013_064_676,
            0.064_468_876,
            0.045_812_110,
            0.160_617_736,
            0.205_433_278,
            0.036_910_570,
            0.060_267_126,
            0.014_863_038,
            0.036_271_734,
        ],
        fixed: [-0.410_611, 0.061_603, -0.531_351, -0.289_872],
        laird: [-0.530_737, 0.259_219, -1.038_796, -0.022_678],
        laird_spread: [0.539_714, 93.534_271],
        reml: [-0.537_108, 0.309_286, -1.250_322, 0.176_106],
        reml_spread: [0.790_843, 95.494_937],
        prediction: [-2.708_307, 1.634_090],
        q: [123.729_275, 0.0],
        weights: &[11.8511, 11.1389, 11.3872, 10.0132, 9.5628, 11.5097, 11.1938, 11.8247, 11.5186],
    }
    .compare();
}

/// `escalc(measure = "MD", …, data = dat.normand1999)`: the same studies in days.
#[test]
fn differences_in_days_are_pooled_as_metafor_does() {
    Expected {
        yi: &[-20.0, -2.0, -55.0, -71.0, -4.0, 1.0, 11.0, -10.0, 7.0],
        vi: &[
            40.508_023_2,
            2.080_645_2,
            15.698_403_8,
            150.222_222_2,
            17.307_692_3,
            1.167_341_4,
            94.589_126_6,
            6.310_879_3,
            19.842_307_7,
        ],
        fixed: [-3.463_613, 0.764_828, -4.962_647, -1.964_578],
        laird: [-13.981_722, 5.126_698, -24.029_866, -3.933_578],
        laird_spread: [205.409_375, 96.651_540],
        reml: [-15.106_027, 9.198_909, -36.318_749, 6.106_694],
        reml_spread: [684.646_152, 98.971_274],
        prediction: [-79.064_542, 48.852_488],
        q: [238.915_811, 0.0],
        weights: &[11.0378, 11.6554, 11.4288, 9.5872, 11.4026, 11.6709, 10.2717, 11.5840, 11.3615],
    }
    .compare();
}

/// The first five rows of `dat.hackshaw1998`: the two estimators of tau² disagree, and REML ends at zero.
#[test]
fn studies_that_agree_better_than_chance_have_no_spread_by_reml() {
    Expected {
        yi: &[0.165_514_44, 0.371_563_56, 0.703_097_51, 0.182_321_56, -0.287_682_07],
        vi: &[0.018_776_885, 0.033_044_039, 0.540_195_865, 0.031_267_614, 0.079_655_654],
        fixed: [0.181_517, 0.087_737, 0.009_555, 0.353_479],
        laird: [0.179_720, 0.094_157, -0.004_825, 0.364_265],
        laird_spread: [0.004_069, 8.551_061],
        reml: [0.181_517, 0.091_748, -0.073_215, 0.436_249],
        reml_spread: [0.0, 0.0],
        prediction: [-0.073_215, 0.436_249],
        q: [4.374_026, 0.357_747_18],
        weights: &[40.9963, 23.2957, 1.4250, 24.6192, 9.6639],
    }
    .compare();
}

/// `yi <- c(0.1, 0.3, 0.35); vi <- c(0.04, 0.02, 0.05)`: as few studies as may be.
#[test]
fn three_studies_are_pooled_as_metafor_does() {
    Expected {
        yi: &[0.1, 0.3, 0.35],
        vi: &[0.04, 0.02, 0.05],
        fixed: [0.257_895, 0.102_598, 0.056_807, 0.458_983],
        laird: [0.257_895, 0.102_598, 0.056_807, 0.458_983],
        laird_spread: [0.0, 0.0],
        reml: [0.257_895, 0.068_117, -0.035_188, 0.550_977],
        reml_spread: [0.0, 0.0],
        prediction: [-0.035_188, 0.550_977],
        q: [0.881_579, 0.643_528_17],
        weights: &[26.3158, 52.6316, 21.0526],
    }
    .compare();
}

#[test]
fn too_few_studies_and_impossible_ones_are_not_pooled() {
    let sound = Study { yi: 0.1, vi: 0.2 };
    assert!(pool(&[]).is_none());
    assert!(pool(&[sound; 2]).is_none());
    assert!(pool(&[sound; 3]).is_some());
    for wrong in [Study { vi: 0.0, ..sound }, Study { vi: -1.0, ..sound }, Study { yi: f64::NAN, ..sound }] {
        assert!(pool(&[sound, sound, sound, wrong]).is_none(), "{wrong:?}");
    }
    assert!(pool(&[Study { yi: 1e300, vi: 1e-320 }; 3]).is_none());
}

fn made_up() -> Database {
    Database::builder()
        .builtin()
        .text("forest.toml", include_str!("forest.toml"))
        .build()
        .expect("the records are valid")
}

fn toes(db: &Database) -> Claim<'_> {
    db.claim("local:warm-toes").expect("it is there")
}

fn ids<'a>(panel: &Panel<'a>) -> Vec<&'a str> {
    panel.rows().iter().map(|row| row.source.id().trim_start_matches("local:")).collect()
}

#[test]
fn units_and_unknown_signs_have_panels_of_their_own() {
    let db = made_up();
    let forest = Forest::of(toes(&db));
    let labels: Vec<String> = forest.panels().iter().map(|panel| panel.scale().label()).collect();
    assert_eq!(
        labels,
        [
            "standardised mean difference",
            "standardised mean difference",
            "mean difference in degrees C",
            "risk ratio (logarithmic scale)",
            "risk ratio (logarithmic scale)",
        ]
    );
    let known = [Favours::Comparator, Favours::Massage];
    assert_eq!(forest.panels()[0].sides(), Some(known));
    assert_eq!(forest.panels()[1].sides(), None, "nothing says what the sign of fir-2020-toes means");
    assert_eq!(ids(&forest.panels()[1]), ["fir-2020-toes"]);
    // A risk ratio of warm toes and one of cold toes are not turned into each other.
    assert_eq!(forest.panels()[3].rows().len(), 1);
    assert_ne!(forest.panels()[3].sides(), forest.panels()[4].sides());
}

#[test]
fn rows_are_ranked_by_design_and_turned_to_one_meaning() {
    let db = made_up();
    let forest = Forest::of(toes(&db));
    let panel = &forest.panels()[0];
    assert_eq!(
        ids(panel),
        ["maple-2023-toes", "elm-2021-toes", "beech-2015-toes", "ash-2012-toes", "cedar-2018-toes", "hazel-2016-toes"]
    );
    let turned: Vec<_> = panel.rows().iter().filter(|row| row.turned).collect();
    assert_eq!(turned.len(), 1);
    assert_eq!(turned[0].effect.estimate, Some(-0.2), "the record keeps its sign");
    assert_eq!((turned[0].estimate, turned[0].interval), (0.2, Some([-0.22, 0.62])));
}

#[test]
fn only_trials_with_known_signs_and_intervals_are_pooled() {
    let db = made_up();
    let forest = Forest::of(toes(&db));
    let panel = &forest.panels()[0];
    let reasons: Vec<Option<Reason>> = panel.rows().iter().map(|row| row.kept_out).collect();
    // The review holds two of the trials: it would count them twice.
    assert_eq!(reasons, [Some(Reason::Published), None, None, None, None, Some(Reason::NotRandomised)]);
    let pooled = panel.pooled().expect("four trials");
    // rma(c(.15, .62, .41, .2), ((c(.42, .99, .91, .62) - c(-.12, .25, -.09, -.22)) / 2 / 1.959964)^2, test = "knha")
    close(pooled.reml.estimate.mean, 0.324_370, "mean");
    close(pooled.reml.estimate.interval[0], -0.033_047, "lower");
    close(pooled.reml.estimate.interval[1], 0.681_787, "upper");
    let weights: f64 = panel.rows().iter().filter_map(|row| row.weight).sum();
    close(weights, 100.0, "weights");
    assert!(panel.rows().iter().all(|row| row.weight.is_some() == row.kept_out.is_none()));
    for other in &forest.panels()[1..] {
        assert!(other.pooled().is_none() && other.poolable() < 3);
    }
}

#[test]
fn changes_without_a_control_group_are_not_even_drawn() {
    let db = made_up();
    let forest = Forest::of(toes(&db));
    let left: Vec<_> = forest.left_out().iter().map(|left| (left.effect.name.as_str(), left.reason)).collect();
    assert_eq!(left, [("week", Reason::Uncontrolled), ("change", Reason::Uncontrolled)]);
}

#[test]
fn no_panel_of_the_built_in_evidence_mixes_units_pools_reviews_or_uses_a_retracted_study() {
    for claim in Database::builtin().claims() {
        let forest = Forest::of(claim);
        for panel in forest.panels() {
            for row in panel.rows() {
                assert!(!row.effect.uncontrolled && !row.source.is_retracted(), "{}", claim.id());
                assert_eq!(row.effect.positive_favours.is_some(), panel.sides().is_some());
                assert!(row.weight.is_none() || !row.source.design().is_review());
                assert!(row.weight.is_none() || row.source.design() <= Design::CrossoverTrial);
                match panel.scale() {
                    Scale::Standardised => assert_eq!(row.effect.measure, Measure::Smd),
                    Scale::Difference { unit, .. } => {
                        assert_eq!(row.effect.measure, Measure::Md);
                        assert_eq!(row.effect.unit.as_deref().unwrap_or("points"), unit);
                    }
                    Scale::Ratio(measure) => assert_eq!(row.effect.measure, *measure),
                    _ => {}
                }
                let favours = row.effect.favours;
                if let (Some([left, _]), true) =
                    (panel.sides(), matches!(favours, Favours::Massage | Favours::Comparator))
                {
                    let is_left = row.estimate < panel.scale().no_effect();
                    assert_eq!(is_left, left == favours, "{} is on the wrong side", row.source.id());
                }
            }
            let axis = panel.axis(5);
            for figure in panel.rows().iter().flat_map(|row| row.interval.into_iter().flatten()) {
                assert!((0.01..=0.99).contains(&axis.place(figure)), "{} leaves its axis", claim.id());
            }
        }
    }
}
