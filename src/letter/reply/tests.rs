//! Splitting whole texts.

use super::super::tests::knowledge;
use super::super::{Knowledge, Letter, Limits};
use super::{Circumstances, Reply, split};
use proptest::prelude::*;
use std::sync::OnceLock;

/// What an answer holds that is new.
fn new(text: &str) -> String {
    answer(text).text
}

fn answer(text: &str) -> Reply {
    split(text, Circumstances { answers: true, ..Circumstances::default() })
}

#[test]
fn every_usual_way_to_quote_is_cut() {
    for quote in [
        "On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:\n> old",
        "Le lun. 2 mars 2026 à 09:00, Desk <desk@example.org> a\nécrit :\n\n> old",
        "Le 02/03/2026 à 09:00, Desk a écrit :\n> old",
        "في الاثنين، 2 مارس 2026 في 9:00 ص تمت كتابة ما يلي بواسطة Desk <desk@example.org>:\n> old",
        "بتاريخ 2 مارس 2026، كتب Desk <desk@example.org>:\n> old",
        "-----Original Message-----\nFrom: Desk\nSent: Monday\nTo: me\nSubject: x\n\nold",
        "-----Message d'origine-----\nDe : Desk\nold",
        "________________________________\nDe : Desk <desk@example.org>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : moi\nObjet : x\n\nold",
        "From: Desk <desk@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: me\nSubject: x\n\nold",
        "من: Desk <desk@example.org>\nتم الإرسال: الاثنين\nإلى: me\nالموضوع: x\n\nold",
        "-------- Message original --------\nDe : Desk\nold",
        "---------- Forwarded message ----------\nold",
        ">>> Desk <desk@example.org> 02/03/26 09:00 >>>\nold",
        "On Mon, Mar 2, 2026 at 9:00 AM, Desk<desk@example.org> wrote:   Bonjour\nold",
        "> Message du 02/03/26 09:00\n> De : desk@example.org\n> A : moi\n> Objet : x\n>\n> old",
        "> Message du 02/03/26 09:00\n> De : desk@example.org\n> A : moi\n> Copie à :\n> Objet : x\n>\nold\n\nold",
        ">Message du 02/03/26 09:00\n>De : desk@example.org\n>A : moi\n>Objet : x\n>\n\nold\n> older\nold",
        "> Le 2 mars 2026 à 09:00, Desk <desk@example.org> a écrit :\n>\nold",
        "> old",
    ] {
        let reply = answer(&format!("J'accepte.\n\n{quote}\n"));
        let cut = reply.quoted.lines().filter(|line| !line.is_empty()).eq(quote.lines().filter(|line| !line.is_empty()));
        assert!(reply.text == "J'accepte." && cut && reply.own, "{quote}\n{reply:?}");
    }
}

#[test]
fn answers_between_and_below_quoted_lines_are_kept() {
    assert_eq!(new("> 1) N° ?\n48213\n> 2) Montant ?\n450 DH"), "48213\n450 DH");
    assert_eq!(new("On Mon, 2 Mar 2026, Desk <d@e.org> wrote:\n> old\n\nmy answer"), "my answer");
    assert_eq!(new("Voici :\n> On Mon, 2 Mar 2026, Desk <d@e.org> wrote:\noui\n> old\nnon"), "Voici :\noui\nnon");
    assert_eq!(new("Voici :\n> De : Casa\n> A : Rabat\nnon"), "Voici :\nnon");
    assert_eq!(new("-----Original Message-----\nFrom: Desk\nSent: Monday\nTo: me\n\n> old\n\nmy answer\n> old\nyes"), "my answer\nyes");
}

#[test]
fn signatures_are_cut_and_kept_apart() {
    let reply = answer("Bonjour\n\n-- \nLeila\n06");
    assert_eq!((reply.text.as_str(), reply.signature.as_str()), ("Bonjour", "\n--\nLeila\n06"));
    for (text, left) in [
        ("CONFIRMER K7P\n\nEnvoyé de mon iPhone", "CONFIRMER K7P"),
        ("ok\nSent from my Samsung Galaxy", "ok"),
        ("Oui.\n\nBien cordialement,\n\nLeila AMRANI\nResponsable SAV\nTél. : 0522001122", "Oui."),
        ("نعم.\n\nمع خالص التحية،\nأحمد بناني", "نعم."),
        ("Oui.\n\nLeila Amrani\nleila@example.org\n06 11 22 33 44", "Oui."),
        ("Oui.\n\nJe vous prie d'agréer, Madame, l'expression de mes\nsalutations distinguées.\n\nLeila Amrani", "Oui."),
        ("Oui.\n\n--------\nLeila\nTél : 0611223344", "Oui."),
        ("Oui.\n\nCe message est confidentiel et réservé à son destinataire. Si vous l'avez reçu par erreur, merci d'avertir l'expéditeur.", "Oui."),
        ("Oui.\n\nSans virus.www.avast.com", "Oui."),
    ] {
        assert_eq!(new(text), left, "{text}");
    }
}

