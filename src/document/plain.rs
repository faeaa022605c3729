//! Plain text to blocks.

use super::change::{self, Joint};
use super::writing::Places;
use super::{Block, BlockKind, Parts};

/// Characters that open a list item at the start of a line.
const BULLETS: [char; 7] = ['-', '*', '•', '·', '–', '✓', '✔'];

/// Whether a line goes on with the paragraph above it. A short line without a closing mark before one that begins with a capital
/// is an entry of its own, as in a list without bullets.
fn runs_on(above: &str, line: &str) -> bool {
    let last = above.lines().next_back().unwrap_or(above).trim_end();
    let closed = last.ends_with(['.', '!', '?', ':', ';', ',', '–', '—', '-', '"', '”']);
    let short = last.split_whitespace().count() <= 8;
    closed || !short || !line.starts_with(char::is_uppercase)
}

/// Reads a stretch of a page. The last joint stands at its end.
pub(super) fn read_stretch(text: &str) -> Parts {
    let mut parts = read(text);
    let lists = parts.blocks.iter().filter_map(|block| block.list).max().unwrap_or(0);
    parts.joints.push(Joint { at: text.len(), blocks: parts.blocks.len(), lists, comments: 0 });
    parts
}

pub(super) fn read(text: &str) -> Parts {
    let mut joints = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<usize> = None;
    let mut list = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if start >= end {
            open = None;
            continue;
        }
        let words = text.get(start..end).unwrap_or("");
        let item = words.strip_prefix(BULLETS).filter(|rest| rest.starts_with([' ', '\t']));
        // Behind an empty line a line that is no item begins anew.
        if item.is_none() && open.is_none() && change::is_apart(&joints, start) && change::is_joint(text, start) {
            joints.push(Joint { at: start, blocks: blocks.len(), lists: list, comments: 0 });
        }
        if let Some(rest) = item {
            let rest = rest.trim_start();
            if blocks.last().is_none_or(|last| last.list != Some(list) || last.kind != BlockKind::ListItem) {
                list += 1;
                // A paragraph that ends in a colon introduces the list below it.
                if let Some(last) = blocks.last_mut().filter(|last| text[last.range.clone()].trim_end().ends_with(':'))
                {
                    last.list = Some(list);
                }
            }
            blocks.push(Block {
                kind: BlockKind::ListItem,
                range: end - rest.len()..end,
                list: Some(list),
                has_link: words.contains("http"),
                aside: false,
            });
            open = Some(blocks.len() - 1);
        } else if let Some(block) =
            open.and_then(|slot| blocks.get_mut(slot)).filter(|block| runs_on(&text[block.range.clone()], words))
        {
            block.range.end = end;
            block.has_link |= words.contains("http");
        } else {
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                range: start..end,
                list: None,
                has_link: words.contains("http"),
                aside: false,
            });
            open = Some(blocks.len() - 1);
        }
    }
    // A short line of its own without a closing mark is a heading.
    for block in &mut blocks {
        let words = text[block.range.clone()].trim();
        if block.kind == BlockKind::Paragraph
            && !words.ends_with(['.', '!', '?', ':', ';', ','])
            && words.split_whitespace().count() <= 14
        {
            block.kind = BlockKind::Heading;
        }
    }
    Parts {
        masked: text.to_owned(),
        asides: String::new(),
        blocks,
        comments: Vec::new(),
        joints,
        places: Places::default(),
    }
}
