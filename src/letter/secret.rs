//! Secrets that people write without being asked: they are masked in everything that is derived from a mail (DOMAIN §3.4).

mod cues;
mod iban;
mod number;
mod sure;

use super::pattern::pattern;
use cues::{
    ACCOUNT_CUE, BACK_CUE, BARE_CODE, CODE_BEHIND, CODE_CUE, CUES, EXPIRY_CUE, GIVEN, HOLDER_CUE, IDENTITY_CUE, INSURED_CUE, LOGIN_CUE, PASSWORD_CUE,
    PASSWORD_IS, REVERSED, SHORT_PASSWORD_CUE, VERIFICATION_CUE,
};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;
use sure::{
    always, code, ends_made_up, has_a_digit, looks_made_up, made_up, no_date, no_remark, no_sum, not_forgotten, not_of_a_purchase, of_a_card, of_nothing_else,
};

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
/// A code that somebody gave away, and what follows it.
const GIVEN_CODE: &str = r"\p{Nd}{4,8}(?:$|[^\p{L}\p{Nd}][^\n]{0,8})";
/// Between the name of an identity card and its number.
const BETWEEN: &str = r"[^\p{Nd}.;!?\n\[]{0,32}?(?:[.:][ \t]*\n?[ \t]*|\n[ \t]*|[^\p{L}\p{Nd}\n])";

