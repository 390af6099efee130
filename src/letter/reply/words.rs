//! Words of mail programs and letters, compared folded. They are written as a person writes them, with a bar between two.

use super::super::fold::fold;
use super::super::glance::any_byte;
use super::super::hashing::Table;
use std::sync::LazyLock;

/// The folded words of `text`.
pub(super) fn table(text: &str) -> Vec<String> {
    text.split(['|', '\n']).map(|word| fold(word.trim())).filter(|word| !word.is_empty()).collect()
}

/// Folded words by their first two letters: a line is compared with the few that begin as it does.
pub(super) struct Openings(Table<Vec<String>, (char, Option<char>)>);

impl Openings {
    /// The folded words of `text`.
    pub fn of(text: &str) -> Self {
        let words = table(text);
        let mut keys: Vec<(char, Option<char>)> = words.iter().filter_map(|word| first_two(word)).collect();
        // A text may go on in any way after a word of one letter, or be that letter.
        keys.extend(words.iter().filter_map(|word| word.chars().next()).map(|first| (first, None)));
        let mut openings: Table<Vec<String>, (char, Option<char>)> = Table::default();
        for (first, second) in keys {
            let known = || words.iter().filter(|word| first_two(word).is_some_and(|key| key == (first, None) || key == (first, second)));
            openings.entry((first, second)).or_insert_with(|| known().cloned().collect());
        }
        Openings(openings)
    }

    /// What follows in `text` each of the words that it begins with, in the order of the list.
    pub fn after<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let known = first_two(text).and_then(|(first, second)| self.0.get(&(first, second)).or_else(|| self.0.get(&(first, None))));
        known.into_iter().flatten().filter_map(|word| text.strip_prefix(word.as_str()))
    }

    /// Whether one of the words, or the beginning of one, has the letters with which a text begins, see [`opening`].
    pub fn may_begin(&self, (first, second): (char, char)) -> bool {
        self.0.get(&(first, Some(second))).or_else(|| self.0.get(&(first, None))).is_some_and(|words| !words.is_empty())
    }

    /// Whether `text` is one of the words.
    pub fn hold(&self, text: &str) -> bool {
        self.after(text).any(str::is_empty)
    }
}

fn first_two(text: &str) -> Option<(char, Option<char>)> {
    let mut letters = text.chars();
    Some((letters.next()?, letters.next()))
}

/// The first two letters of `text` when it is folded, told without folding all of it; `None` where only that can tell.
pub(super) fn opening(text: &str) -> Option<(char, char)> {
    let mut letters = text.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    if first.is_ascii() && second.is_ascii() {
        return if is_usual(first) && is_usual(second) { unlike(first.to_ascii_lowercase(), second.to_ascii_lowercase()) } else { None };
    }
    let folded = folded_pair(first, second)?;
    let mut folded = folded.chars();
    unlike(folded.next()?, folded.next()?)
}

/// The last two letters in the same way.
pub(super) fn ending(text: &str) -> Option<(char, char)> {
    // In UTF-8 they begin with these bytes.
    if any_byte(text, |byte| (byte == 0xc3) | (byte == 0xc5)) && text.contains(['œ', 'Œ', 'æ', 'Æ']) {
        return None;
    }
    let mut letters = text.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    if last.is_ascii() && before.is_ascii() {
        return if is_usual(last) && is_usual(before) { unlike(before.to_ascii_lowercase(), last.to_ascii_lowercase()) } else { None };
    }
    let folded = folded_pair(before, last)?;
    let mut folded = folded.chars().rev();
    let last = folded.next()?;
    unlike(folded.next()?, last)
}

/// Two letters that stand beside each other when they are folded, if nothing beside them changes that.
fn folded_pair(first: char, second: char) -> Option<String> {
    (is_usual(first) && is_usual(second)).then(|| fold(&String::from_iter([first, second])))
}

/// Both, unless they are alike: of three such letters two would go.
fn unlike(first: char, second: char) -> Option<(char, char)> {
    (first != second).then_some((first, second))
}

