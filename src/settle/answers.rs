//! The questions of the last letter and the answers of a mail, brought together (DOMAIN §3.3).
//!
//! Nothing here has legal weight: whatever is taken over stands in the summary that the consumer confirms.

use crate::domain::{Dispute, Fact, Facts, MessageId, Proposal, Role};
use crate::letter::{Answer, Letter};

/// What a mail says once it is known what was asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Heard<'a> {
    /// The fields that the mail states, and those that it answers.
    pub facts: Facts,
    /// What is still to be asked about: no proposal that was answered in whatever way.
    pub standing: Vec<Proposal>,
    /// What the person says not to know.
    pub unknown: Vec<Fact>,
    /// The answers that were understood.
    pub taken: Vec<&'a Answer>,
}

/// The questions as the letter that `letter` answers numbered them; none where `role` is asked nothing or the numbers are outdated.
/// `ours` is the domain of our Message-IDs.
pub fn asked(dispute: &Dispute, role: Role, needs: &[Fact], letter: &Letter, ours: &str) -> Vec<Fact> {
    let open = role == Role::Consumer && dispute.consent.confirmed_request().is_none();
    if open && !outdated(&dispute.consumer.thread, &letter.in_reply_to, ours) { dispute.asked(needs) } else { Vec::new() }
}

/// Whether another mail of the person came after the letter that is answered, so that since then other questions have its numbers.
fn outdated(thread: &[MessageId], in_reply_to: &[MessageId], ours: &str) -> bool {
    let answered = in_reply_to.iter().filter_map(|id| thread.iter().rposition(|known| known == id)).max();
    let later = thread.iter().skip(answered.map_or(thread.len(), |at| at.saturating_add(1)));
    later.into_iter().any(|id| id.as_str().rsplit_once('@').is_none_or(|(_, domain)| domain != ours))
}

/// What a mail with `answers` says that states `stated` by itself, where `asked` was asked and `standing` proposed. What is stated wins.
pub fn heard<'a>(answers: &'a [Answer], stated: &Facts, asked: &[Fact], standing: &[Proposal]) -> Heard<'a> {
    let mut heard = Heard { facts: stated.clone(), standing: standing.to_vec(), unknown: Vec::new(), taken: Vec::new() };
    for (fact, answer) in paired(answers, asked) {
        let proposed = standing.iter().find(|proposal| proposal.fact == fact);
        heard.standing.retain(|proposal| proposal.fact != fact);
        if stated.get(fact).is_some() {
            continue;
        }
        if answer.unknown && fact.may_be_unknown() {
            heard.unknown.push(fact);
            heard.taken.push(answer);
            continue;
        }
        let (value, currency) = match proposed {
            Some(proposal) if answer.yes => (Some(proposal.value.as_str()), proposal.currency.as_deref()),
            _ => (answer.means.get(fact), answer.means.get(Fact::Currency)),
        };
        let Some(value) = value else { continue };
        heard.facts.set(fact, value);
        heard.taken.push(answer);
        if let (Fact::Amount, Some(currency)) = (fact, currency) {
            heard.facts.set(Fact::Currency, currency);
        }
    }
    heard
}

/// Each question with its answer: by number, or one by one if there are as many bare answers as questions.
fn paired<'a>(answers: &'a [Answer], asked: &[Fact]) -> Vec<(Fact, &'a Answer)> {
    let numbered = answers.iter().any(|answer| answer.number.is_some());
    if !numbered && answers.len() != asked.len() {
        return Vec::new();
    }
    let at = |place: usize| {
        let mut named = answers.iter().filter(|answer| answer.number.is_some_and(|number| usize::from(number) == place.saturating_add(1)));
        if numbered { named.next() } else { answers.get(place) }
    };
    asked.iter().enumerate().filter_map(|(place, fact)| at(place).map(|answer| (*fact, answer))).collect()
}

