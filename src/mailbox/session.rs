//! A logged-in session and the one way to run a command on it: every answer is waited for with patience that ends, every tagged status
//! is looked at, and what went wrong once is never used again (`CRATES.md` §3.2 says what async-imap leaves to its user).

use super::error::{MailboxError, Pause, throttling};
use super::guard::Guarded;
use super::{MailboxSettings, MailboxTimeouts};
use async_imap::Session as ImapSession;
use async_imap::imap_proto::{MailboxDatum, RequestId, Response, ResponseCode, Status};
use futures_util::FutureExt;
use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// One session.
pub(super) struct Session {
    imap: ImapSession<Guarded>,
    mailbox: String,
    timeouts: MailboxTimeouts,
    /// How many messages the selected folder holds, as far as the server said.
    exists: u32,
    /// Whether that number grew since the folder was selected.
    news: bool,
    /// No command is under way and none ever failed.
    sound: bool,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Done.
    Ok,
    /// Done as far as it goes: some of the messages are no longer there (RFC 5530 `EXPUNGEISSUED`).
    SomeGone,
    /// Refused, for a reason that lies in the command: there is no such folder, no such right.
    No,
    /// Not understood.
    Bad,
}

/// How a command ended that the server may also put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    /// It ended.
    Ended(Ended),
    /// It is refused for now.
    PutOff(Pause),
}

/// What one answer means for the command under way.
enum Heard {
    /// An untagged answer.
    Aside,
    /// `+`: the server waits for more.
    GoOn,
    /// The command is over.
    Answered(Answered),
    /// Nothing that the protocol allows here.
    Nonsense,
}

impl Session {
    /// Takes over a session that is logged in.
    pub(super) fn new(imap: ImapSession<Guarded>, settings: &MailboxSettings) -> Self {
        Self { imap, mailbox: settings.name.clone(), timeouts: settings.timeouts, exists: 0, news: false, sound: true }
    }

