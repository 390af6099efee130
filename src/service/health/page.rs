//! The pages `/healthz` and `/metrics`: numbers and words of the program, and names of service.toml. No address, subject, case or secret.

use super::findings::Numbers;
use crate::domain::{Finding, Instant};
use serde_json::{Value, json};
use std::fmt::Write;

/// How the service was when it was last looked at.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The numbers.
    pub numbers: Numbers,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Whether all is well, and the page `/healthz`; `None`: nobody has looked yet.
pub fn health(seen: Option<&Seen>) -> (bool, String) {
    let Some(Seen { numbers, findings }) = seen else {
        return (false, "{\"well\":false,\"starting\":true}\n".to_owned());
    };
    let ago = |at: Option<Instant>| at.map(|at| numbers.now.seconds_since(at));
    let until = |at: Option<Instant>| at.map(|at| at.seconds_since(numbers.now));
    let mailboxes: Vec<Value> = numbers
        .mailboxes
        .iter()
        .map(|mailbox| {
            json!({
                "name": mailbox.name,
                "read_seconds_ago": ago(mailbox.read),
                "oldest_unread_seconds": ago(mailbox.oldest_unread),
                "certificate_ends_in_seconds": until(mailbox.certificate),
            })
        })
        .collect();
    let store = numbers.store.as_ref().map(|store| {
        json!({
            "held": store.held,
            "letters": store.letters.iter().map(|(state, count)| ((*state).to_owned(), Value::from(*count))).collect::<serde_json::Map<_, _>>(),
            "letter_due_seconds_ago": ago(store.letter_due),
            "deadline_due_seconds_ago": ago(store.clock_due).filter(|seconds| *seconds > 0),
        })
    });
    let page = json!({
        "well": findings.is_empty(),
        "at": numbers.now.rfc3339(),
        "findings": findings.iter().map(|finding| json!({ "finding": finding.name(), "about": finding.about() })).collect::<Vec<_>>(),
        "mailboxes": mailboxes,
        "smtp_certificate_ends_in_seconds": until(numbers.outgoing_certificate),
        "store": store,
        "disk": numbers.disk.map(|disk| json!({ "free_bytes": disk.free, "bytes": disk.all })),
        "key_readable": numbers.key_readable,
        "clock_drift_seconds": numbers.clock_drift,
        "loops_late": numbers.loops_late,
    });
    (findings.is_empty(), format!("{page}\n"))
}

