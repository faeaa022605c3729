//! What stands in a masked text where the text has no copy.

/// Stands where markup was: no width, so that `**pain**-free` reads as one word.
pub(crate) const MASK: u8 = 0x01;

/// Stands for the bytes that a character takes in the file beyond its own: `&eacute;` is `é` and six of these.
pub(crate) const FILL: u8 = 0x02;

/// Whether a character of a masked text has no width.
pub(crate) fn is_mark(c: char) -> bool {
    c == char::from(MASK) || c == char::from(FILL)
}
