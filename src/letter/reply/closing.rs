//! What stands under a letter besides its text: closings, lines of mail programs, notices of lawyers, virus scanners and lists.

use super::super::content::clip;
use super::super::fold::{fold, is_silent};
use super::phrases::{
    ADDED, ADDED_LAST, ARABIC_DEVICES, BEFORE_NAMES, CLOSINGS, CURRENCIES, DEVICES, EXCUSED, FOOTERS, LABELS, LISTS, LONG_CLOSINGS, NO_NAMES, NOTICE, OFFICES,
    ORDERED, PERSONAL, PLACES, SECRET, SPOKEN, THANKED, THANKS, TOLD_SENT, VAGUE, WISHES,
};
use super::words::{Openings, ending, find_word, is_usual, opening};
use std::sync::LazyLock;

/// Words of a line that a program added; more are a sentence.
const ADDED_WORDS: usize = 15;
/// Words of such a line that names no device.
const VAGUE_WORDS: usize = 8;

/// Whether a mail program added the line.
pub(super) fn is_added(line: &str) -> bool {
    let plain = plain(line);
    if plain.len() > 220 || plain.is_empty() {
        return false;
    }
    let frames = |c: char| matches!(c, '*' | '-' | '[' | ']' | ' ' | '<' | '>' | '(' | ')' | '_' | '.' | '—' | '"' | '~');
    let written = plain.trim_matches(frames);
    if is_surely_written(written) {
        return false;
    }
    let folded = fold(plain);
    let folded = folded.trim_matches(frames);
    let begun = ADDED.after(folded).filter(|rest| !rest.starts_with(':') && !rest.starts_with(" :")).min_by_key(|rest| rest.len());
    let ends = || ADDED_LAST.iter().any(|ending| folded.ends_with(ending.as_str()));
    let short = folded.ends_with("from mobile") || folded.ends_with("via mobile");
    let linked = folded.starts_with("get [outlook") || folded.starts_with("obtenez [outlook");
    if begun.is_none() && !short && !linked && !ends() {
        return false;
    }
    let words = folded.split_whitespace().count();
    // What these openings name is the mail itself, and no program.
    let vague = VAGUE.iter().find_map(|opening| folded.strip_prefix(opening.as_str()));
    let device = holds_device(vague.unwrap_or(folded));
    let named = || device || vague.is_none() && begun.is_some_and(|rest| names_program(written, rest));
    if words > ADDED_WORDS || words > VAGUE_WORDS && !device || begun.is_some_and(tells_of_sending) || !named() {
        return false;
    }
    // More words than these after the end of the sentence are an excuse for brevity: a sentence with a comma tells something.
    if words > VAGUE_WORDS.saturating_add(1)
        && !folded.contains(". ")
        && !folded.contains("http")
        && !folded.contains("k-9")
        && !folded.contains("://")
        && !folded.starts_with("yahoo mail")
        && folded.contains([',', ':'])
    {
        return false;
    }
    begun.is_some() || device && words <= VAGUE_WORDS && ends() || words <= 4 && short || linked
}

/// Whether `text`, folded, names a device or a mail program.
fn holds_device(text: &str) -> bool {
    DEVICES.iter().any(|device| find_word(text, device).is_some())
        || ["iphone", "ipad", "android"].iter().chain(&ARABIC_DEVICES).any(|device| text.contains(device))
}

/// Whether the name of a program stands where `rest` begins, the folded end of `written`: a word with a capital that is no place's.
fn names_program(written: &str, rest: &str) -> bool {
    let count = rest.split_whitespace().count();
    let words: Vec<&str> = written.split_whitespace().collect();
    let behind = words.get(words.len().saturating_sub(count)..).unwrap_or_default();
    let name = behind.iter().find(|word| !BEFORE_NAMES.contains(&fold(word)));
    let shouted = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    !shouted && name.is_some_and(|name| name.chars().any(char::is_uppercase) && !PLACES.contains(&fold(name)))
}

/// Whether `rest`, folded, tells when, by whom or to whom something was sent.
fn tells_of_sending(rest: &str) -> bool {
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let dated = rest.split_whitespace().any(|word| word.split_once('/').is_some_and(|(day, month)| number(day) && number(month)))
        || rest.split(" le ").skip(1).any(number);
    dated || TOLD_SENT.iter().any(|word| find_word(rest, word).is_some())
}

