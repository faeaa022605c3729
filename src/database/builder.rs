//! From packs to a database: embedded data, directories, files and texts.
//!
//! The only part of the library that opens files, and only those it is told to open.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Database, strict};
use crate::diagnostic::{self, Diagnostic, NoteKind, Severity};
use crate::error::Error;
use crate::load::{File, FileText, Pack, PackKind, Records, load, unpack};
use crate::model::date::Date;
use crate::text::Span;

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
/// The records of these files, as the build script read them.
static NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/builtin.bin"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/builtin.txt"));

/// Where the manifest of the built-in pack stands.
const BUILTIN_MANIFEST: &str = "data/pack.toml";
/// File name of a manifest.
const MANIFEST: &str = "pack.toml";
/// Directory of the built-in pack whose files hold no records.
const RATES: &str = "rates";
/// Files above this size are not read: a claim takes about two kilobytes.
const MOST_MEBIBYTES: u64 = 16;
/// Directories nested deeper than this are not a pack.
const MOST_DEPTH: usize = 32;

/// Gathers packs for a [`Database`].
///
/// How ids read: those of the built-in pack stand alone; those of a directory have the name of its `pack.toml` in front
/// (`acme-spa:warm-stones`), unless that is the name of the built-in pack, of which the directory then is another
/// edition. All texts and single files belong together; their ids have the `name` in front that one of them gives, or
/// else `local:` next to the built-in pack and nothing without it. Inside a pack, ids are written without the prefix, and
/// mean its own record first and the built-in one second.
///
/// ```no_run
/// use evidence_claims::Database;
///
/// let db = Database::builder().builtin().pack("clinic-evidence").build()?;
/// println!("{} claims", db.claims().len());
/// # Ok::<(), evidence_claims::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Builder {
    builtin: bool,
    paths: Vec<PathBuf>,
    texts: Vec<File>,
    strict: Option<Date>,
}

impl Builder {
    /// Adds the built-in pack.
    pub fn builtin(mut self) -> Self {
        self.builtin = true;
        self
    }

    /// Adds a directory with a `pack.toml` and any number of further `.toml` files below it, or a single `.toml` file.
    /// It is read when the database is built. Links to directories are not followed, nor links that lead out of the directory.
    pub fn pack(mut self, path: impl AsRef<Path>) -> Self {
        self.paths.push(path.as_ref().to_owned());
        self
    }

    /// Adds records from a text; `name` stands for it in diagnostics.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let report = Database::builder().text("mine.toml", "[[claim]]\nid = \"Warm Stones\"").check();
    /// let problem = &report.diagnostics()[0];
    /// assert_eq!((problem.file(), problem.rule()), (Some("mine.toml"), "data/missing-key"));
    /// ```
    pub fn text(mut self, name: impl Into<Arc<str>>, toml: impl Into<Arc<str>>) -> Self {
        self.texts.push(File { name: name.into(), text: FileText::Read(toml.into()) });
        self
    }

    /// Also looks for what loads and is still doubtful: findings counted twice, claims that rest on one source, reviews that are
    /// due on the day `today`, records that nothing uses, figures that contradict each other. Those are warnings, in
    /// [`Report::diagnostics`]; a record that holds an error gets none before that is fixed. What a pack lists in `[[accepted]]`,
    /// with the reason, is left out.
    ///
    /// Whether the wording of the claims passes the checker is told by `Checker::strict` (feature `check`).
    ///
    /// ```
    /// use evidence_claims::{Database, Date};
    ///
    /// let today: Date = "2026-11-25".parse()?;
    /// let report = Database::builder().builtin().strict(today).check();
    /// assert!(report.diagnostics().is_empty());
    /// # Ok::<(), evidence_claims::Error>(())
    /// ```
    pub fn strict(mut self, today: Date) -> Self {
        self.strict = Some(today);
        self
    }

    /// Reads everything.
    ///
    /// # Errors
    ///
    /// A pack that cannot be opened ([`Error::is_io`]), or any mistake in any record ([`Error::is_invalid`]; all of
    /// them are in [`Error::diagnostics`]).
    pub fn build(self) -> Result<Database, Error> {
        let mut report = self.check();
        if let Some((path, error)) = report.unopened.take() {
            return Err(Error::io(path, error));
        }
        if report.is_valid() {
            return Ok(report.readable);
        }
        let files =
            report.readable.records().files.iter().map(|file| (file.name.clone(), file.text.shared())).collect();
        Err(Error::invalid(report.diagnostics, files))
    }

