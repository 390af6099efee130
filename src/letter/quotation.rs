//! How mail programs mark what they quote, in French, Arabic, English and the languages that reach us by accident.

use super::fold::{fold, is_silent};

/// Whether the line itself is marked as quoted.
pub(super) fn is_quoted(line: &str) -> bool {
    line.trim_start_matches(|c: char| c.is_whitespace() || is_silent(c)).starts_with('>')
}

/// How many lines at the head of `lines` say who wrote what follows, and when: "On … wrote:".
pub(super) fn attribution(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim();
    if !may_attribute(first) {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in lines.iter().take(ATTRIBUTION_LINES).enumerate() {
        if line.trim().is_empty() && count > 0 || joined.len() > ATTRIBUTION_BYTES {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        if attributes(&joined) {
            return Some(count.saturating_add(1));
        }
    }
    None
}

const ATTRIBUTION_LINES: usize = 5;
const ATTRIBUTION_BYTES: usize = 400;

/// How an attribution begins, folded.
const BEGINNINGS: [&str; 29] = [
    "on ",
    "le ",
    "el ",
    "am ",
    "il ",
    "em ",
    "op ",
    "w dniu",
    "den ",
    "den.",
    "dnia ",
    "pa ",
    "tor ",
    "il giorno",
    "at ",
    "في ",
    "بتاريخ ",
    "يوم ",
    "من ",
    "a ",
    "dne ",
    "v ",
    "ma ",
    "man ",
    "vao ",
    "ha ",
    "pada ",
    "---- ",
    "kl. ",
];

fn may_attribute(first: &str) -> bool {
    let folded = fold(first.get(..first.len().min(60)).unwrap_or(first)).trim_start_matches(['*', '-', '_', ' ', '[']).to_owned() + " ";
    BEGINNINGS.iter().any(|beginning| folded.starts_with(beginning))
        || folded.starts_with(|c: char| c.is_ascii_digit())
        || first.contains('@')
        || names_year(&folded)
}

/// Whether a year stands in `text`.
fn names_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4 && (number.starts_with("20") || number.starts_with("19")))
}

/// Words for "wrote", folded.
const WROTE: [&str; 26] = [
    "napisał",
    "пише",
    "wrote",
    "a ecrit",
    "ecrit",
    "كتب",
    "كتابه ما يلي",
    "كتبت",
    "schrieb",
    "geschrieben",
    "escribio",
    "escreveu",
    "scrisse",
    "ha scritto",
    "schreef",
    "skrev",
    "napisal",
    "napisal(a)",
    "пишет",
    "написал",
    "kirjoitti",
    "napsal",
    "irta",
    "a ecris",
    "yazdi",
    "写道",
];

fn attributes(joined: &str) -> bool {
    let plain = joined.trim_end().trim_end_matches(['*', '_', '-', ' ', '\u{200f}', '\u{200e}', '\u{202c}', ']']);
    if !plain.ends_with([':', '：']) && !plain.ends_with("wrote") {
        return false;
    }
    let folded = fold(plain);
    let dated = folded.bytes().filter(u8::is_ascii_digit).count() >= 3 || folded.contains('@');
    let said = WROTE.iter().any(|wrote| folded.contains(wrote));
    let stamped = plain.ends_with(">:") && names_year(&folded) && folded.contains('@');
    let told = folded.contains("m a ecrit") || folded.contains("m'a ecrit");
    !told && (stamped || (dated && said) || (said && names_year(&folded)))
}

/// Whether a copied mail begins here: everything below is quoted though no line says so.
pub(super) fn begins_copy(lines: &[&str]) -> bool {
    let Some(first) = lines.first() else { return false };
    is_divider(first) || header_block(lines) || (is_rule(first) && header_block(after_blank(lines)))
}

/// "-----Original Message-----" and its sisters, folded.
const DIVIDERS: [&str; 27] = [
    "oprindelig besked",
    "original message",
    "message d'origine",
    "message original",
    "message initial",
    "original email",
    "original appointment",
    "ursprungliche nachricht",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "opprinnelig melding",
    "ursprungligt meddelande",
    "alkuperainen viesti",
    "wiadomosc oryginalna",
    "الرساله الاصليه",
    "رساله اصليه",
    "forwarded message",
    "message transfere",
    "message reexpedie",
    "رساله معاد توجيهها",
    "رساله محوله",
    "reply message",
    "reply above",
    "begin forwarded",
    "исходное сообщение",
];

fn is_divider(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '*' || is_silent(c));
    let dashed = line.starts_with("--") || line.starts_with("__") || line.starts_with("==") || line.starts_with("##");
    if line.len() > 200 || !(dashed || line.ends_with(':')) {
        return false;
    }
    let folded = fold(line);
    let inside = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let framed = dashed
        && (folded.ends_with("--") || folded.ends_with("__") || folded.ends_with('>') || folded.ends_with("==") || folded.ends_with("##") || inside.len() < 30);
    if framed && DIVIDERS.iter().any(|divider| inside.starts_with(divider)) {
        return true;
    }
    ["begin forwarded message", "debut du message reexpedie", "debut du message transfere", "بدايه الرساله المعاد توجيهها"].contains(&inside)
}

