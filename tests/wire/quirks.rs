//! What real servers say that the protocol does not allow, one test for each quirk that can meet us: no mail is lost by it, and nothing stands
//! still for ever.

#[path = "quirks/mails.rs"]
mod mails;
#[path = "quirks/session.rs"]
mod session;

use crate::harness::Scripted;
use crate::imap::LIMIT;
use crate::imap_faults::{settings, usual};
use elitige::domain::MessageId;
use elitige::mailbox::{After, Folder, Haul, Mailbox, SentFolder};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Where a quirk is met.
enum Met {
    /// By a test of this folder.
    Here(&'static str),
    /// Nowhere, because of this; `only_what_is_needed_is_said_to_servers` looks that it stays so.
    Never(&'static str),
}

use Met::{Here, Never};

const NO_STRUCTURE: Met = Never("neither ENVELOPE nor BODYSTRUCTURE is ever asked for");

/// Every quirk that is known of IMAP servers.
const QUIRKS: [(&str, Met); 34] = [
    ("internaldate-nil", Here("a_mail_whose_date_is_unknown_is_listed_and_fetched_with_the_others")),
    ("gmail-highestmodseq-no-text", Here("a_code_without_words_is_read")),
    ("gmail-idle-race", Here("mail_between_a_fetch_and_idle_is_news")),
    ("icloud-rfc822-missing", Never("RFC822 is never asked for, only BODY.PEEK[]")),
    ("continuation-empty", Here("a_bare_plus_is_enough")),
    ("status-empty-list", Here("an_empty_status_is_passed_over")),
    ("id-empty-rejected", Never("ID is never said, neither empty nor filled")),
    ("desc-sequence-bad", Here("sets_are_in_ascending_order")),
    ("uidvalidity-zero", Here("a_uidvalidity_of_zero_is_one")),
    ("proton-8bit-quoted", Here("foreign_letters_in_quotes_are_read")),
    ("exchange2003-extra-line", Here("a_line_that_is_no_answer_is_passed_over")),
    ("o365-fetch-order", Here("items_come_in_any_order")),
    ("o365-bodystructure-nil", NO_STRUCTURE),
    ("o365-all-recent", Here("what_is_recent_means_nothing")),
    ("o365-empty-fetch", Here("a_mail_that_is_listed_and_not_given_is_told")),
    ("exchange-substitute-body", Here("an_empty_mail_is_withheld_and_no_substitute_is_asked_for")),
    ("o365-throttle", Here("a_refusal_that_names_a_pause_is_a_pause_wherever_it_comes")),
    ("o365-uidset-limit", Here("no_command_is_long")),
    ("o365-idle-state", Here("idle_in_a_wrong_state_ends_the_session")),
    ("idle-late-continuation", Here("done_is_said_after_the_plus_only")),
    ("yahoo-no-idle", Here("without_idle_it_is_not_said")),
    ("yahoo-fetch-unavailable", Here("one_mail_that_cannot_be_had_keeps_no_other_back")),
    ("yahoo-search-header", Here("a_search_that_finds_nothing_or_is_refused_or_lies_finds_no_copy")),
    ("yahoo-expunge-seq", Here("numbers_that_were_not_renumbered_mean_nothing")),
    ("yahoo-auth-size", Here("capabilities_are_asked_for_after_the_login")),
    ("yahoo-id", Never("it would like to hear ID, and serves whoever does not say it")),
    ("qq-fetch-space", Here("a_blank_before_the_end_is_read")),
    ("qq-envelope-backslash", NO_STRUCTURE),
    ("mailru-boundary-nil", NO_STRUCTURE),
    ("gmx-bodystructure", NO_STRUCTURE),
    ("latin1-in-response", Here("bytes_of_another_time_are_read")),
    ("greenmail-flags", Here("flags_that_are_none_hide_no_mail")),
    ("stalwart-bye-after-idle", Here("a_farewell_after_idle_is_an_error_that_passes")),
    ("gmail-all-mail-labels", Never("a copy under another label is told by its bytes, in the store (`copies_and_renumbered_folders`)")),
];

#[test]
fn every_quirk_is_told_or_cannot_meet_us() {
    let here = concat!(include_str!("quirks/mails.rs"), include_str!("quirks/session.rs"));
    for (index, (id, met)) in QUIRKS.iter().enumerate() {
        assert!(QUIRKS[..index].iter().all(|(other, _)| other != id), "{id} stands here twice");
        match met {
            Here(test) => assert!(here.contains(&format!("async fn {test}()")), "{id}: there is no test {test}"),
            Never(why) => assert!(why.len() > 20, "{id}: say why"),
        }
    }
}

/// A server that answers a command so, and what it has no answer for as usual; `#` stands for the tag. All that it heard is kept.
struct Quirky {
    server: Scripted,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Quirky {
    fn start(say: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let book = heard.clone();
        let server = Scripted::start(move |peer, _| {
            peer.say("* OK ready\r\n");
            let mut idling = String::new();
            while let Some(line) = peer.line() {
                let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
                book.lock().unwrap().push(if command.is_empty() { line.clone() } else { command.to_owned() });
                let tag = if line == "DONE" { idling.clone() } else { tag.to_owned() };
                if command == "IDLE" {
                    idling = tag.clone();
                }
                let reply = say(if line == "DONE" { &line } else { command }).unwrap_or_else(|| usual(command).into_bytes());
                peer.say_bytes(&tagged(&reply, &tag));
            }
        });
        Self { server, heard }
    }

    /// Answers commands that begin with `verb` so.
    fn on(verb: &'static str, reply: &'static [u8]) -> Self {
        Self::start(move |command| command.starts_with(verb).then(|| reply.to_vec()))
    }

    async fn mailbox(&self) -> Mailbox {
        Mailbox::connect(&settings(&self.server)).await.unwrap()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// `reply` with `tag` for each `#` at the beginning of a line.
fn tagged(reply: &[u8], tag: &str) -> Vec<u8> {
    let lines = reply.split_inclusive(|byte| *byte == b'\n').map(|line| match line {
        [b'#', rest @ ..] => [tag.as_bytes(), rest].concat(),
        line => line.to_vec(),
    });
    lines.collect::<Vec<_>>().concat()
}

/// A whole mail of the text `abc`.
const WHOLE: &[u8] = b"* 1 FETCH (UID 10 RFC822.SIZE 3 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" BODY[]<0> {3}\r\nabc)\r\n# OK done\r\n";

fn uids(haul: &Haul) -> Vec<u32> {
    haul.mails.iter().map(|mail| mail.uid).collect()
}

#[tokio::test]
async fn only_what_is_needed_is_said_to_servers() {
    let server = Quirky::start(|command| match command {
        "IDLE" => Some(b"+ idling\r\n* 3 EXISTS\r\n".to_vec()),
        "DONE" => Some(b"# OK done\r\n".to_vec()),
        _ if command.contains("BODY") => Some(WHOLE.to_vec()),
        _ => None,
    });
    let mut mailbox = server.mailbox().await;
    mailbox.scan().await.unwrap();
    mailbox.fetch(&[10, 11], LIMIT).await.unwrap();
    mailbox.file(&[10], Folder::Archive, After::Archive).await.unwrap();
    mailbox.file(&[11], Folder::Archive, After::Delete).await.unwrap();
    mailbox.wait(Duration::from_secs(60), &CancellationToken::new()).await.unwrap();
    mailbox.scan_held().await.unwrap();
    mailbox.logout().await;
    let mut folder = SentFolder::open(&settings(&server.server)).await.unwrap();
    assert!(!folder.holds(&MessageId::parse("1@elitige.example").unwrap()).await.unwrap());
    folder.logout().await;
    const READING: [&str; 8] = ["LOGIN ", "CAPABILITY", "LIST ", "SELECT ", "UID FETCH ", "IDLE", "DONE", "LOGOUT"];
    const FILING: [&str; 3] = ["UID MOVE ", "UID STORE ", "UID EXPUNGE "];
    const LOOKING: [&str; 2] = ["EXAMINE ", "UID SEARCH HEADER Message-ID "];
    const SAID: [&[&str]; 3] = [&READING, &FILING, &LOOKING];
    for command in server.heard() {
        assert!(SAID.concat().iter().any(|verb| command.starts_with(verb)), "{command}");
        assert!(!["ENVELOPE", "STRUCTURE", "RFC822)", "RFC822 ", " BODY["].iter().any(|item| command.contains(item)), "{command}");
    }
}
