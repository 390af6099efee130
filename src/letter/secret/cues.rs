//! The words that announce a secret, and the look that tells whether a text holds any of them.

use super::MASK;
use crate::letter::pattern::patterns;
use regex::RegexSet;
use std::sync::LazyLock;

/// Names of the identity card and the passport.
pub(super) const IDENTITY_CUE: &str = concat!(
    r"c\.?i\.?n\.?e?|c\.?n\.?i\.?e?|l?cin|la ?carte nationale|lakart nationale?|carte d'identit[ée](?: nationale)?|carte nationale|pi[èe]ce d'identit[ée]|",
    r"n[°ºo]\.? d'identit[ée]|num[ée]ro d'identit[ée]|identity (?:card|number)|national id|id card|id number|passeport|passport|",
    r"البطاقة الوطنية|بطاقة التعريف|بطاقة الهوية|البطاقة ديالي|بطاقتي الوطنية|رقم البطاقة|لاكارط ناسيونال|لاكارط ديالي|لاكارت ناسيونال|لاسين|ب\.ت\.و|جواز السفر|",
    r"(?:carte|titre) (?:de )?(?:s[ée]jour|r[ée]sidence|r[ée]sident)|residence (?:card|permit)|emirates id|permis de conduire|driving licen[cs]e|",
    r"lakart (?:de )?sejour|lpermis|بطاقة الإقامة|لاكارط سيجور|لاكارت سيجور|رخصة السياقة|لبيرمي|",
    r"iqama|رقم الإقامة|رقم الهوية|هوية مقيم|",
    r"l ?cart[ea]? nat[a-z]{3,7}|(?:l ?cart[ea]?|lakart|lbita9a) l?w[ae]?taniy?a|lacin|رقم بطاقتي|بطاقتي رقم|رقم لاكارط|رقم لاكارت"
);

/// Who holds something: where nothing else is named, an identity card.
pub(super) const HOLDER_CUE: &str = r"(?:titulaire|porteur|porteuse) d(?:e la|u)|holder of|حامل البطاقة|الحامل ل|حاملة البطاقة|الحاملة ل";

/// Names of the number of an insured person.
pub(super) const INSURED_CUE: &str = r"s[ée]curit[ée] sociale|n[°ºo]\.? ?s[ée]cu|num[ée]ro de s[ée]cu|social security|cnss|cnops|الضمان الاجتماعي|صندوق الضمان";

/// Between a number and the name of its card after it: "AB123456, c'est ma CIN".
pub(super) const REVERSED: &str = concat!(
    r"[ \t,(:=-]{1,3}(?:est |c'est |is |hiya |hia |هي |هو )?",
    r"(?:ma |mon |my |le num[ée]ro de |le n[°º] de |n[°º] de |num[ée]ro de |رقم |de )?(?:ma )?"
);

/// Names of the digits on the back of a card.
pub(super) const VERIFICATION_CUE: &str = concat!(
    r"cvv2?|cvc2?|cid|سي ?في ?في|cryptogramme(?: visuel)?|code de s[ée]curit[ée]|security code|code de v[ée]rification|verification code|",
    r"chiffres? (?:au dos|derri[èe]re)|code au dos|on the back|رمز الأمان|رمز الحماية|رقم الأمان|كود الأمان|رمز التحقق|الرمز خلف البطاقة|",
    r"الكود (?:ا?ل?لي )?(?:من |ف)?(?:ال)?لور|l?code (?:l?li )?(?:mn |f )?l?lor|lor lacarte|",
    r"code [àa] (?:3|4|trois|quatre) chiffres|(?:3|4|three|four)[- ]digit code|l?code (?:dyal |d )?(?:3|4|tlata|rb3a) (?:dyal )?(?:l)?ar9am|",
    r"(?:رمز|كود|الرمز|الكود) (?:من |ديال |ب)?(?:3|4|ثلاثة|أربعة|تلاتة) ?(?:د ?ال|ديال )?أرقام"
);

