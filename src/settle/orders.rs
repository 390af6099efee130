//! A mediator's or a registrar's order in the first line of a mail → what it does (DOMAIN §7.3).

use super::masking::Masking;
use super::speaker::Speaker;
use crate::domain::{Act, Beyond, Channel, Contacted, CoolOff, Cooling, Intent, Party, Pointing, Role, Track, When};
use crate::letter::{Debtor, Letter, Order, points_in};

/// The mediation is prolonged by so many days where no number is given.
const EXTENSION: u16 = 30;
/// A mediator is left alone for so long where no day is given.
const SNOOZE: When = When::Days(3);

/// What is written on the common channel waits for so many hours where no number is given.
const COOL_OFF: u8 = 12;

/// A side may answer points for so many days where no number is given (DOMAIN §2.5, `exchange.request`).
const TO_ANSWER: u16 = 7;

/// What somebody who may order something here orders.
fn given<'a>(speaker: &Speaker<'_>, letter: &'a Letter) -> Option<&'a Order> {
    let order = letter.order.as_ref().filter(|_| speaker.binding && speaker.pointed && speaker.dispute.track() == Track::Mediation)?;
    let may = match speaker.role {
        Role::Mediator => speaker.dispute.is_mediated(),
        // As long as nobody mediates, the registrar may write to either side, and orders nothing else.
        Role::Operator => speaker.dispute.is_with_service() && order.intent == Intent::Ask,
        Role::Consumer | Role::Merchant => false,
    };
    may.then_some(order)
}

/// What the mail orders; `None` if it orders nothing. What others feel can be taken back for a while.
pub(super) fn ordered(speaker: &Speaker<'_>, letter: &Letter) -> Option<Act> {
    let order = given(speaker, letter)?;
    let later = |act: Act| Some(Act::Order(Box::new(act)));
    match order.intent {
        Intent::Brief => Some(Act::Brief),
        Intent::Snooze if order.argument.is_empty() => Some(Act::Snooze(Some(SNOOZE))),
        Intent::Snooze => Some(Act::Snooze(order.when)),
        // A word that names no side would mean both of them.
        Intent::Unchase if order.argument.is_empty() || order.side.is_some() => later(Act::Unchase(order.side.and_then(party), None)),
        Intent::CoolOff => later(Act::Cooling(cooling(order)?)),
        Intent::Interrupt => later(Act::Interrupt),
        Intent::Resume => later(Act::Resume),
        Intent::End if order.argument.is_empty() => later(Act::End),
        // Whatever reason is written, it stays in this mail.
        Intent::End => later(Act::Stop),
        Intent::HandOver => later(Act::Recuse),
        Intent::Extend => later(Act::Extend(order.days.unwrap_or(EXTENSION))),
        Intent::Call | Intent::Post => {
            let how = if order.intent == Intent::Call { Beyond::Telephone } else { Beyond::Post };
            let words: String = Masking::default().words(&order.text).trim().chars().take(Contacted::LONGEST).collect();
            (!words.is_empty()).then_some(())?;
            Some(Act::Contacted(how, party(order.side?)?, words))
        }
        Intent::Ask if speaker.role == Role::Mediator => {
            let asked = Asked::of(order);
            let points: Vec<String> = asked.points.iter().map(|point| Masking::default().words(point)).collect();
            (!points.is_empty()).then_some(Act::Points(Pointing::Ask(party(order.side?)?, points, asked.days)))
        }
        Intent::AskAgain => Some(Act::Points(Pointing::Again(party(order.side?)?, numbers(order)?))),
        Intent::Answered => Some(Act::Points(Pointing::Settle(party(order.side?)?, numbers(order)?))),
        Intent::Relay => {
            let from = party(order.side?)?;
            let words = Masking::default().words(&order.text).trim().to_owned();
            let words = masked(&words, &order.masks)?;
            (!words.is_empty()).then_some(Act::AskShare(from, words))
        }
        _ => None,
    }
}

