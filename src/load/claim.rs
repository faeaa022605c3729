//! Reading a `[[claim]]`.
//!
//! Never judges whether its parts agree; [`judge`](super::judge) does.

use std::collections::HashMap;

use super::fields::Fields;
use super::judge::{self, GradeSpans, ReadFinding};
use super::names::{Kind, TOPIC};
use super::problems::problem;
use super::term::texts;
use super::value::Value;
use crate::diagnostic::NoteKind;
use crate::model::claim::{ClaimRecord, FindingRecord, Pico, Withdrawal, Wording};
use crate::model::grade::{Grade, Reason};
use crate::model::names::Names as _;
use crate::model::source::SourceRecord;
use crate::model::vocabulary::{Basis, Certainty, Direction, Domain, Magnitude};
use crate::text::Span;

/// Most levels that one GRADE reason can count.
const MOST_LEVELS: u32 = 3;

/// The sources that were read without mistakes, by id.
pub(crate) type Sources<'s> = HashMap<&'s str, &'s SourceRecord>;

/// Reads one `[[claim]]` and judges it.
pub(crate) fn read(mut fields: Fields<'_>, sources: &Sources<'_>) -> Option<ClaimRecord> {
    let place = fields.place;
    let id = fields.required("id", Value::slug);
    let topic = fields.required("topic", |value| value.term(TOPIC));
    let proposition = fields.required("proposition", Value::text);
    let direction = fields.required("direction", Value::word::<Direction>);
    let magnitude = fields.required("magnitude", Value::word::<Magnitude>);
    let certainty = fields.optional("certainty", Value::word::<Certainty>);
    let reviewed = fields.required("reviewed", Value::placed_date);
    let review_by = fields.optional("review-by", Value::placed_date);
    let aliases = texts(fields.list("aliases", Value::slug)).iter().map(|alias| place.qualify(alias)).collect();
    let guidance = fields.list("guidance", |value| value.reference(Kind::Source));
    let note = fields.optional("note", Value::text);
    let withdrawn = fields.table("withdrawn").and_then(withdrawal);
    let pico_table = fields.required_table("pico");
    let (pico, as_studied) = pico_table.map_or((None, None), read_pico);
    let (grade, grade_spans) = fields.required_table("grade").map(read_grade).unwrap_or_default();
    let wording = fields.required_table("wording").and_then(read_wording);
    let findings: Vec<ReadFinding> =
        fields.tables("finding", "claim.finding").into_iter().filter_map(read_finding).collect();

    if let (Some((reviewed, _)), Some((by, span))) = (reviewed, review_by)
        && by < reviewed
    {
        place.add(
            problem("data/bad-date", span, format!("the next review, {by}, is before the last one, {reviewed}"))
                .note(NoteKind::Do, format!("write a later day, such as {}", reviewed.in_two_years())),
        );
    }
    if let Some(id) = &id {
        place.judge_file_name(Kind::Claim, id, topic.as_deref());
    }
    // Parts that could not be read cannot agree with the others.
    let whole = place.is_whole();
    if let Some(direction) = direction.filter(|_| whole) {
        judge::certainty(&fields, direction, certainty, &grade, &grade_spans);
        judge::direction(&fields, direction, &findings, sources);
    }
    judge::findings(&fields, &findings, sources);

    let header = fields.header;
    fields.finish();
    let (reviewed, _) = reviewed?;
    Some(ClaimRecord {
        id: place.qualify(&id?.text),
        topic: topic?,
        proposition: proposition?,
        direction: direction?.0,
        magnitude: magnitude?.0,
        certainty: certainty.map(|(certainty, _)| certainty),
        reviewed,
        review_by: review_by.map_or_else(|| reviewed.in_two_years(), |(by, _)| by),
        aliases,
        guidance,
        note,
        withdrawn,
        pico: pico?,
        as_studied,
        grade,
        wording: wording?,
        findings: findings.into_iter().map(|finding| finding.record).collect(),
        origin: place.origin(header),
    })
}

fn withdrawal(mut fields: Fields<'_>) -> Option<Withdrawal> {
    let date = fields.required("date", Value::date);
    let reason = fields.required("reason", Value::text);
    let superseded_by = fields.optional("superseded-by", |value| value.reference(Kind::Claim));
    fields.finish();
    Some(Withdrawal { date: date?, reason: reason?, superseded_by })
}

