//! Styles of paragraphs: which of them are headings, lists, quotations.

use std::collections::HashMap;

use evidence_claims::BlockKind;

use super::xml::{self, Element, Handler};

/// Styles that build on one another are followed so far.
const DEEPEST: usize = 16;

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// This kind of block.
    Kind(BlockKind),
    /// A line of a table of contents, which repeats a heading.
    Contents,
}

#[derive(Debug, Default)]
struct Style {
    look: Option<Look>,
    based_on: Option<String>,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// What the style `id` makes of a paragraph, if it says so.
    pub(super) fn look(&self, id: &str) -> Option<Look> {
        let Some(mut style) = self.0.get(id) else { return named(id) };
        for _ in 0..DEEPEST {
            if style.look.is_some() {
                return style.look;
            }
            style = self.0.get(style.based_on.as_ref()?)?;
        }
        None
    }
}

/// Reads `word/styles.xml`.
pub(super) fn read(text: &str) -> Result<Styles, String> {
    let mut reader = Reader::default();
    xml::read(text, &mut reader)?;
    Ok(Styles(reader.styles))
}

#[derive(Debug, Default)]
struct Reader {
    styles: HashMap<String, Style>,
    open: Option<(String, Style)>,
}

impl Handler for Reader {
    fn start(&mut self, name: &str, element: &Element<'_>) {
        if name == "style" {
            self.open = element.value("styleId").map(|id| (id, Style::default()));
        }
        let Some((_, style)) = &mut self.open else { return };
        match name {
            // Names of the styles that come with Word are English in every language; ids are not.
            "name" => style.look = style.look.or(element.value("val").and_then(|name| named(&name))),
            "basedOn" => style.based_on = element.value("val"),
            "outlineLvl" if is_outlined(element) => style.look = style.look.or(Some(Look::Kind(BlockKind::Heading))),
            "numPr" => style.look = style.look.or(Some(Look::Kind(BlockKind::ListItem))),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "style" {
            self.styles.extend(self.open.take());
        }
    }

    fn text(&mut self, _: &str) {}

    fn skips(&self, name: &str) -> bool {
        name.ends_with("Change")
    }
}

/// Whether `w:outlineLvl` makes a heading: 9 is running text.
pub(super) fn is_outlined(element: &Element<'_>) -> bool {
    element.value("val").is_some_and(|level| level != "9")
}

/// What the name or the id of a style that comes with Word says: `heading 1`, `Heading1`.
fn named(name: &str) -> Option<Look> {
    let name = name.to_lowercase().replace(' ', "");
    let numbered =
        |start: &str| name.strip_prefix(start).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let kind = match &*name {
        "title" => BlockKind::Title,
        "subtitle" => BlockKind::Heading,
        "quote" | "intensequote" => BlockKind::Quote,
        _ if numbered("heading") => BlockKind::Heading,
        _ if numbered("listbullet") || numbered("listnumber") => BlockKind::ListItem,
        _ if numbered("toc") || name == "tableoffigures" => return Some(Look::Contents),
        _ => return None,
    };
    Some(Look::Kind(kind))
}
