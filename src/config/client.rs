//! The merchant whose customer service a mailbox is: `[mailbox.client]` in `service.toml`.

use super::values::{address, one_of};
use crate::compose::PerLanguage;
use crate::domain::{Address, Language, Mandate, Money};
use crate::workflow::page::{Table, Word, right_words};

/// A merchant that has its customer service run by this one.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Its name.
    pub name: PerLanguage,
    /// Where its agents ask it.
    pub contact: Address,
    /// The language of letters to it.
    pub language: Language,
    /// Who answers in its name; nobody of them ever mediates a dispute with it.
    pub agents: Vec<AgentConfig>,
    /// What they may offer without asking it.
    pub mandate: Mandate,
}

/// Somebody who answers in a merchant's name.
#[derive(Debug, Clone)]
pub struct AgentConfig {
    /// Where that person is written to.
    pub address: Address,
    /// Name.
    pub name: Option<String>,
    /// Language of the letters.
    pub language: Language,
}

/// Reads `[mailbox.client]`, which only a mailbox with the role customer-service has, and must have. `None` is a fault.
pub(super) fn client(table: &mut Table, wanted: bool) -> Option<Option<ClientConfig>> {
    let page = table.page();
    let at = table.at();
    match (table.table("client"), wanted) {
        (None, false) => Some(None),
        (None, true) => {
            page.fault(at, "This mailbox is a customer service and does not say whose; add [mailbox.client] with name, contact and an agent.");
            None
        }
        (Some(section), false) => {
            page.fault(section.at(), "Only a mailbox with role = \"customer-service\" has a client; remove [mailbox.client], or change the role.");
            None
        }
        (Some(section), true) => read(section.named("[mailbox.client]")).map(Some),
    }
}

fn read(mut table: Table) -> Option<ClientConfig> {
    let name = name(&mut table);
    let contact = address(&mut table, "contact").map(|(_, contact)| contact);
    let language = language(&mut table);
    let mandate = table.table("mandate").map(mandate).unwrap_or_default();
    let (at, page) = (table.at(), table.page());
    let agents: Vec<AgentConfig> = table.tables("agent").into_iter().filter_map(agent).collect();
    if agents.is_empty() {
        page.fault(at, "Nobody would answer in this merchant's name; add a [[mailbox.client.agent]] with an address.");
    }
    table.end();
    Some(ClientConfig { name: name?, contact: contact?, language: language?, agents, mandate })
}

fn language(table: &mut Table) -> Option<Language> {
    one_of(table, "language", &Language::ALL.map(|language| (language.tag(), language)), Language::Fr)
}

fn agent(table: Table) -> Option<AgentConfig> {
    let mut table = table.named("[[mailbox.client.agent]]");
    let address = address(&mut table, "address");
    let name = table.text("name").map(|word| word.text);
    let language = language(&mut table);
    table.end();
    Some(AgentConfig { address: address?.1, name, language: language? })
}

fn name(table: &mut Table) -> Option<PerLanguage> {
    let example = "{ fr = \"Atlas\", ar = \"أطلس\", en = \"Atlas\" }";
    let page = table.page();
    if !table.has("name") {
        page.fault(table.at(), format!("In [mailbox.client] the key \"name\" is missing; write for example name = {example}."));
    }
    let mut texts = table.table("name")?;
    let [fr, ar, en] = ["fr", "ar", "en"].map(|language| {
        let word = texts.needed_text(language, "\"…\"")?;
        let sound = !word.text.chars().any(char::is_control);
        if !sound {
            page.fault(Some(word.at), "\"name\" stands in a header of every letter; write it on one line.");
        }
        sound.then_some(word.text)
    });
    texts.end();
    Some(PerLanguage { fr: fr?, ar: ar?, en: en? })
}

/// The limits: `REFUND = "500 MAD"`, or `EXCHANGE = "any"` for what costs no amount.
fn mandate(mut table: Table) -> Mandate {
    let page = table.page();
    let mut mandate = Mandate::default();
    for (remedy, most) in table.remaining_texts() {
        if !Mandate::remedies().contains(&remedy.text.as_str()) {
            page.fault(Some(remedy.at), format!("\"{}\" is no remedy; {}", remedy.text, right_words(&remedy.text, &Mandate::remedies())));
        }
        match limit(&most) {
            Some(limit) => mandate.allow(&remedy.text, limit),
            None => page.fault(Some(most.at), format!("\"{}\" is no limit; write an amount such as \"500 MAD\", or \"any\" for what costs none.", most.text)),
        }
    }
    mandate
}

fn limit(word: &Word) -> Option<Option<Money>> {
    if word.text == "any" {
        return Some(None);
    }
    let (amount, currency) = word.text.split_once(' ')?;
    let (whole, hundredths) = amount.split_once('.').unwrap_or((amount, "00"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = plain(whole) && plain(hundredths) && hundredths.len() == 2 && currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let hundredths = sound.then(|| whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(hundredths.parse().ok()?)).flatten()?;
    Some(Some(Money { hundredths, currency: currency.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_an_amount_or_any() {
        let read = |text: &str| limit(&Word { text: text.to_owned(), at: 0 });
        assert_eq!(read("any"), Some(None));
        assert_eq!(read("500 MAD"), Some(Some(Money::dirhams(50_000))));
        assert_eq!(read("99.90 MAD"), Some(Some(Money::dirhams(9_990))));
        for wrong in ["", "500", "500 DH", "-1 MAD", "1.5 MAD", "+1 MAD", "99999999999999999999 MAD", "MAD 500", "yes"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
