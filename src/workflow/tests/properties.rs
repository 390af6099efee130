//! What must hold of any text and any calendar.

use super::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_to_its_end(text in "(\\PC|\n|\\[|\\]|=|\"|state|when|then|from){0,200}", cut in 0usize..20_000, junk in "[a-z\"\\[\\]={}\n #-]{0,12}") {
        let _ = parse(&text);
        let _ = Calendar::parse("calendar.toml", &text);
        let cut = MEDIATION.char_indices().map(|(at, _)| at).take_while(|at| *at <= cut).last().unwrap_or(0);
        if let Err(faults) = parse(&format!("{}{junk}{}", &MEDIATION[..cut], &MEDIATION[cut..])) {
            prop_assert!(!faults.is_empty());
            prop_assert!(faults.iter().all(|fault| fault.sentence.ends_with(['.', '?']) && !fault.sentence.contains('\n')), "{}", told(&faults));
        }
    }

    #[test]
    fn a_deadline_ends_on_a_working_day_in_the_future(now in 1_700_000_000i64..1_900_000_000, days in 1u16..60) {
        let now = Instant::from_micros(now * 1_000_000);
        for duration in [Duration::Days(days), Duration::WorkingDays(days)] {
            let (day, due) = CALENDAR.civil_deadline(now, duration);
            prop_assert!(CALENDAR.is_working_day(day) && due > now);
            prop_assert_eq!(CALENDAR.zone().day_of(due), day);
        }
    }
}

/// A calendar whose holidays were drawn: single days and runs of several.
fn drawn_calendar(seed: u8) -> Calendar {
    let mut dice = Dice::from_seed([seed; 32]);
    let first = crate::domain::Day::parse("2026-01-01").unwrap();
    let days: BTreeSet<String> = (0..60)
        .map(|_| (dice.below(1500), dice.below(4)))
        .flat_map(|(at, run)| (0..=run).map(move |day| at + day))
        .map(|at| first.plus(at as i64).to_string())
        .collect();
    let lines: String = days.iter().map(|day| format!("{day} = \"x\"\n")).collect();
    let zone = if seed.is_multiple_of(2) { "Africa/Casablanca" } else { "Europe/Paris" };
    Calendar::parse("calendar.toml", &format!("zone = \"{zone}\"\nweekend = [\"saturday\", \"sunday\"]\nuntil = \"2031-12-31\"\n[expected]\n{lines}")).unwrap()
}

/// Nobody is reminded at night or on a day off, and a deadline ends with a working day (DOMAIN I12).
fn is_civil(calendar: &Calendar, deadline: &crate::domain::Deadline) {
    assert!(calendar.is_working_day(deadline.day) && deadline.due == calendar.zone().end_of(deadline.day), "{deadline:?}");
    for reminder in deadline.reminders.iter().skip(usize::from(deadline.reminded)) {
        let (day, hour) = (calendar.zone().day_of(*reminder), calendar.zone().hour_of(*reminder));
        assert!(calendar.is_working_day(day) && (8..20).contains(&hour) && *reminder < deadline.due, "{deadline:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_reminder_leaves_at_night_or_on_a_holiday(seed: u8, changed: u8, opened in 1_767_300_000i64..1_880_000_000, paused in 0i64..9_000_000, later in 0i64..2_000_000) {
        let (calendar, other) = (drawn_calendar(seed), drawn_calendar(changed));
        let opened = Instant::from_micros(opened * 1_000_000);
        let now = opened.plus_seconds(later);
        for state in &WORKFLOW.states {
            let Some(deadline) = super::super::deadline::fresh(&calendar, state, opened) else { continue };
            is_civil(&calendar, &deadline);
            is_civil(&calendar, &super::super::deadline::extended(&calendar, state, &deadline, Duration::WorkingDays(10), opened));
            is_civil(&calendar, &shifted(&calendar, &deadline, opened, opened.plus_seconds(paused)));
            prop_assert_eq!(realigned(&calendar, &deadline, opened), None, "a calendar that did not change moves nothing");
            let after = realigned(&other, &deadline, opened).unwrap_or_else(|| deadline.clone());
            is_civil(&other, &after);
            prop_assert!(after.day >= deadline.day, "never earlier than what people were told");
            prop_assert_eq!(after.day, other.working_day_from(deadline.day));
            prop_assert_eq!(realigned(&other, &after, opened), None, "it settles at once");
            let late = realigned(&other, &deadline, now).unwrap_or_else(|| deadline.clone());
            prop_assert_eq!(late.reminders.iter().filter(|one| **one <= now).count(), deadline.reminders.iter().filter(|one| **one <= now).count());
            let waking = other.waking_from(now);
            prop_assert!(waking >= now && (8..20).contains(&other.zone().hour_of(waking)) && other.is_working_day(other.zone().day_of(waking)));
        }
    }
}
