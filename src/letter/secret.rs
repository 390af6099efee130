//! Secrets that people write without being asked: they are masked in everything that is derived from a mail (DOMAIN §3.4).

mod cues;
mod iban;
mod number;

use super::pattern::pattern;
use cues::{ACCOUNT_CUE, CODE_CUE, CUES, HOLDER_CUE, IDENTITY_CUE, INSURED_CUE, LOGIN_CUE, PASSWORD_CUE, REVERSED, SHORT_PASSWORD_CUE, VERIFICATION_CUE};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "[•••]";

/// The kinds of secrets, as they stand among the faults of a mail.
pub(super) const KINDS: [&str; 5] = ["card-number", "bank-account-number", "identity-number", "card-verification-value", "password"];

/// `text` with its secrets masked; their kinds are added to `faults`.
pub(super) fn mask(text: &str, faults: &mut Vec<String>) -> String {
    let mut note = |kind: &str| {
        if !faults.iter().any(|known| known == kind) {
            faults.push(kind.to_owned());
        }
    };
    let known = iban::mask(text, &mut note);
    let mut masked = number::mask(known.as_deref().unwrap_or(text), &mut note);
    // Most texts hold nothing that announces one.
    if !CUES.is_match(&masked) {
        return masked;
    }
    let mut cues = CUES.matches(&masked);
    for (place, Rule { pattern, kind, sure }) in RULES.iter().enumerate() {
        if !cues.matched(place) || !pattern.is_match(&masked) {
            continue;
        }
        let mut found = false;
        let replaced = pattern.replace_all(&masked, |captures: &Captures<'_>| {
            let part = |name: &str| captures.name(name).map_or("", |part| part.as_str());
            let (whole, secret) = (captures.get(0).map_or("", |all| all.as_str()), part("secret"));
            let range = if secret.starts_with(MASK) { None } else { sure(part("cue"), secret) };
            let Some((head, tail)) = range.and_then(|range| secret.get(..range.start).zip(secret.get(range.end..))) else { return whole.to_owned() };
            found = true;
            format!("{}{}{head}{MASK}{tail}{}", part("before"), part("cue"), part("after"))
        });
        let replaced = replaced.into_owned();
        if found {
            note(kind);
            masked = replaced;
            cues = CUES.matches(&masked);
        }
    }
    masked
}

/// A name without blanks, such as that of a file, in which marks part the words.
pub(super) fn mask_name(name: &str, faults: &mut Vec<String>) -> String {
    let spoken = name.replace(['_', '+'], " ");
    let masked = mask(&spoken, faults);
    if masked == spoken { name.to_owned() } else { masked }
}

/// Where the secret lies in what follows a cue, if it is one.
type Sure = fn(&str, &str) -> Option<Range<usize>>;

/// How one kind of secret is found: its pattern, which few texts need, and how it is told from what merely looks like it.
struct Rule {
    pattern: LazyLock<Regex>,
    kind: &'static str,
    sure: Sure,
}

impl Rule {
    const fn new(pattern: fn() -> Regex, kind: &'static str, sure: Sure) -> Self {
        Rule { pattern: LazyLock::new(pattern), kind, sure }
    }
}

/// What may stand before a cue.
const BEFORE: &str = r"(?i)(?P<before>^|[^\p{L}\p{Nd}])";
/// Between the name of an identity card and its number.
const BETWEEN: &str = r"[^\p{Nd}.;!?\n\[]{0,32}?(?:[.:][ \t]*\n?[ \t]*|\n[ \t]*|[^\p{L}\p{Nd}\n])";

