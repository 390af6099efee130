//! What people and mail programs write under a letter, in the languages that reach us; compared folded.

use super::super::pattern::{pattern, patterns};
use super::words::{Openings, table};
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

/// Words with which letters close.
pub(super) static CLOSINGS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "cordialement|bien cordialement|très cordialement|cordialement vôtre|cordiales salutations|bien amicalement|amicalement|sincèrement|\
         bien sincèrement|respectueusement|salutations|salutations distinguées|mes salutations|mes salutations distinguées|\
         mes salutations les meilleures|meilleures salutations|sincères salutations|avec mes salutations|salutations respectueuses|\
         salutations cordiales|bien à vous|bien à toi|bien vôtre|cdlt|cdt|bàv|regards|best regards|kind regards|kindest regards|warm regards|\
         warmest regards|with kind regards|with best regards|many regards|best wishes|with best wishes|sincerely|yours sincerely|sincerely yours|\
         yours faithfully|faithfully yours|yours truly|very truly yours|respectfully|respectfully yours|yours|cordially|rgds|brgds|مع التحية|\
         مع تحياتي|مع تحيات|تحياتي|تحياتي الخالصة|خالص تحياتي|مع خالص التحية|مع خالص تحياتي|مع أطيب التحيات|أطيب التحيات|مع أجمل التحيات|\
         مع أصدق التحيات|مع الشكر والتحية|مع خالص الشكر والتقدير|مع الشكر والتقدير|مع فائق الشكر والتقدير|وتقبلوا فائق الاحترام|مع فائق الاحترام|\
         مع فائق التقدير|مع فائق الاحترام والتقدير|مع فائق التقدير والاحترام|مع كامل الاحترام|مع كل الاحترام|مع احترامي|مع الاحترام|تحية طيبة|\
         تحياتي لكم|والسلام|والسلام عليكم|والسلام عليكم ورحمة الله|والسلام عليكم ورحمة الله وبركاته|و السلام|دمتم بخير|المخلص|المخلصة|\
         mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|freundliche grüße|freundliche grüsse|\
         viele grüße|viele grüsse|liebe grüße|beste grüße|herzliche grüße|schöne grüße|mit besten grüßen|mit lieben grüßen|mit herzlichen grüßen|\
         hochachtungsvoll|gruß|grüße|mfg|lg|vg|saludos|un saludo|saludos cordiales|un cordial saludo|un saludo cordial|cordiales saludos|atentamente|\
         muy atentamente|le saluda atentamente|cordialmente|un abrazo|atte|salutacions|cordiali saluti|distinti saluti|saluti|un saluto|\
         un cordiale saluto|cari saluti|tanti saluti|con i migliori saluti|migliori saluti|atenciosamente|cumprimentos|com os melhores cumprimentos|\
         melhores cumprimentos|cordiais saudações|um abraço|abraços|att|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|\
         vriendelijke groeten|hartelijke groeten|groeten|groet|met groet|mvg|hoogachtend|med vänlig hälsning|med vänliga hälsningar|\
         vänliga hälsningar|vänlig hälsning|med venlig hilsen|venlig hilsen|med vennlig hilsen|vennlig hilsen|hilsen|hälsningar|bästa hälsningar|\
         de bedste hilsner|mange hilsner|mvh|ystävällisin terveisin|terveisin|parhain terveisin|kunnioittavasti|pozdrawiam|pozdrawiam serdecznie|\
         serdecznie pozdrawiam|z poważaniem|z wyrazami szacunku|łączę pozdrowienia|с уважением|с наилучшими пожеланиями|всего доброго|\
         всего наилучшего|з повагою|з найкращими побажаннями|с почитание|s pozdravem|s přátelským pozdravem|s úctou|s pozdravom|üdvözlettel|\
         tisztelettel|cu stimă|cu respect|cu deosebită stimă|cu drag|saygılarımla|saygılarımızla|iyi çalışmalar|iyi günler|selamlar|sevgiler|\
         με εκτίμηση|με φιλικούς χαιρετισμούς|φιλικά|בברכה|בכבוד רב|敬具|此致|此致敬礼|祝好|顺颂商祺|よろしくお願いいたします|宜しくお願い致します|敬上|드림|올림|trân trọng|hormat saya|\
         salam hormat|s poštovanjem|lep pozdrav|lp",
    )
});

