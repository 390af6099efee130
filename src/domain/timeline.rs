//! What happened in a mediation, one line for each, for whoever mediates it (DOMAIN §7.3, features 6 and 14).

use super::contacted::Contacted;
use super::dispute::Dispute;
use super::role::{Party, Role};
use super::time::Instant;

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening<'a> {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Role,
    /// What.
    pub what: Happened<'a>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened<'a> {
    /// The complaint came.
    Opened,
    /// The request was confirmed.
    Confirmed,
    /// The merchant accepted to be mediated.
    Joined,
    /// The mission was taken on.
    TakenOn,
    /// The proposal of that number was made.
    Proposed(u16),
    /// Whether words of that side may be passed on was asked.
    ShareAsked(Party),
    /// It was answered, with a yes or a no.
    ShareAnswered(bool),
    /// Somebody was telephoned or written to by post.
    Contacted(&'a Contacted),
}

impl Dispute {
    /// Lines that are told, the newest.
    pub const MOST_HAPPENINGS: usize = 40;

    /// What happened, oldest first.
    pub fn timeline(&self) -> Vec<Happening<'_>> {
        let happening = |at: Instant, by: Role, what: Happened<'static>| Happening { at, by, what };
        let mut all: Vec<Happening<'_>> = vec![happening(self.opened, Role::Consumer, Happened::Opened)];
        all.extend(self.consent.confirmed_at().map(|at| happening(at, Role::Consumer, Happened::Confirmed)));
        all.extend(self.consent.joined_at().map(|at| happening(at, Role::Merchant, Happened::Joined)));
        all.extend(self.mission.map(|given| happening(given.at, Role::Mediator, Happened::TakenOn)));
        all.extend(self.consent.proposals().iter().map(|tabled| happening(tabled.made.at, tabled.by, Happened::Proposed(tabled.number))));
        for share in &self.shares {
            all.push(happening(share.asked, Role::Mediator, Happened::ShareAsked(share.from)));
            all.extend(share.answered().map(|(yes, at)| happening(at, Role::from(share.from), Happened::ShareAnswered(yes))));
        }
        all.extend(self.contacted.iter().map(|one| Happening { at: one.at, by: Role::Mediator, what: Happened::Contacted(one) }));
        all.sort_by_key(|one| one.at);
        let surplus = all.len().saturating_sub(Self::MOST_HAPPENINGS);
        all.drain(..surplus);
        all
    }
}