#[test]
fn a_plea_for_secrecy_is_no_notice_of_lawyers() {
    for text in [
        "Je prendrais 300 DH.\n\nCe message et ses pièces jointes sont confidentiels, je compte sur vous pour que la boutique n'en sache rien du tout.",
        "Oui.\n\nLes pièces jointes de ce message sont strictement entre nous, ne les montrez à aucun moment au vendeur s'il vous plaît.",
        "Yes.\n\nThis message and its attachment are confidential, the seller should see neither of them before we have talked about it.",
        "نعم.\n\nأرجو أن تبقى هذه الرسالة والمرفقات سرية تماما وألا يعرف التاجر أي شيء مما كتبته لكم فيها اليوم أو غدا",
        "Oui.\n\nTout ce qui est dans ce message reste confidentiel, y compris les pièces jointes avec les photos de la facture.",
    ] {
        assert_eq!(new(text), text);
    }
    for notice in [
        "Ce courriel et les pièces jointes sont confidentiels et réservés à leur destinataire. Toute diffusion est interdite.",
        "This e-mail is strictly private. If you are not the intended recipient, please do not copy it and delete it at once.",
        "هذه الرسالة ومرفقاتها سرية وموجهة إلى المستلم وحده. إذا وصلت إليكم بالخطأ فالمرجو إخبار المرسل وحذفها.",
    ] {
        assert_eq!(new(&format!("Oui.\n\n{notice}")), "Oui.", "{notice}");
    }
}

#[test]
fn what_is_listed_under_a_name_belongs_to_the_letter() {
    for data in ["Commande : 7781-B\nPrix : 320 DH", "N° de commande 7781-B", "Payé 320 dhs\nle 3 mars", "رقم الطلبية: 7781\nالمبلغ: 320 درهم"]
    {
        let text = format!("Le colis est vide.\n\nCordialement,\nLeila Amrani\n\n{data}");
        assert_eq!(new(&text), text);
    }
    let capital = "Non.\n\nCordialement,\nLeila Amrani\nAtlas Meuble SARL au capital de 100 000 DH\nRC : 55231";
    assert_eq!(new(capital), "Non.");
}

#[test]
fn signatures_of_firms_are_cut() {
    for signature in [
        "Bien à vous,\n\nOmar TAZI\nDirecteur\n12 rue des Orangers, 40000 Marrakech\nT : +212 524 11 22 33 – F : +212 524 11 22 34 – M : +212 661 11 22 33",
        "Cordialement,\nLe service après-vente\nAtlas Meuble",
        "Bien cordialement\nla direction",
        "Cordialement,\nle gérant\nMr Tazi",
        "مع التحية،\nإدارة المتجر",
        "Cordialement / مع التحية\nOmar Tazi",
    ] {
        assert_eq!(new(&format!("Nous refusons.\n\n{signature}")), "Nous refusons.", "{signature}");
    }
    for text in [
        "Oui.\n\nCordialement,\nj'attends la réponse du service client depuis lundi",
        "Oui.\n\nCordialement,\nle gérant n'a rien voulu entendre.",
        "Oui.\n\nCordialement\nje refuse",
    ] {
        assert_eq!(new(text), text);
    }
}

