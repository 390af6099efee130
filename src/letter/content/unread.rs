//! What of a mail cannot be read here, and what it is called: a person must look where no program can.

use super::armour::ENCRYPTED;
use super::{clip, is_body_part, media_type, name_of};
use crate::letter::fold::fold;
use crate::letter::limits::Limits;
use crate::letter::pattern::folded_pattern;
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use regex::Regex;
use std::sync::LazyLock;

/// Said of a mail whose words stand within its signature (S/MIME, signed-data).
const OPAQUE: &str = "opaque-signature";
/// Said of a mail that is a piece of one (RFC 2046 §5.2.2), or whose content lies elsewhere (§5.2.3).
const PARTIAL: &str = "partial-message";
const EXTERNAL: &str = "external-body";
/// Said of a mail that says nothing but in Outlook's own wrapping.
const WRAPPED: &str = "tnef";
/// Said of a mail that shows nothing though something stands where its text should.
const UNREAD: &str = "unread-part";
/// Said of a mail whose text is no text.
const GARBLED: &str = "garbled-text";
/// Said of a mail that says only where its words are kept.
const ELSEWHERE: &str = "kept-elsewhere";

/// What of `message`, of which `text` was read, was not.
pub(super) fn faults(message: &Message<'_>, text: &str, limits: &Limits) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let blank = text.trim().is_empty();
    for part in &message.parts {
        let fault = by_type(part, blank).filter(|fault| !found.contains(fault));
        found.extend(fault);
    }
    if blank && found.is_empty() && message.parts.iter().any(|part| is_unread(message, part, limits)) {
        found.push(UNREAD);
    }
    if is_garbled(text) {
        found.push(GARBLED);
    }
    if text.len() <= NOTICE_BYTES && !found.contains(&ENCRYPTED) && PORTAL.is_match(&single_line(text)) {
        found.push(ELSEWHERE);
    }
    found
}

/// What is wrong with a part by its declared type. `blank` says that the mail shows no text.
fn by_type(part: &MessagePart<'_>, blank: bool) -> Option<&'static str> {
    let declared = media_type(part);
    let attribute = |name: &str| part.content_type().and_then(|declared| declared.attribute(name)).unwrap_or_default().to_ascii_lowercase();
    match declared.as_str() {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" if attribute("smime-type").contains("signed") => Some(OPAQUE),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" if attribute("smime-type") == "certs-only" => None,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" | "multipart/encrypted" | "application/pgp-encrypted" => Some(ENCRYPTED),
        "application/x-microsoft-rpmsg-message" => Some(ENCRYPTED),
        "message/partial" => Some(PARTIAL),
        "message/external-body" => Some(EXTERNAL),
        "application/ms-tnef" | "application/vnd.ms-tnef" if blank => Some(WRAPPED),
        _ => None,
    }
}

/// Kinds of parts that people send without a word, and those that are for programs.
const WORDLESS: [&str; 7] = ["image/", "audio/", "video/", "message/", "multipart/", "font/", "model/"];
const KNOWN: [&str; 14] = [
    "application/pdf",
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/ics",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "text/rfc822-headers",
    "application/ms-tnef",
    "application/vnd.ms-tnef",
    "application/json",
];

/// Whether words may stand in a part of a mail that shows none: it stands where the text should, or nobody gave it a name.
fn is_unread(message: &Message<'_>, part: &MessagePart<'_>, limits: &Limits) -> bool {
    let declared = media_type(part);
    if WORDLESS.iter().any(|kind| declared.starts_with(kind)) || KNOWN.contains(&declared.as_str()) {
        return false;
    }
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let says = raw.iter().any(|byte| byte.is_ascii_graphic() || !byte.is_ascii());
    match &part.body {
        PartType::Html(page) if is_body_part(message, part) => says_under_tags(page),
        PartType::Text(_) if is_body_part(message, part) => says,
        PartType::Multipart(_) | PartType::Message(_) => false,
        _ => says && (name_of(message, part, limits).is_none() || declared.ends_with("/rtf") && message.parts.len() == 1),
    }
}

/// Whether a page that shows nothing has words all the same: hidden or crossed out. A picture alone has none.
fn says_under_tags(page: &str) -> bool {
    let body = page.find("<body").or_else(|| page.find("<BODY")).and_then(|at| page.get(at..)).unwrap_or(page);
    let mut pieces = body.split('<').enumerate();
    pieces.any(|(place, piece)| {
        let unseen =
            ["style", "script", "title", "!--"].iter().any(|name| place > 0 && piece.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)));
        let words = if place == 0 && !body.starts_with('<') { piece } else { piece.split_once('>').map_or("", |(_, words)| words) };
        !unseen && words.replace("&nbsp;", " ").contains(char::is_alphanumeric)
    })
}

/// Characters of a text that are looked at, and the share of them that no text has.
const LOOKED_AT: usize = 2_000;
const SHARE: usize = 20;

/// Whether `text` holds bytes that are no letters: packed, or in another encoding than it says.
fn is_garbled(text: &str) -> bool {
    let odd = |c: &char| c.is_control() && !c.is_whitespace() || *c == char::REPLACEMENT_CHARACTER;
    let (all, odd) = (text.chars().take(LOOKED_AT).count(), text.chars().take(LOOKED_AT).filter(odd).count());
    odd >= 3 && odd.saturating_mul(SHARE) >= all
}

/// Bytes of a mail that says no more than where a message is kept.
const NOTICE_BYTES: usize = 3_000;

