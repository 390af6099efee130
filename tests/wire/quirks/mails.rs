//! Mails that servers list, give and withhold in ways of their own.

use super::{Quirky, WHOLE, uids};
use crate::imap::LIMIT;
use crate::imap_faults::settings;
use elitige::domain::MessageId;
use elitige::mailbox::{After, Folder, Haul, MailboxError, SentFolder};
use std::time::Duration;

#[tokio::test]
async fn an_empty_status_is_passed_over() {
    let server = Quirky::on("UID FETCH", b"* STATUS \"INBOX\" ()\r\n* STATUS INBOX (MESSAGES 2 ) \r\n# OK done\r\n");
    assert_eq!(server.mailbox().await.fetch(&[10], LIMIT).await.unwrap(), Haul::default());
}

#[tokio::test]
async fn sets_are_in_ascending_order() {
    let server = Quirky::on("UID FETCH", b"# OK done\r\n");
    let mut mailbox = server.mailbox().await;
    mailbox.fetch(&[9, 5, 1], LIMIT).await.unwrap();
    mailbox.file(&[9, 5, 1], Folder::Archive, After::Archive).await.unwrap();
    let sets: Vec<String> = server.heard().into_iter().filter(|command| command.starts_with("UID ")).collect();
    assert!(sets.len() == 3 && sets.iter().all(|command| command.split(' ').nth(2) == Some("1,5,9")), "{sets:?}");
}

#[tokio::test]
async fn items_come_in_any_order() {
    let reply = b"* 1 FETCH (BODY[]<0> {3}\r\nabc INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE 3 UID 10)\r\n# OK done\r\n";
    let haul = Quirky::on("UID FETCH", reply).mailbox().await.fetch(&[10], LIMIT).await.unwrap();
    assert!(uids(&haul) == [10] && haul.mails[0].whole);
}

#[tokio::test]
async fn a_mail_whose_date_is_unknown_is_listed_and_fetched_with_the_others() {
    let server = Quirky::start(|command| match command.split(' ').next() {
        Some("UID") if command.contains("BODY") => Some(
            b"* 1 FETCH (UID 4 RFC822.SIZE 3 INTERNALDATE NIL BODY[]<0> {3}\r\nabc)\r\n\
              * 2 FETCH (UID 5 RFC822.SIZE 20 BODY[]<0> {20}\r\nINTERNALDATE NIL )\r\n INTERNALDATE NIL)\r\n# OK done\r\n"
                .to_vec(),
        ),
        Some("UID") => Some(
            b"* 1 FETCH (UID 4 RFC822.SIZE 3 INTERNALDATE NIL FLAGS ())\r\n\
              * 2 FETCH (UID 5 RFC822.SIZE 20 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS ())\r\n# OK done\r\n"
                .to_vec(),
        ),
        _ => None,
    });
    let mut mailbox = server.mailbox().await;
    assert_eq!(mailbox.scan().await.unwrap().messages.len(), 2);
    let haul = mailbox.fetch(&[4, 5], LIMIT).await.unwrap();
    assert_eq!(uids(&haul), [4, 5]);
    assert_eq!(haul.mails[1].bytes, b"INTERNALDATE NIL )\r\n", "what stands in a mail stays as it is");
}

#[tokio::test]
async fn what_is_recent_means_nothing() {
    let server = Quirky::start(|command| match command.split(' ').next() {
        Some("SELECT") => Some(b"* 2 EXISTS\r\n* 2 RECENT\r\n* OK [PERMANENTFLAGS ()] none\r\n* OK [UIDVALIDITY 7] ok\r\n# OK [READ-WRITE] done\r\n".to_vec()),
        Some("UID") => Some(
            b"* 1 FETCH (UID 4 RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS (\\Recent))\r\n\
              * 2 FETCH (UID 5 RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" FLAGS (\\Recent \\Seen))\r\n# OK done\r\n"
                .to_vec(),
        ),
        _ => None,
    });
    let mut mailbox = server.mailbox().await;
    let (once, twice) = (mailbox.scan().await.unwrap(), mailbox.scan().await.unwrap());
    assert!(once == twice && once.messages.len() == 2);
}

#[tokio::test]
async fn a_mail_that_is_listed_and_not_given_is_told() {
    let server = Quirky::start(|command| match command {
        "UID FETCH 10:12 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.262144>)" => Some(WHOLE.to_vec()),
        "UID FETCH 11:12 (UID)" => Some(b"* 2 FETCH (UID 11)\r\n# OK FETCH completed.\r\n".to_vec()),
        _ => None,
    });
    let haul = server.mailbox().await.fetch(&[10, 11, 12], LIMIT).await.unwrap();
    assert_eq!((uids(&haul), haul.withheld), (vec![10], vec![11]), "12 is gone");
}

