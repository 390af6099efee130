//! A small pool of worker processes in which hostile bytes are read.
//!
//! One mail can make a parser eat memory or abort its process (THREATS §0, CRATES §3.1), and no filter in front of it is
//! dependable. So [`letter::read`](crate::letter::read) and [`letter::exhibits`](crate::letter::exhibits) run in processes of their own: this very executable, started with
//! [`SUBCOMMAND`], with hard limits and without files, sockets or environment. A worker that dies costs one mail its reading.

mod frame;
mod worker;

pub use worker::serve;

use crate::letter::{Exhibits, Knowledge, Letter, Limits};
use frame::{Opening, Preface, Wanted};
use serde::de::DeserializeOwned;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

/// The hidden subcommand under which the executable becomes a worker.
pub const SUBCOMMAND: &str = "read-worker";

/// The executable that is running, even after an upgrade has put another one in its place: daemon and worker must agree.
pub const THIS_PROGRAM: &str = "/proc/self/exe";

/// A worker is replaced after so many mails: what a mail left behind in it does not stay for ever.
const MAILS_PER_WORKER: u32 = 10_000;

/// A worker is replaced after so much time of reading; well below its CPU limit, which cannot be wound back.
const READING_PER_WORKER: Duration = Duration::from_secs(60);

/// A worker that rests for so long leaves: what it knows of words takes tens of megabytes, and the next one learns it in a moment.
pub const REST: Duration = Duration::from_secs(60);

/// How long a worker may take to leave when its input ends.
const GOODBYE: Duration = Duration::from_secs(2);

/// How long a worker may take to become ready: it reads and compiles the lexicons, which no mail can slow down.
const OPENING: Duration = Duration::from_secs(30);

/// The workers. Clones share them.
#[derive(Clone)]
pub struct Readers(Arc<Pool>);

/// What the workers are and may do.
#[derive(Clone)]
pub struct ReaderSettings {
    /// The executable that becomes a worker when it is started with [`SUBCOMMAND`], as an absolute path: normally [`THIS_PROGRAM`].
    pub program: PathBuf,
    /// How many mails are read at the same time; each worker is started when it is first needed.
    pub workers: usize,
    /// What the service knows about language and about itself.
    pub knowledge: Knowledge,
    /// What a mail may be at most, and what reading it may cost.
    pub limits: Limits,
    /// How long a worker rests before it leaves: normally [`REST`].
    pub rest: Duration,
}

/// Why a mail was not read. It says nothing about the next mail.
#[derive(Debug, thiserror::Error)]
pub enum ReaderFailed {
    /// The worker died over it: out of memory or stack, or a fault in a parser.
    #[error("the reading process died over this mail; it is kept unread, look at it with care")]
    Died,
    /// The worker was ended because it took too long, by its CPU or by the clock on the wall.
    #[error("this mail took too long to read; it is kept unread, look at it with care")]
    TimedOut,
    /// No worker could be started.
    #[error("no reading process could be started: {0}; check that the program file is still in its place and that processes may be started")]
    Start(#[source] io::Error),
}

struct Pool {
    settings: ReaderSettings,
    seats: Semaphore,
    resting: Mutex<Resting>,
}

/// The workers that have nothing to do, the one that rests longest first.
#[derive(Default)]
struct Resting {
    workers: Vec<Worker>,
    /// Whether somebody sees to it that they leave in time.
    watched: bool,
}

impl Readers {
    /// A pool that starts its workers when they are needed.
    pub fn new(settings: ReaderSettings) -> Readers {
        let seats = Semaphore::new(settings.workers.max(1));
        Readers(Arc::new(Pool { settings, seats, resting: Mutex::default() }))
    }

    /// What stands in `bytes`, one whole mail. Waits for a free worker; the time limit begins when one is found.
    ///
    /// A worker that has read other mails before is not blamed on this one: when it dies, a new one tries once more.
    pub async fn read(&self, bytes: &[u8]) -> Result<Letter, ReaderFailed> {
        match bytes.len() > self.0.settings.limits.message_bytes {
            true => self.read_head(bytes, bytes.len()).await,
            false => self.ask(Wanted::Letter, bytes, bytes.len()).await,
        }
    }

