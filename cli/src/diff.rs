//! `claims diff`: what changed from one edition of a pack to another.

use std::path::Path;

use evidence_claims::{Builder, Change, Database};
use serde::Serialize;

use crate::args::{DiffArgs, DiffFormat};
use crate::sheet::Sheet;
use crate::stop::{Outcome, Stop};
use crate::style::{self, clean, paint};
use crate::summary::count;
use crate::terminal::Terminal;
use crate::{broken, evidence, json};

/// Runs the command. A difference is no mistake: the exit status is 0.
pub(crate) fn run(args: &DiffArgs, terminal: Terminal) -> Result<Outcome, Stop> {
    let (old, new) = (open(&args.old, terminal)?, open(&args.new, terminal)?);
    let changes = old.diff(&new);
    match args.format {
        DiffFormat::Human => terminal.write(&human(&changes, terminal))?,
        DiffFormat::Json => json::write(&Page { schema: 1, changes })?,
    }
    Ok(Outcome::Clean)
}

/// An edition of the built-in pack stands alone; any other pack may refer to the built-in records, which are the same for both.
fn open(pack: &Path, terminal: Terminal) -> Result<Database, Stop> {
    evidence::exists(pack)?;
    let builder: Builder = if evidence::is_edition(pack) { Database::builder() } else { Database::builder().builtin() };
    builder.pack(pack).build().map_err(|error| broken::stop(&error, terminal))
}

#[derive(Serialize)]
struct Page {
    schema: u32,
    changes: Vec<Change>,
}

fn human(changes: &[Change], terminal: Terminal) -> String {
    let mut sheet = Sheet::new(terminal.width);
    let mut claims = 0;
    for group in changes.chunk_by(|a, b| a.claim == b.claim) {
        claims += 1;
        let Some(first) = group.first() else { continue };
        sheet.raw(&format!("{}\n", paint(style::NAME, clean(&first.claim))));
        for change in group {
            let mut word = change.aspect.as_str();
            for (sign, style, text) in [("-", style::WARNING, &change.before), ("+", style::GOOD, &change.after)] {
                if let Some(text) = text {
                    sheet.styled(style, word, &format!("{sign} {}", clean(text)));
                    word = "";
                }
            }
        }
        sheet.raw("\n");
    }
    sheet.raw(&match claims {
        0 => "nothing changed in ratings, wording and findings\n".to_owned(),
        _ => format!("{} in {}\n", count(changes.len(), "change"), count(claims, "claim")),
    });
    sheet.into_text()
}
