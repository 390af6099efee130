//! What a person wants to do, and the words that are printed in letters to say it.

use super::language::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

macro_rules! intents {
    ($($variant:ident $name:literal $doc:literal,)+) => {
        /// What a person wants to do (DOMAIN §4.6).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Intent { $(#[doc = $doc] #[serde(rename = $name)] $variant,)+ }

        impl Intent {
            /// Every intent.
            pub const ALL: &'static [Intent] = &[$(Intent::$variant),+];

            /// The word used in lexicons and by `explain`.
            pub fn name(self) -> &'static str {
                match self { $(Intent::$variant => $name,)+ }
            }

            /// Reads such a word.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|intent| intent.name() == name)
            }
        }
    };
}

intents! {
    Accept "accept" "Accepts what is proposed.",
    Refuse "refuse" "Refuses what is proposed.",
    Withdraw "withdraw" "Takes the complaint back.",
    Resolved "resolved" "Says that it is settled.",
    Interrupt "interrupt" "Wants a pause.",
    Resume "resume" "Wants to go on.",
    End "end" "Leaves for good.",
    Human "human" "Wants to speak to a person.",
    Share "share" "Allows something to be told to the other side.",
    NotShare "not_share" "Forbids it.",
    Confirm "confirm" "Confirms a summary.",
    Grant "grant" "Grants the request as it stands.",
    AskTime "ask_time" "Asks for more time.",
    NotConcerned "not_concerned" "Says that it is the wrong addressee.",
    Counter "counter" "Accepts with conditions, or proposes something else.",
    Mediate "mediate" "Accepts to be mediated.",
    Performed "performed" "Says that the agreement was performed.",
    NotPerformed "not_performed" "Says that it was not.",
    Contest "contest" "Contests that the agreement was not performed.",
    Retract "retract" "Takes an acceptance back that the other side did not answer yet.",
    Note "note" "The mediator keeps a note.",
    Ask "ask" "The mediator asks one side.",
    AskAgain "ask_again" "The mediator asks one side again about points that it did not answer.",
    Answered "answered" "The mediator holds points of one side for answered.",
    Call "call" "The mediator notes a telephone call.",
    Post "post" "The mediator notes a letter by post.",
    Relay "relay" "The mediator wishes to pass words of one side on.",
    Brief "brief" "The mediator wishes to see where a dispute stands.",
    Extend "extend" "The mediator prolongs the mediation.",
    HandOver "hand_over" "The mediator steps down.",
    Snooze "snooze" "The mediator wishes to be reminded later.",
    Unchase "no_reminder" "The mediator does not want the next reminder to leave.",
    CoolOff "cool_off" "The mediator lets what is written on the common channel wait, or pass again.",
    Hold "hold" "The mediator keeps a message on the common channel back.",
    Court "court" "Says that a court was seized.",
    Park "park" "The registrar lets the consumer write to the merchant first.",
    Reroute "reroute" "The registrar lets the consumer name another merchant.",
    Admit "admit" "The registrar admits a complaint.",
    Reject "reject" "The registrar cannot admit it.",
    Close "close" "The registrar closes what a clock prepared.",
    Mine "mine" "Says that a mail or an address is the writer's own.",
    NotMine "not_mine" "Says that it is not.",
    Address "address" "Wants to be written to at another address.",
    Release "release" "The registrar has a held mail heard.",
    Attach "attach" "The registrar keeps a held mail with a dispute.",
    Discard "discard" "The registrar puts a held mail aside.",
}

impl fmt::Display for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The word that stands before a reply code, for each intent and language, and other spellings that are understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeWords(pub BTreeMap<Intent, CodeWord>);

/// The words of one intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeWord {
    /// Printed in French letters.
    pub fr: String,
    /// Printed in Arabic letters.
    pub ar: String,
    /// Printed in English letters.
    pub en: String,
    /// Understood as well: Arabizi, spellings without accents, numbers of a list.
    #[serde(default)]
    pub also: Vec<String>,
}

impl CodeWord {
    /// The word that is printed in `language`.
    pub fn printed(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }

    /// Every word that is understood.
    pub fn understood(&self) -> impl Iterator<Item = &str> {
        [&self.fr, &self.ar, &self.en].into_iter().chain(&self.also).map(String::as_str)
    }
}

impl CodeWords {
    /// The word that is printed for `intent`.
    pub fn printed(&self, intent: Intent, language: Language) -> Option<&str> {
        self.0.get(&intent).map(|word| word.printed(language))
    }
}
