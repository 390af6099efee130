//! What may be seen of a dispute → the facts of one letter, in the reader's language.

use super::agreed::{DAYS_TO_PERFORM, agreed};
use super::background::{AfterFacts, EndedFacts, SellerFacts};
use super::before::{before, whose};
use super::charter::{AcceptedFacts, CharterFacts};
use super::client::{AnswerFacts, ClientFacts};
use super::cooling::{self, Moment};
use super::disclosure::{disclosure, unasked};
use super::facts::{ChannelFacts, ContactFacts, Facts, Field, MailFacts, MediatorFacts, Rejection, SaidFacts, WaitingFacts, Whose, You};
use super::mediating::{lasting, ordered, proposed, share, terms};
use super::noticed::{NoticedFacts, noticed};
use super::offers::{self, offers};
use super::paper::{apart, typeset};
use super::points::points;
use super::reasons::{held_because, rejected_because, repaired_by, stopped_because};
use super::registry::registry;
use super::replies::{Desk, Replies};
use super::timeline::timeline;
use super::trouble::{loses, wrong};
use super::words::{Trilingual, VALUE, WRITTEN, category, city, currency, in_sentence, label, payment, pick, question, remedy, whether};
use super::{Check, House, Notice, Occasion, Waiting, clean, dates};
use crate::domain::view::CaseView;
use crate::domain::{
    Address, Channel, CodeWords, Contact, ContactStanding, Day, Fact, Finding, Instant, Language, MOST_QUESTIONS, Outcome, Proposal, RejectReason, Role, Spoken,
};

/// The letter that is written.
pub(super) struct Paper<'a> {
    /// Its name.
    pub(super) letter: &'a str,
    /// Where answers to it go.
    pub(super) reply_to: &'a Address,
    /// How many attachments it has.
    pub(super) passed: usize,
}

