//! A mail of somebody with standing → an act, without any I/O.
//!
//! An act with legal weight is only made here, from a reply code that stands outside quoted text and was given to
//! this person for this matter. Everything else is at most an ordinary act (DOMAIN §2.2).

use super::answers;
use super::masking::Masking;
use super::speaker::Speaker;
use crate::compose::reply_code;
use crate::domain::Dice;
use crate::domain::{
    Act, Address, Agreed, Cooling, Digest, Dispute, Fact, Intent, Language, Listing, Matter, Money, Participant, Proposal, RejectReason, Role, Statement,
    ThirdPerson, Track,
};
use crate::letter::{Command, Letter};

/// Texts longer than this are an account, not an instruction: no intent in them acts by itself.
const INSTRUCTION: usize = 400;
/// Accounts shorter than this are completed by what the person writes next.
const THIN_ACCOUNT: usize = 60;

/// What the mail does. `dice` make the token of a merchant that the registrar names.
pub fn act(speaker: &Speaker<'_>, letter: &Letter, dice: &mut Dice) -> Act {
    if speaker.binding {
        let mut acts: Vec<Act> = letter.commands.iter().filter_map(|command| binding_act(speaker, command, dice)).collect();
        acts.dedup_by(|one, other| one.name() == other.name());
        match acts.as_slice() {
            // A code beside an order: which of both was meant is for its writer to say.
            [_] if super::orders::channel(speaker, letter).is_some() => return Act::Misordered,
            [only] if !is_contradicted(only, letter) && !is_to_other_terms(only, letter, speaker.dispute) => return only.clone(),
            [] => {}
            _ => return if super::orders::is_lost(speaker, letter) { Act::Misordered } else { Act::Words },
        }
    }
    if let Some(order) = super::orders::ordered(speaker, letter) {
        return order;
    }
    if let Some(draft) = super::proposing::draft(speaker, letter) {
        return draft;
    }
    if super::orders::is_lost(speaker, letter) {
        return Act::Misordered;
    }
    let instructs = speaker.pointed && letter.reply_text.chars().count() <= INSTRUCTION;
    let intents: &[Intent] = match instructs {
        true => &letter.intents,
        // Whoever asks for a person gets one in any case.
        false if !speaker.pointed && letter.intents.contains(&Intent::Human) => &[Intent::Human],
        false => &[],
    };
    ordinary_act(speaker, letter, intents)
}

/// Whether the mail says yes with a code and something else in words: then a person must read it.
fn is_contradicted(act: &Act, letter: &Letter) -> bool {
    let yes = matches!(
        act,
        Act::Confirm(_)
            | Act::GrantRequest(_)
            | Act::AcceptTerms(_)
            | Act::Propose(_)
            | Act::Performed(_)
            | Act::Renegotiate(_)
            | Act::ThirdPerson(ThirdPerson::Allow(_))
    );
    let otherwise = [Intent::Refuse, Intent::Counter, Intent::Withdraw, Intent::NotPerformed, Intent::NotConcerned];
    // The word that proposes with a code is no counter-offer to itself.
    let proposes = matches!(act, Act::Propose(_));
    yes && letter.intents.iter().any(|intent| otherwise.contains(intent) && !(proposes && *intent == Intent::Counter))
}

/// Whether the mail says yes with a code and names another amount than was offered, or another remedy: then a person must read it too.
fn is_to_other_terms(act: &Act, letter: &Letter, dispute: &Dispute) -> bool {
    let consent = &dispute.consent;
    let offered = match act {
        Act::GrantRequest(_) => consent.confirmed_request().map(Agreed::Request),
        Act::AcceptTerms(_) => consent.open_proposal().map(|tabled| Agreed::Terms(&tabled.terms)),
        Act::Performed(_) => consent.agreement().map(|agreement| agreement.on),
        _ => return false,
    };
    // A request may name an amount without its currency.
    type Offered<'a> = Vec<(String, Option<&'a str>)>;
    let (amounts, remedy): (Offered<'_>, Option<&str>) = match offered {
        Some(Agreed::Request(request)) => {
            let amount = request.facts.get(Fact::Amount).map(|amount| (amount.to_owned(), request.facts.get(Fact::Currency)));
            (amount.into_iter().collect(), request.facts.get(Fact::Remedy))
        }
        Some(Agreed::Terms(terms)) => {
            let amounts = terms.obligations().iter().filter_map(|one| one.amount.as_ref());
            (amounts.map(|amount| (amount.decimal(), Some(amount.currency.as_str()))).collect(), None)
        }
        None => return false,
    };
    let is_offered = |named: &Money| amounts.iter().any(|(decimal, currency)| *decimal == named.decimal() && currency.is_none_or(|own| own == named.currency));
    let other_remedy = remedy.is_some_and(|remedy| !letter.named.remedies.is_empty() && !letter.named.remedies.iter().any(|named| named == remedy));
    other_remedy || letter.named.unsure || !letter.named.amounts.iter().all(is_offered)
}

