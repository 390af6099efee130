//! Letters that the service signs itself prove to any receiver whose they are, and a changed one proves nothing.

use crate::daemon::program;
use crate::ground::*;
use crate::harness::town::DESK;
use crate::harness::{Daemon, Town};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use elitige::authenticate::{Authenticator, Names, Outcome, Trust, Verdict, ZoneFile};
use elitige::domain::{Address, Instant};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// A new private key at `path`; gives what the DNS says of its public half.
fn key(path: &Path, algorithm: &[&str], name: &str) -> String {
    let run = |arguments: &[&str]| {
        let done = Command::new("openssl").args(arguments).output().expect("openssl must be installed: apt-get install openssl");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    };
    let file = path.to_str().unwrap();
    run(&[&["genpkey", "-out", file], algorithm].concat());
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
    let public = run(&["pkey", "-in", file, "-pubout", "-outform", "DER"]);
    // Of an Ed25519 key the DNS has the key alone (RFC 8463 §4.2).
    let public = if name == "ed25519" { &public[public.len() - 32..] } else { &public[..] };
    format!("v=DKIM1; k={name}; p={}", STANDARD.encode(public))
}

async fn judged(zone: &str, bytes: &[u8]) -> Verdict {
    let authenticator = Authenticator::new(Names::Zone(ZoneFile::parse(zone).unwrap())).unwrap();
    let now = Instant::from_micros(i64::try_from(std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_micros()).unwrap());
    authenticator.verdict(bytes, Some(&Address::parse(DESK).unwrap()), &Trust::default(), now).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_proves_whose_it_is_and_a_changed_one_proves_nothing() {
    for (name, algorithm) in [("rsa", &["-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048"][..]), ("ed25519", &["-algorithm", "ed25519"])] {
        let folder = tempfile::tempdir().unwrap();
        let town = Town::start(folder.path(), &people());
        let path = folder.path().join("dkim.pem");
        let record = key(&path, algorithm, name);
        let domain = DESK.split('@').nth(1).unwrap();
        let zone = serde_json::json!({ format!("elitige1._domainkey.{domain}"): [record], format!("_dmarc.{domain}"): ["v=DMARC1; p=reject"] }).to_string();
        edit(&town, |text| format!("{text}\n[[dkim]]\ndomain = \"{domain}\"\nselector = \"elitige1\"\nkey_file = \"{}\"\n", path.display()));
        town.initialise(program());
        let mut daemon = Daemon::start(program(), &town);
        person(&town, LEILA).send_raw(DESK, &complaint(LEILA, DESK, &[]));
        let letter = person(&town, LEILA).next_mail(PATIENCE).await;
        daemon.stop();
        // The Maildir keeps LF only.
        let text = String::from_utf8(letter.bytes).unwrap().replace("\r\n", "\n").replace('\n', "\r\n");
        assert!(text.contains(&format!("a={name}-sha256")) && text.lines().all(|line| line.len() < 998), "{text}");
        let verdict = judged(&zone, text.as_bytes()).await;
        assert_eq!((verdict.dkim, verdict.dmarc), (Outcome::Pass, Outcome::Pass), "{name}: {text}");
        let changed = |from: &str, to: &str| {
            assert!(text.contains(from), "{from}: {text}");
            text.replacen(from, to, 1)
        };
        let further = changed("DKIM-Signature:", "Reply-To: eve@ailleurs.example\r\nDKIM-Signature:");
        for forged in [changed("EL-", "EM-"), changed("\r\n\r\n", "\r\n\r\nx"), further, format!("{text}more\r\n")] {
            assert_eq!(judged(&zone, forged.as_bytes()).await.dkim, Outcome::Fail, "{name}: {forged}");
        }
    }
}
