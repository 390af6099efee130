//! Every durable state of a mail, of the place where it lies, of a letter of ours, of a dispute, of a question
//! about who somebody is, of a merchant, of the alarm and of a refresh token; no other combination exists
//! ([`Store::check`](super::Store::check) proves it).
//!
//! | thing | state | means | moved on by |
//! |---|---|---|---|
//! | mail | received | Its bytes are kept, nothing was decided; `attempts` counts how often somebody set about it. | the receiver settles it; after a crash it is found unsettled and tried again |
//! | mail | settled | It has its one outcome, in the same commit as everything that follows from it. | nobody; a held one by a registrar, by command or by mail |
//! | sighting | unfiled | The mail still lies where it was seen. | the receiver files it away once its mail is settled |
//! | sighting | filed | It was moved, deleted or marked. | nobody; seen there again, it is unfiled |
//! | order | release | A registrar answered by mail that a held mail is heard. | the daemon carries it out, or forgets what cannot be done |
//! | order | attach | The same, that it is kept with a dispute. | the same |
//! | order | discard | The same, that it is put aside. | the same |
//! | letter | queued | It may be sent from `due` on: new, or the server asked to come again later, or a limit of `[brakes]` was reached. | a deliverer claims it |
//! | letter | leased | `node` has it until `due`; it surely did not leave. | its deliverer; once the lease ran out, whoever claims it |
//! | letter | dot-pending | The final dot may have been sent; nobody else touches it until `due`. | its deliverer; once the lease ran out, whoever claims it: counted as uncertain |
//! | letter | uncertain | The connection broke after the dot; nobody knows. From `due` on its copy is looked for (`[smtp.sent]`), and without one the same bytes leave again. | a deliverer claims it |
//! | letter | stopped | The operator stopped it, it was replaced, waits for its mediator, does not open or fit the server, or was uncertain three times. | the operator; its dispute if it waits |
//! | letter | delivered | The server took it (2xx), or a copy of what it took was found (code 0). | nobody |
//! | letter | refused | Its recipient was refused for good (5xx), or nobody took it for five days (code 0); its dispute hears of it in the same commit. | nobody; the operator may send it again |
//! | dispute | open | It is in `state`, and `wake` is when the clock has something to say. | an event; the clock |
//! | dispute | closed | It has an outcome, its tokens and addresses are marked closed; at `wake` it is erased, unless it is on hold. | the registrar; the clock, which erases it |
//! | dispute | erased | Its key is destroyed; the reference and the chain of the journal are left. | nobody |
//! | question | open | A letter asked it; its answer, with the code that the letter prints, is heard until `ends`. | who was asked, by mail; the clock |
//! | question | confirmed | Yes, with the code: the held mail was heard, or the address taken over, in the same commit. | nobody; erasure |
//! | question | denied | No, with the code. | nobody; erasure |
//! | question | lapsed | Nobody answered in time; a held mail stays held, an address as it is. | nobody; erasure |
//! | merchant | listed | It was imported, and is found by its names, domains and handles. | the registrar, by another import or a confirmed address |
//! | merchant | admitted | The registrar wrote to it once; a listed one of that name counts before it. | its dispute, if the registrar admits it with another address |
//! | alarm | ringing | The operator was told that something is wrong with the service. | the daemon, once all was well for a while |
//! | alarm | over | The operator was told that all is well again, or could not be told that something is wrong. | the daemon, an hour after it last rang at the earliest |
//! | token | rotated | The provider gave it in place of the configured refresh token, and wants it from now on. | the provider, with another one; the administrator, who configures another one |

/// One durable state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurableState {
    /// What is in it: a mail, a sighting, an order about a held mail, a letter (of ours), a dispute, a question, a merchant, the alarm or a refresh token.
    pub thing: &'static str,
    /// Its word in the store.
    pub state: &'static str,
    /// What it means.
    pub means: &'static str,
    /// Who moves it on.
    pub moved_on_by: &'static str,
}

const fn row(thing: &'static str, state: &'static str, means: &'static str, moved_on_by: &'static str) -> DurableState {
    DurableState { thing, state, means, moved_on_by }
}

