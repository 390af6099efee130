//! A story on real servers: people send through Postfix, letters are read from Maildirs, only the clock is turned by hand.

mod arrivals;
mod pause;

use crate::harness::Town;
use crate::harness::person::{Person, Received};
use elitige::config::{self, Config, OperatorConfig, Surroundings};
use elitige::domain::{Address, Channel, Day, Dice, Instant, Language, Reference, Role, Token};
use elitige::letter;
use elitige::service::{self, Service};
use elitige::settle::{Bench, Raw, settle_command, settle_split};
use elitige::store::{Keys, Standing, Store};
use elitige::story::{Action, Draft, LetterSeen, Script, Step, compose_mail, fill_codes, list, with_case_address};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(20);
/// More mails than a story holds.
const MOST_HELD: u32 = 1_000;

/// The configuration of `town`, which all stories there begin with.
pub fn load(town: &Town) -> Config {
    let surroundings = Surroundings { today: Day::new(2026, 11, 23).unwrap(), credentials: None };
    config::load(&town.config(), &surroundings).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// Everybody who plays in `scripts`, once.
pub fn people(scripts: &[(String, Script)]) -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> =
        scripts.iter().flat_map(|(_, script)| script.people.iter().map(|(name, (_, address))| (name.clone(), address.to_string()))).collect();
    people.sort();
    people.dedup();
    people
}

/// One story on the stage.
pub struct Stage<'a> {
    town: &'a Town,
    config: Arc<Config>,
    service: Arc<Service>,
    clock: Arc<AtomicI64>,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<()>,
    cast: BTreeMap<String, Actor>,
    filed: (usize, usize),
    /// Letters that arrived.
    received: usize,
    /// Mails that earlier stories left in the folder for held mail.
    left: usize,
}

struct Actor {
    role: Role,
    person: Person,
    latest: Option<(LetterSeen, Received)>,
    letters: Vec<LetterSeen>,
    read: String,
    sent: Option<(String, Vec<u8>, bool)>,
}

impl<'a> Stage<'a> {
    /// Sets the stage: a fresh store, the town's servers, the loops running.
    pub async fn set(town: &'a Town, config: &Config, script: &Script, scratch: &Path) -> Stage<'a> {
        let mut config = config.clone();
        // In a story one mail comes after the other.
        config.service.work.readers = 1;
        // Deadlines wait until the inbox was read: a story looks often.
        config.service.work.poll = Duration::from_millis(200);
        let mediators = script.people.values().filter(|(role, _)| *role == Role::Mediator);
        let named = mediators.map(|(_, address)| OperatorConfig { address: address.clone(), name: None, language: Language::Fr });
        config.service.mediators.extend(named);
        let config = Arc::new(config);
        let keys = Keys::create(&scratch.join("story.key"), &mut Dice::from_seed([7; 32])).unwrap();
        let store = Store::create(&database(scratch), &keys, Dice::from_seed([8; 32])).await.unwrap();
        list(&store, &script.listed).await.unwrap();
        let clock = Arc::new(AtomicI64::new(script.begins.micros()));
        let mut service = awake(&config, store, &keys, &clock, 9).await;
        if script.assigns {
            // Of the house's own mediators no story knows.
            service.desk.mediators.retain(|known| script.people.values().any(|(_, address)| known.address.is_same(address)));
            service.desk.bench = Bench { by_rule: true, known: Vec::new() };
        }
        let service = Arc::new(service);
        let stop = CancellationToken::new();
        let running = tokio::spawn(service::run(Arc::clone(&service), stop.clone()));
        let mut cast = BTreeMap::new();
        for (name, (role, address)) in &script.people {
            let mut person = Person::new(name, address.as_str(), &town.dovecot, &town.postfix, &town.signers);
            while person.next_mail_if(Duration::ZERO, |_| true).await.is_some() {}
            cast.insert(name.clone(), Actor { role: *role, person, latest: None, letters: Vec::new(), read: String::new(), sent: None });
        }
        let mut stage = Stage { town, config, service, clock, stop, running, cast, filed: (0, 0), received: 0, left: 0 };
        stage.filed = stage.count_filed();
        stage.left = stage.filed.1;
        stage
    }

    /// Plays one step and checks that what was recorded of it happens.
    pub async fn play(&mut self, step: &Step) -> Result<(), String> {
        match &step.action {
            Action::Waits { days, working } => return self.wait(*days, *working, &step.recorded).await,
            Action::Bounces { who } => self.bounce(who)?,
            Action::Repeats { who } => self.repeat(who)?,
            Action::Commands { word, who, words } => {
                let argument = who.as_ref().map(|who| self.actor(who).map(|actor| actor.person.address().to_owned())).transpose()?;
                self.command(word, &argument.unwrap_or_else(|| words.clone())).await?;
                return self.letters_arrive(&step.recorded).await;
            }
            Action::Writes { .. } | Action::Answers { .. } => self.mail(&step.action).await?,
        }
        let held = step.recorded.first().is_some_and(|line| line.starts_with("held"));
        match step.recorded.first().is_some_and(|line| line.starts_with("ordered")) {
            true => self.held_mail_is_refiled().await?,
            false => self.mail_is_filed(held).await?,
        }
        self.letters_arrive(&step.recorded).await
    }

    /// The story is over: nothing is unread, nothing unsent, the store is sound.
    pub async fn end(self) -> Result<(), String> {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(30), self.running)
            .await
            .map_err(|_| "the loops do not stop within thirty seconds")?
            .map_err(|error| error.to_string())?;
        let faults = self.service.desk.store.check().await.map_err(|error| error.to_string())?;
        if !faults.is_empty() {
            return Err(faults.join("\n"));
        }
        let faults = self.service.desk.store.verify().await.map_err(|error| error.to_string())?.faults;
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }

