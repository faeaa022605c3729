//! Paragraphs of one part, as a reader sees them who has accepted all changes.
//!
//! Deleted and moved text, comments, codes of fields and hidden text are not copy; inserted text, links and text boxes are.

use evidence_claims::{BlockKind, Paragraph};

use super::styles::{Look, Styles, is_outlined};
use super::xml::{self, Element, Handler};

/// Reads a part. Empty paragraphs are kept, so that numbers are those of the file.
pub(super) fn read(text: &str, styles: &Styles) -> Result<Vec<Paragraph>, String> {
    let mut reader = Reader { styles, found: Vec::new(), open: Vec::new(), cells: 0 };
    xml::read(text, &mut reader)?;
    Ok(reader.found)
}

struct Reader<'s> {
    styles: &'s Styles,
    found: Vec<Paragraph>,
    /// Paragraphs that are open: a text box stands inside of one.
    open: Vec<Open>,
    /// Cells of tables that are open.
    cells: usize,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
struct Open {
    /// Its place among those that were found.
    slot: usize,
    text: String,
    style: Option<Look>,
    /// Whether it says itself that it is an item, or that it is none.
    is_item: Option<bool>,
    is_outlined: bool,
    in_cell: bool,
    /// Links that are open.
    links: usize,
    has_link: bool,
    /// Whether words stand outside of links.
    has_plain_words: bool,
    in_run: bool,
    is_hidden: bool,
    reads: Reads,
}

/// What text between tags is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reads {
    #[default]
    Nothing,
    Words,
    /// The code of a field.
    Code,
}

impl Open {
    fn put(&mut self, words: &str) {
        if !self.is_hidden {
            self.has_plain_words |= self.links == 0 && !words.trim().is_empty();
            self.text.push_str(words);
        }
    }

    fn finish(self) -> Paragraph {
        let kind = match (self.style, self.is_item) {
            (Some(Look::Contents), _) => return Paragraph::new(BlockKind::Paragraph, ""),
            (Some(Look::Kind(kind)), _) if kind != BlockKind::ListItem => kind,
            _ if self.is_outlined => BlockKind::Heading,
            (_, Some(true)) | (Some(_), None) => BlockKind::ListItem,
            _ if self.in_cell => BlockKind::TableCell,
            _ if self.has_link && !self.has_plain_words => BlockKind::Button,
            _ => BlockKind::Paragraph,
        };
        let paragraph = Paragraph::new(kind, self.text);
        if self.has_link { paragraph.with_link() } else { paragraph }
    }
}

impl Handler for Reader<'_> {
    fn start(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "tc" => self.cells += 1,
            "p" => {
                let slot = self.found.len();
                // Its place, so that a text box comes after the paragraph that it stands in.
                self.found.push(Paragraph::new(BlockKind::Paragraph, ""));
                self.open.push(Open { slot, in_cell: self.cells > 0, ..Open::default() });
            }
            _ => {}
        }
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "pStyle" => open.style = element.value("val").and_then(|id| self.styles.look(&id)),
            "numPr" => open.is_item = Some(true),
            // 0 takes away what the style says.
            "numId" if element.value("val").as_deref() == Some("0") => open.is_item = Some(false),
            "outlineLvl" => open.is_outlined = is_outlined(element),
            "hyperlink" => {
                open.links += 1;
                open.has_link = true;
            }
            "r" => open.in_run = true,
            "vanish" if open.in_run => open.is_hidden = element.is_on(),
            "t" => open.reads = Reads::Words,
            "instrText" => open.reads = Reads::Code,
            "tab" | "ptab" if open.in_run => open.put("\t"),
            "br" | "cr" => open.put(" "),
            "noBreakHyphen" => open.put("\u{2011}"),
            "softHyphen" => open.put("\u{AD}"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "tc" {
            self.cells = self.cells.saturating_sub(1);
        }
        if name == "p" {
            if let Some(open) = self.open.pop()
                && let Some(slot) = self.found.get_mut(open.slot)
            {
                *slot = open.finish();
            }
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "hyperlink" => open.links = open.links.saturating_sub(1),
            "r" => (open.in_run, open.is_hidden) = (false, false),
            "t" | "instrText" => open.reads = Reads::Nothing,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        match open.reads {
            Reads::Words => open.put(text),
            Reads::Code => open.has_link |= text.contains("HYPERLINK"),
            Reads::Nothing => {}
        }
    }

    fn skips(&self, name: &str) -> bool {
        // What changed in the looks of a paragraph is there with its old looks. Fallbacks say the same for old readers.
        matches!(name, "del" | "moveFrom" | "rt" | "mc:Fallback") || name.ends_with("Change")
    }
}