    /// Runs `command` and shows every untagged answer to `each`. Errors end the session; [`Ended`] does not.
    pub(super) async fn run(&mut self, command: &str, during: &'static str, each: impl FnMut(&Response<'_>) + Send) -> Result<Ended, MailboxError> {
        match self.ask(command, during, each).await? {
            Answered::Ended(ended) => Ok(ended),
            Answered::PutOff(pause) => Err(self.put_off(pause)),
        }
    }

    /// The same, for a command whose refusal may lie in one mail: a server that puts it off may be asked something else.
    pub(super) async fn ask(&mut self, command: &str, during: &'static str, mut each: impl FnMut(&Response<'_>) + Send) -> Result<Answered, MailboxError> {
        let tag = self.begin(command, during).await?;
        let end = Instant::now() + self.timeouts.command;
        loop {
            let until = end.min(Instant::now() + self.timeouts.silence_in_command);
            match self.answer(until, during, |answer| heard(answer, &tag, &mut each)).await? {
                Heard::Aside | Heard::GoOn => {}
                Heard::Answered(answered) => {
                    self.sound = true;
                    return Ok(answered);
                }
                Heard::Nonsense => return Err(self.protocol(during)),
            }
        }
    }

    /// Waits in IDLE until the server tells of news, `until` comes, it is silent for too long, or `stop` is done (RFC 2177).
    /// `false`: the server refuses to idle.
    pub(super) async fn idle(&mut self, until: Instant, stop: impl Future<Output = ()> + Send) -> Result<bool, MailboxError> {
        const DURING: &str = "waiting for new mail";
        let tag = self.begin("IDLE", DURING).await?;
        let soon = Instant::now() + self.timeouts.silence_in_command;
        let accepted = loop {
            match self.answer(soon, DURING, |answer| heard(answer, &tag, |_| {})).await? {
                Heard::Aside => {}
                Heard::GoOn => break true,
                Heard::Answered(Answered::Ended(_)) => break false,
                Heard::Answered(Answered::PutOff(pause)) => return Err(self.put_off(pause)),
                Heard::Nonsense => return Err(self.protocol(DURING)),
            }
        };
        if accepted {
            self.idle_until(&tag, until, stop).await?;
            let said = timeout(self.timeouts.done, self.imap.run_command_untagged("DONE")).await;
            said.map_err(|_| self.timed_out(DURING))?.map_err(|_| self.protocol(DURING))?;
            let soon = Instant::now() + self.timeouts.done;
            while !matches!(self.answer(soon, DURING, |answer| heard(answer, &tag, |_| {})).await?, Heard::Answered(_)) {}
        }
        self.sound = true;
        Ok(accepted)
    }

    async fn idle_until(&mut self, tag: &RequestId, until: Instant, stop: impl Future<Output = ()> + Send) -> Result<(), MailboxError> {
        const DURING: &str = "waiting for new mail";
        let mut stop = std::pin::pin!(stop);
        while !self.news {
            // Its own clock: the crate's is set back by every `* OK Still here`. A silent server is asked by DONE whether it lives.
            let end = until.min(Instant::now() + self.timeouts.idle_silence);
            let answered = tokio::select! {
                biased;
                () = &mut stop => return Ok(()),
                answered = self.answer_by(end, DURING, |answer| heard(answer, tag, |_| {})) => answered?,
            };
            match answered {
                None => return Ok(()),
                Some(Heard::Aside | Heard::GoOn) => {}
                // Outlook.com ends a long IDLE by BAD; whoever waits on would wait in vain.
                Some(Heard::Answered(Answered::PutOff(pause))) => return Err(self.put_off(pause)),
                Some(Heard::Answered(Answered::Ended(_)) | Heard::Nonsense) => return Err(self.protocol(DURING)),
            }
        }
        Ok(())
    }

    /// What `read` makes of the next answer; its news are taken in.
    async fn answer<T>(&mut self, until: Instant, during: &'static str, read: impl FnOnce(&Response<'_>) -> T + Send) -> Result<T, MailboxError> {
        self.answer_by(until, during, read).await?.ok_or_else(|| self.timed_out(during))
    }

    /// The same; `None` if none comes before `until`. Nothing is lost when the future is dropped.
    async fn answer_by<T>(&mut self, until: Instant, during: &'static str, read: impl FnOnce(&Response<'_>) -> T + Send) -> Result<Option<T>, MailboxError> {
        // imap-proto panics on some malformed answers (a letter of two bytes after a response code).
        let answer = {
            let mut response = std::pin::pin!(self.imap.read_response());
            let reading = AssertUnwindSafe(std::future::poll_fn(|context| {
                let _reading = Reading::begin();
                response.as_mut().poll(context)
            }));
            timeout_at(until, reading.catch_unwind()).await
        };
        let Ok(answer) = answer else { return Ok(None) };
        let Ok(Ok(Some(answer))) = answer else { return Err(self.protocol(during)) };
        self.notice(answer.parsed(), during)?;
        Ok(Some(read(answer.parsed())))
    }

    /// Keeps count of the folder, and hears a server that takes leave.
    fn notice(&mut self, response: &Response<'_>, during: &'static str) -> Result<(), MailboxError> {
        match response {
            Response::MailboxData(MailboxDatum::Exists(now)) => {
                self.news |= *now > self.exists;
                self.exists = *now;
            }
            Response::Expunge(_) => self.exists = self.exists.saturating_sub(1),
            Response::Data { status: Status::Bye, outcome } => return Err(self.refusal(outcome.information.as_deref(), during)),
            _ => {}
        }
        Ok(())
    }

    /// Opens `folder` (quoted) and gives its UIDVALIDITY; `None` if it cannot be opened.
    pub(super) async fn select(&mut self, folder: &str) -> Result<Option<u32>, MailboxError> {
        self.open("SELECT", folder).await
    }

    /// The same for reading only: nothing in the folder is changed by it (RFC 9051 §6.3.3).
    pub(super) async fn examine(&mut self, folder: &str) -> Result<Option<u32>, MailboxError> {
        self.open("EXAMINE", folder).await
    }

    async fn open(&mut self, verb: &str, folder: &str) -> Result<Option<u32>, MailboxError> {
        const DURING: &str = "opening the folder";
        let mut validity = None;
        let ended = self.run(&format!("{verb} {folder}"), DURING, |answer| validity = validity.or(uid_validity(answer))).await?;
        self.news = false;
        match (ended, validity) {
            (Ended::Ok, Some(validity)) => Ok(Some(validity)),
            // A folder without UIDVALIDITY has no lasting names for its messages; and a cut connection looks like this too.
            (Ended::Ok, None) => Err(self.protocol(DURING)),
            _ => Ok(None),
        }
    }

    /// Whether mail came since the folder was opened.
    pub(super) fn has_news(&self) -> bool {
        self.news
    }

    /// How many messages the folder holds.
    pub(super) fn exists(&self) -> u32 {
        self.exists
    }

    /// Literals of up to `largest` bytes may come.
    pub(super) fn allow(&mut self, largest: u64) {
        AsMut::<Guarded>::as_mut(&mut self.imap).allow(largest);
    }

    /// Takes leave; nobody waits for long.
    pub(super) async fn logout(&mut self) {
        let _ = timeout(self.timeouts.done, self.run("LOGOUT", "logging out", |_| {})).await;
    }

    /// Sends `command` and gives its tag. If it never ends (an error, a cancelled future) nothing else may be asked on this session:
    /// the answers to come belong to the old question.
    async fn begin(&mut self, command: &str, during: &'static str) -> Result<RequestId, MailboxError> {
        if !std::mem::replace(&mut self.sound, false) {
            return Err(self.protocol(during));
        }
        let sent = timeout(self.timeouts.silence_in_command, self.imap.run_command(command)).await;
        sent.map_err(|_| self.timed_out(during))?.map_err(|_| self.protocol(during))
    }

    /// The error of a server that says no for reasons of its own.
    fn refusal(&self, text: Option<&str>, during: &'static str) -> MailboxError {
        match text.and_then(throttling) {
            Some(pause) => self.put_off(pause),
            None => self.protocol(during),
        }
    }

    /// The error of a server that asks for a pause.
    pub(super) fn put_off(&self, pause: Pause) -> MailboxError {
        MailboxError::Throttled { mailbox: self.mailbox.clone(), after: pause.after }
    }

    /// The error of a server that does not keep to the protocol.
    pub(super) fn protocol(&self, during: &'static str) -> MailboxError {
        MailboxError::Protocol { mailbox: self.mailbox.clone(), during }
    }

    /// The same, of a refusal after which this session is of no use.
    pub(super) fn given_up(&mut self, during: &'static str) -> MailboxError {
        self.sound = false;
        self.protocol(during)
    }

    fn timed_out(&self, during: &'static str) -> MailboxError {
        MailboxError::TimedOut { mailbox: self.mailbox.clone(), during }
    }
}

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is just reading an answer of a server: a panic in that is caught, and told as an answer that cannot be read.
pub fn is_reading() -> bool {
    READING.with(Cell::get)
}

