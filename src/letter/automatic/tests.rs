//! Programs and people who write what programs write.

use super::*;

#[test]
fn words_stand_as_they_are_compared() {
    let lists: [&[&str]; 19] = [
        &CHANGED,
        &CLOSED,
        &ELSEWHERE,
        &MOVED,
        &NOTED,
        &PROMISES,
        &ANSWERS,
        &ABSENCES,
        &ABSENT,
        &PROGRAM,
        &ACKNOWLEDGES,
        &SELF,
        &TELLS,
        &RECALLS,
        &RECALLED,
        &MEANWHILE,
        &FILLING,
        &DECIDES,
        &TYPICAL,
    ];
    for word in lists.iter().copied().flatten() {
        assert_eq!(fold(word), **word);
    }
}

#[test]
fn a_customer_who_writes_about_answers_and_absences_is_no_program() {
    for subject in ["رد الي فلوسي", "reponse automatique recue, colis jamais livre", "out of office next week", "absence de reponse"] {
        assert_eq!(by_subject(&RawHeaders::default(), subject, "ou est mon colis ?"), None, "{subject}");
    }
    for subject in ["automatic reply: x", "reponse automatique : x", "رد تلقايي: x", "abwesenheitsnotiz: x", "[auto-reply] x"] {
        assert!(by_subject(&RawHeaders::default(), subject, "").is_some(), "{subject}");
    }
    for (subject, text) in [
        ("reponse automatique", "j'ai seulement eu une reponse automatique du vendeur, ma commande 5512 jamais recue"),
        ("automatic reply", "that is all i got from the shop. my order 5512 never arrived."),
        ("رد تلقايي", "توصلت فقط برد تلقايي، والطلبيه لم تصل"),
        ("out of office", "they only wrote \"i am out of the office until monday\", and my order never came"),
    ] {
        assert_eq!(by_subject(&RawHeaders::default(), subject, text), None, "{subject}");
    }
    for (subject, text) in [
        ("reponse automatique", "bonjour, la boutique est fermee jusqu'a lundi."),
        ("absence re: votre dossier", "je suis absente du 9 au 20 novembre, sans acces a ma messagerie."),
        ("out of office", "i am travelling until monday with limited email access."),
    ] {
        assert!(by_subject(&RawHeaders::default(), subject, text).is_some(), "{subject}");
    }
    let quoted = "the shop says \"we are out of the office until further notice\"";
    let answer = RawHeaders::scan(b"In-Reply-To: <1@example.org>\n\n", 10);
    assert_eq!(by_subject(&RawHeaders::default(), "auto response from the shop is no answer", quoted), None);
    assert!(by_subject(&answer, "auto response from the shop", "i am out of the office").is_some());
}

/// The sign in a mail with these fields.
fn sign(fields: &str, subject: &str, text: &str) -> Option<&'static str> {
    let source = format!("{fields}\n\n");
    automatic(&Material { headers: &RawHeaders::scan(source.as_bytes(), 20), reports: &[], nested: &[], text }, &fold(subject))
}

const DESK: &str = "X-Mailer: Zendesk Mailer\nAuto-Submitted: auto-generated\nX-Auto-Response-Suppress: All";
const ANSWER: &str = "In-Reply-To: <1@service.example>";

#[test]
fn what_a_person_writes_in_a_ticket_is_no_answer_of_a_program() {
    let comment = format!("\n\n{}\n\nLeila, 2 mars 2026, 10:00 UTC\n\nNous avons bien reçu votre demande et nous acceptons.", "-".repeat(46));
    let delimiter = "##- Veuillez saisir une réponse au-dessus de cette ligne -##";
    assert_eq!(sign(DESK, "Re: x", &format!("{delimiter}\n\nVotre demande (7) a été mise à jour.{comment}")), None);
    let received = format!("{delimiter}\n\nVotre demande (7) a été reçue et est en cours d'examen.");
    assert!(sign(DESK, "x", &received).is_some());
    assert!(sign(DESK, "x", &format!("{received}{comment}")).is_some());
    assert!(sign("Auto-Submitted: auto-generated", "Re: x", &comment).is_some());
    assert!(sign("X-Mailer: Zendesk Mailer\nAuto-Submitted: auto-replied", "Re: x", &comment).is_some());
    let rating = "Votre avis ?\nhttps://atlas.zendesk.com/requests/7/satisfaction/new/x";
    assert!(sign("X-Mailer: Zendesk Mailer", "[Atlas] Votre avis", rating).is_some());
}

