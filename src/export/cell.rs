//! A cell of a table that a spreadsheet will open.
//!
//! Never quotes: that is the business of whoever writes the CSV.

use std::borrow::Cow;

/// Beginnings that make a spreadsheet compute what it should show.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text of a cell that no spreadsheet takes for a formula: what begins like one has an apostrophe in front. Numbers stay
/// numbers, also negative ones.
///
/// ```
/// use evidence_claims::export::cell;
///
/// assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
/// assert_eq!(cell("-0.5"), "-0.5");
/// assert_eq!(cell("less than rest"), "less than rest");
/// ```
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    if text.starts_with(FORMULA) && !number() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_begins_like_a_formula_is_text_and_a_number_is_none() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "-", "@SUM(A1)", "\t=1", "\r=1", "-inf", "+nan"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        for plain in ["", "-0.5", "+3", "-1e-3", "<0.05", "1-2", "'=1", "a=b", " =1"] {
            assert_eq!(cell(plain), plain);
        }
    }
}
