//! Which channel a letter of a mediation belongs to, in its subject: words and no sign, so that a list of mails read aloud tells it too (DOMAIN §7.3, feature 2).

use super::facts::Facts;
use super::words::{Trilingual, pick};
use crate::domain::Language;

/// What ends the reference at the head of a subject.
const REFERENCE_ENDS: &str = "] ";

/// Between a party and the mediator; the party knows which side it is on.
const PRIVATE: Trilingual = ["PRIVÉ", "خاص", "PRIVATE"];
/// The mediator's, by the letters and words that her orders name a side with: a tag is never the name of the other side in an order.
const WITH_CONSUMER: Trilingual = ["PRIVÉ-A", "خاص-المشتري", "PRIVATE-B"];
const WITH_MERCHANT: Trilingual = ["PRIVÉ-V", "خاص-البائع", "PRIVATE-S"];
const JOINT: Trilingual = ["COMMUN", "مشترك", "JOINT"];

/// `subject` with the tag of its letter's channel behind the reference; as it is where nobody mediates, and on the service's own desk.
pub(super) fn tagged(subject: String, facts: &Facts, language: Language) -> String {
    let mediates = facts.mediator.named || facts.you.mediator;
    let tag = match () {
        () if !mediates || facts.you.operator => None,
        () if facts.channel.joint => Some(JOINT),
        () if !facts.channel.private => None,
        () if !facts.you.mediator => Some(PRIVATE),
        () if facts.channel.with_consumer => Some(WITH_CONSUMER),
        () if facts.channel.with_merchant => Some(WITH_MERCHANT),
        () => None,
    };
    match (tag, subject.split_once(REFERENCE_ENDS)) {
        (Some(tag), Some((reference, words))) => format!("{reference}{REFERENCE_ENDS}{} – {words}", pick(tag, language)),
        _ => subject,
    }
}
