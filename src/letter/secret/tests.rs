//! What is masked, and what is not.

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
        ("virez sur FR7630006000011234567890189 svp", "virez sur [•••] svp", "bank-account-number"),
        ("to FR76 3000 6000 0112 3456 7890 189.", "to [•••].", "bank-account-number"),
        ("حسابي BE68 5390 0754 7034", "حسابي [•••]", "bank-account-number"),
        ("GB82 WEST 1234 5698 7654 32", "[•••]", "bank-account-number"),
        ("nl91abna0417164300", "[•••]", "bank-account-number"),
        ("ma carte 4539 1488 0343 6468 a été débitée", "ma carte [•••] a été débitée", "card-number"),
        ("n° de carte : 5399 8712 3456 7890", "n° de carte : [•••]", "card-number"),
        ("lakart dyali 5399871234567890", "lakart dyali [•••]", "card-number"),
        ("الكارط ديالي 5399 8712 3456 7890", "الكارط ديالي [•••]", "card-number"),
        ("my card is 5399-8712-3456-7890", "my card is [•••]", "card-number"),
        ("mes identifiants : samir@x.ma / Samir2020!", "mes identifiants : [•••]", "password"),
        ("login rachid / Rachid@2025", "login [•••]", "password"),
        ("my login is karim@x.ma and Karim2020!", "my login is [•••]", "password"),
        ("معلومات الدخول: samir@x.ma / Samir2020!", "معلومات الدخول: [•••]", "password"),
        ("pass: Samir2020!", "pass: [•••]", "password"),
        ("code reçu par sms 448291", "code reçu par sms [•••]", "password"),
        ("code de validation : 448 291", "code de validation : [•••]", "password"),
        ("le code de confirmation 448291, merci", "le code de confirmation [•••], merci", "password"),
        ("3D secure 448291", "3D secure [•••]", "password"),
        ("رمز التأكيد 448291", "رمز التأكيد [•••]", "password"),
        ("الكود لي جاني فالميساج 448291", "الكود لي جاني فالميساج [•••]", "password"),
        ("lcode sirri 4821", "lcode sirri [•••]", "password"),
        ("lcode li jani f sms 448291", "lcode li jani f sms [•••]", "password"),
        ("كود السر ديالي 4821", "كود السر ديالي [•••]", "password"),
        ("code carte 4821", "code carte [•••]", "password"),
        ("the code I received by sms is 448291", "the code I received by sms is [•••]", "password"),
        ("crypto 417", "crypto [•••]", "card-verification-value"),
        ("code à 3 chiffres 417", "code à 3 chiffres [•••]", "card-verification-value"),
        ("3 digit code: 417", "3 digit code: [•••]", "card-verification-value"),
        ("carte de séjour G123456A", "carte de séjour [•••]", "identity-number"),
        ("بطاقة الإقامة رقم G123456A", "بطاقة الإقامة رقم [•••]", "identity-number"),
        ("n° sécurité sociale 2 85 05 78 006 084 36", "n° sécurité sociale [•••]", "identity-number"),
        ("mon numéro est le 2 85 05 78 006 084 41", "mon numéro est le [•••]", "identity-number"),
        ("my Emirates ID 784-1985-1234567-1", "my Emirates ID [•••]", "identity-number"),
        ("Iqama 2123456789", "Iqama [•••]", "identity-number"),
        ("titulaire de la BK123456", "titulaire de la [•••]", "identity-number"),
        ("titulaire de la CIN n° BK123456", "titulaire de la CIN n° [•••]", "identity-number"),
        ("le code pin est 1234", "le code pin est [•••]", "password"),
    ] {
        assert_eq!(masked(text), (left.to_owned(), vec![kind.to_owned()]), "{text}");
    }
}

