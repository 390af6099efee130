//! What a mail is: written by a person, or by a program, and by which (THREATS §5).

use super::Kind;
use super::bounce::Material;
use super::fold::fold;
use super::headers::RawHeaders;
use super::knowledge::Own;
use crate::domain::Address;

/// The verdict, and the rule that gave it.
pub(super) struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// The rule.
    pub because: &'static str,
}

/// Judges a mail. `media_type` is that of the whole mail, `actions` those of its delivery report.
pub(super) fn judge(material: &Material<'_>, media_type: &str, subject: &str, from: Option<&str>, actions: &[&str], own: &Own) -> Verdict {
    let headers = material.headers;
    let verdict = |kind, because| Verdict { kind, because };
    if is_own(headers, from, own) {
        return verdict(Kind::Own, "own-stamp");
    }
    if let Some((kind, because)) = by_report(material, media_type, actions) {
        return verdict(kind, because);
    }
    let subject = fold(subject);
    if let Some((kind, because)) = by_words(material, &subject) {
        return verdict(kind, because);
    }
    let machine = from_mail_system(from, headers);
    if machine || null_return_path(headers) {
        if let Some((kind, because)) = by_notice(material, &subject, machine) {
            return verdict(kind, because);
        }
    } else if notifies(material, &subject, from)
        && let Some((kind, because)) = by_notice(material, &subject, true)
    {
        return verdict(kind, because);
    }
    if let Some(because) = automatic(headers, &subject) {
        return verdict(Kind::AutoReply, because);
    }
    if let Some(because) = bulk(headers) {
        return verdict(Kind::Bulk, because);
    }
    verdict(Kind::Human, "nothing-automatic")
}

/// Whether an automatic answer is allowed (RFC 3834 §2, MS-OXCMAIL X-Auto-Response-Suppress).
pub(super) fn may_answer(kind: Kind, headers: &RawHeaders<'_>, from: Option<&str>) -> bool {
    let suppressed = headers.named("X-Auto-Response-Suppress").any(|field| {
        let value = field.unfolded().to_ascii_lowercase();
        ["all", "autoreply", "oof"].iter().any(|word| value.split([',', ';', ' ']).any(|token| token.trim() == *word))
    });
    let list = [
        "List-Id",
        "List-Unsubscribe",
        "List-Post",
        "Mailing-List",
        "X-Mailing-List",
        "List-Help",
        "List-Subscribe",
        "Feedback-ID",
        "X-Loop",
        "X-Elitige-Loop",
    ]
    .iter()
    .any(|name| headers.has(name));
    let precedence =
        headers.named("Precedence").any(|field| ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&field.unfolded().to_ascii_lowercase().as_str()));
    let submitted = headers.named("Auto-Submitted").any(|field| !says_no(&field.unfolded()));
    let machine = from.is_none_or(|from| machine_local_part(&from.to_lowercase()));
    kind == Kind::Human && !suppressed && !list && !precedence && !submitted && !machine && !null_return_path(headers)
}

fn machine_local_part(from: &str) -> bool {
    let local = from.split_once('@').map_or(from, |(local, _)| local);
    let squeezed: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    ["mailerdaemon", "postmaster", "noreply", "donotreply", "nepasrepondre", "nereply", "bounce", "bounces"].contains(&squeezed.as_str())
        || local.starts_with("owner-")
        || local.ends_with("-request")
        || squeezed.starts_with("noreply")
        || squeezed.starts_with("mailerdaemon")
}

fn is_own(headers: &RawHeaders<'_>, from: Option<&str>, own: &Own) -> bool {
    let ours = from.and_then(|from| Address::parse(from).ok()).is_some_and(|from| own.addresses.iter().any(|address| address.is_same(&from)));
    let id_domain = headers.first("Message-ID").is_some_and(|id| {
        let domain = id.trim_matches(['<', '>', ' ']).rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        !own.message_id_domain.is_empty() && domain.is_some_and(|domain| domain == own.message_id_domain.to_lowercase())
    });
    ours && (headers.has("X-Elitige-Loop") || id_domain)
}

