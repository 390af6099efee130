//! The text of a letter on its way: blocks, dot, answer, each with its own patience.

use super::reply::Reply;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Sends `bytes`, dot-stuffed, and the final dot. Gives the reply, if one came, and whether the dot may have left this machine.
pub(super) async fn send(connection: &mut AsyncSmtpConnection, bytes: &[u8], block: Duration, dot: Duration) -> (Option<Reply>, bool) {
    // lettre ends the text with CRLF "." CRLF whatever it ended with; the letter's own last CRLF would become an empty line.
    let text = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
    let progress = Progress::new();
    let blocks = Blocks { rest: text.chunks(Blocks::SIZE), progress: &progress };
    let mut sending = pin!(connection.message_iter(blocks));
    loop {
        let due = progress.due(block, dot);
        tokio::select! {
            biased;
            reply = &mut sending => return (Reply::of(&reply), progress.dot_sent()),
            () = sleep_until(due) => {
                if progress.due(block, dot) <= Instant::now() {
                    return (None, progress.dot_sent());
                }
            }
        }
    }
}

/// Whether every CR is followed by LF and every LF follows a CR: anything else lets one letter pass as two (SMTP smuggling).
pub(super) fn only_crlf(bytes: &[u8]) -> bool {
    let mut after_cr = false;
    for byte in bytes {
        if (*byte == b'\n') != after_cr {
            return false;
        }
        after_cr = *byte == b'\r';
    }
    !after_cr
}

/// How far the letter is. The lock is never held across a wait.
struct Progress(Mutex<(Instant, bool)>);

impl Progress {
    fn new() -> Self {
        Self(Mutex::new((Instant::now(), false)))
    }

    fn mark(&self, dot: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), dot);
    }

    fn dot_sent(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    fn due(&self, block: Duration, dot: Duration) -> Instant {
        let (since, dot_sent) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since + if dot_sent { dot } else { block }
    }
}

/// The blocks of a letter. lettre asks for the next one when it has written the one before, and writes the dot after the last.
struct Blocks<'a> {
    rest: std::slice::Chunks<'a, u8>,
    progress: &'a Progress,
}

impl Blocks<'_> {
    const SIZE: usize = 16 * 1024;
}

impl<'a> Iterator for Blocks<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let block = self.rest.next();
        self.progress.mark(block.is_none());
        block
    }
}
