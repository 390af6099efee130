//! Lines of a server that imap-proto would not read, made such that it does: one line that it cannot read ends a session, and comes again
//! after every reconnect.
//!
//! Only what frames a mail is touched, never a mail: literals do not come by here, and neither does what stands in quotes.

/// What a line of a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A status for people, `+`, or the end of a command: words, in which nothing is a literal.
    Words,
    /// Data, or what follows a literal within it.
    Data,
}

/// What `line` is, which begins an answer; `None`: no answer of the protocol (RFC 9051 §7). Exchange 2003 says "CAPABILITY completed." once
/// more below the line that ends the command.
pub(super) fn line_of(line: &[u8]) -> Option<Line> {
    let mut words = line.split(|byte| matches!(byte, b' ' | b'\r' | b'\n'));
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_one_of = |names: &[&str]| names.iter().any(|name| second.eq_ignore_ascii_case(name.as_bytes()));
    match first {
        b"*" if is_one_of(&["OK", "NO", "BAD", "BYE", "PREAUTH"]) => Some(Line::Words),
        b"*" => Some(Line::Data),
        [b'+', ..] => Some(Line::Words),
        [] => None,
        _ => is_one_of(&["OK", "NO", "BAD"]).then_some(Line::Words),
    }
}

/// Mends `line`, in place where nothing need move.
pub(super) fn mend(line: &mut Vec<u8>, kind: Line) {
    match kind {
        Line::Words => mend_words(line),
        Line::Data => {
            mend_flags(line);
            mend_date(line);
            mend_data(line);
        }
    }
}

