//! Banners that a gateway sets above a mail from outside: words of the host of our mailbox, and not of the writer.

use super::super::content::clip;
use super::super::fold::fold;
use super::super::pattern::{any_of, pattern};
use super::closing::is_personal;
use super::marks::is_quoted;
use regex::Regex;
use std::sync::LazyLock;

/// How many lines at the head of `lines` are banners, with the blank lines below each.
pub(super) fn banners(lines: &[&str]) -> usize {
    let mut at = 0usize;
    for _ in 0..BANNERS {
        let blank = lines.get(at..).unwrap_or_default().iter().take_while(|line| line.trim().is_empty()).count();
        let from = at.saturating_add(blank);
        match lines.get(from..).and_then(banner) {
            Some(taken) => at = from.saturating_add(taken),
            None => break,
        }
    }
    let blank = lines.get(at..).unwrap_or_default().iter().take_while(|line| line.trim().is_empty()).count();
    if at > 0 { at.saturating_add(blank) } else { 0 }
}

/// Banners above a mail: that of its own host, and those of the hosts on its way.
const BANNERS: usize = 6;
/// Lines of one banner, and bytes of one of its lines.
const LINES: usize = 12;
const BYTES: usize = 700;

/// How many lines at the head of `lines` one banner takes.
fn banner(lines: &[&str]) -> Option<usize> {
    let first = lines.first().filter(|line| !is_quoted(line))?;
    if first.contains(STARTS) {
        // Proofpoint marks where its own ends.
        return lines.iter().take(LINES.saturating_mul(3)).position(|line| line.contains(ENDS)).map(|end| end.saturating_add(1));
    }
    let mut joined = String::new();
    for (count, line) in lines.iter().take(LINES).enumerate().take_while(|(_, line)| !line.trim().is_empty()) {
        joined.push_str(&fold(clip(line.trim(), BYTES)));
        joined.push(' ');
        if is_banner(joined.trim()) {
            if is_personal(&joined) {
                return None;
            }
            let below = lines.get(count.saturating_add(1)..).unwrap_or_default();
            let goes_on = below.iter().take(LINES).take_while(|line| goes_on(line)).count();
            return Some(count.saturating_add(goes_on).saturating_add(1));
        }
        // A warning says at once what it is.
        if count >= 3 || !ANY_CARE.is_match(&joined) && !ORIGIN.is_match(&joined) {
            return None;
        }
    }
    None
}

/// The marks that Proofpoint sets around its banner, which nobody sees.
const STARTS: &str = "BannerStart";
const ENDS: &str = "BannerEnd";

/// Whether `text`, folded, is all that a banner says: where the mail came from, and what to take care of.
fn is_banner(text: &str) -> bool {
    TAG.is_match(text) || NEW.is_match(text) || ORIGIN.is_match(text) && MAIL.is_match(text) && ANY_CARE.is_match(text)
}

/// A banner speaks of mail.
static MAIL: LazyLock<Regex> = LazyLock::new(|| any_of(&["mail", "message", "courriel", "sender", "expediteur", "رساله", "بريد", "مرسل"]));

/// Whether a banner goes on in the next line.
fn goes_on(line: &str) -> bool {
    let folded = fold(clip(line.trim(), BYTES));
    !folded.is_empty()
        && !is_quoted(line)
        && (ORIGIN.is_match(&folded) && MAIL.is_match(&folded) || NEW.is_match(&folded) || WARNED.is_match(&folded))
        && !is_personal(&folded)
}

/// A line that says no more than that the mail comes from outside.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let outside = "external|externe|extern|externo|esterno|خارجي|خارجيه";
    let what = "e-?mail|mail|message|sender|courriel|expediteur|source|correo|بريد|رساله|مرسل";
    pattern(&format!(r"^(?:[^\w]*(?:(?:{outside}) (?:{what})|(?:{what}) (?:{outside}))[^\w]*|[\[(*#<]+ ?(?:{outside})[^\w]*|(?:{outside}) ?:)$"))
});

/// What is said of somebody who never wrote before.
static NEW: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "often get email from",
        "often receive email from",
        "learnaboutsenderidentification",
        "n'obtenez pas souvent d'e-mail",
        "n'obtenez pas souvent de courrier",
        "ne recevez pas souvent d'e-mail",
        "ne recevez pas souvent de courrier",
        "لا تتلقي البريد الالكتروني كثيرا",
        "لا تتلقي بريدا الكترونيا كثيرا",
        "لا تحصل غالبا علي بريد",
        "لا تتلقي غالبا رسايل",
        "this message is from an external sender",
        "this message came from outside your organization",
        "this is the first time you received an email from this sender",
    ])
});

