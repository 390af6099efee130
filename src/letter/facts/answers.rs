//! Answers to the questions of a letter: numbered, "1) 48213 2) 450 dh", or bare, one a line (DOMAIN §3.3). Which question they answer, only who
//! asked knows; what each would be as each field is told here.

use super::{Source, amounts, labels, seller, tidy};
use crate::domain::{Fact, Facts, Intent, MOST_QUESTIONS};
use crate::letter::Answer;
use crate::letter::fold::Word;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use crate::letter::reply::is_quoted;
use regex::Regex;
use std::sync::LazyLock;

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[ \t*•-]*\(?(\d{1,2})(?:[ \t]?(?:\)|\.[ \t]|[-–][ \t]|/[ \t]|:[ \t]|°[ \t]?)|\x{fe0f}?\x{20e3})[ \t]*(.+)$"));

/// Lines that are looked at.
const LINES: usize = 300;
/// Answers that are read of one mail.
const MOST: usize = 20;
/// Characters of an answer.
const LONGEST: usize = 200;
/// Characters of a line that may be a bare answer.
const SHORT: usize = 80;
/// Lines of a mail that may be a list of bare answers, with a greeting and thanks.
const FEW: usize = MOST_QUESTIONS + 4;

/// The answers of a mail: the numbered ones, each number once; without any, a short mail as a list of lines.
pub(super) fn read(source: &Source<'_>) -> Vec<Answer> {
    let mut found: Vec<(Option<u8>, String)> = Vec::new();
    let lines = || source.newly.lines().map(str::trim).filter(|line| !line.is_empty());
    for (number, answer) in lines().filter(|line| !is_quoted(line)).take(LINES).flat_map(numbered) {
        if found.len() < MOST && !found.iter().any(|(known, _)| *known == Some(number)) {
            found.push((Some(number), clip(after_question(answer))));
        }
    }
    if found.is_empty() && lines().nth(FEW).is_none() {
        found = bare(source, &lines().collect::<Vec<_>>());
    }
    found.into_iter().map(|(number, text)| answer(source, number, text)).collect()
}

/// The numbered answers of a line: one, or several as in "1) 48213 2) 450 dh".
pub(super) fn numbered(line: &str) -> Vec<(u8, &str)> {
    let mut found: Vec<(u8, &str)> = Vec::new();
    let mut rest = line;
    // Most lines begin with no number.
    if !line.trim_start_matches([' ', '\t', '*', '•', '-', '(']).starts_with(char::is_numeric) {
        return found;
    }
    while let Some(captures) = NUMBERED.captures(rest)
        && let (Some(number), Some(answer)) = (captures.get(1), captures.get(2))
        && let Ok(number) = number.as_str().parse::<u8>()
        && found.len() < MOST
    {
        let answer = answer.as_str();
        let next = [")", "-", ".", "/"].iter().filter_map(|mark| answer.find(&format!(" {}{mark} ", number.saturating_add(1)))).min();
        let (this, following) = next.and_then(|at| answer.split_at_checked(at)).unwrap_or((answer, ""));
        found.push((number, this));
        rest = following.trim_start();
    }
    found
}

/// What stands after a question that was kept, and after the remark in brackets that our questions end with.
fn after_question(text: &str) -> &str {
    let Some((_, rest)) = text.rsplit_once(['?', '؟']) else { return text };
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('(').and_then(|remark| remark.split_once(')')).map_or(rest, |(_, rest)| rest);
    if rest.trim().is_empty() { text } else { rest }
}

fn clip(text: &str) -> String {
    tidy(text).chars().take(LONGEST).collect()
}

/// Short lines without labels, apart from those that only greet or thank.
fn bare(source: &Source<'_>, lines: &[&str]) -> Vec<(Option<u8>, String)> {
    if lines.iter().any(|line| line.chars().count() > SHORT || is_quoted(line)) || labels::any(source, source.newly) {
        return Vec::new();
    }
    let spoken = |line: &&&str| {
        let (words, hits) = super::understand(source, line);
        is_yes(line, &words, &hits) || !covered(&words, &hits, |hit| hit.steers("courtesy"))
    };
    let found: Vec<(Option<u8>, String)> = lines.iter().filter(spoken).map(|line| (None, clip(line.trim_start_matches(['-', '•', '*', '–'])))).collect();
    if found.len() <= MOST_QUESTIONS { found } else { Vec::new() }
}

fn answer(source: &Source<'_>, number: Option<u8>, text: String) -> Answer {
    let (words, hits) = super::understand(source, &text);
    let yes = is_yes(&text, &words, &hits);
    let no = covered(&words, &hits, |hit| matches!(hit.meaning, Meaning::Intent(Intent::Refuse, false)) || hit.steers("courtesy"));
    let unknown = hits.iter().any(|hit| hit.steers("lacks"));
    let silent = yes || no || unknown || text.contains(['?', '؟']) || labels::any(source, &text);
    let means = if silent { Facts::default() } else { means(source, &text, &words, &hits) };
    Answer { number, text, means, yes, unknown }
}

