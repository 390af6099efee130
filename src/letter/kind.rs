//! What a mail is: written by a person, or by a program, and by which (THREATS §5).

use super::Kind;
use super::automatic::{acknowledges, automatic, is_robot, machine_local_part, notifies, refuses_answers, says_no, sounds_like_robot};
use super::bounce::{self, Material};
use super::content::{self, clip};
use super::fold::fold;
use super::headers::RawHeaders;
use super::knowledge::Own;
use super::{loops, notice, reply};
use crate::domain::Reference;

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
    let answers = answers_ours(headers, subject, own);
    let subject = fold(subject);
    let judged = by_report(material, media_type, &subject, from)
        .or_else(|| loops::kindred(headers).map(|because| (Kind::AutoReply, because)))
        .or_else(|| notice::by_words(material, &subject, from))
        .or_else(|| notice::by_notice(material, &subject, from))
        .or_else(|| calendar(material).map(|because| (Kind::AutoReply, because)))
        .or_else(|| automatic(material, &subject).map(|because| (Kind::AutoReply, because)))
        .or_else(|| bulk(headers, answers).or_else(|| advertises(material, from)).map(|because| (Kind::Bulk, because)))
        .or_else(|| unanswerable(material, from, answers).map(|because| (Kind::AutoReply, because)));
    let (kind, because) = judged.unwrap_or((Kind::Human, "nothing-automatic"));
    verdict(kind, because)
}

/// Whether the mail answers one of our letters: it names its Message-ID, or its subject is that of an answer and has the reference of a dispute. Where nobody
/// said which Message-IDs are ours, any may be.
fn answers_ours(headers: &RawHeaders<'_>, subject: &str, own: &Own) -> bool {
    let domain = own.message_id_domain.to_lowercase();
    let named = |field: &str| headers.named(field).any(|field| domain.is_empty() || field.unfolded().to_lowercase().contains(&format!("@{domain}>")));
    named("In-Reply-To") || named("References") || reply::answers(subject) && !Reference::find_all(subject).is_empty()
}

