//! How paragraphs of a word processor are read: as the same words in Markdown are, with places in characters.
#![cfg(feature = "check")]

use evidence_claims::BlockKind::{Button, Heading, ListItem, Paragraph as Text, TableCell};
use evidence_claims::{BlockKind, Checker, Database, Document, Paragraph, Span};

fn letter(paragraphs: &[(BlockKind, &str)]) -> Document {
    Document::paragraphs(paragraphs.iter().map(|(kind, text)| Paragraph::new(*kind, *text)))
}

fn findings(document: &Document) -> Vec<(String, String)> {
    let checker = Checker::new(Database::builtin());
    let found = checker.check(document);
    found.iter().map(|found| (found.rule().to_owned(), found.span().of(document.text()).to_owned())).collect()
}

#[test]
fn headings_and_paragraphs_with_a_colon_introduce_the_list_below_as_in_markdown() {
    let lead_ins = [
        ("Massage may help with:", Text, ""),
        ("Massage helps with:", Text, ""),
        ("Tell us before your massage if you have:", Text, ""),
        ("Benefits of massage", Heading, "# "),
        ("Call us today.", Text, ""),
    ];
    let mut seen = Vec::new();
    for (lead_in, kind, mark) in lead_ins {
        let items = ["lower cortisol", "better sleep", "anxiety"];
        let mut paragraphs = vec![(kind, lead_in), (Text, "  ")];
        paragraphs.extend(items.map(|item| (ListItem, item)));
        paragraphs.extend([(Text, "We flush toxins."), (ListItem, "better sleep")]);
        let list: String = items.iter().map(|item| format!("- {item}\n")).collect();
        let page = format!("{mark}{lead_in}\n\n{list}\nWe flush toxins.\n\n- better sleep\n");
        let found = findings(&letter(&paragraphs));
        assert_eq!(found, findings(&Document::markdown(page)), "{lead_in}");
        seen.push(found);
    }
    seen.dedup();
    assert!(seen.len() > 2, "the lead-ins make a difference: {seen:?}");
}

#[test]
fn words_have_a_paragraph_and_characters() {
    let document = letter(&[
        (Heading, "Café"),
        (Text, ""),
        (Text, " 😌 Our massage flushes\u{AD} toxins.\nEvery day. "),
        (TableCell, "Prices"),
        (Button, "Book"),
    ]);
    let words: Vec<&str> = document.sentences().map(|sentence| sentence.of(document.text())).collect();
    assert_eq!(words, ["Café", "😌 Our massage flushes\u{AD} toxins.", "Every day.", "Prices", "Book"]);
    let at = document.text().find("flushes").unwrap();
    let place = document.place_in_paragraph(Span::new(at, at + "flushes\u{AD} toxins".len())).unwrap();
    assert_eq!((place.number, place.start, place.end), (3, 15, 30));
    let found = findings(&document);
    assert!(found.iter().any(|(rule, words)| rule == "detox-claim" && words.contains("flushes")), "{found:?}");
    assert_eq!(Document::plain("Words.").place_in_paragraph(Span::new(0, 5)), None);
}

#[test]
fn nothing_and_empty_paragraphs_are_no_words() {
    for paragraphs in [&[][..], &[(Text, "")], &[(ListItem, " "), (Heading, "\n"), (Text, "\t")]] {
        assert_eq!(letter(paragraphs).sentences().count(), 0);
    }
}
