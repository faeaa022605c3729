//! Records as bytes: what the build script makes of the built-in pack, so that nothing is parsed when a program starts.
//!
//! Every record is written field by field, in one list that both sides share: a new field that is not in the list does not
//! compile. The bytes are made and read by the same build, so that they carry no version.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::str::FromStr;
use std::sync::Arc;

use url::Url;

use super::Records;
use crate::diagnostic::Severity;
use crate::model::accepted::AcceptedRecord;
use crate::model::claim::{ClaimRecord, FindingRecord, Origin, Pico, Withdrawal, Wording};
use crate::model::date::Date;
use crate::model::grade::{Grade, Reason};
use crate::model::names::Names;
use crate::model::profile::ProfileRecord;
use crate::model::provenance::{Descent, ProvenanceRecord};
use crate::model::rule::{Authority, Placed, RuleRecord};
use crate::model::source::{Effect, Retraction, SourceRecord};
use crate::model::term::TermRecord;
use crate::model::vocabulary::{
    Basis, Certainty, Design, Direction, Domain, Doubt, Favours, Magnitude, Measure, RuleKind, RuleStatus, Scope,
    Strength, Wanted,
};
use crate::text::Span;

/// Something that is written to bytes and read back.
pub(crate) trait Packed: Sized {
    /// Appends the bytes.
    fn write(&self, to: &mut Packing);

    /// Takes them off the front; `None` when they are not what was written.
    fn read(from: &mut Unpacking<'_>) -> Option<Self>;
}

/// What is written: numbers, and all texts one after another, so that they are known to be UTF-8 as a whole.
#[derive(Debug, Default)]
pub(crate) struct Packing {
    pub(crate) numbers: Vec<u8>,
    pub(crate) texts: String,
}

/// What is left to read of a [`Packing`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unpacking<'b> {
    numbers: &'b [u8],
    texts: &'b str,
}

/// Records, without the texts of their files, or what is made of them.
pub(crate) fn pack(value: &impl Packed) -> Packing {
    let mut packing = Packing::default();
    value.write(&mut packing);
    packing
}

/// What was given to [`pack`].
pub(crate) fn unpack<T: Packed>(numbers: &[u8], texts: &str) -> Option<T> {
    let mut left = Unpacking { numbers, texts };
    T::read(&mut left).filter(|_| left.numbers.is_empty() && left.texts.is_empty())
}

/// Writes and reads records field by field; those after the semicolon are left out and read as nothing.
macro_rules! packed_fields {
    ($($record:ident { $($field:ident),+ $(; $($left_out:ident),+)? })+) => {
        $(impl $crate::load::Packed for $record {
            fn write(&self, to: &mut $crate::load::Packing) {
                $($crate::load::Packed::write(&self.$field, to);)+
            }

            fn read(from: &mut $crate::load::Unpacking<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::load::Packed::read(from)?,)+ $($($left_out: Default::default(),)+)? })
            }
        })+
    };
}
pub(crate) use packed_fields;

packed_fields! {
    Records { claims, sources, terms, rules, profiles, accepted, provenances, descents; files, faults, unread }
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
        patterns, fragments, refused, scope, bad, good, origin
    }
    Authority { name, url }
    Placed { text, span }
    ProfileRecord { name, label, about, authority, ceilings, severities, origin }
    AcceptedRecord { rule, records, origin }
    ProvenanceRecord { id, title, url, note, origin }
    Descent { file, term, from }
}

macro_rules! words {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, to: &mut Packing) {
                number(Self::VALUES.iter().position(|value| value == self).unwrap_or(usize::MAX) as u64, to);
            }

            fn read(from: &mut Unpacking<'_>) -> Option<Self> {
                Self::VALUES.get(take_number(from)? as usize).copied()
            }
        })+
    };
}

words! { Basis Certainty Design Direction Domain Doubt Favours Magnitude Measure RuleKind RuleStatus Scope Strength Wanted }

macro_rules! written_as_text {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, to: &mut Packing) {
                self.to_string().write(to);
            }

            fn read(from: &mut Unpacking<'_>) -> Option<Self> {
                Self::from_str(take_text(from)?).ok()
            }
        })+
    };
}

written_as_text! { Date Severity Url }

macro_rules! numbers {
    ($($name:ident)+) => {
        $(impl Packed for $name {
            fn write(&self, to: &mut Packing) {
                number((*self).into(), to);
            }

            fn read(from: &mut Unpacking<'_>) -> Option<Self> {
                take_number(from)?.try_into().ok()
            }
        })+
    };
}

numbers! { u8 u16 u32 }

