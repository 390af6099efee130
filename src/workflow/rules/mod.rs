//! What the house notices in a complaint, and what follows: the rules of `config/rules.toml`, judged without any I/O.
//!
//! The vocabulary is closed and nothing here has legal weight: rules sort, ask and let a person look first; they admit, refuse and close nothing.

mod read;

use crate::domain::fold::{fold, is_of_word};
use crate::domain::{Address, Day, Fact, Facts, Language, Noticed, Priority, Question};
use std::cell::LazyCell;

pub use read::Known;

/// A checked list of rules. There is no way to make one but [`Rules::parse`], and the empty one.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    rules: Vec<Rule>,
}

/// What a complaint says, and what stands beside it.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    /// Category that was understood.
    pub category: Option<&'a str>,
    /// Language in which its writer is answered.
    pub language: Language,
    /// Fields that were understood.
    pub facts: &'a Facts,
    /// The account.
    pub words: &'a str,
    /// The day on which it is judged.
    pub today: Day,
    /// Other open disputes of the same consumer.
    pub open_of_consumer: u32,
    /// Other open disputes with the same merchant, as far as its address is known.
    pub open_of_merchant: u32,
}

#[derive(Debug, Clone)]
struct Rule {
    name: String,
    conditions: Vec<Condition>,
    effects: Effects,
}

/// What must hold; of a list, one.
#[derive(Debug, Clone)]
enum Condition {
    Category(Vec<String>),
    Language(Vec<Language>),
    AtLeast(Amount),
    AtMost(Amount),
    /// Folded names; a merchant's name holds one of them.
    Merchant(Vec<String>),
    /// Folded words, each a whole word or several.
    Words(Vec<String>),
    /// Days since the order.
    OrderOlderThan(u16),
    OpenOfConsumer(u32),
    OpenOfMerchant(u32),
}

/// Hundredths of a currency's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount {
    hundredths: u64,
    currency: String,
}

#[derive(Debug, Clone, Default)]
struct Effects {
    priority: Option<Priority>,
    category: Option<String>,
    mediator: Option<Address>,
    hold: Option<String>,
    tags: Vec<String>,
    question: Option<Question>,
    letters: Vec<String>,
}

/// What an amount is in that says no currency.
const DIRHAM: &str = "MAD";

impl Rules {
    /// What the rules make of a complaint: each is asked once, in the order of the file.
    pub fn notice(&self, seen: &Seen<'_>) -> Noticed {
        // Few rules look at words, and a complaint has many.
        let words = LazyCell::new(|| spaced(seen.words));
        let merchant = LazyCell::new(|| spaced(seen.facts.get(Fact::Merchant).unwrap_or_default()));
        let mut noticed = Noticed::default();
        let mut priority = None;
        for rule in self.rules.iter().filter(|rule| rule.conditions.iter().all(|one| one.holds(seen, &|| &words, &|| &merchant))) {
            let effects = rule.effects.clone();
            priority = priority.or(effects.priority);
            noticed.category = noticed.category.or(effects.category);
            noticed.mediator = noticed.mediator.or(effects.mediator);
            noticed.hold = noticed.hold.or(effects.hold);
            for tag in effects.tags {
                if !noticed.tags.contains(&tag) {
                    noticed.tags.push(tag);
                }
            }
            noticed.questions.extend(effects.question);
            noticed.letters.extend(effects.letters);
            let looked: Vec<&str> = rule.conditions.iter().map(Condition::key).collect();
            noticed.because.push(format!("{}: {}", rule.name, looked.join(", ")));
        }
        noticed.priority = priority.unwrap_or_default();
        noticed
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl Condition {
    /// The key that it is written under.
    fn key(&self) -> &'static str {
        match self {
            Self::Category(_) => "category",
            Self::Language(_) => "language",
            Self::AtLeast(_) => "amount-at-least",
            Self::AtMost(_) => "amount-at-most",
            Self::Merchant(_) => "merchant",
            Self::Words(_) => "words",
            Self::OrderOlderThan(_) => "order-older-than",
            Self::OpenOfConsumer(_) => "open-of-consumer",
            Self::OpenOfMerchant(_) => "open-of-merchant",
        }
    }

    fn holds<'a>(&self, seen: &Seen<'_>, words: &dyn Fn() -> &'a str, merchant: &dyn Fn() -> &'a str) -> bool {
        let any_in = |text: &str, wanted: &[String]| wanted.iter().any(|one| text.contains(one.as_str()));
        match self {
            Self::Category(codes) => seen.category.is_some_and(|code| codes.iter().any(|one| one == code)),
            Self::Language(languages) => languages.contains(&seen.language),
            Self::AtLeast(least) => amount(seen.facts).is_some_and(|amount| amount.currency == least.currency && amount.hundredths >= least.hundredths),
            Self::AtMost(most) => amount(seen.facts).is_some_and(|amount| amount.currency == most.currency && amount.hundredths <= most.hundredths),
            Self::Merchant(names) => any_in(merchant(), names),
            Self::Words(wanted) => any_in(words(), wanted),
            Self::OrderOlderThan(days) => {
                let ordered = seen.facts.get(Fact::OrderDate).and_then(|day| Day::parse(day).ok());
                ordered.is_some_and(|day| day.plus(i64::from(*days)) < seen.today)
            }
            Self::OpenOfConsumer(least) => seen.open_of_consumer >= *least,
            Self::OpenOfMerchant(least) => seen.open_of_merchant >= *least,
        }
    }
}

/// The amount of a complaint; one without a currency is in dirhams (DOMAIN §3.4).
fn amount(facts: &Facts) -> Option<Amount> {
    let hundredths = hundredths(facts.get(Fact::Amount)?)?;
    Some(Amount { hundredths, currency: facts.get(Fact::Currency).unwrap_or(DIRHAM).to_owned() })
}

/// Hundredths of a number with at most two digits after a point.
fn hundredths(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let part = match part.len() {
        0 => 0,
        1 if digits(part) => part.parse::<u64>().ok()?.checked_mul(10)?,
        2 if digits(part) => part.parse::<u64>().ok()?,
        _ => return None,
    };
    if !digits(whole) {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(part)
}

/// `text` folded, each word between two blanks: so that whole words are found.
fn spaced(text: &str) -> String {
    let folded = fold(text);
    let mut spaced = String::with_capacity(folded.len().saturating_add(2));
    // What is silent within words is folded away.
    for word in folded.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()) {
        spaced.push(' ');
        spaced.push_str(word);
    }
    spaced.push(' ');
    spaced
}

#[cfg(test)]
mod tests;
