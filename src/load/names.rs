//! The ids of all records of all packs, gathered before any record is read, so that a reference can be judged where it
//! stands.
//!
//! Never reads more of a record than its id, its aliases and, for a term, its class.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::place::qualify;
use super::problems::{Problems, problem, shown};
use crate::diagnostic::NoteKind;
use crate::text::{LineIndex, Span};

/// The kinds of record that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Claim,
    Source,
    Term,
    /// A term of class `topic`. Topics have ids of their own, so that the outcome `pain` can belong to the topic `pain`.
    Topic,
    Rule,
    Profile,
    Provenance,
}

/// The class of terms that are topics.
pub(crate) const TOPIC: &str = "topic";

impl Kind {
    /// The kinds that have a `[[header]]` of their own.
    pub(crate) const ALL: [Self; 6] =
        [Self::Claim, Self::Source, Self::Term, Self::Rule, Self::Profile, Self::Provenance];

    /// The word in `[[…]]` and in messages.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Source => "source",
            Self::Term => "term",
            Self::Topic => "topic",
            Self::Rule => "rule",
            Self::Profile => "profile",
            Self::Provenance => "provenance",
        }
    }

    /// The key that holds the name.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Claim | Self::Source | Self::Term | Self::Topic | Self::Provenance => "id",
            Self::Rule | Self::Profile => "name",
        }
    }

    /// The kind that holds the terms of a class.
    pub(crate) fn of_class(class: &str) -> Self {
        if class == TOPIC { Self::Topic } else { Self::Term }
    }

    const fn slot(self) -> usize {
        self as usize
    }
}

/// What is known of a record before it is read.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) class: Option<String>,
    /// The id to use instead, when this is a former id.
    alias_of: Option<String>,
    file: u32,
    span: Span,
}

/// All names.
#[derive(Default)]
pub(crate) struct Names {
    maps: [HashMap<String, Declared>; 7],
}

/// One file as the first pass sees it.
pub(crate) struct Site<'p> {
    pub(crate) file: u32,
    pub(crate) prefix: Option<&'p str>,
    pub(crate) table: &'p DeTable<'p>,
}

impl Names {
    /// Gathers the names of all files. `files` holds name and text of each, for telling where a name is taken.
    pub(crate) fn gather(sites: &[Site<'_>], files: &[super::File], problems: &Problems) -> Self {
        let mut names = Self::default();
        for site in sites {
            for kind in Kind::ALL {
                for (table, header) in tables(site.table, kind.word()) {
                    names.declare(kind, site, table, header, files, problems);
                }
            }
        }
        for site in sites {
            for (table, _) in tables(site.table, Kind::Claim.word()) {
                names.declare_aliases(site, table, files, problems);
            }
        }
        names
    }

    fn declare(
        &mut self,
        kind: Kind,
        site: &Site<'_>,
        table: &DeTable<'_>,
        header: Span,
        files: &[super::File],
        problems: &Problems,
    ) {
        let Some((id, span)) = string(table, kind.key()) else { return };
        let full = if kind == Kind::Profile { id.to_owned() } else { qualify(site.prefix, id) };
        let class = string(table, "class").map(|(class, _)| class.to_owned());
        let kind = if kind == Kind::Term && class.as_deref() == Some(TOPIC) { Kind::Topic } else { kind };
        let declared = Declared { class, alias_of: None, file: site.file, span: header };
        let Some(map) = self.maps.get_mut(kind.slot()) else { return };
        if let Some(first) = map.get(&full) {
            let message = format!("another {} is called `{}`", kind.word(), shown(id));
            taken("data/duplicate-id", span, message, first, site.file, files, problems);
        } else {
            map.insert(full, declared);
        }
    }

    fn declare_aliases(&mut self, site: &Site<'_>, table: &DeTable<'_>, files: &[super::File], problems: &Problems) {
        let Some((id, _)) = string(table, "id") else { return };
        let id = qualify(site.prefix, id);
        let aliases = table.get("aliases").and_then(|value| value.get_ref().as_array());
        let Some(map) = self.maps.get_mut(Kind::Claim.slot()) else { return };
        for alias in aliases.into_iter().flat_map(|aliases| aliases.iter()) {
            let (Some(text), span) = (alias.get_ref().as_str(), Span::from(alias.span())) else { continue };
            let full = qualify(site.prefix, text);
            if let Some(first) = map.get(&full) {
                let message = format!("the alias `{}` is taken", shown(text));
                taken("data/alias-taken", span, message, first, site.file, files, problems);
            } else {
                map.insert(full, Declared { class: None, alias_of: Some(id.clone()), file: site.file, span });
            }
        }
    }

    /// The record that `id` means inside the pack with this prefix: its own record first, then the built-in one. An alias
    /// gives the id it stands for.
    pub(crate) fn resolve(&self, kind: Kind, prefix: Option<&str>, id: &str) -> Option<(String, &Declared)> {
        let map = self.maps.get(kind.slot())?;
        let own = prefix.filter(|_| kind != Kind::Profile && !id.contains(':')).map(|prefix| qualify(Some(prefix), id));
        let (full, declared) =
            own.as_deref().and_then(|own| map.get_key_value(own)).or_else(|| map.get_key_value(id))?;
        Some((declared.alias_of.as_ref().unwrap_or(full).clone(), declared))
    }

    /// All names of one kind.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.maps.get(kind.slot()).into_iter().flat_map(HashMap::keys).map(String::as_str)
    }

    /// The ids of all terms of one class.
    pub(crate) fn of_class<'n>(&'n self, class: &str) -> impl Iterator<Item = &'n str> {
        self.maps
            .get(Kind::of_class(class).slot())
            .into_iter()
            .flatten()
            .filter(move |(_, declared)| declared.class.as_deref() == Some(class))
            .map(|(id, _)| id.as_str())
    }
}

fn taken(
    rule: &str,
    span: Span,
    message: String,
    first: &Declared,
    file: u32,
    files: &[super::File],
    problems: &Problems,
) {
    if problems.is_full() {
        return;
    }
    let name = |slot: u32| files.get(slot as usize).map(|file| &file.name);
    let diagnostic = problem(rule, span, message);
    let diagnostic = match files.get(first.file as usize) {
        _ if first.file == file => diagnostic.label(first.span, "first used here"),
        Some(other) => {
            let line = LineIndex::new(&other.text).position(&other.text, first.span.start()).line;
            diagnostic.note(NoteKind::Why, format!("it is used in {}, line {line}", other.name))
        }
        None => diagnostic,
    };
    if let Some(name) = name(file) {
        problems.add(name, diagnostic.note(NoteKind::Do, "choose another id; ids are never used twice"));
    }
}

/// The tables of an array of tables, with the spans of their headers.
fn tables<'t>(table: &'t DeTable<'t>, key: &str) -> impl Iterator<Item = (&'t DeTable<'t>, Span)> {
    let array = table.get(key).and_then(|value| value.get_ref().as_array());
    array
        .into_iter()
        .flat_map(|array| array.iter())
        .filter_map(|entry| entry.get_ref().as_table().map(|table| (table, Span::from(entry.span()))))
}

/// How many records a file holds.
pub(crate) fn count(table: &DeTable<'_>) -> usize {
    Kind::ALL.into_iter().map(|kind| tables(table, kind.word()).count()).sum()
}

/// The string at `key`.
fn string<'t>(table: &'t DeTable<'t>, key: &str) -> Option<(&'t str, Span)> {
    let value: &'t Spanned<DeValue<'t>> = table.get(key)?;
    Some((value.get_ref().as_str()?, value.span().into()))
}
