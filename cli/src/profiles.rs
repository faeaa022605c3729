//! `claims profiles`: the jurisdictions whose strictness can be used.

use std::fmt::Write;

use evidence_claims::Database;

use crate::stop::{Outcome, Stop};
use crate::style::{self, paint};
use crate::terminal::Terminal;
use crate::wrap;

/// Runs the command.
pub(crate) fn run(database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let mut text = String::new();
    for profile in database.profiles() {
        let _ = writeln!(text, "{}  {}", paint(style::NAME, profile.name()), profile.label());
        if let Some(about) = profile.about() {
            text.push_str(&wrap::paragraph(about, terminal.width, 2, 0));
        }
        if let Some(authority) = profile.authority().next() {
            let _ = writeln!(text, "  {}", paint(style::QUIET, &authority.name));
        }
        text.push('\n');
    }
    let command = paint(style::NAME, "claims check --profile NAME");
    let _ = writeln!(text, "{command} uses one, and so does profile = \"NAME\" in evidence.toml");
    terminal.write(&text)?;
    Ok(Outcome::Clean)
}
