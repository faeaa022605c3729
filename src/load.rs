//! From TOML texts to linked records, with every mistake of every file at its exact place.
//!
//! The only module that knows TOML. Never opens a file: texts come in, records and diagnostics go out.

mod claim;
mod fields;
mod judge;
mod manifest;
mod names;
mod place;
mod problems;
mod rule;
mod source;
mod term;

use std::collections::HashMap;
use std::sync::Arc;

use toml::de::DeTable;

use self::fields::Fields;
use self::manifest::Manifest;
pub(crate) use self::names::TOPIC;
use self::names::{Kind, Names, Site};
use self::place::Place;
use self::problems::{Problems, problem};
use self::term::{Extension, Forms, Read};
use crate::diagnostic::{self, Diagnostic, NoteKind};
use crate::model::claim::ClaimRecord;
use crate::model::profile::ProfileRecord;
use crate::model::rule::RuleRecord;
use crate::model::source::SourceRecord;
use crate::model::term::TermRecord;
use crate::text::{LineIndex, Span};

/// A data file as it was read.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: Arc<str>,
    pub(crate) text: Arc<str>,
}

/// All records, each kind sorted by id, and the files they came from.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) claims: Vec<ClaimRecord>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) terms: Vec<TermRecord>,
    pub(crate) rules: Vec<RuleRecord>,
    pub(crate) profiles: Vec<ProfileRecord>,
    pub(crate) files: Vec<File>,
}

/// Where a pack comes from, which decides how its ids read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PackKind {
    /// Embedded: its ids stand alone.
    Builtin,
    /// A directory with a `pack.toml`: its name is put in front of its ids, unless it is a newer built-in pack.
    Directory,
    /// Single files and texts: a name may stand in any of them.
    Loose,
}

/// The files of one pack, in order.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    pub(crate) kind: PackKind,
    /// How the pack is called in messages: its directory, or its only file.
    pub(crate) name: Arc<str>,
    pub(crate) files: Vec<File>,
}

/// One parsed file.
struct Document<'t> {
    file: u32,
    pack: usize,
    table: DeTable<'t>,
    /// Lines on which the TOML is broken.
    broken: Vec<Span>,
    /// Whether its keys are those of schema 1.
    readable: bool,
}

/// Reads all packs together, so that they may refer to each other.
pub(crate) fn load(packs: &[Pack]) -> (Records, Vec<Diagnostic>) {
    let problems = Problems::default();
    let files: Vec<File> = packs.iter().flat_map(|pack| pack.files.iter().cloned()).collect();
    let owners = packs.iter().enumerate().flat_map(|(slot, pack)| pack.files.iter().map(move |_| slot));

    let mut documents: Vec<Document<'_>> =
        owners.zip(&files).zip(0..).map(|((pack, file), slot)| parse(file, slot, pack, &problems)).collect();
    let manifests: Vec<Manifest> = manifest::read_all(packs, &files, &mut documents, &problems);
    documents.retain(|document| document.readable);

    let prefix = |document: &Document<'_>| manifests.get(document.pack).and_then(|manifest| manifest.prefix.as_deref());
    let sites: Vec<Site<'_>> = documents
        .iter()
        .map(|document| Site { file: document.file, prefix: prefix(document), table: &document.table })
        .collect();
    let names = Names::gather(&sites, &files, &problems);
    let places: Vec<(Place<'_>, &DeTable<'_>)> = documents
        .iter()
        .filter_map(|document| {
            let file = files.get(document.file as usize)?;
            let place = Place {
                problems: &problems,
                names: &names,
                file: document.file,
                file_name: &file.name,
                prefix: prefix(document),
                broken: &document.broken,
            };
            Some((place, &document.table))
        })
        .collect();

    let mut records = read(&places);
    drop(places);
    empty_packs(packs, &documents, &files, &problems);
    drop(documents);
    records.files = files;
    let mut diagnostics = problems.into_list();
    diagnostic::sort(&mut diagnostics);
    (records, diagnostics)
}

