//! Copied mails: their header fields, and the line before them.

use super::super::content::clip;
use super::super::fold::{fold, is_silent};
use super::super::glance::any_byte;
use super::attribution::tells_time;
use super::marks::{is_quoted, is_rule};
use super::words::{DIVIDERS, Field, field, opening};

/// How many lines at the head of `lines` begin a copied mail: a divider, its header fields, or both. Everything below is quoted though no line says so.
pub(super) fn copy_begins(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    let plain = first.trim_start_matches(|c: char| c.is_whitespace() || is_silent(c));
    let ruled = plain.starts_with(['-', '_', '=', '#', '*', '~', '+', '—', '–']);
    let head = clip(plain.trim(), 60);
    let bare = !ruled && opening(head).is_none_or(|letters| DIVIDERS.may_begin(letters)) && DIVIDERS.hold(&fold(head));
    if ruled || bare || plain.trim_end().ends_with([':', '：', '.', '-']) {
        let rest = lines.get(1..).unwrap_or_default();
        let blank = rest.iter().take(BLANK).take_while(|line| line.trim().is_empty()).count();
        let after = rest.get(blank..).unwrap_or_default();
        let fields = header_block(after).map(|fields| fields.saturating_add(blank).saturating_add(1));
        if is_divider(first) && (fields.is_some() || !is_told(first)) {
            return Some(fields.unwrap_or(1));
        }
        if (bare || is_rule(first) || is_framed(first)) && fields.is_some() {
            return fields;
        }
        if is_rule(first)
            && let Some(fields) = foreign_block(after)
        {
            return Some(fields.saturating_add(blank).saturating_add(1));
        }
    }
    header_block(lines).or_else(|| if plain.starts_with('*') { foreign_block(lines) } else { None }).or_else(|| one_line(first).then_some(1))
}

/// Blank lines between the line before a copied mail and its fields.
const BLANK: usize = 3;
/// Lines in which the fields of a copied mail stand.
const FIELD_LINES: usize = 14;

/// How many lines the header fields of a copied mail take: From and two others, or From and one more with an address and a time.
fn header_block(lines: &[&str]) -> Option<usize> {
    let (first, _) = named(lines.first()?)?;
    let (mut kinds, mut taken, mut strange, mut evidence): (Vec<Field>, usize, usize, bool) = (vec![first], 1, 0, false);
    for (at, line) in lines.iter().take(FIELD_LINES).enumerate() {
        if line.trim().is_empty() {
            // One blank line may stand between the fields of a page that was turned into text.
            if lines.get(at.saturating_add(1)).is_none_or(|next| named(next).is_none()) {
                break;
            }
            continue;
        }
        let Some((kind, value)) = named(line) else {
            strange = strange.saturating_add(1);
            evidence |= holds_address(line);
            if strange > 3 {
                break;
            }
            continue;
        };
        strange = 0;
        taken = at.saturating_add(1);
        evidence |= kind == Field::Sent || holds_address(value) || kind == Field::Date && tells_time(&fold(clip(value, 100)));
        if !kinds.contains(&kind) || at > 0 && kind == Field::Other {
            kinds.push(kind);
        }
    }
    let others = kinds.iter().filter(|kind| **kind != Field::From).count();
    let from = kinds.contains(&Field::From);
    (from && others >= 2 && evidence || from && others == 1 && is_stamped(lines)).then_some(taken)
}

/// Whether the first two lines are From with an address and the date with year and time: no more is needed.
fn is_stamped(lines: &[&str]) -> bool {
    let fields: Vec<(Field, &str)> = lines.iter().take(2).filter_map(|line| named(line)).collect();
    let [(Field::From, from), (Field::Date | Field::Sent, date)] = fields.as_slice() else { return false };
    let date = fold(clip(date, 100));
    holds_address(from) && tells_time(&date) && date.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// The same in a language that is not known: short names with colons, an address, a time.
fn foreign_block(lines: &[&str]) -> Option<usize> {
    let named = |line: &&&str| {
        unmarked(line).split_once([':', '：']).is_some_and(|(name, value)| name.chars().count() <= 24 && !value.trim_matches('*').trim().is_empty())
    };
    let fields: Vec<&&str> = lines.iter().take(8).take_while(|line| !line.trim().is_empty()).take_while(named).collect();
    let address = fields.iter().any(|line| holds_address(line));
    let time = fields.iter().any(|line| unmarked(line).split_once([':', '：']).is_some_and(|(_, value)| tells_time(&fold(clip(value, 100)))));
    (fields.len() >= 3 && address && time).then_some(fields.len())
}

fn holds_address(text: &str) -> bool {
    let text = clip(text, 300);
    text.split('@').nth(1).is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || is_silent(c)))
}