/// The facts of a letter about a dispute.
pub(super) fn facts(case: &CaseView<'_>, house: &House, words: &CodeWords, occasion: &Occasion<'_>, paper: Paper<'_>) -> Facts {
    let Paper { letter, reply_to, passed } = paper;
    let language = case.you.language;
    let day = |instant| dates::written(occasion.zone.day_of(instant), language);
    let address = case.merchant_contact.and_then(|text| Address::parse(text).ok());
    let desk = Desk { words, keys: &house.keys, dispute: occasion.dispute, role: case.you.role, language, reply_to, reference: Some(case.reference) };
    let request = case.request.as_ref();
    let dead = |text: String| if occasion.first { clean::dead(&text) } else { text };
    let field = |field: Field| Field { value: dead(field.value), ..field };
    let moment = Moment { cause: occasion.cause, now: occasion.now, zone: occasion.zone };
    let waits = case.cooling.as_ref().filter(|_| case.said.is_some()).and_then(|view| cooling::told(view, &moment));
    let open = open_replies(&desk, desk.replies(&occasion.matters, case.missing.is_empty(), address.as_ref()), case, house.client.is_some())
        .without(&occasion.unruled);
    Facts {
        reference: Some(case.reference.as_str().to_owned()),
        you: You { name: case.you.name.as_deref().and_then(clean::greeting).map(dead), ..you(case.you.role, None) },
        other: case.other_name.and_then(clean::greeting),
        channel: channel(occasion.channel),
        said: case.said.map(|spoken| spoken_facts(spoken, passed, case.you.role)),
        mediator: MediatorFacts { named: case.mediated && house.client.is_none(), ..mediator(case, house, occasion) },
        opened: Some(day(case.opened)),
        parted_from: case.parted.map(|parted| parted.reference.as_str().to_owned()),
        deadline: case.deadline.map(|deadline| dates::written(deadline.day, language)),
        reopen_until: case.outcome.map(|outcome| dates::written(occasion.zone.day_of(occasion.now).plus(days_to_reopen(outcome)), language)),
        reopens: case.outcome.is_some_and(|outcome| outcome.days_to_reopen().is_some()),
        erased_on: case.kept_until.map(day),
        understood: request.map(|request| understood(&request.facts, language).into_iter().map(field).collect()).unwrap_or_default(),
        category: request.and_then(|request| request.category.as_deref()).and_then(category).map(|words| pick(words, language).to_owned()),
        remedy: request
            .and_then(|request| request.facts.get(Fact::Remedy))
            .map(|code| remedy(code).map_or_else(|| clean::line(code), |words| in_sentence(pick(words, language)))),
        account: request
            .filter(|_| !occasion.first || case.missing.is_empty())
            .map(|request| clean::paragraphs(&request.account).into_iter().map(dead).collect())
            .unwrap_or_default(),
        questions: case.missing.iter().take(MOST_QUESTIONS).map(|fact| asked(*fact, case.proposals, language)).collect(),
        merchant_contact: address.as_ref().map(|address| address.as_str().to_owned()).or_else(|| case.merchant_contact.map(clean::line)),
        command: (case.you.role == Role::Operator).then(|| match letter {
            "disclosure-result" => format!("elitige case disclosed {}", case.reference),
            "address-disputed" => format!("elitige case release {}", case.reference),
            "assignment" | "nobody-free" => format!("elitige case assign {}", case.reference),
            _ => format!("elitige case show {}", case.reference),
        }),
        registry: case.listing.map(|listing| registry(listing, language)),
        agreement: case.agreement.as_ref().map(|agreement| agreed(agreement, occasion.zone.day_of(occasion.now), occasion.zone, language)),
        terms: terms(case, letter, language),
        proposal: case.proposal.map(|proposal| proposed(&proposal, case.you.role)),
        mediation: case.term.map(|term| lasting(term, offers::asked(case, language), language)),
        offers: offers(case, language),
        points: points(case, letter, occasion.now, &desk),
        timeline: timeline(case, occasion.zone, language),
        order: case.pending.map(|pending| ordered(pending, case.agreement.is_some(), occasion.zone, language)),
        cooling: case.cooling.as_ref().map(|view| cooling::cooling(view, waits, &moment, language)),
        share: share(case, letter),
        disclosure: disclosure(case, letter, language),
        unasked: unasked(case, letter),
        charter: occasion.charter.map(CharterFacts::of),
        charters: AcceptedFacts::of(case.charters),
        rejection: case.rejection.map(|reason| rejected(reason, language)),
        mail: occasion.gate.mail.map(|(came, from)| MailFacts { when: day(came), from: from.map(veiled) }),
        contact: occasion.gate.contact.map(contact),
        noticed: noticed(case),
        answers: case.answers.iter().map(|answer| AnswerFacts { date: day(answer.at), words: clean::paragraphs(&answer.words) }).collect(),
        reply: desk.withheld(waits, open),
        ..before(case, occasion, blank(house, language, day(occasion.now)))
    }
}

/// The facts of a letter to the registrar about what waits: no sender, no content.
pub(super) fn waiting(house: &House, notice: &Notice<'_>) -> Facts {
    let language = notice.language;
    let clock = |at: Instant| dates::clock(at, notice.zone, language);
    let since = |findings: &[Finding], when: Instant| WaitingFacts {
        findings: findings.iter().map(|finding| wrong(finding, language)).collect(),
        loses: findings.iter().any(loses),
        when: clock(when),
        ..WaitingFacts::default()
    };
    let waits =
        |number: &str, reason: Trilingual, when: Instant| WaitingFacts { number: number.to_owned(), reason: said(reason, language), ..since(&[], when) };
    let (command, waits, reference) = match &notice.waiting {
        Waiting::Letters { stop, number, until } => ("elitige outbox list".to_owned(), waits(number, stopped_because(*stop), *until), None),
        Waiting::Case { reference, reason, again } => {
            (format!("elitige case show {reference}"), waits("", held_because(*reason), *again), Some(reference.as_str().to_owned()))
        }
        Waiting::Trouble { findings, since: when } => ("elitige doctor".to_owned(), since(findings, *when), None),
        Waiting::WellAgain { since: when } => ("elitige doctor".to_owned(), since(&[], *when), None),
    };
    Facts {
        reference,
        you: you(Role::Operator, None),
        channel: channel(Channel::Desk),
        command: Some(command),
        waiting: Some(waits),
        ..blank(house, language, dates::written(notice.zone.day_of(notice.now), language))
    }
}

