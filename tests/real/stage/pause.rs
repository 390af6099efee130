//! The service rests while mails gather, and then finds them together.

use super::{PATIENCE, Stage, awake, database};
use crate::harness::town::DESK;
use elitige::domain::{Dice, HeldReason};
use elitige::service;
use elitige::store::{Keys, Store};
use elitige::story::Action;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

impl Stage<'_> {
    /// Ends the service, has all these mails delivered, and begins it again on the same store, which lies in `scratch`. Says when every one of them was filed
    /// away, why any were held.
    pub async fn find_together(&mut self, mails: &[&Action], scratch: &Path) -> Result<Vec<HeldReason>, String> {
        self.stop.cancel();
        (&mut self.running).await.map_err(|error| error.to_string())?;
        self.service.desk.store.close().await;
        for (number, mail) in mails.iter().enumerate() {
            self.mail(mail).await?;
            self.wait_until(&format!("mail {number} is not delivered"), |stage| stage.count_in_inbox() == number + 1).await?;
        }
        let keys = Keys::load(&scratch.join("story.key")).map_err(|error| error.to_string())?;
        let store = Store::open(&database(scratch), &keys, Dice::from_seed([18; 32])).await.map_err(|error| error.to_string())?;
        self.service = Arc::new(awake(&self.config, store, &keys, &self.clock, 19).await);
        self.stop = CancellationToken::new();
        self.running = tokio::spawn(service::run(Arc::clone(&self.service), self.stop.clone()));
        let before = self.filed;
        let all = |(archived, held): (usize, usize)| archived + held;
        self.wait_until("the mails are not filed", |stage| all(stage.count_filed()) == all(before) + mails.len()).await?;
        self.filed = self.count_filed();
        let held = self.service.desk.store.held(100).await.map_err(|error| error.to_string())?;
        Ok(held.into_iter().map(|held| held.reason).collect())
    }

    async fn wait_until(&self, otherwise: &str, done: impl Fn(&Self) -> bool) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        while !done(self) {
            if Instant::now() > end {
                return Err(otherwise.to_owned());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    fn count_in_inbox(&self) -> usize {
        ["new", "cur"].iter().filter_map(|part| std::fs::read_dir(self.town.dovecot.maildir(DESK).join(part)).ok()).map(Iterator::count).sum()
    }
}
