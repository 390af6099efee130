//! What couriers note about letters on their way: while one commit is made, all that came up meanwhile waits for the next, and stands in it together.
//!
//! Nobody goes on before the commit that holds his note is made: the dot follows a commit, as ever (THREATS P2).

use super::{Service, unit};
use crate::store::{OutboxId, Sent, StoreError};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Notes that are committed together.
const MOST: usize = 100;

/// A note about a letter that this node has in hand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Note {
    /// The dot follows.
    Dot,
    /// How the attempt ended.
    Ended(Sent),
}

struct Line {
    id: OutboxId,
    note: Note,
    done: oneshot::Sender<Result<bool, StoreError>>,
}

/// Where couriers note; the notes are kept as long as [`keep`] runs.
#[derive(Debug, Clone)]
pub(super) struct Book(mpsc::Sender<Line>);

/// What was noted and waits to be kept.
pub(super) struct Notes(mpsc::Receiver<Line>);

impl Book {
    /// An empty one.
    pub(super) fn new() -> (Self, Notes) {
        let (sender, receiver) = mpsc::channel(MOST);
        (Self(sender), Notes(receiver))
    }

    /// Notes it, and waits until that is committed. `false` if the lease was lost.
    pub(super) async fn note(&self, id: OutboxId, note: Note) -> Result<bool, StoreError> {
        let (done, committed) = oneshot::channel();
        let closed = || StoreError::Unreachable("nobody keeps the book of letters any more".to_owned());
        self.0.send(Line { id, note, done }).await.map_err(|_| closed())?;
        committed.await.map_err(|_| closed())?
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Line({}, {:?})", self.id, self.note)
    }
}

/// Keeps the book until nobody notes anything any more.
pub(super) async fn keep(service: Arc<Service>, mut notes: Notes) {
    let mut lines = Vec::with_capacity(MOST);
    while notes.0.recv_many(&mut lines, MOST).await > 0 {
        let (held, taken) = (Arc::clone(&service), std::mem::take(&mut lines));
        // Where this breaks off, whoever waits for it hears that it is not known.
        let _ = unit(async move { commit(&held, taken).await }).await;
    }
}

async fn commit(service: &Service, lines: Vec<Line>) {
    match together(service, &lines).await {
        Ok(ours) => {
            for (line, ours) in lines.into_iter().zip(ours) {
                let _ = line.done.send(Ok(ours));
            }
        }
        // Each alone, so that each hears its own answer.
        Err(_) => {
            for line in lines {
                let noted = together(service, std::slice::from_ref(&line)).await;
                let _ = line.done.send(noted.map(|ours| ours.first().copied().unwrap_or(false)));
            }
        }
    }
}

async fn together(service: &Service, lines: &[Line]) -> Result<Vec<bool>, StoreError> {
    let now = service.now();
    let mut work = service.desk.store.begin().await?;
    let mut ours = Vec::with_capacity(lines.len());
    for line in lines {
        ours.push(match line.note {
            Note::Dot => work.dot_pending(line.id, &service.node, now).await?,
            Note::Ended(sent) => work.finish(line.id, &service.node, sent, now).await?,
        });
    }
    work.commit().await?;
    Ok(ours)
}
