//! Letters as people see them, and what mail systems send back.

use super::person::LetterSeen;
use crate::config::Config;
use crate::domain::{Channel, Digest, Instant, MessageId};
use crate::letter;

/// A letter as its recipient's mail program shows it.
pub fn seen(bytes: &[u8], channel: Channel, config: &Config) -> LetterSeen {
    let letter = letter::read(bytes, &config.knowledge, &config.limits);
    let bracketed = |ids: &[MessageId]| ids.iter().map(MessageId::bracketed).collect::<Vec<_>>().join(" ");
    LetterSeen {
        reply_to: field(bytes, "Reply-To").trim_matches(['<', '>']).to_owned(),
        message_id: letter.message_id.as_ref().map(MessageId::bracketed).unwrap_or_default(),
        references: bracketed(&letter.references),
        subject: letter.subject,
        text: letter.text,
        files: letter.attachments.into_iter().filter_map(|attachment| attachment.name).collect(),
        channel,
    }
}

/// The value of a header field that stands on one line, as in our own letters.
fn field(bytes: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let value = text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_default().trim().to_owned()
}

/// A delivery report as an MTA writes it (RFC 3464).
pub fn delivery_report(recipient: &str, message_id: &str, at: Instant) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: bounces@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {}\r\n\
         Auto-Submitted: auto-replied\r\nMessage-ID: <{}@mx.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {recipient}\r\n\r\n--b--\r\n",
        at.rfc5322(),
        Digest::of(message_id.as_bytes()).hex(),
    )
    .into_bytes()
}
