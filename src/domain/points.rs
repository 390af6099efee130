//! The ledger of numbered points: what a mediator asked each side, what that side answered under which number, and what is still open (DOMAIN §7.3, feature 1).

use super::deadline::Deadline;
use super::role::Party;
use super::time::Instant;
use serde::{Deserialize, Serialize};

/// One point that a side was asked about. Its number is never given twice to that side, so that an answer to an old letter means the same point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// From 1, for each side by itself: nobody can tell from it what the other was asked.
    pub number: u8,
    /// Who was asked.
    pub to: Party,
    /// The mediator's words.
    pub words: String,
    /// When it was asked.
    pub asked: Instant,
    /// When it was asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Instant>,
    /// What became of it.
    pub standing: Standing,
}

/// What became of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is not answered yet.
    Open,
    /// It was answered under its number, in these words; without words the mediator said so.
    Answered(Instant, String),
    /// Its side wrote something that answers no number: whether it answers this one is for the mediator to say, and nobody is asked again meanwhile.
    Unsure(Instant),
    /// It was asked twice, and nobody answered.
    Silent(Instant),
}

/// What is done about points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pointing {
    /// The mediator asks that side about these, and gives it so many days.
    Ask(Party, Vec<String>, u16),
    /// The mediator holds these numbers of that side for answered; all that are not, where none is named.
    Settle(Party, Vec<u8>),
    /// The mediator asks that side again about these; about all that are not answered, where none is named.
    Again(Party, Vec<u8>),
    /// The time of that side is over.
    Due(Party),
}

impl Pointing {
    /// The word used in journals.
    pub fn name(&self) -> &'static str {
        match self {
            Pointing::Ask(..) => "ask-points",
            Pointing::Settle(..) => "settle-points",
            Pointing::Again(..) => "ask-points-again",
            Pointing::Due(_) => "points-due",
        }
    }
}

/// What a mail says to the points of its writer's side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// What stands under which number.
    pub answers: Vec<(u8, String)>,
    /// Whether the mail says anything besides: it may answer some other point.
    pub beside: bool,
}

/// How many points of a side stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Asked in all.
    pub asked: usize,
    /// Answered.
    pub answered: usize,
}

impl Tally {
    /// Neither answered nor let go.
    pub fn left(self) -> usize {
        self.asked.saturating_sub(self.answered)
    }
}

/// The points of both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    points: Vec<Point>,
    consumer: Side,
    merchant: Side,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Side {
    last: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends: Option<Deadline>,
}

/// Which points the end of a side's time concerned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lapsed {
    /// Some were asked for the first time, and are asked again.
    pub again: bool,
    /// Some were asked twice: the mediator is told.
    pub silent: bool,
}

impl Ledger {
    /// Points that are asked at once.
    pub const MOST: usize = 20;
    /// The longest words of a point or of an answer, in characters; the mails themselves are kept whole.
    pub const LONGEST: usize = 500;
    /// The highest number: an answer is read under two digits.
    const HIGHEST: u8 = 99;

