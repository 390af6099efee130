//! The text of `rules.toml` → [`Rules`], checked like a workflow: every mistake as a sentence with its line.

use super::{Amount, Condition, Effects, Rule, Rules, hundredths, spaced};
use crate::domain::{Address, Fault, Language, Priority, Question};
use crate::workflow::page::{Page, Table, Word};
use crate::workflow::words::{Duration, known, meaning};
use std::collections::BTreeSet;

/// What rules may name.
#[derive(Debug)]
pub struct Known<'a> {
    /// Codes of categories.
    pub categories: &'a [&'a str],
    /// Every letter; none at all means that they could not be read, and then they are not judged.
    pub letters: &'a BTreeSet<String>,
    /// Mediators of the service; `None` where they could not be read.
    pub mediators: Option<Vec<Address>>,
}

/// The keys of conditions.
const LOOKS: [&str; 9] =
    ["category", "language", "amount-at-least", "amount-at-most", "merchant", "words", "order-older-than", "open-of-consumer", "open-of-merchant"];

/// The keys of what follows.
const DOES: [&str; 7] = ["priority", "category", "mediator", "hold", "tags", "question", "letters"];

/// How many rules there may be, and how many words in one: each is looked for in each complaint.
const MOST_RULES: usize = 200;
const MOST_WORDS: usize = 100;

impl Rules {
    /// Reads `text`, the content of `file`.
    ///
    /// # Errors
    /// Every mistake: unknown keys and words with the right ones, rules that look at nothing or do nothing, letters that are missing.
    pub fn parse(file: &str, text: &str, known: &Known<'_>) -> Result<Rules, Vec<Fault>> {
        let page = Page::new(file, text);
        let rules = Reader { page: &page, known }.rules();
        match rules {
            Some(rules) if page.is_sound() => Ok(Rules { rules }),
            _ => Err(page.into_faults()),
        }
    }
}

struct Reader<'p> {
    page: &'p Page<'p>,
    known: &'p Known<'p>,
}

impl<'p> Reader<'p> {
    fn rules(&self) -> Option<Vec<Rule>> {
        let mut file = self.page.table()?.named("the rules");
        let tables = file.tables("rule");
        file.end();
        if let Some(first) = tables.get(MOST_RULES) {
            self.page.fault(first.at(), format!("There are more than {MOST_RULES} rules; join some of them."));
        }
        let mut names = BTreeSet::new();
        let rules: Vec<Option<Rule>> = tables.into_iter().map(|table| self.rule(table, &mut names)).collect();
        rules.into_iter().collect()
    }

    fn rule(&self, table: Table<'p>, names: &mut BTreeSet<String>) -> Option<Rule> {
        let mut table = table.named("a rule");
        let name = table.needed_text("name", "\"large-amount\"");
        if let Some(name) = name.as_ref().filter(|name| !names.insert(name.text.clone())) {
            self.page.fault(Some(name.at), format!("Two rules are called \"{}\"; give this one another name.", name.text));
        }
        let label = format!("rule \"{}\"", name.as_ref().map_or("", |name| &name.text));
        let mut table = table.named(label.clone());
        let at = table.at();
        let looks = LOOKS.iter().any(|key| table.has(key));
        let conditions = self.conditions(&mut table, looks);
        let mut does = false;
        let effects = table.table("then").map(|then| {
            does = DOES.iter().any(|key| then.has(key));
            self.effects(then.named(format!("[rule.then] of {label}")))
        });
        table.end();
        if !looks {
            self.page.fault(at, format!("The {label} looks at nothing and would fire for every complaint; add for example category = [\"COUNTERFEIT\"]."));
        }
        if !does {
            self.page.fault(at, format!("Nothing follows from {label}; add for example [rule.then] with priority = \"high\"."));
        }
        Some(Rule { name: name?.text, conditions, effects: effects? })
    }

    fn conditions(&self, table: &mut Table<'p>, looks: bool) -> Vec<Condition> {
        let mut conditions = Vec::new();
        let codes: Vec<String> = table.texts("category").iter().filter_map(|word| self.category(word)).collect();
        let tags = Language::ALL.map(Language::tag);
        let languages: Vec<Language> = table.texts("language").iter().filter_map(|word| self.page.choose(word, "language", &tags, Language::parse)).collect();
        conditions.extend((!codes.is_empty()).then_some(Condition::Category(codes)));
        conditions.extend((!languages.is_empty()).then_some(Condition::Language(languages)));
        conditions.extend(table.text("amount-at-least").and_then(|word| self.amount(&word)).map(Condition::AtLeast));
        conditions.extend(table.text("amount-at-most").and_then(|word| self.amount(&word)).map(Condition::AtMost));
        let (merchants, words) = (self.folded(table.texts("merchant")), self.folded(table.texts("words")));
        conditions.extend((!merchants.is_empty()).then_some(Condition::Merchant(merchants)));
        conditions.extend((!words.is_empty()).then_some(Condition::Words(words)));
        conditions.extend(table.text("order-older-than").and_then(|word| self.days(&word)).map(Condition::OrderOlderThan));
        let counts = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
        conditions.extend(counts(table.number("open-of-consumer", 1..=100)).map(Condition::OpenOfConsumer));
        conditions.extend(counts(table.number("open-of-merchant", 1..=100)).map(Condition::OpenOfMerchant));
        if looks && conditions.is_empty() && self.page.is_sound() {
            self.page.fault(table.at(), "The lists of this rule are empty and it would fire for every complaint; write something in one of them.");
        }
        conditions
    }

