//! The harness itself: persons who write through Postfix, signed, and read what arrives.

use crate::harness::{Account, Dovecot, Person, Postfix, PostfixOptions, Signers, Workshop};
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::{AuthenticatedMessage, MessageAuthenticator, Parameters, ResolverCache, Txt};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// The zone of the test's senders, where a verifier looks before it would ask the DNS.
struct Zone(HashMap<Box<str>, Txt>);

impl ResolverCache<Box<str>, Txt> for Zone {
    fn get<Q: Hash + Eq + ?Sized>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
    {
        self.0.get(name).cloned()
    }

    fn remove<Q: Hash + Eq + ?Sized>(&self, _name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
    {
        None
    }

    fn insert(&self, _name: Box<str>, _value: Txt, _until: Instant) {}
}

/// What a verifier with the senders' zone says of each signature of a mail from a Maildir.
async fn verdicts(mail: &[u8], signers: &Signers) -> Vec<String> {
    let keys = signers.zone().into_iter().filter(|(name, _)| name.contains("_domainkey"));
    let zone = Zone(keys.map(|(name, texts)| (format!("{name}.").into(), DomainKey::parse(texts[0].as_bytes()).unwrap().into())).collect());
    let crlf = String::from_utf8(mail.to_vec()).unwrap().replace('\n', "\r\n").into_bytes();
    let message = AuthenticatedMessage::parse(&crlf).unwrap();
    let verifier = MessageAuthenticator::new_cloudflare().unwrap();
    verifier.verify_dkim(Parameters::new(&message).with_txt_cache(&zone)).await.iter().map(|one| format!("{:?}", one.result())).collect()
}

#[tokio::test]
async fn two_persons_write_to_each_other_and_their_signatures_survive() {
    let dovecot = Dovecot::start(&[Account::new("leila@maison.test"), Account::new("sav@boutique.test")]);
    let postfix = Postfix::start(&dovecot);
    let signers = Signers::new(&["maison.test"]);
    let mut leila = Person::new("Leïla Ben Ali", "leila@maison.test", &dovecot, &postfix, &signers);
    let mut shop = Person::new("Boutique", "sav@boutique.test", &dovecot, &postfix, &signers);
    let id = leila.write("sav+abc@boutique.test", "Commande nº 7 – non reçue, et c'est la troisième fois", "Bonjour,\nوين الطلبية ديالي؟\n");
    let mail = shop.next_mail(Duration::from_secs(10)).await;
    assert_eq!(mail.message_id(), id);
    assert_eq!(mail.subject(), "Commande nº 7 – non reçue, et c'est la troisième fois");
    assert!(mail.text().contains("وين الطلبية ديالي؟"));
    assert_eq!(mail.header("Delivered-To").as_deref(), Some("sav+abc@boutique.test"));
    assert_eq!(verdicts(&mail.bytes, &signers).await, ["Pass"]);
    let forged = String::from_utf8(mail.bytes.clone()).unwrap().replace("To: sav", "To: vas");
    assert_ne!(verdicts(forged.as_bytes(), &signers).await, ["Pass"]);
    shop.reply(&mail, "Elle part demain.");
    let answer = leila.next_mail(Duration::from_secs(10)).await;
    assert!(answer.header("In-Reply-To").unwrap().contains(&id) && answer.text().starts_with("Elle part demain."));
    assert!(answer.header("DKIM-Signature").is_none(), "the shop's domain has no key");
    assert!(leila.next_mail_if(Duration::from_millis(200), |_| true).await.is_none());
    let zone = signers.zone();
    assert!(zone["test._domainkey.maison.test"][0].starts_with("v=DKIM1; k=ed25519; p="));
    assert_eq!(zone["_dmarc.maison.test"], ["v=DMARC1; p=reject"]);
    postfix.wait_until_empty(Duration::from_secs(10));
}

#[tokio::test]
async fn a_mail_that_is_taken_and_cannot_be_delivered_comes_back() {
    let dovecot = Dovecot::start(&[Account::new("leila@maison.test")]);
    let options = PostfixOptions { bouncing: vec!["ghost@maison.test".to_owned()], ..PostfixOptions::default() };
    let postfix = Postfix::with(&dovecot, &options);
    let mut leila = Person::new("Leïla", "leila@maison.test", &dovecot, &postfix, &Signers::default());
    let id = leila.write("ghost@maison.test", "Are you there?", "text");
    let report = leila.next_mail(Duration::from_secs(10)).await;
    assert_eq!(report.header("Return-Path").as_deref(), Some("<>"));
    let raw = String::from_utf8_lossy(&report.bytes).into_owned();
    assert!(raw.contains("message/delivery-status") && raw.contains("Action: failed") && raw.contains(&id), "{raw}");
}

#[tokio::test]
async fn postfix_survives_a_power_failure() {
    let dovecot = Dovecot::start(&[Account::new("leila@maison.test")]);
    let mut postfix = Postfix::start(&dovecot);
    postfix.kill();
    postfix.restart();
    let mut leila = Person::new("Leïla", "leila@maison.test", &dovecot, &postfix, &Signers::default());
    leila.write("leila@maison.test", "to myself", "text");
    leila.next_mail(Duration::from_secs(10)).await;
}

#[test]
fn nothing_is_left_behind() {
    let (dir, port) = {
        let workshop = Workshop::new();
        let dovecot = Dovecot::start(&[Account::new("a@b.test")]);
        assert!(workshop.path().exists());
        (dovecot.dir().to_owned(), dovecot.imap)
    };
    assert!(!dir.exists());
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
}