#[test]
fn what_a_desk_shows_without_a_row_of_dashes_may_be_a_persons() {
    let desk = format!("{DESK}\n{ANSWER}");
    for text in [
        "Nous acceptons de rembourser 870 DH avant le 30.\n\nKarim\n\n--------------------------------\nCet e-mail est un service de Atlas.",
        "Karim Alami a commenté :\n\nNous acceptons de rembourser 870 DH.",
        "##- Please type your reply above this line -##\n\nYour request (7) has been updated.\n\nKarim (Atlas)\nNov 23, 2026, 10:00 GMT+1\n\nNous acceptons.",
    ] {
        assert_eq!(sign(&desk, "Re: x", text), None, "{text}");
        assert!(sign(DESK, "x", text).is_some() || text.starts_with("##"), "{text}");
        assert!(sign("X-Mailer: Zendesk Mailer\nAuto-Submitted: auto-replied\nIn-Reply-To: <1@x.example>", "Re: x", text).is_some(), "{text}");
    }
    for text in [
        "Votre demande (48213) a été considérée comme résolue. Pour la rouvrir, répondez à cet e-mail.",
        "Votre demande (7) a été reçue et est en cours d'examen par notre équipe.",
        "Merci, votre demande a été créée.",
        "URL : https://glpi.atlas.example/?redirect=ticket_7\nTicket : Description\nStatut : Nouveau",
        "Vu.",
    ] {
        assert!(sign(&desk, "Re: x", text).is_some(), "{text}");
    }
}

#[test]
fn a_complaint_under_a_subject_of_programs_is_no_programs() {
    let told = "J'ai payé 350 DH à la boutique et je n'ai rien reçu.";
    for subject in [
        "Réponse automatique: le vendeur se moque",
        "Message automatique : machine en panne",
        "رد تلقائي: المتجر لا يجيب",
        "Out of office: the shop never answers",
    ] {
        assert_eq!(sign("X: y", subject, told), None, "{subject}");
        assert!(sign("X: y", subject, "Je suis absent du bureau jusqu'au 3.").is_some(), "{subject}");
        assert!(sign(ANSWER, subject, told).is_some(), "{subject}");
    }
}

#[test]
fn a_short_answer_that_calls_itself_automatic_is() {
    for text in [
        "Bonjour,\nCeci est une réponse automatique. Notre boutique rouvre lundi.",
        "Merci. Ceci est un message automatique, nous vous répondrons sous 48 h.",
        "This is an automated response: we are closed until Monday.",
        "السلام عليكم\nشكرا. هذا رد آلي، سنجيبكم لاحقا.",
        "هذا رد تلقائي. المتجر مغلق.",
    ] {
        assert!(sign(ANSWER, "Re: x", text).is_some(), "{text}");
        assert_eq!(sign("X: y", "x", text), None, "{text}");
    }
    for text in [
        "Il m'a répondu : ceci est une réponse automatique. Et depuis, rien.",
        "On lit toujours \u{ab} Merci. Ceci est une réponse automatique. \u{bb}",
        "Le vendeur ne fait que cela.\nCeci est une réponse automatique, nous sommes fermés.",
        "هذا رد إلى البائع، لا أقبل.",
        "هذا رد آلي من البائع، أين مالي؟",
        "This is an automatic watch and it does not work.",
        "Oui.\n\n> Ceci est une réponse automatique.",
    ] {
        assert_eq!(sign(ANSWER, "Re: x", text), None, "{text}");
    }
}

