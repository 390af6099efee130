//! Which form each text is taken for, and why.

use super::super::fold::{western, words};
use super::super::tests::shared;
use super::*;

fn found(text: &str) -> Finding {
    let text = western(text);
    let spoken = words(&text);
    detect(&text, &spoken, &shared().lexicon().find(&spoken), shared().spelling())
}

/// Fails with every text that is taken for another form.
fn all_are(form: LanguageForm, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .map(|text| (text, found(text)))
        .filter(|(_, found)| found.form != form)
        .map(|(text, found)| format!("{text} is {}", found.because))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_word_suffices() {
    all_are(LanguageForm::French, &["oui", "non merci", "bonjour", "d'accord", "remboursement", "pas encore", "ça marche"]);
    all_are(LanguageForm::English, &["yes", "thanks", "refund please", "never mind", "stop", "not yet"]);
    all_are(LanguageForm::DarijaLatin, &["wakha", "safi", "iyeh", "mzyan", "machi mochkil", "ok wakha", "merci khoya", "salam", "hhhhh"]);
    all_are(LanguageForm::Arabic, &["نعم", "تمام", "موافق", "شكرا", "إن شاء الله", "لا"]);
    all_are(LanguageForm::Darija, &["واخا", "بزاف", "مزيان", "دابا"]);
    all_are(LanguageForm::Other, &["", "…", "12345", "https://example.org/order/les-conditions", "您好"]);
}

#[test]
fn arabizi_is_known_without_digits_and_by_words_that_no_list_has() {
    let texts = [
        "kanqelleb 3la telephone",
        "matnsanich",
        "ma jawbouni la f page la f site",
        "ghanmchiw l lmahkama",
        "lqamija mqet3a",
        "ykhlles ssi Ahmed",
        "ndiro chi hell binatna",
        "mafhemtch",
        "katgoul blli rah sifteha",
        "ttaman tla3 bezzaf",
        "dima raja",
    ];
    all_are(LanguageForm::DarijaLatin, &texts);
}

#[test]
fn french_stays_french_without_accents_in_short_messages_and_with_moroccan_names() {
    let texts = [
        "jai pa recu mon coli",
        "slt c koi le pb",
        "dsl jsuis en retard",
        "g rien recu ojd",
        "chui pas content",
        "JE VEUX ETRE REMBOURSE",
        "Je m'appelle Khadija Benkhadra, de Khouribga",
        "Salam, je n'ai pas reçu ma commande",
        "j'ai payé 350dh le 3eme jour pour 2kg et un tel 4G, cmd AB123-9K7",
        "Le vendeur m'a écrit « safi khoya » et n'a plus répondu",
        "virement en attente",
        "inchallah on trouvera une solution",
    ];
    all_are(LanguageForm::French, &texts);
}

#[test]
fn a_reply_code_is_no_word() {
    all_are(LanguageForm::French, &["CONFIRMER K7P\n\nMerci", "confirmer k7p", "REFUSER M3X", "OUI H9Q merci"]);
    all_are(LanguageForm::English, &["YES K7P", "confirm k7p thanks"]);
    all_are(LanguageForm::DarijaLatin, &["KAN2EKED K7P", "9BLT K7P", "RFDT M3X", "WE99EF B7K", "NKMMEL K7P", "NS7EB K7P"]);
    all_are(LanguageForm::Arabic, &["أقبل K7P", "نعم K7P"]);
}

#[test]
fn english_stays_english_with_words_that_darija_has_too() {
    let texts = [
        "Had a problem",
        "the men at the shop hit me",
        "3rd time I write about 5kg of rice",
        "order 7h3k9x2 is a b2b deal on covid19 tests",
        "wasn't delivered",
    ];
    all_are(LanguageForm::English, &texts);
}

#[test]
fn the_small_words_of_a_mixed_text_decide() {
    let texts = [
        "bghit remboursement 3la had la commande",
        "le vendeur ma kayjawbch",
        "s'il vous plait bghit nchouf la commande dyali",
        "je pense bli had lproduit machi original",
        "prix svp khoya",
        "please jawbouni",
        "vraiment tbarkallah 3lik",
    ];
    all_are(LanguageForm::DarijaLatin, &texts);
    all_are(LanguageForm::French, &["Salam khoya, la livraison est en retard", "Merci khouya pour ton aide, j'attends le remboursement de ma commande"]);
    all_are(LanguageForm::Darija, &["بغيت remboursement ديال الكوموند", "واش يمكن لي نستعمل البطاقة ديالي عندما نسافر"]);
}

#[test]
fn standard_arabic_and_other_dialects_are_not_moroccan() {
    let texts = [
        "كتعويض عن الضرر أطلب استرجاع المبلغ",
        "كنتيجة لذلك لم أستلم شيئا",
        "كيفية تفعيل البطاقة",
        "كانت البطاقة معطلة",
        "غيرت رأيي",
        "فالمشكلة أن البائع لا يجيب",
        "نرجو منكم الرد",
        "ليش هاد التحويل ما وصل",
        "فين الطلب بتاعي",
        "مش عارف اعمل ايه",
        "شو صار بالطلب، بدي مصاري",
        "ما بعرفش شي عن هاد الحساب",
        "قل لي ماذا أفعل من فضلك",
    ];
    all_are(LanguageForm::Arabic, &texts);
}

#[test]
fn moroccan_is_known_by_its_verbs_and_small_words() {
    let texts = ["كنقلب على البطاقة", "غادي نمشيو للمحكمة", "علاش كيتعطل التوصيل", "شحال كتكلف", "البطاقة ديالي ضاعت", "حيت ما خدامش", "ݣالو ليا غدا"];
    all_are(LanguageForm::Darija, &texts);
}

#[test]
fn moroccan_is_known_by_words_of_both_where_none_of_the_standard_is() {
    let texts = ["ما شديت بوالو", "رجعت بوالو", "نهار الجمعة اللي فات شريت سباط", "شريت تلفون وخلصت نهار الخميس", "قالي مشيت نهار السبت"];
    all_are(LanguageForm::Darija, &texts);
    let texts = [
        "لا شكرا",
        "لم أستلم طلبيتي حتى الآن",
        "شريت تلفون يوم السبت ولم يصل",
        "كنت أنتظر التوصيل غدا لكنه لا يصل",
        "دفعت ثمن الحقيبة يوم الخميس",
        "لا شكرا، كنت مريضة",
        "قبلت، لا رد غير هذا حتى غدا",
        "رجعت وما لقيت شي عندهم، ليش هيك",
    ];
    all_are(LanguageForm::Arabic, &texts);
}

#[test]
fn what_is_surely_another_language_is_other() {
    let texts = [
        "Hola, quiero saber dónde está mi pedido",
        "grazie mille",
        "Guten Tag, ich habe meine Bestellung noch nicht erhalten",
        "Bom dia, ainda não recebi a minha encomenda",
        "Merhaba, siparişim henüz gelmedi",
        "Dzień dobry, nie otrzymałem jeszcze mojej paczki",
        "Здравствуйте, я не получил свой заказ",
        "سلام، من هنوز سفارش خود را دریافت نکرده‌ام",
        "مجھے ابھی تک میرا آرڈر نہیں ملا ہے",
    ];
    all_are(LanguageForm::Other, &texts);
}

#[test]
fn the_words_that_decided_are_named() {
    assert_eq!(found("salam, bghit flousi dyali").because, "language:ary-Latn:bghit,flousi,dyali,salam");
    assert_eq!(found("voir http://example.com/the/order").because, "language:fr:voir");
    assert_eq!(found("").because, "language:other:letters");
}

#[test]
fn a_text_of_one_sign_a_thousand_times_is_read_like_a_short_one() {
    for (text, count) in [("a ", 3_000), ("3", 60_000), ("bghit ", 1_000), ("'", 60_000), ("@ ", 3_000), ("ما ", 1_200)] {
        assert_eq!(found(&text.repeat(count)).form, found(&text.repeat(3)).form, "{text}");
    }
}
