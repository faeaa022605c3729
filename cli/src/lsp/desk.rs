//! The open documents and the evidence that they are compared with: takes messages one by one and answers them.

use std::collections::BTreeMap;

use evidence_claims::{Checker, Claim, Span};
use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProvider, CompletionOptions, CompletionParams,
    CompletionTriggerKind, DefinitionParams, DefinitionProvider, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, ExecuteCommandOptions, ExecuteCommandParams, Hover, HoverParams, HoverProvider,
    InitializeResult, PositionEncodingKind, PublishDiagnosticsParams, SaveOptions, ServerCapabilities, ServerInfo,
    ShowDocumentParams, TextDocumentPositionParams, TextDocumentSyncKind, TextDocumentSyncOptions, Uri,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use lsp_server::{ErrorCode, Message, Notification, Request};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::{self, Client};
use super::page::Page;
use super::session::{Open, Session};
use super::site::Sites;
use super::{action, complete, hover, record};
use crate::args::Kind;
use crate::input;
use crate::judge::Judge;
use crate::stop::{Outcome, complain};

/// Why a desk is left.
pub(super) enum End {
    /// Project files or packs have to be read again.
    Reload,
    /// The editor is done.
    Exit(Outcome),
}

/// The desk.
pub(super) struct Desk<'a> {
    session: &'a mut Session,
    sites: &'a Sites,
    checkers: &'a [Checker<'a>],
    judges: &'a [Judge<'a>],
    pages: BTreeMap<String, Page<'a>>,
    must_reload: bool,
}

/// What an answer may be, or why there is none.
type Answer = Result<Value, (ErrorCode, String)>;

