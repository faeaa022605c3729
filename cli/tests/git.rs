//! Checks against a git revision: only changed lines, and the exaggeration gate.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

fn git(folder: &Path, args: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"])
        .args(args)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn claims(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .args(["check", "--format", "lines"])
        .args(args)
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| line.split("]:").next().unwrap().to_owned()).collect()
}

/// A repository on a branch, with a page whose name is awkward.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    git(at, &["init", "-q"]);
    fs::create_dir(at.join("pages")).unwrap();
    fs::write(at.join("pages/Über \"uns\".md"), "It flushes toxins.\n\nMassage may reduce back pain.\n").unwrap();
    fs::write(at.join("old.md"), "It flushes toxins.\n").unwrap();
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "first"]);
    git(at, &["checkout", "-qb", "branch"]);
    let page = "It flushes toxins.\n\nMassage reduces back pain.\n\nIt cures arthritis.\n";
    fs::write(at.join("pages/Über \"uns\".md"), page).unwrap();
    fs::write(at.join("new.md"), "It flushes toxins.\n").unwrap();
    folder
}

#[test]
fn only_lines_that_changed_are_found_and_all_of_new_files() {
    let folder = repository();
    let all = ["--changed-since", "main", "pages/Über \"uns\".md", "old.md", "new.md"];
    let output = claims(folder.path(), &all);
    assert_eq!(
        lines(&output),
        [
            "pages/Über \"uns\".md:3:9: error[certainty-exceeds-evidence",
            "pages/Über \"uns\".md:5:4: error[cure-claim",
            "new.md:1:4: error[detox-claim"
        ],
        "{output:?}"
    );
    assert_eq!(output.status.code(), Some(1));
    // What others did on the main branch meanwhile does not count.
    git(folder.path(), &["stash", "-qu"]);
    git(folder.path(), &["checkout", "-q", "main"]);
    fs::write(folder.path().join("old.md"), "It cures arthritis.\n").unwrap();
    git(folder.path(), &["commit", "-qam", "meanwhile"]);
    git(folder.path(), &["checkout", "-q", "branch"]);
    git(folder.path(), &["stash", "pop", "-q"]);
    assert_eq!(lines(&claims(folder.path(), &all)).len(), 3);
}

#[test]
fn the_gate_fails_when_a_claim_grew() {
    let folder = repository();
    let page = "pages/Über \"uns\".md";
    let output = claims(folder.path(), &["--gate-against", "main", "--only", "gate", page, "new.md"]);
    assert_eq!(lines(&output), [format!("{page}:3:9: error[gate/strength")], "{output:?}");
    assert_eq!(output.status.code(), Some(1));
    let same = claims(folder.path(), &["--gate-against", "HEAD", "--only", "gate", "old.md"]);
    assert_eq!(same.status.code(), Some(0), "{same:?}");
}

#[test]
fn the_gate_knows_a_page_by_its_words_when_it_was_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    git(at, &["init", "-q"]);
    let rest = "An hour costs 60 euros.\n\nParking is behind the house.\n\nWe are closed on Mondays.\n";
    fs::write(at.join("old.md"), format!("Massage may reduce back pain.\n\n{rest}")).unwrap();
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "first"]);
    git(at, &["mv", "old.md", "new.md"]);
    fs::write(at.join("new.md"), format!("Massage reduces back pain.\n\n{rest}")).unwrap();
    fs::write(at.join("another.md"), "Massage reduces back pain.\n").unwrap();
    let output = claims(at, &["--gate-against", "HEAD", "--only", "gate", "new.md", "another.md"]);
    assert_eq!(lines(&output), ["new.md:1:9: error[gate/strength"], "{output:?}");
    // Only the line that changed is new, too.
    let output =
        claims(at, &["--changed-since", "HEAD", "--only", "certainty-exceeds-evidence", "new.md", "another.md"]);
    assert_eq!(lines(&output).len(), 2, "{output:?}");
}

#[test]
fn the_gate_reads_what_a_word_document_and_a_page_in_another_encoding_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    git(at, &["init", "-q"]);
    fs::write(at.join("leaflet.docx"), docx("Massage may reduce back pain.")).unwrap();
    fs::write(at.join("page.txt"), utf_16("\u{FEFF}Massage may reduce back pain.")).unwrap();
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "first"]);
    fs::write(at.join("leaflet.docx"), docx("Massage reduces back pain.")).unwrap();
    fs::write(at.join("page.txt"), utf_16("\u{FEFF}Massage reduces back pain.")).unwrap();
    let output = claims(at, &["--gate-against", "HEAD", "--only", "gate", "leaflet.docx", "page.txt"]);
    assert_eq!(
        lines(&output),
        ["leaflet.docx:1:9: error[gate/strength", "page.txt:1:9: error[gate/strength"],
        "{output:?}"
    );
}

/// A document of Word with one paragraph.
fn docx(text: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let part =
        format!("<w:document xmlns:w=\"{main}\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    let (mut entry, config) = archive.new_file("word/document.xml").start().unwrap();
    let mut writer = config.wrap(&mut entry);
    writer.write_all(part.as_bytes()).unwrap();
    let (_, descriptor) = writer.finish().unwrap();
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    bytes
}

#[test]
fn an_unknown_revision_and_no_repository_are_said() {
    let folder = repository();
    let output = claims(folder.path(), &["--changed-since", "--output=x", "old.md"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let output = claims(folder.path(), &["--changed-since", "nowhere", "old.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("git knows no revision `nowhere`"));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "It flushes toxins.").unwrap();
    let output = claims(folder.path(), &["--gate-against", "main", "a.md"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("this is no git repository"));
}

#[test]
fn outside_a_repository_nothing_is_known_of_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), "It flushes toxins.\n").unwrap();
    for option in ["--changed-since", "--gate-against"] {
        let output = claims(folder.path(), &[option, "main", "page.md"]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, "claims: this is no git repository, so that nothing is known of changes\n");
    }
}

#[test]
fn where_a_check_ended_is_told_though_that_line_did_not_change() {
    let folder = repository();
    fs::write(folder.path().join("old.md"), "It flushes toxins.\n\nIt cures arthritis.\n\nOpen.\n").unwrap();
    git(folder.path(), &["add", "old.md"]);
    git(folder.path(), &["commit", "-qm", "second"]);
    fs::write(folder.path().join("old.md"), "It flushes toxins.\n\nIt cures arthritis.\n\nOpen now.\n").unwrap();
    let output = claims(folder.path(), &["--changed-since", "HEAD", "old.md", "--max-findings", "1"]);
    assert_eq!(lines(&output), ["old.md:3:4: error[limit/findings"]);
}
