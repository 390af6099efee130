//! What a mail is: written by a person, or by a program, and by which (THREATS §5).

use super::Kind;
use super::automatic::{automatic, machine_local_part, says_no};
use super::bounce::{self, Material};
use super::fold::fold;
use super::headers::RawHeaders;
use super::knowledge::Own;
use super::notice;
use crate::domain::Address;

/// The verdict, and the rule that gave it.
pub(super) struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// The rule.
    pub because: &'static str,
}

/// Judges a mail. `media_type` is that of the whole mail.
pub(super) fn judge(material: &Material<'_>, media_type: &str, subject: &str, from: Option<&str>, own: &Own) -> Verdict {
    let headers = material.headers;
    let verdict = |kind, because| Verdict { kind, because };
    if is_own(headers, from, own) {
        return verdict(Kind::Own, "own-stamp");
    }
    let recipients = bounce::recipients_of_report(material.reports);
    let actions: Vec<&str> = recipients.iter().map(|recipient| recipient.action.as_str()).collect();
    if let Some((kind, because)) = by_report(material, media_type, &actions) {
        return verdict(kind, because);
    }
    let subject = fold(subject);
    if let Some((kind, because)) = notice::by_words(material, &subject) {
        return verdict(kind, because);
    }
    let machine = from_mail_system(from, headers);
    if machine || null_return_path(headers) {
        if let Some((kind, because)) = notice::by_notice(material, &subject, machine) {
            return verdict(kind, because);
        }
    } else if notice::notifies(material, &subject, from)
        && let Some((kind, because)) = notice::by_notice(material, &subject, true)
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

fn is_own(headers: &RawHeaders<'_>, from: Option<&str>, own: &Own) -> bool {
    let ours = from.and_then(|from| Address::parse(from).ok()).is_some_and(|from| own.addresses.iter().any(|address| is_form_of(&from, address)));
    let id_domain = headers.first("Message-ID").is_some_and(|id| {
        let domain = id.trim_matches(['<', '>', ' ']).rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        !own.message_id_domain.is_empty() && domain.is_some_and(|domain| domain == own.message_id_domain.to_lowercase())
    });
    ours && (headers.has("X-Elitige-Loop") || id_domain)
}

/// Whether `from` is `address` or carries a tag after it, whatever the separator.
pub(super) fn is_form_of(from: &Address, address: &Address) -> bool {
    from.domain() == address.domain()
        && from.local().to_lowercase().strip_prefix(&address.local().to_lowercase()).is_some_and(|tag| !tag.starts_with(char::is_alphanumeric))
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
            _ if notice::challenges(material.text) => (Kind::Challenge, "challenge-words"),
            _ if actions.contains(&"failed") => (Kind::Bounce, "delivery-status-failed"),
            _ if actions.contains(&"delayed") => (Kind::Delay, "delivery-status-delayed"),
            _ => (Kind::Delivered, "delivery-status-delivered"),
        });
    }
    None
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