    fn effects(&self, mut table: Table<'p>) -> Effects {
        let words = known(&Priority::WORDS);
        let priority = table.text("priority").and_then(|word| self.page.choose(&word, "priority", &words, |text| meaning(&Priority::WORDS, text)));
        let category = table.text("category").and_then(|word| self.category(&word));
        let mediator = table.text("mediator").and_then(|word| self.mediator(&word));
        let hold = table.text("hold").filter(|word| self.is_said(word, "hold")).map(|word| word.text);
        let tags = table.texts("tags").into_iter().filter(|word| self.is_said(word, "tags")).map(|word| word.text).collect();
        let question = table.table("question").and_then(|question| self.question(question));
        let letters = table.texts("letters").iter().filter_map(|word| self.letter(word)).collect();
        table.end();
        Effects { priority, category, mediator, hold, tags, question, letters }
    }

    fn question(&self, table: Table<'p>) -> Option<Question> {
        let mut table = table.named("a question");
        let (fr, ar, en) = (
            table.needed_text("fr", "\"Avez-vous encore l'emballage ?\""),
            table.needed_text("ar", "\"هل ما زلتم تحتفظون بالتغليف؟\""),
            table.needed_text("en", "\"Do you still have the packaging?\""),
        );
        table.end();
        Some(Question { fr: fr?.text, ar: ar?.text, en: en?.text })
    }

    fn category(&self, word: &Word) -> Option<String> {
        self.page.choose(word, "category", self.known.categories, |text| self.known.categories.contains(&text).then(|| text.to_owned()))
    }

    fn mediator(&self, word: &Word) -> Option<Address> {
        let address = Address::parse(&word.text).ok();
        let is_known = |address: &Address| self.known.mediators.as_ref().is_none_or(|known| known.iter().any(|one| one.is_same(address)));
        let address = address.filter(is_known);
        if address.is_none() {
            self.page.fault(Some(word.at), "No [[mediator]] of service.toml has this address; add one there first, or write the address of one.");
        }
        address
    }

    fn letter(&self, word: &Word) -> Option<String> {
        let (letters, text) = (self.known.letters, &word.text);
        let sentence = match text.split_once('@') {
            None => format!("\"{text}\" names no variant; write NAME@VARIANT, for example \"acknowledgement@urgent\"."),
            Some(_) if letters.is_empty() || letters.contains(text) => return Some(text.clone()),
            Some((base, _)) if !letters.contains(base) => format!("\"{base}\" is no letter, so it has no variant; name a letter of the templates folder."),
            Some(_) => format!("The letter \"{text}\" is in no language; write {text}.md.hbs in the folder of each language of the templates."),
        };
        self.page.fault(Some(word.at), sentence);
        None
    }

    fn amount(&self, word: &Word) -> Option<Amount> {
        let parts = word.text.split_once(' ').and_then(|(number, currency)| Some((hundredths(number).filter(|_| !number.is_empty())?, currency)));
        let is_currency = |currency: &str| currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase());
        let amount = parts.filter(|(_, currency)| is_currency(currency)).map(|(hundredths, currency)| Amount { hundredths, currency: currency.to_owned() });
        if amount.is_none() {
            self.page
                .fault(Some(word.at), format!("\"{}\" is no amount; write a number and the currency's three letters, for example \"20000 MAD\".", word.text));
        }
        amount
    }

    fn days(&self, word: &Word) -> Option<u16> {
        match Duration::parse(&word.text) {
            Some(Duration::Days(days)) => Some(days),
            _ => {
                self.page.fault(Some(word.at), format!("\"{}\" is no age; write \"N days\" with N from 1 to 366.", word.text));
                None
            }
        }
    }

    fn folded(&self, words: Vec<Word>) -> Vec<String> {
        if let Some(first) = words.get(MOST_WORDS) {
            self.page.fault(Some(first.at), format!("There are more than {MOST_WORDS} words here; make two rules of it."));
        }
        let is_word = |word: &&Word| {
            let is_word = !spaced(&word.text).trim().is_empty();
            if !is_word {
                self.page.fault(Some(word.at), "There is no word here, so it would be found everywhere; write one.");
            }
            is_word
        };
        words.iter().filter(is_word).map(|word| spaced(&word.text)).collect()
    }

    fn is_said(&self, word: &Word, key: &str) -> bool {
        let is_said = !word.text.trim().is_empty();
        if !is_said {
            self.page.fault(Some(word.at), format!("\"{key}\" is empty; say in a few words what the registrar should know."));
        }
        is_said
    }
}
