//! The line to a real IMAP server is cut after each byte of a dialogue, in either direction (THREATS F36): the mail reaches the archive, and what was
//! fetched of it is whole. Hardly ever it lies there twice, which has no effect (`docs/promises.md`).

use crate::harness::process::is_root;
use crate::harness::{Account, Dovecot, Plan, Proxy, Rule, Then, Way, When};
use elitige::mailbox::{After, Folder, Login, Mailbox, MailboxError, MailboxSettings, MailboxTimeouts, Security};
use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;
use std::time::Duration;

const BOX: &str = "box@elitige.example";
const LIMIT: usize = 1 << 20;
/// One offset in so many is taken; `ELITIGE_CUTS=1` takes every one.
const STEP: u64 = 7;

#[tokio::test]
async fn f36_an_imap_line_cut_anywhere_loses_no_mail() {
    let step = std::env::var("ELITIGE_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(STEP);
    let dovecot = Dovecot::start(&[Account { address: BOX.to_owned(), password: "secret".to_owned() }]);
    let proxy = Proxy::to(dovecot.imap);
    let settings = settings(proxy.port);
    let inbox = dovecot.maildir(BOX);
    // The folder for settled mail is made by the first visit; from the second on the dialogue is always the same.
    for _ in 0..2 {
        arrives(&inbox, 0);
        visit(&settings, 0).await.unwrap();
    }
    let (mut cuts, mut kept, mut twice) = (0, filed(&inbox), 0);
    for way in [Way::ToClient, Way::ToServer] {
        let before = proxy.passed(way);
        arrives(&inbox, 1);
        visit(&settings, 1).await.unwrap();
        let length = proxy.passed(way) - before;
        kept += 1;
        for offset in (0..length).step_by(usize::try_from(step).unwrap()) {
            arrives(&inbox, offset);
            let cut = Rule::new(way, When::Passed(offset), Then::Cut);
            proxy.follow(Plan::of(&cut));
            if let Err(error) = visit(&settings, offset).await {
                assert!(error.is_passing(), "{way:?} {offset}: {error}");
            }
            cuts += usize::from(cut.is_spent());
            proxy.heal();
            visit(&settings, offset).await.unwrap();
            kept += 1;
            // A server that still moves the mail for the line that was cut, while the next visit moves it, leaves a second copy in the archive.
            let copies = filed(&inbox).saturating_sub(kept);
            assert_eq!((waiting(&inbox), filed(&inbox)), (0, kept + copies), "{way:?} {offset}: the mail left the inbox for the archive");
            assert!(copies <= 1, "{way:?} {offset}: {copies} more copies of one mail");
            (kept, twice) = (kept + copies, twice + copies);
        }
    }
    println!("{cuts} cuts of an IMAP dialogue, 0 lost, {twice} filed twice");
    assert!(cuts > 100 && twice <= cuts / 50, "{cuts} cuts, {twice} filed twice");
}

/// Fetches what lies in the inbox and files it; each mail must be the one that was put there.
async fn visit(settings: &MailboxSettings, number: u64) -> Result<(), MailboxError> {
    let mut mailbox = Mailbox::connect(settings).await?;
    let scan = mailbox.scan().await?;
    let uids: Vec<u32> = scan.messages.iter().map(|listed| listed.uid).collect();
    if !uids.is_empty() {
        for fetched in mailbox.fetch(&uids, LIMIT).await?.mails {
            assert_eq!((fetched.whole, fetched.bytes), (true, mail(number)));
        }
        mailbox.file(&uids, Folder::Archive, After::Archive).await?;
    }
    mailbox.logout().await;
    Ok(())
}

fn mail(number: u64) -> Vec<u8> {
    format!("From: leila@courrier.example\r\nSubject: number {number:08}\r\n\r\n{}", "A line of this mail.\r\n".repeat(10)).into_bytes()
}

fn arrives(maildir: &Path, number: u64) {
    for folder in ["tmp", "cur", "new"] {
        fs::create_dir_all(maildir.join(folder)).unwrap();
    }
    for folder in maildir.ancestors().take(2).map(Path::to_owned).chain(["tmp", "cur", "new"].map(|name| maildir.join(name))).filter(|_| is_root()) {
        chown(folder, Some(65_534), Some(65_534)).unwrap();
    }
    let unique = format!("{}.{number}.localhost", std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos());
    fs::write(maildir.join("tmp").join(&unique), mail(number)).unwrap();
    fs::rename(maildir.join("tmp").join(&unique), maildir.join("new").join(&unique)).unwrap();
}

fn waiting(maildir: &Path) -> usize {
    count(&maildir.join("new")) + count(&maildir.join("cur"))
}

fn filed(maildir: &Path) -> usize {
    count(&maildir.join(".Archive/cur")) + count(&maildir.join(".Archive/new"))
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, |entries| entries.flatten().count())
}

fn settings(port: u16) -> MailboxSettings {
    let timeouts = MailboxTimeouts { connect: Duration::from_secs(10), ..MailboxTimeouts::default() };
    MailboxSettings {
        name: "mediation".to_owned(),
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::PlaintextLoopback,
        login: Login::with_password(BOX, "secret"),
        inbox: "INBOX".to_owned(),
        archive: "Archive".to_owned(),
        held: "Held".to_owned(),
        ca_file: None,
        timeouts,
    }
}