    /// What stands in the head of a mail of `whole` bytes that begins with `bytes`: of one that is too large, or over which a reader died.
    pub async fn read_head(&self, bytes: &[u8], whole: usize) -> Result<Letter, ReaderFailed> {
        let head = bytes.get(..bytes.len().min(self.0.settings.limits.head_bytes())).unwrap_or_default();
        self.ask(Wanted::Head, head, whole).await
    }

    /// What of the attachments of `bytes`, one whole mail, may go to the other party, cleaned; under the same limits as [`read`](Self::read). Of a mail that is
    /// too large nothing is.
    pub async fn exhibits(&self, bytes: &[u8]) -> Result<Exhibits, ReaderFailed> {
        match bytes.len() > self.0.settings.limits.message_bytes {
            true => Ok(Exhibits::default()),
            false => self.ask(Wanted::Exhibits, bytes, bytes.len()).await,
        }
    }

    async fn ask<Answer: DeserializeOwned>(&self, wanted: Wanted, bytes: &[u8], whole: usize) -> Result<Answer, ReaderFailed> {
        let _seat = self.0.seats.acquire().await.map_err(|_| ReaderFailed::Start(io::Error::other("the readers are closed")))?;
        let preface = Preface { wanted, whole: whole as u64 };
        if let Some(worker) = self.0.take() {
            match self.0.ask(worker, preface, bytes).await {
                Err(ReaderFailed::Died) => (),
                answer => return answer,
            }
        }
        let worker = Worker::start(&self.0.settings).map_err(ReaderFailed::Start)?;
        self.0.ask(worker, preface, bytes).await
    }

    /// Waits until a worker is ready, or reads, so that a mail is not blamed for a machine that has no process or file left, nor for a daemon that dies
    /// while a worker is still learning its words.
    pub async fn ready(&self) -> Result<(), ReaderFailed> {
        // Where all seats are taken, workers read.
        let Ok(_seat) = self.0.seats.try_acquire() else { return Ok(()) };
        let mut worker = self.0.take().map_or_else(|| Worker::start(&self.0.settings), Ok).map_err(ReaderFailed::Start)?;
        worker.learn().await.map_err(|_| ReaderFailed::Start(io::Error::other("it ends before it is ready")))?;
        self.0.rest(worker);
        Ok(())
    }

    /// Lets no further mail in and ends the workers that rest; those that read end with their mail.
    pub async fn close(&self) {
        self.0.seats.close();
        while let Some(worker) = self.0.take() {
            worker.dismiss().await;
        }
    }
}

impl Pool {
    fn take(&self) -> Option<Worker> {
        self.resting().workers.pop()
    }

    fn rest(self: &Arc<Self>, mut worker: Worker) {
        let spent = worker.mails >= MAILS_PER_WORKER || worker.reading >= READING_PER_WORKER;
        if !spent && !self.seats.is_closed() {
            worker.rests_since = Instant::now();
            let mut resting = self.resting();
            resting.workers.push(worker);
            if !std::mem::replace(&mut resting.watched, true) {
                tokio::spawn(Self::watch(Arc::downgrade(self)));
            }
        }
    }

    /// Lets workers leave that have rested for long enough, until none rests.
    async fn watch(pool: Weak<Pool>) {
        while let Some(pause) = pool.upgrade().map(|pool| pool.settings.rest) {
            tokio::time::sleep(pause).await;
            let Some((leaving, stays)) = pool.upgrade().map(|pool| pool.rested()) else { return };
            for worker in leaving {
                worker.dismiss().await;
            }
            if !stays {
                return;
            }
        }
    }

    /// The workers that have rested for long enough, and whether others still rest, or came to rest meanwhile, and are to be watched on.
    fn rested(&self) -> (Vec<Worker>, bool) {
        let mut resting = self.resting();
        let (leaving, staying) = std::mem::take(&mut resting.workers).into_iter().partition(|worker| worker.rests_since.elapsed() >= self.settings.rest);
        resting.workers = staying;
        resting.watched = !resting.workers.is_empty();
        (leaving, resting.watched)
    }

