//! Names that do not exist: what was meant, where it is, or where the names are listed.

use evidence_claims::{Database, Query};

use crate::stop::Stop;

/// Names that are listed when a word is given instead of a whole name.
const MOST_NAMED: usize = 6;

/// No claim of this id. A word such as `cortisol` is taken as the wish for the claims about it.
pub(crate) fn claim(id: &str, database: &Database) -> Stop {
    if database.rule(id).is_some() {
        return Stop(format!("`{id}` is a rule, not a claim; claims explain {id} tells about it"));
    }
    if database.source(id).is_some() {
        return Stop(format!("`{id}` is a source, not a claim; claims sources source:{id} shows it"));
    }
    let about: Vec<&str> = database.query(&Query::new().phrase(id)).map(|claim| claim.id()).collect();
    if about.is_empty() || id.chars().filter(|letter| letter.is_alphanumeric()).count() < 3 {
        return Stop(sentence("claim", id, nearest(id, database.claims().map(|claim| claim.id())), "claims list"));
    }
    let list = format!("claims list {}", if id.contains(' ') { format!("'\"{id}\"'") } else { id.to_owned() });
    Stop(format!("there is no claim `{id}`, but there are claims about it:{}", listed(&about, &list)))
}

/// No rule of this name. A part of a name is taken as the wish for the rules that have it.
pub(crate) fn rule(name: &str, database: &Database) -> Stop {
    if database.claim(name).is_some() {
        return Stop(format!("`{name}` is a claim, not a rule; claims show {name} shows it"));
    }
    if database.rules().any(|rule| rule.family() == name) {
        return Stop(format!("`{name}` is a family of rules; claims rules {name} lists them"));
    }
    let names = || database.rules().map(|rule| rule.name());
    let like: Vec<&str> = names().filter(|rule| name.len() > 2 && rule.contains(&name.to_lowercase())).collect();
    match (nearest(name, names()), &like[..]) {
        (None, [_, _, ..]) => {
            Stop(format!("there is no rule `{name}`, but there are:{}", listed(&like, "claims rules")))
        }
        (meant, like) => Stop(sentence("rule", name, meant.or(like.first().copied()), "claims rules")),
    }
}

/// No profile of this name.
pub(crate) fn profile(name: &str, database: &Database) -> Stop {
    let names: Vec<&str> = database.profiles().map(|profile| profile.name()).collect();
    match nearest(name, names.iter().copied()) {
        Some(meant) => Stop(format!("there is no profile `{name}`; did you mean `{meant}`?")),
        None => Stop(format!("there is no profile `{name}`; there are {}", names.join(", "))),
    }
}

/// No file of this name: the one beside it that was meant, if it is near.
pub(crate) fn file(path: &std::path::Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let directory = crate::paths::parent(path);
    let beside: Vec<String> =
        directory.read_dir().ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    let meant = nearest(name, beside.iter().map(String::as_str))?;
    Some(path.with_file_name(meant).display().to_string())
}

fn sentence(what: &str, name: &str, meant: Option<&str>, list: &str) -> String {
    match meant {
        Some(meant) => format!("there is no {what} `{name}`; did you mean `{meant}`?"),
        None => format!("there is no {what} `{name}`; `{list}` lists them"),
    }
}

/// The first names, one a line, and where the others are.
fn listed(names: &[&str], list: &str) -> String {
    let shown = names.get(..MOST_NAMED).unwrap_or(names);
    let more = names.len() - shown.len();
    let more = if more > 0 { format!("\n  and {more} more: {list}") } else { String::new() };
    format!("\n  {}{more}", shown.join("\n  "))
}

/// The nearest of several names, when it is near enough to be a slip of the fingers.
fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance <= 1 + candidate.len().max(name.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
