//! From a path to a text: one file, or standard input, with everything that can be wrong about it said in one line.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use evidence_claims::Document;

use crate::args::Kind;

/// The argument that means standard input.
const STDIN: &str = "-";

/// The bytes some editors put before UTF-8 text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text to check.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as given; `-` is standard input.
    pub(crate) path: String,
    /// The text.
    pub(crate) text: String,
    /// Bytes of the file before the text: 3 after a byte order mark, else 0.
    pub(crate) skipped: usize,
    /// How to read it.
    pub(crate) kind: Kind,
}

impl Input {
    /// The path, or a name for standard input.
    pub(crate) fn name(&self) -> &str {
        if self.path == STDIN { "<stdin>" } else { &self.path }
    }

    /// The bytes of the file if its text were `text`: with the byte order mark that it has.
    pub(crate) fn bytes_of(&self, text: &str) -> Vec<u8> {
        let mark = BYTE_ORDER_MARK.get(..self.skipped).unwrap_or_default();
        [mark, text.as_bytes()].concat()
    }

    /// The text as blocks of words.
    pub(crate) fn document(&self, text: String) -> Document {
        match self.kind {
            Kind::Markdown => Document::markdown(text),
            Kind::Text => Document::plain(text),
        }
    }

    /// Reads `path`. The error says what is wrong and what to do.
    pub(crate) fn read(path: &Path, kind: Option<Kind>) -> Result<Self, String> {
        Self::new(path, bytes(path)?, kind)
    }

    /// The text in the `bytes` of `path`.
    pub(crate) fn new(path: &Path, mut bytes: Vec<u8>, kind: Option<Kind>) -> Result<Self, String> {
        let skipped = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        bytes.drain(..skipped);
        if let Some(problem) = no_text(&bytes) {
            return Err(problem.to_owned());
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            format!("it is not UTF-8 at byte {}; save it as UTF-8", error.utf8_error().valid_up_to() + skipped)
        })?;
        let kind = kind.unwrap_or_else(|| kind_of(path));
        Ok(Self { path: path.display().to_string(), text, skipped, kind })
    }
}

/// What is in the file, or comes in at standard input.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if path.as_os_str() == STDIN {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| plain(&error))?;
        return Ok(bytes);
    }
    if path.is_dir() {
        return Err(directory(path));
    }
    fs::read(path).map_err(|error| plain(&error))
}

/// How a file of this name is read.
fn kind_of(path: &Path) -> Kind {
    let markdown = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown"));
    if markdown { Kind::Markdown } else { Kind::Text }
}

/// What bytes are that cannot be copy, from the signs of the files that people try.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some("it is a zip archive or an office document; save its text as .txt or .md")
    } else if bytes.starts_with(b"%PDF") {
        Some("it is a PDF; save its text as .txt or .md")
    } else if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        Some("it is UTF-16; save it as UTF-8")
    } else if bytes.contains(&0) {
        Some("it is not a text file; give the text of the page")
    } else {
        None
    }
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

/// What to say about a directory: files in it that could be given instead.
fn directory(path: &Path) -> String {
    const NAMED: usize = 3;
    let mut pages: Vec<PathBuf> = fs::read_dir(path)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| kind_of(path) == Kind::Markdown || path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    pages.sort();
    let more = pages.len().saturating_sub(NAMED);
    let names: Vec<String> = pages.iter().take(NAMED).map(|page| page.display().to_string()).collect();
    match (names.is_empty(), more) {
        (true, _) => "it is a directory; give files".to_owned(),
        (false, 0) => format!("it is a directory; give files, such as {}", names.join(" ")),
        (false, more) => format!("it is a directory; give files, such as {} ({more} more there)", names.join(" ")),
    }
}
