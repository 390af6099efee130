//! `elitige mediators`: who mediates, how much each has to do, and who would be given a case.

use super::output::say;
use super::{World, parts};
use crate::domain::{Availability, Day, Dice, Reference, Unfit};
use crate::settle::Desk;
use crate::workflow::{Weighed, weighed};
use anyhow::Context;
use std::path::Path;

/// Prints every mediator; for a case, in the order in which they come into question.
pub async fn mediators(folder: &Path, case: Option<&str>, mut world: World) -> anyhow::Result<bool> {
    let config = parts::config(folder, &world)?;
    let desk = parts::desk(&config, Dice::from_seed(world.dice.roll())).await?;
    let today = desk.calendar.zone().day_of((world.clock)());
    let mut work = desk.store.begin().await?;
    let offered = desk.mediators_at_work(&mut work).await?;
    if offered.is_empty() {
        say!("No mediator is configured; add a [[mediator]] to service.toml.");
    }
    let Some(case) = case else {
        for (place, one) in offered.iter().enumerate() {
            say!("{}", line(&desk, place, &one.availability, one.open));
        }
        return Ok(true);
    };
    let reference = Reference::parse(case)?;
    let id = work.by_reference(&reference).await?.with_context(|| format!("no dispute has the reference {reference}; `elitige case list` shows them"))?;
    let dispute = work.dispute(id).await?.with_context(|| format!("{reference} was erased; nobody is named in it any more"))?;
    for (rank, one) in weighed(&dispute, &offered, today).iter().enumerate() {
        let Some(known) = offered.get(one.place) else { continue };
        say!("{}\n    {}", line(&desk, one.place, &known.availability, one.open), why(one, rank, today));
    }
    Ok(true)
}

fn line(desk: &Desk, place: usize, availability: &Availability, open: u32) -> String {
    let person = desk.mediators.get(place);
    let address = person.map(|person| person.address.as_str()).unwrap_or_default();
    let name = person.and_then(|person| person.name.as_deref()).unwrap_or("–");
    let languages: Vec<&str> = availability.languages.iter().map(|language| language.tag()).collect();
    let away: String = availability.away.iter().map(|absence| format!("  away {} to {}", absence.from, absence.until)).collect();
    format!("{address}  {name}  {}  {open} of {} missions open{away}", languages.join(", "), availability.most_open)
}

fn why(one: &Weighed, rank: usize, today: Day) -> String {
    match one.unfit {
        Some(Unfit::Away(absence)) => format!("not chosen: away on {today}, until {}", absence.until),
        Some(Unfit::Full) => "not chosen: has as many missions as open_missions allows".to_owned(),
        Some(Unfit::NotOf) => "not chosen: takes no case of this merchant (takes_no_case_of)".to_owned(),
        Some(Unfit::Party) => "not chosen: is a party of this case".to_owned(),
        Some(Unfit::Excluded) => "not chosen: declined this case, stepped down, or worked on it before".to_owned(),
        None => {
            let proposed = if one.proposed { "proposed by rules.toml; " } else { "" };
            let first = if rank == 0 { "would be chosen" } else { "comes into question after those above" };
            format!("{first}: {proposed}mediates in the language of {} of both sides", one.speaks)
        }
    }
}
