//! What a template may speak of: one shape for every letter, documented in `templates/FACTS.md`.

use super::agreed::AgreementFacts;
use super::background::{AfterFacts, EndedFacts, SellerFacts};
use super::charter::{AcceptedFacts, CharterFacts};
use super::client::{AnswerFacts, ClientFacts};
use super::disclosure::{DisclosureFacts, UnaskedFacts};
use super::held::PenFacts;
use super::mediating::{MediationFacts, OrderFacts, ProposalFacts, ShareFacts, TermFacts};
use super::offers::OfferFacts;
use super::replies::Replies;
use super::uncounted::UncountedFacts;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;

/// What a template may speak of. A field that has nothing to say is absent: `{{#if …}}` asks for it, and printing it is an error.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Facts {
    /// Case reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reference: Option<String>,
    /// Name of the service.
    pub(super) service: String,
    /// Who answers for the data.
    pub(super) controller: String,
    /// Number of the declaration to the data protection authority, with its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) registration: Option<String>,
    /// Who is written to.
    pub(super) you: You,
    /// Name of the other side, where it may be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) other: Option<String>,
    /// What somebody said to the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) said: Option<SaidFacts>,
    /// Whether there is a mediator, and the name.
    pub(super) mediator: MediatorFacts,
    /// Who reads what is answered.
    pub(super) channel: ChannelFacts,
    /// The day on which the letter is written.
    pub(super) today: String,
    /// The day on which the dispute was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) opened: Option<String>,
    /// Reference of the dispute in which the reader had written about this one's matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parted_from: Option<String>,
    /// The last day to act, in the present state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline: Option<String>,
    /// The last day on which an answer to a closed dispute has it looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reopen_until: Option<String>,
    /// Whether a closed dispute can be taken up again.
    pub(super) reopens: bool,
    /// The day on which the content of a closed dispute is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) erased_on: Option<String>,
    /// Whether the dispute rests because somebody paused it.
    pub(super) paused: bool,
    /// Whether the merchant said that the agreement was performed.
    pub(super) performed: bool,
    /// Whether something secret was masked in the mail that is answered.
    pub(super) masked: bool,
    /// Why the answer of the reader, to which the letter replies, changed nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uncounted: Option<UncountedFacts>,
    /// How many days there are to perform an agreement.
    pub(super) days_to_perform: String,
    /// Who must act now.
    pub(super) ball: Whose,
    /// Whose mail or address the letter is about.
    pub(super) about: Whose,
    /// What happened just now.
    pub(super) after: AfterFacts,
    /// What is known of the seller.
    pub(super) seller: SellerFacts,
    /// How it ended.
    pub(super) ended: EndedFacts,
    /// What was understood, field by field.
    pub(super) understood: Vec<Field>,
    /// The subject of the complaint in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<String>,
    /// What is asked for, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remedy: Option<String>,
    /// The consumer's own words, paragraph by paragraph.
    pub(super) account: Vec<String>,
    /// What is still to be asked.
    pub(super) questions: Vec<String>,
    /// The address of the seller, for the registrar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merchant_contact: Option<String>,
    /// What the registry says of the seller, for the registrar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) registry: Option<super::registry::RegistryFacts>,
    /// What the registrar types to see more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) command: Option<String>,
    /// What was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agreement: Option<AgreementFacts>,
    /// The numbered obligations that the letter is about: of a draft, a proposal or an agreement.
    pub(super) terms: Vec<TermFacts>,
    /// The last proposal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proposal: Option<ProposalFacts>,
    /// Every proposal so far, for the mediator.
    pub(super) offers: Vec<OfferFacts>,
    /// What was asked point by point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<super::points::PointsFacts>,
    /// What happened so far, for the mediator.
    pub(super) timeline: Vec<super::timeline::HappeningFacts>,
    /// What the mediator ordered and can still take back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) order: Option<OrderFacts>,
    /// What waits on the common channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cooling: Option<super::cooling::CoolingFacts>,
    /// Words that are, or would be, passed on to the other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) share: Option<ShareFacts>,
    /// What may be, or was, told to a third person with the consent of both sides, in the letters `disclosure-…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) disclosure: Option<DisclosureFacts>,
    /// What was told to a third person without asking, in the letter `disclosure-made`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unasked: Option<UnaskedFacts>,
    /// Which edition of the charter is accepted with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) charter: Option<CharterFacts>,
    /// Which one each side accepted.
    pub(super) charters: AcceptedFacts,
    /// Until when the mediation lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mediation: Option<MediationFacts>,
    /// Why it could not be admitted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rejection: Option<Rejection>,
    /// What can be answered now, by intent.
    pub(super) reply: Replies,
    /// The mails that wait, in the letter `held-digest`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pen: Option<PenFacts>,
    /// What waits for the mediator, in the letter `morning`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) morning: Option<super::mediating::MorningFacts>,
    /// What the merchant is reminded of, in the letter `reminders`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reminders: Option<super::mediating::RemindersFacts>,
    /// What waits for the registrar, in the letters `stopped`, `unwritten`, `trouble` and `well-again`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waiting: Option<WaitingFacts>,
    /// The mail that is asked about, in the letter `challenge`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mail: Option<MailFacts>,
    /// The further address, in the letter `contact-added`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) contact: Option<ContactFacts>,
    /// What the house's rules noticed.
    pub(super) noticed: super::noticed::NoticedFacts,
    /// The merchant in whose name a customer service writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client: Option<ClientFacts>,
    /// What a customer service answered, in the letters of its end.
    pub(super) answers: Vec<AnswerFacts>,
}