/// Reads kind after kind, since claims are judged against the sources they name.
fn read(places: &[(Place<'_>, &DeTable<'_>)]) -> Records {
    let tables = |kind: Kind| {
        places.iter().flat_map(move |&(ref place, table)| {
            Fields::new(place, "this file", Span::default(), table).tables(kind.word(), kind.word())
        })
    };
    let mut records = Records::default();
    let mut forms = Forms::default();
    let mut extensions = Vec::new();
    for fields in tables(Kind::Term) {
        match term::read(fields, &mut forms) {
            Some(Read::Term(term)) => records.terms.push(term),
            Some(Read::Extension(extension)) => extensions.push(extension),
            None => {}
        }
    }
    extend(&mut records.terms, extensions);
    records.sources.extend(tables(Kind::Source).filter_map(source::read));
    let sources: HashMap<&str, &SourceRecord> =
        records.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    records.claims.extend(tables(Kind::Claim).filter_map(|fields| claim::read(fields, &sources)));
    records.rules.extend(tables(Kind::Rule).filter_map(rule::read));
    records.profiles.extend(tables(Kind::Profile).filter_map(rule::profile));

    records.claims.sort_by(|a, b| a.id.cmp(&b.id));
    records.sources.sort_by(|a, b| a.id.cmp(&b.id));
    // A topic may share its id with another term, and comes after it.
    records.terms.sort_by(|a, b| (&a.id, a.class == TOPIC).cmp(&(&b.id, b.class == TOPIC)));
    records.rules.sort_by(|a, b| a.name.cmp(&b.name));
    records.profiles.sort_by(|a, b| a.name.cmp(&b.name));
    records
}

fn extend(terms: &mut [TermRecord], extensions: Vec<Extension>) {
    if extensions.is_empty() {
        return;
    }
    let slots: HashMap<String, usize> = terms.iter().enumerate().map(|(slot, term)| (term.id.clone(), slot)).collect();
    for extension in extensions {
        let Some(term) = slots.get(&extension.term).and_then(|&slot| terms.get_mut(slot)) else { continue };
        for form in extension.forms {
            if !term.forms.contains(&form) {
                term.forms.push(form);
            }
        }
        for verb in extension.verbs {
            if !term.verbs.contains(&verb) {
                term.verbs.push(verb);
            }
        }
    }
}

/// The table of one file, as far as it can be read.
fn parse<'t>(file: &'t File, slot: u32, pack: usize, problems: &Problems) -> Document<'t> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let index = (!errors.is_empty()).then(|| LineIndex::new(&file.text));
    let mut broken: Vec<Span> = Vec::new();
    for error in errors {
        let span = error.span().map(Span::from).unwrap_or_default();
        let line = line_around(&file.text, span);
        // One slip often makes the parser stumble several times on its way to the end of the line.
        if broken.iter().any(|known| *known == line) {
            continue;
        }
        broken.push(line);
        if let Some(index) = &index {
            problems.add(&file.name, syntax(error.message(), span, &file.text, index));
        }
    }
    Document { file: slot, pack, table: table.into_inner(), broken, readable: true }
}

fn line_around(text: &str, span: Span) -> Span {
    let at = span.start().min(text.len());
    let start = text.as_bytes().iter().take(at).rposition(|&byte| byte == b'\n').map_or(0, |found| found + 1);
    let rest = text.as_bytes().iter().skip(at).position(|&byte| byte == b'\n').unwrap_or(text.len() - at);
    Span::new(start, at + rest)
}

fn syntax(message: &str, span: Span, text: &str, index: &LineIndex) -> Diagnostic {
    let mut letters = message.chars();
    let lower: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let line = index.position(text, span.start()).line;
    let advice = if lower.contains("duplicate key") {
        "delete one of the two, or begin a new record with its [[header]]".to_owned()
    } else if lower.contains("string") || lower.contains("escape") {
        "text stands between straight double quotes on one line; write a quote inside it as \\\"".to_owned()
    } else {
        format!("look at line {line} and the one before: a quote, bracket, comma or equals sign is missing or too much")
    };
    problem("data/syntax", span, format!("this is not TOML: {lower}")).note(NoteKind::Do, advice)
}

fn empty_packs(packs: &[Pack], documents: &[Document<'_>], files: &[File], problems: &Problems) {
    for (slot, pack) in packs.iter().enumerate() {
        let own = || documents.iter().filter(move |document| document.pack == slot);
        let empty = own().all(|document| !Kind::ALL.iter().any(|kind| document.table.contains_key(kind.word())));
        // A pack whose files could not be read is reported for that.
        let unread = own().count() < pack.files.len() || own().any(|document| !document.broken.is_empty());
        if empty && !unread {
            let first = own().next().and_then(|document| files.get(document.file as usize));
            let file = first.map_or(&pack.name, |file| &file.name);
            problems.add(
                file,
                problem("data/empty-pack", Span::default(), "the pack holds no record")
                    .note(NoteKind::Do, "add a [[claim]], [[source]], [[term]], [[rule]] or [[profile]]"),
            );
        }
    }
}
