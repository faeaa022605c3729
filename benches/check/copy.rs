//! Checking copy: against one raw pass, with two threads, as input grows, and on input made to hurt.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use evidence_claims::{Checker, Database, Document};

use crate::{Size, row, shortest, shortest_on_the_wall, text};

const SEED: u64 = 20_261_122;

/// One automaton over the words and phrases of the vocabulary that are written out and have at least `letters` letters: what any
/// checker with this vocabulary has to do. Without the short ones ("in", "he"), which are found inside every other word, the pass
/// is some times faster, and the harder yardstick.
fn automaton(db: &Database, letters: usize) -> AhoCorasick {
    let plain = |form: &&str| !form.contains(['(', '[', '{', '<', '|']) && form.len() >= letters;
    let forms = db.terms().flat_map(|term| term.forms().chain(term.verbs())).filter(plain);
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(forms)
        .expect("an automaton")
}

fn scan(automaton: &AhoCorasick, text: &str) -> usize {
    automaton.find_overlapping_iter(text).count()
}

pub(crate) fn whole(size: Size) {
    let db = Database::builtin();
    let checker = Checker::new(db).max_findings(usize::MAX);
    let text = text::markdown(SEED, size.megabytes << 20);
    let check = shortest(size.runs, || checker.check(&Document::markdown(text.as_str())));
    let name = format!("whole check of {} MiB Markdown, diagnostics built", size.megabytes);
    for (letters, which, required) in [(2, "all", "≤ 4, aim 1.7"), (5, "those of five letters or more:", "")] {
        let automaton = automaton(db, letters);
        let raw = shortest(size.runs, || scan(&automaton, &text));
        let pass = format!("one raw pass of a DFA, overlapping, {which} {} phrases", automaton.patterns_len());
        row(&name, check, &pass, raw, required);
    }
    let read = shortest(size.runs, || Document::markdown(text.as_str()));
    row("its reading alone: Markdown to blocks", read, "the whole check", check, "");
}

/// A directory of files that is removed at the end.
struct Files(PathBuf);

impl Files {
    fn new(count: usize) -> Self {
        let directory = std::env::temp_dir().join(format!("evidence-claims-bench-{}", std::process::id()));
        std::fs::create_dir_all(&directory).expect("a directory for files");
        for at in 0..count {
            let page = text::markdown(SEED + at as u64, 5 << 10);
            std::fs::write(directory.join(format!("{at}.md")), page).expect("a file");
        }
        Self(directory)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `work` on the files `0..count`, the odd ones on a second thread when there are two.
fn over(files: &Path, count: usize, threads: usize, work: impl Fn(String) -> usize + Sync) -> usize {
    let part = |first: usize| {
        (first..count)
            .step_by(threads)
            .filter_map(|at| std::fs::read_to_string(files.join(format!("{at}.md"))).ok())
            .map(&work)
            .sum::<usize>()
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || part(first))).collect();
        part(0) + others.into_iter().map(|other| other.join().expect("a thread")).sum::<usize>()
    })
}

pub(crate) fn threads(size: Size) {
    let db = Database::builtin();
    let checker = Checker::new(db).max_findings(usize::MAX);
    let files = Files::new(size.files);
    let check = |text: String| checker.check(&Document::markdown(text)).len();
    let run = |threads| shortest_on_the_wall(size.runs, || over(&files.0, size.files, threads, check));
    let (one, two) = (run(1), run(2));
    let count = size.files;
    row(&format!("one thread over {count} files of 5 KiB"), one, "two threads", two, "≥ 1.7, aim 1.95");
    for (letters, which, required) in [(2, "all", "≤ 5, aim 2"), (5, "those of five letters or more:", "")] {
        let automaton = automaton(db, letters);
        // Read, parse, scan, keep the places of words: all but the claims.
        let pipeline = |text: String| {
            let mut spans = Vec::new();
            for (event, range) in pulldown_cmark::Parser::new(&text).into_offset_iter() {
                if let pulldown_cmark::Event::Text(words) = event {
                    let found = automaton.find_overlapping_iter(&*words);
                    spans.extend(found.map(|hit| (range.start + hit.start(), range.start + hit.end())));
                }
            }
            spans.len()
        };
        let bare = shortest_on_the_wall(size.runs, || over(&files.0, size.files, 2, pipeline));
        let pipeline = format!("read, parse, scan without claim logic, {which} {} phrases", automaton.patterns_len());
        row(&format!("two threads over {count} files"), two, &pipeline, bare, required);
    }
}

