//! Where a claim is recorded. A claim of a pack stands in its file; those of the built-in pack stand in the program, and are written
//! out for reading into a directory that goes when the server does.

use std::path::{Path, PathBuf};

use evidence_claims::{Claim, Database, Span};
use gen_lsp_types::{Location, Position, Range};
use tempfile::TempDir;

use super::client;
use super::place::Lines;

/// The place of a claim's record.
pub(super) fn place(
    claim: Claim<'_>,
    database: &Database,
    written: &mut Option<TempDir>,
    counts_bytes: bool,
) -> Option<Location> {
    let (file, header) = claim.origin();
    let text = database.text(file)?;
    let path = Path::new(file);
    let path = if path.is_absolute() { path.to_owned() } else { write(file, text, written)? };
    let lines = Lines::new(text, counts_bytes);
    let start = lines.position(text, header.start());
    // The whole record would be the whole screen.
    let end = Position { character: start.character + header_length(text, header), ..start };
    Some(Location { uri: client::uri_of(&path)?, range: Range { start, end } })
}

fn header_length(text: &str, header: Span) -> u32 {
    u32::try_from(header.of(text).lines().next().unwrap_or_default().len()).unwrap_or(0)
}

/// Writes a file of the built-in pack, for reading only.
fn write(name: &str, text: &str, written: &mut Option<TempDir>) -> Option<PathBuf> {
    if written.is_none() {
        *written = tempfile::Builder::new().prefix("evidence-claims-").tempdir().ok();
    }
    let path = written.as_ref()?.path().join(name);
    if !path.exists() {
        std::fs::create_dir_all(path.parent()?).ok()?;
        let head =
            "# This is a copy for reading. The record is part of the program; a pack of your own can add to it.\n";
        // The heading stands at the end, so that all lines keep their numbers.
        std::fs::write(&path, format!("{text}\n{head}")).ok()?;
        let mut permissions = std::fs::metadata(&path).ok()?.permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).ok()?;
    }
    Some(path)
}
