//! A holiday is announced late: what becomes of a dispute that is open.

use crate::ground::{Ground, LEILA};
use elitige::domain::{Act, Instant};
use elitige::settle::{Woken, settle_calendar, settle_due};
use elitige::workflow::Calendar;

const CALENDAR: &str = include_str!("../../config/calendar.toml");

fn with(holidays: &[&str]) -> Calendar {
    let lines: String = holidays.iter().map(|day| format!("{day} = \"announced late\"\n")).collect();
    Calendar::parse("calendar.toml", &CALENDAR.replace("[expected]\n", &format!("[expected]\n{lines}"))).unwrap()
}

#[tokio::test]
async fn a_deadline_follows_a_holiday_that_is_announced_late_and_a_reminder_waits_for_the_morning() {
    let mut ground = Ground::new().await;
    let id = ground.opened(LEILA).await;
    let before = ground.desk.store.dispute(id).await.unwrap().unwrap();
    let deadline = before.deadline.clone().unwrap();
    assert_eq!(deadline.day.to_string(), "2026-12-07");
    let open = ground.desk.store.open_after(None, 10).await.unwrap();
    assert_eq!((open.len(), open[0].1), (1, id));
    assert_eq!(ground.desk.store.open_after(Some(open[0]), 10).await.unwrap(), []);

    let moved = async |ground: &Ground| {
        let mut work = ground.desk.store.begin().await.unwrap();
        let moved = settle_calendar(&ground.desk, &mut work, id, ground.now).await.unwrap();
        work.commit().await.unwrap();
        moved
    };
    assert!(!moved(&ground).await, "the calendar is the same");
    ground.desk.calendar = with(&["2026-12-07", "2026-12-08"]);
    assert!(moved(&ground).await && !moved(&ground).await);
    let after = ground.desk.store.dispute(id).await.unwrap().unwrap();
    let following = after.deadline.clone().unwrap();
    assert_eq!((following.day.to_string().as_str(), following.due.rfc3339().as_str()), ("2026-12-09", "2026-12-09T23:59:00Z"));
    assert!(following.reminders.iter().all(|one| !one.rfc3339().starts_with("2026-12-07") && !one.rfc3339().starts_with("2026-12-08")));
    assert_eq!(after.version, before.version + 1);
    let journal = ground.desk.store.journal(id).await.unwrap();
    let entry = journal.last().unwrap().entry.clone().unwrap();
    assert_eq!((entry.act, entry.note.as_str()), (Act::Realigned, "the calendar changed: the deadline moves from 2026-12-07 to 2026-12-09"));
    assert!(entry.letters.is_empty() && ground.desk.store.verify().await.unwrap().faults.is_empty());

    // The daemon was down all day: what it finds at night leaves in the morning.
    let due = async |ground: &Ground, at: &str| {
        let mut work = ground.desk.store.begin().await.unwrap();
        let woken = settle_due(&ground.desk, &mut work, id, Instant::parse(at).unwrap()).await.unwrap();
        work.commit().await.unwrap();
        woken
    };
    assert_eq!(due(&ground, "2026-11-30T22:30:00Z").await, Woken::Asleep);
    assert_eq!(ground.desk.store.next_wake().await.unwrap().map(Instant::rfc3339).as_deref(), Some("2026-12-01T09:00:00Z"));
    assert!(matches!(due(&ground, "2026-12-01T09:00:00Z").await, Woken::Settled(_)));

    // Nobody went through the open disputes: the clock looks itself before it rings.
    ground.desk.calendar = with(&["2026-12-07", "2026-12-08", "2026-12-09"]);
    assert_eq!(due(&ground, "2026-12-10T00:10:00Z").await, Woken::Realigned);
    assert_eq!(ground.desk.store.dispute(id).await.unwrap().unwrap().deadline.unwrap().day.to_string(), "2026-12-10");
    assert_eq!(ground.desk.store.dispute(id).await.unwrap().unwrap().state, "incomplete");
}
