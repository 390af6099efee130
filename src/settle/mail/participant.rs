//! The mail of somebody with standing in a dispute.

use super::super::brakes::{self, Patience};
use super::super::crossing::{self, Path};
use super::super::escalate::Passage;
use super::super::guard;
use super::super::pointing;
use super::super::proposing;
use super::super::speaker::Speaker;
use super::super::uncounted;
use super::super::understand;
use super::super::write::{self, Author, Verdict};
use super::super::{Desk, SettleError};
use super::{Finding, Incoming, duplicate, is_copy};
use crate::domain::{
    Act, Actor, Channel, Consent, Dice, Dispute, Event, HeldReason, Instant, Judgement, MailOutcome, Role, Shingles, Spoken, Track, Uncounted,
};
use crate::letter::Letter;
use crate::store::Work;
use crate::workflow;

const DAY: i64 = 86_400;
/// So many mails are told to one person in a dispute in a day: two programs that answer each other through us fall silent.
const MOST_TOLD_A_DAY: u32 = 20;

/// The letter to a party that wrote to others as well.
const IN_COPY: &str = "in-copy";

/// A mail that is heard in a dispute.
pub(in crate::settle) struct Hearing<'a> {
    pub(in crate::settle) desk: &'a Desk,
    pub(in crate::settle) incoming: &'a Incoming,
    pub(in crate::settle) letter: &'a Letter,
    pub(in crate::settle) speaker: Speaker<'a>,
    /// What pointed to the dispute, in words for the journal.
    pub(in crate::settle) signals: String,
    /// Whether it went to the address of the case.
    pub(in crate::settle) case_address: bool,
    pub(in crate::settle) now: Instant,
}

