//! Reading a `[[rule]]` and a `[[profile]]`.
//!
//! Never looks into a pattern: the checker compiles those, and reports what it cannot read.

use super::fields::Fields;
use super::names::{Kind, TOPIC};
use super::value::Value;

use crate::model::id;
use crate::model::names::Names as _;
use crate::model::profile::ProfileRecord;
use crate::model::rule::{Authority, RuleRecord};
use crate::model::vocabulary::{Certainty, RuleKind, RuleStatus, Scope};

/// Rank of a rule that gives none: less specific than any that does.
const LAST_RANK: u32 = 1000;

/// Reads one `[[rule]]`.
pub(crate) fn read(mut fields: Fields<'_>) -> Option<RuleRecord> {
    let place = fields.place;
    let name = fields.required("name", rule_name);
    let family = fields.required("family", Value::text);
    let label = fields.optional("label", Value::text);
    let kind = fields.required("kind", Value::word::<RuleKind>).map(|(kind, _)| kind);
    let severity = fields.required("severity", Value::severity);
    let status = fields.optional("status", Value::word::<RuleStatus>);
    let since = fields.optional("since", Value::text);
    let replaced_by = fields.optional("replaced-by", |value| value.reference(Kind::Rule));
    let rank = fields.optional("rank", |value| value.whole(LAST_RANK)).unwrap_or(LAST_RANK);
    let topics = fields.list("topics", |value| value.term(TOPIC));
    let claim = fields.optional("claim", |value| value.reference(Kind::Claim));
    let message = fields.required("message", Value::text);
    let why = fields.required("why", Value::text);
    let help = fields.optional("help", Value::text);
    let authority = authorities(&mut fields);
    let patterns = if kind == Some(RuleKind::Phrase) {
        fields.filled_list("patterns", Value::placed)
    } else {
        fields.list("patterns", Value::placed)
    };
    let fragments = fields.list("fragments", Value::placed);
    let refused = fields.list("refused", Value::placed);
    let scope = fields.optional("scope", Value::word::<Scope>);
    let bad = fields.list("bad", Value::text);
    let good = fields.list("good", Value::text);
    let header = fields.header;
    fields.finish();
    Some(RuleRecord {
        name: place.qualify(&name?),
        family: family?,
        label,
        kind: kind?,
        severity: severity?,
        status: status.map_or(RuleStatus::Stable, |(status, _)| status),
        since,
        replaced_by,
        rank: u16::try_from(rank).unwrap_or(u16::MAX),
        topics,
        claim,
        message: message?,
        why: why?,
        help,
        authority,
        patterns,
        fragments,
        refused,
        scope: scope.map_or(Scope::Asserted, |(scope, _)| scope),
        bad,
        good,
        origin: place.origin(header),
    })
}

/// A slug, or two with a slash between them, such as `data/unknown-key`.
fn rule_name(value: Value<'_>) -> Option<String> {
    let place = value.place;
    let name = value.placed()?;
    let parts = name.text.split_once('/').map_or((name.text.as_str(), None), |(family, rest)| (family, Some(rest)));
    if id::is_slug(parts.0) && parts.1.is_none_or(id::is_slug) {
        return Some(name.text);
    }
    place.malformed_id(&name.text, name.span);
    None
}

fn authorities(fields: &mut Fields<'_>) -> Vec<Authority> {
    let path = format!("{}.authority", fields.path);
    fields
        .tables("authority", &path)
        .into_iter()
        .filter_map(|mut fields| {
            let name = fields.required("name", Value::text);
            let url = fields.optional("url", Value::link);
            fields.finish();
            Some(Authority { name: name?, url })
        })
        .collect()
}

/// Reads one `[[profile]]`.
pub(crate) fn profile(mut fields: Fields<'_>) -> Option<ProfileRecord> {
    let place = fields.place;
    let name = fields.required("name", Value::slug);
    let label = fields.required("label", Value::text);
    let about = fields.optional("about", Value::text);
    let authority = authorities(&mut fields);
    let mut ceilings = Vec::new();
    if let Some(mut table) = fields.table("ceiling") {
        for &certainty in Certainty::VALUES {
            if let Some((strength, _)) = table.optional(certainty.word(), Value::word) {
                ceilings.push((certainty, strength));
            }
        }
        table.finish();
    }
    let mut severities = Vec::new();
    if let Some(mut table) = fields.table("severity") {
        for (rule, span, value) in table.entries() {
            let severity = value.severity();
            let Some((full, _)) = place.resolve(Kind::Rule, rule, span) else { continue };
            severities.extend(severity.map(|severity| (full, severity)));
        }
    }
    let header = fields.header;
    fields.finish();
    severities.sort();
    Some(ProfileRecord {
        name: name?.text,
        label: label?,
        about,
        authority,
        ceilings,
        severities,
        origin: place.origin(header),
    })
}
