//! A finding with its number, its rule and its claim: what copy, lists and details have in common.

use std::collections::BTreeMap;
use std::fmt::Write;

use evidence_claims::{Claim, Database, Diagnostic, Fix, NoteKind, Severity, Span};

use super::{Page, text};

/// A finding of the report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark<'a> {
    /// Its number, from 1, over all pages.
    pub(crate) number: usize,
    /// Its page.
    pub(crate) page: usize,
    /// The finding.
    pub(crate) diagnostic: &'a Diagnostic,
    /// The sentence around it.
    pub(crate) sentence: Span,
    /// The number of its rule, from 0, among those of the report.
    pub(crate) rule: usize,
    /// The claim that the words were compared with.
    pub(crate) claim: Option<Claim<'a>>,
}

/// A rule of the report.
#[derive(Debug)]
pub(crate) struct RuleOf<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its findings.
    pub(crate) marks: Vec<Mark<'a>>,
}

/// The findings of all pages.
pub(crate) fn all<'a>(pages: &[Page<'a>], database: Option<&'a Database>) -> Vec<Mark<'a>> {
    let mut marks = Vec::new();
    for (page, checked) in pages.iter().enumerate() {
        let sentences: Vec<Span> = checked.document.sentences().collect();
        for &diagnostic in &checked.diagnostics {
            let span = diagnostic.span();
            let behind = sentences.partition_point(|sentence| sentence.start() <= span.start());
            let around = behind.checked_sub(1).and_then(|slot| sentences.get(slot));
            let claim = diagnostic.claim().and_then(|id| database?.claim(id));
            let sentence = around.copied().filter(|sentence| span.start() < sentence.end()).unwrap_or(span);
            marks.push(Mark { number: marks.len() + 1, page, diagnostic, sentence, rule: 0, claim });
        }
    }
    let mut order: Vec<&str> = marks.iter().map(|mark| mark.diagnostic.rule()).collect();
    let count = |name: &str| marks.iter().filter(|mark| mark.diagnostic.rule() == name).count();
    order.sort_unstable();
    order.dedup();
    order.sort_by_key(|name| std::cmp::Reverse(count(name)));
    let slots: BTreeMap<&str, usize> = order.into_iter().enumerate().map(|(slot, name)| (name, slot)).collect();
    for mark in &mut marks {
        mark.rule = slots.get(mark.diagnostic.rule()).copied().unwrap_or(0);
    }
    marks
}

/// The rules of the report, the one that found most first.
pub(crate) fn rules<'a>(marks: &[Mark<'a>]) -> Vec<RuleOf<'a>> {
    let mut rules: BTreeMap<usize, RuleOf<'a>> = BTreeMap::new();
    for mark in marks {
        let rule = rules.entry(mark.rule).or_insert_with(|| RuleOf { name: mark.diagnostic.rule(), marks: Vec::new() });
        rule.marks.push(*mark);
    }
    rules.into_values().collect()
}

/// The claims that the findings lean on, each once, in the order of the page.
pub(crate) fn claims<'a>(marks: &[Mark<'a>]) -> Vec<Claim<'a>> {
    let mut claims: Vec<Claim<'a>> = Vec::new();
    for claim in marks.iter().filter_map(|mark| mark.claim) {
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    claims
}

/// Which findings the choice of a rule hides. Only numbers of this report stand in it.
pub(crate) fn filter_style(rules: usize) -> String {
    let mut style = String::new();
    for rule in 0..rules {
        let chosen = format!("body:has(#show-rule option:nth-child({}):checked)", rule + 2);
        let _ = writeln!(
            style,
            "{chosen} .f:not(.r{rule}),{chosen} .hit:not(.r{rule}) .pop{{display:none!important;--off:1}}"
        );
        let _ = writeln!(style, "{chosen} .hit:not(.r{rule}) .mark{{--line:transparent;--fill:transparent}}");
    }
    style
}

/// What a severity asks for.
pub(crate) const fn demand(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Must change",
        Severity::Warning => "Should change",
        Severity::Note => "Worth knowing",
    }
}

/// What to write, taken apart: advice, the smallest edit, the sentence that may be published.
#[derive(Debug, Default)]
pub(crate) struct Instead {
    /// What to do, in words.
    pub(crate) advice: Option<String>,
    /// Words to replace, and their replacement, where that is enough.
    pub(crate) edit: Option<(String, String)>,
    /// A sentence that may be published.
    pub(crate) sentence: Option<String>,
}

impl Mark<'_> {
    /// The classes by which it is coloured and filtered.
    pub(crate) fn classes(&self) -> String {
        format!("f {} r{}", self.diagnostic.severity(), self.rule)
    }

    /// The words that the finding is about.
    pub(crate) fn words(&self, pages: &[Page<'_>]) -> String {
        pages.get(self.page).map_or_else(String::new, |page| text::seen(page.document, self.diagnostic.span()))
    }

    /// The texts of a kind.
    pub(crate) fn notes(&self, kind: NoteKind) -> impl Iterator<Item = &str> {
        self.diagnostic.notes().iter().filter(move |note| note.kind == kind).map(|note| &*note.text)
    }

    /// What to write.
    pub(crate) fn instead(&self, page: &Page<'_>) -> Instead {
        let mut instead = Instead::default();
        for fix in self.diagnostic.fixes() {
            if let Some(claim) = self.claim.filter(|claim| is_sentence_of(*claim, page, fix)) {
                instead.sentence.get_or_insert_with(|| text::plain(claim.honest()));
            } else {
                let words = text::seen(page.document, fix.span());
                instead.edit.get_or_insert_with(|| (words, text::plain(fix.replacement().trim())));
            }
        }
        // Advice that only introduces the sentence says nothing once the sentence stands by itself.
        let honest = self.claim.map_or("", |claim| claim.honest());
        let introduces = |advice: &&str| instead.sentence.is_some() && advice.ends_with(honest);
        instead.advice = self.notes(NoteKind::Do).find(|advice| !introduces(advice)).map(text::sentence);
        instead
    }
}

/// Whether a fix is the vetted sentence of a claim, as it is written at its place.
fn is_sentence_of(claim: Claim<'_>, page: &Page<'_>, fix: &Fix) -> bool {
    let written = page.document.written(fix.span(), claim.honest());
    written.as_deref().unwrap_or(claim.honest()) == fix.replacement()
}
