//! Mailbox → receipt → read → authenticate → settle → file the mail away.

use super::backoff::Backoff;
use super::groups::groups;
use super::line::Line;
use super::missed::Missed;
use super::refile::refile;
use super::take::{Batch, Outcomes};
use super::trouble::Trouble;
use super::{Attended, Service};
use crate::domain::MailOutcome;
use crate::mailbox::{Folder, Haul, Listed, Mailbox};
use crate::store::{Arrival, Filed, Sighted, step};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Mails that are fetched, committed and filed together.
const GROUP: usize = 100;
/// Mails that are larger than this together have the line to themselves, in bytes.
const ALONE: u64 = 4 << 20;

/// Attends one mailbox until `stop`; whatever fails is said in one line and tried again, the other mailboxes go on.
pub async fn attend(service: Arc<Service>, attended: Attended, stop: CancellationToken) {
    let (mut backoff, mut missed) = (Backoff::default(), Missed::default());
    let loop_name = format!("mailbox {}", attended.settings.name);
    while !stop.is_cancelled() {
        let Err(trouble) = session(&service, &attended, &mut backoff, &mut missed, &stop).await else {
            continue;
        };
        let pause = backoff.wait(trouble.retry_after());
        service.health.pulse.beat(&loop_name, pause);
        tracing::warn!(mailbox = attended.settings.name, fault = %trouble, seconds = pause.as_secs(), "the mailbox is tried again; a change in the configuration counts from the next start on");
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = service.keyring.granted_again() => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn session(service: &Arc<Service>, attended: &Attended, backoff: &mut Backoff, missed: &mut Missed, stop: &CancellationToken) -> Result<(), Trouble> {
    let mut mailbox = Mailbox::connect(&attended.settings).await?;
    tracing::info!(mailbox = attended.settings.name, "connected");
    service.health.pulse.certificate(&attended.settings.name, mailbox.certificate_ends());
    while !stop.is_cancelled() {
        service.health.pulse.beat(&format!("mailbox {}", attended.settings.name), service.poll);
        let is_sound = service.is_sound();
        let takes = is_sound && service.health.has_room();
        if takes {
            catch_up(service, attended, &mut mailbox, missed, stop).await?;
        }
        let away = is_sound && refile(service, attended, &mut mailbox).await?;
        backoff.reset();
        // While the other folder was open, mail may have come unheard.
        if !away && !stop.is_cancelled() {
            if takes { wait(service, &mut mailbox, stop).await? } else { pause(service, stop).await }
        }
    }
    mailbox.logout().await;
    Ok(())
}

/// Leaves the mailbox alone for a while: mail that came and is not taken would end every wait for mail at once.
async fn pause(service: &Service, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(service.poll) => {}
        () = stop.cancelled() => {}
    }
}

/// Waits for mail, or until there is something else to do in the mailbox. What waits is told to end and does; cut off, it would cost the connection.
async fn wait(service: &Service, mailbox: &mut Mailbox, stop: &CancellationToken) -> Result<(), Trouble> {
    let enough = stop.child_token();
    let nudge = async {
        service.pen.notified().await;
        enough.cancel();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        waited = mailbox.wait(service.poll, &enough) => Ok(waited?),
        () = nudge => Ok(()),
    }
}

/// Works through everything that lies in the inbox, oldest first, in groups.
async fn catch_up(service: &Arc<Service>, attended: &Attended, mailbox: &mut Mailbox, missed: &mut Missed, stop: &CancellationToken) -> Result<(), Trouble> {
    let began = service.now();
    let scan = mailbox.scan().await?;
    missed.begin(&scan);
    let (unfiled, moved, outcomes) = (None, Vec::new(), Outcomes::new());
    let mut look = Look { service, attended, mailbox, uid_validity: scan.uid_validity, missed, unfiled, moved, outcomes, due: 0, heard: 0 };
    let mut line = Line::new(service);
    let worked = look.work(&mut line, &scan.messages, stop).await;
    // Also where the mailbox failed, what was begun finishes before anything is begun anew.
    let last = line.drain().await;
    if let (Ok(()), Ok(last)) = (&worked, &last) {
        look.done(last.clone()).await;
    }
    let noted = look.note_filed().await;
    worked.and(last.map(drop)).and(noted)?;
    service.health.pulse.looked(&attended.settings.name, &scan.messages, &look.outcomes);
    if look.heard >= look.due && !stop.is_cancelled() {
        service.was_read(&attended.settings.name, began);
    }
    look.unfiled.map_or(Ok(()), Err)
}

/// One look at an inbox.
struct Look<'a> {
    service: &'a Arc<Service>,
    attended: &'a Attended,
    mailbox: &'a mut Mailbox,
    uid_validity: u32,
    missed: &'a mut Missed,
    /// Why mails could not be filed away. An archive that takes no more mail keeps nobody from being heard.
    unfiled: Option<Trouble>,
    /// Mails that were filed away, which is not noted yet. A note waits for whoever writes: for each group by itself, nothing would be fetched
    /// while the group before it is settled.
    moved: Vec<u32>,
    /// What is known of the mails.
    outcomes: Outcomes,
    /// Mails that had no outcome, and those of them that have one now, or that nobody waits for any longer.
    due: usize,
    heard: usize,
}

