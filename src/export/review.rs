//! schema.org `ClaimReview` (<https://schema.org/ClaimReview>).
//!
//! Never gives a number: a score would hide direction, size and certainty behind one another.

use super::json::{self, Node};
use super::record::{self, Kind};
use crate::database::{Claim, Source};

/// JSON that can stand inside a `<script>` of a page, whatever its texts say.
pub(super) fn text(node: &Node) -> String {
    // Outside of texts, JSON has no such character.
    json::text(node).replace('<', "\\u003c")
}

/// The review of one claim.
pub(super) fn node(claim: Claim<'_>) -> Node {
    let reviewed = Node::object()
        .with("@type", "Claim")
        .with("name", claim.proposition())
        .with("text", claim.marketing())
        .with("inLanguage", "en");
    let rating = Node::object()
        .with("@type", "Rating")
        .with("alternateName", sentence(&claim.rating().to_string()))
        .with("ratingExplanation", explanation(claim));
    let status = claim.withdrawal().map(|withdrawal| format!("Withdrawn on {}", withdrawal.date));
    Node::object()
        .with("@context", "https://schema.org")
        .with("@type", "ClaimReview")
        .with("identifier", claim.id())
        .with("claimReviewed", claim.proposition())
        .with("itemReviewed", reviewed)
        .with("reviewRating", rating)
        .with("reviewBody", claim.honest())
        .with("datePublished", claim.reviewed().to_string())
        .with("expires", claim.review_by().to_string())
        .with("creativeWorkStatus", status)
        .with("inLanguage", "en")
        .with("author", Node::object().with("@type", "Organization").with("name", pack(claim.id())))
        .with("citation", Node::list(claim.findings().map(|finding| citation(finding.source()))))
}

/// Name of the pack of a claim, which stands before its id.
pub(super) fn pack(id: &str) -> &str {
    id.split_once(':').map_or("evidence-claims", |(pack, _)| pack)
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The reasons for the rating.
fn explanation(claim: Claim<'_>) -> String {
    let grade = claim.grade();
    let mut reasons = Vec::new();
    reasons.extend(grade.start.map(|start| format!("GRADE, starting from {}", start.as_str().replace('-', " "))));
    reasons.extend(grade.reasons.iter().filter(|reason| reason.levels > 0).map(|reason| {
        let way = if reason.domain.is_upgrade() { "up" } else { "down" };
        format!("{} {} for {}: {}", reason.levels, way, reason.domain.as_str().replace('-', " "), reason.why)
    }));
    let reasons = reasons.join("; ");
    match &grade.summary {
        Some(summary) if reasons.is_empty() => summary.clone(),
        Some(summary) => format!("{summary} {reasons}."),
        None if reasons.is_empty() => reasons,
        None => format!("{reasons}."),
    }
}

fn citation(source: Source<'_>) -> Node {
    let doi = source.doi().map(|doi| format!("doi:{doi}"));
    let pmid = source.pmid().map(|pmid| format!("pmid:{pmid}"));
    Node::object()
        .with(
            "@type",
            match record::kind(source) {
                Kind::Article => "ScholarlyArticle",
                Kind::Report => "Report",
                Kind::Page => "WebPage",
            },
        )
        .with("name", record::title(source))
        .with("datePublished", source.year().map(|year| year.to_string()))
        .with("identifier", Node::list(doi.into_iter().chain(pmid)))
        .with("url", source.url().as_str())
}
