//! `elitige merchants`: the registry of merchants.

mod rows;
mod table;

use super::arguments::Merchants;
use super::output::{self, done, say};
use super::{World, parts};
use crate::domain::merchant::{Confirmation, ConfirmedBy, Found, Identifier, MerchantContact, Stated, find};
use crate::domain::{Address, Day, Merchant};
use crate::store::{Kept, Store};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest file that is imported, in bytes.
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// Does `action`.
pub async fn merchants(folder: &Path, action: Merchants, world: &World) -> anyhow::Result<bool> {
    let config = parts::config(folder, world)?;
    let (_, store) = parts::store(&config, world.dice.clone()).await?;
    let today = config.calendar.zone().day_of((world.clock)());
    match action {
        Merchants::Import { file } => import(&store, &file, today).await,
        Merchants::List { json } => {
            let merchants = store.merchants().await?;
            if json {
                merchants.iter().for_each(|merchant| output::data(&format!("{}\n", as_json(merchant))));
            } else {
                output::list(merchants.iter().map(as_line));
            }
            Ok(true)
        }
        Merchants::Show { name } => {
            print_merchant(&named(&store, &name).await?);
            Ok(true)
        }
        Merchants::Confirm { name, address } => confirm(&store, &name, &address, today).await,
    }
}

/// Imports a whole file, or nothing of it.
async fn import(store: &Store, file: &Path, today: Day) -> anyhow::Result<bool> {
    let mut text = String::new();
    if file.is_dir() {
        bail!("{} is a folder; name the CSV file that is to be imported", file.display());
    }
    let opened = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    opened
        .take(LARGEST_FILE.saturating_add(1))
        .read_to_string(&mut text)
        .with_context(|| format!("{} cannot be read; save it as CSV in UTF-8", file.display()))?;
    if u64::try_from(text.len()).is_ok_and(|length| length > LARGEST_FILE) {
        bail!("{} is larger than 16 MiB; import it in parts", file.display());
    }
    let merchants = match rows::merchants(&text, today) {
        Ok(merchants) => merchants,
        Err(faults) => {
            faults.iter().for_each(|fault| say!("{}:{fault}", file.display()));
            say!("Nothing was imported; mend the lines above and import the file again.");
            return Ok(false);
        }
    };
    let (mut new, mut changed) = (0usize, 0usize);
    let mut work = store.begin().await?;
    for merchant in &merchants {
        let merchant = match work.merchant(&merchant.identifier).await? {
            Some(known) => merchant.clone().over(&known),
            None => merchant.clone(),
        };
        match work.keep_merchant(&merchant).await? {
            Kept::New => new = new.saturating_add(1),
            Kept::Changed => changed = changed.saturating_add(1),
            Kept::Same => {}
        }
    }
    work.commit().await?;
    let all = merchants.len();
    if new == 0 && changed == 0 {
        say!("Nothing changed: the registry says the same of all merchants of the file ({all}) already.");
    } else {
        done!("Merchants of the file: {all}; new {new}, changed {changed}, unchanged {}.", all.saturating_sub(new).saturating_sub(changed));
    }
    Ok(true)
}

/// The merchant of that identifier, or the only one that has that name, domain or handle.
async fn named(store: &Store, name: &str) -> anyhow::Result<Merchant> {
    let mut work = store.begin().await?;
    if let Ok(identifier) = Identifier::parse(name)
        && let Some(merchant) = work.merchant(&identifier).await?
    {
        return Ok(merchant);
    }
    let stated = Stated::new(Some(name), []);
    let known = work.merchants_with(stated.traces()).await?;
    match find(&stated, &known) {
        Found::One(merchant, _) => Ok(merchant.clone()),
        Found::Several(merchants) => {
            let names: Vec<&str> = merchants.iter().map(|(merchant, _)| merchant.identifier.as_str()).collect();
            bail!("\"{name}\" is not exactly the name of one merchant; it may be {}: write the identifier", names.join(" or "))
        }
        Found::None => bail!("the registry has no merchant \"{name}\"; `elitige merchants list` shows all of them"),
    }
}

