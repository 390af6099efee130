//! Mails signed here, then attacked (THREATS T3–T6, T9–T12).

mod attacks;
mod resolver;
mod vouched;

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use std::collections::BTreeMap;

const MAIL: &str = "From: Leila <leila@mail.example.org>\r\nTo: desk@elitige.example\r\nSubject: Colis\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\
    Message-ID: <1@mail.example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour, mon colis manque.\r\n";

const ALL: [&str; 6] = ["From", "To", "Subject", "Date", "Message-ID", "Content-Type"];

/// Later than any moment at which these tests sign.
const NOW: &str = "2099-11-23T10:00:00Z";

/// A key pair that is always the same (RFC 8463 appendix A).
fn key() -> (Ed25519Key, String) {
    let (seed, public) = ("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    let key = Ed25519Key::from_seed_and_public_key(&STANDARD.decode(seed).unwrap(), &STANDARD.decode(public).unwrap()).unwrap();
    (key, format!("v=DKIM1; k=ed25519; p={public}"))
}

/// `mail` under a signature by `domain` over `fields`.
fn signed(mail: &str, domain: &str, fields: &[&str]) -> String {
    let signer = DkimSigner::from_key(key().0).domain(domain).selector("s").headers(fields.iter().copied());
    signer.sign(mail.as_bytes()).unwrap().to_header() + mail
}

/// A zone with our key for each of `signers` and these DMARC records.
fn zone(signers: &[&str], policies: &[(&str, &str)]) -> Authenticator {
    let mut records: BTreeMap<String, Vec<String>> = signers.iter().map(|domain| (format!("s._domainkey.{domain}"), vec![key().1])).collect();
    records.extend(policies.iter().map(|(domain, record)| (format!("_dmarc.{domain}."), vec![(*record).to_owned()])));
    Authenticator::new(Names::Zone(ZoneFile::parse(&serde_json::to_string(&records).unwrap()).unwrap())).unwrap()
}

async fn verdict(authenticator: &Authenticator, mail: &str, from: &str) -> Verdict {
    trusting(authenticator, mail, from, &Trust::default()).await
}

async fn trusting(authenticator: &Authenticator, mail: &str, from: &str, trust: &Trust) -> Verdict {
    authenticator.verdict(mail.as_bytes(), Address::parse(from).ok().as_ref(), trust, Instant::parse(NOW).unwrap()).await
}

async fn leila(authenticator: &Authenticator, mail: &str) -> Verdict {
    verdict(authenticator, mail, "leila@mail.example.org").await
}

const WISH: (&str, &str) = ("mail.example.org", "v=DMARC1; p=reject");

#[tokio::test]
async fn a_mail_signed_by_its_own_domain_is_proven_with_and_without_a_policy() {
    let mail = signed(MAIL, "mail.example.org", &ALL);
    let ground = Ground::Signature { domain: "mail.example.org".to_owned(), key: Key { algorithm: Algorithm::Ed25519, bits: 256 } };
    let proven = Verdict { dkim: Outcome::Pass, dmarc: Outcome::Pass, arc: Outcome::None, author: Author::Proven, ground };
    assert_eq!(leila(&zone(&["mail.example.org"], &[WISH]), &mail).await, proven);
    assert_eq!(leila(&zone(&["mail.example.org"], &[]), &mail).await, Verdict { dmarc: Outcome::None, ..proven });
}

#[tokio::test]
async fn a_file_that_lost_its_carriage_returns_is_verified_as_it_travelled() {
    let mail = signed(MAIL, "mail.example.org", &ALL).replace("\r\n", "\n");
    assert_eq!(leila(&zone(&["mail.example.org"], &[]), &mail).await.author, Author::Proven);
}

#[tokio::test]
async fn without_a_signature_the_policy_decides_between_refuted_and_unknown() {
    for (record, author) in [
        ("v=DMARC1; p=reject", Author::Refuted),
        ("v=DMARC1; p=quarantine", Author::Refuted),
        ("v=DMARC1; p=reject; t=y", Author::Refuted),
        ("v=DMARC1; p=quarantine; t=y", Author::Unknown),
        ("v=DMARC1; p=none", Author::Unknown),
        ("v=spf1 -all", Author::Unknown),
    ] {
        assert_eq!(leila(&zone(&[], &[("mail.example.org", record)]), MAIL).await.author, author, "{record}");
    }
    assert_eq!(leila(&zone(&[], &[("example.org", "v=DMARC1; p=none; sp=reject")]), MAIL).await.author, Author::Refuted);
    assert_eq!(leila(&zone(&[], &[("example.org", "v=DMARC1; p=reject; sp=none")]), MAIL).await.author, Author::Unknown);
    assert_eq!(leila(&zone(&[], &[]), MAIL).await.author, Author::Unknown);
}

#[tokio::test]
async fn another_domain_speaks_for_the_author_only_under_one_organisation() {
    let relaxed = "v=DMARC1; p=reject";
    let strict = "v=DMARC1; p=reject; adkim=s";
    for (signer, from, policies, author) in [
        ("example.org", "leila@mail.example.org", vec![("example.org", relaxed)], Author::Proven),
        ("mail.example.org", "leila@example.org", vec![("example.org", relaxed)], Author::Proven),
        ("a.example.org", "leila@b.example.org", vec![("example.org", relaxed)], Author::Proven),
        ("example.org", "leila@mail.example.org", vec![("example.org", strict)], Author::Refuted),
        ("example.org", "leila@mail.example.org", vec![], Author::Unknown),
        ("evil.org", "leila@mail.example.org", vec![("example.org", relaxed)], Author::Refuted),
        ("notexample.org", "leila@mail.example.org", vec![("example.org", relaxed)], Author::Refuted),
        // A record at a top-level domain makes nobody a relative.
        ("evil.org", "leila@bank.org", vec![("org", relaxed)], Author::Refuted),
        ("org", "leila@bank.org", vec![("org", relaxed)], Author::Refuted),
        // Nor at a public suffix that says what it is.
        ("evil.co.ma", "leila@bank.co.ma", vec![("co.ma", "v=DMARC1; p=reject; psd=y")], Author::Refuted),
        ("a.bank.co.ma", "leila@bank.co.ma", vec![("co.ma", "v=DMARC1; p=reject; psd=y"), ("bank.co.ma", relaxed)], Author::Proven),
        // A domain that is its own organisation is no relative of the one above.
        ("example.org", "leila@own.example.org", vec![("example.org", relaxed), ("own.example.org", "v=DMARC1; p=reject; psd=n")], Author::Refuted),
    ] {
        let mail = signed(&MAIL.replace("leila@mail.example.org", from), signer, &ALL);
        let verdict = verdict(&zone(&[signer], &policies), &mail, from).await;
        assert_eq!((verdict.dkim, verdict.author), (Outcome::Pass, author), "{signer} for {from} under {policies:?}");
    }
}

#[tokio::test]
async fn a_changed_mail_fails_and_is_refuted() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let mail = signed(MAIL, "mail.example.org", &ALL);
    for (old, new) in [("mon colis", "ton colis"), ("Subject: Colis", "Subject: Accord"), ("charset=utf-8", "charset=utf-7"), ("Leila <", "Omar <")] {
        let verdict = leila(&here, &mail.replace(old, new)).await;
        assert_eq!((verdict.dkim, verdict.dmarc, verdict.author), (Outcome::Fail, Outcome::Fail, Author::Refuted), "{old}");
    }
}

