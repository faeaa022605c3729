//! A comment beside the words that keeps a finding.

use evidence_claims::Diagnostic;

/// Where the comment goes, and what it says, with the space that parts it from the words: the end of the line in which the finding
/// begins. An empty reason leaves room for one.
pub(crate) fn comment(text: &str, diagnostic: &Diagnostic, because: &str) -> (usize, String) {
    let start = diagnostic.span().start();
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| start + end);
    let end = end - usize::from(text.get(..end).is_some_and(|before| before.ends_with('\r')));
    // Two hyphens would end the comment.
    let because = because.replace("--", "–").replace('>', "");
    let because = if because.is_empty() { because } else { format!(" {because}") };
    let line = text.get(..end).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    // Behind the last cell of a table row there is no room; inside it there is.
    let at = if line.trim_end().ends_with('|') { end - (line.len() - line.trim_end().len()) - 1 } else { end };
    let comment = format!("<!-- claims-ignore-line {}:{because} -->", diagnostic.rule());
    (at, if at == end { format!(" {comment}") } else { format!("{comment} ") })
}
