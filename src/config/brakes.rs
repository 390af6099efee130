//! `[brakes]` of `service.toml`: how much may come in from one sender, and how much may leave to one reader, one domain, and in all (THREATS §5, §11).
//!
//! What is counted are rows of the store, over windows that slide: a restart forgets nothing, and several nodes on one store share every limit.

use crate::workflow::page::Table;

/// How much may come in, and how much may leave. What comes in beyond it waits for a person, what leaves beyond it waits for its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brakes {
    /// Mails of one sender that are worked in an hour.
    pub mails_per_hour: u32,
    /// The same for a day.
    pub mails_per_day: u32,
    /// Bytes of one sender that are worked in a day.
    pub bytes_per_day: u64,
    /// Disputes that are opened in an hour, by all senders together: a tenth of what one node can settle.
    pub new_disputes_per_hour: u32,
    /// Disputes that one address may have open as a consumer.
    pub open_disputes: u32,
    /// Letters that one address is sent in a day before answers that move nothing are left out or wait, and disputes that it may open in a day.
    pub answers_per_day: u32,
    /// Letters that may leave to one address in an hour.
    pub letters_per_address: u32,
    /// The same for a registrar, whose letters grow with the number of disputes.
    pub letters_per_registrar: u32,
    /// Letters that may leave in a minute: some providers count so. What is beyond it leaves a minute later, and nobody is told.
    pub letters_per_minute: u32,
    /// Letters that may leave in an hour.
    pub letters_per_hour: u32,
    /// Letters that may leave in a day.
    pub letters_per_day: u32,
    /// Letters that may leave to one domain in an hour, as a share of those in all (%).
    pub domain_percent: u32,
    /// Letters that may leave to one domain in an hour, however small that share is.
    pub domain_least: u32,
}

impl Default for Brakes {
    fn default() -> Self {
        Self {
            mails_per_hour: 30,
            mails_per_day: 100,
            bytes_per_day: 200 << 20,
            new_disputes_per_hour: 10_800,
            open_disputes: 20,
            answers_per_day: 4,
            letters_per_address: 20,
            letters_per_registrar: 100,
            letters_per_minute: 216_000,
            letters_per_hour: 216_000,
            letters_per_day: 5_184_000,
            domain_percent: 5,
            domain_least: 300,
        }
    }
}

impl Brakes {
    /// Letters that may leave to one domain in an hour.
    pub fn letters_per_domain(&self) -> u32 {
        let share = u64::from(self.letters_per_hour).saturating_mul(u64::from(self.domain_percent)) / 100;
        u32::try_from(share).unwrap_or(u32::MAX).max(self.domain_least)
    }

    /// Reads the section; what it does not say stays.
    pub(super) fn read(&mut self, table: &mut Table<'_>) {
        let Some(mut table) = table.table("brakes") else { return };
        self.mails(&mut table);
        let most = u64::from(u32::MAX);
        let places: [(&'static str, &mut u32, u64); 10] = [
            ("new_disputes_per_hour", &mut self.new_disputes_per_hour, 1_000_000),
            ("open_disputes", &mut self.open_disputes, 1_000),
            ("answers_per_day", &mut self.answers_per_day, 1_000),
            ("letters_per_address", &mut self.letters_per_address, 1_000_000),
            ("letters_per_registrar", &mut self.letters_per_registrar, 1_000_000),
            ("letters_per_minute", &mut self.letters_per_minute, most),
            ("letters_per_hour", &mut self.letters_per_hour, most),
            ("letters_per_day", &mut self.letters_per_day, most),
            ("domain_percent", &mut self.domain_percent, 100),
            ("domain_least", &mut self.domain_least, 1_000_000),
        ];
        for (key, place, most) in places {
            *place = small(&mut table, key, most).unwrap_or(*place);
        }
        self.bytes_per_day = table.number("bytes_per_day", (64 << 10)..=(1 << 40)).unwrap_or(self.bytes_per_day);
        table.named("[brakes]").end();
    }

    /// Reads how many mails one sender may write.
    pub(super) fn mails(&mut self, table: &mut Table<'_>) {
        for (key, place) in [("mails_per_hour", &mut self.mails_per_hour), ("mails_per_day", &mut self.mails_per_day)] {
            *place = small(table, key, 1_000_000).unwrap_or(*place);
        }
    }
}

fn small(table: &mut Table<'_>, key: &'static str, most: u64) -> Option<u32> {
    table.number(key, 1..=most).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_one_domain_never_falls_below_a_sane_number() {
        let all = |letters_per_hour| Brakes { letters_per_hour, ..Brakes::default() }.letters_per_domain();
        assert_eq!((all(216_000), all(1_500), all(u32::MAX)), (10_800, 300, 214_748_364));
    }
}
