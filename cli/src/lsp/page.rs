//! A document on the desk: its text as it is in the editor, and what is found in it.

use std::path::PathBuf;

use evidence_claims::{Checker, Diagnostic, Document, Draft, Severity, Sifted, Span};
use gen_lsp_types as lsp;
use gen_lsp_types::{Position, TextDocumentContentChangeEvent, Uri};
use serde_json::json;

use super::client::{self, Client};
use super::place::Lines;
use super::session::Open;
use super::site::Site;
use crate::args::Kind;
use crate::judge::Judge;

/// A document.
pub(super) struct Page<'a> {
    pub(super) uri: Uri,
    path: Option<PathBuf>,
    pub(super) kind: Kind,
    pub(super) version: i32,
    draft: Draft<'a>,
    pub(super) lines: Lines,
    pub(super) sifted: Sifted,
    /// The slot of what it is checked by.
    pub(super) site: usize,
    /// Whether it has changed since its findings were told.
    pub(super) is_stale: bool,
}

impl<'a> Page<'a> {
    /// Checks a document.
    pub(super) fn new(uri: &str, open: &Open, site: usize, checker: &'a Checker<'a>, client: &Client) -> Self {
        let text = open.text.clone();
        let document = match open.kind {
            Kind::Markdown => Document::markdown(text),
            Kind::Html => Document::html(text),
            Kind::Csv => Document::csv(text, &[]).unwrap_or_else(|_| Document::plain("")),
            Kind::Tsv => Document::tsv(text, &[]).unwrap_or_else(|_| Document::plain("")),
            Kind::Text | Kind::Docx => Document::plain(text),
        };
        let lines = Lines::new(document.text(), client.counts_bytes);
        let uri: Uri = uri.into();
        Self {
            path: client::path_of(&uri),
            uri,
            kind: open.kind,
            version: open.version,
            draft: Draft::new(checker, document),
            lines,
            sifted: Sifted::default(),
            site,
            is_stale: true,
        }
    }

    /// The text as it is in the editor.
    pub(super) fn text(&self) -> &str {
        self.draft.document().text()
    }

    /// What it is called in globs of the project file.
    fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| self.uri.to_string(), |path| path.display().to_string())
    }

    /// Takes over a change.
    pub(super) fn change(&mut self, change: &TextDocumentContentChangeEvent, client: &Client) {
        match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                let span = self.lines.span(self.text(), change.range);
                self.draft.edit(span, &change.text);
            }
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                self.draft.replace(&change.text);
            }
        }
        self.lines = Lines::new(self.draft.document().text(), client.counts_bytes);
        self.is_stale = true;
    }

    /// Parts the findings that are shown from those that somebody keeps.
    pub(super) fn sift(&mut self, judge: &Judge<'_>, site: &Site) {
        let name = self.name();
        let findings = if site.excludes(&name) { Vec::new() } else { self.draft.findings().to_vec() };
        self.sifted = judge.sift(findings, &name, self.draft.document());
        self.is_stale = false;
    }

    /// The findings as the editor shows them.
    pub(super) fn published(&self, site: &Site, client: &Client) -> Vec<lsp::Diagnostic> {
        self.sifted.shown.iter().map(|diagnostic| self.told(diagnostic, site, client)).collect()
    }

    /// A finding as the editor shows it.
    pub(super) fn told(&self, diagnostic: &Diagnostic, site: &Site, client: &Client) -> lsp::Diagnostic {
        let text = self.text();
        let rule = site.database().rule(diagnostic.rule());
        let address = rule.and_then(|rule| rule.authority().find_map(|authority| authority.url.clone()));
        let why = diagnostic.notes().iter().find(|note| note.kind == evidence_claims::NoteKind::Why);
        let message = match why {
            Some(why) => format!("{}\n{}", diagnostic.message(), why.text),
            None => diagnostic.message().to_owned(),
        };
        let related = diagnostic.labels().iter().map(|label| lsp::DiagnosticRelatedInformation {
            location: lsp::Location { uri: self.uri.clone(), range: self.lines.range(text, label.span) },
            message: label.text.to_string(),
        });
        let related: Vec<_> = related.filter(|_| client.related).collect();
        lsp::Diagnostic {
            range: self.lines.range(text, diagnostic.span()),
            severity: Some(match diagnostic.severity() {
                Severity::Error => lsp::DiagnosticSeverity::Error,
                Severity::Warning => lsp::DiagnosticSeverity::Warning,
                Severity::Note => lsp::DiagnosticSeverity::Information,
            }),
            code: Some(diagnostic.rule().to_owned().into()),
            code_description: address.map(|url| lsp::CodeDescription { href: url.as_str().into() }),
            source: Some("claims".to_owned()),
            message: message.into(),
            tags: None,
            related_information: Some(related).filter(|related| !related.is_empty()),
            data: diagnostic.claim().map(|claim| json!({ "claim": claim })),
        }
    }

    /// The byte of a place.
    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines.offset(self.text(), position)
    }

    /// The findings that touch a span.
    pub(super) fn touching(&self, span: Span) -> impl Iterator<Item = &Diagnostic> {
        self.sifted
            .shown
            .iter()
            .filter(move |found| found.span().start() <= span.end() && span.start() <= found.span().end())
    }
}
