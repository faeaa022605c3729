//! What can be done about a finding: the smallest edit, the vetted sentence, a comment that keeps it, a look at the evidence.

use std::collections::HashMap;

use evidence_claims::{Applicability, Diagnostic, Span};
use gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionResponse, Command,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit, WorkspaceEdit,
};
use serde_json::json;

use super::client::Client;
use super::page::Page;
use super::site::Site;
use crate::args::Kind;
use crate::judge::is_about_copy;
use crate::keep;

/// The command that shows the record of a claim.
pub(super) const SHOW_EVIDENCE: &str = "claims.showEvidence";

/// The actions for the findings that touch `span`.
pub(super) fn actions(
    page: &Page<'_>,
    span: Span,
    context: &CodeActionContext,
    site: &Site,
    client: &Client,
) -> Vec<CodeActionResponse> {
    let wanted = context
        .only
        .as_ref()
        .is_none_or(|only| only.iter().any(|kind| matches!(kind, CodeActionKind::QuickFix | CodeActionKind::Empty)));
    if !wanted {
        return Vec::new();
    }
    let mut actions = Vec::new();
    for diagnostic in page.touching(span) {
        let told = page.told(diagnostic, site, client);
        let honest = diagnostic.claim().and_then(|id| site.database().claim(id)).map(|claim| claim.honest());
        let mut add = |title: String, edits: Vec<TextEdit>, preferred: bool| {
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![told.clone()]),
                is_preferred: Some(preferred),
                edit: Some(edit(page, edits, client)),
                ..CodeAction::default()
            });
        };
        for fix in diagnostic.fixes() {
            let (words, new) = (fix.span().of(page.text()).trim(), fix.replacement());
            let title = if Some(new) == honest {
                format!("Publish instead: {new}")
            } else if diagnostic.rule().starts_with("suppression/") {
                "Delete this comment".to_owned()
            } else if new.trim().is_empty() {
                format!("Delete “{words}”")
            } else {
                format!("Write “{new}” for “{words}”")
            };
            let range = page.lines.range(page.text(), fix.span());
            let preferred = fix.applicability() == Applicability::Automatic;
            add(title, vec![TextEdit { range, new_text: new.to_owned() }], preferred);
        }
        if can_be_kept(page.kind, diagnostic) {
            // The reason is for a person to write: without one, the comment itself is a finding.
            let (at, comment) = keep::comment(page.text(), diagnostic, "");
            let range = page.lines.range(page.text(), Span::new(at, at));
            let title = format!("Keep it: insert a comment for {}, to which you add the reason", diagnostic.rule());
            add(title, vec![TextEdit { range, new_text: comment }], false);
        }
        if let Some(claim) = diagnostic.claim() {
            let title = format!("Show the evidence: {claim}");
            actions.push(CodeAction {
                title: title.clone(),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![told]),
                command: Some(Command {
                    title,
                    command: SHOW_EVIDENCE.to_owned(),
                    arguments: Some(vec![json!({ "claim": claim, "uri": page.uri })]),
                    tooltip: None,
                }),
                ..CodeAction::default()
            });
        }
    }
    actions.into_iter().map(CodeActionResponse::CodeAction).collect()
}

/// Whether a comment in the page can keep a finding.
fn can_be_kept(kind: Kind, diagnostic: &Diagnostic) -> bool {
    matches!(kind, Kind::Markdown | Kind::Html) && is_about_copy(diagnostic)
}

fn edit(page: &Page<'_>, edits: Vec<TextEdit>, client: &Client) -> WorkspaceEdit {
    if client.versioned_edits {
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: Some(page.version),
                text_document_identifier: TextDocumentIdentifier { uri: page.uri.clone() },
            },
            edits: edits.into_iter().map(Into::into).collect(),
        };
        return WorkspaceEdit { document_changes: Some(vec![edit.into()]), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { changes: Some(HashMap::from([(page.uri.clone(), edits)])), ..WorkspaceEdit::default() }
}
