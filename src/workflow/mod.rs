//! Rules and their judgement: `decide(rules, calendar, dispute, event, now) → Decision` (DESIGN §6). Pure.
//!
//! A [`Workflow`] is read from a file that a mediation service can change; [`Workflow::parse`] checks it like a compiler.
//! What has legal weight is code (`registers`, `words`, `decide`) and no file can weaken it.

mod assigning;
mod calendar;
mod channels;
mod chase;
mod check;
mod cooling;
mod deadline;
mod decide;
mod desk;
mod disclosure;
mod draw;
mod machine;
mod morning;
mod orders;
pub mod page;
mod points;
mod read;
mod registers;
mod reopen;
mod rules;
mod service;
mod silence;
mod wall;
mod words;
mod worlds;

#[cfg(test)]
mod tests;

pub use assigning::{Offered, Weighed, weighed};
pub use calendar::Calendar;
pub use channels::{also_tell, also_warn, telling, warned};
pub use deadline::{realigned, rings, shifted};
pub use decide::{begin, decide};
pub use draw::{Graph, graph};
pub use machine::Workflow;
pub use morning::awaited;
pub use orders::unruled;
pub use points::heard as points_heard;
pub use registers::restated;
pub use rules::{Known, Rules, Seen};
pub use words::Duration;
