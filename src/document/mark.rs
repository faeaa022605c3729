//! What stands in a masked text where the text has no copy.

/// Stands where markup was: no width, so that `**pain**-free` reads as one word.
pub(crate) const MASK: u8 = 0x01;

/// Stands for the bytes that a character takes in the file beyond its own: `&eacute;` is `é` and six of these.
pub(crate) const FILL: u8 = 0x02;

/// Whether a character of a masked text has no width.
pub(crate) fn is_mark(c: char) -> bool {
    c == char::from(MASK) || c == char::from(FILL)
}

/// Characters without width that may stand inside words: soft hyphens, joiners and what parts them. Some hide words from lists of words.
const INVISIBLE: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// Marks what no reader sees.
pub(super) fn hide_invisible(masked: &mut String) {
    if masked.is_ascii() || !masked.contains(INVISIBLE) {
        return;
    }
    let mut marked = String::with_capacity(masked.len());
    for c in masked.chars() {
        if INVISIBLE.contains(&c) {
            marked.extend(std::iter::repeat_n(char::from(MASK), c.len_utf8()));
        } else {
            marked.push(c);
        }
    }
    *masked = marked;
}
