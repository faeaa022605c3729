//! `claims show`: all that is known about one claim, the answer first.

use std::cmp::Reverse;

use evidence_claims::{Basis, Claim, Database, Direction, Finding};

use crate::args::ShowArgs;
use crate::sheet::Sheet;
use crate::size::Size;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::table::Table;
use crate::terminal::Terminal;
use crate::{forest, today, unknown, words};

/// Runs the command.
pub(crate) fn run(args: &ShowArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let claim = database.claim(&args.claim).ok_or_else(|| unknown::claim(&args.claim, database))?;
    let mut sheet = Sheet::new(terminal.width);
    answer(&mut sheet, claim, terminal);
    question(&mut sheet, claim, terminal);
    certainty(&mut sheet, claim, terminal);
    change(&mut sheet, claim);
    forest::draw(&mut sheet, claim, terminal);
    findings(&mut sheet, claim, terminal);
    guidance(&mut sheet, claim);
    review(&mut sheet, claim, args);
    terminal.write(&sheet.into_text())?;
    Ok(Outcome::Clean)
}

fn answer(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    sheet.title(claim.id(), claim.topic());
    sheet.paragraph(claim.proposition());
    sheet.raw("\n");
    if let Some(withdrawal) = claim.withdrawal() {
        let instead = claim.superseded_by().map(|claim| format!("; see {}", claim.id())).unwrap_or_default();
        sheet.styled(style::WARNING, "withdrawn", &format!("on {}: {}{instead}", withdrawal.date, withdrawal.reason));
    }
    let signs = words::signs(claim.certainty(), terminal);
    sheet.line("rating", &format!("{signs} {}", paint(style::STRONG, claim.rating())));
    sheet.styled(style::GOOD, "publish", claim.honest());
    for (number, condition) in claim.conditions().enumerate() {
        sheet.line(if number == 0 { "keep" } else { "" }, &format!("“{condition}”"));
    }
    for (number, overclaim) in claim.marketing().into_iter().chain(claim.overclaims()).enumerate() {
        sheet.line(if number == 0 { "avoid" } else { "" }, overclaim);
    }
}

fn question(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    sheet.heading("Question");
    let pico = claim.pico();
    let studied = pico.as_studied();
    let mut table = Table::new(&["           ", "term", "as studied"]);
    for (word, term, studied) in [
        ("who", pico.population(), studied.map(|pico| &pico.population)),
        ("what", pico.intervention(), studied.map(|pico| &pico.intervention)),
        ("against", pico.comparator(), studied.map(|pico| &pico.comparator)),
        ("outcome", pico.outcome(), studied.map(|pico| &pico.outcome)),
    ] {
        let word = paint(style::QUIET, format!("  {word:<9}"));
        table.row(vec![word, term.label().to_owned(), studied.cloned().unwrap_or_default()]);
    }
    sheet.raw(&table.text(terminal.width));
}

fn certainty(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    let grade = claim.grade();
    sheet.heading("How sure (GRADE)");
    let mut table = Table::new(&["           ", "", ""]);
    let mut row = |word: &str, step: &str, why: &str| {
        let word = paint(style::QUIET, format!("  {:<19}", word.replace('-', " ")));
        table.row(vec![word, step.to_owned(), why.to_owned()]);
    };
    if let Some(start) = grade.start {
        let kind = match start {
            evidence_claims::Certainty::High => "randomised trials start here",
            _ => "observational studies start here",
        };
        row("start", start.as_str(), kind);
    }
    for reason in &grade.reasons {
        let step = match (reason.levels, reason.domain.is_upgrade()) {
            (0, _) => "0".to_owned(),
            (levels, true) => format!("+{levels}"),
            (levels, false) => format!("{}{levels}", words::minus(terminal)),
        };
        row(reason.domain.as_str(), &step, &reason.why);
    }
    let result = claim.certainty().map_or("no rating".to_owned(), |certainty| certainty.as_str().replace('-', " "));
    row("certainty", &paint(style::STRONG, result), grade.summary.as_deref().unwrap_or_default());
    sheet.raw(&table.rows_only(terminal.width));
}

