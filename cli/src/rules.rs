//! `claims rules`: the rules, by family.

use std::fmt::Write;

use evidence_claims::{Database, Rule, RuleStatus};

use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::summary::count;
use crate::table::Table;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let mut rules: Vec<Rule<'_>> = database.rules().filter(|rule| rule.status() != RuleStatus::Retired).collect();
    rules.sort_by_key(|rule| (rule.name().starts_with("data/"), rule.name()));
    let mut table = Table::new(&["rule", "severity", "why"]);
    for rule in &rules {
        let severity = match rule.status() {
            RuleStatus::Preview => format!("{} (preview)", rule.severity()),
            _ => paint(style::severity(rule.severity()), rule.severity()),
        };
        let why = rule.why().split_once(". ").map_or(rule.why(), |(first, _)| first).trim_end_matches('.');
        table.row(vec![paint(style::NAME, rule.name()), severity, why.to_owned()]);
    }
    let mut text = table.text(terminal.table_width);
    let command = paint(style::NAME, "claims explain RULE");
    let _ = writeln!(text, "\n{}; {command} tells more about one", count(rules.len(), "rule"));
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}
