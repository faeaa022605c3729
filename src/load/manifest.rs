//! The keys at the root of a file: schema number and, for a pack, its name and licence.
//!
//! Decides what stands before the ids of a pack; reads no record.

use std::collections::HashMap;

use super::fields::Fields;
use super::names::{Kind, Names};
use super::place::Place;
use super::problems::{Problems, problem};
use super::provenance::FROM;
use super::value::Value;
use super::{ACCEPTED, Document, File, Pack, PackKind};
use crate::diagnostic::NoteKind;
use crate::text::Span;

/// The schema that this version reads.
const SCHEMA: u32 = 1;
/// Name of the built-in pack; a directory of that name is a newer edition of it and keeps its plain ids.
const BUILTIN: &str = "evidence-claims";
/// What stands before the ids of nameless texts next to the built-in pack, so that they cannot collide with its ids.
const LOCAL: &str = "local";

/// What is known of a pack as a whole.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    pub(crate) prefix: Option<String>,
}

/// Reads the root keys of all files and marks the files whose schema is unknown.
pub(crate) fn read_all(
    packs: &[Pack],
    files: &[File],
    documents: &mut [Document<'_>],
    problems: &Problems,
) -> Vec<Manifest> {
    let builtin = packs.iter().any(|pack| pack.kind == PackKind::Builtin);
    let nothing = Names::default();
    let mut given: HashMap<usize, String> = HashMap::new();
    for document in documents.iter_mut() {
        let (Some(pack), Some(file)) = (packs.get(document.pack), files.get(document.file as usize)) else { continue };
        let place = Place {
            problems,
            names: &nothing,
            file: document.file,
            file_name: &file.name,
            text: &file.text,
            prefix: None,
            broken: document.broken,
            single: false,
        };
        let is_manifest =
            pack.kind != PackKind::Loose && pack.files.first().is_some_and(|first| first.name == file.name);
        let (name, readable) = root(&place, document.table, pack.kind, is_manifest);
        document.readable = readable;
        if let Some(name) = name {
            given.entry(document.pack).or_insert(name);
        }
    }
    packs
        .iter()
        .enumerate()
        .map(|(slot, pack)| {
            let name = given.remove(&slot);
            let prefix = match pack.kind {
                PackKind::Builtin => None,
                PackKind::Directory => name.filter(|name| name != BUILTIN || builtin),
                PackKind::Loose => name.or_else(|| builtin.then(|| LOCAL.to_owned())),
            };
            Manifest { prefix }
        })
        .collect()
}

fn root(place: &Place<'_>, table: &toml::de::DeTable<'_>, kind: PackKind, is_manifest: bool) -> (Option<String>, bool) {
    let mut fields = Fields::new(place, if is_manifest { "pack.toml" } else { "this file" }, Span::default(), table);
    let mut newer = false;
    let read = |value: Value<'_>| {
        let (place, span) = (value.place, value.span);
        let schema = value.count()?;
        newer = schema > SCHEMA;
        if schema != SCHEMA {
            let diagnostic = problem("data/schema-version", span, format!("schema {schema} is not known"));
            place.add(if newer {
                diagnostic
                    .note(
                        NoteKind::Why,
                        format!("this version reads schema {SCHEMA}; the file was written for a newer one"),
                    )
                    .note(NoteKind::Do, "install a newer evidence-claims")
            } else {
                diagnostic.note(NoteKind::Do, format!("write schema = {SCHEMA}"))
            });
        }
        Some(schema)
    };
    if is_manifest {
        fields.required("schema", read);
    } else {
        fields.optional("schema", read);
    }
    if newer {
        return (None, false);
    }
    let mut name = None;
    if is_manifest || kind == PackKind::Loose {
        name = if is_manifest { fields.required("name", Value::slug) } else { fields.optional("name", Value::slug) };
        fields.optional("version", Value::text);
        fields.optional("description", Value::text);
        fields.optional("license", Value::text);
        fields.list("authors", Value::text);
    }
    for kind in Kind::ALL {
        fields.optional(kind.word(), |_| Some(()));
    }
    fields.optional(ACCEPTED, |_| Some(()));
    // Read when the names of all provenances are known.
    fields.optional(FROM, |_| Some(()));
    fields.finish();
    (name.map(|name| name.text), true)
}