/// The kinds of secrets that a word announces, the surest first.
static RULES: [Rule; 12] = [
    Rule::new(
        || {
            let number = concat!(
                r"(?P<secret>[A-Za-z]{1,2}[ .-]?\p{Nd}{4,9}[A-Za-z]{0,2}|\p{Nd}{2}[A-Za-z]{2}\p{Nd}{5}|",
                r"\p{Nd}{6,8}|[12]\p{Nd}{9}|784[ -]?\p{Nd}{4}[ -]?\p{Nd}{7}[ -]?\p{Nd})(?P<after>$|[^\p{L}\p{Nd}])"
            );
            pattern(&format!("{BEFORE}(?P<cue>(?:{IDENTITY_CUE}|{HOLDER_CUE}){BETWEEN}){number}"))
        },
        "identity-number",
        not_of_a_contract,
    ),
    Rule::new(
        || {
            let number = r"(?P<secret>[A-Za-z]{1,2}[ .-]?\p{Nd}{4,7})";
            pattern(&format!(r"{BEFORE}{number}(?P<after>{REVERSED}(?:{IDENTITY_CUE})(?:$|[^\p{{L}}\p{{Nd}}]))"))
        },
        "identity-number",
        always,
    ),
    Rule::new(
        || {
            let digits = concat!(
                r"(?:[ \t]*\(?3 chiffres\)?|[ \t]*\(\p{Nd}[^)\n]{0,20}\))?[^\n\p{Nd}.;!?\[]{0,30}[:]?[ \t]*\n?[ \t]*)",
                r"(?P<secret>\p{Nd}{3,4}|\p{Nd} \p{Nd} \p{Nd})(?P<after>$|[^\p{Nd}])"
            );
            pattern(&format!("(?i)(?P<cue>(?:{VERIFICATION_CUE}){digits}"))
        },
        "card-verification-value",
        always,
    ),
    Rule::new(
        || {
            // After the number of a card: its end of validity, or a word for a code, and three digits or four.
            pattern(concat!(
                r"(?i)(?P<cue>\[•••\][ \t,;]{0,3}(?:[^\n\p{Nd}\[]{0,12}\p{Nd}{1,2}[ ]?[/-][ ]?\p{Nd}{2,4}[ \t,;]{1,3}(?:et |w |o |و ?)?|",
                r"[^\n\p{Nd}\[]{0,12}(?:code|kod|cvv|cvc|crypto|الكود|كود|الرمز|رمز|القن)[^\n\p{Nd}.\[]{0,24}))(?P<secret>\p{Nd}{3,4})(?P<after>$|[^\p{Nd}/-])"
            ))
        },
        "card-verification-value",
        not_of_a_purchase,
    ),
    Rule::new(
        || {
            let digits = r"[^\n\p{Nd}\[]{0,40}\n?[^\n\p{Nd}\[]{0,20})(?P<secret>(?:MA\p{Nd}{2}[ -]?)?\p{Nd}(?:[ \u{a0}./-]{0,2}\p{Nd}){11,33})";
            pattern(&format!(r"(?i)(?P<cue>(?:\brib\b|\biban\b|{ACCOUNT_CUE}){digits}"))
        },
        "bank-account-number",
        always,
    ),
    Rule::new(
        || {
            let told = r"(?:[^\n:=\[]{0,40}?)[ \t]*[:=]+[ \t]*\n?[ \t]*)(?P<secret>[«“‘\x22'][^\n»”’\x22']{2,40}[»”’\x22']|\S{3,})";
            pattern(&format!("{BEFORE}(?P<cue>l?(?:{PASSWORD_CUE}){told}"))
        },
        "password",
        not_forgotten,
    ),
    Rule::new(|| pattern(&format!(r"{BEFORE}(?P<cue>l?(?:{PASSWORD_CUE})[ \t,]+)(?P<secret>[^\n]{{4,80}})")), "password", looks_made_up),
    Rule::new(
        || {
            let digits = r"[^\n\p{Nd}.;!?\[]{0,30}[ \t:=]+\n?[ \t]*)(?P<secret>(?:\p{Nd}{4,8}|\p{Nd}{3}[ -]\p{Nd}{3})(?:$|[^\p{L}\p{Nd}][^\n]{0,8}))";
            pattern(&format!(r"{BEFORE}(?P<cue>(?:{CODE_CUE}|(?:pin|otp)(?-u:\b)){digits}"))
        },
        "password",
        code,
    ),
    Rule::new(
        || pattern(&format!(r"{BEFORE}(?P<cue>(?:le )?crypto[ \t]*[:=]?[ \t]*)(?P<secret>\p{{Nd}}{{3,4}}[^\n]{{0,9}})")),
        "card-verification-value",
        no_sum,
    ),
    Rule::new(
        || {
            let both = r"(?P<secret>\S{2,60}[ \t]*(?:\n|[/|,;]|[ \t](?:-|et|and|w|o|و)[ \t])[ \t]*\S{5,60})";
            pattern(&format!("{BEFORE}(?P<cue>(?:{LOGIN_CUE})[^\n.;!?\\[]{{0,30}}?[ \\t:=]+){both}"))
        },
        "password",
        ends_made_up,
    ),
    Rule::new(|| pattern(&format!(r"{BEFORE}(?P<cue>(?:{SHORT_PASSWORD_CUE})[ ]?[:=][ \t]*)(?P<secret>\S{{4,80}})")), "password", looks_made_up),
    Rule::new(
        || {
            let digits = r"[^\n\p{Nd}.;!?\[]{0,30}[ \t:=]+)(?P<secret>[12345678](?:[ .-]?\p{Nd}){7,14})(?P<after>$|[^\p{L}\p{Nd}])";
            pattern(&format!("{BEFORE}(?P<cue>(?:{INSURED_CUE}){digits}"))
        },
        "identity-number",
        not_of_a_purchase,
    ),
];

