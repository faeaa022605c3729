//! The smallest edit that brings a sentence under what its claim allows, where grammar allows: the sentence keeps its words.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use super::assertion::Assertion;
use super::class::Class;
use super::reading::Reading;
use super::texts::clean;
use super::verdict;
use crate::database::Database;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Label};
use crate::document::Document;
use crate::model::claim::ClaimRecord;
use crate::model::vocabulary::Strength;
use crate::text::Span;

impl Checker<'_> {
    /// "can" to "may", "reduces" to "may reduce" or "probably reduces", "helps" to "may help", "dramatically" to nothing.
    pub(super) fn smallest_edit(
        &self,
        document: &Document,
        reading: &Reading,
        assertion: &Assertion,
        claim: &ClaimRecord,
        rule: &str,
    ) -> Option<Fix> {
        let text = document.text();
        // Each of these makes the sentence milder and leaves its grammar alone, so that no person has to look.
        let fix = |bytes: Range<usize>, replacement: &str| {
            Some(Fix { span: bytes.into(), replacement: replacement.into(), applicability: Applicability::Automatic })
        };
        if rule == verdict::MAGNITUDE {
            let word = reading.bytes(assertion.magnitude_up?.words());
            // An adverb goes together with the space after it; other words of size carry grammar.
            let adverb = text.get(word.clone()).is_some_and(|word| word.ends_with("ly"));
            let end = word.end + usize::from(text.get(word.end..).is_some_and(|rest| rest.starts_with(' ')));
            return adverb.then(|| fix(word.start..end, "")).flatten();
        }
        // A word of large size or a promise would stay too strong under any hedge.
        if assertion.magnitude_up.is_some() || assertion.governed.booster.is_some() {
            return None;
        }
        let allowed = verdict::allowed(claim, |certainty| self.ceiling(certainty));
        let hedge = match allowed {
            Strength::Possible => "may",
            Strength::Probable => "probably",
            _ => return None,
        };
        if rule == verdict::CAN {
            let tag = assertion.governed.capability.filter(|tag| tag.end - tag.start == 1)?;
            let word = reading.bytes(tag.words());
            let own = text.get(word.clone()).filter(|own| own.eq_ignore_ascii_case("can") && hedge == "may")?;
            // In "can & will" it may not be the verb of what follows.
            let alone = text.get(word.end..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
            let may = if own.starts_with('C') { "May" } else { "may" };
            return alone.then(|| fix(word, may)).flatten();
        }
        if rule != verdict::EXCEEDS || !matches!(assertion.governed.strength, Strength::Asserted | Strength::Capable) {
            return None;
        }
        // The verb that carries the statement: a helper in front of the relation, or the relation itself.
        let helper = reading.of(Class::ASSIST).find(|tag| {
            tag.end <= assertion.relation.start && assertion.relation.start - tag.end <= 2 && tag.end - tag.start <= 2
        });
        let verb = helper.map_or(assertion.relation.start, |tag| tag.start) as usize;
        let token = reading.tokens.get(verb)?;
        let base = self.lexicon().base(token.word)?;
        let word = token.start as usize..token.end as usize;
        let own = text.get(word.clone()).filter(|own| own.chars().all(char::is_lowercase))?;
        // "gently eases" becomes "may gently ease".
        let adverb = verb.checked_sub(1).and_then(|at| reading.tokens.get(at)).and_then(|token| {
            let words = text.get(token.start as usize..word.start)?;
            words.ends_with("ly ").then_some(words)
        });
        let has_adverb = adverb.is_some();
        // A sentence that begins with its verb has no subject for "may".
        if verb == usize::from(has_adverb) {
            return None;
        }
        let adverb = adverb.unwrap_or_default();
        // In "reduces and prevents pain" the second verb would keep its ending.
        let joined = ["and", "or", "&", ",", "/"];
        let after = text.get(word.end..reading.range.end).unwrap_or_default().trim_start();
        let goes_on = |joint: &&str| {
            let parts = after.split_at_checked(joint.len());
            parts.is_some_and(|(begin, rest)| begin.eq_ignore_ascii_case(joint) && opens_a_word(rest))
        };
        // And in "eases and reduces pain" the first would stay as it is.
        let is_verb = |at: usize| reading.tags_in(at.saturating_sub(1)..at).iter().any(|tag| tag.class.is_verb());
        let is_second = verb
            .checked_sub(1 + usize::from(has_adverb))
            .is_some_and(|at| is_verb(at) && reading.tags_at(at).any(|tag| tag.class == Class::CONJUNCTION));
        let is_one_of_two = is_second || joined.iter().any(goes_on);
        let applicability = if is_one_of_two { Applicability::Manual } else { Applicability::Automatic };
        let made = if hedge == "may" { format!("may {adverb}{base}") } else { format!("probably {adverb}{own}") };
        Some(Fix { span: (word.start - adverb.len()..word.end).into(), replacement: made.into(), applicability })
    }
}

/// Whether a word ended before `rest`.
fn opens_a_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric) || rest.is_empty()
}

/// Writes each fix as its place needs it; one that cannot stand there is none.
pub(super) fn as_written(document: &Document, found: &mut [Diagnostic]) {
    // The findings of a sentence offer to replace it: whether that can be done is looked up once.
    let mut last: Option<(Span, bool)> = None;
    for diagnostic in found {
        diagnostic.fixes.retain_mut(|fix| {
            let known = last.filter(|&(span, _)| span == fix.span);
            let (_, is_whole) = *last.insert(known.unwrap_or_else(|| (fix.span, document.is_whole(fix.span))));
            if !is_whole {
                return false;
            }
            match document.written_over(fix.span, &fix.replacement) {
                Some(Cow::Borrowed(_)) => true,
                Some(Cow::Owned(written)) => {
                    fix.replacement = written.into();
                    true
                }
                None => false,
            }
        });
    }
}

/// Moves a finding to other words, which its message then quotes.
pub(super) fn quote(document: &Document, diagnostic: &mut Diagnostic, words: Span) {
    let [own, new] = [diagnostic.span, words].map(|span| clean(&document.seen(span)));
    if let Some((before, rest)) = diagnostic.message.split_once(&own) {
        let mut message = String::with_capacity(before.len() + new.len() + rest.len());
        message.extend([before, &new, rest]);
        diagnostic.message = message.into();
    }
    diagnostic.span = words;
}

/// Moves a finding to other words, and labels those where it was. Only a whole sentence can still take their place.
pub(super) fn move_to(document: &Document, diagnostic: &mut Diagnostic, words: Span, label: Arc<str>) {
    diagnostic.labels.push(Label { span: diagnostic.span, text: label });
    diagnostic.fixes.retain(|fix| fix.applicability == Applicability::Manual);
    quote(document, diagnostic, words);
}

/// A sentence that may be published takes the place of the whole sentence in which its finding stands.
pub(super) fn over_sentence(db: &Database, sentence: Span, found: &mut [Diagnostic]) {
    for diagnostic in found.iter_mut().filter(|diagnostic| !diagnostic.fixes.is_empty()) {
        let Some(claim) = diagnostic.claim.as_deref().and_then(|id| db.claim(id)) else { continue };
        let span = sentence.to(diagnostic.span);
        for fix in diagnostic.fixes.iter_mut().filter(|fix| &*fix.replacement == claim.honest()) {
            fix.span = span;
        }
    }
}
