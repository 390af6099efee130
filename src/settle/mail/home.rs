//! A party's new mail to the desk: which of its open disputes it speaks of, if nothing in it points to one (DESIGN §5, THREATS P11).

use super::super::SettleError;
use super::signals::{Signals, keep, surviving};
use crate::domain::fold::fold;
use crate::domain::{Address, Dispute, Fact, Facts, Role};
use crate::letter::Letter;
use crate::store::Work;

/// Words of a product that are compared; shorter ones stand in every product's name.
const TELLING: usize = 4;

/// Names the open disputes that `sender` may speak of. Of a number of order that one of them has, only that one.
pub(super) async fn add(work: &mut Work, letter: &Letter, sender: &Address, signals: &mut Signals) -> Result<(), SettleError> {
    let mut open: Vec<Dispute> = Vec::new();
    let mut sells = false;
    for (id, role, is_open) in work.by_address(sender).await? {
        if role.party().is_none() || !is_open {
            continue;
        }
        sells |= role == Role::Merchant;
        if let Some(dispute) = surviving(work, id).await?.filter(|dispute| !dispute.is_closed()) {
            keep(dispute, &mut open);
        }
    }
    let numbered: Vec<bool> = open.iter().map(|dispute| speaks_of(Fact::OrderNo, &letter.facts, dispute) == Some(true)).collect();
    let one_is_numbered = numbered.contains(&true);
    // A seller has many buyers: a number that none of its cases has speaks of none of them.
    if sells && !one_is_numbered && letter.facts.get(Fact::OrderNo).is_some() {
        return Ok(());
    }
    let complains = letter.category.is_some();
    for (dispute, numbered) in open.into_iter().zip(numbered) {
        if if one_is_numbered { numbered } else { !is_another(letter, &dispute, complains) } {
            signals.note("an open case of its sender");
            signals.at_home = true;
            keep(dispute, &mut signals.named);
        }
    }
    Ok(())
}

/// Whether `sender` is a party of any dispute, also of a closed one: what it writes to a reply address that is gone is no new complaint.
pub(super) async fn is_party(work: &mut Work, sender: &Address) -> Result<bool, SettleError> {
    Ok(work.by_address(sender).await?.iter().any(|(_, role, _)| role.party().is_some()))
}

/// Whether the mail speaks of something else than the dispute: of another order, another seller, or complains of another product.
fn is_another(letter: &Letter, dispute: &Dispute, complains: bool) -> bool {
    let differs = |fact: Fact| speaks_of(fact, &letter.facts, dispute) == Some(false);
    differs(Fact::OrderNo) || differs(Fact::Merchant) || (complains && differs(Fact::Product))
}

/// Whether both name the same `fact`; `None` where one of them is silent.
fn speaks_of(fact: Fact, said: &Facts, dispute: &Dispute) -> Option<bool> {
    let (said, known) = (said.get(fact)?, dispute.complaint.facts.get(fact)?);
    match fact {
        Fact::Product => {
            let known: Vec<String> = words(known).collect();
            let mut said = words(said).peekable();
            (said.peek().is_some() && !known.is_empty()).then(|| said.any(|word| known.contains(&word)))
        }
        // "CMD-48213" and "48213" are one; "48213" and "213" are not.
        Fact::OrderNo => {
            let (said, known) = (bare(said), bare(known));
            let number = |text: &str| text.trim_start_matches(|c: char| !c.is_numeric()).to_owned();
            Some(said == known || (number(&said) == number(&known) && (said == number(&said) || known == number(&known))))
        }
        _ => {
            let (said, known) = (bare(said), bare(known));
            Some(said.contains(&known) || known.contains(&said))
        }
    }
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
