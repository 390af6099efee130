//! Looks for canaries in finished letters as any receiving program would, and as a spy would.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::{MessageParser, MimeHeaders, PartType};
use regex::bytes::{Regex, RegexBuilder};

/// Finds any of some words in bytes, in plain, base64, quoted-printable, percent, hexadecimal and UTF-16 form.
pub struct Search(Regex);

impl Search {
    /// A search for `words`: ASCII letters and digits only, at least eight of them each.
    pub fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut forms: Vec<String> = Vec::new();
        for word in words {
            assert!(word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{word}");
            forms.push(word.to_owned());
            forms.push(word.chars().flat_map(|c| [c.to_string(), "\\x00".to_owned()]).collect());
            forms.push(word.chars().map(|c| format!("%{:02X}", c as u32)).collect());
            forms.push(word.bytes().map(|byte| format!("{byte:02x}")).collect());
            forms.push(word.chars().map(|c| format!("{c}(?:=\\r?\\n)?")).collect());
            forms.extend((0..3).map(|skip| regex::escape(&base64_core(word, skip))));
            forms.extend((0..3).map(|skip| regex::escape(&base64_core(&word.to_lowercase(), skip))));
        }
        let pattern = if forms.is_empty() { "[^\\s\\S]".to_owned() } else { forms.join("|") };
        Self(RegexBuilder::new(&pattern).case_insensitive(true).unicode(false).size_limit(64 << 20).build().unwrap())
    }

    /// What is found in a finished letter, anywhere and in any form.
    pub fn in_letter(&self, bytes: &[u8]) -> Option<String> {
        let mut seen: Vec<Vec<u8>> = vec![bytes.to_vec()];
        let message = MessageParser::default().parse(bytes).expect("our letters are mails");
        for header in message.headers() {
            seen.push(format!("{:?}", header.value).into_bytes());
        }
        for part in &message.parts {
            match &part.body {
                PartType::Text(text) | PartType::Html(text) => seen.push(text.as_bytes().to_vec()),
                PartType::Binary(data) | PartType::InlineBinary(data) => seen.push(data.to_vec()),
                PartType::Message(_) | PartType::Multipart(_) => {}
            }
            seen.push(part.attachment_name().unwrap_or_default().as_bytes().to_vec());
        }
        seen.iter().find_map(|bytes| self.in_bytes(bytes))
    }

    /// The same in bytes of any kind.
    pub fn in_bytes(&self, bytes: &[u8]) -> Option<String> {
        let found = self.0.find(bytes)?;
        let (from, to) = (found.start().saturating_sub(40), bytes.len().min(found.end() + 40));
        Some(String::from_utf8_lossy(&bytes[from..to]).into_owned())
    }
}

/// The part of the base64 form of `word` that does not depend on what stands around it, when it begins `skip` bytes into a group of three.
fn base64_core(word: &str, skip: usize) -> String {
    let bytes: Vec<u8> = std::iter::repeat_n(b'.', skip).chain(word.bytes()).collect();
    let whole = bytes.len() / 3 * 3;
    let text = STANDARD.encode(&bytes[..whole]);
    text[if skip == 0 { 0 } else { 4 }..].to_owned()
}