#[test]
fn an_answer_that_says_only_that_somebody_is_away_or_got_it_is_a_programs() {
    for text in [
        "Bonjour,\n\nJe suis actuellement absent du bureau jusqu'au 23 novembre 2026. Je répondrai dès mon retour. En cas d'urgence, contactez accueil@atlas.example.\n\nKarim",
        "Thank you for your email. I am out of the office until 23 November. For urgent matters please contact Sara (sara@atlas.example).\n\nKarim",
        "شكرا على رسالتكم. أنا حاليا في إجازة إلى غاية 23 نونبر 2026 وسأجيب على رسالتكم فور عودتي.\n\nكريم",
        "Vielen Dank für Ihre Nachricht. Ich bin bis zum 23.11.2026 nicht im Büro. In dringenden Fällen wenden Sie sich bitte an info@atlas.example.",
        "Bonjour,\nMerci de nous avoir contactés ! Votre demande a bien été prise en compte sous le numéro #8812. Un conseiller vous répondra sous 24 heures.\nL'équipe Atlas",
        "Hi there,\nThanks for reaching out! We've got your message and typically reply within a few hours.\nThe Atlas team",
        "مرحبا،\nلقد تلقينا طلبك (#88121) وستتم مراجعته من قبل فريق الدعم لدينا.",
        "Bonjour,\nMerci de nous avoir contactés ! Nos conseillers vous répondent du lundi au samedi. Votre message est important pour nous.\nL'équipe Zina",
        "شكرا على تواصلكم معنا. تم تسجيل طلبكم تحت رقم 88213 وسنعود إليكم في أقرب الآجال.",
        "مرحبا بكم، شكرا على رسالتكم. أوقات العمل من الاثنين إلى الجمعة. سنرد عليكم في أقرب وقت.",
        "Notre boutique sera fermée du 20 décembre au 3 janvier. Les demandes reçues pendant cette période seront traitées à notre retour.",
        "I am OOO until 7 Dec with no email access. Please contact sara@shop.example.",
    ] {
        assert!(sign(ANSWER, "Re: x", text).is_some(), "{text}");
        assert_eq!(sign("X: y", "x", text), None, "{text}");
    }
    for text in [
        "Bonjour et merci pour votre message.\nNotre boutique est fermée du 20 au 30 novembre. Nous traiterons votre message à notre retour.\nL'équipe Atlas",
        "شكرا على تواصلكم معنا. أنا في إجازة إلى غاية فاتح دجنبر وسأرد عليكم فور عودتي.",
        "سلام، أنا فالعطلة حتى لفاتح دجنبر، غادي نجاوبكم ملي نرجع.",
        "Merci d'avoir contacté le service client Atlas.\nVotre demande a été enregistrée sous le numéro 48213.\nNos conseillers vous répondront du lundi au vendredi.",
        "شكرا لتواصلكم مع خدمة زبناء أطلس. تم تسجيل طلبكم تحت رقم 48213 وسيجيبكم أحد مستشارينا في أقرب وقت.",
        "Accusé de réception : votre courriel du 23/11/2026 nous est bien parvenu. Il sera traité sous 5 jours ouvrables.",
        "Hi! We received your email and are looking into it. Expect a response within one business day. — Atlas Support (automated)",
        "Cette adresse n'est plus utilisée. Merci d'écrire désormais à contact@atlas.example.",
        "La boîte contact@atlas.example n'est pas surveillée. Pour nous joindre, utilisez le formulaire du site.",
        "This mailbox is not monitored. Please use the contact form on our website.",
        "##- Please type your reply above this line -##\n\nYour request (48213) has been received and is being reviewed by our support staff.\n\nTo add additional comments, reply to this email.",
        "Cher(e) Médiation,\n\nNous accusons réception de votre demande et un ticket a été créé avec l'ID 48213.\nUn membre de l'équipe examinera votre demande.\n\nCordialement,\nAtlas",
        "Cher Médiation,\n\nVotre demande a été reçue et est examinée par notre équipe Service client.\nLa référence de votre ticket est 48213.\n\nMerci,\nService client Atlas",
        "Bonjour,\n\nVotre message a bien été envoyé à notre équipe. Nous vous répondrons dans les plus brefs délais.\n\nAtlas propulsé par PrestaShop",
    ] {
        assert!(sign(ANSWER, "Re: x", text).is_some(), "{text}");
        assert_eq!(sign("X: y", "x", text), None, "{text}");
    }
    for text in [
        "Notre boutique est fermée du 20 au 30 novembre, nous rembourserons à notre retour.",
        "Cette adresse n'est plus utilisée. La cliente a reçu son colis le 3 novembre.",
        "Votre demande a été enregistrée sous le numéro 48213. Le colis est parti hier.",
        "Le client a reçu un accusé de réception et son colis est bien parvenu sous 5 jours.",
        "Je suis en congé jusqu'au 23, mais je refuse cette demande.",
        "Je suis en congé jusqu'au 23. Le colis est parti le 3 novembre avec la Poste marocaine.",
        "I am on leave until Monday. The parcel left our warehouse on the 3rd.",
        "Nous avons bien reçu votre demande et nous acceptons.",
        "Nous avons bien reçu votre message. La commande est partie hier avec un autre transporteur.",
        "لقد تلقينا طلبك ونرفضه.",
        "La personne en charge est en congé jusqu'au 23/11. Merci de patienter jusqu'à son retour.",
        "Nous avons bien reçu votre message et revenons vers vous rapidement.",
        "Notre boutique sera fermée jusqu'au 3 janvier. Nous refusons cette demande.",
        "Notre boutique sera fermée jusqu'au 3 janvier. Le colis de la cliente est parti le 12 novembre avec Amana.",
        "تم تسجيل طلبكم تحت رقم 5512 ولم أتوصل بأي شيء منذ شهر.",
        "Votre message est important, nous cherchons le colis chez le transporteur et écrivons demain.",
        "شكرا على رسالتكم. سنرد عليكم في أقرب وقت.",
        "Nous sommes fermés jusqu'à lundi. L'échange sera fait à notre retour.",
        "La boutique écrit : nous avons bien reçu votre commande, elle est maintenant en cours de traitement. Depuis le 3 mars, aucune livraison.",
    ] {
        assert_eq!(sign(ANSWER, "Re: x", text), None, "{text}");
    }
}

