//! How many findings of one document are told. Copy by strangers may be nothing but claims, and each of its bytes would cost fifty of
//! memory.

use crate::database::Database;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// So many, unless another number is set. Ten megabytes of dense marketing copy have fewer.
pub(crate) const MOST: usize = 100_000;

/// The rule whose finding says that the rest was not checked.
pub(crate) const RULE: &str = "limit/findings";

/// Leaves at most so many findings, in reading order, and says behind them where the rest begins: at the first that is left out, or at
/// `place` where reading has ended before. Tells whether it did.
pub(crate) fn cut(
    db: &Database,
    severity: Option<Severity>,
    most: usize,
    found: &mut Vec<Diagnostic>,
    place: Option<Span>,
) -> bool {
    let Some(span) = found.get(most).map(Diagnostic::span).or(place) else { return false };
    found.truncate(most);
    let rule = db.rule(RULE);
    let severity = severity.or_else(|| rule.map(|rule| rule.severity())).unwrap_or(Severity::Error);
    let findings = if most == 1 { "finding" } else { "findings" };
    let message = format!("the limit of {most} {findings} is reached here; what follows is not checked");
    let told = Diagnostic::new(RULE, severity, span, message);
    found.push(match rule {
        Some(rule) => rule.explain(told),
        None => told,
    });
    true
}
