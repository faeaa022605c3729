//! Reading a `[[term]]`, or new words for a term of another pack (`extends`).
//!
//! Never inflects a form; the checker does.

use std::collections::HashMap;

use super::fields::Fields;
use super::names::{Kind, TOPIC};
use super::problems::{problem, shown};
use super::provenance;
use super::source::number_after;
use super::value::Value;
use crate::diagnostic::NoteKind;
use crate::model::provenance::Descent;
use crate::model::rule::Placed;
use crate::model::term::TermRecord;
use crate::text::Span;

/// New words for a term that stands elsewhere.
pub(crate) struct Extension {
    pub(crate) term: String,
    pub(crate) forms: Vec<String>,
    pub(crate) verbs: Vec<String>,
}

/// What a `[[term]]` turned out to be.
pub(crate) enum Read {
    /// A term, and where its words come from when it says so itself.
    Term(TermRecord, Option<Descent>),
    Extension(Extension),
}

/// Which term of a class has which form, so that no form means two things.
#[derive(Default)]
pub(crate) struct Forms {
    /// For each class, its forms with the slot of their term in `terms`.
    classes: HashMap<String, HashMap<String, usize>>,
    terms: Vec<String>,
}

impl Forms {
    fn claim(&mut self, fields: &Fields<'_>, class: &str, term: &str, forms: &[Placed]) {
        let slot = self.terms.len();
        self.terms.push(term.to_owned());
        let taken = self.classes.entry(class.to_owned()).or_default();
        for form in forms {
            let known = *taken.entry(folded(&form.text)).or_insert(slot);
            let Some(other) = self.terms.get(known).filter(|other| *other != term) else { continue };
            fields.place.add(
                problem(
                    "data/ambiguous-form",
                    form.span,
                    format!("`{}` is also a form of `{other}`", shown(&form.text)),
                )
                .note(NoteKind::Why, format!("copy that says it could mean either {class}"))
                .note(NoteKind::Do, "leave it with the one that people mean"),
            );
        }
    }
}

/// The form as the checker compares it; most are written so.
fn folded(form: &str) -> String {
    if form.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') {
        return form.to_owned();
    }
    form.to_lowercase().replace('-', " ")
}

/// Reads one `[[term]]`.
pub(crate) fn read(mut fields: Fields<'_>, taken: &mut Forms) -> Option<Read> {
    if fields.has("extends") {
        return extension(fields, taken);
    }
    let place = fields.place;
    let id = fields.required("id", Value::slug);
    let class = fields.required("class", Value::slug);
    let label = fields.required("label", Value::text);
    let forms = fields.list("forms", Value::placed);
    let verbs = fields.list("verbs", Value::text);
    let topic = fields.optional("topic", |value| value.term(TOPIC));
    let wanted = fields.optional("wanted", Value::word);
    let strength = fields.optional("strength", Value::word);
    let mesh = fields.optional("mesh", |value| number_after(value, "data/malformed-mesh", "D", 6..=9));
    let header = fields.header;
    let id = id.map(|id| place.qualify(&id.text));
    let descent = provenance::of_term(&mut fields, id.as_ref());
    if let (Some(id), Some(class)) = (&id, &class) {
        taken.claim(&fields, &class.text, id, &forms);
    }
    fields.finish();
    let term = TermRecord {
        id: id?,
        class: class?.text,
        label: label?,
        forms: texts(forms),
        verbs,
        topic,
        wanted: wanted.map(first),
        strength: strength.map(first),
        mesh,
        origin: place.origin(header),
    };
    Some(Read::Term(term, descent))
}

fn extension(mut fields: Fields<'_>, taken: &mut Forms) -> Option<Read> {
    let place = fields.place;
    let target = fields.required("extends", Value::placed);
    let target = target.and_then(|target| place.resolve(Kind::Term, &target.text, target.span));
    let forms = fields.list("forms", Value::placed);
    let verbs = fields.list("verbs", Value::text);
    if let Some((term, declared)) = &target {
        taken.claim(&fields, declared.class.as_deref().unwrap_or_default(), term, &forms);
    }
    fields.finish();
    Some(Read::Extension(Extension { term: target?.0, forms: texts(forms), verbs }))
}

/// The texts without their places.
pub(crate) fn texts(placed: Vec<Placed>) -> Vec<String> {
    placed.into_iter().map(|placed| placed.text).collect()
}

fn first<T>((value, _): (T, Span)) -> T {
    value
}
