//! Reading the text form of a query, with exact places for mistakes.
//!
//! Never looks at a claim, so that a query can be read before any database is.

use std::ops::Bound;
use std::str::FromStr;

use super::Query;
use super::condition::{Levels, Name, NameKey, NumberKey, Numbers, Size, Test};
use super::search::begun;
use crate::error::Error;
use crate::model::date::Date;
use crate::model::names::Names;
use crate::model::vocabulary::Certainty;
use crate::suggest;
use crate::text::Span;

/// The word for a claim without certainty.
pub(super) const UNRATED: &str = "none";

/// Everything that can stand before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Name(NameKey),
    Certainty,
    Direction,
    Magnitude,
    Design,
    Number(NumberKey),
    Effect,
    Due,
    Reviewed,
    Withdrawn,
}

impl Key {
    const ALL: [Self; 18] = [
        Self::Name(NameKey::Topic),
        Self::Certainty,
        Self::Direction,
        Self::Magnitude,
        Self::Name(NameKey::Outcome),
        Self::Name(NameKey::Population),
        Self::Name(NameKey::Intervention),
        Self::Name(NameKey::Comparator),
        Self::Design,
        Self::Number(NumberKey::Year),
        Self::Number(NumberKey::Participants),
        Self::Effect,
        Self::Number(NumberKey::Findings),
        Self::Name(NameKey::Source),
        Self::Name(NameKey::Id),
        Self::Due,
        Self::Reviewed,
        Self::Withdrawn,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Name(key) => key.word(),
            Self::Certainty => "certainty",
            Self::Direction => "direction",
            Self::Magnitude => "magnitude",
            Self::Design => "design",
            Self::Number(key) => key.word(),
            Self::Effect => "effect",
            Self::Due => "due",
            Self::Reviewed => "reviewed",
            Self::Withdrawn => "withdrawn",
        }
    }

    const fn is_ordered(self) -> bool {
        matches!(self, Self::Certainty | Self::Number(_) | Self::Effect | Self::Reviewed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Is,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Operator {
    /// Longer ones first, since they begin like shorter ones.
    const ALL: [(&'static str, Self); 6] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
        (":", Self::Is),
        ("=", Self::Is),
    ];

    pub(super) fn bounds<T>(self, value: T) -> (Bound<T>, Bound<T>)
    where
        T: Copy,
    {
        match self {
            Self::Is => (Bound::Included(value), Bound::Included(value)),
            Self::Less => (Bound::Unbounded, Bound::Excluded(value)),
            Self::AtMost => (Bound::Unbounded, Bound::Included(value)),
            Self::More => (Bound::Excluded(value), Bound::Unbounded),
            Self::AtLeast => (Bound::Included(value), Bound::Unbounded),
        }
    }
}

impl FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut reader = Reader { text, at: 0 };
        let mut query = Self::new();
        loop {
            reader.skip(char::is_whitespace);
            if reader.rest().is_empty() {
                return Ok(query);
            }
            let follows = |rest: &str| rest.starts_with(|letter: char| !letter.is_whitespace());
            let negated = reader.rest().strip_prefix('-').is_some_and(follows);
            if negated {
                reader.at += 1;
            }
            let test = reader.test()?;
            query = query.with(negated, test);
        }
    }
}

/// A value as it stands in the text, without its quotes.
struct Value {
    text: String,
    span: Span,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on as long as letters fit, and gives what was passed.
    fn skip(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let length = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn test(&mut self) -> Result<Test, Error> {
        let start = self.at;
        if self.rest().starts_with('"') {
            let value = self.quoted()?;
            return words(&value.text, value.span);
        }
        let word = self.skip(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_');
        let key_span = Span::new(start, self.at);
        let operator = Operator::ALL.into_iter().find(|(sign, _)| self.rest().starts_with(sign));
        let Some((sign, operator)) = operator.filter(|_| !word.is_empty()) else {
            self.skip(|letter| !letter.is_whitespace());
            let span = Span::new(start, self.at);
            return words(span.of(self.text), span);
        };
        let Some(key) = Key::ALL.into_iter().find(|key| key.word() == word) else {
            return Err(unknown_key(word, key_span));
        };
        let operator_span = Span::new(self.at, self.at + sign.len());
        self.at += sign.len();
        let values = self.values(key)?;
        if operator == Operator::Is {
            return is(key, &values);
        }
        if !key.is_ordered() {
            let message = format!("`{sign}` cannot be used with `{word}`; write `{word}:` and one or more values");
            return Err(Error::query(message, operator_span));
        }
        let [value] = values.as_slice() else {
            let span = values.iter().map(|value| value.span).reduce(Span::to).unwrap_or(operator_span);
            return Err(Error::query(format!("`{word}{sign}` takes one value"), span));
        };
        compared(key, operator, value)
    }

    fn values(&mut self, key: Key) -> Result<Vec<Value>, Error> {
        let mut values = Vec::new();
        loop {
            let value = if self.rest().starts_with('"') {
                self.quoted()?
            } else {
                let start = self.at;
                let text = self.skip(|letter| !letter.is_whitespace() && letter != ',');
                if text.is_empty() {
                    let message = format!("a value of `{}` is missing; {}", key.word(), example(key));
                    return Err(Error::query(message, Span::new(start, start)));
                }
                Value { text: text.to_owned(), span: Span::new(start, self.at) }
            };
            values.push(value);
            match self.rest().chars().next() {
                Some(',') => self.at += 1,
                Some(letter) if !letter.is_whitespace() => {
                    let span = Span::new(self.at, self.at + letter.len_utf8());
                    return Err(Error::query("after a quoted value comes a space or a comma", span));
                }
                _ => return Ok(values),
            }
        }
    }

    /// Text between quotes; a backslash takes the next letter as it is.
    fn quoted(&mut self) -> Result<Value, Error> {
        let start = self.at;
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at = start + at + 1;
                    return Ok(Value { text, span: Span::new(start, self.at) });
                }
                '\\' => text.extend(letters.next().map(|(_, letter)| letter)),
                _ => text.push(letter),
            }
        }
        Err(Error::query("the closing quote is missing", Span::new(start, self.text.len())))
    }
}