/// Wishes and thanks that close letters too, though a letter may go on under them.
pub(super) static WISHES: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "bonne journée|bonne journée à vous|bonne journée à tous|très bonne journée|belle journée|excellente journée|bonne fin de journée|\
         bonne soirée|bonne soirée à vous|très bonne soirée|bonne réception|bon week-end|bonne semaine|bonne continuation|merci d'avance|\
         merci par avance|merci d'avance pour votre aide|merci d'avance pour votre réponse|d'avance merci|avec mes remerciements|\
         avec nos remerciements|restant à votre disposition|nous restons à votre disposition|je reste à votre disposition|à votre disposition|\
         dans l'attente de votre retour|dans l'attente de votre réponse|dans l'attente de vous lire|en attente de votre retour|\
         en attente de votre réponse|many thanks|thanks in advance|many thanks in advance|thank you in advance|cheers|have a nice day|\
         have a good day|have a great day|wishing you a good day|looking forward to your reply|وشكرا|وشكرا لكم|وشكرا جزيلا|وشكرا مسبقا|شكرا مسبقا|\
         شكرا لكم مسبقا|في انتظار ردكم|في انتظار جوابكم|يوم سعيد|نهاركم سعيد|نهاركم مبروك",
    )
});

/// Bare thanks: how letters close, and how they begin.
pub(super) static THANKED: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "merci|merci bien|merci beaucoup|merci à vous|mille mercis|thanks|thank you|thanks a lot|thank you very much|thx|شكرا|شكرا لكم|شكرا جزيلا|\
         شكرا بزاف|choukran|chokran|chokran bzaf|danke|gracias|grazie",
    )
});

/// Words for those who sign without a name.
pub(super) static OFFICES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "service|services|équipe|team|direction|gérant|gérante|responsable|sav|s.a.v|support|commercial|commerciale|administration|\
         secrétariat|département|department|manager|management|customer|خدمة|إدارة|الإدارة|فريق|قسم|مصلحة|مدير|المدير|مسير|المسير",
    )
});

/// Names of what is known of an order: who lists them goes on with the letter.
pub(super) static ORDERED: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "commande|n° de commande|n° commande|no de commande|no commande|num commande|numéro de commande|numéro commande|ma commande|\
         date de commande|date d'achat|date de livraison|référence|montant|prix|produit|article|n° de suivi|numéro de suivi|suivi|order|\
         order number|order no|my order|order date|amount|price|product|item|tracking|tracking number|الطلبية|الطلب|رقم الطلبية|رقم الطلب|\
         تاريخ الطلبية|تاريخ الطلب|المبلغ|الثمن|السعر|المنتج|المنتوج|السلعة|الكوموند|نمرة الكوموند|رقم التتبع",
    )
});

/// What an amount is told in.
pub(super) const CURRENCIES: [&str; 11] = ["dh", "dhs", "mad", "dirham", "dirhams", "درهم", "دراهم", "درهما", "€", "eur", "euros"];

/// Thanks that may stand before a closing.
pub(super) static THANKS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "thanks &|thanks and|thank you and|many thanks and|with thanks and|merci et|avec mes remerciements et|avec nos remerciements et|\
         en vous remerciant,|danke und|gracias y|grazie e|شكرا و|شكرا لكم و|مع الشكر و",
    )
});

/// How closings begin that fill a line or more.
pub(super) static LONG_CLOSINGS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "veuillez agréer|veuillez recevoir|veuillez croire|je vous prie d'agréer|je vous prie de croire|je vous prie de recevoir|\
         nous vous prions d'agréer|nous vous prions de croire|dans cette attente, je vous prie|dans l'attente de votre réponse, je vous prie|\
         recevez, madame|agréez, madame|agréez, monsieur|وتفضلوا بقبول|تفضلوا بقبول|و تفضلوا بقبول|وتقبلوا|تقبلوا مني|تقبلوا فائق|reciba un cordial|\
         le saluda|la saluda|in attesa di un suo cortese|porgo distinti saluti|hoogachtend verblijf",
    )
});