/// The same, by where they stand: also what is printed on the back of a parcel has numbers.
pub(super) const BACK_CUE: &str = concat!(
    r"pictogramme|code (?:[\p{L}']{1,12} ){0,3}(?:derri[èe]re|au dos|au verso|[àa] l'arri[èe]re)|code (?:behind|on the reverse)|",
    r"l?code (?:l?li )?(?:mn |f |fi )?(?:mora|wra|ouara|d?dher|d?dhar)|(?:الكود|كود|الرمز) (?:ا?ل?لي )?(?:من |ف)?(?:ورا|مورا|ال?ظهر|ال?ضهر)"
);

/// Words before the month and the year until which a card is valid.
pub(super) const EXPIRY_CUE: &str = r"exp(?:ir[\p{L}]{0,6})?|valable|valid(?:e|ity|it[ée])?(?: until)?|validit[ée]|تنتهي|صالحة";

/// Names of a bank account, but for two short ones.
pub(super) const ACCOUNT_CUE: &str = concat!(
    r"compte bancaire|compte courant|bank account|account number|num[ée]ro de compte|n[°ºo]\.? ?(?:de |du )?compte|",
    r"رقم الحساب|حسابي البنكي|الحساب البنكي|حساب بنكي|لاريب|الريب"
);

/// Names of a password.
pub(super) const PASSWORD_CUE: &str = concat!(
    r"mots? de passe?|mot de pass|modpass|mot d passe?|mdp|password|passwd|passcode|pwd|كلمة السر|كلمة المرور|كلمة سر|",
    r"الموط دو ?باس|موط دو ?باس|لموت ?د ?باس|الباسورد|باسورد|لباسوورد"
);

/// Short names of a password, which also mean other things: a colon must follow at once.
pub(super) const SHORT_PASSWORD_CUE: &str = r"l?pass|psw|pswd|pass ?code|mot ?pass|الباس";

/// Names of a login, which people write with the password after it.
pub(super) const LOGIN_CUE: &str = concat!(
    r"identifiants?|logins?|log ?in|username|user name|nom d'utilisateur|mes acc[èe]s|codes? d'acc[èe]s|credentials|infos? de connexion|",
    r"معلومات الدخول|بيانات الدخول|اسم المستخدم|ليزاكسي|lizakssi|lmaalomat dyal lcompte"
);

/// Names of a secret code, but for two short ones.
pub(super) const CODE_CUE: &str = concat!(
    r"code (?:secret|pin|confidentiel|d'acc[èe]s|otp|de (?:ma|la) carte)|lcode (?:dyal|d) (?:la ?carte|carte)|",
    r"pin code|secret code|kod secret|lcode secret|code sirri|الرمز السري|الرقم السري|رمز سري|الكود السري|القن السري|الكود ديال لاكارط|",
    r"code (?:de |d')(?:validation|confirmation|authentification|v[ée]rification|activation|paiement)|code (?:de la )?(?:carte|banque)|code bancaire|",
    r"code (?:(?:que j'ai )?re[çc]u|qui m'est arriv[ée]|unique|[àa] usage unique|temporaire|sms|par sms)|3d[ -]?secure|sms code|code sms|",
    r"(?:validation|verification|authentication|one[- ]time|activation|sms|bank) (?:pass)?code|code (?:i (?:got|received)|sent) by (?:sms|text)|",
    r"l?code sirri|l?kod sirri|l?code (?:d |dyal |dial )?(?:sms|lmessage|l?banka|lconfirmation|la ?carte)|l?code l?li (?:ja|jani|wsalni|wslni|wselni)|",
    r"code (?:du |de )?(?:mon |ma |l'|la |le )?(?:compte|appli(?:cation)?|wallet)|l?code (?:d |dyal |dial )?l?(?:compte|appli(?:cation)?|wallet)|",
    r"(?:كود|الكود|رمز|الرمز|القن) (?:ديال )?(?:ال)?(?:كونط|كومبط|حساب|حسابي|تطبيق)|",
    r"رمز (?:التأكيد|التفعيل|التحقق|الدفع|الدخول)|كود (?:السر|سري|التأكيد|التفعيل|لابانك|البنك)|القن ديال|الكود (?:ا?ل?لي) (?:جاني|جا|وصلني|صيفطو)|",
    r"الرمز الذي (?:وصلني|توصلت به|تلقيته)"
);

