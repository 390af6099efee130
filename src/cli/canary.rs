//! The canary of `elitige doctor`: a mail with forged results from the desk to itself, to see what its provider does with them.

use crate::authenticate::{Passage, Provider, Survey};
use crate::compose::loop_stamp;
use crate::domain::{Address, Channel, Dice, Instant, Language, MacKey, MessageId, OutboundMail, Role, hex};
use crate::mailbox::{After, Folder, Mailbox, MailboxError, MailboxSettings, SentFolder};
use crate::service::{Attended, Clock};
use crate::smtp::{Attempt, Courier, SmtpSettings};
use std::collections::HashSet;
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// So often the inbox is looked into, and every fifth time the archive, into which a running daemon moves the canary.
const PAUSE: Duration = Duration::from_secs(1);
const LOOKS: u32 = 60;
const ARCHIVE_EVERY: u32 = 5;
/// So often its copy is looked for.
const COPY_LOOKS: u32 = 15;

/// Larger mails are not the canary.
const LARGEST: u32 = 64 << 10;

/// Mails of one look that are fetched; the canary is among the newest.
const NEWEST: usize = 20;

/// Sends the canaries and says what became of them.
pub struct Canary<'a> {
    /// The mailbox that it flies to.
    pub attended: &'a Attended,
    /// Its address.
    pub address: &'a Address,
    /// Where it leaves.
    pub courier: &'a SmtpSettings,
    /// The key by whose stamp the daemon knows it for the service's own.
    pub letters: &'a MacKey,
    /// What time it is.
    pub clock: &'a Clock,
    /// What it is known by.
    pub mark: &'a str,
}

