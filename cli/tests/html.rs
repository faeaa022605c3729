//! The HTML report: what it is made of, where its marks stand, and that no word of a page can become more than a word.
//!
//! `SNAPSHOTS=overwrite cargo test -p evidence-claims-cli --test html` writes the small report anew. `tests/browser/` at the root
//! opens a report in a browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::Assert;

/// Elements of a report that are closed by their start tag.
const VOID: [&str; 3] = ["!DOCTYPE", "meta", "input"];

#[track_caller]
fn report(directory: &Path, args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_claims"))
        .args(["check", "--format", "html"])
        .args(args)
        .current_dir(directory)
        .output()
        .unwrap();
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn pages() -> &'static Path {
    Path::new("tests/pages")
}

/// A start or end tag: its name, and its attributes with their values.
#[derive(Debug)]
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

/// All tags of a page, except what stands inside its own style and script.
fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let name = after.split([' ', '>']).next().unwrap();
        let mut inside = &after[name.len()..];
        let mut attributes = Vec::new();
        while let Some(more) = inside.strip_prefix(' ') {
            let end = more.find(['=', ' ', '>']).unwrap();
            let (key, tail) = more.split_at(end);
            let value = tail.strip_prefix("=\"").map(|tail| tail.split_once('"').unwrap());
            attributes.push((key, value.map(|(value, _)| value)));
            inside = value.map_or(tail, |(_, tail)| tail);
        }
        rest = inside.strip_prefix('>').unwrap_or_else(|| panic!("no end of <{name}: {}", &inside[..40]));
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}")).unwrap()..];
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

/// The text of a page as a browser shows it.
fn text(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1.split_once("<script>").unwrap().0;
    let words: String = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect();
    words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace('\u{2060}', "")
}

/// The values of an attribute.
fn values<'a>(tags: &[Tag<'a>], name: &str) -> Vec<&'a str> {
    tags.iter()
        .flat_map(|tag| &tag.attributes)
        .filter(|(key, _)| *key == name)
        .filter_map(|(_, value)| *value)
        .collect()
}

#[test]
fn a_small_report_reads_like_this() {
    let page = report(Path::new("tests/html"), &["salon.md", "--pack", "../pages/acme"]);
    let (_, body) = page.split_once("<body>").unwrap();
    let (body, _) = body.split_once("<script>").unwrap();
    // One element a line, and no versions, so that a change can be read.
    let version = page.split_once("Evidence base ").unwrap().1.split_once(". ").unwrap().0;
    let lines = body.replace(version, "VERSION").replace("><", ">\n<");
    Assert::new().action_env("SNAPSHOTS").eq(lines, snapbox::file!["html/salon.html"].raw());
}

#[test]
fn every_element_is_closed_and_every_jump_arrives() {
    let page = report(Path::new(".."), &["examples/clinic.md"]);
    let tags = tags(&page);
    let mut open = Vec::new();
    for tag in &tags {
        match tag.name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if VOID.contains(&tag.name) => {}
            None => open.push(tag.name),
        }
    }
    assert!(open.is_empty(), "{open:?}");

    let all = values(&tags, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "an id stands twice");
    let jumps = values(&tags, "href").into_iter().filter_map(|link| link.strip_prefix('#'));
    let named = ["aria-describedby", "aria-labelledby"].into_iter().flat_map(|name| values(&tags, name));
    for target in jumps.chain(named) {
        assert!(ids.contains(target), "nothing has the id {target}");
    }
}

#[test]
fn marks_stand_on_the_words_of_the_findings() {
    let run = Command::new(env!("CARGO_BIN_EXE_claims"))
        .args(["check", "examples/clinic.md", "--format", "json"])
        .current_dir("..")
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let source = fs::read_to_string("../examples/clinic.md").unwrap();
    let page = report(Path::new(".."), &["examples/clinic.md"]);
    let findings = json["files"][0]["diagnostics"].as_array().unwrap();
    assert!(findings.len() > 10);
    for (at, finding) in findings.iter().enumerate() {
        let byte = |key: &str| finding[key].as_u64().unwrap() as usize;
        let words = source[byte("start")..byte("end")].replace('\n', " ");
        let mark = format!("id=\"w{}\"", at + 1);
        let marked = page.split_once(&mark).unwrap().1.split_once('>').unwrap().1.split_once("<sup>").unwrap().0;
        assert_eq!(marked, words);
    }
    assert_eq!(page.matches("class=\"mark\" id=\"w").count(), findings.len());
}

#[test]
fn the_report_can_be_read_without_script_and_loads_nothing() {
    let page = report(Path::new(".."), &["examples/clinic.md"]);
    let tags = tags(&page);
    assert_eq!(tags.iter().filter(|tag| tag.name == "script").count(), 1);
    assert!(values(&tags, "src").is_empty());
    assert!(!page.contains("url(http") && !page.contains("@import"));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    for link in values(&tags, "href") {
        assert!(link.starts_with('#') || link.starts_with("https://"), "{link}");
    }
    let shown = text(&page);
    for words in ["Flushes out toxins", "May be published", "Your liver and kidneys clear waste", "Very low certainty"]
    {
        assert!(shown.contains(words), "{words}");
    }
}

