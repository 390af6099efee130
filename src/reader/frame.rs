//! What passes between the daemon and a worker: frames of a length (32 bits, big-endian) and so many bytes.
//!
//! The first frame is an [`Opening`]; each further one is a mail as it came, answered by one frame with a Letter as JSON.

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
    /// Bytes that the worker may take on top of what it occupies when it starts.
    pub memory: u64,
}

/// Longest answer that the daemon believes: a Letter has at most some megabytes of text.
pub const LONGEST_ANSWER: u32 = 64 << 20;

/// The length of `content` as it stands before it.
pub fn length(content: &[u8]) -> io::Result<u32> {
    u32::try_from(content.len()).map_err(|_| io::Error::other("a frame has at most four gibibytes"))
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
    match input.take(length).read_to_end(&mut content)? as u64 {
        all if all == length => Ok(Some(content)),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Sends one frame.
pub fn send(output: &mut impl Write, content: &[u8]) -> io::Result<()> {
    output.write_all(&length(content)?.to_be_bytes())?;
    output.write_all(content)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