fn always(_: &str, secret: &str) -> Option<Range<usize>> {
    Some(0..secret.len())
}

/// Between the name of the card and the number there is no word for the number of something else.
fn not_of_a_purchase(cue: &str, secret: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 14] =
        ["command", "order", "factur", "invoice", "colis", "suivi", "tracking", "cadeau", "fid", "طلب", "كوموند", "فاتور", "article", "produit"];
    let cue = cue.to_lowercase();
    if OTHERS.iter().any(|word| cue.contains(word)) { None } else { always(&cue, secret) }
}

/// The same, where somebody is the holder of something else: "titulaire du contrat AB123456".
fn not_of_a_contract(cue: &str, secret: &str) -> Option<Range<usize>> {
    const HOLDERS: [&str; 4] = ["titulaire", "porteu", "holder", "حامل"];
    const CONTRACTS: [&str; 12] = ["contrat", "abonnement", "compte", "réserv", "reserv", "booking", "billet", "ticket", "ligne", "account", "عقد", "حجز"];
    let cue = cue.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| cue.contains(word));
    if holds(&HOLDERS) && holds(&CONTRACTS) { None } else { not_of_a_purchase(&cue, secret) }
}

/// Digits that are told by a word for a code, unless it is that of an order.
fn code(cue: &str, text: &str) -> Option<Range<usize>> {
    const OTHERS: [&str; 9] = ["command", "order", "réserv", "reserv", "booking", "promo", "postal", "طلب", "حجز"];
    let cue = cue.to_lowercase();
    if OTHERS.iter().any(|word| cue.contains(word)) { None } else { no_sum(&cue, text) }
}

/// Digits after which no currency stands.
fn no_sum(_: &str, text: &str) -> Option<Range<usize>> {
    const SUMS: [&str; 11] = ["dh", "mad", "dirham", "eur", "€", "$", "usd", "درهم", "mille", "alf", "ألف"];
    let end = text.char_indices().find(|(_, c)| !c.is_numeric()).map_or(text.len(), |(at, _)| at);
    // A code may be written in two halves.
    let second = text.get(end..)?.strip_prefix([' ', '-']).filter(|_| text.chars().take_while(|c| c.is_numeric()).count() == 3);
    let half = second.map_or("", |rest| rest.get(..rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len())).unwrap_or_default());
    let end = if half.chars().count() == 3 { end.saturating_add(1).saturating_add(half.len()) } else { end };
    let rest = text.get(end..)?;
    let unit = rest.trim_start().to_lowercase();
    let decimals = rest.strip_prefix([',', '.']).is_some_and(|rest| rest.starts_with(char::is_numeric));
    (!decimals && !SUMS.iter().any(|sum| unit.starts_with(sum))).then_some(0..end)
}

/// A login and a password after it, which looks made up.
fn ends_made_up(_: &str, text: &str) -> Option<Range<usize>> {
    if ["http", "www."].iter().any(|link| text.contains(link)) {
        return None;
    }
    let last = text.split([' ', '\t', '\n', '/', '|', ',', ';']).rfind(|word| !word.is_empty())?;
    looks_made_up("", last).map(|_| 0..text.trim_end_matches([',', ';', ')']).len())
}

/// "Mot de passe : oublié" tells none.
fn not_forgotten(cue: &str, secret: &str) -> Option<Range<usize>> {
    const NONE: [&str; 16] = ["oubli", "perdu", "aucun", "non", "pas", "forgot", "none", "lost", "no", "n/a", "نسيت", "ماعنديش", "نسيتها", "je", "il", "nsit"];
    let lower = secret.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if NONE.iter().any(|word| bare == *word || word.len() > 4 && bare.starts_with(word)) { None } else { always(cue, secret) }
}

/// Words after "password" among which one may be it.
const PASSWORD_REACH: usize = 7;

/// Without a colon only what nobody would write as a word: letters with digits or signs, or something in quotation marks.
fn looks_made_up(_: &str, text: &str) -> Option<Range<usize>> {
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

#[cfg(test)]
mod tests;
