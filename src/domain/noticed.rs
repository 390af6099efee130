//! What the house's own rules noticed in a complaint (`config/rules.toml`): kept with the dispute, and decided anew only until the consumer confirmed.

use super::address::Address;
use super::language::Language;
use serde::{Deserialize, Serialize};

/// How soon a person should look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// When there is time.
    Low,
    /// In turn.
    #[default]
    Normal,
    /// Before others.
    High,
    /// Today.
    Urgent,
}

impl Priority {
    /// Every one with its word.
    pub const WORDS: [(&'static str, Priority); 4] =
        [("low", Priority::Low), ("normal", Priority::Normal), ("high", Priority::High), ("urgent", Priority::Urgent)];

    /// The word used in files and on the command line.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }
}

/// A question in the three languages of the letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// In French.
    pub fr: String,
    /// In Arabic.
    pub ar: String,
    /// In English.
    pub en: String,
}

impl Question {
    /// The question in `language`.
    pub fn asked_in(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }
}

/// What follows from the rules that fired, in their order. Where several name one thing, the first of them counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noticed {
    /// How soon a person should look.
    pub priority: Priority,
    /// The category that it is taken for, instead of the one that was understood.
    pub category: Option<String>,
    /// Whom the registrar is proposed as the mediator.
    pub mediator: Option<Address>,
    /// Why a person must look before anything binding is heard.
    pub hold: Option<String>,
    /// Words for the registrar.
    pub tags: Vec<String>,
    /// What the consumer is also asked.
    pub questions: Vec<Question>,
    /// Letters that are written in another way, as `NAME@VARIANT`.
    pub letters: Vec<String>,
    /// Which rules fired, each with what it looked at; never what somebody wrote.
    pub because: Vec<String>,
}

impl Noticed {
    /// Whether no rule fired.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The letter to write instead of `letter`: its variant, or itself.
    pub fn variant<'a>(&'a self, letter: &'a str) -> &'a str {
        let is_variant = |name: &&String| name.split_once('@').is_some_and(|(base, _)| base == letter);
        self.letters.iter().find(is_variant).map_or(letter, String::as_str)
    }
}
