//! One held mail, as a registrar needs to see it to decide.

use super::super::output::{one_line, say};
use crate::compose::waits_because;
use crate::domain::{Dice, Instant, Language, Role};
use crate::letter::{Letter, Reading, SenderGate};
use crate::settle::{Carried, Desk, Done, Guess, Incoming, guesses, rehearse};
use crate::store::{LetterNumber, PenOrder};
use anyhow::Context;

/// Prints why the mail waits, whose it may be, what would follow from its release, and what it says.
pub async fn show(desk: &Desk, mail: &Incoming, now: Instant, dice: &mut Dice) -> anyhow::Result<()> {
    let number = mail.number;
    let held = desk.store.held_one(number).await?.with_context(|| super::nothing(number.0))?;
    say!("Mail {number}, received {} in {}", held.received.rfc3339(), held.mailbox);
    say!("  held: {} ({})", waits_because(held.reason, Language::En), held.reason);
    if let Some(note) = desk.store.note(number).await? {
        say!("  found: {}", one_line(&note.because));
    }
    say!("  From: {}", from(mail));
    say!("  proof: {}", mail.verdict.sentence());
    let mut work = desk.store.begin().await?;
    let likely = guesses(desk, &mut work, mail).await?;
    drop(work);
    say!("\nWhat may be done");
    for guess in &likely {
        possible(desk, mail, guess, now, dice).await?;
    }
    let told = rehearse(desk, number, PenOrder::Open, mail, now, dice).await?;
    say!("  elitige held release {number} --new\n    {}", would(&told));
    let reference = likely.first().map_or_else(|| "EL-…".to_owned(), |guess| guess.reference.to_string());
    say!("  elitige held attach {number} {reference}\n  elitige held discard {number}");
    match mail.letter.as_ref().filter(|letter| letter.reading == Reading::Read) {
        Some(letter) => words(number, letter),
        None => say!("\nWhat it says cannot be read; `elitige held show {number} --raw` prints it as it came."),
    }
    Ok(())
}

async fn possible(desk: &Desk, mail: &Incoming, guess: &Guess, now: Instant, dice: &mut Dice) -> anyhow::Result<()> {
    let evidence: Vec<String> = guess.evidence.iter().map(ToString::to_string).collect();
    let roles = guess.role.map_or_else(|| vec![Role::Consumer, Role::Merchant], |role| vec![role]);
    let closed = if guess.open { "" } else { ", which is closed" };
    say!("  {}{closed}: {}", guess.reference, evidence.join(", "));
    for role in roles.into_iter().filter(|role| role.party().is_some()) {
        let told = rehearse(desk, mail.number, PenOrder::Hear(guess.dispute, role), mail, now, dice).await?;
        say!("    elitige held release {} --in {} --as {role}\n      {}", mail.number, guess.reference, would(&told));
    }
    Ok(())
}

fn would(carried: &Carried) -> String {
    match carried {
        Carried::Done(Done::Heard { reference, outcome, state, letters }) => {
            let state = reference.as_ref().map(|_| format!("; state {state}")).unwrap_or_default();
            format!("would be {}{state}. {}", outcome.name(), letters_in_words(letters, "Letters"))
        }
        Carried::Done(Done::Attached(_)) => "would be kept with it.".to_owned(),
        Carried::Done(Done::Discarded) => "would be put aside.".to_owned(),
        Carried::Refused(refusal) => format!("cannot be done: {refusal}."),
    }
}

/// The letters that follow, as a sentence that begins with `verb`.
pub(in crate::cli) fn letters_in_words(letters: &[(Role, String)], verb: &str) -> String {
    let named: Vec<String> = letters.iter().map(|(role, letter)| format!("{letter} to the {role}")).collect();
    if named.is_empty() { "No letter follows.".to_owned() } else { format!("{verb}: {}.", named.join(", ")) }
}

fn from(mail: &Incoming) -> String {
    let Some(letter) = &mail.letter else { return "nothing can be read of it".to_owned() };
    let name = letter.from_name.as_deref().map(|name| format!("{} ", one_line(name))).unwrap_or_default();
    match &letter.sender {
        SenderGate::Open(address) => format!("{name}<{address}>"),
        SenderGate::Shut(why) => format!("{name}(no single sender: {why})"),
    }
}

fn words(number: LetterNumber, letter: &Letter) {
    say!("\nSubject: {}", one_line(&letter.subject));
    for line in letter.reply_text.lines() {
        say!("  | {}", one_line(line));
    }
    for attachment in &letter.attachments {
        let danger = if attachment.dangerous { ", may do harm" } else { "" };
        say!("  + {} ({} bytes{danger})", one_line(attachment.name.as_deref().unwrap_or("(without a name)")), attachment.bytes);
    }
    say!("This is what was newly written; `elitige held show {number} --raw` prints the mail as it came.");
}