/// `words` without what is to be masked; `None` if something of it does not stand there, for then another spelling of it may.
fn masked(words: &str, masks: &[String]) -> Option<String> {
    let mut masks: Vec<&String> = masks.iter().collect();
    // "Rabat Agdal" before "Rabat".
    masks.sort_by_key(|mask| std::cmp::Reverse(mask.chars().count()));
    masks.into_iter().try_fold(words.to_owned(), |words, mask| {
        let plain: String = words.chars().flat_map(char::to_lowercase).collect();
        let mask = mask.to_lowercase();
        // Letters that are longer in small letters would shift what is found.
        let places: Vec<usize> = if plain.len() == words.len() { plain.match_indices(&mask).map(|(at, _)| at).collect() } else { return None };
        let mut rest = words.as_str();
        let mut left = String::new();
        let mut done = 0usize;
        for at in places.iter().copied() {
            let (before, after) = rest.split_at_checked(at.checked_sub(done)?)?;
            left.push_str(before);
            left.push_str("[…]");
            rest = after.get(mask.len()..)?;
            done = at.checked_add(mask.len())?;
        }
        left.push_str(rest);
        (!places.is_empty()).then_some(left)
    })
}

/// Whether the mail of a mediator, an agent or a registrar orders something that comes to nothing: what was meant for the service, or for both sides later, is no word to anybody.
pub(super) fn is_lost(speaker: &Speaker<'_>, letter: &Letter) -> bool {
    let orders = match speaker.role {
        Role::Mediator => letter.order.is_some() || letter.terms.is_some() || !letter.commands.is_empty() || !letter.qualified.is_empty(),
        Role::Operator => letter.order.as_ref().is_some_and(|order| order.intent == Intent::Ask) || !letter.commands.is_empty(),
        Role::Consumer | Role::Merchant => false,
    };
    orders && channel(speaker, letter).is_none()
}

/// The channel on which a note, or a question to one side, is written.
pub(super) fn channel(speaker: &Speaker<'_>, letter: &Letter) -> Option<Channel> {
    let order = given(speaker, letter)?;
    match order.intent {
        Intent::Note => Some(Channel::Notes),
        Intent::Ask => {
            let asked = Role::from(party(order.side?)?);
            let says = !order.text.is_empty() || !letter.attachments.is_empty();
            (says && speaker.dispute.participant(asked).is_some()).then(|| Channel::private_to(asked))
        }
        _ => None,
    }
}

/// The words of the mail that others hear: without the line that orders.
pub(super) fn words(speaker: &Speaker<'_>, letter: &Letter) -> Option<String> {
    let order = given(speaker, letter).filter(|order| order.intent == Intent::Ask)?;
    let asked = Asked::of(order);
    Some(if asked.points.is_empty() || speaker.role != Role::Mediator { order.text.clone() } else { asked.prose })
}

/// What is asked point by point.
struct Asked {
    points: Vec<String>,
    /// What is said around them.
    prose: String,
    days: u16,
}

impl Asked {
    fn of(order: &Order) -> Self {
        // "ASK S 5 days": a number of days that stands alone behind the side belongs to the order.
        let (first, rest) = order.text.split_once('\n').unwrap_or((&order.text, ""));
        let (days, text) = match days_alone(first) {
            Some(days) => (days, rest),
            None => (TO_ANSWER, order.text.as_str()),
        };
        let (points, prose) = points_in(text);
        Self { points, prose, days }
    }
}

/// A number of days and nothing else.
fn days_alone(text: &str) -> Option<u16> {
    const DAYS: [&str; 9] = ["", "j", "jour", "jours", "d", "day", "days", "يوم", "أيام"];
    let text = text.trim().trim_end_matches([':', '.', '،']).trim_end();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, word) = text.split_at_checked(digits)?;
    number.parse().ok().filter(|_| DAYS.contains(&word.trim().to_lowercase().as_str()) || word.trim() == "يوما")
}

/// For how many hours messages wait, or that they do no longer; `None` if something else stands there.
fn cooling(order: &Order) -> Option<Cooling> {
    const HOURS: [&str; 11] = ["", "h", "heure", "heures", "hour", "hours", "hrs", "ساعة", "ساعات", "ساعتين", "س"];
    const OVER: [&str; 9] = ["fin", "non", "end", "off", "no", "stop", "نهاية", "إنهاء", "لا"];
    let said = order.argument.trim_end_matches(['.', '،', ':']).trim_end().to_lowercase();
    let unit = said.trim_start_matches(char::is_numeric).trim();
    match (said.is_empty(), unit.len() < said.len()) {
        (true, _) => Some(Cooling::On(COOL_OFF)),
        (false, false) => OVER.contains(&unit).then_some(Cooling::Off),
        (false, true) => {
            let hours = order.days.and_then(|hours| u8::try_from(hours).ok()).filter(|hours| CoolOff::HOURS.contains(hours));
            hours.filter(|_| HOURS.contains(&unit)).map(Cooling::On)
        }
    }
}