/// Whether a code in the mail makes an act with legal weight: what `explain` calls binding.
pub(super) fn binding_act(speaker: &Speaker<'_>, command: &Command, dice: &mut Dice) -> Option<Act> {
    let dispute = speaker.dispute;
    let matter = dispute.matters(speaker.role).into_iter().find(|matter| reply_code(speaker.codes, dispute.id, speaker.role, matter) == command.code)?;
    match (speaker.role, command.intent, matter) {
        (Role::Consumer, Intent::Confirm, Matter::Request(digest)) => Some(Act::Confirm(digest)),
        (Role::Consumer, Intent::Withdraw, Matter::Freedom) => Some(Act::Withdraw),
        (Role::Consumer, Intent::Resolved, Matter::Freedom) => Some(Act::Resolved),
        (Role::Consumer | Role::Merchant, Intent::Interrupt, Matter::Freedom) => Some(Act::Interrupt),
        (Role::Consumer | Role::Merchant, Intent::Resume, Matter::Freedom) => Some(Act::Resume),
        (Role::Consumer | Role::Merchant, Intent::End, Matter::Freedom) => Some(Act::End),
        (Role::Consumer | Role::Merchant, Intent::Share, Matter::Joint) => Some(Act::AgreeJoint),
        (Role::Consumer | Role::Merchant, Intent::NotShare, Matter::Joint) => Some(Act::LeaveJoint),
        (Role::Consumer | Role::Merchant, Intent::Performed, Matter::Performance(digest)) => Some(Act::Performed(digest)),
        (Role::Consumer, Intent::NotPerformed, Matter::Performance(digest)) => Some(Act::NotPerformed(digest)),
        (Role::Merchant, Intent::Contest, Matter::Performance(digest)) => Some(Act::Contest(digest)),
        (Role::Consumer | Role::Merchant, Intent::Mediate, Matter::Performance(digest)) => Some(Act::Renegotiate(digest)),
        (Role::Merchant, Intent::Grant | Intent::Accept, Matter::Invitation(digest)) => Some(Act::GrantRequest(digest)),
        (Role::Merchant, Intent::Mediate, Matter::Invitation(digest)) => Some(Act::JoinMediation(digest)),
        (Role::Merchant, Intent::Refuse, Matter::Invitation(_)) => Some(Act::Refuse),
        (Role::Merchant, Intent::AskTime, Matter::Invitation(_)) => Some(Act::AskTime),
        (Role::Merchant, Intent::NotConcerned, Matter::Invitation(_)) => Some(Act::NotConcerned),
        (role, Intent::Counter, Matter::Draft(digest)) if role != Role::Operator => Some(Act::Propose(digest)),
        (Role::Consumer | Role::Merchant, Intent::Grant | Intent::Accept, Matter::Proposal(digest)) => Some(Act::AcceptTerms(digest)),
        (Role::Consumer | Role::Merchant, Intent::Refuse, Matter::Proposal(digest)) => Some(Act::DeclineTerms(digest)),
        (Role::Consumer | Role::Merchant, Intent::Retract, Matter::Proposal(digest)) => Some(Act::RetractTerms(digest)),
        (Role::Mediator, Intent::Close, Matter::Mission(_)) if dispute.track() == Track::Service => Some(Act::Deadlock),
        (Role::Mediator, _, Matter::Mission(_)) if dispute.track() == Track::Service => None,
        (Role::Mediator, Intent::Grant | Intent::Accept, Matter::Mission(_)) => Some(Act::TakeMission),
        (Role::Mediator, Intent::Refuse | Intent::End, Matter::Mission(_)) => Some(if dispute.is_mediated() { Act::Recuse } else { Act::DeclineMission }),
        (Role::Mediator, Intent::Retract, Matter::Undo(digest)) => Some(Act::Undo(digest)),
        (Role::Mediator, Intent::Relay, Matter::Withheld(digest)) => Some(Act::Cooling(Cooling::Relay(digest))),
        (Role::Mediator, Intent::Hold, Matter::Withheld(digest)) => Some(Act::Cooling(Cooling::Hold(digest))),
        (Role::Consumer | Role::Merchant, Intent::Share, Matter::Share(digest)) => Some(Act::Share(digest)),
        (Role::Consumer | Role::Merchant, Intent::NotShare, Matter::Share(digest)) => Some(Act::Withhold(digest)),
        (Role::Consumer | Role::Merchant, Intent::Grant | Intent::Accept, Matter::Disclosure(digest)) => Some(Act::ThirdPerson(ThirdPerson::Allow(digest))),
        (Role::Consumer | Role::Merchant, Intent::Refuse, Matter::Disclosure(digest)) => Some(Act::ThirdPerson(ThirdPerson::Refuse(digest))),
        (Role::Consumer | Role::Merchant, Intent::Retract, Matter::Disclosure(digest)) => Some(Act::ThirdPerson(ThirdPerson::Revoke(digest))),
        (Role::Consumer, Intent::Mediate, Matter::Escalation) => Some(Act::Escalate),
        (Role::Operator, Intent::Admit, Matter::Screening(_)) => admission(dispute, &command.argument, dice),
        (Role::Operator, Intent::Reject, Matter::Screening(_)) => reason_in(&command.argument).map(Act::Reject),
        (Role::Consumer | Role::Merchant, Intent::Court, Matter::Freedom) => Some(Act::CourtSeized),
        (Role::Operator, Intent::Park, Matter::Screening(_)) => Some(Act::Park),
        (Role::Operator, Intent::Reroute, Matter::Screening(_)) => Some(Act::Reroute),
        (Role::Operator, Intent::Close, Matter::Screening(_)) => Some(Act::Close),
        _ => None,
    }
}