    fn resting(&self) -> MutexGuard<'_, Resting> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The worker is only kept when it answered: dropping it kills it.
    async fn ask<Answer: DeserializeOwned>(self: &Arc<Self>, mut worker: Worker, preface: Preface, bytes: &[u8]) -> Result<Answer, ReaderFailed> {
        worker.learn().await?;
        let began = Instant::now();
        match timeout(Duration::from_secs(self.settings.limits.wall_seconds), worker.exchange(preface, bytes)).await {
            Ok(Ok(answer)) => {
                worker.mails = worker.mails.saturating_add(1);
                worker.reading = worker.reading.saturating_add(began.elapsed());
                self.rest(worker);
                Ok(answer)
            }
            Ok(Err(_)) => Err(worker.failure().await),
            Err(_) => Err(ReaderFailed::TimedOut),
        }
    }
}

/// One process and how much it has done.
struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    opening: Option<Vec<u8>>,
    mails: u32,
    reading: Duration,
    rests_since: Instant,
}

impl Worker {
    /// Starts a process that inherits nothing: no environment, no folder, no error output (a panic could quote a mail). Its C library is told to keep no
    /// memory of its own for each thread: that would be 64 MiB of address space, taken from the mails', or not, as chance has it.
    fn start(settings: &ReaderSettings) -> io::Result<Worker> {
        let opening = Opening { knowledge: settings.knowledge.clone(), limits: settings.limits.clone() };
        let opening = Some(serde_json::to_vec(&opening)?);
        let mut child = Command::new(&settings.program)
            .arg0("elitige")
            .arg(SUBCOMMAND)
            // A Ctrl-C for the daemon must not cost the mails that are being read.
            .process_group(0)
            .env_clear()
            .env("MALLOC_ARENA_MAX", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or_else(|| io::Error::other("the process has no pipes"))?;
        let output = BufReader::with_capacity(frame::PIPE, output);
        Ok(Worker { child, input, output, opening, mails: 0, reading: Duration::ZERO, rests_since: Instant::now() })
    }

    /// Waits until the worker is ready, if it never was.
    async fn learn(&mut self) -> Result<(), ReaderFailed> {
        if self.opening.is_none() {
            return Ok(());
        }
        match timeout(OPENING, self.open()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(ReaderFailed::Died),
            Err(_) => Err(ReaderFailed::TimedOut),
        }
    }

    /// Tells the worker what it has to know, and waits until it is ready.
    async fn open(&mut self) -> io::Result<()> {
        let opening = self.opening.take().unwrap_or_default();
        match self.frames(&[], &opening).await?.as_slice() {
            [] => Ok(()),
            _ => Err(io::Error::other("a worker that is ready says nothing")),
        }
    }

    async fn exchange<Answer: DeserializeOwned>(&mut self, preface: Preface, bytes: &[u8]) -> io::Result<Answer> {
        let answer = self.frames(&preface.bytes(), bytes).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// Sends `head` and `body` as one frame and receives one. Asks and listens at once: a process that answers without listening is found out, however long
    /// the question.
    async fn frames(&mut self, head: &[u8], body: &[u8]) -> io::Result<Vec<u8>> {
        let Worker { input, output, .. } = self;
        let asking = async {
            let (begins, rest) = frame::pieces(head, body)?;
            input.write_all(&begins).await?;
            input.write_all(rest).await?;
            input.flush().await
        };
        let listening = async {
            let length = output.read_u32().await?;
            if length > frame::LONGEST_ANSWER {
                return Err(io::Error::other("the answer is too long"));
            }
            // A worker that lies about its length gets no memory for it.
            let mut answer = Vec::with_capacity(usize::try_from(length).unwrap_or(usize::MAX).min(frame::PIPE));
            output.take(length.into()).read_to_end(&mut answer).await?;
            Ok(answer)
        };
        let ((), answer) = tokio::try_join!(asking, listening)?;
        Ok(answer)
    }

    /// Why there was no answer.
    async fn failure(&mut self) -> ReaderFailed {
        let ended = timeout(GOODBYE, self.child.wait()).await;
        let code = ended.ok().and_then(Result::ok).and_then(|status| status.code());
        if code == Some(frame::OUT_OF_TIME) { ReaderFailed::TimedOut } else { ReaderFailed::Died }
    }

    async fn dismiss(mut self) {
        drop(self.input);
        if timeout(GOODBYE, self.child.wait()).await.is_err() {
            drop(self.child.start_kill());
        }
    }
}