    /// Whether nothing was ever asked.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The points of `party`, in the order of their numbers.
    pub fn of(&self, party: Party) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(move |point| point.to == party)
    }

    /// How the points of `party` stand.
    pub fn tally(&self, party: Party) -> Tally {
        let answered = self.of(party).filter(|point| point.is_answered()).count();
        Tally { asked: self.of(party).count(), answered }
    }

    /// Until when `party` may answer, while something is open.
    pub fn ends(&self, party: Party) -> Option<&Deadline> {
        self.side(party).ends.as_ref()
    }

    /// The ends of both sides' time, to be moved with the calendar.
    pub fn deadlines(&mut self) -> impl Iterator<Item = &mut Deadline> {
        [&mut self.consumer, &mut self.merchant].into_iter().filter_map(|side| side.ends.as_mut())
    }

    /// When the first of them is over.
    pub fn wakes(&self) -> Option<Instant> {
        [&self.consumer, &self.merchant].into_iter().filter_map(|side| side.ends.as_ref()).map(|ends| ends.due).min()
    }

    /// The side whose time is over at `now`.
    pub fn rings(&self, now: Instant) -> Option<Party> {
        [Party::Consumer, Party::Merchant].into_iter().find(|party| self.ends(*party).is_some_and(|ends| ends.due <= now))
    }

    /// Asks `party` about each of `words` until `ends`. `None` if these are none, too many, too long, or no number is left.
    pub fn ask(&mut self, party: Party, words: &[String], ends: Deadline, at: Instant) -> Option<()> {
        let fits = |words: &String| !words.trim().is_empty() && words.chars().count() <= Self::LONGEST;
        let last = usize::from(self.side(party).last).saturating_add(words.len());
        if words.is_empty() || words.len() > Self::MOST || last > usize::from(Self::HIGHEST) || !words.iter().all(fits) {
            return None;
        }
        for one in words {
            let side = self.side_mut(party);
            side.last = side.last.saturating_add(1);
            let number = side.last;
            self.points.push(Point { number, to: party, words: one.clone(), asked: at, again: None, standing: Standing::Open });
        }
        self.extend(party, ends);
        Some(())
    }

    /// Asks `party` again about `numbers`, or about all that is not answered. `None` if that is nothing.
    pub fn ask_again(&mut self, party: Party, numbers: &[u8], ends: Deadline, at: Instant) -> Option<()> {
        let mut any = false;
        for point in self.meant(party, numbers) {
            point.standing = Standing::Open;
            point.again = Some(at);
            any = true;
        }
        any.then(|| self.extend(party, ends))
    }

    /// Holds `numbers` of `party`, or all that are not answered, for answered. `None` if that is nothing.
    pub fn settle(&mut self, party: Party, numbers: &[u8], at: Instant) -> Option<()> {
        let mut any = false;
        for point in self.meant(party, numbers).filter(|point| !point.is_answered()) {
            point.standing = Standing::Answered(at, String::new());
            any = true;
        }
        self.stop_if_done(party);
        any.then_some(())
    }

    /// Notes what `party` said. Says whether points that it left out are asked again until `ends`: only if it answered others by number and said nothing
    /// besides, and only those that were not asked again before.
    pub fn hear(&mut self, party: Party, response: &Response, ends: Deadline, at: Instant) -> bool {
        let mut answered = false;
        for (number, words) in &response.answers {
            if let Some(point) = self.points.iter_mut().find(|point| point.to == party && point.number == *number) {
                point.standing = Standing::Answered(at, words.clone());
                answered = true;
            }
        }
        let mut again = false;
        for point in self.points.iter_mut().filter(|point| point.to == party && point.standing == Standing::Open) {
            if response.beside {
                point.standing = Standing::Unsure(at);
            } else if answered && point.again.is_none() {
                point.again = Some(at);
                again = true;
            }
        }
        if again {
            self.extend(party, ends);
        }
        self.stop_if_done(party);
        again
    }

    /// The time of `party` is over: what was asked once is asked again until `ends`, what was asked twice is left to the mediator.
    pub fn lapse(&mut self, party: Party, ends: Deadline, at: Instant) -> Lapsed {
        let mut lapsed = Lapsed::default();
        for point in self.points.iter_mut().filter(|point| point.to == party && point.standing == Standing::Open) {
            if point.again.is_none() {
                point.again = Some(at);
                lapsed.again = true;
            } else {
                point.standing = Standing::Silent(at);
                lapsed.silent = true;
            }
        }
        self.side_mut(party).ends = lapsed.again.then_some(ends);
        lapsed
    }

    /// Nobody's time runs any more; what is open stays so until it is answered or asked again.
    pub fn rest(&mut self) {
        self.consumer.ends = None;
        self.merchant.ends = None;
    }

    /// The time of `party` does not run any more.
    pub fn rest_of(&mut self, party: Party) {
        self.side_mut(party).ends = None;
    }

    /// What was asked belongs to whoever mediated; numbers that were given are not given again.
    pub fn forget(&mut self) {
        self.points.clear();
        self.rest();
    }

    fn meant(&mut self, party: Party, numbers: &[u8]) -> impl Iterator<Item = &mut Point> {
        self.points.iter_mut().filter(move |point| point.to == party && if numbers.is_empty() { !point.is_answered() } else { numbers.contains(&point.number) })
    }

    /// Nobody has less time for being asked more.
    fn extend(&mut self, party: Party, ends: Deadline) {
        let side = self.side_mut(party);
        if side.ends.as_ref().is_none_or(|known| known.due < ends.due) {
            side.ends = Some(ends);
        }
    }

    fn stop_if_done(&mut self, party: Party) {
        if !self.of(party).any(|point| point.standing == Standing::Open) {
            self.rest_of(party);
        }
    }

    fn side(&self, party: Party) -> &Side {
        match party {
            Party::Consumer => &self.consumer,
            Party::Merchant => &self.merchant,
        }
    }

    fn side_mut(&mut self, party: Party) -> &mut Side {
        match party {
            Party::Consumer => &mut self.consumer,
            Party::Merchant => &mut self.merchant,
        }
    }
}