/// Whether `c` is folded to the same whatever stands beside it, and to no digit unless it is one of ASCII.
pub(super) fn is_usual(c: char) -> bool {
    match c {
        // What two letters are made of is not counted among those that are alike.
        '`' | 'œ' | 'Œ' | 'æ' | 'Æ' => false,
        '\0'..='\x7f' | '\u{a0}' | '«' | '»' | '\u{c0}'..='\u{17f}' | '\u{620}'..='\u{652}' => true,
        _ => matches!(c, '،' | '؛' | '؟' | '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '•'),
    }
}

/// Whether all of `text` is so, and no digit.
pub(super) fn is_plain(text: &str) -> bool {
    match text.is_ascii() {
        true => !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'`'),
        false => text.chars().all(|c| is_usual(c) && !c.is_ascii_digit()),
    }
}

/// Whether `word` stands in `text` as a word of its own, where it is; both folded. Scripts without spaces know no words.
pub(super) fn find_word(text: &str, word: &str) -> Option<usize> {
    if text.is_ascii() && !word.is_ascii() {
        return None;
    }
    let (first, spaced, mut from) = (word.chars().next()?, is_spaced(word), 0usize);
    loop {
        // Words are short and texts too: where the first letter stands is soon looked through, and nothing need be prepared for it.
        let at = text.get(from..)?.find(first)?.checked_add(from)?;
        from = at.saturating_add(first.len_utf8());
        if !text.get(at..)?.starts_with(word) {
            continue;
        }
        let end = at.saturating_add(word.len());
        let alone = !text.get(..at)?.ends_with(char::is_alphanumeric) && !text.get(end..)?.starts_with(char::is_alphanumeric);
        if alone || !spaced {
            return Some(at);
        }
        from = end;
    }
}

