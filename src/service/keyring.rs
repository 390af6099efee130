//! The authorizations by which this service logs in: each has one keeper, whoever logs in with it.

use super::keeper::{self, Keeper, Ring};
use super::{Clock, health::Pulse};
use crate::config::{self, Authorization, Proof, SecretFile};
use crate::mailbox::{Login, Secret, Tokens};
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Who fetches access tokens, for everybody who logs in with them.
pub struct Keyring {
    ring: Ring,
    keepers: Mutex<HashMap<(String, Option<SecretFile>), Tokens>>,
}

impl Keyring {
    /// Nobody keeps anything yet.
    pub fn new(store: Option<Store>, clock: Clock, pulse: Arc<Pulse>) -> Self {
        Self { ring: Ring { store, clock, pulse, again: Arc::default(), asking: Arc::default() }, keepers: Mutex::default() }
    }

    /// How `login` is proven, which is called `name` where something is said of it. Logins with one authorization share its keeper, who begins to live.
    pub fn login(&self, name: &str, login: &config::Login) -> Login {
        let secret = match &login.proof {
            Proof::Password(password) => Secret::Password(password.clone()),
            Proof::Authorization(authorization) => Secret::Tokens(self.tokens(name, authorization)),
        };
        Login { user: login.user.clone(), secret }
    }

    /// Waits until an authorization is good again that was refused.
    pub async fn granted_again(&self) {
        self.ring.again.notified().await;
    }

    /// Waits, at most so long, until no question for a token is on its way.
    pub async fn finish(&self, patience: Duration) {
        if tokio::time::timeout(patience, self.ring.asking.write()).await.is_err() {
            tracing::warn!("an endpoint kept silent for too long; a refresh token that it was about to give may be lost");
        }
    }

    fn tokens(&self, name: &str, authorization: &Authorization) -> Tokens {
        let mut keepers = self.keepers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = keepers.entry((authorization.client.name.clone(), authorization.refresh.clone()));
        let tokens = known.or_insert_with(|| {
            let (tokens, asked) = Tokens::new();
            tokio::spawn(keeper::keep(Keeper::new(name, authorization.clone(), self.ring.clone()), asked));
            tokens
        });
        tokens.clone()
    }
}
