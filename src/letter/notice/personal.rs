//! Programs that stand between two people: read receipts in words, and those that ask senders to prove to be human.

use super::null_return_path;
use crate::letter::automatic::{is_machine, machine_local_part, tells};
use crate::letter::bounce::Material;
use crate::letter::content::clip;
use crate::letter::fold::fold;
use crate::letter::pattern::any_of;
use crate::letter::reply;
use regex::Regex;
use std::sync::LazyLock;

/// Whether a mail program tells in words that a mail was read: its prefix in the subject, and its sentence in the text.
pub(super) fn seen(material: &Material<'_>, subject: &str) -> bool {
    if subject.trim() == "return receipt" && fold(clip(material.text, 1_000)).contains("was received by:") {
        return true;
    }
    if !SEEN_SUBJECT.iter().any(|prefix| subject.strip_prefix(prefix).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))) {
        return false;
    }
    let body = fold(clip(material.text, 1_000));
    SEEN.iter().any(|(first, second)| body.contains(first) && body.contains(second))
}

/// Whether a program asks to prove to be human: it says who it is, or it says what it wants and gives the way to do it.
pub(in crate::letter) fn challenges(material: &Material<'_>, subject: &str, from: Option<&str>) -> bool {
    let body = fold(clip(material.text, 3_000));
    let machine = is_machine(material.headers) || null_return_path(material.headers) || from.is_some_and(|from| machine_local_part(&from.to_lowercase()));
    let from = from.unwrap_or_default().to_lowercase();
    let names_itself = ANY_CHALLENGER.is_match(&body) || ANY_CHALLENGER.is_match(&from);
    let report = material.headers.first("Content-Type").unwrap_or_default().to_ascii_lowercase().contains("multipart/report");
    if !machine && !report && !names_itself {
        return false;
    }
    let way = ["http://", "https://", "www.", "mailto:", "reply"].iter().any(|way| body.contains(way));
    let asks = || CHALLENGE.iter().any(|words| body.contains(words) || subject.contains(words));
    // Of a page the text shows no link.
    (names_itself && (machine || report)) || (way || names_itself) && asks()
}

/// Bytes of a notice of a gateway, which says nothing else.
const NOTICE: usize = 2_000;

/// Whether a gateway says that it holds a mail until its sender does what it asks, in words of its own.
pub(super) fn holds(material: &Material<'_>) -> bool {
    if material.text.len() > NOTICE {
        return false;
    }
    let body = fold(material.text);
    let says = |list: &[&str]| list.iter().any(|words| body.contains(words));
    says(&HELD) && says(&RELEASED) && !reply::is_personal(&body)
}

/// Whether a gateway lists what it keeps in quarantine, or says that it put a mail there.
pub(super) fn quarantines(material: &Material<'_>, subject: &str) -> bool {
    let body = fold(clip(material.text, NOTICE));
    let kept = ["quarantaine", "quarantine", "الحجر الصحي", "الحجر"].iter().any(|word| subject.contains(word));
    let says = QUARANTINED.iter().any(|words| body.contains(words));
    let mails = ["mail", "message", "courriel", "رساله", "رسايل", "بريد"].iter().any(|word| body.contains(word));
    kept && says && mails && !reply::is_personal(&body) && !tells(&body)
}

/// What gateways do with a mail in which they see no person, and how it is let through.
pub(super) const HELD: [&str; 16] = [
    "votre message a ete retenu",
    "votre e-mail a ete retenu",
    "votre courriel a ete retenu",
    "votre message a ete bloque par notre anti",
    "votre message est retenu",
    "votre message est en attente de validation",
    "pour que votre message soit remis",
    "afin que votre message soit remis",
    "afin que votre message lui soit",
    "your message has been held",
    "your email has been held",
    "your message is being held",
    "your message was held",
    "تم حجز رسالتك",
    "رسالتك محجوزه",
    "رسالتك قيد الانتظار",
];
pub(super) const RELEASED: [&str; 15] = [
    "cliquez sur le lien",
    "cliquer sur le lien",
    "cliquant sur le lien",
    "cliquez ici",
    "pour le liberer",
    "vous etes une personne",
    "vous etes un humain",
    "click the link",
    "click here",
    "click on the link",
    "please reply to",
    "release it",
    "يرجي الضغط",
    "الضغط علي الرابط",
    "انك شخص",
];