/// Whether the script of `word` sets its words apart.
fn is_spaced(word: &str) -> bool {
    word.chars()
        .all(|c| !matches!(c, '\u{e00}'..='\u{e7f}' | '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// What a header field of a copied mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    From,
    /// When, in a word that letters of people use too.
    Date,
    /// When, in a word that only mail programs use.
    Sent,
    To,
    Subject,
    Other,
}

/// The field of that name, folded.
pub(super) fn field(name: &str) -> Option<Field> {
    FIELDS.get(name).copied()
}

static FIELDS: LazyLock<Table<Field>> = LazyLock::new(|| {
    let kinds = [(Field::Other, OTHER), (Field::Date, DATE), (Field::Subject, SUBJECT), (Field::To, TO), (Field::Sent, SENT), (Field::From, FROM)];
    kinds.into_iter().flat_map(|(kind, names)| table(names).into_iter().map(move |name| (name, kind))).collect()
});

const FROM: &str = "from|de|von|van|da|od|fra|från|frá|lähettäjä|от|від|من|المرسل|مُرسل|از|מאת|kimden|gönderen|από|feladó|de la|expeditor|expéditeur|remitente|\
         remetente|mittente|absender|afzender|avsändare|avsender|afsender|nadawca|odesílatel|odesilatel|odosielateľ|отправитель|відправник|差出人|送信者|\
         发件人|寄件者|寄件人|보낸 사람|보낸사람|발신|từ|người gửi|daripada|dari|saatja|nuo|no|pošiljatelj|šalje|nga|จาก|message du|message de";
const SENT: &str = "sent|sent at|date sent|envoyé|envoyé le|date d'envoi|gesendet|gesendet am|verzonden|verstuurd|verzonden op|inviato|inviata|inviato il|\
         enviado|enviado el|enviado em|enviada em|enviada|enviat|data de envio|fecha de envío|sendt|skickat|skickat den|lähetetty|wysłano|wysłane|\
         wyslano|data wysłania|odesláno|odoslané|odoslano|küldve|elküldve|küldés ideje|küldés dátuma|trimis|trimis la|expediat|отправлено|\
         дата отправки|надіслано|відправлено|تم الإرسال|تاريخ الإرسال|أرسلت|أُرسلت في|أرسلت في|مرسل في|ارسال شده|נשלח|gönderilme|gönderildi|\
         gönderim tarihi|gönderme tarihi|gönderilme tarihi|στάλθηκε|εστάλη|αποστολή|送信日時|送信|发送时间|发送日期|寄件日期|傳送時間|傳送日期|已发送|已傳送|보낸 날짜|보낸 시간|보냄|đã gửi|\
         thời gian|dikirim|saadetud|išsiųsta|nosūtīts|poslano|изпратено|послато|送信日";
const DATE: &str = "date|datum|data|fecha|dato|päivämäärä|päiväys|dátum|dată|дата|التاريخ|تاريخ|תאריך|tarih|ημερομηνία|日時|日付|日期|时间|時間|날짜|일시|ngày|tanggal|time|\
         วันที่";
const TO: &str = "to|à|a|pour|an|aan|para|til|till|do|komu|címzett|către|pentru|кому|إلى|الى|المرسل إليه|المستلم|به|אל|kime|alıcı|προς|宛先|收件人|收件者|받는 사람|받는사람|\
         수신|đến|tới|vastaanottaja|saaja|destinataire|destinatario|destinatário|empfänger|per|per a|получатель|prima|za|kepada|kam|ถึง";
const SUBJECT: &str = "subject|objet|sujet|betreff|onderwerp|oggetto|asunto|assunto|emne|ämne|aihe|temat|předmět|predmet|tárgy|subiect|тема|الموضوع|موضوع|נושא|\
         הנדון|konu|θέμα|件名|主题|主題|主旨|标题|제목|chủ đề|tiêu đề|assumpte|относно|subjekt|tema|perihal|subjek|re|เรื่อง|efni|teema";
const OTHER: &str = "cc|bcc|cci|cco|ccn|reply-to|reply to|répondre à|copie à|copie|copie cachée|kopie|kopi|kopia|cópia|copia|dw|udw|копия|копія|نسخة|نسخة إلى|\
         نسخه|עותק|העתק|bilgi|κοιν|κοινοποίηση|kopio|másolat|másolatot kap|抄送|副本|참조|importance|priority|priorité|importância|importancia|attachments|\
         attachment|pièces jointes|pièce jointe|anlagen|bijlagen|allegati|anexos|adjuntos|المرفقات|risposta|rispondi a|responder a|antwort an|\
         antwoord aan|odpowiedź do|organization|sent by|message-id|sensitivity|when|where|newsgroups|mailing-list|resent-from|x-mailer|courrier|\
         ορισμός";

/// Whether `mark` stands before the colon in the subject of an answer.
pub(super) fn is_answer(mark: &str) -> bool {
    static ANSWERS: LazyLock<Vec<String>> = LazyLock::new(|| {
        table("re|ré|rép|réponse|tr re|fwd re|aw|antw|antwort|sv|vs|odp|ynt|res|rif|r|rv|رد|الرد|回复|答复|回覆|返信|ответ|отв|на|απ|השב|atb|bls|ad|vá|pd")
    });
    ANSWERS.contains(&fold(mark.split('[').next().unwrap_or_default().trim()))
}

/// Words for "wrote".
pub(super) static WROTE: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "wrote|writes|wrote on|has written|a écrit|écrit|a ecris|écrivait|schrieb|schrieb am|geschrieben|schreibt|escribió|ha escrito|escribio|\
         escribía|escreveu|va escriure|escribiu|scrisse|ha scritto|scrive|ha scrittο|schreef|het volgende geschreven|skrev|skreiv|skrifaði|følgende|\
         kirjoitti|napisał|napisała|napisał(a)|napisal|napisala|pisze|napísal|napísala|napsal|napsala|píše|je napisao|je napisala|napisao je|\
         napisala je|je napisal|napisao|írta|ezt írta|a következőt írta|a scris|yazdı|şunu yazdı|şunları yazdı|έγραψε|έγραψαν|написал|написала|\
         написал(а)|пишет|писал|писал(а)|писали|написав|написала|пише|написа|је написао|כתב|כתבה|כתב/ה|كتب|كتبت|كتبَ|كتابة ما يلي|كتب ما يلي|نوشت|\
         نوشته|书いた|書きました|は書きました|さんが書きました|写道|寫道|编写|写了|님이 작성|작성|썼습니다|작성했습니다|đã viết|viết|menulis|เขียนว่า|เขียน|kirjutas|rašė|rakstīja|idatzi du|shkroi|\
         ne likha|ने लिखा",
    )
});

