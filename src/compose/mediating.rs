//! What letters say of a mediation: proposals, how long it lasts, what the mediator ordered, what may be passed on.

use super::replies::Reply;
use super::{clean, dates};
use crate::domain::view::{CaseView, ProposalView};
use crate::domain::{Act, Agreed, Fact, Language, Money, Obligation, Party, Pending, Request, Role, Tabled, Term, Terms, Zone};
use serde::Serialize;

/// One obligation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TermFacts {
    /// From 1.
    pub(super) number: String,
    /// The buyer does it.
    pub(super) by_consumer: bool,
    /// The seller does it.
    pub(super) by_merchant: bool,
    /// What, in its author's words.
    pub(super) what: String,
    /// The amount, if one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<String>,
    /// The last day.
    pub(super) due: String,
}

/// A proposal.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProposalFacts {
    /// From 1.
    pub(super) number: String,
    /// The reader made it.
    pub(super) by_you: bool,
    /// The buyer made it.
    pub(super) by_consumer: bool,
    /// The seller made it.
    pub(super) by_merchant: bool,
    /// The mediator made it.
    pub(super) by_mediator: bool,
    /// The reader accepted it.
    pub(super) accepted: bool,
    /// Another one was made before it, and is over.
    pub(super) replaces: bool,
}

/// How long a mediation lasts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MediationFacts {
    /// The day on which it ends if nobody prolongs it.
    pub(super) until: String,
    /// The day after which nobody can prolong it.
    pub(super) limit: String,
}

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
    /// What is asked for, where it is a sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<String>,
    /// How much less than that is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) gap: Option<String>,
}

/// What the mediator ordered.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OrderFacts {
    /// A pause.
    pub(super) pauses: bool,
    /// The end of a pause.
    pub(super) resumes: bool,
    /// The end of the mediation.
    pub(super) ends: bool,
    /// Giving the case back to the registrar, who looks at what was agreed.
    pub(super) gives_back: bool,
    /// Stepping down.
    pub(super) hands_over: bool,
    /// So many more days for the mediation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extends: Option<String>,
    /// When it is done.
    pub(super) when: String,
}

/// Words that are, or would be, passed on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ShareFacts {
    /// Paragraph by paragraph.
    pub(super) words: Vec<String>,
    /// They are the buyer's.
    pub(super) from_consumer: bool,
    /// They are the seller's.
    pub(super) from_merchant: bool,
    /// Whose they are agreed.
    pub(super) given: bool,
}

/// What waits for a mediator this morning.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MorningFacts {
    /// Line by line.
    pub(super) lines: Vec<LineFacts>,
    /// How many more there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more: Option<String>,
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LineFacts {
    /// In which case.
    pub(super) case: String,
    /// A mission is to be taken on or declined.
    pub(super) take_on: bool,
    /// It is the mediator's turn.
    pub(super) yours: bool,
    /// The buyer has not answered.
    pub(super) consumer_silent: bool,
    /// The seller has not answered.
    pub(super) merchant_silent: bool,
    /// Somebody else's time is nearly over.
    pub(super) due: bool,
    /// A pause is nearly over.
    pub(super) pause_ends: bool,
    /// The mediation is nearly over.
    pub(super) ends: bool,
    /// A side has not answered every point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<TallyFacts>,
    /// Since when it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
}

/// How the points of a side stand.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TallyFacts {
    /// Asked.
    pub(super) asked: String,
    /// Answered.
    pub(super) answered: String,
    /// Not answered.
    pub(super) left: String,
    /// They are the buyer's.
    pub(super) of_consumer: bool,
    /// They are the seller's.
    pub(super) of_merchant: bool,
}

/// What a merchant is reminded of.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RemindersFacts {
    /// Case by case.
    pub(super) lines: Vec<CaseFacts>,
}

/// One case.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CaseFacts {
    /// Its reference.
    pub(super) case: String,
    /// The last day to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    /// What the buyer asks for, in words of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remedy: Option<String>,
    /// Number of the proposal that waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proposal: Option<String>,
    /// Where it is answered.
    pub(super) answer: Reply,
}

