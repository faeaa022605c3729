//! HL7 FHIR R5 `Evidence` (<https://hl7.org/fhir/R5/evidence.html>), for trial use.
//!
//! Codes are given only where R5 has the very one; everything else is text.

use super::json::Node;
use super::record;
use super::review::pack;
use super::table::figure;
use crate::database::{Claim, Finding, Source};
use crate::model::source::Effect;
use crate::model::vocabulary::{Certainty, Domain};

/// Roles of variables.
const ROLE: &str = "http://terminology.hl7.org/CodeSystem/variable-role";

/// Ratings of certainty. Has had other addresses in other editions.
const RATING: &str = "http://hl7.org/fhir/certainty-rating";

/// What a rating of certainty is about. Has had other addresses in other editions.
const TYPE: &str = "http://hl7.org/fhir/certainty-type";

/// Before the id of a claim, in an identifier.
const SYSTEM: &str = "urn:evidence-claims";

/// A bundle of many claims.
pub(super) fn bundle(claims: &[Claim<'_>]) -> Node {
    let entry = |&claim: &Claim<'_>| Node::object().with("resource", node(claim));
    Node::object()
        .with("resourceType", "Bundle")
        .with("type", "collection")
        .with("entry", Node::list(claims.iter().map(entry)))
}

/// One claim.
pub(super) fn node(claim: Claim<'_>) -> Node {
    let pico = claim.pico();
    let studied = pico.as_studied();
    let variables = [
        ("population", pico.population(), studied.map(|studied| studied.population.as_str())),
        ("exposure", pico.intervention(), studied.map(|studied| studied.intervention.as_str())),
        ("referenceExposure", pico.comparator(), studied.map(|studied| studied.comparator.as_str())),
        ("measuredVariable", pico.outcome(), studied.map(|studied| studied.outcome.as_str())),
    ];
    let variables = variables.map(|(role, term, studied)| {
        let observed = Node::object().with("display", term.label());
        Node::object()
            .with("description", studied)
            .with("variableRole", concept(ROLE, role, None))
            .with("observed", observed)
    });
    let related = claim.findings().map(|finding| related("derived-from", finding.source()));
    let related = related.chain(claim.guidance().map(|guide| self::related("documentation", guide)));
    Node::object()
        .with("resourceType", "Evidence")
        .with("id", resource_id(claim.id()))
        .with("identifier", Node::list([Node::object().with("system", SYSTEM).with("value", claim.id())]))
        .with("title", claim.proposition())
        .with("status", if claim.is_withdrawn() { "retired" } else { "active" })
        .with("experimental", true)
        .with("lastReviewDate", claim.reviewed().to_string())
        .with("publisher", pack(claim.id()))
        .with("assertion", claim.honest())
        .with("description", format!("Rating: {}.", claim.rating()))
        .with("note", Node::list(claim.note().map(|note| Node::object().with("text", record::one_line(note)))))
        .with("relatedArtifact", Node::list(related))
        .with("variableDefinition", Node::list(variables))
        .with("statistic", Node::list(claim.findings().filter_map(statistic)))
        .with("certainty", Node::list(claim.certainty().map(|level| certainty(claim, level))))
}

/// Ids of resources are up to 64 letters, digits, hyphens and full stops.
fn resource_id(id: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '.' };
    id.chars().map(plain).take(64).collect()
}

fn concept(system: &str, code: &str, text: Option<&str>) -> Node {
    let coding = Node::object().with("system", system).with("code", code);
    Node::object().with("coding", Node::list([coding])).with("text", text)
}

fn worded(text: &str) -> Node {
    Node::object().with("text", text)
}

fn related(kind: &str, source: Source<'_>) -> Node {
    let document = Node::object().with("url", source.url().as_str()).with("title", record::title(source));
    Node::object()
        .with("type", kind)
        .with("label", source.id())
        .with("display", record::citation(source))
        .with("document", document)
}

/// The effect behind a finding. A change without a control group is no result of the comparison and stays out.
fn statistic(finding: Finding<'_>) -> Option<Node> {
    let effect = finding.effect().filter(|effect| !effect.uncontrolled)?;
    let people = effect.participants.map(u64::from);
    let interval = effect.interval.map(|[lower, upper]| {
        let range = Node::object().with("low", quantity(lower, effect)).with("high", quantity(upper, effect));
        Node::object().with("type", worded("Confidence interval")).with("level", 0.95).with("range", range)
    });
    let estimate = Node::list(interval);
    Some(
        Node::object()
            .with("description", format!("{}: {}", finding.source().id(), figure(effect)))
            .with("statisticType", worded(effect.measure.as_str()))
            .with("quantity", effect.estimate.map(|estimate| quantity(estimate, effect)))
            .with("sampleSize", people.map(|people| Node::object().with("numberOfParticipants", people)))
            .with("attributeEstimate", estimate),
    )
}

fn quantity(value: f64, effect: &Effect) -> Node {
    Node::object().with("value", value).with("unit", effect.unit.as_deref())
}

fn certainty(claim: Claim<'_>, level: Certainty) -> Node {
    let parts = claim.grade().reasons.iter().map(|reason| {
        let way = if reason.domain.is_upgrade() { "upcode" } else { "downcode" };
        let code = if reason.levels == 0 { "no-change".to_owned() } else { format!("{way}{}", reason.levels) };
        Node::object()
            .with("description", reason.why.as_str())
            .with("type", concept(TYPE, domain(reason.domain), None))
            .with("rating", concept(RATING, &code, None))
    });
    Node::object()
        .with("description", claim.grade().summary.as_deref())
        .with("type", concept(TYPE, "Overall", None))
        .with("rating", concept(RATING, level.as_str(), None))
        .with("subcomponent", Node::list(parts))
}

const fn domain(domain: Domain) -> &'static str {
    match domain {
        Domain::RiskOfBias => "RiskOfBias",
        Domain::Inconsistency => "Inconsistency",
        Domain::Indirectness => "Indirectness",
        Domain::Imprecision => "Imprecision",
        Domain::PublicationBias => "PublicationBias",
        Domain::LargeEffect => "LargeEffect",
        Domain::DoseResponse => "DoseResponseGradient",
        Domain::OpposingConfounding => "PlausibleConfounding",
    }
}
