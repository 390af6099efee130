//! Writes that wait for the next reading or the commit, and then go to the database together: on SQLite the way there and back, over a thread of its own,
//! takes longer than what is done there.

use super::{Result, StoreError};
use futures_util::TryStreamExt;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Either, Executor};
use std::fmt::Write as _;

/// What stands in a row.
#[derive(Clone, PartialEq)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// A statement of [`sql`](super::sql) that gives no rows, with its values.
pub(super) struct Write {
    statement: &'static str,
    values: Vec<Value>,
    otherwise: Option<StoreError>,
}

impl Write {
    /// One without values.
    pub(super) fn new(statement: &'static str) -> Self {
        Self { statement, values: Vec::new(), otherwise: None }
    }

    /// The next value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// What it means if it does not change exactly one row.
    pub(super) fn or(mut self, fault: StoreError) -> Self {
        self.otherwise = Some(fault);
        self
    }

    /// Whether it is that statement.
    pub(super) fn is(&self, statement: &str) -> bool {
        self.statement == statement
    }

    /// Whether it only marks a point, or forgets it.
    pub(super) fn changes_nothing(&self) -> bool {
        self.statement.contains("SAVEPOINT")
    }

    /// The table that it writes to.
    pub(super) fn table(&self) -> Option<&'static str> {
        let mut words = self.statement.split_ascii_whitespace();
        match (words.next()?, words.next()?) {
            ("INSERT", "INTO") | ("DELETE", "FROM") => words.next(),
            ("UPDATE", table) => Some(table),
            _ => None,
        }
    }
}

/// Executes one write; says how many rows it changed.
pub(super) async fn alone(connection: &mut AnyConnection, write: Write) -> Result<u64> {
    let Write { statement, values, otherwise } = write;
    let query = values.into_iter().fold(sqlx::query(statement), bound);
    let changed = query.execute(connection).await?.rows_affected();
    judged(changed, otherwise)
}

/// Executes all of them in their order, on SQLite, on one way there and back; says how many rows the last one changed.
///
/// Errors: of the first that could not be executed, or did not change exactly one row where it must.
pub(super) async fn together(connection: &mut AnyConnection, writes: Vec<Write>) -> Result<u64> {
    let mut text = String::new();
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for write in writes {
        renumber(write.statement, values.len(), &mut text);
        values.extend(write.values);
        faults.push(write.otherwise);
    }
    // Made of statements of this program alone: every value is bound.
    let query = values.into_iter().fold(sqlx::query(AssertSqlSafe(text)), bound);
    let mut done = connection.fetch_many(query);
    let (mut faults, mut changed) = (faults.into_iter(), 0);
    while let Some(step) = done.try_next().await? {
        if let Either::Left(one) = step {
            changed = judged(one.rows_affected(), faults.next().flatten())?;
        }
    }
    Ok(changed)
}

fn judged(changed: u64, otherwise: Option<StoreError>) -> Result<u64> {
    match otherwise {
        Some(fault) if changed != 1 => Err(fault),
        _ => Ok(changed),
    }
}

/// With the next value.
pub(super) fn bound(query: Query<'_, Any, AnyArguments>, value: Value) -> Query<'_, Any, AnyArguments> {
    match value {
        Value::Number(number) => query.bind(number),
        Value::Text(text) => query.bind(text),
        Value::Bytes(bytes) => query.bind(bytes),
    }
}

/// Adds `statement` to `text`, its values counted on from those of the statements before it.
pub(super) fn renumber(statement: &str, before: usize, text: &mut String) {
    let mut pieces = statement.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = piece.split_at_checked(digits).unwrap_or((piece, ""));
        // A text takes anything that is written to it.
        let _ = write!(text, "${}{rest}", number.parse::<usize>().unwrap_or_default().saturating_add(before));
    }
    text.push(';');
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sql;
    use super::*;

    #[test]
    fn each_statement_counts_its_values_on_from_those_before() {
        let mut text = String::new();
        renumber("INSERT INTO a VALUES ($1, $2, $1)", 0, &mut text);
        renumber("UPDATE a SET b = $1 WHERE c = $12", 2, &mut text);
        assert_eq!(text, "INSERT INTO a VALUES ($1, $2, $1);UPDATE a SET b = $3 WHERE c = $14;");
        for (name, statement) in sql::ALL {
            let mut text = String::new();
            renumber(statement, 0, &mut text);
            assert_eq!(text, format!("{statement};"), "{name}");
        }
    }
}
