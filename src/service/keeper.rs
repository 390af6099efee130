//! The keeper of one authorization: fetches access tokens, one at a time, ahead of their end, and keeps what takes the place of a refresh token
//! before anything is done with it (RFC 6749 §6, §10.4).

use super::backoff::Backoff;
use super::{Clock, health::Pulse};
use crate::config::Authorization;
use crate::mailbox::{Ask, NoToken};
use crate::oauth::{self, Grant, Granted, TokenError, TokenServer};
use crate::store::{Store, step};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::sync::{Notify, RwLock};
use tokio::time::{Instant as Moment, timeout};

/// How long an endpoint may take.
const LIMIT: Duration = Duration::from_secs(15);
/// A token is good for so long where its provider does not say.
const USUAL: Duration = Duration::from_secs(300);
/// So long before its end a token is no longer shown, or for the last quarter of a shorter life: a login takes time, and clocks differ.
const MARGIN: Duration = Duration::from_secs(300);
/// How long an endpoint is left alone that refused for good, unless something else is configured meanwhile.
const AFTER_REFUSAL: Duration = Duration::from_secs(300);
/// How often it is looked whether something else is configured.
const LOOK: Duration = Duration::from_secs(5);

/// What all keepers share.
#[derive(Clone)]
pub(super) struct Ring {
    /// Where tokens are kept that take the place of others; without it none of those may be shown.
    pub store: Option<Store>,
    pub clock: Clock,
    pub pulse: Arc<Pulse>,
    /// Rung when an authorization is good again that was refused.
    pub again: Arc<Notify>,
    /// Read by whoever has a question on its way, whose answer must not be lost.
    pub asking: Arc<RwLock<()>>,
}

/// What the keeper of one authorization knows.
pub(super) struct Keeper {
    /// What it is called: the first login that it is for.
    name: String,
    authorization: Authorization,
    server: TokenServer,
    ring: Ring,
    backoff: Backoff,
    good: Option<(SecretString, Moment)>,
    resting: Option<Resting>,
    /// A refresh token, and the configured one in whose place it stands, that could not be kept yet.
    unkept: Option<(SecretString, SecretString)>,
}

/// Why and until when nothing is asked.
struct Resting {
    why: NoToken,
    until: Moment,
    /// What was configured then.
    configured: Configured,
}

/// The secrets as they stand in their files now.
#[derive(Clone)]
struct Configured {
    refresh: Option<SecretString>,
    client: Option<SecretString>,
}

impl Keeper {
    /// One that has asked nothing yet.
    pub(super) fn new(name: &str, authorization: Authorization, ring: Ring) -> Self {
        let client = &authorization.client;
        let server = TokenServer {
            host: client.endpoint.host.clone(),
            port: client.endpoint.port,
            path: client.endpoint.path.clone(),
            ca_file: client.endpoint.ca_file.clone(),
            client: client.id.clone(),
            scope: client.scope.clone(),
        };
        Self { name: name.to_owned(), authorization, server, ring, backoff: Backoff::default(), good: None, resting: None, unkept: None }
    }

    /// A token that should be good, and is not the one that was refused.
    async fn answer(&mut self, refused: Option<&SecretString>) -> Result<SecretString, NoToken> {
        if let Some((token, until)) = &self.good
            && Moment::now() < *until
            && refused.is_none_or(|refused| refused.expose_secret() != token.expose_secret())
        {
            return Ok(token.clone());
        }
        self.good = None;
        let configured = self.configured()?;
        if let Some(resting) = self.resting.as_ref().filter(|resting| resting.configured.is_same(&configured)) {
            let left = resting.until.saturating_duration_since(Moment::now());
            if !left.is_zero() {
                return Err(NoToken { after: left, ..resting.why.clone() });
            }
        }
        let ring = self.ring.clone();
        let _asking = ring.asking.read().await;
        match self.fetch(&configured).await {
            Ok(token) => {
                (self.backoff, self.resting) = (Backoff::default(), None);
                ring.pulse.authorization(&self.name, false);
                Ok(token)
            }
            Err(why) => {
                if why.needs_person {
                    ring.pulse.authorization(&self.name, true);
                }
                self.resting = Some(Resting { until: Moment::now() + why.after, why: why.clone(), configured });
                Err(why)
            }
        }
    }

    async fn fetch(&mut self, configured: &Configured) -> Result<SecretString, NoToken> {
        self.keep_unkept().await?;
        let mut granted = None;
        for shown in self.candidates(configured).await? {
            let grant = shown.as_ref().map_or(Grant::ClientCredentials, Grant::Refresh);
            match oauth::ask(&self.server, configured.client.as_ref(), grant, LIMIT).await {
                Ok(answer) => {
                    granted = Some(Ok((shown, answer)));
                    break;
                }
                // The one that took its place may be of another database: then the configured one is still good.
                Err(withdrawn @ TokenError::Withdrawn { .. }) => granted = Some(Err(withdrawn)),
                Err(error) => return Err(self.failed(&error)),
            }
        }
        match granted {
            Some(Ok((shown, answer))) => self.take(configured, shown.as_ref(), answer).await,
            Some(Err(error)) => Err(self.failed(&error)),
            None => Err(self.passing("there is nothing to ask with")),
        }
    }

