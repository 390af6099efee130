//! A case that is over is kept for six months, longer only while it is on hold.

use crate::ground::{Ground, LEILA};
use elitige::domain::{Dice, DisputeId, Instant};
use elitige::settle::{Order, Ordered, Woken, settle_due, settle_order};

async fn order(ground: &Ground, id: DisputeId, order: Order) -> Ordered {
    let reference = ground.desk.store.dispute(id).await.unwrap().unwrap().reference;
    let mut work = ground.desk.store.begin().await.unwrap();
    let ordered = settle_order(&ground.desk, &mut work, &reference, order, ground.now, &mut Dice::from_seed([3; 32])).await.unwrap();
    work.commit().await.unwrap();
    ordered
}

async fn rings(ground: &Ground, id: DisputeId, at: Instant) -> Woken {
    let mut work = ground.desk.store.begin().await.unwrap();
    let woken = settle_due(&ground.desk, &mut work, id, at).await.unwrap();
    work.commit().await.unwrap();
    woken
}

#[tokio::test]
async fn what_is_closed_is_erased_after_six_months_unless_it_is_on_hold() {
    let mut ground = Ground::new().await;
    let id = ground.closed(LEILA).await;
    let store = &ground.desk.store;
    let until = store.dispute(id).await.unwrap().unwrap().entered.plus_months(6);
    assert_eq!(store.next_wake().await.unwrap(), Some(until));
    assert_eq!((until.rfc3339().get(..10), rings(&ground, id, until.plus_seconds(-60)).await), (Some("2027-05-23"), Woken::Earlier));
    assert_eq!(store.next_wake().await.unwrap(), Some(until));
    assert_eq!(rings(&ground, id, until).await, Woken::Outlived);
    assert_eq!(store.dispute(id).await.unwrap().map(|kept| kept.id), Some(id), "whoever asked erases it");

    assert_eq!(order(&ground, id, Order::Hold).await, Ordered::Done);
    assert_eq!((store.next_wake().await.unwrap(), rings(&ground, id, until.plus_months(60)).await), (None, Woken::Asleep));
    assert_eq!(store.check().await.unwrap(), [""; 0]);
    assert_eq!(store.due(until.plus_months(60), 10).await.unwrap(), []);
    assert_eq!(order(&ground, id, Order::Release).await, Ordered::Done);
    assert_eq!((store.next_wake().await.unwrap(), rings(&ground, id, until).await), (Some(until), Woken::Outlived));
    assert_eq!(store.check().await.unwrap(), [""; 0]);
}
