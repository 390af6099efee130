//! Working days: when a deadline ends, and when a reminder may leave (DOMAIN §2.5, I12).

use super::page::{Page, Table, Word};
use super::words::{Duration, known, meaning};
use crate::domain::{Day, Fault, Instant, Zone, zones_are_current};
use std::collections::BTreeMap;

/// The time zone of the service and the days on which people work there.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: Zone,
    weekend: Vec<i8>,
    holidays: BTreeMap<Day, String>,
    until: Day,
    /// The last of the holidays that follow the moon.
    last_moon: Option<Day>,
}

/// Names of the days with their number, Monday first.
const WEEKDAYS: [(&str, i8); 7] = [("monday", 1), ("tuesday", 2), ("wednesday", 3), ("thursday", 4), ("friday", 5), ("saturday", 6), ("sunday", 7)];

/// At what hour of the morning reminders leave.
const MORNING: i8 = 9;

/// From which hour on, and before which, a reminder may leave (DOMAIN I12): nobody is reminded at night.
const WAKING: std::ops::Range<i8> = 8..20;

/// Never more days than this pass between two holidays that follow the moon: from the second day of Aïd al-Mawlid (13 Rabi' I) to Aïd al-Fitr (1 Chawwal).
const LONGEST_MOON: i64 = 196;

/// How many days in a row nobody could possibly be off; a calendar that says otherwise is not followed further.
const LONGEST_REST: usize = 400;

impl Calendar {
    /// Reads `text`, the content of `file`.
    ///
    /// # Errors
    /// Every mistake of the file, also that the program's time-zone database is too old for Morocco (DOMAIN §2.5).
    pub fn parse(file: &str, text: &str) -> Result<Calendar, Vec<Fault>> {
        let page = Page::new(file, text);
        let calendar = read(&page);
        match calendar {
            Some(calendar) if page.is_sound() => Ok(calendar),
            _ => Err(page.into_faults()),
        }
    }

    /// The time zone in which days begin and end.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The last day that the list of holidays covers.
    pub fn ends(&self) -> Day {
        self.until
    }

    /// The last of the holidays that follow the moon, if it is so long before `day` that one must be missing from the list.
    pub fn moon_ends(&self, day: Day) -> Option<Day> {
        self.last_moon.filter(|last| last.plus(LONGEST_MOON) < day)
    }

    /// Whether people work on `day`.
    pub fn is_working_day(&self, day: Day) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.contains_key(&day)
    }

    /// Whether `day` is the first day of its week on which people work.
    pub fn is_first_of_week(&self, day: Day) -> bool {
        let before = 1..i64::from(day.weekday());
        self.is_working_day(day) && !before.into_iter().any(|back| self.is_working_day(day.plus(back.saturating_neg())))
    }

    /// `day` if people work on it, else the next day on which they do.
    pub fn working_day_from(&self, day: Day) -> Day {
        (0..LONGEST_REST as i64).map(|later| day.plus(later)).find(|day| self.is_working_day(*day)).unwrap_or(day)
    }

    /// The working day that is reached `days` days after `day`, or the next one.
    pub fn add_days(&self, day: Day, days: u16) -> Day {
        self.working_day_from(day.plus(i64::from(days)))
    }

    /// The last of `days` working days that follow `day`.
    pub fn add_working_days(&self, day: Day, days: u16) -> Day {
        (0..days).fold(day, |day, _| self.working_day_from(day.plus(1)))
    }

    /// When `duration` from `from` is over: the civil day, and its last minute.
    pub fn civil_deadline(&self, from: Instant, duration: Duration) -> (Day, Instant) {
        let day = self.day_after(from, duration);
        (day, self.zone.end_of(day))
    }

    /// When a reminder leaves that is meant for `duration` after `from`: in the morning of a working day.
    pub fn civil_reminder(&self, from: Instant, duration: Duration) -> Instant {
        self.morning_of(self.day_after(from, duration))
    }

    /// The morning of `day`, or of the next working day.
    pub fn morning_of(&self, day: Day) -> Instant {
        self.zone.at(self.working_day_from(day), MORNING, 0)
    }

    /// The morning of the next working day after `now`, or of this one if it is still to come.
    pub fn next_morning(&self, now: Instant) -> Instant {
        let today = self.zone.day_of(now);
        let morning = self.morning_of(today);
        if morning > now { morning } else { self.morning_of(today.plus(1)) }
    }

    /// The first moment from `now` on at which a reminder may leave: `now` if it is a working day between eight and twenty o'clock, else a morning.
    pub fn waking_from(&self, now: Instant) -> Instant {
        let (today, hour) = (self.zone.day_of(now), self.zone.hour_of(now));
        match self.is_working_day(today) {
            true if WAKING.contains(&hour) => now,
            true if hour >= WAKING.end => self.morning_of(today.plus(1)),
            _ => self.morning_of(today),
        }
    }

    fn day_after(&self, from: Instant, duration: Duration) -> Day {
        let today = self.zone.day_of(from);
        match duration {
            Duration::Days(days) => self.add_days(today, days),
            Duration::WorkingDays(days) => self.add_working_days(today, days),
        }
    }
}