/// The page `/metrics`, as Prometheus reads it (text format 0.0.4).
pub fn metrics(seen: Option<&Seen>) -> String {
    let mut page = Metrics::default();
    page.head("elitige_well", "1 if nothing is wrong.");
    page.line("elitige_well", &[], u8::from(seen.is_some_and(|seen| seen.findings.is_empty())));
    let Some(Seen { numbers, findings }) = seen else { return page.text };
    page.head("elitige_findings", "What is wrong, by kind.");
    for name in Finding::NAMES {
        page.line("elitige_findings", &[("finding", name)], findings.iter().filter(|finding| finding.name() == name).count());
    }
    let age = |at: Instant| numbers.now.seconds_since(at).max(0);
    let mailboxes = || numbers.mailboxes.iter().map(|mailbox| (mailbox.name.as_str(), mailbox));
    page.head("elitige_mailbox_read_seconds", "Time since the mailbox was last read to its end.");
    for (name, read) in mailboxes().filter_map(|(name, mailbox)| Some((name, mailbox.read?))) {
        page.line("elitige_mailbox_read_seconds", &[("mailbox", name)], age(read));
    }
    page.head("elitige_mailbox_oldest_unread_seconds", "Age of the oldest mail that is not heard; 0 if there is none.");
    for (name, mailbox) in mailboxes() {
        page.line("elitige_mailbox_oldest_unread_seconds", &[("mailbox", name)], mailbox.oldest_unread.map_or(0, age));
    }
    page.head("elitige_certificate_ends_seconds", "Time until the certificate of the server ends.");
    let outgoing = numbers.outgoing_certificate.map(|ends| ("smtp", ends));
    for (name, ends) in mailboxes().filter_map(|(name, mailbox)| Some((name, mailbox.certificate?))).chain(outgoing) {
        page.line("elitige_certificate_ends_seconds", &[("server", name)], ends.seconds_since(numbers.now));
    }
    page.head("elitige_store_answers", "1 if the database answers.");
    page.line("elitige_store_answers", &[], u8::from(numbers.store.is_some()));
    if let Some(store) = &numbers.store {
        page.head("elitige_mails_held", "Mails that wait for a person.");
        page.line("elitige_mails_held", &[], store.held);
        page.head("elitige_letters", "Letters by state, those that are delivered left out.");
        for (state, count) in &store.letters {
            page.line("elitige_letters", &[("state", state)], count);
        }
        page.head("elitige_letter_due_seconds", "Age of the oldest letter that may leave; 0 if there is none.");
        page.line("elitige_letter_due_seconds", &[], store.letter_due.map_or(0, age));
        page.head("elitige_deadline_due_seconds", "By how much the oldest deadline is late; 0 if none is.");
        page.line("elitige_deadline_due_seconds", &[], store.clock_due.map_or(0, age));
    }
    if let Some(disk) = numbers.disk {
        page.head("elitige_disk_free_bytes", "Room on the disk of the database.");
        page.line("elitige_disk_free_bytes", &[], disk.free);
    }
    page.head("elitige_key_readable", "1 if the file of the master key can be read.");
    page.line("elitige_key_readable", &[], u8::from(numbers.key_readable));
    page.head("elitige_clock_drift_seconds", "By how much the clock went otherwise than time did.");
    page.line("elitige_clock_drift_seconds", &[], numbers.clock_drift);
    page.head("elitige_loops_late", "Loops of the daemon that did not tick in time.");
    page.line("elitige_loops_late", &[], numbers.loops_late);
    page.text
}

#[derive(Default)]
struct Metrics {
    text: String,
}

impl Metrics {
    fn head(&mut self, name: &str, help: &str) {
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} gauge");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let labels: Vec<String> = labels.iter().map(|(label, text)| format!("{label}=\"{}\"", escaped(text))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "{name}{labels} {value}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::health::findings::tests::well;

    #[test]
    fn the_pages_say_what_was_seen() {
        let mut seen = Seen { numbers: well(), findings: Vec::new() };
        let (is_well, page) = health(Some(&seen));
        let page: Value = serde_json::from_str(&page).unwrap();
        assert!(is_well && page["well"] == true && page["mailboxes"][0]["read_seconds_ago"] == 0 && page["store"]["letters"]["queued"] == 3, "{page}");
        seen.findings.push(Finding::MailboxUnread { mailbox: "desk \"a\"".to_owned() });
        seen.numbers.mailboxes[0].name = "desk \"a\"\n".to_owned();
        let (is_well, page) = health(Some(&seen));
        let page: Value = serde_json::from_str(&page).unwrap();
        assert!(!is_well && page["findings"][0]["finding"] == "mailbox-unread", "{page}");
        let metrics = metrics(Some(&seen));
        for line in [
            "elitige_well 0",
            "elitige_findings{finding=\"mailbox-unread\"} 1",
            "elitige_findings{finding=\"disk-full\"} 0",
            "elitige_mailbox_read_seconds{mailbox=\"desk \\\"a\\\"\\n\"} 0",
            "elitige_letters{state=\"uncertain\"} 1",
            "elitige_deadline_due_seconds 0",
        ] {
            assert!(metrics.lines().any(|said| said == line), "{line}\n{metrics}");
        }
        assert!(metrics.lines().all(|line| line.starts_with("# ") || line.split_once(['{', ' ']).is_some_and(|(name, _)| name.starts_with("elitige_"))));
    }

    #[test]
    fn before_the_first_look_nothing_is_well() {
        assert!(!health(None).0 && metrics(None).ends_with("elitige_well 0\n"));
    }
}
