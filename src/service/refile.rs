//! Mails that waited for a person and wait no more: out of the folder for held mail.
//!
//! Where a mail lies in that folder nobody knows: it was moved there, and its new UID belongs to the server. So it is looked for by its bytes.

use super::groups::groups;
use super::trouble::Trouble;
use super::{Attended, Service};
use crate::mailbox::{After, Folder, Listed, Mailbox};
use crate::store::LetterNumber;
use std::collections::BTreeSet;

/// Mails that are looked for at once.
const MOST: u32 = 100;
/// Mails of the folder that are looked at for them; those of exactly the right size come first.
const MOST_SEEN: usize = 1_000;
/// Bytes by which a server may announce a mail larger or smaller than it is: some count line ends otherwise, or fields of their own.
const ABOUT: u64 = 1_024;
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
    let sizes: Vec<u64> = wanted.iter().map(|(_, size)| *size).collect();
    let mut likely = mailbox.scan_held().await?;
    likely.retain(|listed| is_likely(listed, &sizes, service.largest));
    // The exact sizes first.
    likely.sort_by_key(|listed| !sizes.contains(&u64::from(listed.size)));
    likely.truncate(MOST_SEEN);
    let mut missing: BTreeSet<i64> = letters.iter().map(|letter| letter.0).collect();
    let mut found = Vec::new();
    for group in groups(&likely, GROUP, service.largest) {
        if missing.is_empty() {
            break;
        }
        let uids: Vec<u32> = group.iter().map(|listed| listed.uid).collect();
        for mail in mailbox.fetch(&uids, service.largest).await?.mails {
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

/// Whether a mail in the folder may be one of those that have `sizes`. Of what is larger than `largest` only the beginning was kept.
fn is_likely(listed: &Listed, sizes: &[u64], largest: usize) -> bool {
    let size = u64::from(listed.size).min(largest as u64);
    sizes.iter().any(|kept| size.abs_diff(*kept) <= ABOUT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Instant;

    #[test]
    fn only_mails_of_about_the_size_are_fetched() {
        let likely = |size: u32| is_likely(&Listed { uid: 1, size, received: Instant::from_micros(0) }, &[5_000, 25_000_000], 25_000_000);
        assert!(likely(5_000) && likely(4_200) && likely(6_024));
        assert!(!likely(3_900) && !likely(6_025) && !likely(1_000_000));
        assert!(likely(90_000_000), "of which only the beginning was kept");
    }
}
