//! What a mediator orders: a word that leads the first line, in capitals (DOMAIN §7.3). A sentence that happens to begin with such a word is none.

use super::command::{CommandWords, ORDERS, leads};
use super::facts::terms::named_side;
use super::fold::western;
use super::{Debtor, Order};
use crate::domain::Intent;

/// Words that say something else in another's mail.
const ALSO: [Intent; 3] = [Intent::Interrupt, Intent::Resume, Intent::End];

/// The order that `text`, the new text of a mail, begins with.
pub(super) fn read(text: &str, known: &CommandWords) -> Option<Order> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let first = lines.next()?;
    let (intent, end) = leads(first, known).filter(|(intent, _)| ORDERS.contains(intent) || ALSO.contains(intent))?;
    let (word, argument) = (first.get(..end)?, first.get(end..)?.trim());
    let spelt = word.chars().filter(|c| c.is_alphabetic());
    let capital = spelt.clone().all(char::is_uppercase);
    // Arabic has no capitals: there a colon, a number or nothing follows.
    let arabic = spelt.clone().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let set_off = argument.is_empty() || argument.starts_with([':', '،', '؟', '?']) || argument.starts_with(|c: char| c.is_numeric());
    if !(capital && !arabic || arabic && set_off) {
        return None;
    }
    let argument = argument.trim_start_matches([':', ' ', '؟', '?', '-', '–']).trim().to_owned();
    let days = western(&argument).split(|c: char| !c.is_ascii_digit()).find_map(|number| number.parse::<u16>().ok());
    let side = side(&argument);
    // What is asked or passed on may begin behind the side, in the same line.
    let rest =
        argument.split_once(|c: char| c.is_whitespace() || c == ':').map(|(_, rest)| rest.trim_start_matches([':', ' ', '،', ','])).filter(|_| side.is_some());
    let text = rest.into_iter().chain(lines).collect::<Vec<_>>().join("\n").trim().to_owned();
    Some(Order { intent, side, days, argument, text })
}

/// The side that the first word names, or its letter: A or C, V, M or S.
fn side(argument: &str) -> Option<Debtor> {
    let first = argument.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or_default();
    match first {
        "A" | "C" | "B" => Some(Debtor::Buyer),
        "V" | "M" | "S" => Some(Debtor::Seller),
        word => named_side(word),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::knowledge;
    use super::*;

    fn order(text: &str) -> Option<(Intent, Option<Debtor>, Option<u16>, String)> {
        read(text, knowledge().command_words()).map(|order| (order.intent, order.side, order.days, order.text))
    }

    #[test]
    fn orders_are_read_in_three_languages() {
        let text = String::new;
        assert_eq!(order("PAUSE 10j"), Some((Intent::Interrupt, None, Some(10), text())));
        assert_eq!(order("\nFICHE?"), Some((Intent::Brief, None, None, text())));
        assert_eq!(order("BRIEF"), Some((Intent::Brief, None, None, text())));
        assert_eq!(order("ملخص؟"), Some((Intent::Brief, None, None, text())));
        assert_eq!(order("تمديد ١٥ يوما"), Some((Intent::Extend, None, Some(15), text())));
        assert_eq!(order("EXTEND 15 complex"), Some((Intent::Extend, None, Some(15), text())));
        assert_eq!(order("ASK S\nWhere is the parcel?"), Some((Intent::Ask, Some(Debtor::Seller), None, "Where is the parcel?".to_owned())));
        assert_eq!(order("DEMANDER acheteur :\nOù en êtes-vous ?"), Some((Intent::Ask, Some(Debtor::Buyer), None, "Où en êtes-vous ?".to_owned())));
        assert_eq!(order("سؤال: البائع\nأين الطرد؟").map(|order| (order.0, order.1)), Some((Intent::Ask, Some(Debtor::Seller))));
        assert_eq!(order("DEMANDER V Où est le colis ?"), Some((Intent::Ask, Some(Debtor::Seller), None, "Où est le colis ?".to_owned())));
        assert_eq!(order("RELAY B: He agrees.\nToday."), Some((Intent::Relay, Some(Debtor::Buyer), None, "He agrees.\nToday.".to_owned())));
        assert_eq!(order("DEMANDER V").map(|order| order.3), Some(text()));
        assert_eq!(order("APPEL A dix minutes"), Some((Intent::Call, Some(Debtor::Buyer), None, "dix minutes".to_owned())));
        assert_eq!(order("COURRIER V\nrecommandé").map(|order| (order.0, order.1)), Some((Intent::Post, Some(Debtor::Seller))));
        assert_eq!(order("CALL S: agreed in principle").map(|order| (order.0, order.1)), Some((Intent::Call, Some(Debtor::Seller))));
        assert_eq!(order("مكالمة: المشتري\nاتفقنا مبدئيا").map(|order| (order.0, order.1)), Some((Intent::Call, Some(Debtor::Buyer))));
        assert_eq!(order("RÉPONDU V 1 3").map(|order| (order.0, order.1)), Some((Intent::Answered, Some(Debtor::Seller))));
        assert_eq!(order("ASK AGAIN B 2").map(|order| (order.0, order.1)), Some((Intent::AskAgain, Some(Debtor::Buyer))));
        assert_eq!(order("إعادة السؤال: البائع ٢").map(|order| (order.0, order.1)), Some((Intent::AskAgain, Some(Debtor::Seller))));
        assert_eq!(order("أجاب: المشتري").map(|order| (order.0, order.1)), Some((Intent::Answered, Some(Debtor::Buyer))));
        assert_eq!(order("NOTE appel de dix minutes").map(|order| order.0), Some(Intent::Note));
    }

    #[test]
    fn a_sentence_that_begins_with_such_a_word_is_no_order() {
        for text in [
            "Note that the parcel is late",
            "Résumé de la situation : rien",
            "Appel à 10 h",
            "Courrier V reçu",
            "Ask the seller",
            "ملاحظة مهمة جدا لك",
            "Bonjour,\nPAUSE",
            "> PAUSE",
            "PAUSED",
        ] {
            assert_eq!(order(text), None, "{text}");
        }
    }
}
