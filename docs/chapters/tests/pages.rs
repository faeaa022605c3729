//! The handbook holds together: every page is in the list of contents, every link leads somewhere, every record has a page.
//!
//! Reads the pages as mdBook will, without it: those written by hand, those made from records, and what they include.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use evidence_claims::Database;
use evidence_claims_handbook::{Page, fill};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src")
}

/// Every page by its path, as it will be rendered.
fn book() -> BTreeMap<String, String> {
    let mut book = BTreeMap::new();
    for path in contents() {
        let file = source().join(&path);
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (text, pages) = fill(&included(&file, &text), Database::builtin());
        book.insert(path, text);
        add(&mut book, pages);
    }
    book
}

fn add(book: &mut BTreeMap<String, String>, pages: Vec<Page>) {
    for page in pages {
        assert!(book.insert(page.path.clone(), page.text).is_none(), "two pages are called {}", page.path);
        add(book, page.pages);
    }
}

/// The paths in the list of contents.
fn contents() -> Vec<String> {
    let summary = std::fs::read_to_string(source().join("SUMMARY.md")).expect("there is one");
    let paths = Parser::new(&summary).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    paths.collect()
}

/// With `{{#include path}}` replaced by what is there.
fn included(file: &Path, text: &str) -> String {
    let Some((before, rest)) = text.split_once("{{#include ") else { return text.to_owned() };
    let (path, after) = rest.split_once("}}").expect("it is closed");
    let path = file.parent().expect("pages are in a folder").join(path);
    let inner = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    format!("{before}{inner}{}", included(file, after))
}

/// Links, pictures and anchors of a page, those in HTML too.
#[derive(Default)]
struct Places {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

fn places(text: &str) -> Places {
    let mut places = Places::default();
    let mut heading: Option<String> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_HEADING_ATTRIBUTES;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                places.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let base = anchor(&heading.take().unwrap_or_default());
                let mut name = base.clone();
                for number in 1.. {
                    if places.anchors.insert(name.clone()) {
                        break;
                    }
                    name = format!("{base}-{number}");
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => places.links.extend(links_of_html(&html)),
            _ => {}
        }
    }
    places
}

fn links_of_html(html: &CowStr<'_>) -> Vec<String> {
    let attributes = ["href=\"", "src=\""];
    let values = attributes.iter().flat_map(|name| html.split(name).skip(1));
    values.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The anchor that mdBook gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|letter| match letter {
        letter if letter.is_alphanumeric() || letter == '_' || letter == '-' => Some(letter.to_lowercase().to_string()),
        letter if letter.is_whitespace() => Some("-".to_owned()),
        _ => None,
    });
    kept.collect()
}

/// A path with its `..` walked.
fn walked(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_leads_somewhere() {
    let book = book();
    let anchors: BTreeMap<&str, Places> = book.iter().map(|(path, text)| (path.as_str(), places(text))).collect();
    let mut checked = 0;
    let mut broken = Vec::new();
    for (path, places) in &anchors {
        for link in places.links.iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (file, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(file, anchor)| (file, Some(anchor)));
            let file = if file.is_empty() { (*path).to_owned() } else { walked(path, file) };
            let page = file.strip_suffix(".html").map_or(file.clone(), |stem| format!("{stem}.md"));
            let is_there = match (anchors.get(page.as_str()), anchor) {
                (Some(places), Some(anchor)) => places.anchors.contains(anchor),
                (Some(_), None) => true,
                // Pictures and other files are copied as they are.
                (None, _) => !file.ends_with(".md") && source().join(&file).is_file(),
            };
            checked += 1;
            if !is_there {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(checked > 1000, "{checked}");
}

#[test]
fn every_page_is_in_the_list_of_contents() {
    let listed: BTreeSet<String> = contents().into_iter().collect();
    let folders = [source(), source().join("reference")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("it is there"));
    for file in files.map(|entry| entry.expect("it can be read").path()) {
        let inside = file.strip_prefix(source()).expect("it is inside").to_string_lossy().replace('\\', "/");
        if inside.ends_with(".md") && inside != "SUMMARY.md" {
            assert!(listed.contains(&inside), "{inside} is not in SUMMARY.md");
        }
    }
}

#[test]
fn every_claim_and_every_rule_has_a_page_that_says_what_matters() {
    let db = Database::builtin();
    let book = book();
    for claim in db.claims() {
        let page = &book[&format!("claims/{}.md", claim.id())];
        for heading in ["You may publish", "## The question", "## How sure we are", "## What would change this rating"]
        {
            assert!(page.contains(heading), "{}: no {heading}", claim.id());
        }
        for finding in claim.findings() {
            assert!(page.contains(finding.source().url().as_str()), "{}: {}", claim.id(), finding.source().id());
        }
        assert_eq!(page.contains("<svg"), claim.findings().len() > 1 || page.contains("forest"), "{}", claim.id());
    }
    for rule in db.rules() {
        let page = &book[&format!("rules/{}.md", rule.name().replace('/', "-"))];
        assert!(page.contains("## Why"), "{}", rule.name());
        assert_eq!(page.contains("## It fires on"), rule.bad().len() > 0, "{}", rule.name());
        for authority in rule.authority().filter_map(|authority| authority.url.as_ref()) {
            assert!(page.contains(authority.as_str()), "{}", rule.name());
        }
    }
}

#[test]
fn words_of_records_stay_words() {
    let evil = include_str!("evil.toml");
    let db = Database::builder().builtin().text("evil.toml", evil).build().expect("the records load");
    let (_, topics) = fill("{{claims}}", &db);
    let page =
        topics.iter().flat_map(|topic| &topic.pages).find(|page| page.path.contains("evil")).expect("it is there");
    let mut html = Vec::new();
    for event in Parser::new_ext(&page.text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => html.push(text.into_string()),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(!dest_url.starts_with("javascript"), "{dest_url}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("a picture: {dest_url}"),
            _ => {}
        }
    }
    assert!(!html.concat().contains("<script"), "{}", page.text);
    assert!(page.text.contains("alert"), "{}", page.text);
}

#[test]
fn every_chapter_with_rust_in_it_is_compiled() {
    let library = include_str!("../src/lib.rs");
    for path in contents() {
        let text = std::fs::read_to_string(source().join(&path)).expect("it is there");
        if text.contains("```rust\n") {
            assert!(library.contains(&format!("include_str!(\"../../src/{path}\")")), "{path} is not compiled");
        }
    }
}