fn words(text: &str, span: Span) -> Result<Test, Error> {
    let folded = begun(text);
    if folded.is_empty() {
        return Err(Error::query(format!("`{text}` holds no letter or digit to search for"), span));
    }
    Ok(Test::Text(folded))
}

fn unknown_key(word: &str, span: Span) -> Error {
    let keys = Key::ALL.map(Key::word);
    let near = suggest::nearest(word, keys).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let message = format!(
        "unknown key `{word}`{near} (keys: {}; put it between quotes to search for the words)",
        keys.join(", ")
    );
    Error::query(message, span)
}

fn example(key: Key) -> String {
    let value = match key {
        Key::Name(NameKey::Topic) => "topic:cortisol",
        Key::Name(NameKey::Id) => "id:cortisol-single-session",
        Key::Name(NameKey::Source) => "source:moyer-2011-cortisol",
        Key::Name(NameKey::Population) => "population:healthy-adults",
        Key::Name(NameKey::Intervention) => "intervention:massage",
        Key::Name(NameKey::Comparator) => "comparator:rest",
        Key::Name(NameKey::Outcome) => "outcome:cortisol",
        Key::Certainty => "certainty<=low",
        Key::Direction => "direction:null",
        Key::Magnitude => "magnitude:small",
        Key::Design => "design:meta-analysis",
        Key::Number(NumberKey::Year) => "year>=2010",
        Key::Number(NumberKey::Participants) => "participants>=100",
        Key::Number(NumberKey::Findings) => "findings=1",
        Key::Effect => "effect>=0.5",
        Key::Due => "due:2027-01-01",
        Key::Reviewed => "reviewed>=2026-01-01",
        Key::Withdrawn => "withdrawn:no",
    };
    format!("write for example {value}")
}

/// `key:value,value`
fn is(key: Key, values: &[Value]) -> Result<Test, Error> {
    let single = || match values {
        [value] => Ok(value),
        _ => {
            let span = values.iter().map(|value| value.span).reduce(Span::to).unwrap_or_default();
            Err(Error::query(format!("`{}` takes one value; {}", key.word(), example(key)), span))
        }
    };
    Ok(match key {
        Key::Name(key) => {
            Test::Name(key, values.iter().map(|value| Name::new(value.text.as_str(), value.span)).collect())
        }
        Key::Certainty => {
            let mut set = Levels(0);
            for value in values {
                set = set.and(if value.text == UNRATED { Levels::UNRATED } else { Levels::of(level(value)?) });
            }
            Test::Certainty(set)
        }
        Key::Direction => Test::Direction(all(values)?),
        Key::Magnitude => Test::Magnitude(all(values)?),
        Key::Design => Test::Design(all(values)?),
        Key::Number(key) => {
            let value = single()?;
            let (start, end) = between(value, number)?;
            Test::Number(key, Numbers::new(start, end))
        }
        Key::Effect => {
            let (start, end) = between(single()?, size)?;
            Test::Effect(start, end)
        }
        Key::Reviewed => {
            let (start, end) = between(single()?, date)?;
            Test::Reviewed(start, end)
        }
        Key::Due => {
            let value = single()?;
            Test::Due(date(&value.text, value.span)?)
        }
        Key::Withdrawn => {
            let value = single()?;
            match value.text.as_str() {
                "yes" => Test::Withdrawn(true),
                "no" => Test::Withdrawn(false),
                _ => return Err(Error::query(format!("`{}` is neither yes nor no", value.text), value.span)),
            }
        }
    })
}