impl Canary<'_> {
    /// A mark that no other canary bears.
    pub fn mark(mut dice: Dice) -> String {
        hex(&dice.roll::<12>())
    }

    /// Whether all is well, and the sentence that says so or what to do.
    pub async fn fly(&self) -> (bool, String) {
        let name = &self.attended.settings.name;
        match self.flight(self.mark).await {
            Ok(Some(bytes)) => match Survey::of(&bytes, self.mark, self.provider()) {
                Some(survey) => {
                    let (well, sentence) = judged(&survey, self.provider());
                    (well, format!("canary {name}: {sentence}"))
                }
                None => (false, format!("canary {name}: its head came back broken, so nothing can be learnt from it; leave trusts_results_of out.")),
            },
            Ok(None) => (
                false,
                format!(
                    "canary {name}: it did not come back within {LOOKS} seconds; if the daemon deletes settled mail, stop it and try again, else look into the outgoing server's log."
                ),
            ),
            Err(fault) => (false, format!("canary {name}: {fault}")),
        }
    }

    /// Whether a copy of it lies where copies are said to lie, and the sentence about that.
    pub async fn copied(&self, copies: &MailboxSettings) -> (bool, String) {
        let (name, folder) = (&self.attended.settings.name, &copies.inbox);
        match self.copy_within(copies).await {
            Ok(true) => (true, format!("canary {name}: its copy lies in the folder `{folder}` of [smtp.sent].")),
            Ok(false) => (
                false,
                format!(
                    "canary {name}: no copy of it came into the folder `{folder}` within {COPY_LOOKS} seconds, so letters in doubt would not be found there; name the folder in \
                     which the outgoing server keeps what it took, or remove [smtp.sent]."
                ),
            ),
            Err(fault) => (false, format!("canary {name}: {fault}")),
        }
    }

    async fn copy_within(&self, copies: &MailboxSettings) -> Result<bool, MailboxError> {
        let Some(id) = self.message_id() else { return Ok(false) };
        for look in 1..=COPY_LOOKS {
            progress(&format!("waiting for the copy of the canary: {look} of at most {COPY_LOOKS} seconds"));
            let mut folder = SentFolder::open(copies).await?;
            let found = folder.holds(&id).await?;
            folder.logout().await;
            if found {
                progress("");
                return Ok(true);
            }
            tokio::time::sleep(PAUSE).await;
        }
        progress("");
        Ok(false)
    }

    fn message_id(&self) -> Option<MessageId> {
        MessageId::parse(&format!("{}@{}", self.mark, self.address.domain()))
    }

    fn provider(&self) -> Option<&Provider> {
        self.attended.trust.provider.as_ref()
    }

    /// Sends it, waits for it and removes it; what came back, if it did.
    async fn flight(&self, mark: &str) -> Result<Option<Vec<u8>>, String> {
        let told = |fault: MailboxError| fault.to_string();
        let mut archived = self.attended.settings.clone();
        archived.inbox.clone_from(&archived.archive);
        let mut inbox = Nest::at(Mailbox::connect(&self.attended.settings).await.map_err(told)?).await.map_err(told)?;
        let mut archive = Nest::at(Mailbox::connect(&archived).await.map_err(told)?).await.map_err(told)?;
        self.send(mark).await?;
        let mut found = None;
        for look in 1..=LOOKS {
            tokio::time::sleep(PAUSE).await;
            progress(&format!("waiting for the canary: {look} of at most {LOOKS} seconds"));
            found = inbox.take(mark).await.map_err(told)?;
            if found.is_none() && look % ARCHIVE_EVERY == 0 {
                found = archive.take(mark).await.map_err(told)?;
            }
            if found.is_some() {
                break;
            }
        }
        progress("");
        if found.is_some() {
            // A running daemon that was moving it at the same moment has a copy of it in the archive by now.
            tokio::time::sleep(PAUSE).await;
            archive.take(mark).await.map_err(told)?;
        }
        inbox.mailbox.logout().await;
        archive.mailbox.logout().await;
        Ok(found)
    }

    async fn send(&self, mark: &str) -> Result<(), String> {
        let message_id = self.message_id().ok_or("the domain of its address cannot stand in a Message-ID.")?;
        let letter = OutboundMail {
            to: self.address.clone(),
            envelope_from: self.address.clone(),
            role: Role::Operator,
            channel: Channel::private_to(Role::Operator),
            letter: "canary".to_owned(),
            language: Language::En,
            bytes: self.text(mark, &message_id, (self.clock)()),
            message_id,
        };
        let mut courier = Courier::connect(self.courier).await.map_err(|fault| fault.to_string())?;
        let attempt = courier.send(&letter, || async { true }).await;
        courier.quit().await;
        match attempt {
            Attempt::Delivered { .. } | Attempt::Uncertain => Ok(()),
            Attempt::Later { code } | Attempt::Refused { code } | Attempt::Rejected { code } => {
                Err(format!("the outgoing server does not take it ({code}); look into its log."))
            }
            Attempt::TooLarge { .. } | Attempt::Unfit(_) | Attempt::NotSent => Err("it could not be handed to the outgoing server; try again.".to_owned()),
        }
    }

    /// Its bytes: two forged results, one of whom is trusted and one of a server that does not exist.
    fn text(&self, mark: &str, message_id: &MessageId, now: Instant) -> Vec<u8> {
        let (address, domain) = (self.address, self.address.domain());
        let results = |server: &str| format!("Authentication-Results: {server}; dmarc=pass reason={mark} header.from={domain}\r\n");
        let forged = self.provider().map(|provider| results(&provider.server)).unwrap_or_default();
        format!(
            "{forged}{}From: {address}\r\nTo: {address}\r\nSubject: elitige doctor\r\nDate: {}\r\nMessage-ID: {}\r\nAuto-Submitted: auto-generated\r\n\
             X-Elitige-Loop: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n\
             This mail was sent by \"elitige doctor\", which removes it. It may be deleted.\r\n",
            results(&format!("{mark}.invalid")),
            now.rfc5322(),
            message_id.bracketed(),
            loop_stamp(self.letters)
        )
        .into_bytes()
    }
}

/// A folder to which the canary may come, and what lay in it before.
struct Nest {
    mailbox: Mailbox,
    before: HashSet<u32>,
}

impl Nest {
    async fn at(mut mailbox: Mailbox) -> Result<Nest, MailboxError> {
        let before = mailbox.scan().await?.messages.iter().map(|listed| listed.uid).collect();
        Ok(Nest { mailbox, before })
    }

    /// Takes the mail with `mark` out, if it is there.
    async fn take(&mut self, mark: &str) -> Result<Option<Vec<u8>>, MailboxError> {
        let scan = self.mailbox.scan().await?;
        let fresh = scan.messages.iter().rev().filter(|listed| listed.size <= LARGEST && !self.before.contains(&listed.uid));
        let uids: Vec<u32> = fresh.take(NEWEST).map(|listed| listed.uid).collect();
        if uids.is_empty() {
            return Ok(None);
        }
        let limit = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        let fetched = self.mailbox.fetch(&uids, limit).await?.mails;
        let id = format!("<{mark}@");
        let Some(mail) = fetched.into_iter().find(|mail| String::from_utf8_lossy(&mail.bytes).contains(&id)) else {
            self.before.extend(uids);
            return Ok(None);
        };
        self.mailbox.file(&[mail.uid], Folder::Archive, After::Delete).await?;
        Ok(Some(mail.bytes))
    }
}

