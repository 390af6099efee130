//! What is read of whole mails, and what is not.

use crate::domain::Fact;
use crate::letter::{Knowledge, Letter, Limits, read, tests::knowledge};

fn letter(knowledge: &Knowledge, subject: &str, text: &str) -> Letter {
    let mail = format!(
        "From: nora <nora@courrier.example>\nSubject: {subject}\nDate: Thu, 12 Nov 2026 11:20:31 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    read(mail.as_bytes(), knowledge, &Limits::default())
}

/// Every text with a field and what it must be.
fn all_say(expected: &[(&str, Fact, Option<&str>)]) {
    let knowledge = knowledge();
    for (text, fact, value) in expected {
        let letter = letter(&knowledge, "", text);
        assert_eq!(letter.facts.get(*fact), *value, "{text}\n{:?}", letter.because);
    }
}

#[test]
fn a_signature_says_nothing_of_the_order() {
    let notice = "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leurs destinataires. Si vous l'avez reçu par erreur, \
                  merci de le détruire et de prévenir son expéditeur. La société Rif Conseil décline toute responsabilité.";
    let with_notice = format!("J'ai acheté un sac 300 dh, il est déchiré.\n\nCordialement,\nNora Amzil\n\n{notice}");
    all_say(&[
        (&with_notice, Fact::Merchant, None),
        (&with_notice, Fact::Product, Some("sac")),
        ("Je n'ai rien reçu du tout.\n\nEnvoyé depuis mon appareil mobile Samsung Galaxy.", Fact::Product, None),
        ("J'ai commandé des verres, ils sont cassés.\n\n-- \nNora Amzil\n<#AB12CD34-5E6F-7A8B-9C0D>", Fact::OrderNo, None),
        ("J'ai acheté un sac, il est déchiré.\n\nCordialement,\nNora Amzil\nCommande : RT-5512", Fact::OrderNo, Some("RT-5512")),
        ("J'ai acheté un sac, il est déchiré.\n\nCordialement,\nNora Amzil\nTél. : 0661 22 33 44", Fact::Phone, Some("+212661223344")),
    ]);
}

#[test]
fn the_number_of_an_answer_is_no_part_of_it() {
    all_say(&[
        ("1 Rif Tapis\n2 RT-5512\n3 le 5 novembre\n4 320 dh", Fact::Amount, Some("320.00")),
        ("1-Rif Tapis\n2-RT-5512\n3-320dh", Fact::Amount, Some("320.00")),
        ("1 دار الفخار\n2 ما عنديش\n3 ٦٥٠ درهم", Fact::Amount, Some("650.00")),
        ("J'ai payé 4 320 dh pour un tapis.", Fact::Amount, Some("4320.00")),
        ("Tapis, 4 320 dh", Fact::Amount, Some("4320.00")),
    ]);
}

#[test]
fn an_amount_is_read_where_it_is_sure() {
    all_say(&[
        ("J'ai payé 650 dirhams émiratis.", Fact::Currency, Some("AED")),
        ("دفعت 480 ريال سعودي", Fact::Currency, Some("SAR")),
        ("خلصت 2500 دينار", Fact::Amount, None),
        ("khlest alf w 500 dh", Fact::Amount, None),
        ("J'ai payé entre 400 et 500 dh.", Fact::Amount, None),
        ("I paid 3 x 500 dh.", Fact::Amount, None),
        ("J'ai payé 1500 dh (3 x 500 dh).", Fact::Amount, Some("1500.00")),
        ("J'ai acheté un sac 1200 dh, plus 45 dh de taxe, soit 1245 dh.", Fact::Amount, Some("1245.00")),
        ("Le sac 300 dh, la robe 200 dh, total 500 dh.", Fact::Amount, Some("500.00")),
        ("شريت صاك 300 درهم وحذاء 200 درهم المجموع 500 درهم", Fact::Amount, Some("500.00")),
        ("Mes deux commandes A-2291 (340 DH) et A-2305 (125 DH) ne sont pas arrivées.", Fact::Amount, None),
        ("Mes deux commandes A-2291 (340 DH) et A-2305 (125 DH) ne sont pas arrivées.", Fact::OrderNo, None),
        ("Commandes n° 5512, 5513 et 5514 jamais reçues.", Fact::OrderNo, None),
        ("Commande n° 5512 et 450 dh perdus.", Fact::OrderNo, Some("5512")),
    ]);
}

#[test]
fn what_is_spoken_of_in_other_units_is_proposed_where_it_is_sure() {
    let knowledge = knowledge();
    for (text, value) in [
        ("chrit pc b 2 millions", Some("20000.00")),
        ("J'ai payé 2 millions et demi pour ce salon.", Some("25000.00")),
        ("خلصت 2 مليون ونص", Some("25000.00")),
        ("J'ai payé 2 millions 300 pour ce salon.", None),
        ("J'ai payé 480 riyals saoudiens.", None),
        ("دفعت 480 ريال قطري", None),
        ("خلصت 3000 ريال", Some("150.00")),
        ("J'ai payé entre 2 et 3 millions.", None),
    ] {
        let letter = letter(&knowledge, "", text);
        assert_eq!(letter.proposals.first().map(|proposal| proposal.value.as_str()), value, "{text}\n{:?}", letter.because);
    }
}

#[test]
fn an_order_is_named_in_the_subject_where_the_text_names_none() {
    let knowledge = knowledge();
    for (subject, text, number) in [
        ("Commande #MK-77120", "Le sac est déchiré.", Some("MK-77120")),
        ("order MK-77120 never came", "Please help me.", Some("MK-77120")),
        ("الطلبية رقم 77120", "لم أتوصل بالحقيبة.", Some("77120")),
        ("commande 77120", "Ma commande 55121 n'est pas arrivée.", Some("55121")),
        ("Re: Commande #MK-77120", "Le sac est déchiré.", None),
        ("commandes 5512 et 5513", "Le sac est déchiré.", None),
        ("commande de 450 dh", "Le sac est déchiré.", None),
        ("commande 77120", "Les commandes 5512 et 5513 ne sont pas arrivées.", None),
    ] {
        assert_eq!(letter(&knowledge, subject, text).facts.get(Fact::OrderNo), number, "{subject} | {text}");
    }
}

#[test]
fn what_the_seller_wrote_is_no_name() {
    all_say(&[
        ("Voici ce que dit le vendeur : \"Votre paquet est parti hier de chez nous\".", Fact::Merchant, None),
        ("Le message du vendeur « Trop tard » me choque.", Fact::Merchant, None),
        ("J'ai acheté un sac à la boutique \"Rif Cuir\".", Fact::Merchant, Some("Rif Cuir")),
        ("عند عودتي إلى البيت سأرسل لكم الصور", Fact::Merchant, None),
        ("شريت صاك عند دار الجلد وما وصلنيش", Fact::Merchant, Some("دار الجلد")),
        ("شريت طبلة من لاباج ديال \"Rif Bois\" وجات مهرسة", Fact::Merchant, Some("Rif Bois")),
        ("chrit tabla mn page smiytha rif_bois w ja mhres", Fact::Merchant, Some("rif_bois")),
        ("شريت طبلة من بيج \"Rif Bois\" وجات مهرسة", Fact::Merchant, Some("Rif Bois")),
        ("J'ai reçu un sms de la part de Rif Express, sans suite.", Fact::Merchant, None),
    ]);
}

#[test]
fn what_is_only_mentioned_was_not_bought() {
    all_say(&[
        ("Les photos sont sur mon ordinateur, je cherche.", Fact::Product, None),
        ("J'ai commandé hier, les captures sont sur mon téléphone.", Fact::Product, None),
        ("لم أتوصل بأي شيء إلى حدود الساعة", Fact::Product, None),
        ("اشتريت ساعة من موقع ساعاتي ولم تصلني", Fact::Product, Some("ساعة")),
        ("Je suis au bureau jusqu'à midi, rien n'est arrivé.", Fact::Product, None),
        ("J'ai commandé sur huile-rif.example et rien n'est arrivé", Fact::Product, None),
        ("L'écran de mon téléphone acheté hier est rayé.", Fact::Product, Some("téléphone")),
        ("1) Rif Cuir\n2) une lampe", Fact::Product, Some("lampe")),
        ("J'ai acheté un téléphone, il est en panne.", Fact::Product, Some("téléphone")),
    ]);
}

#[test]
fn whose_name_number_and_day_it_is() {
    all_say(&[
        ("شكرا على مساعدتكم لي في هذا الملف", Fact::ConsumerName, None),
        ("شكرا لكم\nعلي بنعمر", Fact::ConsumerName, Some("علي بنعمر")),
        ("Je n'ai que son numéro, le 0661-55-66-77.", Fact::Phone, None),
        ("رقم هاتف البائع هو 0661556677", Fact::Phone, None),
        ("J'ai appelé le 0661556677 sans réponse.", Fact::Phone, None),
        ("I called 0661556677 twice.", Fact::Phone, None),
        ("3ayt l 0661556677 walo", Fact::Phone, None),
        ("عيطت ليه ف 0661556677", Fact::Phone, None),
        ("Contactez ma collègue au 0661556677.", Fact::Phone, None),
        ("Acheté chez \"Rif Cuir\" (whatsapp 0661556677).", Fact::Phone, None),
        ("Acheté chez @rif.cuir (0661556677).", Fact::Phone, None),
        ("Vous pouvez m'appeler au 0661556677.", Fact::Phone, Some("+212661556677")),
        ("Contactez moi au 0661556677.", Fact::Phone, Some("+212661556677")),
        ("Nora Amzil (0661556677)", Fact::Phone, Some("+212661556677")),
        ("Mon numéro : 0661-55-66-77", Fact::Phone, Some("+212661556677")),
        ("عند التسليم وجدت الباب مكسورا", Fact::PaymentMethod, None),
        ("أديت 300 درهم عند التسليم", Fact::PaymentMethod, Some("cash_on_delivery")),
        ("À la livraison le carton était ouvert.", Fact::PaymentMethod, None),
        ("250 dh à la livraison", Fact::PaymentMethod, Some("cash_on_delivery")),
        ("Voici mon RIB pour le virement.", Fact::PaymentMethod, None),
        ("D'accord si c'est en espèces.", Fact::PaymentMethod, None),
        ("Le virement est arrivé hier.", Fact::PaymentMethod, None),
        ("Je veux le remboursement par virement.", Fact::PaymentMethod, None),
        ("I want a refund by bank transfer.", Fact::PaymentMethod, None),
        ("بغيت الفلوس بالفيرمون", Fact::PaymentMethod, None),
        ("J'ai payé par virement.", Fact::PaymentMethod, Some("transfer")),
        ("Je veux être remboursé, j'ai payé par carte.", Fact::PaymentMethod, Some("card")),
        ("I received my order on 5 November.", Fact::OrderDate, None),
        ("Je n'ai jamais reçu ma commande du 5 novembre.", Fact::OrderDate, Some("2026-11-05")),
        ("J'ai reçu ma commande du 5 novembre le 9.", Fact::OrderDate, Some("2026-11-05")),
        ("My order of 5 November never came.", Fact::OrderDate, Some("2026-11-05")),
        ("J'ai renvoyé ma commande le 5 novembre.", Fact::OrderDate, None),
        ("J'ai annulé ma commande le 5 novembre.", Fact::OrderDate, None),
        ("Ma commande a été annulée le 5 novembre.", Fact::OrderDate, None),
        ("Ma commande du 3 novembre a été annulée le 5.", Fact::OrderDate, Some("2026-11-03")),
        ("J'ai annulé ma commande passée le 5 novembre.", Fact::OrderDate, Some("2026-11-05")),
        ("J'ai passé ma commande le 5 novembre.", Fact::OrderDate, Some("2026-11-05")),
        ("I returned my order on 5 November.", Fact::OrderDate, None),
        ("My order was cancelled on 5 November.", Fact::OrderDate, None),
        ("I placed my order on 5 November.", Fact::OrderDate, Some("2026-11-05")),
        ("ألغيت الطلب يوم 5 نونبر", Fact::OrderDate, None),
        ("طلبت حذاء يوم 5 نونبر", Fact::OrderDate, Some("2026-11-05")),
        ("رجعت الكوموند نهار 5 نونبر", Fact::OrderDate, None),
        ("rje3t commande nhar 5 novembre", Fact::OrderDate, None),
        ("dert commande nhar 5 novembre", Fact::OrderDate, Some("2026-11-05")),
        ("Merci de m'avoir écrit.", Fact::Remedy, None),
        ("bghit ghir avoir mn 3ndkom", Fact::Remedy, Some("VOUCHER")),
    ]);
}

#[test]
fn what_a_letter_is_about_is_said_by_its_writer() {
    let knowledge = knowledge();
    for (subject, text, category) in [
        ("Re: il manque une chaise", "Merci, je regarde cela demain matin.", None),
        ("Fwd: colis jamais reçu", "Merci, je regarde cela demain matin.", None),
        ("Colis jamais reçu", "Bonjour, merci de votre aide dans cette histoire.", Some("NON_DELIVERY")),
        ("", "J'ai écrit au vendeur mais son adresse ne marche pas.", None),
        ("", "J'ai acheté un mixeur et il ne marche pas.", Some("DEFECT_DAMAGE")),
        ("", "Le délai de retour est dépassé d'après eux, je ne comprends pas.", None),
        ("", "Le sac n'est jamais arrivé. Je veux annuler.", Some("NON_DELIVERY")),
        ("", "جاني 38 وأنا طالب 40", Some("WRONG_INCOMPLETE")),
        ("", "chacha mcha99e9", Some("DEFECT_DAMAGE")),
        ("", "ولدي شرا لعبة بالكارط ديالي بلا خباري", None),
        ("", "شركة تقتطع من بطاقتي 300 درهم كل شهر بدون موافقتي", Some("BILLING_PAYMENT")),
        ("", "نشروا رقم هاتفي بدون موافقتي", Some("PERSONAL_DATA")),
        ("", "They posted my photos without my consent.", Some("PERSONAL_DATA")),
        ("", "Le festival est reporté à 2027.", Some("CANCELLATION")),
        ("", "La livraison est reportée chaque semaine.", Some("DELIVERY_DELAY")),
        ("", "Dans le carton il y avait une brique.", Some("WRONG_INCOMPLETE")),
        ("", "I opened the box and there was a brick in it.", Some("WRONG_INCOMPLETE")),
        ("", "لقيت فالكرطونة غير الحجر", Some("WRONG_INCOMPLETE")),
        ("", "l9it f lcarton ghir 7jar", Some("WRONG_INCOMPLETE")),
        ("", "وجدت داخل العلبة حجارة", Some("WRONG_INCOMPLETE")),
        ("", "Où est mon colis ?", Some("NON_DELIVERY")),
        ("", "fin lcommande dyali", Some("NON_DELIVERY")),
        ("", "I never agreed to a subscription.", Some("BILLING_PAYMENT")),
    ] {
        let letter = letter(&knowledge, subject, text);
        let delay = letter.category.as_deref().filter(|code| *code != "OTHER");
        assert_eq!(delay, category, "{subject} | {text}\n{:?}", letter.because);
    }
}

#[test]
fn an_address_is_the_sellers_where_that_is_said() {
    all_say(&[
        ("J'ai écrit au vendeur (sav@atlas.example) sans réponse.", Fact::MerchantContact, Some("sav@atlas.example")),
        ("Le mail du vendeur : sav@atlas.example", Fact::MerchantContact, Some("sav@atlas.example")),
        ("J'ai écrit au vendeur à l'adresse sav@atlas.example.", Fact::MerchantContact, Some("sav@atlas.example")),
        ("La boutique Rif Cuir (sav@atlas.example) ne répond plus.", Fact::MerchantContact, Some("sav@atlas.example")),
        ("Acheté chez Rif Cuir. Leur mail est sav@atlas.example.", Fact::MerchantContact, Some("sav@atlas.example")),
        ("sav@atlas.example c'est le mail du vendeur", Fact::MerchantContact, Some("sav@atlas.example")),
        ("I contacted the seller (help@atlas.example) on 25 October.", Fact::MerchantContact, Some("help@atlas.example")),
        ("The seller's email is help@atlas.example.", Fact::MerchantContact, Some("help@atlas.example")),
        ("البائع هو sav@atlas.example ولم يجب", Fact::MerchantContact, Some("sav@atlas.example")),
        ("J'ai commandé sur boutique-atlas.example, j'ai écrit à sav@boutique-atlas.example.", Fact::MerchantContact, Some("sav@boutique-atlas.example")),
        ("Vendeur : Rif Cuir\nE-mail : contact@rif-cuir.example", Fact::MerchantContact, Some("contact@rif-cuir.example")),
        ("Mon mari karim@mari.example et le vendeur sav@atlas.example", Fact::MerchantContact, Some("sav@atlas.example")),
    ]);
}

#[test]
fn the_address_of_somebody_else_is_not_the_sellers() {
    let none = [
        "Vous pouvez aussi m'écrire chez mon mari, karim@mari.example.",
        "écrivez-moi plutôt à nadia2@mari.example",
        "mon avocat me.tazi@avocat.example suit le dossier",
        "l'association assoc@conso.example m'aide",
        "L'association m'aide. Leur mail est assoc@conso.example.",
        "L'association m'aide.\nLeur mail : assoc@conso.example",
        "ma banque reclamation@banque.example a refusé",
        "le livreur Amana reclamation@amana.example ne répond pas",
        "je vous mets en copie mon mari : karim@mari.example",
        "karim@mari.example est l'adresse de mon mari",
        "Le vendeur m'a écrit à nadia2@mari.example.",
        "L'adresse que j'ai donnée au vendeur : nadia2@mari.example",
        "Le vendeur a mon mail nadia2@mari.example.",
        "J'ai dit au vendeur d'écrire à karim@mari.example.",
        "J'ai tout essayé avec le vendeur, karim@mari.example peut en témoigner.",
        "nadia2@mari.example est l'adresse que le vendeur a.",
        "Acheté chez \"Rif Cuir\". Mon mari travaille chez eux : karim@rif-cuir.example",
        "J'ai écrit à contact@autre.example sans réponse.",
        "راسلوني على nadia2@mari.example",
        "راسلوا زوجي على karim@mari.example",
        "siftou lia f nadia2@mari.example",
        "my sister's email is sara@mari.example, she ordered for me",
    ];
    all_say(&none.map(|text| (text, Fact::MerchantContact, None)));
}

#[test]
fn a_fee_is_not_the_amount() {
    all_say(&[
        ("المبلغ 450 درهم والتوصيل 35 درهم", Fact::Amount, Some("450.00")),
        ("المبلغ 1.250,50 درهم والتوصيل 35 درهم", Fact::Amount, Some("1250.50")),
        ("السلعة 450 درهم ومصاريف التوصيل 35 درهم", Fact::Amount, Some("450.00")),
        ("chrit sel3a 450 dh, livraison 35 dh", Fact::Amount, Some("450.00")),
        ("paid 450 dh delivery 35 dh", Fact::Amount, Some("450.00")),
        ("450dh + frais de port 40dh", Fact::Amount, Some("450.00")),
        ("35 dh de livraison + 415 dh le produit = 450 dh en tout", Fact::Amount, None),
        ("450 dh sel3a w 35 dh livraison", Fact::Amount, Some("450.00")),
        ("J'ai payé 35 dh de livraison et 450 dh la robe.", Fact::Amount, Some("450.00")),
        ("robe 450dh soldée à 299dh", Fact::Amount, Some("299.00")),
        ("le livreur m'a demandé 30 dh en plus du prix", Fact::Amount, None),
        ("le livreur voulait 30dh de pourboire", Fact::Amount, None),
        ("il m'a rendu 200 dh", Fact::Amount, None),
        ("j'ai un bon de 100 dh", Fact::Amount, None),
        ("livraison gratuite à partir de 500 dh", Fact::Amount, None),
        ("la caution est de 1000 dh", Fact::Amount, None),
        ("il veut 200 dh pour reprendre le canapé", Fact::Amount, None),
        ("j'ai perdu 2 jours de travail, soit 600 dh", Fact::Amount, None),
        ("zadni 50dh f livraison", Fact::Amount, None),
        ("الليفرور بغا 20 درهم زيادة", Fact::Amount, None),
        ("acompte 100 dh, reste 350 dh à la livraison", Fact::Amount, None),
        ("Paiement en 3 fois de 400 DH", Fact::Amount, None),
        ("environ 450 dh", Fact::Amount, None),
        ("450 dh environ", Fact::Amount, None),
        ("J'ai payé 1000 dh, il reste 350 dh.", Fact::Amount, Some("1000.00")),
        ("J'ai payé 450 dh à la livraison.", Fact::Amount, Some("450.00")),
        ("Deux robes à 150 dh, soit 300 dh", Fact::Amount, Some("300.00")),
    ]);
}

#[test]
fn a_complaint_is_made_to_the_seller_by_who_bought() {
    all_say(&[
        ("j'ai contacté ma banque le 5 novembre", Fact::PriorContactDate, None),
        ("j'ai écrit à la police le 5 novembre", Fact::PriorContactDate, None),
        ("j'ai appelé Amana le 5 novembre", Fact::PriorContactDate, None),
        ("عيطت للليفرور نهار 5 نونبر", Fact::PriorContactDate, None),
        ("عيط ليا مول الصفحة وصيفطت ليه نهار 5 نونبر", Fact::PriorContactDate, Some("2026-11-05")),
        ("I called the bank on 5 November.", Fact::PriorContactDate, None),
        ("Le vendeur m'a contacté le 5 novembre pour confirmer l'adresse", Fact::PriorContactDate, None),
        ("il m'a appelé le 5 novembre pour s'excuser", Fact::PriorContactDate, None),
        ("j'ai été contacté le 5 novembre par eux", Fact::PriorContactDate, None),
        ("Leur message du 5 novembre est clair.", Fact::PriorContactDate, None),
        ("They called me on 5 November.", Fact::PriorContactDate, None),
        ("J'ai commandé un sac, j'ai écrit à la police le 5 novembre.", Fact::OrderDate, None),
        ("ma sœur l'a contacté le 5 novembre", Fact::PriorContactDate, Some("2026-11-05")),
        ("j'ai écrit au vendeur le 5 novembre et il m'a répondu", Fact::PriorContactDate, Some("2026-11-05")),
        ("Je les ai contactés le 5 novembre.", Fact::PriorContactDate, Some("2026-11-05")),
        ("I called them on 5 November.", Fact::PriorContactDate, Some("2026-11-05")),
        ("تواصلت مع البائع يوم 5 نونبر", Fact::PriorContactDate, Some("2026-11-05")),
    ]);
}

#[test]
fn a_day_is_read_where_one_is_named() {
    all_say(&[
        ("commande du 5 au 7 novembre", Fact::OrderDate, None),
        ("commandé entre le 5 et le 7 novembre", Fact::OrderDate, None),
        ("commandé vers le 5 novembre", Fact::OrderDate, None),
        ("ordered around 5 November", Fact::OrderDate, None),
        ("promotion du 5 novembre, commandé deux jours après", Fact::OrderDate, None),
        ("commandé le 5 novembre à 10h", Fact::OrderDate, Some("2026-11-05")),
        ("Commande 48213 du 5 novembre, reçue le 9 novembre", Fact::OrderDate, Some("2026-11-05")),
    ]);
    let letter = letter(&knowledge(), "", "commandé vers le 5 novembre");
    assert_eq!(letter.proposals.first().map(|proposal| proposal.value.as_str()), Some("2026-11-05"));
}

#[test]
fn a_shop_that_is_only_mentioned_did_not_sell() {
    all_say(&[
        ("mon beau-frère travaille chez Rif Telecom et dit que le tel est faux", Fact::Merchant, None),
        ("J'habite près du magasin Rif Bois et j'ai commandé sur moubis.example un canapé", Fact::Merchant, Some("moubis.example")),
        ("le livreur est de la société Speedaf", Fact::Merchant, None),
        ("Le colis est à l'agence Amana.", Fact::Merchant, None),
        ("j'ai porté plainte sur le site reclamation.ma", Fact::Merchant, None),
        ("j'ai vu vos coordonnées sur le site e-litige.example", Fact::Merchant, None),
        ("La page s'appelait Belle Maison puis Rif Déco depuis hier", Fact::Merchant, None),
        ("J'ai acheté ça chez ma voisine qui l'avait acheté sur rif.ma", Fact::Merchant, None),
        ("Ma sœur a acheté un sac sur rif.ma pour moi", Fact::Merchant, Some("rif.ma")),
        ("شركة الدار البيضاء للنقل ضيعات ليا الكولي", Fact::Merchant, None),
        ("اشتريت ثلاجة من ماركة سامسونغ من متجر إلكترو بثمن 6500 درهم", Fact::Merchant, Some("إلكترو")),
        ("adresse : 12 rue Tarik, apt 7, Hay Riad, Rabat", Fact::Merchant, None),
        ("Je porte plainte contre la boutique Rif Cuir.", Fact::Merchant, Some("Rif Cuir")),
    ]);
}

#[test]
fn what_is_denied_or_left_open_is_not_sure() {
    all_say(&[
        ("Remboursement ou échange, comme vous voulez", Fact::Remedy, None),
        ("bghit ybdloh wla yrj3o flousi", Fact::Remedy, None),
        ("أطالب بإصلاحها أو استبدالها.", Fact::Remedy, None),
        ("Je veux un remboursement ou un échange.", Fact::Remedy, None),
        ("bghit flousi wla ybedlouh liya", Fact::Remedy, Some("REFUND_FULL")),
        ("Le vendeur demande le remboursement des frais de retour, moi rien", Fact::Remedy, None),
        ("Je demande le remboursement.", Fact::Remedy, Some("REFUND_FULL")),
        ("Je n'ai pas commandé de trottinette", Fact::Product, None),
        ("I never ordered a scooter.", Fact::Product, None),
        ("J'ai commandé deux choses : la commande 48213 et la commande 48377.", Fact::Product, None),
        ("Le téléphone du vendeur est éteint. Commande 7781.", Fact::Product, None),
        ("ticket 99812 ouvert chez Rif Bois, commande 7781", Fact::Product, None),
        ("J'ai commandé une trottinette, elle n'est pas arrivée.", Fact::Product, Some("trottinette")),
        ("Envoyez-moi Cash Plus", Fact::PaymentMethod, None),
        ("ils prennent que le cash, j'ai annulé", Fact::PaymentMethod, None),
        ("order id 0661223344", Fact::Phone, None),
        ("commande passée au 0700112233", Fact::Phone, None),
        ("Commande 48213, tel 0661223344", Fact::Phone, Some("+212661223344")),
        ("numéro de commande : je ne l'ai pas, numéro de téléphone 0661223344", Fact::Phone, Some("+212661223344")),
    ]);
}
