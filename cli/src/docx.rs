//! From the bytes of a `.docx` to its paragraphs: a zip archive with XML in it, of which nothing is trusted.

mod paragraphs;
mod styles;
mod xml;

use std::collections::BTreeMap;
use std::io::Read;

use evidence_claims::Document;
use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

/// The most bytes that all parts that are read may unpack to. A word processor's longest books have a tenth of it; what has more
/// is made to fill the memory.
const LARGEST: u64 = 64 << 20;

/// How every zip archive with something in it begins.
pub(crate) const SIGN: &[u8] = b"PK\x03\x04";

/// The body, where most writers keep it.
const BODY: &str = "word/document.xml";

/// Reads the body, then headers, footers, footnotes and endnotes. The error says what is wrong with the file.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, String> {
    let mut archive = Archive::open(bytes)?;
    // Some writers number the body as they number headers.
    let numbered = || archive.names("word/document").into_iter().next();
    let body = archive.parts.contains_key(BODY).then(|| BODY.to_owned()).or_else(numbered);
    let body = body.ok_or("it is a zip archive without word/document.xml; save its text as .docx, .txt or .md")?;
    let styles = match archive.parts.contains_key("word/styles.xml") {
        true => styles::read(&archive.unpack("word/styles.xml")?).map_err(|why| broken("word/styles.xml", &why))?,
        false => styles::Styles::default(),
    };
    let mut names = vec![body];
    for rest in ["word/header", "word/footer", "word/footnotes", "word/endnotes"] {
        names.extend(archive.names(rest));
    }
    let mut found = Vec::new();
    for name in names {
        let text = archive.unpack(&name)?;
        found.extend(paragraphs::read(&text, &styles).map_err(|why| broken(&name, &why))?);
    }
    Ok(Document::paragraphs(found))
}

fn broken(part: &str, why: &str) -> String {
    format!("its part {part} {why}; open it in a word processor and save it again")
}

/// The parts of an archive, none of them unpacked.
struct Archive<'b> {
    zip: ZipSliceArchive<&'b [u8]>,
    parts: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let torn = |_| "it is a zip archive or an office document that is cut short or damaged".to_owned();
        let zip = ZipArchive::from_slice(bytes).map_err(torn)?;
        let mut parts = BTreeMap::new();
        let mut entries = zip.entries();
        while let Some(entry) = entries.next_entry().map_err(torn)? {
            let Ok(name) = entry.file_path().try_normalize() else { continue };
            let known = parts.insert(name.as_str().to_owned(), (entry.wayfinder(), entry.compression_method()));
            // Two readers would read two documents.
            if known.is_some() && !entry.is_dir() {
                return Err(format!("it is a zip archive that holds {} twice", name.as_str().escape_debug()));
            }
        }
        Ok(Self { zip, parts, left: LARGEST })
    }

    /// The parts `word/header.xml`, `word/header1.xml`, …
    fn names(&self, start: &str) -> Vec<String> {
        let is_wanted = |name: &str| {
            let number = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(".xml"));
            number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let mut names: Vec<String> = self.parts.keys().filter(|name| is_wanted(name)).cloned().collect();
        // 2 comes before 10.
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    }

    /// The text of a part. What the archive says of its size is not believed: bytes are counted as they come.
    fn unpack(&mut self, name: &str) -> Result<String, String> {
        let torn = || broken(name, "is cut short or damaged");
        let (place, method) = *self.parts.get(name).ok_or_else(torn)?;
        let entry = self.zip.get_entry(place).map_err(|_| torn())?;
        let reader: Box<dyn Read> = match method {
            CompressionMethod::STORE => Box::new(entry.data()),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(entry.data())),
            _ => return Err(broken(name, "is compressed in a way that word processors do not use")),
        };
        let mut bytes = Vec::new();
        let read = entry.verifying_reader(reader).take(self.left + 1).read_to_end(&mut bytes);
        self.left = match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => left,
            None => return Err(format!("it unpacks to more than {} MiB, which no leaflet does", LARGEST >> 20)),
        };
        read.map_err(|_| torn())?;
        let text = String::from_utf8(bytes).map_err(|_| broken(name, "is not UTF-8"))?;
        Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
    }
}