#[test]
fn wishes_and_thanks_close_a_letter_where_a_name_surely_follows() {
    for signature in [
        "Bonne journée,\nOmar Tazi\nGérant\n06 11 22 33 44 / omar@example.org",
        "Très bonne soirée\nOmar",
        "Merci d'avance,\nOmar Tazi",
        "Dans l'attente de votre retour,\nOmar Tazi\n0611223344",
        "Many thanks,\nOmar",
        "Merci,\nOmar Tazi\n06 11 22 33 44",
        "Thank you\nOmar Tazi\nomar@example.org",
        "وشكرا\nعمر التازي\n0611223344",
    ] {
        assert_eq!(new(&format!("Nous refusons.\n\n{signature}")), "Nous refusons.", "{signature}");
    }
    for text in [
        "Oui.\n\nMerci d'avance\net n'oubliez pas les frais de port",
        "نعم.\n\nوشكرا\nلم أتوصل بشيء",
        "Oui.\n\nBonne journée",
        "Oui.\n\nBonne journée\nACCEPTER",
        "Oui.\n\nBonne réception,\nje l'ai envoyé hier par la poste.",
        "Oui.\n\nMerci,\nle colis est arrivé mais la boîte est vide, appelez-moi\n06 11 22 33 44",
    ] {
        assert_eq!(new(text), text);
    }
    let known = |text: &str| split(text, Circumstances { sender: Some("عمر التازي"), ..Circumstances::default() }).text;
    assert_eq!(known("نعم.\n\nوشكرا\nعمر التازي"), "نعم.");
}

#[test]
fn of_the_comments_of_a_ticket_the_newest_is_new() {
    let rule = "-".repeat(46);
    let foot = "\n\n--------------------------------\nThis email is a service from Atlas. Delivered by a desk\n\n[X1-Y2]";
    let head = "Your request (7) has been updated.";
    let comment = |name: &str, time: &str, text: &str| format!("\n\n{rule}\n\n{name}, 2 mars 2026, {time} UTC\n\n{text}");
    for delimiter in [
        "##- Please type your reply above this line -##",
        "##- Veuillez saisir une réponse au-dessus de cette ligne -##",
        "##- يرجى كتابة ردك أعلى هذا السطر -##",
    ] {
        let (newer, older) = (comment("Leila", "10:00", "Nous acceptons."), comment("Desk", "09:00", "ACCEPTER K7P"));
        let both = answer(&format!("{delimiter}\n\n{head}{newer}{older}{foot}"));
        assert_eq!((both.text.as_str(), both.own), ("Nous acceptons.", true), "{delimiter}");
        assert!(both.quoted.contains(head) && both.quoted.contains("ACCEPTER K7P"), "{delimiter}");
        let alone = answer(&format!("{delimiter}\n\n{head}{older}{foot}"));
        assert_eq!((alone.text.as_str(), alone.own), ("ACCEPTER K7P", false), "{delimiter}");
        let none = answer(&format!("{delimiter}\n\n{head}{foot}"));
        assert_eq!((none.text.as_str(), none.own), (head, false), "{delimiter}");
        let above = answer(&format!("Non.\n\n{delimiter}\n\n{head}{newer}{older}{foot}"));
        assert_eq!((above.text.as_str(), above.own), ("Non.", true), "{delimiter}");
    }
    let ruled = format!("Deux choses :\n\n{rule}\n\nLe vendeur a écrit, puis plus rien.\n\n{rule}\n\nJe veux 180 DH.");
    assert_eq!(new(&ruled), ruled);
}

#[test]
fn below_what_may_be_the_head_of_another_comment_nothing_is_surely_new() {
    let comment = |name: &str, time: &str, text: &str| format!("\n\n{name}\nNov 23, 2026, {time} GMT+1\n\n{text}");
    let page = |second: &str| {
        let comments = [comment("Karim", "10:00", "Nous examinons."), comment(second, "09:00", "REFUSER K7P"), comment("Karim", "08:00", "Bonjour")];
        answer(&format!("##- Please type your reply above this line -##\n\nYour request (7) has been updated.{}", comments.concat()))
    };
    assert_eq!((page("Desk").text.as_str(), page("Desk").own), ("Nous examinons.", true));
    assert!(!page("desk@service.example").own);
    let divided = answer("Je réfléchis.\n\nMessage original :\nREFUSER K7P\n\n> ma demande du 3 mars");
    assert_eq!(divided.text, "Je réfléchis.");
}

#[test]
fn the_name_of_the_sender_signs() {
    let signed = |text: &str| split(text, Circumstances { sender: Some("Leïla AMRANI"), ..Circumstances::default() });
    assert_eq!(signed("Oui.\n\nLeila Amrani\nBoutique Atlas").signature, "\nLeila Amrani\nBoutique Atlas");
    assert_eq!(signed("Oui.\n\nMerci, Leila").text, "Oui.\n\nMerci, Leila");
    assert_eq!(signed("Oui.\n\nOmar Tazi").text, "Oui.\n\nOmar Tazi");
    assert_eq!(signed("Leila Amrani").text, "Leila Amrani");
}

