//! An editor that drives the language server over standard input and output, and what tests look at in its answers.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long a test waits for a message. Long: a busy machine is no failure.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a workspace of its own.
pub struct Editor {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    /// Messages that nobody has asked for yet.
    waiting: VecDeque<Value>,
    requests: i64,
    pub workspace: TempDir,
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads one message.
pub fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", value)) => length = value.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What most editors can do.
pub fn usual() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "window": { "showDocument": { "support": true } },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "publishDiagnostics": { "relatedInformation": true },
        },
    })
}

impl Editor {
    /// Starts a server for a workspace with these files.
    pub fn bare(files: &[(&str, &str)], args: &[&str]) -> Self {
        let workspace = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = workspace.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_claims"))
            .args(["lsp", "--today", "2026-11-26"])
            .args(args)
            .current_dir(workspace.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take().unwrap();
        Self { child, input, messages, waiting: VecDeque::new(), requests: 0, workspace }
    }

    /// The same, introduced.
    pub fn with(files: &[(&str, &str)], capabilities: Value) -> Self {
        let mut editor = Self::bare(files, &[]);
        editor.introduce(capabilities);
        editor
    }

    pub fn new() -> Self {
        Self::with(&[], usual())
    }

    pub fn introduce(&mut self, capabilities: Value) -> Value {
        let root = self.uri("");
        let params = json!({ "processId": null, "rootUri": root, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": root, "name": "site" }] });
        let answer = self.ask("initialize", params);
        self.tell("initialized", json!({}));
        answer
    }

    pub fn uri(&self, name: &str) -> String {
        uri_of(&self.workspace.path().join(name))
    }

    pub fn send(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).unwrap();
        self.input.flush().unwrap();
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params })));
    }

    /// The first message that fits, those before it kept for later.
    #[track_caller]
    pub fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&fits) {
            return self.waiting.remove(at).unwrap();
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {what} came"));
            if fits(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// The whole answer to a request.
    #[track_caller]
    pub fn answer(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&framed(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })));
        self.wait(method, |message| message["id"] == id && message.get("method").is_none())
    }

    /// The result of a request.
    #[track_caller]
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    pub fn open(&mut self, name: &str, language: &str, text: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.found(name, 1)
    }

    /// The findings of a version of a document.
    #[track_caller]
    pub fn found(&mut self, name: &str, version: i64) -> Vec<Value> {
        let uri = self.uri(name);
        let message = self.wait("findings", |message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri.as_str()
                && message["params"]["version"] == version
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// Puts `text` at a range and gives the findings.
    #[track_caller]
    pub fn edit(&mut self, name: &str, version: i64, range: Value, text: &str) -> Vec<Value> {
        let document = json!({ "uri": self.uri(name), "version": version });
        let changes = json!([{ "range": range, "text": text }]);
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        self.found(name, version)
    }

    pub fn at(&self, name: &str, line: u32, character: u32) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) }, "position": { "line": line, "character": character } })
    }

    #[track_caller]
    pub fn actions(&mut self, name: &str, range: &Value) -> Vec<Value> {
        let params =
            json!({ "textDocument": { "uri": self.uri(name) }, "range": range, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// The problem that is shown to the person at the editor.
    #[track_caller]
    pub fn shown(&mut self) -> String {
        let message = self.wait("message", |message| message["method"] == "window/showMessage");
        message["params"]["message"].as_str().unwrap().to_owned()
    }

    /// How the server ends.
    pub fn status(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }
}

pub fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

pub fn rules(found: &[Value]) -> Vec<&str> {
    found.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

pub fn range(line: u32, from: u32, to: u32) -> Value {
    json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } })
}

pub fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

/// The one edit of an action.
pub fn edit_of(action: &Value) -> (Value, String) {
    let edit = &action["edit"]["documentChanges"][0]["edits"][0];
    (edit["range"].clone(), edit["newText"].as_str().unwrap().to_owned())
}
