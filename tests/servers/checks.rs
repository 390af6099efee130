//! What must hold on every IMAP server, each with folders of its own.

use crate::hand::Hand;
use elitige::domain::MessageId;
use elitige::mailbox::{After, Folder, Haul, Login, Mailbox, MailboxSettings, MailboxTimeouts, Security, SentFolder};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Larger than any mail here.
const LIMIT: usize = 26_214_400;

/// A server with one user, as the checks need it.
pub struct Place {
    /// For people.
    pub name: &'static str,
    pub port: u16,
    pub user: String,
    pub password: String,
    /// What folders are called before their own names.
    pub prefix: &'static str,
    /// Whether mail can be moved, in one way or another; else it is marked and stays.
    pub moves: bool,
    /// What keeps the server running.
    pub _server: Box<dyn Send>,
}

impl Place {
    fn hand(&self) -> Hand {
        Hand::at(self.port, &self.user, &self.password)
    }

    fn folder(&self, check: &str, name: &str) -> String {
        format!("{}{check}-{name}", self.prefix)
    }

    /// A mailbox whose folders are this check's, with an inbox that holds `mails`.
    async fn mailbox(&self, check: &str, mails: &[Vec<u8>]) -> (Mailbox, Hand) {
        let mut hand = self.hand();
        let inbox = self.folder(check, "in");
        hand.says(&format!("CREATE \"{inbox}\""));
        for mail in mails {
            hand.append(&inbox, mail);
        }
        self.again(check).await
    }

    /// The same mailbox over another connection, whatever lies in it.
    async fn again(&self, check: &str) -> (Mailbox, Hand) {
        let settings = self.settings(check);
        (Mailbox::connect(&settings).await.unwrap_or_else(|error| panic!("{}, {check}: {error}", self.name)), self.hand())
    }

    fn settings(&self, check: &str) -> MailboxSettings {
        MailboxSettings {
            name: "test".to_owned(),
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: Security::PlaintextLoopback,
            login: Login::with_password(self.user.as_str(), self.password.as_str()),
            inbox: self.folder(check, "in"),
            archive: self.folder(check, "archive"),
            held: self.folder(check, "held"),
            ca_file: None,
            timeouts: MailboxTimeouts::default(),
        }
    }
}

/// Mails of every kind: short, with lines that look like commands, with bytes of another time, and one that comes in pieces.
fn mails() -> Vec<Vec<u8>> {
    let mail = |subject: &str, body: &[u8]| [format!("From: <leila@courrier.example>\r\nSubject: {subject}\r\n\r\n").as_bytes(), body].concat();
    vec![
        mail("short", b"hello\r\n"),
        mail("commands", b".\r\n* 1 FETCH (UID 9)\r\nA0001 OK {5}\r\n\r\n)\r\n"),
        mail("bytes", b"r\xe9clamation \xfc\xff\r\n"),
        mail("large", &b"a line of a long mail, and one more after it\r\n".repeat(15_000)),
    ]
}

async fn uids(mailbox: &mut Mailbox) -> Vec<u32> {
    mailbox.scan().await.unwrap().messages.iter().map(|listed| listed.uid).collect()
}

pub async fn mails_come_byte_for_byte_and_stay_unread(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("fetch", &mails()).await;
    let scan = mailbox.scan().await.unwrap();
    let (sizes, real): (Vec<usize>, Vec<usize>) = (scan.messages.iter().map(|listed| listed.size as usize).collect(), mails().iter().map(Vec::len).collect());
    assert_eq!(sizes, real, "{}", place.name);
    let all: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    let haul = mailbox.fetch(&all, LIMIT).await.unwrap();
    assert!(haul.withheld.is_empty() && haul.mails.iter().all(|mail| mail.whole), "{}: {haul:?}", place.name);
    assert!(haul.mails.iter().map(|mail| &mail.bytes).eq(mails().iter()), "{}", place.name);
    let cut = mailbox.fetch(&all[3..], 300_000).await.unwrap().mails;
    assert!(!cut[0].whole && mails()[3].starts_with(&cut[0].bytes), "{}", place.name);
    hand.says(&format!("SELECT \"{}\"", place.folder("fetch", "in")));
    assert!(!hand.says("FETCH 1:* (FLAGS)").concat().contains("\\Seen"), "{}", place.name);
}

pub async fn what_is_gone_is_in_neither_list(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("gone", &mails()[..3]).await;
    let all = uids(&mut mailbox).await;
    hand.says(&format!("SELECT \"{}\"", place.folder("gone", "in")));
    hand.says("STORE 2 +FLAGS (\\Deleted)");
    assert_eq!(uids(&mut mailbox).await, [all[0], all[2]], "{}: what is marked as deleted is not listed", place.name);
    hand.says("EXPUNGE");
    // Until it opens the folder anew a client may be shown what is gone (RFC 2180).
    assert_eq!(uids(&mut mailbox).await, [all[0], all[2]], "{}", place.name);
    let haul = mailbox.fetch(&all, LIMIT).await.unwrap();
    assert_eq!((haul.mails.len(), haul.withheld), (2, vec![]), "{}", place.name);
    assert_eq!(mailbox.fetch(&[4_000_000_000], LIMIT).await.unwrap(), Haul::default(), "{}", place.name);
}