    /// What tokens are asked for with, the newest first; `None` where the program itself is authorized.
    async fn candidates(&self, configured: &Configured) -> Result<Vec<Option<SecretString>>, NoToken> {
        let Some(refresh) = &configured.refresh else { return Ok(vec![None]) };
        let Some(store) = &self.ring.store else {
            return Err(self.passing("the database cannot be opened, in which a refresh token would be kept that the provider gives; run `elitige init` first, or mend what is said of the database"));
        };
        let rotated = store.rotated_token(refresh.expose_secret()).await.map_err(|error| self.passing(&error.to_string()))?;
        let rotated = rotated.map(|token| SecretString::from(token.as_str()));
        Ok(rotated.into_iter().chain([refresh.clone()]).map(Some).collect())
    }

    /// Takes what was granted: first what must not be lost.
    async fn take(&mut self, configured: &Configured, shown: Option<&SecretString>, granted: Granted) -> Result<SecretString, NoToken> {
        let rotated = granted.refresh.filter(|token| shown.is_some_and(|shown| shown.expose_secret() != token.expose_secret()));
        let has_rotated = rotated.is_some();
        if let (Some(token), Some(refresh)) = (rotated, &configured.refresh) {
            self.unkept = Some((refresh.clone(), token));
            self.keep_unkept().await?;
            step("token kept");
        }
        let lasts = granted.lasts.unwrap_or(USUAL);
        self.good = Some((granted.access.clone(), Moment::now() + lasts.saturating_sub(MARGIN.min(lasts / 4))));
        tracing::info!(login = self.name, seconds = lasts.as_secs(), rotated = has_rotated, "an access token was fetched");
        Ok(granted.access)
    }

    /// Commits the refresh token that came last. Until that is done no other is asked for, and nothing of it is used.
    async fn keep_unkept(&mut self) -> Result<(), NoToken> {
        let (Some((configured, token)), Some(store)) = (&self.unkept, &self.ring.store) else { return Ok(()) };
        let kept = store.keep_rotated_token(&self.name, configured.expose_secret(), token.expose_secret(), (self.ring.clock)()).await;
        kept.map_err(|error| self.passing(&format!("a refresh token that came cannot be kept: {error}")))?;
        self.unkept = None;
        Ok(())
    }

    fn configured(&self) -> Result<Configured, NoToken> {
        let Authorization { client, refresh } = &self.authorization;
        let read = |file: &crate::config::SecretFile| file.read().map_err(|sentence| self.sentence(&sentence, true, LOOK));
        Ok(Configured { refresh: refresh.as_ref().map(read).transpose()?, client: client.secret.as_ref().map(read).transpose()? })
    }

    fn failed(&mut self, error: &TokenError) -> NoToken {
        let after = if error.needs_person() { AFTER_REFUSAL } else { self.backoff.wait(error.retry_after()) };
        self.sentence(&error.to_string(), error.needs_person(), after)
    }

    fn passing(&self, why: &str) -> NoToken {
        self.sentence(why, false, LOOK)
    }

    fn sentence(&self, why: &str, needs_person: bool, after: Duration) -> NoToken {
        NoToken { sentence: format!("[oauth.{}]: {why}", self.authorization.client.name), needs_person, after }
    }

    /// Whether a person must act, and did.
    async fn was_granted_again(&mut self) -> bool {
        let is_refused = self.resting.as_ref().is_some_and(|resting| resting.why.needs_person);
        let acted = || self.configured().is_ok_and(|now| self.resting.as_ref().is_none_or(|resting| !resting.configured.is_same(&now)));
        is_refused && acted() && self.answer(None).await.is_ok()
    }
}

impl Configured {
    fn is_same(&self, other: &Self) -> bool {
        exposed(self.refresh.as_ref()) == exposed(other.refresh.as_ref()) && exposed(self.client.as_ref()) == exposed(other.client.as_ref())
    }
}

fn exposed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(ExposeSecret::expose_secret)
}

/// Answers whoever asks, until nobody can ask any longer.
pub(super) async fn keep(mut keeper: Keeper, mut asked: Receiver<Ask>) {
    loop {
        match timeout(LOOK, asked.recv()).await {
            Ok(Some(Ask { refused, answer })) => {
                let found = keeper.answer(refused.as_ref()).await;
                // Whoever asked may have gone; what was fetched is there for the next one.
                let _ = answer.send(found);
            }
            Ok(None) => return,
            Err(_) if keeper.was_granted_again().await => keeper.ring.again.notify_waiters(),
            Err(_) => {}
        }
    }
}
