//! The few colours, and words that carry them.
//!
//! Meaning never hangs on colour alone: each coloured word also says what it is.

use annotate_snippets::Level;
use anstyle::{AnsiColor, Effects, Style};
use evidence_claims::Severity;

/// Errors.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
/// Warnings.
pub(crate) const WARNING: Style = AnsiColor::BrightYellow.on_default().effects(Effects::BOLD);
/// Notes.
pub(crate) const NOTE: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
/// What may be published, what to do.
pub(crate) const GOOD: Style = AnsiColor::BrightGreen.on_default();
/// Names that can be typed: ids, rules, commands.
pub(crate) const NAME: Style = AnsiColor::BrightCyan.on_default();
/// Headings and messages.
pub(crate) const STRONG: Style = Style::new().effects(Effects::BOLD);
/// Frames, labels, links: there when looked for.
pub(crate) const QUIET: Style = AnsiColor::BrightBlack.on_default();

/// `text` in `style`.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` as a link to `url`, for terminals that can follow one (OSC 8).
pub(crate) fn link(url: &str, text: &str) -> String {
    format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\")
}

/// The style of a severity.
pub(crate) const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

/// The level that draws carets in the colour of a severity.
pub(crate) const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// `text` without control characters, which could otherwise drive the reader's terminal.
pub(crate) fn clean(text: &str) -> String {
    annotate_snippets::normalize_untrusted_str(text)
}
