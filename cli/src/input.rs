//! From a path to a document: one file, or standard input, with everything that can be wrong about it said in one line.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use evidence_claims::Document;

use crate::args::{Kind, ReadingArgs};
use crate::{docx, encoding, unknown};

/// The argument that means standard input.
pub(crate) const STDIN: &str = "-";

/// The most bytes that a page may have where no option says otherwise.
pub(crate) const LARGEST: u64 = 10 << 20;

/// A page to check.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as given; `-` is standard input.
    pub(crate) path: String,
    /// What it says.
    pub(crate) document: Document,
    /// Bytes of the file before the text: 3 after a byte order mark, else 0.
    pub(crate) skipped: usize,
    /// The encoding, when it is not UTF-8. Offsets then count bytes of the text in UTF-8.
    pub(crate) encoding: Option<&'static str>,
    /// How it was read.
    pub(crate) kind: Kind,
    /// Of a table: the columns that were asked for.
    pub(crate) columns: Vec<String>,
}

impl Input {
    /// The path, or a name for standard input.
    pub(crate) fn name(&self) -> &str {
        if self.path == STDIN { "<stdin>" } else { &self.path }
    }

    /// Whether it holds no words at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.document.text().trim().is_empty()
    }

    /// Reads `path`. The error says what is wrong and what to do.
    pub(crate) fn read(path: &Path, reading: &ReadingArgs) -> Result<Self, String> {
        Self::new(path, bytes(path, reading.max_size).map_err(|refusal| refusal.of_a_page(path))?, reading)
    }

    /// The page in the `bytes` of `path`.
    pub(crate) fn new(path: &Path, bytes: Vec<u8>, reading: &ReadingArgs) -> Result<Self, String> {
        let path = reading.stdin_path.as_deref().filter(|_| path.as_os_str() == STDIN).unwrap_or(path);
        let named = reading.kind.or_else(|| kind_of(path));
        let columns = reading.columns.clone();
        if named == Some(Kind::Docx) || named.is_none() && bytes.starts_with(docx::SIGN) {
            let document = word_document(&bytes)?;
            let path = path.display().to_string();
            return Ok(Self { path, document, skipped: 0, encoding: None, kind: Kind::Docx, columns });
        }
        let encoding::Text { text, skipped, encoding } = encoding::decode(bytes)?;
        let kind = named.unwrap_or_else(|| if looks_like_html(&text) { Kind::Html } else { Kind::Text });
        let document = document(kind, text, &columns)?;
        Ok(Self { path: path.display().to_string(), document, skipped, encoding, kind, columns })
    }

    /// Another text of the same kind; one that is no table where this is one has no words.
    pub(crate) fn document_of(&self, text: String) -> Document {
        document(self.kind, text, &self.columns).unwrap_or_else(|_| Document::plain(""))
    }

    /// An earlier state of the same file; nothing where it could not be read in the same way.
    pub(crate) fn earlier(&self, bytes: Vec<u8>) -> Option<Document> {
        match self.kind {
            Kind::Docx => word_document(&bytes).ok(),
            kind => document(kind, encoding::decode(bytes).ok()?.text, &self.columns).ok(),
        }
    }

    /// The bytes of a file of UTF-8 if its text were `text`: with the byte order mark that it has.
    pub(crate) fn bytes_of(&self, text: &str) -> Vec<u8> {
        let mark = b"\xEF\xBB\xBF".get(..self.skipped).unwrap_or_default();
        [mark, text.as_bytes()].concat()
    }
}

fn document(kind: Kind, text: String, columns: &[String]) -> Result<Document, String> {
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    Ok(match kind {
        Kind::Markdown => Document::markdown(text),
        Kind::Html => Document::html(text),
        Kind::Text => Document::plain(text),
        Kind::Csv => Document::csv(text, &columns).map_err(|error| error.to_string())?,
        Kind::Tsv => Document::tsv(text, &columns).map_err(|error| error.to_string())?,
        // It has no text of its own.
        Kind::Docx => Document::plain(""),
    })
}