#[tokio::test]
async fn a_signature_that_leaves_something_open_proves_nothing() {
    let here = zone(&["mail.example.org"], &[WISH]);
    for missing in ["Subject", "Date", "Message-ID"] {
        let fields: Vec<&str> = ALL.into_iter().filter(|field| *field != missing).collect();
        let verdict = leila(&here, &signed(MAIL, "mail.example.org", &fields)).await;
        assert_eq!((verdict.dkim, verdict.author), (Outcome::Pass, Author::Unknown), "{missing}");
    }
    let without_from = leila(&here, &signed(MAIL, "mail.example.org", &["To", "Subject", "Date", "Message-ID", "Content-Type"])).await;
    assert_eq!((without_from.dkim, without_from.author), (Outcome::PermError, Author::Refuted));
    let signer = DkimSigner::from_key(key().0).domain("mail.example.org").selector("s").headers(ALL).body_length(true);
    let open_end = signer.sign(MAIL.as_bytes()).unwrap().to_header() + MAIL + "P.S. J'accepte.\r\n";
    assert_eq!(leila(&here, &open_end).await.dkim, Outcome::PermError);
}

#[tokio::test]
async fn an_unsigned_content_type_counts_only_where_the_signed_body_leaves_no_choice() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let fields: Vec<&str> = ALL.into_iter().filter(|field| *field != "Content-Type").collect();
    let (head, body) = MAIL.split_once("\r\n\r\n").unwrap();
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\noui\r\n--b\r\nContent-Type: text/html\r\n\r\nnon\r\n--b--\r\n";
    for (kind, body, author) in [
        ("text/plain; charset=utf-8", body, Author::Proven),
        ("text/plain; charset=utf-7", body, Author::Unknown),
        ("text/html; charset=utf-8", body, Author::Unknown),
        ("multipart/alternative; boundary=\"b\"", parts, Author::Proven),
        ("multipart/alternative; boundary=\"c\"", parts, Author::Unknown),
        ("text/plain; charset=utf-8", parts, Author::Unknown),
    ] {
        let head: Vec<&str> = head.split("\r\n").filter(|line| !line.starts_with("Content-Type")).collect();
        let mail = format!("{}\r\nContent-Type: {kind}\r\n\r\n{body}", head.join("\r\n"));
        let verdict = leila(&here, &signed(&mail, "mail.example.org", &fields)).await;
        assert_eq!((verdict.dkim, verdict.author), (Outcome::Pass, author), "{kind} over {}", body.len());
    }
}

