//! What somebody said on a channel, ready to be told to those who read it.

use super::exhibit::Exhibit;
use super::role::{Channel, Role};

/// Somebody's own words on a channel: newly written, without history, signature or contact data, with the cleaned attachments that came with them. Who hears
/// them is decided by [`VisibleTo::hearing`](super::view::VisibleTo::hearing) alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    by: Role,
    channel: Channel,
    words: String,
    exhibits: Vec<Exhibit>,
    beside: Beside,
}

/// What else is told of the mail, in numbers: nothing of it crosses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// Attachments that do not cross.
    pub withheld: usize,
    /// Whether the writer sent the same mail to the other side as well.
    pub to_other_side: bool,
    /// Addresses of people outside the dispute among its recipients.
    pub to_outsiders: usize,
}

impl Spoken {
    /// What `by` said on `channel`. `words` and the words of `exhibits` must be rebuilt already: own text only, contact data masked.
    pub fn new(by: Role, channel: Channel, words: String, exhibits: Vec<Exhibit>, beside: Beside) -> Self {
        Self { by, channel, words, exhibits, beside }
    }

    /// Who said it.
    pub fn by(&self) -> Role {
        self.by
    }

    /// On which channel.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The attachments that came with them, cleaned.
    pub fn exhibits(&self) -> &[Exhibit] {
        &self.exhibits
    }

    /// What else is told of their mail.
    pub fn beside(&self) -> Beside {
        self.beside
    }
}