    fn now(&self) -> Instant {
        Instant::from_micros(self.clock.load(Ordering::SeqCst))
    }

    fn turn(&self, to: Instant) {
        self.clock.store(to.micros(), Ordering::SeqCst);
        self.service.timers.notify_one();
        self.service.outbox.notify_one();
    }

    fn actor(&self, who: &str) -> Result<&Actor, String> {
        self.cast.get(who).ok_or_else(|| format!("nobody is called {who}"))
    }

    /// What the registrar does on the command line, in this process: the real program has another clock.
    async fn command(&mut self, word: &str, argument: &str) -> Result<(), String> {
        self.turn(self.now().plus_seconds(60));
        let desk = &self.service.desk;
        let mut found = desk.store.list(Standing::Open, 1).await.map_err(|error| error.to_string())?;
        if found.is_empty() || word == "reopen" {
            found = desk.store.list(Standing::Closed, 1).await.map_err(|error| error.to_string())?;
        }
        let found = found.pop().ok_or("there is no such dispute")?;
        // Two commands throw different dice.
        let mut seed = [10; 32];
        seed[..8].copy_from_slice(&self.now().micros().to_be_bytes());
        let mut dice = Dice::from_seed(seed);
        let mut work = desk.store.begin().await.map_err(|error| error.to_string())?;
        if word == "split" {
            let latest = desk.store.letters_of(found.id).await.map_err(|error| error.to_string())?.pop().ok_or("there is no such mail")?;
            let raw = Raw::settled(&desk.store, latest.0).await.map_err(|error| error.to_string())?.ok_or("there is no such mail")?;
            let letter = letter::read(&raw.bytes, &self.config.knowledge, &self.config.limits);
            let exhibits = letter::exhibits(&raw.bytes, &self.config.limits);
            let mail = [raw.as_read(Some(letter), exhibits)];
            settle_split(desk, &mut work, &found.reference, &mail, self.now(), &mut dice).await.map_err(|error| error.to_string())?;
        } else {
            settle_command(desk, &mut work, &found.reference, word, argument, self.now(), &mut dice).await.map_err(|error| error.to_string())?;
        }
        work.commit().await.map_err(|error| error.to_string())?;
        self.service.outbox.notify_one();
        Ok(())
    }

    async fn open(&self) -> Result<Option<Reference>, String> {
        let open = self.service.desk.store.list(Standing::Open, 1).await.map_err(|error| error.to_string())?.pop();
        Ok(open.map(|open| open.reference))
    }