impl<'a> Desk<'a> {
    /// Lays all open documents on the desk.
    pub(super) fn new(
        session: &'a mut Session,
        sites: &'a Sites,
        checkers: &'a [Checker<'a>],
        judges: &'a [Judge<'a>],
    ) -> Self {
        let mut desk = Self { session, sites, checkers, judges, pages: BTreeMap::new(), must_reload: false };
        let uris: Vec<String> = desk.session.open.keys().cloned().collect();
        for uri in uris {
            desk.lay(&uri);
        }
        desk
    }

    /// Answers messages until something has to be read again or the editor is done.
    pub(super) fn run(mut self) -> End {
        loop {
            // While more changes wait, findings of the text before them would be old when they arrive.
            if !self.session.is_waited_for() {
                self.publish();
            }
            match self.session.next() {
                Some(Message::Request(request)) => self.request(request),
                Some(Message::Notification(exit)) if exit.method == "exit" => {
                    // Without a word before, it is no orderly end.
                    let outcome = if self.session.is_closing { Outcome::Clean } else { Outcome::Findings };
                    return End::Exit(outcome);
                }
                Some(Message::Notification(notification)) => self.notification(notification),
                // Nothing hangs on how our questions are answered.
                Some(Message::Response(_)) => {}
                None => return End::Exit(Outcome::Findings),
            }
            if self.must_reload {
                self.leave();
                return End::Reload;
            }
        }
    }

    /// Checks a document for the first time.
    fn lay(&mut self, uri: &str) {
        let Some(open) = self.session.open.get(uri) else { return };
        let path = client::path_of(&uri.into());
        let Some(site) = self.sites.of(path.as_deref(), &self.session.client.roots) else {
            self.must_reload = true;
            return;
        };
        let Some(checker) = self.checkers.get(site) else { return };
        self.pages.insert(uri.to_owned(), Page::new(uri, open, site, checker, &self.session.client));
    }

    /// Keeps the texts for the next desk.
    fn leave(&mut self) {
        for (uri, page) in &self.pages {
            if let Some(open) = self.session.open.get_mut(uri) {
                open.text = page.text().to_owned();
                open.version = page.version;
            }
        }
    }

    /// Tells the findings of all documents that have changed.
    fn publish(&mut self) {
        for page in self.pages.values_mut().filter(|page| page.is_stale) {
            let (Some(judge), Some(site)) = (self.judges.get(page.site), self.sites.get(page.site)) else { continue };
            page.sift(judge, site);
            self.session.notify(
                "textDocument/publishDiagnostics",
                PublishDiagnosticsParams {
                    uri: page.uri.clone(),
                    version: Some(page.version),
                    diagnostics: page.published(site, &self.session.client),
                },
            );
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.session.watch(),
            "textDocument/didOpen" => read(&method, params, |params| self.open(params)),
            "textDocument/didChange" => read(&method, params, |params| self.change(&params)),
            "textDocument/didClose" => read(&method, params, |params: DidCloseTextDocumentParams| {
                let uri = params.text_document.uri;
                self.session.open.remove(uri.as_ref());
                if self.pages.remove(uri.as_ref()).is_some() {
                    self.session.clear(&uri);
                }
            }),
            // For editors that do not tell when files change.
            "textDocument/didSave" => self.must_reload |= self.have_changed(),
            "workspace/didChangeWatchedFiles" => read(&method, params, |params: DidChangeWatchedFilesParams| {
                let is_ours = |uri: &Uri| uri.as_ref().ends_with(".toml");
                self.must_reload |= params.changes.iter().any(|change| is_ours(&change.uri));
            }),
            "workspace/didChangeWorkspaceFolders" => {
                read(&method, params, |params: DidChangeWorkspaceFoldersParams| {
                    let roots = &mut self.session.client.roots;
                    let path = |uri: &Uri| client::path_of(uri);
                    let removed: Vec<_> = params.event.removed.iter().filter_map(|folder| path(&folder.uri)).collect();
                    roots.retain(|root| !removed.contains(root));
                    roots.extend(params.event.added.iter().filter_map(|folder| path(&folder.uri)));
                    self.must_reload = true;
                });
            }
            // Cancelling is looked for before a request is answered; the rest is not for us.
            _ => {}
        }
    }

    /// Whether a project file is not as it was, or another one counts for a document now.
    fn have_changed(&self) -> bool {
        let roots = &self.session.client.roots;
        let moved = |page: &Page<'_>| self.sites.of(client::path_of(&page.uri).as_deref(), roots) != Some(page.site);
        self.sites.have_changed() || self.pages.values().any(moved)
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let language = serde_json::to_value(&document.language_id).ok();
        let language = language.as_ref().and_then(Value::as_str).unwrap_or_default();
        let Some(kind) = kind_of(language, &document.uri) else { return };
        let uri = document.uri.to_string();
        let open = Open { kind, version: document.version, text: document.text };
        self.session.open.insert(uri.clone(), open);
        self.lay(&uri);
        self.must_reload |= self.have_changed();
    }

    fn change(&mut self, params: &DidChangeTextDocumentParams) {
        let document = &params.text_document;
        let Some(page) = self.pages.get_mut(document.text_document_identifier.uri.as_ref()) else { return };
        for change in &params.content_changes {
            page.change(change, &self.session.client);
        }
        page.version = document.version;
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if self.session.is_closing {
            return self.session.refuse(id, ErrorCode::InvalidRequest, "the server was asked to shut down");
        }
        if self.session.is_cancelled(&id) {
            return self.session.refuse(id, ErrorCode::RequestCanceled, "cancelled");
        }
        let answer = match method.as_str() {
            "shutdown" => {
                self.session.is_closing = true;
                Ok(Value::Null)
            }
            "initialize" => Err((ErrorCode::InvalidRequest, "the server is initialized".to_owned())),
            "textDocument/hover" => asked(params, |params| self.hover(&params)),
            "textDocument/codeAction" => asked(params, |params| self.actions(&params)),
            "textDocument/completion" => asked(params, |params| self.completion(&params)),
            "textDocument/definition" => asked(params, |params: DefinitionParams| {
                let (place, uri) = (&params.text_document_position_params, &params.text_document_position_params);
                let claim = self.claim_at(place).map(|claim| claim.id().to_owned());
                claim.and_then(|claim| self.record(&claim, uri.text_document.uri.as_ref()))
            }),
            "workspace/executeCommand" => asked(params, |params| self.execute(&params)),
            _ => Err((ErrorCode::MethodNotFound, format!("`{method}` is unknown here"))),
        };
        self.session.answer(id, answer);
    }

    /// The page and the byte of a place.
    fn place(&mut self, params: &TextDocumentPositionParams) -> Option<(&Page<'a>, Span)> {
        let uri = params.text_document.uri.as_ref();
        // What is answered must be about the text as it is now.
        if let Some(page) = self.pages.get_mut(uri).filter(|page| page.is_stale)
            && let (Some(judge), Some(site)) = (self.judges.get(page.site), self.sites.get(page.site))
        {
            page.sift(judge, site);
            page.is_stale = true;
        }
        let page = self.pages.get(uri)?;
        let at = page.offset(params.position);
        Some((page, Span::new(at, at)))
    }

    fn hover(&mut self, params: &HoverParams) -> Option<Value> {
        let (sites, markdown) = (self.sites, self.session.client.markdown);
        let (page, at) = self.place(&params.text_document_position_params)?;
        let touches = |span: Span| span.start() <= at.end() && at.start() <= span.end();
        let kept = page.sifted.suppressed.iter().filter(|kept| touches(kept.diagnostic.span()));
        let text = hover::text(page.touching(at), kept, sites.get(page.site)?.database())?;
        let span = page.touching(at).map(|found| found.span()).reduce(Span::to);
        let range = span.map(|span| page.lines.range(page.text(), span));
        value(Hover { contents: hover::content(text, markdown).into(), range })
    }

    fn actions(&mut self, params: &CodeActionParams) -> Option<Value> {
        let place =
            TextDocumentPositionParams { text_document: params.text_document.clone(), position: params.range.start };
        let sites = self.sites;
        let (page, start) = self.place(&place)?;
        let span = Span::new(start.start(), page.offset(params.range.end));
        let site = sites.get(page.site)?;
        let uri = page.uri.to_string();
        let page = self.pages.get(&uri)?;
        value(action::actions(page, span, &params.context, site, &self.session.client))
    }

    fn completion(&mut self, params: &CompletionParams) -> Option<Value> {
        let asked =
            params.context.as_ref().is_none_or(|context| context.trigger_kind == CompletionTriggerKind::Invoked);
        let (sites, markdown) = (self.sites, self.session.client.markdown);
        let place = &params.text_document_position_params;
        let (page, _) = self.place(place)?;
        let database = sites.get(page.site)?.database();
        value(complete::sentences(page, place.position, asked, database, markdown))
    }

    /// The claim that the words at a place were compared with.
    fn claim_at(&mut self, params: &TextDocumentPositionParams) -> Option<Claim<'a>> {
        let sites = self.sites;
        let (page, at) = self.place(params)?;
        let id = page.touching(at).find_map(|diagnostic| diagnostic.claim())?;
        sites.get(page.site)?.database().claim(id)
    }

    /// Where a claim is recorded, seen from a document.
    fn record(&mut self, claim: &str, uri: &str) -> Option<Value> {
        let site = self.pages.get(uri).map_or(0, |page| page.site);
        let database = self.sites.get(site)?.database();
        let counts_bytes = self.session.client.counts_bytes;
        value(record::place(database.claim(claim)?, database, &mut self.session.records, counts_bytes)?)
    }

    /// Shows the record of a claim: in the editor, if it can, or as the answer.
    fn execute(&mut self, params: &ExecuteCommandParams) -> Option<Value> {
        if params.command != action::SHOW_EVIDENCE {
            self.session.show_error(&format!("`{}` is no command of this server", params.command));
            return None;
        }
        let argument = params.arguments.as_ref()?.first()?;
        let text = |name: &str| argument.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let place = self.record(&text("claim"), &text("uri"))?;
        if self.session.client.shows_documents
            && let Ok(place) = serde_json::from_value::<gen_lsp_types::Location>(place.clone())
        {
            let selection = Some(place.range);
            let show = ShowDocumentParams { uri: place.uri, external: None, take_focus: Some(true), selection };
            self.session.ask("window/showDocument", show);
        }
        Some(place)
    }
}