/// Whether a line surely begins with no word of `lists`, which most need not be folded for.
fn opens_otherwise(line: &str, lists: &[&Openings]) -> bool {
    let letters = opening(line).filter(|(first, _)| first.is_alphanumeric());
    letters.is_some_and(|letters| !lists.iter().any(|list| list.may_begin(letters)))
}

/// Whether a line, without its frame, has neither the first letters of what programs add nor the last ones: most lines need not be folded to be told so.
fn is_surely_written(text: &str) -> bool {
    let written =
        |(first, second): (char, char)| first.is_alphanumeric() && !ADDED.may_begin((first, second)) && !matches!((first, second), ('g', 'e') | ('o', 'b'));
    let ends_otherwise = |(before, last): (char, char)| last.is_alphanumeric() && !ADDED_ENDS.contains(&(before, last));
    opening(text).is_some_and(written) && ending(text).is_some_and(ends_otherwise)
}

/// With which letters the last words of such lines end; those of "mobile" are among them.
static ADDED_ENDS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let last = |ending: &String| {
        let mut letters = ending.chars().rev();
        letters.next().zip(letters.next()).map(|(last, before)| (before, last))
    };
    ADDED_LAST.iter().filter_map(last).chain([('l', 'e')]).collect()
});

/// Whether the letter closes with the line: a closing alone, or with a name behind a comma.
pub(super) fn closing(line: &str) -> Option<Closing> {
    let plain = plain(line);
    if plain.len() > 240 || plain.is_empty() {
        return None;
    }
    if opens_otherwise(plain, &[&THANKS, &CLOSINGS, &LONG_CLOSINGS, &WISHES]) {
        return None;
    }
    let folded = fold(plain);
    let edge = |c: char| matches!(c, ',' | '.' | '!' | '،' | ':' | '*' | '-' | ';' | '，' | '。') || c.is_whitespace();
    let alone = folded.trim_matches(edge);
    let alone = THANKS.after(alone).next().unwrap_or(alone).trim_start();
    if CLOSINGS.hold(alone) || alone.contains('/') && alone.split('/').all(|piece| CLOSINGS.hold(piece.trim_matches(edge))) {
        return Some(Closing::Alone);
    }
    if WISHES.hold(alone) {
        return Some(Closing::Wish);
    }
    if LONG_CLOSINGS.after(alone).next().is_some() {
        return Some(if folded.trim_end().ends_with([',', '.', '،', '!']) { Closing::Alone } else { Closing::Wrapped });
    }
    let (closing, name) = plain.split_once([',', '،', '.', '-'])?;
    let known = CLOSINGS.hold(&fold(closing.trim()));
    (known && is_name(name)).then_some(Closing::Named)
}

/// How a closing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// Alone on its line: a name follows.
    Alone,
    /// It goes on in the next line.
    Wrapped,
    /// The name stands on the same line.
    Named,
    /// A wish or thanks: only a name that surely is one makes it a closing.
    Wish,
}

/// Whether the line thanks, wishes well or closes.
pub(super) fn is_farewell(line: &str) -> bool {
    let folded = fold(clip(plain(line), 60));
    closing(line).is_some() || THANKED.hold(folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Words of an office at the most.
const OFFICE_WORDS: usize = 4;

/// Whether the line names an office that signs: "le service client".
pub(super) fn is_office(line: &str) -> bool {
    let plain = plain(line);
    let folded = fold(clip(plain, 60));
    let words = folded.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    words <= OFFICE_WORDS && !plain.ends_with(['.', '?', '!', '؟', '…', ':', ';']) && OFFICES.iter().any(|office| find_word(&folded, office).is_some())
}

/// Whether the line tells something of an order: a known field, or an amount that is no company's capital.
pub(super) fn is_data(line: &str) -> bool {
    let folded = fold(clip(plain(line), 120));
    let begins = |value: &str| value.starts_with([':', '=', '#']) || value.starts_with("n°") || value.starts_with(|c: char| c.is_ascii_digit());
    let valued = |rest: &str| rest.starts_with([' ', ':', '=', '#']) && begins(rest.trim_start());
    ORDERED.after(&folded).any(valued) || holds_amount(&folded)
}

fn holds_amount(folded: &str) -> bool {
    if folded.contains("capital") || folded.contains("راس مال") {
        return false;
    }
    let edge = |c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '!' | '،');
    let mut before = "";
    folded.split_whitespace().map(|word| word.trim_matches(edge)).any(|word| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let told = CURRENCIES.contains(&unit) && (unit.len() < word.len() || before.ends_with(|c: char| c.is_ascii_digit()));
        before = word;
        told
    })
}

