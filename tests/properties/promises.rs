//! What every finding on every page promises. The property tests and the fuzzer hold pages to it.

use evidence_claims::{Database, Diagnostic, Document, Span};

/// Findings point at whole words of the page, quote what stands there, and their fixes can be applied.
pub fn findings_keep_their_promises(page: &Document, found: &[Diagnostic]) {
    let text = page.text();
    for finding in found {
        let span = finding.span();
        assert!(is_whole(span, text), "{finding:?}");
        assert!(finding.labels().iter().all(|label| is_whole(label.span, text)), "{finding:?}");
        assert!(finding.fixes().iter().all(|fix| is_inside(fix.span(), text)), "{finding:?}");
        assert!(!finding.message().is_empty() && !finding.message().contains(['\n', '\r']), "{finding:?}");
        let seen: String = page.characters(span).map(|(_, character)| character).collect();
        assert!(!seen.is_empty(), "{finding:?} is no copy");
        let template = Database::builtin().rule(finding.rule()).map(|rule| rule.message());
        if let Some(quoted) = template.and_then(|template| quoted(template, finding.message())) {
            assert!(bare(&seen).contains(&bare(quoted)), "{finding:?} does not quote {seen:?}");
        }
    }
}

/// Whether a span is inside a text and cuts no character.
pub fn is_inside(span: Span, text: &str) -> bool {
    text.get(span.start()..span.end()).is_some()
}

/// Whether a span is inside a text, cuts no character and holds one.
pub fn is_whole(span: Span, text: &str) -> bool {
    is_inside(span, text) && !span.is_empty()
}

/// The words of copy in a message that was made from `template`.
fn quoted<'m>(template: &str, message: &'m str) -> Option<&'m str> {
    let (before, after) = template.split_once("{words}")?;
    let after = after.split('{').next()?;
    let rest = message.strip_prefix(before)?;
    rest.get(..rest.rfind(after).filter(|_| !after.is_empty())?)
}

/// Letters and digits: a message leaves marks out.
fn bare(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}
