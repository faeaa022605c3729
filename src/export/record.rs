//! What all bibliographies say of a source: its kind, its title with a warning, its remarks.
//!
//! Knows no format.

use crate::database::{Claim, Source};
use crate::model::vocabulary::{Design, Direction};

/// Kinds that every format can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Article,
    Report,
    Page,
}

/// The kind of a source. A guideline that was printed in a journal is an article.
pub(super) fn kind(source: Source<'_>) -> Kind {
    match source.design() {
        Design::Regulator | Design::Digest => Kind::Page,
        Design::Guideline if source.volume().or(source.pages()).is_none() => Kind::Report,
        _ if source.container().is_none() => Kind::Page,
        _ => Kind::Article,
    }
}

/// The title; a retracted publication says so first, as its publisher's page does.
pub(super) fn title(source: Source<'_>) -> String {
    let title = one_line(source.title()).replace(" -- ", " – ");
    if source.is_retracted() { format!("RETRACTED: {title}") } else { title }
}

/// Citation and title as sentences; a citation may hold the title already.
pub(super) fn citation(source: Source<'_>) -> String {
    let citation = source.citation();
    let title = source.title().trim_end_matches('.');
    let ended = citation.trim_end_matches('.');
    if citation.contains(title) { format!("{ended}.") } else { format!("{ended}. {title}.") }
}

/// The notice of retraction, in words.
pub(super) fn retraction(source: Source<'_>) -> Option<String> {
    source.retraction().map(|retraction| format!("Retracted on {}: {}", retraction.date, retraction.notice))
}

/// What a reader must know besides: the finding in the editors' words, the editors' note, what was not seen.
pub(super) fn remarks(source: Source<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    remarks.extend(source.finding_text().map(|finding| format!("Found, in our words: {}", one_line(finding))));
    remarks.extend(source.note().map(one_line));
    let unverified: Vec<&str> = source.unverified().collect();
    if !unverified.is_empty() {
        remarks.push(format!("Not verified: {}.", unverified.join(", ")));
    }
    remarks
}

/// Words to find it by: its design, whether it was retracted, and the claims that it bears on.
pub(super) fn keywords(source: Source<'_>) -> Vec<String> {
    let mut keywords = vec![source.design().to_string()];
    keywords.extend(source.is_retracted().then(|| "retracted".to_owned()));
    keywords.extend(claims(source).into_iter().map(|(claim, direction)| format!("{claim} ({direction})")));
    keywords
}

/// The claims with a finding from it, and what it says about each.
pub(super) fn claims(source: Source<'_>) -> Vec<(&str, Direction)> {
    let mut claims: Vec<(&str, Direction)> = source
        .cited_by()
        .flat_map(|claim| claim.findings().map(move |finding| (claim, finding)))
        .filter(|(_, finding)| finding.source() == source)
        .map(|(claim, finding)| (claim.id(), finding.direction()))
        .collect();
    claims.sort_unstable();
    claims.dedup();
    claims
}

/// First and last page; an article number is a first page alone.
pub(super) fn pages(pages: &str) -> (&str, Option<&str>) {
    let has_digit = |part: &str| part.contains(|letter: char| letter.is_ascii_digit());
    match pages.split_once(['-', '–']) {
        Some((first, last)) if has_digit(first) && has_digit(last) && !last.contains(['-', '–', ',']) => {
            (first.trim(), Some(last.trim()))
        }
        _ => (pages, None),
    }
}

/// The text with every run of blanks, line ends and control characters as one space.
pub(super) fn one_line(text: &str) -> String {
    let parts = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Each source once, sorted by id.
pub(super) fn in_order<'db>(sources: impl IntoIterator<Item = Source<'db>>) -> Vec<Source<'db>> {
    let mut sources: Vec<Source<'db>> = sources.into_iter().collect();
    sources.sort_by_key(|source| source.id());
    sources.dedup();
    sources
}

/// Each claim once, sorted by id.
pub(super) fn claims_in_order<'db>(claims: impl IntoIterator<Item = Claim<'db>>) -> Vec<Claim<'db>> {
    let mut claims: Vec<Claim<'db>> = claims.into_iter().collect();
    claims.sort_by_key(|claim| claim.id());
    claims.dedup();
    claims
}
