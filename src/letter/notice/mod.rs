//! Notices in prose: mails of programs that say only in words what they are.

mod personal;
#[cfg(test)]
mod tests;
mod words;

pub(super) use personal::challenges;

use super::Kind;
use super::automatic::{automatic, is_machine, machine_local_part, tells};
use super::bounce::{Evidence, Material, notice_of};
use super::content::clip;
use super::encoded;
use super::fold::fold;
use super::headers::RawHeaders;
use words::{DELAYED, DELAYED_SUBJECT, DELIVERED, DELIVERED_PREFIX, DELIVERED_SUBJECT, FAILED, FINAL, RETURNED};

/// A notice of a mail system. Words alone make none: the sender or the traces of servers must agree with them.
pub(super) fn by_notice(material: &Material<'_>, subject: &str, from: Option<&str>) -> Option<(Kind, &'static str)> {
    let sender = Sender::of(material.headers, from);
    if is_forward(subject) && sender != Sender::MailSystem {
        return None;
    }
    let begins = begins_so(subject);
    if sender == Sender::Unknown && !begins && !ends_so(subject) {
        // A person's mail: no text of it would make it a notice.
        return None;
    }
    let body = fold(clip(notice_of(material.text), 4_000));
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word) || body.contains(word));
    let evidence = Evidence::of(material);
    let arrived = subject.split_once(':').is_some_and(|(prefix, _)| DELIVERED_PREFIX.contains(&prefix.trim()));
    let fails = says(&FAILED);
    let answered = material.headers.has("In-Reply-To") || material.headers.has("References");
    let returns = evidence.returned && (begins || fails);
    let fits = |evident: bool| evident && (begins || (fails && !is_listed(material.headers)));
    let credible = match sender {
        Sender::MailSystem => true,
        Sender::Nobody => begins || arrived || returns || (fails && (evidence.enough() || evidence.pointed)),
        Sender::Role => returns || (begins && evidence.mentioned) || fits(evidence.enough() || (evidence.pointed && !answered)),
        Sender::Program => returns || fits(evidence.enough()),
        // Who complains of a shop may show what its server wrote.
        Sender::Unknown => evidence.enough() && (evidence.returned || answered || !told(material, &body)),
    };
    let answers = sender != Sender::MailSystem && !begins && !arrived && automatic(material, subject).is_some() && !evidence.enough() && !evidence.returned;
    if !credible || answers {
        return None;
    }
    if arrived || DELIVERED_SUBJECT.iter().any(|word| subject.contains(word)) || (says(&DELIVERED) && !says(&FAILED)) {
        return Some((Kind::Delivered, "notice-delivered"));
    }
    let late = DELAYED_SUBJECT.iter().any(|word| subject.contains(word)) || DELAYED.iter().any(|word| body.contains(word));
    if late && !FINAL.iter().any(|word| body.contains(word)) {
        return Some((Kind::Delay, "notice-delayed"));
    }
    Some((Kind::Bounce, "notice-failed"))
}

/// Whether a person tells it: of what was ordered, or under the name in From.
fn told(material: &Material<'_>, body: &str) -> bool {
    let shown = material.headers.first("From").map(|from| fold(&encoded::decode(from.as_bytes()))).unwrap_or_default();
    let name: Vec<&str> = shown.split('<').next().unwrap_or_default().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let last = body.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let signed = last.split_whitespace().count() <= NAME_WORDS && last.split(|c: char| !c.is_alphanumeric()).any(|word| name.contains(&word));
    signed || tells(body)
}

/// Words of a name.
const NAME_WORDS: usize = 4;

/// Who sends a mail, as far as notices are concerned.
#[derive(PartialEq)]
enum Sender {
    /// A mail system by its own name or fields.
    MailSystem,
    /// Nobody who could be answered: the null return path.
    Nobody,
    /// A role that keeps a mail system, and may be a person.
    Role,
    /// Some other program.
    Program,
    /// Nothing is known.
    Unknown,
}

impl Sender {
    fn of(headers: &RawHeaders<'_>, from: Option<&str>) -> Sender {
        let shown = headers.first("From").unwrap_or_default().to_lowercase();
        let path = headers.first("Return-Path").unwrap_or_default().to_lowercase();
        let written = from.unwrap_or_default().to_lowercase().split('@').next().unwrap_or_default().to_owned();
        let local: String = written.chars().filter(|c| c.is_alphanumeric()).collect();
        let named = ["mailer-daemon", "mail delivery system", "mail delivery subsystem", "mail delivery daemon", "mailer daemon"]
            .iter()
            .any(|name| shown.contains(name));
        let known = local.contains("mailerdaemon")
            || matches!(written.as_str(), "mdaemon" | "maildaemon" | "mail-daemon")
            || local.starts_with("microsoftexchange")
            || shown == "<>";
        let marked = ["X-MS-Exchange-Message-Is-Ndr", "X-DSNContext", "X-Failed-Recipients"].iter().any(|name| headers.has(name));
        let typed = headers.first("Content-Type").unwrap_or_default().to_ascii_lowercase().contains("report-type=delivery-status");
        if named || known || marked || typed || path.contains("mailer-daemon") {
            return Sender::MailSystem;
        }
        if null_return_path(headers) {
            return Sender::Nobody;
        }
        let roles = [
            "postmaster",
            "mailadmin",
            "mailsystem",
            "maildelivery",
            "mailmaster",
            "administrator",
            "sysadmin",
            "daemon",
            "bounce",
            "nondelivery",
            "mailmarshal",
            "mailsecurity",
            "symantec",
            "antivirus",
        ];
        let titles =
            ["system administrator", "mail administrator", "postmaster", "mail delivery", "mail system", "e-mail system", "mail gateway", "mail server"];
        let role = roles.iter().any(|role| local.starts_with(role))
            || titles.iter().any(|title| shown.contains(title))
            || written == "daemon"
            || written.ends_with("-daemon");
        if role {
            return Sender::Role;
        }
        let program = is_machine(headers) || from.is_some_and(|from| machine_local_part(&from.to_lowercase()));
        if program { Sender::Program } else { Sender::Unknown }
    }
}

