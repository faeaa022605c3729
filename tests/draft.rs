//! What a draft promises: after any edits it says what a check of the whole text says.
#![cfg(feature = "check")]

use evidence_claims::{Checker, Database, Document, Draft, Severity, Span};

/// A small generator of numbers (xorshift), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % most.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

/// What pages are made of: sentences that set each other off, and every kind of markup.
const PIECES: &[&str] = &[
    "Our massage lowers cortisol.",
    "Massage may ease back pain for a few days.",
    "It works faster than you think!",
    "This relief is proven.",
    "Does massage boost your immune system?",
    "Absolutely.",
    "Yes!",
    "Results may vary, and this is no medical advice.",
    "Massage cures arthritis and flushes toxins*.",
    "* In some people.",
    "Tell your doctor if you are pregnant.",
    "It does not flush toxins.",
    "A increasing number of people like a ancient art.",
    "Lactic corrosive and bosom malignant growth.",
    "You know endorphins.",
    "Unsere warmen Hände lösen jede Spannung ganz ohne Eile und Hast.",
    "Massage sends them soaring.",
    "An hour costs 60 euros.",
    "Benefits:",
    "Massage can help with:",
    "We do not treat:",
    "\n\n",
    "\n\n",
    "\n",
    "\r\n\r\n",
    " ",
    "\n- back pain\n- better sleep\n- no more stress\n",
    "\n\n1. It flushes toxins\n2. It melts fat\n\n",
    "\n\n## Benefits\n\n",
    "\n\n# Five myths about massage\n\n",
    "\n\n## 1. It flushes toxins\n\n",
    "\n\n## Conclusion\n\nSo massage heals.\n\n",
    "\n\n> Massage cures everything.\n\n",
    "\n\n| a | b |\n| --- | --- |\n| less pain | boosts immunity |\n\n",
    "**lowers** _stress_",
    "[cures pain](https://example.org)",
    "![Massage heals wounds](x.png)",
    "<b>boosts</b>",
    "<br>",
    "<p>",
    "</p>",
    "<ul><li>less pain<li>better sleep</ul>",
    "<h2>Benefits</h2>",
    "<blockquote>",
    "</blockquote>",
    "<img alt=\"cures cancer\">",
    "<noscript>Massage cures asthma.</noscript>",
    "\n\n<div>\n\nMassage detoxes.\n\n</div>\n\n",
    "<!-- a comment -->",
    "\n<!--\n\n",
    "-->",
    "\n```\ncode\n",
    "\n```\n",
    "    indented",
    "{{ page.title }}",
    "{%",
    "%}",
    "\n[x]: https://example.org\n",
    "[x]",
    "\n---\ntitle: Massage heals\n---\n",
    "import a from \"b\"\n",
    "&eacute;",
    "é😌",
    "tox\u{AD}ins",
    "\"",
    "“",
    "”",
    "=",
    "#",
    "*",
    "`",
    "<",
    "a",
    ".",
];

fn text(dice: &mut Dice, from: &[&str], pieces: usize) -> String {
    (0..pieces).map(|_| dice.pick(from).to_owned() + if dice.below(3) == 0 { " " } else { "" }).collect()
}

