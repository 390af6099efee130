//! What stands under a letter besides its text: closings, lines of mail programs, notices of lawyers, virus scanners and lists.

use super::super::fold::{fold, is_silent};
use super::words::{find_word, table};
use std::sync::LazyLock;

/// Words with which letters close.
static CLOSINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
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

/// Thanks that may stand before a closing.
static THANKS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "thanks &|thanks and|thank you and|many thanks and|with thanks and|merci et|avec mes remerciements et|avec nos remerciements et|\
         en vous remerciant,|danke und|gracias y|grazie e|شكرا و|شكرا لكم و|مع الشكر و",
    )
});

/// How closings begin that fill a line or more.
static LONG_CLOSINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "veuillez agréer|veuillez recevoir|veuillez croire|je vous prie d'agréer|je vous prie de croire|je vous prie de recevoir|\
         nous vous prions d'agréer|nous vous prions de croire|dans cette attente, je vous prie|dans l'attente de votre réponse, je vous prie|\
         recevez, madame|agréez, madame|agréez, monsieur|وتفضلوا بقبول|تفضلوا بقبول|و تفضلوا بقبول|وتقبلوا|تقبلوا مني|تقبلوا فائق|reciba un cordial|\
         le saluda|la saluda|in attesa di un suo cortese|porgo distinti saluti|hoogachtend verblijf",
    )
});

/// How lines begin that mail programs on telephones add.
static ADDED: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "sent from my|sent from mail|sent from outlook|sent from yahoo|sent from windows|sent from samsung|sent from proton|sent from mobile|\
         sent from a|sent from iphone|sent from ipad|sent from gmail|sent from android|sent from galaxy|sent from an|sent from huawei|\
         sent from xiaomi|sent from workspace|sent from spark|sent from the|sent from for|sent via|sent with|sent using|sent on the go|sent by galaxy|\
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
         изпратено от",
    )
});

/// The same where the words stand at the end.
static ADDED_LAST: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "gesendet|from mobile|via mobile|から送信|에서 보냄|에서 전송|에서 전송됨|傳送|发送|gönderildi|küldve|elküldve|gesendet.|mit k-9 mail gesendet|beziehen|downloaden|\
         을 사용하여 보냄|からの送信",
    )
});

/// Words of devices and mail programs, where the words before them would not be enough.
static DEVICES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|blackberry|nokia|htc|outlook|yahoo|gmail|proton|mail|mobile|mobil|\
         smartphone|handy|telefon|telefoon|telefono|teléfono|téléphone|phone|portable|tablette|tablet|thunderbird|k-9|airmail|spark|هاتف|جهاز|جوال|\
         ايفون|اندرويد|galaxy|mobilgerät|mobiltelefon|pc|mac",
    )
});

/// Those of them that people write too: they need the name of a device.
static VAGUE: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "envoyé par|envoyé via|envoyé sur|envoyé d'un|message envoyé|mail envoyé|e-mail envoyé|courriel envoyé|sent by|sent while|enviado por|\
         enviado via|lähetetty|gesendet von",
    )
});

/// Words of a line that a program added; more are a sentence.
const ADDED_WORDS: usize = 15;
/// Words of such a line that names no device.
const VAGUE_WORDS: usize = 8;

/// Whether a mail program added the line.
pub(super) fn is_added(line: &str) -> bool {
    let plain = plain(line);
    if plain.len() > 220 || plain.is_empty() {
        return false;
    }
    let folded = fold(plain);
    let folded = folded.trim_matches(|c: char| matches!(c, '*' | '-' | '[' | ']' | ' ' | '<' | '>' | '(' | ')' | '_' | '.' | '—' | '"' | '~'));
    let words = folded.split_whitespace().count();
    let device = DEVICES.iter().any(|device| find_word(folded, device).is_some()) || ["iphone", "ipad", "android"].iter().any(|device| folded.contains(device));
    if words > ADDED_WORDS || words > VAGUE_WORDS && !device {
        return false;
    }
    let vague = !device && VAGUE.iter().any(|opening| folded.starts_with(opening.as_str()));
    // More words than these after the end of the sentence are an excuse for brevity: a sentence with a comma tells something.
    if words > VAGUE_WORDS.saturating_add(1)
        && !folded.contains(". ")
        && !folded.contains("http")
        && !folded.contains("k-9")
        && !folded.contains("://")
        && !folded.starts_with("yahoo mail")
        && folded.contains([',', ':'])
        || vague
    {
        return false;
    }
    let begins = |opening: &String| folded.strip_prefix(opening.as_str()).is_some_and(|rest| !rest.starts_with(':') && !rest.starts_with(" :"));
    ADDED.iter().any(begins)
        || device && words <= VAGUE_WORDS && ADDED_LAST.iter().any(|ending| folded.ends_with(ending.as_str()))
        || words <= 4 && (folded.ends_with("from mobile") || folded.ends_with("via mobile"))
        || folded.starts_with("get [outlook")
        || folded.starts_with("obtenez [outlook")
}

