//! "Jeudi", "demain", "dans 2 semaines", "le 12 décembre", الخميس: a day for later, and nothing else in the same words.

use super::fold::{Word, folded_words, western, words};
use super::lexicon::{Hit, Meaning};
use crate::domain::When;

/// Words that lead to a day, or stand beside it, and say nothing more.
const BESIDE: [&str; 23] = [
    "le", "la", "dans", "en", "au", "a", "pour", "jusqu", "jusque", "de", "this", "in", "on", "for", "until", "till", "the", "إلى", "حتى", "في", "بعد", "من",
    "شهر",
];
const NEXT: [&str; 11] = ["prochain", "prochaine", "next", "coming", "القادم", "المقبل", "القادمة", "المقبلة", "الجاي", "suivant", "following"];
const DAYS: [&str; 9] = ["j", "jour", "jours", "d", "day", "days", "يوم", "أيام", "يوما"];
const WEEKS: [&str; 8] = ["semaine", "semaines", "week", "weeks", "أسبوع", "أسابيع", "أسبوعا", "الأسبوع"];
const ONE: [&str; 4] = ["un", "une", "one", "واحد"];

/// What the words name.
#[derive(Default)]
struct Named {
    numbers: Vec<i16>,
    weekday: Option<i8>,
    month: Option<i8>,
    ahead: Option<u16>,
    weeks: bool,
    days: bool,
    next: bool,
}

/// The day that `text` names; `None` if it names none, or says anything else before a mark that sets the rest apart.
pub(super) fn read(text: &str, hits: impl Fn(&[Word]) -> Vec<Hit>) -> Option<When> {
    let text = western(text);
    let apart = [" - ", "–", "—", ":", ",", "،", ";", "("];
    let end = apart.into_iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let text = text.get(..end)?;
    let spoken = words(text);
    let known = hits(&spoken);
    let mut named = Named::default();
    let mut at = 0usize;
    while let Some(word) = spoken.get(at) {
        let hit = known.iter().filter(|hit| hit.first == at && !hit.gapped).max_by_key(|hit| (is_date(hit), hit.words()));
        at = match hit.map(|hit| (&hit.meaning, hit.last)) {
            Some((Meaning::Weekday(day), last)) => named.weekday.replace(*day).is_none().then_some(last)?,
            Some((Meaning::Month(month), last)) => named.month.replace(*month).is_none().then_some(last)?,
            Some((Meaning::Steering(list), last)) if list == "courtesy" => last,
            _ => named.note(&word.text).map(|()| at)?,
        }
        .saturating_add(1);
    }
    named.when(text.contains(['/', '-', '.']))
}

fn is_date(hit: &Hit) -> bool {
    matches!(hit.meaning, Meaning::Weekday(_) | Meaning::Month(_))
}

/// Whether `word` is one of `list`, which is written as people write.
fn is_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|one| folded_words(one).eq([word]))
}

impl Named {
    /// Notes one word; `None` if it has no place in a day.
    fn note(&mut self, word: &str) -> Option<()> {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if let (number, rest) = word.split_at_checked(digits)?
            && !number.is_empty()
        {
            self.numbers.push(number.parse().ok()?);
            return match rest {
                "" | "er" | "st" | "nd" | "rd" | "th" => Some(()),
                rest => self.note(rest),
            };
        }
        match word {
            word if is_of(word, &DAYS) => self.days = true,
            word if is_of(word, &WEEKS) => self.weeks = true,
            word if is_of(word, &NEXT) => self.next = true,
            word if is_of(word, &ONE) => self.numbers.push(1),
            word if is_of(word, &["demain", "tomorrow", "غدا"]) => self.ahead = Some(self.ahead.unwrap_or(1)),
            // "Après-demain", "the day after tomorrow", "بعد غد".
            word if is_of(word, &["apres", "after", "غد"]) => self.ahead = Some(2),
            word if is_of(word, &["يومين"]) => self.ahead = Some(2),
            word if is_of(word, &["أسبوعين"]) => self.ahead = Some(14),
            word if is_of(word, &BESIDE) => {}
            _ => return None,
        }
        Some(())
    }

