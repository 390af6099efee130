//! Notices in prose: whom they are about, and whether for good.

use super::address::{ADDRESS, looks_like_identifier};
use super::original::{after_notice, written_to};
use super::{MOST, Material, SEARCHED, code};
use crate::domain::Address;
use crate::letter::content::clip;
use crate::letter::fold::fold;
use crate::letter::headers::RawHeaders;
use crate::letter::{BouncedRecipient, Kind};

/// An address in the notice.
struct Found {
    address: String,
    /// Line of the notice.
    line: usize,
    /// Whether it stands where notices put those that they are about.
    leads: bool,
    /// Whether it is the sender's or the reader's own.
    own: bool,
}

/// What a report in prose says of each recipient.
pub(super) fn recipients(material: &Material<'_>, kind: Kind) -> Vec<BouncedRecipient> {
    let notice = notice_of(clip(material.text, SEARCHED));
    let lines: Vec<&str> = notice.lines().take(LINES).collect();
    let found = addresses(&lines, material);
    let mut chosen = choose(found, &lines, material);
    chosen.truncate(MOST);
    let action = match kind {
        Kind::Delay => "delayed",
        Kind::Delivered => "delivered",
        _ => "failed",
    };
    let failing = |status: &String| kind == Kind::Delivered || !status.starts_with('2');
    let whole = code::best(notice).filter(failing);
    let ends: Vec<usize> = chosen.iter().skip(1).map(|(_, line)| *line).chain([lines.len()]).collect();
    let told = |(address, line): &(String, usize), end: &usize| {
        let block = lines.get(*line..(*end).max(line.saturating_add(1)).min(lines.len())).unwrap_or_default().join("\n");
        let own = code::best(&block).filter(failing);
        let status = own.or_else(|| if code::reply_code(&block).is_some() && chosen.len() > 1 { None } else { whole.clone() });
        let tells = status.is_some() || code::reply_code(&block).is_some();
        let permanent = action == "failed" && code::is_permanent(status.as_deref(), if tells { &block } else { notice });
        BouncedRecipient { address: address.clone(), written_to: None, action: action.to_owned(), status, permanent }
    };
    chosen.iter().zip(&ends).map(|(recipient, end)| told(recipient, end)).collect()
}

/// Addresses that are compared with those that the mail was written to.
const MENTIONED: usize = 20;

/// Lines of a notice that are looked at.
const LINES: usize = 400;

/// How the notice points at somebody.
pub(super) struct Pointers {
    /// An address stands where notices put those that they are about.
    pub leads: bool,
    /// The first lines announce such an address: "could not be delivered to:", and it alone on the next line.
    pub announced: bool,
    /// Some address is neither the sender's nor the reader's.
    pub foreign: bool,
}

/// Looks for those whom the notice may be about.
pub(super) fn pointers(material: &Material<'_>) -> Pointers {
    let lines: Vec<&str> = notice_of(clip(material.text, SEARCHED)).lines().take(LINES).collect();
    let found = addresses(&lines, material);
    let written: Vec<&&str> = lines.iter().filter(|line| line.trim().contains(char::is_alphanumeric)).take(HEAD_LINES).collect();
    let labelled = written.iter().any(|line| {
        let line = line.trim_start();
        let said = ["could not be delivered to", "cannot be delivered to", "undeliverable to", "delivery failed to"]
            .iter()
            .any(|label| line.to_ascii_lowercase().starts_with(label));
        said && after_label(line).is_some_and(|rest| ADDRESS.find(clip(rest, 200)).is_some_and(|found| found.start() == 0))
    });
    let announced = labelled
        || written.windows(2).any(|pair| {
            let [before, after] = pair else { return false };
            let before = fold(clip(before, 200));
            let after = unmarked(clip(after, 200).trim_start());
            let lone = ADDRESS.find(after).is_some_and(|found| found.start() == 0 && !after.get(found.end()..).is_some_and(is_sentence));
            lone && ANNOUNCING.iter().any(|words| before.contains(words))
        });
    Pointers { leads: found.iter().any(|found| found.leads && !found.own), announced, foreign: found.iter().any(|found| !found.own) }
}

/// Whether what follows an address is more than marks and a repetition of it.
fn is_sentence(rest: &str) -> bool {
    rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic) && !word.contains('@')).count() > 0
}

/// Written lines within which a notice says whom it is about.
const HEAD_LINES: usize = 6;

/// Words before the address in the first lines of a notice, folded.
const ANNOUNCING: [&str; 13] = [
    "delivered to",
    "deliver to",
    "following recipient",
    "following user",
    "following address",
    "following mail address",
    "the following person",
    "email to this address",
    "mail to this address",
    "etre delivre a",
    "etre remis a",
    "destinataires suivants",
    "empfanger",
];

