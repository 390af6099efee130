//! What is read while a mail is settled, and which answers are known already.
//!
//! On SQLite the way there and back, over a thread of its own, takes longer than what is looked up there: several questions go together. An answer that is
//! known counts as long as nothing was written that could change it; with and without this, whoever asks is told the same.

use super::Result;
use super::later::{Value, Write, bound, renumber};
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Either, Executor};

/// A statement of [`sql`](super::sql) that gives rows, with its values.
#[derive(Clone, PartialEq)]
pub(super) struct Question {
    pub(super) statement: &'static str,
    pub(super) values: Vec<Value>,
}

/// What is known already.
#[derive(Default)]
pub(super) struct Foreseen(Vec<(Question, Vec<AnyRow>)>);

impl Question {
    pub(super) fn new(statement: &'static str) -> Self {
        Self { statement, values: Vec::new() }
    }

    /// The next value.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Whether its answer may be another one once `write` was executed. A table whose name stands in that of another one counts for both.
    fn may_change_by(&self, write: &Write) -> bool {
        write.table().is_none_or(|table| self.statement.contains(table))
    }
}

impl Foreseen {
    /// `write` is on its way.
    pub(super) fn forget(&mut self, write: &Write) {
        if !write.changes_nothing() {
            self.0.retain(|(question, _)| !question.may_change_by(write));
        }
    }

    /// Something is on its way of which nobody knows what it changes.
    pub(super) fn forget_all(&mut self) {
        self.0.clear();
    }

    pub(super) fn answer(&self, question: &Question) -> Option<&Vec<AnyRow>> {
        self.0.iter().find(|(known, _)| known == question).map(|(_, rows)| rows)
    }

    /// It is known now what answers these.
    pub(super) fn learn(&mut self, answered: impl Iterator<Item = (Question, Vec<AnyRow>)>) {
        self.0.extend(answered);
    }

    /// Whether it is known that nothing answers `question`.
    pub(super) fn is_known_empty(&self, question: &Question) -> bool {
        self.answer(question).is_some_and(Vec::is_empty)
    }
}

/// The rows that answer each of `questions`, on one way there and back. Several at once are for SQLite alone.
pub(super) async fn answers(connection: &mut AnyConnection, questions: Vec<Question>) -> Result<Vec<Vec<AnyRow>>> {
    if let [Question { statement, .. }] = questions.as_slice() {
        let query = questions.iter().flat_map(|question| question.values.clone()).fold(sqlx::query(*statement), bound);
        return Ok(vec![query.fetch_all(connection).await?]);
    }
    let mut text = String::new();
    let mut values = Vec::new();
    let mut answers = Vec::with_capacity(questions.len());
    for question in questions {
        renumber(question.statement, values.len(), &mut text);
        values.extend(question.values);
    }
    // Made of statements of this program alone: every value is bound.
    let query = values.into_iter().fold(sqlx::query(AssertSqlSafe(text)), bound);
    let (mut done, mut rows) = (connection.fetch_many(query), Vec::new());
    while let Some(step) = done.try_next().await? {
        match step {
            Either::Left(_) => answers.push(std::mem::take(&mut rows)),
            Either::Right(row) => rows.push(row),
        }
    }
    Ok(answers)
}