/// The same with the one to whom it was written: a person tells of it, no mail program does.
pub(super) static TOLD: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "m'a écrit|m a ecrit|nous a écrit|t'a écrit|vous a écrit|lui a écrit|leur a écrit|m'ont écrit|nous ont écrit|m'avez écrit|nous avez écrit|\
         m'as écrit|m'écrit|m'a répondu|j'ai écrit|j'avais écrit|wrote me|wrote to me|wrote us|wrote to us|wrote him|wrote to|i wrote|we wrote|\
         schrieb mir|schrieb uns|schrieb ich|mir geschrieben|uns geschrieben|me escribió|nos escribió|mi ha scritto|ci ha scritto|me escreveu|\
         nos escreveu|schreef mij|schreef ons|skrev till mig|skrev til meg|skrev til mig|كتب لي|كتبت لي|كتب لنا|كتبت لنا|كتبوا لي|كتبوا لنا|كتب إلي|\
         كتبت إلي|كتبت لكم|كتب ليا|كتبو ليا|كتبات ليا|написал мне|мне написал",
    )
});

/// How a person goes on after a date, where a mail program puts a name.
pub(super) static SUBJECTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "le|la|les|l|il|elle|ils|elles|on|un|une|mon|ma|mes|votre|vos|notre|ce|cette|the|he|she|they|it|your|my|our|a|an|der|die|das|er|sie|ein|mein|\
         el|él|ella|ellos|su|il|lo|lui|loro|o|os|as|ele|ela|de|het|hij|zij|هو|هي|هم|صاحب|البائع|التاجر|المحل|الشركة|المتجر",
    )
});

/// How an attribution begins.
pub(super) static BEGINNINGS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "on|اقتباس|نقلا عن|le|el|am|il|em|op|w dniu|dnia|den|pe|pe data de|på|tor|il giorno|at|في|بتاريخ|يوم|من|a|à|al|dne|dňa|v|ma|man|tir|lør|søn|vào|ha|pada|στις|\
         την|tarihinde|于|在|no dia|kl|de|בתאריך|ביום|ב|در|quoting|citation de|citando|zitat von|zitiere|citeren|citat|selon|mensagem citada por|\
         mensaje citado por|quoting from|dana|u|på|fre|ons|tis|mån|date|am|às|em data|in data|il|data|el dia|lun|lundi|mar|mardi|mer|mercredi|jeu|\
         jeudi|ven|vendredi|sam|samedi|dim|dimanche|mon|monday|tue|tuesday|wed|wednesday|thu|thursday|fri|friday|sat|saturday|sun|sunday|الاثنين|\
         الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|الإثنين|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag|mittwoch|donnerstag|\
         freitag|samstag|sonntag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|понедельник|вторник|среда|четверг|пятница|суббота|\
         воскресенье|segunda|terça|quarta|quinta|sexta|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
    )
});

/// Openings of a quotation that name its writer and no date.
pub(super) static QUOTING: LazyLock<Vec<String>> = LazyLock::new(|| {
    table(
        "quoting|quoting from|citation de|citando|zitat von|zitiere|citeren|citat|mensagem citada por|mensaje citado por|selon|in reply to|\
         en réponse à|اقتباس|اقتباس من|نقلا عن",
    )
});

