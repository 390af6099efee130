//! Which cases a mediator can be given: languages, how many at a time, absences, and whose cases that person does not take (DOMAIN §7.3).

use super::address::Address;
use super::language::Language;
use super::time::Day;

/// What the service knows of a mediator besides the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    /// In which languages that person mediates.
    pub languages: Vec<Language>,
    /// The most missions at a time.
    pub most_open: u32,
    /// When that person takes none on.
    pub away: Vec<Absence>,
    /// Whose cases that person never takes.
    pub not_of: Vec<NotOf>,
}

impl Availability {
    /// The most missions at a time of whoever is configured without a number.
    pub const MOST_OPEN: u32 = 40;

    /// Of somebody of whom only the language of the letters is known.
    pub fn speaking(language: Language) -> Self {
        Self { languages: vec![language], most_open: Self::MOST_OPEN, away: Vec::new(), not_of: Vec::new() }
    }

    /// The absence in which `day` lies.
    pub fn absence(&self, day: Day) -> Option<Absence> {
        self.away.iter().copied().find(|absence| (absence.from..=absence.until).contains(&day))
    }
}

/// The days from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// The first.
    pub from: Day,
    /// The last.
    pub until: Day,
}

impl Absence {
    /// Reads `2026-12-21 to 2027-01-04`, or a single day.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once(" to ").unwrap_or((text, text));
        let (from, until) = (Day::parse(from.trim()).ok()?, Day::parse(until.trim()).ok()?);
        (from <= until).then_some(Self { from, until })
    }
}

/// A merchant, or all addresses of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOf {
    /// Exactly that address.
    Address(Address),
    /// Every address there, and below it.
    Domain(String),
}

impl NotOf {
    /// Reads an address or a domain.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(address) = Address::parse(text) {
            return Some(Self::Address(address));
        }
        let domain = text.trim_start_matches('@').to_lowercase();
        let sound = domain.contains('.') && domain.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
        sound.then_some(Self::Domain(domain))
    }

    /// Whether `address` is meant.
    pub fn means(&self, address: &Address) -> bool {
        match self {
            Self::Address(own) => own.is_same(address),
            Self::Domain(own) => {
                let domain = address.domain().to_lowercase();
                domain == *own || domain.strip_suffix(own.as_str()).is_some_and(|above| above.ends_with('.'))
            }
        }
    }
}

/// Why a mediator cannot be given a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Away on that day.
    Away(Absence),
    /// As many missions are open as that person takes.
    Full,
    /// Never takes a case of this merchant.
    NotOf,
    /// A party of the case.
    Party,
    /// Declined it, or stepped down, or worked on it elsewhere.
    Excluded,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_hold_their_first_and_their_last_day() {
        let away = Availability { away: vec![Absence::parse("2026-12-21 to 2027-01-04").unwrap()], ..Availability::speaking(Language::Fr) };
        for (day, is_away) in [("2026-12-20", false), ("2026-12-21", true), ("2027-01-04", true), ("2027-01-05", false)] {
            assert_eq!(away.absence(Day::parse(day).unwrap()).is_some(), is_away, "{day}");
        }
        assert_eq!(Absence::parse("2026-12-21").unwrap().from, Absence::parse("2026-12-21").unwrap().until);
        for wrong in ["", "2027-01-04 to 2026-12-21", "2026-12-21 - 2027-01-04", "December"] {
            assert_eq!(Absence::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_domain_means_what_is_below_it_and_nothing_that_ends_alike() {
        let address = |text: &str| Address::parse(text).unwrap();
        let domain = NotOf::parse("Souk.example").unwrap();
        assert!(domain.means(&address("a@souk.example")) && domain.means(&address("a@mail.souk.example")));
        assert!(!domain.means(&address("a@mysouk.example")) && !domain.means(&address("a@souk.example.org")));
        let one = NotOf::parse("contact@souk.example").unwrap();
        assert!(one.means(&address("contact@souk.example")) && !one.means(&address("a@souk.example")));
        assert!(NotOf::parse("souk").is_none() && NotOf::parse("souk..example").is_none());
    }
}
