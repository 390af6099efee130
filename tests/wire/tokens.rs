//! Logins by access token (RFC 7628 and XOAUTH2) at a real Dovecot and a real Postfix.

use crate::harness::issuer::{Grant, Reply, token};
use crate::harness::{Account, Dovecot, Issuer, Postfix, Scripted};
use crate::imap::{DESK, settings};
use crate::smtp::{LEILA, letter};
use elitige::mailbox::{Ask, Login, Mailbox, MailboxError, MailboxSettings, NoToken, Secret, SentFolder, Tokens};
use elitige::oauth::{self, TokenError, TokenServer};
use elitige::smtp::{Attempt, Courier, Security, SmtpError, SmtpSettings};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A login whose keeper gives these tokens, one after the other and the last one for ever; and what the keeper was asked: which tokens were refused.
fn login(tokens: &[&str]) -> (Login, Arc<Mutex<Vec<Option<String>>>>) {
    let (keeper, mut asked) = Tokens::new();
    let (questions, tokens): (Arc<Mutex<Vec<_>>>, Vec<String>) = (Arc::default(), tokens.iter().map(|token| (*token).to_owned()).collect());
    let noted = Arc::clone(&questions);
    tokio::spawn(async move {
        while let Some(Ask { refused, answer }) = asked.recv().await {
            let number = noted.lock().unwrap().len();
            noted.lock().unwrap().push(refused.map(|token| token.expose_secret().to_owned()));
            let token = tokens.get(number).or(tokens.last());
            let none = NoToken { sentence: "[oauth.test]: there is none".to_owned(), needs_person: true, after: Duration::from_secs(7) };
            let _ = answer.send(token.map(|token| SecretString::from(token.as_str())).ok_or(none));
        }
    });
    (Login { user: DESK.to_owned(), secret: Secret::Tokens(keeper) }, questions)
}

fn servers(issuer: &Issuer, mechanisms: &str) -> (Dovecot, Postfix) {
    let dovecot = Dovecot::with(&[Account::new(DESK), Account::new(LEILA)], &issuer.dovecot(mechanisms));
    let postfix = Postfix::start(&dovecot);
    (dovecot, postfix)
}

fn sending(dovecot: &Dovecot, postfix: &Postfix, login: Login) -> SmtpSettings {
    let ca_file = Some(dovecot.certificate.authority.clone());
    SmtpSettings { security: Security::Implicit, ca_file, login: Some(login), ..crate::smtp::settings(postfix.smtps) }
}

#[tokio::test]
async fn both_mechanisms_open_a_mailbox_and_hand_a_letter_in() {
    let issuer = Issuer::start();
    for mechanisms in ["xoauth2", "oauthbearer", "xoauth2 oauthbearer"] {
        let (dovecot, postfix) = servers(&issuer, mechanisms);
        let (by_token, asked) = login(&[&token(DESK, 600)]);
        let imap = MailboxSettings { login: by_token.clone(), ..settings(&dovecot) };
        for security in [Security::Implicit, Security::StartTls] {
            let port = if security == Security::Implicit { dovecot.imaps } else { dovecot.imap };
            let opened = Mailbox::connect(&MailboxSettings { security, port, ..imap.clone() }).await;
            let mut mailbox = opened.unwrap_or_else(|error| panic!("{error}: {}", dovecot.log()));
            assert!(mailbox.scan().await.unwrap().messages.is_empty());
            mailbox.logout().await;
        }
        SentFolder::open(&imap).await.unwrap().logout().await;
        for (security, port) in [(Security::Implicit, postfix.smtps), (Security::StartTls, postfix.smtp)] {
            let mut courier = Courier::connect(&SmtpSettings { security, port, ..sending(&dovecot, &postfix, by_token.clone()) }).await.unwrap();
            assert_eq!(courier.send(&letter(LEILA, b"x\r\n"), || async { true }).await, Attempt::Delivered { code: 250 });
            courier.quit().await;
        }
        assert_eq!(*asked.lock().unwrap(), vec![None; 5], "{mechanisms}");
        let (used, log) = (if mechanisms.contains("oauthbearer") { "OAUTHBEARER" } else { "XOAUTH2" }, dovecot.log());
        assert!(log.contains(&format!("method={used}")), "{used}: {log}");
        let sasl = format!("sasl_method={used}, sasl_username={DESK}");
        assert!(postfix.log().contains(&sasl), "{sasl}: {}", postfix.log());
    }
}

#[tokio::test]
async fn a_token_that_ended_is_replaced_once_and_the_reasons_of_the_server_are_answered() {
    let issuer = Issuer::start();
    for mechanisms in ["xoauth2", "oauthbearer"] {
        let (dovecot, postfix) = servers(&issuer, mechanisms);
        let (ended, good) = (token(DESK, 0), token(DESK, 600));
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        let (twice, asked) = login(&[&ended, &good, &ended, &good]);
        let imap = MailboxSettings { login: twice.clone(), ..settings(&dovecot) };
        Mailbox::connect(&imap).await.unwrap().logout().await;
        Courier::connect(&sending(&dovecot, &postfix, twice)).await.unwrap().quit().await;
        assert_eq!(*asked.lock().unwrap(), [None, Some(ended.clone()), None, Some(ended.clone())]);
        let (never, asked) = login(&[&ended]);
        let error = Mailbox::connect(&MailboxSettings { login: never.clone(), ..imap }).await.unwrap_err();
        assert!(matches!(error, MailboxError::Token { .. }) && !error.is_passing() && error.retry_after() == Some(Duration::from_secs(300)), "{error}");
        let error = Courier::connect(&sending(&dovecot, &postfix, never)).await.unwrap_err();
        assert!(matches!(error, SmtpError::Token { code: 535, .. }) && error.retry_after() == Some(Duration::from_secs(300)), "{error}");
        assert_eq!(asked.lock().unwrap().len(), 4, "once each time");
        assert!(!error.to_string().contains(&ended));
    }
}