/// Those whom the notice is about, with their lines.
fn choose(found: Vec<Found>, lines: &[&str], material: &Material<'_>) -> Vec<(String, usize)> {
    let at = |address: &String| {
        let folded = address.to_lowercase();
        lines.iter().position(|line| clip(line, 1_000).to_lowercase().contains(&folded)).unwrap_or(0)
    };
    let named = failed_header(material.headers);
    if !named.is_empty() {
        return named.into_iter().map(|address| (at(&address), address)).map(|(line, address)| (address, line)).collect();
    }
    let pick =
        |wanted: &dyn Fn(&Found) -> bool| found.iter().filter(|found| wanted(found)).map(|found| (found.address.clone(), found.line)).collect::<Vec<_>>();
    let leading = pick(&|found| found.leads && !found.own);
    if !leading.is_empty() {
        return leading;
    }
    let written = written_to(material);
    let traces = clip(material.text, SEARCHED).to_lowercase();
    let writes =
        |address: &str| written.iter().any(|known| known.eq_ignore_ascii_case(address)) || traces.contains(&format!("for <{}>", address.to_lowercase()));
    let mentioned = pick(&|found| !found.own);
    let sent: Vec<(String, usize)> = mentioned.iter().take(MENTIONED).filter(|(address, _)| writes(address)).cloned().collect();
    if !sent.is_empty() {
        return sent;
    }
    let bare = bare_names(lines, material.headers);
    if !bare.is_empty() {
        return bare;
    }
    if let Some(first) = mentioned.into_iter().next() {
        return vec![first];
    }
    let own = pick(&|found| found.leads && found.own);
    if !own.is_empty() {
        return own;
    }
    written.into_iter().take(1).map(|address| (address, 0)).collect()
}

/// The part of the text that is the notice: what stands before the copy of the returned mail.
pub(in crate::letter) fn notice_of(text: &str) -> &str {
    let mut at = 0usize;
    for line in text.split_inclusive('\n') {
        if at > 0 && announces_copy(line) {
            break;
        }
        at = at.saturating_add(line.len());
    }
    let marked = text.get(..at).unwrap_or(text);
    let copied = after_notice(text).map_or(text.len(), |copy| text.len().saturating_sub(copy.len()));
    match text.get(..copied).filter(|before| before.len() < marked.len()) {
        Some(before) if !before.trim().is_empty() => before,
        _ => marked,
    }
}

/// Whether a line says that the returned mail follows.
fn announces_copy(line: &str) -> bool {
    let head = clip(line.trim_start(), 120).to_ascii_lowercase();
    if ["received:", "return-path:", "message-id:"].iter().any(|begin| clip(line, 20).to_ascii_lowercase().starts_with(begin)) {
        return true;
    }
    let rule = head.starts_with("--") || head.starts_with("==") || head.starts_with("**") || head.starts_with("__") || head.starts_with(">>");
    let copy = [
        "original message",
        "message follows",
        "returned message",
        "unsent message",
        "copy of the message",
        "copy of your message",
        "below this line",
        "header of the original",
    ];
    let says = copy.iter().any(|words| head.contains(words));
    let announced = ["original message follows", "original message headers", "the original message header", "message header follows", "message headers follow"];
    (rule && says) || announced.iter().any(|words| head.starts_with(words))
}

fn failed_header(headers: &RawHeaders<'_>) -> Vec<String> {
    let values = headers.named("X-Failed-Recipients").map(|field| field.unfolded().into_owned()).collect::<Vec<_>>().join(",");
    let mut found: Vec<String> = Vec::new();
    for address in ADDRESS.find_iter(clip(&values, 8_000)).take(MOST).map(|found| found.as_str()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            found.push(address.to_owned());
        }
    }
    found
}

/// Addresses in the notice that may be those of failed recipients.
fn addresses(lines: &[&str], material: &Material<'_>) -> Vec<Found> {
    let own: Vec<String> = ["From", "To", "Return-Path", "Reply-To", "Delivered-To", "Sender"]
        .iter()
        .filter_map(|name| material.headers.first(name))
        .map(|value| value.to_lowercase())
        .collect();
    let mut list: Vec<Found> = Vec::new();
    let mut before = "";
    for (number, line) in lines.iter().enumerate() {
        let line = clip(line, 1_000);
        let trimmed = line.trim_start();
        let named = after_label(trimmed).unwrap_or_else(|| unmarked(trimmed));
        for found in ADDRESS.find_iter(named).take(10) {
            let address = found.as_str().trim_matches(['\'', '.']).to_owned();
            let folded = address.to_lowercase();
            let leads = found.start() == 0 && !ends_with_sender(before);
            if is_service(&folded) || Address::parse(&address).is_err() || looks_like_identifier(&folded) || is_sender(named, found.start(), trimmed) {
                continue;
            }
            match list.iter_mut().find(|known| known.address.eq_ignore_ascii_case(&address)) {
                Some(known) if leads && !known.leads => (known.leads, known.line) = (true, number),
                Some(_) => {}
                None => list.push(Found { address, line: number, leads, own: own.iter().any(|own| own.contains(&folded)) }),
            }
        }
        if !line.trim().is_empty() {
            before = line;
        }
    }
    list
}

