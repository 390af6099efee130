//! The checker sees what it is there for: each kind of failure is forged once, and it is named.

use crate::ledger::check::{KeptDispute, KeptLetter, KeptMail};
use crate::ledger::{Carried, Effect, Entry, Generator, Kept, Report, check};
use elitige::domain::{Digest, DisputeId, HeldReason, MailOutcome, Role};

/// A sound world of a few mails: what the store keeps and what the wire got.
struct World {
    books: Vec<Entry>,
    kept: Kept,
    wire: Vec<Carried>,
}

impl World {
    fn new() -> Self {
        let books = Generator::new(5).mails(60);
        let (mut kept, mut wire) = (Kept::default(), Vec::new());
        for entry in &books {
            let own = |index: usize| Some(DisputeId::new([u8::try_from(index).unwrap(); 16]));
            let (outcome, dispute) = match entry.effect {
                Effect::Opens => (MailOutcome::Opened, own(entry.index)),
                Effect::Joins(opening) => (MailOutcome::Noted, own(opening)),
                Effect::Automatic => (MailOutcome::Automatic, None),
                Effect::Held => (MailOutcome::Held(HeldReason::UnknownSender), None),
            };
            kept.mails.insert(entry.index, KeptMail { sha256: Some(entry.sha256), outcome: Some(outcome), dispute });
            match (entry.effect, dispute) {
                (Effect::Opens, Some(id)) => wire.push(opened(&mut kept, entry, id)),
                (Effect::Joins(_), Some(id)) => kept.disputes.iter_mut().find(|known| known.id == id).unwrap().causes.push(entry.sha256),
                _ => {}
            }
        }
        Self { books, kept, wire }
    }

    fn report(&self) -> Report {
        check(&self.books, &self.kept, &self.wire)
    }

    fn first(&self, wanted: fn(Effect) -> bool) -> Entry {
        self.books.iter().find(|entry| wanted(entry.effect)).unwrap().clone()
    }
}

fn opened(kept: &mut Kept, entry: &Entry, id: DisputeId) -> Carried {
    let (row, message_id) = (i64::try_from(entry.index).unwrap(), format!("<letter{}@elitige.example>", entry.index));
    let reference = format!("EL-{:04}", entry.index);
    kept.rows.insert(message_id.clone(), row);
    let letter =
        KeptLetter { dispute: Some(reference.clone()), role: Role::Consumer, letter: "acknowledgement".into(), state: "delivered".into(), uncertain: 0 };
    kept.letters.insert(row, letter);
    let people = vec![(Role::Consumer, entry.from.clone())];
    kept.disputes.push(KeptDispute { id, reference, causes: vec![entry.sha256], letters: vec![message_id.clone()], people });
    let bytes = format!("Message-ID: {message_id}\r\nSubject: x\r\n\r\nYou wrote {}\r\n", entry.canary).into_bytes();
    Carried { message_id, to: vec![entry.from.clone()], bytes }
}

/// Forges with `forge`; the failure must be named in the column that `column` looks at, and nowhere else.
fn seen(forge: impl FnOnce(&mut World), column: fn(&Report) -> &Vec<String>) {
    let mut world = World::new();
    assert_eq!(world.report().faults(), Vec::<String>::new(), "the world is sound before");
    forge(&mut world);
    let report = world.report();
    assert_eq!((column(&report).len(), report.faults().len()), (1, 1), "{:?}", report.faults());
}

#[test]
fn a_mail_without_a_trace_is_seen() {
    seen(
        |world| {
            let gone = world.first(|effect| effect == Effect::Automatic);
            world.kept.mails.remove(&gone.index);
        },
        |report| &report.lost,
    );
}

#[test]
fn a_mail_whose_effect_is_missing_is_seen() {
    seen(
        |world| {
            let reply = world.first(|effect| matches!(effect, Effect::Joins(_)));
            world.kept.disputes.iter_mut().for_each(|dispute| dispute.causes.retain(|cause| *cause != reply.sha256));
        },
        |report| &report.lost,
    );
}

#[test]
fn a_letter_that_counts_as_delivered_and_is_nowhere_is_seen() {
    seen(|world| drop(world.wire.pop()), |report| &report.lost);
}

