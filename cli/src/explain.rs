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
use crate::unknown;
use crate::window::{Window, columns};

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
    if rule.bad().len() > 0 {
        sheet.heading("It fires on");
        for example in rule.bad() {
            if rule.kind() == RuleKind::Data {
                sheet.raw(&record(example));
                continue;
            }
            let (example, reported) = example.split_once(SOURCE).map_or((example, None), |(a, b)| (a, Some(b)));
            let (sentence, carets) = marked(example, style::severity(rule.severity()), terminal);
            sheet.raw(&format!("  {sentence}\n"));
            if !carets.is_empty() {
                sheet.raw(&format!("  {carets}\n"));
            }
            if let Some(source) = reported {
                sheet.raw(&crate::wrap::paragraph(&format!("source: {source}"), terminal.width, INDENT, INDENT));
            }
        }
    }
    if rule.good().len() > 0 {
        sheet.heading("It is silent on");
        for example in rule.good() {
            if rule.kind() == RuleKind::Data {
                sheet.raw(&record(example));
                continue;
            }
            let (example, reported) = example.split_once(SOURCE).map_or((example, None), |(a, b)| (a, Some(b)));
            sheet.raw(&crate::wrap::paragraph(example, terminal.width, INDENT, INDENT));
            if let Some(source) = reported {
                sheet.raw(&crate::wrap::paragraph(&format!("source: {source}"), terminal.width, INDENT, INDENT));
            }
        }
    }
    if !matches!(rule.kind(), RuleKind::Data | RuleKind::Source) {
        sheet.heading("Change it");
        let option = paint(style::NAME, format!("--severity {}=note", rule.name()));
        sheet.raw(&format!("  claims check {option}    error, warning, note or off\n"));
    }
    sheet.into_text()
}

/// Lines of a record, indented; they are not wrapped, so that they can be copied.
fn record(example: &str) -> String {
    example.lines().map(|line| format!("{:INDENT$}{line}", "").trim_end().to_owned() + "\n").collect()
}

/// A `[[marked]]` sentence without its marks, cut to the width, and a line under the marked words.
fn marked(example: &str, style: Style, terminal: Terminal) -> (String, String) {
    let parts = example.split_once("[[").and_then(|(before, rest)| Some((before, rest.split_once("]]")?)));
    let Some((before, (words, after))) = parts else { return (example.to_owned(), String::new()) };
    let sentence = format!("{before}{words}{after}");
    let range = before.len()..before.len() + words.len();
    let window = Window::new(&sentence, range.clone(), terminal.width.saturating_sub(INDENT));
    let place = window.place(range);
    let (before, rest) = window.text.split_at(place.start);
    let (words, after) = rest.split_at(place.len());
    let sign = if terminal.decor == DecorStyle::Unicode { "━" } else { "^" };
    let carets = format!("{}{}", " ".repeat(columns(before)), paint(style, sign.repeat(columns(words))));
    (format!("{before}{}{after}", paint(style, words)), carets)
}