fn word_document(bytes: &[u8]) -> Result<Document, String> {
    if bytes.starts_with(docx::SIGN) {
        return docx::read(bytes);
    }
    let otherwise = "it is no .docx, whatever its name says; save it as .docx, .txt or .md";
    Err(encoding::no_text(bytes).unwrap_or(otherwise).to_owned())
}

/// The text of a file that is no page, such as sentences to rate.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    Ok(encoding::decode(bytes(path, u64::MAX).map_err(|refusal| refusal.of_a_page(path))?)?.text)
}

/// The text of a file of UTF-8 that is no page, such as a project file, of which there may be `most` bytes.
pub(crate) fn utf8(path: &Path, most: u64) -> Result<String, String> {
    let bytes = bytes(path, most).map_err(|refusal| refusal.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// Why a file is not read.
#[derive(Debug)]
pub(crate) enum Refusal {
    Failed(io::Error),
    Directory,
    /// Reading a pipe might never end, reading a device might do harm.
    NoFile,
    /// It has more bytes than this.
    TooLarge(u64),
}

impl Refusal {
    /// The reason, and what to do when it is a page.
    pub(crate) fn of_a_page(self, path: &Path) -> String {
        let advice = match &self {
            Self::NoFile => "; give its text to standard input, as -".to_owned(),
            Self::TooLarge(_) => "; --max-size sets the limit, --exclude leaves it out".to_owned(),
            Self::Failed(error) if error.kind() == io::ErrorKind::NotFound => not_there(path),
            Self::Failed(_) | Self::Directory => String::new(),
        };
        format!("{self}{advice}")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => f.write_str(&plain(error)),
            Self::Directory => f.write_str("it is a directory"),
            Self::NoFile => f.write_str("it is no file but a pipe, a socket or a device"),
            Self::TooLarge(most @ 0..1024) => write!(f, "it is larger than {most} bytes"),
            Self::TooLarge(most @ 1024..1_048_576) => write!(f, "it is larger than {} KiB", most >> 10),
            Self::TooLarge(most) => write!(f, "it is larger than {} MiB", most >> 20),
        }
    }
}

/// What to do about a file that does not exist.
fn not_there(path: &Path) -> String {
    let text = path.to_string_lossy();
    if text.starts_with("https:") || text.starts_with("http:") {
        return "; nothing is fetched from the net: save the page, or give its text to standard input, as -".to_owned();
    }
    unknown::file(path).map(|meant| format!("; did you mean {meant}?")).unwrap_or_default()
}

/// The bytes of a file, of which there may be `most`.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let limit = most.saturating_add(1);
    if path.as_os_str() == STDIN {
        io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(Refusal::Failed)?;
    } else {
        let about = fs::metadata(path).map_err(Refusal::Failed)?;
        if about.is_dir() {
            return Err(Refusal::Directory);
        }
        if !about.is_file() {
            return Err(Refusal::NoFile);
        }
        if about.len() > most {
            return Err(Refusal::TooLarge(most));
        }
        fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(Refusal::Failed)?;
    }
    if bytes.len() as u64 > most { Err(Refusal::TooLarge(most)) } else { Ok(bytes) }
}

/// How a file of this name is read, if its name tells.
pub(crate) fn kind_of(path: &Path) -> Option<Kind> {
    let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
    match &*extension {
        "md" | "markdown" | "mdx" => Some(Kind::Markdown),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "txt" | "text" => Some(Kind::Text),
        "csv" => Some(Kind::Csv),
        "tsv" | "tab" => Some(Kind::Tsv),
        "docx" => Some(Kind::Docx),
        _ => None,
    }
}

/// Whether a file in a directory is taken for a page. Most tables are data: they are read where they are named. Word marks an open
/// document with a file whose name begins with `~$`.
pub(crate) fn is_page(path: &Path) -> bool {
    let is_mark = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    !is_mark && kind_of(path).is_some_and(|kind| !matches!(kind, Kind::Csv | Kind::Tsv))
}

/// Whether a text without a telling name is HTML.
fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    ["<!doctype html", "<html"]
        .iter()
        .any(|sign| start.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes())))
}

/// An error of the operating system in lower case and without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
