//! What arrives at the people of a story.

use super::{PATIENCE, Stage};
use crate::harness::person::Received;
use elitige::domain::{Channel, Role};
use elitige::store::OutboxId;
use elitige::story::seen;
use std::sync::Arc;
use std::time::Duration;

/// More letters than a story brings.
const MOST_LETTERS: u32 = 1_000;

impl Stage<'_> {
    /// Every letter that was recorded arrives at its person, in its language, and no other does.
    pub async fn letters_arrive(&mut self, recorded: &[String]) -> Result<(), String> {
        let lists: Vec<Role> = recorded
            .iter()
            .filter_map(|line| line.split_once(": ").filter(|(_, letter)| letter.starts_with("morning ") || letter.starts_with("reminders ")))
            .filter_map(|(role, _)| Role::parse(role))
            .collect();
        for line in recorded {
            let Some((role, letter)) = line.split_once(": ").and_then(|(role, letter)| Role::parse(role).map(|role| (role, letter))) else { continue };
            let language = letter.rsplit_once('(').and_then(|(_, rest)| rest.split(')').next()).unwrap_or_default();
            let config = Arc::clone(&self.config);
            if let Some((name, mail)) = self.next_letter(role).await {
                let said = mail.header("Content-Language").unwrap_or_default();
                if said != language {
                    return Err(format!("the {role}'s letter {letter} is in {said}"));
                }
                let channel = self.channel(&mail).await?;
                let shown = seen(&mail.bytes, channel.unwrap_or(Channel::Desk), &config);
                let files: String = shown.files.iter().map(|name| format!(" + {name}")).collect();
                if letter.split_once(')').is_none_or(|(_, recorded)| recorded != files) {
                    return Err(format!("the {role}'s letter {letter} came with{files}"));
                }
                let actor = self.cast.get_mut(&name).ok_or("nobody is called that")?;
                // People answer letters about cases, not the list of them, in whichever order both arrive.
                if channel.is_some() || !lists.contains(&role) {
                    actor.letters.push(shown.clone());
                }
                actor.read = format!("{}\n{}", shown.text, actor.read);
                actor.latest = Some((shown, mail));
                self.received += 1;
            } else {
                let counts = (self.now(), self.service.desk.store.outbox_list("queued", 5).await);
                return Err(format!("the {role} did not get {letter}; the outbox holds {counts:?}"));
            }
        }
        self.nothing_else_left().await
    }

    /// As many letters left as were recorded. Whether one more is on its way is seen in the outbox, before it arrives.
    async fn nothing_else_left(&mut self) -> Result<(), String> {
        let end = std::time::Instant::now() + PATIENCE;
        while self.delivered().await? != self.received || self.leaving().await? {
            if self.delivered().await? > self.received {
                return Err(self.surplus().await);
            }
            if std::time::Instant::now() > end {
                return Err(format!("{} letters arrived and {} left", self.received, self.delivered().await?));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// The letter that nobody recorded.
    async fn surplus(&mut self) -> String {
        let end = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < end {
            for actor in self.cast.values_mut() {
                if let Some(surplus) = actor.person.next_mail_if(Duration::from_millis(20), |_| true).await {
                    return format!("{} also got: {}", actor.person.address(), surplus.subject());
                }
            }
        }
        "a letter left to somebody who does not play".to_owned()
    }

    async fn delivered(&self) -> Result<usize, String> {
        Ok(self.letters().await?.len())
    }

    /// The letters that left, by their numbers.
    pub(super) async fn letters(&self) -> Result<Vec<OutboxId>, String> {
        let delivered = self.service.desk.store.outbox_list("delivered", MOST_LETTERS).await.map_err(|error| error.to_string())?;
        Ok(delivered.into_iter().map(|row| row.id).collect())
    }

    async fn leaving(&self) -> Result<bool, String> {
        let next = self.service.desk.store.next_send().await.map_err(|error| error.to_string())?;
        Ok(next.is_some_and(|due| due <= self.now()) || self.count_rows(&["leased", "dot-pending"]).await? > 0)
    }

    pub(super) async fn count_rows(&self, states: &[&str]) -> Result<u32, String> {
        let counts = self.service.desk.store.outbox_counts().await.map_err(|error| error.to_string())?;
        Ok(counts.into_iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum())
    }

    async fn next_letter(&mut self, role: Role) -> Option<(String, Received)> {
        let end = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < end {
            let mut found = None;
            for (name, actor) in self.cast.iter_mut().filter(|(_, actor)| actor.role == role) {
                if let Some(mail) = actor.person.next_mail_if(Duration::ZERO, |_| true).await {
                    found = Some((name.clone(), mail));
                    break;
                }
            }
            if let Some((name, mail)) = found {
                return Some((name, mail));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        None
    }
}
