//! How a secret is told from what merely looks like it: where it lies in what follows its name, if it is one.

use std::ops::Range;

pub(super) fn always(_: &str, secret: &str) -> Option<Range<usize>> {
    Some(0..secret.len())
}

/// Between the name of the card and the number there is no word for the number of something else.
pub(super) fn not_of_a_purchase(cue: &str, secret: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 14] =
        ["command", "order", "factur", "invoice", "colis", "suivi", "tracking", "cadeau", "fid", "طلب", "كوموند", "فاتور", "article", "produit"];
    let cue = cue.to_lowercase();
    if OTHERS.iter().any(|word| cue.contains(word)) { None } else { always(&cue, secret) }
}

/// The same, where somebody is the holder of something else: "titulaire du contrat AB123456".
pub(super) fn not_of_a_contract(cue: &str, secret: &str) -> Option<Range<usize>> {
    const HOLDERS: [&str; 4] = ["titulaire", "porteu", "holder", "حامل"];
    const CONTRACTS: [&str; 12] = ["contrat", "abonnement", "compte", "réserv", "reserv", "booking", "billet", "ticket", "ligne", "account", "عقد", "حجز"];
    let cue = cue.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| cue.contains(word));
    if holds(&HOLDERS) && holds(&CONTRACTS) { None } else { not_of_a_purchase(&cue, secret) }
}

/// Digits that are told by a word for a code, unless it is that of an order.
pub(super) fn code(cue: &str, text: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 9] = ["command", "order", "réserv", "reserv", "booking", "promo", "postal", "طلب", "حجز"];
    let cue = cue.to_lowercase();
    // "Reçu le 12 11 26" is a day.
    let day = cue.trim_end().ends_with(" le") && text.get(2..3) == Some(" ");
    if day || OTHERS.iter().any(|word| cue.contains(word)) { None } else { no_sum(&cue, text) }
}

/// Digits after which no currency stands.
pub(super) fn no_sum(_: &str, text: &str) -> Option<Range<usize>> {
    const SUMS: [&str; 11] = ["dh", "mad", "dirham", "eur", "€", "$", "usd", "درهم", "mille", "alf", "ألف"];
    let end = end_of_code(text);
    let rest = text.get(end..)?;
    let unit = rest.trim_start().to_lowercase();
    let decimals = rest.strip_prefix([',', '.']).is_some_and(|rest| rest.starts_with(char::is_numeric));
    (!decimals && !SUMS.iter().any(|sum| unit.starts_with(sum))).then_some(0..end)
}

/// Where the digits end that `text` begins with: a code may be written in two halves, in pairs, or digit by digit.
fn end_of_code(text: &str) -> usize {
    let group = |from: usize| text.get(from..).map_or("", |rest| rest.get(..rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len())).unwrap_or_default());
    let digits = |group: &str| group.chars().count();
    let first = group(0);
    let more = match digits(first) {
        1 => 7,
        2 => 2,
        3 => 1,
        _ => 0,
    };
    let mut end = first.len();
    for _ in 0..more {
        let next = end.saturating_add(1);
        let parted = text.get(end..).is_some_and(|rest| rest.starts_with([' ', '-']));
        if !parted || digits(group(next)) != digits(first) {
            break;
        }
        end = next.saturating_add(group(next).len());
    }
    end
}

/// A code that is that of nothing but of its owner: not of an order, a parcel, a product, an entrance.
pub(super) fn of_nothing_else(cue: &str, text: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 20] = [
        "code client",
        "parrain",
        "barre",
        "réduc",
        "reduc",
        "remise",
        "cadeau",
        "colis",
        "suivi",
        "track",
        "article",
        "produit",
        "product",
        "modèle",
        "modele",
        "couleur",
        "code ref",
        "code réf",
        "كولي",
        "تتبع",
    ];
    let lower = cue.to_lowercase();
    if OTHERS.iter().any(|word| lower.contains(word)) { None } else { code(cue, text) }
}

/// Digits on the back of something, unless that is what was bought or what it came in.
pub(super) fn of_a_card(cue: &str, secret: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 10] = ["promo", "paquet", "carton", "boite", "boîte", "ticket", "réduc", "reduc", "étiquette", "etiquette"];
    let lower = cue.to_lowercase();
    if OTHERS.iter().any(|word| lower.contains(word)) { None } else { not_of_a_purchase(cue, secret) }
}

/// The number of a card of identity, and no date after a small word: "ma CIN expire le 12.11.26".
pub(super) fn no_date(cue: &str, secret: &str) -> Option<Range<usize>> {
    const SMALL: [&str; 14] = ["le", "du", "au", "de", "en", "et", "a", "on", "in", "of", "to", "w", "f", "o"];
    let range = not_of_a_contract(cue, secret)?;
    let mut parts = secret.split([' ', '.', '-']).filter(|part| !part.is_empty());
    let small = parts.next().is_some_and(|head| SMALL.contains(&head.to_lowercase().as_str()));
    let numbers: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
    let date = matches!(numbers.as_slice(), [1..=31, 1..=12, _] | [1..=12, 1900..=2100]);
    if small && date { None } else { Some(range) }
}