/// The answer of a calendar under which nobody wrote a word: what stands there are fields, and what parts them.
fn calendar(material: &Material<'_>) -> Option<&'static str> {
    material.reports.iter().find(|(part, _)| part == content::CALENDAR_ANSWER)?;
    let new = reply::split(clip(material.text, SEARCHED), reply::Circumstances { answers: true, ..reply::Circumstances::default() });
    let field = |line: &str| line.split_once([':', '：']).is_some_and(|(name, _)| FIELDS.contains(&fold(clip(name.trim(), 60)).as_str()));
    let told = |line: &str| {
        let line = fold(clip(line, 300));
        let answered = ["accept", "declin", "refus", "tentativ", "provisoire", "annul", "cancel", "قبل", "رفض", "الغاء"].iter().any(|word| line.contains(word));
        answered && ["invitation", "دعوه", "دعوت"].iter().any(|word| line.contains(word)) && !reply::is_personal(&line)
    };
    let says = new.own && new.text.lines().any(|line| line.chars().any(char::is_alphanumeric) && !field(line) && !told(line));
    (!says).then_some("calendar-answer")
}

/// Names of the fields of an invitation, folded, and what links begin with.
const FIELDS: [&str; 36] = [
    "when",
    "where",
    "who",
    "what",
    "time",
    "date",
    "location",
    "subject",
    "title",
    "organizer",
    "organiser",
    "attendees",
    "participants",
    "calendar",
    "duration",
    "meeting id",
    "video call",
    "quand",
    "ou",
    "qui",
    "heure",
    "lieu",
    "objet",
    "sujet",
    "titre",
    "organisateur",
    "agenda",
    "duree",
    "wann",
    "wo",
    "متي",
    "اين",
    "المكان",
    "الموضوع",
    "http",
    "https",
];

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
fn unanswerable(material: &Material<'_>, from: Option<&str>, answers: bool) -> Option<&'static str> {
    let headers = material.headers;
    if notice::null_return_path(headers) {
        return Some("null-return-path");
    }
    let from = from.map(str::to_lowercase)?;
    // People have addresses that only sound like those of programs: who answers us there without acknowledging anything may be one.
    if answers && !refuses_answers(&from) && (notifies(&from) || sounds_like_robot(&from)) && !acknowledges(material.text) {
        return None;
    }
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
    let machine = from.map(str::to_lowercase).is_none_or(|from| machine_local_part(&from) || is_robot(&from) || notifies(&from));
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
/// Services through which firms send put the fields of campaigns on whatever they carry, so on what `answers` one of our letters.
fn bulk(headers: &RawHeaders<'_>, answers: bool) -> Option<&'static str> {
    let value = |name: &str| headers.first(name).unwrap_or_default().to_ascii_lowercase();
    let posts = value("List-Post").contains("mailto:");
    let discussion = posts || headers.has("In-Reply-To") || headers.has("References");
    let precedence = headers.named("Precedence").any(|field| matches!(field.unfolded().to_ascii_lowercase().as_str(), "bulk" | "junk"));
    let listed = ["List-Unsubscribe", "List-Id", "List-Help"].iter().any(|name| headers.has(name));
    let campaign = headers.has("Feedback-ID") && !value("Feedback-ID").contains("amazonses");
    let discussion = discussion || answers;
    let marked = headers.has("List-Unsubscribe-Post") || campaign;
    if marked && !posts && !answers || listed && !discussion {
        return Some("list-fields");
    }
    (precedence && !discussion).then_some("precedence-bulk")
}

#[cfg(test)]
mod tests {
    use crate::letter::tests::shared;
    use crate::letter::{Kind, Letter, Limits, read};

    fn letter(fields: &str, text: &str) -> Letter {
        let mail = format!("From: Karim <sav@atlas.example>\nReturn-Path: <sav@atlas.example>\n{fields}\n\n{text}\n");
        read(mail.as_bytes(), shared(), &Limits::default())
    }

    const ANSWER: &str = "In-Reply-To: <1@service.example>";
    const CAMPAIGNS: [&str; 3] = [
        "Feedback-ID: 1234567:SG",
        "Feedback-ID: 1:2:hubspot\nList-Unsubscribe: <mailto:x@hs.example>",
        "List-Unsubscribe: <https://b.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ];

    #[test]
    fn who_answers_us_through_a_sending_service_is_heard() {
        for fields in CAMPAIGNS {
            for answer in [ANSWER, "References: <0@x.example> <1@service.example>", "Subject: Re: [EL-7K3Q-9XWC] Votre demande"] {
                let letter = letter(&format!("{answer}\n{fields}"), "Nous acceptons de rembourser 870 DH.");
                assert_eq!((letter.kind, letter.may_answer), (Kind::Human, false), "{fields} {answer}");
            }
            for other in ["In-Reply-To: <1@elsewhere.example>", "Subject: Re: soldes", "Subject: [EL-7K3Q-9XWC] soldes"] {
                assert_eq!(letter(&format!("{other}\n{fields}"), "Soldes de novembre").kind, Kind::Bulk, "{fields} {other}");
            }
        }
    }

    #[test]
    fn a_calendar_that_answers_is_no_person() {
        let mail = |text: &str, method: &str| {
            let calendar = format!("Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:{method}\nEND:VCALENDAR\n");
            let fields = "Subject: Accepté : x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b";
            letter(fields, &format!("--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\n{calendar}--b--"))
        };
        for (text, method, kind) in [
            ("", "REPLY", Kind::AutoReply),
            ("Quand : mardi 10:00\nOù : Casa\n\n*~*~*~*~*~*", "REPLY", Kind::AutoReply),
            ("", "CANCEL", Kind::AutoReply),
            ("Leila has accepted your invitation to the event: x, scheduled for November 25.", "REPLY", Kind::AutoReply),
            ("Leila a décliné votre invitation.\nMais jeudi me conviendrait bien.", "REPLY", Kind::Human),
            ("Je ne peux pas mardi, jeudi plutôt.", "COUNTER", Kind::Human),
            ("", "REQUEST", Kind::Human),
        ] {
            let letter = mail(text, method);
            assert_eq!((letter.kind, letter.may_answer), (kind, kind == Kind::Human), "{text} {method}");
        }
        let alone = letter("MIME-Version: 1.0\nContent-Type: text/calendar; method=REPLY", "BEGIN:VCALENDAR");
        assert_eq!(alone.kind, Kind::AutoReply);
    }

    #[test]
    fn an_address_that_only_sounds_like_a_programs_may_be_a_persons() {
        for local in ["sympa", "notification", "updates", "bounce"] {
            let mail = |fields: &str, text: &str| read(format!("From: <{local}@x.example>\n{fields}\n\n{text}\n").as_bytes(), shared(), &Limits::default());
            let answer = mail(ANSWER, "Nous acceptons de rembourser 870 DH.");
            assert_eq!((answer.kind, answer.may_answer), (Kind::Human, false), "{local}");
            assert_eq!(mail(ANSWER, "Votre demande a été enregistrée.").kind, Kind::AutoReply, "{local}");
            assert_eq!(mail("Subject: x", "Nous acceptons.").kind, Kind::AutoReply, "{local}");
        }
    }
}
