//! Checking again after a keystroke, beside a check of the whole page.

use evidence_claims::{Checker, Database, Document, Draft, Span};

use crate::{Size, row, shortest, text};

/// Bytes of the page: a long one.
pub(crate) const PAGE: usize = 200_000;

/// Types a letter in the middle of the page and takes it back, again and again.
pub(crate) fn type_and_take_back(draft: &mut Draft<'_>, times: usize) {
    let text = draft.document().text();
    let middle = text.len() / 2;
    let at = middle + text[middle..].find("session").or_else(|| text[middle..].find(' ')).unwrap_or(0);
    for _ in 0..times {
        draft.edit(Span::new(at, at), "x");
        draft.edit(Span::new(at, at + 1), "");
    }
}

pub(crate) fn keystrokes(size: Size) {
    let checker = Checker::new(Database::builtin());
    let markdown = text::markdown(7, PAGE);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&markdown));
    type Read = fn(String) -> Document;
    let required = "≤ 0.05, within 20 ms";
    for (name, text, read) in [
        ("Markdown", &markdown, Document::markdown as Read),
        ("HTML", &html, Document::html),
        ("plain text", &markdown, Document::plain),
    ] {
        let whole = shortest(size.runs, || checker.check(&read(text.clone())));
        let mut draft = Draft::new(&checker, read(text.clone()));
        let many = 50;
        let two = shortest(size.runs, || type_and_take_back(&mut draft, many));
        let time = two.div_f64(2.0 * many as f64);
        row(&format!("a keystroke in 200 KB of {name}"), time, "a check of the whole page", whole, required);
        if name == "Markdown" {
            // Everything below stands in another line then, and messages tell lines.
            let two = shortest(size.runs, || {
                draft.edit(Span::new(0, 0), "\n");
                draft.edit(Span::new(0, 1), "");
            });
            row("a new line at its top", two.div_f64(2.0), "a check of the whole page", whole, "");
        }
    }
}