fn ordinary_act(speaker: &Speaker<'_>, letter: &Letter, intents: &[Intent]) -> Act {
    let wants = |intent: Intent| intents.contains(&intent);
    match speaker.role {
        // What the merchant writes to its own customer service is for the agent to read.
        Role::Merchant if speaker.dispute.track() == Track::Service => Act::Words,
        Role::Consumer if wants(Intent::Withdraw) || wants(Intent::End) => Act::AskWithdraw,
        Role::Consumer | Role::Merchant if wants(Intent::Interrupt) => Act::Interrupt,
        Role::Consumer | Role::Merchant if wants(Intent::Resume) => Act::Resume,
        Role::Consumer | Role::Merchant if wants(Intent::Human) => Act::AskHuman,
        Role::Consumer => Act::Supply(statement(letter, speaker)),
        Role::Merchant if wants(Intent::End) => Act::Interrupt,
        Role::Merchant if wants(Intent::AskTime) => Act::AskTime,
        Role::Merchant if wants(Intent::NotConcerned) => Act::NotConcerned,
        Role::Merchant if wants(Intent::Counter) => Act::Offer,
        Role::Merchant if wants(Intent::Mediate) => Act::AcceptMediation,
        // Nobody else would read it: what a registrar writes to a case is an order, or words to one side.
        Role::Operator if speaker.binding && speaker.pointed && super::orders::channel(speaker, letter).is_none() => Act::Misordered,
        Role::Merchant | Role::Mediator | Role::Operator => Act::Words,
    }
}

/// What a consumer's mail adds to the complaint. Words join the account only while it is thin: later mails may hold
/// private remarks, and the account is what crosses to the merchant.
fn statement(letter: &Letter, speaker: &Speaker<'_>) -> Statement {
    let complaint = &speaker.dispute.complaint;
    // What stands beside a code is no list of answers.
    let asked = if letter.commands.is_empty() { speaker.asked.as_slice() } else { &[] };
    let heard = answers::heard(&letter.answers, &letter.facts, asked, &complaint.proposals);
    let thin = complaint.words.chars().count() < THIN_ACCOUNT;
    let said = || answers::without(&without_commands(&letter.reply_text, letter), &heard.taken);
    let phone = heard.facts.get(Fact::Phone).or(complaint.facts.get(Fact::Phone)).map(str::to_owned);
    let masking = Masking::of(&speaker.dispute.consumer).and_phone(phone.as_deref());
    let words = if thin { masking.words(&said()) } else { String::new() };
    let newer = |proposal: &Proposal| letter.proposals.iter().any(|newer| newer.fact == proposal.fact);
    let standing = heard.standing.into_iter().filter(|proposal| !newer(proposal));
    let proposals = standing.chain(letter.proposals.clone()).collect();
    masking.fields(Statement { facts: heard.facts, category: letter.category.clone(), words, proposals, unknown: heard.unknown })
}