    /// The channel of a letter: what its reply address is bound to; `None` for a list of cases, which belongs to none.
    async fn channel(&self, mail: &Received) -> Result<Option<Channel>, String> {
        let reply_to = mail.header("Reply-To").unwrap_or_default();
        let token = reply_to.split_once(self.service.desk.house.separator).and_then(|(_, rest)| Token::parse(rest.split('@').next().unwrap_or_default()));
        let Some(token) = token else { return Ok(None) };
        let mut work = self.service.desk.store.begin().await.map_err(|error| error.to_string())?;
        let bound = work.by_token(&token).await.map_err(|error| error.to_string())?;
        Ok(bound.map(|bound| bound.channel))
    }

    async fn mail(&mut self, action: &Action) -> Result<(), String> {
        self.turn(self.now().plus_seconds(60));
        let (who, to, bytes, signed) = match action {
            Action::Writes { who, mailbox: _, subject, body, headers, signed } => {
                let (to, from) = (self.town.desk(), address(self.actor(who)?));
                let desk = Address::parse(&to).map_err(|error| error.to_string())?;
                let headers = &with_case_address(headers, &desk, self.service.desk.house.separator, self.open().await?.as_ref());
                let bytes = compose_mail(&Draft { from: &from, to: &to, subject, body, answers: None, headers, at: self.now() });
                (who, to, bytes, *signed)
            }
            Action::Answers { who, on, body, headers, signed, of } => {
                let (actor, reader) = (self.actor(who)?, self.actor(of)?);
                let answered = reader.letters.iter().rev().find(|letter| on.is_none_or(|on| letter.channel == on));
                let letter = answered.ok_or_else(|| format!("{of} has no such letter to answer"))?;
                let body = fill_codes(body, &reader.read).map_err(|word| format!("no letter to {of} prints a code after {word}"))?;
                let (subject, from) = (format!("Re: {}", letter.subject), address(actor));
                let bytes =
                    compose_mail(&Draft { from: &from, to: &letter.reply_to, subject: &subject, body: &body, answers: Some(letter), headers, at: self.now() });
                (who, letter.reply_to.clone(), bytes, *signed)
            }
            _ => return Err("this step is no mail".to_owned()),
        };
        self.hand_in(who, to, bytes, signed)
    }

    fn hand_in(&mut self, who: &str, to: String, bytes: Vec<u8>, signed: bool) -> Result<(), String> {
        let actor = self.cast.get_mut(who).ok_or("nobody is called that")?;
        if signed {
            actor.person.send_raw(&to, &bytes);
        } else {
            actor.person.send_unsigned(&to, &bytes);
        }
        actor.sent = Some((to, bytes, signed));
        Ok(())
    }

    fn repeat(&mut self, who: &str) -> Result<(), String> {
        self.turn(self.now().plus_seconds(60));
        let (to, bytes, signed) = self.actor(who)?.sent.clone().ok_or("there is nothing to send again")?;
        self.hand_in(who, to, bytes, signed)
    }

    /// A delivery report goes to the address that the letter was sent from, as an MTA would send it.
    fn bounce(&mut self, who: &str) -> Result<(), String> {
        self.turn(self.now().plus_seconds(60));
        let actor = self.actor(who)?;
        let (letter, mail) = actor.latest.as_ref().ok_or("no letter could come back")?;
        let path = mail.header("Return-Path").unwrap_or_default();
        let to = path.trim_matches(['<', '>', ' ']).to_owned();
        let report = elitige::story::delivery_report(actor.person.address(), &letter.message_id, self.now());
        actor.person.send_unsigned(&to, &report);
        Ok(())
    }

