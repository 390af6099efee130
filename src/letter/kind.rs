//! What a mail is: written by a person, or by a program, and by which (THREATS §5).

use super::Kind;
use super::automatic::{automatic, is_robot, machine_local_part, notifies, refuses_answers, says_no};
use super::bounce::{self, Material};
use super::content::clip;
use super::fold::fold;
use super::headers::RawHeaders;
use super::knowledge::Own;
use super::{loops, notice};

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
    if let Some(because) = loops::own(headers, from, own) {
        return verdict(Kind::Own, because);
    }
    let subject = fold(subject);
    let judged = by_report(material, media_type, &subject, from)
        .or_else(|| loops::kindred(headers).map(|because| (Kind::AutoReply, because)))
        .or_else(|| notice::by_words(material, &subject, from))
        .or_else(|| notice::by_notice(material, &subject, from))
        .or_else(|| automatic(material, &subject).map(|because| (Kind::AutoReply, because)))
        .or_else(|| bulk(headers).or_else(|| advertises(material, from)).map(|because| (Kind::Bulk, because)))
        .or_else(|| unanswerable(headers, from).map(|because| (Kind::AutoReply, because)));
    let (kind, because) = judged.unwrap_or((Kind::Human, "nothing-automatic"));
    verdict(kind, because)
}

/// A campaign without the fields of one: its address says so, or the fields of a sending service do, and its text tells how to leave.
fn advertises(material: &Material<'_>, from: Option<&str>) -> Option<&'static str> {
    let local = from.unwrap_or_default().to_lowercase().split('@').next().unwrap_or_default().to_owned();
    let sender = ["newsletter", "news", "promo", "promotions", "marketing", "mailing", "offers", "offres", "actualites", "campaign", "emailing"]
        .contains(&local.as_str());
    let service = ["X-Campaign", "X-CampaignID", "X-Campaign-ID", "X-Mailin-Campaign", "X-CSA-Complaints", "X-Mailgun-Tag", "X-SG-EID", "X-MC-User", "X-Job"]
        .iter()
        .any(|name| material.headers.has(name));
    let leave = ["unsubscribe", "desabonner", "desinscrire", "desinscription", "desabonnement", "abbestellen", "darse de baja", "الغاء الاشتراك"];
    let answers = material.headers.has("In-Reply-To") || material.headers.has("References");
    if answers || !sender && !service {
        return None;
    }
    let text = fold(clip(material.text, SEARCHED));
    leave.iter().any(|words| text.contains(words)).then_some("campaign-words")
}

/// Bytes of text that are searched.
const SEARCHED: usize = 64 << 10;

/// Mails that nobody may answer are no people's; a form on a website that names its writer in Reply-To is.
fn unanswerable(headers: &RawHeaders<'_>, from: Option<&str>) -> Option<&'static str> {
    if notice::null_return_path(headers) {
        return Some("null-return-path");
    }
    let from = from.map(str::to_lowercase)?;
    if is_robot(&from) {
        return Some("address-of-a-program");
    }
    if !refuses_answers(&from) && !notifies(&from) {
        return None;
    }
    let reply = headers.first("Reply-To").unwrap_or_default().to_lowercase();
    let person = reply.contains('@') && !reply.contains(&from) && !refuses_answers(reply.rsplit(['<', ' ']).next().unwrap_or_default());
    (!person).then_some("no-reply-sender")
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
    kind == Kind::Human && !suppressed && !list && !precedence && !submitted && !machine && !notice::null_return_path(headers)
}

/// Machine-readable reports speak for themselves, unless a person passes one on.
fn by_report(material: &Material<'_>, media_type: &str, subject: &str, from: Option<&str>) -> Option<(Kind, &'static str)> {
    let content_type = material.headers.first("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let whole = media_type == "multipart/report";
    let passed_on = notice::is_forward(subject) || notice::may_be_person(material.headers, from);
    if !whole && passed_on && !notice::null_return_path(material.headers) {
        return None;
    }
    let has = |suffix: &str| material.reports.iter().any(|(part, _)| part.ends_with(suffix));
    let report = |name: &str| whole && content_type.contains(name);
    if report("feedback-report") || has("/feedback-report") {
        return Some((Kind::Feedback, "feedback-report"));
    }
    if report("tlsrpt") || material.headers.has("TLS-Report-Domain") {
        return Some((Kind::Report, "tls-report"));
    }
    if report("disposition-notification") || has("disposition-notification") {
        let rejected = material.reports.iter().any(|(_, report)| report.to_ascii_lowercase().contains("automatic-action"))
            && material.text.to_lowercase().contains("rejected");
        if rejected {
            return Some((Kind::Bounce, "automatically-rejected"));
        }
        return Some((Kind::ReadReceipt, "disposition-notification"));
    }
    let mut recipients = bounce::recipients_of_report(material.reports);
    if recipients.is_empty() && whole {
        recipients = bounce::recipients_of_text(material.text);
    }
    let did = |action: &str| recipients.iter().any(|recipient| recipient.action == action);
    if recipients.is_empty() {
        return None;
    }
    Some(match () {
        () if notice::challenges(material, subject, from) => (Kind::Challenge, "challenge-words"),
        () if did("failed") => (Kind::Bounce, "delivery-status-failed"),
        () if did("delayed") => (Kind::Delay, "delivery-status-delayed"),
        () => (Kind::Delivered, "delivery-status-delivered"),
    })
}

/// Lists and campaigns (RFC 2369, RFC 2919, RFC 8058). What people say on a discussion list is theirs: such a list takes posts, or the mail answers one.
fn bulk(headers: &RawHeaders<'_>) -> Option<&'static str> {
    let value = |name: &str| headers.first(name).unwrap_or_default().to_ascii_lowercase();
    let posts = value("List-Post").contains("mailto:");
    let discussion = posts || headers.has("In-Reply-To") || headers.has("References");
    let precedence = headers.named("Precedence").any(|field| matches!(field.unfolded().to_ascii_lowercase().as_str(), "bulk" | "junk"));
    let listed = ["List-Unsubscribe", "List-Id", "List-Help"].iter().any(|name| headers.has(name));
    let campaign = headers.has("Feedback-ID") && !value("Feedback-ID").contains("amazonses");
    if (headers.has("List-Unsubscribe-Post") && !posts) || (listed && !discussion) || (campaign && !posts) {
        return Some("list-fields");
    }
    (precedence && !discussion).then_some("precedence-bulk")
}