#[tokio::test]
async fn fields_put_on_top_of_a_signed_mail_are_noticed() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let mail = signed(MAIL, "mail.example.org", &ALL);
    for field in
        ["Subject: Accord", "From: Leila <leila@mail.example.org>", "subject : Accord", "Content-Type: text/html", "Date: now", "Message-ID: <2@x>", "To: x@y"]
    {
        let verdict = leila(&here, &format!("{field}\r\n{mail}")).await;
        assert_eq!((verdict.dkim, verdict.author), (Outcome::Pass, Author::Unknown), "{field}");
    }
    assert_eq!(leila(&here, &format!("Received: from a by b\r\n{mail}")).await.author, Author::Proven);
}

#[tokio::test]
async fn one_author_and_only_one() {
    let here = zone(&["mail.example.org", "evil.org"], &[WISH]);
    let two = MAIL.replace("Leila <leila@mail.example.org>", "leila@mail.example.org, eve@evil.org");
    assert_eq!(leila(&here, &signed(&two, "mail.example.org", &ALL)).await.author, Author::Unknown);
    let gate_is_shut = here.verdict(signed(MAIL, "mail.example.org", &ALL).as_bytes(), None, &Trust::default(), Instant::parse(NOW).unwrap()).await;
    assert_eq!((gate_is_shut.dmarc, gate_is_shut.author), (Outcome::None, Author::Unknown));
    // The sender that the gate saw is not the one that was signed.
    assert_eq!(verdict(&here, &signed(MAIL, "mail.example.org", &ALL), "omar@mail.example.org").await.author, Author::Unknown);
}

#[tokio::test]
async fn uneven_line_ends_prove_nobody() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let odd = MAIL.replace("Bonjour, ", "Bonjour\r,\r\n.\n");
    assert_ne!(leila(&here, &signed(&odd, "mail.example.org", &ALL)).await.author, Author::Proven);
}

#[tokio::test]
async fn the_given_moment_decides_whether_a_signature_has_ended() {
    let here = zone(&["mail.example.org"], &[]);
    let signer = DkimSigner::from_key(key().0).domain("mail.example.org").selector("s").headers(ALL).expiration(3_600);
    let mail = signer.sign(MAIL.as_bytes()).unwrap().to_header() + MAIL;
    let made = mail.split("; t=").nth(1).and_then(|rest| rest.split(';').next()).and_then(|time| time.trim().parse::<i64>().ok()).unwrap();
    let from = Address::parse("leila@mail.example.org").unwrap();
    for (later, outcome) in [(60, Outcome::Pass), (3_601, Outcome::Fail), (-3_600, Outcome::Pass), (-1_000_000, Outcome::Fail)] {
        let now = Instant::from_micros((made + later) * 1_000_000);
        assert_eq!(here.verdict(mail.as_bytes(), Some(&from), &Trust::default(), now).await.dkim, outcome, "{later}");
    }
}

#[tokio::test]
async fn a_key_that_is_withdrawn_or_an_experiment_proves_nothing() {
    let mail = signed(MAIL, "mail.example.org", &ALL);
    for (change, outcome) in [("; t=y", Outcome::Pass), ("; s=web", Outcome::PermError), ("; h=sha1", Outcome::PermError), ("; p=", Outcome::PermError)] {
        let text = serde_json::json!({ "s._domainkey.mail.example.org": [key().1 + change] }).to_string();
        let here = Authenticator::new(Names::Zone(ZoneFile::parse(&text).unwrap())).unwrap();
        let verdict = leila(&here, &mail).await;
        assert_eq!((verdict.dkim, verdict.author), (outcome, Author::Unknown), "{change}");
    }
    assert_eq!(leila(&zone(&[], &[]), &mail).await.dkim, Outcome::PermError);
}

#[tokio::test]
async fn forged_results_and_chains_are_not_believed() {
    let here = zone(&[], &[]);
    let forged = format!(
        "ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=google.com; s=x; b=AAAA\r\nARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=google.com; \
         s=x; h=from; bh=AAAA; b=AAAA\r\nARC-Authentication-Results: i=1; mx.google.com; dmarc=pass\r\n\
         Authentication-Results: mx.elitige.example; dkim=pass header.d=mail.example.org; dmarc=pass\r\n{MAIL}"
    );
    let verdict = leila(&here, &forged).await;
    assert_eq!((verdict.dkim, verdict.arc, verdict.author), (Outcome::None, Outcome::Fail, Author::Unknown));
}

#[tokio::test]
async fn hostile_headers_end_soon() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let flood = "X-A: b\r\n".repeat(100_000) + MAIL;
    let names = format!("DKIM-Signature: v=1; a=rsa-sha256; d=mail.example.org; s=s; bh=AAAA; b=AAAA; h=from{}\r\n{MAIL}", ":x".repeat(50_000));
    let many = "DKIM-Signature: v=1; a=rsa-sha256; d=mail.example.org; s=s; bh=AAAA; b=AAAA; h=from\r\n".repeat(900) + MAIL;
    let began = std::time::Instant::now();
    for bytes in [flood, names, many, String::new(), "\r\n\r\n".to_owned(), "From".to_owned(), "DKIM-Signature: \0".to_owned()] {
        assert_ne!(leila(&here, &bytes).await.author, Author::Proven);
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