#[test]
fn a_mail_that_had_its_effect_twice_is_seen() {
    seen(
        |world| {
            let reply = world.first(|effect| matches!(effect, Effect::Joins(_)));
            world.kept.disputes.last_mut().unwrap().causes.push(reply.sha256);
        },
        |report| &report.doubled,
    );
}

#[test]
fn a_second_acknowledgement_is_seen() {
    seen(
        |world| {
            let (row, mut carried) = (7_777, world.wire[0].clone());
            carried.message_id = "<second@elitige.example>".into();
            world.kept.rows.insert(carried.message_id.clone(), row);
            let twin = world.kept.letters.values().next().unwrap().clone();
            world.kept.letters.insert(row, twin);
            world.wire.push(carried);
        },
        |report| &report.doubled,
    );
}

#[test]
fn a_dispute_out_of_nothing_is_seen() {
    seen(
        |world| {
            let id = world.kept.disputes[0].id;
            let entry = Entry { sha256: Digest::of(b"nobody's"), index: 4_444, ..world.first(|effect| effect == Effect::Opens) };
            let carried = opened(&mut world.kept, &entry, id);
            world.wire.push(carried);
        },
        |report| &report.doubled,
    );
}

#[test]
fn a_copy_on_the_wire_that_no_uncertain_attempt_explains_is_seen() {
    seen(|world| world.wire.push(world.wire[0].clone()), |report| &report.excess);
    let mut world = World::new();
    world.wire.push(world.wire[0].clone());
    world.kept.letters.values_mut().next().unwrap().uncertain = 1;
    let report = world.report();
    assert_eq!((report.faults().len(), report.duplicates, report.uncertain), (0, 1, 1), "one that is explained is counted: {:?}", report.faults());
}

#[test]
fn a_copy_with_other_bytes_is_seen() {
    seen(
        |world| {
            let mut copy = world.wire[0].clone();
            copy.bytes.extend_from_slice(b"PS\r\n");
            world.wire.push(copy);
            world.kept.letters.values_mut().next().unwrap().uncertain = 1;
        },
        |report| &report.differing,
    );
}

#[test]
fn a_mail_that_is_kept_with_other_bytes_is_seen() {
    seen(|world| world.kept.mails.get_mut(&0).unwrap().sha256 = Some(Digest::of(b"other")), |report| &report.differing);
}

#[test]
fn a_letter_to_somebody_else_or_to_two_is_seen() {
    seen(|world| world.wire[0].to = vec!["eve@ailleurs.example".into()], |report| &report.misdirected);
    seen(|world| world.wire[0].to.push("eve@ailleurs.example".into()), |report| &report.misdirected);
    seen(
        |world| {
            let unknown = Carried { message_id: "<unknown@elitige.example>".into(), ..world.wire[0].clone() };
            world.wire.push(unknown);
        },
        |report| &report.misdirected,
    );
}

#[test]
fn a_word_of_another_dispute_is_seen_however_it_is_coded() {
    use base64::Engine as _;
    for plain in [true, false] {
        seen(
            move |world| {
                let canary = world.books.iter().rev().find(|entry| entry.effect == Effect::Opens).unwrap().canary.clone();
                let head = String::from_utf8(world.wire[0].bytes.clone()).unwrap().replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
                let coded = base64::engine::general_purpose::STANDARD.encode(format!("It says {canary}."));
                let head = head.split_once("\r\n\r\n").unwrap().0;
                let text = if plain { format!("{head}\r\nX-Quoted: {canary}\r\n\r\n\r\n") } else { format!("{head}\r\n\r\n{coded}\r\n") };
                world.wire[0].bytes = text.into_bytes();
            },
            |report| &report.leaked,
        );
    }
}

#[test]
fn a_mail_that_came_to_something_else_or_to_nothing_is_seen() {
    seen(|world| world.kept.mails.values_mut().next().unwrap().outcome = Some(MailOutcome::Stranger), |report| &report.wrong);
    seen(
        |world| {
            let automatic = world.first(|effect| effect == Effect::Automatic);
            world.kept.mails.get_mut(&automatic.index).unwrap().outcome = None;
        },
        |report| &report.undecided,
    );
    seen(|world| world.kept.letters.get_mut(&0).unwrap().state = "queued".into(), |report| &report.undecided);
}
