//! What may be seen of a dispute → the facts of one letter, in the reader's language.

use super::facts::{AgreementFacts, ChannelFacts, Facts, Field, Rejection, Replies, Whose, You};
use super::paper::{apart, typeset};
use super::reasons::{rejected_because, repaired_by};
use super::replies::Desk;
use super::words::{Trilingual, VALUE, WRITTEN, category, city, currency, in_sentence, label, payment, pick, question, remedy, whether};
use super::{House, Occasion, clean, dates};
use crate::domain::view::CaseView;
use crate::domain::{Address, Agreement, Channel, CodeWords, Day, Fact, Language, MOST_QUESTIONS, Outcome, Proposal, RejectReason, Role, Zone};

/// How many days after the merchant's grant an agreement is to be performed (DOMAIN §2.5, `performance.default`).
const DAYS_TO_PERFORM: i64 = 15;
/// Hexadecimal digits of an agreement's number.
const AGREEMENT_NUMBER: usize = 12;

/// The facts of a letter about a dispute. `reply_to` is where answers to it go.
pub(super) fn facts(case: &CaseView<'_>, house: &House, words: &CodeWords, occasion: &Occasion<'_>, reply_to: &Address) -> Facts {
    let language = case.you.language;
    let day = |instant| dates::written(occasion.zone.day_of(instant), language);
    let address = case.merchant_contact.and_then(|text| Address::parse(text).ok());
    let desk = Desk { words, keys: &house.keys, dispute: occasion.dispute, role: case.you.role, language, reply_to, reference: case.reference };
    let request = case.request.as_ref();
    Facts {
        reference: Some(case.reference.as_str().to_owned()),
        you: you(case.you.role, case.you.name.as_deref()),
        other: case.other_name.and_then(clean::greeting),
        channel: channel(occasion.channel),
        opened: Some(day(case.opened)),
        deadline: case.deadline.map(|deadline| dates::written(deadline.day, language)),
        reopen_until: case.outcome.map(|outcome| dates::written(occasion.zone.day_of(occasion.now).plus(days_to_reopen(outcome)), language)),
        paused: case.paused,
        performed: case.performed,
        // What one side sent is nobody else's business, and no letter to the seller says it of anybody.
        masked: occasion.masked && case.you.role == Role::Consumer,
        ball: whose(occasion.ball, case.you.role),
        about: whose(occasion.about, case.you.role),
        understood: request.map(|request| understood(&request.facts, language)).unwrap_or_default(),
        category: request.and_then(|request| request.category.as_deref()).and_then(category).map(|words| pick(words, language).to_owned()),
        remedy: request
            .and_then(|request| request.facts.get(Fact::Remedy))
            .map(|code| remedy(code).map_or_else(|| clean::line(code), |words| in_sentence(pick(words, language)))),
        account: request.map(|request| clean::paragraphs(&request.account)).unwrap_or_default(),
        questions: case.missing.iter().take(MOST_QUESTIONS).map(|fact| asked(*fact, case.proposals, language)).collect(),
        merchant_contact: address.as_ref().map(|address| address.as_str().to_owned()).or_else(|| case.merchant_contact.map(clean::line)),
        command: (case.you.role == Role::Operator).then(|| format!("elitige case show {}", case.reference)),
        agreement: case.agreement.as_ref().map(|agreement| agreed(agreement, occasion.zone, language)),
        rejection: case.rejection.map(|reason| rejected(reason, language)),
        reply: open_replies(desk.replies(&occasion.matters, case.missing.is_empty(), address.as_ref()), case),
        ..blank(house, language, day(occasion.now))
    }
}

/// The facts of a letter that is about nothing in particular.
pub(super) fn blank(house: &House, language: Language, today: String) -> Facts {
    Facts {
        reference: None,
        service: clean::plain(house.name.of(language)),
        controller: clean::plain(house.controller.of(language)),
        registration: house.registration.as_deref().map(|number| format!("CNDP\u{a0}{}", clean::plain(number))),
        you: You::default(),
        other: None,
        channel: ChannelFacts::default(),
        today,
        opened: None,
        deadline: None,
        reopen_until: None,
        paused: false,
        performed: false,
        masked: false,
        days_to_perform: DAYS_TO_PERFORM.to_string(),
        ball: Whose::default(),
        about: Whose::default(),
        understood: Vec::new(),
        category: None,
        remedy: None,
        account: Vec::new(),
        questions: Vec::new(),
        merchant_contact: None,
        command: None,
        agreement: None,
        rejection: None,
        reply: Replies::default(),
        pen: None,
    }
}

