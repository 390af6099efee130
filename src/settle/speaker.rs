//! Who speaks, and with what standing.

use crate::domain::{Channel, Dispute, Fact, MacKey, Role};

/// Somebody with standing in a dispute.
pub struct Speaker<'a> {
    /// The dispute.
    pub dispute: &'a Dispute,
    /// In which role.
    pub role: Role,
    /// On which channel.
    pub channel: Channel,
    /// Whether acts with legal weight are heard.
    pub binding: bool,
    /// Key of the reply codes.
    pub codes: &'a MacKey,
    /// Whether anything in the mail points to the dispute. Where only its sender does, it brings words and facts: nothing it says stops, ends or delays.
    pub pointed: bool,
    /// What was asked, as the letter that is answered numbered it.
    pub asked: Vec<Fact>,
}
