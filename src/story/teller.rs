//! Tells a story dry: real rules, real letters, a real store; only mail servers and time are played.

mod command;

use super::listed::list;
use super::mails::{delivery_report, seen};
use super::person::{Draft, Person, compose_mail, fill_codes, with_case_address, with_seller_address};
use super::script::{Action, Script, Step};
use super::told::{Manner, TellError, Told};
use crate::authenticate::Verdict;
use crate::config::Config;
use crate::domain::{Address, Dice, Instant, Language, MailOutcome, Role};
use crate::letter::{self, Exhibits, Letter};
use crate::settle::{
    Bench, Counter, Desk, Incoming, Raw, Registrar, Woken, assemble, settle_answer, settle_copy, settle_digest, settle_due, settle_mail, settle_morning, wanted,
};
use crate::store::{Arrival, DisputeSummary, Filed, Keys, OutboxRow, ReceiptState, Sent, Standing, Store};
use std::collections::BTreeMap;
use std::path::Path;

/// A story has fewer disputes than this.
const MOST_DISPUTES: u32 = 100;

/// Tells `script` with the rules and letters of `config`; the store is made in `folder`, which must be empty, and is closed at the end of the story.
pub async fn tell(script: &Script, config: &Config, folder: &Path, manner: Manner) -> Result<Told, TellError> {
    let keys = Keys::create(&folder.join("story.key"), &mut Dice::from_seed([7; 32])).map_err(|error| TellError::Step(error.to_string()))?;
    let url = format!("sqlite://{}", folder.join("story.db").display());
    let store = Store::create(&url, &keys, Dice::from_seed([8; 32])).await?;
    let mut teller = Teller {
        config,
        keys,
        url,
        manner,
        desk: None,
        dice: Dice::from_seed([9; 32]),
        now: script.begins,
        uid: 0,
        people: script
            .people
            .iter()
            .map(|(name, (role, address))| (name.clone(), (*role, Person { address: address.clone(), letters: Vec::new(), sent: Vec::new() })))
            .collect(),
        agents: script.agents.clone(),
        assigns: script.assigns,
        states: BTreeMap::new(),
        letters: Vec::new(),
    };
    let told = teller.told(script, store.clone()).await;
    // A connection that is only dropped closes later, by itself, and then removes the files of its write-ahead log by their names: should another database
    // have the same names by then, it loses its own.
    store.close().await;
    if let Some(desk) = &teller.desk {
        desk.store.close().await;
    }
    told
}

struct Teller<'a> {
    config: &'a Config,
    keys: Keys,
    url: String,
    manner: Manner,
    desk: Option<Desk>,
    dice: Dice,
    now: Instant,
    uid: u32,
    people: BTreeMap<String, (Role, Person)>,
    agents: Vec<Address>,
    assigns: bool,
    states: BTreeMap<String, String>,
    letters: Vec<(Role, String)>,
}

