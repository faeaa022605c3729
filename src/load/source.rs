//! Reading a `[[source]]`: a publication with its identifiers and the figures read in it.
//!
//! Never fetches a page; only the form of an identifier is judged.

use std::ops::RangeInclusive;

use url::Url;

use super::fields::Fields;
use super::names::Kind;
use super::problems::{problem, shown};
use super::term::texts;
use super::value::Value;
use crate::diagnostic::{Diagnostic, NoteKind};
use crate::model::rule::Placed;
use crate::model::source::{Effect, Retraction, SourceRecord};
use crate::model::vocabulary::{Design, Favours, Measure};
use crate::text::Span;

/// What may be named in `unverified`: every fact about the publication.
const FACTS: [&str; 16] = [
    "title",
    "authors",
    "year",
    "container",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "pmcid",
    "url",
    "design",
    "participants",
    "studies",
    "population",
    "finding",
];

/// Reads one `[[source]]`.
pub(crate) fn read(mut fields: Fields<'_>) -> Option<SourceRecord> {
    let place = fields.place;
    let id = fields.required("id", Value::slug);
    let title = fields.required("title", Value::text);
    let unverified =
        texts(fields.list("unverified", Value::placed).into_iter().filter(|fact| known_fact(&fields, fact)).collect());
    let authors = fields.list("authors", Value::text);
    let year = fields.optional("year", Value::year);
    let container = fields.optional("container", Value::text);
    let volume = fields.optional("volume", Value::text);
    let issue = fields.optional("issue", Value::text);
    let pages = fields.optional("pages", Value::text);
    let doi = fields.optional("doi", doi);
    let pmid = fields.optional("pmid", |value| number_after(value, "data/malformed-pmid", "", 1..=10));
    let pmcid = fields.optional("pmcid", |value| number_after(value, "data/malformed-pmid", "PMC", 1..=10));
    let url = fields.optional("url", Value::link);
    let design = fields.required("design", Value::word::<Design>);
    let participants = fields.optional("participants", Value::count);
    let studies = fields.optional("studies", Value::count);
    let population = fields.optional("population", Value::text);
    let finding = fields.optional("finding", Value::text);
    let checked = fields.optional("checked", Value::date);
    let includes = fields.list("includes", |value| value.reference(Kind::Source));
    let note = fields.optional("note", Value::text);
    let retracted = fields.table("retracted").and_then(retraction);
    let effects = effects(&mut fields);

    if let Some(id) = &id {
        place.judge_file_name(Kind::Source, id, None);
        if includes.contains(&place.qualify(&id.text)) {
            place.add(
                problem("data/unknown-value", fields.header, "a review cannot include itself")
                    .note(NoteKind::Do, "leave its own id out of `includes`"),
            );
        }
    }
    // What is missing may stand on a line that could not be read.
    let whole = place.is_whole();
    for (rule, fact, present) in
        [("data/missing-authors", "authors", !authors.is_empty()), ("data/missing-year", "year", fields.has("year"))]
    {
        if whole && !present && !unverified.iter().any(|known| known == fact) {
            fields.place.add(problem(rule, fields.header, format!("source has no {fact}")).note(
                NoteKind::Do,
                format!("add `{fact}`, or name it in `unverified` when the page does not show it"),
            ));
        }
    }
    if whole && !["doi", "pmid", "pmcid", "url"].iter().any(|key| fields.has(key)) {
        fields.place.add(
            problem("data/missing-identifier", fields.header, "source has no identifier")
                .note(NoteKind::Why, "a reader must be able to open it")
                .note(NoteKind::Do, "add `doi`, `pmid` or `url`"),
        );
    }
    let header = fields.header;
    fields.finish();
    let url = url.or_else(|| derived(doi.as_deref(), pmid.as_deref(), pmcid.as_deref()));
    Some(SourceRecord {
        id: place.qualify(&id?.text),
        title: title?,
        authors,
        year,
        container,
        volume,
        issue,
        pages,
        doi,
        pmid,
        pmcid,
        url: url?,
        design: design?.0,
        participants,
        studies,
        population,
        finding,
        checked,
        unverified,
        includes,
        note,
        retracted,
        effects,
        origin: place.origin(header),
    })
}

