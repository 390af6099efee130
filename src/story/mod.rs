//! Stories: a whole dispute as a script of what people do, with the recorded outcome of every step.
//!
//! ```text
//! # The merchant grants the request in one line.
//! now 2026-11-23T09:00:00Z
//! leila is consumer leila@courrier.example
//!
//! leila writes:
//!   Subject: Commande non reçue
//!   Bonjour, …
//! > opened, incomplete
//! > consumer: acknowledgement (fr)
//!
//! leila answers:
//!   CONFIRMER ***
//! ```
//!
//! `leila writes to atlas:` writes to the mailbox of that name, and `samir is agent …` answers in the name of a merchant.
//! A line `Attach: photo.jpg` among the header lines attaches a file of that kind (jpg, pdf, txt, anything else).
//! Before the first step, `the registry has NAME; ALIAS at ADDRESS in LANGUAGE` lists a merchant whose address was confirmed.
//! `the service names mediators` lets the service name those of the story by rule; without it the registrar does.
//! The word CASE in a recipient stands for the address of the case, SELLER for the address at which the writer
//! reaches the seller alone. `***` after a word stands for the reply code that the latest letter to that person prints after that word, `***OTHER` for the
//! one after another word. Lines that begin with `>` are recorded: telling the story must give exactly them.

mod attached;
mod listed;
mod mails;
mod person;
mod script;
mod simulation;
mod teller;
mod told;

pub use attached::attachment;
pub use listed::list;
pub use mails::{delivery_report, seen};
pub use person::{Draft, LetterSeen, Person, code_after, compose_mail, fill_codes, with_case_address, with_seller_address};
pub use script::{Action, Script, ScriptError, Step};
pub use simulation::{Days, Sent, Simulated, simulate};
pub use teller::tell;
pub use told::{Manner, TellError, Told};
