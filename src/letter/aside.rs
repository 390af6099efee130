//! Large attachments in base64 are decoded here, many bytes at once, and not by the parser, which takes one at a time: it gets a mail without most of their lines.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{Encoding, Message, MessagePart, PartType};
use regex::bytes::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What was set aside of a mail, in its order.
#[derive(Default)]
pub(super) struct Asides(Vec<Piece>);

/// The beginning of an attachment.
struct Piece {
    /// Where it stood in what is left of the mail.
    at: usize,
    /// What it is decoded to, and once the rest is known all of the attachment.
    bytes: Vec<u8>,
}

/// Fewer bytes of lines are left to the parser.
const LEAST: usize = 16 << 10;
/// Lines that are decoded together.
const TOGETHER: usize = 256;
/// The shortest and the longest lines of base64 that are looked at (RFC 2045 §6.8 allows 76 bytes).
const SHORTEST: usize = 40;
const LONGEST: usize = 1_000;
/// Bytes before an attachment in which its fields are looked for.
const HEAD: usize = 1_000;

/// The end of the head of a part.
static BLANK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)\n\r?\n").ok());

/// `mail` without the lines that are set aside, and these.
///
/// They are the first lines of what seems to be an attachment: each as long as the first, of nothing but digits of base64, as many as make whole bytes, and
/// at least one such line is left after them. If they are what they seem, see [`Asides::complete`], the parser takes what is left of the mail as it would
/// have taken all of it: at their head no digit is held by its decoder, nor at their end, and nothing but a line's end stands before what follows.
pub(super) fn parted(mail: &[u8]) -> (Cow<'_, [u8]>, Asides) {
    let (mut left, mut copied, mut pieces) = (Vec::new(), 0usize, Vec::new());
    let Some(blank) = BLANK.as_ref().filter(|_| mail.len() > LEAST) else { return (Cow::Borrowed(mail), Asides::default()) };
    for at in blank.find_iter(mail).map(|found| found.end()).filter(|at| mail.len() > at.saturating_add(LEAST)) {
        let ahead = mail.get(at..).filter(|_| at >= copied).unwrap_or_default();
        let Some((length, bytes)) = Lines::of(ahead).filter(|_| is_attached(mail, at)).and_then(|lines| Some((lines.bytes.len(), lines.decoded()?))) else {
            continue;
        };
        left.extend_from_slice(mail.get(copied..at).unwrap_or_default());
        pieces.push(Piece { at: left.len(), bytes });
        copied = at.saturating_add(length);
    }
    if pieces.is_empty() {
        return (Cow::Borrowed(mail), Asides::default());
    }
    left.extend_from_slice(mail.get(copied..).unwrap_or_default());
    (Cow::Owned(left), Asides(pieces))
}

/// Whether the head that ends at `at` seems to be that of an attachment. It need not be sure: a wrong guess costs time only.
fn is_attached(mail: &[u8], at: usize) -> bool {
    let head = mail.get(at.saturating_sub(HEAD)..at).unwrap_or_default().to_ascii_lowercase();
    let begins = head.windows(12).rposition(|window| window == b"content-type").unwrap_or_default();
    let says = |word: &[u8]| head.get(begins..).unwrap_or_default().windows(word.len()).any(|window| window == word);
    head.windows(6).any(|window| window == b"base64") && !says(b"text/") && !says(b"message/") && !says(b"multipart/")
}

/// Lines that look like base64 and are of one length.
struct Lines<'a> {
    /// All but the last.
    bytes: &'a [u8],
    /// The last.
    last: &'a [u8],
    /// Bytes of a line without its end, and with it.
    line: usize,
    whole: usize,
}

impl<'a> Lines<'a> {
    /// Those at the head of `ahead`, if they are many. No empty line is among them, so that none is looked at twice.
    fn of(ahead: &'a [u8]) -> Option<Self> {
        let line = ahead.iter().take(LONGEST).position(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| *line >= SHORTEST && line.is_multiple_of(4))?;
        let end: &[u8] = if ahead.get(line..)?.starts_with(b"\r\n") { b"\r\n" } else { b"\n" };
        let whole = line.saturating_add(end.len());
        let like_the_first = |chunk: &&[u8]| {
            let digits = chunk.get(..line).unwrap_or_default();
            chunk.ends_with(end) && !digits.ends_with(b"=") && digits.iter().fold(0_u8, |found, byte| found | u8::from(*byte == b'\n')) == 0
        };
        let count = ahead.chunks_exact(whole).take_while(like_the_first).count().checked_sub(1)?;
        let (bytes, rest) = ahead.split_at_checked(count.checked_mul(whole)?).filter(|(bytes, _)| bytes.len() >= LEAST)?;
        Some(Lines { bytes, last: rest.get(..line)?, line, whole })
    }