fn single_line(text: &str) -> String {
    fold(clip(text, NOTICE_BYTES)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How portals tell that a message waits in them.
static PORTAL: LazyLock<Regex> = LazyLock::new(|| {
    let (french, english) = ("chiffre|confidentiel|securise|protege", "protected|encrypted|secure|secured|confidential");
    let arabic = "مشفره|محميه|سريه|امنه";
    folded_pattern(
        &[
            format!(r"(?:vous a envoye|vous avez recu|vous envoie) un (?:nouveau )?(?:message|e-?mail|courriel) (?:{french})\b"),
            format!(r"\b(?:afficher|lire|ouvrir|deverrouiller|consulter) (?:le|votre|ce) (?:message|e-?mail|courriel) (?:{french})\b"),
            "mode confidentiel de gmail|via le mode confidentiel".to_owned(),
            format!(r"\bsent you an? (?:{english}) (?:message|e-?mail)\b"),
            format!(r"\byou(?:'ve| have) (?:received|got) an? (?:new )?(?:{english}) (?:message|e-?mail)\b"),
            format!(r"\b(?:read|view|open|unlock) (?:the|your|this) (?:{english}) (?:message|e-?mail)\b"),
            r"gmail confidential mode|via confidential mode|\bmessage\.rpmsg\b|\bsecuredoc\b|message encryption by microsoft".to_owned(),
            format!("(?:ارسل لك|ارسل لكم|ارسل اليك|تلقيت|تلقيتم|وصلتك|وصلتكم) رساله (?:{arabic})"),
            "وضع السريه في gmail|الوضع السري في gmail".to_owned(),
        ]
        .join("|"),
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::tests::shared;
    use crate::letter::{Letter, read};

    fn letter(mail: &str) -> Letter {
        read(format!("From: a@b.org\nMIME-Version: 1.0\n{mail}").as_bytes(), shared(), &Limits::default())
    }

    #[test]
    fn what_cannot_be_read_is_called_by_its_name_and_commands_nothing() {
        let mixed = |parts: &[&str]| {
            format!("Content-Type: multipart/mixed; boundary=b\n\n{}--b--\n", parts.iter().map(|part| format!("--b\n{part}\n")).collect::<String>())
        };
        let plain = "Content-Type: text/plain\n\nACCEPTER K7P\n";
        let tnef = "Content-Type: application/ms-tnef; name=winmail.dat\n\nx";
        for (mail, fault) in [
            ("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n\nMIIF".to_owned(), OPAQUE),
            ("Content-Type: application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMIIF".to_owned(), ENCRYPTED),
            ("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIF".to_owned(), ENCRYPTED),
            ("Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n".to_owned(), ENCRYPTED),
            (mixed(&[plain, "Content-Type: application/pgp-encrypted\n\nVersion: 1"]), ENCRYPTED),
            (mixed(&[plain, "Content-Type: application/x-microsoft-rpmsg-message; name=message.rpmsg\n\nx"]), ENCRYPTED),
            ("\n-----BEGIN PGP MESSAGE-----\n\nhQEMA0o4\n-----END PGP MESSAGE-----\nACCEPTER K7P".to_owned(), ENCRYPTED),
            ("Content-Type: message/partial; id=x; number=1; total=2\n\nFrom: a@b.org\n\nACCEPTER K7P".to_owned(), PARTIAL),
            ("Content-Type: message/external-body; access-type=URL\n\nContent-Type: text/plain\n\n".to_owned(), EXTERNAL),
            (tnef.to_owned(), WRAPPED),
            (mixed(&["Content-Type: text/plain\n\n \n", tnef]), WRAPPED),
            ("Content-Type: application/rtf; name=x.rtf\n\n{\\rtf1 Bonjour}".to_owned(), UNREAD),
            ("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!????\n".to_owned(), UNREAD),
            ("Content-Type: text/html\n\n<p><s>ACCEPTER K7P</s></p>".to_owned(), UNREAD),
            ("Content-Type: application/octet-stream\n\nx\0y".to_owned(), UNREAD),
            ("Content-Type: text/plain; charset=utf-8\n\n\u{1}\u{2}\u{fffd}x\u{3}\nACCEPTER K7P".to_owned(), GARBLED),
            ("\nLeila vous a envoyé un message chiffré.\nhttps://x.example/eo\nACCEPTER K7P".to_owned(), ELSEWHERE),
            ("\nKarim has sent you a protected\nmessage.\nRead the message".to_owned(), ELSEWHERE),
        ] {
            let letter = letter(&mail);
            assert!(letter.faults.iter().any(|known| known == fault), "{fault}: {:?} {mail}", letter.faults);
            assert!(letter.commands.is_empty() && letter.intents.is_empty(), "{mail}");
        }
        let below = letter("\nACCEPTER K7P\n\nbegin 644 a.pdf\n`\nend\n");
        assert_eq!((below.commands.len(), below.faults, below.reply_text.as_str()), (1, vec!["file-in-text".to_owned()], "ACCEPTER K7P"));
    }

    #[test]
    fn what_says_nothing_or_is_read_has_no_such_fault() {
        for mail in [
            "\nBonjour, le vendeur m'a envoyé un message chiffré.",
            "\nJ'ai lu son message sécurisé sur le portail.",
            "\n",
            "Content-Type: image/png\n\nx",
            "Content-Type: application/pdf\n\nx",
            "Content-Type: application/zip; name=a.zip\n\nx",
            "Content-Type: text/html\n\n<html><head><title>x</title></head><body><img src=\"cid:a\">&nbsp;</body></html>",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: image/png; name=a.png\n\nx\n--b--",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\noui\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n--b--",
        ] {
            assert_eq!(letter(mail).faults, Vec::<String>::new(), "{mail}");
        }
    }
}