    /// Reads everything and tells all that was found, warnings too.
    pub fn check(self) -> Report {
        let mut reading = Reading::default();
        let mut packs = Vec::new();
        if self.builtin {
            packs.push(builtin());
        }
        let mut unread = Vec::new();
        let mut loose = Pack { kind: PackKind::Loose, name: "".into(), files: Vec::new() };
        for path in &self.paths {
            match fs::metadata(path) {
                Err(error) => reading.unopened(path, error),
                Ok(data) if data.is_dir() => {
                    let before = reading.diagnostics.len();
                    packs.extend(reading.directory(path));
                    if reading.diagnostics.len() > before {
                        unread.push(format!("{}/", name(path)));
                    }
                }
                Ok(_) => loose.files.extend(reading.file(path)),
            }
        }
        loose.files.extend(self.texts);
        if let Some(first) = loose.files.first() {
            loose.name = Arc::clone(&first.name);
            packs.push(loose);
        }
        let (mut records, mut diagnostics) = load(&packs);
        if !reading.diagnostics.is_empty() {
            diagnostics.append(&mut reading.diagnostics);
            diagnostic::sort(&mut diagnostics);
        }
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        records.faults = errors.filter_map(|error| Some((error.file.clone()?, error.span().start()))).collect();
        records.unread = unread;
        if let Some(today) = self.strict {
            diagnostics.extend(strict::look(&records, today));
            diagnostic::sort(&mut diagnostics);
        }
        Report { readable: Database::new(records), diagnostics, unopened: reading.unopened }
    }
}

/// What came of reading packs: the problems and, unless one of them is an error, the database.
#[derive(Debug)]
pub struct Report {
    readable: Database,
    diagnostics: Vec<Diagnostic>,
    unopened: Option<(PathBuf, io::Error)>,
}

impl Report {
    fn is_valid(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity() != Severity::Error)
    }

    /// The database; `None` when there was an error.
    #[must_use]
    pub fn database(&self) -> Option<&Database> {
        self.is_valid().then_some(&self.readable)
    }

    /// The database, for keeping; `None` when there was an error.
    #[must_use]
    pub fn into_database(self) -> Option<Database> {
        self.is_valid().then_some(self.readable)
    }

    /// The records that could be read, also where others could not: to look on for mistakes, not to answer questions.
    ///
    /// ```
    /// use evidence_claims::Database;
    ///
    /// let term = "[[term]]\nid = \"hot-sand\"\nclass = \"intervention\"\nlabel = \"hot sand\"\nforms = [\"hot sand\"]\n";
    /// let report = Database::builder().text("words.toml", format!("{term}[[claim]]\nid = \"warm\"\n")).check();
    /// assert!(report.database().is_none());
    /// assert!(report.readable().term("hot-sand").is_some());
    /// ```
    #[must_use]
    pub fn readable(&self) -> &Database {
        &self.readable
    }

    /// All problems, sorted by file and place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The text of a file as it was read, so that a place in it can be shown.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        self.readable.records().files.iter().find(|known| &*known.name == file).map(|known| &*known.text)
    }

    /// Names of all files that were read, in order.
    pub fn files(&self) -> impl ExactSizeIterator<Item = &str> {
        self.readable.records().files.iter().map(|file| &*file.name)
    }
}

/// The embedded pack.
fn builtin() -> Pack {
    let files = FILES.iter().map(|&(name, text)| File { name: name.into(), text: FileText::Embedded(text) }).collect();
    Pack { kind: PackKind::Builtin, name: BUILTIN_MANIFEST.into(), files }
}

/// The records of the embedded pack, read when the crate was built. Should they be damaged, the texts are read after all.
pub(super) fn builtin_records() -> Records {
    let pack = builtin();
    match unpack(NUMBERS, TEXTS) {
        Some(records) => Records { files: pack.files, ..records },
        None => load(&[pack]).0,
    }
}

fn manifest_first(files: &mut [File], is_manifest: impl Fn(&File) -> bool) {
    if let Some(at) = files.iter().position(is_manifest)
        && let Some(front) = files.get_mut(..=at)
    {
        front.rotate_right(1);
    }
}

/// Files being read, and what went wrong with them.
#[derive(Default)]
struct Reading {
    diagnostics: Vec<Diagnostic>,
    /// The first pack that could not be opened at all.
    unopened: Option<(PathBuf, io::Error)>,
}

impl Reading {
    fn problem(&mut self, path: &Path, rule: &str, message: String, advice: &str) {
        let mut diagnostic =
            Diagnostic::new(rule, Severity::Error, Span::default(), message).note(NoteKind::Do, advice);
        diagnostic.file = Some(name(path));
        self.diagnostics.push(diagnostic);
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let message = format!("cannot read this: {error}");
        self.problem(path, "data/unreadable", message, "check the name and the permissions");
    }

    fn unopened(&mut self, path: &Path, error: io::Error) {
        self.unreadable(path, &error);
        self.unopened.get_or_insert((path.to_owned(), error));
    }