#[test]
fn a_ticket_is_acknowledged_where_the_text_leads_to_it() {
    let text = "Hello,\nThank you, a ticket has been created. Follow it at\nhttps://atlas.freshdesk.com/helpdesk/tickets/9\nAtlas";
    assert!(sign("X: y", "Ticket received - x", text).is_some());
    for text in [
        "Hello,\nThank you, a ticket has been created.\nAtlas",
        "They wrote that a ticket has been created: https://atlas.freshdesk.com/helpdesk/tickets/9",
        "Ma commande a été enregistrée, je n'ai rien reçu : https://atlas.zendesk.com/hc/9",
        "La commande a été enregistrée sur https://concerts.example/tickets/9 et rien ne vient.",
    ] {
        assert_eq!(sign("X: y", "x", text), None, "{text}");
    }
}

#[test]
fn a_message_that_is_recalled_says_nothing_else() {
    let text = "Omar Tazi souhaite rappeler le message \u{ab} Votre invitation \u{bb}.";
    assert_eq!(sign("X: y", "Rappel : Votre invitation", text), Some("recalls-a-message"));
    assert!(sign("X: y", "Recall: Your invitation", "Omar Tazi would like to recall the message, \"Your invitation\".").is_some());
    assert_eq!(sign("X: y", "Rappel : ma commande", "Bonjour,\nle vendeur souhaite rappeler le client, mais il ne le fait pas."), None);
    assert_eq!(sign("X: y", "Colis", text), None);
}