    fn when(&self, dotted: bool) -> Option<When> {
        let small = |number: i16| i8::try_from(number).ok();
        let year = |number: i16| if (0..100).contains(&number) { number.saturating_add(2000) } else { number };
        match (self.numbers.as_slice(), self.month, self.weekday) {
            ([], None, Some(weekday)) if self.ahead.is_none() => Some(When::Weekday(weekday)),
            ([], None, None) if self.weeks && self.next => Some(When::Weekday(1)),
            ([], None, None) if self.weeks => Some(When::Days(7)),
            ([], None, None) => self.ahead.map(When::Days),
            ([day], Some(month), _) => Some(When::Date(small(*day)?, month, None)),
            ([day, written], Some(month), _) => Some(When::Date(small(*day)?, month, Some(year(*written)))),
            ([number], None, None) if self.ahead.is_none() => {
                let days = number.checked_mul(if self.weeks { 7 } else { 1 })?;
                Some(When::Days(u16::try_from(days).ok()?))
            }
            ([first, month, day], None, _) if dotted && *first > 31 => Some(When::Date(small(*day)?, small(*month)?, Some(*first))),
            ([day, month, written], None, _) if dotted => Some(When::Date(small(*day)?, small(*month)?, Some(year(*written)))),
            ([day, month], None, _) if dotted => Some(When::Date(small(*day)?, small(*month)?, None)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::knowledge;
    use super::*;

    #[test]
    fn days_for_later_are_read_in_three_languages() {
        let knowledge = knowledge();
        let lexicon = knowledge.lexicon();
        for (text, when) in [
            ("5", Some(When::Days(5))),
            ("5j", Some(When::Days(5))),
            ("dans 12 jours", Some(When::Days(12))),
            ("in 3 days", Some(When::Days(3))),
            ("5 – j'attends le transporteur", Some(When::Days(5))),
            ("٥ أيام", Some(When::Days(5))),
            ("يومين", Some(When::Days(2))),
            ("dans 2 semaines", Some(When::Days(14))),
            ("une semaine", Some(When::Days(7))),
            ("la semaine prochaine", Some(When::Weekday(1))),
            ("next week", Some(When::Weekday(1))),
            ("الأسبوع المقبل", Some(When::Weekday(1))),
            ("jeudi", Some(When::Weekday(4))),
            ("Jeudi prochain.", Some(When::Weekday(4))),
            ("lundi, merci", Some(When::Weekday(1))),
            ("thursday", Some(When::Weekday(4))),
            ("on Friday", Some(When::Weekday(5))),
            ("الخميس", Some(When::Weekday(4))),
            ("يوم الأحد القادم", Some(When::Weekday(7))),
            ("demain", Some(When::Days(1))),
            ("après-demain", Some(When::Days(2))),
            ("tomorrow", Some(When::Days(1))),
            ("the day after tomorrow", Some(When::Days(2))),
            ("غدا", Some(When::Days(1))),
            ("بعد غد", Some(When::Days(2))),
            ("12/12", Some(When::Date(12, 12, None))),
            ("le 12/12/2026", Some(When::Date(12, 12, Some(2026)))),
            ("2026-12-12", Some(When::Date(12, 12, Some(2026)))),
            ("le 12 décembre", Some(When::Date(12, 12, None))),
            ("mardi 1er décembre 2026", Some(When::Date(1, 12, Some(2026)))),
            ("12 December", Some(When::Date(12, 12, None))),
            ("١٢ دجنبر", Some(When::Date(12, 12, None))),
            ("bientôt", None),
            ("jeudi ou vendredi", None),
            ("jeudi si le colis arrive", None),
            ("quand le vendeur aura écrit", None),
            ("5 12", None),
            ("", None),
        ] {
            assert_eq!(read(text, |words| lexicon.find(words)), when, "{text}");
        }
    }
}
