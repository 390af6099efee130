//! What the reader of mail knows beforehand: lexicons, reply-code words, our own addresses. All of it is data.

use super::command::CommandWords;
use super::fold::Word;
use super::lexicon::{Hit, Lexicon};
use super::phrasebook::{self, Category, FORMS};
use super::spelling::Spelling;
use crate::domain::{Address, CodeWords, Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The reader's knowledge. It travels to worker processes as JSON and is compiled where it is used.
#[derive(Clone, Serialize, Deserialize)]
pub struct Knowledge {
    /// For each form of language (`fr`, `ar`, `ary`, `ary-Latn`, `en`): lists of phrases under dotted names, e.g. `intents.accept.strong`.
    pub(super) phrases: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The same for the lists that are looked into beside a code alone: they hold the commonest words, which would be found everywhere else.
    beside: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Categories of disputes in the order of their file.
    pub(super) categories: Vec<Category>,
    /// Words before reply codes.
    codes: CodeWords,
    /// What is ours.
    pub(super) own: Own,
    #[serde(skip)]
    compiled: OnceLock<Arc<Lexicon>>,
    #[serde(skip)]
    compiled_beside: OnceLock<Arc<Lexicon>>,
    #[serde(skip)]
    learnt: OnceLock<Arc<Spelling>>,
    #[serde(skip)]
    commands: OnceLock<Arc<CommandWords>>,
}

/// How our own mails are recognised.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Own {
    /// Addresses of the service.
    pub addresses: Vec<Address>,
    /// The domain of our Message-IDs.
    pub message_id_domain: String,
    /// What the stamp of our letters begins with; empty where the key is not at hand, as in `elitige explain`.
    #[serde(default)]
    pub stamp: String,
    /// Domains at which it works in the name of a merchant: whoever names one names that seller.
    #[serde(default)]
    pub sellers: Vec<String>,
}

impl Knowledge {
    /// Reads `phrases/*.toml` and `categories.toml`, given as (name within `config/`, text). Other files are refused.
    /// Gives every fault with its file and line.
    pub fn parse(files: &[(String, String)]) -> Result<Knowledge, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut knowledge = Knowledge {
            phrases: BTreeMap::new(),
            beside: BTreeMap::new(),
            categories: Vec::new(),
            codes: CodeWords::default(),
            own: Own::default(),
            compiled: OnceLock::new(),
            compiled_beside: OnceLock::new(),
            learnt: OnceLock::new(),
            commands: OnceLock::new(),
        };
        for (name, text) in files {
            match name.as_str() {
                "categories.toml" => knowledge.categories = phrasebook::categories(name, text, &mut faults),
                "phrases/codes.toml" => knowledge.codes = phrasebook::codes(name, text, &mut faults),
                other => match other.strip_prefix("phrases/").and_then(|rest| rest.strip_suffix(".toml")) {
                    Some(form) if FORMS.contains(&form) => {
                        let lists = phrasebook::phrases(name, text, &mut faults);
                        let (beside, everywhere) = lists.into_iter().partition(|(list, _)| phrasebook::BESIDE.contains(&list.as_str()));
                        knowledge.phrases.insert(form.to_owned(), everywhere);
                        knowledge.beside.insert(form.to_owned(), beside);
                    }
                    _ => faults.push(Fault::new(name, 0, format!("No lexicon is called so; there are codes.toml and one for each of {}.", FORMS.join(", ")))),
                },
            }
        }
        if faults.is_empty() { Ok(knowledge) } else { Err(faults) }
    }

    /// The files of those given that say nothing at all, and what each lacks: mail would be read as if in a language that nobody knows.
    pub fn silent(&self) -> Vec<Fault> {
        let fault = |file: &str, lack: &str| Fault::new(file, 0, format!("{lack}; copy the file from the example that comes with the program."));
        let mute = |lists: &BTreeMap<String, Vec<String>>| !lists.iter().any(|(name, list)| name.starts_with("intents.") && !list.is_empty());
        let forms =
            self.phrases.iter().filter(|(_, lists)| mute(lists)).map(|(form, _)| fault(&format!("phrases/{form}.toml"), "No phrase of an intent is given"));
        let wordless = self.categories.iter().all(|category| category.words.values().all(Vec::is_empty));
        let categories = wordless.then(|| fault("categories.toml", "No word of a category is given"));
        let codes = self.codes.0.is_empty().then(|| fault("phrases/codes.toml", "No code word is given"));
        forms.chain(categories).chain(codes).collect()
    }

    /// The words that stand before reply codes.
    pub fn code_words(&self) -> &CodeWords {
        &self.codes
    }

    /// The same knowledge, told which addresses and which Message-ID domain are ours: mails from there are [`super::Kind::Own`].
    pub fn with_own(mut self, addresses: Vec<Address>, message_id_domain: String) -> Self {
        self.own = Own { addresses, message_id_domain, ..Own::default() };
        self
    }

    /// The same knowledge, told which domains of these addresses are those of merchants whose customer service it is.
    pub fn with_sellers(mut self, domains: Vec<String>) -> Self {
        self.own.sellers = domains;
        self
    }

    /// The same knowledge, told what our letters are stamped with: they are ours through whatever hands they come back.
    pub fn with_stamp(mut self, stamp: String) -> Self {
        self.own.stamp = stamp;
        self
    }

    /// Builds the compiled form now rather than at first use.
    pub fn compile(&self) {
        self.lexicon();
        self.beside();
    }

    /// The compiled form; built at first use.
    pub(super) fn lexicon(&self) -> &Lexicon {
        self.compiled.get_or_init(|| Arc::new(Lexicon::compile(&self.phrases, &self.categories)))
    }

    /// Every phrase in words beside a code, in no order.
    pub(super) fn find_beside(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits = self.lexicon().find(words);
        hits.extend(self.beside().find(words));
        hits
    }

    fn beside(&self) -> &Lexicon {
        self.compiled_beside.get_or_init(|| Arc::new(Lexicon::compile(&self.beside, &[])))
    }

    /// The words that stand before reply codes, as they are compared; folded at first use.
    pub(super) fn command_words(&self) -> &CommandWords {
        self.commands.get_or_init(|| Arc::new(CommandWords::of(&self.codes)))
    }

    /// What the words of each form of language look like; learnt at first use.
    pub(super) fn spelling(&self) -> &Spelling {
        self.learnt.get_or_init(|| Arc::new(Spelling::learn(&self.phrases)))
    }
}

/// Lexicons hold no secret, but own addresses are somebody's.
impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Knowledge").field("forms", &self.phrases.len()).field("categories", &self.categories.len()).finish_non_exhaustive()
    }
}
