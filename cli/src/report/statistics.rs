//! `--statistics`: how often each rule found something, the most frequent first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use evidence_claims::Severity;
use serde::Serialize;

use super::{Page, Report};
use crate::args::CheckFormat;
use crate::style::{self, paint};

#[derive(Debug, Serialize)]
struct Row<'a> {
    rule: &'a str,
    severity: Severity,
    findings: usize,
    files: usize,
}

pub(super) fn write(pages: &[Page<'_>], report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, Row<'_>> = BTreeMap::new();
    for page in pages {
        let mut here: Vec<&str> = Vec::new();
        for diagnostic in &page.diagnostics {
            let (rule, severity) = (diagnostic.rule(), diagnostic.severity());
            let row = rules.entry(rule).or_insert(Row { rule, severity, findings: 0, files: 0 });
            row.findings += 1;
            row.severity = row.severity.max(severity);
            here.push(rule);
        }
        here.sort_unstable();
        here.dedup();
        for rule in here {
            rules.entry(rule).and_modify(|row| row.files += 1);
        }
    }
    let mut rows: Vec<Row<'_>> = rules.into_values().collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.findings), row.rule));
    if report.format == CheckFormat::Json {
        #[derive(Serialize)]
        struct Statistics<'a> {
            schema: u32,
            rules: &'a [Row<'a>],
        }
        serde_json::to_writer_pretty(&mut *out, &Statistics { schema: 1, rules: &rows })?;
        return writeln!(out);
    }
    let widest = |width: fn(&Row<'_>) -> usize| rows.iter().map(width).max().unwrap_or(0);
    let number = widest(|row| row.findings.to_string().len());
    let name = widest(|row| row.rule.len());
    for row in &rows {
        let severity = paint(style::severity(row.severity), format!("{:8}", row.severity));
        let rule = paint(style::NAME, row.rule);
        let files = if row.files == 1 { "1 file".to_owned() } else { format!("{} files", row.files) };
        writeln!(out, "{:>number$}  {severity} {rule}{}  in {files}", row.findings, " ".repeat(name - row.rule.len()))?;
    }
    if !rows.is_empty() && !report.quiet {
        writeln!(out)?;
    }
    report.close(pages, out)
}