#[test]
fn words_of_a_page_stay_words() {
    let page = "Flushes toxins <script>alert(1)</script> \"><img src=x onerror=alert(2)> \u{202e}cures pain\u{202c} \u{1b}[31m \
                now. [Book](javascript:alert(3)) </section> a day.";
    let file = "\"><img src=x onerror=alert(4)>\u{202e}.txt";
    let directory = std::env::temp_dir().join(format!("claims-html-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join(file), page).unwrap();
    fs::write(directory.join("two.md"), page).unwrap();
    fs::write(directory.join("pack.toml"), fs::read_to_string(pages().join("acme/pack.toml")).unwrap()).unwrap();
    let records = fs::read_to_string(pages().join("acme/records.toml")).unwrap();
    let records = records
        .replace("A session may make", "</span><script>alert(5)</script> A session may make")
        .replace("Journal of Made-up Trials", "<img src=x onerror=alert(6)>")
        .replace("In the one trial", "<b onclick='alert(7)'>\u{202e}In the one trial");
    fs::write(directory.join("records.toml"), records).unwrap();
    fs::write(directory.join("three.md"), "Each visit adds sparkle.").unwrap();
    let page = report(&directory, &[file, "two.md", "three.md", "--pack", "."]);
    fs::remove_dir_all(&directory).unwrap();

    let tags = tags(&page);
    let names: BTreeSet<&str> = tags.iter().map(|tag| tag.name.trim_start_matches('/')).collect();
    assert!(!names.contains("img") && !names.contains("b onclick"), "{names:?}");
    assert_eq!(tags.iter().filter(|tag| tag.name == "script").count(), 1);
    for tag in &tags {
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on"), "{tag:?}");
            assert!(*key != "href" || value.is_some_and(|value| value.starts_with(['#', 'h'])), "{tag:?}");
        }
    }
    let shown = text(&page);
    assert!(
        shown.contains("<script>alert(5)</script> A session may make"),
        "the words of a claim are shown as they are"
    );
    assert!(shown.contains("onerror=alert(4)>"), "the name of a file is shown as it is");
    assert!(!page.contains(['\u{202e}', '\u{202c}', '\u{1b}']), "a character could turn the words around it");
}

#[test]
fn a_report_goes_to_a_file_and_keeps_the_exit_status() {
    let file = std::env::temp_dir().join(format!("claims-report-{}.html", std::process::id()));
    let run = Command::new(env!("CARGO_BIN_EXE_claims"))
        .args(["check", "../examples/clinic.md", "--format", "html", "--output"])
        .arg(&file)
        .output()
        .unwrap();
    let page = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(run.stdout.is_empty());
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
}

#[track_caller]
fn evidence_pack(page: &str, args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_claims"))
        .args(["evidence-pack", page, "--today", "2026-11-25"])
        .args(args)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn an_evidence_pack_holds_every_statement_with_its_record() {
    let text = evidence_pack("../examples/clinic.md", &["--format", "json"]);
    let pack: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(pack["date"], "2026-11-25");
    let statements = pack["statements"].as_array().unwrap();
    let of = |words: &str| statements.iter().find(|statement| statement["words"] == words).unwrap();
    let circulation = of("Improves circulation");
    assert_eq!((&circulation["strength"], &circulation["ceiling"]), (&"asserted".into(), &"possible".into()));
    assert_eq!(circulation["is_within"], false);
    // What is worded within the evidence needs evidence too.
    assert_eq!(of("reduce low back pain")["is_within"], true);

    let claims = pack["claims"].as_array().unwrap();
    for statement in statements {
        let record =
            claims.iter().find(|claim| claim["id"] == statement["claim"]).expect("each statement has its record");
        assert!(!record["honest"].as_str().unwrap().is_empty());
        for finding in record["findings"].as_array().unwrap() {
            assert!(finding["url"].as_str().unwrap().starts_with("https://"));
        }
    }
    let unheld = pack["without_evidence"].as_array().unwrap();
    assert!(unheld.iter().any(|unheld| unheld["rule"] == "recovery-time-promise"), "{unheld:?}");
}

#[test]
fn an_evidence_pack_names_the_very_bytes_of_the_page() {
    // `printf '\xEF\xBB\xBFMassage may ease pain.\r\n' | sha256sum`
    let file = std::env::temp_dir().join(format!("claims-bytes-{}.txt", std::process::id()));
    fs::write(&file, b"\xEF\xBB\xBFMassage may ease pain.\r\n").unwrap();
    let text = evidence_pack(file.to_str().unwrap(), &["--format", "json"]);
    fs::remove_file(&file).unwrap();
    assert!(text.contains("3a2a037a7f172889713be41b8d1ccdafb5036edea370b10d90bbdc38f83a995e"), "{text}");
}

#[test]
fn an_evidence_pack_is_a_page_with_reasons_and_identifiers() {
    let page = evidence_pack("../examples/clinic.md", &[]);
    let tags = tags(&page);
    let ids: BTreeSet<&str> = values(&tags, "id").into_iter().collect();
    for link in values(&tags, "href") {
        let is_known = link.strip_prefix('#').is_none_or(|target| ids.contains(target));
        assert!(is_known && link.starts_with(['#', 'h']), "{link}");
    }
    let shown = text(&page);
    for words in
        ["SHA-256", "Why this certainty (GRADE)", "Risk of bias", "PMID", "DOI", "Without evidence in the base"]
    {
        assert!(shown.contains(words), "{words}");
    }
}

#[test]
fn a_page_without_findings_says_so_and_shows_no_filters() {
    let page = report(pages(), &["clean.md"]);
    let shown = text(&page);
    assert!(shown.contains("No sentence needs a change"), "{shown}");
    assert!(!page.contains("class=\"filters\""));
}
