//! Filing mails away: by MOVE, else by COPY and UID EXPUNGE, else by a keyword. A bare EXPUNGE, which would take other people's
//! deletions with it, is never sent (THREATS P5).

use super::error::MailboxError;
use super::fetch::uid_of;
use super::session::Ended;
use super::text::{folder_name, uid_sets};
use super::{After, Folder, Mailbox};
use async_imap::imap_proto::{MailboxDatum, NameAttribute, Response};

/// Most messages that are named in one command: Office 365 takes lines of 4,096 bytes, and a UID may have ten digits.
const MOST_IN_COMMAND: usize = 300;

impl Mailbox {
    /// Files the mails `uids` away. Mails that are gone already count as filed, so it may be repeated at will; what was filed by COPY just
    /// before a connection broke may lie in the folder twice.
    pub async fn file(&mut self, uids: &[u32], folder: Folder, after: After) -> Result<(), MailboxError> {
        for set in uid_sets(uids, MOST_IN_COMMAND) {
            match (after, folder) {
                (After::Keep, _) => {}
                (After::Delete, Folder::Archive) => self.delete(&set).await?,
                (After::Archive | After::Delete, folder) => self.move_to(&set, folder).await?,
            }
        }
        Ok(())
    }

    async fn move_to(&mut self, set: &str, folder: Folder) -> Result<(), MailboxError> {
        let (name, keyword) = match folder {
            Folder::Archive => (self.settings.archive.clone(), "$ElitigeArchived"),
            Folder::Held => (self.settings.held.clone(), "$ElitigeHeld"),
        };
        if self.offers("MOVE") {
            // What is gone was moved by somebody else; the rest has moved.
            return self.transfer("MOVE", set, &name).await.map(|_| ());
        }
        if self.offers("UIDPLUS") {
            return self.copy_and_delete(set, &name).await;
        }
        // The keyword is a courtesy to people who look into the inbox; a server without keywords may refuse it.
        self.session.run(&format!("UID STORE {set} +FLAGS.SILENT ({keyword})"), "marking mail", |_| {}).await?;
        Ok(())
    }

    /// COPY copies all or nothing (RFC 9051 §6.4.7), so where some are gone it is repeated with those that are left. Nothing is deleted
    /// that was not copied.
    async fn copy_and_delete(&mut self, set: &str, name: &str) -> Result<(), MailboxError> {
        let mut sets = vec![set.to_owned()];
        for _ in 0..3 {
            let Some(set) = sets.pop() else { return Ok(()) };
            if self.transfer("COPY", &set, name).await? {
                return self.delete(&set).await;
            }
            sets = uid_sets(&self.still_there(&set).await?, MOST_IN_COMMAND);
        }
        Err(self.session.protocol("filing mail"))
    }

    async fn still_there(&mut self, set: &str) -> Result<Vec<u32>, MailboxError> {
        let mut uids = Vec::new();
        let asked = format!("UID FETCH {set} (UID)");
        self.session
            .run(&asked, "filing mail", |answer| {
                if let Response::Fetch(_, values) = answer {
                    uids.extend(values.iter().filter_map(uid_of));
                }
            })
            .await?;
        Ok(uids)
    }

    /// Runs MOVE or COPY; `false` if some of the mails are gone. A folder that somebody deleted meanwhile is made once more.
    async fn transfer(&mut self, verb: &str, set: &str, name: &str) -> Result<bool, MailboxError> {
        let quoted = folder_name(name).ok_or_else(|| self.folder_error(name))?;
        let command = format!("UID {verb} {set} {quoted}");
        let mut ended = self.session.run(&command, "filing mail", |_| {}).await?;
        if matches!(ended, Ended::No | Ended::Bad) && self.ensure(name).await? {
            ended = self.session.run(&command, "filing mail", |_| {}).await?;
        }
        match ended {
            Ended::Ok => Ok(true),
            Ended::SomeGone => Ok(false),
            Ended::No | Ended::Bad => Err(self.folder_error(name)),
        }
    }

    async fn delete(&mut self, set: &str) -> Result<(), MailboxError> {
        let flagged = self.session.run(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)"), "deleting mail", |_| {}).await?;
        if matches!(flagged, Ended::No | Ended::Bad) {
            return Err(self.folder_error(&self.settings.inbox));
        }
        if !self.offers("UIDPLUS") {
            return Ok(());
        }
        match self.session.run(&format!("UID EXPUNGE {set}"), "deleting mail", |_| {}).await? {
            Ended::Ok | Ended::SomeGone => Ok(()),
            Ended::No | Ended::Bad => Err(self.folder_error(&self.settings.inbox)),
        }
    }

    /// Makes `folder` unless it is there. Gives whether it was made.
    pub(super) async fn ensure(&mut self, folder: &str) -> Result<bool, MailboxError> {
        const DURING: &str = "looking for its folders";
        let quoted = folder_name(folder).ok_or_else(|| self.folder_error(folder))?;
        let mut there = false;
        let listed = self.session.run(&format!("LIST \"\" {quoted}"), DURING, |answer| there |= is_folder(answer)).await?;
        if there && listed == Ended::Ok {
            return Ok(false);
        }
        let mut exists_after_all = false;
        let made = self.session.run(&format!("CREATE {quoted}"), DURING, |_| {}).await?;
        if made != Ended::Ok {
            // Another node may have made it in between.
            self.session.run(&format!("LIST \"\" {quoted}"), DURING, |answer| exists_after_all |= is_folder(answer)).await?;
            return if exists_after_all { Ok(true) } else { Err(self.folder_error(folder)) };
        }
        self.session.run(&format!("SUBSCRIBE {quoted}"), DURING, |_| {}).await?;
        Ok(true)
    }
}

/// Whether a LIST answer speaks of a folder that can hold mail.
fn is_folder(answer: &Response<'_>) -> bool {
    let Response::MailboxData(MailboxDatum::List(data)) = answer else { return false };
    !data.name_attributes.iter().any(|attribute| match attribute {
        NameAttribute::NoSelect => true,
        NameAttribute::Extension(name) => name.eq_ignore_ascii_case("\\NonExistent"),
        _ => false,
    })
}
