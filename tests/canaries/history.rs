//! What came to the service and what it did, and where that breaks an invariant of DOMAIN §2.4 that shows in whole mails alone. The measures are pure.

use elitige::domain::{Act, Actor, Dispute, Instant, MailOutcome, Role};
use elitige::store::Recorded;

/// What came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A mail of somebody, and what became of it.
    Mail(MailOutcome),
    /// The same once more, as another server would bring it.
    Again,
    /// The time.
    Clock,
    /// The registrar, at the command line.
    Command,
}

/// A letter that left.
#[derive(Debug, Clone)]
pub struct Left {
    pub role: Role,
    /// Its one envelope recipient.
    pub to: String,
    /// Who is named in its To, Cc and Bcc.
    pub named: Vec<String>,
    pub message_id: String,
    /// Whether it follows from what came, and did not merely wait until now.
    pub fresh: bool,
    /// Whether it speaks of the dispute.
    pub of_dispute: bool,
}

/// One thing that came, and everything that followed.
#[derive(Debug, Clone)]
pub struct Passed {
    pub what: What,
    /// In whose name, if it was a mail.
    pub by: Option<Role>,
    pub before: Option<Dispute>,
    pub after: Option<Dispute>,
    pub left: Vec<Left>,
    /// The whole journal of the dispute, after it.
    pub journal: Vec<Recorded>,
}

/// Who is named in the fields of a letter that say to whom it goes.
pub fn named(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
    let fields = head.lines().filter_map(|line| line.split_once(':')).filter(|(name, _)| ["to", "cc", "bcc"].contains(&&*name.to_lowercase()));
    let words = fields.flat_map(|(_, value)| value.split([' ', ',', ';', '<', '>', '"']).map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| word.contains('@')).collect()
}

/// Everything that `history` breaks. `awake`: whether people are at work then.
pub fn broken(history: &[Passed], awake: &dyn Fn(Instant) -> bool) -> Vec<&'static str> {
    let journals = |wrong: &dyn Fn(&[Recorded], &Passed) -> bool| {
        let earlier = [[].as_slice()].into_iter().chain(history.iter().map(|one| one.journal.as_slice()));
        earlier.zip(history).any(|(earlier, one)| wrong(earlier, one))
    };
    let found = [
        ("I6: a letter has more than one reader", history.iter().any(|one| one.left.iter().any(is_shared))),
        ("I8: a mail that came twice changed something", journals(&|earlier, one| one.what == What::Again && is_changed(earlier, one))),
        ("I10: something is relayed after the end", history.iter().any(is_relayed_after_the_end)),
        ("I11: the journal does not tell what changed", journals(&is_unwritten)),
        ("I12: somebody is reminded at night or on a day off", history.iter().any(|one| one.journal.iter().any(|entry| is_reminder(entry, awake)))),
    ];
    found.into_iter().filter(|(_, broken)| *broken).map(|(name, _)| name).collect()
}

fn is_shared(letter: &Left) -> bool {
    letter.named.len() != 1 || letter.named.iter().any(|named| !named.eq_ignore_ascii_case(&letter.to))
}

/// But for the line in the journal that says so, and its number.
fn is_changed(earlier: &[Recorded], one: &Passed) -> bool {
    let alike = match (&one.before, &one.after) {
        (Some(before), Some(after)) => Dispute { version: before.version, ..after.clone() } == *before,
        (before, after) => before == after,
    };
    let news = one.journal.iter().skip(earlier.len());
    let noted = news.into_iter().all(|new| new.entry.as_ref().is_some_and(|entry| entry.act == Act::Copy && entry.letters.is_empty()));
    !alike || !noted || one.left.iter().any(|letter| letter.fresh && letter.of_dispute)
}

fn is_relayed_after_the_end(one: &Passed) -> bool {
    let over = one.before.as_ref().is_some_and(Dispute::is_closed) && one.after.as_ref().is_some_and(Dispute::is_closed);
    let other = |letter: &Left| letter.fresh && letter.of_dispute && letter.role != Role::Operator && Some(letter.role) != one.by;
    over && one.left.iter().any(other)
}

