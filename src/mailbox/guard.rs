//! A bound on what a server may make this process keep in memory, and the place where its lines are mended.
//!
//! async-imap makes room for whatever size a literal announces, up to 512 MiB, before a byte of it has come; and imap-proto gives up on lines
//! that real servers say.

use super::repair::{Line, announced, line_of, mend};
use crate::transport::Stream;
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The stream to an IMAP server, read along: too large a literal or too long a line ends it, and its lines come mended.
#[derive(Debug)]
pub(super) struct Guarded {
    stream: Stream,
    lines: Lines,
}

/// What was read and not yet handed on.
struct Lines {
    /// Largest literal.
    largest: u64,
    /// Bytes of a literal that are still to come; they pass as they are.
    literal_left: u64,
    /// A line that has no end yet.
    line: Vec<u8>,
    /// What may be handed on.
    ready: VecDeque<u8>,
    place: Place,
    /// Lines that were no answers and were left out.
    left_out: u32,
}

/// Where the next line stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// It is the first word of the server: whatever it is, it is shown.
    First,
    /// It begins an answer.
    Start,
    /// It goes on after a literal.
    Within,
}

/// The server says more than may be kept, or nothing that makes sense.
#[derive(Debug)]
struct Unbounded;

impl Guarded {
    /// Reads from `stream`, literals up to `largest` bytes.
    pub(super) fn new(stream: Stream, largest: u64) -> Self {
        Self { stream, lines: Lines::new(largest) }
    }

    /// Literals may have up to `largest` bytes from now on.
    pub(super) fn allow(&mut self, largest: u64) {
        self.lines.largest = largest;
    }
}

impl Lines {
    /// Longest line that is not a literal; none that is asked for comes near it.
    const LONGEST: usize = 64 * 1024;
    /// Most lines of a session that are left out; a server that says more of them speaks something else.
    const MOST_LEFT_OUT: u32 = 100;

    fn new(largest: u64) -> Self {
        Self { largest, literal_left: 0, line: Vec::new(), ready: VecDeque::new(), place: Place::First, left_out: 0 }
    }

    /// Takes in `bytes`, which come next.
    fn take(&mut self, mut bytes: &[u8]) -> Result<(), Unbounded> {
        while !bytes.is_empty() {
            let literal = usize::try_from(self.literal_left).unwrap_or(usize::MAX).min(bytes.len());
            let length = match literal {
                0 => bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end.saturating_add(1)),
                literal => literal,
            };
            let (part, rest) = bytes.split_at_checked(length).unwrap_or((bytes, &[]));
            bytes = rest;
            if literal > 0 {
                self.passed(literal);
                self.ready.extend(part);
                continue;
            }
            self.line.extend_from_slice(part);
            if self.line.len() > Self::LONGEST {
                return Err(Unbounded);
            }
            if part.ends_with(b"\n") {
                self.end_line()?;
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), Unbounded> {
        let mut line = std::mem::take(&mut self.line);
        let kind = match self.place {
            Place::Within => Some(Line::Data),
            Place::First => Some(line_of(&line).unwrap_or(Line::Words)),
            Place::Start => line_of(&line),
        };
        self.place = Place::Start;
        let Some(kind) = kind else {
            self.left_out = self.left_out.saturating_add(1);
            return if self.left_out > Self::MOST_LEFT_OUT { Err(Unbounded) } else { Ok(()) };
        };
        mend(&mut line, kind);
        if let (Line::Data, Some(size)) = (kind, announced(&line)) {
            if size > self.largest {
                return Err(Unbounded);
            }
            self.literal_left = size;
            self.place = Place::Within;
        }
        self.ready.extend(line);
        Ok(())
    }

    /// So many bytes of the literal have gone by.
    fn passed(&mut self, bytes: usize) {
        self.literal_left = self.literal_left.saturating_sub(bytes as u64);
    }

    /// The server hung up: what it left unfinished is shown as it is.
    fn end(&mut self) {
        self.ready.extend(std::mem::take(&mut self.line));
    }

    /// Hands on what may be; `false` if that is nothing.
    fn give(&mut self, into: &mut ReadBuf<'_>) -> bool {
        let (front, _) = self.ready.as_slices();
        let given = front.len().min(into.remaining());
        into.put_slice(front.get(..given).unwrap_or_default());
        self.ready.drain(..given);
        given > 0
    }
}

impl AsyncRead for Guarded {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        const AT_ONCE: usize = 4_096;
        let Guarded { stream, lines } = self.get_mut();
        let mut ended = false;
        loop {
            if lines.give(into) || into.remaining() == 0 || ended {
                return Poll::Ready(Ok(()));
            }
            if lines.literal_left > 0 {
                let room = usize::try_from(lines.literal_left).unwrap_or(usize::MAX).min(into.remaining());
                let mut literal = ReadBuf::new(into.initialize_unfilled_to(room));
                ready!(Pin::new(stream).poll_read(cx, &mut literal))?;
                let read = literal.filled().len();
                into.advance(read);
                lines.passed(read);
                return Poll::Ready(Ok(()));
            }
            let mut space = [0; AT_ONCE];
            let mut read = ReadBuf::new(&mut space);
            ready!(Pin::new(&mut *stream).poll_read(cx, &mut read))?;
            ended = read.filled().is_empty();
            if ended {
                lines.end();
            }
            lines.take(read.filled()).map_err(|Unbounded| io::Error::from(io::ErrorKind::InvalidData))?;
        }
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// What a server says may quote mails.
impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("place", &self.place).field("literal_left", &self.literal_left).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is handed on of `bytes`; `None` if they are too much. In one piece or byte by byte it is the same.
    fn handed_on(bytes: &[u8]) -> Option<Vec<u8>> {
        let whole = |mut lines: Lines, pieces: &[&[u8]]| {
            let all = pieces.iter().try_for_each(|piece| lines.take(piece));
            lines.end();
            all.ok().map(|()| lines.ready.into_iter().collect::<Vec<u8>>())
        };
        let in_one = whole(Lines::new(100), &[bytes]);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(in_one, whole(Lines::new(100), &single));
        in_one
    }

