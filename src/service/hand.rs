//! The letters that were claimed and wait for a courier.

use crate::store::OutboxRow;
use std::collections::VecDeque;

/// Letters in the order in which they were decided. Each person is brought one letter at a time, so that they arrive in that order;
/// whoever is slow to take one keeps nobody else waiting.
#[derive(Default)]
pub struct Hand {
    waiting: VecDeque<OutboxRow>,
    visited: Vec<String>,
}

impl Hand {
    /// More than this are not claimed ahead: leases end.
    const MOST: usize = 200;

    /// The first letter to somebody to whom no courier is on the way. Call [`Hand::back`] when that visit is over.
    pub fn take(&mut self) -> Option<OutboxRow> {
        let place = self.waiting.iter().position(|row| !self.visited.contains(&row.mail.to.folded()))?;
        let row = self.waiting.remove(place)?;
        self.visited.push(row.mail.to.folded());
        Some(row)
    }

    /// Whether somebody else could take a letter now.
    pub fn has_more(&self) -> bool {
        self.waiting.iter().any(|row| !self.visited.contains(&row.mail.to.folded()))
    }

    /// Whether more letters may be claimed.
    pub fn has_room(&self) -> bool {
        self.waiting.len() < Self::MOST
    }

    /// Adds letters that were claimed. One that is here already was claimed again because its lease ran out: it takes the place of the first.
    pub fn add(&mut self, rows: Vec<OutboxRow>) {
        for row in rows {
            self.waiting.retain(|old| old.id != row.id);
            self.waiting.push_back(row);
        }
    }

    /// A courier is back from `recipient` (a folded address).
    pub fn back(&mut self, recipient: &str) {
        self.visited.retain(|visited| visited != recipient);
    }

    /// A courier brings a letter back that it did not try: it is the first again.
    pub fn put_back(&mut self, row: OutboxRow) {
        self.back(&row.mail.to.folded());
        self.waiting.push_front(row);
    }

    /// All that wait.
    pub fn empty(&mut self) -> Vec<OutboxRow> {
        std::mem::take(&mut self.waiting).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Address, Channel, Instant, Language, MessageId, OutboundMail, Role};
    use crate::store::OutboxId;

    fn row(id: i64, to: &str) -> OutboxRow {
        let to = Address::parse(to).unwrap();
        let mail = OutboundMail {
            envelope_from: to.clone(),
            to,
            role: Role::Consumer,
            channel: Channel::Joint,
            letter: "x".to_owned(),
            language: Language::Fr,
            message_id: MessageId::parse("x@y.example").unwrap(),
            bytes: Vec::new(),
        };
        let queued = Instant::from_micros(0);
        OutboxRow {
            id: OutboxId(id),
            dispute: None,
            role: Role::Consumer,
            letter: "x".to_owned(),
            attempt: 1,
            uncertain: 0,
            doubtful: false,
            lifted: false,
            queued,
            mail,
        }
    }

    fn taken(hand: &mut Hand) -> Option<i64> {
        hand.take().map(|row| row.id.0)
    }

    #[test]
    fn letters_to_one_person_leave_one_after_the_other_and_others_pass() {
        let mut hand = Hand::default();
        hand.add(vec![row(1, "a@x.example"), row(2, "A@x.example"), row(3, "b@x.example"), row(4, "b@x.example")]);
        assert_eq!((taken(&mut hand), taken(&mut hand), taken(&mut hand)), (Some(1), Some(3), None));
        assert!(!hand.has_more());
        hand.back("b@x.example");
        assert!(hand.has_more());
        assert_eq!((taken(&mut hand), taken(&mut hand)), (Some(4), None));
        hand.back("a@x.example");
        assert_eq!((taken(&mut hand), taken(&mut hand), hand.empty().len()), (Some(2), None, 0));
    }

    #[test]
    fn what_is_brought_back_is_the_first_again_and_nothing_is_twice_in_the_hand() {
        let mut hand = Hand::default();
        hand.add(vec![row(1, "a@x.example"), row(2, "a@x.example")]);
        let first = hand.take().unwrap();
        hand.put_back(first);
        hand.add(vec![row(2, "a@x.example")]);
        assert_eq!((hand.empty().iter().map(|row| row.id.0).collect::<Vec<_>>(), hand.has_room()), (vec![1, 2], true));
        hand.add((0..200).map(|id| row(id, "a@x.example")).collect());
        assert!(!hand.has_room());
    }
}
