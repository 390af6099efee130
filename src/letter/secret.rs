//! Secrets that people write without being asked: they are masked in everything that is derived from a mail (DOMAIN §3.4).

mod number;

use super::pattern::{pattern, patterns};
use regex::{Captures, Regex, RegexSet};
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
    let mut masked = number::mask(text, &mut note);
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

/// Names of the identity card and the passport.
const IDENTITY_CUE: &str = concat!(
    r"c\.?i\.?n\.?e?|c\.?n\.?i\.?e?|l?cin|la ?carte nationale|lakart nationale?|carte d'identit[ée](?: nationale)?|carte nationale|pi[èe]ce d'identit[ée]|",
    r"n[°ºo]\.? d'identit[ée]|num[ée]ro d'identit[ée]|identity (?:card|number)|national id|id card|id number|passeport|passport|",
    r"البطاقة الوطنية|بطاقة التعريف|بطاقة الهوية|البطاقة ديالي|بطاقتي الوطنية|رقم البطاقة|لاكارط ناسيونال|لاكارط ديالي|لاكارت ناسيونال|لاسين|ب\.ت\.و|جواز السفر"
);

/// Between a number and the name of its card after it: "AB123456, c'est ma CIN".
const REVERSED: &str = concat!(
    r"[ \t,(:=-]{1,3}(?:est |c'est |is |hiya |hia |هي |هو )?",
    r"(?:ma |mon |my |le num[ée]ro de |le n[°º] de |n[°º] de |num[ée]ro de |رقم |de )?(?:ma )?"
);

/// Names of the digits on the back of a card.
const VERIFICATION_CUE: &str = concat!(
    r"cvv2?|cvc2?|cid|سي ?في ?في|cryptogramme(?: visuel)?|code de s[ée]curit[ée]|security code|code de v[ée]rification|verification code|",
    r"chiffres? (?:au dos|derri[èe]re)|code au dos|on the back|رمز الأمان|رمز الحماية|رقم الأمان|كود الأمان|رمز التحقق|الرمز خلف البطاقة|",
    r"الكود (?:ا?ل?لي )?(?:من |ف)?(?:ال)?لور|l?code (?:l?li )?(?:mn |f )?l?lor|lor lacarte"
);

/// Names of a bank account, but for two short ones.
const ACCOUNT_CUE: &str = concat!(
    r"compte bancaire|compte courant|bank account|account number|num[ée]ro de compte|n[°ºo]\.? ?(?:de |du )?compte|",
    r"رقم الحساب|حسابي البنكي|الحساب البنكي|حساب بنكي|لاريب|الريب"
);

/// Names of a password.
const PASSWORD_CUE: &str = concat!(
    r"mots? de passe?|mot de pass|modpass|mot d passe?|mdp|password|passwd|passcode|pwd|كلمة السر|كلمة المرور|كلمة سر|",
    r"الموط دو ?باس|موط دو ?باس|لموت ?د ?باس|الباسورد|باسورد|لباسوورد"
);

/// Names of a secret code, but for two short ones.
const CODE_CUE: &str = concat!(
    r"code (?:secret|pin|confidentiel|d'acc[èe]s|otp|de (?:ma|la) carte)|lcode (?:dyal|d) (?:la ?carte|carte)|",
    r"pin code|secret code|kod secret|lcode secret|code sirri|الرمز السري|الرقم السري|رمز سري|الكود السري|القن السري|الكود ديال لاكارط"
);

