//! How words are written where they are put: `"` ends an attribute, `<` begins a tag, and a comma ends a cell.

use std::borrow::Cow;
use std::ops::Range;

/// The way of one kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As they are.
    Plain,
    /// Copy of Markdown, which HTML may surround: references are read in both.
    Markdown,
    /// Copy of HTML.
    Html,
    /// The value of an attribute, between marks of this kind; without marks it cannot hold a space.
    Attribute(Option<char>),
    /// A string of JSON in a script.
    Json,
    /// A scalar of front matter without marks.
    Unmarked,
    /// Between `'`, where two of them mean one, as in YAML.
    Doubled,
    /// Between `'`, where none can stand, as in TOML.
    Literal,
    /// Between `"`, with escapes.
    Escaped,
}

impl Writing {
    /// `words` in that way; nothing where they cannot be written.
    pub(super) fn of(self, words: &str) -> Option<Cow<'_, str>> {
        let each = |escape: fn(char) -> Option<&'static str>| {
            if !ESCAPED.are_in(words) || words.chars().all(|c| escape(c).is_none()) {
                return Cow::Borrowed(words);
            }
            Cow::Owned(words.chars().fold(String::new(), |mut written, c| {
                match escape(c) {
                    Some(escape) => written.push_str(escape),
                    None => written.push(c),
                }
                written
            }))
        };
        Some(match self {
            Self::Plain => Cow::Borrowed(words),
            Self::Html => each(html),
            Self::Markdown => each(|c| match c {
                '*' => Some("&#42;"),
                '_' => Some("&#95;"),
                '`' => Some("&#96;"),
                '[' => Some("&#91;"),
                ']' => Some("&#93;"),
                '|' => Some("&#124;"),
                '~' => Some("&#126;"),
                '\\' => Some("&#92;"),
                c => html(c),
            }),
            Self::Attribute(Some('"')) => each(|c| if c == '"' { Some("&quot;") } else { html(c) }),
            Self::Attribute(Some('\'')) => each(|c| if c == '\'' { Some("&#39;") } else { html(c) }),
            Self::Attribute(_) => return None,
            Self::Json => each(|c| match c {
                // The end of the script, or a comment, would be found inside the string.
                '<' => Some("\\u003c"),
                '{' => Some("\\u007b"),
                c => escaped(c),
            }),
            Self::Escaped => each(escaped),
            Self::Doubled => each(|c| (c == '\'').then_some("''")),
            Self::Literal => (!words.contains('\'')).then_some(Cow::Borrowed(words))?,
            Self::Unmarked => {
                let means_more = words.contains(": ") || words.contains(" #") || words.ends_with(':');
                let begins = words.trim_start().starts_with(|c: char| !c.is_alphanumeric());
                (!means_more && !begins).then_some(Cow::Borrowed(words))?
            }
        })
    }
}

/// All that some way of writing escapes.
static ESCAPED: Marks<13> = Marks(*b"&<{*_`[]|~\\\"'");

fn html(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        // Two of them, or one and `%`, begin what a site generator replaces.
        '{' => Some("&#123;"),
        _ => None,
    }
}

fn escaped(c: char) -> Option<&'static str> {
    match c {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        _ => None,
    }
}

/// Places that are not written as the rest of their file, in order. None overlaps another.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Vec<(Range<usize>, Writing)>);

impl Places {
    pub(super) fn add(&mut self, range: Range<usize>, writing: Writing) {
        self.0.push((range, writing));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These with those of a stretch, which is moved to where it stands `now`, instead of the ones in `old`.
    pub(super) fn spliced(
        &self,
        old: Range<usize>,
        stretch: Self,
        now: impl Fn(Range<usize>) -> Range<usize>,
        after: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Self {
        let place = |at: usize| self.0.partition_point(|(range, _)| range.start < at);
        let (before, behind) = (self.0.get(..place(old.start)), self.0.get(place(old.end)..));
        let new = stretch.0.into_iter().map(|(range, writing)| (now(range), writing));
        let behind = behind.unwrap_or_default().iter().map(|(range, writing)| (after(range.clone()), *writing));
        Self(before.unwrap_or_default().iter().cloned().chain(new).chain(behind).collect())
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_by_key(|(range, _)| range.start);
    }

    /// How words are written at `span`: as at its place, or `otherwise`; nothing where it leaves a place.
    pub(super) fn at(&self, span: Range<usize>, otherwise: Writing) -> Option<Writing> {
        let next = self.0.partition_point(|(range, _)| range.start <= span.start);
        match next.checked_sub(1).and_then(|slot| self.0.get(slot)) {
            Some((range, writing)) if span.start < range.end => (span.end <= range.end).then_some(*writing),
            _ => Some(otherwise),
        }
    }
}

/// Some ASCII marks.
pub(super) struct Marks<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> Marks<N> {
    /// Whether a text holds one of them. All of it is looked at, many bytes at a time: texts are short, and nearly none has one.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let hits = |byte: u8| self.0.iter().fold(0, |hits, &mark| hits | u8::from(byte == mark));
        text.as_bytes().iter().fold(0, |found, &byte| found | hits(byte)) != 0
    }
}

/// What markup is made of.
static MARKUP: Marks<5> = Marks(*b"<*`[]");

/// Whether `text` holds nothing that markup is made of.
pub(super) fn is_free_of_markup(text: &str) -> bool {
    !MARKUP.are_in(text)
}

/// Whether markup begins in `text` that does not end in it, or ends without having begun.
pub(super) fn cuts_markup(text: &str) -> bool {
    const ALONE: [&str; 6] = ["br", "img", "wbr", "input", "hr", "source"];
    let mut open: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or("");
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = rest.get(..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())).unwrap_or("");
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || ALONE.contains(&name) {
            continue;
        }
        if !closes {
            open.push(name);
        } else if open.pop() != Some(name) {
            return true;
        }
    }
    !open.is_empty()
}

/// Whether emphasis, code or a link of Markdown begins in `text` and does not end in it, or the other way round.
pub(super) fn cuts_marks(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('*') % 2 == 1 || count('`') % 2 == 1 || count('[') != count(']') || text.matches("**").count() % 2 == 1
}