/// The facts of a letter to an address that has not proved whose it is: no person, no case.
pub(super) fn check(house: &House, words: &CodeWords, check: &Check<'_>, reply_to: &Address) -> Facts {
    let (role, language) = (check.role, check.language);
    let desk = Desk { words, keys: &house.keys, dispute: check.dispute, role, language, reply_to, reference: None };
    let Replies { mine, not_mine, .. } = desk.replies(std::slice::from_ref(check.matter), true, None);
    Facts {
        channel: channel(Channel::private_to(role)),
        reply: Replies { mine, not_mine, ..Replies::default() },
        ..blank(house, language, dates::written(check.zone.day_of(check.now), language))
    }
}

/// Longest domain of a foreign address that is shown: a longer one could carry a message.
const LONGEST_DOMAIN: usize = 30;

/// An address that its owner recognises and that tells others nothing: whoever wrote from it chose every letter of it (THREATS §5).
fn veiled(address: &Address) -> String {
    let first: String = address.local().chars().take(1).filter(char::is_ascii_alphanumeric).collect();
    let plain = address.domain().len() <= LONGEST_DOMAIN && address.domain().is_ascii() && address.domain().matches(['.', '-']).count() <= 2;
    clean::line(&format!("{first}… @ {}", if plain { address.domain() } else { "…" }))
}

fn contact(contact: &Contact) -> ContactFacts {
    let is = |standing: ContactStanding| contact.standing == standing;
    ContactFacts {
        address: clean::line(contact.address.as_str()),
        own: is(ContactStanding::OtherAddress),
        colleague: is(ContactStanding::Colleague),
        representative: is(ContactStanding::Representative),
        mandated: is(ContactStanding::Mandated),
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
        said: None,
        mediator: MediatorFacts::default(),
        channel: ChannelFacts::default(),
        today,
        opened: None,
        parted_from: None,
        deadline: None,
        reopen_until: None,
        reopens: false,
        erased_on: None,
        paused: false,
        performed: false,
        masked: false,
        uncounted: None,
        days_to_perform: DAYS_TO_PERFORM.to_string(),
        ball: Whose::default(),
        about: Whose::default(),
        after: AfterFacts::default(),
        seller: SellerFacts::default(),
        ended: EndedFacts::default(),
        understood: Vec::new(),
        category: None,
        remedy: None,
        account: Vec::new(),
        questions: Vec::new(),
        merchant_contact: None,
        registry: None,
        command: None,
        agreement: None,
        terms: Vec::new(),
        proposal: None,
        mediation: None,
        offers: Vec::new(),
        points: None,
        timeline: Vec::new(),
        order: None,
        cooling: None,
        share: None,
        disclosure: None,
        unasked: None,
        charter: None,
        charters: AcceptedFacts::default(),
        rejection: None,
        reply: Replies::default(),
        waiting: None,
        pen: None,
        morning: None,
        reminders: None,
        mail: None,
        contact: None,
        noticed: NoticedFacts::default(),
        client: house
            .client
            .as_ref()
            .map(|client| ClientFacts { name: clean::plain(client.name.of(language)), operated_by: clean::plain(client.operated_by.of(language)) }),
        answers: Vec::new(),
    }
}

pub(super) fn you(role: Role, name: Option<&str>) -> You {
    You {
        name: name.and_then(clean::greeting),
        consumer: role == Role::Consumer,
        merchant: role == Role::Merchant,
        operator: role == Role::Operator,
        mediator: role == Role::Mediator,
    }
}

pub(super) fn channel(channel: Channel) -> ChannelFacts {
    ChannelFacts {
        private: matches!(channel, Channel::ConsumerPrivate | Channel::MerchantPrivate),
        joint: channel == Channel::Joint,
        desk: matches!(channel, Channel::Desk | Channel::Notes),
        with_consumer: channel == Channel::ConsumerPrivate,
        with_merchant: channel == Channel::MerchantPrivate,
    }
}

