//! Findings one to a line, the form that editors and grep read.

use evidence_claims::{Diagnostic, Position};

use crate::style::clean;

/// `path:line:column: severity[rule]: message`
pub(crate) fn line(path: &str, position: Position, diagnostic: &Diagnostic) -> String {
    let (severity, rule) = (diagnostic.severity(), diagnostic.rule());
    format!("{}:{position}: {severity}[{rule}]: {}\n", clean(path), clean(diagnostic.message()))
}
