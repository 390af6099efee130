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
