//! What an inbox holds, and the mails themselves.

use super::error::MailboxError;
use super::session::{Answered, Ended};
use super::text::{ascending, internal_date, uid_set};
use super::{Fetched, Haul, Listed, Mailbox, Scan};
use crate::domain::Instant;
use async_imap::imap_proto::{AttributeValue, Response};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of one mail that are asked for at once: what is smaller comes in the first command, many mails together; what is larger never
/// stands in memory twice.
const PIECE: usize = 256 * 1024;
/// Most messages that are named in one command.
const MOST_IN_COMMAND: usize = 100;

impl Mailbox {
    /// Lists the whole inbox, oldest first. It is opened anew for that, so that a changed UIDVALIDITY is seen.
    pub async fn scan(&mut self) -> Result<Scan, MailboxError> {
        self.select().await?;
        let messages = self.list("listing the inbox").await?;
        Ok(Scan { uid_validity: self.uid_validity, messages })
    }

    /// Opens the folder for held mail and lists it, oldest first; empty if there is none. It stays open until the next [`Mailbox::scan`]: what is
    /// fetched and filed until then is meant of this folder.
    pub async fn scan_held(&mut self) -> Result<Vec<Listed>, MailboxError> {
        if !self.select_held().await? {
            return Ok(Vec::new());
        }
        self.list("listing the folder for held mail").await
    }

    /// Lists the folder that is open.
    async fn list(&mut self, during: &'static str) -> Result<Vec<Listed>, MailboxError> {
        let mut found: BTreeMap<u32, Listed> = BTreeMap::new();
        if self.session.exists() > 0 {
            let ended = self
                .session
                .run("UID FETCH 1:* (UID RFC822.SIZE INTERNALDATE FLAGS)", during, |answer| {
                    if let Some(listed) = listed(answer) {
                        found.insert(listed.uid, listed);
                    }
                })
                .await?;
            self.must(matches!(ended, Ended::Ok | Ended::SomeGone), during)?;
        }
        Ok(found.into_values().collect())
    }

    /// Fetches the mails `uids` without marking them as read. Of a mail larger than `limit_bytes` only the beginning is fetched. The caller chooses
    /// how much comes at once. A group that the server refuses is asked for by halves, at last mail by mail, so that one which it cannot give
    /// keeps nobody else's back; if it gives none of several, that is its own fault, and an error.
    pub async fn fetch(&mut self, uids: &[u32], limit_bytes: usize) -> Result<Haul, MailboxError> {
        const SLACK: usize = 1024 * 1024;
        self.session.allow(limit_bytes.saturating_add(SLACK) as u64);
        let mut haul = Haul::default();
        let asked = ascending(uids);
        let mut absent: BTreeSet<u32> = asked.iter().copied().collect();
        for group in asked.chunks(MOST_IN_COMMAND) {
            let begun = self.beginnings(group).await?;
            for uid in begun.refused {
                absent.remove(&uid);
                haul.withheld.push(uid);
            }
            for (uid, mut mail) in begun.pieces {
                if !absent.contains(&uid) || mail.bytes.is_empty() || !self.complete(uid, &mut mail, limit_bytes).await? {
                    continue;
                }
                absent.remove(&uid);
                haul.mails.push(mail.finish(uid, limit_bytes));
            }
        }
        let absent: Vec<u32> = absent.into_iter().collect();
        haul.withheld.extend(self.not_gone(&absent).await?);
        haul.withheld.sort_unstable();
        Ok(haul)
    }

    /// The first piece of each of `group`, as far as the server gives it.
    async fn beginnings(&mut self, group: &[u32]) -> Result<Begun, MailboxError> {
        let mut begun = Begun::default();
        let mut why = None;
        let mut open = vec![group];
        while let Some(some) = open.pop() {
            match self.pieces(&uid_set(some), 0).await? {
                Given::Pieces(pieces) => begun.pieces.extend(pieces),
                Given::Refused(refusal) => match some {
                    [] => {}
                    [alone] => {
                        begun.refused.push(*alone);
                        why = Some(refusal);
                    }
                    several => {
                        let (first, second) = several.split_at(several.len().div_euclid(2));
                        open.extend([second, first]);
                    }
                },
            }
        }
        match why {
            Some(why) if begun.pieces.is_empty() && group.len() > 1 => Err(why),
            _ => Ok(begun),
        }
    }

    /// Fetches the rest of `mail`, up to a little more than `limit_bytes`; `false` if the server stops giving it.
    async fn complete(&mut self, uid: u32, mail: &mut Pieces, limit_bytes: usize) -> Result<bool, MailboxError> {
        while !mail.is_whole() && mail.bytes.len() <= limit_bytes {
            let Given::Pieces(mut next) = self.pieces(&uid.to_string(), mail.bytes.len()).await? else { return Ok(false) };
            let Some(piece) = next.remove(&uid) else { return Ok(false) };
            mail.append(piece);
        }
        Ok(true)
    }

