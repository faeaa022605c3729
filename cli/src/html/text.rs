//! Words on their way into a page.

use evidence_claims::{Document, Span};
use maud::{Markup, html};

use crate::style;

/// `text` on one line, without characters that control, turn or hide what stands around them.
pub(crate) fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    style::clean(&spaced)
}

/// The words under a span as a reader of the page sees them.
pub(crate) fn seen(document: &Document, span: Span) -> String {
    let words: String = document.characters(span).map(|(_, character)| character).collect();
    plain(words.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

/// A text that begins a line, with a capital.
pub(crate) fn sentence(text: &str) -> String {
    let text = plain(text);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

/// The name of a rule as a title, without the pack that it comes from: `cure-claim` is "Cure claim".
pub(crate) fn title(name: &str) -> String {
    sentence(&name.rsplit(':').next().unwrap_or(name).replace('-', " "))
}

/// A link to the web; any other address is shown as text.
pub(crate) fn link(address: &str, words: &str) -> Markup {
    let words = plain(words);
    if address.starts_with("https://") || address.starts_with("http://") {
        html! { a href=(address) rel="noreferrer" { (words) } }
    } else {
        html! { (words) }
    }
}
