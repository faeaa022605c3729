//! Reading one table key by key, with a place for every mistake.
//!
//! Never gives up: each key is read on its own, and a wrong one is reported where it stands.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::Place;
use super::problems::{problem, shown};
use super::value::Value;
use crate::diagnostic::NoteKind;
use crate::text::Span;

/// One table being read. Ask for every key that it may have, then [`finish`](Fields::finish).
pub(crate) struct Fields<'p> {
    pub(crate) place: &'p Place<'p>,
    /// How the table is called in messages, such as `claim.pico`.
    pub(crate) path: String,
    /// Its `[header]` or, for an inline table, the whole of it.
    pub(crate) header: Span,
    table: &'p DeTable<'p>,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'p> Fields<'p> {
    pub(crate) fn new(place: &'p Place<'p>, path: impl Into<String>, header: Span, table: &'p DeTable<'p>) -> Self {
        // Most tables are asked for about as many keys as they could have.
        Self { place, path: path.into(), header, table, known: Vec::with_capacity(16), missing: Vec::new() }
    }

    fn value(&mut self, key: &'static str) -> Option<Value<'p>> {
        self.known.push(key);
        let value: &'p Spanned<DeValue<'p>> = self.table.get(key)?;
        Some(Value { place: self.place, key, entry: false, span: value.span().into(), value: value.get_ref() })
    }

    /// Whether the key is there at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Span of `key = value`, for pointing at a whole setting.
    pub(crate) fn setting_span(&self, key: &str) -> Option<Span> {
        self.table.get_key_value(key).map(|(key, value)| Span::from(key.span()).to(value.span().into()))
    }

    /// A key that must be there.
    pub(crate) fn required<T>(&mut self, key: &'static str, read: impl FnOnce(Value<'p>) -> Option<T>) -> Option<T> {
        let value = self.value(key);
        if value.is_none() {
            self.missing.push(key);
        }
        read(value?)
    }

    /// A key that may be absent.
    pub(crate) fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(Value<'p>) -> Option<T>) -> Option<T> {
        read(self.value(key)?)
    }

    /// A list that may be absent; entries that cannot be read are left out.
    pub(crate) fn list<T>(&mut self, key: &'static str, read: impl Fn(Value<'p>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        value.entries().unwrap_or_default().into_iter().filter_map(read).collect()
    }

    /// A list that must be there and hold at least one entry.
    pub(crate) fn filled_list<T>(&mut self, key: &'static str, read: impl Fn(Value<'p>) -> Option<T>) -> Vec<T> {
        let Some(value) = self.value(key) else {
            self.missing.push(key);
            return Vec::new();
        };
        let span = value.span;
        let entries = value.entries();
        if entries.as_ref().is_some_and(Vec::is_empty) {
            self.place.add(
                problem("data/empty-value", span, format!("`{key}` of {} is empty", self.path))
                    .note(NoteKind::Do, "write at least one entry"),
            );
        }
        entries.unwrap_or_default().into_iter().filter_map(read).collect()
    }

    /// A table that may be absent.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<Fields<'p>> {
        let value = self.value(key)?;
        value.fields([&self.path, ".", key].concat())
    }

    /// A table that must be there.
    pub(crate) fn required_table(&mut self, key: &'static str) -> Option<Fields<'p>> {
        if !self.has(key) {
            self.missing.push(key);
        }
        self.table(key)
    }

    /// An array of tables that may be absent; `path` is the name of one of them in messages.
    pub(crate) fn tables(&mut self, key: &'static str, path: &str) -> Vec<Fields<'p>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.value {
            DeValue::Array(array) => array
                .iter()
                .filter_map(|entry| {
                    Value { place: self.place, key, entry: true, span: entry.span().into(), value: entry.get_ref() }
                        .fields(path.to_owned())
                })
                .collect(),
            DeValue::Table(_) => {
                value.place.add(
                    problem("data/wrong-type", value.span, format!("`{path}` is a list of records"))
                        .note(NoteKind::Do, format!("write [[{path}]], with two brackets, above each record")),
                );
                value.fields(path.to_owned()).into_iter().collect()
            }
            _ => {
                value.wrong_type(&format!("a list of [[{path}]] records"));
                Vec::new()
            }
        }
    }

    /// The keys as they stand, for tables whose keys are names. Reading all of them leaves none unknown.
    pub(crate) fn entries(&mut self) -> Vec<(&'p str, Span, Value<'p>)> {
        let place = self.place;
        self.table
            .iter()
            .map(|(key, value)| {
                let (name, value): (&'p str, &'p Spanned<DeValue<'p>>) = (key.get_ref(), value);
                (
                    name,
                    key.span().into(),
                    Value { place, key: name, entry: false, span: value.span().into(), value: value.get_ref() },
                )
            })
            .collect()
    }

    /// Reports the keys that nobody asked for, and the ones that are missing.
    pub(crate) fn finish(mut self) {
        let place = self.place;
        for (key, value) in self.table {
            let name: &str = key.get_ref();
            if self.known.contains(&name) || place.has_lost_header() {
                continue;
            }
            let span = Span::from(key.span());
            if name == "unsure" && value.get_ref().is_table() {
                place.add(
                    problem("data/unsure", span, format!("{} has a table `unsure`", self.path))
                        .note(NoteKind::Why, "memory is not evidence: a record holds only what was seen")
                        .note(NoteKind::Do, "look the values up and move them into the record, or delete the table"),
                );
                continue;
            }
            let diagnostic =
                problem("data/unknown-key", span, format!("`{}` is not a key of {}", shown(name), self.path));
            // A slip in a key that must be there makes two mistakes of one; the slip is the one to tell.
            let slip = place.problems.nearest(name, self.missing.iter().copied());
            self.missing.retain(|missing| Some(*missing) != slip);
            let near = slip.or_else(|| place.problems.nearest(name, self.known.iter().copied()));
            place.add(match near {
                Some(near) => diagnostic.note(NoteKind::Do, format!("did you mean `{near}`?")),
                None => {
                    let keys: Vec<String> = self.known.iter().map(|key| format!("`{key}`")).collect();
                    diagnostic.note(NoteKind::Do, format!("delete it; the keys are {}", keys.join(", ")))
                }
            });
        }
        let inline = self.header.of(place.text).starts_with('{');
        let whither = if inline { "between the braces" } else { "below this header" };
        for key in self.missing {
            if place.may_have_lost(key) {
                continue;
            }
            place.add(
                problem("data/missing-key", self.header, format!("{} needs `{key}`", self.path))
                    .note(NoteKind::Do, format!("add `{key} = …` {whither}")),
            );
        }
    }
}
