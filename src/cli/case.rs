//! `elitige case`: look at disputes and decide what a person must decide.

mod split;
mod telling;

use super::arguments::Case;
use super::output::{self, done, say};
use super::{World, contact, parts};
use crate::domain::{Address, Dice, Dispute, Ground, Listing, Noticed, Party, Reference, RejectReason, Role};
use crate::settle::{Commanded, Order, settle_command};
use crate::store::{Standing, Store};
use anyhow::{Context, bail};
use std::path::Path;

/// Disputes that a list shows of each standing.
const MOST: u32 = 10_000;

/// Does `action`.
pub async fn case(folder: &Path, action: Case, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let desk = parts::desk(&config, Dice::from_seed(world.dice.roll())).await?;
    let telling = telling::words(&action, desk.calendar.zone().day_of((world.clock)()))?;
    let (reference, word, argument) = match action {
        Case::List => return list(&desk.store).await,
        Case::Show { reference } => return show(&desk.store, &reference).await,
        Case::Admit { reference, merchant, language } => (reference, "admit", [merchant, language].into_iter().flatten().collect::<Vec<_>>().join(" ")),
        Case::Assign { reference, mediator } => (reference, "assign", mediator),
        Case::Split { reference, mails } => return split::split(&desk, &config, &reference, &mails, &mut world).await,
        Case::Merge { reference, into } => (reference, "merge", into),
        Case::Reject { reference, reason } => (reference, "reject", reason),
        Case::Disclose { reference, .. } => (reference, "disclose", telling),
        Case::DiscloseUnasked { reference, .. } => (reference, "disclose-unasked", telling),
        Case::Disclosed { reference } => (reference, "disclosed", String::new()),
        Case::Close { reference } => (reference, "close", String::new()),
        Case::Park { reference } => (reference, "park", String::new()),
        Case::Reroute { reference } => (reference, "reroute", String::new()),
        Case::Reopen { reference } => (reference, "reopen", String::new()),
        Case::Erase { reference } => return erase(&desk.store, &reference).await,
        Case::Hold { reference } => {
            let done = "it is on hold: nothing binding is heard, no clock rings, and the parties are told nothing new.";
            return contact::order(&desk, &reference, Order::Hold, done, &mut world).await;
        }
        Case::Release { reference } => return contact::order(&desk, &reference, Order::Release, "it goes on.", &mut world).await,
        Case::Contact { action } => return contact::contact(&desk, action, &mut world).await,
    };
    let reference = Reference::parse(&reference)?;
    let mut work = desk.store.begin().await?;
    let commanded = settle_command(&desk, &mut work, &reference, word, &argument, (world.clock)(), &mut world.dice).await?;
    match commanded {
        Commanded::Done(state) => {
            work.commit().await?;
            done!("{reference} is now {state}. The daemon sends what follows.");
            Ok(true)
        }
        Commanded::NoSuchDispute => bail!("no dispute has the reference {reference}; `elitige case list` shows them"),
        Commanded::Erased => bail!("{reference} was erased, and nothing can be done in it any more; only its journal is left"),
        Commanded::NotNow(_) if word == "disclose" => {
            bail!("{reference} asks nothing of both sides now: both must take part, nobody may have paused, and no other such question may be open")
        }
        Commanded::NotNow(_) if word == "disclose-unasked" => {
            bail!("nothing is noted in {reference}: to enforce an agreement there must be one, and a customer service tells nobody but its merchant")
        }
        Commanded::NotNow(_) if word == "disclosed" => bail!("nothing may be told in {reference}: `elitige case show {reference}` says what both sides allow"),
        Commanded::NotNow(state) => bail!("{reference} cannot be {} while it is {state}; `elitige case show {reference}` shows its file", undergone(word)),
        Commanded::OnHold => bail!("{reference} is on hold; `elitige case release {reference}` lets it go on"),
        Commanded::Unclear if word == "reject" => bail!("{argument} is no reason to reject a complaint; the reasons are:\n{}", reasons()),
        Commanded::Unclear => bail!("{}", unclear(word)),
        Commanded::NoMerchant => bail!("nobody knows an address of the seller of {reference}, so it is as it was; name it with --merchant ADDRESS"),
    }
}

/// What happens to a dispute by the command `word`.
fn undergone(word: &str) -> &str {
    match word {
        "admit" => "admitted",
        "assign" => "given to a mediator",
        "merge" => "merged",
        "reject" => "rejected",
        "close" => "closed",
        "park" => "parked",
        "reroute" => "rerouted",
        "reopen" => "reopened",
        other => other,
    }
}

