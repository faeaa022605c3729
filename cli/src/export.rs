//! `claims export`: sources, effects and claims in the formats of other tools.

use std::path::Path;

use evidence_claims::export::{self, Format};
use evidence_claims::{Claim, Database, Source};

use crate::args::{ExportArgs, ExportFormat};
use crate::stop::{Outcome, Stop};
use crate::terminal::Terminal;
use crate::{query, save, sources};

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let query = query::read(&args.query, database, terminal)?;
    let claims = || database.query(&query);
    let bibliography = |format| {
        let sources: Vec<Source<'_>> = sources::chosen(&args.query, database, terminal)?;
        Ok::<_, Stop>(export::bibliography(sources, format))
    };
    let text = match args.format {
        ExportFormat::CslJson => bibliography(Format::CslJson)?,
        ExportFormat::Bibtex => bibliography(Format::BibTex)?,
        ExportFormat::Ris => bibliography(Format::Ris)?,
        // Without a question, also the effects that no claim rests on.
        ExportFormat::EffectsCsv if args.query.is_empty() => export::source_effects_csv(database.sources()),
        ExportFormat::EffectsCsv => export::effects_csv(claims()),
        ExportFormat::Markdown => export::evidence_table(claims()),
        ExportFormat::ClaimReview => one_or_all(&claims().collect::<Vec<_>>(), export::claim_review, |claims| {
            export::claim_reviews(claims.iter().copied())
        }),
        ExportFormat::Fhir => one_or_all(&claims().collect::<Vec<_>>(), export::fhir, |claims| {
            export::fhir_bundle(claims.iter().copied())
        }),
    };
    write(&text, args.output.as_deref(), terminal)?;
    Ok(Outcome::Clean)
}

/// Writes to a file, or to standard output without one.
pub(crate) fn write(text: &str, output: Option<&Path>, terminal: Terminal) -> Result<(), Stop> {
    match output {
        None => Ok(terminal.write(text)?),
        Some(path) => save::new(path, text.as_bytes()),
    }
}

/// One claim stands alone, as pages and servers take it; more, or none, are a list.
fn one_or_all<'db>(
    claims: &[Claim<'db>],
    one: impl Fn(Claim<'db>) -> String,
    all: impl Fn(&[Claim<'db>]) -> String,
) -> String {
    match claims {
        [claim] => one(*claim),
        claims => all(claims),
    }
}