/// Header fields one after the other on one line, as pages without line breaks leave them.
fn one_line(line: &str) -> bool {
    let line = clip(line, 500);
    if named(line).is_none_or(|(kind, _)| kind != Field::From) || !holds_address(line) && !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let pieces: Vec<&str> = line.split([':', '：']).collect();
    let before = pieces.iter().skip(1).take(pieces.len().saturating_sub(2)).take(30);
    let kinds = before.filter_map(|piece| {
        let words: Vec<&str> = piece.split_whitespace().collect();
        (1..=2).rev().find_map(|count| field(&fold(&words.get(words.len().checked_sub(count)?..)?.join(" ").replace('*', ""))))
    });
    let mut found: Vec<Field> = kinds.filter(|kind| matches!(kind, Field::Sent | Field::Date | Field::To | Field::Subject)).collect();
    found.dedup();
    found.len() >= 2
}

/// Without marks of quotation, emphasis and direction at both ends.
fn unmarked(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|') || is_silent(c))
}

/// The header field of a copied mail that `line` is, and its value.
fn named(line: &str) -> Option<(Field, &str)> {
    // The wide colon begins with the other byte.
    if !any_byte(line, |byte| (byte == b':') | (byte == 0xef)) {
        return None;
    }
    let (name, value) = unmarked(line).split_once([':', '：'])?;
    if name.len() > 60 {
        return None;
    }
    let name = fold(name);
    let name = name.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    let kind = field(name).or_else(|| ["message du", "message de"].iter().any(|opening| name.starts_with(opening)).then_some(Field::From))?;
    Some((kind, value))
}

/// Words between the dashes of a divider.
const FRAMED_WORDS: usize = 7;

/// Whether dashes stand before and after a few words.
fn is_framed(line: &str) -> bool {
    let line = line.trim();
    let frame = |c: char| matches!(c, '-' | '_' | '=' | '*' | '#' | '~');
    let inside = line.trim_matches(frame);
    line.starts_with(frame)
        && line.ends_with(frame)
        && line.len().saturating_sub(inside.len()) >= 4
        && (1..=FRAMED_WORDS).contains(&inside.split_whitespace().count())
}

/// Whether those header fields name `sender` as the writer.
pub(super) fn is_headed_by(fields: &[&str], sender: &str) -> bool {
    let words = |text: &str| fold(clip(text, 200)).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect::<Vec<_>>();
    let from = fields.iter().find_map(|line| named(line).filter(|(kind, _)| *kind == Field::From).map(|(_, value)| words(value)));
    let sender = words(sender);
    sender.len() >= 2 && from.is_some_and(|from| sender.iter().all(|word| from.contains(word)))
}

/// "-----Original Message-----" and its sisters.
pub(super) fn is_divider(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '*' || is_silent(c));
    if line.len() > 400 || is_quoted(line) {
        return false;
    }
    let dashed = ["--", "__", "==", "##", "—", "- "].iter().any(|dashes| line.starts_with(dashes));
    let folded = fold(line);
    let inside = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let rest = DIVIDERS.after(inside).find(|rest| !rest.starts_with(char::is_alphanumeric));
    let closed = folded.ends_with(['-', '_', '=', '#', '>', '—']) || rest.is_some_and(|rest| rest.trim_start().starts_with("--"));
    rest.is_some() && (dashed && (closed || inside.len() < 60) || line.ends_with([':', '：']) && inside.split_whitespace().count() <= FRAMED_WORDS)
        || folded.contains("original message follows")
}

/// Whether a divider has nothing about it that people would not write above what they tell: no dashes, and no word of where it begins. Such a line divides
/// where header fields stand below it, or where [`divides_alone`] says so.
fn is_told(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c == '*' || is_silent(c));
    let framed = line.starts_with(['-', '_', '=', '#', '—', '~', '+', '–']);
    let folded = fold(clip(line, 100));
    !framed && !BEGUN.iter().any(|word| folded.starts_with(word)) && !folded.contains("original message follows")
}

/// How programs begin such a line that nobody else does, folded.
const BEGUN: [&str; 24] = [
    "begin",
    "debut",
    "inicio",
    "anfang",
    "inizio",
    "nacalo",
    "начало",
    "بدايه",
    "please",
    "reply",
    "write",
    "veuillez",
    "merci de",
    "repond",
    "saisi",
    "votre reponse",
    "bitte",
    "respond",
    "rispondi",
    "antwoord",
    "المرجو",
    "يرجي",
    "اكتب",
    "type your",
];

/// Whether nothing stands in a line but the name of a copied mail and a colon: "Message original :". Some webmails write no more above one.
pub(super) fn divides_alone(line: &str) -> bool {
    let line = unmarked(line);
    line.ends_with([':', '：']) && DIVIDERS.hold(fold(clip(line, 100)).trim_end_matches([':', '：', ' ']))
}

#[cfg(test)]
mod tests {
    use super::{copy_begins, divides_alone};