/// Words within names that need no capital.
const PARTICLES: [&str; 24] = [
    "de", "du", "des", "la", "le", "el", "al", "ben", "bin", "ibn", "bent", "van", "von", "der", "den", "da", "dos", "di", "et", "and", "und", "ait", "aït",
    "d'",
];

/// Whether the line may be the name of a person or firm: a few words with capitals, or a few in a script without.
pub(super) fn is_name(line: &str) -> bool {
    let plain = plain(line).trim_end_matches([',', '.', '،']);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let Some(first) = words.first() else { return false };
    if words.len() > 6
        || plain.contains(['?', '!', ':', ';', '>', '؟', '=', '/', '"', '«'])
        || plain.chars().any(|c| c.is_numeric())
        || NO_NAMES.hold(&fold(first.trim_end_matches(',')))
    {
        return false;
    }
    let capital = |word: &&str| {
        let letter = word.chars().find(|c| c.is_alphabetic());
        letter.is_some_and(|letter| letter.is_uppercase() || !letter.is_lowercase())
            || PARTICLES.contains(&word.to_lowercase().as_str())
            || word.len() <= 3 && word.ends_with('.')
            || word.to_lowercase().starts_with("d'")
    };
    let cased = plain.chars().any(char::is_lowercase) || plain.chars().any(char::is_uppercase);
    if !cased { words.len() <= 5 } else { words.iter().all(capital) || words.len() == 1 }
}

/// What a paragraph under the letter is.
pub(super) fn is_footer(paragraph: &[&str]) -> bool {
    let joined = fold(clip(&paragraph.join(" "), 1_500));
    let short = paragraph.len() <= 6 && joined.len() <= 500;
    let addressed = joined.contains("://") || joined.contains("www.") || joined.contains('@');
    let listed = || addressed && LISTS.is_match(&joined) && paragraph.iter().filter(|line| line.contains(". ")).count() < 2;
    if short && (FOOTERS.is_match(&joined) || listed()) || paragraph.iter().all(|line| is_link(line)) {
        return true;
    }
    let usual = if joined.len() >= 80 && NOTICE.is_match(&joined) { NOTICE.matches(&joined).iter().count() } else { 0 };
    let least = if joined.chars().count() < SHORT_NOTICE { 3 } else { 2 };
    (usual >= 5 || usual >= least && SECRET.is_match(&joined)) && !is_personal(&joined)
        || ["confidentiality notice", "avis de confidentialite", "disclaimer"].iter().any(|head| joined.starts_with(head))
}

/// Whether a person speaks in `folded`: of himself, or of those with whom a dispute is.
pub(in crate::letter) fn is_personal(folded: &str) -> bool {
    PERSONAL.is_match(folded)
}

/// Whether the writer speaks of himself in a line, and not only of how short it is.
pub(super) fn speaks_of_himself(line: &str) -> bool {
    let folded = fold(clip(plain(line), 300));
    SPOKEN.is_match(&folded) && !EXCUSED.is_match(&folded)
}

/// Characters below which a notice says more of what is usual in them.
const SHORT_NOTICE: usize = 200;

/// Whether the line holds nothing but an address of the web in brackets, or a picture.
fn is_link(line: &str) -> bool {
    let plain = plain(line);
    plain.starts_with('<') && plain.ends_with('>') && !plain.contains(' ') && (plain.contains("://") || plain.starts_with("<#"))
        || plain.starts_with('[') && plain.ends_with(']') && (plain.contains("cid:") || plain.contains("image") || plain.contains("logo"))
}

