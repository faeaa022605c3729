//! The words of what the command says when it cannot do its work, where no transcript shows them in full: `messages.expected` holds
//! them. `BLESS=1 cargo test -p evidence-claims-cli --test messages` writes it anew; look at the difference.
#![cfg(unix)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::{Value, json};

const COPY: &str = "Massage flushes toxins.\n";

/// An archive of these parts, stored as they are.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    for (name, content) in parts {
        let (mut entry, config) = archive.new_file(*name).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(content.as_bytes()).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// What the command says: on standard error, or else as its output.
fn said(folder: &Path, args: &[&str], input: &[u8], path: Option<&str>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.current_dir(folder).args(args).env("LC_ALL", "C.UTF-8").env("COLUMNS", "100");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(path) = path {
        command.env("PATH", path);
    }
    let mut child = command.spawn().unwrap();
    // A command that refuses its options ends before it reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    if !output.stderr.is_empty() {
        return String::from_utf8(output.stderr).unwrap();
    }
    // What is wrong with records is shown as findings are.
    String::from_utf8(output.stdout).unwrap()
}

fn framed(message: &Value) -> String {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// What the language server says to an editor that makes mistakes.
fn language_server(told: &mut String) {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("pack.toml"), "schema = 1\nname = \"outside\"\n").unwrap();
    fs::write(root.path().join("evidence.toml"), format!("packs = [{:?}]\n", outside.path())).unwrap();
    fs::create_dir(root.path().join("inner")).unwrap();
    fs::write(root.path().join("inner/evidence.toml"), "a = 1\nb = 2\nc = 3\n").unwrap();
    let uri = |name: &str| format!("file://{}/{name}", root.path().display());
    let ask = |id: i32, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let tell = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "method": method, "params": params });
    let open = |name: &str| {
        let document = json!({ "uri": uri(name), "languageId": "markdown", "version": 1, "text": COPY });
        tell("textDocument/didOpen", json!({ "textDocument": document }))
    };
    let messages = [
        ask(1, "textDocument/hover", json!({})),
        ask(2, "initialize", json!({ "capabilities": {}, "rootUri": uri("") })),
        ask(3, "initialize", json!({})),
        ask(4, "textDocument/rename", json!({})),
        ask(5, "textDocument/hover", json!({})),
        ask(6, "workspace/executeCommand", json!({ "command": "claims.other" })),
        tell("textDocument/didOpen", json!({})),
        open("page.md"),
        open("inner/page.md"),
        ask(7, "shutdown", Value::Null),
        ask(8, "textDocument/hover", json!({})),
        tell("exit", Value::Null),
    ];
    let mut input: String = messages.iter().map(framed).collect();
    input.insert_str(0, "Content-Length: 2\r\n\r\n[]Content-Length: 99999999\r\n\r\n");
    let padding = "x".repeat(99_999_999);
    input.insert_str("Content-Length: 2\r\n\r\n[]Content-Length: 99999999\r\n\r\n".len(), &padding);
    let mut command = Command::new(env!("CARGO_BIN_EXE_claims"));
    command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    told.push_str(&String::from_utf8(output.stderr).unwrap());
    for body in text.split("Content-Length: ").filter_map(|message| message.split_once("\r\n\r\n")) {
        let message: Value = serde_json::from_str(body.1).unwrap();
        let (error, shown) = (&message["error"], &message["params"]["message"]);
        if error.is_object() {
            let _ = writeln!(told, "answer {}: {} {}", message["id"], error["code"], error["message"]);
        } else if let Some(shown) = shown.as_str() {
            let shown = shown.replace(&root.path().display().to_string(), "ROOT");
            let _ = writeln!(told, "shown: {}", shown.replace(&outside.path().display().to_string(), "OUTSIDE"));
        }
    }
}