/// Whether the sender is known for nothing that mail systems or other programs are known for.
pub(super) fn may_be_person(headers: &RawHeaders<'_>, from: Option<&str>) -> bool {
    Sender::of(headers, from) == Sender::Unknown
}

/// Whether the mail was sent with the null return path (RFC 5321 §4.5.5).
pub(super) fn null_return_path(headers: &RawHeaders<'_>) -> bool {
    headers.named("Return-Path").next().is_some_and(|field| field.unfolded().replace(' ', "").starts_with("<>"))
}

/// Whether a list or a campaign distributes the mail; what its text tells of is another's.
fn is_listed(headers: &RawHeaders<'_>) -> bool {
    headers.has("List-Id") || headers.has("List-Unsubscribe")
}

/// Whether a person passes on what he got. `subject` is folded.
pub(super) fn is_forward(subject: &str) -> bool {
    let subject = subject.trim_start();
    ["fwd:", "fw:", "fwd :", "tr:", "tr :", "wg:", "rv:", "enc:", "i:", "doorst:", "vs:", "vb:", "pd:", "تحويل:", "اعاده توجيه:", "转发:", "転送:"]
        .iter()
        .any(|prefix| subject.starts_with(prefix))
}

/// Whether the subject begins as notices of mail systems begin, whatever they answer.
fn begins_so(subject: &str) -> bool {
    let subject = subject.trim_start_matches(['[', '*', '<', ' ', '"']);
    RETURNED.iter().chain(&DELAYED_SUBJECT).any(|words| subject.starts_with(words))
}

/// Whether a gateway put its verdict behind the subject that it answers.
fn ends_so(subject: &str) -> bool {
    let subject = subject.trim_end_matches([' ', ')', ']', '.']);
    ["non remis", "undeliverable", "undelivered", "not delivered", "delivery failed", "delivery failure", "user unknown"]
        .iter()
        .any(|words| subject.strip_suffix(words).is_some_and(|before| before.trim_end().ends_with([':', '-', '(', '['])))
}

/// Programs that are known by their own words or fields.
pub(super) fn by_words(material: &Material<'_>, subject: &str, from: Option<&str>) -> Option<(Kind, &'static str)> {
    let headers = material.headers;
    if headers.has("X-Failed-Recipients") && !is_forward(subject) {
        let late = DELAYED_SUBJECT.iter().any(|word| subject.contains(word));
        return Some((if late { Kind::Delay } else { Kind::Bounce }, "x-failed-recipients"));
    }
    if headers.first("X-Apple-Unsubscribe").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Some((Kind::Feedback, "unsubscribes"));
    }
    let reports = subject.contains("report domain") && (subject.contains("submitter") || subject.contains("report-id"));
    if subject.starts_with("report domain:") || subject.starts_with("rapport dmarc :") || subject.starts_with("rapport dmarc:") || reports {
        return Some((Kind::Report, "dmarc-report"));
    }
    if subject.starts_with("complaint about message from") && !material.nested.is_empty() {
        return Some((Kind::Feedback, "complaint-subject"));
    }
    let text = material.text.trim_start();
    let objects = if text.starts_with('{') { [("Complaint", Kind::Feedback), ("Delivery", Kind::Delivered), ("Bounce", Kind::Bounce)].as_slice() } else { &[] };
    for (notice, kind) in objects {
        let head: String = clip(text, 80).chars().filter(|c| !c.is_whitespace()).collect();
        if head.starts_with(&format!("{{\"notificationType\":\"{notice}\"")) || head.starts_with(&format!("{{\"eventType\":\"{notice}\"")) {
            return Some((*kind, "ses-notification"));
        }
    }
    if headers.has("X-Boxtrapper") || headers.has("X-Bluebottle-Request") {
        return Some((Kind::Challenge, "challenge-field"));
    }
    let refuses = ["not member", "not a member", "not allowed to post"].iter().any(|words| subject.contains(words));
    if headers.has("X-MLServer") && refuses {
        return Some((Kind::Bounce, "list-refused"));
    }
    if personal::seen(material, subject) {
        return Some((Kind::ReadReceipt, "receipt-words"));
    }
    if challenges(material, subject, from) || personal::holds(material) {
        return Some((Kind::Challenge, "challenge-words"));
    }
    personal::quarantines(material, subject).then_some((Kind::AutoReply, "quarantine-words"))
}
