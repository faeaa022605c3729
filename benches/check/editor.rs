//! How long an editor waits for the findings after a keystroke: to `claims lsp` and back, with all messages.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Size, draft, figure, process, text};

struct Editor {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Editor {
    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        self.input.flush().expect("the server reads");
    }

    /// The next message that has a key, and its bytes.
    fn wait(&mut self, key: &str) -> usize {
        loop {
            let mut length = 0;
            let mut line = String::new();
            while self.output.read_line(&mut line).is_ok_and(|read| read > 2) {
                if let Some(value) = line.trim().strip_prefix("Content-Length: ") {
                    length = value.parse().expect("a length");
                }
                line.clear();
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).expect("a message");
            // Looked at and not parsed: what the editor does with it is not measured.
            if body.windows(key.len()).any(|part| part == key.as_bytes()) {
                return length;
            }
        }
    }
}

pub(crate) fn keystrokes(size: Size) {
    let Some(claims) = process::claims() else {
        return figure("a keystroke in an editor", "not measured: `cargo build --release` first", "");
    };
    for (name, quarter) in [("a quarter of the sentences claims something", true), ("a finding for every 10 KB", false)]
    {
        let page = if quarter { text::markdown(7, draft::PAGE) } else { calm() };
        let mut child = Command::new(&claims)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut editor = Editor {
            input: child.stdin.take().expect("its input"),
            output: BufReader::new(child.stdout.take().expect("its output")),
        };
        editor.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
        editor.wait("\"id\":1");
        editor.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
        let document = json!({ "uri": "file:///page.md", "languageId": "markdown", "version": 0, "text": page });
        let params = json!({ "textDocument": document });
        editor.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
        editor.wait("publishDiagnostics");
        let line = page.lines().count() / 2;
        let mut times: Vec<Duration> = Vec::new();
        let mut bytes = 0;
        for version in 1..=(size.runs * 10) {
            let place = json!({ "line": line, "character": 0 });
            let change = json!([{ "range": { "start": place, "end": place }, "text": "x" }]);
            let document = json!({ "uri": "file:///page.md", "version": version });
            let params = json!({ "textDocument": document, "contentChanges": change });
            let start = Instant::now();
            editor.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
            bytes = editor.wait("publishDiagnostics");
            times.push(start.elapsed());
        }
        times.sort_unstable();
        let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
        figure(
            &format!("from a keystroke in 200 KB to its findings in the editor, {name}"),
            &format!("median {middle:.1?}, longest {worst:.1?} of {}; {} KB of findings", times.len(), bytes / 1000),
            "≤ 20 ms",
        );
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// A page of the same length with few findings, as most pages are.
fn calm() -> String {
    let mut page = String::new();
    while page.len() < draft::PAGE {
        page.push_str(&"An hour costs 60 euros, and tea is ready for you when you leave the room. ".repeat(3));
        page.push_str("\n\n");
        if page.len() % 10_000 < 230 {
            page.push_str("Our massage flushes toxins.\n\n");
        }
    }
    page
}