/// The size of the literal that `line` announces at its end (RFC 9051 §4.3), as the server says.
pub(super) fn announced(line: &[u8]) -> Option<u64> {
    let opened = line.strip_suffix(b"}\r\n")?;
    let digits = opened.strip_suffix(b"+").unwrap_or(opened);
    let from = digits.iter().rposition(|byte| !byte.is_ascii_digit())?;
    let (before, number) = digits.split_at_checked(from.saturating_add(1))?;
    if !before.ends_with(b"{") || number.is_empty() {
        return None;
    }
    Some(number.iter().fold(0_u64, |size, digit| size.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0')))))
}

/// imap-proto cuts the first byte of the words behind a code, in the middle of a letter if need be, and panics.
fn mend_words(line: &mut [u8]) {
    line.iter_mut().filter(|byte| is_foreign(**byte)).for_each(|byte| *byte = b'?');
    // What looks like a literal here is none: nothing that is read further on may take it for one.
    if let [.., close @ b'}', b'\r', b'\n'] = line {
        *close = b')';
    }
}

/// Outside quotes names and numbers are ASCII (RFC 9051 §9); one that is not is as good as any other that nobody asked for.
fn mend_data(line: &mut [u8]) {
    let (mut quoted, mut escaped) = (false, false);
    for byte in line {
        if *byte == 0 || (!quoted && is_foreign(*byte)) {
            *byte = b'?';
        }
        quoted ^= *byte == b'"' && !escaped;
        escaped = quoted && *byte == b'\\' && !escaped;
    }
}

/// A server that does not know when a mail came says NIL, which no date may be (RFC 9051 §9) and over which imap-proto panics. An empty one is read as none.
fn mend_date(line: &mut Vec<u8>) {
    const UNKNOWN: &[u8] = b"INTERNALDATE NIL";
    let (mut quoted, mut escaped) = (false, false);
    let found = line.windows(UNKNOWN.len().saturating_add(1)).position(|seen| {
        let (date, after) = seen.split_at(UNKNOWN.len());
        let is_date = !quoted && date.eq_ignore_ascii_case(UNKNOWN) && matches!(after, b" " | b")");
        let quote = seen.first() == Some(&b'"') && !escaped;
        escaped = quoted && seen.first() == Some(&b'\\') && !escaped;
        quoted ^= quote;
        is_date
    });
    if let Some(from) = found {
        let until = from.saturating_add(UNKNOWN.len());
        line.splice(until.saturating_sub(b"NIL".len())..until, *b"\"\"");
    }
}

/// Of a list of flags what is a flag; Gmail and GreenMail let keywords with quotes, braces and stars into it. Of flags only `\Deleted` is looked at.
fn mend_flags(line: &mut Vec<u8>) {
    let Some((from, until)) = flags_within(line) else { return };
    let Some(list) = line.get(from..until) else { return };
    let kept: Vec<&[u8]> = list.split(|byte| *byte == b' ').filter(|word| is_flag(word)).collect();
    let mended = kept.join(&b' ');
    if mended != list {
        line.splice(from..until, mended);
    }
}

/// Where the words of the first list of flags begin and end, outside quotes. A list that does not end is nowhere.
fn flags_within(line: &[u8]) -> Option<(usize, usize)> {
    const OPENING: &[u8] = b"FLAGS (";
    let mut quoted = false;
    let opening = line.windows(OPENING.len()).position(|seen| {
        quoted ^= seen.first() == Some(&b'"');
        !quoted && seen.eq_ignore_ascii_case(OPENING)
    })?;
    let from = opening.saturating_add(OPENING.len());
    let mut depth = 1_u32;
    let length = line.get(from..)?.iter().position(|byte| {
        match byte {
            b'(' => depth = depth.saturating_add(1),
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })?;
    Some((from, from.saturating_add(length)))
}

fn is_flag(word: &[u8]) -> bool {
    let name = word.strip_prefix(b"\\").unwrap_or(word);
    !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic() && !b"(){%*\"\\".contains(byte))
}

fn is_foreign(byte: u8) -> bool {
    byte == 0 || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(line: &[u8]) -> String {
        let mut line = line.to_vec();
        let kind = line_of(&line).unwrap();
        mend(&mut line, kind);
        String::from_utf8_lossy(&line).into_owned()
    }

    #[test]
    fn what_is_no_answer_is_told_from_what_is() {
        for words in ["* OK ready\r\n", "* bye\r\n", "+\r\n", "+ idling\r\n", "A0001 OK\r\n", "a.7 no [X] y\r\n"] {
            assert_eq!(line_of(words.as_bytes()), Some(Line::Words), "{words:?}");
        }
        for data in ["* 3 EXISTS\r\n", "* FLAGS ()\r\n", "* LIST () \"/\" x\r\n"] {
            assert_eq!(line_of(data.as_bytes()), Some(Line::Data), "{data:?}");
        }
        for none in ["CAPABILITY completed.\r\n", "\r\n", "A0001\r\n", " * OK\r\n", ")\r\n"] {
            assert_eq!(line_of(none.as_bytes()), None, "{none:?}");
        }
    }

    #[test]
    fn foreign_bytes_are_taken_out_of_words_and_names_and_stay_in_quotes() {
        assert_eq!(mended("* OK [ALERT]é\r\n".as_bytes()), "* OK [ALERT]??\r\n");
        assert_eq!(mended(b"* 1 FETCH (FL\xfcGS x \"\\\"\xc3\xa9\" UID 7)\r\n"), "* 1 FETCH (FL?GS x \"\\\"é\" UID 7)\r\n");
        assert_eq!(mended(b"* 1 FETCH (X \"a\0b\")\r\n"), "* 1 FETCH (X \"a?b\")\r\n");
        assert_eq!(mended(b"* NO see {400000000}\r\n"), "* NO see {400000000)\r\n");
    }

    #[test]
    fn of_flags_only_flags_are_left() {
        let strange = b"* 1 FETCH (UID 5 FLAGS (\\Seen  a\"b $x{ \\Deleted x\xfc (y z) \\*) RFC822.SIZE 3)\r\n";
        assert_eq!(mended(strange), "* 1 FETCH (UID 5 FLAGS (\\Seen \\Deleted) RFC822.SIZE 3)\r\n");
        assert_eq!(mended(b"* FLAGS (\\Seen OIB-Seen-[Gmail]/All)\r\n"), "* FLAGS (\\Seen OIB-Seen-[Gmail]/All)\r\n");
        assert_eq!(mended(b"* LIST () \"/\" \"FLAGS (a*\"\r\n"), "* LIST () \"/\" \"FLAGS (a*\"\r\n", "a folder's name");
        assert_eq!(mended(b"* FLAGS (\\Seen (\r\n"), "* FLAGS (\\Seen (\r\n", "what does not end is not guessed");
    }

    #[test]
    fn a_date_that_the_server_does_not_know_is_an_empty_one() {
        assert_eq!(mended(b"* 1 FETCH (UID 5 INTERNALDATE NIL FLAGS ())\r\n"), "* 1 FETCH (UID 5 INTERNALDATE \"\" FLAGS ())\r\n");
        assert_eq!(mended(b"* 1 FETCH (X \"a\\\"\" internaldate nil)\r\n"), "* 1 FETCH (X \"a\\\"\" internaldate \"\")\r\n");
        for left in ["* 1 FETCH (X \"INTERNALDATE NIL )\")\r\n", "* 1 FETCH (X \"\\\" INTERNALDATE NIL )\")\r\n", "* 1 FETCH (INTERNALDATE NILS)\r\n"] {
            assert_eq!(mended(left.as_bytes()), left);
        }
    }

    #[test]
    fn a_literal_is_announced_at_the_end_of_a_line_only() {
        assert_eq!(announced(b"* 1 FETCH (BODY[] {12}\r\n"), Some(12));
        assert_eq!(announced(b"x {12+}\r\n"), Some(12));
        assert_eq!(announced(b"x {99999999999999999999999999}\r\n"), Some(u64::MAX));
        for none in ["x {}\r\n", "x {12}", "x {12} \r\n", "x 12}\r\n", "12}\r\n", "{1a}\r\n"] {
            assert_eq!(announced(none.as_bytes()), None, "{none:?}");
        }
    }
}
