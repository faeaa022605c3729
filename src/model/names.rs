//! How a closed vocabulary is written once: from one table come the words of the data files, the parser, the display form and the list of
//! all values.

use crate::error::Error;

/// A vocabulary whose values have a fixed word in the data files.
pub(crate) trait Names: Copy + Sized + 'static {
    /// What a value is called in a message, such as "certainty".
    const WHAT: &'static str;
    /// All values in their natural order.
    const VALUES: &'static [Self];

    /// The word of the data files.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::VALUES.iter().copied().find(|value| value.word() == word)
    }
}

macro_rules! names {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// All values in their natural order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in data files, queries and output.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::model::names::Names for $name {
            const WHAT: &'static str = $what;
            const VALUES: &'static [Self] = Self::ALL;
            fn word(self) -> &'static str { self.as_str() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::model::names::parse(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use names;

/// The value of a word, or an error that lists the words.
pub(crate) fn parse<N: Names>(text: &str) -> Result<N, Error> {
    let words = || N::VALUES.iter().map(|value| value.word());
    N::from_word(text).ok_or_else(|| Error::unknown_name(N::WHAT, text, words()))
}
