//! What an ordered list of tests makes of one clause.

use super::claim::Clause;
use super::grammar::Reading;
use super::role::Role;

/// What the tests make of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Nothing,
    Notice,
    Advice,
    Aim,
    Known,
    Tool,
    WeakLink,
    WeakCause,
    Contrast,
    Link,
    Cause,
    Possible,
}

impl Verdict {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Notice => "notice",
            Self::Advice => "advice",
            Self::Aim => "aim",
            Self::Known => "known",
            Self::Tool => "tool",
            Self::WeakLink => "weak-link",
            Self::WeakCause => "weak-cause",
            Self::Contrast => "contrast",
            Self::Link => "link",
            Self::Cause => "cause",
            Self::Possible => "possible",
        }
    }
}

/// The ordered tests on one clause.
pub(super) fn judge(reading: &Reading<'_>, places: &[usize]) -> Verdict {
    let verb = places.iter().copied().find(|&at| reading.is_finite(at));
    let clause = Clause { reading, places, verb };
    let (has, says) = (|class: &str| clause.has(class), |class: &str| clause.says(class));
    let subject = clause.subject();
    let about = |classes: &[&str]| subject.is_some_and(|subject| reading.any(subject, classes));

    let cause = places.iter().copied().find(|&at| clause.causes(at));
    let linked = places.iter().any(|&at| clause.links(at, cause));
    let possible = places.iter().any(|&at| clause.supposes(at));
    let should = has("should");
    let need = clause.predicate().any(|at| clause.needs(at));
    let future = places.iter().any(|&at| {
        let kind = |next: usize| {
            reading.is(next, "study") && !matches!(reading.text(next), "findings" | "results" | "data" | "evidence")
        };
        reading.is(at, "future")
            && !matches!(reading.text(at), "randomised" | "randomized" | "prospective")
            && (at..at + 4).any(kind)
    });
    let advice = need && (has("be") || has("future")) || should || future;

    if clause.known() {
        return Verdict::Known;
    }
    if clause.notices() && cause.is_none() && !linked && !possible {
        return Verdict::Notice;
    }
    if should || advice && !linked {
        return Verdict::Advice;
    }
    if possible {
        let study = subject.is_none() && verb.is_some_and(|verb| verb > 0 && reading.any(verb - 1, &["study", "we"]));
        // "These findings may help", and not "shift work may".
        let study =
            study || about(&["study", "tool"]) && subject.is_some_and(|subject| reading.text(subject) != "work");
        return if study { Verdict::Tool } else { Verdict::Possible };
    }
    if cause.is_some() && !linked {
        return Verdict::Cause;
    }
    if linked {
        return Verdict::Link;
    }
    if clause.predicate().any(|at| clause.aims(at)) {
        return Verdict::Aim;
    }
    let claims = |class: &str| clause.predicate().any(|at| reading.is(at, class) && !clause.asked(at));
    let head = about(&["effect", "effective"]) && verb.is_some() && !says("unknown");
    if head || claims("effective") && (has("be") || has("have")) && !has("likely") {
        return Verdict::WeakCause;
    }
    if clause.contrasts() {
        return Verdict::Contrast;
    }
    if clause.compares() || says("differ") {
        return Verdict::WeakLink;
    }
    if claims("effective") || (claims("effect") && has("treatment")) || claims("cause-noun") {
        return Verdict::WeakCause;
    }
    let observed = about(&["change-noun", "differ"])
        && clause.predicate().any(|at| {
            (clause.tagged(at, "report") || clause.tagged(at, "move"))
                && matches!(clause.role(at), Role::Passive | Role::Intransitive | Role::Modifier)
        });
    if observed || says("change-noun") || has("significant") {
        return Verdict::WeakLink;
    }
    let by = places.iter().any(|&at| clause.is_effect(at) && clause.role(at) == Role::ByGerund);
    let passive = places.iter().any(|&at| clause.tagged(at, "cause") && clause.role(at) == Role::Passive);
    if claims("effect") || claims("role") || by || passive {
        return Verdict::WeakCause;
    }
    if says("tool") { Verdict::Tool } else { Verdict::Nothing }
}
