//! What letters say of a mediation: proposals, how long it lasts, what the mediator ordered, what may be passed on.

use super::replies::Reply;
use super::{clean, dates};
use crate::domain::view::{CaseView, ProposalView};
use crate::domain::{Act, Agreed, Cooling, KEPT_MONTHS, Language, Obligation, Party, Pending, Role, Term, Terms, Zone};
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
    /// That day was counted by the service, because none was named.
    pub(super) supplied: bool,
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
    /// What is asked for in it, where that is a sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) asked: Option<String>,
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
    /// So many more days for the mediation, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extends: Option<String>,
    /// The day of a reminder that will not leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) spares: Option<String>,
    /// It is one to the buyer.
    pub(super) spares_consumer: bool,
    /// It is one to the seller.
    pub(super) spares_merchant: bool,
    /// So long every message on the common channel waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cools: Option<String>,
    /// They pass at once again.
    pub(super) cools_no_more: bool,
    /// When it is done.
    pub(super) when: String,
    /// The day on which the data of a case that it ends are erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) erased: Option<String>,
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
    /// Whether anything waits or comes; if not, the letter answers whoever replied to one.
    pub(super) any: bool,
    /// Line by line.
    pub(super) lines: Vec<LineFacts>,
    /// Case by case what comes in the week that begins, on its first working day.
    pub(super) week: Vec<WeekFacts>,
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
    /// The service reminds the buyer.
    pub(super) chases_consumer: bool,
    /// The service reminds the seller.
    pub(super) chases_merchant: bool,
    /// A side has not answered every point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<TallyFacts>,
    /// Since when it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    /// On which day a side is reminded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) on: Option<String>,
}

/// What comes in one case in the week that begins.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WeekFacts {
    /// In which case.
    pub(super) case: String,
    /// One after the other, the earliest first.
    pub(super) dues: Vec<DueFacts>,
}

/// One thing of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DueFacts {
    /// It is the first that is told of its case.
    pub(super) first: bool,
    /// The time of a side is over.
    pub(super) due: bool,
    /// A pause is over.
    pub(super) pause_ends: bool,
    /// The mediation is over.
    pub(super) ends: bool,
    /// What was put off comes back.
    pub(super) back: bool,
    /// The buyer is reminded.
    pub(super) chases_consumer: bool,
    /// The seller is reminded.
    pub(super) chases_merchant: bool,
    /// On that day.
    pub(super) day: String,
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

/// What the letter is about: the draft that its author is shown, what was agreed, or the last proposal.
pub(super) fn terms(case: &CaseView<'_>, letter: &str, language: Language) -> Vec<TermFacts> {
    let agreed = case.agreement.as_ref().map(|agreement| match agreement.on {
        Agreed::Terms(terms) => Some(terms),
        Agreed::Request(_) => None,
    });
    let shown = match agreed {
        _ if DRAFTS.contains(&letter) => case.draft,
        Some(agreed) => agreed,
        None => case.proposal.map(|proposal| proposal.terms),
    };
    shown.map(|terms| listed(terms, language)).unwrap_or_default()
}

/// Numbered obligations.
pub(super) fn listed(terms: &Terms, language: Language) -> Vec<TermFacts> {
    let obligations = terms.obligations().iter().zip(1..);
    obligations
        .map(|(one, number): (&Obligation, u16)| TermFacts {
            number: number.to_string(),
            by_consumer: one.debtor == Party::Consumer,
            by_merchant: one.debtor == Party::Merchant,
            what: clean::line(&one.what),
            amount: one.amount.as_ref().map(|amount| dates::sum(amount, language)),
            due: dates::written(one.due, language),
            supplied: one.supplied,
        })
        .collect()
}

/// The letters that show its author a draft: of a proposal, and of an offer that a customer service makes.
const DRAFTS: [&str; 2] = ["proposal-draft", "svc-draft"];

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

pub(super) fn lasting(term: &Term, asked: Option<String>, language: Language) -> MediationFacts {
    MediationFacts { until: dates::written(term.ends.day, language), limit: dates::written(term.limit_day, language), asked }
}

pub(super) fn ordered(pending: &Pending, agreed: bool, zone: &Zone, language: Language) -> OrderFacts {
    let does = |act: &Act| *pending.act == *act;
    let spared = match *pending.act {
        Act::Unchase(to, Some(at)) => Some((to, dates::written(zone.day_of(at), language))),
        _ => None,
    };
    let ends = does(&Act::End) && !agreed || does(&Act::Stop);
    let spares = |side: Party| spared.as_ref().is_some_and(|(to, _)| to.is_none_or(|to| to == side));
    OrderFacts {
        erased: ends.then(|| dates::written(zone.day_of(pending.due.plus_months(KEPT_MONTHS)), language)),
        spares_consumer: spares(Party::Consumer),
        spares_merchant: spares(Party::Merchant),
        spares: spared.map(|(_, day)| day),
        pauses: does(&Act::Interrupt),
        resumes: does(&Act::Resume),
        ends,
        gives_back: does(&Act::End) && agreed,
        hands_over: does(&Act::Recuse),
        extends: match *pending.act {
            Act::Extend(days) => Some(dates::lasting(days, language)),
            _ => None,
        },
        cools: match *pending.act {
            Act::Cooling(Cooling::On(hours)) => Some(super::cooling::lasting(hours, language)),
            _ => None,
        },
        cools_no_more: does(&Act::Cooling(Cooling::Off)),
        when: dates::clock(pending.due, zone, language),
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
