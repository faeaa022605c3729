//! Reading files, as far as a transcript cannot show it: standard input, links, pipes, encodings, threads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn claims(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.args(["check", "--pack", "tests/pages/acme"]).args(args).env("LC_ALL", "C.UTF-8").stdout(Stdio::piped());
    command.stdin(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn with_input(args: &[&str], input: &[u8]) -> Output {
    let mut child = claims(args).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

/// The lines that are printed, and those on standard error.
#[track_caller]
fn lines(output: &Output) -> (Vec<String>, Vec<String>) {
    let read = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().lines().map(str::to_owned).collect();
    (read(&output.stdout), read(&output.stderr))
}

/// An empty directory of this test.
fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn the_name_of_standard_input_decides_how_it_is_read() {
    let page = b"<p title='adds sparkle'>Hello</p>";
    let found = |args: &[&str], page: &[u8]| lines(&with_input(args, page)).0;
    let html = found(&["-", "--format", "lines", "--stdin-path", "site/a.html"], page);
    assert!(html[0].starts_with("site/a.html:1:11: "), "{html:?}");
    assert!(found(&["-", "--format", "lines", "--stdin-path", "a.md"], b"`adds sparkle`").is_empty());
    // Without a name, a page of HTML is known by how it begins.
    let whole = b"<!DOCTYPE html><script>adds sparkle</script>";
    assert!(found(&["-", "--format", "lines"], whole).is_empty());
}

#[test]
fn positions_in_other_encodings_are_those_of_the_text_and_json_names_the_encoding() {
    let utf_16: Vec<u8> = "\u{FEFF}Café adds sparkle".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [(&utf_16[..], "UTF-16LE"), (b"Caf\xE9 adds sparkle", "windows-1252")] {
        let output = with_input(&["-", "--format", "json"], bytes);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let file = &json["files"][0];
        assert_eq!(file["encoding"], encoding);
        let finding = &file["diagnostics"][0];
        assert_eq!((finding["column"].as_u64(), finding["start"].as_u64()), (Some(6), Some(6)));
        assert!(lines(&output).1[0].contains(encoding), "{output:?}");
    }
    let utf_8 = with_input(&["-", "--format", "json"], b"\xEF\xBB\xBFCaf\xC3\xA9 adds sparkle");
    let json: serde_json::Value = serde_json::from_slice(&utf_8.stdout).unwrap();
    assert_eq!(json["files"][0].get("encoding"), None);
    assert_eq!(json["files"][0]["diagnostics"][0]["start"], 9);
}

#[test]
fn results_keep_their_order_whatever_the_threads() {
    let site = directory("order");
    for page in 0..120 {
        let words = if page % 3 == 0 { "adds sparkle".repeat(page + 1) } else { "rests".to_owned() };
        fs::write(site.join(format!("{page:03}.md")), format!("Page {page} {words}.\n")).unwrap();
    }
    fs::write(site.join("050.txt"), b"\0\0\x01").unwrap();
    let run =
        |threads: &str| claims(&[site.to_str().unwrap(), "--format", "json", "--threads", threads]).output().unwrap();
    let one = run("1");
    assert!(one.stdout.len() > 10_000);
    for threads in ["2", "7"] {
        let many = run(threads);
        assert!(many.stdout == one.stdout && many.stderr == one.stderr, "{threads} threads");
    }
}

#[test]
fn no_bar_is_drawn_where_nobody_looks() {
    let site = directory("bar");
    for page in 0..100 {
        fs::write(site.join(format!("{page}.md")), "Hello.\n").unwrap();
    }
    let output = claims(&[site.to_str().unwrap()]).output().unwrap();
    assert_eq!(lines(&output).1, [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_loops_and_pipes_end_with_a_reason() {
    let site = directory("links");
    fs::write(site.join("page.md"), "It adds sparkle.\n").unwrap();
    std::os::unix::fs::symlink(&site, site.join("again")).unwrap();
    std::os::unix::fs::symlink(site.join("loop.md"), site.join("loop.md")).unwrap();
    std::os::unix::fs::symlink(site.join("page.md"), site.join("same.md")).unwrap();
    let pipe = site.join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let found = lines(&claims(&[site.to_str().unwrap(), "--format", "lines"]).output().unwrap());
    assert_eq!((found.0.len(), found.1.len()), (1, 0), "{found:?}");
    let named =
        |name: &str| lines(&claims(&[site.join(name).to_str().unwrap(), "--format", "lines"]).output().unwrap());
    assert!(named("pipe.md").1[0].contains("a pipe"), "{:?}", named("pipe.md"));
    assert!(named("loop.md").1[0].contains("cannot check"), "{:?}", named("loop.md"));
    assert_eq!(named("same.md").0.len(), 1);
}

/// A repository can hold links, and a link can lead to a device that has no end.
#[cfg(unix)]
#[test]
fn a_baseline_a_cache_and_a_project_file_without_end_are_not_read() {
    let site = directory("endless");
    let page = site.join("page.md");
    fs::write(&page, "It adds sparkle.\n").unwrap();
    for name in ["known.json", ".claims-cache", "settings.toml"] {
        std::os::unix::fs::symlink("/dev/zero", site.join(name)).unwrap();
    }
    let at = |name: &str| site.join(name).display().to_string();
    for [what, option, name] in [
        ["read the baseline", "--baseline", "known.json"],
        ["use the cache", "--cache-location", ".claims-cache"],
        ["read the project file", "--config", "settings.toml"],
    ] {
        let output = claims(&[page.to_str().unwrap(), option, &at(name)]).output().unwrap();
        let said = lines(&output).1.join("\n");
        assert!(said.starts_with(&format!("claims: cannot {what} ")), "{said}");
        assert!(said.ends_with(&format!("{name}: it is no file but a pipe, a socket or a device")), "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn what_a_walk_finds_is_read_once() {
    let site = directory("once");
    fs::write(site.join("a.md"), "It adds sparkle.\n").unwrap();
    let all = [site.to_str().unwrap(), &format!("{}/*.md", site.display()), "--format", "lines"];
    assert_eq!(lines(&claims(&all).output().unwrap()).0.len(), 1);
}

#[test]
fn json_names_the_row_and_the_column_of_a_cell() {
    let output = claims(&["tests/pages/feed.csv", "--format", "json"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = json["files"][0]["diagnostics"].as_array().unwrap();
    let last = findings.iter().rfind(|finding| finding["rule"] == "acme:sparkle-claim").unwrap();
    assert_eq!(last["cell"], serde_json::json!({ "row": 3, "column": "Body" }));
    assert_eq!(last["line"], 3);
}

#[test]
fn data_with_many_problems_shows_the_first_of_them() {
    let directory = directory("many-problems");
    let term = |number: usize| format!("[[term]]\nid = \"a-{number}\"\nclass = \"outcome\"\nforms = []\n");
    fs::write(directory.join("broken.toml"), (0..30).map(term).collect::<String>()).unwrap();
    let output = with_input(&["-", "--pack", directory.join("broken.toml").to_str().unwrap()], b"Hello.");
    let (_, told) = lines(&output);
    let shown = told.iter().filter(|line| line.starts_with("error")).count();
    assert_eq!(shown, 20, "{told:?}");
    let last = told.last().unwrap();
    assert!(last.ends_with("; the first 20 are shown, fix these and run it again"), "{last}");
}