/// A code that nothing names but what was done with it.
pub(super) const BARE_CODE: &str = r"l?code|l?kod|الكود|كود|الرمز|رمز|القن";

/// What is done with a code that somebody else asks for.
pub(super) const GIVEN: &str = concat!(
    r"donn[ée]e?|communiqu[ée]e?|transmis|transmise|envoy[ée]e?|dict[ée]e?|gave|given|told|sent|3tit\p{L}{0,4}|3ti[wy]?t\p{L}{0,4}|sift\p{L}{0,4}|seft\p{L}{0,4}|",
    r"(?:أ|ا)?عطيت\p{L}{0,4}|صيفطت\p{L}{0,4}|سيفطت\p{L}{0,4}|أرسلت\p{L}{0,4}|قلت"
);

/// What is said of a code behind it.
pub(super) const CODE_BEHIND: &str = concat!(
    r"\(?(?:otp|sms|pin|secret|3d ?secure|par sms|by sms|code sms)|(?:que j'ai |i )?(?:re[çc]u|received|got)|qui m'est arriv[ée]|l?li (?:ja|jani|wsl|wsal|wsel)|",
    r"(?:ا?ل?لي) (?:جاني|جا|وصلني|وصل)|الذي (?:وصلني|توصلت)"
);

/// Between a password and its name, so that it is one also where it is a word.
pub(super) const PASSWORD_IS: &str = r"(?:c'est|est|is|howa|hwa|houwa|هو|هي)";

/// What a text must hold for each of the rules to find anything in it: few texts do, and all of it is looked for in one pass.
///
/// It may find more than the rules do, and never less. Its classes are of few ranges, so that one pass is made by an automaton that knows where it is: with all
/// the letters of the world before each cue, none would hold the ways through them.
pub(super) static CUES: LazyLock<RegexSet> = LazyLock::new(|| {
    let first = "(?i)(?:^|[^a-z0-9])";
    let widened = |cue: &str| cue.replace(r"[\p{L}']{1,12}", r"[^ \n]{1,12}").replace(r"\p{L}{0,4}", "").replace(r"[\p{L}]{0,6}", "");
    let begins = |cue: &str| format!("{first}(?:{})", widened(cue));
    let (identity, password, bare) = (begins(IDENTITY_CUE), begins(&format!("l?(?:{PASSWORD_CUE})")), begins(BARE_CODE));
    patterns(&[
        begins(&format!("{IDENTITY_CUE}|{HOLDER_CUE}")),
        // Whatever may stand between the number and the name ends with a blank or a mark.
        identity,
        format!("(?i)(?:{VERIFICATION_CUE})"),
        regex::escape(MASK),
        format!("(?i)(?:(?:^|[^a-z0-9])(?:rib|iban)(?:$|[^a-z0-9])|{ACCOUNT_CUE})"),
        password.clone(),
        password.clone(),
        begins(&format!("pin|otp|{CODE_CUE}")),
        begins("crypto"),
        begins(LOGIN_CUE),
        format!("{}[ ]?[:=]", begins(SHORT_PASSWORD_CUE)),
        begins(INSURED_CUE),
        format!("(?i)(?:{})", widened(BACK_CUE)),
        begins(EXPIRY_CUE),
        bare.clone(),
        bare.clone(),
        bare,
        password.clone(),
        format!("{}[ \\t]", begins(&format!("(?:mon |my |le )?(?:{SHORT_PASSWORD_CUE})"))),
        password,
    ])
});
