//! What a customer service officially answered, as it stands in the account of the mediation that follows: for the consumer to confirm or correct.

use super::dates;
use super::words::{Trilingual, pick};
use crate::domain::{Dispute, Language, Party, Zone};

const ANSWER: Trilingual = ["Réponse du service client de", "جواب خدمة زبناء", "Answer of the customer service of"];
const OFFER: Trilingual = ["Offre du service client de", "عرض خدمة زبناء", "Offer of the customer service of"];

/// What the customer service of the merchant called `client` answered and offered to the consumer of `dispute`, each with its day; empty if it did neither.
pub fn answered_before(client: &str, dispute: &Dispute, zone: &Zone, language: Language) -> String {
    let service = dispute.service.iter().flat_map(|service| &service.answers);
    let answers = service.map(|answer| (answer.at, ANSWER, answer.words.clone()));
    let offers = dispute.consent.proposals().iter().filter(|tabled| tabled.accepted(Party::Merchant).is_some());
    let offers = offers.map(|tabled| (tabled.made.at, OFFER, tabled.terms.text()));
    let mut told: Vec<_> = answers.chain(offers).collect();
    told.sort_by_key(|(at, ..)| *at);
    let line = |(at, what, words): (crate::domain::Instant, Trilingual, String)| {
        let day = dates::written(zone.day_of(at), language);
        match language {
            Language::Fr => format!("{} {client}, le {day}\u{a0}: {}", pick(what, language), words.trim()),
            Language::Ar => format!("{} {client}، يوم {day}: {}", pick(what, language), words.trim()),
            Language::En => format!("{} {client}, {day}: {}", pick(what, language), words.trim()),
        }
    };
    told.into_iter().map(line).collect::<Vec<_>>().join("\n\n")
}
