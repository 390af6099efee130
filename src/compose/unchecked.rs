//! A letter that is written, until the guard has looked at it.

use super::facts::Facts;
use super::guard::{Guard, Memory, Standing};
use super::page::Block;
use super::{ComposeError, Written};
use crate::domain::OutboundMail;
use std::fmt;
use std::sync::Arc;

/// A written letter at which no guard has looked yet: it is not to leave so.
#[derive(Debug)]
#[must_use = "the guard has not looked at this letter"]
pub struct Unchecked {
    pub(super) written: Written,
    pub(super) words: Words,
}

/// What the guard has to know beside the letter.
pub(super) struct Words {
    pub(super) guard: Guard,
    pub(super) memory: Option<Arc<Memory>>,
    pub(super) subject: String,
    pub(super) blocks: Vec<Block>,
    pub(super) facts: Facts,
}

/// A look at a letter that is still to be had.
#[derive(Debug)]
#[must_use = "the guard has not looked at this letter"]
pub struct Look {
    mail: OutboundMail,
    words: Words,
}

impl Unchecked {
    /// Has the guard look at it.
    ///
    /// # Errors
    /// [`ComposeError::Leak`] when the guard finds something in it that its reader may not be told.
    pub fn check(self) -> Result<Written, ComposeError> {
        self.words.look(&self.written.mail)?;
        Ok(self.written)
    }

    /// The letter and the look at it apart, for whoever keeps nothing of the letter before the look was had.
    pub fn apart(self) -> (Written, Look) {
        let Unchecked { written, words } = self;
        let mail = written.mail.clone();
        (written, Look { mail, words })
    }
}

impl Look {
    /// Has the guard look at the letter.
    ///
    /// # Errors
    /// As [`Unchecked::check`].
    pub fn have(self) -> Result<(), ComposeError> {
        self.words.look(&self.mail)
    }
}

impl Words {
    fn look(&self, mail: &OutboundMail) -> Result<(), ComposeError> {
        // What the letter's own words allow is worked out only where something was found without them: they allow, and forbid nothing.
        let looked = self.guard.check_knowing(self.memory.as_deref(), mail).or_else(|_| {
            let standing = Standing::of(&self.subject, &self.blocks, &self.facts.own());
            self.guard.with_standing(&standing).check(mail)
        });
        looked.map_err(ComposeError::Leak)
    }
}

/// That there are some; what they say, nobody is told.
impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words")
    }
}