fn read(page: &Page) -> Option<Calendar> {
    let mut table = page.table()?.named("the calendar");
    let zone = read_zone(page, &mut table);
    let weekend = read_weekend(page, &mut table);
    let until = table.needed_text("until", "\"2028-12-31\"").and_then(|word| read_day(page, &word));
    let (mut holidays, mut last_moon, mut late) = (BTreeMap::new(), None, Vec::new());
    for key in ["holidays", "expected"] {
        for (day, name) in table.table(key).map(|mut rows| rows.remaining_texts()).unwrap_or_default() {
            let Some(date) = read_day(page, &day) else { continue };
            if name.text.trim().is_empty() {
                page.fault(Some(name.at), format!("The holiday on {date} has no name; say which it is, so that others can check it."));
            }
            if until.is_some_and(|until| date > until) {
                late.push((date, day.at));
            }
            if key == "expected" {
                last_moon = last_moon.max(Some(date));
            }
            if holidays.insert(date, name.text).is_some() {
                page.fault(Some(day.at), format!("{date} is listed twice; keep one of the two lines."));
            }
        }
    }
    after_the_end(page, late);
    table.end();
    Some(Calendar { zone: zone?, weekend, holidays, until: until?, last_moon })
}

/// Notes the holidays that are listed beyond the end of the list: a wrong end is one fault, however many come after it.
fn after_the_end(page: &Page, mut late: Vec<(Day, usize)>) {
    late.sort_unstable();
    match late[..] {
        [] => {}
        [(date, at)] => page.fault(Some(at), format!("{date} comes after the end of the list; move \"until\" to the end of its year.")),
        [(first, at), .., (last, _)] => {
            let sentence =
                format!("{} holidays from {first} to {last} come after the end of the list; move \"until\" to the end of the last one's year.", late.len());
            page.fault(Some(at), sentence);
        }
    }
}

fn read_day(page: &Page, word: &Word) -> Option<Day> {
    let day = Day::parse(&word.text).ok();
    if day.is_none() {
        page.fault(Some(word.at), format!("\"{}\" is no day; write it as YYYY-MM-DD, for example 2027-01-11.", word.text));
    }
    day
}

fn read_zone(page: &Page, table: &mut Table) -> Option<Zone> {
    let word = table.needed_text("zone", "\"Africa/Casablanca\"")?;
    let zone = Zone::named(&word.text);
    match &zone {
        None => page.fault(Some(word.at), format!("\"{}\" is no time zone; write an IANA name, for example \"Africa/Casablanca\".", word.text)),
        Some(_) if !zones_are_current() => page.fault(
            Some(word.at),
            "This program's time-zone database is older than 2026c and one hour wrong for Morocco; install a newer release of the program.",
        ),
        Some(_) => {}
    }
    zone
}

