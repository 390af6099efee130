//! Who is given a case.

use super::super::{Offered, weighed};
use super::*;
use crate::domain::{Absence, Availability, NotOf, Unfit};

const TODAY: &str = "2026-12-21";

/// The places of the configuration, best first, and why some are out of the question.
fn order(dispute: &Dispute, offered: &[(&str, u32, Availability)]) -> Vec<(usize, Option<Unfit>)> {
    let addresses: Vec<Address> = offered.iter().map(|(address, ..)| Address::parse(address).unwrap()).collect();
    let all: Vec<Offered<'_>> =
        addresses.iter().zip(offered).map(|(address, (_, open, availability))| Offered { address, availability: availability.clone(), open: *open }).collect();
    weighed(dispute, &all, Day::parse(TODAY).unwrap()).iter().map(|one| (one.place, one.unfit)).collect()
}

fn speaking(languages: &[Language]) -> Availability {
    Availability { languages: languages.to_vec(), ..Availability::speaking(Language::Fr) }
}

#[test]
fn languages_come_before_load_and_ties_keep_the_order_of_the_configuration() {
    let mut dispute = Told::invited().dispute;
    dispute.consumer.language = Language::Ar;
    let both = speaking(&[Language::Ar, Language::Fr]);
    let offered = [
        ("a@mediateurs.example", 0, speaking(&[Language::En])),
        ("b@mediateurs.example", 0, speaking(&[Language::Fr])),
        ("c@mediateurs.example", 3, both.clone()),
        ("d@mediateurs.example", 2, both.clone()),
        ("e@mediateurs.example", 2, both),
    ];
    assert_eq!(order(&dispute, &offered).iter().map(|(place, _)| *place).collect::<Vec<_>>(), [3, 4, 2, 1, 0]);
    dispute.noticed.mediator = Some(Address::parse("a@mediateurs.example").unwrap());
    assert_eq!(order(&dispute, &offered)[0], (0, None), "whom the house's rules propose comes first");
}

#[test]
fn nobody_is_given_a_case_who_may_not_or_cannot_take_it() {
    let mut dispute = Told::invited().dispute;
    dispute.recused.push(Address::parse("stepped@mediateurs.example").unwrap());
    let fr = || speaking(&[Language::Fr]);
    let absence = Absence::parse("2026-12-21 to 2027-01-04").unwrap();
    let offered = [
        ("away@mediateurs.example", 0, Availability { away: vec![absence], ..fr() }),
        ("full@mediateurs.example", 5, Availability { most_open: 5, ..fr() }),
        ("stepped@mediateurs.example", 0, fr()),
        ("tied@mediateurs.example", 0, Availability { not_of: vec![NotOf::parse("souk.example").unwrap()], ..fr() }),
        ("contact@souk.example", 0, fr()),
        ("leila@example.org", 0, fr()),
        ("fit@mediateurs.example", 4, Availability { most_open: 5, ..fr() }),
    ];
    let unfit = [Unfit::Away(absence), Unfit::Full, Unfit::Excluded, Unfit::NotOf, Unfit::Party, Unfit::Party];
    let mut found = order(&dispute, &offered);
    assert_eq!(found[0], (6, None));
    found.sort_by_key(|(place, _)| *place);
    assert_eq!(found[..6].iter().map(|(place, why)| (*place, why.unwrap())).collect::<Vec<_>>(), unfit.into_iter().enumerate().collect::<Vec<_>>());
}