fn place(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Makes random edits, and compares with a check of the whole text after each.
fn holds(read: fn(String) -> Document, seed: u64, pages: usize, edits: usize) {
    // Every fourth page is at its limit of findings now and then, and below it again.
    let few = 6;
    let (all, limited) = (Checker::new(Database::builtin()), Checker::new(Database::builtin()).max_findings(few));
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for page in 0..pages {
        let pieces = 5 + dice.below(60);
        let checker = if page % 4 == 3 { &limited } else { &all };
        // References and templates reach over the whole page: every other page does without.
        let far = |piece: &str| piece.contains('{') || piece.contains("]:");
        let from: Vec<&str> = PIECES.iter().copied().filter(|piece| page % 2 == 0 || !far(piece)).collect();
        let mut whole = text(&mut dice, &from, pieces);
        let mut draft = Draft::new(checker, read(whole.clone()));
        for edit in 0..edits {
            let start = place(&mut dice, &whole);
            let before = whole.clone();
            let (mut end, words) = match dice.below(6) {
                0 => (start + dice.below(60), String::new()),
                1 => (start + dice.below(8), text(&mut dice, &from, 1)),
                2 => (start, text(&mut dice, &from, 3)),
                _ => (start, dice.pick(&from).to_owned()),
            };
            end = end.min(whole.len());
            while !whole.is_char_boundary(end) {
                end -= 1;
            }
            whole.replace_range(start..end, &words);
            if dice.below(5) == 0 {
                draft.replace(&whole);
            } else {
                draft.edit(Span::new(start, end), &words);
            }
            let document = read(whole.clone());
            let case =
                || format!("seed {seed}, page {page}, edit {edit}: {start}..{end} of {before:?} became {words:?}");
            assert_eq!(draft.document().text(), whole, "{}", case());
            assert_eq!(draft.document().blocks(), document.blocks(), "{}", case());
            let whole_check = checker.check(&document);
            let differ = draft.findings().iter().zip(&whole_check).find(|(draft, check)| draft != check);
            assert_eq!(differ, None, "{}", case());
            assert_eq!(draft.findings().len(), whole_check.len(), "{}", case());
            assert!(page % 4 != 3 || whole_check.len() <= few + 1, "{}", case());
            let words: Vec<Span> = document.sentences().collect();
            assert!(draft.document().sentences().eq(words.iter().copied()), "{}", case());
            for span in words {
                assert_eq!(draft.document().position(span), document.position(span), "{}", case());
            }
        }
    }
}

/// More pages with `DRAFT_PAGES=500 cargo test --test draft`.
fn pages() -> usize {
    std::env::var("DRAFT_PAGES").ok().and_then(|pages| pages.parse().ok()).unwrap_or(12)
}

#[test]
fn a_draft_of_markdown_says_what_a_check_of_the_whole_says() {
    holds(Document::markdown, 1, pages(), 40);
}

#[test]
fn a_draft_of_html_says_what_a_check_of_the_whole_says() {
    holds(Document::html, 2, pages(), 25);
}

#[test]
fn a_draft_of_plain_text_says_what_a_check_of_the_whole_says() {
    holds(Document::plain, 3, pages(), 25);
}

#[test]
fn a_draft_of_a_table_says_what_a_check_of_the_whole_says() {
    let table = |text: String| Document::csv(format!("Name,Body\n{text}"), &[]).expect("all columns");
    let checker = Checker::new(Database::builtin());
    let mut draft = Draft::new(&checker, table("oil,\"Our oil smells of pine and of moss.\"\n".to_owned()));
    let at = draft.document().text().find("smells").expect("the word");
    draft.edit(Span::new(at, at + 6), "cures arthritis and smells");
    assert_eq!(draft.findings(), checker.check(draft.document()));
    assert_eq!(draft.findings()[0].rule(), "cure-claim");
}

/// Blocks that decide how others are read: lead-ins and their lists, headings of myths, a question, a hedge, a limit, a disclaimer.
const BLOCKS: &[&str] = &[
    "# Massage eases neck pain",
    "Open all week.\n\n- towels\n- tea",
    "We do not treat:",
    "- back pain\n- migraine",
    "Massage can help with:\n\n1. stress\n2. sleep",
    "Does massage boost your immune system?",
    "Absolutely.",
    "Massage may ease neck pain a little for a short time.",
    "Massage eases neck pain. It works faster than you think!",
    "# Two myths about massage",
    "## 1. It flushes toxins",
    "Results may vary. Massage is not a substitute for medical care.",
    "Massage cures insomnia.",
    "Unsere warmen Hände lösen jede Spannung ganz ohne Eile. Wir nehmen uns dafür eine ganze Stunde nur für Sie.",
    "Rufen Sie uns an oder schreiben Sie gern eine Nachricht. Parkplätze finden Sie gleich hinter dem Haus neben der Kirche.",
    "A increasing number of people like a ancient art of warm hands.",
    "Massage may leave you sore for a day, with a little bruising.",
];

#[test]
fn a_block_may_be_taken_out_put_in_and_moved_anywhere() {
    let checker = Checker::new(Database::builtin());
    let page = |blocks: &[&str]| blocks.join("\n\n") + "\n";
    let mut draft = Draft::new(&checker, Document::markdown(page(BLOCKS)));
    let mut becomes = |blocks: &[&str]| {
        draft.replace(&page(blocks));
        assert_eq!(draft.findings(), checker.check(draft.document()), "{blocks:?}");
    };
    for at in 0..BLOCKS.len() {
        let mut blocks = BLOCKS.to_vec();
        let block = blocks.remove(at);
        becomes(&blocks);
        for to in 0..blocks.len() {
            let mut moved = blocks.clone();
            moved.insert(to, block);
            becomes(&moved);
        }
        becomes(BLOCKS);
    }
}

#[test]
fn an_answer_that_is_edited_is_read_with_its_question() {
    let checker = Checker::new(Database::builtin());
    let page = |answer: &str| {
        format!("Open all week.\n\nDoes massage boost your immune system?\n\n{answer}\n\nAn hour is £50.\n")
    };
    let mut draft = Draft::new(&checker, Document::markdown(page("Ask us.")));
    assert!(draft.findings().is_empty());
    for (answer, count) in [("Absolutely.", 1), ("Nobody knows.", 0), ("Yes!", 1), ("Ask us.", 0)] {
        draft.replace(&page(answer));
        assert_eq!(draft.findings().len(), count, "{answer}");
        assert_eq!(draft.findings(), checker.check(draft.document()), "{answer}");
    }
}

#[test]
fn a_question_that_has_moved_is_read_with_the_answer_that_comes_then() {
    let checker = Checker::new(Database::builtin());
    let question = "Does massage boost your immune system?";
    let mut draft = Draft::new(&checker, Document::markdown(format!("Open.\n\n{question}\n")));
    for before in ["Open all week.\n\n", "Open.\n\nWarm rooms.\n\n", "", "Open.\n\n"] {
        for answer in ["", "\n\nAbsolutely.", "\n\nAsk us."] {
            draft.replace(&format!("{before}{question}\n"));
            draft.replace(&format!("{before}{question}{answer}\n"));
            assert_eq!(draft.findings(), checker.check(draft.document()), "{before}{question}{answer}");
            assert_eq!(draft.findings().len(), usize::from(answer.contains("Absolutely")));
        }
    }
}

#[test]
fn a_list_that_is_put_between_a_lead_in_and_its_list_takes_its_place() {
    let checker = Checker::new(Database::builtin());
    let page =
        |between: &str| format!("Open.\n\nWe do not treat:\n\n{between}- Massage eases back pain\n\nWarm rooms.\n");
    let mut draft = Draft::new(&checker, Document::markdown(page("")));
    assert!(draft.findings().is_empty());
    for (between, count) in [
        ("- towels\n\nHello.\n\n", 1),
        ("", 0),
        ("- towels\n- tea\n\n<!-- -->\n\n", 1),
        ("- towels\n\nHello.\n\nWe treat:\n\n1. feet\n\nHello.\n\n", 1),
        ("- towels\n\nHello.\n\n", 1),
        ("- towels\n", 0),
    ] {
        draft.replace(&page(between));
        assert_eq!(draft.findings(), checker.check(draft.document()), "{between}");
        assert_eq!(draft.findings().len(), count, "{between}");
    }
}

#[test]
fn a_slip_becomes_a_sign_of_a_machine_when_another_comes_and_a_slip_again_when_it_goes() {
    let checker = Checker::new(Database::builtin());
    let page = |more: &str| format!("With a apricot scrub.\n\nOpen all week.\n\n{more}\n\nWarm rooms.\n");
    let mut draft = Draft::new(&checker, Document::markdown(page("Come in.")));
    for more in [
        "With a olive oil.",
        "Come in.",
        "With an banana and a olive oil.",
        "With a olive oil.",
        "Lactic corrosive.",
        "Come.",
    ] {
        draft.replace(&page(more));
        assert_eq!(draft.findings(), checker.check(draft.document()), "{more}");
        let alone = more.starts_with("Come");
        assert_eq!(draft.findings()[0].severity() == Severity::Note, alone, "{more}");
    }
}

#[test]
fn an_edit_outside_the_text_or_inside_a_character_moves_to_where_one_begins() {
    let checker = Checker::new(Database::builtin());
    let mut draft = Draft::new(&checker, Document::plain("é"));
    draft.edit(Span::new(1, 90), "Massage cures arthritis.");
    assert_eq!(draft.document().text(), "Massage cures arthritis.");
    assert_eq!(draft.findings(), checker.check(draft.document()));
}

#[test]
fn a_letter_may_be_replaced_by_one_that_shares_some_of_its_bytes() {
    let checker = Checker::new(Database::builtin());
    // Two bytes each; the second is like the first in its first byte, the third in its last.
    for (old, new) in [("é", "è"), ("é", "ũ"), ("è", "éé"), ("éé", "é"), ("", "é"), ("é", "")] {
        let page = |letter: &str| format!("Our caf{letter} is warm.\n\nMassage cures arthritis.\n");
        let mut draft = Draft::new(&checker, Document::markdown(page(old)));
        draft.replace(&page(new));
        assert_eq!(draft.document().text(), page(new));
        assert_eq!(draft.findings(), checker.check(&Document::markdown(page(new))), "{old} to {new}");
        assert!(!draft.findings().is_empty());
    }
}

#[test]
fn a_mark_may_be_put_anywhere_in_a_table_and_taken_out_again() {
    let checker = Checker::new(Database::builtin());
    let read = |text: &str| Document::csv(text, &[]).expect("all columns");
    let table = "id,text\n1,\"We are near. Massage flushes toxins. Come\"\n2,Massage flushes toxins.\n\
                 3,\"Ours, too\"; Massage flushes toxins. It does\n\n- and <b>more\"\n4,\"Massage \"\"flushes\"\" toxins.\"\n\
                 5,\"We bring oil.\";</p><p>We edit nothing.</p><p>Massage flushes toxins. Come\n";
    for mark in ["\"", ",", "\n", "\"\"", "\"\n", "<b>", "<!--"] {
        for at in 0..=table.len() {
            let mut draft = Draft::new(&checker, read(table));
            let changed = [&table[..at], mark, &table[at..]].concat();
            for text in [&*changed, table] {
                draft.replace(text);
                assert_eq!(draft.findings(), checker.check(&read(text)), "{text}");
            }
        }
    }
}
