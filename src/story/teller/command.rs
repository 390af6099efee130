//! What the registrar of a story does on the command line.

use super::super::told::{Manner, TellError};
use super::Teller;
use crate::domain::Dice;
use crate::letter;
use crate::settle::{Commanded, Incoming, Raw, Split, settle_command, settle_split};
use crate::store::Standing;

impl Teller<'_> {
    /// What the registrar does on the command line, in the open dispute or else in the last one that was closed. Says whether it was done.
    pub(super) async fn command(&mut self, word: &str, who: Option<&str>, words: &str) -> Result<bool, TellError> {
        self.now = self.now.plus_seconds(60);
        let argument = who.map(|who| self.person(who).map(|person| person.address.to_string())).transpose()?.unwrap_or_else(|| words.to_owned());
        let mut dice = Dice::from_seed(self.dice.roll());
        let desk = self.desk()?;
        let mut found = desk.store.list(Standing::Open, 1).await?;
        if found.is_empty() || word == "reopen" {
            found = desk.store.list(Standing::Closed, 1).await?;
        }
        let found = found.pop().ok_or_else(|| TellError::Step("there is no such dispute".to_owned()))?;
        let mut work = desk.store.begin().await?;
        let commanded = settle_command(desk, &mut work, &found.reference, word, &argument, self.now, &mut dice).await?;
        work.commit().await?;
        self.power_fails().await?;
        Ok(matches!(commanded, Commanded::Done(_)))
    }

    /// The registrar takes the latest mail out of the dispute that was opened last. Says whether it was done.
    pub(super) async fn split(&mut self) -> Result<bool, TellError> {
        self.now = self.now.plus_seconds(60);
        let nothing = || TellError::Step("there is no such mail".to_owned());
        let found = self.desk()?.store.list(Standing::Open, 1).await?.pop().ok_or_else(nothing)?;
        let (number, _, _) = self.desk()?.store.letters_of(found.id).await?.pop().ok_or_else(nothing)?;
        let mut done = false;
        for _ in 0..if self.manner == Manner::Twice { 2 } else { 1 } {
            let mut dice = Dice::from_seed(self.dice.roll());
            let desk = self.desk()?;
            let mail = Raw::settled(&desk.store, number).await?.map(|raw| self.read_again(raw)).ok_or_else(nothing)?;
            let mut work = desk.store.begin().await?;
            match settle_split(desk, &mut work, &found.reference, &[mail], self.now, &mut dice).await? {
                Split::Done { .. } => {
                    work.commit().await?;
                    done = true;
                }
                // A unit of work that is open keeps the store from being closed.
                Split::Refused(_) => drop(work),
            }
            self.power_fails().await?;
        }
        Ok(done)
    }

    /// A mail as it is read once more.
    pub(super) fn read_again(&self, raw: Raw) -> Incoming {
        let letter = letter::read(&raw.bytes, &self.config.knowledge, &self.config.limits);
        let exhibits = letter::exhibits(&raw.bytes, &self.config.limits);
        raw.as_read(Some(letter), exhibits)
    }
}
