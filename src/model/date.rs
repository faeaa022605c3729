//! A calendar date. The library reads no clock: dates come from data or from the caller.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::error::Error;

/// A day of the Gregorian calendar, ordered by time, written `2026-11-22`.
///
/// ```
/// use evidence_claims::Date;
///
/// let day: Date = "2026-11-22".parse().unwrap();
/// assert!(day < "2027-01-01".parse().unwrap());
/// assert_eq!(day.to_string(), "2026-11-22");
/// assert!("2026-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, or `None` when there is no such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > days || year > 9999 { None } else { Some(Self { year, month, day }) }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The day after.
    pub(crate) fn day_after(self) -> Option<Self> {
        let Self { year, month, day } = self;
        let later = [(year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1)];
        later.into_iter().find_map(|(year, month, day)| Self::new(year, month, day))
    }

    /// The day before.
    pub(crate) fn day_before(self) -> Option<Self> {
        let Self { year, month, day } = self;
        let last = |year, month| (28..=31).rev().find_map(|day| Self::new(year, month, day));
        Self::new(year, month, day - 1).or_else(|| last(year, month - 1)).or_else(|| last(year.checked_sub(1)?, 12))
    }

    /// The same day two years later (28 February for a leap day): when a review is due unless the record says otherwise.
    pub(crate) fn in_two_years(self) -> Self {
        Self::new(self.year + 2, self.month, self.day).unwrap_or(Self { year: self.year + 2, month: 2, day: 28 })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}-{:02}", self.year, self.month, self.day))
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut parts = text.splitn(3, '-');
        let mut part =
            |digits: usize| parts.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()));
        let date = (|| {
            let (year, month, day) = (part(4)?, part(2)?, part(2)?);
            Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        })();
        date.ok_or_else(|| {
            Error::query(
                format!("`{text}` is not a date; write year-month-day, such as 2026-11-22"),
                (0..text.len()).into(),
            )
        })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
