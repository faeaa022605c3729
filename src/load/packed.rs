//! Records as bytes: what the build script makes of the built-in pack, so that nothing is parsed when a program starts.
//!
//! Every record is written field by field, in one list that both sides share: a new field that is not in the list does not
//! compile. The bytes are made and read by the same build, so that they carry no version.

use std::str::FromStr;

use url::Url;

use super::Records;
use crate::diagnostic::Severity;
use crate::model::accepted::AcceptedRecord;
use crate::model::claim::{ClaimRecord, FindingRecord, Origin, Pico, Withdrawal, Wording};
use crate::model::date::Date;
use crate::model::grade::{Grade, Reason};
use crate::model::profile::ProfileRecord;
use crate::model::rule::{Authority, Placed, RuleRecord};
use crate::model::source::{Effect, Retraction, SourceRecord};
use crate::model::term::TermRecord;
use crate::model::vocabulary::{
    Basis, Certainty, Design, Direction, Domain, Doubt, Favours, Magnitude, Measure, Names, RuleKind, RuleStatus,
    Scope, Strength, Wanted,
};
use crate::text::Span;

/// Something that is written to bytes and read back.
pub(crate) trait Packed: Sized {
    /// Appends the bytes.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Takes them off the front; `None` when they are not what was written.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

/// All records but the texts of their files.
pub(crate) fn pack(records: &Records) -> Vec<u8> {
    let mut bytes = Vec::new();
    records.write(&mut bytes);
    bytes
}

/// The records of [`pack`].
pub(crate) fn unpack(mut bytes: &[u8]) -> Option<Records> {
    Records::read(&mut bytes).filter(|_| bytes.is_empty())
}

macro_rules! fields {
    ($($record:ident { $($field:ident),+ $(; $($left_out:ident),+)? })+) => {
        $(impl Packed for $record {
            fn write(&self, bytes: &mut Vec<u8>) {
                $(self.$field.write(bytes);)+
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Packed::read(bytes)?,)+ $($($left_out: Default::default(),)+)? })
            }
        })+
    };
}

fields! {
    Records { claims, sources, terms, rules, profiles, accepted; files, faults, unread }
    ClaimRecord {
        id, topic, proposition, direction, magnitude, certainty, reviewed, review_by, aliases, guidance, note, withdrawn, pico,
        as_studied, grade, wording, findings, origin
    }
    Origin { file, span }
    Pico { population, intervention, comparator, outcome }
    FindingRecord { source, direction, basis, effect, note }
    Withdrawal { date, reason, superseded_by }
    Wording { honest, marketing, overclaims, conditions, context }
    Grade { start, reasons, summary }
    Reason { domain, levels, why }
    SourceRecord {
        id, title, authors, year, container, volume, issue, pages, doi, pmid, pmcid, url, design, participants, studies,
        population, finding, checked, unverified, includes, note, retracted, effects, origin
    }
    Effect {
        name, outcome, comparator, measure, unit, estimate, interval, p, participants, favours, positive_favours, uncontrolled, note
    }
    Retraction { date, notice }
    TermRecord { id, class, label, forms, verbs, topic, wanted, strength, mesh, origin }
    RuleRecord {
        name, family, label, kind, severity, status, since, replaced_by, rank, topics, claim, message, why, help, authority,
        patterns, fragments, scope, bad, good, origin
    }
    Authority { name, url }
    Placed { text, span }
    ProfileRecord { name, label, about, authority, ceilings, severities, origin }
    AcceptedRecord { rule, records, origin }
}

macro_rules! words {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                number(Self::VALUES.iter().position(|value| value == self).unwrap_or(usize::MAX) as u64, bytes);
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Self::VALUES.get(take_number(bytes)? as usize).copied()
            }
        })+
    };
}

words! { Basis Certainty Design Direction Domain Doubt Favours Magnitude Measure RuleKind RuleStatus Scope Strength Wanted }

macro_rules! written_as_text {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                self.to_string().write(bytes);
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                Self::from_str(take_text(bytes)?).ok()
            }
        })+
    };
}

written_as_text! { Date Severity Url }

macro_rules! numbers {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                number((*self).into(), bytes);
            }

            fn read(bytes: &mut &[u8]) -> Option<Self> {
                take_number(bytes)?.try_into().ok()
            }
        })+
    };
}

numbers! { u8 u16 u32 }

impl Packed for bool {
    fn write(&self, bytes: &mut Vec<u8>) {
        u8::from(*self).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(take_number(bytes)? == 1)
    }
}

impl Packed for f64 {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_le_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (number, rest) = bytes.split_first_chunk()?;
        *bytes = rest;
        Some(Self::from_le_bytes(*number))
    }
}

impl Packed for String {
    fn write(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        bytes.extend(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take_text(bytes).map(str::to_owned)
    }
}

impl Packed for Span {
    fn write(&self, bytes: &mut Vec<u8>) {
        number(self.start() as u64, bytes);
        number(self.len() as u64, bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let start = take_number(bytes)? as usize;
        Some(Self::new(start, start + take_number(bytes)? as usize))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.is_some().write(bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        if bool::read(bytes)? { T::read(bytes).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, bytes: &mut Vec<u8>) {
        number(self.len() as u64, bytes);
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let count = take_number(bytes)? as usize;
        // Each value takes a byte at least: a wrong count asks for no more memory than there are bytes.
        let mut values = Self::with_capacity(count.min(bytes.len()));
        for _ in 0..count {
            values.push(T::read(bytes)?);
        }
        Some(values)
    }
}

impl Packed for [f64; 2] {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.iter().for_each(|value| value.write(bytes));
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some([f64::read(bytes)?, f64::read(bytes)?])
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
        self.1.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

/// Seven bits to a byte, lowest first; the eighth says that more follow.
fn number(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn take_text<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let length = take_number(bytes)? as usize;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}