/// Where such a mail came from.
static ORIGIN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "originated from outside",
        "originated outside",
        "came from outside",
        "sent from outside",
        "received from outside",
        "from outside of the",
        "from outside the",
        "from outside our",
        "from outside your",
        "from an external s",
        "external sender",
        "external source",
        "external email",
        "external e-mail",
        "provient de l'exterieur",
        "provient d'une source externe",
        "provient d'un expediteur externe",
        "emane de l'exterieur",
        "vient de l'exterieur",
        "envoye depuis l'exterieur",
        "envoye de l'exterieur",
        "expediteur externe",
        "expediteur exterieur",
        "exterieur a votre organisation",
        "exterieur a l'organisation",
        "exterieur de l'organisation",
        "exterieur de votre organisation",
        "exterieur de la societe",
        "exterieur de l'entreprise",
        "من خارج المو",
        "من خارج الشركه",
        "من خارج المنظمه",
        "من خارج منظم",
        "من خارج موس",
        "من مصدر خارجي",
        "من مرسل خارجي",
        "externen absender",
    ])
});

/// What to take care of.
const CARE_STEMS: [&str; 38] = [
    // Nouns, which people use too.
    "caution",
    "warning",
    "attention",
    "avertissement",
    "links",
    "attachments",
    "pieces jointes",
    "piece jointe",
    "les liens",
    "تنبيه",
    "تحذير",
    "الروابط",
    "المرفقات",
    "do not click",
    "don't click",
    "do not open",
    "don't open",
    "be careful",
    "recognize the sender",
    "recognise the sender",
    "know the content is safe",
    "content is safe",
    "outside your organization",
    "report suspicious",
    "ne cliquez",
    "ne pas cliquer",
    "n'ouvrez",
    "aucun lien",
    "soyez prudent",
    "soyez vigilant",
    "prudence",
    "connaissez l'expediteur",
    "reconnaissez l'expediteur",
    "contenu est s",
    "لا تضغط",
    "لا تنقر",
    "توخي الحذر",
    "كن حذرا",
];
/// How many of them are nouns.
const NOUNS: usize = 13;
/// What tells somebody to take care.
static WARNED: LazyLock<Regex> = LazyLock::new(|| any_of(CARE_STEMS.get(NOUNS..).unwrap_or_default()));
static ANY_CARE: LazyLock<Regex> = LazyLock::new(|| any_of(&CARE_STEMS));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banners_of_gateways_are_known_and_nothing_below_them_is_taken() {
        for banner in [
            "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender.",
            "CAUTION: This email originated from outside of the\norganization. Do not click links or open attachments unless you recognize\nthe sender and know the content is safe.",
            "ATTENTION : Cet e-mail provient de l'extérieur de votre organisation. Ne cliquez sur aucun lien et n'ouvrez aucune pièce jointe.",
            "[EXTERNAL EMAIL]",
            "*** EXTERNE ***",
            "EXTERNAL SENDER:",
            "You don't often get email from l@x.example. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>",
            "Vous n’obtenez pas souvent d’e-mail à partir de l@x.example. Pourquoi c’est important<https://aka.ms/LearnAboutSenderIdentification>",
            "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your organization.\n\nReport\nZjQcmQRYFpfptBannerEnd",
            "This Message Is From an External Sender\nThis message came from outside your organization.",
            "WARNING: external email. Please do not open attachments or links.",
            "تنبيه: هذه الرسالة واردة من خارج المؤسسة. لا تضغط على الروابط ولا تفتح المرفقات إلا إذا كنت تعرف المرسل.",
            "Avertissement : ce message provient d'un expéditeur externe.\nSoyez prudent avec les liens et les pièces jointes.",
        ] {
            let text = format!("\n{banner}\n\nACCEPTER K7P\n\noui");
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines.get(banners(&lines)..).map(<[&str]>::to_vec), Some(vec!["ACCEPTER K7P", "", "oui"]), "{banner}");
            let tight = format!("{banner}\nACCEPTER K7P");
            let lines: Vec<&str> = tight.lines().collect();
            assert_eq!(lines.get(banners(&lines)..).map(<[&str]>::to_vec), Some(vec!["ACCEPTER K7P"]), "{banner}");
        }
        let twice = ["[EXTERNAL]", "", "You don't often get email from a@b.example.", "Non."];
        assert_eq!(banners(&twice), 3);
        for own in ["Attention : seulement si le retour est gratuit.", "Les pièces jointes montrent la casse, nous refusons."] {
            assert_eq!(banners(&["[EXTERNAL]", own, "ACCEPTER K7P"]), 1, "{own}");
        }
    }

    #[test]
    fn what_people_write_is_no_banner() {
        for text in [
            "Attention : le colis est cassé.",
            "ATTENTION, je ne clique sur aucun lien d'un expéditeur externe.",
            "Le colis vient de l'extérieur du pays.",
            "Le disque externe est cassé",
            "External drive",
            "> [EXTERNAL EMAIL]",
            "Externe.",
            "خارجي",
            "Attention : le produit vient de l'extérieur, seulement si la douane est remboursée.",
            "My parcel came from outside the country, warning!",
            "Les pièces jointes sont les photos.",
            "",
        ] {
            assert_eq!(banners(&text.lines().collect::<Vec<_>>()), 0, "{text}");
        }
    }
}
