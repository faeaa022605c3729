//! Events of WordprocessingML: names without prefixes, entities refused.

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// The namespace as all write it, and as files have it that keep to the standard strictly.
const WORDS: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// What is written twice, for old and for new readers.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// What is wrong with XML that cannot be read to its end.
pub(super) const BROKEN: &str = "is broken XML";

/// What a reader of a part is told. Elements of foreign namespaces have no name.
pub(super) trait Handler {
    /// An element begins; `value` reads an attribute.
    fn start(&mut self, name: &str, element: &Element<'_>);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Text between tags.
    fn text(&mut self, text: &str);
    /// Whether an element is left out with all that is in it.
    fn skips(&self, name: &str) -> bool;
}

/// A start tag.
pub(super) struct Element<'e>(&'e BytesStart<'e>);

impl Element<'_> {
    /// The value of `w:val` and its like, under whatever prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let attribute = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// Whether a switch such as `w:vanish` is on: it is when it says nothing.
    pub(super) fn is_on(&self) -> bool {
        !self.value("val").is_some_and(|value| matches!(&*value, "0" | "false" | "off" | "none"))
    }
}

/// Reads a part to its end.
pub(super) fn read(text: &str, handler: &mut impl Handler) -> Result<(), String> {
    let mut reader = NsReader::from_str(text);
    // Open elements, and how many of them stand in one that is left out.
    let (mut depth, mut skipped) = (0_usize, 0_usize);
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| BROKEN.to_owned())?;
        let name = |local: &str| match space {
            ResolveResult::Bound(Namespace(space)) if WORDS.contains(&space) => local.to_owned(),
            ResolveResult::Bound(Namespace(COMPATIBILITY)) => format!("mc:{local}"),
            _ => String::new(),
        };
        match event {
            Event::Start(tag) => {
                depth += 1;
                let name = name(tag.local_name().as_ref());
                if skipped > 0 || handler.skips(&name) {
                    skipped += 1;
                } else {
                    handler.start(&name, &Element(&tag));
                }
            }
            Event::Empty(tag) if skipped == 0 => {
                let name = name(tag.local_name().as_ref());
                if !handler.skips(&name) {
                    handler.start(&name, &Element(&tag));
                    handler.end(&name);
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match skipped.checked_sub(1) {
                    Some(fewer) => skipped = fewer,
                    None => handler.end(&name(tag.local_name().as_ref())),
                }
            }
            Event::Text(words) if skipped == 0 => handler.text(&words.xml10_content()),
            Event::CData(words) if skipped == 0 => handler.text(&words.xml10_content()),
            Event::GeneralRef(reference) => {
                let c = character(&reference)?;
                if skipped == 0 {
                    handler.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => return Err("declares a document type, which may hide anything".to_owned()),
            Event::Eof if depth > 0 => return Err(BROKEN.to_owned()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The character of `&amp;` or `&#233;`; no other entity is known, so that none can grow.
fn character(reference: &BytesRef<'_>) -> Result<char, String> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => return Ok(c),
        Ok(None) => {}
        Err(_) => return Err(BROKEN.to_owned()),
    }
    Ok(match &**reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return Err("uses an entity that XML does not know".to_owned()),
    })
}
