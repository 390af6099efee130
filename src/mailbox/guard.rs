//! A bound on what a server may make this process keep in memory.
//!
//! async-imap makes room for whatever size a literal announces, up to 512 MiB, before a byte of it has come.

use crate::transport::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The stream to an IMAP server, read along: too large a literal or too long a line ends it.
#[derive(Debug)]
pub(super) struct Guarded {
    stream: Stream,
    bounds: Bounds,
}

/// What has been read so far, as far as the bounds are concerned.
#[derive(Debug)]
struct Bounds {
    largest: u64,
    literal_left: u64,
    line: u64,
    announced: Announced,
}

/// How much of `{123}` CR LF has been seen.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Announced {
    Nothing,
    Digits(u64),
    Closed(u64),
    Return(u64),
}

impl Guarded {
    /// Reads from `stream`, literals up to `largest` bytes.
    pub(super) fn new(stream: Stream, largest: u64) -> Self {
        Self { stream, bounds: Bounds { largest, literal_left: 0, line: 0, announced: Announced::Nothing } }
    }

    /// Literals may have up to `largest` bytes from now on.
    pub(super) fn allow(&mut self, largest: u64) {
        self.bounds.largest = largest;
    }
}

impl Bounds {
    /// Longest line that is not a literal; none that is asked for comes near it.
    const LONGEST_LINE: u64 = 64 * 1024;

    /// Whether `bytes`, which come next, keep to the bounds.
    fn keep(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let skipped = usize::try_from(self.literal_left).unwrap_or(usize::MAX).min(bytes.len());
            self.literal_left = self.literal_left.saturating_sub(skipped as u64);
            bytes = bytes.get(skipped..).unwrap_or_default();
            let Some((byte, rest)) = bytes.split_first() else { return true };
            bytes = rest;
            if !self.step(*byte) {
                return false;
            }
        }
    }

    fn step(&mut self, byte: u8) -> bool {
        use Announced::{Closed, Digits, Nothing, Return};
        self.line = if byte == b'\n' { 0 } else { self.line.saturating_add(1) };
        self.announced = match (self.announced, byte) {
            (_, b'{') => Digits(0),
            (Digits(size), b'0'..=b'9') => Digits(size.saturating_mul(10).saturating_add(u64::from(byte.saturating_sub(b'0')))),
            (Digits(size), b'+') => Digits(size),
            (Digits(size), b'}') => Closed(size),
            (Closed(size), b'\r') => Return(size),
            (Return(size), b'\n') => {
                self.literal_left = size;
                Nothing
            }
            _ => Nothing,
        };
        self.line <= Self::LONGEST_LINE && !matches!(self.announced, Closed(size) if size > self.largest)
    }
}

impl AsyncRead for Guarded {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let already = into.filled().len();
        let polled = Pin::new(&mut this.stream).poll_read(cx, into);
        if this.bounds.keep(into.filled().get(already..).unwrap_or_default()) { polled } else { Poll::Ready(Err(io::ErrorKind::InvalidData.into())) }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(bytes: &[u8]) -> bool {
        let in_one = Bounds { largest: 100, literal_left: 0, line: 0, announced: Announced::Nothing }.keep(bytes);
        let mut bounds = Bounds { largest: 100, literal_left: 0, line: 0, announced: Announced::Nothing };
        let byte_by_byte = bytes.iter().all(|byte| bounds.keep(&[*byte]));
        assert_eq!(in_one, byte_by_byte);
        in_one
    }

    #[test]
    fn only_what_is_announced_too_large_is_stopped() {
        assert!(keeps(b"* 1 FETCH (BODY[] {5}\r\n{999)\r\n"));
        assert!(keeps(b"* 1 FETCH (BODY[] {12}\r\n{9999999}\r\n* {1)\r\n"), "what a mail says is no announcement");
        assert!(!keeps(b"* 1 FETCH (BODY[] {5}\r\n12345 BODY[] {101}\r\n"));
        assert!(!keeps(b"* 1 FETCH (BODY[] {99999999999999999999999999}\r\n"));
        assert!(!keeps(&[b'x'; 70_000]));
        assert!(keeps(&b"* OK still here\r\n".repeat(10_000)));
    }
}
