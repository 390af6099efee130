//! Who of the mediators is given a case: whom the house's rules propose, else who speaks the sides' languages, else who has least to do (DOMAIN §7.3).

use crate::domain::{Address, Availability, Day, Dispute, Role, Unfit};
use std::cmp::Reverse;

/// One of the mediators, in the order of the configuration.
#[derive(Debug, Clone)]
pub struct Offered<'a> {
    /// The address.
    pub address: &'a Address,
    /// What is known of that person.
    pub availability: Availability,
    /// How many missions are open.
    pub open: u32,
}

/// A mediator, looked at for one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// The place among those that were offered.
    pub place: usize,
    /// How many missions are open.
    pub open: u32,
    /// Whether the house's rules propose that person.
    pub proposed: bool,
    /// How many of the two sides are written to in one of that person's languages.
    pub speaks: u8,
    /// Why the case cannot be given to that person, if it cannot.
    pub unfit: Option<Unfit>,
}

/// All of `offered` as they come into question for `dispute` on `today`, the best first. The first is chosen, if it is fit: ties keep the order of the configuration.
pub fn weighed(dispute: &Dispute, offered: &[Offered<'_>], today: Day) -> Vec<Weighed> {
    let mut all: Vec<Weighed> = offered.iter().enumerate().map(|(place, one)| weigh(dispute, place, one, today)).collect();
    all.sort_by_key(|one| (one.unfit.is_some(), !one.proposed, Reverse(one.speaks), one.open));
    all
}

fn weigh(dispute: &Dispute, place: usize, one: &Offered<'_>, today: Day) -> Weighed {
    let sides = || [Role::Consumer, Role::Merchant].into_iter().filter_map(|role| dispute.participant(role));
    let excluded = dispute.recused.iter().any(|address| address.is_same(one.address));
    let merchant = dispute.merchant.as_ref().map(|merchant| &merchant.address);
    let not_of = merchant.is_some_and(|merchant| one.availability.not_of.iter().any(|not_of| not_of.means(merchant)));
    let away = one.availability.absence(today);
    let unfit = match () {
        () if sides().any(|person| person.knows(one.address).is_some()) => Some(Unfit::Party),
        () if excluded => Some(Unfit::Excluded),
        () if not_of => Some(Unfit::NotOf),
        () if one.open >= one.availability.most_open => Some(Unfit::Full),
        () => away.map(Unfit::Away),
    };
    Weighed {
        place,
        open: one.open,
        proposed: dispute.noticed.mediator.as_ref().is_some_and(|proposed| proposed.is_same(one.address)),
        speaks: sides().map(|person| u8::from(one.availability.languages.contains(&person.language))).sum(),
        unfit,
    }
}