/// The line without the marks before an address; a quotation mark stays where it is part of one.
fn unmarked(line: &str) -> &str {
    let line = line.trim_start_matches(['<', '\'', '*', '-', '(', '[', ' ', '>', '\t']);
    match line.strip_prefix('"') {
        Some(inner) if inner.split('"').next().is_some_and(|quoted| quoted.contains('@')) => inner,
        _ => line,
    }
}

/// Addresses that notices mention for help.
fn is_service(address: &str) -> bool {
    ["mailer-daemon@", "postmaster@", "abuse@", "support@", "helpdesk@", "hostmaster@"].iter().any(|service| address.starts_with(service))
}

/// Whether the address at `start` is said to be the sender's or a helper's.
fn is_sender(line: &str, start: usize, whole: &str) -> bool {
    let before = fold(line.get(..start).unwrap_or_default());
    let before = before.trim_end_matches([' ', '<', '"', '\'', ':', '(', '[', '=']);
    let lower = clip(whole, 40).to_ascii_lowercase();
    let labelled = ["from:", "mail from", "sender:", "return-path:", "reply-to:", "message-id:", "subject:", ">>> mail", "envelope from"];
    labelled.iter().any(|label| lower.starts_with(label))
        || ["from", "contact", "by", "e-mail to", "email to", "mailto", "sender", "write to", "an e-mail at"].iter().any(|word| before.ends_with(word))
}

/// Whether the line before a lone address says that it is the sender's.
fn ends_with_sender(before: &str) -> bool {
    let before = fold(clip(before, 200));
    let before = before.trim_end_matches([' ', ':', '\r']);
    ["sent by", "from", "by sender", "contact", "sender"].iter().any(|word| before.ends_with(word))
}

/// What stands after a label that names a recipient.
fn after_label(line: &str) -> Option<&str> {
    let lower = clip(line, 60).to_ascii_lowercase();
    let label = LABELS.iter().find(|label| lower.starts_with(**label))?;
    Some(line.get(label.len()..)?.trim_start_matches([':', ' ', '\t', '<', '"', '\'', '[', '=', '.']))
}

/// Labels before failed recipients in notices of servers, in lower case, longest first where one begins another.
const LABELS: [&str; 33] = [
    ">>> rcpt to:",
    "rcpt to:",
    "rcpt to",
    "failed recipient:",
    "failed recipients:",
    "final recipient:",
    "original recipient:",
    "recipient address:",
    "recipient(s):",
    "recipients:",
    "recipient:",
    "could not be delivered to:",
    "could not be delivered to",
    "cannot be delivered to",
    "delivery failed to:",
    "undeliverable to",
    "undeliverable address:",
    "invalid recipient",
    "invalid final delivery user:",
    "invalid final delivery userid:",
    "user mailbox exceeds allowed size:",
    "unknown user:",
    "user unknown:",
    "unknown local user:",
    "unknown host:",
    "user not found:",
    "no such user:",
    "mailbox full:",
    "user's mailbox is full:",
    "failed mail:",
    "failed address:",
    "the user(s) account is disabled:",
    "destinataire :",
];

/// Servers leave their own domain out: a lone word after a line that announces recipients.
fn bare_names(lines: &[&str], headers: &RawHeaders<'_>) -> Vec<(String, usize)> {
    let from = headers.first("From").unwrap_or_default();
    let Some(domain) = ADDRESS.find(clip(&from, 1_000)).and_then(|found| found.as_str().rsplit_once('@').map(|(_, domain)| domain.to_owned())) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut announced = false;
    for (number, line) in lines.iter().enumerate() {
        let line = clip(line, 400);
        let folded = fold(line);
        let word = line.trim().split("  ").next().unwrap_or_default().trim_matches(['<', '>', '"']);
        if announced && !word.is_empty() && word.len() <= 40 && word.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_' | b'+')) {
            found.push((format!("{word}@{domain}"), number));
        } else if !word.is_empty() {
            announced =
                ["recipient", "address", "the following", "delivered to"].iter().any(|word| folded.contains(word)) && folded.trim_end().ends_with([':', '-']);
        }
    }
    found
}
