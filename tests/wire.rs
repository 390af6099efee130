//! The two wires, IMAP and SMTP, against real servers, and against servers that misbehave.

mod harness;

#[path = "wire/cuts.rs"]
mod cuts;
#[path = "wire/envelope.rs"]
mod envelope;
#[path = "wire/imap.rs"]
mod imap;
#[path = "wire/imap_faults.rs"]
mod imap_faults;
#[path = "wire/named.rs"]
mod named;
#[path = "wire/outbox.rs"]
mod outbox;
#[path = "wire/person.rs"]
mod person;
#[path = "wire/quirks.rs"]
mod quirks;
#[path = "wire/smtp.rs"]
mod smtp;
#[path = "wire/tokens.rs"]
mod tokens;
