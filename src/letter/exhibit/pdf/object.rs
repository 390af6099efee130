//! What a PDF is made of (ISO 32000-1 §7.3).

use crate::letter::exhibit::WithheldBecause::{self, Damaged};
use std::collections::BTreeMap;

/// The number of an indirect object and its generation.
pub(super) type Id = (u32, u16);

/// Entries under their names. No name is there twice: programs disagree about which one counts.
pub(super) type Dictionary = BTreeMap<Vec<u8>, Object>;

/// One object, without the bytes of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Boolean(bool),
    /// As it is written: digits, a sign, a point.
    Number(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Reference(Id),
}

impl Object {
    pub fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    pub fn number(number: usize) -> Self {
        Self::Number(number.to_string().into_bytes())
    }

    /// As a whole number that counts something.
    pub fn count(&self) -> Option<usize> {
        let Self::Number(digits) = self else { return None };
        std::str::from_utf8(digits).ok()?.trim_start_matches('+').parse().ok()
    }

    pub fn as_name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        if let Self::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    pub fn as_array(&self) -> Option<&[Object]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// Whether it is a number, a truth, a name, or a list of such: nothing in which words could stand.
    pub fn is_plain(&self) -> bool {
        match self {
            Self::Null | Self::Boolean(_) | Self::Number(_) | Self::Name(_) => true,
            Self::Array(items) => items.iter().all(Self::is_plain),
            Self::Text(_) | Self::Dictionary(_) | Self::Reference(_) => false,
        }
    }
}

/// The name of what a dictionary is under `key`.
pub(super) fn name_of<'a>(dictionary: &'a Dictionary, key: &str) -> Option<&'a [u8]> {
    dictionary.get(key.as_bytes()).and_then(Object::as_name)
}

/// An indirect object as it stands in the file.
pub(super) struct Indirect<'a> {
    pub object: Object,
    /// The bytes of its stream as they are written.
    pub stream: Option<&'a [u8]>,
}

impl Indirect<'_> {
    /// Its entries; a stream has some too.
    pub fn dictionary(&self) -> Result<&Dictionary, WithheldBecause> {
        self.object.as_dictionary().ok_or(Damaged)
    }
}