impl Teller<'_> {
    async fn told(&mut self, script: &Script, store: Store) -> Result<Told, TellError> {
        list(&store, &script.listed).await?;
        self.set_up(store).await?;
        let mut outcomes = Vec::new();
        for step in &script.steps {
            outcomes.push(self.step(step).await?);
        }
        self.finish(outcomes).await
    }

    async fn set_up(&mut self, store: Store) -> Result<(), TellError> {
        let mut desk = assemble(self.config, store, &self.keys).await?;
        let registrar = self.people.values().find(|(role, _)| *role == Role::Operator);
        if let (Some((_, person)), Some(language)) = (registrar, desk.operators.first().map(|first| first.language)) {
            desk.operators = vec![Registrar { address: person.address.clone(), name: None, language }];
        }
        let is_agent = |person: &Person| self.agents.iter().any(|agent| agent.is_same(&person.address));
        let mediators = self.people.values().filter(|(role, person)| *role == Role::Mediator && !is_agent(person));
        desk.mediators.extend(mediators.map(|(_, person)| Registrar { address: person.address.clone(), name: None, language: Language::Fr }));
        if self.assigns {
            // Of the house's own mediators no story knows.
            desk.mediators.retain(|known| self.people.values().any(|(_, person)| person.address.is_same(&known.address)));
            desk.bench = Bench { by_rule: true, known: Vec::new() };
        }
        self.desk = Some(desk);
        Ok(())
    }

    fn desk(&self) -> Result<&Desk, TellError> {
        self.desk.as_ref().ok_or(TellError::NoDesk)
    }

    /// The power fails and comes back: nothing is left but what was committed.
    async fn power_fails(&mut self) -> Result<(), TellError> {
        if self.manner == Manner::PowerFails {
            if let Some(desk) = self.desk.take() {
                desk.store.close().await;
            }
            let store = Store::open(&self.url, &self.keys, Dice::from_seed(self.dice.roll())).await?;
            self.set_up(store).await?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<Vec<String>, TellError> {
        let mut said = Vec::new();
        match &step.action {
            Action::Writes { who, mailbox, subject, body, headers, signed } => {
                let desk = self.desk()?;
                let named = |counter: &&Counter| mailbox.as_ref().map_or(counter.workflow.is_some(), |name| counter.mailbox == *name);
                let to = desk.counters.iter().find(named).map(|counter| counter.address.clone());
                let to = to.ok_or_else(|| mailbox.clone().map_or(TellError::NoDesk, TellError::NoMailbox))?;
                let open = desk.store.list(Standing::Open, 1).await?.pop();
                let headers = &with_case_address(headers, &to, desk.house.separator, open.as_ref().map(|open| &open.reference));
                let person = self.person(who)?;
                let headers = &with_seller_address(headers, person, desk.house.separator);
                let bytes = compose_mail(&Draft { from: &person.address, to: to.as_str(), subject, body, answers: None, headers, at: self.now });
                self.mail(who, bytes, *signed, &mut said).await?;
            }
            Action::Answers { who, on, body, headers, signed, of } => {
                let (person, reader) = (self.person(who)?, self.person(of)?);
                let answered = reader.letters.iter().rev().find(|letter| on.is_none_or(|on| letter.channel == on));
                let letter = answered.ok_or_else(|| TellError::Step(format!("{of} has no such letter to answer")))?;
                let body = fill_codes(body, &reader.read_back()).map_err(|word| TellError::Step(format!("no letter to {of} prints a code after {word}")))?;
                let subject = format!("Re: {}", letter.subject);
                let draft = Draft { from: &person.address, to: &letter.reply_to, subject: &subject, body: &body, answers: Some(letter), headers, at: self.now };
                let bytes = compose_mail(&draft);
                self.mail(who, bytes, *signed, &mut said).await?;
            }
            Action::Commands { word, who, words } => {
                let done = if *word == "split" { self.split().await? } else { self.command(word, who.as_deref(), words).await? };
                let what = if who.is_some() { "named" } else { "done" };
                self.settled(if done { what.to_owned() } else { format!("not {what}") }, &mut said).await?;
            }
            Action::Repeats { who } => {
                let bytes = self.person(who)?.sent.clone();
                self.mail(who, bytes, true, &mut said).await?;
            }
            Action::Waits { days, working } => self.wait(*days, *working, &mut said).await?,
            Action::Bounces { who } => self.bounce(who, &mut said).await?,
        }
        Ok(said)
    }

    fn person(&self, who: &str) -> Result<&Person, TellError> {
        self.people.get(who).map(|(_, person)| person).ok_or_else(|| TellError::Step(format!("nobody is called {who}")))
    }

    async fn mail(&mut self, who: &str, bytes: Vec<u8>, signed: bool, said: &mut Vec<String>) -> Result<(), TellError> {
        self.now = self.now.plus_seconds(60);
        let verdict = if signed { Verdict::proven() } else { Verdict::refuted() };
        if let Some((_, person)) = self.people.get_mut(who) {
            person.sent.clone_from(&bytes);
        }
        self.uid = self.uid.saturating_add(1);
        let outcome = self.receive(self.uid, &bytes, &verdict).await?;
        if self.manner == Manner::Twice {
            self.uid = self.uid.saturating_add(1);
            self.receive(self.uid, &bytes, &verdict).await?;
        }
        self.carry_out().await?;
        self.settled(outcome.name(), said).await
    }

    /// Does what a registrar answered about held mails, as the daemon does.
    async fn carry_out(&mut self) -> Result<(), TellError> {
        let rounds = if self.manner == Manner::Twice { 2 } else { 1 };
        for (number, order) in self.desk()?.store.orders(100).await? {
            for _ in 0..rounds {
                let (now, mut dice) = (self.now, Dice::from_seed(self.dice.roll()));
                let desk = self.desk()?;
                let mail = Raw::of(&desk.store, number).await?.map(|raw| self.read_again(raw));
                let mut work = desk.store.begin().await?;
                settle_answer(desk, &mut work, number, order, mail.as_ref(), now, &mut dice).await?;
                work.commit().await?;
                self.power_fails().await?;
            }
        }
        Ok(())
    }

    /// Receipt, reading, settlement, filing away; under [`Manner::PowerFails`] the power fails after each of them.
    async fn receive(&mut self, uid: u32, bytes: &[u8], verdict: &Verdict) -> Result<MailOutcome, TellError> {
        let name = self.mailbox(bytes)?;
        let arrival = Arrival { mailbox: name.clone(), uid_validity: 1, uid, received: self.now, bytes: bytes.to_vec() };
        self.desk()?.store.receive(std::slice::from_ref(&arrival)).await?;
        self.power_fails().await?;
        let mut receipts = self.desk()?.store.receive(std::slice::from_ref(&arrival)).await?;
        let receipt = receipts.pop().ok_or_else(|| TellError::Step("the store gave no receipt".to_owned()))?;
        let outcome = match receipt.state {
            ReceiptState::Settled(outcome) => {
                if outcome == MailOutcome::Duplicate {
                    let desk = self.desk()?;
                    let mut work = desk.store.begin().await?;
                    settle_copy(&mut work, receipt.letter, receipt.digest, self.now).await?;
                    work.commit().await?;
                }
                outcome
            }
            ReceiptState::InHand => return Err(TellError::Step("one mail was received twice at once".to_owned())),
            ReceiptState::New { .. } => {
                let letter: Letter = letter::read(bytes, &self.config.knowledge, &self.config.limits);
                let incoming = Incoming {
                    number: receipt.letter,
                    mailbox: name.clone(),
                    digest: receipt.digest,
                    received: self.now,
                    letter: Some(letter),
                    verdict: verdict.clone(),
                    exhibits: Exhibits::default(),
                    owned: None,
                };
                let incoming = self.with_exhibits(incoming, bytes).await?;
                let mut dice = Dice::from_seed(self.dice.roll());
                let desk = self.desk()?;
                let mut work = desk.store.begin().await?;
                let outcome = settle_mail(desk, &mut work, &incoming, self.now, &mut dice).await?;
                work.commit().await?;
                outcome
            }
        };
        self.power_fails().await?;
        self.desk()?.store.filed(&Filed { mailbox: name, uid_validity: 1, uids: vec![uid], at: self.now }).await?;
        self.power_fails().await?;
        Ok(outcome)
    }

    /// The mailbox that a mail comes into: that of the address it was sent to, or the first one.
    fn mailbox(&self, bytes: &[u8]) -> Result<String, TellError> {
        let desk = self.desk()?;
        let letter = letter::read(bytes, &self.config.knowledge, &self.config.limits);
        let to: Vec<Address> = letter.to.iter().filter_map(|address| Address::parse(address).ok()).collect();
        let here = |counter: &&Counter| {
            let tagged = |address: &Address| address.is_same(&counter.address) || address.tag_of(&counter.address, desk.house.separator).is_some();
            counter.workflow.is_some() && to.iter().any(tagged)
        };
        let counter = desk.counters.iter().find(here).or(desk.counters.iter().find(|counter| counter.workflow.is_some()));
        counter.map(|counter| counter.mailbox.clone()).ok_or(TellError::NoDesk)
    }

    /// Cleans what others may hear, as the daemon does.
    async fn with_exhibits(&self, incoming: Incoming, bytes: &[u8]) -> Result<Incoming, TellError> {
        let (desk, limits) = (self.desk()?, &self.config.limits);
        let asked = wanted(desk, &incoming, self.now).await?;
        let exhibits = if asked.own { letter::exhibits(bytes, limits) } else { Exhibits::default() };
        let owned = match asked.held {
            Some(held) => desk.store.raw(held).await?.map(|bytes| (held, letter::exhibits(&bytes, limits))),
            None => None,
        };
        Ok(Incoming { exhibits, owned, ..incoming })
    }

    async fn wait(&mut self, days: u16, working: bool, said: &mut Vec<String>) -> Result<(), TellError> {
        let calendar = &self.config.calendar;
        let today = calendar.zone().day_of(self.now);
        let target_day = if working { calendar.add_working_days(today, days) } else { calendar.add_days(today, days) };
        let target = calendar.zone().at(target_day, calendar.zone().hour_of(self.now), 0).plus_seconds(3599);
        while let Some(wake) = self.desk()?.store.next_wake().await?.filter(|wake| *wake <= target) {
            self.now = wake.max(self.now);
            self.ring(said).await?;
        }
        self.now = target;
        self.desk()?.store.lapse(self.now).await?;
        Ok(())
    }

    async fn ring(&mut self, said: &mut Vec<String>) -> Result<(), TellError> {
        let due = self.desk()?.store.due(self.now, 10).await?;
        let rings = if self.manner == Manner::Twice { 2 } else { 1 };
        let nothing_due = due.is_empty();
        for id in due {
            for _ in 0..rings {
                let desk = self.desk()?;
                let mut work = desk.store.begin().await?;
                let woken = settle_due(desk, &mut work, id, self.now).await?;
                work.commit().await?;
                if woken == Woken::Outlived {
                    desk.store.erase(id).await?;
                    said.push("a dispute is erased".to_owned());
                }
                self.power_fails().await?;
            }
        }
        let mut digested = false;
        for _ in 0..rings {
            let desk = self.desk()?;
            let mut work = desk.store.begin().await?;
            digested |= settle_digest(desk, &mut work, self.now).await?;
            work.commit().await?;
            settle_morning(desk, self.now).await?;
            self.power_fails().await?;
        }
        // A morning on which no mediator is told anything is not worth a line.
        let quiet = nothing_due && !digested && self.desk()?.store.next_send().await?.is_none_or(|next| next > self.now);
        if quiet {
            return Ok(());
        }
        let day = self.config.calendar.zone().day_of(self.now);
        self.settled(format!("on {day} the clock rings"), said).await
    }

    async fn bounce(&mut self, who: &str, said: &mut Vec<String>) -> Result<(), TellError> {
        self.now = self.now.plus_seconds(60);
        let person = self.person(who)?;
        let letter = person.letters.last().ok_or_else(|| TellError::Step(format!("{who} has no letter that could come back")))?;
        let bytes = delivery_report(&person.address.to_string(), &letter.message_id, self.now);
        self.uid = self.uid.saturating_add(1);
        let outcome = self.receive(self.uid, &bytes, &Verdict::refuted()).await?;
        if let Some((_, person)) = self.people.get_mut(who) {
            person.letters.pop();
        }
        self.settled(outcome.name(), said).await
    }

    async fn disputes(&self) -> Result<Vec<DisputeSummary>, TellError> {
        let store = &self.desk()?.store;
        let mut all = store.list(Standing::Open, MOST_DISPUTES).await?;
        all.extend(store.list(Standing::Closed, MOST_DISPUTES).await?);
        Ok(all)
    }

    /// Says what was done, in which state the disputes are now, and which letters leave.
    async fn settled(&mut self, what: String, said: &mut Vec<String>) -> Result<(), TellError> {
        let mut line = what;
        for summary in self.disputes().await? {
            let outcome = self.desk()?.store.dispute(summary.id).await?.and_then(|dispute| dispute.outcome);
            let state = outcome.map_or_else(|| summary.state.clone(), |outcome| format!("{} {outcome}", summary.state));
            let before = self.states.insert(summary.reference.to_string(), state.clone());
            if before.as_ref() != Some(&state) {
                line = format!("{line}; {state}");
            }
        }
        said.push(line);
        let mut rows = self.desk()?.store.claim("story", self.now, 50, 0).await?;
        if self.manner == Manner::PowerFails {
            self.power_fails().await?;
            self.now = self.now.plus_seconds(1);
            rows = self.desk()?.store.claim("story", self.now, 50, 900).await?;
        }
        rows.sort_by(|one, other| (one.role, &one.letter).cmp(&(other.role, &other.letter)));
        for row in rows {
            self.deliver(&row, said).await?;
        }
        Ok(())
    }

    async fn deliver(&mut self, row: &OutboxRow, said: &mut Vec<String>) -> Result<(), TellError> {
        let seen = seen(&row.mail.bytes, row.mail.channel, self.config);
        let files: String = seen.files.iter().map(|name| format!(" + {name}")).collect();
        let reader = if self.agents.iter().any(|agent| agent.is_same(&row.mail.to)) { "agent" } else { row.role.name() };
        said.push(format!("{reader}: {} ({}){files}", row.letter, row.mail.language));
        self.letters.push((row.role, seen.text.clone()));
        if let Some((_, person)) = self.people.values_mut().find(|(_, person)| person.address.is_same(&row.mail.to)) {
            // People answer letters about cases, not the list of them.
            if !matches!(row.letter.as_str(), "morning" | "reminders") {
                person.letters.push(seen);
            }
        }
        let desk = self.desk()?;
        desk.store.dot_pending(row.id, "story", self.now).await?;
        desk.store.finish(row.id, "story", Sent::Delivered { reply_code: 250 }, self.now).await?;
        Ok(())
    }

    async fn finish(&mut self, outcomes: Vec<Vec<String>>) -> Result<Told, TellError> {
        let desk = self.desk()?;
        let mut faults = desk.store.check().await?;
        faults.extend(desk.store.verify().await?.faults);
        if desk.store.next_send().await?.is_some() {
            faults.push("a letter is still unsent at the end of the story".to_owned());
        }
        let mut rules = Vec::new();
        for summary in self.disputes().await? {
            let followed = desk.store.dispute(summary.id).await?.map(|dispute| dispute.rules);
            let workflow = self.config.workflows.iter().find(|rules| Some(rules.workflow.digest()) == followed).map_or("", |rules| rules.workflow.name());
            for recorded in desk.store.journal(summary.id).await? {
                rules.extend(recorded.entry.into_iter().flat_map(|entry| entry.steps).map(|step| format!("{workflow} {}", step.rule)));
            }
        }
        Ok(Told { outcomes, letters: self.letters.clone(), rules, faults })
    }
}