async fn confirm(store: &Store, name: &str, address: &str, today: Day) -> anyhow::Result<bool> {
    let address = Address::parse(address)?;
    let mut merchant = named(store, name).await?;
    if !merchant.confirm(&address, Confirmation { on: today, by: ConfirmedBy::Command }) {
        say!("Nothing changed: that address of {} was confirmed before.", merchant.identifier);
        return Ok(true);
    }
    let merchant = merchant.checked()?;
    let mut work = store.begin().await?;
    work.keep_merchant(&merchant).await?;
    work.commit().await?;
    done!("{}: the address is confirmed as of {today}; the registrar is offered it with the next complaint.", merchant.identifier);
    Ok(true)
}

fn as_line(merchant: &Merchant) -> String {
    let confirmed = merchant.contacts.iter().filter(|contact| contact.confirmed.is_some()).count();
    let language = merchant.language.map(|language| format!("  {language}")).unwrap_or_default();
    let contacts = merchant.contacts.len();
    format!("{}  {}  {}  addresses {contacts}, confirmed {confirmed}{language}", merchant.identifier, merchant.name, merchant.origin.name())
}

fn as_json(merchant: &Merchant) -> Value {
    let contact = |contact: &MerchantContact| {
        json!({
            "address": contact.address.as_str(),
            "name": contact.name.as_ref().map(|name| name.as_str()),
            "role": contact.role.as_ref().map(|role| role.as_str()),
            "confirmed_on": contact.confirmed.as_ref().map(|confirmed| confirmed.on.to_string()),
            "confirmed_by": contact.confirmed.as_ref().map(confirmed_by),
        })
    };
    let limits = merchant.service.iter().flat_map(|service| &service.mandate);
    let mandate = limits.map(|mandate| json!({"remedy": mandate.remedy(), "centimes": mandate.limit().hundredths, "currency": mandate.limit().currency}));
    json!({
        "identifier": merchant.identifier.as_str(),
        "origin": merchant.origin.name(),
        "name": merchant.name.as_str(),
        "legal_name": merchant.legal_name.as_ref().map(|name| name.as_str()),
        "aliases": merchant.aliases.iter().map(|alias| alias.as_str()).collect::<Vec<_>>(),
        "domains": merchant.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>(),
        "contacts": merchant.contacts.iter().map(contact).collect::<Vec<_>>(),
        "language": merchant.language.map(|language| language.tag()),
        "service_address": merchant.service.as_ref().map(|service| service.address.as_str()),
        "mandate": mandate.collect::<Vec<_>>(),
        "open_to_mediation": merchant.open_to_mediation,
    })
}

fn confirmed_by(confirmation: &Confirmation) -> String {
    match &confirmation.by {
        ConfirmedBy::Person(name) => name.to_string(),
        ConfirmedBy::Command => "on the command line".to_owned(),
        ConfirmedBy::Admission(reference) => format!("by admitting {reference}"),
    }
}

fn print_merchant(merchant: &Merchant) {
    say!("{}  {}  ({})", merchant.identifier, merchant.name, merchant.origin.name());
    if let Some(name) = &merchant.legal_name {
        say!("  legal name: {name}");
    }
    merchant.aliases.iter().for_each(|alias| say!("  also: {alias}"));
    merchant.domains.iter().for_each(|domain| say!("  domain: {domain}"));
    for contact in &merchant.contacts {
        let person: Vec<&str> = contact.name.iter().chain(&contact.role).map(|word| word.as_str()).collect();
        let person = if person.is_empty() { String::new() } else { format!(" ({})", person.join(", ")) };
        match &contact.confirmed {
            Some(confirmed) => say!("  address: {}{person}, confirmed {} {}", contact.address, confirmed.on, confirmed_by(confirmed)),
            None => say!("  address: {}{person}, confirmed by nobody", contact.address),
        }
    }
    if let Some(language) = merchant.language {
        say!("  language: {language}");
    }
    if let Some(open) = merchant.open_to_mediation {
        say!("  open to mediation: {}", if open { "yes" } else { "no" });
    }
    if let Some(service) = &merchant.service {
        say!("  customer service at {}", service.address);
        service.mandate.iter().for_each(|mandate| say!("    {} up to {}", mandate.remedy(), mandate.limit()));
    }
}
