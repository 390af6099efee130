//! In which charset a text is really written. What a mail declares is often not so: text in UTF-8 passes for Latin 1, Arabic of Windows for UTF-8 or
//! for nothing at all. The bytes tell more than the label.

use mail_parser::decoders::charsets::{DecoderFnc, map::charset_decoder};

/// `bytes` as the text that they most likely are: declared is the charset `declared`, and within the text itself `inside`.
pub(in crate::letter) fn likely_text(bytes: &[u8], declared: &str, inside: Option<&str>) -> String {
    let name = plain(declared);
    let valid = std::str::from_utf8(bytes).ok();
    if MULTIBYTE.iter().any(|part| name.contains(part))
        && let Some(decoder) = decoder(declared)
    {
        let text = decoder(bytes);
        return valid.filter(|_| text.contains(char::REPLACEMENT_CHARACTER)).map_or(text, str::to_owned);
    }
    // No other charset yields valid UTF-8 by chance.
    if let Some(text) = valid {
        return text.to_owned();
    }
    let (written, broken) = sequences(bytes);
    let known = decoder(declared).filter(|_| !says_nothing(&name));
    if known.is_none() && written >= broken || written >= 2 && written >= broken.saturating_mul(4) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let arabic = ARABIC.into_iter().filter(|_| is_arabic(bytes, if known.is_some() { SURE_LETTERS } else { RUN })).find_map(|name| charset_decoder(name));
    if let Some(known) = known {
        let decoder = arabic.filter(|_| WESTERN.contains(&name.as_str())).unwrap_or(known);
        return decoder(bytes);
    }
    let meant = inside.filter(|inside| !says_nothing(&plain(inside))).and_then(decoder);
    let western = charset_decoder(b"windows-1252").filter(|_| is_western(bytes));
    match meant.or(arabic).or(western) {
        Some(decoder) => decoder(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Whether `charset` is UTF-8, or none that the parser knows: what it read without broken characters was then read rightly.
pub(in crate::letter) fn is_utf8(charset: &str) -> bool {
    charset_decoder(charset.as_bytes()).is_none()
}

/// The charset that a page names in its head.
pub(in crate::letter) fn page_charset(page: &[u8]) -> Option<String> {
    let head = page.get(..page.len().min(PAGE_HEAD)).unwrap_or_default().to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    head.split("<meta").skip(1).find_map(|meta| {
        let (_, value) = meta.split('>').next()?.split_once("charset")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let name: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')).collect();
        Some(name).filter(|name| !name.is_empty())
    })
}

/// Bytes of a page in which its charset is named.
const PAGE_HEAD: usize = 4 << 10;
/// What the names of those charsets hold in which one byte is less than a character: valid UTF-8 may be something else in them.
const MULTIBYTE: [&str; 17] =
    ["utf16", "utf7", "ucs2", "unicode", "gb", "big5", "2022", "euc", "jis", "ks", "kor", "chinese", "932", "936", "949", "kanji", "31j"];
/// Charsets by which programs that know no other call every text.
const WESTERN: [&str; 11] = ["iso88591", "latin1", "l1", "cp819", "ibm819", "isoir100", "cp1252", "windows1252", "xcp1252", "iso885915", "latin9"];
const ARABIC: [&[u8]; 1] = [b"windows-1256"];

/// Small letters and digits of the name of a charset.
fn plain(charset: &str) -> String {
    charset.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(45).collect()
}

/// Whether the name says no more than that text follows, or that it is the usual one.
fn says_nothing(name: &str) -> bool {
    name.is_empty() || name.starts_with("utf8") || matches!(name, "usascii" | "ascii" | "ansix341968" | "xuserdefined" | "unicode11utf8" | "xunknown")
}

/// What decodes the charset of that name, however it is written: `windows1256`, `cp-1256`, `ISO8859_6`.
fn decoder(charset: &str) -> Option<DecoderFnc> {
    let bare = charset.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    if bare.is_empty() {
        return None;
    }
    let name = plain(bare);
    let digits = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let windows = || (digits.len() == 4 && digits.starts_with("125")).then(|| charset_decoder(format!("cp{digits}").as_bytes())).flatten();
    let standard = || name.strip_prefix("iso8859").and_then(|part| charset_decoder(format!("iso_8859_{part}").as_bytes()));
    charset_decoder(bare.as_bytes()).or_else(|| charset_decoder(name.as_bytes()).filter(|_| !name.is_empty())).or_else(windows).or_else(standard)
}

/// How many characters beyond ASCII are written in UTF-8, and how often something else stands there.
fn sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut written, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        written = written.saturating_add(chunk.valid().chars().filter(|c| !c.is_ascii()).count());
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    (written, broken)
}

/// Letters beyond ASCII that stand side by side in no language with Latin letters.
const RUN: usize = 3;
/// So many of them that even a declared charset is not believed.
const SURE_LETTERS: usize = 6;
/// From here on so many letters of both halves of the alphabet are expected as Arabic has.
const MANY: usize = 8;

/// How many letters beyond ASCII stand in words of nothing else, and how many bytes beyond ASCII there are.
fn in_runs(bytes: &[u8]) -> (usize, usize) {
    let runs = runs(bytes).map(<[u8]>::len).fold(0, usize::saturating_add);
    (runs, bytes.iter().filter(|byte| !byte.is_ascii()).count())
}

fn runs(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte < 0xc0).filter(|run| run.len() >= RUN)
}

/// Whether the words are Arabic in the charset of Windows, with at least `least` letters in them: in Cyrillic and Greek charsets words stand in one half of these
/// bytes, or are made of those that are Latin letters in the Arabic one.
fn is_arabic(bytes: &[u8], least: usize) -> bool {
    let (letters, beyond) = in_runs(bytes);
    let (mut arabic, mut first) = (0usize, 0usize);
    for byte in runs(bytes).flatten() {
        arabic = arabic.saturating_add(usize::from(
            matches!(byte, 0xc0..=0xd6 | 0xd8..=0xdf | 0xe1 | 0xe3..=0xe6 | 0xec | 0xed | 0xf0..=0xf3 | 0xf5 | 0xf6 | 0xf8 | 0xfa),
        ));
        first = first.saturating_add(usize::from(*byte < 0xe0));
    }
    let both = letters < MANY || first.saturating_mul(20) <= letters.saturating_mul(17) && first.saturating_mul(5) >= letters;
    letters >= least && letters.saturating_mul(2) >= beyond && arabic.saturating_mul(10) >= letters.saturating_mul(9) && both
}

/// Whether letters beyond ASCII stand among others.
fn is_western(bytes: &[u8]) -> bool {
    let (letters, beyond) = in_runs(bytes);
    letters.saturating_mul(4) <= beyond
}

#[cfg(test)]
mod tests {
    use super::{likely_text, page_charset};
    use mail_parser::decoders::charsets::map::charset_decoder;

    /// `text` in a charset of single bytes.
    fn bytes_in(charset: &str, text: &str) -> Vec<u8> {
        let decoder = charset_decoder(charset.as_bytes()).unwrap();
        let table: Vec<(char, u8)> = (0..=255u8).filter_map(|byte| Some((decoder(&[byte]).chars().next()?, byte))).collect();
        text.chars().map(|c| table.iter().find(|(known, _)| *known == c).unwrap_or_else(|| panic!("{c} in {charset}")).1).collect()
    }

    const ARABIC: &str = "السلام عليكم، لم أتوصل بالسلعة ولا أوافق";
    const FRENCH: &str = "L'article reçu est cassé, « tant pis » : été déçu, 20 €, créée, À bientôt";
    const RUSSIAN: &str = "Здравствуйте, товар не пришел, верните деньги";

    #[test]
    fn the_bytes_tell_the_charset_where_the_label_is_wrong() {
        for (written, declared) in [
            ("utf-8", "iso-8859-1"),
            ("utf-8", "windows-1252"),
            ("utf-8", "us-ascii"),
            ("utf-8", "cp1256"),
            ("utf-8", "x-user-defined"),
            ("utf-8", "iso-8859-8-i"),
            ("utf-8", ""),
            ("cp1256", ""),
            ("cp1256", "utf-8"),
            ("cp1256", "us-ascii"),
            ("cp1256", "iso-8859-1"),
            ("cp1256", "ISO-8859-15"),
            ("cp1256", "windows1256"),
            ("cp1256", "cp-1256"),
            ("cp1256", "\"Windows_1256"),
            ("cp1256", "ANSI"),
            ("cp1256", "x-unknown"),
            ("cp1256", "nobody-knows-this-one"),
            ("iso-8859-6", "ISO8859-6"),
            ("iso-8859-6", "asmo-708"),
        ] {
            let bytes = if written == "utf-8" { ARABIC.as_bytes().to_vec() } else { bytes_in(written, ARABIC) };
            assert_eq!(likely_text(&bytes, declared, None), ARABIC, "{written} called {declared}");
        }
        for declared in ["", "utf-8", "us-ascii", "iso-8859-1", "windows-1252", "cp1252", "ANSI", "unknown-8bit"] {
            assert_eq!(likely_text(&bytes_in("cp1252", FRENCH), declared, None), FRENCH, "{declared}");
            assert_eq!(likely_text(FRENCH.as_bytes(), declared, None), FRENCH, "{declared}");
        }
    }

    #[test]
    fn a_true_label_is_believed() {
        for (charset, text) in [
            ("windows-1256", ARABIC),
            ("windows-1256", "été"),
            ("iso-8859-1", "ÄÖÜ ÀÉÈÇ ÞÓÐ"),
            ("windows-1251", RUSSIAN),
            ("koi8-r", RUSSIAN),
            ("iso-8859-9", "İŞÇİ ücreti"),
            ("iso-8859-7", "Καλημέρα σας"),
            ("windows-1255", "שלום עולם"),
            ("iso-8859-2", "příliš žluťoučký kůň"),
        ] {
            assert_eq!(likely_text(&bytes_in(charset, text), charset, None), text, "{charset}");
        }
        assert_eq!(likely_text(b"\xc1\xaa\xcd\xa8", "gb2312", None), "联通", "which is UTF-8 too");
        assert_eq!(likely_text(b"+BkQGJw-", "utf-7", None), "\u{644}\u{627}");
        assert_eq!(likely_text(b"\x44\x06\x27\x06", "utf-16le", None), "\u{644}\u{627}");
        assert_eq!(likely_text(b"\x1b$B$O$$\x1b(B", "iso-2022-jp", None), "はい");
    }

    #[test]
    fn a_broken_character_makes_no_other_charset() {
        let cut = |text: &str| text.as_bytes()[..text.len() - 1].to_vec();
        assert_eq!(likely_text(&cut("cassé, déçu, reçu, été"), "utf-8", None), "cassé, déçu, reçu, ét\u{fffd}");
        assert_eq!(likely_text(&cut("سلام"), "", None), "سلا\u{fffd}");
        assert_eq!(likely_text(&cut("cassé, déçu, reçu, été"), "iso-8859-1", None), "cassé, déçu, reçu, ét\u{fffd}");
        assert_eq!(likely_text(&bytes_in("windows-1251", RUSSIAN), "", None), String::from_utf8_lossy(&bytes_in("windows-1251", RUSSIAN)), "nobody can know");
        assert_eq!(likely_text(&bytes_in("windows-1251", RUSSIAN), "iso-8859-1", None), charset_decoder(b"l1").unwrap()(&bytes_in("windows-1251", RUSSIAN)));
    }

    #[test]
    fn a_page_may_say_more_than_the_mail() {
        for (page, charset) in [
            ("<html><head><meta charset=windows-1251>", Some("windows-1251")),
            ("<META HTTP-EQUIV='Content-Type' CONTENT=\"text/html; charset=koi8-r\">", Some("koi8-r")),
            ("<meta name=x><meta charset = \"UTF-8\" />", Some("utf-8")),
            ("<p>charset=koi8-r</p>", None),
            ("<meta name=x>charset=koi8-r", None),
            ("<meta charset=>", None),
            ("", None),
        ] {
            assert_eq!(page_charset(page.as_bytes()).as_deref(), charset, "{page}");
        }
        assert_eq!(likely_text(&bytes_in("windows-1251", RUSSIAN), "", Some("windows-1251")), RUSSIAN);
        assert_eq!(likely_text(&bytes_in("cp1256", ARABIC), "utf-8", Some("utf-8")), ARABIC);
        assert_eq!(likely_text(&bytes_in("koi8-r", RUSSIAN), "koi8-r", Some("iso-8859-1")), RUSSIAN);
    }
}