fn null_return_path(headers: &RawHeaders<'_>) -> bool {
    headers.named("Return-Path").next().is_some_and(|field| field.unfolded().replace(' ', "").starts_with("<>"))
}

fn from_mail_system(from: Option<&str>, headers: &RawHeaders<'_>) -> bool {
    let shown = headers.first("From").unwrap_or_default().to_lowercase();
    let path = headers.first("Return-Path").unwrap_or_default().to_lowercase();
    let local = from.unwrap_or_default().to_lowercase();
    let local = local.split_once('@').map_or(local.as_str(), |(local, _)| local).replace(['-', '_', '.'], "");
    local.contains("mailerdaemon")
        || local.starts_with("postmaster")
        || local == "mdaemon"
        || shown == "<>"
        || ["mailer-daemon", "mail delivery", "postmaster"].iter().any(|word| shown.contains(word))
        || path.contains("mailer-daemon")
}

/// Machine-readable reports speak for themselves.
fn by_report(material: &Material<'_>, media_type: &str, actions: &[&str]) -> Option<(Kind, &'static str)> {
    let content_type = material.headers.first("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let has = |suffix: &str| material.reports.iter().any(|(part, _)| part.ends_with(suffix));
    let report = |name: &str| media_type == "multipart/report" && content_type.contains(name);
    if report("feedback-report") || has("/feedback-report") {
        return Some((Kind::Feedback, "feedback-report"));
    }
    if report("tlsrpt") || material.headers.has("TLS-Report-Domain") {
        return Some((Kind::Report, "tls-report"));
    }
    if report("disposition-notification") || has("/disposition-notification") {
        let rejected = material.reports.iter().any(|(_, report)| report.to_ascii_lowercase().contains("automatic-action"))
            && material.text.to_lowercase().contains("rejected");
        if rejected {
            return Some((Kind::Bounce, "automatically-rejected"));
        }
        return Some((Kind::ReadReceipt, "disposition-notification"));
    }
    if report("delivery-status") || has("delivery-status") {
        return Some(match actions {
            [] => return None,
            _ if challenges(material.text) => (Kind::Challenge, "challenge-words"),
            _ if actions.contains(&"failed") => (Kind::Bounce, "delivery-status-failed"),
            _ if actions.contains(&"delayed") => (Kind::Delay, "delivery-status-delayed"),
            _ => (Kind::Delivered, "delivery-status-delivered"),
        });
    }
    None
}

/// Words in notices about delays, folded.
const DELAYED: [&str; 17] = [
    "postponed",
    "continue to try",
    "attempts will continue",
    "delayed",
    "delay",
    "still being retried",
    "will keep trying",
    "will continue to try",
    "not yet been delivered",
    "warning: could not send",
    "warning: message",
    "transient",
    "retard",
    "verzoger",
    "could not be delivered yet",
    "will be retried",
    "no action is required",
];
/// Words in notices that something arrived, folded.
const DELIVERED: [&str; 5] =
    ["successful mail delivery report", "successfully delivered", "delivery notification: delivered", "delivery receipt", "was successfully"];
/// Words in notices that something did not arrive, folded.
const FAILED: [&str; 68] = [
    "failed mail",
    "mail failed",
    "no valid recipients",
    "failed addresses",
    "permanent error",
    "not able to be delivered",
    "able to deliver the",
    "n'existe pas",
    "n'a pas pu",
    "无法",
    "undeliver",
    "returned mail",
    "delivery status notification",
    "failure notice",
    "delivery fail",
    "delivery has failed",
    "mail delivery failed",
    "mail failure",
    "mail system error",
    "returned to sender",
    "could not be delivered",
    "couldn't be delivered",
    "not delivered",
    "undelivered",
    "delivery failure",
    "non remis",
    "echec de la remise",
    "non-delivery",
    "nondeliverable",
    "unzustellbar",
    "delivery error",
    "user unknown",
    "unknown user",
    "does not exist",
    "no such user",
    "mailbox full",
    "mailbox unavailable",
    "over quota",
    "quota exceeded",
    "address rejected",
    "recipient rejected",
    "returning mail",
    "return receipt fail",
    "permanent fatal error",
    "permanent failure",
    "rejected",
    "message you sent",
    "unable to deliver",
    "cannot be delivered",
    "can not be delivered",
    "can't be delivered",
    "no longer",
    "inactive",
    "invalid recipient",
    "invalid address",
    "was not delivered",
    "not be delivered",
    "wasn't delivered",
    "delivery unsuccessful",
    "undeliverable",
    "bounce",
    "mail could not",
    "delivery problem",
    "mail returned",
    "message not delivered",
    "error delivering",
    "failed to deliver",
    "blocked",
];

/// A notice of a mail system, by what it says.
fn by_notice(material: &Material<'_>, subject: &str, from_machine: bool) -> Option<(Kind, &'static str)> {
    let body = fold(super::content::clip(material.text, 4_000));
    let says = |words: &[&str]| words.iter().any(|word| subject.contains(word) || body.contains(word));
    if automatic(material.headers, subject).is_some() && !from_machine {
        return None;
    }
    let surely = ["mailer-daemon", "<>"].iter().any(|word| material.headers.first("From").unwrap_or_default().to_lowercase().contains(word));
    if DELIVERED.iter().any(|word| subject.contains(word)) || (says(&DELIVERED) && !says(&FAILED)) {
        return Some((Kind::Delivered, "notice-delivered"));
    }
    if DELAYED.iter().any(|word| subject.contains(word)) || (says(&DELAYED) && ["retr", "continue", "attempts"].iter().any(|word| body.contains(word))) {
        return Some((Kind::Delay, "notice-delayed"));
    }
    if surely || says(&FAILED) || (from_machine && super::bounce::enhanced(material.text).is_some()) {
        return Some((Kind::Bounce, "notice-failed"));
    }
    None
}

/// Programs that are known by their own words or fields.
fn by_words(material: &Material<'_>, subject: &str) -> Option<(Kind, &'static str)> {
    if material.headers.has("X-Failed-Recipients") {
        return Some((Kind::Bounce, "x-failed-recipients"));
    }
    if subject.starts_with("report domain:") || (subject.contains("report domain") && subject.contains("submitter")) {
        return Some((Kind::Report, "dmarc-report"));
    }
    if subject.starts_with("complaint about message from") && !material.nested.is_empty() {
        return Some((Kind::Feedback, "complaint-subject"));
    }
    let text = material.text.trim_start();
    for (notice, kind) in [("\"Complaint\"", Kind::Feedback), ("\"Delivery\"", Kind::Delivered), ("\"Bounce\"", Kind::Bounce)] {
        if text.starts_with(&format!("{{\"notificationType\":{notice}")) {
            return Some((kind, "ses-notification"));
        }
    }
    (challenges(material.text) || challenges(subject)).then_some((Kind::Challenge, "challenge-words"))
}

fn challenges(text: &str) -> bool {
    let body = fold(super::content::clip(text, 2_000));
    CHALLENGE.iter().any(|word| body.contains(word))
}

/// Whether a sender that is not known as a mail system tells about a mail that did not arrive: subject or sender and text must agree.
fn notifies(material: &Material<'_>, subject: &str, from: Option<&str>) -> bool {
    let headers = material.headers;
    let returned = [
        "returned mail",
        "undeliver",
        "delivery status notification",
        "failure notice",
        "mail delivery failed",
        "delivery failure",
        "delivery failed",
        "mail system error",
        "non-delivery",
    ];
    if returned.iter().any(|word| subject.starts_with(word)) && !headers.has("In-Reply-To") {
        return true;
    }
    let told = ["non remis", "user unknown", "delivery", "undeliver", "failed", "error", "warning", "エラー"].iter().any(|word| subject.contains(word))
        || from.is_some_and(|from| machine_local_part(&from.to_lowercase()));
    let body = fold(super::content::clip(material.text, 1_500));
    told && NOTIFIES.iter().any(|words| body.contains(words))
}

/// What such notices say, folded.
const NOTIFIES: [&str; 14] = [
    "message could not be delivered",
    "mail could not be delivered",
    "could not be delivered to",
    "non-delivery report",
    "votre message n'a pas pu",
    "delivery status notification",
    "unable to deliver your message",
    "your message was not delivered",
    "your message has been rejected",
    "delivery to the following recipient",
    "mail delivery failed",
    "no such user here",
    "undeliverable",
    "message was not delivered to",
];

/// Words by which programs ask to prove to be human, folded.
const CHALLENGE: [&str; 13] = [
    "have your address added to the recipient",
    "prove you are human",
    "you are a human",
    "confirm that you are a human",
    "challenge/response",
    "boxbe",
    "spamarrest",
    "spam arrest",
    "verify yourself",
    "to release your message",
    "one-time confirmation",
    "authenticate your message",
    "to have your message delivered",
];

fn says_no(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    value.split([';', ' ', '(']).next().unwrap_or_default() == "no"
}

/// How subjects of automatic answers begin, folded.
const AUTOMATIC: [&str; 27] = [
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "autoresponse",
    "autoresponder",
    "out of office",
    "out of the office",
    "out-of-office",
    "auto:",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "message d'absence",
    "reponse d'absence",
    "automatische antwort",
    "abwesenheit",
    "respuesta automatica",
    "risposta automatica",
    "resposta automatica",
    "automatisch antwoord",
    "رد تلقائي",
    "رد الي",
    "الرد التلقائي",
    "automatyczna odpowiedz",
];

fn automatic(headers: &RawHeaders<'_>, subject: &str) -> Option<&'static str> {
    if headers.named("Auto-Submitted").any(|field| !says_no(&field.unfolded())) {
        return Some("auto-submitted");
    }
    for name in [
        "X-Autoreply",
        "X-Autorespond",
        "X-AutoReply-From",
        "X-Autogenerated",
        "X-Mail-Autoreply",
        "X-Autoresponder",
        "X-MS-Exchange-Inbox-Rules-Loop",
        "X-Auto-Reply",
    ] {
        if headers.named(name).any(|field| !matches!(field.unfolded().to_ascii_lowercase().as_str(), "no" | "false" | "none")) {
            return Some("autoreply-field");
        }
    }
    if headers.named("Precedence").any(|field| matches!(field.unfolded().to_ascii_lowercase().as_str(), "auto_reply" | "auto-reply")) {
        return Some("precedence-auto-reply");
    }
    let suffix = ["out of office", "automatic reply"].iter().any(|words| subject.ends_with(words));
    (suffix || AUTOMATIC.iter().any(|words| subject.trim_start_matches('[').starts_with(words))).then_some("automatic-subject")
}

fn bulk(headers: &RawHeaders<'_>) -> Option<&'static str> {
    let precedence = headers.named("Precedence").any(|field| matches!(field.unfolded().to_ascii_lowercase().as_str(), "bulk" | "junk"));
    let discussion = headers.has("List-Post") || headers.has("In-Reply-To") || headers.has("References");
    let listed = ["List-Unsubscribe", "List-Id", "List-Help"].iter().any(|name| headers.has(name));
    if headers.has("List-Unsubscribe-Post") || (listed && !discussion) || headers.has("Feedback-ID") {
        return Some("list-fields");
    }
    (precedence && !discussion).then_some("precedence-bulk")
}
