//! Refresh tokens that a provider gave in place of the configured ones (RFC 6749 §6). Access tokens are kept nowhere.

use super::error::StoreError;
use super::seal::Place;
use super::{Result, Store, bytes, plain, sql, text};
use crate::domain::Instant;
use sqlx::AnyConnection;
use zeroize::Zeroizing;

const SEALED: &str = "tokens.sealed";

impl Store {
    /// The token that took the place of `configured`, if one did.
    pub async fn rotated_token(&self, configured: &str) -> Result<Option<Zeroizing<String>>> {
        let index = self.token_index(configured);
        let found = sqlx::query(sql::TOKEN).bind(index.as_slice()).fetch_optional(&mut *self.reading().await?).await?;
        let Some(found) = found else { return Ok(None) };
        let opened = self.sealer().intake.open(&Place::of(SEALED, None, &row_of(&index)), &bytes(&found, 0)?)?;
        let token = std::str::from_utf8(&opened).map_err(|_| StoreError::damaged(SEALED, ""))?;
        Ok(Some(Zeroizing::new(token.to_owned())))
    }

    /// Keeps the token that takes the place of `configured`, for that login, which has no other any more.
    pub async fn keep_rotated_token(&self, login: &str, configured: &str, token: &str, now: Instant) -> Result<()> {
        let index = self.token_index(configured);
        let sealed = self.sealer().seal(&self.sealer().intake, &Place::of(SEALED, None, &row_of(&index)), token.as_bytes())?;
        let login = plain("a login's name", login)?;
        let mut work = self.begin().await?;
        sqlx::query(sql::TOKEN_FORGET).bind(login).bind(index.clone()).execute(work.connection().await?).await?;
        sqlx::query(sql::TOKEN_KEEP).bind(login).bind(index).bind(sealed).bind(now.micros()).execute(work.connection().await?).await?;
        work.commit().await
    }

    /// Opens every token.
    pub(super) async fn check_tokens(&self, connection: &mut AnyConnection, faults: &mut Vec<String>) -> Result<()> {
        for row in sqlx::query(sql::TOKENS).fetch_all(&mut *connection).await? {
            if self.sealer().intake.open(&Place::of(SEALED, None, &row_of(&bytes(&row, 1)?)), &bytes(&row, 2)?).is_err() {
                faults.push(format!("The refresh token of {} does not open with the service's key.", text(&row, 0)?));
            }
        }
        Ok(())
    }

    /// The keyed hash under which the token is found that took the place of `configured`.
    fn token_index(&self, configured: &str) -> Vec<u8> {
        self.sealer().index("refresh token", configured.as_bytes())
    }
}

/// For which row a token is sealed.
fn row_of(index: &[u8]) -> [i64; 1] {
    [i64::from_be_bytes(index.first_chunk().copied().unwrap_or_default())]
}
