//! What `--cache` promises: the same output, less work, and no harm when its file is damaged.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn check(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.current_dir(folder).arg("check").args(args).env("LC_ALL", "C.UTF-8").env("COLUMNS", "80").output().unwrap()
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("site")).unwrap();
    let pages = [
        ("site/a.md", "# Calm\n\nMassage can ease back pain and *flushes toxins*.\n\nAn hour costs 60 euros.\n"),
        ("site/kept.md", "It cures arthritis. <!-- claims-ignore-line cure-claim until 2027-01-31: a quotation -->\n"),
        ("site/page.html", "<title>It flushes toxins</title><p>Massage <b>reduces</b> back pain."),
        ("site/clean.txt", "An hour costs 60 euros."),
        ("site/feed.csv", "sku,text\n1,\"It flushes toxins, \"\"really\"\".\"\n"),
    ];
    for (name, text) in pages {
        fs::write(at.join(name), text).unwrap();
    }
    fs::copy("tests/pages/leaflet.docx", at.join("site/leaflet.docx")).unwrap();
    fs::copy("tests/pages/utf16.txt", at.join("site/utf16.txt")).unwrap();
    folder
}

#[track_caller]
fn same(a: &Output, b: &Output, why: &str) {
    assert!(a.status == b.status && a.stdout == b.stdout && a.stderr == b.stderr, "{why}: {a:?} {b:?}");
}

#[test]
fn what_is_written_is_the_same_with_a_new_cache_with_an_old_one_and_without() {
    let folder = site();
    let at = folder.path();
    for format in ["human", "json", "sarif", "html"] {
        let args = ["site", "site/feed.csv", "--today", "2026-11-26", "--format", format];
        let without = check(at, &args);
        assert!(!without.stdout.is_empty(), "{without:?}");
        let with = [&args[..], &["--cache"]].concat();
        same(&check(at, &with), &without, format);
        same(&check(at, &with), &without, format);
    }
}

#[test]
fn a_day_that_passes_counts_though_the_text_is_known() {
    let folder = site();
    let on = |day: &str| check(folder.path(), &["site/kept.md", "--cache", "--format", "lines", "--today", day]);
    assert_eq!((on("2027-01-31").stdout.len(), on("2027-01-31").status.code()), (0, Some(0)));
    let later = String::from_utf8(on("2027-02-01").stdout).unwrap();
    assert!(later.contains("cure-claim") && later.contains("suppression/expired"), "{later}");
    assert_eq!(on("2027-01-31").stdout.len(), 0);
}

#[test]
fn severities_profiles_columns_kinds_and_packs_are_not_mixed_up() {
    let folder = site();
    let at = folder.path();
    fs::create_dir(at.join("acme")).unwrap();
    for file in ["pack.toml", "records.toml"] {
        fs::copy(format!("tests/pages/acme/{file}"), at.join("acme").join(file)).unwrap();
    }
    fs::write(at.join("site/sparkle.md"), "`It adds sparkle` and it adds sparkle.\n").unwrap();
    let variants: [&[&str]; 8] = [
        &["site"],
        &["site", "--severity", "detox-claim=note"],
        &["site", "--severity", "detox-claim=off"],
        &["site", "--profile", "uk-cap"],
        &["site", "--as", "text"],
        &["site", "--pack", "acme"],
        &["site/feed.csv", "--column", "sku"],
        &["site/feed.csv", "--column", "text"],
    ];
    let cached = |args: &[&str]| check(at, &[args, &["--format", "json", "--cache"]].concat());
    let plain = |args: &[&str]| check(at, &[args, &["--format", "json"]].concat());
    let (first, second): (Vec<_>, Vec<_>) = variants.iter().map(|args| (cached(args), plain(args))).unzip();
    for (args, (cached, plain)) in variants.iter().zip(first.iter().zip(&second)) {
        same(cached, plain, &format!("{args:?}"));
    }
    // The pack of yesterday is another pack.
    let records = at.join("acme/records.toml");
    let text = fs::read_to_string(&records).unwrap();
    fs::write(&records, text.replace("adds sparkle", "adds glitter")).unwrap();
    same(&cached(&["site", "--pack", "acme"]), &plain(&["site", "--pack", "acme"]), "after an edit of the pack");
}

#[test]
fn a_known_text_is_not_checked_again() {
    let folder = site();
    let at = folder.path();
    let cache = at.join("kept/cache");
    fs::create_dir(at.join("kept")).unwrap();
    let args = ["site/a.md", "--cache-location", "kept/cache", "--format", "lines"];
    let first = check(at, &args);
    let written = fs::read(&cache).unwrap();
    same(&check(at, &args), &first, "again");
    assert_eq!(fs::read(&cache).unwrap(), written, "nothing new, nothing written");
    // Under another name, and in another encoding, it is the same text.
    let text = fs::read_to_string(at.join("site/a.md")).unwrap();
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(at.join("site/b.md"), utf_16).unwrap();
    check(at, &["site/b.md", "--cache-location", "kept/cache"]);
    assert_eq!(fs::read(&cache).unwrap(), written);
    assert_eq!(fs::read_dir(at.join("kept")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_damaged_cache_is_said_and_made_anew_and_another_file_is_left_alone() {
    let folder = site();
    let at = folder.path();
    let args = ["site/a.md", "--cache", "--format", "lines"];
    let first = check(at, &args);
    let cache = at.join(".claims-cache");
    let whole = fs::read(&cache).unwrap();
    let mut flipped = whole.clone();
    let last = flipped.len() - 12;
    flipped[last] ^= 0x10;
    for damaged in [&whole[..whole.len() - 7], &whole[..20], &flipped[..]] {
        fs::write(&cache, damaged).unwrap();
        let output = check(at, &args);
        assert_eq!((output.status.code(), &output.stdout), (Some(1), &first.stdout));
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "claims: the cache .claims-cache is damaged and is made anew\n"
        );
        assert_eq!(fs::read(&cache).unwrap(), whole, "it is whole again");
    }
    let output = check(at, &["site/a.md", "--cache-location", "site/clean.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(at.join("site/clean.txt")).unwrap(), "An hour costs 60 euros.");
}

#[test]
fn the_cache_lies_beside_the_project_file() {
    let folder = site();
    let at = folder.path();
    fs::write(at.join("evidence.toml"), "files = [\"site\"]\n").unwrap();
    check(&at.join("site"), &["--cache"]);
    assert!(at.join(".claims-cache").is_file() && !at.join("site/.claims-cache").exists());
}
