//! What the targets have in common: the readers, one checker, and the promises that hold for every text.

use std::sync::LazyLock;

use evidence_claims::{Checker, Database, Date, Diagnostic, Document};

#[path = "../../tests/properties/promises.rs"]
mod promises;

pub use promises::{findings_keep_their_promises, is_inside, is_whole};

/// Parts the texts of an input that holds several. It is a character that nobody writes.
pub const SEPARATOR: char = '\u{1}';

/// A reader of a format.
pub type Reader = fn(String) -> Document;

/// The day on which all inputs are read.
pub static TODAY: LazyLock<Date> = LazyLock::new(|| "2026-11-25".parse().expect("a day"));

/// A checker with the built-in pack, compiled once.
pub static CHECKER: LazyLock<Checker<'static>> = LazyLock::new(|| Checker::new(Database::builtin()));

/// Reads a table with all columns that hold prose.
pub fn csv(text: String) -> Document {
    Document::csv(text, &[]).expect("no column is asked for")
}

/// The reader that the first letter of an input names, and the rest of the input: `h` is HTML, `p` plain text, `c` a table, all
/// others Markdown.
pub fn format(input: &str) -> (Reader, &str) {
    let rest = input.char_indices().nth(1).map_or("", |(at, _)| &input[at..]);
    let reader: Reader = match input.chars().next() {
        Some('h') => Document::html,
        Some('p') => Document::plain,
        Some('c') => csv,
        _ => Document::markdown,
    };
    (reader, rest)
}

/// Reads a page in this format, checks it, and holds it to its promises.
pub fn page_keeps_its_promises(read: Reader, text: &str) -> Vec<Diagnostic> {
    let page = read(text.to_owned());
    assert_eq!(page.text(), text, "the text stays as it was given");
    document_keeps_its_promises(&page, &read(text.to_owned()))
}

/// Checks a document that was read twice, and holds it to its promises.
pub fn document_keeps_its_promises(page: &Document, again: &Document) -> Vec<Diagnostic> {
    let text = page.text();
    assert_eq!(text, again.text(), "the same bytes are the same text");
    assert_eq!(page.blocks(), again.blocks(), "the same text is read in the same way");
    for span in page.sentences().chain(page.blocks().iter().map(|block| block.span())) {
        assert!(is_whole(span, text), "{span:?} is no run of whole characters");
        let position = page.position(span);
        assert!(position.line >= 1 && position.column >= 1);
        for (at, _) in page.characters(span) {
            assert!(
                span.start() <= at && at < span.end() && text.is_char_boundary(at),
                "a character at {at}, in {span:?}"
            );
        }
    }
    let found = CHECKER.check(page);
    findings_keep_their_promises(page, &found);
    assert_eq!(found, CHECKER.check(again), "the same text has the same findings");
    found
}

/// Problems of a data file point into it.
pub fn problems_stand_in<'t>(problems: &[Diagnostic], file: impl Fn(&str) -> Option<&'t str>) {
    for problem in problems {
        let name = problem.file().expect("a problem of data has a file");
        let text = file(name).expect("the file was read");
        let spans = problem.labels().iter().map(|label| label.span).chain([problem.span()]);
        spans.for_each(|span| assert!(is_inside(span, text), "{problem:?}"));
    }
}
