//! What somebody proposes: lines of a mail → terms that their author is shown before anybody else sees them.

use super::masking::Masking;
use super::speaker::Speaker;
use crate::domain::{Act, Dispute, Fact, Obligation, Party, ReplyCode, Role, Terms, Track};
use crate::letter::{Debtor, Letter, TermLine};

/// How many days there are to do what no day was named for (DOMAIN §2.5, `performance.default`).
const DAYS_TO_PERFORM: i64 = 15;

/// What the mail proposes: terms, or an offer that could not be read as terms; `None` if it proposes nothing, or nothing can be proposed now.
pub(super) fn draft(speaker: &Speaker<'_>, letter: &Letter) -> Option<Act> {
    let dispute = speaker.dispute;
    let possible = speaker.pointed && dispute.merchant.is_some() && dispute.consent.confirmed_request().is_some() && dispute.consent.agreement().is_none();
    let heard = match speaker.role {
        // In a merchant's customer service offers are made by its agents.
        Role::Consumer | Role::Merchant => possible && dispute.track() == Track::Mediation,
        Role::Mediator => possible && dispute.is_mediated(),
        Role::Operator => false,
    };
    let lines = letter.terms.as_ref().filter(|_| heard)?;
    let said: Vec<&TermLine> = lines.iter().filter(|line| !is_code(line, letter)).collect();
    if said.is_empty() && !lines.is_empty() {
        return None;
    }
    let obligations: Option<Vec<Obligation>> = said.into_iter().map(|line| obligation(speaker, letter, line)).collect();
    Some(obligations.and_then(Terms::new).map_or(Act::Offer, Act::Draft))
}

/// Whether the line is a code and nothing else, such as one that is not valid any more: nobody offers three letters.
fn is_code(line: &TermLine, letter: &Letter) -> bool {
    let text = line.text.trim().trim_end_matches(['.', ':']);
    ReplyCode::parse(text).is_some_and(|code| letter.commands.iter().any(|command| command.code == code))
}

/// Whether a day of what `after` has on the table has passed, or comes before the last day to answer it: then nobody could keep to it.
pub(super) fn is_too_soon(after: &Dispute) -> bool {
    let (Some(open), Some(deadline)) = (after.consent.open_proposal(), &after.deadline) else { return false };
    open.terms.obligations().iter().any(|one| one.due < deadline.day)
}

/// One line; `None` if nobody is named who could do it. Contact data are taken out as from any words that cross.
fn obligation(speaker: &Speaker<'_>, letter: &Letter, line: &TermLine) -> Option<Obligation> {
    let debtor = match (line.debtor, speaker.role) {
        (Some(Debtor::Seller), _) => Party::Merchant,
        (Some(Debtor::Buyer), _) => Party::Consumer,
        (Some(Debtor::Writer), role) => role.party()?,
        // A seller who writes "refund 300 DH" means to do it; what a buyer asks for is the seller's to do, but only where that is said.
        (None, Role::Merchant) => Party::Merchant,
        (None, _) => return None,
    };
    let day = crate::domain::Day::parse(letter.date?.rfc3339().get(..10)?).ok()?;
    let (due, supplied) = line.due.map_or_else(|| (day.plus(DAYS_TO_PERFORM), true), |due| (due, false));
    let facts = &speaker.dispute.complaint.facts;
    let phone = facts.get(Fact::Phone).filter(|_| speaker.role == Role::Consumer);
    let person = speaker.dispute.participant(speaker.role)?;
    let what = Masking::of(person).and_phone(phone).words(&line.text);
    Some(Obligation { debtor, what: what.trim().to_owned(), amount: line.amount.clone(), due, remedy: line.remedy.clone(), supplied })
}
