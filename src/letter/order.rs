//! What a mediator orders: a word that leads the first line, in capitals (DOMAIN §7.3). A sentence that happens to begin with such a word is none.

use super::command::{CommandWords, ORDERS, leads};
use super::facts::terms::named_side;
use super::fold::{Word, western};
use super::lexicon::Hit;
use super::when;
use super::{Debtor, Order};
use crate::domain::Intent;
use std::borrow::Cow;

/// Words that say something else in another's mail.
const ALSO: [Intent; 3] = [Intent::Interrupt, Intent::Resume, Intent::End];

/// The words that name what is masked, before an order to pass something on.
const MASKS: [&str; 3] = ["MASQUER", "MASK", "إخفاء"];
/// Words that one order masks.
const MOST_MASKS: usize = 50;

/// The order that `text`, the new text of a mail, begins with; before an order to pass words on, a line may list what of them is masked. `hits` finds known phrases in a text.
pub(super) fn read(text: &str, known: &CommandWords, hits: impl Fn(&[Word]) -> Vec<Hit>) -> Option<Order> {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let Some(masks) = masks(first) else { return one(text, known, hits) };
    let order = one(rest, known, hits).filter(|order| order.intent == Intent::Relay && !masks.is_empty());
    // A list without words, or before anything else, is an order that cannot be read: it is no word to anybody.
    let unread = || Order { intent: Intent::Relay, side: None, days: None, when: None, masks: Vec::new(), argument: first.to_owned(), text: String::new() };
    Some(order.map_or_else(unread, |order| Order { masks, ..order }))
}

/// What `line` lists to be masked, each in its quotation marks; `None` if it is no such list.
fn masks(line: &str) -> Option<Vec<String>> {
    let line = line.trim().trim_start_matches(['\u{200f}', '*', '«', '“', '"']);
    let list = MASKS.into_iter().find_map(|word| line.strip_prefix(word))?;
    let list = list.trim_start_matches([' ', ':', '\u{a0}', '*']);
    if !list.starts_with(['"', '«', '“', '”', '„']) {
        return None;
    }
    let pieces = list.split(['"', '«', '»', '“', '”', '„']).map(str::trim);
    let named = pieces.filter(|piece| piece.chars().any(char::is_alphanumeric) && !["et", "and", "و"].contains(piece));
    Some(named.take(MOST_MASKS).map(str::to_owned).collect())
}

/// The line without the quotation marks in which our letters print an order, if it was copied with them.
fn copied(line: &str) -> Cow<'_, str> {
    let bare = line.trim_start_matches([' ', '\u{200f}']).strip_prefix(['«', '“', '"']);
    bare.map_or(Cow::Borrowed(line), |rest| Cow::Owned(rest.replacen(['»', '”', '"'], "", 1).trim_start().to_owned()))
}

