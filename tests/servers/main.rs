//! The same checks on IMAP servers that differ: Dovecot, Cyrus and Courier, with and without MOVE, UIDPLUS and IDLE.

#[path = "../harness/mod.rs"]
mod harness;

mod checks;
mod hand;

use checks::Place;
use harness::{Account, Courier, Cyrus, Dovecot, DovecotOptions};

const DESK: &str = "desk@elitige.example";

/// Plays every check on `place`.
async fn play(place: &Place) {
    macro_rules! play {
        ($($check:ident),+ $(,)?) => {
            $(
                println!("{}: {}", place.name, stringify!($check));
                checks::$check(place).await;
            )+
        };
    }
    play!(
        mails_come_byte_for_byte_and_stay_unread,
        what_is_gone_is_in_neither_list,
        settled_mail_is_filed_and_the_rest_stays,
        held_mail_is_found_in_its_folder_and_leaves_it,
        a_folder_made_anew_has_another_uidvalidity,
        a_folder_that_was_renamed_is_made_once_more,
        a_copy_is_found_by_its_identifier_and_stays_unread,
        new_mail_ends_the_wait,
    );
}

fn dovecot(name: &'static str, capabilities: Option<&str>, moves: bool) -> Place {
    let options = DovecotOptions { capabilities: capabilities.map(str::to_owned), ..DovecotOptions::default() };
    let server = Dovecot::with(&[Account::new(DESK)], &options);
    let account = server.account(DESK).clone();
    Place { name, port: server.imap, user: account.address, password: account.password, prefix: "", moves, _server: Box::new(server) }
}

fn cyrus(name: &'static str, hidden: &str) -> Place {
    let server = Cyrus::start(hidden);
    let (user, password) = (server.user.to_owned(), server.password.to_owned());
    Place { name, port: server.imap, user, password, prefix: "", moves: true, _server: Box::new(server) }
}

fn courier(name: &'static str, capabilities: &str, moves: bool) -> Place {
    let server = Courier::start(capabilities);
    let (user, password) = (server.user.to_owned(), server.password.to_owned());
    Place { name, port: server.imap, user, password, prefix: "INBOX.", moves, _server: Box::new(server) }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_on_dovecot() {
    play(&dovecot("Dovecot", None, true)).await;
    play(&dovecot("Dovecot without MOVE", Some("IMAP4rev1 UIDPLUS IDLE"), true)).await;
    play(&dovecot("Dovecot without anything", Some("IMAP4rev1"), false)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_on_cyrus() {
    play(&cyrus("Cyrus", "")).await;
    play(&cyrus("Cyrus without MOVE and IDLE", "MOVE XMOVE IDLE")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_on_courier() {
    play(&courier("Courier", "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE IDLE", true)).await;
    play(&courier("Courier without UIDPLUS and IDLE", "IMAP4rev1 CHILDREN NAMESPACE", false)).await;
}
