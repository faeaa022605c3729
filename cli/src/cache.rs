//! What was found in texts that were seen before, so that a text is checked once.
//!
//! Known by content: the text, how it was read, the program with its evidence, the packs, the profile and the severities. What
//! depends on anything else (comments, exceptions, days, the baseline, git) is judged anew each time, so that a check with a cache
//! prints what it prints without.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use evidence_claims::{Diagnostic, Document};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::args::Kind;
use crate::input::Refusal;
use crate::settings::Settings;
use crate::stop::{Stop, complain};
use crate::{evidence, input, save, today};

/// The file in which the cache is kept, unless another is named: beside the project file, or here.
pub(crate) const NAME: &str = ".claims-cache";

/// What its file begins with; the rest is compressed, with a checksum.
const SIGN: &[u8] = b"claims-cache 1\n";

/// Texts that nobody has asked for in so many days are forgotten.
const DAYS: u64 = 30;

/// The file takes no more when it is unpacked.
const LARGEST: u64 = 1 << 30;

/// A cache: in a file, or for as long as the program runs.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Everything that findings depend on besides the text.
    state: Sha256,
    texts: Mutex<HashMap<String, Text>>,
    /// Whether there is something that the file does not know.
    has_news: AtomicBool,
    today: u64,
}

/// What was found in one text.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    /// The last day on which it was asked for, counted from 1970.
    used: u64,
    found: Vec<Diagnostic>,
}

impl Cache {
    /// An empty cache.
    pub(crate) fn new(settings: &Settings) -> io::Result<Self> {
        let state = state(settings)?;
        let today = today::days().unwrap_or_default();
        Ok(Self { state, texts: Mutex::default(), has_news: AtomicBool::new(false), today })
    }

    /// The cache in the file at `path`; an empty one where there is none, or where it is damaged, which is said.
    pub(crate) fn open(path: &Path, settings: &Settings) -> Result<Self, Stop> {
        let cannot = |why: String| Stop(format!("cannot use the cache {}: {why}", path.display()));
        let cache = Self::new(settings).map_err(|error| cannot(error.to_string()))?;
        let bytes = match input::bytes(path, LARGEST) {
            Ok(bytes) => bytes,
            Err(Refusal::Failed(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(cache),
            Err(refusal) => return Err(cannot(refusal.to_string())),
        };
        let Some(packed) = bytes.strip_prefix(SIGN) else {
            // It may be something that somebody needs.
            return Err(cannot(
                "it is another file, or a cache of another version; delete it or name another".to_owned(),
            ));
        };
        let mut text = Vec::new();
        let read = GzDecoder::new(packed).take(LARGEST).read_to_end(&mut text);
        match read.and_then(|_| Ok(serde_json::from_slice(&text)?)) {
            Ok(texts) => Ok(Self { texts: Mutex::new(texts), ..cache }),
            Err(_) => {
                complain(format!("the cache {} is damaged and is made anew", path.display()));
                Ok(Self { has_news: AtomicBool::new(true), ..cache })
            }
        }
    }

    /// Writes the file, if it does not know everything yet.
    pub(crate) fn save(self, path: &Path) -> Result<(), Stop> {
        if !self.has_news.into_inner() {
            return Ok(());
        }
        let mut texts = self.texts.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        texts.retain(|_, text| self.today.saturating_sub(text.used) <= DAYS);
        let mut packed = GzEncoder::new(SIGN.to_vec(), Compression::fast());
        serde_json::to_writer(io::BufWriter::new(&mut packed), &texts).map_err(io::Error::from)?;
        save::new(path, &packed.finish()?)
    }

    /// What is found in a document that is read as `kind`: as it was found before, or as `check` finds it now.
    pub(crate) fn found(
        &self,
        document: &Document,
        kind: Kind,
        columns: &[String],
        check: impl FnOnce() -> Vec<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let key = self.key(document, kind, columns);
        let lock = || self.texts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(text) = lock().get_mut(&key) {
            if text.used != self.today {
                text.used = self.today;
                self.has_news.store(true, Ordering::Relaxed);
            }
            return text.found.clone();
        }
        let found = check();
        self.has_news.store(true, Ordering::Relaxed);
        lock().insert(key, Text { used: self.today, found: found.clone() });
        found
    }

    fn key(&self, document: &Document, kind: Kind, columns: &[String]) -> String {
        let mut hash = self.state.clone();
        add(&mut hash, format!("{kind:?} {columns:?}").as_bytes());
        add(&mut hash, document.text().as_bytes());
        // Its styles say what is a heading and what a list, and stand in no text.
        if kind == Kind::Docx {
            add(&mut hash, format!("{:?}", document.blocks()).as_bytes());
        }
        hash.finalize().iter().fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
    }
}

/// Where the file is.
pub(crate) fn path(named: Option<&PathBuf>, settings: &Settings) -> PathBuf {
    named.cloned().unwrap_or_else(|| settings.beside_project(NAME))
}

/// The program with the evidence in it, packs, profile and severities.
fn state(settings: &Settings) -> io::Result<Sha256> {
    let mut hash = Sha256::new();
    add(&mut hash, &fs::read(std::env::current_exe()?)?);
    for path in settings.packs.value.iter().flat_map(|pack| evidence::files(pack)) {
        add(&mut hash, path.to_string_lossy().as_bytes());
        add(&mut hash, &fs::read(&path)?);
    }
    add(
        &mut hash,
        format!("{:?} {:?} {:?}", settings.profile.value, settings.levels(), settings.max_findings).as_bytes(),
    );
    Ok(hash)
}

/// Adds bytes so that two pieces are never taken for one.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
