//! Languages: the three that we write and the five forms that we read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A language in which letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French.
    Fr,
    /// Modern Standard Arabic.
    Ar,
    /// English.
    En,
}

impl Language {
    /// Every language that has letters, in the order in which they are listed to people.
    pub const ALL: [Language; 3] = [Language::Fr, Language::Ar, Language::En];

    /// The BCP 47 tag, also the folder name under `templates/`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::Ar => "ar",
            Language::En => "en",
        }
    }

    /// Reads a tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Whether the language is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Language::Ar
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A form of language in which people write to us (DOMAIN §2.1, register `lang`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LanguageForm {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Modern Standard Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Moroccan Arabic in Arabic letters.
    #[serde(rename = "ary")]
    Darija,
    /// Moroccan Arabic in Latin letters and digits (Arabizi).
    #[serde(rename = "ary-Latn")]
    DarijaLatin,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Any other language.
    #[serde(rename = "other")]
    Other,
}

impl LanguageForm {
    /// The tag that `explain` prints.
    pub fn tag(self) -> &'static str {
        match self {
            LanguageForm::French => "fr",
            LanguageForm::Arabic => "ar",
            LanguageForm::Darija => "ary",
            LanguageForm::DarijaLatin => "ary-Latn",
            LanguageForm::English => "en",
            LanguageForm::Other => "other",
        }
    }

    /// The language in which a person who writes this form is answered; `None` where the form does not tell.
    pub fn answered_in(self) -> Option<Language> {
        match self {
            LanguageForm::French | LanguageForm::DarijaLatin => Some(Language::Fr),
            LanguageForm::Arabic | LanguageForm::Darija => Some(Language::Ar),
            LanguageForm::English => Some(Language::En),
            LanguageForm::Other => None,
        }
    }
}