pub async fn settled_mail_is_filed_and_the_rest_stays(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("file", &mails()).await;
    let all = uids(&mut mailbox).await;
    mailbox.file(&all[..2], Folder::Archive, After::Archive).await.unwrap();
    mailbox.file(&all[..2], Folder::Archive, After::Archive).await.unwrap();
    let (inbox, archive) = (place.folder("file", "in"), place.folder("file", "archive"));
    let expected = if place.moves { (2, 2) } else { (4, 0) };
    assert_eq!((hand.count(&inbox), hand.count(&archive)), expected, "{}", place.name);
    mailbox.file(&all[2..3], Folder::Archive, After::Delete).await.unwrap();
    assert!(!uids(&mut mailbox).await.contains(&all[2]), "{}", place.name);
    mailbox.file(&all[3..], Folder::Archive, After::Keep).await.unwrap();
    assert!(uids(&mut mailbox).await.contains(&all[3]), "{}", place.name);
}

pub async fn held_mail_is_found_in_its_folder_and_leaves_it(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("hold", &mails()[..2]).await;
    let all = uids(&mut mailbox).await;
    mailbox.file(&all, Folder::Held, After::Archive).await.unwrap();
    let held = mailbox.scan_held().await.unwrap();
    if !place.moves {
        assert!(held.is_empty(), "{}", place.name);
        return;
    }
    let held: Vec<u32> = held.iter().map(|listed| listed.uid).collect();
    let found = mailbox.fetch(&held, LIMIT).await.unwrap().mails;
    assert!(found.iter().map(|mail| &mail.bytes).eq(mails()[..2].iter()), "{}", place.name);
    mailbox.file(&held[..1], Folder::Archive, After::Archive).await.unwrap();
    assert_eq!((hand.count(&place.folder("hold", "held")), hand.count(&place.folder("hold", "archive"))), (1, 1), "{}", place.name);
    assert!(uids(&mut mailbox).await.is_empty(), "{}: the inbox is open again", place.name);
}

pub async fn a_folder_made_anew_has_another_uidvalidity(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("anew", &mails()[..1]).await;
    let before = mailbox.scan().await.unwrap();
    // Some servers count seconds.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let inbox = place.folder("anew", "in");
    hand.says(&format!("DELETE \"{inbox}\""));
    hand.says(&format!("CREATE \"{inbox}\""));
    hand.append(&inbox, &mails()[1]);
    let after = match mailbox.scan().await {
        Ok(after) => after,
        // Some servers hang up on whoever had it open.
        Err(error) => {
            assert!(error.is_passing(), "{}: {error}", place.name);
            let (mut mailbox, _) = place.again("anew").await;
            mailbox.scan().await.unwrap()
        }
    };
    assert_ne!(before.uid_validity, after.uid_validity, "{}", place.name);
    assert_eq!(after.messages.len(), 1, "{}", place.name);
}

pub async fn a_folder_that_was_renamed_is_made_once_more(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("renamed", &mails()[..2]).await;
    let all = uids(&mut mailbox).await;
    mailbox.file(&all[..1], Folder::Archive, After::Archive).await.unwrap();
    let (archive, old) = (place.folder("renamed", "archive"), place.folder("renamed", "old"));
    hand.says(&format!("RENAME \"{archive}\" \"{old}\""));
    mailbox.file(&all[1..], Folder::Archive, After::Archive).await.unwrap();
    if place.moves {
        assert_eq!((hand.count(&old), hand.count(&archive)), (1, 1), "{}", place.name);
    }
}

pub async fn a_copy_is_found_by_its_identifier_and_stays_unread(place: &Place) {
    let copy = |id: &str| format!("From: <desk@elitige.example>\r\nMessage-ID:{id}\r\nReferences: <5@elitige.example>\r\n\r\nx\r\n").into_bytes();
    let copies = [copy(" <1@elitige.example>"), copy("\r\n <22.abc-DEF=@elitige.example>"), copy(" <x3@elitige.example.org>"), copy(" <4@elitige.example>")];
    let (_, mut hand) = place.mailbox("copies", &copies).await;
    let mut folder = SentFolder::open(&place.settings("copies")).await.unwrap_or_else(|error| panic!("{}: {error}", place.name));
    assert_eq!(folder.count(), 4, "{}", place.name);
    for (id, there) in [("1", true), ("22.abc-DEF=", true), ("3", false), ("4", true), ("5", false), ("6", false)] {
        let id = MessageId::parse(&format!("{id}@elitige.example")).unwrap();
        assert_eq!(folder.holds(&id).await.unwrap(), there, "{} {id:?} {there}", place.name);
    }
    folder.logout().await;
    hand.says(&format!("SELECT \"{}\"", place.folder("copies", "in")));
    assert!(!hand.says("FETCH 1:* (FLAGS)").concat().contains("\\Seen"), "{}", place.name);
    let missing = MailboxSettings { inbox: place.folder("copies", "nowhere"), ..place.settings("copies") };
    let error = SentFolder::open(&missing).await.unwrap_err();
    assert!(error.to_string().contains("check its name") && hand.says(&format!("LIST \"\" \"{}\"", missing.inbox)).is_empty(), "{}: {error}", place.name);
}

pub async fn new_mail_ends_the_wait(place: &Place) {
    let (mut mailbox, mut hand) = place.mailbox("wait", &[]).await;
    assert!(uids(&mut mailbox).await.is_empty());
    let inbox = place.folder("wait", "in");
    let idles = mailbox.offers("IDLE");
    let came = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        hand.append(&inbox, &mails()[0]);
    });
    let began = Instant::now();
    let at_most = if idles { Duration::from_secs(600) } else { Duration::from_secs(2) };
    mailbox.wait(at_most, &CancellationToken::new()).await.unwrap();
    came.join().unwrap();
    assert!(began.elapsed() < Duration::from_secs(120), "{}", place.name);
    assert_eq!(uids(&mut mailbox).await.len(), 1, "{}", place.name);
}
