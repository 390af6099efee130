//! The folder in which copies lie of what the next server took: is this letter among them?

use super::connect::enter;
use super::error::MailboxError;
use super::fetch::uid_of;
use super::session::Ended;
use super::text::{folder_name, quoted, uid_set};
use super::{MailboxSettings, SentFolder};
use crate::domain::MessageId;
use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response};

/// Most copies that are looked at for one letter, the newest. A server looks for words within words, so there may be others among them.
const MOST_COPIES: usize = 20;

impl SentFolder {
    /// Connects, verifies the server, logs in, and opens the folder that `settings` names as inbox, for reading only.
    pub async fn open(settings: &MailboxSettings) -> Result<Self, MailboxError> {
        let unusable = || MailboxError::Folder { mailbox: settings.name.clone(), folder: settings.inbox.clone() };
        let quoted = folder_name(&settings.inbox).ok_or_else(unusable)?;
        let (mut session, _) = enter(settings).await?;
        session.examine(&quoted).await?.ok_or_else(unusable)?;
        Ok(Self { session })
    }

    /// How many mails lie in it.
    pub fn count(&self) -> u32 {
        self.session.exists()
    }

    /// Whether a mail lies in it whose Message-ID is `id` to the letter.
    pub async fn holds(&mut self, id: &MessageId) -> Result<bool, MailboxError> {
        let Some(words) = quoted(&id.bracketed()) else { return Ok(false) };
        let mut found = Vec::new();
        let search = format!("UID SEARCH HEADER Message-ID {words}");
        self.ask(&search, |answer| {
            if let Response::MailboxData(MailboxDatum::Search(uids)) = answer {
                found.extend_from_slice(uids);
            }
        })
        .await?;
        let copies = newest(found);
        if copies.is_empty() {
            return Ok(false);
        }
        let mut is_there = false;
        let fetch = format!("UID FETCH {} (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])", uid_set(&copies));
        self.ask(&fetch, |answer| is_there |= asked_for(answer, &copies).is_some_and(|head| names(head, id))).await?;
        Ok(is_there)
    }

    /// Takes leave of the server.
    pub async fn logout(mut self) {
        self.session.logout().await;
    }

    async fn ask(&mut self, command: &str, each: impl FnMut(&Response<'_>) + Send) -> Result<(), MailboxError> {
        const DURING: &str = "looking for the copy of a letter";
        match self.session.run(command, DURING, each).await? {
            Ended::Ok | Ended::SomeGone => Ok(()),
            Ended::No | Ended::Bad => Err(self.session.given_up(DURING)),
        }
    }
}

/// The largest of `uids`, in ascending order.
fn newest(mut uids: Vec<u32>) -> Vec<u32> {
    uids.sort_unstable();
    uids.dedup();
    uids.split_off(uids.len().saturating_sub(MOST_COPIES))
}

/// The fields of the head that were fetched of one of `uids`.
fn asked_for<'a>(answer: &'a Response<'_>, uids: &[u32]) -> Option<&'a [u8]> {
    let Response::Fetch(_, values) = answer else { return None };
    values.iter().find_map(uid_of).filter(|uid| uids.contains(uid))?;
    values.iter().find_map(|value| match value {
        AttributeValue::BodySection { section: Some(_), data: Some(data), .. } => Some(data.as_ref()),
        _ => None,
    })
}

/// Whether a field Message-ID of `head` is `id`, however it is folded.
fn names(head: &[u8], id: &MessageId) -> bool {
    let unfolded = String::from_utf8_lossy(head).replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded.lines().any(|line| {
        let field = line.split_once(':').filter(|(name, _)| name.trim_end().eq_ignore_ascii_case("message-id"));
        field.and_then(|(_, value)| MessageId::parse(value)).as_ref() == Some(id)
    })
}

/// What lies in it is somebody's.
impl std::fmt::Debug for SentFolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentFolder").field("mails", &self.count()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_same_identifier_is_the_letter() {
        let id = MessageId::parse("abc@elitige.example").unwrap();
        for same in [
            "Message-ID: <abc@elitige.example>\r\n\r\n",
            "MESSAGE-Id:<abc@elitige.example>\r\n",
            "Message-ID:\r\n <abc@elitige.example>\r\n\r\n",
            "Message-ID: <first@elsewhere.example>\r\nMessage-ID: <abc@elitige.example>\r\n",
        ] {
            assert!(names(same.as_bytes(), &id), "{same:?}");
        }
        for other in [
            "",
            "\r\n",
            "Message-ID: <xabc@elitige.example>\r\n",
            "Message-ID: <abc@elitige.example.org>\r\n",
            "Message-ID: <ABC@elitige.example>\r\n",
            "Message-ID: <abc@elitige.example> <d@e.example>\r\n",
            "X-Message-ID: <abc@elitige.example>\r\n",
            "In-Reply-To: <abc@elitige.example>\r\n",
            "Message-ID: \r\n\r\n<abc@elitige.example>\r\n",
        ] {
            assert!(!names(other.as_bytes(), &id), "{other:?}");
        }
    }

    #[test]
    fn of_many_copies_the_newest_are_looked_at() {
        assert_eq!(newest(vec![9, 3, 9]), [3, 9]);
        assert_eq!(newest((1..=50).rev().collect()), (31..=50).collect::<Vec<u32>>());
        assert!(newest(Vec::new()).is_empty());
    }
}