    /// The pack in a directory; its manifest comes first.
    fn directory(&mut self, root: &Path) -> Option<Pack> {
        let manifest = root.join(MANIFEST);
        if !manifest.is_file() {
            self.problem(
                &manifest,
                "data/unreadable",
                "there is no pack.toml in this directory".to_owned(),
                "write one with at least schema = 1 and name = \"…\"",
            );
            return None;
        }
        let mut paths = Vec::new();
        self.collect(root, 0, &mut paths);
        paths.sort();
        paths.retain(|path| self.belongs_to(root, path));
        let mut files: Vec<File> = paths.iter().filter_map(|path| self.file(path)).collect();
        let first = name(&manifest);
        manifest_first(&mut files, |file| file.name == first);
        // Without its manifest a pack has no name, and the ids of its records would mean something else.
        files.first().is_some_and(|file| file.name == first).then_some(Pack {
            kind: PackKind::Directory,
            name: first,
            files,
        })
    }

    fn collect(&mut self, directory: &Path, depth: usize, paths: &mut Vec<PathBuf>) {
        if depth > MOST_DEPTH {
            let message = format!("directories are nested more than {MOST_DEPTH} deep");
            self.problem(directory, "data/unreadable", message, "move the files up");
            return;
        }
        let entries = match fs::read_dir(directory) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(directory, &error),
        };
        for entry in entries {
            let entry = match entry.and_then(|entry| Ok((entry.file_type()?, entry.path()))) {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(directory, &error);
                    continue;
                }
            };
            let (kind, path) = entry;
            if kind.is_dir() && path.file_name().is_some_and(|name| name == RATES) {
                // Words and weights of `rate` are no records.
            } else if kind.is_dir() {
                self.collect(&path, depth + 1, paths);
            } else if path.extension().is_some_and(|extension| extension == "toml") && !path.is_dir() {
                paths.push(path);
            }
        }
    }

    /// Whether a file is no link that leads out of its pack: messages quote files, and a pack by a stranger may quote only itself.
    fn belongs_to(&mut self, root: &Path, path: &Path) -> bool {
        let target = path.is_symlink().then(|| path.canonicalize().ok()).flatten();
        let leads_out = target.is_some_and(|target| !root.canonicalize().is_ok_and(|root| target.starts_with(root)));
        if leads_out {
            let message = "this link leads out of the pack, and is not followed".to_owned();
            self.problem(path, "data/unreadable", message, "copy the file, or name it as a pack of its own");
        }
        !leads_out
    }

    /// One file, unless it is too large, unreadable or not text.
    fn file(&mut self, path: &Path) -> Option<File> {
        // Reading a pipe might never end.
        if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
            let message = "this is no file but a pipe, a socket or a device".to_owned();
            self.problem(path, "data/unreadable", message, "save the records in a file");
            return None;
        }
        let most = MOST_MEBIBYTES * 1024 * 1024;
        let mut bytes = Vec::new();
        // The size is taken from what is read and not from the directory, since a growing file has no end.
        let read = fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.unreadable(path, &error);
            return None;
        }
        if bytes.len() as u64 > most {
            let message = format!("the file is larger than {MOST_MEBIBYTES} MiB");
            self.problem(path, "data/too-large", message, "split it; a pack may have any number of files");
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => Some(File { name: name(path), text: text.into() }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1;
                let message = format!("byte {at}, on line {line}, is not UTF-8");
                self.problem(path, "data/not-utf8", message, "save the file as UTF-8");
                None
            }
        }
    }
}

/// The path as people write it, the same on all platforms.
fn name(path: &Path) -> Arc<str> {
    path.display().to_string().replace('\\', "/").into()
}

#[cfg(test)]
mod tests {
    use super::{NUMBERS, Records, TEXTS, builtin, load, unpack};
    use crate::load::pack;

    #[test]
    fn the_embedded_records_are_those_of_the_embedded_texts() {
        let embedded: Records = unpack(NUMBERS, TEXTS).expect("the build script wrote records");
        let (read, problems) = load(&[builtin()]);
        assert!(problems.is_empty());
        assert_eq!(embedded.claims, read.claims);
        assert_eq!(embedded.sources, read.sources);
        assert_eq!(embedded.terms, read.terms);
        assert_eq!(embedded.rules, read.rules);
        assert_eq!(embedded.profiles, read.profiles);
        assert_eq!(embedded.accepted, read.accepted);
        assert_eq!(embedded.provenances, read.provenances);
        assert_eq!(embedded.descents, read.descents);
    }

    /// This is another process than the build script, with other seeds of its hash maps, so that equal bytes are no accident.
    #[test]
    fn the_same_texts_are_embedded_as_the_same_bytes() {
        for _ in 0..2 {
            let packed = pack(&load(&[builtin()]).0);
            assert!(packed.numbers == NUMBERS && packed.texts == TEXTS);
        }
    }

    #[test]
    fn damaged_bytes_are_no_records() {
        let is_refused = |numbers: &[u8], texts: &str| unpack::<Records>(numbers, texts).is_none();
        assert!(is_refused(&NUMBERS[..NUMBERS.len() - 1], TEXTS));
        assert!(is_refused(NUMBERS, ""));
        assert!(is_refused(b"", ""));
        assert!(is_refused(&[0xff; 64], TEXTS));
    }
}