/// The numbers that an order names; `None` if something else stands there, which would mean all of them.
fn numbers(order: &Order) -> Option<Vec<u8>> {
    let marks = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';' | '،' | '.' | '+' | '&');
    let named = order.argument.split(marks).filter(|word| !matches!(*word, "" | "et" | "and" | "و"));
    named.skip(1).map(|word| word.trim_start_matches('و').parse::<u8>().ok()).collect()
}

fn party(side: Debtor) -> Option<Party> {
    match side {
        Debtor::Buyer => Some(Party::Consumer),
        Debtor::Seller => Some(Party::Merchant),
        Debtor::Writer => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(argument: &str, text: &str) -> Order {
        Order {
            intent: Intent::Ask,
            side: Some(Debtor::Seller),
            days: None,
            when: None,
            masks: Vec::new(),
            argument: argument.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn days_stand_alone_behind_the_side_and_points_below() {
        for (text, days, points, prose) in [
            ("5 j\n1. Quand ?\n2. Où ?", 5, 2, ""),
            ("10 jours :\n1) Quand ?", 10, 1, ""),
            ("3 أيام\n1. متى؟", 3, 1, ""),
            ("3 colis manquent :\n1. Quand ?", TO_ANSWER, 1, "3 colis manquent :"),
            ("1. Quand ?\n\nMerci", TO_ANSWER, 1, "Merci"),
            ("Où est le colis ?", TO_ANSWER, 0, "Où est le colis ?"),
        ] {
            let asked = Asked::of(&order("V", text));
            assert_eq!((asked.days, asked.points.len(), asked.prose.as_str()), (days, points, prose), "{text}");
        }
    }

    #[test]
    fn what_is_listed_is_masked_wherever_it_stands_or_nothing_is_passed_on() {
        let masked = |words: &str, masks: &[&str]| super::masked(words, &masks.iter().map(|mask| (*mask).to_owned()).collect::<Vec<_>>());
        assert_eq!(masked("Ma sœur vit à Rabat, à RABAT Agdal.", &["rabat", "Rabat Agdal", "ma sœur"]).as_deref(), Some("[…] vit à […], à […]."));
        assert_eq!(masked("من الرباط إلى فاس", &["الرباط"]).as_deref(), Some("من […] إلى فاس"));
        assert_eq!(masked("Rien à cacher.", &[]).as_deref(), Some("Rien à cacher."));
        assert_eq!(masked("Elle vit à Salé.", &["Rabat"]), None);
    }

    #[test]
    fn hours_stand_alone_and_so_does_the_end_of_the_cool_off() {
        for (argument, expected) in [
            ("", Some(Cooling::On(COOL_OFF))),
            ("12 h", Some(Cooling::On(12))),
            ("48h.", Some(Cooling::On(48))),
            ("72 heures", Some(Cooling::On(72))),
            ("6 ساعات", Some(Cooling::On(6))),
            ("FIN", Some(Cooling::Off)),
            ("off", Some(Cooling::Off)),
            ("إنهاء", Some(Cooling::Off)),
            ("73 h", None),
            ("0", None),
            ("2 jours", None),
            ("12 h, 3 fois", None),
            ("le vendeur", None),
        ] {
            let days = argument.split(|c: char| !c.is_ascii_digit()).find_map(|number| number.parse().ok());
            assert_eq!(cooling(&Order { days, ..order(argument, "") }), expected, "{argument}");
        }
    }

    #[test]
    fn numbers_are_numbers_or_the_order_is_none() {
        for (argument, expected) in [
            ("V 1 3", Some(vec![1, 3])),
            ("V: 1, 3 et 4", Some(vec![1, 3, 4])),
            ("البائع 1 و3", Some(vec![1, 3])),
            ("V", Some(Vec::new())),
            ("V tout", None),
            ("V 1 peut-être", None),
            ("V 300", None),
        ] {
            assert_eq!(numbers(&order(argument, "")), expected, "{argument}");
        }
    }
}
