//! Reading a `[[provenance]]`, and what a file says at its root about where its words come from.

use super::fields::Fields;
use super::names::Kind;
use super::place::Place;
use super::value::Value;
use crate::model::provenance::{Descent, ProvenanceRecord};
use crate::text::Span;

/// The key that names provenances.
pub(crate) const FROM: &str = "from";

/// Reads one `[[provenance]]`.
pub(crate) fn read(mut fields: Fields<'_>) -> Option<ProvenanceRecord> {
    let place = fields.place;
    let id = fields.required("id", Value::slug);
    let title = fields.required("title", Value::text);
    let url = fields.optional("url", Value::link);
    let note = fields.required("note", Value::text);
    let header = fields.header;
    fields.finish();
    Some(ProvenanceRecord {
        id: place.qualify(&id?.text),
        title: title?,
        url,
        note: note?,
        origin: place.origin(header),
    })
}

/// The `from` of a file, which holds for each of its terms that has none of its own.
pub(crate) fn of_file(place: &Place<'_>, table: &toml::de::DeTable<'_>) -> Option<Descent> {
    let from = named(&mut Fields::new(place, "this file", Span::default(), table));
    (!from.is_empty()).then_some(Descent { file: place.file, term: None, from })
}

/// The `from` of a term.
pub(crate) fn of_term(fields: &mut Fields<'_>, term: Option<&String>) -> Option<Descent> {
    let from = named(fields);
    (!from.is_empty()).then_some(Descent { file: fields.place.file, term: Some(term?.clone()), from })
}

fn named(fields: &mut Fields<'_>) -> Vec<String> {
    fields.list(FROM, |value| value.reference(Kind::Provenance))
}