    /// The mail is filed away where it belongs, and so is each held mail that it makes heard, out of the folder for held mail.
    async fn mail_is_filed(&mut self, held: bool) -> Result<(), String> {
        let before = self.filed;
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let store = &self.service.desk.store;
            let misfiled = store.misfiled("mediation", 1).await.map_err(|error| error.to_string())?.len();
            let waiting = store.held(MOST_HELD).await.map_err(|error| error.to_string())?.len();
            let filed = self.count_filed();
            let right = if held { filed.1 == before.1 + 1 } else { filed.0 > before.0 && filed.1 <= before.1 };
            if right && misfiled == 0 && filed.0 + filed.1 == before.0 + before.1 + 1 && filed.1 == self.left + waiting {
                self.filed = filed;
                return Ok(());
            }
            if std::time::Instant::now() > end {
                return Err(format!("filed {filed:?} after {before:?}; {waiting} are held, {misfiled} lie in the wrong folder"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The registrar's answer is filed away, and so is each held mail that it decided about, out of the folder for held mail.
    async fn held_mail_is_refiled(&mut self) -> Result<(), String> {
        let before = self.filed;
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let store = &self.service.desk.store;
            let orders = store.orders(1).await.map_err(|error| error.to_string())?.len();
            let misfiled = store.misfiled("mediation", 1).await.map_err(|error| error.to_string())?.len();
            let filed = self.count_filed();
            if orders + misfiled == 0 && filed.0 + filed.1 == before.0 + before.1 + 1 && filed.1 < before.1 {
                self.filed = filed;
                return Ok(());
            }
            if std::time::Instant::now() > end {
                return Err(format!("what was ordered about held mail is not done: {filed:?} after {before:?}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn count_filed(&self) -> (usize, usize) {
        let count = |folder: &str| {
            [crate::harness::town::DESK, crate::harness::town::BOUNCES]
                .iter()
                .flat_map(|address| ["new", "cur"].map(|part| self.town.dovecot.maildir(address).join(folder).join(part)))
                .filter_map(|path| std::fs::read_dir(path).ok())
                .map(Iterator::count)
                .sum()
        };
        (count(".Archive"), count(".Held"))
    }

    async fn wait(&mut self, days: u16, working: bool, recorded: &[String]) -> Result<(), String> {
        let calendar = &self.config.calendar;
        let today = calendar.zone().day_of(self.now());
        let day = if working { calendar.add_working_days(today, days) } else { calendar.add_days(today, days) };
        let target = calendar.zone().at(day, calendar.zone().hour_of(self.now()), 0).plus_seconds(3599);
        self.is_quiet().await?;
        let before = self.letters().await?;
        while let Some(wake) = self.next_wake().await?.filter(|wake| *wake <= target) {
            self.turn(wake.max(self.now()));
            self.is_quiet().await?;
        }
        self.turn(target);
        // What is erased takes its letters along, and nothing else does.
        let now = self.letters().await?;
        let gone = before.iter().filter(|letter| !now.contains(letter)).count();
        if (gone > 0) != recorded.iter().any(|line| line == "a dispute is erased") {
            return Err(format!("{gone} letters were erased"));
        }
        self.received -= gone;
        self.letters_arrive(recorded).await
    }

    /// No clock is due and everything has left. A lease is as long as a clock says: the clock turns when no letter is on its way.
    async fn is_quiet(&self) -> Result<(), String> {
        let end = std::time::Instant::now() + PATIENCE;
        while self.next_wake().await?.is_some_and(|next| next <= self.now()) || self.unsent().await? > 0 {
            if std::time::Instant::now() > end {
                return Err("a clock was not heard".to_owned());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    async fn unsent(&self) -> Result<u32, String> {
        self.count_rows(&["queued", "leased", "dot-pending"]).await
    }

    async fn next_wake(&self) -> Result<Option<Instant>, String> {
        self.service.desk.store.next_wake().await.map_err(|error| error.to_string())
    }
}

/// The service on `store`, whose time is what `clock` shows.
async fn awake(config: &Config, store: Store, keys: &Keys, clock: &Arc<AtomicI64>, chance: u8) -> Service {
    let shown = Arc::clone(clock);
    let tell = Arc::new(move || Instant::from_micros(shown.load(Ordering::SeqCst)));
    let program = PathBuf::from(env!("CARGO_BIN_EXE_elitige"));
    service::build(config, store, keys, program, tell, Dice::from_seed([chance; 32])).await.unwrap()
}

fn database(scratch: &Path) -> String {
    format!("sqlite:{}", scratch.join("story.db").display())
}

fn address(actor: &Actor) -> elitige::domain::Address {
    elitige::domain::Address::parse(actor.person.address()).expect("the harness makes strict addresses")
}
