//! How tables with separators are read: which columns are copy, and where a cell stands.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document};

const FEED: &str = "sku,Title,url,\"Body (HTML)\"\r\n\
    a1,Warm stones,https://example.org/a,\"<p>An hour that <b>flushes</b> \"\"toxins\"\" &amp; more.</p>\"\r\n\
    \r\n\
    a2,Plain,https://example.org/b,\"Two\r\nlines, one cell here\"\r\n";

fn sentences(page: &Document) -> Vec<&str> {
    page.sentences().map(|span| span.of(page.text())).collect()
}

#[test]
fn the_named_columns_are_copy_in_their_order_in_the_file() {
    let feed = Document::csv(FEED, &["Body (HTML)", "Title"]).unwrap();
    assert_eq!(
        sentences(&feed),
        [
            "Warm stones",
            "An hour that <b>flushes</b> \"\"toxins\"\" &amp; more.",
            "Plain",
            "Two\r\nlines, one cell here"
        ]
    );
    assert_eq!(sentences(&Document::tsv("a\tb\nx, y\tz\n", &["a"]).unwrap()), ["x, y"]);
}

#[test]
fn without_names_the_columns_that_hold_prose_are_copy() {
    let feed = Document::csv(FEED, &[]).unwrap();
    assert_eq!(sentences(&feed).len(), 2, "{:?}", sentences(&feed));
}

#[test]
fn a_finding_knows_its_row_and_column_and_its_bytes_are_those_of_the_file() {
    let feed = Document::csv(FEED, &[]).unwrap();
    let checker = Checker::new(Database::builtin());
    let found = checker.check(&feed);
    let detox = found.iter().find(|finding| finding.rule() == "detox-claim").expect("the claim is found");
    assert_eq!(detox.span().of(FEED), "flushes</b> \"\"toxins");
    let cell = feed.cell(detox.span()).unwrap();
    assert_eq!((cell.row, &*cell.column), (2, "Body (HTML)"));
    let last = feed.sentences().last().unwrap();
    assert_eq!(feed.cell(last).unwrap().row, 3);
    assert_eq!(Document::plain("x").cell(last), None);
}

#[test]
fn an_unknown_column_is_an_error_that_names_those_there_are() {
    let error = Document::csv(FEED, &["Titel"]).unwrap_err().to_string();
    assert!(error.contains("did you mean `Title`") && error.contains("sku"), "{error}");
}

#[test]
fn broken_tables_are_read_as_far_as_they_go() {
    for (table, words) in [
        ("", vec![]),
        ("text", vec![]),
        ("text\n\"never closed, and on", vec!["never closed, and on"]),
        ("text,b\nshort row here\n,,,,\n", vec!["short row here"]),
        ("\u{FEFF}text\na quote \" inside here\n", vec!["a quote \" inside here"]),
        ("text\n\"a\" and more words\n", vec!["a\" and more words"]),
    ] {
        let read = Document::csv(table, &[]).unwrap();
        assert_eq!(sentences(&read), words, "{table:?}");
    }
    let long = format!("text\n\"{}\"\n", "much too many words ".repeat(10_000));
    // A sentence without end is read in parts; no word is lost.
    let read = Document::csv(long, &["text"]).unwrap();
    assert_eq!(sentences(&read).iter().flat_map(|part| part.split_whitespace()).count(), 40_000);
}
