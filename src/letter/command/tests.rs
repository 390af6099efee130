use super::*;
use crate::letter::knowledge::Knowledge;
use std::sync::LazyLock;

/// Built once: it takes a moment.
fn knowledge() -> &'static Knowledge {
    static KNOWN: LazyLock<Knowledge> = LazyLock::new(crate::letter::tests::knowledge);
    &KNOWN
}

fn given(text: &str) -> Vec<(Intent, String)> {
    let knowledge = knowledge();
    read(text, "", knowledge.command_words(), |words| knowledge.find_beside(words))
        .given
        .into_iter()
        .map(|command| (command.intent, command.code.as_str().to_owned()))
        .collect()
}

#[test]
fn a_code_of_one_letter_three_times_is_read_as_any_other() {
    let knowledge = knowledge();
    for letter in "346789ABCDEFGHJKLMNPQRTWXY".chars() {
        let code = ReplyCode::parse(&letter.to_string().repeat(3)).unwrap();
        for line in [format!("CONFIRMER {code}"), format!("confirmer {}", code.as_str().to_lowercase()), format!("تأكيد {code}")] {
            let commands = read(&line, "", knowledge.command_words(), |words| knowledge.find_beside(words));
            assert!(matches!(commands.given.as_slice(), [only] if only.intent == Intent::Confirm && only.code == code), "{line}");
        }
    }
}

#[test]
fn a_code_that_is_somebodys_word_says_nothing() {
    let knowledge = knowledge();
    let (hits, known) = (|words: &[Word]| knowledge.find_beside(words), knowledge.command_words());
    let letters = || "ABCDEFGHJKLMNPQRTWXY".chars();
    let codes = letters().flat_map(|one| letters().flat_map(move |two| letters().map(move |three| format!("{one}{two}{three}"))));
    // One of seven, and those that are known to be words.
    for code in codes.step_by(7).chain(["BDL", "BLA", "WLA", "YEH", "LLA"].map(str::to_owned)) {
        let text = format!("ACCEPTER {code}\nBonjour, voici ma réponse.");
        let commands = read(&text, "", known, hits);
        assert!(matches!(commands.given.as_slice(), [only] if only.intent == Intent::Grant && only.code.as_str() == code), "{code}");
        assert_eq!(without_codes(&text, known, &hits), "ACCEPTER    \nBonjour, voici ma réponse.");
    }
    for text in ["Yes the order number is 48213", "Adresse 374 rue de Fès"] {
        assert_eq!(without_codes(text, known, &hits), text);
    }
}

#[test]
fn words_and_codes_are_read_in_every_spelling() {
    for (text, intent) in [
        ("ACCEPTER K7P", Intent::Grant),
        ("accepter k7p", Intent::Grant),
        ("*Confirmer* K7P.", Intent::Confirm),
        ("« CONFIRMER K7P »", Intent::Confirm),
        ("\u{200f}تأكيد K7P", Intent::Confirm),
        ("\u{2068}تأكيد K7P\u{2069}", Intent::Confirm),
        ("- \u{2068}لا K7P\u{2069}", Intent::NotMine),
        ("تَأكيد: K7P", Intent::Confirm),
        ("أقبل K٧P", Intent::Grant),
        ("9BLT K7P", Intent::Grant),
        ("kan2eked k7p", Intent::Confirm),
        ("Bonjour,\n\nRETIRER K7P\n\nmerci", Intent::Withdraw),
        ("ACCEPTER K7P\nMerci de payer dès que possible.", Intent::Grant),
        ("CONFIRMER K7P\nUne fois que j'ai payé, plus rien.", Intent::Confirm),
        ("ACCEPTER K7P\nPas de problème, n'hésitez pas à m'appeler.", Intent::Grant),
        ("ACCEPTER K7P\nMerci pour ma commande.\n+212 612 345 678", Intent::Grant),
        ("ACCEPT K7P\nNo problem at all.", Intent::Grant),
        ("أقبل K7P\nشكرا على كل ما قدمتموه", Intent::Grant),
        ("FAIT K7P\nVirement reçu ce matin, merci.", Intent::Performed),
        ("Bonjour, je n'ai rien reçu à ce jour\nCONFIRMER K7P", Intent::Confirm),
        ("CONFIRMER K7P\nJe n'ai toujours rien reçu.", Intent::Confirm),
        ("RETIRER K7P, le vendeur m'a livré", Intent::Withdraw),
        ("PAS-FAIT K7P", Intent::NotPerformed),
        ("Délai K7P", Intent::AskTime),
        ("لم-يتم K7P", Intent::NotPerformed),
        ("قبول K7P", Intent::Admit),
        ("ADMETTRE K7P shop@example.net", Intent::Admit),
        ("OUI K7P", Intent::Mine),
        ("نعم K7P شكرا", Intent::Mine),
        ("No K7P.", Intent::NotMine),
        ("لا K7P", Intent::NotMine),
        ("ADRESSE K7P leila@example.net", Intent::Address),
        ("العنوان K7P <leila@example.net>.", Intent::Address),
    ] {
        assert_eq!(given(text), [(intent, "K7P".to_owned())], "{text}");
    }
}

