//! Reading one value: text, numbers, dates, words of a vocabulary, references and links.
//!
//! A value that cannot be read is reported where it stands, with what to write instead.

use toml::de::DeValue;
use url::Url;

use super::fields::Fields;
use super::names::Kind;
use super::place::Place;
use super::problems::{problem, shown};
use crate::diagnostic::{NoteKind, Severity};
use crate::model::date::Date;
use crate::model::id;
use crate::model::names::Names as Vocabulary;
use crate::model::rule::Placed;
use crate::text::Span;

/// One value, with the key it stands at.
pub(crate) struct Value<'p> {
    pub(crate) place: &'p Place<'p>,
    pub(crate) key: &'p str,
    /// Whether it is one entry of the list at the key.
    pub(crate) entry: bool,
    pub(crate) span: Span,
    pub(crate) value: &'p DeValue<'p>,
}

impl<'p> Value<'p> {
    fn called(&self) -> String {
        if self.entry { format!("an entry of `{}`", self.key) } else { format!("`{}`", self.key) }
    }

    pub(super) fn wrong_type(&self, wanted: &str) {
        // Where a value could not be read, the parser has said so and puts a zero of no place here.
        if self.span.is_empty() {
            return;
        }
        let is = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a number",
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let diagnostic = problem("data/wrong-type", self.span, format!("{} must be {wanted}, not {is}", self.called()));
        self.place.add(match self.value {
            DeValue::Integer(number) if wanted == "text" => {
                diagnostic.note(NoteKind::Do, format!("put it between quotes: \"{}\"", shown(number.as_str())))
            }
            DeValue::String(text) if wanted.starts_with("a list") => {
                diagnostic.note(NoteKind::Do, format!("put it between brackets: [\"{}\"]", shown(text)))
            }
            DeValue::String(text) if text.parse::<f64>().is_ok() => {
                diagnostic.note(NoteKind::Do, "write the number without quotes")
            }
            _ => diagnostic,
        });
    }

    fn bad(&self, rule: &str, message: String, advice: impl Into<String>) {
        self.place.add(problem(rule, self.span, message).note(NoteKind::Do, advice.into()));
    }