fn change(sheet: &mut Sheet, claim: Claim<'_>) {
    sheet.heading("What would change this rating");
    for missing in claim.grade().missing_studies() {
        sheet.line(missing.kind, missing.study);
    }
}

fn findings(sheet: &mut Sheet, claim: Claim<'_>, terminal: Terminal) {
    let mut findings: Vec<Finding<'_>> = claim.findings().collect();
    findings.sort_by_key(|finding| (finding.source().design(), Reverse(finding.source().year())));
    if findings.is_empty() {
        sheet.heading("Findings: none");
        sheet.line("", "No study was found that tested it.");
        return;
    }
    let tally: Vec<String> = [Direction::Supports, Direction::Mixed, Direction::Null, Direction::Against]
        .into_iter()
        .map(|direction| (findings.iter().filter(|finding| finding.direction() == direction).count(), direction))
        .filter(|(number, _)| *number > 0)
        .map(|(number, direction)| format!("{number} {}", words::direction(direction)))
        .collect();
    let sources = count(Size::of(&claim).sources, "source");
    let number =
        if findings.len() > Size::of(&claim).sources { format!("{} from {sources}", findings.len()) } else { sources };
    sheet.heading(&format!("Findings: {number} ({})", tally.join(", ")));
    for (number, finding) in findings.iter().enumerate() {
        if number > 0 {
            sheet.raw("\n");
        }
        one_finding(sheet, *finding, terminal);
    }
}

fn one_finding(sheet: &mut Sheet, finding: Finding<'_>, terminal: Terminal) {
    let source = finding.source();
    sheet.styled(style::STRONG, finding.direction().as_str(), &source.citation());
    if let Some(retraction) = source.retraction() {
        sheet.styled(style::ERROR, "", &format!("retracted {}: {}", retraction.date, retraction.notice));
    }
    sheet.line("", &format!("{}{}", words::design(source), basis(finding.basis())));
    if let Some(effect) = finding.effect() {
        sheet.line("", &words::figure(effect, terminal));
    }
    for note in [source.finding_text().filter(|_| finding.effect().is_none()), finding.note()].into_iter().flatten() {
        sheet.line("", note);
    }
    sheet.styled(style::NAME, "", source.url().as_str());
}

/// What a reader must know about how the finding came about.
const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::SelfReported => ", reported by the people themselves",
        Basis::Inferred => ", concluded from something else that was measured",
        Basis::Animal => ", seen in animals",
        Basis::Laboratory => ", seen in the laboratory",
        _ => "",
    }
}

fn guidance(sheet: &mut Sheet, claim: Claim<'_>) {
    if claim.guidance().len() == 0 {
        return;
    }
    sheet.heading("Rules and context, not evidence");
    for source in claim.guidance() {
        // Authorities publish many pages, so that authors and year alone would not tell which.
        let citation = source.citation();
        sheet.line(source.design().as_str(), &citation);
        if !citation.contains(source.title()) {
            sheet.line("", source.title());
        }
        sheet.styled(style::NAME, "", source.url().as_str());
    }
}

fn review(sheet: &mut Sheet, claim: Claim<'_>, args: &ShowArgs) {
    sheet.heading("Review");
    sheet.line("reviewed", &claim.reviewed().to_string());
    let today = args.today.or_else(today::today);
    if today.is_some_and(|today| claim.is_due(today)) {
        sheet.styled(style::WARNING, "due", &format!("since {}: newer studies may say otherwise", claim.review_by()));
    } else {
        sheet.line("due", &claim.review_by().to_string());
    }
    if let Some(note) = claim.note() {
        sheet.line("note", note);
    }
    sheet.line("record", claim.origin().0);
}
