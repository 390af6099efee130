//! What somebody proposes: numbered lines after the word that proposes, each with who does it, an amount and a day (DOMAIN §2.3, row 38). Nothing here binds
//! anybody: its author is shown how it was read and makes it a proposal with a code.

use super::answers::numbered;
use super::{Source, amounts, dates, lines_with_digits, tidy, understand};
use crate::domain::{Intent, Terms};
use crate::letter::command::{CommandWords, leads};
use crate::letter::fold::folded_words;
use crate::letter::lexicon::{Hit, Meaning};
use crate::letter::pattern::pattern;
use crate::letter::reply::is_quoted;
use crate::letter::span::longest;
use crate::letter::{Debtor, TermLine};
use regex::Regex;
use std::sync::LazyLock;

/// Lines at the head of a mail in which the word may stand.
const HEAD: usize = 5;
/// Lines after it that are looked at.
const LINES: usize = 60;
/// How far ahead a day may lie.
const AHEAD: i64 = 366;

/// A number of days is a period only after a word that says so: "10 days ago" and "a warranty of 6 months" are none.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i)(?:^|[^\pL])(?:{FROM_NOW})(?:[ \t\u{{a0}}:]+(?:{BETWEEN})){{0,4}}[ \t\u{{a0}}:]*(\d{{1,3}})[ \t\u{{a0}}]?({UNIT})(?:[^\pL\d]|$)"))
});
/// "Before the 15th" is the 14th at the latest; "before the end of the 15th" is not.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i)(?:^|[^\pL])(?:avant|before|قبل|9bel|qbel|9bl|qbl)[ \t\u{{a0}}]+(?:(?:le|the|du|l|{WEEKDAY})[ \t\u{{a0}}]+){{0,3}}[\d٠-٩]"))
});
const WEEKDAY: &str = concat!(
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|",
    r"يوم|تاريخ|الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد|nhar|yom|youm"
);
/// What a period begins with.
const FROM_NOW: &str = concat!(
    r"sous|dans|d['’]ici|endéans|en|d[ée]lai|au plus tard|max|maximum|",
    r"within|in|inside|no later than|at most|",
    r"خلال|فخلال|في|داخل|ظرف|أجل|اجل|غضون|بعد|",
    r"ف|ففي|f|fi|fe|fhad|mn hna l|men hna l|ghadi f"
);
/// What may stand between that and the number.
const BETWEEN: &str = concat!(
    r"de|d['’]|les|un|le|la|à|au|plus|tard|moins|maximum|max|d[ée]lai|prochains|prochaines|",
    r"the|next|a|an|of|period|at|most|less|than|no|more|",
    r"أجل|اجل|أقصاه|اقصاه|ظرف|غضون|مدة|مدة أقصاها|الـ|لا|يتجاوز|يتعدى|أقل|من|had|l"
);
/// Hours, days, weeks, months.
const UNIT: &str = concat!(
    r"heures?|hours?|h|jours?|days?|j|semaines?|weeks?|mois|months?|",
    r"ساعة|ساعات|أيام|ايام|يوما|يوم|أسابيع|أسبوعا|أسبوع|اسبوع|شهرا|شهر|أشهر|youm|yom|yam|ayam|iyam|yyam|simana|simanat|chhar"
);

const SELLERS: [&str; 17] = [
    "vendeur",
    "vendeuse",
    "marchand",
    "commerçant",
    "boutique",
    "magasin",
    "seller",
    "merchant",
    "shop",
    "store",
    "البائع",
    "التاجر",
    "المتجر",
    "بائع",
    "تاجر",
    "lbay3",
    "lmoul",
];
const BUYERS: [&str; 15] = [
    "acheteur",
    "acheteuse",
    "client",
    "cliente",
    "consommateur",
    "consommatrice",
    "buyer",
    "customer",
    "consumer",
    "المشتري",
    "الزبون",
    "المستهلك",
    "مشتري",
    "زبون",
    "zboun",
];
/// With these after themselves writers only wish for something, which is another's to do.
const WISHES: [&str; 20] = [
    "voudrais",
    "voudrions",
    "veux",
    "voulons",
    "souhaite",
    "souhaitons",
    "demande",
    "demandons",
    "exige",
    "exigeons",
    "aimerais",
    "aimerions",
    "would",
    "want",
    "wish",
    "ask",
    "expect",
    "demand",
    "need",
    "hope",
];
/// The same in one word.
const I_WISH: [&str; 7] = ["أريد", "نريد", "أطلب", "نطلب", "بغيت", "بغينا", "bghit"];
const ONESELF: [&str; 11] = ["je", "j", "nous", "moi", "i", "we", "نحن", "أنا", "ana", "7na", "حنا"];

