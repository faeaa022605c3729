//! What holds for every text, whatever its format: spans are whole characters inside the text, messages quote what stands under
//! them, and what is written at a place reads as it was meant. Texts are made from a fixed seed.

use evidence_claims::{BlockKind, Checker, Database, Document, Paragraph, Span};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

#[path = "properties/promises.rs"]
mod promises;

use promises::{findings_keep_their_promises, is_whole};

/// The same texts in every run; a failure is copied into a test of its own.
fn seeded(cases: u32) -> Config {
    Config { rng_seed: RngSeed::Fixed(2026), failure_persistence: None, cases, ..Config::default() }
}

/// Pieces of pages: words that are found, words that are not, and everything that could move an offset.
const PIECES: &[&str] = &[
    "Massage",
    "flushes toxins",
    "lowers cortisol",
    "can ease back pain",
    "cures arthritis",
    "may help",
    "does not",
    "It",
    "and",
    ". ",
    ", ",
    "! ",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\t",
    "&nbsp;",
    "&eacute;",
    "&amp;",
    "&#8217;",
    "&bogus;",
    "é",
    "😌",
    "ﬁ",
    "\u{AD}",
    "\u{200B}",
    "\u{FEFF}",
    "İ",
    "\u{0}",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "# ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n| --- | --- |\n",
    "[",
    "](x)",
    "![",
    "<b>",
    "</b>",
    "<p>",
    "<br>",
    "<!-- ",
    " -->",
    "<script>",
    "</script>",
    "<img alt=\"",
    "' title='",
    "\">",
    "<script type=\"application/ld+json\">{\"name\": \"",
    "\"}</script>",
    "\\u0066",
    "\\",
    "---\ntitle: ",
    "\n---\n",
    "+++\n",
    "{{ ",
    " }}",
    "{% raw %}",
    "<pre>",
    "\"",
    "\"\"",
    "'",
    ";",
    "text,",
    "<title>",
    "<noscript>",
    "<li>",
    "<q>",
    "“",
    "”",
    "’",
    "%",
    "100%",
    "studies show",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The text in every format.
fn documents(text: &str) -> Vec<Document> {
    let kinds = [BlockKind::Heading, BlockKind::ListItem, BlockKind::Paragraph];
    let lines = text.lines().zip(kinds.into_iter().cycle());
    let table = format!("sku,text\n1,{text}\n2,\"{}\"\n", text.replace('"', "\"\""));
    vec![
        Document::markdown(text),
        Document::html(text),
        Document::plain(text),
        Document::csv(table.clone(), &["text"]).unwrap(),
        Document::tsv(table.replace(',', "\t"), &[]).unwrap(),
        Document::paragraphs(lines.map(|(line, kind)| Paragraph::new(kind, line))),
    ]
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(seeded(120))]

    #[test]
    fn spans_are_whole_and_messages_quote_what_stands_there(text in text()) {
        let checker = Checker::new(Database::builtin());
        for page in documents(&text) {
            for span in page.sentences().chain(page.blocks().iter().map(|block| block.span())) {
                prop_assert!(is_whole(span, page.text()), "{span:?} in {:?}", page.text());
            }
            findings_keep_their_promises(&page, &checker.check(&page));
        }
    }
}

/// A place in a format: what stands before and after it, and the reader.
type Place = (&'static str, &'static str, fn(&str) -> Document);

fn csv(text: &str) -> Document {
    Document::csv(text, &["text"]).unwrap()
}

fn markdown(text: &str) -> Document {
    Document::markdown(text)
}

fn html(text: &str) -> Document {
    Document::html(text)
}

/// Places of every kind, each between copy that must stay as it is.
const PLACES: &[Place] = &[
    ("One.\n\nWe say ", " here.\n\nTwo.", markdown),
    ("- **We say ", "** here\n- Two", markdown),
    ("| a | b |\n| --- | --- |\n| We say ", " here | two |\n", markdown),
    ("<div>\nWe say ", " here.\n</div>\n\nTwo.", markdown),
    ("---\ntitle: We say ", " here\nlayout: x\n---\nTwo.", markdown),
    ("---\ntitle: 'We say ", " here'\n---\nTwo.", markdown),
    ("---\ntitle: \"We say ", " here\"\n---\nTwo.", markdown),
    ("+++\ntitle = \"We say ", " here\"\n+++\nTwo.", markdown),
    ("+++\ntitle = 'We say ", " here'\n+++\nTwo.", markdown),
    ("One ![We say ", " here](x.png) two.", markdown),
    ("<p>We say ", " here.<p>Two.", html),
    ("<title>We say ", " here</title><p>Two.", html),
    ("<p><img alt=\"We say ", " here\" src=x> two.", html),
    ("<p><img src=x alt='We say ", " here'> two.", html),
    (
        "<script type=\"application/ld+json\">{\"description\": \"We say ",
        " here\", \"name\": \"Two\"}</script><p>Three.",
        html,
    ),
    ("sku,text,n\n1,\"We say ", " here\",2\n2,Two,3\n", csv),
    ("sku,text,n\n1,We say ", " here,2\n2,Two,3\n", csv),
    ("sku,text,n\n1,\"<p>We say ", " here</p>\",2\n2,Two,3\n", csv),
    ("sku,text,n\n1,\"<p><img alt=\"\"We say ", " here\"\"> two</p>\",2\n2,Two,3\n", csv),
    ("We say ", " here.", |text| Document::plain(text)),
];

