//! What most mails make the service ask, asked at once before each of them is settled.

use super::{LetterNumber, Result, Work, brakes, challenges, disputes, heard, journal, outbox, people, settling};
use crate::domain::{Address, Digest, DisputeId, Instant, MessageId, Token};

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
}