/// Every reason for which a complaint is rejected, each on a line.
fn reasons() -> String {
    RejectReason::ALL.iter().map(|reason| format!("  {}  {}", reason.name(), reason.meaning())).collect::<Vec<_>>().join("\n")
}

/// What a command needs that its words do not name.
fn unclear(word: &str) -> &'static str {
    match word {
        "admit" => {
            "nobody was invited: write in --merchant one e-mail address that is neither the buyer's nor one of the service or of those who work there, and in \
             --language fr, ar or en"
        }
        "assign" => "no mediator of service.toml has that address; add a [[mediator]] there first",
        "disclose" | "disclose-unasked" => "that cannot be told in those words; write each flag in one line, without addresses or telephone numbers",
        "merge" => "a dispute can only be merged into another open one of the same consumer; write its reference",
        _ => "the reason is not one of the list; write for example R_SCOPE or R_NO_PRIOR_CONTACT",
    }
}

async fn list(store: &Store) -> anyhow::Result<bool> {
    let mut lines = Vec::new();
    for standing in [Standing::Open, Standing::Closed, Standing::Erased] {
        for summary in store.list(standing, MOST).await? {
            let dispute = store.dispute(summary.id).await?;
            let outcome = dispute.as_ref().map(ended).unwrap_or_default();
            let wake = summary.wake.map(|wake| format!("  next clock {}", wake.rfc3339())).unwrap_or_default();
            // The state that it ended in says nothing any more: there is no file behind it.
            let state = if standing == Standing::Erased { standing.name() } else { &summary.state };
            lines.push(format!("{}  {state}{outcome}  opened {}{wake}", summary.reference, summary.opened.rfc3339()));
        }
    }
    output::list(lines);
    Ok(true)
}

/// How it ended, and how both sides came to their agreement.
fn ended(dispute: &Dispute) -> String {
    let outcome = dispute.outcome.map(|outcome| format!(" {outcome}")).unwrap_or_default();
    let settled = dispute.settled().map(|settled| format!(" ({settled})")).unwrap_or_default();
    format!("{outcome}{settled}")
}

async fn show(store: &Store, reference: &str) -> anyhow::Result<bool> {
    let reference = Reference::parse(reference)?;
    let id = store.by_reference(&reference).await?.with_context(|| format!("no dispute has the reference {reference}; `elitige case list` shows them"))?;
    let dispute = store.dispute(id).await?.with_context(|| format!("{reference} was erased; only its journal is left"))?;
    print_file(&dispute);
    say!("\nMails");
    // What is held was heard by nobody: `elitige held list` shows it.
    for (number, received, outcome) in store.letters_of(id).await?.into_iter().filter(|(_, _, outcome)| !outcome.is_held()) {
        say!("  {number}  {}  {}", received.rfc3339(), outcome.name());
    }
    say!("\nJournal");
    for recorded in store.journal(id).await? {
        let Some(entry) = recorded.entry else {
            say!("  {}  cannot be opened", recorded.seq);
            continue;
        };
        let steps: Vec<String> = entry.steps.iter().map(|step| format!("{} {} → {}", step.rule, step.from, step.to)).collect();
        say!("  {}  {} {}  {}  letters: {}  {}", entry.at.rfc3339(), entry.actor.name(), entry.act.name(), steps.join(", "), entry.letters.len(), entry.note);
    }
    Ok(true)
}

/// Erases a closed dispute, and says what the program cannot erase.
async fn erase(store: &Store, reference: &str) -> anyhow::Result<bool> {
    let reference = Reference::parse(reference)?;
    let id = store.by_reference(&reference).await?.with_context(|| format!("no dispute has the reference {reference}; `elitige case list` shows them"))?;
    let dispute = store.dispute(id).await?.with_context(|| format!("{reference} was erased before"))?;
    if !dispute.is_closed() {
        bail!("{reference} is {}; only a closed dispute can be erased", dispute.state);
    }
    if dispute.frozen.is_some() {
        bail!("{reference} is on hold, and so it is kept; `elitige case release {reference}` lets it go");
    }
    store.erase(id).await?;
    done!("{reference} is erased: its key is destroyed, its mails and letters are gone; the chain of its journal stays.");
    done!("Not erased by this: its mails in the folders of the mailbox, and backups made before today. Delete them too.");
    Ok(true)
}

fn print_noticed(noticed: &Noticed) {
    if noticed.is_nothing() {
        return;
    }
    say!("\nNoticed (priority {})", noticed.priority.name());
    let said =
        [("hold", noticed.hold.as_deref()), ("mediator proposed", noticed.mediator.as_ref().map(Address::as_str)), ("category", noticed.category.as_deref())];
    for (what, words) in said.into_iter().filter_map(|(what, words)| Some((what, words?))) {
        say!("  {what}: {words}");
    }
    if !noticed.tags.is_empty() {
        say!("  tags: {}", noticed.tags.join(", "));
    }
    for rule in &noticed.because {
        say!("  rule {rule}");
    }
}