#[tokio::test]
async fn an_empty_mail_is_withheld_and_no_substitute_is_asked_for() {
    let server = Quirky::on("UID FETCH", b"* 1 FETCH (UID 10 RFC822.SIZE 812 BODY[]<0> \"\")\r\n# OK done\r\n");
    let haul = server.mailbox().await.fetch(&[10], LIMIT).await.unwrap();
    assert_eq!((uids(&haul), haul.withheld), (vec![], vec![10]));
    assert!(!server.heard().iter().any(|command| command.contains(" BODY[")));
}

#[tokio::test]
async fn one_mail_that_cannot_be_had_keeps_no_other_back() {
    for refusal in ["NO [UNAVAILABLE] UID FETCH Server error while fetching messages", "NO [SERVERBUG] no", "BAD cannot fetch"] {
        let server = Quirky::start(move |command| {
            let (from, until) = range(command)?;
            if (from..=until).contains(&37) {
                return Some(format!("# {refusal}\r\n").into_bytes());
            }
            let one = |uid| format!("* 1 FETCH (UID {uid} RFC822.SIZE 3 BODY[]<0> {{3}}\r\nabc)\r\n");
            Some((from..=until).map(one).chain(["# OK done\r\n".to_owned()]).collect::<String>().into_bytes())
        });
        let all: Vec<u32> = (1..=50).collect();
        let mut mailbox = server.mailbox().await;
        let haul = mailbox.fetch(&all, LIMIT).await.unwrap();
        assert_eq!((haul.mails.len(), haul.withheld), (49, vec![37]), "{refusal}");
        let asked = server.heard().iter().filter(|command| command.contains("BODY")).count();
        assert!(asked <= 13, "{asked} commands");
        assert_eq!(mailbox.fetch(&[37], LIMIT).await.unwrap().withheld, [37], "alone too it is a value and no error");
    }
    let dead = Quirky::on("UID FETCH", b"# NO [UNAVAILABLE] Server error while fetching messages\r\n");
    let error = dead.mailbox().await.fetch(&[1, 2, 3], LIMIT).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(60)), "a server that gives nothing at all is asked later");
    let dead = Quirky::on("UID FETCH", b"# BAD no\r\n");
    assert!(matches!(dead.mailbox().await.fetch(&[1, 2, 3], LIMIT).await.unwrap_err(), MailboxError::Protocol { .. }));
}

/// The first and the last UID that a FETCH of mails names.
fn range(command: &str) -> Option<(u32, u32)> {
    let set = command.strip_prefix("UID FETCH ")?.split_once(" (UID RFC822.SIZE")?.0;
    let (from, until) = set.split_once(':').unwrap_or((set, set));
    Some((from.parse().ok()?, until.parse().ok()?))
}

#[tokio::test]
async fn a_large_mail_whose_rest_is_refused_is_withheld() {
    let server = Quirky::start(|command| {
        if command.contains("<0.262144>") {
            let head = "x".repeat(262_144);
            return Some(format!("* 1 FETCH (UID 10 RFC822.SIZE 300000 BODY[]<0> {{262144}}\r\n{head})\r\n# OK done\r\n").into_bytes());
        }
        let reply: &[u8] = if command.contains("BODY") { b"# NO [UNAVAILABLE] no\r\n" } else { b"* 1 FETCH (UID 10)\r\n# OK done\r\n" };
        command.starts_with("UID FETCH").then(|| reply.to_vec())
    });
    let haul = server.mailbox().await.fetch(&[10], LIMIT).await.unwrap();
    assert_eq!((uids(&haul), haul.withheld), (vec![], vec![10]), "half a mail is none");
}

#[tokio::test]
async fn numbers_that_were_not_renumbered_mean_nothing() {
    let reply = b"* 3 EXPUNGE\r\n* 3 FETCH (UID 10 BODY[]<0> {1}\r\na RFC822.SIZE 1)\r\n* 3 FETCH (UID 11 BODY[]<0> {1}\r\nb RFC822.SIZE 1)\r\n# OK done\r\n";
    let haul = Quirky::on("UID FETCH", reply).mailbox().await.fetch(&[10, 11], LIMIT).await.unwrap();
    assert_eq!(haul.mails.iter().map(|mail| (mail.uid, mail.bytes.as_slice())).collect::<Vec<_>>(), [(10, &b"a"[..]), (11, &b"b"[..])]);
}