/// The kinds of secrets that a word announces, the surest first.
static RULES: [Rule; 20] = [
    Rule::new(
        || {
            let number = concat!(
                r"(?P<secret>[A-Za-z](?:[ .-]?[A-Za-z])?[ .-]{0,2}(?:\p{Nd}{3}[ .-]\p{Nd}{3}|\p{Nd}{2}[ .-]\p{Nd}{2}[ .-]\p{Nd}{2}|\p{Nd}{4}[ .-]\p{Nd}{2}|",
                r"\p{Nd}{2}[ .-]\p{Nd}{3,4}|\p{Nd}(?:[ .-]\p{Nd}){4,7})|",
                r"[A-Za-z]{1,2}[ .-]?\p{Nd}{4,9}[A-Za-z]{0,2}|\p{Nd}{2}[A-Za-z]{2}\p{Nd}{5}|",
                r"\p{Nd}{6,8}|[12]\p{Nd}{9}|784[ -]?\p{Nd}{4}[ -]?\p{Nd}{7}[ -]?\p{Nd})(?P<after>$|[^\p{L}\p{Nd}])"
            );
            pattern(&format!("{BEFORE}(?P<cue>(?:{IDENTITY_CUE}|{HOLDER_CUE}){BETWEEN}){number}"))
        },
        "identity-number",
        no_date,
    ),
    Rule::new(
        || {
            let number = r"(?P<secret>[A-Za-z]{1,2}[ .-]?(?:\p{Nd}{4,7}|\p{Nd}{3}[ .-]\p{Nd}{3}))";
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
                r"(?i)(?P<cue>\[•••\][ \t,;]{0,3}(?:[^\n\p{Nd}\[]{0,12}\p{Nd}{1,2}[ ]?[/-][ ]?\p{Nd}{2,4}(?:[ \t,;]{1,3}|[ \t]+[/|–-][ \t]*)(?:et |w |o |و ?)?|",
                r"[^\n\p{Nd}\[]{0,12}[01٠١۰۱]\p{Nd}[2-4٢-٤۲-۴]\p{Nd}[ \t]*[/|–-][ \t]*|",
                r"[^\n\p{Nd}\[]{0,12}(?:code|kod|cvv|cvc|crypto|الكود|كود|الرمز|رمز|القن)[^\n\p{Nd}.\[]{0,24}))(?P<secret>\p{Nd}{3,4})(?P<after>$|[^\p{Nd}/-])"
            ))
        },
        "card-verification-value",
        not_of_a_purchase,
    ),
    Rule::new(
        || {
            let digits = r"[^\n\p{Nd}\[]{0,40}\n?[^\n\p{Nd}\[]{0,20})(?P<secret>(?:MA\p{Nd}{2}[ -]?)?\p{Nd}(?:[ \u{a0}./-]{0,2}\p{Nd}){11,33})";
            pattern(&format!(r"(?i)(?P<cue>(?:(?-u:\b)(?:rib|iban)(?-u:\b)|{ACCOUNT_CUE}){digits}"))
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
            let digits = concat!(
                r"[^\n\p{Nd}.;!?\[]{0,30}[ \t:=]+\n?[ \t]*)(?P<secret>(?:\p{Nd}{4,8}|\p{Nd}{3}[ -]\p{Nd}{3}|\p{Nd}(?:[ -]\p{Nd}){3,7}|",
                r"\p{Nd}{2}(?: \p{Nd}{2}){2})(?:$|[^\p{L}\p{Nd}][^\n]{0,8}))"
            );
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
    Rule::new(
        || {
            let digits = r"[^\n\p{Nd}.;!?\[]{0,30}:?[ \t]*\n?[ \t]*)(?P<secret>\p{Nd}{3,4}|\p{Nd} \p{Nd} \p{Nd})(?P<after>$|[^\p{Nd}])";
            pattern(&format!("(?i)(?P<cue>(?:{BACK_CUE}){digits}"))
        },
        "card-verification-value",
        of_a_card,
    ),
    Rule::new(
        || {
            // After the month until which a card is valid, without the number of the card.
            let until = r"[ .:]{0,3}(?:fin |until |en )?\p{Nd}{1,2}[ ]?[/-][ ]?\p{Nd}{2}(?:\p{Nd}{2})?(?:[ \t,;]{1,3}|[ \t]+[/|–-][ \t]*)(?:et |w |o |و ?)?)";
            pattern(&format!(r"{BEFORE}(?P<cue>(?:{EXPIRY_CUE}){until}(?P<secret>\p{{Nd}}{{3}}(?:$|[^\p{{L}}\p{{Nd}}/-][^\n]{{0,8}}))"))
        },
        "card-verification-value",
        no_sum,
    ),
    Rule::new(
        || {
            let digits = format!(r"[^\n\p{{Nd}}.;!?\[]{{0,16}}[ \t:=]+)(?P<secret>\p{{Nd}}{{4,8}})(?P<after>[ \t]*(?:{CODE_BEHIND}))");
            pattern(&format!("{BEFORE}(?P<cue>(?:{BARE_CODE}){digits}"))
        },
        "password",
        of_nothing_else,
    ),
    Rule::new(
        || {
            let given = format!(r"[^\n\p{{Nd}}.;!?\[]{{0,40}}[^\p{{L}}\p{{Nd}}\n](?:{GIVEN})[ \t:=]+");
            pattern(&format!("{BEFORE}(?P<cue>(?:{BARE_CODE}){given})(?P<secret>{GIVEN_CODE})"))
        },
        "password",
        of_nothing_else,
    ),
    Rule::new(
        || {
            let named = format!(r"[^\n\p{{Nd}}.;!?\[]{{0,30}}[^\p{{L}}\p{{Nd}}\n](?:{BARE_CODE})[ \t:=]+(?:c'est |est |dyali |ديالي )?");
            pattern(&format!("{BEFORE}(?P<cue>(?:{GIVEN}){named})(?P<secret>{GIVEN_CODE})"))
        },
        "password",
        of_nothing_else,
    ),
    Rule::new(
        || {
            let line = r"(?: [\p{L}.]{1,16}){0,3}[ \t]*\n[ \t]*)(?P<secret>\S{4,60})(?P<after>[ \t]*(?:$|\n))";
            pattern(&format!(r"(?i)(?P<before>^|\n)(?P<cue>[ \t]*(?:mon |le |my |the )?l?(?:{PASSWORD_CUE}){line}"))
        },
        "password",
        has_a_digit,
    ),
    Rule::new(
        || {
            // "Pass" alone may be that of a train.
            let whose = r"(?:dyali|dyalha|ديالي|c'est|est|is|howa|hwa|هو)[ \t]+";
            let word = format!(r"[ \t]+(?:{whose}){{0,2}}|(?:{SHORT_PASSWORD_CUE})[ \t]+(?:{whose}){{1,2}})(?P<secret>\S{{6,40}})");
            pattern(&format!("{BEFORE}(?P<cue>(?:mon |my )(?:{SHORT_PASSWORD_CUE}){word}"))
        },
        "password",
        made_up,
    ),
    Rule::new(
        || {
            let word = r"[ \t]+)(?P<secret>[\p{L}\p{Nd}@#$%&*_+=!.-]{4,40})(?P<after>[ \t]*(?:$|[\n,;)]|(?:et|and|merci|svp|w|o) ))";
            pattern(&format!(r"{BEFORE}(?P<cue>l?(?:{PASSWORD_CUE})(?: [\p{{L}}']{{1,12}}){{0,3}} {PASSWORD_IS}{word}"))
        },
        "password",
        no_remark,
    ),
];

#[cfg(test)]
mod tests;
