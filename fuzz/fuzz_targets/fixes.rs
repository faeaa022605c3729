//! Automatic fixes, applied as `claims fix` applies them: they change what they point at and nothing else, and make no page worse.
#![no_main]

use evidence_claims::{Applicability, Diagnostic, Document, Fix};
use evidence_claims_fuzz::{Reader, is_inside, page_keeps_its_promises};
use libfuzzer_sys::fuzz_target;

/// Which of the findings have an automatic fix, the first of two that overlap.
fn automatic(found: &[Diagnostic]) -> Vec<&Fix> {
    let is_automatic = |fix: &&Fix| fix.applicability() == Applicability::Automatic;
    let mut fixes: Vec<&Fix> =
        found.iter().filter_map(|finding| finding.fixes().first().filter(is_automatic)).collect();
    fixes.sort_by_key(|fix| fix.span());
    let mut end = 0;
    fixes.retain(|fix| {
        let is_free = fix.span().start() >= end;
        end = if is_free { fix.span().end() } else { end };
        is_free
    });
    fixes
}

fn fix(read: Reader, text: &str, is_plain: bool) {
    let found = page_keeps_its_promises(read, text);
    let page = read(text.to_owned());
    let worst = found.iter().map(Diagnostic::severity).max();
    // Each alone, whatever its kind: it can be applied, and what comes of it can be read.
    for fix in found.iter().flat_map(|finding| finding.fixes()).take(4) {
        let mut changed = text.to_owned();
        changed.replace_range(fix.span().start()..fix.span().end(), fix.replacement());
        page_keeps_its_promises(read, &changed);
    }
    let chosen = automatic(&found);
    let mut changed = text.to_owned();
    for fix in chosen.iter().rev() {
        assert!(is_inside(fix.span(), text));
        changed.replace_range(fix.span().start()..fix.span().end(), fix.replacement());
    }
    if chosen.is_empty() {
        return;
    }
    let after = page_keeps_its_promises(read, &changed);
    let now = after.iter().map(Diagnostic::severity).max();
    assert!(now <= worst, "fixed, {text:?} became worse: {changed:?}, {after:?}");
    // In plain text a line of eight words is a heading, and of nine begins a paragraph.
    if !is_plain {
        assert_eq!(read(changed).blocks().len(), page.blocks().len(), "a fix of {text:?} moved a block");
    }
}

fuzz_target!(|input: &str| {
    let (read, text): (Reader, &str) = match evidence_claims_fuzz::format(input) {
        // Tables are not written to.
        (_, text) if input.starts_with('c') => (Document::markdown, text),
        other => other,
    };
    fix(read, text, input.starts_with('p'));
});
