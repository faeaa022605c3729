//! Prose folded to a width. Ids and links are never broken.

use textwrap::{Options, WordSplitter};

/// The lines of `text`, the first starting with `first`, the others with `rest`, none wider than `width` unless one word is.
pub(crate) fn lines(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// `text` as a paragraph of its own, each line ended, all indented by `indent` columns and the further ones by `hang` more.
pub(crate) fn paragraph(text: &str, width: usize, indent: usize, hang: usize) -> String {
    let mut out = lines(text, width, &" ".repeat(indent), &" ".repeat(indent + hang)).join("\n");
    out.push('\n');
    out
}
