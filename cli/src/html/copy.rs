//! The copy as it reads, with the words of findings marked in place.

use evidence_claims::{Block, BlockKind, Document, Span};
use maud::{Markup, html};

use super::mark::Mark;
use super::{Page, finding, text};

/// One page, its findings marked. The name stands above it when there are several.
pub(crate) fn page(page: &Page<'_>, marks: &[Mark<'_>], number: usize, is_named: bool) -> Markup {
    let marks: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.page == number).collect();
    let blocks = page.document.blocks();
    let heading = format!("page-{number}");
    html! {
        section class="copy" aria-labelledby=(heading) {
            h2 id=(heading) {
                @if is_named { (text::plain(page.name)) } @else { "The page as it reads" }
            }
            @if blocks.is_empty() { p class="quiet" { "This page holds no words that are read as copy." } }
            @for group in groups(page.document) {
                @match group {
                    Group::One(block) => (one(page, block, &marks)),
                    Group::List(items) => ul {
                        @for block in items { li class="block" { (words(page, block, &marks)) } }
                    },
                    Group::Table(rows) => table {
                        @for row in rows {
                            tr { @for block in row { td class="block" { (words(page, block, &marks)) } } }
                        }
                    },
                }
            }
        }
    }
}

/// Blocks that stand together.
enum Group<'d> {
    One(&'d Block),
    List(Vec<&'d Block>),
    Table(Vec<Vec<&'d Block>>),
}

/// Items of one list and cells of one table together. Cells of one line of the file are one row.
fn groups(document: &Document) -> Vec<Group<'_>> {
    let line = |block: &Block| document.position(block.span()).line;
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut list = None;
    for block in document.blocks() {
        match (block.kind(), groups.last_mut()) {
            (BlockKind::ListItem, Some(Group::List(items))) if list == block.list() => items.push(block),
            (BlockKind::ListItem, _) => {
                list = block.list();
                groups.push(Group::List(vec![block]));
            }
            (BlockKind::TableCell, Some(Group::Table(rows))) => match rows.last_mut() {
                Some(row) if row.last().is_some_and(|last| line(last) == line(block)) => row.push(block),
                _ => rows.push(vec![block]),
            },
            (BlockKind::TableCell, _) => groups.push(Group::Table(vec![vec![block]])),
            _ => groups.push(Group::One(block)),
        }
    }
    groups
}

fn one(page: &Page<'_>, block: &Block, marks: &[&Mark<'_>]) -> Markup {
    let words = words(page, block, marks);
    let aside = |what: &str| html! { div class="block hidden-copy" { span class="kind" { (what) } (words) } };
    match block.kind() {
        BlockKind::Heading => html! { h3 class="block" { (words) } },
        BlockKind::Quote => html! { blockquote class="block" { (words) } },
        BlockKind::Button => html! { p class="block button" { (words) } },
        BlockKind::Title => aside("Page title"),
        BlockKind::Description => aside("Description for search engines"),
        BlockKind::AltText => aside("Words in place of a picture"),
        _ => html! { p class="block" { (words) } },
    }
}

/// The words of a block; where a finding goes over several blocks, each has its part of it.
fn words(page: &Page<'_>, block: &Block, marks: &[&Mark<'_>]) -> Markup {
    let whole = block.span();
    let first = marks.partition_point(|mark| mark.diagnostic.span().end() <= whole.start());
    let mut pieces = Vec::new();
    let mut at = whole.start();
    for mark in marks.iter().skip(first).take_while(|mark| mark.diagnostic.span().start() < whole.end()) {
        let span = mark.diagnostic.span();
        let (from, to) = (span.start().max(at), span.end().min(whole.end()));
        if from < to {
            let (before, words) = (seen(page.document, at, from), seen(page.document, from, to));
            pieces.push((before, marked(page, mark, &words, from == span.start())));
            at = to;
        }
    }
    html! {
        @for (before, marked) in &pieces { (before) (marked) }
        (seen(page.document, at, whole.end()))
    }
}

/// Words with the finding about them.
fn marked(page: &Page<'_>, mark: &Mark<'_>, words: &str, is_start: bool) -> Markup {
    let number = mark.number;
    html! {
        span class={ "hit " (mark.diagnostic.severity()) " r" (mark.rule) } {
            @if is_start {
                a class="mark" id={ "w" (number) } href={ "#f" (number) } aria-describedby={ "p" (number) } {
                    // The joiner keeps the number on the line of the last word.
                    (words) sup { "\u{2060}" (number) }
                }
                (finding::popover(page, mark))
            } @else {
                span class="mark" { (words) }
            }
        }
    }
}

/// What a reader sees of the bytes from `from` to `to`, with its spaces.
fn seen(document: &Document, from: usize, to: usize) -> String {
    let words: String = document.characters(Span::new(from, to)).map(|(_, character)| character).collect();
    text::plain(&words)
}