fn read_pico(mut fields: Fields<'_>) -> (Option<Pico>, Option<Pico>) {
    let population = fields.required("population", |value| value.term("population"));
    let intervention = fields.required("intervention", |value| value.term("intervention"));
    let comparator = fields.required("comparator", |value| value.term("comparator"));
    let outcome = fields.required("outcome", |value| value.term("outcome"));
    let as_studied = fields.table("as-studied").and_then(|mut fields| {
        let population = fields.required("population", Value::text);
        let intervention = fields.required("intervention", Value::text);
        let comparator = fields.required("comparator", Value::text);
        let outcome = fields.required("outcome", Value::text);
        fields.finish();
        whole(population, intervention, comparator, outcome)
    });
    fields.finish();
    (whole(population, intervention, comparator, outcome), as_studied)
}

fn whole(
    population: Option<String>,
    intervention: Option<String>,
    comparator: Option<String>,
    outcome: Option<String>,
) -> Option<Pico> {
    Some(Pico { population: population?, intervention: intervention?, comparator: comparator?, outcome: outcome? })
}

fn read_grade(mut fields: Fields<'_>) -> (Grade, GradeSpans) {
    let mut spans = GradeSpans { header: fields.header, ..GradeSpans::default() };
    let start = fields.optional("start", |value| {
        // GRADE knows two starting points only; the levels between are reached by reasons.
        let starts = [Certainty::High, Certainty::Low];
        value.choice("starting level (high for randomised, low for observational evidence)", &starts, Certainty::as_str)
    });
    spans.start = start.map(|(_, span)| span);
    let mut reasons = Vec::new();
    for &domain in Domain::VALUES {
        let Some(mut fields) = fields.table(domain.word()) else { continue };
        let key = if domain.is_upgrade() { "up" } else { "down" };
        let levels = fields.required(key, |value| value.whole(MOST_LEVELS));
        let why = fields.required("why", Value::text);
        let span = fields.setting_span(key);
        fields.finish();
        let (Some(levels), Some(why)) = (levels.and_then(|levels| u8::try_from(levels).ok()), why) else {
            // The sum cannot be judged when one of its parts could not be read.
            spans.incomplete = true;
            continue;
        };
        spans.levels.extend(span.filter(|_| levels > 0).map(|span| (span, domain.is_upgrade(), levels)));
        reasons.push(Reason { domain, levels, why });
    }
    let summary = fields.optional("summary", Value::text);
    spans.incomplete |= start.is_none() && fields.has("start");
    fields.finish();
    (Grade { start: start.map(|(start, _)| start), reasons, summary }, spans)
}

fn read_wording(mut fields: Fields<'_>) -> Option<Wording> {
    let honest = fields.required("honest", Value::text);
    let marketing = fields.optional("marketing", Value::text);
    let overclaims = fields.list("overclaims", Value::text);
    let conditions = fields.list("conditions", Value::text);
    let context = fields.list("context", Value::text);
    fields.finish();
    Some(Wording { honest: honest?, marketing, overclaims, conditions, context })
}

fn read_finding(mut fields: Fields<'_>) -> Option<ReadFinding> {
    let mut source_span = Span::default();
    let source = fields.required("source", |value| {
        source_span = value.span;
        value.reference(Kind::Source)
    });
    let direction = fields.required("direction", Value::word::<Direction>).filter(|&(direction, span)| {
        let found = direction != Direction::None;
        if !found {
            fields.place.add(
                problem("data/unknown-value", span, "a finding cannot have the direction `none`")
                    .note(NoteKind::Why, "none means that no study was found, and a finding comes from a study")
                    .note(NoteKind::Do, "write supports, mixed, null or against"),
            );
        }
        found
    });
    let basis = fields.optional("basis", Value::word::<Basis>);
    let effect = fields.optional("effect", Value::placed);
    let note = fields.optional("note", Value::text);
    fields.finish();
    Some(ReadFinding {
        source_span,
        effect_span: effect.as_ref().map(|effect| effect.span),
        record: FindingRecord {
            source: source?,
            direction: direction?.0,
            basis: basis.map_or(Basis::Measured, |(basis, _)| basis),
            effect: effect.map(|effect| effect.text),
            note,
        },
    })
}
