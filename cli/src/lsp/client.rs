//! What the editor can do, read from what it says of itself. An editor that says it in an odd way can less, and is no reason to stop.

use std::path::PathBuf;

use gen_lsp_types::Uri;
use serde_json::Value;

/// An editor.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// Whether columns are counted in bytes of UTF-8. Otherwise in UTF-16, which all editors know.
    pub(super) counts_bytes: bool,
    /// Whether an edit can name the version of the text that it is for.
    pub(super) versioned_edits: bool,
    /// Whether code actions can be more than commands.
    pub(super) code_actions: bool,
    /// Whether hovers may be Markdown.
    pub(super) markdown: bool,
    /// Whether it tells when files change, if it is asked to.
    pub(super) watches: bool,
    /// Whether it opens a document when it is asked to.
    pub(super) shows_documents: bool,
    /// Whether findings may name other places.
    pub(super) related: bool,
    /// The directories that it works in.
    pub(super) roots: Vec<PathBuf>,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let at = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let is = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let holds = |path: &str, wanted: &str| {
            at(path).and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == wanted))
        };
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten().filter_map(|folder| folder.get("uri")?.as_str());
        let mut roots: Vec<PathBuf> = folders.filter_map(|uri| path_of(&uri.into())).collect();
        if roots.is_empty() {
            roots.extend(params.get("rootUri").and_then(Value::as_str).and_then(|uri| path_of(&uri.into())));
        }
        Self {
            counts_bytes: holds("/general/positionEncodings", "utf-8"),
            versioned_edits: is("/workspace/workspaceEdit/documentChanges"),
            code_actions: at("/textDocument/codeAction/codeActionLiteralSupport").is_some(),
            markdown: holds("/textDocument/hover/contentFormat", "markdown"),
            watches: is("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_documents: is("/window/showDocument/support"),
            related: is("/textDocument/publishDiagnostics/relatedInformation"),
            roots,
        }
    }
}

/// The path that a URI names, if it names a file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let url = url::Url::parse(uri.as_ref()).ok().filter(|url| url.scheme() == "file")?;
    Some(crate::paths::plain(&url.to_file_path().ok()?))
}

/// The URI of a path.
pub(super) fn uri_of(path: &std::path::Path) -> Option<Uri> {
    url::Url::from_file_path(crate::paths::plain(path)).ok().map(|url| url.as_str().into())
}
