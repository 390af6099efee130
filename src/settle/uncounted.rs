//! Answers of a party that count for nothing now, and why: their author is told, and a mediator hears them as the words that they are.

use super::speaker::Speaker;
use super::understand;
use crate::domain::{Act, Actor, Dice, Dispute, Event, Role, Track, Uncounted};
use crate::letter::{Command, Letter};

/// Why the code in a mail makes nothing; `None` if there is none, or if it made `act`, or if something else in the mail did.
pub(super) fn coded(speaker: &Speaker<'_>, letter: &Letter, act: &Act, dice: &mut Dice) -> Option<Uncounted> {
    let words = matches!(act, Act::Words | Act::Supply(_) | Act::Offer);
    if !words || !is_coded(speaker, letter) {
        return None;
    }
    let counts = codes(letter).any(|command| understand::binding_act(speaker, command, dice).is_some());
    Some(if counts { Uncounted::Mixed } else { Uncounted::Over })
}

/// Why `event`, of which no rule speaks, changes nothing. Words that were taken for a wish are only words.
pub(super) fn unruled(speaker: &Speaker<'_>, letter: &Letter, event: &Event) -> Option<Uncounted> {
    let (dispute, Actor::Person(role)) = (speaker.dispute, event.actor) else { return None };
    let mediated = dispute.track() == Track::Mediation && dispute.is_mediated();
    let again = event.act == Act::AskTime && !mediated;
    if role.party().is_none() || !(again || is_coded(speaker, letter)) {
        return None;
    }
    Some(match &dispute.suspended {
        Some(pause) if event.act == Act::Resume && pause.by != role => Uncounted::NotYours,
        Some(_) => Uncounted::Paused,
        None if again && had_time(dispute) => Uncounted::Twice,
        None => Uncounted::NotNow,
    })
}

fn had_time(dispute: &Dispute) -> bool {
    dispute.deadline.as_ref().is_some_and(|deadline| deadline.extended)
}

/// Whether a party answered with a code, as it was printed: a short word after "accept" in a sentence is none.
fn is_coded(speaker: &Speaker<'_>, letter: &Letter) -> bool {
    let party = matches!(speaker.role, Role::Consumer | Role::Merchant);
    party && speaker.binding && codes(letter).any(|command| is_typed(command, letter))
}

/// All codes in a mail, those that count and those that cannot.
fn codes(letter: &Letter) -> impl Iterator<Item = &Command> {
    letter.commands.iter().chain(&letter.qualified)
}

fn is_typed(command: &Command, letter: &Letter) -> bool {
    let code = command.code.as_str();
    code.bytes().any(|byte| byte.is_ascii_digit()) || letter.reply_text.contains(code)
}

/// `text` without its codes, which are nobody's to read but the service's.
pub(super) fn without_codes(text: &str, letter: &Letter) -> String {
    if codes(letter).next().is_none() {
        return text.trim().to_owned();
    }
    let is_code = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        codes(letter).any(|command| word.eq_ignore_ascii_case(command.code.as_str()))
    };
    let kept = |line: &str| line.split(' ').filter(|word| !is_code(word)).collect::<Vec<_>>().join(" ");
    text.lines().map(kept).collect::<Vec<_>>().join("\n").trim().to_owned()
}
