//! What must hold before a unit of work commits, and is looked into beside it.

use tokio::task::JoinSet;

/// Checks that were begun. Dropped, those that were not reached are not made.
#[derive(Default)]
pub(super) struct Promises(JoinSet<bool>);

impl Promises {
    /// Begins to find out whether something holds.
    pub(super) fn add(&mut self, holds: impl FnOnce() -> bool + Send + 'static) {
        self.0.spawn(async move { holds() });
    }

    /// Whether everything holds; what broke down does not.
    pub(super) async fn are_kept(mut self) -> bool {
        while let Some(kept) = self.0.join_next().await {
            if !kept.unwrap_or(false) {
                return false;
            }
        }
        true
    }
}
