//! Name servers that answer, refuse, keep silent, or send whoever asks round in circles.

use super::*;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::Mutex;

/// What a name server says of a name; it knows no other.
enum Says {
    Texts(Vec<String>),
    Alias(&'static str),
    Code(u8),
    Nothing,
}

/// How often each name was asked for.
type Asked = Arc<Mutex<HashMap<String, usize>>>;

const KEY: &str = "s._domainkey.mail.example.org";
const POLICY: &str = "_dmarc.mail.example.org";

/// A name server on loopback, over UDP and TCP; its records live for `seconds`.
fn name_server(records: Vec<(&'static str, Says)>, seconds: u8) -> (Authenticator, Asked) {
    let (udp, tcp) = loop {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()) {
            break (udp, tcp);
        }
    };
    let (address, records, asked): (SocketAddr, _, Asked) = (udp.local_addr().unwrap(), Arc::new(records), Asked::default());
    let (same, noted) = (Arc::clone(&records), Arc::clone(&asked));
    std::thread::spawn(move || {
        let mut packet = [0; 1_500];
        while let Ok((length, asker)) = udp.recv_from(&mut packet) {
            if let Some(answer) = answer(&same, &packet[..length], seconds, &noted) {
                // What is too large for a datagram is asked for over TCP.
                let cut = if answer.len() > 1_200 {
                    [&answer[..2], &[0x83, 0x80, 0, 1, 0, 0, 0, 0, 0, 0], &packet[12..end_of_question(&packet)]].concat()
                } else {
                    answer
                };
                udp.send_to(&cut, asker).unwrap();
            }
        }
    });
    std::thread::spawn(move || {
        for mut stream in tcp.incoming().flatten() {
            let mut length = [0; 2];
            while stream.read_exact(&mut length).is_ok() {
                let mut packet = vec![0; usize::from(u16::from_be_bytes(length))];
                stream.read_exact(&mut packet).unwrap();
                let Some(answer) = answer(&records, &packet, seconds, &Asked::default()) else { continue };
                stream.write_all(&[&u16::try_from(answer.len()).unwrap().to_be_bytes()[..], &answer].concat()).unwrap();
            }
        }
    });
    (Authenticator::new(Names::Server(address)).unwrap(), asked)
}

fn end_of_question(packet: &[u8]) -> usize {
    12 + packet[12..].iter().position(|byte| *byte == 0).unwrap() + 5
}

fn answer(records: &[(&'static str, Says)], packet: &[u8], seconds: u8, asked: &Asked) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    while packet[at] != 0 {
        let next = at + 1 + usize::from(packet[at]);
        labels.push(String::from_utf8_lossy(&packet[at + 1..next]).to_lowercase());
        at = next;
    }
    let name = labels.join(".");
    *asked.lock().unwrap().entry(name.clone()).or_default() += 1;
    let (code, answers): (u8, Vec<(u8, Vec<u8>)>) = match records.iter().find(|(known, _)| *known == name).map(|(_, says)| says) {
        None => (3, Vec::new()),
        Some(Says::Nothing) => return None,
        Some(Says::Code(code)) => (*code, Vec::new()),
        Some(Says::Alias(other)) => {
            let labels = other.split('.').flat_map(|label| [&[u8::try_from(label.len()).unwrap()], label.as_bytes()].concat());
            (0, vec![(5, labels.chain([0]).collect())])
        }
        Some(Says::Texts(texts)) => {
            let strings = |text: &String| text.as_bytes().chunks(255).flat_map(|part| [&[u8::try_from(part.len()).unwrap()], part].concat()).collect();
            (0, texts.iter().map(|text| (16, strings(text))).collect())
        }
    };
    let mut answer = [&packet[..2], &[0x81, 0x80 | code, 0, 1], &u16::try_from(answers.len()).unwrap().to_be_bytes(), &[0, 0, 0, 0]].concat();
    answer.extend(&packet[12..end_of_question(packet)]);
    for (kind, data) in answers {
        answer.extend([0xC0, 12, 0, kind, 0, 1, 0, 0, 0, seconds]);
        answer.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        answer.extend(data);
    }
    Some(answer)
}

fn ours() -> Says {
    Says::Texts(vec![key().1])
}

fn wish() -> Says {
    Says::Texts(vec!["v=DMARC1; p=reject".to_owned()])
}

fn flaw(verdict: &Verdict) -> Option<Flaw> {
    match &verdict.ground {
        Ground::Nothing { flaw, .. } => Some(*flaw),
        _ => None,
    }
}

#[tokio::test]
async fn a_record_is_asked_for_once_even_if_it_lives_for_no_time_and_so_is_one_that_is_not_there() {
    let (here, asked) = name_server(vec![(KEY, ours()), (POLICY, wish())], 0);
    let mail = signed(MAIL, "mail.example.org", &ALL);
    for _ in 0..3 {
        assert_eq!(leila(&here, &mail).await.author, Author::Proven);
    }
    let asked = asked.lock().unwrap();
    assert_eq!((asked.get(KEY), asked.get(POLICY), asked.get("_dmarc.example.org")), (Some(&1), Some(&1), Some(&1)), "{asked:?}");
}

#[tokio::test]
async fn a_name_that_is_not_there_a_server_that_fails_and_one_that_is_silent_are_told_apart() {
    let mail = signed(MAIL, "mail.example.org", &ALL);
    for (key, outcome, author, expected) in [
        (None, Outcome::PermError, Author::Refuted, Flaw::KeyMissing),
        (Some(Says::Code(2)), Outcome::TempError, Author::Unknown, Flaw::NameServer),
        (Some(Says::Code(5)), Outcome::TempError, Author::Unknown, Flaw::NameServer),
        (Some(Says::Nothing), Outcome::TempError, Author::Unknown, Flaw::NameServerSilent),
    ] {
        let records = key.map(|key| (KEY, key)).into_iter().chain([(POLICY, wish())]).collect();
        let verdict = leila(&name_server(records, 60).0, &mail).await;
        assert_eq!((verdict.dkim, verdict.author, flaw(&verdict)), (outcome, author, Some(expected)), "{}", verdict.sentence());
    }
    let (here, _) = name_server(vec![(KEY, ours()), (POLICY, Says::Code(2)), ("_dmarc.example.org", wish())], 60);
    let forged = leila(&here, MAIL).await;
    assert_eq!((forged.dmarc, forged.author, flaw(&forged)), (Outcome::TempError, Author::Unknown, Some(Flaw::NameServer)), "no wish is read further up");
    let dead = Authenticator::new(Names::Server(SocketAddr::from(([127, 0, 0, 1], 9)))).unwrap();
    let verdict = leila(&dead, &mail).await;
    assert_eq!((verdict.dkim, verdict.dmarc, verdict.author), (Outcome::TempError, Outcome::TempError, Author::Unknown));
}

#[tokio::test]
async fn aliases_are_followed_and_a_circle_of_them_is_left() {
    let mail = signed(MAIL, "mail.example.org", &ALL);
    let (here, _) = name_server(vec![(KEY, Says::Alias("keys.example.net")), ("keys.example.net", ours()), (POLICY, wish())], 60);
    assert_eq!(leila(&here, &mail).await.author, Author::Proven);
    let (circle, asked) = name_server(vec![(KEY, Says::Alias("a.example.net")), ("a.example.net", Says::Alias(KEY)), (POLICY, wish())], 60);
    let verdict = leila(&circle, &mail).await;
    assert!(!verdict.author.is_authenticated(), "{}", verdict.sentence());
    let asked = asked.lock().unwrap().values().sum::<usize>();
    assert!(asked < 40, "{asked} queries");
}

#[tokio::test]
async fn of_giant_and_countless_records_only_so_much_is_looked_at() {
    let mail = signed(MAIL, "mail.example.org", &ALL);
    let padded = |length: usize| Says::Texts(vec![format!("{}; n={}", key().1, "x".repeat(length))]);
    let many = |count: usize| Says::Texts((0..count).map(|number| format!("v=spf{number}")).chain([key().1]).collect());
    for (what, records, author) in [
        ("as long as keys are", padded(2_000), Author::Proven),
        ("longer than any key", padded(20_000), Author::Unknown),
        ("among a few others", many(10), Author::Proven),
        ("among countless others", many(2_000), Author::Unknown),
    ] {
        let verdict = leila(&name_server(vec![(KEY, records)], 60).0, &mail).await;
        assert_eq!(verdict.author, author, "{what}: {}", verdict.sentence());
    }
}
