//! The last gate before a finished letter leaves: nothing in its bytes may tell the reader what belongs to another channel (DESIGN §8, DOMAIN §5.4).
//!
//! A letter is written from what its reader may see ([`VisibleTo`](crate::domain::view::VisibleTo)), so the guard never has anything to find. It stands here
//! because a wrong template, a wrong line of code or a person's own words could make that untrue, and a letter cannot be called back.
//! So it takes nobody's word: it looks at the bytes alone, as any receiving program would read them and as somebody would who searches them.

mod automaton;
mod glance;
mod inspect;
mod keyed;
mod likely;
mod mime;
mod needles;
mod neighbours;
mod readable;
mod segment;
mod sieve;
mod standing;
mod unpack;
mod views;

pub(super) use inspect::Inspection;
pub(super) use segment::Memory;
pub(super) use standing::Standing;

use crate::domain::shingles::{Word, words};
use crate::domain::{Address, Exhibit, OutboundMail, Shingles, Token};
use automaton::Automaton;
use glance::Glance;
use mime::Piece;
use needles::{Needle, spelt, unordered, untagged};
use sieve::Sieve;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, OnceLock};
use views::page;

/// What a letter to one reader may not say.
#[derive(Clone, Default)]
pub struct Guard {
    needles: Arc<Vec<Needle>>,
    /// Local part without its tag, and domain, of every address that is forbidden: only letters and digits.
    accounts: Arc<BTreeSet<(String, String)>>,
    /// Names, in any order of their words, by how many these are.
    names: Arc<BTreeMap<usize, BTreeSet<u64>>>,
    forbidden: Vec<Shingles>,
    allowed: Vec<Shingles>,
    known: Vec<Arc<Known>>,
    /// Made when it is first needed, for all that look for the same needles.
    search: Arc<Search>,
}

/// How needles are looked for.
#[derive(Default)]
struct Search {
    sieve: OnceLock<Sieve>,
    automaton: OnceLock<Automaton>,
}

/// A text that the reader knows. It is worked out only where something forbidden was found that it may allow.
struct Known {
    text: String,
    /// Whether its words may be said as well, or only names that stand in it.
    says: bool,
    letters: OnceLock<String>,
    words: OnceLock<Vec<Word>>,
    shingles: OnceLock<Shingles>,
}

/// What kind of thing a letter would have told. Never what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Leak {
    /// Somebody's e-mail address, or a part of one that is as good.
    #[error("an e-mail address")]
    Address,
    /// Somebody's telephone number.
    #[error("a telephone number")]
    Phone,
    /// Somebody's reply token.
    #[error("a reply token")]
    Token,
    /// A name, a street, the name of a file.
    #[error("a name or another identifier")]
    Identifier,
    /// Eight consecutive words.
    #[error("words")]
    Words,
    /// Something of which nobody can be sure how it will be read.
    #[error("something that cannot be read with certainty")]
    Opaque,
}

impl Guard {
    /// Forbids `address` under any tag; its domain too where it is no provider's, and its local part where it names one person.
    pub fn forbid_address(&mut self, address: &Address) {
        self.add(Needle::of_address(address));
        Arc::make_mut(&mut self.accounts).insert((spelt(untagged(address.local())), spelt(address.domain())));
    }

    /// Forbids a telephone number in any spelling.
    pub fn forbid_phone(&mut self, number: &str) {
        self.add(Needle::of_phone(number));
    }

    /// Forbids the reply token of another participant.
    pub fn forbid_token(&mut self, token: &Token) {
        self.add(Needle::of_token(token));
    }

    /// Forbids a name, a street, a number or the name of a file, of at least five letters and digits, its words in any order.
    pub fn forbid_identifier(&mut self, text: &str) {
        self.add(Needle::of_identifier(text));
        if let Some((words, sum)) = unordered(text) {
            Arc::make_mut(&mut self.names).entry(words).or_default().insert(sum);
        }
    }

    /// Forbids eight consecutive words of another channel.
    pub fn forbid_words(&mut self, words: &Shingles) {
        self.forbidden.push(words.clone());
    }

    /// Allows words that the reader may see anyway, whoever else wrote them too.
    pub fn allow_words(&mut self, words: &Shingles) {
        self.allowed.push(words.clone());
    }

    /// Allows what the reader knows: its words, and names and parts of addresses that stand in it. A whole address, a telephone number or a token that is
    /// forbidden stays so, wherever it stands.
    pub fn allow_text(&mut self, text: &str) {
        self.know(text, true);
    }