/// What stands in the line before a copied mail.
pub(super) static DIVIDERS: LazyLock<Openings> = LazyLock::new(|| {
    Openings::of(
        "original message|original email|original e-mail|original mail|original appointment|message d'origine|message original|message initial|\
         message d’origine|courriel d'origine|e-mail d'origine|mail original|rendez-vous d'origine|ursprüngliche nachricht|originalnachricht|\
         original-nachricht|ursprüngliche mail|weitergeleitete nachricht|mensaje original|correo original|mensaje reenviado|mensagem original|\
         mensagem encaminhada|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|origineel bericht|doorgestuurd bericht|\
         opprinnelig melding|original melding|videresendt melding|oprindelig besked|original besked|oprindelig meddelelse|videresendt besked|\
         videresendt meddelelse|ursprungligt meddelande|originalmeddelande|vidarebefordrat meddelande|alkuperäinen viesti|välitetty viesti|\
         edelleenlähetetty viesti|wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|przekazana wiadomość|wiadomość przekazana|\
         původní zpráva|přeposlaná zpráva|pôvodná správa|preposlaná správa|eredeti üzenet|továbbított üzenet|mesaj original|mesajul original|\
         mesaj redirecționat|mesaj redirectionat|orijinal ileti|özgün ileti|orijinal mesaj|iletilen ileti|yönlendirilmiş ileti|αρχικό μήνυμα|\
         προωθημένο μήνυμα|исходное сообщение|оригинальное сообщение|пересылаемое сообщение|пересланное сообщение|вихідне повідомлення|\
         переслане повідомлення|оригінал повідомлення|الرسالة الأصلية|رسالة أصلية|الرسالة الاصلية|رسالة معاد توجيهها|الرسالة المعاد توجيهها|\
         رسالة محولة|رسالة مُعاد توجيهها|رسالة تمت إعادة توجيهها|الرسالة المحولة|הודעה מקורית|ההודעה המקורית|הודעה שהועברה|元のメッセージ|転送メッセージ|转发的邮件|\
         轉寄的郵件|原始邮件|原始郵件|轉寄郵件|원본 메시지|전달된 메시지|원본 메일|thư gốc|missatge original|originalna poruka|izvirno sporočilo|původní e-mail|mail transféré|\
         mail réexpédié|courriel transféré|forwarded message|forwarded email|forwarded mail|forwarded by|message transféré|message transmis|\
         message réexpédié|début du message transféré|début du message réexpédié|begin forwarded message|inicio del mensaje reenviado|\
         anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem reencaminhada|\
         início da mensagem encaminhada|vidarebefordrat brev|videresendt brev|начало переадресованного сообщения|بداية الرسالة المعاد توجيهها|\
         بداية الرسالة المُعاد توجيهها|reply message|original message follows|message d'origine suit|reply above|type your reply above|\
         please type your reply above|please reply above|write above this line|répondre au-dessus|répondez au-dessus|veuillez répondre au-dessus|\
         merci de répondre au-dessus|veuillez écrire votre réponse au-dessus|bitte antworten sie oberhalb|bitte oberhalb|responda por encima|\
         responder por encima|rispondi sopra|antwoord boven|المرجو الرد فوق|يرجى الرد فوق|اكتب ردك فوق|\
         veuillez saisir une réponse au-dessus|veuillez saisir votre réponse au-dessus|merci de saisir votre réponse au-dessus|\
         saisissez votre réponse au-dessus|saisir une réponse au-dessus|saisir votre réponse au-dessus|votre réponse au-dessus|\
         يرجى كتابة ردك أعلى|يرجى كتابة الرد أعلى|اكتب ردك أعلى",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_words() {
        assert_eq!(find_word("il ecrit. ecrit", "ecrit"), Some(3));
        assert_eq!(find_word("des ecrits", "ecrit"), None);
        assert_eq!(find_word("desk 写道", "写道"), Some(5));
        assert_eq!(find_word("", "x"), None);
    }

    #[test]
    fn an_opening_is_that_of_the_whole_text_when_it_is_folded() {
        let letters = || "aA1`é É\u{301}œß«’\u{640}\u{651}إآببŉĳ…²٣".chars();
        let mut told = 0;
        for (one, two) in letters().flat_map(|one| letters().map(move |two| (one, two))) {
            for rest in ["", "e", "\u{301}", "éé", "ééé", "aaa", "œaaa", "œbbœ", "\u{5b0}\u{301}", "بب", "’’’"] {
                let text = format!("{one}{two}{rest}");
                let folded = fold(&text);
                let Some(opening) = opening(&text) else { continue };
                assert!(folded.starts_with(&format!("{}{}", opening.0, opening.1)), "{text:?} {opening:?} {folded:?}");
                told += 1;
            }
            for rest in ["", "e", "e\u{301}", "éé", "ééé", "aaa", "aaœ", "œa", "bbœ", "ب\u{5b0}\u{301}", "بب", "’’’"] {
                let text = format!("{rest}{one}{two}");
                let folded = fold(&text);
                assert!(ending(&text).is_none_or(|(before, last)| folded.ends_with(&format!("{before}{last}"))), "{text:?} {folded:?}");
            }
            let usual = [one, two].into_iter().all(|c| is_usual(c) && !c.is_ascii_digit());
            assert!(!usual || !fold(&format!("{one}{two}")).contains(|c: char| c.is_ascii_digit()), "{one}{two}");
        }
        assert!(told > 1_000, "{told}");
    }

    #[test]
    fn names_of_fields_are_known_in_many_languages() {
        for (name, kind) in
            [("Envoyé", Field::Sent), ("تم الإرسال", Field::Sent), ("Von", Field::From), ("보낸 사람", Field::From), ("Θέμα", Field::Subject), ("À", Field::To)]
        {
            assert_eq!(field(&fold(name)), Some(kind), "{name}");
        }
        assert_eq!(field("montant"), None);
    }
}
