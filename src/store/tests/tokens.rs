//! Refresh tokens that took the place of the configured ones.

use super::fixtures::at;
use crate::store::Store;

pub async fn a_rotated_token_counts_as_long_as_the_same_one_is_configured(store: &Store) {
    let rotated = async |configured: &str| store.rotated_token(configured).await.unwrap().map(|token| token.to_string());
    assert_eq!(rotated("first").await, None);
    store.keep_rotated_token("mediation", "first", "second", at(1)).await.unwrap();
    store.keep_rotated_token("smtp", "other", "another", at(1)).await.unwrap();
    assert_eq!(rotated("first").await.as_deref(), Some("second"));
    store.keep_rotated_token("mediation", "first", "third", at(2)).await.unwrap();
    assert_eq!((rotated("first").await.as_deref(), rotated("other").await.as_deref()), (Some("third"), Some("another")));
    assert_eq!(rotated("granted anew").await, None, "another one is configured");
    store.keep_rotated_token("mediation", "granted anew", "fourth", at(3)).await.unwrap();
    assert_eq!((rotated("granted anew").await.as_deref(), rotated("first").await), (Some("fourth"), None), "the old one is forgotten");
    store.keep_rotated_token("desk", "granted anew", "fifth", at(4)).await.unwrap();
    assert_eq!(rotated("granted anew").await.as_deref(), Some("fifth"), "the mailbox has another name");
}