/// A plain yes, in whichever form of language: a word that accepts or confirms, perhaps with thanks, and nothing else.
fn is_yes(text: &str, words: &[Word], hits: &[Hit]) -> bool {
    let yes = |hit: &Hit| matches!(hit.meaning, Meaning::Intent(Intent::Accept, false) | Meaning::Intent(Intent::Confirm, _));
    !text.contains(['?', '؟']) && hits.iter().any(yes) && covered(words, hits, |hit| yes(hit) || hit.steers("courtesy"))
}

/// Whether every word lies in a phrase that is wanted.
fn covered(words: &[Word], hits: &[Hit], wanted: impl Fn(&Hit) -> bool) -> bool {
    !words.is_empty() && (0..words.len()).all(|at| hits.iter().any(|hit| hit.first <= at && at <= hit.last && wanted(hit)))
}

/// What the text would be as each field. A word could be any name: it is one only where it looks like one.
fn means(source: &Source<'_>, text: &str, words: &[Word], hits: &[Hit]) -> Facts {
    const NAMES: [Fact; 4] = [Fact::ConsumerName, Fact::City, Fact::Merchant, Fact::Product];
    let mut facts = Facts::default();
    let name = is_name_like(text, words, hits);
    let city = |hit: &Hit| matches!(hit.meaning, Meaning::City(_));
    for fact in Fact::ALL.iter().copied().filter(|fact| name || !NAMES.contains(fact)) {
        for (fact, value) in labels::meant(source, fact, text, words, hits) {
            facts.set(fact, value);
        }
    }
    // Nobody is called Rabat, but a city is one in whatever words.
    if covered(words, hits, city) {
        return facts.without(&[Fact::ConsumerName, Fact::Merchant, Fact::Product]);
    }
    facts
}

/// Words that make a sentence, and no name.
const SENTENCE: [&str; 50] = [
    "je", "j", "tu", "il", "elle", "nous", "vous", "ils", "elles", "c", "ce", "est", "suis", "sont", "ai", "avez", "avons", "ont", "i", "you", "he", "she",
    "we", "they", "it", "is", "are", "was", "were", "have", "has", "my", "your", "انا", "هو", "هي", "هل", "كان", "لقد", "راه", "واش", "كاين", "عندي", "ana",
    "howa", "hiya", "rah", "wach", "kayn", "3ndi",
];

