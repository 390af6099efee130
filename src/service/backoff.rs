//! How long to wait after something failed.

use std::time::Duration;

/// Doubles from one second to five minutes, until something succeeds.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    const LONGEST: Duration = Duration::from_secs(300);

    /// Something succeeded.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// Something failed: how long to wait. `asked` is what the server asked for.
    pub fn wait(&mut self, asked: Option<Duration>) -> Duration {
        let own = Duration::from_secs(1_u64.checked_shl(self.failures.min(16)).unwrap_or(u64::MAX)).min(Self::LONGEST);
        self.failures = self.failures.saturating_add(1);
        asked.map_or(own, |asked| asked.max(own))
    }
}

/// When a letter is tried again after its attempt number `attempt`, in seconds: 1, 5 and 15 minutes, then doubling to 4 hours (THREATS §11).
pub fn retry_seconds(attempt: u32) -> i64 {
    match attempt {
        0 | 1 => 60,
        2 => 300,
        3 => 900,
        more => 900_i64.saturating_mul(1_i64.checked_shl(more.saturating_sub(3)).unwrap_or(i64::MAX)).min(14_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes_and_begin_anew_after_a_success() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..11).map(|_| backoff.wait(None).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        backoff.reset();
        assert_eq!(backoff.wait(Some(Duration::from_secs(300))).as_secs(), 300);
    }

    #[test]
    fn letters_are_tried_again_in_minutes_then_hours() {
        assert_eq!([1, 2, 3, 4, 5, 9, 99].map(retry_seconds), [60, 300, 900, 1_800, 3_600, 14_400, 14_400]);
    }
}