#[test]
fn a_sentence_that_mentions_a_command_is_none() {
    for text in [
        "je ne veux pas ACCEPTER K7P",
        "oui mais ACCEPTER K7P",
        "ACCEPTER K7P mais sans frais",
        "ACCEPTER K7P : non merci, jamais",
        "ACCEPTER K7P ?",
        "ACCEPTER K7P seulement la moitié",
        "ACCEPTER K7P\nBonjour,\nla moitié seulement, à condition que le colis revienne",
        "FAIT K7P presque",
        "ACCEPT K7P but only half",
        "أقبل K7P ولكن بشرط",
        "ACCEPTER K7P\nmais seulement si le client renvoie le produit",
        "ACCEPTER K7P\nUne fois que le virement est arrivé.",
        "ACCEPT K7P\nNot before the money is here",
        "أقبل K7P\nبعد استلام المال",
        "9BLT K7P walakin machi kolchi",
        "ACCEPTER",
        "ACCEPTER K0P",
        "ACCEPTER K7PP",
        "> ACCEPTER K7P",
        "1\n2\n3\n4\n5\nACCEPTER K7P",
        "Yes the order number is 48213",
        "non pas encore",
        "NO THE seller never wrote",
        "Adresse 374 rue de Fès",
        "OUI K7P mais pas le reste",
        "ACCEPTER K7P\n+ frais de port",
        "ACCEPTER K7P\nJe veux 1500",
        "ACCEPTER K7P\nJe ne renvoie pas le produit.",
        "ACCEPTER K7P\nnon finalement",
        "ACCEPT K7P\nI expect 1500",
        "ACCEPT K7P\nWait, no",
        "أقبل K7P\nبغيت 1500 درهم",
        "9BLT K7P\nma bghitch nred sel3a",
        "FAIT K7P\nnon pas encore",
        "FAIT K7P\n?",
        "Je ne veux pas\nACCEPTER K7P",
        "Ne pas écrire :\nACCEPTER K7P",
        "Dois-je écrire\nACCEPTER K7P",
        "C'est quoi, ça ?\nACCEPTER K7P",
        "Le vendeur m'a dit d'écrire :\nACCEPTER K7P",
        "لن\nأقبل K7P",
        "I don't want to\nACCEPT K7P",
        "Pas\nFAIT K7P",
        "RETIRER K7P dès que payé",
        "RETIRER K7P si vous voulez",
        "RETIRER K7P\nQuand j'aurai l'argent.",
    ] {
        assert!(given(text).is_empty(), "{text}");
    }
}

#[test]
fn a_yes_is_plain_where_nothing_stands_beside_it_but_what_goes_with_one() {
    for text in [
        "ACCEPTER K7P\nBonjour,\nNous acceptons la demande de la cliente.\nCordialement",
        "Bonjour Madame,\nvoici notre réponse :\nACCEPTER K7P\nMerci pour votre aide.",
        "ACCEPTER K7P\nNous procédons au remboursement de 450 DH dès aujourd'hui.",
        "ACCEPTER K7P\nKarim Haddad\nBoutique Atlas\n06 12 34 56 78",
        "ACCEPTER K7P\nDossier EL-7K3Q-9XWC, merci beaucoup et bonne journée",
        "ACCEPTER K7P\nsav@atlas.example",
        "ACCEPT K7P\nHello,\nwe accept the proposal in full and will refund 450 MAD today. Best wishes",
        "أقبل K7P\nالسلام عليكم ورحمة الله\nنقبل العرض وسنحول المبلغ اليوم، مع فائق الاحترام\nيوسف العلمي",
        "9BLT K7P\nsalam, wakha 9blna l3ard, lah ijazikom bikhir",
        "قبلت K7P\nصافي موافق الله يجازيكم بخير",
    ] {
        assert_eq!(given(text), [(Intent::Grant, "K7P".to_owned())], "{text}");
    }
}

