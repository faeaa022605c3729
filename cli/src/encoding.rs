//! From bytes to text: which encoding a file has, and whether it is text at all.
//!
//! Byte order marks and valid UTF-8 decide. What is neither says its encoding itself, in a `<meta charset>`, or is Windows-1252: this
//! tool reads English, and English that is not UTF-8 was written with that code page. A detector that weighs all code pages of the
//! world (`chardetng`) would sometimes take a page with two curly quotes for Hebrew.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes at the start in which a page says its encoding, as browsers have it.
const HEAD: usize = 1024;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// Bytes before the text in a file of UTF-8.
    pub(crate) skipped: usize,
    /// The name of the encoding, when it is not UTF-8.
    pub(crate) encoding: Option<&'static str>,
}

/// Decodes a file. The error says why it is no text.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<Text, String> {
    if let Some(problem) = no_text(&bytes) {
        return Err(problem.to_owned());
    }
    let (encoding, mark) = match Encoding::for_bom(&bytes) {
        Some(known) => known,
        None => (without_mark(&bytes)?, 0),
    };
    if encoding == UTF_8 {
        let mut bytes = bytes;
        bytes.drain(..mark);
        let text = String::from_utf8(bytes).map_err(|error| {
            format!("it is not UTF-8 at byte {}, though it says so", error.utf8_error().valid_up_to() + mark)
        })?;
        return Ok(Text { text, skipped: mark, encoding: None });
    }
    let body = bytes.get(mark..).unwrap_or(&[]);
    let (text, is_broken) = encoding.decode_without_bom_handling(body);
    if is_broken {
        return Err(format!("it is not the {} that it seems to be; save it as UTF-8", encoding.name()));
    }
    Ok(Text { text: text.into_owned(), skipped: 0, encoding: Some(encoding.name()) })
}

/// The encoding of bytes that do not begin with a mark.
fn without_mark(bytes: &[u8]) -> Result<&'static Encoding, String> {
    if bytes.contains(&0) {
        return utf_16(bytes)
            .ok_or_else(|| "it is not a text file; save the words of the page as .txt or .md".to_owned());
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(UTF_8);
    }
    let controls = bytes.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)).count();
    // Text has next to none; anything compressed has one in ten.
    if controls * 100 > bytes.len() {
        return Err("it is not a text file; save the words of the page as .txt or .md".to_owned());
    }
    Ok(declared(bytes).filter(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252))
}

/// UTF-16 without a mark: English has a zero in every other byte.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), bytes.len() / 2);
    match (even, odd) {
        _ if bytes.len() < 4 || bytes.len() % 2 == 1 => None,
        (0, odd) if odd * 10 > half * 8 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 8 => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page of HTML names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const KEY: &[u8] = b"charset=";
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let at = head.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let label: Vec<u8> = head
        .get(at..)?
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
        .collect();
    Encoding::for_label(&label)
}

/// What bytes are that cannot be copy, from the signs of the files that people try.
pub(crate) fn no_text(bytes: &[u8]) -> Option<&'static str> {
    let signs: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "it is a zip archive or an office document; save its text as .docx, .txt or .md"),
        (b"\xD0\xCF\x11\xE0", "it is an office document that is old or has a password; save it as .docx, .txt or .md"),
        (b"{\\rtf", "it is RTF; save it as .docx, .txt or .md"),
        (b"%PDF", "it is a PDF; save its text as .txt or .md"),
        (b"\x89PNG", "it is a picture; its text must be typed"),
        (b"\xFF\xD8\xFF", "it is a picture; its text must be typed"),
        (b"\x1F\x8B", "it is compressed; unpack it first"),
    ];
    signs.into_iter().find_map(|(sign, what)| bytes.starts_with(sign).then_some(what))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn decoded(bytes: &[u8], text: &str, encoding: Option<&str>) {
        let found = decode(bytes.to_vec()).unwrap();
        assert_eq!((&*found.text, found.encoding), (text, encoding));
    }

    #[test]
    fn marks_and_valid_utf_8_decide() {
        decoded("café".as_bytes(), "café", None);
        decoded(b"\xEF\xBB\xBFcaf\xC3\xA9", "café", None);
        decoded(b"\xFF\xFEc\0\xE9\0", "cé", Some("UTF-16LE"));
        decoded(b"\xFE\xFF\0c\0\xE9", "cé", Some("UTF-16BE"));
    }

    #[test]
    fn english_that_is_not_utf_8_is_windows_1252_unless_it_says_otherwise() {
        decoded(b"\x93caf\xE9\x94", "“café”", Some("windows-1252"));
        decoded(b"<meta charset=\"koi8-r\">\xD7", "<meta charset=\"koi8-r\">в", Some("KOI8-R"));
        decoded(b"<meta charset=utf-8>\xE9", "<meta charset=utf-8>é", Some("windows-1252"));
    }

    #[test]
    fn utf_16_needs_no_mark() {
        decoded(b"H\0e\0l\0l\0o\0", "Hello", Some("UTF-16LE"));
        decoded(b"\0H\0e\0l\0l\0o", "Hello", Some("UTF-16BE"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in
            [&b"\0\0\x01\x02"[..], b"\x8F\x01\x02\x03\x04", b"%PDF-1.7", b"\xFF\xFEc", b"\xFF\xFE\0\xD8", b"a\0"]
        {
            assert!(decode(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