/// What a text must hold for each of the rules to find anything in it: few texts do, and all of it is looked for in one pass.
static CUES: LazyLock<RegexSet> = LazyLock::new(|| {
    let first = r"(?i)(?:^|[^\p{L}\p{Nd}])";
    let (identity, password) = (format!("{first}(?:{IDENTITY_CUE})"), format!("{first}l?(?:{PASSWORD_CUE})"));
    patterns(&[
        identity.clone(),
        // Whatever may stand between the number and the name ends with a blank or a mark.
        identity,
        format!("(?i)(?:{VERIFICATION_CUE})"),
        regex::escape(MASK),
        format!(r"(?i)(?:(?:^|\W)(?:rib|iban)(?:$|\W)|{ACCOUNT_CUE})"),
        password.clone(),
        password,
        format!("{first}(?:pin|otp|{CODE_CUE})"),
    ])
});

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
static RULES: [Rule; 8] = [
    Rule::new(
        || {
            let number = r"(?P<secret>[A-Za-z]{1,2}[ .-]?\p{Nd}{4,7}|\p{Nd}{6,8})(?P<after>$|[^\p{L}\p{Nd}])";
            pattern(&format!("{BEFORE}(?P<cue>(?:{IDENTITY_CUE}){BETWEEN}){number}"))
        },
        "identity-number",
        not_of_a_purchase,
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
            let digits = r"[^\n\p{Nd}.;!?\[]{0,30}[ \t:=]+\n?[ \t]*)(?P<secret>\p{Nd}{4,8})(?P<after>$|[^\p{L}\p{Nd}])";
            pattern(&format!(r"{BEFORE}(?P<cue>(?:{CODE_CUE}|(?:pin|otp)(?-u:\b)){digits}"))
        },
        "password",
        always,
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
            return Some(at..at.saturating_add(inner.len()));
        }
        if word.len() > inner.len() && word.ends_with('.') {
            return None;
        }
        at = at.saturating_add(word.len()).saturating_add(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> (String, Vec<String>) {
        let mut faults = Vec::new();
        (mask(text, &mut faults), faults)
    }

    #[test]
    fn secrets_are_masked_and_named() {
        for (text, left, kind) in [
            ("ma carte 4111 1111 1111 1111 debitee", "ma carte [•••] debitee", "card-number"),
            ("carte ٤١١١١١١١١١١١١١١١", "carte [•••]", "card-number"),
            ("carte 4111-1111-1111-1111 exp 12/27", "carte [•••] exp 12/27", "card-number"),
            ("carte 4111 1111\n1111 1111", "carte [•••]", "card-number"),
            ("4111 1111 1111 1111 12/27", "[•••] 12/27", "card-number"),
            ("le 12 4111.1111.1111.1111 ok", "le 12 [•••] ok", "card-number"),
            ("amex 378282246310005", "amex [•••]", "card-number"),
            ("RIB 011 780 0000123456789012 34", "RIB [•••]", "bank-account-number"),
            ("IBAN MA64 0117 8000 0012 3456 7890 1234", "IBAN [•••]", "bank-account-number"),
            ("رقم الحساب: 0001234567890123", "رقم الحساب: [•••]", "bank-account-number"),
            ("CIN : AB123456, merci", "CIN : [•••], merci", "identity-number"),
            ("ma CIN est BE 65432", "ma CIN est [•••]", "identity-number"),
            ("CIN:\nAB123456", "CIN:\n[•••]", "identity-number"),
            ("AB123456 (CIN)", "[•••] (CIN)", "identity-number"),
            ("بطاقة التعريف الوطنية رقم AB123456", "بطاقة التعريف الوطنية رقم [•••]", "identity-number"),
            ("cin dyali J٤٥٦٧٨٩ w safi", "cin dyali [•••] w safi", "identity-number"),
            ("CVV 123", "CVV [•••]", "card-verification-value"),
            ("الكود اللي اللور 640", "الكود اللي اللور [•••]", "card-verification-value"),
            ("CVV (3 chiffres) : 123", "CVV (3 chiffres) : [•••]", "card-verification-value"),
            ("رمز الأمان هو ١٢٣", "رمز الأمان هو [•••]", "card-verification-value"),
            ("mot de passe : Abc!9", "mot de passe : [•••]", "password"),
            ("mot de passe du compte : « azerty »", "mot de passe du compte : [•••]", "password"),
            ("mon mdp est azerty123.", "mon mdp est [•••].", "password"),
            ("password dyali howa Azerty123", "password dyali howa [•••]", "password"),
            ("كلمة السر : azerty", "كلمة السر : [•••]", "password"),
            ("le code pin est 1234", "le code pin est [•••]", "password"),
        ] {
            assert_eq!(masked(text), (left.to_owned(), vec![kind.to_owned()]), "{text}");
        }
    }

    #[test]
    fn what_follows_the_number_of_a_card_is_masked_with_it() {
        for (text, left) in [
            ("4111 1111 1111 1111 12/27 123", "[•••] 12/27 [•••]"),
            ("carte 4111111111111111 exp 12/27, 123", "carte [•••] exp 12/27, [•••]"),
            ("carte 4111-1111-1111-1111 o lcode 908, merci", "carte [•••] o lcode [•••], merci"),
            ("الكارط 4111 1111 1111 1111 والكود 640", "الكارط [•••] والكود [•••]"),
        ] {
            assert_eq!(masked(text), (left.to_owned(), vec!["card-number".to_owned(), "card-verification-value".to_owned()]), "{text}");
        }
        assert_eq!(masked("4111 1111 1111 1111, 500 dh, code commande 1234").0, "[•••], 500 dh, code commande 1234");
    }

    #[test]
    fn ordinary_numbers_stay() {
        for text in [
            "commande AB123456",
            "colis 1234567890123",
            "commande 4012345678901234",
            "le 03/03/2026 a 10:00",
            "0612345678",
            "06 12 34 56 78 / 05 22 33 44 55",
            "2 300 DH",
            "mot de passe oublié",
            "mot de passe : oublié",
            "j'ai oublié mon mot de passe et ma commande 48213 est perdue",
            "CIN non fournie. Commande AB12345",
            "carte cadeau, commande BX12345",
            "Medicine 123456",
            "suivi CD123456789MA",
        ] {
            assert_eq!(masked(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn names_of_files_are_masked() {
        for (name, left) in [("CIN_AB123456.jpg", "CIN [•••].jpg"), ("carte_4111111111111111.png", "carte [•••].png"), ("facture_2026.pdf", "facture_2026.pdf")]
        {
            assert_eq!(mask_name(name, &mut Vec::new()), left);
        }
    }
}
