//! Numbers that are secrets by their digits: payment cards and bank accounts.

use super::MASK;
use crate::letter::fold::is_silent;
use crate::letter::glance::digits;

/// Digits of a Moroccan bank account (RIB); an IBAN has two more and begins with letters.
const ACCOUNT: usize = 24;
/// Marks that may part two groups of one number.
const GAP: usize = 3;
/// Groups in which one number is written at most.
const GROUPS: usize = 20;

/// Digits that stand together.
#[derive(Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    digits: usize,
    /// How many digits of the run come before it.
    before: usize,
}

/// `text` with cards and accounts masked; `note` is told their kinds.
pub(super) fn mask(text: &str, note: &mut impl FnMut(&str)) -> String {
    if !may_hold(text) {
        return text.to_owned();
    }
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0usize;
    for run in runs(text) {
        let mut place = 0usize;
        while place < run.groups.len() {
            let Some((length, kind)) = secret_at(text, &run, place) else {
                place = place.saturating_add(1);
                continue;
            };
            let (Some(first), Some(last)) = (run.groups.get(place), run.groups.get(place.saturating_add(length).saturating_sub(1))) else { break };
            let start = if kind == "bank-account-number" { head_of_iban(text, first.start) } else { first.start };
            masked.push_str(text.get(copied..start).unwrap_or_default());
            masked.push_str(MASK);
            note(kind);
            copied = last.end;
            place = place.saturating_add(length);
        }
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    masked
}

/// Fewer digits are neither a card nor an account.
const FEWEST: usize = 13;

/// Whether there are digits enough in `text`, told by its bytes: most texts have few.
fn may_hold(text: &str) -> bool {
    /// Bytes that are counted together, so few that their number has room in one.
    const TOGETHER: usize = 255;
    let western = digits(text);
    // The last bytes of the digits that `digit` knows besides.
    let other = |first: u8, last: u8| {
        let digit = |zero: u8| last.wrapping_sub(zero) < 10;
        ((first == 0xd9) & digit(0xa0)) | ((first == 0xdb) & digit(0xb0)) | ((first == 0xbc) & digit(0x90))
    };
    let (firsts, lasts) = (text.as_bytes(), text.as_bytes().get(1..).unwrap_or_default());
    let pairs = || firsts.chunks(TOGETHER).zip(lasts.chunks(TOGETHER));
    let counted =
        |(firsts, lasts): (&[u8], &[u8])| firsts.iter().zip(lasts).fold(0_u8, |count, (first, last)| count.wrapping_add(u8::from(other(*first, *last))));
    western >= FEWEST || !text.is_ascii() && pairs().map(counted).fold(western, |sum, more| sum.saturating_add(usize::from(more))) >= FEWEST
}

/// Groups of digits with little between them.
struct Run {
    groups: Vec<Group>,
    digits: Vec<u32>,
}

fn runs(text: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let (mut gap, mut open, mut fresh) = (0usize, false, true);
    for (at, c) in text.char_indices() {
        if let Some(digit) = digit(c) {
            let end = at.saturating_add(c.len_utf8());
            if !open {
                found.push(Run { groups: Vec::new(), digits: Vec::new() });
            }
            if let Some(run) = found.last_mut() {
                match run.groups.last_mut() {
                    Some(group) if !fresh && open => {
                        group.end = end;
                        group.digits = group.digits.saturating_add(1);
                    }
                    _ => run.groups.push(Group { start: at, end, digits: 1, before: run.digits.len() }),
                }
                run.digits.push(digit);
            }
            (gap, open, fresh) = (0, true, false);
        } else if !is_silent(c) {
            gap = gap.saturating_add(1);
            fresh = true;
            let parts = matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' | '\n' | '\r' | '.' | '-' | '_' | '/' | '*' | '\u{2010}'..='\u{2015}');
            open &= parts && gap <= GAP;
        }
    }
    found.retain(|run| run.digits.len() >= FEWEST);
    found
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{ff10}'..='\u{ff19}' => Some((u32::from(c) & 0xf) % 10),
        _ => None,
    }
}

/// How many groups from `place` on are one secret, and which.
fn secret_at(text: &str, run: &Run, place: usize) -> Option<(usize, &'static str)> {
    let first = run.groups.get(place)?;
    let mut lengths: Vec<usize> = Vec::new();
    let mut total = 0usize;
    for (count, group) in run.groups.iter().skip(place).take(GROUPS).enumerate() {
        total = total.saturating_add(group.digits);
        lengths.push(group.digits);
        let whole = place == 0 && count.saturating_add(1) == run.groups.len();
        let international = head_of_iban(text, first.start) < first.start;
        if total == ACCOUNT || international && (ACCOUNT..=ACCOUNT.saturating_add(2)).contains(&total) && (whole || total == ACCOUNT.saturating_add(2)) {
            return Some((lengths.len(), "bank-account-number"));
        }
        let digits = run.digits.get(first.before..first.before.saturating_add(total)).unwrap_or_default();
        let shaped = whole || like_a_card(&lengths);
        let longer =
            run.groups.get(place.saturating_add(count).saturating_add(1)).is_some_and(|next| total.saturating_add(next.digits) <= 19 && next.digits <= 3);
        if shaped && is_card(digits) && !(longer && extends(run, place, count.saturating_add(2))) {
            return Some((lengths.len(), "card-number"));
        }
        if shaped && (15..=16).contains(&total) && lengths.len() <= 4 && is_announced(text, first.start) {
            return Some((lengths.len(), "card-number"));
        }
        if whole && (is_insured(digits) || is_emirati(digits)) {
            return Some((lengths.len(), "identity-number"));
        }
        if total > ACCOUNT.saturating_add(2) {
            break;
        }
    }
    None
}

