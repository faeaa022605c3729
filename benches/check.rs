//! What loading, asking and checking cost, each beside a yardstick measured in the same run: machines are noisy, ratios carry.
//!
//! `cargo bench` prints the table. The page is made from the base's own sentences with a fixed seed, about a quarter of them
//! overclaims.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use evidence_claims::{Checker, Database, Document, Query};

/// The shortest of several runs, and what the last one made.
fn shortest<T>(runs: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut best = Duration::MAX;
    let mut made = None;
    for _ in 0..runs {
        let start = Instant::now();
        let value = black_box(work());
        best = best.min(start.elapsed());
        made = Some(value);
    }
    (best, made.expect("at least one run"))
}

/// A page of about `bytes` bytes.
fn page(db: &Database, bytes: usize) -> String {
    const PLAIN: [&str; 6] = [
        "An hour costs 60 euros and can be moved until the day before.",
        "The rooms are warm, the music is quiet and there is tea afterwards.",
        "Please arrive ten minutes early so that there is time for the form.",
        "She trained for two years and works with runners and with people who sit all day.",
        "Strokes run from the shoulder to the hip and back, as firm as you like.",
        "Parking is behind the house; the bell is the one with the blue label.",
    ];
    let overclaims: Vec<&str> = db.claims().flat_map(|claim| claim.marketing()).collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 33) as usize % below
    };
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes {
        let sentence = if next(4) == 0 { overclaims[next(overclaims.len())] } else { PLAIN[next(PLAIN.len())] };
        text.push_str(sentence);
        text.push_str(if next(4) == 0 { "\n\n" } else { " " });
    }
    text
}

/// The texts of all data files.
fn data(directory: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            data(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.extend(std::fs::read_to_string(path));
        }
    }
}

fn row(work: &str, time: Duration, yardstick: &str, unit: Duration) {
    println!(
        "{work:44} {time:>12.3?}   {yardstick:36} {unit:>12.3?}   x{:.2}",
        time.as_secs_f64() / unit.as_secs_f64()
    );
}

fn main() {
    let db = Database::builtin();
    let quick = std::env::args().any(|arg| arg == "--test");
    let (runs, megabytes) = if quick { (1, 1) } else { (5, 10) };

    let mut files = Vec::new();
    data(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &mut files);
    let (parse, _) = shortest(runs, || files.iter().filter(|text| toml::de::DeTable::parse(text).is_ok()).count());
    let (load, _) = shortest(runs, || Database::builder().builtin().build());
    row("load the built-in pack", load, "parse the same files to tables", parse);

    let query: Query = "certainty<=low direction:mixed".parse().expect("a query");
    let (touch, _) = shortest(runs, || db.claims().filter(|claim| claim.id().len() > 3).count());
    let (ask, _) = shortest(runs, || db.query(&query).count());
    row("a query over all claims", ask, "look at each claim's id", touch);

    let checker = Checker::new(db);
    let (compile, _) = shortest(runs, || Checker::new(db).check(&Document::plain("Hello.")));
    row("compile the vocabulary", compile, "load the built-in pack", load);

    let text = page(db, megabytes << 20);
    let (words, _) = shortest(runs, || text.split_ascii_whitespace().map(str::len).sum::<usize>());
    let (read, _) = shortest(runs, || Document::markdown(text.clone()));
    let document = Document::markdown(text.clone());
    let (check, found) = shortest(runs, || checker.check(&document).len());
    row(&format!("read {megabytes} MB of Markdown"), read, "split the same text at spaces", words);
    row(&format!("check {megabytes} MB, {found} findings built"), check, "split the same text at spaces", words);
    println!("check: {:.1} MB/s", (text.len() as f64 / 1e6) / check.as_secs_f64());
}
