//! Rows for spreadsheets.

use serde::Serialize;

use crate::stop::Stop;

/// `rows` as CSV with a heading line.
pub(crate) fn text<R: Serialize>(rows: impl IntoIterator<Item = R>) -> Result<String, Stop> {
    let wrong = |error: &dyn std::fmt::Display| Stop(format!("cannot write CSV: {error}"));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).map_err(|error| wrong(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| wrong(&error))?;
    String::from_utf8(bytes).map_err(|error| wrong(&error))
}