/// Whether the run goes on to a longer card number.
fn extends(run: &Run, place: usize, count: usize) -> bool {
    let groups: Vec<&Group> = run.groups.iter().skip(place).take(count).collect();
    let (Some(first), total) = (groups.first(), groups.iter().map(|group| group.digits).sum::<usize>()) else { return false };
    groups.len() == count && is_card(run.digits.get(first.before..first.before.saturating_add(total)).unwrap_or_default())
}

/// Where the letters and check digits of an IBAN before `at` begin; `at` where there are none. The check digits belong to the run.
fn head_of_iban(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let head = before.trim_end_matches([' ', '-']);
    match head.char_indices().next_back().zip(head.char_indices().rev().nth(1)) {
        Some(((_, 'A' | 'a'), (start, 'M' | 'm'))) if !head.get(..start).and_then(|rest| rest.chars().next_back()).is_some_and(char::is_alphanumeric) => start,
        _ => at,
    }
}

/// The groups in which cards are printed: fours, or four, six and the rest.
fn like_a_card(lengths: &[usize]) -> bool {
    match lengths {
        [_] => true,
        [4, 6, 4 | 5] => true,
        [fours @ .., last] => fours.len() >= 3 && fours.iter().all(|length| *length == 4) && *last <= 4,
        [] => false,
    }
}

/// Whether the words before a number name a payment card: then it is one, also where a digit is mistaken.
fn is_announced(text: &str, at: usize) -> bool {
    const CARDS: [&str; 8] = ["carte", "visa", "mastercard", "card", "lakart", "بطاقة", "بطاقتي", "كارط"];
    const OTHERS: [&str; 18] = [
        "fid",
        "cadeau",
        "gift",
        "loyal",
        "sim",
        "mère",
        "mere",
        "graphique",
        "mémoire",
        "imei",
        "série",
        "serie",
        "serial",
        "command",
        "colis",
        "suivi",
        "track",
        "طلب",
    ];
    let from = text.get(..at).unwrap_or_default().char_indices().rev().take(32).last().map_or(at, |(from, _)| from);
    let before = text.get(from..at).unwrap_or_default().to_lowercase();
    let clause = before.rsplit(['.', ',', ';', '!', '?']).next().unwrap_or_default();
    CARDS.iter().any(|card| clause.contains(card)) && !OTHERS.iter().any(|other| clause.contains(other))
}

/// The number of an insured person in France: sex, year, month, place, and the rest of a division by 97.
fn is_insured(digits: &[u32]) -> bool {
    let number = |from: usize, to: usize| {
        digits.get(from..to).map(|part| part.iter().fold(0u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(*digit))))
    };
    let (Some(sex), Some(month), Some(body), Some(key)) = (number(0, 1), number(3, 5), number(0, 13), number(13, 15)) else { return false };
    digits.len() == 15 && matches!(sex, 1 | 2) && (1..=12).contains(&month) && (body % 97).saturating_add(key) == 97
}

/// The number of an identity card of the Emirates: the country, the year of birth and the rest.
fn is_emirati(digits: &[u32]) -> bool {
    digits.len() == 15 && (digits.starts_with(&[7, 8, 4, 1, 9]) || digits.starts_with(&[7, 8, 4, 2, 0]))
}

/// Luhn's check (ISO/IEC 7812-1), with the first digits and the lengths in which cards are issued.
fn is_card(digits: &[u32]) -> bool {
    let head = |count: usize| digits.iter().take(count).fold(0u32, |number, digit| number.saturating_mul(10).saturating_add(*digit));
    let issued = match digits.len() {
        13 => head(1) == 4,
        14 => matches!(head(2), 30 | 36 | 38 | 39),
        15 => matches!(head(2), 34 | 37),
        16 => matches!(head(1), 2..=6) || head(4) == 9792,
        17 | 18 => matches!(head(2), 50 | 56..=69),
        19 => matches!(head(2), 40..=50 | 56..=69),
        _ => false,
    };
    if !issued || digits.iter().all(|digit| Some(digit) == digits.first()) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit.saturating_mul(2)) {
            (0, _) => *digit,
            (_, double) if double > 9 => double.saturating_sub(9),
            (_, double) => double,
        })
        .sum();
    sum.is_multiple_of(10)
}