pub(super) fn you(role: Role, name: Option<&str>) -> You {
    You { name: name.and_then(clean::greeting), consumer: role == Role::Consumer, merchant: role == Role::Merchant, operator: role == Role::Operator }
}

pub(super) fn channel(channel: Channel) -> ChannelFacts {
    ChannelFacts {
        private: matches!(channel, Channel::ConsumerPrivate | Channel::MerchantPrivate),
        joint: channel == Channel::Joint,
        desk: matches!(channel, Channel::Desk | Channel::Notes),
    }
}

fn whose(role: Option<Role>, reader: Role) -> Whose {
    Whose {
        you: role == Some(reader),
        consumer: role == Some(Role::Consumer),
        merchant: role == Some(Role::Merchant),
        service: matches!(role, Some(Role::Mediator | Role::Operator)),
    }
}

/// Every field that was understood, in its order; the currency stands with the amount.
fn understood(facts: &crate::domain::Facts, language: Language) -> Vec<Field> {
    facts
        .iter()
        .filter(|(fact, _)| *fact != Fact::Currency || facts.get(Fact::Amount).is_none())
        .map(|(fact, value)| Field { label: pick(label(fact), language).to_owned(), value: shown(fact, value, facts, language) })
        .collect()
}

fn shown(fact: Fact, value: &str, facts: &crate::domain::Facts, language: Language) -> String {
    match fact {
        Fact::Amount => clean::line(&dates::amount(value, facts.get(Fact::Currency).unwrap_or_default(), language)),
        Fact::Remedy => remedy_words(value, language),
        Fact::PaymentMethod => payment(value).map_or_else(|| clean::line(value), |words| pick(words, language).to_owned()),
        Fact::City => city(value).map_or_else(|| clean::line(value), |words| pick(words, language).to_owned()),
        Fact::Currency => currency(value).map_or_else(|| clean::line(value), |words| pick(words, language).to_owned()),
        Fact::OrderDate | Fact::PriorContactDate => Day::parse(value).map_or_else(|_| clean::line(value), |day| dates::written(day, language)),
        _ => clean::line(value),
    }
}

/// The question for a field; where something in other units was written, whether it means that value.
fn asked(fact: Fact, proposals: &[Proposal], language: Language) -> String {
    let proposed = proposals.iter().find(|proposal| proposal.fact == fact);
    let Some((proposal, words)) = proposed.zip(whether(fact)) else { return said(question(fact), language) };
    let mut known = crate::domain::Facts::default();
    if let Some(currency) = &proposal.currency {
        known.set(Fact::Currency, currency);
    }
    let value = shown(fact, &proposal.value, &known, language);
    said(words, language).replace(WRITTEN, &apart(&unbroken(&clean::line(&proposal.written)), language)).replace(VALUE, &apart(&value, language))
}

/// `text` with spaces that do not break between its digits: else Arabic turns their groups round.
fn unbroken(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    let between = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    letters.iter().enumerate().map(|(at, c)| if *c == ' ' && between(at) { '\u{a0}' } else { *c }).collect()
}

/// Time is given once (DOMAIN §2.5, `invite.reply`): a merchant who had it is not told of it again.
fn open_replies(replies: Replies, case: &CaseView<'_>) -> Replies {
    let extended = case.deadline.is_some_and(|deadline| deadline.extended);
    Replies { ask_time: replies.ask_time.filter(|_| !extended), ..replies }
}

/// For how many days after its end a dispute is looked at again (DOMAIN §2.5 `reopen`, §2.6 REJECT-C).
fn days_to_reopen(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Inadmissible => 15,
        Outcome::LapsedIncomplete => 90,
        _ => 30,
    }
}

fn remedy_words(code: &str, language: Language) -> String {
    remedy(code).map_or_else(|| clean::line(code), |words| pick(words, language).to_owned())
}

fn agreed(agreement: &Agreement<'_>, zone: &Zone, language: Language) -> AgreementFacts {
    let date = zone.day_of(agreement.granted.at);
    AgreementFacts {
        number: agreement.digest.hex().chars().take(AGREEMENT_NUMBER).collect(),
        date: dates::written(date, language),
        perform_by: dates::written(date.plus(DAYS_TO_PERFORM), language),
    }
}

/// A sentence of ours, set as the words of a template are.
pub(super) fn said(words: Trilingual, language: Language) -> String {
    typeset(pick(words, language), language)
}

fn rejected(reason: RejectReason, language: Language) -> Rejection {
    Rejection { reason: said(rejected_because(reason), language), repair: said(repaired_by(reason), language) }
}
