//! What a server offers beside what lettre reads of its answer to EHLO.

use super::login::features;

/// The extensions that change how a letter is handed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Offered {
    /// The largest letter that the server says to take, in bytes (SIZE, RFC 1870); `None` if it does not say.
    pub(super) largest: Option<u64>,
    /// Commands may be sent before the ones before them are answered (PIPELINING, RFC 2920).
    pub(super) pipelining: bool,
    /// It can be told what its delivery reports hold (DSN, RFC 3461).
    pub(super) reports: bool,
}

impl Offered {
    /// Reads what the server said up to and with its answer to EHLO.
    pub(super) fn read(heard: &[u8]) -> Self {
        let text = String::from_utf8_lossy(heard);
        let has = |word: &str| features(&text).any(|feature| feature.eq_ignore_ascii_case(word));
        let size = features(&text).find_map(|feature| feature.split_once(' ').filter(|(word, _)| word.eq_ignore_ascii_case("SIZE")));
        // 0 means that it knows no limit (RFC 1870 §4).
        let largest = size.and_then(|(_, size)| size.trim().parse().ok()).filter(|size| *size > 0);
        Self { largest, pipelining: has("PIPELINING"), reports: has("DSN") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_letter_is_read_from_the_answer_to_ehlo() {
        for (said, size) in [
            ("220 here\r\n250-here\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n", Some(10_240_000)),
            ("220 here\r\n250-here\r\n250 size 35882577 \r\n", Some(35_882_577)),
            ("220 here\r\n250-here SIZE 4\r\n250 8BITMIME\r\n", None),
            ("220 SIZE 5\r\n250-SIZE\r\n250 ok\r\n", None),
            ("250-SIZE 0\r\n250 ok\r\n", None),
            ("250-SIZE many\r\n250 ok\r\n", None),
            ("250-SIZE 99999999999999999999999\r\n250 ok\r\n", None),
            ("250\r\n", None),
            ("", None),
        ] {
            assert_eq!(Offered::read(said.as_bytes()).largest, size, "{said:?}");
        }
    }

    #[test]
    fn what_a_server_does_not_list_is_not_used() {
        let read = |said: &str| (Offered::read(said.as_bytes()).pipelining, Offered::read(said.as_bytes()).reports);
        assert_eq!(read("220 here\r\n250-here\r\n250-PIPELINING\r\n250 DSN\r\n"), (true, true));
        assert_eq!(read("250-here\r\n250 pipelining \r\n"), (true, false));
        assert_eq!(read("220 PIPELINING\r\n250-here DSN\r\n250-XDSN\r\n250 PIPELINING-NOT\r\n"), (false, false));
    }
}
