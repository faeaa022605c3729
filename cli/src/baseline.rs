//! The baseline: findings that were there when a site took the tool up. They are quiet, new ones are not, and those that are
//! gone are named.
//!
//! An entry is found again by what it says, not by its line: rule, claim, words and sentence.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use evidence_claims::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::judge::is_about_copy;
use crate::report::{Fingerprint, Page};
use crate::stop::Stop;
use crate::{input, paths, save};

/// The file that is written where none is named.
pub(crate) const NAME: &str = "evidence-baseline.json";

/// The number of this format.
const SCHEMA: u32 = 1;

/// The most bytes of its file.
const LARGEST: u64 = 64 << 20;

/// Words longer than this are cut: they are for people.
const WORDS: usize = 80;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    findings: Vec<Entry>,
}

/// Findings of one page that say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// The page.
    pub(crate) path: String,
    /// The rule.
    pub(crate) rule: String,
    /// The claim, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    /// The words, for people.
    pub(crate) words: String,
    fingerprint: Fingerprint,
    /// How many there are.
    pub(crate) count: usize,
}

impl Entry {
    fn new(page: &Page<'_>, path: String, diagnostic: &Diagnostic) -> Self {
        let words = diagnostic.span().of(page.source.text).split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            path,
            rule: diagnostic.rule().to_owned(),
            claim: diagnostic.claim().map(str::to_owned),
            words: words.chars().take(WORDS).collect(),
            fingerprint: Fingerprint::new(page, diagnostic),
            count: 1,
        }
    }
}

/// Known findings.
#[derive(Debug)]
pub(crate) struct Baseline {
    /// The directory of the file, which paths are written from.
    directory: PathBuf,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads the file of known findings.
    pub(crate) fn read(path: &Path) -> Result<Self, Stop> {
        let cannot = |why: String| Stop(format!("cannot read the baseline {}: {why}", path.display()));
        let advice = if path.exists() { "" } else { "; --write-baseline writes it" };
        let text = input::utf8(path, LARGEST).map_err(|problem| cannot(format!("{problem}{advice}")))?;
        let file: File = serde_json::from_str(&text)
            .map_err(|error| cannot(format!("it is not what --write-baseline writes: {error}")))?;
        if file.schema != SCHEMA {
            return Err(cannot(format!("it has schema {}, and this program reads {SCHEMA}", file.schema)));
        }
        Ok(Self { directory: paths::parent(path), entries: file.findings })
    }

    /// Writes the findings of these pages to `path` and tells how many they are.
    pub(crate) fn write(path: &Path, pages: &[Page<'_>]) -> Result<usize, Stop> {
        let directory = paths::parent(path);
        let mut entries: BTreeMap<(String, Fingerprint), Entry> = BTreeMap::new();
        for page in pages {
            let relative = paths::relative(&directory, page.path);
            // What is wrong with a suppression was made today, and is no burden of an old site.
            for diagnostic in page.diagnostics.iter().filter(|diagnostic| is_about_copy(diagnostic)) {
                let entry = Entry::new(page, relative.clone(), diagnostic);
                let key = (relative.clone(), entry.fingerprint);
                entries.entry(key).and_modify(|known| known.count += 1).or_insert(entry);
            }
        }
        let mut findings: Vec<Entry> = entries.into_values().collect();
        findings.sort_by(|a, b| {
            (&a.path, &a.rule, &a.words, a.fingerprint).cmp(&(&b.path, &b.rule, &b.words, b.fingerprint))
        });
        let count = findings.iter().map(|entry| entry.count).sum();
        let mut text =
            serde_json::to_string_pretty(&File { schema: SCHEMA, findings }).map_err(std::io::Error::from)?;
        text.push('\n');
        save::new(path, text.as_bytes())?;
        Ok(count)
    }

    /// Moves the known findings of the pages aside, and gives the entries that are gone. An entry of a page that no longer exists
    /// can be met by another page, to which its words moved.
    pub(crate) fn take(mut self, pages: &mut [Page<'_>]) -> Vec<Entry> {
        let mut slots: HashMap<Fingerprint, Vec<usize>> = HashMap::new();
        for (slot, entry) in self.entries.iter().enumerate() {
            slots.entry(entry.fingerprint).or_default().push(slot);
        }
        let paths: Vec<String> = pages.iter().map(|page| paths::relative(&self.directory, page.path)).collect();
        let mut there: HashMap<String, bool> = paths.iter().map(|path| (path.clone(), true)).collect();
        for entry in &self.entries {
            there.entry(entry.path.clone()).or_insert_with_key(|path| self.directory.join(path).exists());
        }
        for moved in [false, true] {
            for (page, path) in pages.iter_mut().zip(&paths) {
                let found = std::mem::take(&mut page.diagnostics);
                for diagnostic in found {
                    let slots = slots.get(&Fingerprint::new(page, diagnostic)).map_or(&[][..], Vec::as_slice);
                    let fits = |slot: &&usize| {
                        let there = |entry: &Entry| there.get(&entry.path).copied().unwrap_or_default();
                        let meets = |entry: &Entry| if moved { !there(entry) } else { entry.path == *path };
                        self.entries.get(**slot).is_some_and(|entry| entry.count > 0 && meets(entry))
                    };
                    match slots.iter().find(fits).and_then(|&slot| self.entries.get_mut(slot)) {
                        Some(entry) => {
                            entry.count -= 1;
                            page.known.push(diagnostic);
                        }
                        None => page.diagnostics.push(diagnostic),
                    }
                }
            }
        }
        // Of pages that are there and were not checked nothing is known.
        self.entries
            .retain(|entry| entry.count > 0 && (paths.contains(&entry.path) || there.get(&entry.path) == Some(&false)));
        self.entries
    }
}

/// Where the baseline is, or is to be.
pub(crate) fn path(named: Option<&PathBuf>) -> PathBuf {
    named.cloned().unwrap_or_else(|| NAME.into())
}