/// What stands alone in the line below the name of a password is one if it has a digit; a word may begin the rest of a sentence.
pub(super) fn has_a_digit(cue: &str, secret: &str) -> Option<Range<usize>> {
    let link = ["http", "www."].iter().any(|link| secret.contains(link));
    if link || !secret.contains(char::is_numeric) { None } else { not_forgotten(cue, secret) }
}

/// One word that nobody would write as a word, and no sum: "mon pass c'est Samir2020", not "1450dh".
pub(super) fn made_up(cue: &str, secret: &str) -> Option<Range<usize>> {
    const SUMS: [&str; 7] = ["dh", "dhs", "mad", "eur", "euros", "درهم", "€"];
    let lower = secret.to_lowercase();
    let sum = lower.starts_with(char::is_numeric) && SUMS.iter().any(|sum| lower.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(sum));
    if sum || ["http", "www.", "@"].iter().any(|link| secret.contains(link)) { None } else { looks_made_up(cue, secret) }
}

/// A word after "the password is", unless it says what is the matter with it: "le mot de passe est incorrect".
pub(super) fn no_remark(cue: &str, secret: &str) -> Option<Range<usize>> {
    const REMARKS: [&str; 58] = [
        "faux",
        "fausse",
        "incorrect",
        "invalid",
        "erron",
        "refus",
        "oubli",
        "perdu",
        "chang",
        "modifi",
        "bloqu",
        "expir",
        "demand",
        "reset",
        "requis",
        "requir",
        "oblig",
        "neces",
        "bon",
        "correct",
        "juste",
        "valid",
        "inconnu",
        "secret",
        "simple",
        "differen",
        "meme",
        "toujours",
        "encore",
        "mauvais",
        "confidentiel",
        "personnel",
        "envoy",
        "recu",
        "arriv",
        "dans",
        "trop",
        "tres",
        "comme",
        "celui",
        "pirat",
        "vole",
        "wrong",
        "right",
        "forgot",
        "lost",
        "block",
        "locked",
        "safe",
        "weak",
        "strong",
        "known",
        "same",
        "still",
        "sent",
        "private",
        "غالط",
        "خاطئ",
    ];
    let word = secret.trim_end_matches(['.', '!', '-']);
    let folded = crate::letter::fold::fold(word);
    // The shortest of them are whole words.
    let remark = |remark: &&str| if remark.chars().count() <= 4 { folded == **remark } else { folded.starts_with(*remark) };
    if REMARKS.iter().any(remark) || word.chars().count() < 4 { None } else { not_forgotten(cue, word) }
}

/// A login and a password after it, which looks made up.
pub(super) fn ends_made_up(_: &str, text: &str) -> Option<Range<usize>> {
    if ["http", "www."].iter().any(|link| text.contains(link)) {
        return None;
    }
    let last = text.split([' ', '\t', '\n', '/', '|', ',', ';']).rfind(|word| !word.is_empty())?;
    looks_made_up("", last).map(|_| 0..text.trim_end_matches([',', ';', ')']).len())
}

/// "Mot de passe : oublié" tells none.
pub(super) fn not_forgotten(cue: &str, secret: &str) -> Option<Range<usize>> {
    const NONE: [&str; 16] = ["oubli", "perdu", "aucun", "non", "pas", "forgot", "none", "lost", "no", "n/a", "نسيت", "ماعنديش", "نسيتها", "je", "il", "nsit"];
    let lower = secret.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if NONE.iter().any(|word| bare == *word || word.len() > 4 && bare.starts_with(word)) { None } else { always(cue, secret) }
}

/// Words after "password" among which one may be it.
const PASSWORD_REACH: usize = 7;

/// Without a colon only what nobody would write as a word: letters with digits or signs, or something in quotation marks.
pub(super) fn looks_made_up(_: &str, text: &str) -> Option<Range<usize>> {
    let mut at = 0usize;
    for word in text.split(' ').take(PASSWORD_REACH) {
        let inner = word.trim_end_matches(['.', ',', ';', '!', '?', ')']);
        let count = |wanted: fn(char) -> bool| inner.chars().filter(|c| wanted(*c)).count();
        let (letters, digits, signs) = (count(char::is_alphabetic), count(char::is_numeric), count(|c| "@#$%&*_+=!?".contains(c)));
        let quoted = inner.len() > 4 && inner.starts_with(['«', '“', '‘', '"']) && inner.ends_with(['»', '”', '’', '"']);
        if quoted || letters > 0 && digits.saturating_add(signs) > 0 && inner.chars().count() >= 6 {
            // A mark at its end may be a part of it.
            return Some(at..at.saturating_add(word.trim_end_matches(['.', ',', ';', ')']).len()));
        }
        if word.len() > inner.len() && word.ends_with('.') {
            return None;
        }
        at = at.saturating_add(word.len()).saturating_add(1);
    }
    None
}
