//! What merchants are called: in the registrar's files, and by people.

use super::super::reference::Reference;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a merchant is called in the registrar's own files.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier(String);

/// Why a text is no [`Identifier`].
#[derive(Debug, thiserror::Error)]
#[error("an identifier has 1 to 64 letters (a to z), digits, dots, hyphens and underscores, for example atlas-deco")]
pub struct NotAnIdentifier;

impl Identifier {
    const LONGEST: usize = 64;

    /// Reads an identifier; capitals and small letters are the same.
    pub fn parse(text: &str) -> Result<Self, NotAnIdentifier> {
        let text = text.trim().to_ascii_lowercase();
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        if text.is_empty() || text.len() > Self::LONGEST || !plain { Err(NotAnIdentifier) } else { Ok(Self(text)) }
    }

    /// That of a merchant that is known by the admission of the dispute `reference`.
    pub fn of_admission(reference: &Reference) -> Self {
        Self(reference.as_str().to_ascii_lowercase())
    }

    /// The identifier as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Identifier {
    type Error = NotAnIdentifier;
    fn try_from(text: String) -> Result<Self, NotAnIdentifier> {
        Self::parse(&text)
    }
}

impl From<Identifier> for String {
    fn from(identifier: Identifier) -> String {
        identifier.0
    }
}

/// One line of text in any script: a name, a handle, a function.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TradeName(String);

/// Why a text is no [`TradeName`].
#[derive(Debug, thiserror::Error)]
#[error("a name is one line of 1 to 120 characters with at least one letter or digit")]
pub struct NotATradeName;

impl TradeName {
    const LONGEST: usize = 120;

    /// Reads one line.
    pub fn parse(text: &str) -> Result<Self, NotATradeName> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = !text.chars().any(char::is_control) && text.chars().any(char::is_alphanumeric);
        if !plain || text.chars().count() > Self::LONGEST { Err(NotATradeName) } else { Ok(Self(text)) }
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TradeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name never appears in a log or a panic by accident.
impl fmt::Debug for TradeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TradeName(…)")
    }
}

impl TryFrom<String> for TradeName {
    type Error = NotATradeName;
    fn try_from(text: String) -> Result<Self, NotATradeName> {
        Self::parse(&text)
    }
}

impl From<TradeName> for String {
    fn from(name: TradeName) -> String {
        name.0
    }
}