/// `text` without the lines in which codes stand.
pub fn without_commands(text: &str, letter: &Letter) -> String {
    let is_command = |line: &str| letter.commands.iter().any(|command| line.to_uppercase().contains(command.code.as_str()));
    text.lines().filter(|line| !is_command(line)).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The complaint that a first mail from `sender` makes.
pub fn complaint(letter: &Letter, sender: &Address) -> Statement {
    let masking = Masking::of_address(sender).and_phone(letter.facts.get(Fact::Phone));
    masking.fields(Statement {
        facts: letter.facts.clone(),
        category: letter.category.clone(),
        words: masking.words(letter.reply_text.trim()),
        proposals: letter.proposals.clone(),
        unknown: Vec::new(),
    })
}

/// Whether a first mail says enough to be a complaint: a field, a category, or a sentence.
pub fn is_complaint(letter: &Letter) -> bool {
    let sentence = letter.reply_text.split_whitespace().take(4).count() >= 4;
    letter.category.is_some() || !letter.facts.is_empty() || sentence
}

/// The merchant that the registrar admits a dispute with: an address in the rest of the line and perhaps a language; where nothing stands there, the contact
/// in the registry or in the complaint, which the registrar saw and confirms by admitting.
///
/// `None` where anything else stands there, or the buyer's own address: a slip of the pen must not send a complaint to somebody whom nobody named.
pub fn admission(dispute: &Dispute, argument: &str, dice: &mut Dice) -> Option<Act> {
    let (named, language) = invitee(argument)?;
    let contact = || dispute.complaint.facts.get(Fact::MerchantContact).and_then(|contact| Address::parse(contact).ok());
    if let (None, Some(known)) = (&named, &dispute.merchant) {
        return Some(Act::Admit(Some(Participant { language: language.unwrap_or(known.language), ..known.clone() })));
    }
    let (listed, tongue) = listed(dispute);
    let is_buyers = |address: &Address| address.is_same(&dispute.consumer.address);
    if named.as_ref().is_some_and(is_buyers) {
        return None;
    }
    let address = named.or_else(|| listed.clone()).or_else(contact).filter(|address| !is_buyers(address));
    Some(Act::Admit(address.map(|address| {
        let language = language.or(tongue.filter(|_| listed.is_some_and(|listed| listed.is_same(&address))));
        let name = dispute.complaint.facts.get(Fact::Merchant).map(str::to_owned);
        Participant::joining(Role::Merchant, address, name, language.unwrap_or(dispute.consumer.language), dice)
    })))
}

/// The address and the language that stand in the rest of the line; `None` if anything else does, or either of them twice.
fn invitee(argument: &str) -> Option<(Option<Address>, Option<Language>)> {
    let (mut address, mut language) = (None, None);
    for word in argument.split_whitespace() {
        let word = word.trim_matches(['<', '>', ',', ';', '.', '(', ')', '"', '\u{2066}', '\u{2068}', '\u{2069}']);
        let again = match (Language::parse(&word.to_lowercase()), Address::parse(word.trim_start_matches("mailto:"))) {
            (Some(said), _) => language.replace(said).is_some(),
            (None, Ok(named)) => address.replace(named).is_some(),
            (None, Err(_)) => !word.is_empty(),
        };
        if again {
            return None;
        }
    }
    Some((address, language))
}

/// Where the registry says that the merchant is reached, and in which language.
fn listed(dispute: &Dispute) -> (Option<Address>, Option<Language>) {
    match &dispute.listing {
        Some(listing @ Listing::Exact { language, .. }) => (listing.contact().cloned(), *language),
        Some(Listing::Perhaps(_)) | None => (None, None),
    }
}

/// The reason that the registrar names in the rest of the line, with or without its `R_`.
pub fn reason_in(argument: &str) -> Option<RejectReason> {
    argument.split_whitespace().find_map(|word| {
        let word = word.trim_matches(['.', ',', ';', ':', '\u{2068}', '\u{2069}']).to_uppercase().replace('-', "_");
        RejectReason::parse(&word).or_else(|| RejectReason::parse(&format!("R_{word}")))
    })
}

/// What identifies a cause that is no mail.
pub fn cause(parts: &[&[u8]]) -> Digest {
    Digest::of_parts(parts)
}
