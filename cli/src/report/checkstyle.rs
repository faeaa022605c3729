//! Checkstyle XML, which Jenkins, GitLab and reviewdog read.

use std::io::{self, Write};

use evidence_claims::Severity;

use super::xml::{allowed, writer};
use super::{Page, remarks};

pub(super) fn write(pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(out)?;
    writer.create_element("checkstyle").with_attribute(("version", "4.3")).write_inner_content(|writer| {
        for page in pages {
            let file = writer.create_element("file").with_attribute(("name", &*allowed(page.path)));
            if page.diagnostics.is_empty() {
                file.write_empty()?;
                continue;
            }
            file.write_inner_content(|writer| {
                for diagnostic in &page.diagnostics {
                    let severity = match diagnostic.severity() {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Note => "info",
                    };
                    let position = page.source.position(diagnostic.span());
                    // Line ends do not survive in an attribute.
                    let message = format!("{}\n{}", diagnostic.message(), remarks(diagnostic));
                    let message = message.trim_end().replace('\n', " / ");
                    let attributes = [
                        ("line", position.line.to_string()),
                        ("column", position.column.to_string()),
                        ("severity", severity.to_owned()),
                        ("message", allowed(&message)),
                        ("source", format!("claims.{}", diagnostic.rule())),
                    ];
                    let attributes = attributes.iter().map(|(key, value)| (*key, &**value));
                    writer.create_element("error").with_attributes(attributes).write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    writeln!(writer.into_inner())
}
