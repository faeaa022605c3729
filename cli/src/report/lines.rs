//! Findings one to a line, the form that editors and grep read: `path:line:column: severity[rule]: message`.

use std::io::{self, Write};

use super::Page;
use crate::style::clean;

pub(super) fn write(pages: &[Page<'_>], out: &mut dyn Write) -> io::Result<()> {
    for page in pages {
        for diagnostic in &page.diagnostics {
            let position = page.source.position(diagnostic.span());
            let (severity, rule) = (diagnostic.severity(), diagnostic.rule());
            let message = clean(diagnostic.message());
            writeln!(out, "{}:{position}: {severity}[{rule}]: {message}", clean(page.source.name))?;
        }
    }
    Ok(())
}
