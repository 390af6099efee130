//! Modern Standard Arabic with the dialects that are answered in it, Moroccan Arabic, or another language in Arabic letters.

use super::{Claim, Tally, Token, trigrams};
use crate::domain::LanguageForm;

/// The form of a text of mostly Arabic letters.
pub(super) fn form<'a>(text: &str, tokens: &[Token<'a>], tally: &mut Tally<'a>) -> LanguageForm {
    let (mut before, mut shared, mut spoken) = ("", 0usize, 0usize);
    for token in tokens {
        weigh(token, before, tally);
        shared = shared.saturating_add(usize::from(is_shared(token)));
        spoken = spoken.saturating_add(usize::from(is_shared(token) && !WRITTEN.contains(&token.word.text.as_str())));
        before = &token.word.text;
    }
    let (standard, moroccan) = (tally.points(LanguageForm::Arabic), tally.points(LanguageForm::Darija));
    match () {
        () if tally.points(LanguageForm::Other) > standard.max(moroccan) => LanguageForm::Other,
        () if moroccan >= DECISIVE && moroccan >= standard && tally.strongest(LanguageForm::Darija) >= 2 => LanguageForm::Darija,
        // Words of both that nothing of the standard stands beside: who writes it cannot do without it for long.
        () if standard == 0 && shared >= SHARED && spoken >= SPOKEN => LanguageForm::Darija,
        () if standard.max(moroccan) < DECISIVE && trigrams::is_persian_or_urdu(text) => LanguageForm::Other,
        () => LanguageForm::Arabic,
    }
}

/// One word that only Moroccans use, or as much.
const DECISIVE: u32 = 4;
/// Words of both that suffice where none of the standard is, and how many of them people speak and hardly write.
const SHARED: usize = 3;
const SPOKEN: usize = 2;

/// Those of them that stand in any text of the standard.
const WRITTEN: [&str; 26] = [
    "لا",
    "شكرا",
    "غير",
    "حتي",
    "غدا",
    "كنت",
    "كانت",
    "قال",
    "قالت",
    "قلت",
    "تقول",
    "يقول",
    "ضروري",
    "تقريبا",
    "رجع",
    "رجعت",
    "قبلت",
    "رافض",
    "رد",
    "فيه",
    "فيها",
    "واحد",
    "قليل",
    "ولا",
    "زوج",
    "طلع",
];

fn is_shared(token: &Token<'_>) -> bool {
    token.claim(LanguageForm::Arabic) == Claim::Mark && token.claim(LanguageForm::Darija) == Claim::Mark
}

/// "Nothing", with a preposition before it.
const NOTHING: [&str; 3] = ["بوالو", "فوالو", "لوالو"];

fn weigh<'a>(token: &Token<'a>, before: &str, tally: &mut Tally<'a>) {
    let word = token.word.text.as_str();
    match (token.claim(LanguageForm::Arabic), token.claim(LanguageForm::Darija)) {
        (Claim::Mark, Claim::Mark) => tally.give(LanguageForm::Darija, 1, word),
        (Claim::Mark, _) => return tally.give(LanguageForm::Arabic, 3, word),
        (_, Claim::Mark) => return tally.give(LanguageForm::Darija, if word.chars().count() > 2 { 4 } else { 2 }, word),
        (Claim::None, Claim::Topic) => tally.give(LanguageForm::Darija, 1, word),
        _ => {}
    }
    if token.raw().contains(['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ', 'ھ', 'ژ', 'چ']) {
        return tally.give(LanguageForm::Other, 3, word);
    }
    tally.give(LanguageForm::Other, u32::from(token.raw().contains(['ک', 'ی'])), word);
    if word.starts_with("فال") && word.chars().count() >= 6 {
        return tally.give(LanguageForm::Darija, 1, word);
    }
    if before == "ما" && word.ends_with('ش') && !word.starts_with('ب') && word.chars().count() >= 4 {
        return tally.give(LanguageForm::Darija, 2, word);
    }
    if token.raw().contains(['ڭ', 'ݣ']) || NOTHING.contains(&word) {
        return tally.give(LanguageForm::Darija, 4, word);
    }
    if token.raw().contains('\u{64b}') {
        return tally.give(LanguageForm::Arabic, 3, word);
    }
    tally.give(LanguageForm::Darija, verb(word, token.raw()), word);
}

/// Points of a verb as only Moroccans conjugate it.
fn verb(word: &str, raw: &str) -> u32 {
    let bare = word.strip_prefix('و').filter(|bare| bare.chars().count() >= 5).unwrap_or(word);
    let letters = bare.chars().count();
    let begins = |starts: &[&str]| starts.iter().any(|start| bare.starts_with(start));
    match () {
        () if letters < 5 || raw.ends_with('ة') => 0,
        () if begins(&["كن", "كي"]) && !begins(&LIKE) => 4,
        () if bare.starts_with("كت") && !begins(&LIKE) && !is_noun(bare) => 3,
        () if begins(&["كان", "كات", "كاي"]) && letters >= 6 && !begins(&WAS) && !raw.contains('ئ') => 3,
        () if begins(&["غن", "غت", "غي", "غان", "غات", "غاي"]) && !begins(&OTHER_THAN) => 3,
        () if bare.starts_with('ن') && bare.ends_with('و') => 3,
        () if bare.starts_with("ما") && bare.ends_with('ش') => 1,
        () => 0,
    }
}

/// Beginnings of words of all Arabs that look like the present tense of Moroccans: churches, writing, how, sacks; "as a result", "as a kind of".
const LIKE: [&str; 40] = [
    "كنت",
    "كنا",
    "كنيس",
    "كنز",
    "كنوز",
    "كندا",
    "كندي",
    "كنتيج",
    "كنوع",
    "كنسخ",
    "كنس",
    "كنظام",
    "كنقد",
    "كنقط",
    "كنموذج",
    "كنسب",
    "كتب",
    "كتاب",
    "كتيب",
    "كتل",
    "كتف",
    "كتم",
    "كتال",
    "كتائ",
    "كتجرب",
    "كتاجر",
    "كتعويض",
    "كيف",
    "كيلو",
    "كيان",
    "كيمي",
    "كيس",
    "كيبورد",
    "كيوم",
    "كيرا",
    "كيت",
    "كينيا",
    "كيبل",
    "كتايب",
    "كتذكر",
];

/// Beginnings of "was" and of nouns.
const WAS: [&str; 14] = ["كانت", "كانو", "كانا", "كانه", "كاني", "كانك", "كانن", "كاتب", "كاتال", "كاتدر", "كاتم", "كاتشب", "كايلي", "كايرو"];

/// Beginnings of "other than", "absent", "rich", "song" and the like.
const OTHER_THAN: [&str; 22] = [
    "غير",
    "غيو",
    "غيب",
    "غياب",
    "غيار",
    "غيث",
    "غيظ",
    "غيتار",
    "غينيا",
    "غيغا",
    "غني",
    "غنا",
    "غنم",
    "غنيم",
    "غايه",
    "غايا",
    "غايب",
    "غايت",
    "غاندي",
    "غانا",
    "غانم",
    "غايتس",
];

/// "As" before a noun of action: `كتعويض`, `كتأمين`; their last letter but one is a yeh.
fn is_noun(word: &str) -> bool {
    word.starts_with("كت") && word.chars().rev().nth(1) == Some('ي')
}
