//! Completion: sentences that may be published, by the topic or the outcome whose name is being typed.

use evidence_claims::{Certainty, Claim, Database, Span};
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, Position, TextEdit,
};

use super::hover;
use super::page::Page;

/// From so many letters on a word asks for something.
const FEWEST_LETTERS: usize = 3;

/// The sentences for the word before `position`. When somebody `asked` for completion where no word stands, all of them.
pub(super) fn sentences(
    page: &Page<'_>,
    position: Position,
    asked: bool,
    database: &Database,
    markdown: bool,
) -> CompletionList {
    let end = page.offset(position);
    let before = page.text().get(..end).unwrap_or_default();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let range = page.lines.range(page.text(), Span::new(end - word.len(), end));
    let wanted = word.to_lowercase();
    let letters = wanted.chars().count();
    let all = letters == 0 && asked;
    let mut items = Vec::new();
    if all || letters >= FEWEST_LETTERS {
        let fits = |claim: &Claim<'_>| all || names(*claim).any(|name| name.starts_with(&wanted));
        let claims = database.claims().filter(|claim| !claim.is_withdrawn() && !claim.honest().is_empty());
        for claim in claims.filter(fits) {
            // The surest first.
            let rank = Certainty::ALL.len() - claim.certainty().map_or(0, |certainty| certainty as usize + 1);
            items.push(CompletionItem {
                label: claim.honest().to_owned(),
                label_details: Some(CompletionItemLabelDetails {
                    detail: None,
                    description: Some(claim.topic().to_owned()),
                }),
                kind: Some(CompletionItemKind::Text),
                detail: Some(format!("{}: {}", claim.topic(), claim.rating())),
                documentation: Some(hover::content(hover::about(claim), markdown).into()),
                sort_text: Some(format!("{rank}{}", claim.id())),
                // Editors filter by what is typed, which is the topic and not the sentence.
                filter_text: Some(if all { claim.honest().to_owned() } else { word.to_owned() }),
                text_edit: Some(TextEdit { range, new_text: claim.honest().to_owned() }.into()),
                ..CompletionItem::default()
            });
        }
    }
    items.sort_by(|one, other| one.sort_text.cmp(&other.sort_text));
    // The next letter may ask for other claims.
    CompletionList { is_incomplete: true, items, ..CompletionList::default() }
}

/// The words by which a claim can be asked for, in small letters.
fn names(claim: Claim<'_>) -> impl Iterator<Item = String> {
    let text = format!("{} {} {}", claim.topic(), claim.id(), claim.pico().outcome().label()).to_lowercase();
    let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    words.into_iter().filter(|word| !word.is_empty())
}