    pub(super) fn entries(self) -> Option<Vec<Value<'p>>> {
        let DeValue::Array(array) = self.value else {
            self.wrong_type("a list");
            return None;
        };
        let (place, key) = (self.place, self.key);
        Some(
            array
                .iter()
                .map(|entry| Value { place, key, entry: true, span: entry.span().into(), value: entry.get_ref() })
                .collect(),
        )
    }

    pub(super) fn fields(self, path: String) -> Option<Fields<'p>> {
        match self.value {
            DeValue::Table(table) => Some(Fields::new(self.place, path, self.span, table)),
            _ => {
                self.wrong_type("a table");
                None
            }
        }
    }

    /// Text that is not empty.
    pub(crate) fn text(self) -> Option<String> {
        Some(self.placed()?.text)
    }

    /// Text that is not empty, with its place.
    pub(crate) fn placed(self) -> Option<Placed> {
        let span = self.span;
        Some(Placed { text: self.borrowed()?.to_owned(), span })
    }

    /// Text that is not empty, as it stands in the table.
    fn borrowed(self) -> Option<&'p str> {
        match self.value {
            DeValue::String(text) if text.trim().is_empty() => {
                let message = format!("{} is empty", self.called());
                self.bad("data/empty-value", message, "write it, or leave it out if it is optional");
                None
            }
            DeValue::String(text) => Some(text),
            _ => {
                self.wrong_type("text");
                None
            }
        }
    }

    /// An id of this pack, still without the name of the pack.
    pub(crate) fn slug(self) -> Option<Placed> {
        let place = self.place;
        let text = self.placed()?;
        if id::is_slug(&text.text) {
            return Some(text);
        }
        place.malformed_id(&text.text, text.span);
        None
    }

    /// A word of a closed vocabulary, with its place.
    pub(crate) fn word<V: Vocabulary>(self) -> Option<(V, Span)> {
        self.choice(V::WHAT, V::VALUES, V::word)
    }

    /// A severity.
    pub(crate) fn severity(self) -> Option<Severity> {
        Some(self.choice("severity", &Severity::ALL, Severity::as_str)?.0)
    }

    /// One of `all`.
    pub(crate) fn choice<V: Copy>(self, what: &str, all: &[V], word: impl Fn(V) -> &'static str) -> Option<(V, Span)> {
        let place = self.place;
        if let DeValue::String(text) = self.value
            && let Some(&value) = all.iter().find(|&&value| word(value) == *text)
        {
            return Some((value, self.span));
        }
        let Placed { text, span } = self.placed()?;
        let words: Vec<&str> = all.iter().map(|&value| word(value)).collect();
        let diagnostic = problem("data/unknown-value", span, format!("`{}` is not a {what}", shown(&text)));
        let expected = format!("write one of {}", words.join(", "));
        place.add(match place.problems.nearest(&text, words.iter().copied()) {
            Some(near) => diagnostic.note(NoteKind::Do, format!("did you mean `{near}`? ({expected})")),
            None => diagnostic.note(NoteKind::Do, expected),
        });
        None
    }

    /// A day.
    pub(crate) fn date(self) -> Option<Date> {
        Some(self.placed_date()?.0)
    }

    /// A day, with its place.
    pub(crate) fn placed_date(self) -> Option<(Date, Span)> {
        // Between quotes it is a date, too: schema.json knows no other.
        if let DeValue::String(text) = self.value
            && let Ok(date) = text.parse()
        {
            return Some((date, self.span));
        }
        let advice = match self.value {
            DeValue::Datetime(found) => match (found.date, found.time, found.offset) {
                (Some(day), None, None) => match Date::new(day.year, day.month, day.day) {
                    Some(date) => return Some((date, self.span)),
                    None => "choose a day of the calendar".to_owned(),
                },
                (Some(day), ..) => format!("leave out the time: {day}"),
                _ => "write year-month-day, such as 2026-11-22".to_owned(),
            },
            _ if self.span.is_empty() => return None,
            _ => "write year-month-day, such as 2026-11-22".to_owned(),
        };
        self.bad("data/bad-date", format!("`{}` is not a date", self.key), advice);
        None
    }

    /// A whole number from 0 to `most`.
    pub(crate) fn whole(self, most: u32) -> Option<u32> {
        let DeValue::Integer(number) = self.value else {
            self.wrong_type("a whole number");
            return None;
        };
        let found = i128::from_str_radix(number.as_str(), number.radix()).ok();
        let whole = found.and_then(|found| u32::try_from(found).ok()).filter(|&whole| whole <= most);
        // A zero of no place stands for a value that could not be read.
        if whole.is_none() {
            let message = format!("{} is {}", self.called(), shown(number.as_str()));
            let advice = match most {
                u32::MAX => "write a whole number, 0 or more".to_owned(),
                _ => format!("write a whole number from 0 to {most}"),
            };
            self.bad("data/unknown-value", message, advice);
        }
        whole.filter(|_| !self.span.is_empty())
    }

    /// A year of publication.
    pub(crate) fn year(self) -> Option<u16> {
        let (place, span) = (self.place, self.span);
        let year = self.whole(9999)?;
        if year < 1500 {
            place.add(
                problem("data/unknown-value", span, format!("{year} is not a year of publication"))
                    .note(NoteKind::Do, "write four digits, such as 2011"),
            );
            return None;
        }
        u16::try_from(year).ok()
    }

    /// A count that fits 32 bits.
    pub(crate) fn count(self) -> Option<u32> {
        self.whole(u32::MAX)
    }

    /// A finite number.
    pub(crate) fn number(self) -> Option<f64> {
        let found = match self.value {
            DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            _ => {
                self.wrong_type("a number");
                return None;
            }
        };
        if found.is_none() {
            self.bad(
                "data/unknown-value",
                format!("`{}` is not a number that can be used", self.key),
                "write a finite number",
            );
        }
        found.filter(|_| !self.span.is_empty())
    }

    /// `true` or `false`.
    pub(crate) fn boolean(self) -> Option<bool> {
        let DeValue::Boolean(value) = self.value else {
            self.wrong_type("true or false");
            return None;
        };
        Some(*value)
    }

    /// A reference to a record, as its full id.
    pub(crate) fn reference(self, kind: Kind) -> Option<String> {
        let (place, span) = (self.place, self.span);
        Some(place.resolve(kind, self.borrowed()?, span)?.0)
    }

    /// A reference to a term of one class, as its full id.
    pub(crate) fn term(self, class: &str) -> Option<String> {
        let (place, span) = (self.place, self.span);
        place.resolve_term(class, self.borrowed()?, span)
    }

    /// A link that begins with `https://`.
    pub(crate) fn link(self) -> Option<Url> {
        let place = self.place;
        let Placed { text, span } = self.placed()?;
        match Url::parse(&text) {
            Ok(url) if url.scheme() == "https" && url.has_host() => return Some(url),
            Ok(url) if url.scheme() == "http" => place.add(
                problem("data/not-https", span, format!("`{}` does not begin with https://", shown(&text)))
                    .note(NoteKind::Do, "write the https address of the page; open it to see that it answers"),
            ),
            Ok(_) => place.add(
                problem("data/not-https", span, format!("`{}` is not an https link", shown(&text)))
                    .note(NoteKind::Do, "write the address of the page, beginning with https://"),
            ),
            Err(error) => place.add(
                problem("data/malformed-link", span, format!("`{}` is not a link: {error}", shown(&text)))
                    .note(NoteKind::Do, "write the address of the page, beginning with https://"),
            ),
        }
        None
    }
}
