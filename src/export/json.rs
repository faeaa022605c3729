//! JSON whose keys keep the order in which they were written, and whose empty parts are left out.
//!
//! Knows no format; leaves quoting and numbers to `serde_json`.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Text(String),
    Count(u64),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Object(Vec<(&'static str, Node)>),
}

impl Node {
    /// A list of what can become a value.
    pub(super) fn list<N: Into<Self>>(items: impl IntoIterator<Item = N>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// An object to be filled with [`with`](Self::with).
    pub(super) const fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// The object with one more key, or as it was when the value is nothing.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<Self>) -> Self {
        let value = value.into();
        if let Self::Object(keys) = &mut self
            && !value.is_nothing()
        {
            keys.push((key, value));
        }
        self
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(keys) => keys.is_empty(),
            Self::Number(number) => !number.is_finite(),
            Self::Count(_) | Self::Flag(_) => false,
        }
    }
}

impl<N: Into<Self>> From<Option<N>> for Node {
    fn from(value: Option<N>) -> Self {
        value.map_or(Self::List(Vec::new()), Into::into)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Node {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Node {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Node {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(keys) => {
                let mut object = serializer.serialize_map(Some(keys.len()))?;
                for (key, value) in keys {
                    object.serialize_entry(key, value)?;
                }
                object.end()
            }
        }
    }
}

/// The value as indented text with a line end.
pub(super) fn text(node: &Node) -> String {
    // Keys are texts and the writer is a string: nothing can fail.
    let mut text = serde_json::to_string_pretty(node).unwrap_or_default();
    text.push('\n');
    text
}