/// The journal is only added to; each new line stands for one version, and its rules lead from the state before to the state after; every letter stands in it.
fn is_unwritten(earlier: &[Recorded], one: &Passed) -> bool {
    let Some(after) = &one.after else { return !one.journal.is_empty() };
    let kept = one.journal.starts_with(earlier) && one.journal.iter().all(|entry| entry.sound && entry.entry.is_some());
    let numbered = one.journal.last().is_some_and(|last| last.version == after.version)
        && one.journal.windows(2).all(|pair| pair[0].version + 1 == pair[1].version && pair[0].seq + 1 == pair[1].seq);
    let news: Vec<_> = one.journal.iter().skip(earlier.len()).filter_map(|new| new.entry.as_ref()).collect();
    let silent = one.before == one.after && news.is_empty();
    let steps: Vec<_> = news.iter().flat_map(|entry| &entry.steps).collect();
    let merged = news.iter().any(|entry| matches!(entry.act, Act::Merged(_) | Act::Reopen));
    let led = match (&one.before, steps.first(), steps.last()) {
        _ if merged => true,
        (Some(before), None, _) => before.state == after.state,
        (before, Some(first), Some(last)) => {
            before.as_ref().is_none_or(|before| before.state == first.from) && last.to == after.state && steps.windows(2).all(|pair| pair[0].to == pair[1].from)
        }
        _ => false,
    };
    let written = |letter: &&Left| one.journal.iter().filter_map(|entry| entry.entry.as_ref()).any(|entry| entry.letters.contains(&letter.message_id));
    let told = one.left.iter().filter(|letter| letter.of_dispute).all(|letter| written(&letter));
    !kept || !numbered || !(silent || led) || !told
}

fn is_reminder(entry: &Recorded, awake: &dyn Fn(Instant) -> bool) -> bool {
    entry.entry.as_ref().is_some_and(|entry| {
        let clock = entry.actor == Actor::Clock && matches!(entry.act, Act::Remind(_) | Act::TermRemind(_));
        clock && !entry.letters.is_empty() && !awake(entry.at)
    })
}

/// Forges a history in which each of these is broken, one after the other, and says which were found.
pub fn forged(history: &[Passed], awake: &dyn Fn(Instant) -> bool) -> Vec<Vec<&'static str>> {
    let with = |forge: &dyn Fn(&mut Vec<Passed>)| {
        let mut forged = history.to_vec();
        forge(&mut forged);
        broken(&forged, awake)
    };
    let written = |one: &&mut Passed| one.after.is_some() && !one.left.is_empty();
    let letter = |to: Role| Left { role: to, to: "a@b".to_owned(), named: vec!["a@b".to_owned()], message_id: String::new(), fresh: true, of_dispute: true };
    vec![
        with(&|forged| forged.iter_mut().find(written).unwrap().left[0].named.push("somebody@else.example".to_owned())),
        with(&|forged| {
            let copy = Passed { what: What::Again, ..forged.iter().rfind(|one| one.after.is_some()).unwrap().clone() };
            let after = copy.after.clone().map(|after| Dispute { frozen: Some(after.entered), ..after });
            forged.push(Passed { before: copy.after.clone(), after, left: Vec::new(), ..copy });
        }),
        with(&|forged| {
            let mut last = forged.iter().rfind(|one| one.after.is_some()).unwrap().clone();
            let closed = last.after.as_mut().unwrap();
            closed.outcome = Some(elitige::domain::Outcome::WithdrawnConsumer);
            let known = last.journal.iter().filter_map(|entry| entry.entry.as_ref()).find_map(|entry| entry.letters.first().cloned()).unwrap();
            let left = vec![Left { message_id: known, ..letter(Role::Merchant) }];
            forged.push(Passed { what: What::Clock, by: Some(Role::Consumer), before: last.after.clone(), left, ..last });
        }),
        with(&|forged| forged.iter_mut().rfind(|one| one.journal.len() > 1).unwrap().journal.truncate(1)),
        with(&|forged| {
            let last =
                forged.iter_mut().rfind(|one| one.journal.iter().any(|entry| entry.entry.as_ref().is_some_and(|entry| !entry.letters.is_empty()))).unwrap();
            let entries = last.journal.iter_mut().filter_map(|entry| entry.entry.as_mut());
            for entry in entries.filter(|entry| !entry.letters.is_empty()) {
                (entry.actor, entry.act, entry.at) = (Actor::Clock, Act::Remind(1), Instant::parse("2026-11-24T02:00:00Z").unwrap());
            }
            let (journal, end) = (last.journal.clone(), forged.len());
            for one in forged.iter_mut().take(end) {
                let length = one.journal.len();
                one.journal = journal.iter().take(length).cloned().collect();
            }
        }),
    ]
}