/// A held mail of which its supposed author is asked.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MailFacts {
    /// The day on which it came.
    pub(super) when: String,
    /// The address that it came from, veiled, where that is not a known one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
}

/// A further address of the reader.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ContactFacts {
    /// The address.
    pub(super) address: String,
    /// It is the reader's own.
    pub(super) own: bool,
    /// It belongs to a colleague.
    pub(super) colleague: bool,
    /// It belongs to somebody who speaks for the reader.
    pub(super) representative: bool,
    /// It belongs to somebody who may also bind the reader.
    pub(super) mandated: bool,
}

/// The facts that are made of the program's own sentences, names, days and codes. One that is not named here counts as a person's words.
const OWN: [&str; 29] = [
    "agreement",
    "category",
    "charter",
    "charters",
    "client",
    "command",
    "controller",
    "cooling",
    "days_to_perform",
    "deadline",
    "erased_on",
    "mediation",
    "morning",
    "noticed",
    "opened",
    "order",
    "parted_from",
    "pen",
    "proposal",
    "questions",
    "reference",
    "registration",
    "rejection",
    "reminders",
    "reopen_until",
    "reply",
    "service",
    "today",
    "waiting",
];

impl Facts {
    /// The values that are the program's own.
    pub(super) fn own(&self) -> HashSet<String> {
        let mut own: HashSet<String> = self.understood.iter().map(|field| field.label.clone()).collect();
        // How an amount and a day of an obligation are written out is the program's; what is to be done is a person's.
        let terms = self.terms.iter().chain(self.offers.iter().flat_map(|offer| &offer.lines));
        own.extend(self.disclosure.iter().flat_map(|one| [one.until.clone(), one.answer_by.clone()]).chain(self.timeline.iter().map(|one| one.date.clone())));
        own.extend(self.points.iter().flat_map(super::points::own).chain(self.offers.iter().flat_map(OfferFacts::sums)));
        own.extend(terms.flat_map(|term| [Some(&term.number), term.amount.as_ref(), Some(&term.due)]).flatten().cloned());
        let written = serde_json::to_value(self).unwrap_or_default();
        let mut open: Vec<&Value> = OWN.iter().filter_map(|name| written.get(*name)).collect();
        while let Some(value) = open.pop() {
            match value {
                Value::String(text) => own.extend([text.clone()]),
                Value::Array(values) => open.extend(values),
                Value::Object(fields) => open.extend(fields.values()),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        own
    }
}

/// Who is written to.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct You {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// In that role.
    pub(super) consumer: bool,
    /// In that role.
    pub(super) merchant: bool,
    /// In that role.
    pub(super) operator: bool,
    /// In that role.
    pub(super) mediator: bool,
}

/// What somebody said.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SaidFacts {
    /// Paragraph by paragraph.
    pub(super) words: Vec<String>,
    /// Who.
    pub(super) by: Whose,
    /// How many attachments came along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) passed: Option<String>,
    /// How many attachments did not come along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) withheld: Option<String>,
    /// Whether its writer sent it to the other side as well.
    pub(super) to_other_side: bool,
    /// Whether its writer sent it to people outside the dispute as well.
    pub(super) to_outsiders: bool,
}

/// The mediator.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct MediatorFacts {
    /// Whether one was named.
    pub(super) named: bool,
    /// Whether nobody was named, or ever mediated: then the registrar may write to either side.
    pub(super) none: bool,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    /// Whether there is a common channel.
    pub(super) joint: bool,
    /// Where the mediator writes to the buyer alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_consumer: Option<String>,
    /// Where the mediator writes to the seller alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_merchant: Option<String>,
    /// What the mediator puts in copy of a mail of her own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) case_address: Option<String>,
}

/// Who reads what is answered.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct ChannelFacts {
    /// Only the service.
    pub(super) private: bool,
    /// Both parties and the mediator.
    pub(super) joint: bool,
    /// Registrar and mediator.
    pub(super) desk: bool,
    /// The mediator and the buyer.
    pub(super) with_consumer: bool,
    /// The mediator and the seller.
    pub(super) with_merchant: bool,
}

/// One of the people of a dispute, or nobody.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Whose {
    /// It is the reader.
    pub(super) you: bool,
    /// It is the consumer.
    pub(super) consumer: bool,
    /// It is the merchant.
    pub(super) merchant: bool,
    /// It is the mediator.
    pub(super) mediator: bool,
    /// It is the service itself.
    pub(super) service: bool,
}

/// A field of the complaint.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Field {
    /// How it is called.
    pub(super) label: String,
    /// What was understood.
    pub(super) value: String,
}

/// Why it could not be admitted.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Rejection {
    /// The reason, as the end of a sentence.
    pub(super) reason: String,
    /// What can be done about it.
    pub(super) repair: String,
}

/// Letters that do not leave, a case of which one could not be written, or what is wrong with the service.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct WaitingFacts {
    /// Number of the first of them in the outbox.
    pub(super) number: String,
    /// Why, as the end of a sentence.
    pub(super) reason: String,
    /// When they leave again; of what is wrong since when it is.
    pub(super) when: String,
    /// What is wrong with the service.
    pub(super) findings: Vec<String>,
    /// Something of it may have been lost, or would be.
    pub(super) loses: bool,
}
