//! The registry of merchants: sealed under the intake key, because a merchant belongs to no one dispute, and found through keyed hashes.

use super::seal::{Place, Sealer};
use super::{Result, Store, StoreError, Work, bytes, number, sql};
use crate::domain::Merchant;
use crate::domain::merchant::{Identifier, Trace};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use std::collections::BTreeSet;

const SEALED: &str = "merchants.sealed";
/// Merchants that are looked at for one trace: more than so many have nothing in common but a usual word.
const MOST_OF_A_TRACE: i64 = 20;
/// Rows that are read at a time.
const PAGE: i64 = 500;

/// What became of a merchant's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is new.
    New,
    /// It says something else than before.
    Changed,
    /// It is as it was.
    Same,
}

impl Work {
    /// Every merchant that has one of `traces`: at most 20 for each of them.
    pub async fn merchants_with(&mut self, traces: impl Iterator<Item = &Trace>) -> Result<Vec<Merchant>> {
        let inner = self.inner();
        with(self.connection().await?, &inner.sealer, traces).await
    }

    /// The merchant of that identifier.
    pub async fn merchant(&mut self, identifier: &Identifier) -> Result<Option<Merchant>> {
        let (connection, sealer) = self.parts().await?;
        let row = sqlx::query(sql::MERCHANT).bind(identifier_index(sealer, identifier)).fetch_optional(connection).await?;
        row.map(|row| open(sealer, &row)).transpose()
    }

    /// Keeps `merchant` in place of the one with the same identifier, and by what it is found.
    pub async fn keep_merchant(&mut self, merchant: &Merchant) -> Result<Kept> {
        let (connection, sealer) = self.parts().await?;
        let row = sqlx::query(sql::MERCHANT).bind(identifier_index(sealer, &merchant.identifier)).fetch_optional(connection).await?;
        let (id, version) = match &row {
            Some(row) if open(sealer, row)? == *merchant => return Ok(Kept::Same),
            Some(row) => (number(row, 0)?, number(row, 1)?.saturating_add(1)),
            None => {
                let row = sqlx::query(sql::NUMBERS).bind("merchant").bind(1i64).fetch_one(self.connection().await?).await?;
                (number(&row, 0)?, 1)
            }
        };
        let (connection, sealer) = self.parts().await?;
        let json = zeroize::Zeroizing::new(serde_json::to_vec(merchant).map_err(|_| StoreError::damaged(SEALED, "(writing)"))?);
        let sealed = sealer.seal(&sealer.intake, &Place::of(SEALED, None, &[id, version]), &json)?;
        let save = sqlx::query(sql::MERCHANT_SAVE).bind(id).bind(identifier_index(sealer, &merchant.identifier)).bind(merchant.origin.name());
        save.bind(version).bind(sealed).execute(&mut *connection).await?;
        sqlx::query(sql::MERCHANT_TRACES_DELETE).bind(id).execute(&mut *connection).await?;
        let traces: BTreeSet<Vec<u8>> = merchant.traces().iter().map(|trace| trace_index(sealer, trace)).collect();
        for trace in traces {
            sqlx::query(sql::MERCHANT_TRACE_SAVE).bind(trace).bind(id).execute(&mut *connection).await?;
        }
        Ok(if row.is_some() { Kept::Changed } else { Kept::New })
    }
}

impl Store {
    /// Every merchant, in the order in which they came into the registry.
    pub async fn merchants(&self) -> Result<Vec<Merchant>> {
        let mut connection = self.reading().await?;
        let (mut all, mut after) = (Vec::new(), 0i64);
        loop {
            let rows = sqlx::query(sql::MERCHANTS_AFTER).bind(after).bind(PAGE).fetch_all(&mut *connection).await?;
            let Some(last) = rows.last() else { return Ok(all) };
            after = number(last, 0)?;
            for row in &rows {
                all.push(open(self.sealer(), row)?);
            }
        }
    }
}

async fn with(connection: &mut AnyConnection, sealer: &Sealer, traces: impl Iterator<Item = &Trace>) -> Result<Vec<Merchant>> {
    let wanted: BTreeSet<Vec<u8>> = traces.map(|trace| trace_index(sealer, trace)).collect();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for trace in wanted {
        let rows = sqlx::query(sql::MERCHANTS_BY_TRACE).bind(trace).bind(MOST_OF_A_TRACE).fetch_all(&mut *connection).await?;
        for row in rows {
            if seen.insert(number(&row, 0)?) {
                found.push(open(sealer, &row)?);
            }
        }
    }
    Ok(found)
}

/// Opens a row of id, version and sealed record.
fn open(sealer: &Sealer, row: &AnyRow) -> Result<Merchant> {
    let json = sealer.intake.open(&Place::of(SEALED, None, &[number(row, 0)?, number(row, 1)?]), &bytes(row, 2)?)?;
    serde_json::from_slice(&json).map_err(|_| StoreError::damaged(SEALED, "(reading)"))
}

fn identifier_index(sealer: &Sealer, identifier: &Identifier) -> Vec<u8> {
    sealer.index("merchant", identifier.as_str().as_bytes())
}

/// The keyed hash of a trace; a name, a domain and a handle of the same letters have different ones.
fn trace_index(sealer: &Sealer, trace: &Trace) -> Vec<u8> {
    let (kind, text) = trace.key();
    sealer.index("merchant trace", format!("{} {text}", kind.name()).as_bytes())
}