/// What a reader sees of each block.
fn seen(page: &Document) -> Vec<String> {
    page.blocks().iter().map(|block| page.characters(block.span()).map(|(_, c)| c).collect()).collect()
}

/// Words with everything that means something somewhere, in one line.
fn words() -> impl Strategy<Value = String> {
    "[a-z]{1,3}( ?[a-zé\"'&<>*_`~\\[\\]|\\\\,;:#%{}!/&=-]{1,4}){0,4}[a-z]".prop_map(|words| spaced(&words))
}

proptest! {
    #![proptest_config(seeded(120))]

    #[test]
    fn what_is_written_at_a_place_reads_as_it_was_meant(words in words()) {
        for (before, after, read) in PLACES {
            let page = read(&format!("{before}old words{after}"));
            let span = Span::new(before.len(), before.len() + "old words".len());
            let Some(written) = page.written(span, &words) else { continue };
            let now = read(&format!("{before}{written}{after}"));
            let expected: Vec<String> = seen(&page).iter().map(|block| block.replace("old words", &words)).collect();
            prop_assert_eq!(seen(&now), expected, "{}{}{}", before, written, after);
        }
    }
}

#[test]
fn words_without_marks_can_be_written_everywhere() {
    for (before, after, read) in PLACES {
        let page = read(&format!("{before}old words{after}"));
        let span = Span::new(before.len(), before.len() + "old words".len());
        assert_eq!(page.written(span, "may help").as_deref(), Some("may help"), "{before}");
    }
}

/// Ways to write a letter that nobody sees a difference in.
fn letter(c: char, how: u8) -> String {
    match how % 6 {
        0 => format!("&#{};", c as u32),
        1 => format!("&#x{:x};", c as u32),
        2 => format!("{c}\u{AD}"),
        _ => c.to_string(),
    }
}

proptest! {
    #![proptest_config(seeded(60))]

    #[test]
    fn a_finding_stands_exactly_under_its_words_however_they_are_written(
        hows in proptest::collection::vec(any::<u8>(), 14),
        before in "(Éclair|😌 calm|Hello &amp; hi|&eacute;t&eacute;)",
        tags in any::<bool>(),
    ) {
        let checker = Checker::new(Database::builtin());
        let words: String = "flushes toxins".chars().zip(&hows).enumerate().map(|(at, (c, how))| match c {
            ' ' => if how % 2 == 0 { "\n".to_owned() } else { " ".to_owned() },
            // The last letter has nothing behind it that could belong to it or not.
            c if at == 13 => c.to_string(),
            c if tags && how % 7 == 0 => format!("<i>{}</i>", letter(c, *how)),
            c => letter(c, *how),
        }).collect();
        for page in [
            Document::html(format!("<p>{before}: it {words}.")),
            Document::html(format!("<img alt=\"{before}: it {}.\">", words.replace("<i>", "").replace("</i>", ""))),
            Document::markdown(format!("{before}: it **{words}**.")),
        ] {
            let found = checker.check(&page);
            let detox = found.iter().find(|found| found.rule() == "detox-claim");
            prop_assert!(detox.is_some(), "{:?}", page.text());
            let span = detox.unwrap().span();
            let seen: String = page.characters(span).map(|(_, c)| c).collect();
            prop_assert_eq!(spaced(&seen), "flushes toxins");
            let start = page.text().find("it ").unwrap() + 3;
            let starts = ["", "**", "<i>", "**<i>"].map(|marks| start + marks.len());
            prop_assert!(starts.contains(&span.start()), "{span:?} of {:?}", page.text());
            prop_assert!(span.of(page.text()).ends_with("toxins") || span.of(page.text()).ends_with('s'), "{span:?}");
        }
    }
}

#[test]
fn every_honest_sentence_reads_the_same_wherever_it_is_put() {
    for claim in Database::builtin().claims() {
        for (before, after, read) in PLACES {
            let page = read(&format!("{before}old words{after}"));
            let span = Span::new(before.len(), before.len() + "old words".len());
            let Some(written) = page.written(span, claim.honest()) else {
                // A colon or an apostrophe in front matter, a comma in a cell without quotes.
                assert!(
                    before.starts_with("---") || before.starts_with("+++") || before.ends_with(",We say "),
                    "{before}"
                );
                continue;
            };
            let now = read(&format!("{before}{written}{after}"));
            assert!(seen(&now).iter().any(|block| block.contains(claim.honest())), "{before}{written}{after}");
            assert_eq!(now.blocks().len(), page.blocks().len(), "{before}{written}{after}");
        }
    }
}