fn per_byte(time: Duration, bytes: usize) -> Duration {
    // Of one MiB, since a nanosecond is too coarse.
    time.mul_f64(f64::from(1 << 20) / bytes as f64)
}

pub(crate) fn growth(size: Size) {
    let db = Database::builtin();
    let checker = Checker::new(db).max_findings(usize::MAX);
    let time = |checker: &Checker<'_>, megabytes: usize| {
        let text = text::markdown(SEED, megabytes << 20);
        let runs = if megabytes > 10 { 1 } else { size.runs };
        per_byte(shortest(runs, || checker.check(&Document::markdown(text.as_str()))), text.len())
    };
    let small = time(&checker, 1);
    for megabytes in [size.megabytes, size.megabytes * 10] {
        row(&format!("a MiB of {megabytes} MiB"), time(&checker, megabytes), "a MiB of 1 MiB", small, "about 1");
    }
    let mut terms = String::new();
    for (at, term) in (0..9).flat_map(|_| db.terms()).enumerate() {
        let _ = writeln!(
            terms,
            "[[term]]\nid = \"more-{at}\"\nclass = \"outcome\"\nlabel = \"more {at}\"\nforms = [\"zq{at} {}\"]\n\
             topic = \"pain\"\nwanted = \"less\"\n",
            term.id().replace(['-', ':'], " ")
        );
    }
    let ten = Database::builder().builtin().text("more.toml", terms).build().expect("ten times the vocabulary");
    row(
        &format!("1 MiB with {} terms", ten.terms().len()),
        time(&Checker::new(&ten).max_findings(usize::MAX), 1),
        &format!("with {} terms", db.terms().len()),
        small,
        "about 1",
    );
}

/// Inputs that nobody writes, so that nobody can stop a server with one.
fn hostile(bytes: usize) -> Vec<(&'static str, String)> {
    let copy = text::markdown(SEED, bytes);
    let repeat = |words: &str| words.repeat(bytes / words.len());
    let letters = |c: &char| c.is_alphabetic() || *c == ' ';
    let quotes = bytes.min(1_000_000);
    vec![
        ("one sentence", copy.replace(['.', '!', '?', '\n', '-', '#'], " ")),
        ("one sentence without any mark", copy.chars().filter(letters).collect()),
        ("nested quotation marks", format!("{}massage cures pain{}", "“".repeat(quotes), "”".repeat(quotes))),
        ("nested brackets", format!("{}massage cures pain{}", "(".repeat(quotes), ")".repeat(quotes))),
        ("nested block quotes", "> ".repeat(quotes / 2) + "massage cures pain"),
        ("straight quotation marks", repeat("'massage \"cures ")),
        ("apostrophes", repeat(" 'a")),
        ("no spaces", copy.replace([' ', '\n'], "")),
        ("hashtags without spaces", repeat("#nomorepain#massage")),
        ("full stops", repeat(".")),
        ("full stops and letters", repeat("e.g. ")),
        ("all capitals", copy.to_uppercase()),
        ("every word a cue", repeat("may reduce pain and not cure stress but boosts sleep, ")),
        ("every word an outcome", repeat("pain stress sleep anxiety ")),
        ("every word a doubt", repeat("pain is uncertain and a myth ")),
        ("every word begins a pattern", repeat("no more pain the your our all of the body ")),
        ("lines of a list", repeat("- pain\n")),
        ("headings", repeat("# Massage cures pain\n")),
        ("questions and yeses", repeat("Does massage cure pain? Yes! ")),
        ("a row of pictures", repeat("💯☀️")),
        ("pictures and dashes between words", repeat("pain ☀️ cures – ")),
        ("links", repeat("[cures pain](x) ")),
        ("unclosed links", repeat("[cures pain")),
    ]
}

pub(crate) fn adversarial(size: Size) {
    let checker = Checker::new(Database::builtin()).max_findings(usize::MAX);
    let bytes = size.hostile;
    let normal = text::markdown(SEED, bytes);
    let usual = shortest(size.runs, || checker.check(&Document::markdown(normal.as_str())));
    let usual = per_byte(usual, normal.len());
    for (name, text) in hostile(bytes) {
        for (kind, read) in [("plain", Document::plain as fn(String) -> Document), ("Markdown", Document::markdown)] {
            // As often as the copy it is compared with: of several times the shortest.
            let time = shortest(size.runs, || checker.check(&read(text.clone())));
            row(&format!("a MiB of {name}, {kind}"), per_byte(time, text.len()), "a MiB of copy", usual, "≤ 4");
        }
    }
}
