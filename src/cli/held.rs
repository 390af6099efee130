//! `elitige held`: mails that wait for a person, and what a person decides about them.

mod show;

pub(super) use show::letters_in_words;

use super::arguments::{Held, Speaks};
use super::output::{self, complain, done};
use super::{World, parts};
use crate::authenticate::Verdict;
use crate::compose::{OLD_AFTER_DAYS, waits_because};
use crate::config::Config;
use crate::domain::{Dice, DisputeId, Instant, Language, Reference, Role};
use crate::reader::{REST, ReaderSettings, Readers, THIS_PROGRAM};
use crate::settle::{By, Carried, Desk, Done, Incoming, Raw, guesses, likeliest, settle_pen_order};
use crate::store::{LetterNumber, PenOrder, Store};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

/// Mails that a list shows.
const MOST: u32 = 10_000;
const DAY: i64 = 86_400;

/// Does `action`.
pub async fn held(folder: &Path, action: Held, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let now = (world.clock)();
    let desk = parts::desk(&config, Dice::from_seed(world.dice.roll())).await?;
    match action {
        Held::List => list(&desk.store, now).await?,
        Held::Show { number, raw: true } => {
            let raw = desk.store.raw(LetterNumber(number)).await?.with_context(|| nothing(number))?;
            let note = desk.store.note(LetterNumber(number)).await?;
            if let Some(verdict) = note.and_then(|note| serde_json::from_str::<Verdict>(&note.verdict).ok()) {
                // Standard output is the mail, byte for byte.
                complain!("{}", verdict.sentence());
            }
            output::bytes(&raw);
        }
        Held::Show { number, raw: false } => show::show(&desk, &mail(&desk, &config, number).await?, now, &mut world.dice).await?,
        Held::Release { number, role, reference, new } => {
            let mail = mail(&desk, &config, number).await?;
            let order = if new { PenOrder::Open } else { heard_as(&desk, &mail, role, reference.as_deref()).await? };
            carry_out(&desk, number, order, Some(&mail), now, &mut world.dice).await?;
        }
        Held::Attach { number, reference } => {
            let order = PenOrder::Attach(dispute(&desk.store, &reference).await?);
            carry_out(&desk, number, order, None, now, &mut world.dice).await?;
        }
        Held::Discard { number } => carry_out(&desk, number, PenOrder::Discard, None, now, &mut world.dice).await?,
    }
    Ok(true)
}

fn nothing(number: i64) -> String {
    format!("there is no mail with the number {number}; `elitige held list` shows those that wait")
}

async fn list(store: &Store, now: Instant) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for letter in store.held(MOST).await? {
        let dispute = letter.dispute.map_or_else(|| "–".to_owned(), |reference| reference.to_string());
        let old = if now.seconds_since(letter.received) > OLD_AFTER_DAYS.saturating_mul(DAY) { "  (old)" } else { "" };
        let why = waits_because(letter.reason, Language::En);
        lines.push(format!("{}  {}  {}  {}  {dispute}  {why}{old}", letter.number, letter.received.rfc3339(), letter.mailbox, letter.reason));
    }
    output::list(lines);
    Ok(())
}

/// The held mail, read by a worker of its own as the daemon would.
async fn mail(desk: &Desk, config: &Config, number: i64) -> anyhow::Result<Incoming> {
    let number = LetterNumber(number);
    let Some(raw) = Raw::of(&desk.store, number).await? else {
        let mut work = desk.store.begin().await?;
        match work.outcome_of(number).await? {
            Some(outcome) => bail!("mail {number} is held no longer: its outcome is {}", outcome.name()),
            None => bail!("{}", nothing(number.0)),
        }
    };
    read_again(config, vec![raw]).await.pop().with_context(|| nothing(number.0))
}

/// Mails as a worker reads them now.
pub(super) async fn read_again(config: &Config, raws: Vec<Raw>) -> Vec<Incoming> {
    let settings =
        ReaderSettings { program: PathBuf::from(THIS_PROGRAM), workers: 1, knowledge: config.knowledge.clone(), limits: config.limits.clone(), rest: REST };
    let readers = Readers::new(settings);
    let mut mails = Vec::new();
    for raw in raws {
        mails.push(raw.read(&readers).await);
    }
    readers.close().await;
    mails
}

async fn dispute(store: &Store, reference: &str) -> anyhow::Result<DisputeId> {
    let reference = Reference::parse(reference)?;
    store.by_reference(&reference).await?.with_context(|| format!("no dispute has the reference {reference}; `elitige case list` shows them"))
}

/// As whose words a mail is heard: what the registrar says, and for the rest what is likeliest.
async fn heard_as(desk: &Desk, mail: &Incoming, role: Option<Speaks>, reference: Option<&str>) -> anyhow::Result<PenOrder> {
    let role = role.map(|role| match role {
        Speaks::Consumer => Role::Consumer,
        Speaks::Merchant => Role::Merchant,
    });
    let mut work = desk.store.begin().await?;
    let mut likely = guesses(desk, &mut work, mail).await?;
    drop(work);
    if let Some(reference) = reference {
        let id = dispute(&desk.store, reference).await?;
        likely.retain(|guess| guess.dispute == id);
        let guessed = role.or_else(|| likely.iter().find_map(|guess| guess.role));
        return guessed.map(|role| PenOrder::Hear(id, role)).context("nothing says whose words it is; add --as consumer or --as merchant");
    }
    if let Some(role) = role {
        likely.retain(|guess| guess.role.is_none_or(|known| known == role));
        likely.iter_mut().for_each(|guess| guess.role = Some(role));
    }
    let (dispute, role) = likeliest(&likely)
        .context("nothing says for sure in which dispute it is to be heard, and as whose words; add --in EL-… and --as consumer or --as merchant, or --new")?;
    Ok(PenOrder::Hear(dispute, role))
}

async fn carry_out(desk: &Desk, number: i64, order: PenOrder, mail: Option<&Incoming>, now: Instant, dice: &mut Dice) -> anyhow::Result<()> {
    let mut work = desk.store.begin().await?;
    match settle_pen_order(desk, &mut work, LetterNumber(number), order, By::CommandLine, mail, now, dice).await? {
        Carried::Done(done) => {
            work.commit().await?;
            done!("Mail {number} {}", sentence(&done, order));
            Ok(())
        }
        Carried::Refused(refusal) => bail!("mail {number}: {refusal}"),
    }
}

fn sentence(done: &Done, order: PenOrder) -> String {
    match done {
        Done::Heard { reference, outcome, state, letters } => {
            let whose = match order {
                PenOrder::Hear(_, role) => format!("as words of the {role}, with no legal weight"),
                _ => "as a newcomer's complaint".to_owned(),
            };
            let now = reference.as_ref().map(|reference| format!("; {reference} is now {state}")).unwrap_or_default();
            format!("was heard {whose}: {}{now}. {}", outcome.name(), letters_in_words(letters, "The daemon sends"))
        }
        Done::Attached(reference) => format!("is kept with {reference}; nothing else changed."),
        Done::Discarded => "was put aside; its bytes are kept as long as those of any mail.".to_owned(),
    }
}