fn print_charters(dispute: &Dispute) {
    for party in [Party::Consumer, Party::Merchant] {
        let assent = dispute.consent.charter(party);
        let Some(told) = assent.told() else { continue };
        let accepted = assent.accepted().map_or_else(|| "not accepted yet".to_owned(), |(_, given)| format!("accepted {}", given.at.rfc3339()));
        say!(
            "  charter: the {} was told version {} on {}, {accepted}; digest {}",
            Role::from(party),
            told.edition.version,
            told.at.rfc3339(),
            told.edition.digest
        );
    }
}

fn print_disclosures(dispute: &Dispute) {
    for one in &dispute.disclosures {
        let asking = &one.asking;
        let standing = match one.revoked_by() {
            Some(_) => "allowed, and not any more".to_owned(),
            None if one.is_open() => format!("asked, until {}", one.ends.day),
            None if one.was_given() => format!("allowed until {}", asking.until),
            None => "not allowed".to_owned(),
        };
        let told = one.told_at().fold(String::new(), |told, at| format!("{told}, told {}", at.rfc3339()));
        say!("  disclosure: {} to {}, for {} asks {}: {standing}{told}", asking.items, asking.to, asking.by, asking.purpose);
    }
}

fn print_exempted(dispute: &Dispute) {
    for one in &dispute.exempted {
        let (told, at) = (&one.exempted, one.given.at.rfc3339());
        let items = if told.ground == Ground::Enforcement { "the agreement" } else { &told.items };
        let sides = if told.sides_told { "both sides were told" } else { "the sides were not told" };
        say!("  disclosure: {items} to {}, told {at} without asking ({}: {}); {sides}", told.to, told.ground.name(), told.reason);
    }
}

/// How the points of each side stand, and not what they are: that is between the side and the mediator (DOMAIN §5.8).
fn print_points(dispute: &Dispute) {
    for party in [Party::Consumer, Party::Merchant] {
        let tally = dispute.points.tally(party);
        let until = dispute.points.ends(party).map(|ends| format!(", until {}", ends.day)).unwrap_or_default();
        if tally.asked > 0 {
            say!("  points: the {} was asked {}, answered {}, left {}{until}", Role::from(party), tally.asked, tally.answered, tally.left());
        }
    }
}

fn print_file(dispute: &Dispute) {
    say!("{}  {}{}  opened {}", dispute.reference, dispute.state, ended(dispute), dispute.opened.rfc3339());
    if let Some(deadline) = &dispute.deadline {
        say!("  until {} (next clock {})", deadline.day, deadline.wakes().rfc3339());
    }
    for role in Role::ALL {
        if let Some(person) = dispute.participant(role) {
            say!("  {role}: {} {} ({})", output::one_line(person.name.as_deref().unwrap_or("–")), person.address, person.language);
        }
    }
    print_charters(dispute);
    contact::contacts(dispute).iter().for_each(|contact| say!("  also {contact}"));
    print_disclosures(dispute);
    print_exempted(dispute);
    print_points(dispute);
    match dispute.listing.as_ref().filter(|_| dispute.merchant.is_none()) {
        Some(Listing::Exact { name, contact, .. }) => {
            say!("  registry: {name}{}", contact.as_ref().map_or_else(String::new, |(address, day)| format!(" {address} (confirmed {day})")));
        }
        Some(Listing::Perhaps(names)) => say!("  registry: perhaps {}", names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")),
        None => {}
    }
    if let Some(since) = dispute.frozen {
        say!("  on hold since {}; `elitige case release` lets it go on", since.rfc3339());
    }
    print_noticed(&dispute.noticed);
    say!("\nComplaint{}", dispute.complaint.category.as_deref().map(|category| format!(" ({category})")).unwrap_or_default());
    for (fact, value) in dispute.complaint.facts.iter() {
        say!("  {}: {}", fact.name(), output::one_line(value));
    }
    for line in dispute.complaint.words.lines() {
        say!("  | {line}");
    }
    if let Some(agreement) = dispute.consent.agreement() {
        let (consumer, merchant) = (agreement.consumer.at.rfc3339(), agreement.merchant.at.rfc3339());
        let settled = dispute.settled().map(|settled| format!(" ({settled})")).unwrap_or_default();
        say!("\nAgreement {}{settled}\n  the consumer {consumer}, the merchant {merchant}", agreement.digest);
    }
}
