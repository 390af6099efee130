//! "On … wrote:": the lines in which a mail program says who wrote what follows, and when. Told by their build: a date or an address,
//! a word for writing or an address in angle brackets, and a colon at the end.

use super::super::content::clip;
use super::super::fold::{fold, is_letter, is_silent};
use super::super::glance::{any_byte, digits};
use super::super::pattern::pattern;
use super::marks::is_quoted;
use super::words::{BEGINNINGS, QUOTING, SUBJECTS, TOLD, WROTE, find_word, is_plain, opening};
use regex::Regex;
use std::sync::LazyLock;

/// Lines that introduce a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    /// How many.
    pub lines: usize,
    /// Whether they can be nothing else; if not, they are one only if marked lines follow.
    pub sure: bool,
}

/// The attribution at the head of `lines`.
pub(super) fn attribution(lines: &[&str]) -> Option<Attribution> {
    let found = beginning(lines)?;
    // A line of the writer that happens to begin like one is not swallowed: the last dated beginning counts.
    let swallowed = (1..found.lines).any(|at| {
        let inner = lines.get(at..found.lines).unwrap_or_default();
        inner.first().is_some_and(|line| begins_dated(line)) && beginning(inner).is_some_and(|inner| inner.sure >= found.sure)
    });
    (!swallowed).then_some(found)
}

/// Whether the line begins like an attribution and has a date.
fn begins_dated(line: &str) -> bool {
    let line = line.trim();
    line.split_whitespace().next().is_some_and(|word| !word.contains('@'))
        && may_begin(line)
        && fold(clip(line, 80)).split('<').next().is_some_and(|head| head.bytes().filter(u8::is_ascii_digit).count() >= 3)
}

const LINES: usize = 5;
const BYTES: usize = 420;
/// Words of an attribution that states neither date nor address.
const BARE_WORDS: usize = 7;
/// Words of a name.
const NAME_WORDS: usize = 9;

fn beginning(lines: &[&str]) -> Option<Attribution> {
    let first = lines.first()?.trim();
    if !tells(first) && begins_otherwise(first) {
        return None;
    }
    let begins = may_begin(first);
    let mut joined = String::with_capacity(first.len().min(BYTES).saturating_add(1));
    for (count, line) in lines.iter().take(LINES).enumerate() {
        // The writer's last line does not go on in what he quotes, but the end of an address may look like a mark.
        let bracketed = joined.rfind('<') > joined.rfind('>');
        let strange = is_quoted(line) != is_quoted(first) && !bracketed;
        if line.trim().is_empty() || joined.len() > BYTES || (!begins && count > 0) || strange {
            return None;
        }
        joined.push_str(clip(line.trim(), BYTES));
        joined.push(' ');
        if let Some(sure) = judge(&joined).filter(|sure| begins || !*sure || joined.contains('<')) {
            return Some(Attribution { lines: count.saturating_add(1), sure });
        }
    }
    None
}

/// What a line says of the attribution that it may belong to.
pub(super) struct Told {
    /// Bytes that it has in one; none if it is blank.
    bytes: usize,
    digits: usize,
    /// Whether it ends with a colon; nothing of a line of nothing but decoration, which ends as the one before it.
    colon: Option<bool>,
    /// Whether an address may stand in it.
    addresses: bool,
    /// Whether it begins with two dashes, and whether it ends with them.
    framed: [bool; 2],
}

impl Told {
    /// What `line` says.
    pub fn by(line: &str) -> Told {
        let line = clip(line.trim(), BYTES);
        Told {
            bytes: line.len(),
            digits: digits(line),
            colon: line.trim_end_matches(decoration).chars().next_back().map(|last| matches!(last, ':' | '：')),
            addresses: any_byte(line, |byte| byte == b'@'),
            framed: [line.starts_with("--"), line.trim_end().ends_with("--")],
        }
    }
}

/// Whether any of the texts that begin at the head of `lines` has what [`judge`] asks first, told without putting one together: few lines have, and
/// where none has there is no [`attribution`].
pub(super) fn may_tell(lines: &[Told]) -> bool {
    let (mut bytes, mut digits, mut colon) = (0usize, 0usize, false);
    let framed = lines.first().is_some_and(|line| line.framed.first() == Some(&true));
    for line in lines.iter().take(LINES) {
        if line.bytes == 0 || bytes > BYTES {
            return false;
        }
        bytes = bytes.saturating_add(line.bytes).saturating_add(1);
        digits = digits.saturating_add(line.digits);
        colon = line.colon.unwrap_or(colon);
        if colon || digits >= 3 || line.addresses || framed && line.framed.last() == Some(&true) {
            return true;
        }
    }
    false
}

/// Whether `c` may stand around an attribution.
fn decoration(c: char) -> bool {
    c.is_whitespace() || is_silent(c) || matches!(c, '*' | '_' | '-' | '[' | ']' | '|' | '~')
}

