//! `claims explain`: a rule for the person whose words it found, or a class of cues for whoever wonders how they were read.

mod cue;

use annotate_snippets::renderer::DecorStyle;
use anstyle::Style;
use evidence_claims::{Database, Rule, RuleKind, RuleStatus};

use crate::args::ExplainArgs;
use crate::sheet::Sheet;
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::window::{Window, columns};
use crate::{unknown, wrap};

/// Columns before an example.
const INDENT: usize = 2;

/// What stands in an example between copy and its source.
const SOURCE: &str = " — source: ";

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let text = match database.rule(&args.rule) {
        Some(rule) => page(rule, terminal),
        None => cue::page(&args.rule, database, terminal).ok_or_else(|| unknown::rule(&args.rule, database))?,
    };
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}

fn page(rule: Rule<'_>, terminal: Terminal) -> String {
    let mut sheet = Sheet::new(terminal.width);
    let since = rule.since().map(|since| format!(", since {since}")).unwrap_or_default();
    sheet.title(rule.name(), &format!("{}, {}{since}", rule.severity(), rule.family()));
    match rule.status() {
        RuleStatus::Preview => sheet.styled(style::WARNING, "preview", "still being tried; it may change"),
        RuleStatus::Retired => {
            let instead = rule.replaced_by().map(|rule| format!("; see {}", rule.name())).unwrap_or_default();
            sheet.styled(style::WARNING, "retired", &format!("it no longer fires{instead}"));
        }
        _ => {}
    }
    sheet.raw("\n");
    sheet.styled(style::STRONG, "what", &rule.message_in_general());
    sheet.line("why", rule.why());
    if let Some(help) = rule.help_in_general() {
        sheet.styled(style::GOOD, "do", &help);
    }
    if let Some(claim) = rule.claim() {
        sheet.line("evidence", &format!("{}: {}", paint(style::NAME, claim.id()), claim.rating()));
    }
    for (number, authority) in rule.authority().enumerate() {
        sheet.line(if number == 0 { "authority" } else { "" }, &authority.name);
        if let Some(url) = &authority.url {
            sheet.styled(style::NAME, "", url.as_str());
        }
    }
    examples(&mut sheet, "It fires on", rule, rule.bad(), terminal);
    examples(&mut sheet, "It is silent on", rule, rule.good(), terminal);
    if !matches!(rule.kind(), RuleKind::Data | RuleKind::Source) {
        sheet.heading("Change it");
        let option = paint(style::NAME, format!("--severity {}=note", rule.name()));
        sheet.raw(&format!("  claims check {option}    error, warning, note or off\n"));
    }
    sheet.into_text()
}

/// Examples under a heading: parts of records, or sentences, with marks where they have some, and with the source of copy that reports one.
fn examples<'db>(
    sheet: &mut Sheet,
    heading: &str,
    rule: Rule<'db>,
    examples: impl ExactSizeIterator<Item = &'db str>,
    terminal: Terminal,
) {
    if examples.len() > 0 {
        sheet.heading(heading);
    }
    for example in examples {
        if rule.kind() == RuleKind::Data {
            sheet.raw(&record(example));
            continue;
        }
        let (example, source) =
            example.split_once(SOURCE).map_or((example, None), |(copy, source)| (copy, Some(source)));
        match marked(example, style::severity(rule.severity()), terminal) {
            Some((sentence, carets)) => sheet.raw(&format!("  {sentence}\n  {carets}\n")),
            None => sheet.raw(&wrap::paragraph(example, terminal.width, INDENT, INDENT)),
        }
        if let Some(source) = source {
            sheet.raw(&wrap::paragraph(&format!("source: {source}"), terminal.width, INDENT, INDENT));
        }
    }
}

/// Lines of a record, indented; they are not wrapped, so that they can be copied.
fn record(example: &str) -> String {
    example.lines().map(|line| format!("{:INDENT$}{line}", "").trim_end().to_owned() + "\n").collect()
}

/// A `[[marked]]` sentence without its marks, cut to the width, and a line under the marked words.
fn marked(example: &str, style: Style, terminal: Terminal) -> Option<(String, String)> {
    let (before, rest) = example.split_once("[[")?;
    let (words, after) = rest.split_once("]]")?;
    let sentence = format!("{before}{words}{after}");
    let range = before.len()..before.len() + words.len();
    let window = Window::new(&sentence, range.clone(), terminal.width.saturating_sub(INDENT));
    let place = window.place(range);
    let (before, rest) = window.text.split_at(place.start);
    let (words, after) = rest.split_at(place.len());
    let sign = if terminal.decor == DecorStyle::Unicode { "━" } else { "^" };
    let carets = format!("{}{}", " ".repeat(columns(before)), paint(style, sign.repeat(columns(words))));
    Some((format!("{before}{}{after}", paint(style, words)), carets))
}