/// Parameters of a notification. One that cannot be read is left out.
fn read<P: DeserializeOwned>(method: &str, params: Value, take: impl FnOnce(P)) {
    match serde_json::from_value(params) {
        Ok(params) => take(params),
        Err(error) => complain(format!("skipped a `{method}`: {error}")),
    }
}

/// The answer to a request with these parameters; nothing to tell is `null`.
fn asked<P: DeserializeOwned>(params: Value, answer: impl FnOnce(P) -> Option<Value>) -> Answer {
    match serde_json::from_value(params) {
        Ok(params) => Ok(answer(params).unwrap_or(Value::Null)),
        Err(error) => Err((ErrorCode::InvalidParams, error.to_string())),
    }
}

fn value(result: impl serde::Serialize) -> Option<Value> {
    serde_json::to_value(result).ok()
}

/// How a document is read, by what the editor calls its language, or else by its name; `None` where it is no copy.
fn kind_of(language: &str, uri: &Uri) -> Option<Kind> {
    let by_name = || client::path_of(uri).and_then(|path| input::kind_of(&path));
    match language {
        "markdown" | "mdx" => Some(Kind::Markdown),
        "html" | "xhtml" => Some(Kind::Html),
        "csv" => Some(Kind::Csv),
        "tsv" => Some(Kind::Tsv),
        "plaintext" | "text" | "" => by_name().or(Some(Kind::Text)).filter(|kind| *kind != Kind::Docx),
        _ => None,
    }
}

/// What the server says of itself.
pub(super) fn introduction(client: &Client) -> Value {
    let encoding = if client.counts_bytes { PositionEncodingKind::UTF8 } else { PositionEncodingKind::UTF16 };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                save: Some(SaveOptions { include_text: Some(false) }.into()),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        hover_provider: Some(HoverProvider::Bool(true)),
        definition_provider: Some(DefinitionProvider::Bool(true)),
        completion_provider: Some(CompletionOptions::default()),
        code_action_provider: Some(if client.code_actions {
            let kinds = Some(vec![CodeActionKind::QuickFix]);
            CodeActionOptions { code_action_kinds: kinds, ..CodeActionOptions::default() }.into()
        } else {
            CodeActionProvider::Bool(true)
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![action::SHOW_EVIDENCE.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    };
    let info = ServerInfo { name: "claims".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    json!(InitializeResult { capabilities, server_info: Some(info) })
}