    #[test]
    fn only_what_is_announced_too_large_is_stopped() {
        let keeps = |bytes: &[u8]| handed_on(bytes).is_some();
        assert!(keeps(b"* 1 FETCH (BODY[] {5}\r\n{999)\r\n"));
        assert!(keeps(b"* 1 FETCH (BODY[] {12}\r\n{9999999}\r\n* {1)\r\n"), "what a mail says is no announcement");
        assert!(!keeps(b"* 1 FETCH (BODY[] {5}\r\n12345 BODY[] {101}\r\n"));
        assert!(!keeps(b"* 1 FETCH (BODY[] {99999999999999999999999999}\r\n"));
        assert!(!keeps(&[b'x'; 70_000]));
        assert!(keeps(&b"* OK still here\r\n".repeat(10_000)));
    }

    #[test]
    fn no_byte_of_a_mail_is_changed() {
        let mail = b"* OK [ALERT]\xe9\0 FLAGS (\"\r\nCAPABILITY completed.\r\n\r\n {77}\r\n";
        let mut said = format!("* 1 FETCH (FLAGS (a\"b \\Seen) BODY[] {{{}}}\r\n", mail.len()).into_bytes();
        said.extend_from_slice(mail);
        said.extend_from_slice(b" UID 4)\r\nCAPABILITY completed.\r\nA1 OK\r\n");
        let mut expected = format!("* 1 FETCH (FLAGS (\\Seen) BODY[] {{{}}}\r\n", mail.len()).into_bytes();
        expected.extend_from_slice(mail);
        expected.extend_from_slice(b" UID 4)\r\nA1 OK\r\n");
        assert_eq!(String::from_utf8_lossy(&handed_on(&said).unwrap()), String::from_utf8_lossy(&expected));
    }

    #[test]
    fn what_is_no_answer_is_left_out_but_the_first_line_and_not_for_ever() {
        assert_eq!(handed_on(b"220 here\r\n250 there\r\n* OK\r\n").unwrap(), b"220 here\r\n* OK\r\n");
        assert!(handed_on(&b"what\r\n".repeat(101)).is_some());
        assert!(handed_on(&b"what\r\n".repeat(102)).is_none());
        assert_eq!(handed_on(b"* OK\r\nhalf").unwrap(), b"* OK\r\nhalf", "what is cut off is shown");
    }
}