impl Point {
    /// Whether it was answered.
    pub fn is_answered(&self) -> bool {
        matches!(self.standing, Standing::Answered(..))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn at(day: i8) -> Instant {
        Instant::parse(&format!("2026-11-{day:02}T09:00:00Z")).unwrap()
    }

    fn until(day: i8) -> Deadline {
        Deadline { due: at(day), day: Day::new(2026, 11, day).unwrap(), reminders: Vec::new(), reminded: 0, extended: false }
    }

    fn asked(number: usize) -> Ledger {
        let words: Vec<String> = (1..=number).map(|number| format!("Point {number} ?")).collect();
        let mut ledger = Ledger::default();
        ledger.ask(Party::Merchant, &words, until(8), at(1)).unwrap();
        ledger
    }

    fn response(numbers: &[u8], beside: bool) -> Response {
        Response { answers: numbers.iter().map(|number| (*number, "oui".to_owned())).collect(), beside }
    }

    fn standings(ledger: &Ledger) -> Vec<Standing> {
        ledger.of(Party::Merchant).map(|point| point.standing.clone()).collect()
    }

    #[test]
    fn what_is_left_out_is_asked_again_once_and_then_left_to_the_mediator() {
        let mut ledger = asked(3);
        assert!(ledger.hear(Party::Merchant, &response(&[2], false), until(12), at(3)), "two are left out");
        assert_eq!(ledger.ends(Party::Merchant).unwrap().due, at(12));
        assert!(!ledger.hear(Party::Merchant, &response(&[3], false), until(20), at(5)), "nobody is asked a third time");
        assert_eq!(ledger.rings(at(11)), None);
        assert_eq!(ledger.rings(at(12)), Some(Party::Merchant));
        assert_eq!(ledger.lapse(Party::Merchant, until(20), at(12)), Lapsed { again: false, silent: true });
        assert_eq!(standings(&ledger), [Standing::Silent(at(12)), Standing::Answered(at(3), "oui".to_owned()), Standing::Answered(at(5), "oui".to_owned())]);
        assert_eq!((ledger.wakes(), ledger.tally(Party::Merchant).left()), (None, 1));
        ledger.hear(Party::Merchant, &response(&[1], false), until(20), at(14));
        assert_eq!(ledger.tally(Party::Merchant), Tally { asked: 3, answered: 3 }, "a late answer is an answer");
    }

    #[test]
    fn silence_is_asked_once_and_then_told() {
        let mut ledger = asked(2);
        assert_eq!(ledger.lapse(Party::Merchant, until(15), at(8)), Lapsed { again: true, silent: false });
        assert_eq!(ledger.lapse(Party::Merchant, until(22), at(15)), Lapsed { again: false, silent: true });
        assert_eq!(ledger.wakes(), None);
        ledger.ask_again(Party::Merchant, &[2], until(25), at(16)).unwrap();
        assert_eq!(standings(&ledger), [Standing::Silent(at(15)), Standing::Open]);
        assert_eq!(ledger.wakes(), Some(at(25)));
    }

    #[test]
    fn words_that_answer_no_number_ask_nobody_again() {
        for numbers in [&[][..], &[1]] {
            let mut ledger = asked(2);
            assert!(!ledger.hear(Party::Merchant, &response(numbers, true), until(12), at(3)));
            assert_eq!((ledger.wakes(), standings(&ledger)[1].clone()), (None, Standing::Unsure(at(3))), "{numbers:?}");
        }
        let mut ledger = asked(2);
        assert!(!ledger.hear(Party::Merchant, &response(&[], false), until(12), at(3)), "thanks are no answer");
        assert_eq!(ledger.wakes(), Some(at(8)));
        assert!(!ledger.hear(Party::Consumer, &response(&[1, 2], false), until(12), at(3)) && ledger.tally(Party::Merchant).left() == 2);
        assert_eq!(ledger.settle(Party::Merchant, &[7], at(4)), None);
        ledger.settle(Party::Merchant, &[], at(4)).unwrap();
        assert_eq!((ledger.wakes(), ledger.tally(Party::Merchant).left()), (None, 0));
    }

    #[test]
    fn a_number_is_given_once_to_a_side_and_the_other_side_counts_for_itself() {
        let mut ledger = asked(2);
        ledger.ask(Party::Consumer, &["Et vous ?".to_owned()], until(9), at(2)).unwrap();
        ledger.forget();
        assert!(ledger.of(Party::Merchant).next().is_none() && ledger.wakes().is_none());
        for (party, number) in [(Party::Merchant, 3), (Party::Consumer, 2)] {
            ledger.ask(party, &["Encore ?".to_owned()], until(9), at(3)).unwrap();
            assert_eq!(ledger.of(party).map(|point| point.number).collect::<Vec<_>>(), [number]);
        }
        let many = vec!["?".to_owned(); Ledger::MOST];
        for words in [&[][..], &[" ".to_owned()], &["x".repeat(Ledger::LONGEST + 1)], &[many.clone(), many.clone()].concat()] {
            assert_eq!(ledger.ask(Party::Merchant, words, until(9), at(3)), None);
        }
        while ledger.ask(Party::Merchant, &many, until(9), at(3)).is_some() {}
        assert_eq!(ledger.of(Party::Merchant).last().unwrap().number, 83, "no number has three digits");
    }
}