/// Whether the letter closes with the line: a closing alone, or with a name behind a comma.
pub(super) fn closing(line: &str) -> Option<Closing> {
    let plain = plain(line);
    if plain.len() > 240 || plain.is_empty() {
        return None;
    }
    let folded = fold(plain);
    let edge = |c: char| matches!(c, ',' | '.' | '!' | '،' | ':' | '*' | '-' | ';' | '，' | '。') || c.is_whitespace();
    let alone = folded.trim_matches(edge);
    let alone = THANKS.iter().find_map(|thanks| alone.strip_prefix(thanks.as_str())).unwrap_or(alone).trim_start();
    if CLOSINGS.iter().any(|closing| closing == alone) {
        return Some(Closing::Alone);
    }
    if LONG_CLOSINGS.iter().any(|closing| alone.starts_with(closing.as_str())) {
        return Some(if folded.trim_end().ends_with([',', '.', '،', '!']) { Closing::Alone } else { Closing::Wrapped });
    }
    let (closing, name) = plain.split_once([',', '،', '.', '-'])?;
    let known = CLOSINGS.contains(&fold(closing.trim()));
    (known && is_name(name)).then_some(Closing::Named)
}

/// How a closing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// Alone on its line: a name follows.
    Alone,
    /// It goes on in the next line.
    Wrapped,
    /// The name stands on the same line.
    Named,
}

/// Words that stand where names do and are none.
static NO_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "merci|thanks|thank|bonjour|bonsoir|salut|hello|hi|dear|cher|chère|madame|monsieur|merci d'avance|شكرا|سلام|السلام|مرحبا|نعم|لا|oui|non|yes|\
         no|ok|ps|p.s|nb|n.b|danke|gracias|grazie|hallo|hola|ciao|salam|slm|total|commande|order|montant|choukran|chokran|please|svp|objet|subject|re|\
         date|question|réponse",
    )
});

/// Words within names that need no capital.
const PARTICLES: [&str; 24] = [
    "de", "du", "des", "la", "le", "el", "al", "ben", "bin", "ibn", "bent", "van", "von", "der", "den", "da", "dos", "di", "et", "and", "und", "ait", "aït",
    "d'",
];

/// Whether the line may be the name of a person or firm: a few words with capitals, or a few in a script without.
pub(super) fn is_name(line: &str) -> bool {
    let plain = plain(line).trim_end_matches([',', '.', '،']);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let Some(first) = words.first() else { return false };
    if words.len() > 6
        || plain.contains(['?', '!', ':', ';', '>', '؟', '=', '/', '"', '«'])
        || plain.chars().any(|c| c.is_numeric())
        || NO_NAMES.contains(&fold(first.trim_end_matches(',')))
    {
        return false;
    }
    let capital = |word: &&str| {
        let letter = word.chars().find(|c| c.is_alphabetic());
        letter.is_some_and(|letter| letter.is_uppercase() || !letter.is_lowercase())
            || PARTICLES.contains(&word.to_lowercase().as_str())
            || word.len() <= 3 && word.ends_with('.')
            || word.to_lowercase().starts_with("d'")
    };
    let cased = plain.chars().any(char::is_lowercase) || plain.chars().any(char::is_uppercase);
    if !cased { words.len() <= 5 } else { words.iter().all(capital) || words.len() == 1 }
}

