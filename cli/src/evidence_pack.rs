//! `claims evidence-pack`: the documentary evidence that advertising codes ask to be held before a page is published. Each thing
//! that the page says massage does, how strongly it is worded, and the record, reasons and sources that it can be held against.

use std::fmt::Write;

use evidence_claims::{
    Basis, Checker, Claim, Database, Date, Design, Diagnostic, Direction, Document, Effect, Finding, Grade, Pico,
    Rating, Severity, Span, Strength,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::args::{EvidencePackArgs, EvidencePackFormat, ReadingArgs};
use crate::input::{self, Input, LARGEST};
use crate::judge::ends_a_check;
use crate::stop::{Outcome, Stop, complain};
use crate::terminal::Terminal;
use crate::{html, json, save, today, unknown};

/// What is known about a page, on one day.
#[derive(Debug, Serialize)]
pub(crate) struct EvidencePack<'a> {
    schema: u32,
    /// The path as given.
    pub(crate) page: &'a str,
    /// Of the bytes of the page, in hexadecimal.
    pub(crate) sha256: String,
    /// The day on which the file was made.
    pub(crate) date: Date,
    /// Version of the evidence base.
    pub(crate) evidence: &'a str,
    /// Whose strictness was used.
    pub(crate) profile: Option<&'a str>,
    /// What the page says massage does, in reading order.
    pub(crate) statements: Vec<Statement<'a>>,
    /// Words that no claim of the base can carry, with the rule that found them.
    pub(crate) without_evidence: Vec<Unheld<'a>>,
    /// The claims that the statements are held against, each once.
    pub(crate) claims: Vec<Record<'a>>,
}

/// One thing that the page says.
#[derive(Debug, Serialize)]
pub(crate) struct Statement<'a> {
    /// The words.
    pub(crate) words: String,
    /// The sentence around them.
    pub(crate) sentence: String,
    pub(crate) line: usize,
    column: usize,
    /// How strongly it is worded; not known where a claim lists the words themselves as too strong.
    pub(crate) strength: Option<Strength>,
    /// The strongest wording that the evidence allows.
    pub(crate) ceiling: Option<Strength>,
    /// Whether the wording stays within the evidence, in strength and in everything else that rules look at.
    pub(crate) is_within: bool,
    /// What is too much about it.
    pub(crate) finding: Option<&'a str>,
    /// Id of the claim.
    claim: &'a str,
    #[serde(skip)]
    pub(crate) record: Claim<'a>,
}

/// Words without a claim behind them.
#[derive(Debug, Serialize)]
pub(crate) struct Unheld<'a> {
    pub(crate) words: String,
    pub(crate) line: usize,
    column: usize,
    pub(crate) rule: &'a str,
    pub(crate) severity: Severity,
    pub(crate) message: &'a str,
}

/// A claim with all that its rating rests on.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'a> {
    id: &'a str,
    topic: &'a str,
    proposition: &'a str,
    rating: Rating,
    grade: &'a Grade,
    as_studied: Option<&'a Pico>,
    honest: &'a str,
    conditions: Vec<&'a str>,
    reviewed: Date,
    review_by: Date,
    is_due: bool,
    findings: Vec<Held<'a>>,
    #[serde(skip)]
    pub(crate) claim: Claim<'a>,
}

/// What one source says about a claim.
#[derive(Debug, Serialize)]
struct Held<'a> {
    direction: Direction,
    basis: Basis,
    effect: Option<&'a Effect>,
    source: &'a str,
    citation: String,
    title: &'a str,
    design: Design,
    participants: Option<u32>,
    doi: Option<&'a str>,
    pmid: Option<&'a str>,
    pmcid: Option<&'a str>,
    url: &'a str,
    checked: Option<Date>,
    is_retracted: bool,
}

/// Runs the command.
pub(crate) fn run(args: &EvidencePackArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let stop = |problem| Stop(format!("cannot read {}: {problem}", args.page.display()));
    let reading = ReadingArgs::of_kind(args.kind);
    let bytes = input::bytes(&args.page, LARGEST).map_err(|refusal| stop(refusal.of_a_page(&args.page)))?;
    let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let input = Input::new(&args.page, bytes, &reading).map_err(stop)?;
    if input.is_empty() {
        complain(format!("{} is empty: it says nothing that needs evidence", input.name()));
    }
    let date =
        args.today.or_else(today::today).ok_or_else(|| Stop("no clock; give the day with --today".to_owned()))?;
    let mut checker = Checker::new(database);
    if let Some(name) = &args.profile {
        checker = checker.profile(name).map_err(|_| unknown::profile(name, database))?;
    }
    let name = input.name().to_owned();
    let document = input.document;
    let diagnostics = checker.check(&document);
    if diagnostics.iter().any(ends_a_check) {
        // It is filed as what the page says, and would be a part of it.
        return Err(Stop(format!("{name} has more findings than fit into an evidence pack; cut the page in parts")));
    }
    let (statements, without_evidence) = read(&document, &diagnostics, &checker, database);
    let claims = records(&statements, date);
    let (evidence, profile) = (database.version(), args.profile.as_deref());
    let pack =
        EvidencePack { schema: 1, page: &name, sha256, date, evidence, profile, statements, without_evidence, claims };
    let text = match args.format {
        EvidencePackFormat::Html => html::evidence_pack(&pack, terminal),
        EvidencePackFormat::Json => json::pretty(&pack)?,
    };
    match &args.output {
        None => terminal.write(&text)?,
        Some(path) => {
            save::new(path, text.as_bytes())?;
            let next = if args.format == EvidencePackFormat::Html { "; open it in a browser" } else { "" };
            complain(format!("{} is written{next}", path.display()));
        }
    }
    Ok(Outcome::Clean)
}

