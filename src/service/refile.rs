//! Mails that waited for a person and wait no more: out of the folder for held mail.
//!
//! Where a mail lies in that folder nobody knows: it was moved there, and its new UID belongs to the server. So it is looked for by its bytes.

use super::trouble::Trouble;
use super::{Attended, Service};
use crate::mailbox::{After, Folder, Listed, Mailbox};
use crate::store::LetterNumber;
use std::collections::BTreeSet;

/// Mails that are looked for at once.
const MOST: u32 = 100;
/// Mails of the folder that are looked at for them; those of the right size come first.
const MOST_SEEN: usize = 1_000;
/// Mails that are fetched together.
const GROUP: usize = 20;

/// Moves mails that are held no longer to where settled mail goes, then notes that it was done. Done twice, it is the same. Says whether another
/// folder than the inbox was opened.
pub(super) async fn refile(service: &Service, attended: &Attended, mailbox: &mut Mailbox) -> Result<bool, Trouble> {
    let name = &attended.settings.name;
    let wanted = service.desk.store.misfiled(name, MOST).await?;
    if wanted.is_empty() {
        return Ok(false);
    }
    let letters: Vec<LetterNumber> = wanted.iter().map(|(letter, _)| *letter).collect();
    // Who keeps everything in the inbox has no mail in another folder.
    if attended.after == After::Keep {
        service.desk.store.refiled(name, &letters).await?;
        return Ok(false);
    }
    let sizes: BTreeSet<u64> = wanted.iter().map(|(_, size)| *size).collect();
    let (likely, others): (Vec<Listed>, Vec<Listed>) = mailbox.scan_held().await?.into_iter().partition(|listed| sizes.contains(&u64::from(listed.size)));
    let uids: Vec<u32> = likely.iter().chain(&others).take(MOST_SEEN).map(|listed| listed.uid).collect();
    let mut missing: BTreeSet<i64> = letters.iter().map(|letter| letter.0).collect();
    let mut found = Vec::new();
    for group in uids.chunks(GROUP) {
        if missing.is_empty() {
            break;
        }
        for mail in mailbox.fetch(group, service.largest).await? {
            let known = service.desk.store.letter_with(&mail.bytes).await?;
            if let Some(letter) = known.filter(|letter| letters.contains(letter)) {
                missing.remove(&letter.0);
                found.push(mail.uid);
            }
        }
    }
    if !found.is_empty() {
        mailbox.file(&found, Folder::Archive, attended.after).await?;
    }
    service.desk.store.refiled(name, &letters).await?;
    tracing::info!(mailbox = name, moved = found.len(), "mails that are held no longer were filed away");
    Ok(true)
}
