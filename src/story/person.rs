//! A person of a story: writes mails as mail programs write them, and reads codes off letters as people do.

use super::attached::attachment;
use crate::domain::{Address, Channel, Digest, Instant, Reference};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

/// Somebody with a mailbox.
#[derive(Debug, Clone)]
pub struct Person {
    /// The address.
    pub address: Address,
    /// Letters received, oldest first.
    pub letters: Vec<LetterSeen>,
    /// The latest mail sent, byte for byte.
    pub sent: Vec<u8>,
}

impl Person {
    /// All letters, the latest first: where a person looks for a code.
    pub fn read_back(&self) -> String {
        self.letters.iter().rev().map(|letter| letter.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// A letter as its recipient sees it.
#[derive(Debug, Clone)]
pub struct LetterSeen {
    /// Where an answer goes.
    pub reply_to: String,
    /// Message-ID with angle brackets.
    pub message_id: String,
    /// References with angle brackets, in order.
    pub references: String,
    /// Subject.
    pub subject: String,
    /// The text as shown.
    pub text: String,
    /// The names of the attachments.
    pub files: Vec<String>,
    /// The channel that it was written on.
    pub channel: Channel,
}

/// The three characters that `text` prints after `word`, if it does.
pub fn code_after(text: &str, word: &str) -> Option<String> {
    text.match_indices(word).find_map(|(at, found)| {
        let rest = text.get(at.saturating_add(found.len())..)?;
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}*_`".contains(c));
        let code: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        (code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())).then_some(code)
    })
}

/// What `text` prints after `word` where that begins with a number and ends with a code: `12 K7P`.
fn numbered_after(text: &str, word: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (_, rest) = line.split_once(word)?;
        let words: Vec<&str> = rest.split_whitespace().map(|word| word.trim_end_matches(':')).collect();
        let is_code = |word: &&str| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let place = words.iter().skip(1).position(is_code)?;
        let number = words.first().filter(|word| word.chars().all(|c| c.is_ascii_digit()))?;
        let between = words.get(1..=place.saturating_add(1))?;
        Some(format!("{number} {}", between.join(" ")))
    })
}

/// Replaces every `WORD ***` in `text` by the word and its code in `letter`, every `WORD ***OTHER` by the word and the code that is printed after the other one,
/// and every `WORD # ***` by what it prints there from a number to a code; `Err` names a word that the letter does not print.
pub fn fill_codes(text: &str, letter: &str) -> Result<String, String> {
    let mut filled = Vec::new();
    for line in text.lines() {
        let Some((before, after)) = line.split_once(" ***") else {
            filled.push(line.to_owned());
            continue;
        };
        if let Some(before) = before.strip_suffix(" #") {
            let word = before.split_whitespace().next_back().unwrap_or_default();
            let rest = numbered_after(letter, word).ok_or_else(|| word.to_owned())?;
            filled.push(format!("{before} {rest}{after}"));
            continue;
        }
        let (other, after) = after.split_at(after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len()));
        let word = if other.is_empty() { before.split_whitespace().next_back().unwrap_or_default() } else { other };
        let code = code_after(letter, word).ok_or_else(|| word.to_owned())?;
        filled.push(format!("{before} {code}{after}"));
    }
    Ok(filled.join("\n"))
}

/// `headers` with the address of the case in the place of the word CASE.
pub fn with_case_address(headers: &[String], desk: &Address, separator: char, reference: Option<&Reference>) -> Vec<String> {
    let case = reference.and_then(|reference| desk.tagged(separator, &reference.as_str().to_ascii_lowercase()).ok());
    let address = case.map_or_else(|| desk.to_string(), |address| address.to_string());
    headers.iter().map(|line| line.replace("CASE", &address)).collect()
}

/// `headers` with the address at which `person` writes to the seller alone, as the latest letter that prints it does, in the place of the word SELLER.
pub fn with_seller_address(headers: &[String], person: &Person, separator: char) -> Vec<String> {
    let printed = |text: &str| -> Option<String> {
        let tagged = |word: &&str| word.split_once('@').is_some_and(|(local, _)| local.contains(separator));
        let marks = |c: char| !c.is_ascii_alphanumeric();
        text.split_whitespace().map(|word| word.trim_matches(marks)).filter(tagged).nth(1).map(str::to_owned)
    };
    let address = person.letters.iter().rev().find_map(|letter| printed(&letter.text)).unwrap_or_default();
    headers.iter().map(|line| line.replace("SELLER", &address)).collect()
}

/// A mail to be written.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Who writes.
    pub from: &'a Address,
    /// To whom.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Text.
    pub body: &'a str,
    /// The letter that is answered.
    pub answers: Option<&'a LetterSeen>,
    /// Fields beside or instead of the usual ones; `Attach` names a file that comes along.
    pub headers: &'a [String],
    /// When it is written.
    pub at: Instant,
}

/// The mail as a mail program would write it: UTF-8, base64, with the answered letter quoted below.
pub fn compose_mail(draft: &Draft<'_>) -> Vec<u8> {
    let has = |name: &str| draft.headers.iter().any(|line| line.to_ascii_lowercase().starts_with(&format!("{}:", name.to_ascii_lowercase())));
    let mut mail = format!("From: {}\r\nSubject: {}\r\nDate: {}\r\n", draft.from, encoded(draft.subject), draft.at.rfc5322());
    if !has("To") {
        let _ = write!(mail, "To: {}\r\n", draft.to);
    }
    if !has("Message-ID") {
        let unique = Digest::of_parts(&[draft.from.as_str().as_bytes(), draft.body.as_bytes(), &draft.at.micros().to_be_bytes()]).hex();
        let _ = write!(mail, "Message-ID: <{}@{}>\r\n", unique.get(..24).unwrap_or_default(), draft.from.domain());
    }
    let mut body = draft.body.to_owned();
    if let Some(letter) = draft.answers {
        // One to a line: a line beyond 998 octets is broken on its way, and the signature with it (RFC 5322 §2.1.1).
        let references = letter.references.split(' ').filter(|id| !id.is_empty()).chain([letter.message_id.as_str()]).collect::<Vec<_>>();
        let _ = write!(mail, "In-Reply-To: {}\r\nReferences: {}\r\n", letter.message_id, references.join("\r\n "));
        let quoted: Vec<String> = letter.text.lines().map(|line| format!("> {line}")).collect();
        let _ = write!(body, "\n\nLe lun. 23 nov. 2026 à 09:00, Médiation <{}> a écrit :\n\n{}\n", letter.reply_to, quoted.join("\n"));
    }
    let files: Vec<&str> = draft.headers.iter().filter_map(|line| line.strip_prefix("Attach: ")).collect();
    for line in draft.headers.iter().filter(|line| !line.ends_with(": none") && !line.starts_with("Attach: ")) {
        let _ = write!(mail, "{line}\r\n");
    }
    mail.push_str("MIME-Version: 1.0\r\n");
    if files.is_empty() {
        part(&mut mail, "text/plain; charset=utf-8", None, body.as_bytes());
        return mail.into_bytes();
    }
    mail.push_str("Content-Type: multipart/mixed; boundary=\"story\"\r\n\r\n--story\r\n");
    part(&mut mail, "text/plain; charset=utf-8", None, body.as_bytes());
    for name in files {
        let (kind, bytes) = attachment(name, draft.from.as_str());
        mail.push_str("--story\r\n");
        part(&mut mail, kind, Some(name), &bytes);
    }
    mail.push_str("--story--\r\n");
    mail.into_bytes()
}

fn part(mail: &mut String, kind: &str, name: Option<&str>, content: &[u8]) {
    let _ = write!(mail, "Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n");
    if let Some(name) = name {
        let _ = write!(mail, "Content-Disposition: attachment; filename=\"{name}\"\r\n");
    }
    let _ = write!(mail, "\r\n{}", base64_lines(content));
}

fn encoded(subject: &str) -> String {
    if subject.is_ascii() { subject.to_owned() } else { format!("=?utf-8?B?{}?=", base64_lines(subject.as_bytes()).replace("\r\n", "")) }
}

/// Base64 (RFC 2045 §6.8) in lines of 76 characters.
fn base64_lines(bytes: &[u8]) -> String {
    let text: Vec<char> = STANDARD.encode(bytes).chars().collect();
    text.chunks(76).map(|line| line.iter().collect::<String>() + "\r\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_off_a_letter() {
        let letter = "Répondez : CONFIRMER K7P\nou RETIRER \u{2068}9QX\u{2069}";
        assert_eq!(fill_codes("CONFIRMER ***\nmerci", letter).unwrap(), "CONFIRMER K7P\nmerci");
        assert_eq!(code_after(letter, "RETIRER").as_deref(), Some("9QX"));
        let held = "- LIBÉRER 12 WYA : l’entendre\n- JOINDRE 12 EL-GF84-97W3 WYA : le garder";
        assert_eq!(fill_codes("LIBÉRER # ***\nmerci", held).unwrap(), "LIBÉRER 12 WYA\nmerci");
        assert_eq!(fill_codes("JOINDRE # ***", held).unwrap(), "JOINDRE 12 EL-GF84-97W3 WYA");
        assert_eq!(fill_codes("CLORE ***CONFIRMER, merci", letter).unwrap(), "CLORE K7P, merci");
        assert_eq!(fill_codes("ACCEPTER ***", letter), Err("ACCEPTER".to_owned()));
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        assert_eq!(base64_lines(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==\r\n");
        assert_eq!(base64_lines(b"abc"), "YWJj\r\n");
    }
}