#[test]
fn a_yes_beside_other_words_is_for_a_person_to_read() {
    for text in [
        "Si le colis nous revient intact.",
        "Transport à la charge du client.",
        "En échange elle supprime son avis Google.",
        "Hors frais de livraison",
        "HORS FRAIS",
        "Remboursement en trois fois.",
        "Remboursement 50 %",
        "J'attends d'abord le retour de la marchandise.",
        "À valoir sur un prochain achat.",
        "Que pour le pantalon.",
        "Enfin, à moitié.",
        "je plaisante",
        "erreur désolé je voulais mettre refuser",
        "Oubliez, j'ai changé d'avis",
        "dès lors où le produit revient",
        "Valable jusqu'à demain midi.",
        "Conditions en pièce jointe",
        "Voir nos conditions générales de retour",
        "assuming the shoes come back unworn",
        "minus shipping",
        "in instalments",
        "sorry wrong button, I meant refuse",
        "while the customer covers return postage",
        "ghir yred lia lcolis 9bel",
        "livraison 3lih",
        "ghlet kont baghi ndir rfdt",
        "التوصيل عليه",
        "على نفقة الزبون",
        "مع خصم مصاريف التوصيل",
        "غلطت كنت باغي نكتب رفضت",
        "Je vous écris quand le virement arrive.",
    ] {
        for code in ["ACCEPTER K7P", "أقبل K7P", "9BLT K7P"] {
            for whole in [format!("{code}\n{text}"), format!("{text}\n{code}")] {
                assert!(given(&whole).is_empty(), "{whole}");
            }
        }
    }
    for text in ["il manque 150 dh", "en attente de confirmation de ma banque", "le chèque est revenu impayé", "reçu un bon d'achat", "they still owe me 150"]
    {
        assert!(given(&format!("FAIT K7P\n{text}")).is_empty(), "{text}");
    }
    for text in
        ["Petite correction : commande 48377", "Vous vous êtes trompés de vendeur", "n'écrivez pas encore au vendeur", "Le montant c'est 540 et non 450"]
    {
        assert!(given(&format!("CONFIRMER K7P\n{text}")).is_empty(), "{text}");
    }
    for text in ["pas les photos", "masquez mon numéro"] {
        assert!(given(&format!("PARTAGER K7P\n{text}")).is_empty(), "{text}");
    }
}

#[test]
fn a_condition_in_the_signature_is_heard_too() {
    let knowledge = knowledge();
    let qualified = |under: &str| {
        let commands = read("ACCEPTER K7P", under, knowledge.command_words(), |words| knowledge.find_beside(words));
        !commands.qualified.is_empty() && commands.given.is_empty()
    };
    for under in [
        "-- \nsous réserve du retour du produit",
        "Envoyé de mon iPhone\n\nmais sans les frais",
        "Bien à vous\nOthmane Berrada\nResponsable SAV\nà condition que la cliente renvoie la cafetière",
        "Best regards,\nTom\n\nbut only if she returns it",
        "مع تحياتي\nحميد\nبشرط إرجاع المنتج",
        "Cordialement,\nLeila\nen fait non, je refuse",
    ] {
        assert!(qualified(under), "{under}");
    }
    for under in
        ["Cordialement,\nOthmane Berrada\nResponsable SAV\n12, rue Ibn Sina, Fès\nTél. 05 35 12 34 56", "Best regards,\nTom\nShop no. 12", "مع تحياتي\nحميد"]
    {
        assert!(!qualified(under), "{under}");
    }
}

#[test]
fn what_ends_or_refuses_is_nothing_where_it_is_taken_back_or_asked_about() {
    for text in [
        "RETIRER K7P ?",
        "RETIRER K7P, jamais de la vie",
        "RETIRER K7P : non, je ne retire rien",
        "RETIRER K7P c'est ce que le vendeur me demande d'envoyer, c'est une erreur",
        "RETIRER K7P\nnon je plaisante",
        "RETIRER K7P\nerreur, ne fermez pas mon dossier svp",
        "RETIRER K7P\nà condition d'être remboursée",
        "RETIRER K7P\ns'il me rembourse les 450 DH",
        "RETIRER K7P contre 200 dh",
        "RÉGLÉ K7P pas du tout",
        "RÉGLÉ K7P en partie, il reste 150 dh",
        "FIN K7P\nje ne veux PAS arrêter",
        "WITHDRAW K7P\nno wait, keep it open please",
        "WITHDRAW K7P only if refunded in full",
        "RESOLVED K7P? They wish.",
        "سحب K7P\nلا لا غلطت ما بغيتش نسحب",
        "سحب K7P مقابل 200 درهم",
        "REFUSER K7P ? surtout pas, j'accepte",
        "REFUSER K7P\nnon pardon je voulais accepter",
        "PAUSE K7P non finalement on continue",
        "Je refuse de\nRETIRER K7P",
        "Vous dites dans votre mail\nREFUSER K7P\nc'est quoi la différence",
    ] {
        assert!(given(text).is_empty(), "{text}");
    }
    for (text, intent) in [
        ("RETIRER K7P, le vendeur m'a livré", Intent::Withdraw),
        ("RETIRER K7P\nLe vendeur m'a remboursé, merci pour votre aide.", Intent::Withdraw),
        ("FIN K7P\nJ'irai au tribunal.", Intent::End),
        ("RÉGLÉ K7P\nremboursé 450 DH ce matin", Intent::Resolved),
        ("REFUSER K7P\nNon, nous ne rembourserons pas : le produit a été utilisé.", Intent::Refuse),
        ("Nous ne sommes pas d'accord\nREFUSER K7P", Intent::Refuse),
        ("PAUSE K7P\nje suis en voyage", Intent::Interrupt),
        ("PAS-FAIT K7P\nje n'ai rien reçu", Intent::NotPerformed),
    ] {
        assert_eq!(given(text), [(intent, "K7P".to_owned())], "{text}");
    }
}

