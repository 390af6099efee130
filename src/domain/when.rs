//! A day that somebody names for later.

use super::time::Day;
use serde::{Deserialize, Serialize};

/// How it is named (DOMAIN §7.3, feature 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// In so many days.
    Days(u16),
    /// The next day of that name: Monday is 1.
    Weekday(i8),
    /// A date: day, month, and the year if it is written.
    Date(i8, i8, Option<i16>),
}

impl When {
    /// The day that is meant by whoever says so on `today`: always a later one. `None` if there is no such day.
    pub fn after(self, today: Day) -> Option<Day> {
        let day = match self {
            When::Days(days) => today.plus(i64::from(days)),
            When::Weekday(weekday) => {
                let ahead = i64::from(weekday).saturating_sub(i64::from(today.weekday())).rem_euclid(7);
                today.plus(if ahead == 0 { 7 } else { ahead })
            }
            When::Date(day, month, Some(year)) => Day::new(year, month, day)?,
            When::Date(day, month, None) => {
                let next = |year: i16| Day::new(year, month, day).filter(|day| *day > today);
                next(today.year()).or_else(|| next(today.year().saturating_add(1)))?
            }
        };
        (day > today).then_some(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_named_is_always_a_later_one() {
        // A Monday.
        let today = Day::parse("2026-11-30").unwrap();
        for (when, day) in [
            (When::Days(5), Some("2026-12-05")),
            (When::Days(0), None),
            (When::Weekday(4), Some("2026-12-03")),
            (When::Weekday(1), Some("2026-12-07")),
            (When::Weekday(7), Some("2026-12-06")),
            (When::Date(12, 12, None), Some("2026-12-12")),
            (When::Date(4, 1, None), Some("2027-01-04")),
            (When::Date(30, 11, None), Some("2027-11-30")),
            (When::Date(12, 12, Some(2026)), Some("2026-12-12")),
            (When::Date(12, 11, Some(2026)), None),
            (When::Date(31, 2, None), None),
        ] {
            assert_eq!(when.after(today).map(|day| day.to_string()).as_deref(), day, "{when:?}");
        }
    }
}
