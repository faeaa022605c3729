//! The one place that looks at a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use evidence_claims::Date;

/// Today, in UTC.
pub(crate) fn today() -> Option<Date> {
    date(days()?)
}

/// Days since 1970-01-01, in UTC.
pub(crate) fn days() -> Option<u64> {
    Some(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() / 86_400)
}

/// The date `days` after 1970-01-01.
fn date(days: u64) -> Option<Date> {
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut left) = (1970, days);
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    Date::new(u16::try_from(year).ok()?, month, u8::try_from(left + 1).ok()?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_since_1970_become_dates() {
        let text = |days| super::date(days).unwrap().to_string();
        assert_eq!(text(0), "1970-01-01");
        assert_eq!(text(11_016), "2000-02-29");
        assert_eq!(text(20_779), "2026-11-22");
        assert_eq!(text(47_540), "2100-02-28");
        assert_eq!(text(47_541), "2100-03-01");
    }
}