#[test]
fn three_letters_in_a_sentence_are_no_code() {
    for text in [
        "Réglé par carte le 3 novembre, 450 DH.",
        "Refusé par le livreur, mon colis est reparti chez eux.",
        "REFUSÉ PAR LE LIVREUR",
        "fin hya lcommande dyali",
        "Fin had lcommande li khlset",
        "keep the shoes, I just want my money",
        "End the nightmare please",
        "Time and again they told me tomorrow",
        "Pause 3mn et je reprends",
        "Retirer par magasin était prévu",
        "Réglé 799 DH à la livraison",
        "Délai 347 jours",
    ] {
        assert!(given(text).is_empty(), "{text}");
    }
    for text in [
        "retirer k7p",
        "retirer k7p merci",
        "retirer k7p, le vendeur m'a livré",
        "RETIRER KTP le vendeur m'a livré",
        "RETIRER K7P LE VENDEUR M'A LIVRÉ",
        "retirer 347",
    ] {
        assert_eq!(given(text).len(), 1, "{text}");
    }
}

#[test]
fn a_word_on_a_line_of_its_own_is_no_wish_where_the_line_before_goes_on() {
    let knowledge = knowledge();
    let wished = |text: &str| read(text, "", knowledge.command_words(), |words| knowledge.find_beside(words)).wished;
    for text in [
        "together with my husband and I do not want to\nwithdraw.",
        "je ne veux pas\naccepter.",
        "le problème n'est pas\nréglé.",
        "لا أريد أن\nأقبل.",
        "nous en avons parlé avec mon mari et le vendeur hier\nretirer",
    ] {
        assert!(wished(text).is_empty(), "{text}");
    }
    for text in ["Bonjour,\nRETIRER", "Merci.\nACCEPTER", "PAUSE", "Bonjour\n\nFIN"] {
        assert_eq!(wished(text).len(), 1, "{text}");
    }
}

#[test]
fn a_registrar_answers_about_held_mails_line_by_line() {
    let knowledge = knowledge();
    let heard = |text: &str| -> Vec<(Intent, String, String)> {
        let commands = read(text, "", knowledge.command_words(), |words| knowledge.find_beside(words)).given;
        commands.into_iter().map(|command| (command.intent, command.argument, command.code.as_str().to_owned())).collect()
    };
    let one = |intent, argument: &str| vec![(intent, argument.to_owned(), "K7P".to_owned())];
    assert_eq!(heard("RELEASE 12 K7P"), one(Intent::Release, "12"));
    assert_eq!(heard("LIBÉRER 346 K7P."), one(Intent::Release, "346"));
    assert_eq!(heard("joindre n° 12 EL-7K3Q-9XWD k7p"), one(Intent::Attach, "n° 12 EL-7K3Q-9XWD"));
    assert_eq!(heard("اعتماد ١٢ K7P"), one(Intent::Release, "١٢"));
    assert_eq!(heard("استبعاد 12 K7P"), one(Intent::Discard, "12"));
    assert_eq!(heard(&"DISCARD 12 K7P\n".repeat(20)).len(), 20);
    for text in ["RELEASE K7P", "please RELEASE 12 K7P", "> RELEASE 12 K7P", "RELEASE 12 K7P or not", "RELEASE 12 K0P", "RELEASE"] {
        assert!(heard(text).is_empty(), "{text}");
    }
}

#[test]
fn the_rest_of_the_line_is_the_argument() {
    let knowledge = knowledge();
    let commands = read("ADMETTRE K7P: shop@example.net", "", knowledge.command_words(), |words| knowledge.find_beside(words));
    assert_eq!(commands.given[0].argument, "shop@example.net");
}
