//! SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors read. Every rule that found something comes with its reason, what
//! to do and on whose authority; columns are UTF-16 code units, as the format says they should be.

use std::collections::BTreeMap;
use std::io::{self, Write};

use evidence_claims::{Database, Diagnostic, Rule, Severity, Span, Suppressed};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{Fingerprint, Page, Report, remarks};

/// What a path may hold in an address as it is.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    artifacts: Vec<Artifact>,
    results: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    full_name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Tags<'a>>,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
}

#[derive(Serialize)]
struct Tags<'a> {
    tags: Vec<&'a str>,
}

#[derive(Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
struct Artifact {
    location: Address,
}

#[derive(Clone, Serialize)]
struct Address {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: Severity,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    artifact_location: Address,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_offset: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Address,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

fn text(text: impl Into<String>) -> Text {
    Text { text: text.into(), markdown: None }
}

pub(super) fn write(pages: &[Page<'_>], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut names: Vec<&str> = pages.iter().flat_map(all).map(|(diagnostic, _)| diagnostic.rule()).collect();
    names.sort_unstable();
    names.dedup();
    let records = report.database.unwrap_or(Database::builtin());
    let rules = names.iter().map(|name| match records.rule(name) {
        Some(rule) => described(rule),
        None => bare(name, Severity::Warning),
    });
    let mut results = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let file = File { page, address: Address { uri: uri(page.path), index: Some(number) } };
        // The same sentence twice on a page: the second of them has a number.
        let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        for (diagnostic, state) in all(page) {
            let times = seen.entry(Fingerprint::new(page, diagnostic)).and_modify(|times| *times += 1).or_insert(1);
            let mut found = file.found(diagnostic, *times);
            found.rule_index = names.binary_search(&diagnostic.rule()).unwrap_or_default();
            if let State::Suppressed(kept) = state {
                let kind = if kept.by_project { "external" } else { "inSource" };
                found.suppressions.push(Suppression { kind, justification: &kept.because });
            }
            found.baseline_state = report.gone.map(|_| if matches!(state, State::Known) { "unchanged" } else { "new" });
            results.push(found);
        }
    }
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "claims",
                    full_name: concat!("claims ", env!("CARGO_PKG_VERSION"), " (evidence-claims)"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.collect(),
                },
            },
            column_kind: "utf16CodeUnits",
            artifacts: pages
                .iter()
                .map(|page| Artifact { location: Address { uri: uri(page.path), index: None } })
                .collect(),
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// Why a finding is in the report.
#[derive(Clone, Copy)]
enum State<'a> {
    Shown,
    Known,
    Suppressed(&'a Suppressed),
}

/// All findings of a page: viewers hide those that are kept, and show them on request.
fn all<'a>(page: &'a Page<'a>) -> impl Iterator<Item = (&'a Diagnostic, State<'a>)> {
    let shown = page.diagnostics.iter().map(|&diagnostic| (diagnostic, State::Shown));
    let known = page.known.iter().map(|&diagnostic| (diagnostic, State::Known));
    shown.chain(known).chain(page.suppressed.iter().map(|kept| (&kept.diagnostic, State::Suppressed(kept))))
}

/// A page and its address.
struct File<'a> {
    page: &'a Page<'a>,
    address: Address,
}

impl<'a> File<'a> {
    fn found(&self, diagnostic: &'a Diagnostic, times: usize) -> Found<'a> {
        let span = diagnostic.span();
        let related = (1..).zip(diagnostic.labels()).map(|(id, label)| Location {
            id: Some(id),
            physical_location: self.place(label.span),
            message: Some(text(&*label.text)),
        });
        let fixes = diagnostic.fixes().iter().map(|fix| Fix {
            description: text(match fix.replacement() {
                "" => format!("Delete \"{}\"", fix.span().of(self.page.source.text).trim()),
                new => format!("Write: {new}"),
            }),
            artifact_changes: [Change {
                artifact_location: self.address.clone(),
                replacements: [Replacement {
                    deleted_region: Region { snippet: None, ..self.region(fix.span()) },
                    inserted_content: text(fix.replacement()),
                }],
            }],
        });
        let fingerprint = Fingerprint::new(self.page, diagnostic);
        let claim = diagnostic.claim().map(|claim| ("claim", claim.to_owned()));
        let topics: Vec<&str> = diagnostic.topics().collect();
        let topics = (!topics.is_empty()).then(|| ("topics", topics.join(", ")));
        Found {
            rule_id: diagnostic.rule(),
            rule_index: 0,
            level: diagnostic.severity(),
            message: text(format!("{}\n{}", diagnostic.message(), remarks(diagnostic)).trim_end()),
            locations: [Location { id: None, physical_location: self.place(span), message: None }],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([("claimsFinding/v1", format!("{fingerprint}:{times}"))]),
            suppressions: Vec::new(),
            baseline_state: None,
            fixes: fixes.collect(),
            properties: claim.into_iter().chain(topics).collect(),
        }
    }

    fn place(&self, span: Span) -> Place {
        Place { artifact_location: self.address.clone(), region: self.region(span) }
    }

    fn region(&self, span: Span) -> Region {
        let source = &self.page.source;
        let (start, end) = source.ends(span);
        // In a .docx, words have no bytes of their own.
        let has_bytes = !self.page.is_paragraphs();
        Region {
            start_line: start.line,
            start_column: source.utf16_column(span.start()),
            end_line: end.line,
            end_column: source.utf16_column(span.end()),
            byte_offset: has_bytes.then(|| span.start() + self.page.skipped),
            byte_length: has_bytes.then(|| span.len()),
            snippet: Some(text(span.of(source.text))),
        }
    }
}

/// A rule with everything a viewer can show about it.
fn described(rule: Rule<'_>) -> Descriptor<'_> {
    let why = rule.why();
    let short = why.split_once(". ").map_or(why, |(first, _)| first).trim_end_matches('.');
    let help = rule.help_in_general();
    let mut plain = why.to_owned();
    let mut markdown = format!("{why}\n");
    if let Some(help) = &help {
        plain.push_str(&format!("\nDo: {help}"));
        markdown.push_str(&format!("\n**Do:** {help}\n"));
    }
    for authority in rule.authority() {
        match &authority.url {
            Some(url) => {
                plain.push_str(&format!("\n{}: {url}", authority.name));
                markdown.push_str(&format!("\n- [{}]({url})", authority.name));
            }
            None => {
                plain.push_str(&format!("\n{}", authority.name));
                markdown.push_str(&format!("\n- {}", authority.name));
            }
        }
    }
    let topics = rule.topics().filter(|topic| *topic != rule.family());
    let link = rule.authority().find_map(|authority| authority.url.as_ref());
    Descriptor {
        id: rule.name(),
        short_description: Some(text(format!("{short}."))),
        full_description: Some(text(why)),
        help: Some(Text { text: plain, markdown: Some(markdown) }),
        help_uri: link.map(|url| url.as_str()),
        default_configuration: Configuration { level: rule.severity() },
        properties: Some(Tags { tags: std::iter::once(rule.family()).chain(topics).collect() }),
    }
}

/// A rule without a record.
fn bare(id: &str, level: Severity) -> Descriptor<'_> {
    Descriptor {
        id,
        short_description: None,
        full_description: None,
        help: None,
        help_uri: None,
        default_configuration: Configuration { level },
        properties: None,
    }
}

/// A path as an address: relative ones stay relative.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let encoded = utf8_percent_encode(path, IN_PATHS).to_string();
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded }
}
