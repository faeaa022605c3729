//! Comments that keep findings: `<!-- claims-ignore-next-line detox-claim: we quote the myth -->`.
//!
//! Never knows which rules there are.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, MASK};
use crate::model::date::Date;
use crate::suggest;
use crate::text::Span;

/// What all of them begin with.
const PREFIX: &str = "claims-";

/// How far a comment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The line that it stands on.
    Line,
    /// The next line with words.
    NextLine,
    /// From here to where it ends, or to the end of the page.
    Begin,
    /// Ends what [`Begin`](Reach::Begin) began.
    End,
    /// The whole page.
    File,
}

/// The words after `claims-`.
const REACHES: [(&str, Reach); 5] = [
    ("ignore-line", Reach::Line),
    ("ignore-next-line", Reach::NextLine),
    ("disable", Reach::Begin),
    ("enable", Reach::End),
    ("disable-file", Reach::File),
];

/// A comment that keeps findings.
#[derive(Debug)]
pub(super) struct Comment {
    /// The whole of it.
    pub(super) span: Span,
    pub(super) reach: Reach,
    /// The rules, with their places.
    pub(super) rules: Vec<(String, Span)>,
    /// Words that the finding must hold.
    words: Option<String>,
    pub(super) until: Option<Date>,
    pub(super) because: Option<String>,
    /// The bytes in which findings are kept.
    kept: Span,
    pub(super) used: bool,
}

impl Comment {
    /// Whether it keeps a finding with these words.
    pub(super) fn keeps(&self, diagnostic: &Diagnostic, words: &str) -> bool {
        self.reach != Reach::End
            && self.kept.overlaps(diagnostic.span())
            && self.rules.iter().any(|(rule, _)| rule == diagnostic.rule())
            && self.words.as_deref().is_none_or(|wanted| super::holds(words, wanted))
    }
}

/// A comment that cannot be read.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) advice: String,
}

/// What stands between the keyword and the reason.
#[derive(Default)]
struct Head {
    rules: Vec<(String, Span)>,
    words: Option<String>,
    until: Option<Date>,
}

/// All comments of a page that are meant for the checker, in order.
pub(super) fn read(document: &Document) -> (Vec<Comment>, Vec<Slip>) {
    let (mut comments, mut slips) = (Vec::new(), Vec::new());
    for &span in document.comments() {
        match parse(document, span) {
            None => {}
            Some(Ok(comment)) => comments.push(comment),
            Some(Err((message, advice))) => slips.push(Slip { span, message, advice }),
        }
    }
    close(&mut comments);
    (comments, slips)
}

/// Ends what `claims-enable` ends.
fn close(comments: &mut [Comment]) {
    for at in 0..comments.len() {
        let (before, rest) = comments.split_at_mut(at);
        let Some(end) = rest.first_mut().filter(|comment| comment.reach == Reach::End) else { continue };
        for open in before.iter_mut().filter(|open| open.reach == Reach::Begin && open.kept.end() > end.span.start()) {
            let named = |rule: &str| end.rules.iter().any(|(name, _)| name == rule);
            if end.rules.is_empty() || open.rules.iter().all(|(rule, _)| named(rule)) {
                open.kept = Span::new(open.kept.start(), end.span.start());
                end.used = true;
            }
        }
    }
}

/// Reads one comment; `None` where it is meant for somebody else. A mistake comes with advice.
fn parse(document: &Document, span: Span) -> Option<Result<Comment, (String, String)>> {
    let text = document.text();
    let inner = span.of(text).strip_prefix("<!--")?;
    let inner = inner.strip_suffix("-->").unwrap_or(inner);
    let start = span.start() + "<!--".len() + (inner.len() - inner.trim_start().len());
    let content = inner.trim().strip_prefix(PREFIX)?;
    let end = content.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(content.len());
    let (keyword, rest) = content.split_at(end);
    let Some(&(_, reach)) = REACHES.iter().find(|(name, _)| *name == keyword) else {
        let advice = match suggest::nearest(keyword, REACHES.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean `{PREFIX}{near}`?"),
            None => format!("write one of {}", REACHES.map(|(name, _)| format!("{PREFIX}{name}")).join(", ")),
        };
        return Some(Err((format!("`{PREFIX}{keyword}` says nothing to the checker"), advice)));
    };
    // The reason begins at the first colon before a space: names of rules may hold one.
    let ends_head =
        |&(at, c): &(usize, char)| c == ':' && rest[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let (head, because) = match rest.char_indices().find(ends_head) {
        Some((at, _)) => (&rest[..at], rest[at + 1..].split_whitespace().collect::<Vec<_>>().join(" ")),
        None => (rest, String::new()),
    };
    let head = match read_head(head, start + PREFIX.len() + keyword.len()) {
        Ok(head) if head.rules.is_empty() && reach != Reach::End => {
            let advice = format!("name the rules: <!-- {PREFIX}{keyword} detox-claim: the reason -->");
            return Some(Err(("this comment names no rule".to_owned(), advice)));
        }
        Ok(head) => head,
        Err(slip) => return Some(Err(slip)),
    };
    let kept = match reach {
        Reach::Line => line(text, span.start()).to(line(text, span.end().saturating_sub(1))),
        Reach::NextLine => next_line(document, span.end()),
        Reach::Begin => Span::new(span.end(), text.len()),
        Reach::File => Span::new(0, text.len()),
        Reach::End => Span::new(span.start(), span.start()),
    };
    let because = Some(because).filter(|because| !because.is_empty());
    let Head { rules, words, until } = head;
    Some(Ok(Comment { span, reach, rules, words, until, because, kept, used: false }))
}

/// Rules, `"words"` and `until DATE` in any order; `base` is where `text` begins.
fn read_head(text: &str, base: usize) -> Result<Head, (String, String)> {
    let mut head = Head::default();
    let mut at = 0;
    while let Some(skipped) = text[at..].find(|c: char| !c.is_whitespace() && c != ',') {
        at += skipped;
        if let Some(quoted) = text[at..].strip_prefix('"') {
            let Some(length) = quoted.find('"') else {
                let message = "the words of this comment have no closing quote";
                return Err((message.to_owned(), "put a quote behind the words".to_owned()));
            };
            head.words = Some(quoted[..length].to_owned());
            at += length + 2;
            continue;
        }
        let word = first_word(&text[at..]);
        let place = Span::new(base + at, base + at + word.len());
        at += word.len();
        if word != "until" {
            head.rules.push((word.to_owned(), place));
            continue;
        }
        at += text[at..].len() - text[at..].trim_start().len();
        let day = first_word(&text[at..]);
        let Ok(date) = day.parse() else {
            let advice = "write year-month-day after `until`, such as `until 2027-06-30`";
            return Err(("this comment ends on no day of the calendar".to_owned(), advice.to_owned()));
        };
        head.until = Some(date);
        at += day.len();
    }
    Ok(head)
}

/// `text` up to a space or a comma.
fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default()
}

/// The line around byte `at`.
fn line(text: &str, at: usize) -> Span {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
    Span::new(start, end)
}

/// The first line after byte `at` that holds words, not counting the rest of the line around it.
fn next_line(document: &Document, at: usize) -> Span {
    let mut line = line(document.text(), at);
    while line.end() < document.text().len() {
        line = self::line(document.text(), line.end() + 1);
        let words = line.of(document.masked());
        if words.bytes().any(|byte| byte != MASK && !byte.is_ascii_whitespace()) {
            return line;
        }
    }
    Span::new(at, at)
}
