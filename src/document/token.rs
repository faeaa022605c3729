//! Sentences to words. Folds case, apostrophes and markup away, keeps every word's place.

use std::ops::Range;

use super::MASK;

/// What stands between a word and the word before it. Bits, so that several marks can stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Punctuation(u8);

impl Punctuation {
    /// `,`
    pub(crate) const COMMA: Self = Self(1);
    /// `;` `:` `–` `—` `(` `)` `/` `|` `…`: what ends a clause.
    pub(crate) const BREAK: Self = Self(2);
    /// A hyphen that joins two words.
    pub(crate) const HYPHEN: Self = Self(4);
    /// An opening or closing quotation mark.
    pub(crate) const QUOTE: Self = Self(8);
    /// `:` alone: what introduces a list or an explanation.
    pub(crate) const COLON: Self = Self(16);
    /// A question mark before the word, inside a sentence.
    pub(crate) const QUESTION: Self = Self(32);

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing but space or a hyphen stands there, so that the words on both sides can be one phrase.
    pub(crate) const fn is_open(self) -> bool {
        self.0 & !Self::HYPHEN.0 == 0
    }
}

/// A word as it stands in the text: its bytes and what stood before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawToken {
    pub(crate) range: Range<usize>,
    pub(crate) before: Punctuation,
    pub(crate) quoted: bool,
}

/// Calls `each` with every word of `range` in its folded form: lower case, straight apostrophes, no markup.
/// A possessive or contracted `'s` is a word of its own; `n't` stays with its verb; hyphens part words; `%` is a word.
pub(crate) fn tokenise(masked: &str, range: Range<usize>, mut each: impl FnMut(RawToken, &str)) {
    let Some(text) = masked.get(range.clone()) else { return };
    let mut before = Punctuation::default();
    let mut quoted = false;
    let mut folded = String::with_capacity(24);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    // Whether the open quotation began with a single mark.
    let mut single = text.contains('‘');
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            folded.clear();
            push_folded(&mut folded, c);
            let mut end = at + c.len_utf8();
            let digits = c.is_ascii_digit();
            while let Some(&(next, c)) = chars.peek() {
                let after = || text[next + c.len_utf8()..].chars().find(|&c| c as u32 != u32::from(MASK));
                if c.is_alphanumeric() {
                    push_folded(&mut folded, c);
                } else if is_apostrophe(c) && after().is_some_and(char::is_alphabetic) {
                    folded.push('\'');
                } else if digits && matches!(c, '.' | ',') && after().is_some_and(|c| c.is_ascii_digit()) {
                    folded.push('.');
                } else if c as u32 != u32::from(MASK) {
                    break;
                }
                end = next + c.len_utf8();
                chars.next();
            }
            // Trailing markup belongs to what follows.
            let slice = text.get(at..end).unwrap_or("");
            let end = at + slice.trim_end_matches(char::from(MASK)).len();
            let start = range.start + at;
            let end = range.start + end;
            if let Some(stem) = folded.strip_suffix("'s").filter(|stem| !stem.is_empty()) {
                let apostrophe = masked[start..end].rfind(is_apostrophe).map_or(end, |i| start + i);
                each(RawToken { range: start..apostrophe, before, quoted }, stem);
                each(RawToken { range: apostrophe..end, before: Punctuation::default(), quoted }, "'s");
            } else {
                each(RawToken { range: start..end, before, quoted }, &folded);
            }
            before = Punctuation::default();
            spaced = false;
            continue;
        }
        let mark = match c {
            ',' => Punctuation::COMMA,
            ';' | '–' | '—' | '(' | ')' | '/' | '|' | '…' | '[' | ']' | '→' | '•' | '·' | '.' | '!' => {
                Punctuation::BREAK
            }
            ':' => Punctuation::BREAK.or(Punctuation::COLON),
            '?' => Punctuation::BREAK.or(Punctuation::QUESTION),
            '-' | '‐' | '‑' => {
                let next_is_space = chars.peek().is_none_or(|&(_, c)| c.is_whitespace());
                if spaced || next_is_space { Punctuation::BREAK } else { Punctuation::HYPHEN }
            }
            '"' | '“' | '”' | '«' | '»' => {
                quoted = match c {
                    '“' | '«' => true,
                    '”' | '»' => false,
                    _ => !quoted,
                };
                Punctuation::QUOTE
            }
            '‘' => {
                quoted = true;
                Punctuation::QUOTE
            }
            // Closes what a single mark opened; inside a word it is an apostrophe and was read with the word.
            '’' | '\'' if quoted && single => {
                quoted = false;
                Punctuation::QUOTE
            }
            '\'' if spaced && opens_quote(text, at) => {
                quoted = true;
                single = true;
                Punctuation::QUOTE
            }
            '%' => {
                let start = range.start + at;
                each(RawToken { range: start..start + 1, before, quoted }, "%");
                before = Punctuation::default();
                continue;
            }
            // A tick or an arrow beside a word says what a verb would say.
            '✅' | '✔' | '☑' | '⬆' | '↑' | '📈' | '❌' | '✖' | '⬇' | '↓' | '📉' => {
                let start = range.start + at;
                let word = if matches!(c, '❌' | '✖' | '⬇' | '↓' | '📉') { "down" } else { "up" };
                each(RawToken { range: start..start + c.len_utf8(), before, quoted }, word);
                before = Punctuation::default();
                continue;
            }
            '&' | '+' | '=' => {
                let start = range.start + at;
                each(RawToken { range: start..start + 1, before, quoted }, if c == '=' { "equals" } else { "and" });
                before = Punctuation::default();
                continue;
            }
            _ => {
                if c.is_whitespace() {
                    spaced = true;
                }
                continue;
            }
        };
        spaced = false;
        before = before.or(mark);
    }
}

/// Whether a straight single mark at `at` opens a quotation that is closed later: 'like this', not '90s.
fn opens_quote(text: &str, at: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or("");
    let close = rest.char_indices().find(|&(i, c)| {
        c == '\''
            && i > 0
            && !rest.get(i + 1..).and_then(|after| after.chars().next()).is_some_and(char::is_alphanumeric)
    });
    rest.chars().next().is_some_and(char::is_alphabetic) && close.is_some()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

fn push_folded(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
    } else {
        match c {
            'é' | 'è' | 'ê' | 'É' => folded.push('e'),
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ï' => folded.push('i'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
}