/// `text` without the lines that are nothing but the answers that were understood: what is left is the person's account.
pub fn without(text: &str, taken: &[&Answer]) -> String {
    let is_answer = |line: &&str| {
        let rest = taken.iter().fold((*line).to_owned(), |rest, answer| rest.replacen(&answer.text, "", 1));
        rest.len() < line.len() && !rest.chars().any(char::is_alphabetic)
    };
    text.lines().filter(|line| !is_answer(line)).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: [Fact; 3] = [Fact::Merchant, Fact::OrderNo, Fact::Amount];

    fn answer(number: Option<u8>, text: &str, means: &[(Fact, &str)], yes: bool) -> Answer {
        Answer { number, text: text.to_owned(), means: facts(means), yes, unknown: text == "je ne l'ai pas" }
    }

    fn facts(of: &[(Fact, &str)]) -> Facts {
        let mut facts = Facts::default();
        of.iter().for_each(|(fact, value)| facts.set(*fact, *value));
        facts
    }

    fn proposal() -> Proposal {
        Proposal { fact: Fact::Amount, value: "1500.00".to_owned(), currency: Some("MAD".to_owned()), written: "150 000 centimes".to_owned() }
    }

    #[test]
    fn numbered_answers_come_in_any_order_and_not_all() {
        let answers = [
            answer(Some(3), "340 dh", &[(Fact::Amount, "340.00"), (Fact::Currency, "MAD"), (Fact::Product, "x")], false),
            answer(Some(1), "Savonnerie Amzil", &[(Fact::Merchant, "Savonnerie Amzil"), (Fact::City, "Savonnerie Amzil")], false),
            answer(Some(9), "48213", &[(Fact::OrderNo, "48213")], false),
        ];
        let heard = heard(&answers, &Facts::default(), &ASKED, &[]);
        assert_eq!(heard.facts, facts(&[(Fact::Merchant, "Savonnerie Amzil"), (Fact::Amount, "340.00"), (Fact::Currency, "MAD")]));
        assert_eq!(heard.taken.len(), 2);
    }

    #[test]
    fn bare_answers_count_only_if_there_are_as_many_as_questions() {
        let answers = [answer(None, "Amzil", &[(Fact::Merchant, "Amzil")], false), answer(None, "48213", &[(Fact::OrderNo, "48213")], false)];
        assert_eq!(heard(&answers, &Facts::default(), &ASKED[..2], &[]).facts, facts(&[(Fact::Merchant, "Amzil"), (Fact::OrderNo, "48213")]));
        for asked in [&ASKED[..], &ASKED[..1], &[]] {
            assert!(heard(&answers, &Facts::default(), asked, &[]).facts.is_empty());
        }
    }

    #[test]
    fn what_the_mail_states_wins_and_what_is_not_asked_is_not_taken() {
        let answers = [answer(Some(1), "Amzil", &[(Fact::Merchant, "Amzil"), (Fact::City, "Amzil")], false)];
        let stated = facts(&[(Fact::Merchant, "boutique-atlas.example")]);
        assert_eq!(heard(&answers, &stated, &ASKED, &[]).facts, stated);
    }

    #[test]
    fn a_proposal_is_taken_by_a_yes_at_its_place_and_given_up_by_any_other_answer() {
        let yes = |number| [answer(number, "oui", &[], true)];
        let taken = facts(&[(Fact::Amount, "1500.00"), (Fact::Currency, "MAD")]);
        assert_eq!(heard(&yes(Some(3)), &Facts::default(), &ASKED, &[proposal()]).facts, taken);
        assert_eq!(heard(&yes(None), &Facts::default(), &[Fact::Amount], &[proposal()]).facts, taken);
        // A yes that is not at its place answers something else.
        for (number, asked) in [(Some(1), &ASKED[..]), (None, &ASKED[..])] {
            let answers = yes(number);
            let heard = heard(&answers, &Facts::default(), asked, &[proposal()]);
            assert_eq!((heard.facts, heard.standing), (Facts::default(), vec![proposal()]));
        }
        let no = [answer(Some(3), "non", &[], false)];
        assert_eq!(
            heard(&no, &Facts::default(), &ASKED, &[proposal()]),
            Heard { facts: Facts::default(), standing: Vec::new(), unknown: Vec::new(), taken: Vec::new() }
        );
        let other = [answer(Some(3), "200 dh", &[(Fact::Amount, "200.00")], false)];
        assert_eq!(heard(&other, &Facts::default(), &ASKED, &[proposal()]).facts, facts(&[(Fact::Amount, "200.00")]));
    }

    #[test]
    fn the_numbers_of_a_letter_count_until_its_reader_wrote_again() {
        let ids = |names: &[&str]| names.iter().map(|name| MessageId::parse(name).unwrap()).collect::<Vec<_>>();
        let thread = ids(&["complaint@post.example", "first@elitige.example", "reminder@elitige.example"]);
        for (answers, thread, expected) in [
            ("first@elitige.example", thread.clone(), false),
            ("reminder@elitige.example", thread.clone(), false),
            ("lost@elsewhere.example", thread.clone(), false),
            ("first@elitige.example", [thread.clone(), ids(&["reply@post.example", "second@elitige.example"])].concat(), true),
            ("second@elitige.example", [thread, ids(&["reply@post.example", "second@elitige.example"])].concat(), false),
        ] {
            assert_eq!(outdated(&thread, &ids(&[answers]), "elitige.example"), expected, "{answers} in {}", thread.len());
        }
    }

    #[test]
    fn who_has_no_number_has_answered_but_a_complaint_needs_a_seller() {
        let answers = [answer(Some(1), "je ne l'ai pas", &[], false), answer(Some(2), "je ne l'ai pas", &[], false)];
        let heard = heard(&answers, &Facts::default(), &ASKED, &[]);
        assert_eq!((heard.unknown, heard.taken.len()), (vec![Fact::OrderNo], 1));
    }

    #[test]
    fn lines_of_answers_are_no_account() {
        let one = answer(Some(1), "Amzil", &[], false);
        let two = answer(Some(2), "340 dh", &[], false);
        assert_eq!(without("1) Amzil 2) 340 dh\nla vis manque", &[&one, &two]), "la vis manque");
        assert_eq!(without("1) Amzil, et la vis manque", &[&one]), "1) Amzil, et la vis manque");
        assert_eq!(without("oui", &[]), "oui");
    }
}
