//! Mails that an inbox lists and does not give.

use crate::mailbox::Scan;
use std::collections::HashMap;

/// After so many looks at which a mail was listed and did not come, no deadline waits for it any longer: a mail that its own server cannot
/// give must not keep everybody's clock from being heard. It is asked for at every look all the same.
const LOOKS: u32 = 3;

/// How often each mail of one inbox was listed and did not come.
#[derive(Debug, Default)]
pub(super) struct Missed {
    uid_validity: u32,
    looks: HashMap<u32, u32>,
}

impl Missed {
    /// A look begins: what is listed no longer was moved, or removed by somebody else.
    pub(super) fn begin(&mut self, scan: &Scan) {
        if self.uid_validity != scan.uid_validity {
            *self = Self { uid_validity: scan.uid_validity, looks: HashMap::new() };
        }
        if !self.looks.is_empty() {
            let listed: std::collections::HashSet<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
            self.looks.retain(|uid, _| listed.contains(uid));
        }
    }

    /// These were listed by `mailbox` and did not come; says how many of them nobody waits for any longer.
    pub(super) fn count<'a>(&mut self, mailbox: &str, uids: impl Iterator<Item = &'a u32>) -> usize {
        let mut given_up = 0usize;
        for uid in uids {
            let looks = self.looks.entry(*uid).or_default();
            *looks = looks.saturating_add(1);
            if *looks == LOOKS {
                tracing::error!(
                    mailbox,
                    uid,
                    "the server lists a mail and does not give it; read it with another program or ask whoever runs the server: no deadline waits for it any longer"
                );
            }
            given_up = given_up.saturating_add(usize::from(*looks >= LOOKS));
        }
        given_up
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;
    use crate::mailbox::Listed;

    fn scan(uid_validity: u32, uids: &[u32]) -> Scan {
        let received = Instant::from_micros(0);
        Scan { uid_validity, messages: uids.iter().map(|uid| Listed { uid: *uid, size: 1, received }).collect() }
    }

    #[test]
    fn a_mail_that_never_comes_is_waited_for_at_three_looks() {
        let mut missed = Missed::default();
        let mut look = |scan: &Scan, absent: &[u32]| {
            missed.begin(scan);
            missed.count("desk", absent.iter())
        };
        assert_eq!((look(&scan(1, &[1, 2]), &[1, 2]), look(&scan(1, &[1, 2]), &[2])), (0, 0));
        assert_eq!(look(&scan(1, &[1, 2]), &[1, 2]), 1, "the second one was missed at three looks");
        assert_eq!((look(&scan(1, &[1]), &[1]), look(&scan(1, &[1, 2]), &[2])), (1, 0), "what was listed no longer begins anew");
        assert_eq!(look(&scan(2, &[1, 2]), &[1, 2]), 0, "another UIDVALIDITY, other mails");
    }
}
