use super::super::guard::tests::dispute;
use super::*;
use crate::domain::{Address, Dice, Reference};
use crate::store::{Keys, Store};

async fn store(folder: &tempfile::TempDir) -> Store {
    let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([1; 32])).unwrap();
    Store::create(&format!("sqlite://{}", folder.path().join("registry.db").display()), &keys, Dice::from_seed([2; 32])).await.unwrap()
}

/// A dispute against `merchant`, to which nobody was invited yet.
fn against(merchant: &str, seed: u8) -> Dispute {
    let mut dispute = Dispute { merchant: None, reference: Reference::fresh(&mut Dice::from_seed([seed; 32])), ..dispute() };
    dispute.complaint.facts.set(Fact::Merchant, merchant);
    dispute
}

/// Admits the dispute with that address.
async fn admit(work: &mut Work, dispute: &Dispute, address: &str) {
    let invited = Participant { address: Address::parse(address).unwrap(), ..super::super::guard::tests::dispute().merchant.unwrap() };
    remember(work, dispute, &invited, Day::new(2026, 11, 23).unwrap()).await.unwrap();
}

/// What the registrar is offered in the next complaint against `merchant`: an address, how many names, or nothing.
async fn offered(work: &mut Work, merchant: &str) -> String {
    let mut next = against(merchant, 200);
    consult(work, &mut next).await.unwrap();
    match &next.listing {
        Some(Listing::Perhaps(names)) => format!("perhaps {}", names.len()),
        Some(listing) => listing.contact().map_or_else(|| "no address".to_owned(), |address| address.as_str().to_owned()),
        None => "nothing".to_owned(),
    }
}

#[tokio::test]
async fn an_admission_is_remembered_and_a_second_address_is_never_chosen_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let mut work = store.begin().await.unwrap();
    assert_eq!(offered(&mut work, "Atlas Déco").await, "nothing", "what only stands in the complaint is not offered as confirmed");
    admit(&mut work, &against("Atlas Déco", 1), "a@atlas.example").await;
    assert_eq!(offered(&mut work, "ATLAS DECO").await, "a@atlas.example");
    admit(&mut work, &against("Atlas Deco", 2), "A@atlas.example").await;
    assert_eq!(offered(&mut work, "Atlas Déco").await, "a@atlas.example");
    admit(&mut work, &against("Atlas Déco", 1), "b@atlas.example").await;
    assert_eq!(offered(&mut work, "Atlas Déco").await, "b@atlas.example", "the same dispute was admitted again, with the right address");
    admit(&mut work, &against("Atlas Déco", 3), "c@other.example").await;
    assert_eq!(offered(&mut work, "Atlas Déco").await, "perhaps 2");
    admit(&mut work, &against("la boutique", 4), "d@anybody.example").await;
    assert_eq!(offered(&mut work, "la boutique").await, "nothing");
}

#[tokio::test]
async fn nothing_is_learned_of_a_listed_merchant_and_an_address_that_nobody_confirmed_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let mut work = store.begin().await.unwrap();
    admit(&mut work, &against("Atlas Déco", 1), "learned@atlas.example").await;
    let learned = work.merchants_with(stated(&against("Atlas Déco", 1)).traces()).await.unwrap().remove(0);
    let unconfirmed = MerchantContact { confirmed: None, ..learned.contacts[0].clone() };
    let listed = Merchant { identifier: Identifier::parse("atlas").unwrap(), origin: Origin::Listed, contacts: vec![unconfirmed], ..learned };
    work.keep_merchant(&listed).await.unwrap();
    assert_eq!(offered(&mut work, "Atlas Déco").await, "no address", "who is listed counts before what was learned");
    admit(&mut work, &against("Atlas Déco", 2), "other@atlas.example").await;
    assert_eq!(offered(&mut work, "Atlas Déco").await, "no address");
    let mut invited = Dispute { merchant: super::super::guard::tests::dispute().merchant, ..against("Atlas Déco", 3) };
    consult(&mut work, &mut invited).await.unwrap();
    assert_eq!(invited.listing, None, "once somebody was invited, the registry has nothing to say");
}