/// The lines of a proposal, if the mail makes one: `None` if the word that proposes does not lead a line of its head; empty if nothing follows.
pub(in crate::letter) fn read(source: &Source<'_>, known: &CommandWords) -> Option<Vec<TermLine>> {
    let mut lines = source.newly.lines().filter(|line| !is_quoted(line));
    let head = lines.by_ref().filter(|line| !line.trim().is_empty()).take(HEAD).find_map(|line| {
        let (intent, end) = leads(line, known)?;
        (intent == Intent::Counter).then(|| line.get(end..).unwrap_or_default())
    })?;
    let first = head.trim_start_matches(|c: char| c.is_whitespace() || ":.,;-–*\"'»”?؟".contains(c));
    let mut found: Vec<String> = Vec::new();
    push(&mut found, first);
    let mut open = !found.is_empty();
    for line in lines.take(LINES).map(str::trim) {
        let items = numbered(line);
        if !items.is_empty() {
            items.into_iter().for_each(|(_, text)| push(&mut found, text));
            open = true;
        } else if line.is_empty() {
            // What follows a blank line and has no number is no obligation: thanks, an explanation, a name.
            open &= found.is_empty();
        } else if found.is_empty() {
            push(&mut found, line);
            open = true;
        } else if open {
            continued(&mut found, line);
        }
    }
    let numbered_first = first.is_empty() || !numbered(first).is_empty() || found.len() == 1;
    // "PROPOSER ce qui suit :" and then numbers: the words before them introduce.
    let skipped = usize::from(!numbered_first && first.trim_end().ends_with(':'));
    Some(found.iter().skip(skipped).take(Terms::MOST.saturating_add(1)).map(|text| term(source, text)).collect())
}

fn push(found: &mut Vec<String>, text: &str) {
    let items = numbered(text);
    if items.is_empty() {
        found.extend((!text.trim().is_empty()).then(|| text.trim().to_owned()));
    } else {
        found.extend(items.into_iter().map(|(_, item)| item.trim().to_owned()));
    }
}

fn continued(found: &mut [String], line: &str) {
    if let Some(last) = found.last_mut() {
        last.push(' ');
        last.push_str(line);
    }
}

fn term(source: &Source<'_>, text: &str) -> TermLine {
    let text: String = tidy(text).chars().take(Terms::LONGEST).collect();
    let (spoken, hits) = understand(source, &text);
    let digits = lines_with_digits(&text);
    let inner = Source { text: &text, newly: &text, digits: &digits, words: &spoken, hits: &hits, day: source.day.map(|day| day.plus(AHEAD)), ..*source };
    let days = dates::named(&inner);
    let day = match (days.as_slice(), source.day) {
        // Also where it has passed: its author is told, and no other day takes its place unsaid.
        ([one], Some(_)) => Some(one.plus(if BEFORE.is_match(&text) { -1 } else { 0 })),
        ([], Some(mail)) => within(&text).map(|days| mail.plus(days)),
        _ => None,
    };
    TermLine { debtor: debtor(&text), amount: amounts::only(&text), due: day, remedy: remedy(&hits), text }
}

/// The one remedy that the line speaks of; `None` where it speaks of none, or of several.
fn remedy(hits: &[Hit]) -> Option<String> {
    let longest = longest(hits, |hit| matches!(hit.meaning, Meaning::Remedy(_)));
    let mut codes: Vec<&String> = longest.into_iter().filter_map(|hit| if let Meaning::Remedy(code) = &hit.meaning { Some(code) } else { None }).collect();
    codes.dedup();
    if let [only] = codes.as_slice() { Some((*only).clone()) } else { None }
}

/// The side that `text` names.
pub(in crate::letter) fn named_side(text: &str) -> Option<Debtor> {
    debtor(text).filter(|side| *side != Debtor::Writer)
}

/// Who does it: the first who is named. Whoever only wishes for something does not say who does it.
fn debtor(text: &str) -> Option<Debtor> {
    static FOLDED: LazyLock<[Vec<String>; 5]> = LazyLock::new(|| {
        let lists: [&[&str]; 5] = [&SELLERS, &BUYERS, &ONESELF, &WISHES, &I_WISH];
        lists.map(|names| names.iter().flat_map(|name| folded_words(name)).collect())
    });
    let [sellers, buyers, oneself, wishes, i_wish] = &*FOLDED;
    let spoken: Vec<String> = folded_words(text).map(|word| word.strip_prefix("l'").unwrap_or(&word).to_owned()).collect();
    let mut follows = spoken.iter().zip(spoken.iter().skip(1));
    let wished = spoken.iter().any(|word| i_wish.contains(word)) || follows.any(|(one, next)| oneself.contains(one) && wishes.contains(next));
    spoken.iter().find_map(|word| match () {
        () if sellers.contains(word) => Some(Debtor::Seller),
        () if buyers.contains(word) => Some(Debtor::Buyer),
        () if oneself.contains(word) && !wished => Some(Debtor::Writer),
        () => None,
    })
}

/// "sous 10 jours", "within 48 hours", "خلال 10 أيام": days from the mail's.
fn within(text: &str) -> Option<i64> {
    let mut found = WITHIN.captures_iter(text).take(3).filter_map(|captures| {
        let number: i64 = captures.get(1)?.as_str().parse().ok()?;
        let unit = captures.get(2)?.as_str().to_lowercase();
        let days = match unit.as_str() {
            unit if unit.starts_with('h') || unit.starts_with("ساع") => number.saturating_add(23) / 24,
            unit if unit.starts_with("sem") || unit.starts_with('w') || unit.starts_with("sim") || unit.contains("سبوع") || unit.contains("سابيع") => {
                number.saturating_mul(7)
            }
            unit if unit.starts_with("mo") || unit.starts_with("ch") || unit.contains("شهر") => number.saturating_mul(30),
            _ => number,
        };
        (1..=AHEAD).contains(&days).then_some(days)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests;