/// A line of underscores or dashes.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    (line.len() >= 8 || line.len() >= 4 && line.starts_with('=')) && line.chars().all(|c| matches!(c, '_' | '-' | '=' | '*'))
}

fn after_blank<'a, 'b>(lines: &'a [&'b str]) -> &'a [&'b str] {
    let rest = lines.get(1..).unwrap_or_default();
    let blank = rest.iter().take_while(|line| line.trim().is_empty()).count();
    rest.get(blank..).unwrap_or_default()
}

/// Names of the From field in copied header blocks, folded.
const FROM: [&str; 11] = ["message du", "from", "de", "von", "من", "da", "van", "od", "expediteur", "fra", "от"];
/// Names of the other fields.
const OTHERS: [&str; 40] = [
    "copie a",
    "sujet",
    "dato",
    "til",
    "emne",
    "de",
    "sent",
    "date",
    "to",
    "subject",
    "cc",
    "reply-to",
    "envoye",
    "envoye le",
    "a",
    "objet",
    "pour",
    "gesendet",
    "datum",
    "an",
    "betreff",
    "enviado",
    "enviado el",
    "para",
    "asunto",
    "assunto",
    "inviato",
    "oggetto",
    "data",
    "تم الارسال",
    "ارسلت",
    "التاريخ",
    "تاريخ",
    "الي",
    "الموضوع",
    "نسخه",
    "verzonden",
    "aan",
    "onderwerp",
    "importance",
];

/// Whether a header block of a copied mail stands here: From and at least two other fields.
fn header_block(lines: &[&str]) -> bool {
    let Some(first) = lines.first().and_then(|line| field_name(line)) else { return false };
    if !FROM.contains(&first.as_str()) && !matches!(first.as_str(), "date" | "sent" | "envoye" | "to" | "subject" | "objet") {
        return false;
    }
    let names: Vec<String> = lines.iter().take(9).filter(|line| !line.trim().is_empty()).filter_map(|line| field_name(line)).collect();
    let from = names.iter().any(|name| FROM.contains(&name.as_str()));
    from && names.iter().filter(|name| OTHERS.contains(&name.as_str())).count() >= 2
}

fn field_name(line: &str) -> Option<String> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '*' || is_silent(c));
    let (name, _) = line.split_once([':', '：'])?;
    if name.len() > 30 {
        return None;
    }
    Some(fold(name).trim_matches(|c: char| c == '*' || c.is_whitespace()).to_owned())
}

/// How lines begin that mail programs on telephones add, folded.
const ADDED: [&str; 35] = [
    "sendt fra",
    "sent from my",
    "sent from mail",
    "sent from outlook",
    "sent from yahoo",
    "sent via",
    "sent with",
    "get outlook for",
    "sent using",
    "envoye de mon",
    "envoye depuis",
    "envoye a partir de",
    "envoye de yahoo",
    "envoye de ma",
    "envoye avec",
    "obtenez outlook",
    "telecharger outlook",
    "provenance : courrier",
    "envoye par",
    "ارسل من",
    "ارسلت من",
    "مرسل من",
    "تم الارسال من",
    "مرسله من",
    "enviado desde mi",
    "enviado do meu",
    "enviado de mi",
    "von meinem",
    "gesendet mit",
    "inviato da",
    "verstuurd vanaf",
    "skickat fran",
    "sent on the go",
    "sent by",
    "yahoo mail",
];

/// Whether a signature begins here.
pub(super) fn begins_signature(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| c.is_whitespace() || is_silent(c));
    if matches!(plain, "--" | "---" | "—" | "- --" | "__") || (plain.len() >= 4 && plain.chars().all(|c| c == '_')) {
        return true;
    }
    if plain.len() > 120 {
        return false;
    }
    let folded = fold(plain);
    let folded = folded.trim_start_matches(['*', '-', '[', ' ', '<', '(']);
    folded.split_whitespace().count() <= ADDED_WORDS && ADDED.iter().any(|added| folded.starts_with(added))
}

/// Whether the line is a row of dashes.
pub(super) fn is_dashes(line: &str) -> bool {
    let plain = line.trim();
    plain.len() >= 4 && plain.chars().all(|c| c == '-')
}

/// Words of a line that a program added; more are a sentence.
const ADDED_WORDS: usize = 9;

/// Words with which letters close, folded.
const CLOSINGS: [&str; 24] = [
    "cordialement",
    "bien cordialement",
    "tres cordialement",
    "salutations",
    "salutations distinguees",
    "mes salutations",
    "sinceres salutations",
    "bien a vous",
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "with kind regards",
    "best wishes",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "مع التحيه",
    "مع تحياتي",
    "تحياتي",
    "وتقبلوا فائق الاحترام",
    "مع فائق الاحترام",
    "والسلام",
    "cdlt",
];

/// Whether the letter closes here, and a name follows.
pub(super) fn closes(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| c.is_whitespace() || is_silent(c) || matches!(c, ',' | '.' | '!' | '،' | ':' | '*' | '-'));
    plain.len() <= 60 && CLOSINGS.contains(&fold(plain).as_str())
}
