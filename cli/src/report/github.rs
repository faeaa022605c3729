//! Annotations for GitHub Actions: workflow commands on standard output, which show the finding at its line of the pull request.

use std::io::{self, Write};

use evidence_claims::Severity;

use super::{Page, remarks};

pub(super) fn write(pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
    for page in pages {
        for diagnostic in &page.diagnostics {
            let command = match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let (start, end) = page.source.ends(diagnostic.span());
            // GitHub shows columns only where a finding stays in its line, and counts the last one in.
            let columns = if start.line == end.line {
                format!(",col={},endColumn={}", start.column, end.column.saturating_sub(1).max(start.column))
            } else {
                String::new()
            };
            let text = format!("{}\n{}", diagnostic.message(), remarks(diagnostic));
            writeln!(
                out,
                "::{command} file={},line={},endLine={}{columns},title={}::{}",
                property(&page.path.replace('\\', "/")),
                start.line,
                end.line,
                property(diagnostic.rule()),
                data(text.trim_end()),
            )?;
        }
    }
    Ok(())
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a value among others.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
