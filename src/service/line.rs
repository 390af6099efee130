//! Mails on their way through the service: while one batch is settled, the next is read, and the one after that is fetched.
//!
//! There is one writer, so the receipt of a batch stands between the decisions of two others: nothing is parsed before its receipt was committed, and
//! what was received first is decided first.

use super::Service;
use super::take::{Batch, Heard, Outcomes, Reading, finish, read, receipt};
use super::trouble::Trouble;
use crate::store::LetterNumber;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// At most one batch that is read and one that is settled. Whatever happens, [`Line::drain`] it: what was begun finishes.
pub(super) struct Line<'a> {
    service: &'a Arc<Service>,
    reading: Option<JoinHandle<Heard>>,
    /// The mails that are being read and have no outcome yet.
    open: HashSet<LetterNumber>,
    settling: Option<JoinHandle<Result<Outcomes, Trouble>>>,
}

impl<'a> Line<'a> {
    /// An empty one.
    pub(super) fn new(service: &'a Arc<Service>) -> Self {
        Self { service, reading: None, open: HashSet::new(), settling: None }
    }

    /// Receipts a batch and has it read; gives the outcomes of what was settled meanwhile.
    pub(super) async fn push(&mut self, batch: Batch) -> Result<Outcomes, Trouble> {
        if batch.is_empty() {
            return self.settled().await;
        }
        // Beside the batch that is being settled, which keeps the writer.
        let ready = batch.ready(self.service);
        let done = self.settled().await?;
        let received = receipt(self.service, ready, &self.open).await?;
        self.advance().await?;
        self.open = received.letters();
        self.reading = Some(tokio::spawn(read(Arc::clone(self.service), received, Reading::First)));
        Ok(done)
    }

    /// Waits until nothing is under way; gives the outcomes.
    pub(super) async fn drain(&mut self) -> Result<Outcomes, Trouble> {
        let done = self.settled().await;
        self.advance().await?;
        let last = self.settled().await;
        let mut done = done?;
        done.extend(last?);
        Ok(done)
    }

    async fn settled(&mut self) -> Result<Outcomes, Trouble> {
        match self.settling.take() {
            Some(settling) => settling.await.map_err(|_| Trouble::BrokeOff)?,
            None => Ok(Outcomes::new()),
        }
    }

    /// What was read is settled.
    async fn advance(&mut self) -> Result<(), Trouble> {
        let Some(reading) = self.reading.take() else { return Ok(()) };
        let heard = reading.await.map_err(|_| Trouble::BrokeOff)?;
        self.settling = Some(tokio::spawn(finish(Arc::clone(self.service), heard)));
        Ok(())
    }
}