/// The table of durable states.
pub const DURABLE_STATES: &[DurableState] = &[
    row(
        "mail",
        "received",
        "Its bytes are kept, nothing was decided; `attempts` counts how often somebody set about it.",
        "the receiver settles it; after a crash it is found unsettled and tried again",
    ),
    row(
        "mail",
        "settled",
        "It has its one outcome, in the same commit as everything that follows from it.",
        "nobody; a held one by a registrar, by command or by mail",
    ),
    row("sighting", "unfiled", "The mail still lies where it was seen.", "the receiver files it away once its mail is settled"),
    row("sighting", "filed", "It was moved, deleted or marked.", "nobody; seen there again, it is unfiled"),
    row("order", "release", "A registrar answered by mail that a held mail is heard.", "the daemon carries it out, or forgets what cannot be done"),
    row("order", "attach", "The same, that it is kept with a dispute.", "the same"),
    row("order", "discard", "The same, that it is put aside.", "the same"),
    row(
        "letter",
        "queued",
        "It may be sent from `due` on: new, or the server asked to come again later, or a limit of `[brakes]` was reached.",
        "a deliverer claims it",
    ),
    row("letter", "leased", "`node` has it until `due`; it surely did not leave.", "its deliverer; once the lease ran out, whoever claims it"),
    row(
        "letter",
        "dot-pending",
        "The final dot may have been sent; nobody else touches it until `due`.",
        "its deliverer; once the lease ran out, whoever claims it: counted as uncertain",
    ),
    row(
        "letter",
        "uncertain",
        "The connection broke after the dot; nobody knows. From `due` on its copy is looked for (`[smtp.sent]`), and without one the same bytes leave again.",
        "a deliverer claims it",
    ),
    row(
        "letter",
        "stopped",
        "The operator stopped it, it was replaced, waits for its mediator, does not open or fit the server, or was uncertain three times.",
        "the operator; its dispute if it waits",
    ),
    row("letter", "delivered", "The server took it (2xx), or a copy of what it took was found (code 0).", "nobody"),
    row(
        "letter",
        "refused",
        "Its recipient was refused for good (5xx), or nobody took it for five days (code 0); its dispute hears of it in the same commit.",
        "nobody; the operator may send it again",
    ),
    row("dispute", "open", "It is in `state`, and `wake` is when the clock has something to say.", "an event; the clock"),
    row(
        "dispute",
        "closed",
        "It has an outcome, its tokens and addresses are marked closed; at `wake` it is erased, unless it is on hold.",
        "the registrar; the clock, which erases it",
    ),
    row("dispute", "erased", "Its key is destroyed; the reference and the chain of the journal are left.", "nobody"),
    row("question", "open", "A letter asked it; its answer, with the code that the letter prints, is heard until `ends`.", "who was asked, by mail; the clock"),
    row("question", "confirmed", "Yes, with the code: the held mail was heard, or the address taken over, in the same commit.", "nobody; erasure"),
    row("question", "denied", "No, with the code.", "nobody; erasure"),
    row("question", "lapsed", "Nobody answered in time; a held mail stays held, an address as it is.", "nobody; erasure"),
    row("merchant", "listed", "It was imported, and is found by its names, domains and handles.", "the registrar, by another import or a confirmed address"),
    row(
        "merchant",
        "admitted",
        "The registrar wrote to it once; a listed one of that name counts before it.",
        "its dispute, if the registrar admits it with another address",
    ),
    row("alarm", "ringing", "The operator was told that something is wrong with the service.", "the daemon, once all was well for a while"),
    row(
        "alarm",
        "over",
        "The operator was told that all is well again, or could not be told that something is wrong.",
        "the daemon, an hour after it last rang at the earliest",
    ),
    row(
        "token",
        "rotated",
        "The provider gave it in place of the configured refresh token, and wants it from now on.",
        "the provider, with another one; the administrator, who configures another one",
    ),
];

/// The table as Markdown, as it stands in `ARCHITECTURE.md`.
pub fn markdown() -> String {
    let rows = DURABLE_STATES.iter().map(|one| format!("| {} | {} | {} | {} |\n", one.thing, one.state, one.means, one.moved_on_by));
    ["| thing | state | means | moved on by |\n|---|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_above_is_the_table_below_and_the_schema_has_every_state() {
        let text = include_str!("states.rs");
        let schema = concat!(
            include_str!("../../migrations/0001_house.sql"),
            include_str!("../../migrations/0003_challenges.sql"),
            include_str!("../../migrations/0004_pen.sql"),
            include_str!("../../migrations/0007_merchants.sql"),
            include_str!("../../migrations/0012_alarms.sql"),
            include_str!("../../migrations/0013_tokens.sql")
        );
        for line in markdown().lines() {
            assert!(text.contains(&format!("//! {line}\n")), "{line}");
        }
        for one in DURABLE_STATES {
            assert!(schema.contains(&format!("'{}'", one.state)), "{}", one.state);
        }
    }
}
