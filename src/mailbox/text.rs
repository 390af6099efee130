//! The small print of IMAP: how names, sets of messages and dates are written.

use crate::domain::Instant;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// `text` as a quoted string (RFC 9051 §4.3), or `None` if it holds what could end the command line or a pattern's wildcard.
pub(super) fn quoted(text: &str) -> Option<String> {
    let sound = !text.is_empty() && !text.chars().any(char::is_control) && text.is_ascii();
    sound.then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A folder's name as servers write it (modified UTF-7, RFC 3501 §5.1.3), quoted. `None` if no folder can have this name.
pub(super) fn folder_name(name: &str) -> Option<String> {
    if name.contains(['*', '%']) || name.chars().any(char::is_control) {
        return None;
    }
    quoted(&modified_utf7(name))
}

fn modified_utf7(name: &str) -> String {
    let mut written = String::new();
    let mut foreign: Vec<u16> = Vec::new();
    for letter in name.chars() {
        if letter.is_ascii() {
            flush_foreign(&mut foreign, &mut written);
            written.push(letter);
            if letter == '&' {
                written.push('-');
            }
        } else {
            foreign.extend_from_slice(letter.encode_utf16(&mut [0; 2]));
        }
    }
    flush_foreign(&mut foreign, &mut written);
    written
}

fn flush_foreign(foreign: &mut Vec<u16>, written: &mut String) {
    if foreign.is_empty() {
        return;
    }
    let bytes: Vec<u8> = foreign.drain(..).flat_map(u16::to_be_bytes).collect();
    written.push('&');
    written.push_str(&STANDARD_NO_PAD.encode(bytes).replace('/', ","));
    written.push('-');
}

/// UIDs as sequence sets (RFC 9051 §9), neighbours joined, each set short enough for every server's command line.
pub(super) fn uid_sets(uids: &[u32], most: usize) -> Vec<String> {
    ascending(uids).chunks(most.max(1)).map(uid_set).collect()
}

/// UIDs in order, each once: some servers refuse sets in another order.
pub(super) fn ascending(uids: &[u32]) -> Vec<u32> {
    let mut sorted: Vec<u32> = uids.iter().copied().filter(|uid| *uid > 0).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// One sequence set of UIDs in ascending order.
pub(super) fn uid_set(uids: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in uids {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*uid) => *last = *uid,
            _ => ranges.push((*uid, *uid)),
        }
    }
    let words = ranges.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first}:{last}") });
    words.collect::<Vec<_>>().join(",")
}

/// Reads INTERNALDATE, e.g. `17-Jul-1996 02:44:25 -0700` (RFC 9051 §9 `date-time`).
pub(super) fn internal_date(text: &str) -> Option<Instant> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split_whitespace();
    let (date, time, zone) = (words.next()?, words.next()?, words.next()?);
    let mut parts = date.split('-');
    let day: u8 = parts.next()?.parse().ok()?;
    let month = parts.next()?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)?.checked_add(1)?;
    let year: u16 = parts.next()?.parse().ok()?;
    let (hours, minutes) = (zone.get(..3)?, zone.get(3..)?);
    Instant::parse(&format!("{year:04}-{month:02}-{day:02}T{time}{hours}:{minutes}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_written_in_modified_utf7() {
        assert_eq!(folder_name("Archive").unwrap(), "\"Archive\"");
        assert_eq!(folder_name("Réclamations").unwrap(), "\"R&AOk-clamations\"");
        assert_eq!(folder_name("A&B").unwrap(), "\"A&-B\"");
        assert_eq!(folder_name("الأرشيف").unwrap(), "\"&BicGRAYjBjEGNAZKBkE-\"");
        assert_eq!(folder_name("😀").unwrap(), "\"&2D3eAA-\"");
        assert_eq!(folder_name("a\"b\\c").unwrap(), "\"a\\\"b\\\\c\"");
    }

    #[test]
    fn a_name_that_could_carry_a_command_is_none() {
        for bad in ["", "a\r\nb", "a\nx LOGOUT", "a\0", "a*", "%"] {
            assert_eq!(folder_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn uids_become_short_sets() {
        assert_eq!(uid_sets(&[5, 3, 4, 9, 9, 0], 10), ["3:5,9"]);
        assert_eq!(uid_sets(&[1, 2, 3], 2), ["1:2", "3"]);
        assert_eq!(uid_sets(&[u32::MAX], 2), ["4294967295"]);
        assert!(uid_sets(&[], 2).is_empty());
    }

    #[test]
    fn internal_dates_are_read_with_their_zone() {
        assert_eq!(internal_date("17-Jul-1996 02:44:25 -0700").unwrap().rfc3339(), "1996-07-17T09:44:25Z");
        assert_eq!(internal_date(" 1-Jan-2026 00:00:00 +0100").unwrap().rfc3339(), "2025-12-31T23:00:00Z");
        for bad in ["", "17-Jul-1996", "17-Foo-1996 02:44:25 -0700", "17-Jul-1996 02:44:25 é", "99-Jul-1996 02:44:25 +0000"] {
            assert_eq!(internal_date(bad), None, "{bad:?}");
        }
    }
}
