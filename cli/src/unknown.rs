//! Names that do not exist: what was meant, or where the names are listed.

use evidence_claims::Database;

use crate::stop::Stop;

/// Claims named when a word is given instead of an id.
const MOST_NAMED: usize = 6;

/// No claim of this id. A word such as `cortisol` is taken as the wish for the claims about it.
pub(crate) fn claim(id: &str, database: &Database) -> Stop {
    let word = id.to_lowercase();
    let about: Vec<&str> = database
        .claims()
        .filter(|claim| word.len() > 2 && (claim.id().contains(&word) || claim.topic() == word))
        .map(|claim| claim.id())
        .collect();
    if about.is_empty() {
        return Stop(sentence("claim", id, nearest(id, database.claims().map(|claim| claim.id())), "claims list"));
    }
    let more = about.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!("\n  and {more} more: claims list {id}") } else { String::new() };
    let named = about.get(..MOST_NAMED).unwrap_or(&about).join("\n  ");
    Stop(format!("there is no claim `{id}`, but there are claims about it:\n  {named}{more}"))
}

/// No rule of this name.
pub(crate) fn rule(name: &str, database: &Database) -> Stop {
    Stop(sentence("rule", name, nearest(name, database.rules().map(|rule| rule.name())), "claims rules"))
}

/// No profile of this name.
pub(crate) fn profile(name: &str, database: &Database) -> Stop {
    let names: Vec<&str> = database.profiles().map(|profile| profile.name()).collect();
    match nearest(name, names.iter().copied()) {
        Some(meant) => Stop(format!("there is no profile `{name}`; did you mean `{meant}`?")),
        None => Stop(format!("there is no profile `{name}`; there are {}", names.join(", "))),
    }
}

fn sentence(what: &str, name: &str, meant: Option<&str>, list: &str) -> String {
    match meant {
        Some(meant) => format!("there is no {what} `{name}`; did you mean `{meant}`?"),
        None => format!("there is no {what} `{name}`; `{list}` lists them"),
    }
}

/// The nearest of several names, when it is near enough to be a slip of the fingers.
fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= 1 + candidate.len().max(name.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
