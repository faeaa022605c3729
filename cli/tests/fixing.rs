//! What fixing promises of files on disk: their bytes but for the fix, their permissions, and nobody else's changes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn claims(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.args(args).env("LC_ALL", "C.UTF-8").env("COLUMNS", "80").stdout(Stdio::piped());
    command.stdin(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn answered(path: &Path, answers: &str) -> Output {
    let path = path.to_str().unwrap();
    let mut child = claims(&["check", path, "--interactive", "--fail-on", "never"]).spawn().unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

const PAGE: &str = "\u{feff}# Prices\r\n\r\nMassage can ease back pain.\r\nIt reduces muscle soreness 😌.\r\n";

#[test]
fn a_fix_keeps_byte_order_mark_line_ends_and_every_other_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    fs::write(&path, PAGE).unwrap();
    let output = claims(&["check", "--fix", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let expected = PAGE.replace("can ease", "may ease").replace("reduces", "may reduce");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    fs::write(&path, PAGE).unwrap();
    let output = claims(&["check", "--fix", "--diff", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().contains("+Massage may ease back pain.\r\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), PAGE);
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_permissions_and_follows_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("page.md"), folder.path().join("link.md"));
    fs::write(&path, PAGE).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o646)).unwrap();
    symlink(&path, &link).unwrap();
    let output = claims(&["check", "--fix", link.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o646);
    assert!(fs::read_to_string(&path).unwrap().contains("may ease"));
}

#[test]
fn a_file_that_changed_meanwhile_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    fs::write(&path, PAGE).unwrap();
    let mut child = claims(&["check", path.to_str().unwrap(), "--interactive"]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("quit") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "there is a question");
    }
    fs::write(&path, "Somebody else was faster.").unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"a\nq\n").unwrap();
    drop(input);
    out.read_to_string(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("it changed on disk meanwhile; nothing was written, check again")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "Somebody else was faster.");
}

#[test]
fn questions_edit_publish_keep_skip_and_quit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    let page = "Massage can ease back pain.\n\n**It reduces muscle soreness.**\n\n| what |\n| --- |\n| Flushes toxins |\n\nMassage cures arthritis.\n";
    fs::write(&path, page).unwrap();
    let output = answered(&path, "nonsense\na\np\nk\n\nk\nthe myth -- answered below\nq\n");
    let text = fs::read_to_string(&path).unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("answer with one of the letters") && shown.contains("without a reason"), "{shown}");
    let expected = "Massage may ease back pain.\n\n**Massage after hard exercise may reduce muscle soreness a little over the next one to three \
         days.**\n\n| what |\n| --- |\n| Flushes toxins <!-- claims-ignore-line detox-claim: the myth – answered below --> |\n\nMassage cures \
         arthritis.\n";
    assert_eq!(text, expected);
    answered(&path, "s\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected, "skipping changes nothing");
}

#[test]
fn what_is_fixed_is_stable() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    fs::write(&path, "Massage can dramatically reduce back pain and helps ease muscle soreness.\n").unwrap();
    claims(&["check", "--fix", path.to_str().unwrap()]).output().unwrap();
    let once = fs::read_to_string(&path).unwrap();
    claims(&["check", "--fix", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), once);
}

#[test]
fn a_fix_is_written_as_its_place_in_the_page_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let page = "<script type=\"application/ld+json\">{\"text\": \"<p>Massage can ease back pain<\\/p>\"}</script>\n\
                <img alt='Massage can ease back pain'><img alt=Massage&#32;can&#32;ease&#32;back&#32;pain>\n";
    fs::write(&path, page).unwrap();
    claims(&["check", "--fix", path.to_str().unwrap()]).output().unwrap();
    let fixed = fs::read_to_string(&path).unwrap();
    // Without quotes an attribute holds no space: there is no fix that could be made.
    assert_eq!(fixed, page.replacen("can", "may", 2), "{fixed}");
}

#[test]
fn a_reason_to_keep_is_not_written_where_it_would_be_no_comment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let page = "<script type=\"application/ld+json\">{\n\"text\": \"It flushes toxins\"\n}</script>\n<img\nalt='It flushes toxins'\nsrc=x>\n\
                <p>It flushes toxins.</p>\n";
    fs::write(&path, page).unwrap();
    let reason = "k\na quotation\n";
    let output = answered(&path, &format!("{reason}s\ns\n{reason}s\n{reason}"));
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(shown.matches("no comment can stand at the end of this line").count(), 2, "{shown}");
    let expected = page.replace("toxins.</p>", "toxins.</p> <!-- claims-ignore-line detox-claim: a quotation -->");
    assert_eq!(fs::read_to_string(&path).unwrap(), expected);
}
