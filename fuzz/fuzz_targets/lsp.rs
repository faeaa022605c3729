//! The language server: a document and, each behind a separator, what an editor sends about it.
//!
//! The first letter of an input is the format, `8` before it has columns count bytes. The first letter of a message says what it
//! is, the four characters after it are a range, the rest its words. Each request is answered once, and in the end the findings are
//! those of a document that was opened with the text that the edits have made.
#![no_main]

use std::io::{BufReader, Cursor, Read, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use evidence_claims_cli::serve;
use evidence_claims_fuzz::SEPARATOR;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// More messages than this show nothing new.
const MOST_MESSAGES: usize = 24;
const PAGE: &str = "file:///nowhere/site/page";
const TWIN: &str = "file:///nowhere/site/twin";
/// How long findings may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the server writes.
#[derive(Clone, Default)]
struct Output(Arc<(Mutex<Vec<u8>>, Condvar)>);

impl Output {
    /// Waits until findings of the twin are told.
    fn wait(&self) {
        let (written, changed) = &*self.0;
        let is_missing = |bytes: &mut Vec<u8>| !bytes.windows(TWIN.len()).any(|name| name == TWIN.as_bytes());
        let written = written.lock().expect("no panic");
        let (_written, waited) = changed.wait_timeout_while(written, PATIENCE, is_missing).expect("no panic");
        assert!(!waited.timed_out(), "the server tells findings when nothing is left to do");
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.0.0.lock().expect("no panic").write(bytes);
        self.0.1.notify_all();
        written
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What the editor sends, and its goodbye. While messages wait, findings are not told, so that the editor waits for them as well.
struct Input {
    sent: Cursor<Vec<u8>>,
    goodbye: Cursor<Vec<u8>>,
    output: Option<Output>,
}

impl Read for Input {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        match self.sent.read(bytes)? {
            0 => {
                if let Some(output) = self.output.take() {
                    output.wait();
                }
                self.goodbye.read(bytes)
            }
            read => Ok(read),
        }
    }
}

/// The messages of an editor, and what it knows of its text.
struct Editor {
    sent: Vec<u8>,
    requests: usize,
    text: String,
    counts_bytes: bool,
    /// Whether something was sent of which the editor does not know what it does.
    is_wild: bool,
}

impl Editor {
    fn send(&mut self, message: &str) {
        self.sent.extend_from_slice(format!("Content-Length: {}\r\n\r\n{message}", message.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.requests += 1;
        let id = format!("question {}", self.requests);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
    }

    fn open(&mut self, uri: &str, language: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": self.text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// The byte of a place, found in the plainest way.
    fn offset(&self, place: &Value) -> usize {
        let (line, character) = (place["line"].as_u64().unwrap_or(0), place["character"].as_u64().unwrap_or(0));
        let mut at = 0;
        for _ in 0..line {
            let rest = &self.text[at..];
            let Some(end) = rest.find(['\r', '\n']) else { return self.text.len() };
            at += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let mut column = 0;
        for c in self.text[at..].chars().take_while(|c| !matches!(c, '\r' | '\n')) {
            column += if self.counts_bytes { c.len_utf8() } else { c.len_utf16() } as u64;
            if column > character {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// Sends one message of an input.
    fn act(&mut self, message: &str) {
        let mut characters = message.chars();
        let kind = characters.next().unwrap_or('h');
        let whole = characters.as_str();
        let mut number = || characters.next().map_or(0, |c| (c as u32).saturating_sub(32));
        let mut place = || json!({ "line": number(), "character": number() });
        let (start, end) = (place(), place());
        let words = characters.as_str();
        let document = json!({ "uri": PAGE, "version": 2 });
        let at = json!({ "textDocument": document, "position": start });
        match kind {
            'c' => {
                let (from, to) = (self.offset(&start), self.offset(&end));
                // A range that ends before it begins is a slip of the editor, which it cannot complain about.
                self.is_wild |= from > to;
                let change = json!({ "range": { "start": start, "end": end }, "text": words });
                self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
                self.text.replace_range(from..to.max(from), words);
            }
            'w' => {
                self.tell(
                    "textDocument/didChange",
                    json!({ "textDocument": document, "contentChanges": [{ "text": whole }] }),
                );
                self.text = whole.to_owned();
            }
            'a' => {
                let context = json!({ "diagnostics": [], "only": ["quickfix"] });
                let range = json!({ "start": start, "end": end });
                let params = json!({ "textDocument": document, "range": range, "context": context });
                self.ask("textDocument/codeAction", params);
            }
            'k' => {
                let mut params = at;
                params["context"] = json!({ "triggerKind": if words.is_empty() { 1 } else { 3 } });
                self.ask("textDocument/completion", params);
            }
            'd' => self.ask("textDocument/definition", at),
            'e' => {
                let arguments = json!([{ "claim": whole, "uri": PAGE }]);
                self.ask(
                    "workspace/executeCommand",
                    json!({ "command": "claims.showEvidence", "arguments": arguments }),
                );
            }
            'q' => self.ask(whole, at),
            's' => self.tell("textDocument/didSave", json!({ "textDocument": document })),
            // The server reads its settings again, and the texts must outlast it.
            'f' => self.tell(
                "workspace/didChangeWatchedFiles",
                json!({ "changes": [{ "uri": "file:///a.toml", "type": 2 }] }),
            ),
            'j' => {
                self.is_wild = true;
                self.send(whole);
            }
            'r' => {
                self.is_wild = true;
                self.sent.extend_from_slice(whole.as_bytes());
            }
            _ => self.ask("textDocument/hover", at),
        }
    }
}

/// The messages in what the server has written, each of them whole.
fn messages(mut bytes: &[u8]) -> Vec<Value> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("a header ends");
        let header = std::str::from_utf8(&bytes[..end]).expect("a header is text");
        let length: usize =
            header.strip_prefix("Content-Length: ").and_then(|length| length.parse().ok()).expect("a length");
        found.push(serde_json::from_slice(&bytes[end + 4..end + 4 + length]).expect("a message is JSON"));
        bytes = &bytes[end + 4 + length..];
    }
    found
}

/// What was found in a document when it was last told.
fn findings(messages: &[Value], uri: &str) -> Vec<Value> {
    let mut told = messages.iter().filter(|message| message["params"]["uri"] == uri);
    let found = told.next_back().and_then(|message| message["params"]["diagnostics"].as_array());
    found.expect("findings of each document are told").clone()
}

fuzz_target!(|input: &str| {
    let counts_bytes = input.starts_with('8');
    let input = input.strip_prefix('8').unwrap_or(input);
    let language = match input.chars().next() {
        Some('h') => "html",
        Some('c') => "csv",
        Some('p') => "plaintext",
        _ => "markdown",
    };
    let rest = input.char_indices().nth(1).map_or("", |(at, _)| &input[at..]);
    let mut pieces = rest.split(SEPARATOR);
    let text = pieces.next().unwrap_or_default().to_owned();
    let mut editor = Editor { sent: Vec::new(), requests: 0, text, counts_bytes, is_wild: false };
    let encodings = if counts_bytes { json!(["utf-8"]) } else { json!(["utf-16"]) };
    let capabilities = json!({ "general": { "positionEncodings": encodings } });
    editor.ask("initialize", json!({ "capabilities": capabilities, "rootUri": "file:///nowhere/site" }));
    editor.tell("initialized", json!({}));
    editor.open(PAGE, language);
    pieces.take(MOST_MESSAGES).for_each(|message| editor.act(message));
    editor.open(TWIN, language);
    let sent = std::mem::take(&mut editor.sent);
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);

    let output = Output::default();
    let input = Input {
        sent: Cursor::new(sent),
        goodbye: Cursor::new(editor.sent),
        output: (!editor.is_wild).then(|| output.clone()),
    };
    let ended_well = serve(BufReader::new(input), output.clone());
    let said = messages(&output.0.0.lock().expect("no panic"));
    if editor.is_wild {
        return;
    }
    assert!(ended_well, "the server ends when it is asked to");
    for request in 1..=editor.requests {
        let id = format!("question {request}");
        assert_eq!(said.iter().filter(|message| message["id"] == *id).count(), 1, "{id} is answered once");
    }
    assert_eq!(findings(&said, PAGE), findings(&said, TWIN), "{:?}", editor.text);
});
