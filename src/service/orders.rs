//! What registrars answered about held mail → carried out.

use super::{Service, unit};
use crate::settle::{Carried, Raw, SettleError, settle_answer};
use crate::store::{LetterNumber, PenOrder};
use std::sync::Arc;

/// Orders that are carried out in one round.
const GROUP: u32 = 50;

/// Carries out what was ordered; says how much was. An order that cannot be carried out is over: its mail waits on, and the registrar is told of it.
pub(super) async fn carry_out(service: &Arc<Service>) -> Result<usize, SettleError> {
    let mut done = 0_usize;
    for (number, order) in service.desk.store.orders(GROUP).await? {
        let held = Arc::clone(service);
        match unit(async move { one(&held, number, order).await }).await {
            Some(Ok(())) => done = done.saturating_add(1),
            Some(Err(fault)) => {
                tracing::error!(letter = number.0, %fault, "what a registrar answered about a held mail could not be carried out; it is tried again")
            }
            None => {}
        }
    }
    if done > 0 {
        service.outbox.notify_one();
        service.pen.notify_waiters();
    }
    Ok(done)
}

async fn one(service: &Service, number: LetterNumber, order: PenOrder) -> Result<(), SettleError> {
    let raw = match order {
        PenOrder::Hear(..) | PenOrder::Open => Raw::of(&service.desk.store, number).await?,
        PenOrder::Attach(_) | PenOrder::Discard => None,
    };
    let mail = match raw {
        Some(raw) => Some(raw.read(&service.readers).await),
        None => None,
    };
    let (now, mut dice) = (service.now(), service.dice());
    let mut work = service.desk.store.begin().await?;
    let carried = settle_answer(&service.desk, &mut work, number, order, mail.as_ref(), now, &mut dice).await?;
    work.commit().await?;
    tracing::info!(letter = number.0, done = matches!(carried, Carried::Done(_)), "a registrar's answer about a held mail was carried out");
    Ok(())
}
