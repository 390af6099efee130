//! Notices in prose: mails of programs that say only in words what they are.

use super::Kind;
use super::automatic::{automatic, machine_local_part};
use super::bounce::{Material, enhanced};
use super::content::clip;
use super::fold::fold;

/// A notice of a mail system, by what it says.
pub(super) fn by_notice(material: &Material<'_>, subject: &str, from_machine: bool) -> Option<(Kind, &'static str)> {
    let body = fold(clip(material.text, 4_000));
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
    if surely || says(&FAILED) || (from_machine && enhanced(material.text).is_some()) {
        return Some((Kind::Bounce, "notice-failed"));
    }
    None
}

/// Programs that are known by their own words or fields.
pub(super) fn by_words(material: &Material<'_>, subject: &str) -> Option<(Kind, &'static str)> {
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

/// Whether a program asks to prove to be human.
pub(super) fn challenges(text: &str) -> bool {
    let body = fold(clip(text, 2_000));
    CHALLENGE.iter().any(|word| body.contains(word))
}

/// Whether a sender that is not known as a mail system tells about a mail that did not arrive: subject or sender and text must agree.
pub(super) fn notifies(material: &Material<'_>, subject: &str, from: Option<&str>) -> bool {
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
    let body = fold(clip(material.text, 1_500));
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