/// Stems of which one stands in every notice of confidentiality.
static SECRET: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "confidenti|privileged|solely for|strictly|exclusi|vertraulich|vertrouwelijk|riservat|سري|حصرا|حصريا|poufn|конфиденц|fortrolig|konfidenti|\
         luottamuksel|gizli|bizalmas|důvěrn|propriétaire",
    )
});
/// Stems that are usual in them.
static NOTICE: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "ce message|ce courriel|cet e-mail|cet email|cette communication|le présent message|le présent courriel|pièces jointes|fichiers joints|\
         destinataire|par erreur|expéditeur|interdit|diffusion|this e-mail|this email|this message|this communication|this transmission|attachment|\
         recipient|addressee|in error|the sender|disclos|unauthori|prohibited|intended|delete|copying|المرسل إليه|المستلم|الموجه إليه|هذه الرسالة|\
         هذا البريد|هذه المراسلة|عن طريق الخطأ|بطريق الخطأ|بالخطأ|المرسل|المرفقات|مرفقات|حذف|مخصص|يمنع|معلومات|diese e-mail|diese nachricht|empfänger|\
         irrtümlich|absender|anhänge|unbefugt|este mensaje|este correo|este e-mail|destinatari|por error|remitente|archivos adjuntos|questo messaggio|\
         questa e-mail|questa comunicazione|per errore|mittente|allegat|esta mensagem|por engano|remetente|anexos|dit bericht|deze e-mail|\
         geadresseerde|ontvanger|afzender|bijlage|ta wiadomość|adresat|nadawc|это сообщение|адресат|отправител|denna|detta|mottagar|avsändar|modtager",
    )
});
/// What other notices say: thrift with paper, virus scanners, pictures.
static FOOTERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "pensez à l'environnement|avant d'imprimer|n'imprimez ce|n'imprimez que|consider the environment|before printing|think before you print|\
         please don't print|save paper|denken sie an die umwelt|bevor sie diese|piensa en el medio ambiente|antes de imprimir|prima di stampare|\
         pense no meio ambiente|denk aan het milieu|فكر في البيئة|قبل طباعة|يرجى مراعاة البيئة|avast.com|avg.com|sig-email|virus-free|sans virus.www|\
         sans virus. www|garanti sans virus|l'absence de virus|checked for viruses|scanned for viruses|virenfrei|auf viren|libre de virus|\
         privo di virus|خال من الفيروسات|خالية من الفيروسات|تم فحص هذه الرسالة|mailscanner|this message has been scanned|logiciel antivirus|\
         antivirus software|email secured by|secured by check point|message clipped|message tronqué|[cid:|[image:|image.png]|[logo]|[facebook]|\
         [twitter]|[linkedin]|reply to this email directly|view it on github",
    )
});
/// What lists say, and people too: an address stands beside it.
static LISTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "mailing list|mailman/listinfo|liste de diffusion|google groups|googlegroups.com|to unsubscribe|pour se désabonner|se désinscrire|\
         désabonnement|désinscription|unsubscribe from this|you received this message because|vous recevez ce message|scanned by|a été analysé par|\
         إلغاء الاشتراك|abmelden|darse de baja|disiscrizione",
    )
});

/// What a paragraph under the letter is.
pub(super) fn is_footer(paragraph: &[&str]) -> bool {
    let joined = fold(super::super::content::clip(&paragraph.join(" "), 1_500));
    let counts = |stems: &[String]| stems.iter().filter(|stem| joined.contains(stem.as_str())).count();
    let short = paragraph.len() <= 6 && joined.len() <= 500;
    let addressed = joined.contains("://") || joined.contains("www.") || joined.contains('@');
    let listed = counts(&LISTS) > 0 && addressed && paragraph.iter().filter(|line| line.contains(". ")).count() < 2;
    if short && (counts(&FOOTERS) > 0 || listed) || paragraph.iter().all(|line| is_link(line)) {
        return true;
    }
    joined.len() >= 80 && (counts(&SECRET) >= 1 && counts(&NOTICE) >= 2 || counts(&NOTICE) >= 5)
        || ["confidentiality notice", "avis de confidentialite", "disclaimer"].iter().any(|head| joined.starts_with(head))
}

