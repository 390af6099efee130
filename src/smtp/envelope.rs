//! MAIL, RCPT and DATA: one after the other, or together where the server offers it.

use super::reply::{Question, Reply};
use super::{Attempt, Courier, is_plain, leaves_order};
use crate::domain::OutboundMail;
use std::time::Duration;
use tokio::time::timeout;

/// Why the text of a letter is not asked for.
pub(super) struct Stopped {
    /// What came of the letter.
    pub(super) attempt: Attempt,
    /// Whether every command has its answer, so that the connection can be used on after RSET.
    pub(super) in_order: bool,
}

impl Stopped {
    fn by(attempt: Attempt) -> Self {
        Self { attempt, in_order: leaves_order(attempt) }
    }
}

impl Courier {
    /// MAIL, RCPT and DATA, up to the server's 354.
    pub(super) async fn envelope(&mut self, mail: &OutboundMail) -> Result<(), Stopped> {
        let eight_bit = if mail.bytes.is_ascii() { "" } else { " BODY=8BITMIME" };
        let utf8 = if is_plain(mail) { "" } else { " SMTPUTF8" };
        // What comes back need not carry the letter past people who may not read it.
        let (headers_only, failures) = if self.offered.reports { (" RET=HDRS", " NOTIFY=FAILURE,DELAY") } else { ("", "") };
        let sender = format!("MAIL FROM:<{}>{eight_bit}{utf8}{headers_only}\r\n", mail.envelope_from);
        let recipient = format!("RCPT TO:<{}>{failures}\r\n", mail.to);
        if self.offered.pipelining {
            return self.together(&sender, &recipient).await;
        }
        let limit = self.timeouts.envelope;
        self.step(sender, limit, &[250], Question::Sender).await.map_err(Stopped::by)?;
        self.step(recipient, limit, &[250, 251], Question::Recipient).await.map_err(Stopped::by)?;
        self.step("DATA\r\n".to_owned(), self.timeouts.data, &[354], Question::Text).await.map_err(Stopped::by)
    }

    /// All three in one write (RFC 2920 §3.1). Each answer is read, whatever the one before it was; the first that is no yes counts.
    async fn together(&mut self, sender: &str, recipient: &str) -> Result<(), Stopped> {
        let (limit, last) = (self.timeouts.envelope, self.timeouts.data);
        let first = timeout(limit, self.connection.command(format!("{sender}{recipient}DATA\r\n"))).await;
        let mut answers = vec![first.ok().and_then(|reply| Reply::of(&reply))];
        for limit in [limit, last] {
            if answers.iter().all(Option::is_some) {
                answers.push(timeout(limit, self.connection.read_response()).await.ok().and_then(|reply| Reply::of(&reply)));
            }
        }
        let asked: [(Question, &[u16]); 3] = [(Question::Sender, &[250]), (Question::Recipient, &[250, 251]), (Question::Text, &[354])];
        let refusal = answers.iter().zip(asked).find_map(|(answer, (question, wanted))| match answer {
            Some(reply) if wanted.contains(&reply.code) => None,
            Some(reply) => Some((reply.pause, reply.refusal(question).unwrap_or(Attempt::NotSent))),
            None => Some((None, Attempt::NotSent)),
        });
        let Some((pause, attempt)) = refusal else { return Ok(()) };
        self.pause = pause;
        // Behind a 354 the server waits for the text of a letter that nobody may have.
        let answered = matches!(answers.as_slice(), [Some(_), Some(_), Some(last)] if last.code != 354);
        Err(Stopped { attempt, in_order: answered && leaves_order(attempt) })
    }

    async fn step(&mut self, command: String, limit: Duration, wanted: &[u16], question: Question) -> Result<(), Attempt> {
        let Ok(reply) = timeout(limit, self.connection.command(command)).await else {
            return Err(Attempt::NotSent);
        };
        match Reply::of(&reply) {
            Some(reply) if wanted.contains(&reply.code) => Ok(()),
            Some(reply) => {
                self.pause = reply.pause;
                Err(reply.refusal(question).unwrap_or(Attempt::NotSent))
            }
            None => Err(Attempt::NotSent),
        }
    }

    /// Clears a refused envelope away, so that the next letter finds a clean table.
    pub(super) async fn reset(&mut self) -> bool {
        self.step("RSET\r\n".to_owned(), self.timeouts.data, &[250], Question::Sender).await.is_ok()
    }
}