fn read_weekend(page: &Page, table: &mut Table) -> Vec<i8> {
    let at = table.at();
    let words = table.texts("weekend");
    let mut days: Vec<i8> = words.iter().filter_map(|word| page.choose(word, "day of the week", &known(&WEEKDAYS), |text| meaning(&WEEKDAYS, text))).collect();
    days.sort_unstable();
    days.dedup();
    if days.len() > 4 {
        page.fault(words.first().map_or(at, |word| Some(word.at)), "Fewer than three working days a week are left; list only the days off in \"weekend\".");
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
zone = "Africa/Casablanca"
weekend = ["saturday", "sunday"]
until = "2027-12-31"
[holidays]
2026-11-18 = "Independence"
2027-01-01 = "New Year"
[expected]
2027-03-10 = "Aid al-Fitr"
2027-03-11 = "Aid al-Fitr"
"#;

    fn calendar() -> Calendar {
        Calendar::parse("calendar.toml", TEXT).unwrap()
    }

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    #[test]
    fn a_deadline_ends_in_the_last_minute_of_a_working_day() {
        let (day, due) = calendar().civil_deadline(at("2026-11-23T10:00:00Z"), Duration::Days(5));
        assert_eq!((day.to_string().as_str(), due.rfc3339().as_str()), ("2026-11-30", "2026-11-30T23:59:00Z"));
        let (day, _) = calendar().civil_deadline(at("2026-11-13T10:00:00Z"), Duration::WorkingDays(3));
        assert_eq!(day.to_string(), "2026-11-19", "a week-end and a holiday are passed over");
        let (day, _) = calendar().civil_deadline(at("2027-03-05T10:00:00Z"), Duration::Days(5));
        assert_eq!(day.to_string(), "2027-03-12", "two holidays in a row");
    }

    #[test]
    fn reminders_leave_in_the_morning_of_a_working_day() {
        assert_eq!(calendar().civil_reminder(at("2026-12-30T23:30:00Z"), Duration::Days(2)).rfc3339(), "2027-01-04T09:00:00Z");
    }

    #[test]
    fn a_reminder_that_was_missed_leaves_when_people_are_awake_and_at_work() {
        let leaves = |now: &str| calendar().waking_from(at(now)).rfc3339();
        assert_eq!(leaves("2026-11-23T10:30:00Z"), "2026-11-23T10:30:00Z");
        assert_eq!(leaves("2026-11-23T19:59:59Z"), "2026-11-23T19:59:59Z");
        assert_eq!(leaves("2026-11-23T20:00:00Z"), "2026-11-24T09:00:00Z");
        assert_eq!(leaves("2026-11-24T03:00:00Z"), "2026-11-24T09:00:00Z");
        assert_eq!(leaves("2026-11-17T22:00:00Z"), "2026-11-19T09:00:00Z", "a holiday follows");
        assert_eq!(leaves("2026-11-21T11:00:00Z"), "2026-11-23T09:00:00Z", "a Saturday");
    }

    #[test]
    fn a_list_that_lacks_a_moon_is_told_from_one_that_waits_for_the_next() {
        let until = |day| calendar().moon_ends(Day::parse(day).unwrap()).map(|day| day.to_string());
        assert_eq!((until("2027-06-01"), until("2027-12-31").as_deref()), (None, Some("2027-03-11")));
    }

    #[test]
    fn a_day_begins_in_the_zone_and_not_in_utc() {
        let text = TEXT.replace("Africa/Casablanca", "Asia/Tokyo");
        let calendar = Calendar::parse("calendar.toml", &text).unwrap();
        let (day, due) = calendar.civil_deadline(at("2026-11-23T16:00:00Z"), Duration::WorkingDays(1));
        assert_eq!((day.to_string().as_str(), due.rfc3339().as_str()), ("2026-11-25", "2026-11-25T14:59:00Z"));
    }

    #[test]
    fn the_calendar_of_the_house_is_sound() {
        let calendar = Calendar::parse("calendar.toml", include_str!("../../config/calendar.toml")).unwrap();
        assert_eq!(calendar.zone().name(), "Africa/Casablanca");
        assert!(!calendar.is_working_day(Day::new(2028, 11, 6).unwrap()));
        assert!(calendar.ends() >= Day::new(2028, 12, 31).unwrap());
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let text = "zone = \"Africa/Casa\"\nweekend = [\"saterday\"]\nuntil = \"2026-12-31\"\nends = 3\n[holidays]\n2027-01-01 = \"x\"\n2026-13-01 = \"y\"\n";
        let faults = Calendar::parse("calendar.toml", text).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [1, 2, 4, 6, 7]);
    }
}
