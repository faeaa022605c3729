//! The last lines of a check: how much was found, where, and what to type next.

use std::collections::BTreeMap;
use std::fmt::Write;

use evidence_claims::{Database, Diagnostic, Severity};

use crate::style::{self, paint};

/// From this number of findings on, the rules that found most are named.
const MANY: usize = 10;

/// How many rules are named then.
const MOST_NAMED: usize = 3;

/// Counts over all files of a run.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    files: usize,
    files_with_findings: usize,
    severities: [usize; 3],
    rules: BTreeMap<String, usize>,
}

impl Summary {
    /// Adds a file.
    pub(crate) fn add<'a>(&mut self, diagnostics: impl IntoIterator<Item = &'a Diagnostic>) {
        self.files += 1;
        let mut any = false;
        for diagnostic in diagnostics {
            any = true;
            self.severities[diagnostic.severity() as usize] += 1;
            *self.rules.entry(diagnostic.rule().to_owned()).or_default() += 1;
        }
        self.files_with_findings += usize::from(any);
    }

    /// Sets how many files were read, where those without findings were not added.
    pub(crate) fn files(&mut self, files: usize) {
        self.files = self.files.max(files);
    }

    /// Findings of a severity.
    fn of(&self, severity: Severity) -> usize {
        self.severities[severity as usize]
    }

    /// The lines to print; `size` follows the number of files. Rules that `database` does not hold are not offered.
    pub(crate) fn text(&self, size: &str, database: Option<&Database>) -> String {
        let mut out = String::new();
        let counts: Vec<String> = Severity::ALL
            .into_iter()
            .rev()
            .filter(|&severity| self.of(severity) > 0)
            .map(|severity| paint(style::severity(severity), count(self.of(severity), severity.as_str())))
            .collect();
        let files = match (self.files_with_findings, self.files) {
            (_, 1) => "1 file".to_owned(),
            (0, files) => count(files, "file"),
            (with, files) if with == files => count(files, "file"),
            (with, files) => format!("{with} of {files} files"),
        };
        if counts.is_empty() {
            let _ = writeln!(out, "{} in {files}{size}", paint(style::GOOD.bold(), "nothing found"));
            return out;
        }
        let _ = writeln!(out, "{} in {files}{size}", enumerate(&counts));

        let mut rules: Vec<(&String, &usize)> = self.rules.iter().collect();
        rules.sort_by_key(|&(rule, count)| (std::cmp::Reverse(*count), rule));
        if self.severities.iter().sum::<usize>() >= MANY && rules.len() > 1 {
            let most: Vec<String> =
                rules.iter().take(MOST_NAMED).map(|(rule, count)| format!("{rule} ({count})")).collect();
            let _ = writeln!(out, "most often {}", most.join(", "));
        }
        if let Some((rule, _)) =
            rules.into_iter().find(|(rule, _)| database.and_then(|database| database.rule(rule)).is_some())
        {
            let command = paint(style::NAME, format!("claims explain {rule}"));
            let _ = writeln!(out, "{command} says what the rule looks for, why, and on whose authority");
        }
        out
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `1 study`, `2 studies`.
pub(crate) fn count_as(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn enumerate(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
