//! SQLite's write-ahead log: folded into the file beside whoever writes, who then need not wait for it.

use super::{Kind, Result, Store};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

/// After so many statements that write, the log is worth folding: some two to three pages each. Of mails that come one by one, hardly any meets it then.
const MANY: usize = 4_000;

/// How much was written since the log was folded.
#[derive(Default)]
pub(super) struct Log {
    statements: AtomicUsize,
    is_long: Notify,
}

impl Log {
    /// So many statements wrote something, and are committed.
    pub(super) fn grew_by(&self, statements: usize) {
        if self.statements.fetch_add(statements, Ordering::Relaxed).saturating_add(statements) >= MANY {
            self.is_long.notify_one();
        }
    }
}

impl Store {
    /// Waits until the log is worth folding; on PostgreSQL, which keeps its own, for ever.
    pub async fn log_is_long(&self) {
        self.inner.log.is_long.notified().await;
    }

    /// Folds what is committed into the file, as far as nobody reads what was there before; whoever writes or reads goes on meanwhile.
    /// What is left is folded the next time, or by the writer where the log became very long.
    pub async fn fold_log(&self) -> Result<()> {
        self.inner.log.statements.store(0, Ordering::Relaxed);
        if self.inner.kind == Kind::Sqlite {
            let mut connection = self.reading().await?;
            // What is folded is on the disk before the log begins anew.
            sqlx::query("PRAGMA synchronous = FULL").execute(&mut *connection).await?;
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").fetch_all(&mut *connection).await?;
        }
        Ok(())
    }
}
