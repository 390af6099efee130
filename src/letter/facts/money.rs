//! The amount in dispute among those of a text (DOMAIN §3.4). Centimes and ryals are never converted.

use super::amounts::{MOST, NUMBER, amounts, hundredths, is_blurred, near_after, one, stands_alone};
use super::currency::is_foreign;
use super::{Read, Source, found_in};
use crate::domain::{Fact, Money, Proposal};
use crate::letter::lexicon::Hit;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// Centimes and ryals, and "millions" that are silent about their unit: what people say, but not what the field is in.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("(?i){NUMBER}{}{}", SPOKEN_TIMES, SPOKEN_UNIT)));
/// Thousands and millions as they are spoken.
const SPOKEN_TIMES: &str = r"(?:[ \t]?(mille|millions?|melyouns?|mlayen|alaf|alf|آلاف|الاف|ألف|الف|مليون|ملايين))?[ \t]?";
/// A hundredth and a twentieth of a dirham.
const SPOKEN_UNIT: &str = concat!(
    r"(?:de[ \t]|d[ \t]|d')?(centimes?|santimes?|santim|frank|francs?|ry?[aâ]le?s?|riyale?s?|rials?|rya?l|",
    r"سنتيم|سنتيما|فرنك|فرنكا|ريال|ريالا|ريالات)?"
);

/// After a spoken million: a half of it, or more that is counted otherwise.
static HALF: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[ \t]*(?:et demie?|and a half|[wo] ?(?:nos|noss|nss|ns)|و ?نصف|و ?نص)(?:[^\p{L}]|$)"));
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[ \t]*(?:et|w|o|and|و)?[ \t]*(?:\d|cents?|deux|trois|quatre|cinq|mya|miya|mia|alf|khams|rb3|tlat|ألف|الف|مية|ميات|مائة|ميتين|خمس|ربع|تلت)")
});

/// Characters that are kept of how a proposed amount is written.
const WRITTEN: usize = 60;
/// Words before an amount that say what it is.
const REACH: usize = 6;

/// The amounts of a text by what is said of them.
#[derive(Default)]
struct Told {
    plain: Vec<Money>,
    /// What was paid or costs that much.
    total: Vec<Money>,
    /// What was bought for that much.
    ordered: Vec<Money>,
    /// What others come to together.
    sum: Vec<Money>,
    deposit: Vec<Money>,
    /// Whether there is one of which nobody can say how much it is.
    unsure: bool,
}

/// Notes the amount in dispute if there is no doubt which it is. In a text that answers an offer the amounts are those of the offer.
pub(super) fn read(source: &Source<'_>, read: &mut Read) {
    if read.facts.get(Fact::Amount).is_some() {
        return;
    }
    let told = told(source);
    let several_orders = read.because.iter().any(|why| why == "order_no:several");
    match told.sure(several_orders) {
        Some(_) if source.answers_an_offer => read.because.push("amount:of an offer".to_owned()),
        Some(money) => {
            read.note(Fact::Amount, money.decimal(), "amount");
            read.note(Fact::Currency, money.currency.clone(), "amount");
        }
        None if told.unsure => read.because.push("amount:unsure".to_owned()),
        None if told.plain.len() > 1 => read.because.push("amount:several".to_owned()),
        None => propose(source, read),
    }
}

/// What is said of each amount.
fn told(source: &Source<'_>) -> Told {
    let mut told = Told::default();
    // Words of a fee that belong to the amount before them do not set the next one aside.
    let mut spent: Option<usize> = None;
    // Whether the amount is that of a fee which was named right before it.
    let mut owed = false;
    let mut amounts = amounts(source.text).into_iter().peekable();
    while let Some(found) = amounts.next() {
        let at = source.word_at(found.start);
        let after = source.word_at(found.end);
        let is_fee = std::mem::take(&mut owed);
        let fee = source.hits_at(after).find(|hit| source.steers(hit, "fees") && !source.words.get(after).is_some_and(|word| word.begins));
        if let Some(fee) = fee {
            owed = amounts.peek().is_some_and(|next| opens(source, fee, next.start));
            if !owed {
                spent = Some(fee.last);
                continue;
            }
        }
        if is_fee {
            continue;
        }
        let cue = source.cue_before(at, REACH, &["aside", "deposit", "total", "ordered"]);
        let near = cue.is_some_and(|(_, hit)| at.saturating_sub(hit.last) <= 3);
        let sum = sums_up(source, at);
        if (!sum || told.plain.is_empty()) && near && cue.is_some_and(|(list, hit)| list == "aside" && spent.is_none_or(|spent| hit.last > spent)) {
            continue;
        }
        let Some(money) = found.sure().filter(|_| !is_guess(source, at, after)) else {
            told.unsure = true;
            continue;
        };
        match cue {
            Some(("deposit", _)) if near => {
                told.deposit.push(money);
                continue;
            }
            Some(("total", _)) if near => told.total.push(money.clone()),
            Some(("ordered", _)) => told.ordered.push(money.clone()),
            _ => {}
        }
        if sum {
            told.sum.push(money.clone());
        }
        told.plain.push(money);
    }
    told
}

