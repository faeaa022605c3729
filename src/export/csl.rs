//! CSL-JSON, as its published schema has it (citation-style-language/schema, `csl-data.json`).

use super::json::{self, Node};
use super::name::{self, Name};
use super::record::{self, Kind};
use crate::database::Source;
use crate::model::date::Date;

/// The bibliography.
pub(super) fn text(sources: &[Source<'_>]) -> String {
    json::text(&Node::list(sources.iter().map(|&source| item(source))))
}

fn item(source: Source<'_>) -> Node {
    let (names, goes_on) = name::all(source.authors());
    let others = goes_on.then(|| Node::object().with("literal", name::OTHERS));
    let kind = record::kind(source);
    let owned = |text: Option<&str>| text.map(record::one_line);
    let (container, publisher) = match kind {
        Kind::Report => (None, owned(source.container())),
        Kind::Article | Kind::Page => (owned(source.container()), None),
    };
    Node::object()
        .with("id", source.id())
        .with(
            "type",
            match kind {
                Kind::Article => "article-journal",
                Kind::Report => "report",
                Kind::Page => "webpage",
            },
        )
        .with("title", record::title(source))
        // `others` is how Pandoc marks a list that goes on; other processors print it as it stands.
        .with("author", Node::list(names.iter().map(author).chain(others)))
        .with("issued", source.year().map(|year| parts([u64::from(year)])))
        .with("container-title", container)
        .with("publisher", publisher)
        .with("volume", owned(source.volume()))
        .with("issue", owned(source.issue()))
        .with("page", owned(source.pages()))
        .with("DOI", source.doi())
        .with("PMID", source.pmid())
        .with("PMCID", source.pmcid())
        .with("URL", source.url().as_str())
        .with("accessed", source.checked().map(date))
        .with("note", record::retraction(source))
        .with("annote", record::remarks(source).join("\n"))
        .with("keyword", record::keywords(source).join(", "))
        .with("custom", custom(source))
}

fn author(name: &Name) -> Node {
    match name {
        Name::Person { particle, family, given, suffix } => Node::object()
            .with("family", family.as_str())
            .with("given", given.as_str())
            .with("non-dropping-particle", particle.as_str())
            .with("suffix", suffix.as_str()),
        Name::Body(name) => Node::object().with("literal", name.as_str()),
    }
}

fn parts(numbers: impl IntoIterator<Item = u64>) -> Node {
    Node::object().with("date-parts", Node::List(vec![Node::list(numbers)]))
}

fn date(date: Date) -> Node {
    parts(date.to_string().split('-').filter_map(|part| part.parse().ok()))
}

/// What no citation style knows: how the source was made, and what it says about our claims.
fn custom(source: Source<'_>) -> Node {
    let claims = record::claims(source)
        .into_iter()
        .map(|(claim, direction)| Node::object().with("claim", claim).with("direction", direction.as_str()));
    Node::object()
        .with("design", source.design().as_str())
        .with("participants", source.participants().map(u64::from))
        .with("studies", source.studies().map(u64::from))
        .with("retracted", source.is_retracted().then_some(true))
        .with("claims", Node::list(claims))
}
