//! Whether the parts of a claim agree: certainty with its reasons, direction with its findings, findings with their
//! sources.
//!
//! Never asks whether a claim is true; that is what reviewers do.

use std::fmt::Write as _;

use super::claim::Sources;
use super::fields::Fields;
use super::problems::{problem, shown};
use crate::diagnostic::NoteKind;
use crate::model::claim::FindingRecord;
use crate::model::grade::Grade;
use crate::model::vocabulary::{Certainty, Direction};
use crate::text::Span;

/// Where the parts of a grade stand.
#[derive(Default)]
pub(crate) struct GradeSpans {
    pub(crate) header: Span,
    pub(crate) start: Option<Span>,
    /// The settings that count, with whether they raise and by how much, in GRADE's order.
    pub(crate) levels: Vec<(Span, bool, u8)>,
    /// Whether a part could not be read.
    pub(crate) incomplete: bool,
}

/// A finding with the places of what it refers to.
pub(crate) struct ReadFinding {
    pub(crate) record: FindingRecord,
    pub(crate) source_span: Span,
    pub(crate) effect_span: Option<Span>,
}

/// Certainty against direction and against the GRADE reasons.
pub(crate) fn certainty(
    fields: &Fields<'_>,
    (direction, direction_span): (Direction, Span),
    certainty: Option<(Certainty, Span)>,
    grade: &Grade,
    spans: &GradeSpans,
) {
    let place = fields.place;
    if direction == Direction::None {
        let unwanted = [certainty.map(|(_, span)| (span, "certainty")), spans.start.map(|span| (span, "grade.start"))];
        for (span, key) in unwanted.into_iter().flatten() {
            place.add(
                problem("data/certainty-without-evidence", span, format!("`{key}` is given, but no study was found"))
                    .label(direction_span, "no study was found")
                    .note(NoteKind::Why, "certainty rates a result; without a study there is none to rate")
                    .note(NoteKind::Do, format!("delete `{key}`, or record the direction that the studies show")),
            );
        }
        if grade.summary.is_none() && spans.header != Span::default() {
            place.add(
                problem("data/missing-key", spans.header, "claim.grade needs `summary` when no study was found")
                    .label(direction_span, "no study was found")
                    .note(NoteKind::Do, "say in `summary` what was looked for and why there is no rating"),
            );
        }
        return;
    }
    let Some((given, span)) = certainty else {
        if !fields.has("certainty") {
            place.add(
                problem("data/certainty-without-evidence", fields.header, "claim has a direction but no certainty")
                    .label(direction_span, "so there is evidence to rate")
                    .note(NoteKind::Do, "add `certainty`, or set the direction to \"none\" when no study was found"),
            );
        }
        return;
    };
    if spans.incomplete || spans.header == Span::default() {
        return;
    }
    let Some(start) = grade.start else {
        place.add(problem("data/missing-key", spans.header, "claim.grade needs `start`").note(
            NoteKind::Do,
            "add `start = \"high\"` for randomised or `start = \"low\"` for observational evidence",
        ));
        return;
    };
    let Some(reached) = grade.certainty().filter(|&reached| reached != given) else { return };

    let (mut down, mut up) = (0_u32, 0_u32);
    for &(_, raises, levels) in &spans.levels {
        *if raises { &mut up } else { &mut down } += u32::from(levels);
    }
    let mut sum = start.to_string();
    for (word, levels) in [("minus", down), ("plus", up)] {
        if levels > 0 {
            let _ = write!(sum, " {word} {levels}");
        }
    }
    if down + up == 0 {
        sum.push_str(" with nothing taken off");
    }
    let reason = if given > reached { "raises it to" } else { "lowers it to" };
    let mut diagnostic = problem("data/certainty-mismatch", span, format!("{sum} is {reached}, not {given}"))
        .note(NoteKind::Do, format!("set certainty to \"{reached}\", or record the reason that {reason} {given}"));
    if let Some(start) = spans.start {
        diagnostic = diagnostic.label(start, "starts here");
    }
    for &(span, raises, levels) in &spans.levels {
        diagnostic = diagnostic.label(span, format!("{} {levels}", if raises { "plus" } else { "minus" }));
    }
    place.add(diagnostic);
}