#[tokio::test]
async fn a_blank_before_the_end_is_read() {
    let reply = b"* 1 FETCH (UID 10 RFC822.SIZE 3 BODY[]<0> {3}\r\nabc )\r\n* 2 FETCH (UID 19436 )\r\n# OK done\r\n";
    assert_eq!(uids(&Quirky::on("UID FETCH", reply).mailbox().await.fetch(&[10], LIMIT).await.unwrap()), [10]);
}

#[tokio::test]
async fn bytes_of_another_time_are_read() {
    let reply =
        b"* OK [ALERT]\xfcberf\xfcllt\r\n* 1 FETCH (UID 10 FLAGS (\\Seen gepr\xfcft) BODY[]<0> {3}\r\n\xfc\x00\xff RFC822.SIZE 3)\r\n# OK [ALERT]\xfc\r\n";
    let haul = Quirky::on("UID FETCH", reply).mailbox().await.fetch(&[10], LIMIT).await.unwrap();
    assert_eq!(haul.mails[0].bytes, b"\xfc\x00\xff", "the mail itself is as it was");
}

#[tokio::test]
async fn flags_that_are_none_hide_no_mail() {
    let server = Quirky::start(|command| match command.split(' ').next() {
        Some("SELECT") => Some(b"* FLAGS (\\Seen \\* ab\"cd x{y)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n# OK [READ-WRITE] done\r\n".to_vec()),
        Some("UID") => Some(
            b"* 1 FETCH (FLAGS (\\Seen ab\"cd) UID 4 RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n\
              * 2 FETCH (FLAGS (x(y) \\Seen  \\Recent) UID 5 RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n\
              * 3 FETCH (FLAGS (a*b \\Deleted) UID 6 RFC822.SIZE 9 INTERNALDATE \"01-Jan-2026 00:00:00 +0000\")\r\n# OK done\r\n"
                .to_vec(),
        ),
        _ => None,
    });
    let scan = server.mailbox().await.scan().await.unwrap();
    assert_eq!(scan.messages.iter().map(|listed| listed.uid).collect::<Vec<_>>(), [4, 5], "what is deleted is still told");
}

#[tokio::test]
async fn a_search_that_finds_nothing_or_is_refused_or_lies_finds_no_copy() {
    let id = MessageId::parse("1@elitige.example").unwrap();
    const OTHER: &[u8] = b"* 2 FETCH (UID 11 BODY[HEADER.FIELDS (MESSAGE-ID)] {39}\r\nMessage-ID: <2@elitige.example>\r\n\r\n\r\n\r\n)\r\n# OK done\r\n";
    const SAME: &[u8] = b"* 2 FETCH (BODY[HEADER.FIELDS (\"Message-Id\")] {37}\r\nMessage-Id: <1@elitige.example>\r\n\r\n\r\n UID 11)\r\n# OK done\r\n";
    for (search, fetch, found) in [
        (&b"# OK done\r\n"[..], SAME, Some(false)),
        (b"* SEARCH\r\n# OK done\r\n", SAME, Some(false)),
        (b"* SEARCH 11 \r\n# OK done\r\n", SAME, Some(true)),
        (b"* SEARCH 11 4 7\r\n# OK done\r\n", OTHER, Some(false)),
        (b"* SEARCH 4\r\n# OK done\r\n", SAME, Some(false)),
        (b"* SEARCH 11\r\n# OK done\r\n", b"# OK done\r\n", Some(false)),
        (b"# NO [CANNOT] not here\r\n", SAME, None),
        (b"# BAD what\r\n", SAME, None),
        (b"* SEARCH 11\r\n# OK done\r\n", b"# NO not that one\r\n", None),
        (b"* SEARCH 99999999999999\r\n# OK done\r\n", SAME, None),
    ] {
        let server = Quirky::start(move |command| match command {
            _ if command.starts_with("UID SEARCH") => Some(search.to_vec()),
            _ if command.starts_with("UID FETCH") => Some(fetch.to_vec()),
            _ => None,
        });
        let mut folder = SentFolder::open(&settings(&server.server)).await.unwrap();
        assert_eq!(folder.holds(&id).await.ok(), found, "{} {}", String::from_utf8_lossy(search), String::from_utf8_lossy(fetch));
    }
}