/// The order that `text` begins with.
fn one(text: &str, known: &CommandWords, hits: impl Fn(&[Word]) -> Vec<Hit>) -> Option<Order> {
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let first = &*copied(lines.next()?);
    let (intent, end) = leads(first, known).filter(|(intent, _)| ORDERS.contains(intent) || ALSO.contains(intent))?;
    let (word, argument) = (first.get(..end)?, first.get(end..)?.trim());
    let spelt = word.chars().filter(|c| c.is_alphabetic());
    let capital = spelt.clone().all(char::is_uppercase);
    // Arabic has no capitals: there a colon, a number or nothing follows.
    let arabic = spelt.clone().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let set_off = argument.is_empty() || argument.starts_with([':', '،', '؟', '?']) || argument.starts_with(|c: char| c.is_numeric());
    let said = argument.trim_start_matches([':', ' ', '؟', '?', '-', '–']).trim();
    let when = if intent == Intent::Snooze { when::read(said, hits) } else { None };
    if !(capital && !arabic || arabic && (set_off || when.is_some())) {
        return None;
    }
    let argument = said.to_owned();
    let days = western(&argument).split(|c: char| !c.is_ascii_digit()).find_map(|number| number.parse::<u16>().ok());
    let side = side(&argument);
    // What is asked or passed on may begin behind the side, in the same line.
    let rest =
        argument.split_once(|c: char| c.is_whitespace() || c == ':').map(|(_, rest)| rest.trim_start_matches([':', ' ', '،', ','])).filter(|_| side.is_some());
    let text = rest.into_iter().chain(lines).collect::<Vec<_>>().join("\n").trim().to_owned();
    Some(Order { intent, side, days, when, masks: Vec::new(), argument, text })
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
        read(text, knowledge().command_words(), |words| knowledge().lexicon().find(words)).map(|order| (order.intent, order.side, order.days, order.text))
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
        assert_eq!(order("ذكرني الخميس").map(|order| order.0), Some(Intent::Snooze));
        assert_eq!(order("SANS RELANCE V").map(|order| (order.0, order.1)), Some((Intent::Unchase, Some(Debtor::Seller))));
        assert_eq!(order("NO REMINDER").map(|order| (order.0, order.1)), Some((Intent::Unchase, None)));
        assert_eq!(order("دون تذكير: المشتري").map(|order| (order.0, order.1)), Some((Intent::Unchase, Some(Debtor::Buyer))));
        assert_eq!(order("APAISER 12 h").map(|order| (order.0, order.2)), Some((Intent::CoolOff, Some(12))));
        assert_eq!(order("COOL OFF END").map(|order| order.0), Some(Intent::CoolOff));
        assert_eq!(order("تهدئة ١٢ ساعة").map(|order| (order.0, order.2)), Some((Intent::CoolOff, Some(12))));
        assert_eq!(order("تهدئة: إنهاء").map(|order| order.0), Some(Intent::CoolOff));
        assert_eq!(order("HOLD").map(|order| order.0), Some(Intent::Hold));
        assert_eq!(order("«سؤال: المشتري»\nمتى وصل الطرد؟"), Some((Intent::Ask, Some(Debtor::Buyer), None, "متى وصل الطرد؟".to_owned())));
        assert_eq!(order("« تمديد: 15 »").map(|order| (order.0, order.2)), Some((Intent::Extend, Some(15))));
        assert_eq!(order("“ASK S” Where is it?").map(|order| (order.0, order.1)), Some((Intent::Ask, Some(Debtor::Seller))));
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
            "ذكرني البائع بموعده",
            "Sans relance de votre part, rien",
            "Retenir le colis était une erreur",
            "تهدئة الوضع بينكما ممكنة",
            "Bonjour,\nPAUSE",
            "> PAUSE",
            "« Résumé » est le mot qu’il a employé",
            "PAUSED",
        ] {
            assert_eq!(order(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_words_to_mask_stands_before_what_is_passed_on() {
        let order = |text: &str| read(text, knowledge().command_words(), |words| knowledge().lexicon().find(words));
        for (text, masks, side) in [
            ("MASQUER \"Rabat\", \"ma sœur\"\nTRANSMETTRE A\nMa sœur vit à Rabat.", vec!["Rabat", "ma sœur"], Some(Debtor::Buyer)),
            ("MASQUER « Rabat » et « Fès »\n\nTRANSMETTRE V : De Rabat à Fès.", vec!["Rabat", "Fès"], Some(Debtor::Seller)),
            ("MASK “Rabat”\nRELAY B\nFrom Rabat.", vec!["Rabat"], Some(Debtor::Buyer)),
            ("إخفاء: «الرباط»\nنقل: البائع\nمن الرباط.", vec!["الرباط"], Some(Debtor::Seller)),
            ("«إخفاء: \"الرباط\"»\n«نقل: البائع»\nمن الرباط.", vec!["الرباط"], Some(Debtor::Seller)),
            ("MASQUER \"Rabat\"\nDEMANDER V\nOù ?", vec![], None),
            ("MASQUER \"\"\nTRANSMETTRE A\nBonjour", vec![], None),
            ("MASQUER \"Rabat\"\nBonjour Madame", vec![], None),
        ] {
            let read = order(text).unwrap();
            assert_eq!((read.intent, read.side), (Intent::Relay, side), "{text}");
            assert_eq!(read.masks, masks, "{text}");
        }
        assert_eq!(order("MASQUER le nom du vendeur ?"), None);
    }
}