/// The addresses are printed for the mediator alone: each leads to one channel and is bound to that person.
fn mediator(case: &CaseView<'_>, house: &House, occasion: &Occasion<'_>) -> MediatorFacts {
    let own = case.you.role == Role::Mediator;
    let tagged = |tag: &str| occasion.desk.tagged(house.separator, tag).ok().map(|address| address.as_str().to_owned());
    let to = |channel| case.you.on(channel).filter(|_| own).and_then(|(token, _)| tagged(token.as_str()));
    MediatorFacts {
        named: case.mediated,
        none: case.with_service,
        name: case.mediator_name.and_then(clean::greeting),
        joint: case.joint,
        to_consumer: to(Channel::ConsumerPrivate),
        to_merchant: to(Channel::MerchantPrivate),
        case_address: tagged(&case.reference.as_str().to_ascii_lowercase()).filter(|_| own),
    }
}

fn spoken_facts(spoken: &Spoken, passed: usize, reader: Role) -> SaidFacts {
    let beside = spoken.beside();
    let withheld = beside.withheld.saturating_add(spoken.exhibits().len().saturating_sub(passed));
    let told = |count: usize| (count > 0).then(|| count.to_string());
    SaidFacts {
        words: clean::paragraphs(spoken.words()),
        by: whose(Some(spoken.by()), reader),
        passed: told(passed),
        withheld: told(withheld),
        to_other_side: beside.to_other_side,
        to_outsiders: beside.to_outsiders > 0,
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

/// Time is given once (DOMAIN §2.5, `invite.reply`): a merchant who had it is not told of it again. Either side may propose once the mediation has begun.
fn open_replies(desk: &Desk<'_>, replies: Replies, case: &CaseView<'_>, outsourced: bool) -> Replies {
    let proposes = case.term.is_some() && case.agreement.is_none() && case.outcome.is_none() && desk.role.party().is_some();
    let extended = case.deadline.is_some_and(|deadline| deadline.extended);
    // A mediator who has not taken the mission on has nothing to order yet.
    let orders = case.you.role != Role::Mediator || case.mediated;
    // What was promised in a customer service is kept, or the buyer goes to mediation: nothing is offered beside it.
    let promised = outsourced && case.agreement.is_some();
    let disclosed = case.disclosure.and_then(|disclosure| disclosure.own);
    let accepted = case.proposal.is_some_and(|proposal| proposal.accepted);
    Replies {
        ask_time: replies.ask_time.filter(|_| !extended && case.term.is_none()),
        // Once proposals are made, whoever was invited declines those.
        refuse: replies.refuse.filter(|_| case.term.is_none()),
        accept: replies.accept.filter(|_| !accepted),
        retract: replies.retract.filter(|_| accepted),
        counter: replies.counter.filter(|_| orders && !promised).or_else(|| desk.word(crate::domain::Intent::Counter).filter(|_| proposes)),
        brief: replies.brief.filter(|_| orders),
        resume: replies.resume.filter(|_| orders),
        end: replies.end.filter(|_| orders),
        take_on: replies.take_on.filter(|_| !case.mediated),
        disclose: replies.disclose.filter(|_| disclosed.is_none()),
        not_disclose: replies.not_disclose.filter(|_| disclosed.is_none()),
        revoke: replies.revoke.filter(|_| disclosed == Some(true)),
        renegotiate: replies.renegotiate.filter(|_| case.mediated),
        ..replies
    }
}

/// For how many days after its end a dispute is looked at again (DOMAIN §2.5 `reopen`, §2.6 REJECT-C).
fn days_to_reopen(outcome: Outcome) -> i64 {
    match outcome {
        Outcome::Inadmissible => 15,
        other => other.days_to_reopen().unwrap_or(30),
    }
}

fn remedy_words(code: &str, language: Language) -> String {
    remedy(code).map_or_else(|| clean::line(code), |words| pick(words, language).to_owned())
}

/// A sentence of ours, set as the words of a template are.
pub(super) fn said(words: Trilingual, language: Language) -> String {
    typeset(pick(words, language), language)
}

fn rejected(reason: RejectReason, language: Language) -> Rejection {
    Rejection { reason: said(rejected_because(reason), language), repair: said(repaired_by(reason), language) }
}