/// Whether `text` has a mark without which no attribution is one: see [`judge`].
fn tells(text: &str) -> bool {
    text.contains(':') || text.contains('@') || text.starts_with("--") || text.bytes().filter(u8::is_ascii_digit).count() >= 3 || text.contains('：')
}

fn may_begin(first: &str) -> bool {
    if begins_otherwise(first) {
        return false;
    }
    let folded = fold(clip(first, 60));
    let folded = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    folded.starts_with(|c: char| c.is_ascii_digit())
        || first.starts_with("--")
        || first.contains('@')
        || names_year(folded)
        || BEGINNINGS.after(folded).any(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether a line surely does not begin so, which most need not be folded for: there is no digit in it, no address, no mark of a mail program, and no
/// word of a beginning has its first letters.
fn begins_otherwise(first: &str) -> bool {
    let head = clip(first, 60);
    let bare = head.trim_start_matches(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
    let plain = bare.starts_with(is_letter) && !first.starts_with("--") && !first.contains('@');
    plain && opening(bare).is_some_and(|letters| !BEGINNINGS.may_begin(letters)) && is_plain(head)
}

/// Whether a year stands in `text`.
fn names_year(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4 && (number.starts_with("20") || number.starts_with("19")))
}

/// Whether a time of day stands in `text`.
pub(super) fn tells_time(text: &str) -> bool {
    let digit = |byte: &u8| byte.is_ascii_digit();
    text.as_bytes().windows(4).any(|four| matches!(four, [hour, b':' | b'.' | b'h', ten, one] if digit(hour) && digit(ten) && digit(one)))
        || text.contains("点")
        || text.contains("時")
}

/// All words for writing in one pass: few lines have any.
static ANY_WROTE: LazyLock<Regex> = LazyLock::new(|| pattern(&WROTE.iter().map(|wrote| regex::escape(wrote)).collect::<Vec<_>>().join("|")));

/// Whether `joined` is an attribution, and a sure one.
fn judge(joined: &str) -> Option<bool> {
    let plain = joined.trim_matches(decoration);
    let colon = plain.ends_with([':', '：']);
    let framed = joined.starts_with("--") && joined.trim_end().ends_with("--");
    let telling = colon || framed || plain.contains('@') || plain.bytes().filter(u8::is_ascii_digit).count() >= 3;
    if !telling {
        return None;
    }
    let folded = fold(plain.trim_end_matches([':', '：']));
    let folded = folded.trim_matches(decoration);
    let bracketed = holds_bracketed_address(folded);
    if !colon && !framed && !bracketed && !dated(folded) {
        // Whatever it says, it does not end as an attribution ends: spares most lines the search for words.
        return None;
    }
    if !ANY_WROTE.is_match(folded) {
        return stamped(folded, colon);
    }
    let spans = WROTE.iter().filter_map(|wrote| find_word(folded, wrote).map(|at| (at, at.saturating_add(wrote.len()))));
    let Some((at, end)) = spans.max_by_key(|(at, end)| (*end, std::cmp::Reverse(*at))) else { return stamped(folded, colon) };
    let (before, after) = (folded.get(..at).unwrap_or_default(), folded.get(end..).unwrap_or_default());
    let last = after.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() || after.trim() == "(a)";
    // The name may follow the word: "schrieb Desk:". Then nothing but a name and a colon does.
    let named = colon && after.split_whitespace().count() <= NAME_WORDS && !after.contains(['?', '!', ';']);
    let ends = colon && (last || named) || last && (framed || bracketed || dated(folded));
    if !ends || TOLD.iter().any(|told| find_word(folded, told).is_some()) || is_told_by_a_person(before, if last { "" } else { after }) {
        return None;
    }
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let sure = framed || bracketed || dated(folded) && (names_year(folded) || short_year(folded)) || folded.contains('@') && digits >= 3;
    let weak = names_year(folded) || folded.contains('@') || tells_time(folded) || folded.split_whitespace().count() <= BARE_WORDS;
    (sure || weak).then_some(sure)
}

/// The same without a word for writing: a date, then an address at the end.
fn stamped(folded: &str, colon: bool) -> Option<bool> {
    let quoting = QUOTING.iter().any(|word| folded.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    let addressed = holds_bracketed_address(folded) && folded.ends_with(['>', ')', ']', '"', '\'']);
    let bare = folded.split_whitespace().last().is_some_and(|word| word.contains('@')) && names_year(folded);
    let dates = dated(folded) || names_year(folded) || folded.contains(" from ") || folded.contains(" от ");
    if colon {
        return ((addressed || bare) && (quoting || dates)).then_some(true);
    }
    (addressed && folded.starts_with(|c: char| c.is_ascii_digit()) && dates).then_some(false)
}

/// A date and a time of day.
fn dated(folded: &str) -> bool {
    tells_time(folded) && folded.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// Three numbers with marks between them: 02/03/26.
fn short_year(folded: &str) -> bool {
    folded.split_whitespace().any(|word| {
        let numbers: Vec<&str> = word.split(['/', '.', '-']).filter(|number| !number.is_empty()).collect();
        numbers.len() >= 3 && numbers.iter().take(3).all(|number| number.trim_end_matches(',').bytes().all(|byte| byte.is_ascii_digit()))
    }) || folded.contains('年')
        || folded.contains('@')
}

fn holds_bracketed_address(text: &str) -> bool {
    text.split('<').skip(1).any(|inside| inside.split('>').next().is_some_and(|inside| inside.contains('@') && inside.split_whitespace().count() <= 3))
        || text.split("[mailto").nth(1).is_some()
}

/// Whether an article or a pronoun stands where a mail program puts the name: "Le 3 mars à 10:00 le vendeur a écrit :".
fn is_told_by_a_person(before: &str, after: &str) -> bool {
    let name = before.rsplit(|c: char| c.is_ascii_digit() || matches!(c, ',' | '،')).next().unwrap_or_default();
    let first = |text: &str| text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).map(str::to_owned);
    let is_subject = |word: Option<String>| word.is_some_and(|word| SUBJECTS.contains(&word));
    name.split_whitespace().count() >= 2 && !name.contains('<') && is_subject(first(name)) && before.len() != name.len()
        || !after.contains('<') && after.split_whitespace().count() >= 1 && is_subject(first(after))
}

/// How many bytes of `line` introduce what follows on the same line: "On … <desk@example.org> wrote: Bonjour".
pub(super) fn introduces_on_one_line(line: &str) -> bool {
    let line = clip(line, BYTES.saturating_mul(2));
    let Some(bracket) = line.find('>') else { return false };
    let rest = clip(line.get(bracket..).unwrap_or_default(), 40);
    let Some(colon) = rest.find([':', '：']) else { return false };
    let end = bracket.saturating_add(colon).saturating_add(1);
    let head = clip(line, end);
    line.len() > end && may_begin(head.trim()) && judge(head) == Some(true) && dated(&fold(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_of_mail_programs_are_sure() {
        for text in [
            "On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:",
            "On Mar 2, 2026, at 9:00 AM, Desk <desk@example.org> wrote:",
            "On 3/2/26 09:00, Desk wrote:",
            "Le lun. 2 mars 2026 à 09:00, Desk <desk@example.org> a écrit :",
            "Le 02/03/2026 à 09:00, Desk a écrit\u{a0}:",
            "Le lundi 2 mars 2026 à 09:00:00 UTC+1, Desk <desk@example.org> a écrit :",
            "Am 02.03.26 um 09:00 schrieb Desk:",
            "Am Mo., 2. März 2026 um 09:00 Uhr schrieb Desk <desk@example.org>:",
            "El lun, 2 mar 2026 a las 9:00, Desk (<desk@example.org>) escribió:",
            "Il giorno lun 2 mar 2026 alle ore 09:00 Desk <desk@example.org> ha scritto:",
            "Em seg., 2 de mar. de 2026 às 09:00, Desk <desk@example.org> escreveu:",
            "Op ma 2 mrt 2026 om 09:00 schreef Desk <desk@example.org>:",
            "Op 2 mrt 2026 om 09:00 heeft Desk <desk@example.org> het volgende geschreven:",
            "Den mån 2 mars 2026 kl 09:00 skrev Desk <desk@example.org>:",
            "man. 2. mar. 2026 kl. 09:00 skrev Desk <desk@example.org>:",
            "ma 2. maalisk. 2026 klo 9.00 Desk (desk@example.org) kirjoitti:",
            "pon., 2 mar 2026 o 09:00 Desk <desk@example.org> napisał(a):",
            "W dniu 2.03.2026 o 09:00, Desk pisze:",
            "пн, 2 мар. 2026 г. в 09:00, Desk <desk@example.org>:",
            "02.03.2026 09:00, Desk пишет:",
            "пн, 2 бер. 2026 р. о 09:00 Desk <desk@example.org> пише:",
            "po 2. 3. 2026 v 9:00 odesílatel Desk <desk@example.org> napsal:",
            "Desk <desk@example.org> ezt írta (időpont: 2026. márc. 2., H, 9:00):",
            "În lun., 2 mar. 2026 la 09:00, Desk <desk@example.org> a scris:",
            "Desk <desk@example.org>, 2 Mar 2026 Pzt, 09:00 tarihinde şunu yazdı:",
            "Στις Δευ 2 Μαρ 2026 στις 9:00 π.μ., ο χρήστης Desk <desk@example.org> έγραψε:",
            "\u{202b}בתאריך יום ב׳, 2 במרץ 2026 ב-9:00 מאת \u{202a}Desk\u{202c}\u{200f} <\u{202a}desk@example.org\u{202c}\u{200f}>:\u{202c}",
            "2026年3月2日(月) 9:00 Desk <desk@example.org>:",
            "Desk <desk@example.org> 于2026年3月2日周一 09:00写道：",
            "2026년 3월 2일 (월) 오전 9:00, Desk <desk@example.org>님이 작성:",
            "في الاثنين، 2 مارس 2026 في 9:00 ص تمت كتابة ما يلي بواسطة Desk <desk@example.org>:",
            "في ٢ مارس ٢٠٢٦، الساعة ٩:٠٠ ص، كتب Desk <desk@example.org>:",
            "\u{202b}في الاثنين، 2 مارس 2026 في 9:00 ص كتب \u{202a}Desk\u{202c}\u{200f} <\u{202a}desk@example.org\u{202c}\u{200f}>:\u{202c}",
            "بتاريخ 2026/03/02 09:00، كتب Desk:",
            "30.09.2017, 18.30, \"Desk - A\" <desk@example.org>:",
            "2026-03-02 9:00 GMT+01:00 Desk <desk@example.org>:",
            "---- On Mon, 02 Mar 2026 09:00:00 +0100 Desk <desk@example.org> wrote ----",
            "Desk <desk@example.org> schrieb:",
            "Quoting Desk <desk@example.org>:",
            "اقتباس الوساطة <desk@example.org>:",
            "Понедельник, 2 марта 2026, 9:00 +03:00 от Desk <desk@example.org>:",
        ] {
            assert_eq!(attribution(&[text]), Some(Attribution { lines: 1, sure: true }), "{text}");
        }
    }

    #[test]
    fn wrapped_ones_are_joined_and_the_last_beginning_counts() {
        assert_eq!(attribution(&["Le lun. 2 mars 2026 à 09:00, Desk", "<desk@example.org> a", "écrit :"]).unwrap().lines, 3);
        assert_eq!(attribution(&["On your host you can run:", "On 9 Jan 2014, at 2:47, Desk wrote:"]), None);
        assert_eq!(attribution(&["Am 21.04.2016 17:48 schrieb Desk <desk@example.org", ">:"]).unwrap().lines, 2);
        for answer in ["45871", "2. 350 dirhams", "- 350 dirhams", "Voici mon numéro :"] {
            let copied = ["> De : Desk <desk@example.org>", "> Envoyé : lundi 2 mars 2026 09:00", "> À : Leila <leila@example.org>"];
            assert_eq!(attribution(&[answer, copied[0], copied[1], copied[2]]), None, "{answer}");
        }
    }

    #[test]
    fn what_a_person_tells_is_no_attribution() {
        for text in [
            "Le 3 mars 2026 à 10:00 le vendeur a écrit :",
            "Le 3 mars le vendeur m'a écrit : votre colis arrive",
            "Le 03/03/2026 à 14:30 la boutique nous a écrit :",
            "On March 3, 2026 at 10:00 the seller wrote to me:",
            "On Monday I wrote: to them",
            "في 3 مارس 2026 على 10:00 كتب لي البائع:",
            "J'ai écrit à service@example.com le 3 mars 2026 à 10:00 :",
            "Le 2 mars 2026 j'ai payé 300 DH :",
        ] {
            assert!(!attribution(&[text]).is_some_and(|found| found.sure), "{text}");
        }
    }

    #[test]
    fn what_tells_nothing_is_no_attribution() {
        let pieces = [
            "On Mon, Mar 2, 2026 at",
            "9:00 AM",
            "Desk <desk@example.org>",
            "wrote:",
            "--",
            "---- On 1 Jan",
            "wrote ----",
            "* * *",
            "le vendeur",
            "12",
            "：",
            "",
        ];
        let mut told = 0;
        for at in 0..pieces.len().pow(4) {
            let lines: Vec<&str> = (0..4).map(|place| pieces[at / pieces.len().pow(place) % pieces.len()]).collect();
            let says: Vec<Told> = lines.iter().map(|line| Told::by(line)).collect();
            let found = attribution(&lines);
            told += usize::from(found.is_some());
            assert!(found.is_none() || may_tell(&says), "{lines:?}");
        }
        assert!(told > 100, "{told}");
    }

    #[test]
    fn text_may_follow_on_the_same_line() {
        assert!(introduces_on_one_line("On Mon, Mar 2, 2026 at 9:00 AM, Desk<desk@example.org> wrote:   Bonjour Leila"));
        assert!(introduces_on_one_line("Le lun. 2 mars 2026 à 9:00, Desk<desk@example.org> a écrit :   Bonjour"));
        assert!(!introduces_on_one_line("Je dis <cela> : oui"));
    }
}