#[test]
fn what_only_looks_like_a_signature_stays() {
    for text in [
        "Bonjour,\n\nCordialement",
        "Il signe toujours par\nCordialement, mais il m'insulte au téléphone.\nIl ne répond plus.",
        "Casse :\n- un plat\n\n------------\n\nManque :\n- une assiette\n\nJe veux 180 DH.",
        "Merci,\nune assiette est arrivée cassée",
        "Ma commande :\n\nLampe bleue\nCommande 48213\n06 11 22 33 44",
        "Bonjour,\n\nJe n'arrive pas à me désinscrire de leur liste de diffusion.",
        "Oui.\n\nCordialement\nPS : je veux aussi les frais de port",
        "Voici ma situation\n--\ncommande du 9 octobre\n--\ntapis taché, 2 200 dh\n--\nje veux le rendre",
        "Le tapis :\n--\nLe tapis est taché et troué.\nJe veux le rendre tout de suite.",
        "oui\n--\nmais pas tout de suite",
    ] {
        assert_eq!(new(text), text);
    }
}

#[test]
fn if_nothing_is_left_nothing_is_stripped() {
    for text in ["> only\n> quoted", "---------- Forwarded message ----------\nFrom: a\nhello", "", "Le 02/03/2026 à 09:00, Desk a écrit :\n> old"] {
        assert_eq!(answer(text), Reply { text: text.to_owned(), ..Reply::default() });
    }
}

#[test]
fn what_stands_under_an_introduction_alone_is_not_surely_the_writers() {
    let reply = answer("On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:\n\nCONFIRM K7P");
    assert_eq!((reply.text.as_str(), reply.own), ("CONFIRM K7P", false));
    let reply = answer("> On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:\n>\nCONFIRM K7P");
    assert_eq!((reply.text.as_str(), reply.own), ("CONFIRM K7P", false));
}

#[test]
fn ordinary_sentences_are_not_taken_for_quotes() {
    for text in [
        "Le 3 mars le vendeur m'a écrit : votre colis arrive",
        "De : la boutique je n'ai rien",
        "On Monday I wrote: to them",
        "Le vendeur m'a écrit :\nvotre colis arrive",
        "De : Casablanca\nA : Rabat\nPoids : 12 kg",
    ] {
        assert_eq!(new(text), text);
    }
}

#[test]
fn a_mail_that_answers_none_may_use_the_mark_itself() {
    let text = "J'attends :\n\n> qu'il me rende 250 DH\n\nSinon je porte plainte.";
    assert_eq!(split(text, Circumstances::default()).text, text);
    assert_eq!(new(text), "J'attends :\n\nSinon je porte plainte.");
    assert_eq!(split("Oui\n\n> old", Circumstances::default()).text, "Oui");
}

#[test]
fn a_quoted_line_that_was_wrapped_is_quoted_to_its_end() {
    let text = "Oui.\n\n> Une phrase assez longue pour que le programme la coupe en deux et que la\nfin reste seule\n> suite";
    assert_eq!(new(text), "Oui.");
}

/// The letter of a mail with this body.
fn letter(media_type: &str, body: &str) -> Letter {
    let mail = format!("From: leila@example.net\nIn-Reply-To: <1@example.org>\nContent-Type: {media_type}; charset=utf-8\n\n{body}");
    read(mail.as_bytes())
}

fn read(mail: &[u8]) -> Letter {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    crate::letter::read(mail, KNOWLEDGE.get_or_init(knowledge), &Limits::default())
}

#[test]
fn codes_are_never_read_out_of_quoted_text_however_it_is_quoted() {
    for quoted in [
        "<div id=\"divRplyFwdMsg\">x</div>CODE",
        "<div id=\"appendonsend\"></div><div>CODE</div>",
        "<hr id=\"zwchr\"><div>CODE</div>",
        "<hr id=\"stopSpelling\">CODE",
        "<div class=\"yahoo_quoted\"><div>CODE</div></div>",
        "<div class=\"gmail_quote\">Tnejn qal<br>CODE</div>",
        "<div class=\"gmail_quote\"><div class=\"gmail_attr\">CODE</div></div>",
        "<div name=\"quote\">CODE</div>",
        "<div style=\"border-left:1px solid #ccc;padding-left:1ex\">CODE</div>",
        "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\">Minn: Desk &lt;d@e.org&gt;<br>Meta: 2.3.2026 09:00<br>Lil: jien</div>CODE",
        "<div class=\"ms-outlook-mobile-reference-message\">CODE</div>",
        "<div id=\"mail-editor-reference-message-container\">CODE</div>",
        "<div class=OutlookMessageHeader>x</div>CODE",
        "<div>De : Desk<br>Envoyé : lundi<br>À : moi<br>Objet : x</div><div>CODE</div>",
        "<div>Le lun. 2 mars 2026 à 09:00, Desk &lt;d@e.org&gt; a écrit :</div><div>CODE</div>",
        "<blockquote><div>CODE</div></blockquote>",
        "<div style=\"display:none\">CODE</div>",
        "<div class=\"moz-cite-prefix\">CODE</div>",
    ] {
        let quoted = quoted.replace("CODE", "CONFIRMER K7P");
        let read = letter("text/html", &format!("<div>D'accord.</div>{quoted}"));
        assert_eq!((read.reply_text.as_str(), read.commands.len()), ("D'accord.", 0), "{quoted}");
        assert_eq!(letter("text/html", &quoted).commands, [], "{quoted}");
        assert_eq!(letter("text/html", &format!("<div>CONFIRMER K7P</div>{quoted}")).commands.len(), 1, "{quoted}");
    }
    assert_eq!(letter("text/plain", "Voici :\n> CONFIRMER K7P\nje ne sais pas").commands, []);
}