impl Hearing<'_> {
    /// What became of it.
    pub(in crate::settle) async fn settle(&self, work: &mut Work, dice: &mut Dice) -> Result<Finding, SettleError> {
        let Self { incoming, letter, speaker, now, .. } = self;
        let dispute = speaker.dispute;
        if let Some(copied) = is_copy(work, incoming, letter, Some(dispute.id)).await? {
            let home = match copied.dispute.filter(|home| *home != dispute.id) {
                Some(home) => work.dispute(home).await?,
                None => None,
            };
            return duplicate(work, home.as_ref().unwrap_or(dispute), incoming, &copied.why, *now).await;
        }
        if dispute.is_closed() {
            self.closed(work).await?;
            return Ok(Finding::held(HeldReason::Closed, Some(dispute.id), &self.signals));
        }
        let act = understand::act(speaker, letter, dice);
        let act = if self.desk.invites_ours(&act) { Act::Misordered } else { act };
        let (act, soon) = self.in_time(act).await?;
        let path = match crossing::path(speaker, letter, &act, self.case_address, &self.desk.own()) {
            // A seller's wish for a mediator is heard, or answered with the charter, also where one was named before.
            Path::Speaks(channel)
                if matches!(act, Act::AcceptMediation | Act::JoinMediation(_))
                    && (!dispute.consent.is_joined() || self.judged(&act).await? == Judgement::Advanced) =>
            {
                Path::ActsAndSpeaks(channel)
            }
            path => path,
        };
        let unruled = speaker.role.party().is_some() && !matches!(path, Path::Speaks(_)) && self.judged(&act).await? == Judgement::NoRule;
        let why = uncounted::coded(speaker, letter, &act, dice).or_else(|| uncounted::unruled(speaker, letter, &self.event(&act)).filter(|_| unruled));
        let why = why.filter(|_| soon.is_none());
        let path = match path {
            // With a mediator whatever counts for nothing is a private word, and no pen's (DOMAIN §5.1).
            _ if (unruled || why.is_some()) && dispute.track() == Track::Mediation && dispute.is_mediated() => Path::Speaks(Channel::private_to(speaker.role)),
            path => path,
        };
        let finding = self.follow(work, act, path, why.or(soon), dice).await?;
        // Afterwards: what this very mail says is nothing that its hearers knew before.
        // What is held was told to nobody: until it is released it is its author's alone, whoever it was meant for.
        // What the registrar writes to one side it may write to the other as well.
        let own = finding.outcome.is_held() || speaker.role == Role::Operator;
        let channel = match path.channel(speaker.role) {
            // What waits for the mediator has not reached the other side, and perhaps never will.
            Channel::Joint if speaker.role.party().is_some() && dispute.cooling.hours().is_some() => Channel::private_to(speaker.role),
            _ if own => Channel::private_to(speaker.role),
            channel => channel,
        };
        guard::hear(work, dispute.id, incoming.number, channel, letter, &incoming.exhibits).await?;
        Ok(finding)
    }

    async fn follow(&self, work: &mut Work, act: Act, path: Path, why: Option<Uncounted>, dice: &mut Dice) -> Result<Finding, SettleError> {
        match path {
            _ if act == Act::Escalate => self.escalate(work, why, dice).await,
            Path::Acts => self.act(work, act, None, why).await,
            Path::ActsAtDesk => self.act(work, act, Some(Channel::Desk), why).await,
            Path::Speaks(channel) => self.speak(work, channel, why).await,
            Path::ActsAndSpeaks(channel) => self.act(work, act, Some(channel), why).await,
            Path::Files(channel) => self.act(work, Act::Filed(channel), None, why).await,
            Path::BothSides => {
                self.warn(work, "joint-missing").await?;
                Ok(self.finding(MailOutcome::Noted, "filed by the mediator, who wrote to both sides without a common channel"))
            }
            Path::Outsider => {
                self.warn(work, "outsider").await?;
                Ok(self.finding(MailOutcome::Held(HeldReason::Outsider), "the mediator wrote to somebody outside the dispute as well"))
            }
        }
    }

    /// What `act` would come to.
    async fn judged(&self, act: &Act) -> Result<Judgement, SettleError> {
        let dispute = self.speaker.dispute;
        let rules = self.desk.rulebook.by_digest(dispute.rules, &self.desk.store).await?;
        Ok(workflow::decide(&rules, &self.desk.calendar, dispute, &self.event(act), self.now).judgement)
    }

    /// What is proposed, or an offer that its author has to write anew because of a day in it.
    async fn in_time(&self, act: Act) -> Result<(Act, Option<Uncounted>), SettleError> {
        let dispute = self.speaker.dispute;
        let rules = self.desk.rulebook.by_digest(dispute.rules, &self.desk.store).await?;
        let after = |dispute: &Dispute, act: &Act| workflow::decide(&rules, &self.desk.calendar, dispute, &self.event(act), self.now).dispute;
        let tabled = match &act {
            Act::Draft(_) => {
                let drafted = after(dispute, &act);
                drafted.consent.draft_digest(self.speaker.role).map(|digest| after(&drafted, &Act::Propose(digest)))
            }
            Act::Propose(_) => Some(after(dispute, &act)),
            _ => None,
        };
        let made = |consent: &Consent| consent.proposals().len();
        let soon = tabled.is_some_and(|tabled| made(&tabled.consent) > made(&dispute.consent) && proposing::is_too_soon(&tabled));
        Ok(if soon { (Act::Offer, Some(Uncounted::TooSoon)) } else { (act, None) })
    }

    fn event(&self, act: &Act) -> Event {
        Event { actor: Actor::Person(self.speaker.role), act: act.clone(), cause: self.incoming.digest }
    }

    /// Words that others hear.
    async fn speak(&self, work: &mut Work, channel: Channel, why: Option<Uncounted>) -> Result<Finding, SettleError> {
        let mut told = 0;
        for reader in Role::ALL.into_iter().filter(|role| *role != self.speaker.role && channel.is_read_by(*role)) {
            let letter = workflow::telling(self.speaker.dispute, reader);
            told = told.max(work.letters_told(self.speaker.dispute.id, reader, letter, self.now.plus_seconds(-DAY), MOST_TOLD_A_DAY).await?);
        }
        if told >= MOST_TOLD_A_DAY {
            return Ok(self.finding(MailOutcome::Held(HeldReason::TooMany), "more was passed on in this dispute today than is in a day"));
        }
        self.act(work, Act::Spoke(channel), Some(channel), why).await
    }

    async fn act(&self, work: &mut Work, act: Act, spoken: Option<Channel>, why: Option<Uncounted>) -> Result<Finding, SettleError> {
        // On the heap: several ways lead here, and each would keep room for it on the stack.
        Box::pin(self.act_in(work, self.remembering(), act, spoken, why)).await
    }

    /// The consumer goes from the customer service to mediation: one dispute ends and the other begins, in the same transaction.
    async fn escalate(&self, work: &mut Work, why: Option<Uncounted>, dice: &mut Dice) -> Result<Finding, SettleError> {
        let Some(passage) = Passage::of(self.desk, self.speaker.dispute, self.now, dice) else {
            let why = "there is no registrar for a mediation who had no part in the customer service";
            return Ok(Finding::held(HeldReason::NeedsPerson, Some(self.speaker.dispute.id), why));
        };
        let leaving = Dispute { linked: Some(passage.to), ..self.remembering() };
        let finding = self.act_in(work, leaving, Act::Escalate, None, why).await?;
        if finding.outcome == MailOutcome::Advanced {
            passage.open(self.desk, work, self.speaker.dispute, self.incoming.digest, self.now, dice).await?;
        }
        Ok(finding)
    }

    async fn act_in(&self, work: &mut Work, dispute: Dispute, act: Act, spoken: Option<Channel>, why: Option<Uncounted>) -> Result<Finding, SettleError> {
        let (exhibits, own) = (&self.incoming.exhibits, self.desk.own());
        let spoken = spoken.and_then(|channel| crossing::spoken(&self.speaker, self.letter, exhibits, channel, &own, why.is_some()));
        // An agent who newly wrote nothing asked nobody anything.
        let silent = spoken.is_none() && dispute.track() == Track::Service && matches!(act, Act::Spoke(_));
        let act = if silent { Act::Words } else { act };
        let event = self.event(&act);
        let because = format!("{} from the {} by {}", event.act.name(), self.speaker.role, self.signals);
        let exposed = self.exposes(work).await?;
        let said = Said { letter: self.letter, spoken: spoken.as_ref(), exposed, uncounted: why };
        let judgement = Box::pin(decide(self.desk, work, &dispute, &event, Some(said), &because, self.now)).await?;
        let outcome = match judgement {
            Judgement::Advanced => MailOutcome::Advanced,
            Judgement::Noted => MailOutcome::Noted,
            Judgement::NoRule => MailOutcome::Held(HeldReason::NobodyRules),
        };
        Ok(self.finding(outcome, &because))
    }

    /// Tells its writer at once what cannot be done with the mail; nothing else follows from it.
    async fn warn(&self, work: &mut Work, letter: &str) -> Result<(), SettleError> {
        let event = Event { actor: Actor::Person(self.speaker.role), act: Act::Words, cause: self.incoming.digest };
        let rules = self.desk.rulebook.by_digest(self.speaker.dispute.rules, &self.desk.store).await?;
        let decision = workflow::warned(&self.remembering(), self.speaker.role, letter);
        let note = format!("{letter}: nothing was passed on");
        let verdict = Verdict {
            workflow: &rules,
            event: &event,
            decision,
            masked: self.letter.hides_secret(),
            answers: true,
            patience: Patience::ENDLESS,
            spoken: None,
            author: self.author(),
            note,
        };
        write::commit(self.desk, work, verdict, self.now).await.map(|_| ())
    }

    fn author(&self) -> Author {
        Author { uncounted: None, words: guard::words_of(self.letter) }
    }

    /// Whether a party wrote to others by the same mail and was not told yet that what it writes to them is not confidential: told once (DOMAIN §5.3).
    async fn exposes(&self, work: &mut Work) -> Result<bool, SettleError> {
        let (dispute, role) = (self.speaker.dispute, self.speaker.role);
        let others = role.party().is_some() && dispute.track() == Track::Mediation && crossing::reaches_others(&self.speaker, self.letter, &self.desk.own());
        Ok(others && !work.letter_sent(dispute.id, role, IN_COPY, dispute.opened).await?)
    }

    /// Nobody acts in a closed dispute: its writer is told so at the registered address, once a day, and that a person reads it (THREATS T17).
    async fn closed(&self, work: &mut Work) -> Result<(), SettleError> {
        const LETTER: &str = "after-closing";
        let (dispute, role) = (self.speaker.dispute, self.speaker.role);
        let told = work.letter_sent(dispute.id, role, LETTER, self.now.plus_seconds(-DAY)).await?;
        if told || role.party().is_none() || !self.letter.may_answer {
            return Ok(());
        }
        self.warn(work, LETTER).await
    }

    /// The dispute, in which this mail belongs to the conversation with its writer.
    fn remembering(&self) -> Dispute {
        let mut dispute = self.speaker.dispute.clone();
        if let (Some(message_id), Some(person)) = (&self.letter.message_id, dispute.participant_mut(self.speaker.role)) {
            person.remember(self.speaker.channel, message_id.clone());
        }
        dispute
    }

    fn finding(&self, outcome: MailOutcome, because: &str) -> Finding {
        Finding { outcome, dispute: Some(self.speaker.dispute.id), because: because.to_owned(), tell: false }
    }
}