    /// Allows names and parts of addresses that stand in what the reader knows, and no words.
    pub fn allow_names_in(&mut self, text: &str) {
        self.know(text, false);
    }

    /// The letter's own words, which the templates say to everybody.
    pub(super) fn with_standing(&self, standing: &Standing) -> Self {
        let mut guard = self.clone();
        guard.allowed.push(standing.words.clone());
        guard.know(&standing.text, false);
        guard
    }

    /// The same without words of channels: what can be taken out of a text.
    pub(super) fn identifiers(&self) -> Self {
        Self {
            needles: Arc::clone(&self.needles),
            accounts: Arc::clone(&self.accounts),
            names: Arc::clone(&self.names),
            forbidden: Vec::new(),
            allowed: Vec::new(),
            known: self.known.clone(),
            search: Arc::clone(&self.search),
        }
    }

    /// Looks through the finished letter.
    ///
    /// # Errors
    /// The kind of the first thing that its reader may not be told.
    pub fn check(&self, mail: &OutboundMail) -> Result<(), Leak> {
        self.check_knowing(None, mail)
    }

    /// The same, in fewer steps where pieces of the letter are known.
    pub(super) fn check_knowing(&self, memory: Option<&Memory>, mail: &OutboundMail) -> Result<(), Leak> {
        let mut inspection = Inspection::new(self, Some(&mail.to));
        let mut glance = Glance::new(self, memory);
        let idle = self.is_idle();
        let mut look = |text: &str| if idle || glance.clears(&mut inspection, text) { Ok(()) } else { inspection.read(text) };
        look(mail.envelope_from.as_str())?;
        for piece in mime::pieces(&mail.bytes)? {
            match piece {
                Piece::Text(text) => look(&text)?,
                Piece::Bytes(text) => Inspection::new(self, Some(&mail.to)).read_bytes(&text)?,
                Piece::Page(source) => {
                    look(&source)?;
                    for view in page(&source)? {
                        look(&view)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a text that is attached may go to `reader`. In a cleaned picture or PDF is nothing to be read, so it is looked at with the whole letter only:
    /// what is found in it there was not cleaned, and a person must look.
    pub(super) fn passes(&self, exhibit: &Exhibit, reader: &Address) -> bool {
        exhibit.text().is_none_or(|text| Inspection::new(self, Some(reader)).read(text).is_ok())
    }

    /// Whether nothing is forbidden but what cannot be read.
    fn is_idle(&self) -> bool {
        self.needles.is_empty() && self.accounts.is_empty() && self.names.is_empty() && self.forbidden.iter().all(Shingles::is_empty)
    }

    fn add(&mut self, needles: Vec<Needle>) {
        let known = Arc::make_mut(&mut self.needles);
        for needle in needles {
            if !known.contains(&needle) {
                known.push(needle);
            }
        }
        self.search = Arc::default();
    }

    fn know(&mut self, text: &str, says: bool) {
        self.known.push(Arc::new(Known::new(text, says)));
    }

    /// Whether the letters of a needle stand in `letters`, which are folded.
    fn may_stand_in(&self, letters: &[u8]) -> bool {
        self.sieve().may_hold(letters) && self.search().holds(letters)
    }

    fn sieve(&self) -> &Sieve {
        self.search.sieve.get_or_init(|| Sieve::new(self.needles.iter().map(|needle| needle.letters.as_str())))
    }

    fn search(&self) -> &Automaton {
        self.search.automaton.get_or_init(|| Automaton::new(self.needles.iter().map(|needle| needle.letters.as_str())))
    }
}

impl Known {
    fn new(text: &str, says: bool) -> Self {
        Self { text: text.to_owned(), says, letters: OnceLock::new(), words: OnceLock::new(), shingles: OnceLock::new() }
    }

    fn letters(&self) -> &str {
        self.letters.get_or_init(|| spelt(&self.text))
    }

    fn words(&self) -> &[Word] {
        self.words.get_or_init(|| words(&self.text))
    }

    fn says(&self, hash: u64) -> bool {
        self.says && self.shingles.get_or_init(|| Shingles::of(&self.text)).contain(hash)
    }
}

/// How much is forbidden; what, nobody is told.
impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Guard({} needles, {:?})", self.needles.len(), self.forbidden)
    }
}

#[cfg(test)]
mod tests;
