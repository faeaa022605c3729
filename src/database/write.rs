//! Writing a query as text, which reads as the same query again.
//!
//! Never shortens what was asked; a query without a word of its own in the text form is spelled out.

use std::fmt::{self, Write as _};
use std::ops::Bound;

use super::Query;
use super::condition::{Condition, Levels, Numbers, Test};
use super::parse::{Operator, UNRATED};
use crate::model::names::Names;
use crate::model::vocabulary::Certainty;

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Condition { negated, test }) in self.conditions.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { " " })?;
            f.write_str(if *negated { "-" } else { "" })?;
            write_test(f, test)?;
        }
        Ok(())
    }
}

fn write_test(f: &mut fmt::Formatter<'_>, test: &Test) -> fmt::Result {
    match test {
        Test::Name(key, names) => {
            write!(f, "{}:", key.word())?;
            separated(f, names, |f, name| write_value(f, &name.text))
        }
        Test::Certainty(levels) => write_levels(f, *levels),
        Test::Direction(values) => write_words(f, "direction", values),
        Test::Magnitude(values) => write_words(f, "magnitude", values),
        Test::Design(values) => write_words(f, "design", values),
        Test::Number(key, Numbers::NONE) => write!(f, "{}<0", key.word()),
        Test::Number(key, Numbers { least, most }) => match (*least, *most) {
            (least, most) if least == most => write!(f, "{}={least}", key.word()),
            (least, u64::MAX) => write!(f, "{}>={least}", key.word()),
            (0, most) => write!(f, "{}<={most}", key.word()),
            (least, most) => write!(f, "{}:{least}..{most}", key.word()),
        },
        Test::Due(on) => write!(f, "due:{on}"),
        Test::Effect(start, end) => write_range(f, "effect", *start, *end),
        Test::Reviewed(start, end) => write_range(f, "reviewed", *start, *end),
        Test::Withdrawn(withdrawn) => write!(f, "withdrawn:{}", if *withdrawn { "yes" } else { "no" }),
        Test::Text(folded) => match folded.trim_start() {
            words if words.contains(' ') => write!(f, "\"{words}\""),
            word => f.write_str(word),
        },
    }
}

fn write_range<T: Copy + PartialEq + fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    start: Bound<T>,
    end: Bound<T>,
) -> fmt::Result {
    match (start, end) {
        (Bound::Included(start), Bound::Included(end)) if start == end => write!(f, "{key}={start}"),
        (Bound::Included(start), Bound::Included(end)) => write!(f, "{key}:{start}..{end}"),
        (Bound::Included(start), _) => write!(f, "{key}>={start}"),
        (Bound::Excluded(start), _) => write!(f, "{key}>{start}"),
        (_, Bound::Included(end)) => write!(f, "{key}<={end}"),
        (_, Bound::Excluded(end)) => write!(f, "{key}<{end}"),
        // Never made: such a range is no condition.
        (Bound::Unbounded, Bound::Unbounded) => Ok(()),
    }
}

fn write_words<V: Names>(f: &mut fmt::Formatter<'_>, key: &str, values: &[V]) -> fmt::Result {
    write!(f, "{key}:")?;
    separated(f, values, |f, value| f.write_str(value.word()))
}

fn write_levels(f: &mut fmt::Formatter<'_>, levels: Levels) -> fmt::Result {
    let all = Certainty::VALUES;
    let exactly = |operator: Operator, level: Certainty| Levels::range(operator.bounds(level)) == levels;
    for (sign, operator) in
        [(":", Operator::Is), ("<=", Operator::AtMost), (">=", Operator::AtLeast), ("<", Operator::Less)]
    {
        if let Some(level) = all.iter().find(|&&level| exactly(operator, level)) {
            return write!(f, "certainty{sign}{level}");
        }
    }
    f.write_str("certainty:")?;
    let rated = all.iter().filter(|&&level| levels.has(Levels::of(level))).map(|level| level.word());
    let words: Vec<&str> = levels.has(Levels::UNRATED).then_some(UNRATED).into_iter().chain(rated).collect();
    separated(f, &words, |f, word| f.write_str(word))
}

fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    values: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { "," })?;
        write(f, value)?;
    }
    Ok(())
}

fn write_value(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    if !text.is_empty() && !text.contains(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '"')) {
        return f.write_str(text);
    }
    f.write_char('"')?;
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(letter)?;
    }
    f.write_char('"')
}