/// The claim's direction against those of its findings.
pub(crate) fn direction(
    fields: &Fields<'_>,
    (direction, span): (Direction, Span),
    findings: &[ReadFinding],
    sources: &Sources<'_>,
) {
    let found = || findings.iter().map(|finding| finding.record.direction);
    let has = |wanted: &[Direction]| found().any(|direction| wanted.contains(&direction));
    let first = found().next();
    // Every finding that could not be read is reported; what the rest amounts to would only confuse.
    if findings.is_empty() && fields.has("finding") {
        return;
    }
    let wrong = match direction {
        Direction::Supports if !has(&[Direction::Supports]) => Some("no finding supports it"),
        Direction::Null | Direction::Against if !has(&[Direction::Null, Direction::Against]) => {
            Some("no finding is null or against it")
        }
        Direction::Mixed if findings.is_empty() => Some("it has no finding"),
        Direction::Mixed if first != Some(Direction::Mixed) && found().all(|direction| Some(direction) == first) => {
            Some("all findings agree")
        }
        Direction::None if !findings.is_empty() => Some("it has findings"),
        _ => None,
    };
    if let Some(wrong) = wrong {
        let mut diagnostic =
            problem("data/direction-mismatch", span, format!("the direction is `{direction}`, but {wrong}"));
        // A claim can have dozens of findings; the first few show the point.
        for finding in findings.iter().take(5) {
            diagnostic = diagnostic.label(finding.source_span, format!("finds {}", finding.record.direction));
        }
        let advice = match (direction, first) {
            (Direction::None, _) => "record the direction that the findings show",
            (_, None) => "add the findings, or set the direction to \"none\"",
            _ => "record the direction that the findings show, or correct the findings",
        };
        fields.place.add(diagnostic.note(NoteKind::Do, advice));
        return;
    }
    if direction == Direction::Supports {
        let mut supporting = findings.iter().filter(|finding| finding.record.direction == Direction::Supports);
        let retracted = supporting
            .all(|finding| sources.get(finding.record.source.as_str()).is_some_and(|s| s.retracted.is_some()));
        if retracted {
            fields.place.add(
                problem("data/retracted-only", span, "every source that supports this claim was retracted")
                    .note(NoteKind::Do, "rate the claim again without them"),
            );
        }
    }
}

/// Each finding against its source.
pub(crate) fn findings(fields: &Fields<'_>, findings: &[ReadFinding], sources: &Sources<'_>) {
    for finding in findings {
        let Some(source) = sources.get(finding.record.source.as_str()) else { continue };
        if !source.design.is_evidence() {
            fields.place.add(
                problem("data/not-evidence", finding.source_span, format!("a {} is not evidence", source.design))
                    .note(NoteKind::Why, "it says what somebody advises or demands, not what was found in people")
                    .note(NoteKind::Do, format!("delete this finding and add \"{}\" to `guidance`", source.id)),
            );
        }
        let (Some(effect), Some(span)) = (&finding.record.effect, finding.effect_span) else { continue };
        if source.effects.iter().any(|known| known.name == *effect) {
            continue;
        }
        let known = || source.effects.iter().map(|effect| effect.name.as_str());
        let advice = match fields.place.problems.nearest(effect, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if source.effects.is_empty() => "add the effect to the source, or delete this line".to_owned(),
            None => format!("name one of {}", known().collect::<Vec<_>>().join(", ")),
        };
        fields.place.add(
            problem("data/unknown-effect", span, format!("`{}` has no effect `{}`", source.id, shown(effect)))
                .note(NoteKind::Do, advice),
        );
    }
}