/// How lines begin that mail programs on telephones add.
pub(super) static ADDED: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "sent from my|sent from mail|sent from outlook|sent from yahoo|sent from windows|sent from samsung|sent from proton|sent from mobile|\
         sent from a|sent from iphone|sent from ipad|sent from gmail|sent from android|sent from galaxy|sent from an|sent from huawei|\
         sent from xiaomi|sent from workspace|sent from spark|sent from thunderbird|obtenez bluemail|sent from the|sent from for|sent via|sent with|sent using|sent on the go|sent by galaxy|\
         sent by|sent while|get outlook for|get bluemail for|from my iphone|from my ipad|from my phone|from my mobile|from mobile|via mobile|\
         via my mobile|via iphone|sent securely|secured with|yahoo mail :|yahoo mail:|yahoo mail -|aol mail:|envoyé de mon|envoyé de ma|envoyé depuis|\
         envoyé à partir de|envoyé a partir d'|envoyé de yahoo|envoyé de l'app|envoyé de outlook|envoyé avec|envoyé par|envoyé via|envoyé d'un|\
         envoyé d'outlook|envoyé sur|envoyé grâce|envoyé en mobilité|e-mail envoyé|message envoyé|mail envoyé|courriel envoyé|obtenez outlook|\
         obtenir outlook|télécharger outlook|téléchargez outlook|provenance : courrier|provenance: courrier|de mon iphone|depuis mon iphone|\
         depuis mon mobile|yahoo mail. |أرسل من|أرسلت من|مرسل من|مرسلة من|تم الإرسال من|تم الارسال من|تم إرساله من|تم إرسالها من|تم الإرسال باستخدام|\
         تم الإرسال بواسطة|تم إرسال هذه الرسالة من|أرسل بواسطة|أرسل عبر|أرسلت عبر|تم الإرسال عبر|أرسلت بواسطة|مرسل عبر|مرسل بواسطة|الحصول على outlook|\
         احصل على outlook|تنزيل outlook|من هاتفي|enviado desde|enviado do|enviado de mi|enviado de mon|enviado de samsung|enviado a partir d|\
         enviado con|enviado com|enviado via|enviado por|enviat des|obtener outlook|obtén outlook|descargar outlook|obter o outlook|baixe o outlook|\
         obtenha o outlook|von meinem|gesendet mit|gesendet von|von unterwegs gesendet|diese nachricht wurde von|outlook für|holen sie sich outlook|\
         verschickt mit|inviato da|inviato dal|inviata da|inviato con|inviato tramite|ottieni outlook|scarica outlook|verstuurd vanaf|verstuurd met|\
         verstuurd via|verzonden vanaf|verzonden met|verzonden vanuit|verzonden via|outlook voor|download outlook|skickat från|skickat med|\
         hämta outlook|sendt fra|sendt via|sendt med|hent outlook|få outlook|skaff deg outlook|lähetetty|hanki outlook|wysłane z|wysłano z|wysłane za|\
         pobierz outlook|pobierz aplikację outlook|pobierz program outlook|отправлено с|отправлено из|отправлено через|скачать outlook|надіслано з|\
         відправлено з|odesláno z|odesláno ze|odoslané z|získat outlook|stáhnout outlook|trimis de pe|trimis din|obțineți outlook|στάλθηκε από|\
         αποκτήστε το outlook|נשלח מה|נשלח מ|发自我的|從我的|从我的|发送自|来自我的|寄自|傳送自|나의 iphone|내 iphone|đã gửi từ|được gửi từ|dikirim dari|poslano z|poslano s|\
         изпратено от|télécharger bluemail|téléchargez bluemail|envoyé de courrier|البريد من yahoo|البريد الإلكتروني من yahoo",
    )
});

/// The same where the words stand at the end.
pub(super) static ADDED_LAST: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "gesendet|from mobile|via mobile|から送信|에서 보냄|에서 전송|에서 전송됨|傳送|发送|gönderildi|küldve|elküldve|gesendet.|mit k-9 mail gesendet|beziehen|downloaden|\
         을 사용하여 보냄|からの送信",
    )
});

/// Words of devices and mail programs, where the words before them would not be enough.
pub(super) static DEVICES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|blackberry|nokia|htc|outlook|yahoo|gmail|proton|mail|mobile|mobil|\
         smartphone|handy|telefon|telefoon|telefono|teléfono|téléphone|phone|portable|tablette|tablet|thunderbird|k-9|airmail|spark|galaxy|\
         mobilgerät|mobiltelefon|pc|mac|courrier|webmail|bluemail|手机|手機",
    )
});