#[tokio::test]
async fn a_server_that_takes_no_tokens_is_named_and_shown_none() {
    let dovecot = Dovecot::start(&[Account::new(DESK), Account::new(LEILA)]);
    let postfix = Postfix::start(&dovecot);
    let (by_token, _) = login(&["a-token-for-nobody"]);
    let error = Mailbox::connect(&MailboxSettings { login: by_token.clone(), ..settings(&dovecot) }).await.unwrap_err();
    assert!(matches!(error, MailboxError::TakesNoTokens { .. }) && error.to_string().contains("`mediation`"), "{error}");
    let error = Courier::connect(&sending(&dovecot, &postfix, by_token)).await.unwrap_err();
    assert!(matches!(error, SmtpError::TakesNoTokens { .. }), "{error}");
    let (nobody, _) = login(&[]);
    let error = Mailbox::connect(&MailboxSettings { login: nobody, ..settings(&dovecot) }).await.unwrap_err();
    assert_eq!((error.to_string().as_str(), error.retry_after()), ("mailbox `mediation`: [oauth.test]: there is none", Some(Duration::from_secs(7))));
}

#[tokio::test]
async fn what_servers_say_in_the_middle_of_a_login_is_no_success() {
    for (then, code) in [("535 5.7.8 no\r\n", 535), ("235 2.7.0 welcome\r\n", 0), ("334 \r\n", 0), ("454 4.7.0 later\r\n", 454)] {
        let server = Scripted::start(move |peer, _| {
            peer.say("220 here\r\n");
            while let Some(line) = peer.line() {
                match line.split(' ').next().unwrap_or_default() {
                    "EHLO" => peer.say("250-here\r\n250 AUTH XOAUTH2\r\n"),
                    "AUTH" => peer.say("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n"),
                    "" => peer.say(then),
                    _ => peer.say("250 fine\r\n"),
                }
            }
        });
        let (by_token, _) = login(&["a-token"]);
        let error = Courier::connect(&SmtpSettings { login: Some(by_token), ..crate::smtp::settings(server.port) }).await.unwrap_err();
        assert!(matches!(error, SmtpError::Token { code: said, .. } if said == code), "{then}: {error:?}");
    }
}

#[tokio::test]
async fn an_endpoint_is_believed_only_as_far_as_the_standard_goes() {
    let issuer = Issuer::start();
    let server = |ca_file| TokenServer {
        host: "localhost".to_owned(),
        port: issuer.port,
        path: "/token".to_owned(),
        ca_file,
        client: "elitige".to_owned(),
        scope: None,
    };
    let (trusting, refresh) = (server(Some(issuer.certificate.authority.clone())), SecretString::from(issuer.authorize(DESK)));
    let limit = Duration::from_secs(2);
    let ask = async || oauth::ask(&trusting, None, oauth::Grant::Refresh(&refresh), limit).await;
    assert_eq!(ask().await.unwrap().lasts, Some(Duration::from_secs(3_600)));
    let unverified = oauth::ask(&server(None), None, oauth::Grant::Refresh(&refresh), limit).await.unwrap_err();
    assert!(matches!(unverified, TokenError::Connection(_)) && unverified.needs_person(), "{unverified}");
    assert_eq!(issuer.asked(), 1, "nothing was said to whom nobody trusts");
    let whole = |head: &str, body: &str| Reply::Raw(format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
    let good = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}";
    for (reply, status) in [
        (whole("302 Found\r\nLocation: https://localhost/", good), 302),
        (whole("200 OK", "<html>"), 200),
        (whole("200 OK", &format!("{good}{}", " ".repeat(70_000))), 200),
        (Reply::Raw(format!("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{good}")), 200),
        (Reply::Raw(format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n{good}", "x".repeat(100_000))), 0),
        (Reply::Raw("220 mail.example ESMTP\r\n".to_owned()), 0),
        (Reply::Raw(String::new()), 0),
    ] {
        issuer.state().next.push_back(reply.clone());
        let error = ask().await.unwrap_err();
        assert!(matches!(error, TokenError::Strange { status: said, .. } if said == status) && !error.needs_person(), "{reply:?}: {error:?}");
    }
    issuer.state().next.push_back(whole("429 Slow Down\r\nRetry-After: 11", ""));
    assert_eq!(ask().await.unwrap_err().retry_after(), Some(Duration::from_secs(11)));
    issuer.state().next.push_back(Reply::Late(Duration::from_secs(4), Grant::lasting(9)));
    assert!(matches!(ask().await.unwrap_err(), TokenError::TimedOut { .. }));
    issuer.state().good.clear();
    let withdrawn = ask().await.unwrap_err();
    assert!(matches!(withdrawn, TokenError::Withdrawn { .. }) && !withdrawn.to_string().contains("1//"), "{withdrawn}");
}