/// `key<value` and its like.
fn compared(key: Key, operator: Operator, value: &Value) -> Result<Test, Error> {
    Ok(match key {
        Key::Number(key) => {
            let (start, end) = operator.bounds(number(&value.text, value.span)?);
            Test::Number(key, Numbers::new(start, end))
        }
        Key::Effect => {
            let (start, end) = operator.bounds(size(&value.text, value.span)?);
            Test::Effect(start, end)
        }
        Key::Reviewed => {
            let (start, end) = operator.bounds(date(&value.text, value.span)?);
            Test::Reviewed(start, end)
        }
        _ => {
            if value.text == UNRATED {
                let message = "a claim that is not rated is neither above nor below; write `certainty:none`";
                return Err(Error::query(message, value.span));
            }
            Test::Certainty(Levels::range(operator.bounds(level(value)?)))
        }
    })
}

fn level(value: &Value) -> Result<Certainty, Error> {
    let words = Certainty::VALUES.iter().map(|level| level.word()).chain([UNRATED]);
    Certainty::from_word(&value.text).ok_or_else(|| unknown_word(Certainty::WHAT, value, words))
}

fn all<V: Names>(values: &[Value]) -> Result<Vec<V>, Error> {
    let words = || V::VALUES.iter().map(|value| value.word());
    values.iter().map(|value| V::from_word(&value.text).ok_or_else(|| unknown_word(V::WHAT, value, words()))).collect()
}

fn unknown_word(what: &str, value: &Value, words: impl Iterator<Item = &'static str> + Clone) -> Error {
    let near = suggest::nearest(&value.text, words.clone());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let words: Vec<&str> = words.collect();
    Error::query(format!("`{}` is not a {what}{near} (expected {})", value.text, words.join(", ")), value.span)
}

fn number(text: &str, span: Span) -> Result<u64, Error> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let found = if digits { text.parse().ok() } else { None };
    found.ok_or_else(|| Error::query(format!("`{text}` is not a whole number"), span))
}

/// Digits with or without a decimal point: a size has no sign, and none that a program would not write so.
fn size(text: &str, span: Span) -> Result<Size, Error> {
    let plain = text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let found = if plain { text.parse().ok() } else { None };
    found.map(Size).ok_or_else(|| Error::query(format!("`{text}` is not a size such as 0.5, without a sign"), span))
}

fn date(text: &str, span: Span) -> Result<Date, Error> {
    text.parse().map_err(|error: Error| Error::query(error.to_string(), span))
}

/// `value`, or `value..value` where one of the two may be absent.
fn between<T: Copy + PartialOrd>(
    value: &Value,
    read: impl Fn(&str, Span) -> Result<T, Error>,
) -> Result<(Bound<T>, Bound<T>), Error> {
    let Some((first, last)) = value.text.split_once("..") else {
        return Ok(Operator::Is.bounds(read(&value.text, value.span)?));
    };
    let end = |text: &str, span: Span| {
        if text.is_empty() { Ok(Bound::Unbounded) } else { read(text, span).map(Bound::Included) }
    };
    // Between quotes the places are one further; pointing at the whole value is near enough there.
    let plain = value.span.len() == value.text.len();
    let (at, middle) = (value.span.start(), value.span.start() + first.len());
    let place = |start, end| if plain { Span::new(start, end) } else { value.span };
    match (end(first, place(at, middle))?, end(last, place(middle + 2, value.span.end()))?) {
        (Bound::Unbounded, Bound::Unbounded) => Err(Error::query("a range needs at least one end", value.span)),
        (Bound::Included(start), Bound::Included(end)) if start > end => {
            let message = format!("the ends are the wrong way round; write `{last}..{first}`");
            Err(Error::query(message, value.span))
        }
        range => Ok(range),
    }
}
