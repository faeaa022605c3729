//! What is known about the place the output goes to, and the one way of writing there.
//!
//! Everything is composed with colour; `anstream` takes it out again where it does not belong.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use clap::ColorChoice;
use supports_hyperlinks::Stream;

/// Nothing can be laid out in less.
const NARROWEST: usize = 40;

/// Prose wider than this is hard to read, however wide the window is.
const WIDEST: usize = 110;

/// Tables may be wider than prose, since their cells are read and not their lines.
const WIDEST_TABLE: usize = 160;

/// Width where there is no terminal, so that two runs on two machines print the same bytes.
const WITHOUT_TERMINAL: usize = 100;

/// Bytes written at once.
const PIECE: usize = 64 * 1024;

/// The terminal, or the file or pipe in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Columns to use for prose.
    pub(crate) width: usize,
    /// Columns to use for tables.
    pub(crate) table_width: usize,
    /// Line-drawing characters or plain ASCII.
    pub(crate) decor: DecorStyle,
    /// Whether it follows links that stand behind words.
    pub(crate) links: bool,
}

impl Terminal {
    /// Looks at standard output and the environment. `COLUMNS` counts only where there is no terminal to ask.
    pub(crate) fn detect() -> Self {
        let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let width = terminal.or_else(columns).unwrap_or(WITHOUT_TERMINAL).max(NARROWEST);
        let decor = if speaks_unicode() { DecorStyle::Unicode } else { DecorStyle::Ascii };
        Self {
            width: width.min(WIDEST),
            table_width: width.min(WIDEST_TABLE),
            decor,
            links: supports_hyperlinks::on(Stream::Stdout),
        }
    }

    /// The same without links, for what goes to a file.
    pub(crate) fn without_links(self) -> Self {
        Self { links: false, ..self }
    }

    /// Writes all of `text` to standard output.
    pub(crate) fn write(self, text: &str) -> io::Result<()> {
        let mut out = Output::default();
        out.write_all(text.as_bytes())?;
        out.flush()
    }
}

/// Standard output in large pieces. When nobody reads any more (`claims … | head`), the rest is dropped without a word.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pending: Vec<u8>,
    is_closed: bool,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        if self.is_closed {
            return Ok(());
        }
        let mut out = anstream::stdout().lock();
        match out.write_all(&pending).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

/// Makes `--color` the choice for everything printed after.
pub(crate) fn set_color(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// Whether the reader wants words instead of drawings: `NO_GRAPHICS` is set, and not to 0.
pub(crate) fn wants_words() -> bool {
    std::env::var_os("NO_GRAPHICS").is_some_and(|value| value != "0")
}

/// Whether the locale is UTF-8. A locale that says nothing (Windows, bare containers) is taken to be.
fn speaks_unicode() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    let Some(locale) = locale else { return true };
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
