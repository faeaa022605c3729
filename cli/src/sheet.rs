//! A page about one thing: a title, headings, and lines with a word before them that hang under each other.

use crate::style::{self, paint};
use crate::wrap;

/// Columns before the word.
const INDENT: usize = 2;

/// Columns of the word and the space after it.
const LABEL: usize = 11;

/// A page being written.
#[derive(Debug)]
pub(crate) struct Sheet {
    text: String,
    width: usize,
}

impl Sheet {
    /// An empty page of this width.
    pub(crate) const fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// The name of the thing, and what it is in a few quiet words.
    pub(crate) fn title(&mut self, name: &str, about: &str) {
        self.text.push_str(&format!(
            "{}  {}\n",
            paint(style::STRONG.fg_color(style::NAME.get_fg_color()), name),
            paint(style::QUIET, about)
        ));
    }

    /// An empty line and a heading.
    pub(crate) fn heading(&mut self, heading: &str) {
        self.text.push_str(&format!("\n{}\n", paint(style::STRONG, heading)));
    }

    /// A paragraph over the whole width.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.text.push_str(&wrap::paragraph(text, self.width, 0, 0));
    }

    /// A word and a text beside it. With an empty word the text continues the one before.
    pub(crate) fn line(&mut self, word: &str, text: &str) {
        self.styled(anstyle::Style::new(), word, text);
    }

    /// The same in a colour.
    pub(crate) fn styled(&mut self, style: anstyle::Style, word: &str, text: &str) {
        let lines = wrap::lines(text, self.width.saturating_sub(INDENT + LABEL), "", "");
        for (number, line) in lines.iter().enumerate() {
            let word = if number == 0 { word } else { "" };
            let space = " ".repeat(LABEL.saturating_sub(textwrap::core::display_width(word)).max(1));
            let row = format!("{}{}{space}{}", " ".repeat(INDENT), paint(style::QUIET, word), paint(style, line));
            self.text.push_str(row.trim_end());
            self.text.push('\n');
        }
    }

    /// Text that is already laid out.
    pub(crate) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The page.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}
