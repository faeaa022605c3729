//! The talk with one editor: what came in, what goes out, and the texts that are open.

use std::collections::{BTreeMap, VecDeque};

use gen_lsp_types::{MessageType, ShowMessageParams, Uri};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;
use crate::args::Kind;
use crate::stop::Stop;

/// A text that is open in the editor.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    pub(super) version: i32,
    pub(super) text: String,
}

/// What outlasts a change of the evidence or of a project file.
pub(super) struct Session {
    connection: Connection,
    pub(super) client: Client,
    /// The texts that are checked, by URI.
    pub(super) open: BTreeMap<String, Open>,
    /// Messages that have arrived and wait.
    queue: VecDeque<Message>,
    /// Whether the editor has said that it will end the server.
    pub(super) is_closing: bool,
    requests: i32,
    /// Where records of the built-in pack are written for reading.
    pub(super) records: Option<TempDir>,
}

impl Session {
    /// Waits for the editor to introduce itself, and answers. `None` when it leaves instead.
    pub(super) fn begin(connection: Connection) -> Result<Option<Self>, Stop> {
        let mut session = Self {
            connection,
            client: Client::default(),
            open: BTreeMap::new(),
            queue: VecDeque::new(),
            is_closing: false,
            requests: 0,
            records: None,
        };
        loop {
            match session.next() {
                Some(Message::Request(request)) if request.method == "initialize" => {
                    session.client = Client::new(&request.params);
                    let result = super::desk::introduction(&session.client);
                    session.answer(request.id, Ok(result));
                    return Ok(Some(session));
                }
                Some(Message::Request(Request { id, .. })) => {
                    session.refuse(id, ErrorCode::ServerNotInitialized, "`initialize` comes first");
                }
                Some(Message::Notification(notification)) if notification.method == "exit" => return Ok(None),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// The next message, when there is one or as soon as there is; `None` when the editor is gone.
    pub(super) fn next(&mut self) -> Option<Message> {
        self.gather();
        self.queue.pop_front().or_else(|| self.connection.receiver.recv().ok())
    }

    /// Whether messages wait.
    pub(super) fn is_waited_for(&mut self) -> bool {
        self.gather();
        !self.queue.is_empty()
    }

    fn gather(&mut self) {
        self.queue.extend(self.connection.receiver.try_iter());
    }

    /// Whether the editor no longer wants an answer to a request.
    pub(super) fn is_cancelled(&mut self, id: &RequestId) -> bool {
        self.gather();
        self.queue.iter().any(|message| match message {
            Message::Notification(Notification { method, params }) if method == "$/cancelRequest" => {
                let named = params.get("id").cloned();
                named.and_then(|named| serde_json::from_value::<RequestId>(named).ok()).as_ref() == Some(id)
            }
            _ => false,
        })
    }

    fn send(&self, message: impl Into<Message>) {
        // Nobody listens any more when this fails, which reading will tell.
        let _ = self.connection.sender.send(message.into());
    }

    /// Answers a request.
    pub(super) fn answer(&self, id: RequestId, answer: Result<Value, (ErrorCode, String)>) {
        match answer {
            Ok(result) => self.send(Response::new_ok(id, result)),
            Err((code, message)) => self.send(Response::new_err(id, code as i32, message)),
        }
    }

    /// Refuses a request.
    pub(super) fn refuse(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.answer(id, Err((code, why.to_owned())));
    }

    /// Tells the editor something.
    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Asks the editor for something whose answer does not matter.
    pub(super) fn ask(&mut self, method: &str, params: impl Serialize) {
        self.requests += 1;
        self.send(Request::new(self.requests.into(), method.to_owned(), params));
    }

    /// Shows a problem to the person at the editor.
    pub(super) fn show_error(&self, problem: &str) {
        self.notify("window/showMessage", ShowMessageParams { kind: MessageType::Error, message: problem.to_owned() });
    }

    /// Asks to be told of changed project files and packs.
    pub(super) fn watch(&mut self) {
        if self.client.watches {
            let watchers = json!([{ "globPattern": "**/evidence.toml" }, { "globPattern": "**/*.toml" }]);
            let registration = json!({
                "id": "project-files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }));
        }
    }

    /// Takes the findings of a document off the screen.
    pub(super) fn clear(&self, uri: &Uri) {
        self.notify("textDocument/publishDiagnostics", json!({ "uri": uri, "diagnostics": [] }));
    }
}