/// For as long as it lives, its thread [reads](is_reading).
struct Reading;

impl Reading {
    fn begin() -> Self {
        READING.with(|reading| reading.set(true));
        Self
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        READING.with(|reading| reading.set(false));
    }
}

/// Sorts `answer` while the command `tag` is under way; untagged ones are shown to `each`.
fn heard(answer: &Response<'_>, tag: &RequestId, mut each: impl FnMut(&Response<'_>)) -> Heard {
    match answer {
        Response::Done { tag: its, status, outcome } if its == tag => {
            let text = outcome.information.as_deref().unwrap_or_default();
            let ended = match status {
                Status::Ok => Ended::Ok,
                Status::No if is_gone(text) => Ended::SomeGone,
                Status::No => Ended::No,
                Status::Bad => Ended::Bad,
                Status::PreAuth | Status::Bye => return Heard::Nonsense,
            };
            // Exchange Online says BAD to a client that it throttles.
            let pause = if matches!(ended, Ended::No | Ended::Bad) { throttling(text) } else { None };
            Heard::Answered(pause.map_or(Answered::Ended(ended), Answered::PutOff))
        }
        Response::Done { .. } => Heard::Nonsense,
        Response::Continue(_) => Heard::GoOn,
        aside => {
            each(aside);
            Heard::Aside
        }
    }
}

/// Whether a `NO` only says that messages vanished meanwhile.
fn is_gone(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["[expungeissued]", "no longer exist", "no such message", "have been expunged"].iter().any(|words| text.contains(words))
}

fn uid_validity(answer: &Response<'_>) -> Option<u32> {
    match answer {
        Response::Data { outcome, .. } => match outcome.code {
            Some(ResponseCode::UidValidity(validity)) => Some(validity),
            _ => None,
        },
        _ => None,
    }
}

/// How long each thing may take (THREATS §4, §11).
impl Default for MailboxTimeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connect: seconds(60),
            silence_in_command: seconds(60),
            command: seconds(600),
            idle_silence: seconds(300),
            reissue: seconds(25 * 60),
            poll: seconds(60),
            done: seconds(15),
        }
    }
}