/// Whether only a reply code, or an order of the mediator's, makes that act, which changes something that no state shows.
fn by_code(act: &Act) -> bool {
    let answers =
        matches!(act, Act::AgreeJoint | Act::LeaveJoint | Act::Propose(_) | Act::AcceptTerms(_) | Act::DeclineTerms(_) | Act::RetractTerms(_) | Act::Share(_));
    let orders = matches!(act, Act::TakeMission | Act::DeclineMission | Act::Recuse | Act::Order(_) | Act::Undo(_) | Act::AskShare(..) | Act::Withhold(_));
    let begins = matches!(act, Act::Deadlock | Act::Escalate | Act::JoinMediation(_) | Act::Contest(_) | Act::Renegotiate(_));
    let allows = matches!(act, Act::ThirdPerson(_));
    let asks = matches!(act, Act::Points(_) | Act::Cooling(_));
    answers || orders || begins || allows || asks
}

/// The mail of a person from which an event comes.
pub(super) struct Said<'a> {
    letter: &'a Letter,
    /// What others hear of it.
    spoken: Option<&'a Spoken>,
    /// Whether its writer is told that others got it as well.
    exposed: bool,
    /// Why the answer in it does not count.
    uncounted: Option<Uncounted>,
}

/// Decides on `event` and records it; `said` is the mail of the person that it comes from.
pub(super) async fn decide(
    desk: &Desk,
    work: &mut Work,
    dispute: &Dispute,
    event: &Event,
    said: Option<Said<'_>>,
    note: &str,
    now: Instant,
) -> Result<Judgement, SettleError> {
    let rules = desk.rulebook.by_digest(dispute.rules, &desk.store).await?;
    let mut decision = workflow::decide(&rules, &desk.calendar, dispute, event, now);
    let spoken = said.as_ref().and_then(|said| said.spoken);
    if let (Actor::Person(role), true) = (event.actor, said.as_ref().is_some_and(|said| said.exposed)) {
        workflow::also_warn(&mut decision, role, IN_COPY);
    }
    let uncounted = said.as_ref().and_then(|said| said.uncounted);
    let said = said.map(|said| said.letter);
    let author = Author { uncounted, words: said.map_or_else(Shingles::default, guard::words_of) };
    if let (Some(spoken), Some(service)) = (spoken, &mut decision.dispute.service)
        && event.act == Act::Spoke(Channel::ConsumerPrivate)
        && decision.judgement != Judgement::NoRule
    {
        service.answer(spoken.words(), now);
    }
    let response = match event.actor {
        Actor::Person(role) if spoken.is_some() => {
            role.party().zip(said).and_then(|(party, letter)| Some((party, pointing::heard(dispute, party, letter, &event.act)?)))
        }
        _ => None,
    };
    let asks_again = response.is_some_and(|(party, response)| workflow::points_heard(&desk.calendar, &mut decision, party, &response, now));
    if let Some(spoken) = spoken.filter(|spoken| !matches!(event.act, Act::Spoke(_)) && spoken.by() != Role::Mediator) {
        workflow::also_tell(&mut decision, Role::Mediator, spoken.channel());
    }
    let patience = match said {
        // A code was typed: no program answers so, and whoever agreed to something is told that it was heard.
        Some(_) if by_code(&event.act) || uncounted.is_some_and(Uncounted::is_coded) => Patience::ENDLESS,
        // What is asked again is asked once.
        Some(_) if asks_again => Patience::ENDLESS,
        // Agents work in many cases a day: what they prepare is shown to them each time.
        Some(_) if dispute.track() == Track::Service && matches!(event.act, Act::Draft(_) | Act::Offer) => Patience::ENDLESS,
        Some(letter) => brakes::patience(desk, work, dispute, &event.act, letter).await?,
        None => Patience::ENDLESS,
    };
    let masked = said.is_some_and(Letter::hides_secret);
    let answers = matches!(event.actor, Actor::Person(_));
    let verdict = Verdict { workflow: &rules, event, decision, masked, answers, patience, spoken, author, note: note.to_owned() };
    Box::pin(write::commit(desk, work, verdict, now)).await
}
