//! What the loops say of themselves while they run: that they live, what lies unheard, and which certificate they saw.

use crate::domain::{Instant, MailOutcome};
use crate::mailbox::Listed;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant as Moment;

/// Longer than any step of a loop may take: a command of ten minutes, a dot of ten, the readings of a group.
const STEP: Duration = Duration::from_secs(3_600);

/// What the loops said last.
#[derive(Debug, Default)]
pub struct Pulse {
    said: Mutex<Said>,
}

#[derive(Debug, Default)]
struct Said {
    /// By when each loop wants to have spoken again.
    beats: BTreeMap<String, Moment>,
    /// When the oldest mail came that lay unheard in each mailbox after a look.
    unread: BTreeMap<String, Option<Instant>>,
    /// When the certificate of each server ends.
    certificates: BTreeMap<String, Instant>,
    /// The logins whose authorization their provider refuses.
    refused: BTreeSet<String>,
}

impl Pulse {
    /// The loop `name` lives; it may rest for `rest` before its next step.
    pub fn beat(&self, name: &str, rest: Duration) {
        let until = Moment::now() + rest + STEP;
        self.said().beats.insert(name.to_owned(), until);
    }

    /// The loops that should have spoken by `now` and did not: they hang, or ended by a fault of the program.
    pub fn late(&self, now: Moment) -> Vec<String> {
        self.said().beats.iter().filter(|(_, until)| **until < now).map(|(name, _)| name.clone()).collect()
    }

    /// A look at `mailbox` is over: these lay there, and of these it is known what became of them.
    pub fn looked(&self, mailbox: &str, there: &[Listed], heard: &[(u32, MailOutcome)]) {
        let heard: HashSet<u32> = heard.iter().map(|(uid, _)| *uid).collect();
        let oldest = there.iter().filter(|listed| !heard.contains(&listed.uid)).map(|listed| listed.received).min();
        self.said().unread.insert(mailbox.to_owned(), oldest);
    }

    /// When the oldest mail came that lay unheard there.
    pub fn unread(&self, mailbox: &str) -> Option<Instant> {
        self.said().unread.get(mailbox).copied().flatten()
    }

    /// The server of `name` showed a certificate that ends then, or none.
    pub fn certificate(&self, name: &str, ends: Option<Instant>) {
        let mut said = self.said();
        match ends {
            Some(ends) => said.certificates.insert(name.to_owned(), ends),
            None => said.certificates.remove(name),
        };
    }

    /// When the certificate that it showed last ends.
    pub fn certificate_of(&self, name: &str) -> Option<Instant> {
        self.said().certificates.get(name).copied()
    }

    /// Whether the provider refuses the authorization of that login until a person acts.
    pub fn authorization(&self, login: &str, is_refused: bool) {
        let mut said = self.said();
        if is_refused {
            said.refused.insert(login.to_owned());
        } else {
            said.refused.remove(login);
        }
    }

    /// The logins whose authorization is refused.
    pub fn refused(&self) -> Vec<String> {
        self.said().refused.iter().cloned().collect()
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_loop_that_is_silent_beyond_its_rest_is_late() {
        let pulse = Pulse::default();
        let now = Moment::now();
        pulse.beat("deadlines", Duration::ZERO);
        pulse.beat("mailbox desk", Duration::from_secs(600));
        assert!(pulse.late(now + STEP - Duration::from_secs(1)).is_empty());
        assert_eq!(pulse.late(now + STEP + Duration::from_secs(60)), ["deadlines"], "a rest that was announced is none");
        assert_eq!(pulse.late(now + STEP + Duration::from_secs(660)).len(), 2);
        pulse.beat("deadlines", STEP);
        assert_eq!(pulse.late(now + STEP + Duration::from_secs(660)), ["mailbox desk"]);
    }

    #[test]
    fn of_a_mailbox_the_oldest_unheard_mail_counts() {
        let pulse = Pulse::default();
        let listed = |uid: u32| Listed { uid, size: 9, received: Instant::from_micros(i64::from(uid)) };
        let there = [listed(4), listed(2), listed(9)];
        pulse.looked("desk", &there, &[(2, MailOutcome::Opened)]);
        assert_eq!(pulse.unread("desk"), Some(Instant::from_micros(4)));
        pulse.looked("desk", &there, &[(2, MailOutcome::Opened), (4, MailOutcome::Opened), (9, MailOutcome::Opened)]);
        assert_eq!((pulse.unread("desk"), pulse.unread("other")), (None, None));
    }
}
