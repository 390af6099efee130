//! Whether the pages of a database fit each other: what no single statement notices, and every later one builds on.

use super::{Result, Store, StoreError};
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions, Connection, Row};
use std::str::FromStr;

impl Store {
    /// Reads the whole database once, over a connection of its own, and says whether its pages fit each other. That takes minutes where it is large, and
    /// nobody waits for it. A server looks after its own files: there it is always so.
    pub async fn is_whole(&self) -> Result<bool> {
        let Some(url) = &self.inner.url else { return Ok(true) };
        // Closed on another file beside the old log, this connection would fold that log into it.
        self.in_place()?;
        let options = AnyConnectOptions::from_str(url)?.disable_statement_logging();
        let mut connection = AnyConnection::connect_with(&options).await?;
        let looked = sqlx::query("PRAGMA quick_check(1)").fetch_one(&mut connection).await.map_err(StoreError::from);
        let _ = connection.close().await;
        match looked {
            Ok(row) => Ok(row.try_get::<String, _>(0)? == "ok"),
            Err(StoreError::Torn(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}