    #[test]
    fn a_name_of_a_copy_alone_may_divide() {
        for line in ["Message original :", "*Message d'origine :*", "Original message:", "الرسالة الأصلية:"] {
            assert!(divides_alone(line) && copy_begins(&[line, "", "x"]).is_none(), "{line}");
            assert!(copy_begins(&[line, "De : Desk <d@e.org>", "Envoyé : lundi 2 mars 2026 09:00", "À : moi"]).is_some(), "{line}");
        }
        for line in ["Message original du vendeur :", "Message original", "Voici le message original :"] {
            assert!(!divides_alone(line), "{line}");
        }
    }

    #[test]
    fn copied_mails_begin_in_every_language() {
        for text in [
            "From: Desk\nSent: Monday\nTo: me\nSubject: x",
            "*De :* Desk <desk@example.org>\n*Envoyé :* lundi 2 mars 2026 09:00\n*À :* moi\n*Objet :* x",
            "________________________________\n\nVon: Desk\nGesendet: Montag, 2. März 2026 09:00\nAn: mir\nBetreff: x",
            "De: Desk\nEnviado: lunes, 2 de marzo de 2026 9:00\nPara: mi\nAsunto: x",
            "Da: Desk <desk@example.org>\nData: lunedì 2 marzo 2026 15:26\nA: me\nOggetto: x",
            "Van: Desk\nVerzonden: maandag\nAan: mij\nOnderwerp: x",
            "Från: Desk\nSkickat: den 2 mars 2026 09:00\nTill: mig\nÄmne: x",
            "Fra: Desk\nSendt: 2. marts 2026 09:00\nTil: mig\nEmne: x",
            "Lähettäjä: Desk\nLähetetty: maanantai\nVastaanottaja: minä\nAihe: x",
            "Od: Desk\nWysłane: poniedziałek\nDo: ja\nTemat: x",
            "От: Desk\nОтправлено: 2 марта 2026 г. 9:00\nКому: мне\nТема: x",
            "Від: Desk\nНадіслано: 2 березня 2026\nКому: мені\nТема: x",
            "Od: Desk\nOdesláno: pondělí\nKomu: já\nPředmět: x",
            "Kimden: Desk\nGönderilme: Pazartesi\nKime: ben\nKonu: x",
            "Από: Desk\nΣτάλθηκε: Δευτέρα\nΠρος: εμένα\nΘέμα: x",
            "מאת: Desk\nנשלח: יום שני\nאל: אני\nנושא: x",
            "差出人: Desk\n送信日時: 2026年3月2日 9:00\n宛先: me\n件名: x",
            "发件人: Desk\n发送时间: 2026年3月2日 9:00\n收件人: me\n主题: x",
            "보낸 사람: Desk\n보낸 날짜: 2026년 3월 2일\n받는 사람: me\n제목: x",
            "De la: Desk\nTrimis: luni\nCătre: mine\nSubiect: x",
            "Feladó: Desk\nElküldve: hétfő\nCímzett: én\nTárgy: x",
            "من: Desk <desk@example.org>\nتم الإرسال: الاثنين\nإلى: me\nالموضوع: x",
            "\u{200f}\u{200f}من:\u{200f} Desk\nتاريخ الإرسال: ٢ مارس\nإلى: me\nالموضوع: x",
            "De: Desk\nEnviada em: segunda-feira\nPara: mim\nAssunto: x",
            "-----Message d'origine-----\nx",
            "-------- رسالة أصلية --------\nx",
            "----- Tuntematon kehys -----\nLähettäjä: Desk\nLähetetty: maanantai\nAihe: x",
            "From: Desk <desk@example.org> Sent: Monday, March 2, 2026 9:00 AM To: me Subject: x",
            "________________________________\nOd koga: Desk <desk@example.org>\nKada: 2.3.2026 09:00\nKome: meni",
            "Begin forwarded message:\nx",
            "##- Please type your reply above this line -##",
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert!(copy_begins(&lines).is_some(), "{text}");
        }
    }

    #[test]
    fn what_people_write_begins_no_copy() {
        for text in [
            "De : la boutique je n'ai rien",
            "Date : 3 mars 2026\nObjet : colis\nMontant : 300 DH",
            "Nom : Leila\nDate : 3 mars\nA : Casablanca",
            "De : Casa\nA : Rabat\nDate : 3 mars",
            "Voici le message original :",
            "Message original du vendeur :\n\nNous ne remboursons pas.",
            "Original message from the shop:\nno refund",
            "الرسالة الأصلية:\n\nلا نرد المال",
            "- message original du vendeur : il refuse de me rendre les 300 DH que j'ai payes en janvier dernier",
            "________________\nTotal : 300\nFrais : 20\nReste : 10:30",
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(copy_begins(&lines), None, "{text}");
        }
    }
}