    /// The piece from `offset` of each message of `set`.
    async fn pieces(&mut self, set: &str, offset: usize) -> Result<Given, MailboxError> {
        const DURING: &str = "fetching mail";
        let command = format!("UID FETCH {set} (UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<{offset}.{PIECE}>)");
        let mut found = BTreeMap::new();
        let answered = self
            .session
            .ask(&command, DURING, |answer| {
                if let Some((uid, piece)) = piece(answer, offset) {
                    found.insert(uid, piece);
                }
            })
            .await?;
        match answered {
            Answered::Ended(Ended::Ok | Ended::SomeGone) => Ok(Given::Pieces(found)),
            Answered::Ended(Ended::No | Ended::Bad) => Ok(Given::Refused(self.session.protocol(DURING))),
            Answered::PutOff(pause) if pause.overrun => Err(self.session.put_off(pause)),
            Answered::PutOff(pause) => Ok(Given::Refused(self.session.put_off(pause))),
        }
    }

    /// Which of `uids`, that did not come, lie in the folder all the same. Where the server does not say, all of them.
    async fn not_gone(&mut self, uids: &[u32]) -> Result<Vec<u32>, MailboxError> {
        let mut there = BTreeSet::new();
        for group in uids.chunks(MOST_IN_COMMAND) {
            let mut named = BTreeSet::new();
            let asked = format!("UID FETCH {} (UID)", uid_set(group));
            let ended = self
                .session
                .run(&asked, "fetching mail", |answer| {
                    if let Response::Fetch(_, values) = answer {
                        named.extend(values.iter().filter_map(uid_of));
                    }
                })
                .await?;
            let told = matches!(ended, Ended::Ok | Ended::SomeGone);
            there.extend(group.iter().filter(|uid| !told || named.contains(uid)));
        }
        Ok(there.into_iter().collect())
    }

    fn must(&mut self, holds: bool, during: &'static str) -> Result<(), MailboxError> {
        if holds { Ok(()) } else { Err(self.session.given_up(during)) }
    }
}

/// What a server made of a request for pieces.
enum Given {
    /// These it gave; others are gone.
    Pieces(BTreeMap<u32, Pieces>),
    /// None, for this reason.
    Refused(MailboxError),
}

/// The beginnings of mails.
#[derive(Default)]
struct Begun {
    pieces: BTreeMap<u32, Pieces>,
    /// Those that were refused, each asked for alone.
    refused: Vec<u32>,
}

/// A mail that is being put together.
struct Pieces {
    bytes: Vec<u8>,
    received: Instant,
    /// As the server says.
    size: usize,
    /// Length of the newest piece.
    newest: usize,
    /// The server gave everything at once, whatever was asked.
    unasked: bool,
}

impl Pieces {
    /// Whether nothing can follow: the newest piece is empty, or it is short and the whole is as long as announced. Servers lie about
    /// sizes and shorten pieces, but not both about the same message.
    fn is_whole(&self) -> bool {
        self.unasked || self.newest == 0 || (self.newest < PIECE && self.bytes.len() >= self.size)
    }

    fn append(&mut self, piece: Pieces) {
        self.newest = piece.newest;
        self.bytes.extend_from_slice(&piece.bytes);
    }

    fn finish(mut self, uid: u32, limit_bytes: usize) -> Fetched {
        let whole = self.is_whole() && self.bytes.len() <= limit_bytes;
        if !whole {
            self.bytes.truncate(PIECE.min(limit_bytes));
            self.bytes.shrink_to_fit();
        }
        Fetched { uid, bytes: self.bytes, received: self.received, whole }
    }
}

fn listed(answer: &Response<'_>) -> Option<Listed> {
    let Response::Fetch(_, values) = answer else { return None };
    let flags: BTreeSet<String> = values.iter().filter_map(flags_of).flatten().map(|flag| flag.to_ascii_lowercase()).collect();
    if flags.contains("\\deleted") {
        return None;
    }
    Some(Listed { uid: values.iter().find_map(uid_of)?, size: values.iter().find_map(size_of)?, received: received(values) })
}

/// `None` for answers that nobody asked for: flags that another client changed, a message of another piece.
fn piece(answer: &Response<'_>, offset: usize) -> Option<(u32, Pieces)> {
    let Response::Fetch(_, values) = answer else { return None };
    let uid = values.iter().find_map(uid_of)?;
    let (index, data) = values.iter().find_map(|value| match value {
        AttributeValue::BodySection { section: None, index, data: Some(data) } => Some((*index, data.to_vec())),
        _ => None,
    })?;
    if index.is_some_and(|index| index as usize != offset) || (index.is_none() && offset > 0) {
        return None;
    }
    let size = values.iter().find_map(size_of).unwrap_or(0) as usize;
    Some((uid, Pieces { newest: data.len(), bytes: data, received: received(values), size, unasked: index.is_none() }))
}

/// When the server received it; the beginning of time if it does not say.
fn received(values: &[AttributeValue<'_>]) -> Instant {
    let said = values.iter().find_map(|value| match value {
        AttributeValue::InternalDate(text) => internal_date(text),
        _ => None,
    });
    said.unwrap_or(Instant::from_micros(0))
}

pub(super) fn uid_of(value: &AttributeValue<'_>) -> Option<u32> {
    match value {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    }
}

fn size_of(value: &AttributeValue<'_>) -> Option<u32> {
    match value {
        AttributeValue::Rfc822Size(size) => Some(*size),
        _ => None,
    }
}

fn flags_of<'a>(value: &'a AttributeValue<'_>) -> Option<impl Iterator<Item = &'a str>> {
    match value {
        AttributeValue::Flags(flags) => Some(flags.iter().map(AsRef::as_ref)),
        _ => None,
    }
}
