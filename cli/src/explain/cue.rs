//! A class of cues, as `claims check --explain` names them behind the words: which words it has and where they come from.

use evidence_claims::{Database, Term};

use crate::sheet::Sheet;
use crate::style::{self, paint};
use crate::summary::count;
use crate::terminal::Terminal;

/// Words that are shown of a term.
const SHOWN: usize = 12;

/// The page about a class; `None` when no term has it.
pub(super) fn page(class: &str, database: &Database, terminal: Terminal) -> Option<String> {
    let terms: Vec<Term<'_>> = database.terms().filter(|term| term.class() == class).collect();
    if terms.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new(terminal.width);
    sheet.title(class, &format!("a class of {}", count(terms.len(), "term")));
    for term in terms {
        sheet.heading(term.id());
        sheet.line("means", term.label());
        if let Some(strength) = term.strength() {
            sheet.line("rung", &strength.to_string());
        }
        words(&mut sheet, "verbs", term.verbs());
        words(&mut sheet, "words", term.forms());
        let mut label = "from";
        for provenance in term.provenance() {
            sheet.styled(style::STRONG, label, provenance.title());
            if let Some(url) = provenance.url() {
                sheet.styled(style::NAME, "", url.as_str());
            }
            sheet.line("", provenance.note());
            label = "";
        }
        sheet.line("file", &paint(style::QUIET, term.origin().0));
    }
    Some(sheet.into_text())
}

fn words<'t>(sheet: &mut Sheet, label: &str, words: impl ExactSizeIterator<Item = &'t str>) {
    let all = words.len();
    let mut shown = words.take(SHOWN).collect::<Vec<_>>().join(", ");
    if all > SHOWN {
        shown.push_str(&format!(", … and {} more", all - SHOWN));
    }
    if all > 0 {
        sheet.line(label, &shown);
    }
}