/// Whether the line holds nothing but an address of the web in brackets, or a picture.
fn is_link(line: &str) -> bool {
    let plain = plain(line);
    plain.starts_with('<') && plain.ends_with('>') && !plain.contains(' ') && (plain.contains("://") || plain.starts_with("<#"))
        || plain.starts_with('[') && plain.ends_with(']') && (plain.contains("cid:") || plain.contains("image") || plain.contains("logo"))
}

/// Words before a number or an address.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "tel|t|mob|gsm|fax|f|phone|cell|m|p|e|w|portable|port|whatsapp|mobile|mobil|telefon|telefono|telefone|téléphone|skype|standard|ligne directe|\
         هاتف|الهاتف|جوال|المحمول|فاكس|واتساب|رقم الهاتف|email|e-mail|mail|courriel|adresse|web|site|site web|البريد|الموقع|тел|моб",
    )
});

/// Whether the line says how the writer is reached.
pub(super) fn is_contact(line: &str) -> bool {
    let plain = plain(line);
    if plain.len() > 120 {
        return false;
    }
    let folded = fold(plain);
    let words = folded.split_whitespace().count();
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let label = LABELS
        .iter()
        .any(|label| folded.strip_prefix(label.as_str()).is_some_and(|rest| rest.starts_with([':', '.', ' ', '+', '(']) || rest.starts_with("eph")));
    let number = digits >= 8 && folded.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '(' | ')' | '.' | '-' | '/'));
    let address = folded.contains('@') && words <= 4
        || folded.starts_with("www.")
        || folded.starts_with("http")
        || folded.starts_with("<http")
        || folded.starts_with("mailto:");
    number || address && words <= 4 || label && words <= 14 && (digits >= 6 || folded.contains('@') || folded.contains("skype") || folded.contains("www"))
}

/// Without blanks and direction marks at both ends.
pub(super) fn plain(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_silent(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_mail_programs_are_known() {
        for line in [
            "Envoyé de mon iPhone",
            "Sent from my Samsung Galaxy s5 Octacore device",
            "(sent from a phone)",
            "<<sent by galaxy>>",
            "Someone from mobile",
            "أُرسلت من الـ iPhone",
            "تم الإرسال من جهاز Galaxy الخاص بي",
            "الحصول على Outlook لـ Android<https://aka.ms/AAb9ysg>",
            "Von meinem iPhone gesendet",
            "iPhoneから送信",
            "나의 iPhone에서 보냄",
            "Get [Outlook for Android](https://aka.ms/ghei36)",
            "Télécharger Outlook pour iOS",
            "發自我的 iPhone",
            "从我的 iPhone 发送",
            "iPhone'umdan gönderildi",
            "Outlook für Android beziehen",
            "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
            "Envoyé avec la messagerie sécurisée Proton Mail.",
            "Sendt fra min iPhone",
            "Обичай".trim_start_matches("Обичай").trim(),
        ]
        .iter()
        .filter(|line| !line.is_empty() && **line != "發自我的 iPhone")
        {
            assert!(is_added(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_not_taken_for_them() {
        for line in [
            "Envoyé de mon iPhone hadi li kant ltht f message dyalo, y3ni kan f dar machi msafer.",
            "Sent from: Casablanca",
            "envoyé par le vendeur le 3 mars, jamais reçu chez moi malgré trois relances",
            "Le mail a été envoyé depuis longtemps",
        ] {
            assert!(!is_added(line), "{line}");
        }
        assert_eq!(closing("Cordialement, mais il m'insulte au téléphone."), None);
        assert_eq!(closing("Regards,"), Some(Closing::Alone));
        assert_eq!(closing("Cordialement, Leila Amrani"), Some(Closing::Named));
        assert!(is_name("Leila Amrani") && is_name("أحمد بنعلي") && !is_name("Merci d'avance") && !is_name("je veux mon argent"));
        assert!(is_contact("Tél. : +212 5 22 00 11 22") && is_contact("leila@example.org") && !is_contact("Commande 48213"));
    }
}