/// Whether a fee between two amounts is what the second one is: "450 dh, livraison 35 dh", but not "35 dh de livraison, 450 dh".
fn opens(source: &Source<'_>, fee: &Hit, next: usize) -> bool {
    /// What a fee is called where nothing joins it to what stands before it.
    const NAMES: [&str; 12] =
        ["frais", "livraison", "delivery", "shipping", "tawsil", "lavraison", "discount", "deposit", "التوصيل", "والتوصيل", "مصاريف", "رسوم"];
    const JOINS: [&str; 6] = ["et", "and", "w", "o", "plus", "puis"];
    let first = source.words.get(fee.first).map_or("", |word| word.text.as_str());
    let bare = first.strip_prefix('و').unwrap_or(first);
    let at = source.word_at(next);
    let between = source.words.get(fee.last.saturating_add(1)..at).unwrap_or_default();
    let gap = source.words.get(fee.last).and_then(|last| source.text.get(last.end..next)).unwrap_or_default();
    let apart = gap.contains([',', '،', ';', '+', '=', '\n', '(', '/']) || gap.ends_with('و') || source.words.get(at).is_some_and(|word| word.begins);
    let named = NAMES.contains(&first) || NAMES.contains(&bare);
    named && !apart && between.len() <= 3 && !between.iter().any(|word| word.begins || JOINS.contains(&word.text.as_str()))
}

/// Whether the words beside an amount say that it is about that much, one of several parts, or what is left.
fn is_guess(source: &Source<'_>, at: usize, after: usize) -> bool {
    let before = source.cue_before(at, 3, &["about", "parts"]);
    let near = |list: &str| if list == "about" { 2 } else { 3 };
    let begins = source.words.get(after).is_some_and(|word| word.begins);
    before.is_some_and(|(list, hit)| at.saturating_sub(hit.last) <= near(list)) || !begins && source.hits_at(after).any(|hit| source.steers(hit, "about"))
}

impl Told {
    /// The amount of which there is no doubt.
    fn sure(&self, several_orders: bool) -> Option<&Money> {
        let most = |money: &&Money| self.plain.iter().all(|other| other.hundredths <= money.hundredths && other.currency == money.currency);
        let whole = one(&self.sum).filter(most);
        if self.unsure {
            return whole.or_else(|| one(&self.total).filter(most));
        }
        let bought =
            || if self.total.is_empty() { one(&self.ordered) } else { one(&self.total).filter(|total| self.ordered.iter().all(|other| other == *total)) };
        let bought = || if several_orders { one(&self.total) } else { bought() };
        whole.or_else(|| one(&self.plain)).or_else(|| bought().filter(most)).or_else(|| if self.plain.is_empty() { one(&self.deposit) } else { None })
    }
}

/// Whether the words right before word `at` say that it is a sum of what was named: "soit 1245 dh", "total : 1245 dh".
fn sums_up(source: &Source<'_>, at: usize) -> bool {
    const SUMS: [&str; 8] = ["total", "totale", "ftotal", "المجموع", "مجموعه", "الاجمالي", "lmajmo3", "altogether"];
    let near = |back: usize| at.checked_sub(back).and_then(|at| source.words.get(at)).map(|word| word.text.as_str());
    let begins = |back: usize| (1..back).any(|back| at.checked_sub(back).and_then(|at| source.words.get(at)).is_some_and(|word| word.begins));
    near(1) == Some("soit") || (1..=2).any(|back| !begins(back) && near(back).is_some_and(|word| SUMS.contains(&word)))
}

/// Proposes what centimes, ryals and bare millions would be in dirhams: 100 centimes or 20 ryals make one, and a million without a
/// unit is one of centimes (DOMAIN §3.4).
fn propose(source: &Source<'_>, read: &mut Read) {
    let mut proposed: Vec<(Money, String)> = Vec::new();
    for (from, captures) in found_in(source.digits, &SPOKEN).take(MOST.saturating_mul(10)) {
        let part = |group: usize| captures.get(group).map(|part| part.as_str().to_lowercase());
        let (Some(all), Some(number), times, unit) = (captures.get(0), part(1), part(2), part(3)) else { continue };
        let million = times.as_deref().is_some_and(|times| times.starts_with('m') && times != "mille" || times.starts_with("ملا") || times.starts_with("ملي"));
        let end = captures.get(3).or(captures.get(2)).map_or(all.end(), |last| last.end());
        let (start, end) = (from.saturating_add(all.start()), from.saturating_add(end));
        if unit.is_none() && !million || !stands_alone(source.text, start, end) {
            continue;
        }
        let rest = near_after(source.text, end);
        let half = HALF.find(rest).filter(|_| million).map_or("", |half| half.as_str());
        if is_foreign(rest) || is_blurred(source.text, start, end, 0) || unit.is_none() && half.is_empty() && MORE.is_match(rest) {
            return;
        }
        let ryals = unit.as_deref().is_some_and(|unit| unit.starts_with('r') || unit.starts_with("ري"));
        let factor = match (million, times.is_some()) {
            (true, _) => 1_000_000,
            (false, true) => 1_000,
            (false, false) => 1,
        };
        // `hundredths` gives hundredths of the unit that is spoken of: a hundred times too many centimes, and twenty times too many for ryals.
        let number = hundredths(&number).and_then(|value| value.checked_add(if half.is_empty() { 0 } else { 50 }));
        let value = number.and_then(|value| value.checked_mul(factor)).map(|value| if ryals { value / 20 } else { value / 100 });
        let Some(value) = value.filter(|value| *value >= 100) else { continue };
        proposed.push((Money::dirhams(value), super::tidy(&format!("{}{half}", all.as_str().trim_end())).chars().take(WRITTEN).collect()));
    }
    let Some((money, written)) = proposed.first().cloned() else { return };
    if proposed.iter().all(|(other, _)| *other == money) {
        read.because.push(format!("amount:proposed:{money} from {written}"));
        read.proposals.push(Proposal { fact: Fact::Amount, value: money.decimal(), currency: Some(money.currency), written });
    }
}
