//! One letter to a merchant who is reminded of several cases at once: references, what is asked, days, and where each is answered.

use super::envelope::Alone;
use super::facts::Facts;
use super::fill::{blank, channel, you};
use super::mediating::{CaseFacts, RemindersFacts};
use super::pen::desk_token;
use super::replies::{Reply, encoded};
use super::words::{in_sentence, pick, remedy};
use super::{ComposeError, House, Stationery, dates};
use crate::domain::view::{Merchant, VisibleTo};
use crate::domain::{Address, Channel, Digest, Dispute, Fact, Instant, Language, OutboundMail, Participant, Role, Zone};

/// What one merchant is reminded of.
#[derive(Debug)]
pub struct Reminding<'a> {
    /// Who is written to.
    pub merchant: &'a Participant,
    /// The cases, in the order of the letter.
    pub cases: &'a [Reminded<'a>],
    /// What it follows from.
    pub cause: Digest,
    /// When it is written.
    pub now: Instant,
    /// The service's address that it leaves from.
    pub desk: &'a Address,
    /// The zone in which days are told.
    pub zone: &'a Zone,
}

/// One of its cases, as the merchant may see it.
#[derive(Debug)]
pub struct Reminded<'a> {
    view: VisibleTo<'a, Merchant>,
    /// Whether a proposal waits for an answer, and not the invitation.
    proposed: bool,
}

impl<'a> Reminded<'a> {
    /// The case of `dispute`; `None` where its merchant may not be told anything yet.
    pub fn of(dispute: &'a Dispute) -> Option<Self> {
        Some(Self { view: VisibleTo::merchant(dispute)?, proposed: dispute.consent.open_proposal().is_some() })
    }
}

/// Writes to a merchant about several cases that wait for an answer.
///
/// No guard looks at it, because no word of a person stands in it: each value is a reference, a sentence of ours, a number, a day, or the reader's own name
/// and reply addresses. The codes that bind stay in the letters that show to what.
///
/// # Errors
/// As [`super::letter`].
pub fn reminding(stationery: &Stationery, house: &House, about: &Reminding<'_>) -> Result<OutboundMail, ComposeError> {
    const LETTER: &str = "reminders";
    let Reminding { merchant, .. } = about;
    let language = merchant.language;
    let token = desk_token(&house.keys, &merchant.address);
    let reply_to = about.desk.tagged(house.separator, token.as_str()).map_err(|_| ComposeError::Address)?;
    let lines: Result<Vec<CaseFacts>, ComposeError> = about.cases.iter().map(|case| told(case, house, about.desk, language)).collect();
    let facts = Facts {
        you: you(Role::Merchant, merchant.name.as_deref()),
        channel: channel(Channel::MerchantPrivate),
        reminders: Some(RemindersFacts { lines: lines? }),
        ..blank(house, language, dates::written(about.zone.day_of(about.now), language))
    };
    let alone = Alone {
        to: &merchant.address,
        role: Role::Merchant,
        channel: Channel::MerchantPrivate,
        letter: LETTER,
        language,
        desk: about.desk,
        reply_to: &reply_to,
        now: about.now,
        cause: about.cause,
    };
    alone.write(stationery, house, &facts)
}

fn told(one: &Reminded<'_>, house: &House, desk: &Address, language: Language) -> Result<CaseFacts, ComposeError> {
    let case = one.view.case();
    let (token, _) = case.you.on(Channel::MerchantPrivate).ok_or(ComposeError::Channel)?;
    let address = desk.tagged(house.separator, token.as_str()).map_err(|_| ComposeError::Address)?;
    let subject = encoded(&format!("Re: [{}]", case.reference));
    let asked = case.request.as_ref().and_then(|request| request.facts.get(Fact::Remedy)).and_then(remedy);
    Ok(CaseFacts {
        case: case.reference.to_string(),
        until: case.deadline.map(|deadline| dates::written(deadline.day, language)),
        remedy: asked.map(|words| in_sentence(pick(words, language))),
        proposal: case.proposal.filter(|_| one.proposed).map(|proposal| proposal.number.to_string()),
        answer: Reply { link: format!("mailto:{}@{}?subject={subject}", encoded(address.local()), encoded(address.domain())), line: address.to_string() },
    })
}