#[test]
fn secrets_are_masked_however_they_are_told() {
    for (text, left, kind) in [
        ("Ma CIN : BK 123 456 si besoin", "Ma CIN : [•••] si besoin", "identity-number"),
        ("N° CNIE: B K 1 2 3 4 5 6", "N° CNIE: [•••]", "identity-number"),
        ("CIN BK 12 34 56, merci", "CIN [•••], merci", "identity-number"),
        ("BK 123 456 (CIN)", "[•••] (CIN)", "identity-number"),
        ("CIN BK123456 06 12 34 56 78", "CIN [•••] 06 12 34 56 78", "identity-number"),
        ("رقم بطاقتي هو JC 554433", "رقم بطاقتي هو [•••]", "identity-number"),
        ("lcarte nationale dyali raha BJ445566", "lcarte nationale dyali raha [•••]", "identity-number"),
        ("lakart lwataniya BJ445566", "lakart lwataniya [•••]", "identity-number"),
        ("se termine par 4242, le code derrière est 739", "se termine par 4242, le code derrière est [•••]", "card-verification-value"),
        ("Le pictogramme au dos de ma carte c'est 739", "Le pictogramme au dos de ma carte c'est [•••]", "card-verification-value"),
        ("lcode li f dher lcarte 739", "lcode li f dher lcarte [•••]", "card-verification-value"),
        ("الكود لي ورا الكارط 739", "الكود لي ورا الكارط [•••]", "card-verification-value"),
        ("carte visa, valable 03/29 - 882", "carte visa, valable 03/29 - [•••]", "card-verification-value"),
        ("exp 03/2029, 882", "exp 03/2029, [•••]", "card-verification-value"),
        ("il m'a demandé le code et je lui ai donné 482913", "il m'a demandé le code et je lui ai donné [•••]", "password"),
        ("je lui ai envoyé le code 482913, voilà", "je lui ai envoyé le code [•••], voilà", "password"),
        ("3tito lcode 5521 li jani f telephone", "3tito lcode [•••] li jani f telephone", "password"),
        ("الكود 5521 لي جاني فالتيليفون", "الكود [•••] لي جاني فالتيليفون", "password"),
        ("عطيتو الكود 5521", "عطيتو الكود [•••]", "password"),
        ("lcode 5521 li jani", "lcode [•••] li jani", "password"),
        ("lcode dyal lcompte dyali hwa 8812", "lcode dyal lcompte dyali hwa [•••]", "password"),
        ("Code : 482913 (otp)", "Code : [•••] (otp)", "password"),
        ("I gave him the code 482913", "I gave him the code [•••]", "password"),
        ("OTP reçu = 4 8 2 9 1 3", "OTP reçu = [•••]", "password"),
        ("code reçu par sms : 48 29 13.", "code reçu par sms : [•••].", "password"),
        ("mot de passe\nAzerty12", "mot de passe\n[•••]", "password"),
        ("bonjour\nMon mot de passe jumia\n482913\nmerci", "bonjour\nMon mot de passe jumia\n[•••]\nmerci", "password"),
        ("mon pass c'est fatima1990", "mon pass c'est [•••]", "password"),
        ("lpass dyali fatima1990", "lpass dyali [•••]", "password"),
        ("Le mot de passe est fatima", "Le mot de passe est [•••]", "password"),
        ("my password is fatima.", "my password is [•••].", "password"),
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
        ("Carte: 4111111111111111 valable 03/29 - 882", "Carte: [•••] valable 03/29 - [•••]"),
        ("n° carte 4111-1111-1111-1111 / 0329 / 882", "n° carte [•••] / 0329 / [•••]"),
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
        "commande FR7630006000011234567890188",
        "réf BE68 5390 0754 7035",
        "carte de fidélité 5399 8712 3456 7890",
        "payé par carte, commande 4012345678901234",
        "ma carte SIM 356938035643809",
        "identifiant client : 12345, commande A-12345",
        "mon login ne marche pas, commande A-12345",
        "login : https://x.ma/compte2026",
        "paiement 3D secure de 1500 dh refusé",
        "code reçu le 12/11/2026",
        "code promo 4821",
        "le code de confirmation de ma commande 448291",
        "j'ai acheté de la crypto 500 dh",
        "titulaire du contrat AB123456",
        "titulaire de la commande AB12345",
        "le pass : 450 dh",
        "la CNSS m'a répondu, mon tél. 0661223344",
        "colis 385057800608441",
        "ma CIN expire le 12.11.26",
        "CIN valable jusqu'au 12 11 2026",
        "code de réduction donné 4821",
        "j'ai envoyé le code de la commande 48213",
        "le code client 55321 reçu par mail",
        "le livreur a demandé le code et je lui ai donné 1500 dh",
        "je lui ai donné le code postal 20250",
        "code promo 5521 reçu par sms",
        "code article 48213 reçu cassé",
        "le code au dos du paquet : promo, code derrière le carton 4821",
        "garantie valable 03/29, 450 dh",
        "expédié 03/11 - 882 dh",
        "livraison valable 12/11/2026",
        "le mot de passe est incorrect",
        "mon mot de passe est refusé.",
        "Le mot de passe est toujours faux",
        "the password is wrong, order 48213",
        "j'ai oublié mon mot de passe\nRT-5512 est ma commande",
        "mot de passe\nJe ne sais plus",
        "le pass c'est 1450dh",
        "le pass est arrivé",
        "boarding pass RT5512AB perdu",
        "code reçu le 12 11 26",
        "lcolis li jani 5521",
        "الكولي لي جاني 5521",
        "عطيتو 1500 درهم والكود ديال الكوموند 48213",
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
