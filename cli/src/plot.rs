//! `claims plot`: pictures of evidence as SVG.

use evidence_claims::{Claim, Database, plot};

use crate::args::{Picture, PlotArgs};
use crate::stop::{Outcome, Stop};
use crate::terminal::Terminal;
use crate::{export, query, unknown};

/// Runs the command.
pub(crate) fn run(args: &PlotArgs, database: &Database, terminal: Terminal) -> Result<Outcome, Stop> {
    let svg = match &args.picture {
        Picture::Forest { claim } => {
            let claim = find(claim, database)?;
            plot::forest(claim).ok_or_else(|| nothing(claim, "no effect that compares groups is recorded for it"))?
        }
        Picture::Map { query } => plot::map(database.query(&query::read(query, database, terminal)?)),
        Picture::Timeline { claim } => {
            let claim = find(claim, database)?;
            plot::timeline(claim).ok_or_else(|| nothing(claim, "no source with a year is recorded for it"))?
        }
    };
    export::write(&svg, args.output.as_deref(), terminal)?;
    Ok(Outcome::Clean)
}

fn find<'db>(id: &str, database: &'db Database) -> Result<Claim<'db>, Stop> {
    database.claim(id).ok_or_else(|| unknown::claim(id, database))
}

fn nothing(claim: Claim<'_>, why: &str) -> Stop {
    Stop(format!("nothing to draw for {}: {why}; `claims show {}` says what is known", claim.id(), claim.id()))
}
