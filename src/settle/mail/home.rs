//! A party's new mail to the desk: which of its open disputes it speaks of, if nothing in it points to one (DESIGN §5, THREATS P11).

use super::super::SettleError;
use super::signals::{Signals, keep, surviving};
use crate::domain::fold::fold;
use crate::domain::{Address, Dispute, Fact, Facts, Role};
use crate::letter::{Letter, root};
use crate::store::Work;

/// Open disputes of one address that are looked through; of whoever has more, a person looks at what points to none.
pub(super) const MOST_OPEN: usize = 500;
/// Words of a product that are compared; shorter ones stand in every product's name.
const TELLING: usize = 4;

/// Names the open disputes that `sender` may speak of. Of a number of order that one of them has, only that one.
pub(super) async fn add(work: &mut Work, letter: &Letter, sender: &Address, signals: &mut Signals) -> Result<(), SettleError> {
    let mut open: Vec<Dispute> = Vec::new();
    let mut sells = false;
    let Some(parts) = work.open_of(sender, MOST_OPEN).await? else {
        signals.in_doubt = true;
        return Ok(());
    };
    for (id, role) in parts {
        sells |= role == Role::Merchant;
        if let Some(dispute) = surviving(work, id).await?.filter(|dispute| !dispute.is_closed()) {
            keep(dispute, &mut open);
        }
    }
    let numbered: Vec<bool> = open.iter().map(|dispute| speaks_of(Fact::OrderNo, &letter.facts, dispute) == Some(Likeness::Same)).collect();
    let one_is_numbered = numbered.contains(&true);
    // A seller has many buyers: a number that none of its cases has speaks of none of them.
    if sells && !one_is_numbered && letter.facts.get(Fact::OrderNo).is_some() {
        return Ok(());
    }
    let mut in_doubt = false;
    for (dispute, numbered) in open.into_iter().zip(numbered) {
        let likeness = match (one_is_numbered, numbered) {
            (true, true) => Likeness::Same,
            (true, false) => Likeness::Another,
            (false, _) => likeness(letter, &dispute),
        };
        in_doubt |= likeness == Likeness::Doubtful;
        if likeness == Likeness::Same {
            signals.note("an open case of its sender");
            signals.at_home = true;
            keep(dispute, &mut signals.named);
        }
    }
    signals.in_doubt = in_doubt && !signals.at_home;
    Ok(())
}

/// Whether `sender` is a party of any dispute, also of a closed one: what it writes to a reply address that is gone is no new complaint.
pub(super) async fn is_party(work: &mut Work, sender: &Address) -> Result<bool, SettleError> {
    Ok(work.by_address(sender).await?.iter().any(|(_, role, _)| role.party().is_some()))
}

/// Whether a mail and a dispute speak of the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Same,
    /// People call one thing by many names: a person must look.
    Doubtful,
    Another,
}

/// Whether the mail speaks of something else than the dispute: of another order, another seller, or complains of another product. Without a number, a
/// product or a seller in other words makes no second dispute.
fn likeness(letter: &Letter, dispute: &Dispute) -> Likeness {
    let compared = |fact: Fact| speaks_of(fact, &letter.facts, dispute).unwrap_or(Likeness::Same);
    let product = if letter.category.is_some() { compared(Fact::Product) } else { Likeness::Same };
    let numbered = letter.facts.get(Fact::OrderNo).is_some();
    match (compared(Fact::OrderNo), compared(Fact::Merchant), product) {
        (Likeness::Another, _, _) | (_, Likeness::Another, _) => Likeness::Another,
        (_, Likeness::Same, Likeness::Same) => Likeness::Same,
        _ if numbered => Likeness::Another,
        _ => Likeness::Doubtful,
    }
}

/// Whether both name the same `fact`; `None` where one of them is silent.
fn speaks_of(fact: Fact, said: &Facts, dispute: &Dispute) -> Option<Likeness> {
    let (said, known) = (said.get(fact)?, dispute.complaint.facts.get(fact)?);
    let same = |same: bool| if same { Likeness::Same } else { Likeness::Another };
    match fact {
        Fact::Product => {
            let (said, known) = (roots(said), roots(known));
            (!said.is_empty() && !known.is_empty()).then(|| same(said.iter().any(|word| known.contains(word))))
        }
        // "CMD-48213" and "48213" are one; "48213" and "213" are not.
        Fact::OrderNo => {
            let (said, known) = (bare(said), bare(known));
            let number = |text: &str| text.trim_start_matches(|c: char| !c.is_numeric()).to_owned();
            Some(same(said == known || (number(&said) == number(&known) && (said == number(&said) || known == number(&known)))))
        }
        _ => {
            let (bare_said, bare_known) = (bare(said), bare(known));
            if bare_said.contains(&bare_known) || bare_known.contains(&bare_said) {
                return Some(Likeness::Same);
            }
            let (said, known) = (roots(said), roots(known));
            let within = |some: &[String], all: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
            Some(match said.iter().any(|word| known.contains(word)) {
                true if within(&said, &known) || within(&known, &said) => Likeness::Same,
                true => Likeness::Doubtful,
                false => Likeness::Another,
            })
        }
    }
}

/// A name or number without what people write differently in it.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a name, each without what grammar writes onto it.
fn roots(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= TELLING).map(|word| root(word).to_owned()).collect()
}
