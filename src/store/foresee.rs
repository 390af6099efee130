//! What is read while a mail is settled, asked for together: on SQLite the way there and back, over a thread of its own, takes longer than what is looked
//! up there.
//!
//! An answer that is known already counts as long as nothing was written that could change it; with and without this, whoever asks is told the same.

use super::later::{Value, Write, answers};
use super::{Kind, LetterNumber, Result, Work, brakes, challenges, disputes, heard, journal, outbox, people, settling};
use crate::domain::{Address, Digest, DisputeId, Instant, MessageId, Reference, Token};
use sqlx::any::AnyRow;

/// A statement of [`sql`](super::sql) that only reads, with its values.
#[derive(Clone, PartialEq)]
pub(super) struct Question {
    pub(super) statement: &'static str,
    pub(super) values: Vec<Value>,
}

/// What is known already.
#[derive(Default)]
pub(super) struct Foreseen(Vec<(Question, Vec<AnyRow>)>);

/// What is known of a mail before it is settled: what will be asked because of it.
pub struct Outlook<'a> {
    /// Its number.
    pub letter: LetterNumber,
    /// Who wrote it, as it says.
    pub sender: &'a Address,
    /// SHA-256 of what was newly written in it.
    pub body: &'a Digest,
    /// What it answers, at most so many as are worth asking for at once.
    pub answered: Vec<&'a MessageId>,
    /// Reply tokens among its recipients.
    pub tokens: Vec<Token>,
    /// Since when mails of its sender are counted, and up to how many: of an hour and of a day.
    pub counted: [(Instant, u32); 2],
    /// Until when what it answers must have been open.
    pub open_at: Instant,
    /// If it may be the first of its sender's: since when the disputes that this one opened are counted, and how many open ones are looked at.
    pub newcomer: Option<(Instant, usize)>,
}

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

    fn answer(&self, question: &Question) -> Option<&Vec<AnyRow>> {
        self.0.iter().find(|(known, _)| known == question).map(|(_, rows)| rows)
    }

    /// Whether it is known that nothing answers `question`.
    pub(super) fn is_known_empty(&self, question: &Question) -> bool {
        self.answer(question).is_some_and(Vec::is_empty)
    }
}

impl Work {
    /// Asks at once what settling that mail will ask one by one.
    pub async fn foresee(&mut self, outlook: &Outlook<'_>) -> Result<()> {
        let inner = self.inner();
        let sealer = &inner.sealer;
        let [hour, day] = outlook.counted;
        let mut questions = vec![
            settling::kept(outlook.letter),
            brakes::received_from(sealer, outlook.sender, hour, day),
            settling::copies_of(sealer, outlook.sender, outlook.body),
        ];
        for token in &outlook.tokens {
            questions.extend([people::by_token(sealer, token), challenges::by_token(sealer, token, outlook.open_at)]);
        }
        for id in &outlook.answered {
            questions.extend([outbox::by_message_id(sealer, id), settling::received_with(sealer, id), challenges::by_letter(sealer, id, outlook.open_at)]);
        }
        if let Some((since, most)) = outlook.newcomer {
            let sender = outlook.sender;
            questions.extend([people::open_of(sealer, sender, most), people::by_address(sealer, sender), people::opened_by(sealer, sender, since)]);
        }
        self.foresee_answers(questions).await
    }

    /// Asks at once what a decision in `dispute` will ask one by one.
    pub async fn foresee_decision(&mut self, dispute: DisputeId) -> Result<()> {
        self.foresee_answers(vec![disputes::whole(dispute), heard::in_dispute(dispute), journal::head_of(dispute)]).await
    }

    /// Asks whether a dispute has that reference.
    pub(super) async fn foresee_reference(&mut self, reference: &Reference) -> Result<()> {
        self.foresee_answers(vec![disputes::by_reference(reference)]).await
    }

    /// The rows that answer `question`.
    pub(super) async fn ask(&mut self, question: Question) -> Result<Vec<AnyRow>> {
        if let Some(rows) = self.foreseen.answer(&question) {
            return Ok(rows.clone());
        }
        Ok(answers(self.reading().await?, vec![question]).await?.pop().unwrap_or_default())
    }

    /// The first of them.
    pub(super) async fn ask_one(&mut self, question: Question) -> Result<Option<AnyRow>> {
        Ok(self.ask(question).await?.into_iter().next())
    }

    /// What two statements give, the first of which may write.
    pub(super) async fn taken(&mut self, [first, second]: [Question; 2]) -> Result<[Vec<AnyRow>; 2]> {
        let kind = self.inner().kind;
        let connection = self.connection().await?;
        let mut rows = match kind {
            Kind::Sqlite => answers(connection, vec![first, second]).await?,
            Kind::Postgres => {
                let first = answers(&mut *connection, vec![first]).await?;
                first.into_iter().chain(answers(connection, vec![second]).await?).collect()
            }
        };
        let second = rows.pop().unwrap_or_default();
        Ok([rows.pop().unwrap_or_default(), second])
    }

    async fn foresee_answers(&mut self, questions: Vec<Question>) -> Result<()> {
        if self.inner().kind == Kind::Postgres {
            return Ok(());
        }
        let mut open: Vec<Question> = Vec::with_capacity(questions.len());
        for question in questions {
            if self.foreseen.answer(&question).is_none() && !open.contains(&question) {
                open.push(question);
            }
        }
        if open.is_empty() {
            return Ok(());
        }
        let rows = answers(self.reading().await?, open.clone()).await?;
        self.foreseen.0.extend(open.into_iter().zip(rows));
        Ok(())
    }
}
