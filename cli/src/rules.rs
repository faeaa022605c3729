//! `claims rules`: what is looked for, rule by rule.

use std::fmt::Write;

use evidence_claims::{Authority, Database, Rule, RuleStatus, Severity};
use serde::Serialize;

use crate::args::{RulesArgs, RulesFormat};
use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::table::Table;
use crate::terminal::Terminal;
use crate::{json, unknown};

/// Runs the command.
pub(crate) fn run(args: &RulesArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let is_named = |rule: &Rule<'_>, name: &String| rule.name() == name || rule.family() == name;
    if let Some(name) = args.only.iter().find(|name| !database.rules().any(|rule| is_named(&rule, name))) {
        return Err(unknown::rule(name, database));
    }
    let mut rules: Vec<Rule<'_>> = database
        .rules()
        .filter(|rule| rule.status() != RuleStatus::Retired)
        .filter(|rule| args.only.is_empty() || args.only.iter().any(|name| is_named(rule, name)))
        .collect();
    rules.sort_by_key(|rule| (rule.name().starts_with("data/"), rule.name()));
    let text = match args.format {
        RulesFormat::Table => table(&rules, terminal),
        RulesFormat::Json => json::pretty(&Listed { schema: 1, rules: rules.into_iter().map(Row::new).collect() })?,
    };
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}

fn table(rules: &[Rule<'_>], terminal: Terminal) -> String {
    let mut table = Table::new(&["rule", "severity", "what it says"]);
    for rule in rules {
        let severity = match rule.status() {
            RuleStatus::Preview => format!("{} (preview)", rule.severity()),
            _ => paint(style::severity(rule.severity()), rule.severity()),
        };
        table.row(vec![paint(style::NAME, rule.name()), severity, rule.message_in_general()]);
    }
    let mut text = table.text(terminal.table_width);
    let command = paint(style::NAME, "claims explain RULE");
    let _ = writeln!(text, "\n{}; {command} tells more about one", count(rules.len(), "rule"));
    text
}

/// The document of `--format json`.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    schema: u32,
    rules: Vec<Row<'a>>,
}

/// One rule, for programs.
#[derive(Debug, Serialize)]
struct Row<'a> {
    rule: &'a str,
    family: &'a str,
    severity: Severity,
    is_preview: bool,
    since: Option<&'a str>,
    message: String,
    why: &'a str,
    help: Option<String>,
    claim: Option<&'a str>,
    authority: Vec<&'a Authority>,
}

impl<'a> Row<'a> {
    fn new(rule: Rule<'a>) -> Self {
        Self {
            rule: rule.name(),
            family: rule.family(),
            severity: rule.severity(),
            is_preview: rule.status() == RuleStatus::Preview,
            since: rule.since(),
            message: rule.message_in_general(),
            why: rule.why(),
            help: rule.help_in_general(),
            claim: rule.claim().map(|claim| claim.id()),
            authority: rule.authority().collect(),
        }
    }
}