fn known_fact(fields: &Fields<'_>, fact: &Placed) -> bool {
    let known = FACTS.contains(&fact.text.as_str());
    if !known {
        let advice = match fields.place.problems.nearest(&fact.text, FACTS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", FACTS.join(", ")),
        };
        fields.place.add(
            problem("data/unknown-value", fact.span, format!("`{}` is not a fact of a source", shown(&fact.text)))
                .note(NoteKind::Do, advice),
        );
    }
    known
}

/// A bare DOI: `10.`, a registrant of four to nine digits (with subdivisions), a slash and a name without spaces.
fn doi(value: Value<'_>) -> Option<String> {
    let place = value.place;
    let Placed { text, span } = value.placed()?;
    if is_doi(&text) {
        return Some(text);
    }
    let bare = text.find("10.").and_then(|at| text.get(at..)).map(str::trim).filter(|bare| is_doi(bare));
    let diagnostic = problem("data/malformed-doi", span, format!("`{}` is not a bare DOI", shown(&text)));
    place.add(match bare {
        Some(bare) => diagnostic.note(NoteKind::Do, format!("leave out what stands around it: \"{}\"", shown(bare))),
        None => diagnostic.note(NoteKind::Do, "write it as it is printed, beginning with 10."),
    });
    None
}

fn is_doi(text: &str) -> bool {
    let Some((registrant, name)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let digits = registrant.split('.').next().unwrap_or_default();
    (4..=9).contains(&digits.len())
        && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
}

/// Some digits after a fixed prefix: a number of PubMed, PubMed Central or MeSH.
pub(super) fn number_after(
    value: Value<'_>,
    rule: &str,
    prefix: &'static str,
    length: RangeInclusive<usize>,
) -> Option<String> {
    let (place, key) = (value.place, value.key);
    let Placed { text, span } = value.placed()?;
    let fits = |digits: &str| length.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if text.strip_prefix(prefix).is_some_and(fits) {
        return Some(text);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let diagnostic = problem(rule, span, format!("`{}` is not a {key}", shown(&text)));
    let what = if prefix.is_empty() { "the digits alone".to_owned() } else { format!("{prefix} and the digits") };
    place.add(if fits(&digits) {
        diagnostic.note(NoteKind::Do, format!("write {what}: \"{prefix}{digits}\""))
    } else {
        diagnostic.note(NoteKind::Do, format!("write {what}"))
    });
    None
}

/// The link of a source that gives none.
fn derived(doi: Option<&str>, pmid: Option<&str>, pmcid: Option<&str>) -> Option<Url> {
    let address = match (doi, pmid, pmcid) {
        // These three may stand in a DOI but would end the path of a link.
        (Some(doi), ..) => {
            format!("https://doi.org/{}", doi.replace('%', "%25").replace('?', "%3F").replace('#', "%23"))
        }
        (None, Some(pmid), _) => format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
        (None, None, Some(pmcid)) => format!("https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"),
        (None, None, None) => return None,
    };
    Url::parse(&address).ok()
}

fn retraction(mut fields: Fields<'_>) -> Option<Retraction> {
    let date = fields.required("date", Value::date);
    let notice = fields.required("notice", Value::link);
    fields.finish();
    Some(Retraction { date: date?, notice: notice? })
}

fn effects(fields: &mut Fields<'_>) -> Vec<Effect> {
    let mut effects: Vec<Effect> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for mut fields in fields.tables("effect", "source.effect") {
        let name = fields.required("name", Value::slug);
        if let Some(name) = &name {
            if let Some(&first) = seen.get(&name.text) {
                fields.place.add(
                    problem(
                        "data/duplicate-effect",
                        name.span,
                        format!("another effect of this source is called `{}`", name.text),
                    )
                    .label(first, "first used here")
                    .note(NoteKind::Do, "choose another name"),
                );
            } else {
                seen.insert(name.text.clone(), name.span);
            }
        }
        effects.extend(effect(fields, name));
    }
    effects
}

fn effect(mut fields: Fields<'_>, name: Option<Placed>) -> Option<Effect> {
    let outcome = fields.required("outcome", Value::text);
    let comparator = fields.optional("comparator", Value::text);
    let measure = fields.required("measure", Value::word::<Measure>);
    let unit = fields.optional("unit", Value::text);
    let estimate = fields.optional("estimate", Value::number);
    let interval = interval(&mut fields, estimate);
    let p = fields.optional("p", Value::text);
    let participants = fields.optional("participants", Value::count);
    let favours = fields.required("favours", Value::word::<Favours>);
    let positive_favours = fields.optional("positive-favours", positive_favours);
    let by_sign = by_sign(measure, estimate, favours);
    if let (Some((said, span)), Some(told)) = (positive_favours, by_sign)
        && said != told
    {
        fields.place.add(contradiction(span, said));
    }
    let uncontrolled = fields.optional("uncontrolled", Value::boolean).unwrap_or_default();
    let note = fields.optional("note", Value::text);
    fields.finish();
    Some(Effect {
        name: name?.text,
        outcome: outcome?,
        comparator,
        measure: measure?.0,
        unit,
        estimate,
        interval,
        p,
        participants,
        favours: favours?.0,
        positive_favours: positive_favours.map(|(side, _)| side).or(by_sign),
        uncontrolled,
        note,
    })
}

/// `massage` or `comparator`: a sign has one of two sides.
fn positive_favours(value: Value<'_>) -> Option<(Favours, Span)> {
    let place = value.place;
    let (side, span) = value.word::<Favours>()?;
    if matches!(side, Favours::Massage | Favours::Comparator) {
        return Some((side, span));
    }
    place.add(
        problem("data/unknown-value", span, format!("a sign cannot favour `{side}`"))
            .note(NoteKind::Do, "write massage or comparator, or leave the key out when the page does not tell"),
    );
    None
}

/// The side of positive figures, as sign and favour tell it.
fn by_sign(
    measure: Option<(Measure, Span)>,
    estimate: Option<f64>,
    favours: Option<(Favours, Span)>,
) -> Option<Favours> {
    let none = if measure?.0.is_ratio() { 1.0 } else { 0.0 };
    let above = estimate.filter(|&estimate| estimate != none)? > none;
    match (favours?.0, above) {
        (Favours::Massage, true) | (Favours::Comparator, false) => Some(Favours::Massage),
        (Favours::Massage, false) | (Favours::Comparator, true) => Some(Favours::Comparator),
        _ => None,
    }
}

fn contradiction(span: Span, said: Favours) -> Diagnostic {
    problem(
        "data/sign-contradicts-favours",
        span,
        format!("the estimate and `favours` say that a positive figure does not favour the {said}"),
    )
    .note(NoteKind::Do, "look the sign up again, or leave `positive-favours` out: here the other two tell it")
}

fn interval(fields: &mut Fields<'_>, estimate: Option<f64>) -> Option<[f64; 2]> {
    let setting = fields.setting_span("interval")?;
    let ends = fields.list("interval", Value::number);
    let &[low, high] = ends.as_slice() else {
        // Fewer than two may also mean that one could not be read, which is reported already.
        fields.place.add(
            problem("data/wrong-type", setting, "`interval` must hold two numbers")
                .note(NoteKind::Do, "write the lower and the upper end, such as [-0.05, 0.28]"),
        );
        return None;
    };
    if low > high {
        fields.place.add(
            problem("data/interval-order", setting, format!("the interval begins at {low} and ends at {high}"))
                .note(NoteKind::Do, format!("write the lower end first: [{high}, {low}]")),
        );
        return None;
    }
    if let Some(estimate) = estimate.filter(|estimate| !(low..=high).contains(estimate)) {
        let mut diagnostic = problem(
            "data/interval-order",
            setting,
            format!("the estimate {estimate} is outside its interval, {low} to {high}"),
        )
        .note(NoteKind::Do, "look all three numbers up again; often a minus sign is missing");
        if let Some(span) = fields.setting_span("estimate") {
            diagnostic = diagnostic.label(span, "the estimate");
        }
        fields.place.add(diagnostic);
    }
    Some([low, high])
}