/// How they tell of their quarantine.
pub(super) const QUARANTINED: [&str; 9] = [
    "mis en quarantaine",
    "mise en quarantaine",
    "message en quarantaine",
    "messages en quarantaine",
    "messages in quarantine",
    "are being held for you",
    "message was quarantined",
    "messages were quarantined",
    "في الحجر",
];

/// All of the next ones in one pass: they are looked for in every mail.
static ANY_CHALLENGER: LazyLock<Regex> = LazyLock::new(|| any_of(&CHALLENGER));

/// Programs that ask senders to prove to be human.
pub(super) const CHALLENGER: [&str; 8] =
    ["boxbe", "spamarrest", "spam arrest", "bluebottle", "tagged message delivery agent", "earthlink spamblocker", "mailinblack", "challenge/response"];

/// What they say.
pub(super) const CHALLENGE: [&str; 42] = [
    "confirmer que vous etes une personne",
    "confirmer que vous etes un humain",
    "prouver que vous etes",
    "que vous n'etes pas un robot",
    "have your address added to the recipient",
    "prove you are human",
    "prove that you are human",
    "you are a human",
    "you are human",
    "confirm that you are a human",
    "challenge/response",
    "verify yourself",
    "verify that you are",
    "to release your message",
    "one-time confirmation",
    "authenticate your message",
    "to have your message delivered",
    "to ensure delivery of your email",
    "confirm your message",
    "confirm delivery of your message",
    "message is being held",
    "message is on hold",
    "waiting for verification",
    "requires confirmation",
    "please confirm your",
    "allowed senders",
    "guest list",
    "so i can receive your email",
    "has not been verified",
    "real live human",
    "requires that you verify",
    "requires verification",
    "complete this verification",
    "not a spammer",
    "votre message est en attente",
    "authentifier votre",
    "vous authentifier",
    "confirmer votre envoi",
    "recopiez les caracteres",
    "ne m'a pas encore ete remis",
    "تاكيد انك انسان",
    "لكي تصل رسالتك",
];

/// How subjects of read receipts begin, before their colon.
pub(super) const SEEN_SUBJECT: [&str; 29] = [
    "accuse de lecture",
    "read receipt",
    "read",
    "not read",
    "lu",
    "non lu",
    "gelesen",
    "ungelesen",
    "nicht gelesen",
    "leido",
    "no leido",
    "letto",
    "non letto",
    "lida",
    "lido",
    "nao lida",
    "gelezen",
    "niet gelezen",
    "last",
    "laest",
    "lest",
    "przeczytano",
    "прочитано",
    "прочтено",
    "تمت القراءه",
    "تمت قراءه",
    "لم تتم القراءه",
    "已读",
    "開封済み",
];

/// The two halves of the sentence in read receipts.
pub(super) const SEEN: [(&str, &str); 16] = [
    ("ceci est un accuse de lecture", "message"),
    ("this is a read receipt", "message"),
    ("your message", "was read on"),
    ("your message", "was deleted without being read"),
    ("this is a receipt for the mail", "was displayed"),
    ("votre message", "a ete lu"),
    ("votre message", "supprime sans avoir ete lu"),
    ("ihre nachricht", "wurde gelesen"),
    ("ihre nachricht", "gelesen wurde"),
    ("el mensaje", "se ley"),
    ("su mensaje", "fue leido"),
    ("il messaggio", "letto"),
    ("a sua mensagem", "lida"),
    ("uw bericht", "gelezen"),
    ("رسالتك", "قراءه"),
    ("رسالتك", "قراءت"),
];