/// Whether all is well, and what the survey says and advises.
fn judged(survey: &Survey, provider: Option<&Provider>) -> (bool, String) {
    let hosts = |hosts: &[String]| hosts.iter().map(|host| format!("\"{host}\"")).collect::<Vec<_>>().join(", ");
    let strangers = match survey.invented {
        Passage::Removed => "removes those of servers that it does not know",
        Passage::BelowOwn | Passage::OnTop => "lets those of other servers through, which nobody believes",
    };
    let Some(provider) = provider else {
        return match &survey.server {
            Some(server) => (
                true,
                format!(
                    "the provider writes results as \"{server}\" and {strangers}; if senders whom only SPF proves shall be heard, write trusts_results_of = \
                     \"{server}\" and received_by = [{}], and run this again.",
                    hosts(&survey.received_by)
                ),
            ),
            None => (true, format!("the provider wrote no results on this mail and {strangers}; leave trusts_results_of out.")),
        };
    };
    let trusted = &provider.server;
    match (&survey.server, survey.pinned) {
        (_, Passage::OnTop | Passage::BelowOwn) if survey.fooled => {
            (false, format!("forged results of \"{trusted}\" come through and would be believed; remove trusts_results_of and received_by."))
        }
        (Some(server), _) if !server.eq_ignore_ascii_case(trusted) => {
            (false, format!("the provider writes results as \"{server}\" and not as \"{trusted}\"; correct trusts_results_of, and run this again."))
        }
        (Some(_), Passage::BelowOwn) => {
            (true, format!("forged results of \"{trusted}\" come through below the provider's own, and two of one server prove nothing: they do no harm."))
        }
        (_, Passage::OnTop | Passage::BelowOwn) => {
            (true, format!("forged results of \"{trusted}\" come through, but stand below a Received that is not in received_by, where they are not believed."))
        }
        (Some(_), Passage::Removed) if survey.received_by.len() > provider.received_by.len() => (
            false,
            format!(
                "the provider removes forged results, but more Received stand above its own than are named; write received_by = [{}].",
                hosts(&survey.received_by)
            ),
        ),
        (Some(_), Passage::Removed) => (true, format!("the provider removes forged results of \"{trusted}\", writes its own, and {strangers}.")),
        (None, Passage::Removed) => {
            (true, format!("the provider removes forged results of \"{trusted}\"; it wrote none on this mail, which came from its own desk, and {strangers}."))
        }
    }
}

/// Says on a terminal how far it is.
fn progress(text: &str) {
    let mut error = std::io::stderr();
    if error.is_terminal() {
        // Whoever closed the terminal does not look.
        let _ = write!(error, "\r\u{1b}[K{text}").and_then(|()| error.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_is_one_sentence_that_says_what_to_do() {
        let provider = Provider { server: "mx.example.net".to_owned(), received_by: vec!["mx.example.net".to_owned()] };
        let survey = |server: Option<&str>, received: usize, pinned, fooled| Survey {
            server: server.map(str::to_owned),
            received_by: vec!["mx.example.net".to_owned(); received],
            invented: Passage::Removed,
            pinned,
            fooled,
        };
        let own = Some("mx.example.net");
        for (survey, known, well, words) in [
            (survey(own, 1, Passage::Removed, false), true, true, "writes its own"),
            (survey(None, 0, Passage::Removed, false), true, true, "it wrote none on this mail"),
            (survey(own, 2, Passage::Removed, false), true, false, "write received_by = [\"mx.example.net\", \"mx.example.net\"]"),
            (survey(Some("mx2.example.net"), 1, Passage::Removed, false), true, false, "correct trusts_results_of"),
            (survey(own, 1, Passage::BelowOwn, false), true, true, "they do no harm"),
            (survey(None, 0, Passage::OnTop, true), true, false, "remove trusts_results_of"),
            (survey(None, 0, Passage::OnTop, false), true, true, "where they are not believed"),
            (survey(own, 1, Passage::Removed, false), false, true, "write trusts_results_of = \"mx.example.net\""),
            (survey(None, 0, Passage::Removed, false), false, true, "leave trusts_results_of out"),
        ] {
            let (is_well, sentence) = judged(&survey, known.then_some(&provider));
            assert!(is_well == well && sentence.contains(words) && sentence.ends_with('.') && !sentence.contains(". "), "{sentence}");
        }
    }
}
