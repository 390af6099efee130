//! Delivery reports in pieces; whole ones are in `tests/letters`.

use super::*;

fn part(status: &str) -> Vec<BouncedRecipient> {
    recipients_of_report(&[("message/delivery-status".to_owned(), status.to_owned())])
}

fn prose(text: &str) -> Bounce {
    let raw = b"From: MAILER-DAEMON@mx.example.org\nTo: desk@example.org\n\n";
    let headers = RawHeaders::scan(raw, 10);
    report(&Material { headers: &headers, reports: &[], nested: &[], text }, Kind::Bounce)
}

#[test]
fn a_delivery_status_part_is_read_field_by_field() {
    let status = "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; <leila@example.net>\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp;\r\n 550 5.1.1 unknown\r\n";
    let recipients = part(status);
    assert_eq!(recipients.len(), 1);
    assert_eq!(recipients[0].address, "leila@example.net");
    assert_eq!(recipients[0].status.as_deref(), Some("5.1.1"));
    assert!(recipients[0].permanent);
}

#[test]
fn missing_blank_lines_routes_and_foreign_letters_are_no_hindrance() {
    let recipients = part(
        "Reporting-MTA: dns; mx.example.org\nFinal-Recipient: RFC822;@gate.example.org:a@example.net\nAction: FAILED (no)\nStatus: 5.1.1 (bad)\n\
         Final-Recipient: utf-8; \\x{FC}ber@example.net\nAction: Delayed\nStatus: 4.4.1\nFinal-Recipient: local; karim\nStatus: 5.2.2\n",
    );
    let read: Vec<(&str, &str)> = recipients.iter().map(|recipient| (recipient.address.as_str(), recipient.action.as_str())).collect();
    assert_eq!(read, [("a@example.net", "failed"), ("über@example.net", "delayed"), ("karim@mx.example.org", "failed")]);
}

#[test]
fn an_expired_letter_is_told_by_what_the_other_server_said() {
    let recipients = part("\nFinal-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 4.4.7\nDiagnostic-Code: smtp; 452 4.2.2 mailbox full\n");
    assert_eq!(recipients[0].status.as_deref(), Some("4.2.2"));
    assert!(!recipients[0].permanent);
}

#[test]
fn prose_names_its_recipient_and_the_original() {
    let bounce = prose(
        "Sorry.\n\n<leila@example.net>:\n550 no such user\n\n--- Below this line is a copy of the message.\n\nReceived: x\nMessage-ID: <abc@example.org>\n",
    );
    assert_eq!(bounce.recipients[0].address, "leila@example.net");
    assert!(bounce.recipients[0].permanent);
    assert_eq!(bounce.original_message_id.unwrap().as_str(), "abc@example.org");
}

#[test]
fn each_recipient_has_its_own_reason() {
    let bounce = prose("It failed:\n\n  a@example.net\n    550 5.1.1 unknown\n  b@example.net\n    452 4.2.2 full, try again later\n");
    let read: Vec<(&str, Option<&str>, bool)> = bounce.recipients.iter().map(|r| (r.address.as_str(), r.status.as_deref(), r.permanent)).collect();
    assert_eq!(read, [("a@example.net", Some("5.1.1"), true), ("b@example.net", Some("4.2.2"), false)]);
}