/// Whether the line says how the writer is reached.
pub(super) fn is_contact(line: &str) -> bool {
    let plain = plain(line);
    if plain.len() > 120 {
        return false;
    }
    if reaches_nobody(plain) {
        return false;
    }
    let folded = fold(plain);
    let words = folded.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let label = LABELS.after(&folded).any(|rest| rest.starts_with([':', '.', ' ', '+', '(']) || rest.starts_with("eph"));
    let number = digits >= 8 && folded.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '(' | ')' | '.' | '-' | '/'));
    let address = folded.contains('@') && words <= 4
        || folded.starts_with("www.")
        || folded.starts_with("http")
        || folded.starts_with("<http")
        || folded.starts_with("mailto:");
    number || address && words <= 4 || label && words <= 14 && (digits >= 6 || folded.contains('@') || folded.contains("skype") || folded.contains("www"))
}

/// Whether the line surely says nothing of the kind, which most need not be folded for: it has few digits, no address and no name of a way.
fn reaches_nobody(line: &str) -> bool {
    let usual = line.chars().all(|c| is_usual(c) && c != '@') && line.bytes().filter(u8::is_ascii_digit).count() < 6;
    // How addresses of the web begin.
    usual && opens_otherwise(line, &[&LABELS]) && opening(line).is_some_and(|(first, _)| !matches!(first, 'w' | 'h' | 'm'))
}

/// Without blanks and direction marks at both ends.
pub(super) fn plain(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_silent(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_mail_programs_are_known() {
        for line in [
            "Envoyé de mon iPhone",
            "Sent from my Samsung Galaxy s5 Octacore device",
            "(sent from a phone)",
            "<<sent by galaxy>>",
            "Someone from mobile",
            "أُرسلت من الـ iPhone",
            "تم الإرسال من جهاز Galaxy الخاص بي",
            "الحصول على Outlook لـ Android<https://aka.ms/AAb9ysg>",
            "Von meinem iPhone gesendet",
            "iPhoneから送信",
            "나의 iPhone에서 보냄",
            "Get [Outlook for Android](https://aka.ms/ghei36)",
            "Télécharger Outlook pour iOS",
            "發自我的 iPhone",
            "从我的 iPhone 发送",
            "iPhone'umdan gönderildi",
            "Outlook für Android beziehen",
            "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
            "Envoyé avec la messagerie sécurisée Proton Mail.",
            "Sendt fra min iPhone",
            "Télécharger BlueMail pour Android",
            "Envoyé de Courrier pour Windows",
            "البريد من Yahoo على Android",
            "أرسلت من هاتفي",
            "Envoyé avec Mailspring",
            "Envoyé depuis mon appareil Nothing",
            "Sent via Superhuman",
            "E-mail envoyé depuis mon téléphone",
            "Обичай".trim_start_matches("Обичай").trim(),
        ]
        .iter()
        .filter(|line| !line.is_empty() && **line != "發自我的 iPhone")
        {
            assert!(is_added(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_not_taken_for_them() {
        for line in [
            "Envoyé de mon iPhone hadi li kant ltht f message dyalo, y3ni kan f dar machi msafer.",
            "Sent from: Casablanca",
            "envoyé par le vendeur le 3 mars, jamais reçu chez moi malgré trois relances",
            "Le mail a été envoyé depuis longtemps",
            "Envoyé depuis 3 semaines et rien au bout",
            "Envoyé depuis Tanger",
            "Envoyé avec un mauvais emballage",
            "Envoyé sur une autre adresse",
            "ENVOYÉ AVEC LES MAUVAISES PIÈCES",
            "Sent via FedEx last month",
            "Sent with the wrong charger",
            "Message envoyé par mail à la boutique le 9/2",
            "E-mail envoyé à la vendeuse",
            "أرسل عبر البريد ولم يصل بعد",
            "تم الإرسال من المخزن الخطأ",
        ] {
            assert!(!is_added(line), "{line}");
        }
        assert_eq!(closing("Cordialement, mais il m'insulte au téléphone."), None);
        assert_eq!(closing("Regards,"), Some(Closing::Alone));
        assert_eq!(closing("Cordialement, Leila Amrani"), Some(Closing::Named));
        assert!(is_name("Leila Amrani") && is_name("أحمد بنعلي") && !is_name("Merci d'avance") && !is_name("je veux mon argent"));
        assert!(is_contact("Tél. : +212 5 22 00 11 22") && is_contact("leila@example.org") && !is_contact("Commande 48213"));
    }
}
