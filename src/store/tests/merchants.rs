//! The registry of merchants.

use super::fixtures::*;
use crate::domain::merchant::{Confirmation, ConfirmedBy, Domain, Identifier, Merchant, MerchantContact, Origin, TradeName, traces_of};
use crate::domain::{Day, Language};
use crate::store::{Kept, Store};

fn name(text: &str) -> TradeName {
    TradeName::parse(text).unwrap()
}

fn merchant(identifier: &str, shown: &str) -> Merchant {
    let confirmed = Some(Confirmation { on: Day::parse("2026-11-02").unwrap(), by: ConfirmedBy::Command });
    Merchant {
        identifier: Identifier::parse(identifier).unwrap(),
        origin: Origin::Listed,
        name: name(shown),
        legal_name: None,
        aliases: vec![name("أطلس ديكو"), name("@atlas.deco")],
        domains: vec![Domain::parse("atlas-deco.example").unwrap()],
        contacts: vec![MerchantContact { address: address("contact@atlas-deco.example"), name: None, role: None, confirmed }],
        language: Some(Language::Ar),
        service: None,
        open_to_mediation: Some(true),
    }
}

/// Identifiers of those that `text` leads to.
async fn found(store: &Store, text: &str) -> Vec<String> {
    let mut work = store.begin().await.unwrap();
    let merchants = work.merchants_with(traces_of(text).iter()).await.unwrap();
    merchants.iter().map(|merchant| merchant.identifier.to_string()).collect()
}

async fn keep(store: &Store, merchant: &Merchant) -> Kept {
    let mut work = store.begin().await.unwrap();
    let kept = work.keep_merchant(merchant).await.unwrap();
    work.commit().await.unwrap();
    kept
}

pub async fn a_merchant_is_kept_once_and_found_by_each_trace(store: &Store) {
    let mut atlas = merchant("atlas", "Atlas Déco");
    assert_eq!([keep(store, &atlas).await, keep(store, &atlas).await], [Kept::New, Kept::Same]);
    for text in ["ATLAS DECO", "اطلس ديكو", "https://www.atlas-deco.example/x", "instagram.com/atlas.deco", "Boutique Atlas Deko"] {
        assert_eq!(found(store, text).await, ["atlas"], "{text}");
    }
    assert!(found(store, "Zellij").await.is_empty());
    atlas.aliases.clear();
    atlas.name = name("Zellij");
    assert_eq!(keep(store, &atlas).await, Kept::Changed);
    assert_eq!(found(store, "ZELLIJ").await, ["atlas"]);
    assert!(found(store, "اطلس ديكو").await.is_empty(), "a name that was given up leads nowhere");
    let mut other = merchant("other", "Zellij");
    other.origin = Origin::Admitted;
    keep(store, &other).await;
    assert_eq!(found(store, "Zellij").await, ["atlas", "other"]);
    let mut work = store.begin().await.unwrap();
    assert_eq!(work.merchant(&Identifier::parse("ATLAS").unwrap()).await.unwrap(), Some(atlas.clone()));
    assert_eq!(work.merchant(&Identifier::parse("nobody").unwrap()).await.unwrap(), None);
    drop(work);
    assert_eq!(store.merchants().await.unwrap(), [atlas, other]);
}

pub async fn what_is_kept_of_a_merchant_is_sealed(store: &Store) {
    keep(store, &merchant("atlas", "Atlas Déco")).await;
    let mut work = store.begin().await.unwrap();
    let query = "SELECT m.identifier, m.sealed, t.trace FROM merchants m JOIN merchant_traces t ON t.merchant = m.id";
    let rows = sqlx::query(query).fetch_all(work.connection().await.unwrap()).await.unwrap();
    assert!(rows.len() > 4);
    for row in rows {
        for column in 0..3 {
            let kept = String::from_utf8_lossy(&crate::store::bytes(&row, column).unwrap()).to_lowercase();
            assert!(!["atlas", "contact", "اطلس", "أطلس"].iter().any(|word| kept.contains(word)));
        }
    }
}
