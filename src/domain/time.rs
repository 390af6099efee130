//! Instants, civil days and the time zone: the only user of jiff.
//!
//! The zone comes from the database bundled with the program, never from the system's: a stale system database is
//! silently one hour wrong for Morocco since 2026-09-20 (DOMAIN §2.5).

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A moment, in microseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// A moment from microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the Unix epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment `seconds` later (earlier when negative).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// The same time of day in UTC `months` later; where that month has no such day, on its last.
    pub fn plus_months(self, months: i32) -> Self {
        let later = |stamp| {
            let later = Offset::UTC.to_datetime(stamp).checked_add(jiff::Span::new().try_months(months)?)?;
            Offset::UTC.to_timestamp(later)
        };
        Timestamp::from_microsecond(self.0).and_then(later).map_or(self, |later| Self(later.as_microsecond()))
    }

    /// Whole seconds from `earlier` to `self`, negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0) / 1_000_000
    }

    /// Reads RFC 3339, e.g. `2026-11-23T09:00:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|stamp| Self(stamp.as_microsecond()))
    }

    /// RFC 3339 in UTC, to the second.
    pub fn rfc3339(self) -> String {
        self.stamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// The `Date:` field of RFC 5322 in UTC, e.g. `Mon, 23 Nov 2026 09:00:00 +0000`.
    pub fn rfc5322(self) -> String {
        self.stamp().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }

    fn stamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// A day of the civil calendar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(civil::Date);

/// Why a text is not a [`Day`].
#[derive(Debug, thiserror::Error)]
#[error("a day is written YYYY-MM-DD, for example 2026-11-23")]
pub struct NotADay;

impl Day {
    /// The day `year`-`month`-`day`, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Self, NotADay> {
        text.parse().map(Self).map_err(|_| NotADay)
    }

    /// The day `days` later (earlier when negative); the calendar's end stands still.
    pub fn plus(self, days: i64) -> Self {
        jiff::Span::new().try_days(days).ok().and_then(|span| self.0.checked_add(span).ok()).map_or(self, Self)
    }

    /// Monday is 1, Sunday 7.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// Year, e.g. 2026.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        Self::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

/// A time zone of the bundled database.
#[derive(Clone)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// The zone of that IANA name, e.g. `Africa/Casablanca`.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self { name: name.to_owned(), zone })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The civil day at `instant`.
    pub fn day_of(&self, instant: Instant) -> Day {
        Day(self.zone.to_datetime(instant.stamp()).date())
    }

    /// Hour of the day (0 to 23) at `instant`.
    pub fn hour_of(&self, instant: Instant) -> i8 {
        self.zone.to_datetime(instant.stamp()).hour()
    }

    /// The moment at which the clock of this zone shows `hour`:`minute` on `day`.
    pub fn at(&self, day: Day, hour: i8, minute: i8) -> Instant {
        let wall = day.0.at(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0);
        let stamp = self.zone.to_ambiguous_zoned_datetime(wall).compatible().map(|zoned| zoned.timestamp());
        Instant(stamp.map_or(0, Timestamp::as_microsecond))
    }

    /// Whether the clock of this zone shows UTC at `instant`.
    pub fn is_utc_at(&self, instant: Instant) -> bool {
        self.zone.to_offset(instant.stamp()).seconds() == 0
    }

    /// The last minute of `day`: a deadline that ends on `day` is over after it (DOMAIN I12).
    pub fn end_of(&self, day: Day) -> Instant {
        self.at(day, 23, 59)
    }
}

/// Whether the zone database inside the program is new enough: Morocco is on UTC for good since 2026-09-20 (IANA 2026c), and an
/// older database is silently one hour wrong (DOMAIN §2.5).
pub fn zones_are_current() -> bool {
    // 2026-11-01T12:00:00Z.
    const NOON: Instant = Instant::from_micros(1_793_534_400_000_000);
    Zone::named("Africa/Casablanca").is_some_and(|zone| zone.is_utc_at(NOON))
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_months_end_on_the_same_day_or_on_the_last_of_the_month() {
        for (day, later) in [("2026-11-29", "2027-05-29"), ("2026-08-31", "2027-02-28"), ("2026-03-31", "2026-09-30"), ("2026-06-15", "2026-12-15")] {
            let at = |day: &str| Instant::parse(&format!("{day}T23:30:05Z")).unwrap();
            assert_eq!(at(day).plus_months(6), at(later));
        }
        assert_eq!(Instant::from_micros(i64::MAX).plus_months(6), Instant::from_micros(i64::MAX));
    }

    #[test]
    fn the_bundled_zone_knows_that_morocco_is_on_utc_since_september_2026() {
        let zone = Zone::named("Africa/Casablanca").unwrap();
        let noon = Instant::parse("2026-11-01T12:00:00Z").unwrap();
        assert_eq!((zone.hour_of(noon), noon.micros()), (12, 1_793_534_400_000_000));
        assert!(zones_are_current() && zone.is_utc_at(noon));
        assert!(!Zone::named("Africa/Algiers").unwrap().is_utc_at(noon), "an old database says that of Casablanca too");
        let before = Instant::parse("2026-08-01T12:00:00Z").unwrap();
        assert!(zone.hour_of(before) == 13 && !zone.is_utc_at(before));
        assert_eq!(zone.end_of(Day::new(2026, 11, 1).unwrap()).rfc3339(), "2026-11-01T23:59:00Z");
    }

    #[test]
    fn days_and_instants_are_written_and_read() {
        let day = Day::parse("2028-02-28").unwrap();
        assert_eq!(day.plus(2).to_string(), "2028-03-01");
        assert_eq!(Day::parse("2026-11-23").unwrap().weekday(), 1);
        assert_eq!(Instant::parse("2026-11-23T09:00:00+01:00").unwrap().rfc5322(), "Mon, 23 Nov 2026 08:00:00 +0000");
    }
}
