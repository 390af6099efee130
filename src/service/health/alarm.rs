//! When the operator is told: once when something is wrong and stays so, once when nothing is any more and it stays so.

use std::time::Duration;

/// How long what the operator was told of last may not be told of again, however often it comes and goes.
const QUIET: Duration = Duration::from_secs(3_600);

/// Where the alarm stands. Times are those that passed since some beginning: no clock that is set rings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// The operator knows that something is wrong.
    ringing: bool,
    /// When the operator was last told of something.
    told: Option<Duration>,
    /// Since when it is otherwise than the operator knows.
    otherwise: Option<Duration>,
}

/// What the operator is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// Nothing.
    Nothing,
    /// Something is wrong, for so long.
    Trouble(Duration),
    /// All is well again.
    WellAgain,
}

impl Alarm {
    /// As it stood when the daemon started: whether it rings, and how long ago the operator was told.
    pub fn begin(ringing: bool, told_before: Option<Duration>, now: Duration) -> Self {
        // Told before the beginning of these times: what is left of the quiet hour is kept.
        let told = told_before.filter(|before| *before < QUIET).map(|before| now.saturating_sub(before));
        Self { ringing, told, otherwise: None }
    }

    /// Whether the operator knows, as far as this goes.
    pub fn is_ringing(&self) -> bool {
        self.ringing
    }

    /// What is to be told now that something is wrong, or nothing is, or nobody knows. Whoever told it says so by [`Alarm::was_told`].
    pub fn look(&mut self, wrong: impl Into<Option<bool>>, after: Duration, now: Duration) -> Say {
        let Some(wrong) = wrong.into().filter(|wrong| *wrong != self.ringing) else {
            self.otherwise = None;
            return Say::Nothing;
        };
        let since = *self.otherwise.get_or_insert(now);
        let lasted = now.saturating_sub(since);
        let quiet = self.told.is_some_and(|told| now.saturating_sub(told) < QUIET);
        match wrong {
            _ if lasted < after => Say::Nothing,
            true if quiet => Say::Nothing,
            true => Say::Trouble(lasted),
            false => Say::WellAgain,
        }
    }

    /// The operator was told.
    pub fn was_told(&mut self, now: Duration) {
        self.ringing = !self.ringing;
        self.otherwise = None;
        if self.ringing {
            self.told = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told of what is wrong in each minute, each letter sent.
    fn told(minutes: impl IntoIterator<Item = bool>) -> Vec<(u64, &'static str)> {
        let mut alarm = Alarm::begin(false, None, Duration::ZERO);
        let mut letters = Vec::new();
        for (minute, wrong) in (0_u64..).zip(minutes) {
            let now = Duration::from_secs(minute * 60);
            let letter = match alarm.look(wrong, Duration::from_secs(300), now) {
                Say::Nothing => continue,
                Say::Trouble(_) => "trouble",
                Say::WellAgain => "well",
            };
            alarm.was_told(now);
            letters.push((minute, letter));
        }
        letters
    }

    fn spell(spells: &[(usize, bool)]) -> Vec<bool> {
        spells.iter().flat_map(|(minutes, wrong)| std::iter::repeat_n(*wrong, *minutes)).collect()
    }

    #[test]
    fn what_lasts_is_told_once_and_its_end_once() {
        assert_eq!(told(spell(&[(10, false), (600, true), (600, false)])), [(15, "trouble"), (615, "well")]);
        assert!(told(spell(&[(10, false), (5, true), (100, false)])).is_empty(), "what passes within five minutes is not told");
        assert_eq!(told(spell(&[(20, true), (5, false), (20, true)])), [(5, "trouble")], "nor what is well for less");
    }

    #[test]
    fn what_comes_and_goes_is_told_once_an_hour() {
        let flapping = spell(&[(10, true), (10, false)]).repeat(30);
        let troubles: Vec<u64> = told(flapping).into_iter().filter(|(_, letter)| *letter == "trouble").map(|(minute, _)| minute).collect();
        assert!(troubles.windows(2).all(|pair| pair[1] - pair[0] >= 60) && troubles.len() >= 8, "{troubles:?}");
    }

    #[test]
    fn a_restart_repeats_nothing() {
        let (five, later) = (Duration::from_secs(300), Duration::from_secs(9_000));
        let mut ringing = Alarm::begin(true, Some(Duration::from_secs(60)), Duration::ZERO);
        assert_eq!(ringing.look(true, five, Duration::ZERO), Say::Nothing);
        assert_eq!(ringing.look(None, five, later), Say::Nothing, "it is too early to say that all is well");
        assert_eq!(ringing.look(true, five, later), Say::Nothing);
        assert_eq!(ringing.look(false, five, later), Say::Nothing);
        assert_eq!(ringing.look(false, five, later + five), Say::WellAgain);
        let mut over = Alarm::begin(false, Some(Duration::from_secs(60)), later);
        assert_eq!(over.look(true, five, later), Say::Nothing);
        assert_eq!(over.look(true, five, later + five), Say::Nothing, "within the hour");
        assert_eq!(over.look(true, five, later + QUIET), Say::Trouble(QUIET));
    }

    #[test]
    fn what_could_not_be_told_is_told_at_the_next_look() {
        let mut alarm = Alarm::begin(false, None, Duration::ZERO);
        let at = Duration::from_secs;
        assert_eq!(alarm.look(true, at(5), at(0)), Say::Nothing);
        assert_eq!(alarm.look(true, at(5), at(5)), Say::Trouble(at(5)));
        assert_eq!(alarm.look(true, at(5), at(6)), Say::Trouble(at(6)));
        alarm.was_told(at(6));
        assert_eq!(alarm.look(true, at(5), at(7)), Say::Nothing);
    }
}
