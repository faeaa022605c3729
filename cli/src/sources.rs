//! `claims sources`: publications with their links, and the claims that lean on each.

use std::collections::BTreeSet;
use std::fmt::Write;

use evidence_claims::{Claim, Database, Direction, Source};
use serde::Serialize;

use crate::args::{SourcesArgs, SourcesFormat};
use crate::sheet::Sheet;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::terminal::Terminal;
use crate::{csv, json, query, words};

/// Runs the command.
pub(crate) fn run(args: &SourcesArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let sources = chosen(&args.query, database, terminal)?;
    let text = match args.format {
        SourcesFormat::Table => pages(&sources, database, terminal),
        SourcesFormat::Json => {
            let sources = sources.iter().map(|&source| Record::new(source, database)).collect();
            json::pretty(&Listed { schema: 1, sources })?
        }
        SourcesFormat::Csv => csv::text(sources.iter().map(|&source| Row::new(source, database)))?,
    };
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}

/// All sources, or those that the query means. Words alone are also looked for in the sources themselves.
pub(crate) fn chosen<'db>(
    words: &[String],
    database: &'db Database,
    terminal: Terminal,
) -> Result<Vec<Source<'db>>, Stop> {
    let query = query::read(words, database, terminal)?;
    let mut ids: BTreeSet<&str> = database.query_sources(&query).map(Source::id).collect();
    let words: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
    if words.iter().all(|word| !word.contains([':', '<', '>', '=', '"']) && !word.starts_with('-')) {
        let fits = |source: &Source<'_>| {
            let text = format!("{} {} {}", source.id(), source.citation(), source.title()).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        ids.extend(database.sources().filter(fits).map(Source::id));
    }
    Ok(database.sources().filter(|source| ids.contains(source.id())).collect())
}

/// The claims that lean on a source, and what it says about each; `None` where it is a rule or context.
fn claims<'db>(source: Source<'db>, database: &'db Database) -> Vec<(Claim<'db>, Option<Direction>)> {
    let mut claims: Vec<(Claim<'db>, Option<Direction>)> = Vec::new();
    for claim in source.cited_by() {
        let findings = claim.findings().filter(|finding| finding.source() == source);
        claims.extend(findings.map(|finding| (claim, Some(finding.direction()))));
    }
    if !source.design().is_evidence() {
        let guided = database.claims().filter(|claim| claim.guidance().any(|guide| guide == source));
        claims.extend(guided.map(|claim| (claim, None)));
    }
    claims.sort_by_key(|&(claim, direction)| (direction, claim.id()));
    claims
}

fn pages(sources: &[Source<'_>], database: &Database, terminal: Terminal) -> String {
    let all = database.sources().len();
    if sources.is_empty() {
        return "no source fits; `claims sources` shows them all\n".to_owned();
    }
    let mut out = String::new();
    for &source in sources {
        let mut sheet = Sheet::new(terminal.width);
        sheet.title(source.id(), &words::design(source));
        sheet.line("citation", &source.citation());
        if source.container().is_some() && source.authors().len() > 0 {
            sheet.line("title", source.title());
        }
        if let Some(retraction) = source.retraction() {
            sheet.styled(style::ERROR, "retracted", &format!("{}: {}", retraction.date, retraction.notice));
        }
        sheet.styled(style::NAME, "link", source.url().as_str());
        let claims = claims(source, database);
        if claims.is_empty() {
            sheet.styled(style::QUIET, "claims", "none leans on it");
        }
        let mut before = None;
        for (claim, direction) in claims {
            let word = direction.map_or("guides", Direction::as_str);
            sheet.line(if before == Some(word) { "" } else { word }, claim.id());
            before = Some(word);
        }
        out.push_str(&sheet.into_text());
        out.push('\n');
    }
    let shown = if sources.len() == all { count(all, "source") } else { format!("{} of {all} sources", sources.len()) };
    let _ = writeln!(out, "{}", paint(style::STRONG, shown));
    out
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    schema: u32,
    sources: Vec<Record<'a>>,
}

/// One source.
#[derive(Debug, Serialize)]
struct Record<'a> {
    id: &'a str,
    title: &'a str,
    authors: Vec<&'a str>,
    year: Option<u16>,
    container: Option<&'a str>,
    doi: Option<&'a str>,
    pmid: Option<&'a str>,
    url: &'a str,
    design: evidence_claims::Design,
    participants: Option<u32>,
    studies: Option<u32>,
    retracted: bool,
    citation: String,
    claims: Vec<Lean<'a>>,
}

/// A claim that leans on a source; without a direction the source is a rule or context.
#[derive(Debug, Serialize)]
struct Lean<'a> {
    claim: &'a str,
    direction: Option<Direction>,
}

impl<'a> Record<'a> {
    fn new(source: Source<'a>, database: &'a Database) -> Self {
        let claims = claims(source, database);
        Self {
            id: source.id(),
            title: source.title(),
            authors: source.authors().collect(),
            year: source.year(),
            container: source.container(),
            doi: source.doi(),
            pmid: source.pmid(),
            url: source.url().as_str(),
            design: source.design(),
            participants: source.participants(),
            studies: source.studies(),
            retracted: source.is_retracted(),
            citation: source.citation(),
            claims: claims.into_iter().map(|(claim, direction)| Lean { claim: claim.id(), direction }).collect(),
        }
    }
}

/// One source, flat, for spreadsheets: lists are joined.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    authors: String,
    year: Option<u16>,
    title: &'a str,
    container: Option<&'a str>,
    volume: Option<&'a str>,
    issue: Option<&'a str>,
    pages: Option<&'a str>,
    doi: Option<&'a str>,
    pmid: Option<&'a str>,
    url: &'a str,
    design: evidence_claims::Design,
    participants: Option<u32>,
    studies: Option<u32>,
    retracted: bool,
    claims: String,
}

impl<'a> Row<'a> {
    fn new(source: Source<'a>, database: &'a Database) -> Self {
        let mut claims: Vec<&str> = claims(source, database).into_iter().map(|(claim, _)| claim.id()).collect();
        claims.dedup();
        Self {
            id: source.id(),
            authors: source.authors().collect::<Vec<_>>().join("; "),
            year: source.year(),
            title: source.title(),
            container: source.container(),
            volume: source.volume(),
            issue: source.issue(),
            pages: source.pages(),
            doi: source.doi(),
            pmid: source.pmid(),
            url: source.url().as_str(),
            design: source.design(),
            participants: source.participants(),
            studies: source.studies(),
            retracted: source.is_retracted(),
            claims: claims.join(" "),
        }
    }
}