/// Whether the text looks like the name of somebody or something: words with letters that are no sentence, no sum, no wish and no way to pay.
fn is_name_like(text: &str, words: &[Word], hits: &[Hit]) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let sentence = words.iter().any(|word| SENTENCE.contains(&word.text.as_str())) && !(words.len() > 1 && seller::is_titled(text));
    let other = |hit: &Hit| matches!(hit.meaning, Meaning::Remedy(_) | Meaning::Payment(_) | Meaning::Month(_) | Meaning::Weekday(_)) || hit.steers("courtesy");
    let denied = hits.iter().any(|hit| hit.steers("denies") && hit.form != "ary-Latn");
    letters && !sentence && !denied && amounts::labelled(text).is_none() && !covered(words, hits, other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter::{Knowledge, Limits, read, tests::knowledge};

    fn answers(knowledge: &Knowledge, text: &str) -> Vec<Answer> {
        let mail = format!("From: Nora <nora@example.org>\nIn-Reply-To: <q@service.example>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        read(mail.as_bytes(), knowledge, &Limits::default()).answers
    }

    fn texts(answers: &[Answer]) -> Vec<(Option<u8>, &str)> {
        answers.iter().map(|answer| (answer.number, answer.text.as_str())).collect()
    }

    #[test]
    fn answers_are_found_numbered_and_bare() {
        let knowledge = knowledge();
        for (text, expected) in [
            ("2) 340 dh\n1) Savonnerie Amzil", vec![(Some(2), "340 dh"), (Some(1), "Savonnerie Amzil")]),
            ("1) Savonnerie Amzil 2) 340 dh", vec![(Some(1), "Savonnerie Amzil"), (Some(2), "340 dh")]),
            ("١- صابونية أمزيل\n٢- ٣٤٠ درهم", vec![(Some(1), "صابونية أمزيل"), (Some(2), "340 درهم")]),
            ("1️⃣ Amzil\n1. Autre", vec![(Some(1), "Amzil")]),
            ("1. Le nom du vendeur ? Savonnerie Amzil", vec![(Some(1), "Savonnerie Amzil")]),
            ("3. Le montant, en dirhams ? (exemple : 450 DH) 340 dh", vec![(Some(3), "340 dh")]),
            ("2. ما رقم الطلبية أو الفاتورة؟ (الجواب «ليس عندي» مقبول.) 48213", vec![(Some(2), "48213")]),
            ("Bonjour,\n\nSavonnerie Amzil\n- 340 dh\nMerci beaucoup", vec![(None, "Savonnerie Amzil"), (None, "340 dh")]),
            ("Savonnerie Amzil", vec![(None, "Savonnerie Amzil")]),
            ("Bonjour\noui", vec![(None, "oui")]),
            ("Vendeur : Savonnerie Amzil", vec![]),
            ("a\nb\nc\nd\ne\nf", vec![]),
            (&"mot ".repeat(30), vec![]),
        ] {
            assert_eq!(texts(&answers(&knowledge, text)), expected, "{text}");
        }
        let many: String = (1..40).map(|number| format!("{number}) {}\n", "x".repeat(300))).collect();
        let many = answers(&knowledge, &many);
        assert!(many.len() == MOST && many.iter().all(|answer| answer.text.chars().count() == LONGEST));
    }

    #[test]
    fn an_answer_means_what_its_shape_allows() {
        let knowledge = knowledge();
        for (text, fact, value) in [
            ("Savonnerie Amzil", Fact::Merchant, Some("Savonnerie Amzil")),
            ("savonnerie amzil", Fact::Merchant, Some("savonnerie amzil")),
            ("@amzil.savon", Fact::Merchant, Some("@amzil.savon")),
            ("https://www.savons-amzil.ma/contact", Fact::Merchant, Some("savons-amzil.ma")),
            ("Il Forno", Fact::Merchant, Some("Il Forno")),
            ("صابونية أمزيل", Fact::Merchant, Some("صابونية أمزيل")),
            ("Nora Amzil", Fact::ConsumerName, Some("Nora Amzil")),
            ("f Khouribga", Fact::City, Some("Khouribga")),
            ("une lampe", Fact::Product, Some("une lampe")),
            ("AT-48213", Fact::OrderNo, Some("AT-48213")),
            ("n° 48213", Fact::OrderNo, Some("48213")),
            ("340", Fact::Amount, Some("340.00")),
            ("340 dh", Fact::Currency, Some("MAD")),
            ("remboursement", Fact::Remedy, Some("REFUND_FULL")),
            ("استرجاع المبلغ", Fact::Remedy, Some("REFUND_FULL")),
            ("à la livraison", Fact::PaymentMethod, Some("cash_on_delivery")),
            ("3/3/2026", Fact::OrderDate, Some("2026-03-03")),
            ("contact@amzil.example", Fact::MerchantContact, Some("contact@amzil.example")),
            // What one of them cannot be.
            ("340 dh", Fact::Merchant, None),
            ("48213", Fact::Merchant, None),
            ("remboursement", Fact::Merchant, None),
            ("Rabat", Fact::ConsumerName, None),
            ("Savonnerie Amzil", Fact::OrderNo, None),
            ("Savonnerie Amzil", Fact::Amount, None),
            ("j'attends votre réponse", Fact::Merchant, None),
            ("c'est une honte", Fact::Merchant, None),
            ("avez-vous écrit au vendeur ?", Fact::Merchant, None),
        ] {
            let found = answers(&knowledge, &format!("1) {text}"));
            assert_eq!(found[0].means.get(fact), value, "{text} as {fact:?}");
        }
    }

    #[test]
    fn who_does_not_know_says_nothing() {
        let knowledge = knowledge();
        for text in [
            "je ne l'ai pas",
            "je sais pas",
            "aucune idée",
            "I don't know",
            "i dont have it",
            "لا أعرف",
            "ليس عندي",
            "ما عنديش",
            "ماعنديش",
            "معرفتش",
            "makandich",
            "ma3ndich",
            "ma 3reftch",
            "m3reftch",
            "?",
            "non",
            "لا",
            "no",
            "-",
            "ok merci",
        ] {
            let found = answers(&knowledge, &format!("1) {text}\n2) 48213"));
            assert!(found.iter().filter(|answer| answer.number == Some(1)).all(|answer| answer.means.is_empty()), "{text}: {found:?}");
        }
        for (text, unknown) in [("je ne l'ai pas", true), ("ليس عندي", true), ("makandich", true), ("non", false), ("?", false), ("48213", false)] {
            let found = answers(&knowledge, &format!("1) {text}\n2) 48213"));
            assert_eq!(found.iter().any(|answer| answer.unknown), unknown, "{text}");
        }
    }

    #[test]
    fn a_yes_is_a_yes_and_nothing_else() {
        let knowledge = knowledge();
        for text in [
            "oui",
            "Oui, merci.",
            "oui c'est ça",
            "c'est exact",
            "yes",
            "yes that's right",
            "نعم",
            "صحيح",
            "نعم شكرا",
            "اه",
            "واخا",
            "ah",
            "iyeh",
            "wakha chokran",
            "ok",
        ] {
            let found = answers(&knowledge, text);
            assert!(found.len() == 1 && found[0].yes, "{text}: {found:?}");
        }
        for text in ["oui ?", "oui mais 200 dh", "non", "oui 1500", "وي", "wakha walakin", "merci", "Amzil"] {
            assert!(!answers(&knowledge, text).iter().any(|answer| answer.yes), "{text}");
        }
    }
}