impl Packed for u64 {
    fn write(&self, to: &mut Packing) {
        number(*self, to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        take_number(from)
    }
}

impl Packed for usize {
    fn write(&self, to: &mut Packing) {
        number(*self as u64, to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        take_number(from).map(|number| number as Self)
    }
}

/// Numbers of a fixed width.
macro_rules! fixed {
    ($($kind:ty),+) => {$(
        impl Packed for $kind {
            fn write(&self, to: &mut Packing) {
                to.numbers.extend(self.to_le_bytes());
            }

            fn read(from: &mut Unpacking<'_>) -> Option<Self> {
                let (number, rest) = from.numbers.split_first_chunk()?;
                from.numbers = rest;
                Some(Self::from_le_bytes(*number))
            }
        }
    )+};
}

fixed!(u128, f64);

impl Packed for bool {
    fn write(&self, to: &mut Packing) {
        u8::from(*self).write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        Some(take_number(from)? == 1)
    }
}

impl Packed for String {
    fn write(&self, to: &mut Packing) {
        number(self.len() as u64, to);
        to.texts.push_str(self);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        take_text(from).map(str::to_owned)
    }
}

impl Packed for Span {
    fn write(&self, to: &mut Packing) {
        number(self.start() as u64, to);
        number(self.len() as u64, to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let start = take_number(from)? as usize;
        Some(Self::new(start, start + take_number(from)? as usize))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, to: &mut Packing) {
        self.is_some().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn write(&self, to: &mut Packing) {
        number(self.len() as u64, to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let count = take_number(from)? as usize;
        // Each value takes a byte at least: a wrong count asks for no more memory than there are bytes.
        let mut values = Self::with_capacity(count.min(from.numbers.len()));
        for _ in 0..count {
            values.push(T::read(from)?);
        }
        Some(values)
    }
}

/// Eight bytes as they are: quicker than a number whose length is told by itself, where most bits are used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole(pub(crate) u64);

impl Packed for Whole {
    fn write(&self, to: &mut Packing) {
        to.numbers.extend(self.0.to_le_bytes());
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let (bytes, rest) = from.numbers.split_first_chunk()?;
        from.numbers = rest;
        Some(Self(u64::from_le_bytes(*bytes)))
    }
}

impl<T: Packed + Copy + Default, const N: usize> Packed for [T; N] {
    fn write(&self, to: &mut Packing) {
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let mut values = [T::default(); N];
        for value in &mut values {
            *value = T::read(from)?;
        }
        Some(values)
    }
}

impl Packed for Box<str> {
    fn write(&self, to: &mut Packing) {
        number(self.len() as u64, to);
        to.texts.push_str(self);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        take_text(from).map(Self::from)
    }
}

macro_rules! lists {
    ($($list:ident)+) => {
        $(impl<T: Packed> Packed for $list<[T]> {
            fn write(&self, to: &mut Packing) {
                number(self.len() as u64, to);
                self.iter().for_each(|value| value.write(to));
            }

            fn read(from: &mut Unpacking<'_>) -> Option<Self> {
                Vec::read(from).map(Self::from)
            }
        })+
    };
}

lists! { Arc Box }

/// In the order of the keys, so that the same map gives the same bytes.
impl<K: Packed + Ord + Hash, V: Packed, S: BuildHasher + Default> Packed for HashMap<K, V, S> {
    fn write(&self, to: &mut Packing) {
        let mut entries: Vec<(&K, &V)> = self.iter().collect();
        entries.sort_unstable_by_key(|&(key, _)| key);
        number(entries.len() as u64, to);
        for (key, value) in entries {
            key.write(to);
            value.write(to);
        }
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        let count = take_number(from)? as usize;
        let mut map = Self::with_capacity_and_hasher(count.min(from.numbers.len()), S::default());
        for _ in 0..count {
            map.insert(K::read(from)?, V::read(from)?);
        }
        Some(map)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn write(&self, to: &mut Packing) {
        self.0.write(to);
        self.1.write(to);
    }

    fn read(from: &mut Unpacking<'_>) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

/// Seven bits to a byte, lowest first; the eighth says that more follow.
fn number(mut value: u64, to: &mut Packing) {
    while value >= 0x80 {
        to.numbers.push(value as u8 | 0x80);
        value >>= 7;
    }
    to.numbers.push(value as u8);
}

fn take_number(from: &mut Unpacking<'_>) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = from.numbers.split_first()?;
        from.numbers = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn take_text<'b>(from: &mut Unpacking<'b>) -> Option<&'b str> {
    let length = take_number(from)? as usize;
    let (text, rest) = from.texts.split_at_checked(length)?;
    from.texts = rest;
    Some(text)
}
