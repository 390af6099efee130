//! A merchant whose customer service is run here: who answers in its name, and how a complaint to it begins.

use super::{Counter, Desk, Registrar};
use crate::compose::{ClientHouse, House, PerLanguage};
use crate::config::ClientConfig;
use crate::domain::{Address, Dice, Digest, Dispute, Fact, Given, Instant, Language, Mandate, Outsourced, Participant, Role, Statement};

/// A merchant whose customer service a counter is.
#[derive(Debug, Clone)]
pub struct Client {
    /// What the letters in its name share.
    pub house: House,
    /// The merchant itself.
    pub merchant: Registrar,
    /// Who answers in its name.
    pub agents: Vec<Registrar>,
    /// What they may offer without asking it.
    pub mandate: Mandate,
}

impl Client {
    /// The client that was configured, served by the service whose letters are of `house`.
    pub fn of(config: &ClientConfig, house: &House) -> Self {
        let PerLanguage { fr, ar, en } = &config.name;
        let name = PerLanguage { fr: format!("Service client {fr}"), ar: format!("خدمة زبناء {ar}"), en: format!("{en} customer service") };
        let client = ClientHouse { name: config.name.clone(), operated_by: house.name.clone() };
        let merchant = Registrar { address: config.contact.clone(), name: Some(config.name.of(config.language).to_owned()), language: config.language };
        let agents = config.agents.iter().map(|agent| Registrar { address: agent.address.clone(), name: agent.name.clone(), language: agent.language });
        Self { house: House { name, client: Some(client), ..house.clone() }, merchant, agents: agents.collect(), mandate: config.mandate.clone() }
    }

    /// Whether `address` is the merchant's or an agent's: whoever works in its name does not complain to it.
    pub fn is_staff(&self, address: &Address) -> bool {
        self.merchant.address.is_same(address) || self.is_agent(address)
    }

    /// Whether `address` is that of somebody who answers in the merchant's name.
    pub fn is_agent(&self, address: &Address) -> bool {
        self.agents.iter().any(|agent| agent.address.is_same(address))
    }

    /// The merchant's name.
    pub fn name(&self, language: Language) -> &str {
        self.house.client.as_ref().map_or("", |client| client.name.of(language))
    }

    /// `dispute`, as it is before its workflow begins, in the hands of an agent: one who is written to in the consumer's language, or the first. The registrar
    /// of the mediation has no part in it (DOMAIN I7).
    pub(super) fn takes(&self, dispute: Dispute, cause: Digest, now: Instant, dice: &mut Dice) -> Dispute {
        let speaks = |agent: &&Registrar| agent.language == dispute.consumer.language;
        let agent = self.agents.iter().find(speaks).or(self.agents.first());
        let joining =
            |role: Role, person: &Registrar, dice: &mut Dice| Participant::joining(role, person.address.clone(), person.name.clone(), person.language, dice);
        let mediator = agent.map(|agent| joining(Role::Mediator, agent, dice));
        let mission = mediator.as_ref().map(|agent| Given { on: Digest::of(agent.address.folded().as_bytes()), at: now, evidence: cause });
        let merchant = Some(joining(Role::Merchant, &self.merchant, dice));
        Dispute { merchant, mediator, mission, operator: None, service: Some(Outsourced::new(self.mandate.clone())), ..dispute }
    }

    /// What a complaint to this service says: whoever writes to the customer service of a merchant complains of that merchant, whatever the mail calls it.
    pub(super) fn complained_of(&self, mut statement: Statement, language: Language) -> Statement {
        statement.facts.set(Fact::Merchant, self.name(language));
        statement
    }
}

impl Desk {
    /// The merchant whose customer service has that address.
    pub(super) fn client_at(&self, desk: &Address) -> Option<&Client> {
        self.counters.iter().find(|counter| counter.address.is_same(desk))?.client.as_ref()
    }

    /// What letters that leave from that address share.
    pub(super) fn house_at(&self, desk: &Address) -> &House {
        self.client_at(desk).map_or(&self.house, |client| &client.house)
    }

    /// Whether `address` is that of a merchant whose customer service is here, or of somebody who answers in its name.
    pub(super) fn works_for_client(&self, address: &Address) -> bool {
        self.counters.iter().filter_map(|counter| counter.client.as_ref()).any(|client| client.is_staff(address))
    }

    /// Whether what is written to `counter` without anything that points to a dispute may be heard in one of `desk`: the wall between a customer service and
    /// the mediation, and between two customer services, is never crossed by a guess.
    pub(super) fn is_within_wall(&self, counter: &Counter, desk: &Address) -> bool {
        let walled = counter.client.is_some() || self.client_at(desk).is_some();
        !walled || counter.address.is_same(desk)
    }

    /// Whoever is configured with that address and may take the middle seat of `dispute`: an agent of its customer service, or a mediator.
    pub(super) fn named(&self, dispute: &Dispute, address: &str, dice: &mut Dice) -> Option<Participant> {
        let Some(client) = self.client_at(&dispute.desk) else { return self.mediator(address, dice) };
        let address = Address::parse(address.trim()).ok()?;
        let agent = client.agents.iter().find(|agent| agent.address.is_same(&address))?;
        Some(Participant::joining(Role::Mediator, agent.address.clone(), agent.name.clone(), agent.language, dice))
    }
}
