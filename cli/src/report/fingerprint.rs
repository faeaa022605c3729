//! What makes a finding the same finding tomorrow: its rule, its claim, its words and the sentence around them, whatever line
//! they stand on by then.

use std::fmt;
use std::hash::Hasher;

use evidence_claims::Diagnostic;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use super::Page;

/// A number made of the content of a finding. Stable over versions and machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of one of the findings of `page`.
    pub(crate) fn new(page: &Page<'_>, diagnostic: &Diagnostic) -> Self {
        let mut hasher = SipHasher13::new();
        let words = diagnostic.span().of(page.source.text);
        for part in [diagnostic.rule(), diagnostic.claim().unwrap_or_default()] {
            hasher.write(part.as_bytes());
            hasher.write_u8(0xFF);
        }
        for part in [words, page.sentence(diagnostic)] {
            normal(part, &mut hasher);
            hasher.write_u8(0xFF);
        }
        Self(hasher.finish())
    }
}

/// The words alone: no case, no marks, no line ends. Markup that moves does not make a new finding.
fn normal(text: &str, hasher: &mut SipHasher13) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        hasher.write(word.to_lowercase().as_bytes());
        hasher.write_u8(b' ');
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u64::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}
