//! What passes between the daemon and a worker: frames of a length (32 bits, big-endian) and so many bytes.
//!
//! The first frame is an [`Opening`], answered by an empty one. Each further one is a mail after its [`Preface`], answered by one frame with a Letter
//! or with its exhibits as JSON.

use crate::letter::{Knowledge, Limits};
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// The first frame: what the worker has to know before the first mail.
#[derive(Serialize, Deserialize)]
pub struct Opening {
    /// What the service knows.
    pub knowledge: Knowledge,
    /// What a mail may be at most.
    pub limits: Limits,
}

/// What stands before the bytes of a mail in its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preface {
    /// What is asked for.
    pub wanted: Wanted,
    /// Bytes of the whole mail; of one whose head is to be read only its beginning need follow.
    pub whole: u64,
}

/// What is asked for of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everything that stands in it.
    Letter,
    /// What stands in its head.
    Head,
    /// Its attachments, cleaned for the other party.
    Exhibits,
}

impl Wanted {
    fn byte(self) -> u8 {
        match self {
            Self::Letter => 0,
            Self::Head => 1,
            Self::Exhibits => 2,
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Letter, Self::Head, Self::Exhibits].into_iter().find(|wanted| wanted.byte() == byte)
    }
}

impl Preface {
    /// Bytes that it takes.
    pub const LENGTH: usize = 9;

    /// As it travels.
    pub fn bytes(self) -> [u8; Self::LENGTH] {
        let [a, b, c, d, e, f, g, h] = self.whole.to_be_bytes();
        [self.wanted.byte(), a, b, c, d, e, f, g, h]
    }

    /// The preface of a frame, and the mail after it.
    pub fn split(frame: &[u8]) -> Option<(Preface, &[u8])> {
        let (preface, mail) = frame.split_first_chunk::<{ Self::LENGTH }>()?;
        let [wanted, a, b, c, d, e, f, g, h] = *preface;
        Some((Preface { wanted: Wanted::of(wanted)?, whole: u64::from_be_bytes([a, b, c, d, e, f, g, h]) }, mail))
    }
}

/// Exit code of a worker that ended itself because a mail had used up its CPU time.
pub const OUT_OF_TIME: i32 = 3;

/// Longest answer that the daemon believes: a Letter has at most some megabytes of text, exhibits at most 20 MiB of files, in base64.
pub const LONGEST_ANSWER: u32 = 64 << 20;

/// A length as it stands before a frame.
fn length(bytes: usize) -> io::Result<u32> {
    u32::try_from(bytes).map_err(|_| io::Error::other("a frame has at most four gibibytes"))
}

/// The next frame, or `None` where the input ends between two frames.
pub fn receive(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    if input.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    input.read_exact(&mut length[1..])?;
    let length = u64::from(u32::from_be_bytes(length));
    let mut content = Vec::new();
    // As much as was announced and no more: a growing one would take twice the mail.
    content.try_reserve_exact(usize::try_from(length).unwrap_or(usize::MAX))?;
    match input.take(length).read_to_end(&mut content)? as u64 {
        all if all == length => Ok(Some(content)),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Bytes that a pipe takes at once (pipe(7)).
pub const PIPE: usize = 64 << 10;

/// A frame that holds `head` and `body`: its beginning, as much as goes into a pipe at once, so that whoever waits for it is woken once; and the rest.
pub fn pieces<'a>(head: &[u8], body: &'a [u8]) -> io::Result<(Vec<u8>, &'a [u8])> {
    let length = length(head.len().saturating_add(body.len()))?.to_be_bytes();
    let room = PIPE.saturating_sub(length.len()).saturating_sub(head.len());
    let (begins, rest) = body.split_at_checked(room).unwrap_or((body, &[]));
    Ok(([length.as_slice(), head, begins].concat(), rest))
}

/// Sends one frame.
pub fn send(output: &mut impl Write, content: &[u8]) -> io::Result<()> {
    let (begins, rest) = pieces(&[], content)?;
    output.write_all(&begins)?;
    output.write_all(rest)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preface_comes_back() {
        for wanted in [Wanted::Letter, Wanted::Head, Wanted::Exhibits] {
            let preface = Preface { wanted, whole: u64::MAX - 7 };
            assert_eq!(Preface::split(&[&preface.bytes()[..], b"mail"].concat()), Some((preface, &b"mail"[..])));
        }
        assert_eq!(Preface::split(&[3; 20]), None, "nobody knows what is wanted");
        assert_eq!(Preface::split(&[0; 8]), None);
    }

    #[test]
    fn frames_come_back_and_a_cut_one_is_an_error() {
        let mut pipe = Vec::new();
        send(&mut pipe, b"abc").unwrap();
        send(&mut pipe, b"").unwrap();
        let mut input = pipe.as_slice();
        assert_eq!(receive(&mut input).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(receive(&mut input).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(receive(&mut input).unwrap(), None);
        assert!(receive(&mut &pipe[..5]).is_err());
        assert!(receive(&mut &pipe[..2]).is_err());
    }

    #[test]
    fn a_frame_that_fits_a_pipe_is_one_piece_and_no_piece_is_larger() {
        for (size, first) in [(0, 4 + 2), (PIPE - 6, PIPE), (PIPE, PIPE), (3 * PIPE, PIPE)] {
            let body = vec![7; size];
            let (begins, rest) = pieces(b"ab", &body).unwrap();
            assert_eq!((begins.len(), begins.len() + rest.len()), (first, 4 + 2 + size));
            let whole = [&begins, rest].concat();
            assert_eq!(receive(&mut whole.as_slice()).unwrap().unwrap(), [b"ab", body.as_slice()].concat());
        }
    }
}
