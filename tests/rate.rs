//! Rating the strength of wording: sentences written for this project, a few of each kind, and what must hold of any sentence.

#![cfg(feature = "check")]

use evidence_claims::{Database, Rater, Scheme, WordingClass};

const NONE: &[&str] = &[
    "Further research is needed to confirm these findings.",
    "Larger trials with longer follow-up are warranted.",
    "Clinicians should ask about sleep at every visit.",
    "The trial was registered at ClinicalTrials.gov.",
    "The findings are published in the May issue of the journal.",
    "We assessed the quality of life of nurses on night shifts.",
    "The aim of the study was to examine how couples share care at home.",
    "Future studies should include older adults.",
    "Level of evidence: IV, case series.",
    "Little is known about the diet of long-distance drivers.",
    "Guidelines for the care of wounds are needed.",
    "More studies are required to determine the best dose.",
    "Doctors should be aware of this rare condition.",
    "Prospective studies are needed to assess the value of this test.",
    "This study was funded by a grant of the regional council.",
];

const CORRELATIONAL: &[&str] = &[
    "Short sleep was associated with higher blood pressure in teachers.",
    "Walking speed was not associated with mood.",
    "Loneliness linked to poorer memory in later life",
    "Women who smoked were more likely to report back pain.",
    "Grip strength was positively correlated with bone density.",
    "There was a significant association between noise and stress.",
    "Baseline fitness was an independent predictor of survival.",
    "People who skip breakfast have a higher risk of gallstones.",
    "Waist size was related to joint pain.",
    "Pulse rates were higher in the night-shift group than in the day group.",
    "High salt intake is a risk factor for stroke.",
    "Age predicted recovery after knee surgery.",
    "Gum disease tied to heart attacks in men",
    "We found a strong relationship between noise at work and poor sleep.",
    "Farmers were less likely to develop asthma than office workers.",
];

const CONDITIONAL: &[&str] = &[
    "Regular stretching may reduce the risk of falls.",
    "Green tea might improve attention in older adults.",
    "Poor air could increase the number of hospital stays.",
    "Early physiotherapy may help prevent stiffness.",
    "Music appears to reduce anxiety before surgery.",
    "These data suggest that massage may improve sleep after surgery.",
    "Vitamin D could protect against winter colds, a new study suggests.",
    "Shift work may contribute to weight gain.",
    "Noise may play a role in the development of high blood pressure.",
    "Daily naps might lower stress, researchers say.",
    "The drug may be effective in treating chronic cough.",
    "Coffee may prevent gallstones",
    "Cold baths seem to improve recovery.",
    "A diet rich in nuts could cut the risk of heart disease.",
    "Yoga may increase the quality of life in women with arthritis.",
];

const CAUSAL: &[&str] = &[
    "Daily walks reduce the risk of falls.",
    "The programme significantly improved sleep quality.",
    "Smoking causes lung damage.",
    "Supplementation did not improve bone density.",
    "Nurse visits resulted in fewer complications.",
    "The new dressing led to faster healing.",
    "Exercise increases the risk of ankle injuries",
    "Yoga can reduce stress in students.",
    "Balance training is effective in preventing falls.",
    "Noise affects the sleep of children.",
    "The treatment had no effect on pain.",
    "Screening saves lives",
    "Loud music damages the hearing of young people.",
    "Stress worsens back pain.",
    "Physiotherapy improves function after a stroke.",
];

fn right(rater: &Rater, sentences: &[&str], class: WordingClass) -> usize {
    let wrong: Vec<&&str> = sentences.iter().filter(|sentence| rater.rate(sentence).class() != class).collect();
    for sentence in &wrong {
        println!("{class}: read as {}: {sentence}", rater.rate(sentence).class());
    }
    sentences.len() - wrong.len()
}

/// Floors, which only go up: of fifteen sentences of each class.
#[test]
fn plain_sentences_of_every_class_are_rated_right() {
    let rater = Rater::new(Database::builtin());
    let none = right(&rater, NONE, WordingClass::None);
    let correlational = right(&rater, CORRELATIONAL, WordingClass::Correlational);
    let conditional = right(&rater, CONDITIONAL, WordingClass::Conditional);
    let causal = right(&rater, CAUSAL, WordingClass::Causal);
    assert!(none >= 14, "none: {none}");
    assert!(correlational >= 14, "correlational: {correlational}");
    assert!(conditional >= 14, "conditional: {conditional}");
    assert!(causal >= 13, "causal: {causal}");
}

#[test]
fn the_schemes_differ_on_can_and_on_denials() {
    let yu = Rater::new(Database::builtin());
    let insciout = Rater::new(Database::builtin()).scheme(Scheme::Insciout);
    let can = "Yoga can reduce stress in students.";
    assert_eq!((yu.rate(can).class(), insciout.rate(can).class()), (WordingClass::Causal, WordingClass::Conditional));
    let denied = "Supplementation did not improve bone density.";
    assert_eq!((yu.rate(denied).class(), insciout.rate(denied).class()), (WordingClass::Causal, WordingClass::None));
}

#[test]
fn every_cue_has_a_weight_and_stands_in_the_sentence() {
    for scheme in Scheme::ALL {
        let rater = Rater::new(Database::builtin()).scheme(scheme);
        for sentence in [NONE, CORRELATIONAL, CONDITIONAL, CAUSAL].concat() {
            let rating = rater.rate(sentence);
            assert!(!rating.cues().is_empty(), "{sentence}");
            assert!((0.25..=1.0).contains(&rating.share()), "{sentence}");
            let known = rater.features(sentence);
            for cue in rating.cues() {
                assert!(known.iter().any(|name| name == cue.id()), "{}", cue.id());
                assert!(sentence.get(cue.span().start()..cue.span().end()).is_some(), "{sentence}: {}", cue.id());
            }
        }
    }
}

#[test]
fn odd_texts_are_rated_too() {
    let rater = Rater::new(Database::builtin());
    for text in [
        "",
        " ",
        "(",
        "…",
        "(may)",
        "to",
        "to to to",
        "and and",
        "may",
        "é’s",
        "a\tb",
        "—;:",
        "study study finds finds that",
    ] {
        let _ = rater.rate(text);
    }
    let long = "may reduce and ".repeat(3_000);
    let _ = rater.rate(&long);
}

#[test]
fn schemes_have_names_that_can_be_typed() {
    for scheme in Scheme::ALL {
        assert_eq!(scheme.as_str().parse::<Scheme>().unwrap(), scheme);
    }
    assert!("yu".parse::<Scheme>().unwrap_err().to_string().contains("yu2019"));
}