/// The same in Arabic, with whatever article or ending.
pub(super) const ARABIC_DEVICES: [&str; 10] = ["هاتف", "جهاز", "جوال", "ايفون", "اندرويد", "محمول", "موبايل", "لوحي", "تطبيق", "سامسونج"];

/// Small words between how such a line begins and the name of a program.
pub(super) static BEFORE_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "the|my|a|an|mon|ma|mes|le|la|les|un|une|l'app|l'application|l'appli|app|application|appli|messagerie|appareil|via|de|mi|mio|min|mijn|meinem|o|el|il|\
         minha|meu|het|från|fra",
    )
});

/// What follows such words where a person tells how and when something was sent: times, carriers, the seller.
pub(super) static TOLD_SENT: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "jour|jours|semaine|semaines|mois|heure|heures|hier|avant-hier|day|days|week|weeks|month|months|ago|yesterday|يوم|يومين|أيام|أسبوع|أسبوعين|\
         أسابيع|شهر|شهرين|أمس|منذ|vendeur|vendeuse|seller|البائع|للبائع|dhl|ups|fedex|aramex|amana|أمانة|ctm|chronopost|colissimo|poste|barid|glovo|\
         cathedis|sendit|speedaf|digylog|tawssil|ozon",
    )
});

/// Words with which names of places begin, where that of a program could stand.
pub(super) static PLACES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "casablanca|casa|rabat|salé|marrakech|marrakesh|fès|fez|tanger|tangier|agadir|meknès|oujda|kénitra|tétouan|témara|mohammedia|nador|khouribga|\
         settat|beni|jadida|safi|essaouira|ouarzazate|laâyoune|dakhla|maroc|morocco|chine|china|france|espagne|spain|turquie|turkey|dubai|l'étranger",
    )
});

/// Those of them that people write too: they need the name of a device.
pub(super) static VAGUE: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "envoyé par|envoyé via|envoyé sur|envoyé d'un|message envoyé|mail envoyé|e-mail envoyé|courriel envoyé|sent by|sent while|enviado por|\
         enviado via|lähetetty|gesendet von",
    )
});

/// Words that stand where names do and are none.
pub(super) static NO_NAMES: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "merci|thanks|thank|bonjour|bonsoir|salut|hello|hi|dear|cher|chère|madame|monsieur|merci d'avance|شكرا|سلام|السلام|مرحبا|نعم|لا|oui|non|yes|\
         no|ok|ps|p.s|nb|n.b|لم|لن|ما|هل|أنا|أريد|هذا|هذه|لقد|danke|gracias|grazie|hallo|hola|ciao|salam|slm|total|commande|order|montant|choukran|chokran|\
         please|svp|objet|subject|re|date|question|réponse",
    )
});

/// Stems of which one stands in every notice of confidentiality.
pub(super) static SECRET: LazyLock<RegexSet> = LazyLock::new(|| {
    stems(
        "confidenti|privileged|solely for|strictly|exclusi|vertraulich|vertrouwelijk|riservat|سري|حصرا|حصريا|poufn|конфиденц|fortrolig|konfidenti|\
         luottamuksel|gizli|bizalmas|důvěrn|propriétaire",
    )
});

/// Stems that are usual in them.
pub(super) static NOTICE: LazyLock<RegexSet> = LazyLock::new(|| {
    stems(
        "ce message|ce courriel|cet e-mail|cet email|cette communication|le présent message|le présent courriel|pièces jointes|fichiers joints|\
         destinataire|par erreur|expéditeur|interdit|diffusion|this e-mail|this email|this message|this communication|this transmission|attachment|\
         recipient|addressee|in error|the sender|disclos|unauthori|prohibited|intended|delete|copying|المرسل إليه|المستلم|الموجه إليه|هذه الرسالة|\
         هذا البريد|هذه المراسلة|عن طريق الخطأ|بطريق الخطأ|بالخطأ|المرسل|المرفقات|مرفقات|حذف|مخصص|يمنع|معلومات|diese e-mail|diese nachricht|empfänger|\
         irrtümlich|absender|anhänge|unbefugt|este mensaje|este correo|este e-mail|destinatari|por error|remitente|archivos adjuntos|questo messaggio|\
         questa e-mail|questa comunicazione|per errore|mittente|allegat|esta mensagem|por engano|remetente|anexos|dit bericht|deze e-mail|\
         geadresseerde|ontvanger|afzender|bijlage|ta wiadomość|adresat|nadawc|это сообщение|адресат|отправител|denna|detta|mottagar|avsändar|modtager",
    )
});