/// What the letter is about: what was agreed, the draft that its author is shown, or the last proposal.
pub(super) fn terms(case: &CaseView<'_>, letter: &str, language: Language) -> Vec<TermFacts> {
    let agreed = case.agreement.as_ref().map(|agreement| match agreement.on {
        Agreed::Terms(terms) => Some(terms),
        Agreed::Request(_) => None,
    });
    let shown = match agreed {
        Some(agreed) => agreed,
        None if letter == DRAFT => case.draft,
        None => case.proposal.map(|proposal| proposal.terms),
    };
    shown.map(|terms| listed(terms, language)).unwrap_or_default()
}

/// Numbered obligations.
fn listed(terms: &Terms, language: Language) -> Vec<TermFacts> {
    let obligations = terms.obligations().iter().zip(1..);
    obligations
        .map(|(one, number): (&Obligation, u16)| TermFacts {
            number: number.to_string(),
            by_consumer: one.debtor == Party::Consumer,
            by_merchant: one.debtor == Party::Merchant,
            what: clean::line(&one.what),
            amount: one.amount.as_ref().map(|amount| clean::line(&dates::amount(&amount.decimal(), &amount.currency, language))),
            due: dates::written(one.due, language),
        })
        .collect()
}

/// The letter that shows its author a draft.
const DRAFT: &str = "proposal-draft";

pub(super) fn proposed(proposal: &ProposalView<'_>, reader: Role) -> ProposalFacts {
    ProposalFacts {
        number: proposal.number.to_string(),
        by_you: proposal.by == reader,
        by_consumer: proposal.by == Role::Consumer,
        by_merchant: proposal.by == Role::Merchant,
        by_mediator: proposal.by == Role::Mediator,
        accepted: proposal.accepted,
        replaces: proposal.number > 1,
    }
}

pub(super) fn lasting(term: &Term, language: Language) -> MediationFacts {
    MediationFacts { until: dates::written(term.ends.day, language), limit: dates::written(term.limit_day, language) }
}

/// Every proposal so far: what was offered, and who accepts it.
pub(super) fn offers(case: &CaseView<'_>, language: Language) -> Vec<OfferFacts> {
    let asked = case.request.as_ref().and_then(asked_for);
    let written = |money: &Money| clean::line(&dates::amount(&money.decimal(), &money.currency, language));
    let offer = |tabled: &Tabled, paid: Option<Money>| OfferFacts {
        paid: paid.as_ref().map(written),
        asked: asked.as_ref().filter(|_| paid.is_some()).map(written),
        gap: paid.zip(asked.as_ref()).and_then(|(paid, asked)| gap(&paid, asked)).as_ref().map(written),
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

pub(super) fn ordered(pending: &Pending, agreed: bool, zone: &Zone, language: Language) -> OrderFacts {
    let does = |act: &Act| *pending.act == *act;
    let minute = pending.due.rfc3339().get(14..16).unwrap_or_default().to_owned();
    OrderFacts {
        pauses: does(&Act::Interrupt),
        resumes: does(&Act::Resume),
        ends: does(&Act::End) && !agreed || does(&Act::Stop),
        gives_back: does(&Act::End) && agreed,
        hands_over: does(&Act::Recuse),
        extends: match *pending.act {
            Act::Extend(days) => Some(days.to_string()),
            _ => None,
        },
        when: format!("{} {:02}:{minute}", dates::written(zone.day_of(pending.due), language), zone.hour_of(pending.due)),
    }
}

/// The words that the letter is about: those of the other side where they are passed on, else those that the reader was asked about last.
pub(super) fn share(case: &CaseView<'_>, letter: &str) -> Option<ShareFacts> {
    let share = if letter == "relayed" { case.relayed } else { case.share }?;
    Some(ShareFacts {
        words: clean::paragraphs(&share.words),
        from_consumer: share.from == Party::Consumer,
        from_merchant: share.from == Party::Merchant,
        given: share.is_given(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Facts};

    fn terms(amounts: &[(Party, u64, &str)]) -> Terms {
        let due = Day::new(2026, 12, 15).unwrap();
        let amount = |hundredths: u64, currency: &str| (hundredths > 0).then(|| Money { hundredths, currency: currency.to_owned() });
        let one = |(debtor, hundredths, currency): &(Party, u64, &str)| Obligation {
            debtor: *debtor,
            what: "fait".to_owned(),
            amount: amount(*hundredths, currency),
            due,
            remedy: None,
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
            assert_eq!(super::paid(&super::tests::terms(&terms)).map(|paid| paid.hundredths), sum);
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
