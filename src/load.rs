//! From TOML texts to linked records, with every mistake of every file at its exact place.
//!
//! The only module that knows TOML. Never opens a file: texts come in, records and diagnostics go out.

mod accepted;
mod claim;
mod fields;
mod judge;
mod manifest;
mod names;
// The build script writes, the library reads: each uses one half.
#[allow(dead_code)]
mod packed;
mod place;
mod problems;
mod project;
mod provenance;
#[cfg(feature = "check")]
mod rates;
mod rule;
mod source;
mod syntax;
mod term;
mod value;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use toml::de::DeTable;

use self::fields::Fields;
use self::manifest::Manifest;
pub(crate) use self::names::TOPIC;
use self::names::{Kind, Names, Site};
#[allow(unused_imports)]
pub(crate) use self::packed::{Packed, Packing, Unpacking, Whole, pack, packed_fields, unpack};
use self::place::Place;
use self::problems::{Problems, problem};
#[cfg(feature = "check")]
pub(crate) use self::rates::{WordList, weights, word_lists};
use self::syntax::Parsed;
use self::term::{Extension, Forms, Read};
use crate::diagnostic::{self, Diagnostic, NoteKind};
use crate::model::accepted::AcceptedRecord;
use crate::model::claim::ClaimRecord;
use crate::model::profile::ProfileRecord;
use crate::model::provenance::{Descent, ProvenanceRecord};
use crate::model::rule::RuleRecord;
use crate::model::source::SourceRecord;
use crate::model::term::TermRecord;
use crate::text::Span;

/// The key of the records that accept warnings.
const ACCEPTED: &str = "accepted";

/// A data file as it was read.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) name: Arc<str>,
    pub(crate) text: FileText,
}

/// The text of a data file. Embedded ones are a megabyte that few programs look at, so that they are not copied.
#[derive(Clone)]
pub(crate) enum FileText {
    Embedded(&'static str),
    Read(Arc<str>),
}

impl FileText {
    /// The text, held by whoever asks.
    pub(crate) fn shared(&self) -> Arc<str> {
        match self {
            Self::Embedded(text) => (*text).into(),
            Self::Read(text) => Arc::clone(text),
        }
    }
}

impl std::ops::Deref for FileText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Embedded(text) => text,
            Self::Read(text) => text,
        }
    }
}

impl<T: Into<Arc<str>>> From<T> for FileText {
    fn from(text: T) -> Self {
        Self::Read(text.into())
    }
}

/// The name alone: the texts of all files would bury everything else.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

/// All records, each kind sorted by id, and the files they came from.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) claims: Vec<ClaimRecord>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) terms: Vec<TermRecord>,
    pub(crate) rules: Vec<RuleRecord>,
    pub(crate) profiles: Vec<ProfileRecord>,
    pub(crate) accepted: Vec<AcceptedRecord>,
    pub(crate) provenances: Vec<ProvenanceRecord>,
    /// Where the words of terms come from.
    pub(crate) descents: Vec<Descent>,
    pub(crate) files: Vec<File>,
    /// Where errors stand: the name of the file and the byte. Empty for packs that load.
    pub(crate) faults: Vec<(Arc<str>, usize)>,
    /// Beginnings of the names of files in packs of which some file could not be read. Empty for packs that load.
    pub(crate) unread: Vec<String>,
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
    table: &'t DeTable<'t>,
    /// Lines on which the TOML is broken.
    broken: &'t [Span],
    /// Whether its keys are those of schema 1.
    readable: bool,
}

/// Reads all packs together, so that they may refer to each other.
pub(crate) fn load(packs: &[Pack]) -> (Records, Vec<Diagnostic>) {
    let problems = Problems::default();
    let files: Vec<File> = packs.iter().flat_map(|pack| pack.files.iter().cloned()).collect();
    let owners = packs.iter().enumerate().flat_map(|(slot, pack)| pack.files.iter().map(move |_| slot));

    let parsed: Vec<Parsed<'_>> =
        files.iter().zip(syntax::parse(&files)).map(|(file, tables)| Parsed::new(file, tables, &problems)).collect();
    let mended: Vec<Option<DeTable<'_>>> = parsed.iter().map(Parsed::mended).collect();
    let tables = parsed.iter().zip(&mended);
    let mut documents: Vec<Document<'_>> = (owners.zip(tables).zip(0..))
        .map(|((pack, (parsed, mended)), file)| Document {
            file,
            pack,
            table: mended.as_ref().unwrap_or(parsed.table()),
            broken: &parsed.broken,
            readable: true,
        })
        .collect();
    let manifests: Vec<Manifest> = manifest::read_all(packs, &files, &mut documents, &problems);
    documents.retain(|document| document.readable);

    let prefix = |document: &Document<'_>| manifests.get(document.pack).and_then(|manifest| manifest.prefix.as_deref());
    let sites: Vec<Site<'_>> = documents
        .iter()
        .map(|document| Site { file: document.file, prefix: prefix(document), table: document.table })
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
                text: &file.text,
                prefix: prefix(document),
                broken: document.broken,
                single: names::count(document.table) == 1,
            };
            Some((place, document.table))
        })
        .collect();

    let mut records = read(&places);
    empty_packs(packs, &documents, &files, &problems);
    records.files = files.clone();
    let mut diagnostics = problems.into_list();
    diagnostic::sort(&mut diagnostics);
    (records, diagnostics)
}

/// Reads kind after kind, since claims are judged against the sources they name.
fn read(places: &[(Place<'_>, &DeTable<'_>)]) -> Records {
    let called = |word: &'static str| {
        places.iter().flat_map(move |&(ref place, table)| {
            Fields::new(place, "this file", Span::default(), table).tables(word, word)
        })
    };
    let tables = |kind: Kind| called(kind.word());
    let mut records = Records::default();
    let mut forms = Forms::default();
    let mut extensions = Vec::new();
    for fields in tables(Kind::Term) {
        match term::read(fields, &mut forms) {
            Some(Read::Term(term, descent)) => {
                records.terms.push(term);
                records.descents.extend(descent);
            }
            Some(Read::Extension(extension)) => extensions.push(extension),
            None => {}
        }
    }
    extend(&mut records.terms, extensions);
    records.descents.extend(places.iter().filter_map(|(place, table)| provenance::of_file(place, table)));
    records.provenances.extend(tables(Kind::Provenance).filter_map(provenance::read));
    records.sources.extend(tables(Kind::Source).filter_map(source::read));
    let mut sources: HashMap<&str, &SourceRecord> = HashMap::new();
    for source in &records.sources {
        // Of two with one id, which is reported, the first is the one that others mean.
        sources.entry(&source.id).or_insert(source);
    }
    records.claims.extend(tables(Kind::Claim).filter_map(|fields| claim::read(fields, &sources)));
    records.rules.extend(tables(Kind::Rule).filter_map(rule::read));
    records.profiles.extend(tables(Kind::Profile).filter_map(rule::profile));
    records.accepted.extend(called(ACCEPTED).filter_map(accepted::read));

    records.claims.sort_by(|a, b| a.id.cmp(&b.id));
    records.sources.sort_by(|a, b| a.id.cmp(&b.id));
    // A topic may share its id with another term, and comes after it.
    records.terms.sort_by(|a, b| (&a.id, a.class == TOPIC).cmp(&(&b.id, b.class == TOPIC)));
    records.rules.sort_by(|a, b| a.name.cmp(&b.name));
    records.profiles.sort_by(|a, b| a.name.cmp(&b.name));
    records.provenances.sort_by(|a, b| a.id.cmp(&b.id));
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