/// Whom a dispute is about or with, and the writer himself: of them no notice speaks.
pub(super) static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    let within = r"vendeu[rs]|acheteu[rs]|commercant|mediateur|mediatrice|البايع|للبايع|المشتري|التاجر|الوسيط|لا اريد|لا ارغب|بغيت|ديالي";
    let alone = r"\b(?:seller|buyer|mediator|je|mon|moi|i|my|we want|bghit|dyali|انا)\b|\b[jm]['’]";
    pattern(&format!("{within}|{alone}"))
});

/// Words in which people speak of themselves.
pub(super) static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let within = r"لا اريد|لا ارغب|بغيت|ديالي|طلبيتي|اشتريت|دفعت|توصلت|لم يصلني|لم اتوصل|اطالب|مالي\b|فلوسي";
    let alone = r"\b(?:je|me|moi|mon|ma|mes|i|my|me|we want|bghit|dyali|flousi|اريد|انا|عندي)\b|\b[jm]['’]";
    pattern(&format!("{within}|{alone}"))
});

/// What is asked to be excused under what was written on a telephone.
pub(super) static EXCUSED: LazyLock<Regex> = LazyLock::new(|| pattern("brevity|typos|brievete|faute|frappe|autocorrect|excus|environnement"));

/// What other notices say: thrift with paper, virus scanners, pictures.
pub(super) static FOOTERS: LazyLock<RegexSet> = LazyLock::new(|| {
    stems(
        "pensez à l'environnement|avant d'imprimer|n'imprimez ce|n'imprimez que|consider the environment|before printing|think before you print|\
         please don't print|save paper|denken sie an die umwelt|bevor sie diese|piensa en el medio ambiente|antes de imprimir|prima di stampare|\
         pense no meio ambiente|denk aan het milieu|فكر في البيئة|قبل طباعة|يرجى مراعاة البيئة|avast.com|avg.com|sig-email|virus-free|sans virus.www|\
         sans virus. www|garanti sans virus|l'absence de virus|checked for viruses|scanned for viruses|virenfrei|auf viren|libre de virus|\
         privo di virus|خال من الفيروسات|خالية من الفيروسات|تم فحص هذه الرسالة|mailscanner|this message has been scanned|logiciel antivirus|\
         antivirus software|email secured by|secured by check point|message clipped|message tronqué|[cid:|[image:|image.png]|[logo]|[facebook]|\
         [twitter]|[linkedin]|this email is a service from|cet e-mail est un service de|https://tuta.com|reacted via gmail|a réagi via gmail|تفاعل عبر gmail|\
         reply to this email directly|view it on github",
    )
});

/// What lists say, and people too: an address stands beside it.
pub(super) static LISTS: LazyLock<RegexSet> = LazyLock::new(|| {
    stems(
        "mailing list|mailman/listinfo|liste de diffusion|google groups|googlegroups.com|to unsubscribe|pour se désabonner|se désinscrire|\
         désabonnement|désinscription|unsubscribe from this|you received this message because|vous recevez ce message|scanned by|a été analysé par|\
         إلغاء الاشتراك|abmelden|darse de baja|disiscrizione",
    )
});

/// Words before a number or an address.
pub(super) static LABELS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "tel|t|mob|gsm|fax|f|phone|cell|m|p|e|w|portable|port|whatsapp|mobile|mobil|telefon|telefono|telefone|téléphone|skype|standard|ligne directe|\
         هاتف|الهاتف|جوال|المحمول|فاكس|واتساب|رقم الهاتف|email|e-mail|mail|courriel|adresse|web|site|site web|البريد|الموقع|тел|моб",
    )
});

/// Words and parts of words that are looked for in one pass.
fn stems(text: &str) -> RegexSet {
    patterns(&table(text).iter().map(|stem| regex::escape(stem)).collect::<Vec<_>>())
}
