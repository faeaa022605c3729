//! Reading an `[[accepted]]`: which warnings of the strict checks stay, and why.
//!
//! Never asks whether there is such a warning; the strict checks do.

use super::fields::Fields;
use super::value::Value;
use crate::model::accepted::AcceptedRecord;
use crate::model::rule::Placed;

/// Reads one `[[accepted]]`.
pub(crate) fn read(mut fields: Fields<'_>) -> Option<AcceptedRecord> {
    let place = fields.place;
    let rule = fields.required("rule", Value::word);
    let records = fields.filled_list("records", |value| {
        let Placed { text, span } = value.placed()?;
        Some(Placed { text: place.resolve_any(&text, span)?, span })
    });
    // Only for people, and never missing: an exception without a reason is a mistake that nobody looks at.
    let because = fields.required("because", Value::text);
    let header = fields.header;
    fields.finish();
    because.and(Some(AcceptedRecord { rule: rule?.0, records, origin: place.origin(header) }))
}
