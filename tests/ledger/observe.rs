//! What the store keeps, read through its own doors.

use super::check::{Carried, Kept, KeptDispute, KeptLetter, KeptMail};
use super::generate::Entry;
use elitige::domain::{Digest, Dispute, MessageId, Role};
use elitige::store::{OutboxSummary, Standing, Store, Work};

/// More rows than any test makes.
const ALL: u32 = 10_000_000;
const STATES: [&str; 7] = ["queued", "leased", "dot-pending", "delivered", "refused", "uncertain", "stopped"];

/// Everything in `store` that the books and the wire can be compared with. Nobody else may write meanwhile.
pub async fn observe(store: &Store, books: &[Entry], wire: &[Carried]) -> Kept {
    let mut kept = Kept::default();
    for state in STATES {
        for row in store.outbox_list(state, ALL).await.unwrap() {
            kept.letters.insert(row.id.0, letter(row));
        }
    }
    for standing in [Standing::Open, Standing::Closed] {
        for line in store.list(standing, ALL).await.unwrap() {
            let dispute = store.dispute(line.id).await.unwrap().expect("a dispute that is listed");
            let entries: Vec<_> = store.journal(line.id).await.unwrap().into_iter().filter_map(|recorded| recorded.entry).collect();
            kept.disputes.push(KeptDispute {
                id: line.id,
                reference: line.reference.to_string(),
                causes: entries.iter().map(|entry| entry.cause).collect(),
                letters: entries.into_iter().flat_map(|entry| entry.letters).map(|id| bracketed(&id)).collect(),
                people: people(&dispute),
            });
        }
    }
    let mut work = store.begin().await.unwrap();
    let told = kept.disputes.iter().flat_map(|dispute| dispute.letters.iter().cloned());
    let ids: Vec<String> = told.chain(wire.iter().map(|mail| mail.message_id.clone())).collect();
    for id in ids {
        let found = MessageId::parse(id.trim_matches(['<', '>']));
        if let Some(own) = work.by_message_id(&found.expect("a Message-ID")).await.unwrap() {
            kept.rows.insert(id, own.id.0);
        }
    }
    for entry in books {
        if let Some(mail) = mail(store, &mut work, entry).await {
            kept.mails.insert(entry.index, mail);
        }
    }
    kept
}

async fn mail(store: &Store, work: &mut Work, entry: &Entry) -> Option<KeptMail> {
    let number = store.letter_with(&entry.bytes).await.unwrap()?;
    let sha256 = store.raw(number).await.unwrap().map(|bytes| Digest::of(&bytes));
    Some(KeptMail { sha256, outcome: work.outcome_of(number).await.unwrap(), dispute: work.dispute_of(number).await.unwrap() })
}

fn letter(row: OutboxSummary) -> KeptLetter {
    KeptLetter { dispute: row.dispute.map(|reference| reference.to_string()), role: row.role, letter: row.letter, state: row.state, uncertain: row.uncertain }
}

fn people(dispute: &Dispute) -> Vec<(Role, String)> {
    let known = |role: Role| dispute.participant(role).map(|person| (role, person.address.folded()));
    Role::ALL.into_iter().filter_map(known).collect()
}

fn bracketed(id: &str) -> String {
    format!("<{}>", id.trim_matches(['<', '>']))
}