#[test]
fn what_the_command_says_is_what_was_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let xml = |body: &str| {
        format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{body}</w:document>"
        )
    };
    write("page.md", COPY.as_bytes());
    write("empty.md", b"");
    write("feed.csv", b"id,text\n1,Massage flushes toxins.\n");
    write("utf16.txt", &COPY.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    write("mark.txt", b"\xEF\xBB\xBFcaf\xE9\n");
    write("japanese.html", b"<meta charset=\"shift_jis\">\x81\n");
    write("zeros.txt", &[0; 9]);
    write("old.doc", b"\xD0\xCF\x11\xE0");
    write("notes.rtf", b"{\\rtf1 x}");
    write("picture.png", b"\x89PNG\r\n\x1A\n");
    write("photo.jpg", b"\xFF\xD8\xFF\xE0");
    write("page.gz", b"\x1F\x8B\x08");
    write(
        "leaflet.docx",
        &zip(&[("word/document.xml", &xml("<w:p><w:r><w:t>Massage flushes toxins.</w:t></w:r></w:p>"))]),
    );
    write("text.docx", COPY.as_bytes());
    write("torn.docx", b"PK\x03\x04 and no more");
    write("sheet.docx", &zip(&[("xl/workbook.xml", "<x/>")]));
    write("twice.docx", &zip(&[("word/document.xml", "<x/>"), ("word/document.xml", "<x/>")]));
    write("broken.docx", &zip(&[("word/document.xml", "<x>")]));
    write("doctype.docx", &zip(&[("word/document.xml", "<!DOCTYPE x [<!ENTITY y 'z'>]><x/>")]));
    write("entity.docx", &zip(&[("word/document.xml", "<x>&y;</x>")]));
    let mut method = zip(&[("word/document.xml", "<x/>")]);
    // The way of compression: bytes 8 of the local and 10 of the central header.
    let central = method.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    (method[8], method[central + 10]) = (12, 12);
    write("bzip.docx", &method);
    let mut sum = zip(&[("word/document.xml", "<x/>")]);
    let at = sum.windows(4).position(|bytes| bytes == b"<x/>").unwrap();
    sum[at + 1] = b'y';
    write("sum.docx", &sum);
    write("bomb.docx", &zip(&[("word/document.xml", &format!("<x>{}</x>", " ".repeat(64 << 20)))]));
    write("next.json", b"{\"schema\": 9, \"findings\": []}");
    write("latin.toml", b"# caf\xE9\n");
    fs::create_dir(folder.path().join("nothing")).unwrap();

    let mut told = "What is said when the command cannot do its work. Written by messages.rs.\n".to_owned();
    let cases: [(&str, &[u8]); 45] = [
        ("check mark.txt japanese.html zeros.txt old.doc notes.rtf picture.png photo.jpg page.gz --quiet", b""),
        (
            "check text.docx torn.docx sheet.docx twice.docx broken.docx doctype.docx entity.docx bzip.docx sum.docx --quiet",
            b"",
        ),
        ("check bomb.docx --max-size 100M", b""),
        ("check leaflet.docx feed.csv utf16.txt --fix --quiet", b""),
        ("check nothing", b""),
        ("check nowhere.md", b""),
        ("check [.md", b""),
        ("check page.md --exclude [", b""),
        ("check page.md --severity detox-claim", b""),
        ("check page.md --baseline next.json", b""),
        ("check page.md --baseline nothing", b""),
        ("check page.md --baseline latin.toml", b""),
        ("check page.md --cache --cache-location page.md", b""),
        ("check page.md --config latin.toml", b""),
        ("check page.md --config nothing", b""),
        ("check page.md --output nothing", b""),
        ("check page.md --changed-since main", b""),
        ("check page.md --gate-against main", b""),
        ("check - --stdin-path page.md --fix", COPY.as_bytes()),
        ("compare empty.md page.md", b""),
        ("compare page.md empty.md", b""),
        ("compare page.md nowhere.md", b""),
        ("evidence-pack nowhere.md", b""),
        ("evidence-pack nothing", b""),
        ("evidence-pack empty.md --today 2026-11-25", b""),
        ("rate --lines nowhere.txt", b""),
        ("rate --lines zeros.txt", b""),
        ("init", b""),
        ("init", b"\xFF\n"),
        ("check page.md --interactive --quiet", b"\xFF\n"),
        ("plot timeline nervous-system-reset", b""),
        ("init --profile uk-cop site", b""),
        ("init --profile neutral", b"\n"),
        ("new source doe-2026-a", b""),
        ("new source doe-2026-a --pack nothing", b""),
        ("new source doe-2026-a --pack nowhere", b""),
        ("plot map --output nothing", b""),
        ("export --format ris --output nowhere/sources.ris", b""),
        ("plot timeline nothing-of-the-kind", b""),
        ("plot forest nothing-of-the-kind", b""),
        ("show nothing-of-the-kind", b""),
        ("explain nothing-of-the-kind", b""),
        ("diff nowhere nothing", b""),
        ("validate nothing", b""),
        ("check page.md --profile uk-cop", b""),
    ];
    for (case, input) in cases {
        let args: Vec<&str> = case.split(' ').collect();
        let _ = writeln!(told, "\n$ claims {case}\n{}", said(folder.path(), &args, input, None).trim_end());
    }
    let git = |args: &[&str]| Command::new("git").current_dir(folder.path()).args(args).output().unwrap();
    git(&["init", "--quiet"]);
    git(&["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--allow-empty", "-m", "x"]);
    let no_revision = said(folder.path(), &["check", "page.md", "--changed-since", "nowhere"], b"", None);
    let _ = writeln!(told, "\n$ claims check page.md --changed-since nowhere\n{}", no_revision.trim_end());
    let without_git = said(folder.path(), &["check", "page.md", "--changed-since", "main"], b"", Some("/nonexistent"));
    let _ =
        writeln!(told, "\n$ PATH=/nonexistent claims check page.md --changed-since main\n{}", without_git.trim_end());
    let mut full = Command::new(env!("CARGO_BIN_EXE_claims"));
    let device = fs::OpenOptions::new().write(true).open("/dev/full");
    if let Ok(device) = device {
        let output = full.args(["list"]).stdout(device).stderr(Stdio::piped()).output().unwrap();
        let _ = writeln!(told, "\n$ claims list >/dev/full\n{}", String::from_utf8(output.stderr).unwrap().trim_end());
    }
    told.push_str("\n$ claims lsp\n");
    language_server(&mut told);

    let root = folder.path().display().to_string();
    let told = told.replace(&root, "FOLDER");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages.expected");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let new: Vec<&str> = told.lines().filter(|line| !expected.contains(line)).collect();
    assert!(told == expected, "not as written down (BLESS=1 accepts):\n{}", new.join("\n"));
}
