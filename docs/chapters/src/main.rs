//! `mdbook-evidence`, a preprocessor of mdBook: fills in the lists of claims and rules, and adds a chapter for each.

use std::io;
use std::process::ExitCode;

use evidence_claims::Database;
use evidence_claims_handbook::{Page, fill};
use mdbook_preprocessor::book::{BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::errors::Error;
use mdbook_preprocessor::parse_input;

fn main() -> ExitCode {
    // `mdbook-evidence supports RENDERER`: HTML in pages is for HTML.
    if let Some("supports") = std::env::args().nth(1).as_deref() {
        return if std::env::args().nth(2).as_deref() == Some("html") { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mdbook-evidence: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The book from standard input to standard output, as mdBook wants it.
fn run() -> Result<(), Error> {
    let (_, mut book) = parse_input(io::stdin())?;
    book.for_each_chapter_mut(|chapter| {
        let (text, pages) = fill(&chapter.content, Database::builtin());
        chapter.content = text;
        let mut above = chapter.parent_names.clone();
        above.push(chapter.name.clone());
        for (page, number) in pages.into_iter().zip(1..) {
            chapter.sub_items.push(item(page, &above, chapter.number.as_ref(), number));
        }
    });
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}

/// A page as a chapter, with the pages below it. Its number, which nobody sees, is what makes the list of contents fold.
fn item(page: Page, above: &[String], section: Option<&SectionNumber>, number: u32) -> BookItem {
    let mut chapter = Chapter::new(&page.title, page.text, page.path, above.to_vec());
    chapter.number =
        section.map(|section| SectionNumber::new(section.iter().copied().chain([number]).collect::<Vec<u32>>()));
    let below = [above, std::slice::from_ref(&page.title)].concat();
    let pages = page.pages.into_iter().zip(1..);
    chapter.sub_items = pages.map(|(page, at)| item(page, &below, chapter.number.as_ref(), at)).collect();
    BookItem::Chapter(chapter)
}
