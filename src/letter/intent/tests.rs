//! What a person wants, in whole mails.

use crate::domain::Intent;
use crate::letter::{Knowledge, Limits, read, tests::knowledge};

fn intents(knowledge: &Knowledge, text: &str) -> Vec<Intent> {
    let mail = format!("From: Nora <nora@example.org>\nIn-Reply-To: <q@service.example>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
    read(mail.as_bytes(), knowledge, &Limits::default()).intents
}

/// Every text with the intents that it must have, no others.
fn all_read(expected: &[(&str, &[Intent])]) {
    let knowledge = knowledge();
    let read: Vec<(&str, Vec<Intent>)> = expected.iter().map(|(text, _)| (*text, intents(&knowledge, text))).collect();
    let wrong: Vec<_> = read.iter().zip(expected).filter(|((_, read), (_, expected))| read != expected).map(|(read, _)| read).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn goods_that_came_broken_resolve_nothing() {
    all_read(&[
        ("Bonjour, j'ai reçu ma commande hier et le vase est cassé.", &[]),
        ("J'ai bien reçu mon colis mardi, mais la théière est fissurée et fuit.", &[]),
        ("J'ai enfin reçu mon colis, il manque une chaise.", &[]),
        ("J'ai enfin reçu une réponse du magasin : il refuse tout geste.", &[]),
        ("توصلت بالطلبية والكأس مكسور، أطلب استبداله", &[]),
        ("وصلاتني السلعة مهرسة", &[]),
        ("wslatni sel3a mherrsa, bghit flousi", &[]),
        ("I received my parcel on Monday. The mirror was broken.", &[]),
        ("J'ai reçu mon colis, merci", &[Intent::Resolved]),
        ("Colis bien reçu, c'est bon", &[Intent::Resolved]),
        ("J'ai reçu ma commande ce matin par la poste et tout est parfait, la couleur aussi.", &[Intent::Resolved]),
        ("Tout n'est pas parfait, loin de là, il manque une chaise.", &[]),
        ("Bonjour, j'ai bien reçu mon colis ce matin, merci beaucoup pour votre aide et bonne continuation.", &[Intent::Resolved]),
        ("J'ai enfin reçu mon remboursement, merci à toute l'équipe du service.", &[Intent::Resolved]),
        ("wslatni l commande chokran", &[Intent::Resolved]),
        ("توصلت بالطرد شكرا", &[Intent::Resolved]),
        ("أعاد لي المبلغ أمس، شكرا لكم على وقتكم وصبركم معنا", &[Intent::Resolved]),
        ("I finally received my refund yesterday, many thanks for all of your help.", &[Intent::Resolved]),
    ]);
}

#[test]
fn what_waits_for_something_is_no_plain_yes() {
    all_read(&[
        ("Nous acceptons une fois que la cliente aura rendu le tapis.", &[Intent::Counter]),
        ("Dès que la veste est revenue, nous acceptons le remboursement.", &[Intent::Counter]),
        ("J'accepte quand le virement sera passé.", &[Intent::Counter]),
        ("Ok pour le remboursement après retour du sac.", &[Intent::Counter]),
        ("نوافق على الطلب بمجرد وصول المنتج إلينا", &[Intent::Counter]),
        ("أقبل العرض بعد استلام المال", &[Intent::Counter]),
        ("متافق حتى يرجعو ليا الفلوس", &[Intent::Counter]),
        ("mttaf9 mli ywsl lflous", &[Intent::Counter]),
        ("We accept as soon as the shoes are back.", &[Intent::Counter]),
        ("J'accepte la proposition, merci de me payer dès que possible.", &[Intent::Accept]),
        ("J'accepte. Je vous écris quand je reçois l'argent.", &[Intent::Accept]),
        ("J'accepte la proposition, bonne après-midi.", &[Intent::Accept]),
        ("Ok, je vous réponds après les fêtes.", &[]),
        ("Oui quand je recevrai mon argent.", &[Intent::Counter]),
        ("I accept the offer, please pay as soon as possible.", &[Intent::Accept]),
        ("أقبل العرض وشكرا", &[Intent::Accept]),
        ("متافق حتى أنا", &[Intent::Accept]),
    ]);
}

#[test]
fn nobody_refuses_for_another() {
    all_read(&[
        ("الكليان رافض يصيفط لينا الكوموند", &[]),
        ("lclient rafed yrje3 lina sebbat", &[]),
        ("Le client n'est pas d'accord pour renvoyer le meuble.", &[]),
        ("The customer does not accept to send the rug back.", &[]),
        ("Non je n'ai pas encore vu le virement", &[]),
        ("لا مازال ما جاني والو", &[]),
        ("رجعو الفلوس ولا صيفطو غيرها", &[]),
        ("رافض هاد العرض", &[Intent::Refuse]),
        ("ana rafed", &[Intent::Refuse]),
        ("J'ai bien lu le client, je refuse.", &[Intent::Refuse]),
        ("Nous ne sommes pas d'accord avec cette demande.", &[Intent::Refuse]),
        ("Il est hors de question que je paie deux fois.", &[Intent::Refuse]),
        ("Non, je refuse cette offre qui ne couvre même pas le transport du meuble.", &[Intent::Refuse]),
        ("لا، المبلغ غير كاف", &[Intent::Refuse]),
        ("لا أرفض هذا العرض", &[]),
        ("Non, c'est trop peu.", &[Intent::Refuse]),
        ("Bonjour, non merci.", &[Intent::Refuse]),
        ("Non.\nKarim", &[Intent::Refuse]),
        ("لا شكرا", &[Intent::Refuse]),
        ("No, thanks", &[Intent::Refuse]),
    ]);
}

#[test]
fn a_yes_in_other_words_is_none() {
    all_read(&[
        ("Je prends rendez-vous avec la cliente cette semaine.", &[]),
        ("J'accepte qu'on me prenne pour un idiot, c'est ça ?", &[]),
        ("Bien sûr, j'accepte votre offre et je paie même le café. Certainement que non.", &[]),
        ("J'accepte l'offre. Jamais je ne reviendrai chez eux par contre, croyez-moi.", &[Intent::Accept]),
        ("Je prends l'offre, merci.", &[Intent::Accept]),
        ("J'accepte votre proposition, on s'arrête là.", &[Intent::Accept]),
        ("Je suis en déplacement mais je prends le temps de répondre : nous remboursons la cliente.", &[Intent::Grant]),
        ("C'est bon de notre côté, on le rembourse demain.", &[Intent::Grant]),
    ]);
}

#[test]
fn words_of_an_intent_may_mean_another_thing() {
    all_read(&[
        ("Ce fauteuil ne me convient pas, je veux le rendre et être remboursé.", &[]),
        ("Cette offre ne me convient pas, je la trouve trop basse pour ce meuble.", &[Intent::Refuse]),
        ("Le site annonce un délai de 3 jours, il est passé depuis longtemps.", &[]),
        ("انتهت مهلة 10 أيام ولم يرسلوا شيئا", &[]),
        ("Nous souhaitons un délai pour vérifier cela avec le transporteur.", &[Intent::AskTime]),
        ("نريد مهلة قصيرة", &[Intent::AskTime]),
        ("Le prix était de 300 dh, c'est réglé par virement depuis mardi.", &[]),
        ("C'est réglé par le livreur en personne, merci.", &[Intent::Resolved]),
        ("C'est réglé, merci à vous.", &[Intent::Resolved]),
        ("Vous pouvez envoyer le livreur demain matin au bureau.", &[]),
        ("Vous pouvez envoyer ce message au vendeur.", &[Intent::Share]),
        ("Nous ne vendons pas de copies, tout est d'origine.", &[]),
        ("We don't sell fakes, all our bags are genuine.", &[]),
        ("لا نبيع المنتجات المقلدة", &[]),
        ("Nous ne vendons pas ce modèle.", &[Intent::NotConcerned]),
        ("On reprend contact avec vous jeudi.", &[]),
        ("On reprend le canapé lundi.", &[]),
        ("On reprend la médiation, nous sommes prêts.", &[Intent::Resume]),
        ("Je vous propose un rendez-vous jeudi à 15h.", &[]),
        ("Je vous propose 200 dh de remise.", &[Intent::Counter]),
    ]);
}

#[test]
fn what_was_not_heard_is_heard() {
    all_read(&[
        ("Nous ne voulons pas tout rendre. En revanche nous sommes disposés à faire un geste de 100 dh.", &[Intent::Counter]),
        ("Une offre de 50 dh, ce n'est pas assez pour moi.", &[Intent::Refuse]),
        ("Nous ne pouvons pas donner suite à votre courrier.", &[Intent::Refuse]),
        ("la bghit ghir flousi kamlin", &[Intent::Refuse]),
        ("Nous vous avons lus et ne souhaitons pas participer à cette procédure.", &[Intent::Refuse]),
        ("Bonjour, la demande est rejetée, le carton était ouvert.", &[Intent::Refuse]),
        ("Nous ne sommes pas opposés à une médiation.", &[Intent::Mediate]),
        ("Le vendeur devait payer lundi et il ne l'a toujours pas fait.", &[Intent::NotPerformed]),
        ("This customer bought from a reseller in Agadir.", &[Intent::NotConcerned]),
        ("هاد الكليان ماشي ديالنا", &[Intent::NotConcerned]),
        ("Merci de patienter jusqu'à lundi prochain.", &[Intent::AskTime]),
        ("We will get back to you by Friday.", &[Intent::AskTime]),
        ("ma 3ndnach mochkil nrj3o lih lflous walakin yjib sel3a", &[Intent::Counter]),
        ("Je ne suis pas contre, mais 80 dh c'est peu.", &[Intent::Counter]),
        ("Est-ce que quelqu'un peut m'appeler demain ?", &[Intent::Human]),
        ("Puis-je parler à un conseiller ?", &[Intent::Human]),
        ("Si je veux parler à un conseiller chez eux, ils raccrochent toujours.", &[]),
    ]);
}

#[test]
fn an_end_that_waits_for_something_or_is_anothers_wish_is_none() {
    all_read(&[
        ("Je retire ma plainte dès que les 900 dh sont sur mon compte", &[]),
        ("I withdraw my complaint once the money is in my account", &[]),
        ("أسحب شكايتي بعد التوصل بالمبلغ", &[]),
        ("نسحب الشكاية حتى نشد فلوسي", &[]),
        ("ghadi ns7eb chikaya mli nched flousi", &[]),
        ("Il veut que je retire ma plainte", &[]),
        ("Est-ce que je dois retirer ma plainte", &[]),
        ("sinon j'irai au tribunal", &[]),
        ("if this fails I will sue", &[]),
        ("Une fois le problème résolu je mettrai un avis positif", &[]),
        ("i hope it is resolved soon", &[]),
        ("أتمنى أن يتم حل المشكل", &[]),
        ("I was refunded half", &[]),
        ("Je retire ma plainte, merci", &[Intent::Withdraw]),
        ("Le problème est résolu, merci", &[Intent::Resolved]),
    ]);
}

#[test]
fn who_did_it_may_stand_behind_the_verb_and_goods_decide_nothing() {
    all_read(&[
        ("رفضت الزبونة استلام الطرد", &[]),
        ("قبلت الشركة الإرجاع ثم سكتت", &[]),
        ("colis refusé par le client", &[]),
        ("carte refusée", &[]),
        ("Ma demande a été refusée", &[]),
        ("the parcel was put on hold", &[]),
        ("le vendeur veut suspendre la médiation", &[]),
        ("Est-il possible de mettre la médiation en pause jusqu'au 1er décembre ?", &[Intent::Interrupt]),
        ("MÉDIATION : non merci", &[Intent::Refuse]),
        ("ça marche toujours pas", &[]),
        ("J'accepte vos excuses", &[]),
        ("واخا غير يزيدو ليا ثمن التوصيل", &[Intent::Counter]),
        ("d'accord en ajoutant 45 dh de port", &[Intent::Counter]),
        ("wakha ana mwaf9 3la had l7el, ghir 3jlo bih 3afakom", &[Intent::Accept]),
    ]);
}

#[test]
fn only_this_dispute_is_ended_or_paused() {
    all_read(&[
        ("J'abandonne l'idée de l'échange, je veux être remboursé", &[]),
        ("J'abandonne l'achat chez eux pour toujours", &[]),
        ("J'ai exercé mon désistement sous 7 jours et ils refusent", &[]),
        ("Mon désistement de l'achat date du 5 novembre, dans les 7 jours", &[]),
        ("Ils ont refusé mon désistement.", &[]),
        ("Un désistement ? Pas question.", &[]),
        ("Je me retire du groupe WhatsApp du vendeur", &[]),
        ("Je me retire quelques jours à la campagne, écrivez-moi après", &[]),
        ("Je ne souhaite plus continuer à payer leur abonnement", &[]),
        ("Fermez le dossier de l'autre commande, celle-ci continue", &[]),
        ("تنازلت على ثمن التوصيل وبغيت غير ثمن السلعة", &[]),
        ("tnazelt 3la livraison, bghit ghir taman sel3a", &[]),
        ("ana tnazelt bzaf m3ahom w homa walo", &[]),
        ("سدو الملف ديالي عند البائع بلا ما يجاوبوني", &[]),
        ("حبسو الملف ديالي عند جوميا شهرين هادي", &[]),
        ("7bso dossier dyali 3nd jumia", &[]),
        ("seddo dossier dyali bla ma yjawbouni", &[]),
        ("ma b9itch baghi nkmmel m3ahom chra", &[]),
        ("ما بقيتش باغي نكمل فهاد الصفحة نصابة، بغيت فلوسي", &[]),
        ("I withdraw my consent to their spam", &[]),
        ("I withdraw from the purchase under the 7 day rule", &[]),
        ("أنسحب من الشراء داخل أجل سبعة أيام", &[]),
        ("why did you close my case", &[]),
        ("Je voudrais mettre en pause mon abonnement box, ils débitent toujours", &[]),
        ("stop pour le moment les livraisons mais je maintiens ma plainte", &[]),
        ("نوقفو شوية عند هاد النقطة: علاش ما جاوبوش", &[]),
        ("nwe99fo m3ahom had lkhedma nssaba", &[]),
        ("I want to continue to use the phone but they must repair it", &[]),
        ("J'irai en justice si besoin, pour l'instant je continue avec vous", &[]),
        ("j'ai demandé un délai de paiement au vendeur", &[]),
        ("On vous demande un délai ? Non, on répond : le colis est parti.", &[]),
        ("Je souhaite parler à un responsable de leur boutique, ils refusent de me le passer", &[]),
        ("Nous remboursons le client de l'autre dossier, pas celle-ci", &[]),
    ]);
}

#[test]
fn whoever_means_this_dispute_is_heard() {
    all_read(&[
        ("je retire ma plainte", &[Intent::Withdraw]),
        ("Je retire ma plainte concernant mon abonnement", &[Intent::Withdraw]),
        ("J'abandonne.", &[Intent::Withdraw]),
        ("J'abandonne, c'est trop long pour moi.", &[Intent::Withdraw]),
        ("J'abandonne la médiation", &[Intent::Withdraw]),
        ("je me désiste de la procédure", &[Intent::Withdraw]),
        ("Je me désiste, merci pour tout.", &[Intent::Withdraw]),
        ("Désistement de ma plainte", &[Intent::Withdraw]),
        ("bghit n7bes chikaya", &[Intent::Withdraw]),
        ("tnazelt 3la chikaya dyali", &[Intent::Withdraw]),
        ("tnazelt safi", &[Intent::Withdraw]),
        ("تنازلت", &[Intent::Withdraw]),
        ("أسحب شكواي", &[Intent::Withdraw]),
        ("fermez le dossier svp", &[Intent::Withdraw]),
        ("سدو الملف عافاكم", &[Intent::Withdraw]),
        ("please close my case", &[Intent::Withdraw]),
        ("je veux arrêter la médiation", &[Intent::End]),
        ("Je mets fin à la médiation", &[Intent::End]),
        ("J'irai en justice", &[Intent::End]),
        ("Je voudrais mettre en pause jusqu'à lundi", &[Intent::Interrupt]),
        ("mettre la médiation en pause jusqu'au 1er décembre", &[Intent::Interrupt]),
        ("nwe99fo chwiya", &[Intent::Interrupt]),
        ("Please put it on hold for two weeks", &[Intent::Interrupt]),
        ("bghit nkmmel", &[Intent::Resume]),
        ("I want to continue with the mediation", &[Intent::Resume]),
        ("نحتاج مهلة إضافية", &[Intent::AskTime]),
        ("Est-il possible d'avoir plus de temps ? Merci.", &[Intent::AskTime]),
    ]);
}

#[test]
fn a_yes_is_one_to_what_is_proposed() {
    all_read(&[
        ("J'accepte difficilement qu'on me traite de menteur.", &[]),
        ("J'accepte mal votre silence depuis un mois.", &[]),
        ("J'accepte rien", &[]),
        ("j accepte pa leur proposition", &[]),
        ("Comment voulez-vous que j'accepte une offre pareille", &[]),
        ("Je suis d'accord avec vous : leur attitude est inadmissible.", &[]),
        ("J'accepte les cookies et après le site plante", &[]),
        ("Nous acceptons les cartes Visa et CMI, pas les chèques.", &[]),
        ("Nous acceptons les retours sous 7 jours, comme écrit dans nos CGV", &[]),
        ("Je valide la réception du colis abîmé", &[]),
        ("ok je regarde ça", &[]),
        ("parfait, encore un mois à attendre !", &[]),
        ("Je refuse de croire que vous ne faites rien", &[]),
        ("من المستحيل أن نقبل", &[]),
        ("قبلت أن أنتظر أسبوعا ولم يحدث شيء", &[]),
        ("قبلت نخلص التوصيل وما جاني والو", &[]),
        ("متافق معاكم راه البائع نصاب", &[]),
        ("صافي عييت معاهم", &[]),
        ("9blt nkhles livraison w ma jani walo", &[]),
        ("manich mwaf9", &[]),
        ("wakha drt kolchi ma jawbounich", &[]),
        ("We accept returns within 14 days of purchase.", &[]),
        ("I accept, kidding, never.", &[]),
        ("peut-être que j'accepte", &[]),
        ("ربما أوافق", &[]),
        ("Accepted by customs, then lost by Aramex", &[]),
        ("I agree with you that the shop behaves badly", &[]),
        ("J'accepte votre proposition à 80%", &[Intent::Counter]),
        ("Nous donnons notre accord de principe, reste à fixer le montant", &[Intent::Counter]),
        ("J'accepte votre offre de 300 DH, étant entendu que je garde la robe.", &[Intent::Counter]),
        ("نقبل، على نفقة الزبونة إرجاع المنتج", &[Intent::Counter]),
        ("We accept, less our 50 dh handling fee.", &[Intent::Counter]),
        ("J'accepte, enfin je crois.", &[Intent::Counter]),
        ("j'accepte votre proposition", &[Intent::Accept]),
        ("J'accepte les 300 dh", &[Intent::Accept]),
        ("J'accepte avec plaisir", &[Intent::Accept]),
        ("J'accepte l'échange", &[Intent::Accept]),
        ("Nous acceptons de rembourser la cliente.", &[Intent::Accept]),
        ("Nous acceptons la demande", &[Intent::Accept]),
        ("J'accepte Karim Tazi", &[Intent::Accept]),
        ("Oui c'est bon pour moi merci", &[Intent::Accept]),
        ("ok karim", &[Intent::Accept]),
        ("mtaf9in", &[Intent::Accept]),
        ("أوافق على الاقتراح", &[Intent::Accept]),
        ("We accept to refund the customer", &[Intent::Accept]),
    ]);
}

#[test]
fn what_another_says_in_a_pasted_text_is_his() {
    all_read(&[
        ("12/11/26, 14:05 - Moi: merci\n12/11/26, 20:11 - Boutique Zina: affaire réglée\nToujours rien reçu.", &[]),
        ("Lui : ok j'accepte l'échange\nMoi : je veux mon argent\nLui : alors je refuse", &[]),
        ("lbay3: 9blt nrj3 lik flousek\nana: imta?\nlbay3: ghda\nw mn nhar mabanch", &[]),
        ("Sa réponse mot pour mot\n\nJe refuse de vous rembourser, allez au tribunal.\n\nVoilà, c'est tout ce que j'ai eu.", &[]),
        ("Je vous colle leur réponse :\n\nBonjour Madame,\nNous acceptons votre demande.\nService Client\n\nC'était le 3 novembre.", &[]),
        ("Leur mail de mardi disait ceci\nNous sommes d'accord avec la proposition.\nRien depuis.", &[]),
        ("Mon mari dit j'accepte, moi pas encore", &[]),
        ("khoya gal wakha, ana la", &[]),
        ("Notre avocat a refusé de répondre", &[]),
        ("Le client : il refuse\nNous acceptons votre proposition.", &[Intent::Accept]),
        ("J'attends leur réponse\nJe retire ma plainte.", &[Intent::Withdraw]),
        ("Je vous colle leur réponse :\n\nNous acceptons votre demande.\n\nJe refuse cette offre.", &[Intent::Refuse]),
        ("Vendeur :\nZina Shop\nDemande :\nJe retire ma plainte", &[Intent::Withdraw]),
    ]);
}

#[test]
fn what_is_settled_in_part_or_for_another_is_not_settled() {
    all_read(&[
        ("J'ai été remboursé de la moitié seulement", &[]),
        ("j'ai été remboursée pour la première commande, pas pour la deuxième", &[]),
        ("تسالات الضمانة ديالو وما بغاوش يصلحوه", &[]),
        ("وصلاتني الكوموند ديال جارتي ماشي ديالي", &[]),
        ("J'ai reçu mon remboursement en bon d'achat, ce n'est pas ce que je demandais", &[]),
        ("I received my refund minus 150 dh", &[]),
        ("Confirmez-moi svp que c'est réglé", &[]),
        ("Tout est réglé en espèces au livreur", &[]),
        ("Problème résolu selon eux", &[]),
        ("Nous avons remboursé une autre commande de cette cliente en octobre.", &[]),
        ("Le vendeur m'a remboursé 200 DH sur 650 DH payés. Je veux les 450 DH restants.", &[]),
        ("j'ai été remboursé puis re-débité", &[]),
        ("J'ai été remboursée par ma banque, pas par le vendeur", &[]),
        ("affaire réglée avec le livreur, pas avec la boutique", &[]),
        ("J'ai été remboursé, merci", &[Intent::Resolved]),
        ("Affaire réglée avec la boutique, merci", &[Intent::Resolved]),
        ("rj3o liya flousi w safi", &[Intent::Resolved]),
        ("Nous avons remboursé la cliente hier.", &[Intent::Performed]),
    ]);
}

#[test]
fn a_lawyers_lines_keep_nothing_back() {
    all_read(&[
        ("Bonjour, du nouveau ?\n\nCe message est confidentiel. Si vous n'êtes pas le destinataire, merci de le supprimer. Do not forward.", &[]),
        ("We will answer.\n\nCONFIDENTIALITY: This e-mail is confidential for the mediator and addressee only; do not share or forward.", &[]),
        ("vous pouvez transmettre au livreur", &[]),
        ("تقدرو تقولوها ليه من غير النمرة ديالي", &[]),
        ("Do not forward this to the seller.", &[Intent::NotShare]),
        ("Ne transmettez pas ce message.\n\nCe message est confidentiel et réservé à ses destinataires.", &[Intent::NotShare]),
        ("vous pouvez transmettre au vendeur", &[Intent::Share]),
    ]);
}