impl Look<'_> {
    async fn work(&mut self, line: &mut Line<'_>, messages: &[Listed], stop: &CancellationToken) -> Result<(), Trouble> {
        let name = &self.attended.settings.name;
        for group in groups(messages, GROUP, self.service.largest) {
            if stop.is_cancelled() {
                break;
            }
            self.service.health.pulse.beat(&format!("mailbox {name}"), self.service.poll);
            let uids: Vec<u32> = group.iter().map(|listed| listed.uid).collect();
            let seen = self.service.desk.store.sighting_state(name, self.uid_validity, &uids).await?;
            let known: HashMap<u32, Sighted> = seen.into_iter().collect();
            let settled = |uid: u32| known.get(&uid).and_then(|sighted| sighted.settled);
            self.file(uids.iter().filter_map(|uid| settled(*uid).map(|outcome| (*uid, outcome))).collect()).await;
            let open: Vec<&Listed> = group.iter().filter(|listed| settled(listed.uid).is_none()).collect();
            self.due = self.due.saturating_add(open.len());
            // What was begun before and never finished is taken in alone: if it kills the daemon, nobody else is counted with it. In its place all the
            // same: what was received first is decided first.
            let begun = |listed: &Listed| known.contains_key(&listed.uid);
            for together in open.chunk_by(|one, next| !begun(one) && !begun(next)) {
                let alone = together.iter().any(|one| begun(one));
                if alone {
                    let done = line.drain().await?;
                    self.done(done).await;
                }
                self.push(line, together).await?;
                if alone {
                    let done = line.drain().await?;
                    self.done(done).await;
                }
            }
        }
        Ok(())
    }

    /// Fetches mails and gives them to the line. Large ones are not in memory together with others.
    async fn push(&mut self, line: &mut Line<'_>, group: &[&Listed]) -> Result<(), Trouble> {
        let large = group.iter().map(|listed| u64::from(listed.size)).sum::<u64>() > ALONE;
        if large {
            let done = line.drain().await?;
            self.done(done).await;
        }
        let mut batch = self.fetch(group).await?;
        if !batch.is_empty() {
            batch.filed = self.filed();
        }
        let done = if large {
            let mut done = line.push(batch).await?;
            done.extend(line.drain().await?);
            done
        } else {
            line.push(batch).await?
        };
        self.done(done).await;
        Ok(())
    }

    async fn fetch(&mut self, group: &[&Listed]) -> Result<Batch, Trouble> {
        if group.is_empty() {
            return Ok(Batch::default());
        }
        // Before the receipt counts an attempt.
        self.service.readers.ready().await?;
        let uids: Vec<u32> = group.iter().map(|listed| listed.uid).collect();
        let Haul { mails: fetched, withheld } = self.mailbox.fetch(&uids, self.service.largest).await?;
        // What neither came nor is withheld was moved or removed by somebody else.
        let gone = uids.len().saturating_sub(fetched.len()).saturating_sub(withheld.len());
        let given_up = self.missed.count(&self.attended.settings.name, withheld.iter());
        self.heard = self.heard.saturating_add(gone).saturating_add(given_up);
        let partial: HashSet<u32> = fetched.iter().filter(|mail| !mail.whole).map(|mail| mail.uid).collect();
        let (mailbox, uid_validity) = (&self.attended.settings.name, self.uid_validity);
        let arrivals = fetched
            .into_iter()
            .map(|mail| Arrival { mailbox: mailbox.clone(), uid_validity, uid: mail.uid, received: mail.received, bytes: mail.bytes })
            .collect();
        Ok(Batch { arrivals, partial, filed: None })
    }

    /// These were heard: they are filed away.
    async fn done(&mut self, outcomes: Outcomes) {
        self.heard = self.heard.saturating_add(outcomes.len());
        self.file(outcomes).await;
    }

    /// Files mails away. What cannot be filed now is at the next look.
    async fn file(&mut self, outcomes: Outcomes) {
        self.outcomes.extend_from_slice(&outcomes);
        if outcomes.is_empty() || self.unfiled.is_some() {
            return;
        }
        self.unfiled = self.file_away(&outcomes).await.err();
    }

    /// Moves settled mails out of the inbox. Done twice, it is the same; that it was done is noted afterwards.
    async fn file_away(&mut self, outcomes: &[(u32, MailOutcome)]) -> Result<(), Trouble> {
        // What was committed into a file that is gone lies in the inbox alone.
        self.service.desk.store.in_place()?;
        for (folder, held) in [(Folder::Archive, false), (Folder::Held, true)] {
            let uids: Vec<u32> = outcomes.iter().filter(|(_, outcome)| outcome.is_held() == held).map(|(uid, _)| *uid).collect();
            if uids.is_empty() {
                continue;
            }
            self.mailbox.file(&uids, folder, self.attended.after).await?;
            step("filed");
            self.moved.extend(uids);
        }
        Ok(())
    }

    /// What is to be noted as filed away.
    fn filed(&mut self) -> Option<Filed> {
        let uids = std::mem::take(&mut self.moved);
        let (mailbox, uid_validity, at) = (self.attended.settings.name.clone(), self.uid_validity, self.service.now());
        (!uids.is_empty()).then_some(Filed { mailbox, uid_validity, uids, at })
    }

    /// Notes it at once.
    async fn note_filed(&mut self) -> Result<(), Trouble> {
        if let Some(filed) = self.filed() {
            self.service.desk.store.filed(&filed).await?;
        }
        Ok(())
    }
}
