//! Views: small copies that know their database, so that a claim leads to its sources and back.
//!
//! Never own a record; all of them live as long as the database.

pub(crate) mod claim;
pub(crate) mod provenance;
pub(crate) mod rule;
pub(crate) mod source;
pub(crate) mod term;

use crate::database::Database;
use crate::model::claim::Origin;
use crate::text::Span;

/// Views of the same record of the same database are equal, and print as their id.
macro_rules! view {
    ($name:ident, $id:ident) => {
        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                std::ptr::eq(self.record, other.record)
            }
        }

        impl Eq for $name<'_> {}

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.$id()).finish()
            }
        }
    };
}
pub(crate) use view;

/// The file and the header of a record.
pub(crate) fn origin(db: &Database, origin: Origin) -> (&str, Span) {
    let file = db.records().files.get(origin.file as usize);
    (file.map_or("", |file| &file.name), origin.span)
}