/// What the page says, and what stands there without evidence.
fn read<'a>(
    document: &'a Document,
    diagnostics: &'a [Diagnostic],
    checker: &Checker<'_>,
    database: &'a Database,
) -> (Vec<Statement<'a>>, Vec<Unheld<'a>>) {
    let mut statements: Vec<(Span, Statement<'a>)> = Vec::new();
    let statement = |span: Span, sentence: Span, record: Claim<'a>, finding: Option<&'a Diagnostic>| {
        let position = document.position(span);
        let is_within = finding.is_none_or(|finding| finding.severity() == Severity::Note);
        Statement {
            words: html::seen(document, span),
            sentence: html::seen(document, sentence),
            line: position.line,
            column: position.column,
            strength: None,
            ceiling: None,
            is_within,
            finding: finding.map(Diagnostic::message),
            claim: record.id(),
            record,
        }
    };
    for sentence in checker.explain(document) {
        for assertion in sentence.assertions {
            let Some(record) = assertion.claim.and_then(|id| database.claim(&id)) else { continue };
            let span = assertion.span;
            if statements.iter().any(|(other, known)| *other == span && known.record == record) {
                continue;
            }
            let finding = diagnostics.iter().find(|diagnostic| diagnostic.span().overlaps(span));
            let (strength, ceiling) = (Some(assertion.strength), assertion.ceiling);
            statements.push((span, Statement { strength, ceiling, ..statement(span, sentence.span, record, finding) }));
        }
    }
    let mut without_evidence = Vec::new();
    for diagnostic in diagnostics {
        let span = diagnostic.span();
        if statements.iter().any(|(other, _)| other.overlaps(span)) {
            continue;
        }
        if let Some(record) = diagnostic.claim().and_then(|id| database.claim(id)) {
            let sentence = document.sentences().find(|sentence| sentence.overlaps(span)).unwrap_or(span);
            statements.push((span, statement(span, sentence, record, Some(diagnostic))));
        } else {
            let position = document.position(span);
            without_evidence.push(Unheld {
                words: html::seen(document, span),
                line: position.line,
                column: position.column,
                rule: diagnostic.rule(),
                severity: diagnostic.severity(),
                message: diagnostic.message(),
            });
        }
    }
    statements.sort_by_key(|(span, _)| *span);
    (statements.into_iter().map(|(_, statement)| statement).collect(), without_evidence)
}

/// The claims behind the statements, in the order of the page.
fn records<'a>(statements: &[Statement<'a>], date: Date) -> Vec<Record<'a>> {
    let mut records: Vec<Record<'a>> = Vec::new();
    for claim in statements.iter().map(|statement| statement.record) {
        if records.iter().all(|record| record.claim != claim) {
            records.push(record(claim, date));
        }
    }
    records
}

fn record(claim: Claim<'_>, date: Date) -> Record<'_> {
    Record {
        id: claim.id(),
        topic: claim.topic(),
        proposition: claim.proposition(),
        rating: claim.rating(),
        grade: claim.grade(),
        as_studied: claim.pico().as_studied(),
        honest: claim.honest(),
        conditions: claim.conditions().collect(),
        reviewed: claim.reviewed(),
        review_by: claim.review_by(),
        is_due: claim.is_due(date),
        findings: claim.findings().map(held).collect(),
        claim,
    }
}

fn held(finding: Finding<'_>) -> Held<'_> {
    let source = finding.source();
    Held {
        direction: finding.direction(),
        basis: finding.basis(),
        effect: finding.effect(),
        source: source.id(),
        citation: source.citation(),
        title: source.title(),
        design: source.design(),
        participants: source.participants(),
        doi: source.doi(),
        pmid: source.pmid(),
        pmcid: source.pmcid(),
        url: source.url().as_str(),
        checked: source.checked(),
        is_retracted: source.is_retracted(),
    }
}