#[test]
fn every_line_of_every_letter_stands_in_one_part() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            let letter = read(&std::fs::read(&path).unwrap());
            assert_eq!(lines(&[&letter.reply_text, &letter.signature, &letter.quoted]), lines(&[&letter.text]), "{}", path.display());
        }
    }
}

#[test]
fn secrets_are_masked_in_what_is_cut() {
    let read = letter("text/plain", "Oui.\n\nLe 02/03/2026 à 09:00, Desk a écrit :\n> carte 4111 1111 1111 1111\n");
    assert_eq!(read.quoted, "Le 02/03/2026 à 09:00, Desk a écrit :\n> carte [•••]");
    assert_eq!(read.faults, ["card-number"]);
}

#[test]
fn subjects_of_answers_are_known() {
    assert!(["Re: x", "RE : x", "Rép : x", "رد: x", "AW: x", "Re[2]: x"].into_iter().all(super::answers));
    assert!(!["Colis : x", "x", "Urgent: re", ""].into_iter().any(super::answers));
}

/// Lines that are not blank, without blanks around them, sorted.
fn lines(texts: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = texts.iter().flat_map(|text| text.lines()).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    lines.sort();
    lines
}

const PIECES: [&str; 24] = [
    "Bonjour,",
    "",
    "> old",
    ">> older",
    "48213",
    "-- ",
    "Envoyé de mon iPhone",
    "On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:",
    "Le 02/03/2026 à 09:00, Desk a",
    "écrit :",
    "-----Original Message-----",
    "From: Desk <desk@example.org>",
    "Sent: Monday",
    "To: me",
    "Subject: x",
    "________________",
    "Cordialement,",
    "Leila Amrani",
    "06 11 22 33 44",
    "  ",
    "في 2 مارس 2026 على 9:00 كتب Desk <desk@example.org>:",
    "Ce message est confidentiel et réservé à son destinataire. Si reçu par erreur, merci.",
    "\u{200f}> نعم",
    "Oui ?",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_line_stands_in_exactly_one_part(picks in proptest::collection::vec(0usize..24, 0..20), answers: bool, page in proptest::option::of("[a-z >\n]{0,40}")) {
        let text = picks.iter().map(|pick| PIECES[*pick]).collect::<Vec<_>>().join("\n");
        let reply = split(&text, Circumstances { page: page.as_deref(), answers, sender: Some("Leila Amrani") });
        prop_assert_eq!(lines(&[&reply.text, &reply.signature, &reply.quoted]), lines(&[&text]));
        prop_assert_eq!(reply.text.is_empty(), text.trim().is_empty());
    }

    #[test]
    fn so_it_is_for_any_text(text in "(?s).{0,300}") {
        let reply = split(&text, Circumstances::default());
        prop_assert_eq!(lines(&[&reply.text, &reply.signature, &reply.quoted]), lines(&[&text]));
    }
}

#[test]
fn hostile_texts_cost_little() {
    let time = std::time::Instant::now();
    for piece in ["a@b:\n", "1:\n", "on <a@b>\n", "> \n", "from: a@b\n\n", "de :\nx\n", "--\n", "____\n", "cordialement\n", "\n", "x "] {
        let _ = answer(&piece.repeat((256 << 10) / piece.len()));
    }
    assert!(time.elapsed().as_secs() < 30, "{:?}", time.elapsed());
}
