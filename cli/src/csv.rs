//! Rows for spreadsheets.

use evidence_claims::export::cell;
use serde::Serialize;

use crate::stop::Stop;

/// `rows` as CSV with a heading line. Texts that a spreadsheet would take for a formula have an apostrophe in front.
pub(crate) fn text<R: Serialize>(rows: impl IntoIterator<Item = R>) -> Result<String, Stop> {
    let wrong = |error: &dyn std::fmt::Display| Stop(format!("cannot write CSV: {error}"));
    let mut plain = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        plain.serialize(row).map_err(|error| wrong(&error))?;
    }
    let plain = plain.into_inner().map_err(|error| wrong(&error))?;
    // A row becomes cells only while it is written: what was written is read again, cell by cell.
    let mut safe = ::csv::Writer::from_writer(Vec::new());
    for row in ::csv::ReaderBuilder::new().has_headers(false).from_reader(plain.as_slice()).records() {
        let row = row.map_err(|error| wrong(&error))?;
        safe.write_record(row.iter().map(|text| cell(text).into_owned())).map_err(|error| wrong(&error))?;
    }
    let bytes = safe.into_inner().map_err(|error| wrong(&error))?;
    String::from_utf8(bytes).map_err(|error| wrong(&error))
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::text;

    #[derive(Serialize)]
    struct Row<'a> {
        title: &'a str,
        estimate: f64,
    }

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let rows = [
            Row { title: "=HYPERLINK(\"https://example.org\", \"free\")", estimate: -0.5 },
            Row { title: "a, b", estimate: 2.0 },
        ];
        let written = text(rows).ok().unwrap();
        assert_eq!(
            written,
            "title,estimate\n\"'=HYPERLINK(\"\"https://example.org\"\", \"\"free\"\")\",-0.5\n\"a, b\",2.0\n"
        );
    }
}
