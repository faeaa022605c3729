//! Sentences to words. Folds case, apostrophes and markup away, keeps every word's place.

use std::borrow::Cow;
use std::ops::Range;

use super::{FILL, MASK, is_mark};

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
    /// A dash with space around it, or an arrow: what became of the words before it may follow.
    pub(crate) const DASH: Self = Self(64);

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

/// The letters of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Word<'t> {
    /// ASCII letters and digits as they stand in the text, in any case: nearly every word, and nothing is copied for it.
    Plain(&'t str),
    /// A word that had to be folded.
    Folded(&'t str),
}

impl<'t> Word<'t> {
    /// The word in lower case.
    pub(crate) fn folded(self) -> Cow<'t, str> {
        match self {
            Self::Plain(word) if word.bytes().any(|byte| byte.is_ascii_uppercase()) => word.to_ascii_lowercase().into(),
            Self::Plain(word) | Self::Folded(word) => word.into(),
        }
    }
}

/// Calls `each` with every word of `range` in its folded form: lower case, straight apostrophes, no markup.
/// A possessive or contracted `'s` is a word of its own; `n't` stays with its verb; hyphens part words; `%` is a word.
pub(crate) fn tokenise(masked: &str, range: Range<usize>, mut each: impl FnMut(RawToken, Word<'_>)) {
    let Some(text) = masked.get(range.clone()) else { return };
    let mut before = Punctuation::default();
    let mut quoted = false;
    let mut folded = String::new();
    let mut spaced = true;
    let mut quotes = SingleQuotes { text, begun: None, last: None };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        // Nearly all words are plain letters with a space or a mark behind them.
        if let Some(end) = plain_word(text.as_bytes(), at) {
            let word = Word::Plain(text.get(at..end).unwrap_or(""));
            each(RawToken { range: range.start + at..range.start + end, before, quoted }, word);
            before = Punctuation::default();
            spaced = false;
            at = end;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
        if c.is_alphanumeric() {
            let end = fold_word(text, at, &mut folded);
            // Trailing markup belongs to what follows.
            let slice = text.get(at..end).unwrap_or("");
            let start = range.start + at;
            let stop = start + slice.trim_end_matches(char::from(MASK)).len();
            if let Some(stem) = folded.strip_suffix("'s").filter(|stem| !stem.is_empty()) {
                let apostrophe = masked[start..stop].rfind(is_apostrophe).map_or(stop, |i| start + i);
                each(RawToken { range: start..apostrophe, before, quoted }, Word::Folded(stem));
                each(RawToken { range: apostrophe..stop, before: Punctuation::default(), quoted }, Word::Folded("'s"));
            } else {
                each(RawToken { range: start..stop, before, quoted }, Word::Folded(&folded));
            }
            before = Punctuation::default();
            spaced = false;
            at = end;
            continue;
        }
        let here = at;
        at += c.len_utf8();
        let mark = match c {
            ',' => Punctuation::COMMA,
            ';' | '(' | ')' | '/' | '|' | '…' | '[' | ']' | '•' | '·' | '.' | '!' => Punctuation::BREAK,
            '–' | '—' | '→' => Punctuation::BREAK.or(Punctuation::DASH),
            ':' => Punctuation::BREAK.or(Punctuation::COLON),
            '?' => Punctuation::BREAK.or(Punctuation::QUESTION),
            '-' | '‐' | '‑' => {
                let next_is_space = text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(char::is_whitespace);
                if spaced || next_is_space { Punctuation::BREAK.or(Punctuation::DASH) } else { Punctuation::HYPHEN }
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
            '’' | '\'' if quoted && quotes.are_open() => {
                quoted = false;
                Punctuation::QUOTE
            }
            '\'' if spaced && quotes.open_at(here) => {
                quoted = true;
                quotes.begun = Some(true);
                Punctuation::QUOTE
            }
            '%' => {
                let start = range.start + here;
                each(RawToken { range: start..start + whole(text, here, c), before, quoted }, Word::Folded("%"));
                before = Punctuation::default();
                continue;
            }
            // A tick or an arrow beside a word says what a verb would say.
            '✅' | '✔' | '☑' | '⬆' | '↑' | '📈' | '❌' | '✖' | '⬇' | '↓' | '📉' => {
                let start = range.start + here;
                let word = if matches!(c, '❌' | '✖' | '⬇' | '↓' | '📉') { "down" } else { "up" };
                each(RawToken { range: start..start + whole(text, here, c), before, quoted }, Word::Folded(word));
                before = Punctuation::default();
                continue;
            }
            '&' | '+' | '=' => {
                let start = range.start + here;
                let word = Word::Folded(if c == '=' { "equals" } else { "and" });
                each(RawToken { range: start..start + whole(text, here, c), before, quoted }, word);
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

/// For each byte, whether it is an ASCII letter or digit: one look is cheaper than three comparisons.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The end of the word at `at` when it is ASCII letters and digits and nothing behind it can belong to it.
fn plain_word(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(|&byte| !IN_WORD[usize::from(byte)]).unwrap_or(rest.len());
    let first = rest.first().filter(|_| length > 0)?;
    let plain = match rest.get(length) {
        None => true,
        Some(b'.' | b',') => !first.is_ascii_digit(),
        Some(b'\'' | b'`' | &(MASK | FILL)) => false,
        Some(next) => next.is_ascii(),
    };
    plain.then_some(at + length)
}

/// Folds the word that begins at `at`. Returns the end of its last part or of the markup after it.
fn fold_word(text: &str, at: usize, folded: &mut String) -> usize {
    folded.clear();
    let mut end = at;
    let mut digits = false;
    for (next, c) in text.get(at..).unwrap_or("").char_indices() {
        let next = at + next;
        let after = || text[next + c.len_utf8()..].chars().find(|&c| !is_mark(c));
        if c.is_alphanumeric() {
            digits |= next == at && c.is_ascii_digit();
            push_folded(folded, c);
        } else if is_apostrophe(c) && after().is_some_and(char::is_alphabetic) {
            folded.push('\'');
        } else if digits && matches!(c, '.' | ',') && after().is_some_and(|c| c.is_ascii_digit()) {
            folded.push('.');
        } else if !is_mark(c) {
            break;
        }
        end = next + c.len_utf8();
    }
    end
}

/// Straight single marks, which quote and stand in words: what the rest of the text tells about them, looked up once.
struct SingleQuotes<'t> {
    text: &'t str,
    /// Whether the open quotation began with a single mark; a curly one anywhere makes it so.
    begun: Option<bool>,
    /// The last mark that can close a quotation.
    last: Option<Option<usize>>,
}

impl SingleQuotes<'_> {
    fn are_open(&mut self) -> bool {
        *self.begun.get_or_insert_with(|| self.text.contains('‘'))
    }

    /// Whether the mark at `at` opens a quotation that is closed later: 'like this', not '90s.
    fn open_at(&mut self, at: usize) -> bool {
        let text = self.text;
        let follows = |at: usize| text.get(at + 1..).and_then(|rest| rest.chars().next());
        let letter = |at: usize| text.get(at + 1..).and_then(|rest| rest.chars().find(|&c| !is_mark(c)));
        let closes = |&(at, _): &(usize, &str)| !follows(at).is_some_and(char::is_alphanumeric);
        let last = *self.last.get_or_insert_with(|| text.rmatch_indices('\'').find(closes).map(|(at, _)| at));
        letter(at).is_some_and(char::is_alphabetic) && last.is_some_and(|last| last > at + 1)
    }
}

/// How many bytes the character `c` at `at` takes in the file.
fn whole(text: &str, at: usize, c: char) -> usize {
    let rest = text.as_bytes().get(at + c.len_utf8()..).unwrap_or(&[]);
    c.len_utf8() + rest.iter().take_while(|&&byte| byte == FILL).count()
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
