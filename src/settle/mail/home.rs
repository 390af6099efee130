//! A party's new mail to the desk: which of its open disputes it speaks of, if nothing in it points to one (DESIGN §5, THREATS P11).

use super::super::SettleError;
use super::signals::{Signals, keep, surviving};
use crate::domain::fold::fold;
use crate::domain::{Address, Dispute, Fact, Facts};
use crate::letter::Letter;
use crate::store::Work;

/// Words of a product that are compared; shorter ones stand in every product's name.
const TELLING: usize = 4;

/// Names the open disputes that `sender` may speak of. Of a number of order that one of them has, only that one.
pub(super) async fn add(work: &mut Work, letter: &Letter, sender: &Address, signals: &mut Signals) -> Result<(), SettleError> {
    let mut open: Vec<Dispute> = Vec::new();
    for (id, role, is_open) in work.by_address(sender).await? {
        if role.party().is_none() || !is_open {
            continue;
        }
        if let Some(dispute) = surviving(work, id).await?.filter(|dispute| !dispute.is_closed()) {
            keep(dispute, &mut open);
        }
    }
    let numbered: Vec<bool> = open.iter().map(|dispute| speaks_of(Fact::OrderNo, &letter.facts, dispute) == Some(true)).collect();
    let one_is_numbered = numbered.contains(&true);
    let complains = letter.category.is_some();
    for (dispute, numbered) in open.into_iter().zip(numbered) {
        if if one_is_numbered { numbered } else { !is_another(letter, &dispute, complains) } {
            signals.note("an open case of its sender");
            keep(dispute, &mut signals.named);
        }
    }
    Ok(())
}

/// Whether the mail speaks of something else than the dispute: of another order, another seller, or complains of another product.
fn is_another(letter: &Letter, dispute: &Dispute, complains: bool) -> bool {
    let differs = |fact: Fact| speaks_of(fact, &letter.facts, dispute) == Some(false);
    differs(Fact::OrderNo) || differs(Fact::Merchant) || (complains && differs(Fact::Product))
}

/// Whether both name the same `fact`; `None` where one of them is silent.
fn speaks_of(fact: Fact, said: &Facts, dispute: &Dispute) -> Option<bool> {
    let (said, known) = (said.get(fact)?, dispute.complaint.facts.get(fact)?);
    Some(match fact {
        Fact::Product => words(said).any(|word| words(known).any(|other| word == other)),
        _ => {
            let (said, known) = (bare(said), bare(known));
            said.contains(&known) || known.contains(&said)
        }
    })
}

/// A name or number without what people write differently in it.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<String> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= TELLING).map(str::to_owned).collect();
    words.into_iter()
}