    /// What they are decoded to, with room for what the parser decodes behind them; nothing if they are no base64, the last line among them.
    fn decoded(&self) -> Option<Vec<u8>> {
        STANDARD.decode(self.last).ok()?;
        let mut bytes = Vec::with_capacity((self.bytes.len() / 4).saturating_mul(3).saturating_add(LEAST));
        let mut digits = Vec::with_capacity(self.line.saturating_mul(TOGETHER));
        for some in self.bytes.chunks(self.whole.saturating_mul(TOGETHER)) {
            digits.clear();
            some.chunks_exact(self.whole).for_each(|chunk| digits.extend_from_slice(chunk.get(..self.line).unwrap_or_default()));
            STANDARD.decode_vec(&digits, &mut bytes).ok()?;
        }
        Some(bytes)
    }
}

impl Asides {
    /// Makes each piece whole with what `message` holds of it. Whether all of them are what they seemed to be, attachments of this mail that were decoded
    /// without fault; if not, the mail must be parsed as it is.
    pub fn complete(&mut self, message: Option<&Message<'_>>) -> bool {
        self.0.iter_mut().all(|piece| {
            let is_it = |part: &&MessagePart<'_>| part.offset_body as usize == piece.at && part.encoding == Encoding::Base64 && !part.is_encoding_problem;
            let part = message.and_then(|message| message.parts.iter().find(is_it));
            match part.map(|part| &part.body) {
                Some(PartType::Binary(rest) | PartType::InlineBinary(rest)) => {
                    piece.bytes.extend_from_slice(rest);
                    true
                }
                _ => false,
            }
        })
    }

    /// The whole of `part` of the mail itself, if some of it was set aside.
    pub fn whole(&self, part: &MessagePart<'_>) -> Option<&[u8]> {
        let piece = self.0.iter().find(|piece| piece.at == part.offset_body as usize)?;
        matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)).then_some(&piece.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn mail(file: &[u8], width: usize, end: &str, around: [&str; 2]) -> String {
        let lines: Vec<String> = STANDARD.encode(file).as_bytes().chunks(width).map(|line| String::from_utf8(line.to_vec()).unwrap()).collect();
        let [kind, after] = around;
        format!(
            "From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nBonjour\n--x\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{}\n{after}--x--\n",
            lines.join("\n")
        )
        .replace('\n', end)
    }

    #[test]
    fn an_attachment_is_decoded_as_by_the_parser() {
        for size in [12_288, 24_000, 57 * 400, 57 * 400 + 1, 57 * 401 + 2, 100_001] {
            let file: Vec<u8> = (0..size).map(|at: usize| (at * at % 251) as u8).collect();
            for (width, end, kind) in [(76, "\r\n", "application/pdf"), (76, "\n", "image/png"), (64, "\r\n", "application/x"), (996, "\r\n", "audio/mpeg")] {
                let mail = mail(&file, width, end, [kind, ""]);
                let (left, mut asides) = parted(mail.as_bytes());
                let message = MessageParser::default().parse(left.as_ref()).unwrap();
                assert!(asides.complete(Some(&message)));
                let whole = MessageParser::default().parse(mail.as_bytes()).unwrap();
                assert_eq!(message.parts.len(), whole.parts.len());
                let bytes = asides.whole(&message.parts[2]).unwrap_or(message.parts[2].contents());
                assert!(bytes == whole.parts[2].contents() && bytes == file, "{size} {width}");
                assert!(size < 24_000 || left.len() < mail.len() / 2 && asides.0.len() == 1, "{size} {width}");
            }
        }
    }

    #[test]
    fn what_only_seems_to_be_an_attachment_is_left_to_the_parser() {
        let file: Vec<u8> = (0..60_000).map(|at: usize| (at % 241) as u8).collect();
        let attached = mail(&file, 76, "\n", ["application/pdf", ""]);
        let mut seemed = 0;
        for (from, to) in [
            ("--x--", ""),
            ("Content-Type: application", "X-Content-Type: application"),
            ("application/pdf", "application/pdf\nContent-Type: message/rfc822"),
            ("application/pdf", "text/plain"),
            ("application/pdf", "message/rfc822"),
            ("base64", "7bit"),
            ("base64", "quoted-printable; base64"),
        ] {
            let other = attached.replace(from, to);
            let (left, mut asides) = parted(other.as_bytes());
            let message = MessageParser::default().parse(left.as_ref());
            seemed += asides.0.len();
            assert!(asides.0.is_empty() || !asides.complete(message.as_ref()), "{from} {to}");
        }
        assert!(seemed >= 3, "{seemed}");
    }
}
