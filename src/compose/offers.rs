//! What was offered so far beside what is asked for, and how far apart they are: for the mediator alone (DOMAIN §7.3).

use super::dates;
use super::mediating::{TermFacts, listed};
use crate::domain::view::CaseView;
use crate::domain::{Fact, Language, Money, Party, Request, Role, Tabled, Terms};
use serde::Serialize;

/// A proposal with both answers, for the mediator alone.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OfferFacts {
    /// From 1.
    pub(super) number: String,
    /// The buyer made it.
    pub(super) by_consumer: bool,
    /// The seller made it.
    pub(super) by_merchant: bool,
    /// The mediator made it.
    pub(super) by_mediator: bool,
    /// What is to be done, one by one.
    pub(super) lines: Vec<TermFacts>,
    /// It can still be answered.
    pub(super) open: bool,
    /// The buyer accepts it.
    pub(super) consumer_accepts: bool,
    /// The seller accepts it.
    pub(super) merchant_accepts: bool,
    /// What the seller would pay in all, if amounts say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paid: Option<String>,
    /// How much less than that is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gap: Option<String>,
}

impl OfferFacts {
    /// Its sums as they are written.
    pub(super) fn sums(&self) -> impl Iterator<Item = String> {
        [&self.paid, &self.gap].into_iter().flatten().cloned()
    }
}

/// Every proposal so far: what was offered, and who accepts it.
pub(super) fn offers(case: &CaseView<'_>, language: Language) -> Vec<OfferFacts> {
    let asked = case.request.as_ref().and_then(asked_for);
    let offer = |tabled: &Tabled, paid: Option<Money>| OfferFacts {
        paid: paid.as_ref().map(|money| dates::sum(money, language)),
        gap: paid.zip(asked.as_ref()).and_then(|(paid, asked)| gap(&paid, asked)).as_ref().map(|money| dates::sum(money, language)),
        number: tabled.number.to_string(),
        by_consumer: tabled.by == Role::Consumer,
        by_merchant: tabled.by == Role::Merchant,
        by_mediator: tabled.by == Role::Mediator,
        lines: listed(&tabled.terms, language),
        open: tabled.is_open(),
        consumer_accepts: tabled.accepted(Party::Consumer).is_some(),
        merchant_accepts: tabled.accepted(Party::Merchant).is_some(),
    };
    case.offers.iter().map(|tabled| offer(tabled, paid(&tabled.terms))).collect()
}

/// What is asked for, where that is a sum.
pub(super) fn asked(case: &CaseView<'_>, language: Language) -> Option<String> {
    case.request.as_ref().and_then(asked_for).map(|sum| dates::sum(&sum, language))
}

/// The sum that is asked for: the amount in dispute, where all of it is to be paid back.
fn asked_for(request: &Request) -> Option<Money> {
    let whole = request.facts.get(Fact::Remedy) == Some("REFUND_FULL");
    let (units, hundredths) = request.facts.get(Fact::Amount).filter(|_| whole)?.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (units, hundredths) = (units.parse::<u64>().ok()?, hundredths.parse::<u64>().ok().filter(|_| hundredths.len() == 2 && digits(hundredths))?);
    let currency = request.facts.get(Fact::Currency).unwrap_or("MAD").to_owned();
    Some(Money { hundredths: units.checked_mul(100)?.checked_add(hundredths)?, currency })
}

/// What the seller would pay in all; `None` where no amount is named, or several currencies are.
fn paid(terms: &Terms) -> Option<Money> {
    let mut amounts = terms.obligations().iter().filter(|one| one.debtor == Party::Merchant).filter_map(|one| one.amount.as_ref());
    let first = amounts.next()?.clone();
    amounts.try_fold(first, |sum, one| {
        let hundredths = sum.hundredths.checked_add(one.hundredths).filter(|_| sum.currency == one.currency)?;
        Some(Money { hundredths, ..sum })
    })
}

/// How much less is offered than is asked for; `None` where it is more, or another currency.
fn gap(paid: &Money, asked: &Money) -> Option<Money> {
    let hundredths = asked.hundredths.checked_sub(paid.hundredths).filter(|_| paid.currency == asked.currency)?;
    Some(Money { hundredths, currency: asked.currency.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Facts, Obligation};

    fn terms(amounts: &[(Party, u64, &str)]) -> Terms {
        let due = Day::new(2026, 12, 15).unwrap();
        let amount = |hundredths: u64, currency: &str| (hundredths > 0).then(|| Money { hundredths, currency: currency.to_owned() });
        let one = |(debtor, hundredths, currency): &(Party, u64, &str)| Obligation {
            debtor: *debtor,
            what: "fait".to_owned(),
            amount: amount(*hundredths, currency),
            due,
            remedy: None,
            supplied: false,
        };
        Terms::new(amounts.iter().map(one).collect()).unwrap()
    }

    #[test]
    fn what_is_offered_is_what_the_seller_pays_in_one_currency() {
        let seller = |hundredths, currency| (Party::Merchant, hundredths, currency);
        for (terms, sum) in [
            (vec![seller(120_000, "MAD"), seller(5_050, "MAD"), (Party::Consumer, 900, "MAD")], Some(125_050)),
            (vec![seller(0, "MAD"), (Party::Consumer, 900, "MAD")], None),
            (vec![seller(120_000, "MAD"), seller(100, "EUR")], None),
        ] {
            assert_eq!(super::paid(&self::terms(&terms)).map(|paid| paid.hundredths), sum);
        }
    }

    #[test]
    fn a_gap_is_told_where_a_whole_sum_is_asked_for() {
        let request = |remedy: &str, amount: &str| {
            let mut facts = Facts::default();
            [(Fact::Remedy, remedy), (Fact::Amount, amount), (Fact::Currency, "MAD")].into_iter().for_each(|(fact, value)| facts.set(fact, value));
            Request { facts, category: None, account: String::new() }
        };
        let asked = asked_for(&request("REFUND_FULL", "1500.00")).unwrap();
        assert_eq!(asked, Money::dirhams(150_000));
        for (remedy, amount) in [("REFUND_PARTIAL", "1500.00"), ("REFUND_FULL", "environ 1500"), ("REFUND_FULL", "1500.5")] {
            assert_eq!(asked_for(&request(remedy, amount)), None, "{remedy} {amount}");
        }
        assert_eq!(gap(&Money::dirhams(130_050), &asked), Some(Money::dirhams(19_950)));
        assert_eq!(gap(&Money::dirhams(150_000), &asked), Some(Money::dirhams(0)));
        assert_eq!((gap(&Money::dirhams(160_000), &asked), gap(&Money { currency: "EUR".to_owned(), ..asked.clone() }, &asked)), (None, None));
    }
}
